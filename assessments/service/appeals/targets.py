"""Against what a person may appeal, and until when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from assessments.errors import NotAppealableError
from assessments.facts import AppealAbout, Attempt, Hold, Observation, Relation, SignOff
from assessments.ports import Ledger
from assessments.service.access import get_enrolment, require_own
from assessments.service.appeals.evidence import Evidence, gather_evidence
from assessments.service.attempts import attempt_window
from assessments.service.decisions import find_revocation
from curriculum.ids import ProgrammeId
from people.facts import Amendment, Change, Fact, FactId
from people.models import Actor, PersonId
from people.rights import Record, Right

RECORDS = {
    AppealAbout.RATING: Record.OBSERVATION,
    AppealAbout.HOLD: Record.HOLD,
    AppealAbout.REVOCATION: Record.SIGN_OFF,
    AppealAbout.LOCK_OUT: Record.RESULTS,
}
"""Of which kind of record each thing is that can be appealed against."""


@dataclass(frozen=True, slots=True)
class Target:
    """Something that can be appealed against: what it is, since which day, and the last day for an appeal.

    A hold stands for all holds of one observation and for the rating too: the decision is on both.
    """

    about: AppealAbout
    fact: Fact
    programme_id: ProgrammeId
    since: date
    until: date


def list_appealable(ledger: Ledger, actor: Actor, programme_id: ProgrammeId, now: datetime) -> list[Target]:
    """Return what the actor can appeal against in a programme, the newest first; the time of some may be over.

    Raises:
        NotEnrolledError: The actor is not in the programme.
    """
    require_own(actor, Right.SEE_STATUS, Record.READINESS, actor.person_id)
    return list_targets(ledger, actor.person_id, programme_id, now)


def see_target(ledger: Ledger, actor: Actor, target_id: FactId, now: datetime) -> tuple[Target, Evidence]:
    """Return what the actor can appeal against, with all that was recorded on it.

    Raises:
        NotAppealableError: Nobody can appeal against it.
        NotAllowedError: It is somebody else's.
    """
    target = get_target(ledger, target_id, now)
    person_id = target.fact.person_id
    require_own(actor, Right.APPEAL, RECORDS[target.about], person_id)
    return target, gather_evidence(ledger, person_id, target.programme_id, target.about, target_id)


def list_targets(ledger: Ledger, person_id: PersonId, programme_id: ProgrammeId, now: datetime) -> list[Target]:
    """Return what a person can appeal against, whoever asks."""
    enrolment = get_enrolment(ledger, person_id, programme_id)
    days = ledger.programme(programme_id, enrolment.version_no).head.decision.appeal_days
    found: list[Target] = []
    for about, fact in _list_facts(ledger, person_id, programme_id, now):
        since = ledger.day_of(fact.occurred_at)
        found.append(Target(about, fact, programme_id, since, since + timedelta(days=days)))
    return sorted(found, key=lambda target: target.fact.occurred_at, reverse=True)


def _list_facts(
    ledger: Ledger, person_id: PersonId, programme_id: ProgrammeId, now: datetime
) -> Iterator[tuple[AppealAbout, Fact]]:
    first_holds: dict[FactId, Hold] = {}
    for hold in ledger.list_facts(Hold, person_id, programme_id=programme_id):
        first_holds.setdefault(hold.observation_id, hold)
    yield from ((AppealAbout.HOLD, hold) for hold in first_holds.values())
    for observation in ledger.list_facts(Observation, person_id, programme_id=programme_id):
        is_own = observation.relation == Relation.SELF
        if not is_own and observation.fact_id not in first_holds and counts_still(ledger, observation.fact_id):
            yield AppealAbout.RATING, observation
    for signed in ledger.list_facts(SignOff, person_id, programme_id=programme_id):
        revoked = find_revocation(ledger, signed.fact_id)
        if revoked is not None:
            yield AppealAbout.REVOCATION, revoked
    yield from _list_lock_outs(ledger, person_id, programme_id, now)


def counts_still(ledger: Ledger, observation_id: FactId) -> bool:
    """Return whether no earlier appeal has taken the rating out of what counts."""
    return all(one.change != Change.REVOKED for one in ledger.changes_to(observation_id))


def _list_lock_outs(
    ledger: Ledger, person_id: PersonId, programme_id: ProgrammeId, now: datetime
) -> Iterator[tuple[AppealAbout, Fact]]:
    enrolment = get_enrolment(ledger, person_id, programme_id)
    for blueprint in ledger.programme(programme_id, enrolment.version_no).blueprints:
        window = attempt_window(ledger, person_id, programme_id, blueprint.id, now)
        if window.is_locked and window.last is not None:
            yield AppealAbout.LOCK_OUT, window.last


def get_target(ledger: Ledger, target_id: FactId, now: datetime) -> Target:
    """Return what an id of a person's record stands for.

    Raises:
        NotAppealableError: Nobody can appeal against it.
    """
    fact, programme_id = _find(ledger, target_id)
    if fact is not None and programme_id is not None and ledger.enrolment(fact.person_id, programme_id) is not None:
        for target in list_targets(ledger, fact.person_id, programme_id, now):
            if target.fact.fact_id == target_id:
                return target
    raise NotAppealableError(target_id)


def _find(ledger: Ledger, target_id: FactId) -> tuple[Fact | None, ProgrammeId | None]:
    for kind in (Observation, Hold, Attempt):
        fact = ledger.find(kind, target_id)
        if fact is not None:
            return fact, fact.programme_id
    amendment = ledger.find(Amendment, target_id)
    signed = None if amendment is None else ledger.find(SignOff, amendment.target_id)
    return amendment, signed.programme_id if signed is not None else None
