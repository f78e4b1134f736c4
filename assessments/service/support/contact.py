"""Asking to be contacted: with a topic and no words, acknowledged by a trainer, or taken back."""

from datetime import datetime

from assessments.errors import UnknownFactError, WrongInputError
from assessments.ports import Ledger
from assessments.service.access import (
    get_fact,
    get_programme,
    read_code,
    record_once,
    require,
    require_other,
    require_own,
)
from assessments.support import ContactAsked, ContactTopic
from curriculum.ids import ProgrammeId
from people.errors import NotAllowedError
from people.facts import Amendment, Change, FactId
from people.ids import derived_fact_id, new_fact_id
from people.models import Actor, PersonId
from people.rights import Record, Right


def ask_contact(
    ledger: Ledger,
    actor: Actor,
    programme_id: ProgrammeId,
    topic: ContactTopic,
    *,
    asked_id: PersonId | None,
    now: datetime,
    fact_id: FactId | None = None,
) -> ContactAsked:
    """Ask to be contacted. What is open already about the same topic and of the same trainer is not asked twice.

    Args:
        ledger: Where facts are.
        actor: The trainee.
        programme_id: The programme.
        topic: What about; never a case.
        asked_id: One of the actor's trainers; None for any of them.
        now: The time.
        fact_id: Given by the page, so that a double click asks once.

    Raises:
        NotEnrolledError: The actor is not in the programme.
        WrongInputError: The topic is not known, or the trainer is not one of theirs.
    """
    require_own(actor, Right.ARRANGE, Record.SUPERVISION, actor.person_id)
    get_programme(ledger, actor.person_id, programme_id)
    code = read_code(ContactTopic, topic, "Topic")
    if asked_id is not None and asked_id not in ledger.subject(actor.person_id).trainer_ids:
        raise WrongInputError("Trainer", f"person {asked_id}", "one of your trainers", "Choose one, or any of them.")
    asked = ledger.list_facts(ContactAsked, actor.person_id, programme_id=programme_id, topic=code, asked_id=asked_id)
    still_open = [one for one in asked if not ledger.changes_to(one.fact_id)]
    if still_open:
        return still_open[-1]
    contact = ContactAsked(
        fact_id=fact_id or new_fact_id(),
        person_id=actor.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        programme_id=programme_id,
        topic=code,
        asked_id=asked_id,
    )
    return record_once(ledger, contact)


def acknowledge_contact(ledger: Ledger, actor: Actor, contact_id: FactId, now: datetime) -> Amendment:
    """Record that a trainer of the person has got in touch with them; twice changes nothing.

    Raises:
        UnknownFactError: Nobody asks under this id any more.
        NotAllowedError: The actor is no trainer of the person.
    """
    contact = get_fact(ledger, ContactAsked, contact_id, "wish to be contacted")
    require_other(actor, contact.person_id, "acknowledge their own wish to be contacted")
    require(ledger, actor, Right.WRITE, Record.SUPERVISION, contact.person_id)
    if actor.person_id not in ledger.subject(contact.person_id).trainer_ids:
        raise NotAllowedError(f"answer person {contact.person_id}, whose trainers are asked")
    return _close(ledger, actor, contact, Change.ACKNOWLEDGED, now)


def withdraw_contact(ledger: Ledger, actor: Actor, contact_id: FactId, now: datetime) -> Amendment:
    """Take back the wish to be contacted: it is no longer needed. Twice changes nothing.

    Raises:
        UnknownFactError: The actor asks nothing under this id.
        NotAllowedError: Somebody else asks.
    """
    contact = get_fact(ledger, ContactAsked, contact_id, "wish to be contacted")
    require_own(actor, Right.ARRANGE, Record.SUPERVISION, contact.person_id)
    return _close(ledger, actor, contact, Change.ENDED, now)


def _close(ledger: Ledger, actor: Actor, contact: ContactAsked, change: Change, now: datetime) -> Amendment:
    closed = [one for one in ledger.changes_to(contact.fact_id) if one.change in (Change.ACKNOWLEDGED, Change.ENDED)]
    if closed:
        return closed[0]
    # One id for both ends, so that who acknowledges and who takes back at the same moment meet in it.
    end = Amendment(
        fact_id=derived_fact_id(contact.fact_id, "closed"),
        person_id=contact.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        target_id=contact.fact_id,
        change=change,
    )
    if ledger.append(end):
        return end
    found = ledger.find(Amendment, end.fact_id)
    if found is None:
        raise UnknownFactError("wish to be contacted", contact.fact_id)
    return found
