"""How sure people feel before the training and after it, domain by domain: for themselves and their trainers."""

from collections.abc import Mapping
from datetime import datetime

from assessments.errors import WrongInputError
from assessments.ports import Ledger
from assessments.service.access import (
    get_enrolment,
    get_part,
    get_programme,
    read_code,
    record_once,
    require,
    require_own,
)
from assessments.support import Confidence, ConfidenceRated, Moment
from curriculum.ids import DomainId, ProgrammeId
from people.facts import FactId
from people.ids import new_fact_id
from people.models import Actor, PersonId
from people.rights import Record, Right

LEAST_SURE = 1
MOST_SURE = 5


def rate_confidence(
    ledger: Ledger,
    actor: Actor,
    programme_id: ProgrammeId,
    moment: Moment,
    levels: Mapping[DomainId, int],
    *,
    now: datetime,
    fact_id: FactId | None = None,
) -> ConfidenceRated:
    """Record how sure the actor feels; it takes the place of what they said of that moment before.

    Args:
        ledger: Where facts are.
        actor: The trainee.
        programme_id: The programme.
        moment: Before the training, or after it.
        levels: 1 (not sure) to 5 (very sure) for every domain of the programme.
        now: The time.
        fact_id: Given by the page, so that a double click records it once.

    Raises:
        NotEnrolledError: The actor is not in the programme.
        UnknownPartError: A domain is none of the programme's.
        WrongInputError: A domain is missing, or a level is not 1 to 5.
    """
    require_own(actor, Right.WRITE, Record.CONFIDENCE, actor.person_id)
    programme = get_programme(ledger, actor.person_id, programme_id)
    domains = {domain.id: domain for domain in programme.domains}
    for domain_id, level in levels.items():
        get_part(programme, domains, "domain", domain_id)
        if not LEAST_SURE <= level <= MOST_SURE:
            raise WrongInputError("How sure", str(level), f"{LEAST_SURE} to {MOST_SURE}", "Choose one of the five.")
    missing = [domain.title for domain in programme.domains if domain.id not in levels]
    if missing:
        raise WrongInputError("How sure", f"nothing for {'; '.join(missing)}", "one for each", "Answer each of them.")
    rated = ConfidenceRated(
        fact_id=fact_id or new_fact_id(),
        person_id=actor.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        programme_id=programme_id,
        moment=read_code(Moment, moment, "When"),
        levels=tuple(Confidence(domain.id, levels[domain.id]) for domain in programme.domains),
    )
    return record_once(ledger, rated)


def see_confidence(
    ledger: Ledger, actor: Actor, person_id: PersonId, programme_id: ProgrammeId
) -> dict[Moment, ConfidenceRated]:
    """Return the newest rating of each moment.

    Raises:
        NotEnrolledError: There is no such person, or not in this programme.
        NotAllowedError: It is neither the actor's own nor of somebody whom the actor trains.
    """
    require(ledger, actor, Right.SEE, Record.CONFIDENCE, person_id)
    get_enrolment(ledger, person_id, programme_id)
    rated = ledger.list_facts(ConfidenceRated, person_id, programme_id=programme_id)
    return {one.moment: one for one in rated}
