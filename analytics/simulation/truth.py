"""The truth behind a simulated store, written beside it as JSON. See `docs/simulation.md`."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

FORMAT = 1


class TruthModel(BaseModel):
    """The base: frozen, and closed to unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# ---------------------------------------------------------------- parameters


class ItemTruth(TruthModel):
    """An item: who has the ability `difficulty` chooses `answered_key` in half of all cases."""

    item: str
    difficulty: float
    discrimination: float
    pulls: tuple[float, ...]
    key: tuple[int, ...]
    answered_key: tuple[int, ...]


class BehaviourTruth(TruthModel):
    """A behaviour, or a line without any: the ability at which it is shown in half of all cases."""

    behaviour: str
    threshold: float


class ProgrammeTruth(TruthModel):
    """A programme as simulated; abilities of its trainees are given in the order of `domains`."""

    programme: str
    version_no: int
    domains: tuple[str, ...]
    items: tuple[ItemTruth, ...]
    behaviours: tuple[BehaviourTruth, ...]


class HubTruth(TruthModel):
    """A hub: the share of due supervision meetings that can take place, and how many were due and held."""

    hub: str
    supply: float
    n_offered: int
    n_held: int


class RaterTruth(TruthModel):
    """A trainer's eye. `severity` holds on the day `since` and changes by `drift_per_year`; above 0 is severe."""

    person: int
    hub: str
    severity: float
    drift_per_year: float
    since: date


class TraineeTruth(TruthModel):
    """A trainee: abilities by domain, and whether all of them are at the standard at the end.

    `has_answers` says whether single answers, ticks and pages of theirs are recorded.
    """

    person: int
    programme: str
    role: str
    cohort: str
    ability_at_start: tuple[float, ...]
    ability_at_end: tuple[float, ...]
    is_at_standard: bool
    has_answers: bool


# ---------------------------------------------------------------- planted faults


class MisKeyedItem(TruthModel):
    """People who know choose another option than the programme's key."""

    kind: Literal["mis_keyed_item"] = "mis_keyed_item"
    programme: str
    item: str
    key: tuple[int, ...]
    answered_key: tuple[int, ...]


class LenientRater(TruthModel):
    """A trainer who sees more good and less harm than there is."""

    kind: Literal["lenient_rater"] = "lenient_rater"
    person: int
    hub: str
    severity: float


class DriftingRater(TruthModel):
    """A trainer who becomes more severe from month to month."""

    kind: Literal["drifting_rater"] = "drifting_rater"
    person: int
    hub: str
    drift_per_year: float


class HubShortOfSupervision(TruthModel):
    """A hub where fewer than half of the due meetings take place."""

    kind: Literal["hub_short_of_supervision"] = "hub_short_of_supervision"
    hub: str
    supply: float


class UnresolvedHold(TruthModel):
    """A hold that nobody has lifted, on a trainee whose harm nobody has talked about."""

    kind: Literal["unresolved_hold"] = "unresolved_hold"
    person: int
    programme: str
    hold: str
    behaviour: str
    held_on: date


class ExpiredCertificate(TruthModel):
    """A trainee whose certificate has run out and was not renewed."""

    kind: Literal["expired_certificate"] = "expired_certificate"
    person: int
    programme: str
    certificate: str
    expired_on: date


class GateOutOfReach(TruthModel):
    """A trainee who missed more taught sessions than the gate forgives; none is left before the cohort ends."""

    kind: Literal["gate_out_of_reach"] = "gate_out_of_reach"
    person: int
    programme: str
    gate: str
    have: int
    need: int
    cohort: str
    ends_on: date


Fault = Annotated[
    MisKeyedItem
    | LenientRater
    | DriftingRater
    | HubShortOfSupervision
    | UnresolvedHold
    | ExpiredCertificate
    | GateOutOfReach,
    Field(discriminator="kind"),
]


class NotPlanted(TruthModel):
    """A fault that could not be planted, and why."""

    kind: str
    why: str


class Truth(TruthModel):
    """All of it. `until` is the first day that was not simulated; `answers` says of whom single answers are kept."""

    format: Literal[1] = FORMAT
    seed: int
    until: date
    n_trainees: int
    answers: Literal["all", "some_cohorts"]
    standard: float
    programmes: tuple[ProgrammeTruth, ...]
    hubs: tuple[HubTruth, ...]
    raters: tuple[RaterTruth, ...]
    trainees: tuple[TraineeTruth, ...]
    faults: tuple[Fault, ...]
    not_planted: tuple[NotPlanted, ...]


def truth_path(store: Path) -> Path:
    """Return where the truth of a store stands: beside it."""
    return store.with_name(f"{store.name}.truth.json")


def read_truth(path: Path) -> Truth:
    """Return the truth of a file.

    Raises:
        pydantic.ValidationError: It is none.
    """
    return Truth.model_validate_json(path.read_text("utf-8"))
