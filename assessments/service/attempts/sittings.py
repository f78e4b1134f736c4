"""Quizzes taken while a trainer watches, and more time for those who need it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from assessments.errors import SittingCodeError, SittingNeededError
from assessments.facts import Accommodation, Sitting, TimeAllowed
from assessments.ports import EnrolmentNow, Ledger
from assessments.service.access import (
    get_enrolment,
    get_fact,
    get_part,
    read_code,
    require,
    require_named,
    require_other,
)
from assessments.service.amending import amend
from curriculum.blueprints import Blueprint
from curriculum.ids import BlueprintId, ProgrammeId
from people import rights
from people.codes import new_short_code
from people.errors import NotAllowedError
from people.facts import Amendment, Change, FactId
from people.ids import new_fact_id
from people.models import Actor, HubId, PersonId
from people.rights import Record, Right
from people.service.reach import get_hub

SITTING_HOURS: Final = 4
"""How long a code lets people start."""


def open_sitting(
    ledger: Ledger,
    actor: Actor,
    hub_id: HubId,
    programme_id: ProgrammeId,
    blueprint_id: BlueprintId,
    *,
    version_no: int,
    now: datetime,
) -> Sitting:
    """Open a sitting that the actor watches, or return the one of this quiz that they have open.

    Args:
        ledger: Where facts are.
        actor: A trainer of the hub, or its training lead.
        hub_id: The hub whose trainees may take part.
        programme_id: The programme.
        blueprint_id: The quiz.
        version_no: The version that the hub runs; people take the quiz of theirs.
        now: The time.

    Raises:
        NotAllowedError: The actor may not watch quizzes in this hub.
        NotKnownError: There is no such hub.
        UnknownPartError: The programme has no such quiz.
    """
    require_named(actor, "open a sitting")
    get_hub(ledger, hub_id)
    rights.require_in_hub(actor, Right.INVIGILATE, Record.RESULTS, hub_id)
    programme = ledger.programme(programme_id, version_no)
    get_part(programme, programme.blueprint_by_id, "quiz", blueprint_id)
    same = {"programme_id": programme_id, "blueprint_id": blueprint_id, "hub_id": hub_id}
    for found in reversed(ledger.list_facts(Sitting, actor.person_id, **same)):
        if is_open(ledger, found, now):
            return found
    sitting = Sitting(
        fact_id=new_fact_id(),
        person_id=actor.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        programme_id=programme_id,
        blueprint_id=blueprint_id,
        hub_id=hub_id,
        code=new_short_code(),
        closes_at=now + timedelta(hours=SITTING_HOURS),
    )
    ledger.append(sitting)
    return sitting


def close_sitting(ledger: Ledger, actor: Actor, sitting_id: FactId, now: datetime) -> Amendment:
    """End a sitting: nobody can start with its code any more; who has started goes on. Twice changes nothing.

    Raises:
        NotAllowedError: Somebody else watches it.
    """
    sitting = get_fact(ledger, Sitting, sitting_id, "sitting")
    if actor.person_id != sitting.actor_id:
        raise NotAllowedError("end a sitting that somebody else watches")
    ended = amend(sitting, actor, sitting_id, Change.ENDED, reason="", now=now)
    ledger.append(ended)
    return ended


def list_sittings(ledger: Ledger, actor: Actor, now: datetime) -> list[Sitting]:
    """Return the sittings that the actor watches and that are open, the newest first."""
    found: Sequence[Sitting] = ledger.list_facts(Sitting, actor.person_id)
    return [one for one in reversed(found) if is_open(ledger, one, now)]


def is_open(ledger: Ledger, sitting: Sitting, now: datetime) -> bool:
    """Return whether people can still start with the code of a sitting."""
    ended = any(change.change is Change.ENDED for change in ledger.changes_to(sitting.fact_id))
    return now < sitting.closes_at and not ended


def find_sitting(
    ledger: Ledger, enrolment: EnrolmentNow, blueprint: Blueprint, code: str, now: datetime
) -> Sitting | None:
    """Return the sitting of a code as typed; None without a code.

    Raises:
        SittingNeededError: The quiz is taken only in a sitting, and there is no code.
        SittingCodeError: No open sitting of this quiz in the person's hub has the code.
    """
    typed = "".join(sign for sign in code.upper() if sign.isalnum())
    if not typed:
        if blueprint.invigilated:
            raise SittingNeededError(blueprint.id)
        return None
    for sitting in ledger.list_facts(Sitting, code=typed, programme_id=enrolment.programme_id):
        is_here = (sitting.blueprint_id, sitting.hub_id) == (blueprint.id, enrolment.hub_id)
        if is_here and is_open(ledger, sitting, now) and sitting.person_id != enrolment.person_id:
            return sitting
    raise SittingCodeError(code)


# ---------------------------------------------------------------- time


def allow_time(
    ledger: Ledger, actor: Actor, person_id: PersonId, programme_id: ProgrammeId, time: str, *, now: datetime
) -> Accommodation:
    """Record how much time a person has in quizzes with a limit, from their next attempt on. Why is never recorded.

    Args:
        ledger: Where facts are.
        actor: A trainer of the person, or the training lead.
        person_id: The trainee.
        programme_id: The programme.
        time: A `TimeAllowed`.
        now: The time.
    """
    require_other(actor, person_id, "give themselves more time")
    require(ledger, actor, Right.UNLOCK, Record.RESULTS, person_id)
    get_enrolment(ledger, person_id, programme_id)
    allowed = read_code(TimeAllowed, time, "Time")
    found = ledger.list_facts(Accommodation, person_id, programme_id=programme_id)
    if found and found[-1].time is allowed:
        return found[-1]
    fact = Accommodation(
        fact_id=new_fact_id(),
        person_id=person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        programme_id=programme_id,
        time=allowed,
    )
    ledger.append(fact)
    return fact


def time_allowed(ledger: Ledger, person_id: PersonId, programme_id: ProgrammeId) -> TimeAllowed:
    """Return how much time a person has in the quizzes of a programme."""
    found = ledger.list_facts(Accommodation, person_id, programme_id=programme_id)
    return found[-1].time if found else TimeAllowed.AS_OTHERS
