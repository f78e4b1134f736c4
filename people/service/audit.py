"""The audit of looks: who opened whose record, so that the person can see it."""

from datetime import datetime

from people.errors import NotAllowedError
from people.facts import RecordOpened
from people.ids import derived_fact_id
from people.models import Actor, PersonId
from people.ports import FactLedger
from people.rights import Record, Right, may_on_person
from people.service.reach import get_person


def open_record(
    ledger: FactLedger, actor: Actor, person_id: PersonId, what: Record, now: datetime
) -> RecordOpened | None:
    """Record that the actor opened a record of somebody else; once an hour for each kind of record is enough.

    Returns:
        The fact, or None for one's own record, which needs no audit.

    Raises:
        NotKnownError: There is no such person.
        NotAllowedError: The actor may neither see the record or its status nor put it into a file.
    """
    if actor.person_id == person_id and not actor.is_operator:
        return None
    subject = ledger.subject(person_id)
    if not any(may_on_person(actor, right, what, subject) for right in (Right.SEE, Right.SEE_STATUS, Right.EXPORT)):
        raise NotAllowedError(f"open the {what.value} of person {person_id}")
    # One id for all looks of an hour (UTC): a page that is drawn again does not fill the store.
    name = f"opened/{actor.person_id}/{what.value}/{now:%Y-%m-%dT%H}"
    opened = RecordOpened(
        fact_id=derived_fact_id(get_person(ledger, person_id).fact_id, name),
        person_id=person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        what=what.value,
    )
    if ledger.append(opened):
        return opened
    return ledger.find(RecordOpened, opened.fact_id) or opened
