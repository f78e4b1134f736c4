"""Facts about training and practice: appended once, never changed (see `people.facts` for how they are kept)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from assessments.verdicts import GateState, Status
from curriculum.gates import Severity
from curriculum.ids import (
    ActivityId,
    BehaviourId,
    BlueprintId,
    CertificateId,
    ChecklistId,
    CompetencyId,
    GateId,
    ItemId,
    LineId,
    ModuleId,
    ProgrammeId,
    PromptId,
    RoleId,
    ScenarioId,
    SectionId,
    VignetteId,
)
from curriculum.items import Pool
from curriculum.models import Relation, Setting
from people.facts import PRIVATE, Fact, FactId
from people.models import CohortId, HubId, PersonId

# ---------------------------------------------------------------- learning


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleProgress(Fact):
    """A trainee reached a step of a module; `is_read` when they said "I have read this". Steps count from 0."""

    programme_id: ProgrammeId
    module_id: ModuleId
    step: int
    is_read: bool = False


class Presence(StrEnum):
    """How a taught session was taken part in."""

    PRESENT = "present"
    ABSENT = "absent"
    MADE_UP = "made_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance(Fact):
    """One trainee at one taught session. The newest in force for a session holds. `minutes` is 0 when absent.

    `late_reason` is a coded `assessments.reasons.LateReason` on what was recorded long after its day, else empty.
    """

    programme_id: ProgrammeId
    session_id: str
    presence: Presence
    minutes: int
    late_reason: str = ""


class MilestoneKind(StrEnum):
    """Things that are simply done and counted."""

    PREREQUISITE = "prerequisite"
    PEER_MODEL = "peer_model"
    REFLECTION = "reflection"
    GROUP_DELIVERED = "group_delivered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone(Fact):
    """A prerequisite seen, a peer leader watched, a reflection written, a whole group delivered.

    `what` is the prerequisite's id, the session watched, the module reflected on, or the group's code.
    `late_reason` as in `Attendance`.
    """

    programme_id: ProgrammeId
    kind: MilestoneKind
    what: str
    other_id: PersonId | None = None
    late_reason: str = ""
    note: str = field(default="", metadata=PRIVATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogAnswer(Fact):
    """What a person wrote to one prompt of a log. The entry is the milestone it belongs to."""

    entry_id: FactId
    prompt_id: PromptId
    words: str = field(metadata=PRIVATE)


# ---------------------------------------------------------------- quizzes


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptStarted(Fact):
    """A form was drawn for a trainee: which items in which order, and each item's order of options.

    `item_ids` and `option_orders` run in parallel; `option_orders[i]` holds the order in which each list of the item
    was shown, one list after the other (see `assessments.items.split_order`). The version's bundle never changes, so
    these say to the letter what was seen. `form_no` is which of the parallel forms it is, from 0; None for one that was
    drawn for this person alone. `limit_s` is the time limit in seconds, the person's extra time in it; None without
    one. `sitting_id` is the invigilated sitting; None when nobody watched.
    """

    programme_id: ProgrammeId
    version_no: int
    blueprint_id: BlueprintId
    pool: Pool
    seed: int
    item_ids: tuple[ItemId, ...]
    option_orders: tuple[tuple[int, ...], ...]
    form_no: int | None = None
    limit_s: int | None = None
    sitting_id: FactId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Response(Fact):
    """What a trainee gave to one item of a form; the newest for a position holds.

    `chosen` and `text` are as in `assessments.items.Given`; both empty with `is_flagged` means "come back later",
    without it that the words were erased. `certainty` is 1 (guess) to 3 (sure). `n_tries` counts how often the trainee
    has asked how they did on this item so far, and `told_right` is what they were told of this very answer; None while
    they have not asked. `is_late` marks what came after the time limit: it is kept and does not count.
    """

    started_id: FactId
    position: int
    item_id: ItemId
    chosen: tuple[int, ...]
    certainty: int | None = None
    is_flagged: bool = False
    n_tries: int = 0
    told_right: bool | None = None
    is_late: bool = False
    text: str = field(default="", metadata=PRIVATE)


@dataclass(frozen=True, slots=True)
class ItemScore:
    """The points of one item of a submitted attempt, and what the rest of the attempt scored.

    `is_right` says whether the response was wholly right, whatever its certainty; None while nobody has marked it, and
    on attempts from before it was kept, where the points say it.
    """

    position: int
    item_id: ItemId
    points: int
    max_points: int
    rest_points: int
    is_right: bool | None = None

    @property
    def was_right(self) -> bool:
        """Return whether the response was wholly right."""
        return self.points == self.max_points if self.is_right is None else self.is_right


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt(Fact):
    """A submitted form with its score. One a form is in force. `counts` is False for practice.

    `score`, `max_score` and the points of the items are whole numbers of 1/`per_point` of a point: 1, or 100 where an
    item can give a part of a point. `n_unmarked` texts wait for a trainer and count nothing until then. A new score
    replaces the old one: `replaces_id` names it, `correction_id` the corrected key that it follows, if one does.
    """

    programme_id: ProgrammeId
    started_id: FactId
    blueprint_id: BlueprintId
    counts: bool
    score: int
    max_score: int
    critical_total: int
    critical_missed: int
    pass_pct: int
    items: tuple[ItemScore, ...]
    per_point: int = 1
    n_unmarked: int = 0
    replaces_id: FactId | None = None
    correction_id: FactId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlock(Fact):
    """A trainer gives one more attempt at once: the count starts anew and the waiting time ends."""

    programme_id: ProgrammeId
    blueprint_id: BlueprintId
    reason: str


class TimeAllowed(StrEnum):
    """How much time a person has where others have a limit. It says nothing of why."""

    AS_OTHERS = "as_others"
    QUARTER_MORE = "quarter_more"
    HALF_MORE = "half_more"
    TWICE = "twice"
    NO_LIMIT = "no_limit"

    @property
    def factor(self) -> float | None:
        """Return what the limit is multiplied by; None without a limit."""
        return {"as_others": 1.0, "quarter_more": 1.25, "half_more": 1.5, "twice": 2.0}.get(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Accommodation(Fact):
    """How much time a person has in the quizzes of a programme; the newest holds, for attempts that start after it."""

    programme_id: ProgrammeId
    time: TimeAllowed


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting(Fact):
    """An invigilated quiz: who is in the room types the code. The person and the actor are who watches.

    It is over at `closes_at`, or when an amendment ENDED it.
    """

    programme_id: ProgrammeId
    blueprint_id: BlueprintId
    hub_id: HubId
    code: str
    closes_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TextMark(Fact):
    """A marker's levels for one text, one for each line of the rubric. The person wrote it, the actor marks.

    `mark_no` is 1, 2 for a second marker, and 3 for who decides where the two lie far apart.
    """

    started_id: FactId
    position: int
    item_id: ItemId
    mark_no: int
    levels: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondMarkAsked(Fact):
    """Somebody asks that a second person marks a text too."""

    started_id: FactId
    position: int


class KeyTreatment(StrEnum):
    """What a faulty item becomes: another key, one more right answer, points for everybody, or nothing that counts."""

    NEW_KEY = "new_key"
    ALSO_RIGHT = "also_right"
    FULL_POINTS = "full_points"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyCorrection(Fact):
    """The key of an item was wrong: how it is scored from now on, and attempts on it anew. The newest of an item holds.

    It is about the item as it stands in this version, and in every other version in which it stands the same. `chosen`
    is the right choice, or an option that is right too; `accepts` words or a number that are right too.
    """

    programme_id: ProgrammeId
    version_no: int
    item_id: ItemId
    treatment: KeyTreatment
    reason: str
    chosen: tuple[int, ...] = ()
    accepts: str = ""


# ---------------------------------------------------------------- where a cut comes from


@dataclass(frozen=True, slots=True, kw_only=True)
class CutRound(Fact):
    """A round of standard setting is open in a hub: its judges look at these items. It is about no person.

    Ended by an amendment ENDED; until then nobody is told what others said. Rounds of a quiz of a version are numbered
    from 1.
    """

    programme_id: ProgrammeId
    version_no: int
    blueprint_id: BlueprintId
    hub_id: HubId
    round_no: int
    item_ids: tuple[ItemId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CutJudgement(Fact):
    """How many of 100 people who are just ready get an item right, as a judge (the person) says. The newest holds."""

    cut_round_id: FactId
    item_id: ItemId
    pct: int


# ---------------------------------------------------------------- refreshers


@dataclass(frozen=True, slots=True, kw_only=True)
class RefresherAnswer(Fact):
    """A trainee answered a question on a section some time after it was learned; when the next is due follows from all.

    `chosen` and `text` are as in `assessments.items.Given`; `version_no` says how the item was worded.
    """

    programme_id: ProgrammeId
    version_no: int
    section_id: SectionId
    item_id: ItemId
    chosen: tuple[int, ...]
    is_right: bool
    text: str = field(default="", metadata=PRIVATE)


# ---------------------------------------------------------------- supervised practice


class Stage(StrEnum):
    """How much of the session the person led; ordered."""

    OBSERVE = "observe"
    CO_LEAD = "co_lead"
    LEAD_PART = "lead_part"
    LEAD_WHOLE = "lead_whole"

    @property
    def rank(self) -> int:
        """Return 0 to 3."""
        return list(Stage).index(self)


class Seen(StrEnum):
    """The state of a behaviour; a behaviour without one is unanswered."""

    SEEN = "seen"
    NOT_SEEN = "not_seen"
    NO_OPPORTUNITY = "no_opportunity"


class Done(StrEnum):
    """The state of a line on a scale of kind `done`."""

    DONE = "done"
    PARTLY = "partly"
    NOT_DONE = "not_done"
    NOT_APPLICABLE = "not_applicable"


class YesNo(StrEnum):
    """The state of a line on a scale of kind `yes_no`."""

    YES = "yes"
    NO = "no"
    NOT_APPLICABLE = "not_applicable"


class GlobalRating(StrEnum):
    """The one overall judgement of an observation."""

    NOT_YET = "not_yet"
    BORDERLINE = "borderline"
    PASS = "pass"
    STRONG = "strong"


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationRequest(Fact):
    """A trainee asks to be watched or evaluated; done when a form follows.

    `asked_id` is a trainer or None for any; for a partner's evaluation it is the partner.
    """

    programme_id: ProgrammeId
    checklist_id: ChecklistId
    setting: Setting
    asked_id: PersonId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationOpened(Fact):
    """A rater began a form: the frame of what is watched.

    `session_code` names the group session or role-play round (no names of people in it): two raters of one
    performance share it. `has_co_leader` must be true for a live observation to count.
    """

    programme_id: ProgrammeId
    version_no: int
    checklist_id: ChecklistId
    setting: Setting
    stage: Stage
    scenario_id: ScenarioId | None
    session_code: str
    relation: Relation
    counts: bool
    has_co_leader: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick(Fact):
    """One answer on a form in progress; the newest for a line and behaviour holds.

    `behaviour_id` is None on a line without behaviours; `state` is a `Seen`, a `Done` or a `YesNo`, or empty to take an
    answer back.
    """

    opened_id: FactId
    line_id: LineId
    behaviour_id: BehaviourId | None
    state: str


@dataclass(frozen=True, slots=True)
class Rating:
    """A line's result: the derived rating level, 1 to 4; None without an opportunity, or without behaviours."""

    line_id: LineId
    competency_id: CompetencyId
    level: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation(Fact):
    """A submitted form. The rater is the actor. One a form.

    `pct` is the share of answered lines at level 3 or above (or how much was done), 0 to 100; `min_level`
    the lowest rating level, None without one; `critical_unhelpful` counts unhelpful behaviours seen on critical lines.
    `seconds` runs from opening to submitting. `ratings` holds one a line with `competency_id`.
    """

    programme_id: ProgrammeId
    opened_id: FactId
    version_no: int
    checklist_id: ChecklistId
    setting: Setting
    stage: Stage
    stage_rank: int
    scenario_id: ScenarioId | None
    session_code: str
    relation: Relation
    counts: bool
    has_co_leader: bool
    pct: int
    min_level: int | None
    is_passed: bool
    critical_unhelpful: int
    global_rating: GlobalRating
    entrustment: int
    seconds: int
    ratings: tuple[Rating, ...]
    strength: str = field(default="", metadata=PRIVATE)
    next_step: str = field(default="", metadata=PRIVATE)


class SheetSource(StrEnum):
    """Where a form was filled in that was taken over from a file."""

    PAPER = "paper"
    TABLET = "tablet"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetTakenOver(Fact):
    """A form came from a file: the actor is who took it over, the rater is the form's.

    `sheet` is the code that the sheet of paper bears, or the number that a tablet gave; `content` the code of what the
    checklist asked then; `late_reason` a `LateReason`, empty when none was needed.
    """

    opened_id: FactId
    source: SheetSource
    sheet: str
    content: str
    late_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement(Fact):
    """The trainee (or whom it concerns) has seen a fact, and agrees or disputes it."""

    target_id: FactId
    agrees: bool
    note: str = field(default="", metadata=PRIVATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold(Fact):
    """Practice stops: an unhelpful critical behaviour was confirmed in a live or counting observation.

    Ended by an amendment: VOID (a slip, within 24 hours, by the rater) or LIFTED (by the safeguarding lead or deputy).
    """

    programme_id: ProgrammeId
    observation_id: FactId
    behaviour_id: BehaviourId


@dataclass(frozen=True, slots=True, kw_only=True)
class Debrief(Fact):
    """Rater and trainee have talked about an unhelpful critical behaviour."""

    observation_id: FactId
    procedure_followed: bool = True


# ---------------------------------------------------------------- forms filled in without signal


class HeldFor(StrEnum):
    """Why a form that came from a device waits for a training lead, and does not count until then."""

    LEFT = "trainee_withdrawn"
    LONG_AGO = "too_long_ago"


@dataclass(frozen=True, slots=True)
class DeviceAnswer:
    """One answer of a form from a device; as in `Tick`, but never empty."""

    line_id: LineId
    behaviour_id: BehaviourId | None
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceRecord(Fact):
    """A form that was filled in on a device without signal, as it arrived. The rater is the actor.

    `claimed_at` is when the device says that it was finished; `occurred_at` is the same, but never after its arrival.
    `offset_minutes` and `zone` say what its clock stood on; `skew_s` is how far behind it was when it sent the form
    (negative: ahead). `digest` is the SHA-256 of what was sent. `held_for` is None when the form counted at once.
    """

    programme_id: ProgrammeId
    version_no: int
    checklist_id: ChecklistId
    setting: Setting
    stage: Stage
    scenario_id: ScenarioId | None
    session_code: str
    counts: bool
    has_co_leader: bool
    answers: tuple[DeviceAnswer, ...]
    global_rating: GlobalRating
    entrustment: int
    confirms_harm: bool
    begun_at: datetime
    claimed_at: datetime
    offset_minutes: int
    zone: str
    skew_s: int
    digest: str
    held_for: HeldFor | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceRecordSettled(Fact):
    """A training lead has let a held form count, or set it aside; it stays on record either way."""

    record_id: FactId
    is_accepted: bool
    reason: str


# ---------------------------------------------------------------- support and outside proof


class Mode(StrEnum):
    """How supervision was held."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    VIDEO = "video"
    GROUP = "group"


@dataclass(frozen=True, slots=True, kw_only=True)
class Supervision(Fact):
    """A supervision that took place. The supervisor is `supervisor_id`; `late_reason` as in `Attendance`."""

    programme_id: ProgrammeId
    supervisor_id: PersonId
    minutes: int
    mode: Mode
    late_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate(Fact):
    """An outside certificate that was seen: kind and dates only. It counts in every programme."""

    certificate_id: CertificateId
    issued_on: date
    expires_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration(Fact):
    """An observer (the person) took a calibration."""

    programme_id: ProgrammeId
    is_passed: bool


@dataclass(frozen=True, slots=True)
class VignetteLine:
    """The rating level that a line of a vignette was given, and the gold level of that day."""

    line_id: LineId
    level: int
    gold: int


@dataclass(frozen=True, slots=True)
class VignetteSeen:
    """A behaviour that the rater saw on a line of a vignette; what is left out was not seen."""

    line_id: LineId
    behaviour_id: BehaviourId


@dataclass(frozen=True, slots=True, kw_only=True)
class VignetteRated(Fact):
    """A rater (the person) rated one vignette. `n_vignettes` of them make the round whole."""

    programme_id: ProgrammeId
    version_no: int
    vignette_id: VignetteId
    round_no: int
    n_vignettes: int
    lines: tuple[VignetteLine, ...]
    seen: tuple[VignetteSeen, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestDeclared(Fact):
    """Somebody (the holder) knows the person otherwise than as a trainer; `reason` is an `InterestReason`.

    An amendment of the training lead ends it.
    """

    holder_id: PersonId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantSummary(Fact):
    """A group's feedback: the mean on a scale of 1 to 5, times 100, and how many answered. Nothing else."""

    programme_id: ProgrammeId
    group_code: str
    mean_hundredths: int
    n_answers: int


# ---------------------------------------------------------------- decisions


@dataclass(frozen=True, slots=True)
class ActivityLevel:
    """The entrustment level (1 to 5) of one activity in a sign-off."""

    activity_id: ActivityId
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff(Fact):
    """A named decision on one role of one enrolment. The signer is the actor.

    `evidence` are the facts it rests on, `evidence_hash` the SHA-256 over their digests in order. `renews_id` is the
    sign-off of the same role that it takes the place of.
    """

    programme_id: ProgrammeId
    role_id: RoleId
    version_no: int
    is_granted: bool
    valid_months: int
    needs_countersign: bool
    evidence_hash: str
    evidence: tuple[FactId, ...]
    levels: tuple[ActivityLevel, ...]
    warned_gates: tuple[GateId, ...] = ()
    note: str = field(default="", metadata=PRIVATE)
    renews_id: FactId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Countersign(Fact):
    """A second person confirms a sign-off. The countersigner is the actor."""

    sign_off_id: FactId


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionAsked(Fact):
    """A trainee asks for the decision, with what it would rest on frozen as in a `SignOff`; over once one is taken."""

    programme_id: ProgrammeId
    evidence_hash: str
    evidence: tuple[FactId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondLook(Fact):
    """Somebody else's own decision on the evidence of one that is disputed, made before they saw the first."""

    sign_off_id: FactId
    is_granted: bool
    levels: tuple[ActivityLevel, ...]


class DisputeOutcome(StrEnum):
    """Which of two decisions on the same evidence counts."""

    FIRST_STANDS = "first_stands"
    SECOND_COUNTS = "second_counts"


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeSettled(Fact):
    """What came of a dispute. Two that agree settle it themselves; else somebody who took no part chooses.

    `reason` is an `AdjudicationReason`, or of two that agree a `DisputeReason`.
    """

    sign_off_id: FactId
    outcome: DisputeOutcome
    reason: str


# ---------------------------------------------------------------- appeals


class AppealAbout(StrEnum):
    """What an appeal is about, and so what its target is.

    A rating is an observation; a hold is the first one of its observation; a revocation is the amendment; a lock-out is
    the attempt that used up the last try.
    """

    RATING = "rating"
    HOLD = "hold"
    REVOCATION = "revocation"
    LOCK_OUT = "lock_out"


class AppealGround(StrEnum):
    """Why somebody appeals."""

    NOT_WHAT_HAPPENED = "not_what_happened"
    NO_FAIR_CHANCE = "no_fair_chance"
    RULES_NOT_FOLLOWED = "rules_not_followed"
    NOT_NEUTRAL = "not_neutral"
    NEW_EVIDENCE = "new_evidence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal(Fact):
    """Whom something concerns asks that somebody who was not involved looks at it again. It counts meanwhile.

    Taken back by an amendment ENDED.
    """

    programme_id: ProgrammeId
    target_id: FactId
    about: AppealAbout
    ground: AppealGround
    note: str = field(default="", metadata=PRIVATE)


class AppealOutcome(StrEnum):
    """What came of an appeal: right, partly right, or not."""

    UPHELD = "upheld"
    CHANGED = "changed"
    DISMISSED = "dismissed"


class AppealFinding(StrEnum):
    """What was found; only with `STANDS` is an appeal dismissed."""

    RECORD_WRONG = "record_wrong"
    NO_FAIR_CHANCE = "no_fair_chance"
    RULES_NOT_FOLLOWED = "rules_not_followed"
    NOT_NEUTRAL = "not_neutral"
    STANDS = "stands"


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealDecided(Fact):
    """The decision on an appeal; what follows from it is recorded in the same append. The decider is the actor."""

    appeal_id: FactId
    outcome: AppealOutcome
    finding: AppealFinding


# ---------------------------------------------------------------- the end of a cohort


class Outcome(StrEnum):
    """How a person leaves a cohort that closes."""

    SIGNED_OFF = "signed_off"
    CONTINUES_ELSEWHERE = "continues_elsewhere"
    STOPPED = "stopped"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class GateThen:
    """How one gate stood when a cohort closed; `have` of `need`, `next_part` the first open part."""

    gate_id: GateId
    severity: Severity
    state: GateState
    have: int
    need: int
    next_part: int | None


@dataclass(frozen=True, slots=True)
class KeepUntil:
    """The last day on which records of a category are kept. Categories are those of the programme's privacy rules."""

    category: str
    until_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortOutcome(Fact):
    """How a person left a cohort when it closed, and where they stood then: status, sign-off, holds and every gate."""

    programme_id: ProgrammeId
    cohort_id: CohortId
    role_id: RoleId
    version_no: int
    outcome: Outcome
    status: Status
    valid_until: date | None
    hold_since: date | None
    gates: tuple[GateThen, ...]
    kept: tuple[KeepUntil, ...]


# ---------------------------------------------------------------- programmes in a hub


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammePublished(Fact):
    """A version of a programme was put into the store as an immutable bundle."""

    programme_id: ProgrammeId
    version_no: int
    version: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeguardingApproved(Fact):
    """A named qualified person approved the safeguarding text of a version."""

    programme_id: ProgrammeId
    version_no: int
    approver_name: str
    qualification: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeActivated(Fact):
    """A hub went live with a version: it has a safeguarding contact, and the text is approved."""

    programme_id: ProgrammeId
    version_no: int
    hub_id: HubId
