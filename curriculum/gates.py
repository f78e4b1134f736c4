"""The kinds of readiness gate: one model a kind, as written in `readiness.yaml`.

Each kind has one SQL fragment of the same name under `store/gates/`. A gate is met when all its
parts are; a part says how many (`min`) of what are needed.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from curriculum.ids import (
    BlueprintId,
    CertificateId,
    ChecklistId,
    CompetencyId,
    GateId,
    PrerequisiteId,
    RoleId,
)

Days = Annotated[int, Field(ge=1, le=3660)]
Percent = Annotated[int, Field(ge=0, le=100)]
Months = Annotated[int, Field(ge=1, le=120)]
Count = Annotated[int, Field(ge=1, le=1000)]


NOT_YET: Final = "not yet"
"""What stands in `reviewed` of a gate that nobody has looked at again."""


class Severity(StrEnum):
    """Block: no decision before it is met. Warn: shown beside the decision. Info: shown only."""

    BLOCK = "block"
    WARN = "warn"
    INFO = "info"


class Part(BaseModel):
    """The base of a gate's parts."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class GateBase(Part):
    """What every gate says. `roles` empty means all roles; `why` is the reason, for those of whom it is asked.

    `evidence` says what the gate rests on, `cut_source` where its numbers come from, `chosen_by` who chose them, and
    `reviewed` the day on which they were last looked at again, or `not yet`. Versions that were published before these
    were asked for have them empty.
    """

    id: GateId
    title: str
    severity: Severity = Severity.BLOCK
    roles: tuple[RoleId, ...] = ()
    why: str
    cut_source: str = ""
    evidence: str = ""
    chosen_by: str = ""
    reviewed: str = ""

    @property
    def reviewed_on(self) -> date | None:
        """Return the day on which its numbers were last reviewed; None when they never were, or nothing is said."""
        return date.fromisoformat(self.reviewed) if self.reviewed not in ("", NOT_YET) else None


class PrerequisitePart(Part):
    prerequisite: PrerequisiteId
    min: Count = 1


class PrerequisiteGate(GateBase):
    """Things had before, each seen by a trainer."""

    kind: Literal["prerequisite"]
    parts: tuple[PrerequisitePart, ...]


class DosePart(Part):
    """`min` different sessions of `sessions` attended (or made up), with at least `minutes` in all."""

    sessions: tuple[str, ...]
    min: Count
    minutes: Annotated[int, Field(ge=0)] = 0


class DoseGate(GateBase):
    """Training attended."""

    kind: Literal["dose"]
    parts: tuple[DosePart, ...]


class QuizPart(Part):
    """The best counting attempt on the blueprint reaches its pass mark, not older than `max_age_days`."""

    blueprint: BlueprintId
    max_age_days: Days = 3660


class QuizGate(GateBase):
    """Quizzes passed by score."""

    kind: Literal["quiz"]
    parts: tuple[QuizPart, ...]


class CriticalGate(GateBase):
    """One attempt that reaches the pass mark with every critical item right."""

    kind: Literal["critical"]
    parts: tuple[QuizPart, ...]


class PracticePart(Part):
    """`min` passed observations, counted by distinct session (or scenario), at least at `stage`."""

    checklist: ChecklistId
    setting: Literal["roleplay", "live", "supervision"]
    min: Count
    stage: Literal["observe", "co_lead", "lead_part", "lead_whole"] = "observe"
    distinct: Literal["session", "scenario"] = "session"
    max_age_days: Days = 365


class PracticeGate(GateBase):
    """Supervised practice done."""

    kind: Literal["practice"]
    parts: tuple[PracticePart, ...]


class LevelPart(Part):
    """The last `last` rated observations of the competency in the setting are at `level` or above.

    One part of `readiness.yaml` may name several competencies; each becomes a part of its own.
    """

    competencies: tuple[CompetencyId, ...]
    setting: Literal["roleplay", "live", "supervision"]
    level: Annotated[int, Field(ge=1, le=4)] = 3
    last: Count
    max_age_days: Days = 365


class LevelGate(GateBase):
    """Every required competency at its level in the most recent observations."""

    kind: Literal["level"]
    parts: tuple[LevelPart, ...]


class HarmGate(GateBase):
    """No level 1 in the last `last` counted ratings of any competency, and no open critical unhelpful behaviour."""

    kind: Literal["harm"]
    last: Count = 3


class ObserversGate(GateBase):
    """Passed observations by at least `min` different observers."""

    kind: Literal["observers"]
    min: Count
    max_age_days: Days = 365


class SettingsPart(Part):
    setting: Literal["roleplay", "live", "supervision"]
    min: Count = 1


class SettingsGate(GateBase):
    """Passed observations in each setting."""

    kind: Literal["settings"]
    parts: tuple[SettingsPart, ...]
    max_age_days: Days = 365


class PeerModelGate(GateBase):
    """Times an experienced peer leader was watched."""

    kind: Literal["peer_model"]
    min: Count


class SupervisionGate(GateBase):
    """Supervision of at least `min_minutes`: `min` meetings within `window_days`, and no gap over `max_gap_days`.

    The gap runs from the last meeting to the day asked for; paused days do not count.
    """

    kind: Literal["supervision"]
    min: Count
    window_days: Days = 3660
    max_gap_days: Days
    min_minutes: Annotated[int, Field(ge=0, le=600)] = 0


class CertificatePart(Part):
    """A certificate valid through the day asked for: its own expiry, and `months` from its issue."""

    certificate: CertificateId
    months: Months


class CertificateGate(GateBase):
    """Outside certificates in date."""

    kind: Literal["certificate"]
    parts: tuple[CertificatePart, ...]


class PortfolioGate(GateBase):
    """Reflections written."""

    kind: Literal["portfolio"]
    min: Count


class AssessorGate(GateBase):
    """`min` counted observations by observers whose calibration was not older than `months` that day.

    A calibration on the programme's vignettes passes when `agreement_pct` per cent of the lines have the gold level.
    """

    kind: Literal["assessor"]
    min: Count
    months: Months
    agreement_pct: Percent = 70
    max_age_days: Days = 365


class EvaluationsGivenPart(Part):
    evaluator: Literal["self", "partner"]
    min: Count


class EvaluationsGivenGate(GateBase):
    """Self and partner evaluations given; they never count towards a level."""

    kind: Literal["evaluations_given"]
    parts: tuple[EvaluationsGivenPart, ...]


class GroupsDeliveredGate(GateBase):
    """Whole groups delivered."""

    kind: Literal["groups_delivered"]
    min: Count


class ParticipantSummaryGate(GateBase):
    """Group feedback summaries (mean of 1 to 5, and n) with at least `min_n` answers and mean `min_mean`."""

    kind: Literal["participant_summary"]
    min: Count
    min_n: Count = 3
    min_mean: Annotated[float, Field(ge=1, le=5)] = 1.0


Gate = Annotated[
    PrerequisiteGate
    | DoseGate
    | QuizGate
    | CriticalGate
    | PracticeGate
    | LevelGate
    | HarmGate
    | ObserversGate
    | SettingsGate
    | PeerModelGate
    | SupervisionGate
    | CertificateGate
    | PortfolioGate
    | AssessorGate
    | EvaluationsGivenGate
    | GroupsDeliveredGate
    | ParticipantSummaryGate,
    Field(discriminator="kind"),
]
