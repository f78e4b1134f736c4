"""Checking in: how heavy it is just now. One's own load only, seen by oneself and one's trainers, deletable."""

from datetime import datetime
from uuid import UUID

from assessments.check_ins import HEAVIEST, LIGHTEST, CheckIn
from assessments.errors import CheckInNotChosenError, WrongInputError
from assessments.ports import Ledger
from assessments.service.access import record_once, require, require_own
from assessments.support import CheckInChoice
from people.facts import FactId
from people.ids import new_fact_id
from people.models import Actor, PersonId
from people.rights import Record, Right


def choose_check_in(
    ledger: Ledger, actor: Actor, tells_supervisor: bool, now: datetime, fact_id: FactId | None = None
) -> CheckInChoice:
    """Record that the actor has read what the check-in is for, and whether two high loads are told to a supervisor.

    The newest holds; the same again adds nothing.
    """
    require_own(actor, Right.WRITE, Record.WELLBEING, actor.person_id)
    chosen = find_choice(ledger, actor.person_id)
    if chosen is not None and chosen.tells_supervisor == tells_supervisor:
        return chosen
    choice = CheckInChoice(
        fact_id=fact_id or new_fact_id(),
        person_id=actor.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        tells_supervisor=tells_supervisor,
    )
    return record_once(ledger, choice)


def find_choice(ledger: Ledger, person_id: PersonId) -> CheckInChoice | None:
    """Return what the person has chosen, None before they have read what the check-in is for."""
    chosen = ledger.list_facts(CheckInChoice, person_id)
    return chosen[-1] if chosen else None


def see_check_in_choice(ledger: Ledger, actor: Actor) -> CheckInChoice | None:
    """Return what the actor has chosen, None before they have read what the check-in is for."""
    require_own(actor, Right.SEE, Record.WELLBEING, actor.person_id)
    return find_choice(ledger, actor.person_id)


def check_in(ledger: Ledger, actor: Actor, level: int, now: datetime, entry_id: UUID | None = None) -> CheckIn:
    """Keep how heavy it is for the actor, 1 to 5; the same entry twice is kept once.

    Raises:
        CheckInNotChosenError: They have not read what it is for.
        WrongInputError: The load is not 1 to 5.
    """
    require_own(actor, Right.WRITE, Record.WELLBEING, actor.person_id)
    if find_choice(ledger, actor.person_id) is None:
        raise CheckInNotChosenError
    if not LIGHTEST <= level <= HEAVIEST:
        raise WrongInputError("Load", str(level), f"{LIGHTEST} to {HEAVIEST}", "Choose one of the five.")
    entry = CheckIn(entry_id or new_fact_id(), now, ledger.day_of(now), level)
    ledger.put_check_in(actor.person_id, entry)
    return entry


def delete_check_ins(ledger: Ledger, actor: Actor, person_id: PersonId, entry_id: UUID | None = None) -> int:
    """Delete one entry of the actor's, or all of them. Nothing of them stays. Return how many there were.

    Raises:
        NotAllowedError: They are somebody else's.
    """
    require_own(actor, Right.DELETE, Record.WELLBEING, person_id)
    return ledger.delete_check_ins(person_id, entry_id)


def see_check_ins(ledger: Ledger, actor: Actor, person_id: PersonId) -> list[CheckIn]:
    """Return the entries of a person, oldest first.

    Raises:
        NotAllowedError: They are neither the actor's own nor of somebody whom the actor trains.
    """
    require(ledger, actor, Right.SEE, Record.WELLBEING, person_id)
    return ledger.list_check_ins(person_id)
