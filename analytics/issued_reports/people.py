"""What a report counts of each person, as of an instant: the same then and whenever it is asked again."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

from analytics.journeys import Milepost
from assessments.verdicts import GateState, Status, Verdict
from curriculum.ids import GateId, ProgrammeId
from people.models import HubId, PersonId
from store.beside_gates import Journey, journeys
from store.ledger import Store
from store.readiness import verdicts

Values = tuple[str, ...]

STATUS: Final = "status"
HOLD: Final = "hold"
STEP: Final = "step/"
GATE: Final = "gate/"

GROUPS: Final = ("in_training", "ready", "signed_off", "ended", "left")
"""Where people stand: few groups, so that few numbers are small."""

ANSWERS: Final = ("yes", "no", "met", "not_met", "not_asked")
"""What the other breakdowns say of people."""

DIMENSIONS: Final[Mapping[str, tuple[str, ...]]] = {STATUS: ("cohort", "status")}
"""By which a breakdown tells people apart; those that are not named, by the one dimension `answer`."""

_GROUPS: Final = {
    Status.NOT_STARTED: "in_training",
    Status.IN_TRAINING: "in_training",
    Status.PRACTISING: "in_training",
    Status.ON_HOLD: "in_training",
    Status.PAUSED: "in_training",
    Status.READY_FOR_DECISION: "ready",
    Status.SIGNED_OFF: "signed_off",
    Status.DUE_SOON: "signed_off",
    Status.LAPSED: "ended",
    Status.REVOKED: "ended",
    Status.WITHDRAWN: "left",
}
"""The group of each status; one of `GROUPS`."""

_STATES: Final = {
    GateState.MET: "met",
    GateState.NOT_MET: "not_met",
    GateState.NOT_REQUIRED: "not_asked",
    GateState.NOT_COMPUTABLE: "not_met",
}


def dimensions_of(key: str) -> tuple[str, ...]:
    """Return by what a breakdown tells people apart."""
    return DIMENSIONS.get(key, ("answer",))


def values_of_people(
    store: Store, programme_id: ProgrammeId, hub_id: HubId, as_of: datetime, keys: Collection[str]
) -> dict[str, dict[PersonId, Values]]:
    """Return, for each breakdown, the values of everybody who was enrolled in the hub, by what was known then."""
    standing = verdicts(store, programme_id, hub_id=hub_id, as_of=as_of, known_at=as_of)
    ways = {one.person_id: one for one in journeys(store, programme_id, hub_id=hub_id, as_of=as_of, known_at=as_of)}
    return {key: {one.person_id: _values(key, one, ways[one.person_id]) for one in standing} for key in keys}


def _values(key: str, verdict: Verdict, way: Journey) -> Values:
    if key == STATUS:
        return verdict.cohort_id, _GROUPS[verdict.status]
    if key == HOLD:
        return ("yes" if verdict.status is Status.ON_HOLD else "no",)
    if key.startswith(STEP):
        return ("yes" if _reached(way, Milepost(key.removeprefix(STEP))) else "no",)
    gate_id = GateId(key.removeprefix(GATE))
    states = {gate.gate_id: gate.state for gate in verdict.gates}
    return (_STATES[states.get(gate_id, GateState.NOT_REQUIRED)],)


def _reached(way: Journey, milepost: Milepost) -> bool:
    days = {
        Milepost.SESSION: way.session_on,
        Milepost.QUIZ: way.quiz_on,
        Milepost.ROLEPLAY: way.roleplay_on,
        Milepost.LIVE: way.live_on,
        Milepost.SIGNED_OFF: way.signed_on,
    }
    return days[milepost] is not None
