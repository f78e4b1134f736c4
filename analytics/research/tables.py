"""What the tables of the export hold: schema, codebook and files are made from here, and from nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum, auto
from typing import Final


class VariableType(StrEnum):
    """What a variable holds, by the names of Frictionless."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"


class How(Enum):
    """How a variable is made of the value in the store."""

    PLAIN = auto()
    PERSON = auto()
    COHORT = auto()
    FACT = auto()
    PERFORMANCE = auto()
    WEEK = auto()
    NUMBERS = auto()


@dataclass(frozen=True, slots=True)
class Variable:
    """One column. `source` is the column of the query, where it has another name."""

    name: str
    type: VariableType
    meaning: str
    how: How = How.PLAIN
    source: str = ""
    unit: str = ""
    codes: Mapping[str, str] = field(default_factory=dict[str, str])
    is_required: bool = True

    @property
    def column(self) -> str:
        """Return the column that it is made of."""
        return self.source or self.name


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """Variables that name rows of another table."""

    variables: tuple[str, ...]
    table: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResearchTable:
    """One table and the one named query (or statement of readiness) that it comes from."""

    name: str
    title: str
    query: str
    variables: tuple[Variable, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...] = ()


# ---------------------------------------------------------------- variables that come often


def _text(name: str, meaning: str, codes: Mapping[str, str] | None = None, *, is_required: bool = True) -> Variable:
    return Variable(name, VariableType.STRING, meaning, codes=codes or {}, is_required=is_required)


def _whole(name: str, meaning: str, unit: str = "", *, source: str = "", is_required: bool = True) -> Variable:
    return Variable(name, VariableType.INTEGER, meaning, source=source, unit=unit, is_required=is_required)


def _yes_no(name: str, meaning: str) -> Variable:
    return Variable(name, VariableType.BOOLEAN, meaning)


def _week(name: str, meaning: str, source: str = "day", *, is_required: bool = True) -> Variable:
    return Variable(name, VariableType.INTEGER, meaning, How.WEEK, source, _WEEKS, is_required=is_required)


def _fact(name: str, meaning: str) -> Variable:
    return Variable(name, VariableType.STRING, meaning, How.FACT, "fact_no")


_WEEKS: Final = "whole weeks since the person's first enrolment in the programme; 0 is the first"
_PERSON: Final = Variable("person", VariableType.STRING, "The person's code.", How.PERSON, "person_no")
_OF_PERSON: Final = ForeignKey(("person",), "people", ("person",))
_VERSION: Final = _whole("version_no", "Number of the programme's version by which it was judged.")
_SETTINGS: Final = {"roleplay": "a role-play", "live": "a live session", "supervision": "in supervision"}

_STATUSES: Final = {
    "not_started": "enrolled, nothing recorded yet",
    "in_training": "in training",
    "practising": "practises under supervision",
    "ready_for_decision": "every blocking gate is met; nobody has decided",
    "signed_off": "signed off",
    "due_soon": "signed off; it ends soon",
    "lapsed": "was signed off; it has ended or a gate has closed",
    "on_hold": "practice is stopped",
    "paused": "has paused",
    "withdrawn": "has left",
    "revoked": "the sign-off was taken back",
}

TABLES: Final = (
    ResearchTable(
        "people",
        "Those who agreed, and how far they have come",
        "readiness: journeys, verdicts",
        (
            _PERSON,
            Variable("cohort", VariableType.STRING, "Code of the cohort.", How.COHORT, "cohort_id"),
            _text("role", "The role that the person trains for, as the programme names it.", is_required=False),
            _whole("version_no", "Number of the programme's version whose rules hold for the person."),
            _text("status", "Where the person stands at the instant of the export.", _STATUSES),
            _whole("weeks_watched", "Weeks from enrolment to the instant of the export.", "whole weeks"),
            _week("session_week", "First taught session that the person came to.", "session_on", is_required=False),
            _week("quiz_week", "First quiz passed.", "quiz_on", is_required=False),
            _week("roleplay_week", "First role-play watched by a trainer that can count.", "roleplay_on",
                  is_required=False),
            _week("live_week", "First live session watched by a trainer that can count.", "live_on",
                  is_required=False),
            _week("signed_week", "First sign-off, or its countersign where that is asked for.", "signed_on",
                  is_required=False),
            _week("left_week", "When the person left for good; missing while they are there.", "left_on",
                  is_required=False),
        ),
        ("person",),
    ),
    ResearchTable(
        "gates",
        "What readiness says of each gate of each person",
        "readiness: verdicts",
        (
            _PERSON,
            _text("gate", "The gate's id in the programme."),
            _text("severity", "What a closed gate does.",
                  {"block": "keeps from sign-off", "warn": "the signer is warned", "info": "is told"}),
            _text("state", "Whether it is met.",
                  {"met": "met", "not_met": "not met", "not_required": "not asked of this person",
                   "not_computable": "the records do not say"}),
            _whole("have", "How much of it there is; each part counts at most what it needs."),
            _whole("need", "How much it needs."),
        ),
        ("person", "gate"),
        (_OF_PERSON,),
    ),
    ResearchTable(
        "attempts",
        "Quizzes handed in, with the score that counts now",
        "research_attempts",
        (
            _fact("attempt", "Code of the attempt."),
            _PERSON,
            _text("quiz", "The quiz's id in the programme."),
            _VERSION,
            _text("pool", "Which questions were drawn.", {"counting": "of the quiz", "practice": "for practice"}),
            _week("week", "When it was handed in."),
            _yes_no("counts", "Whether it counts, or was practice."),
            _whole("nth", "Which one it is of the person's attempts at this quiz that count, or that do not."),
            _whole("score", "Score.", "1 / per_point of a point"),
            _whole("max_score", "Full score.", "1 / per_point of a point"),
            _whole("per_point", "How many parts of a point scores are counted in: 1 or 100."),
            _whole("pass_pct", "Pass mark.", "per cent of the full score"),
            _whole("critical_total", "Critical questions in the form."),
            _whole("critical_missed", "Of these, not wholly right."),
            _whole("n_unmarked", "Texts that still wait for a marker and count nothing."),
            _yes_no("is_passed", "Whether the score reaches the pass mark; critical questions have their own gate."),
        ),
        ("attempt",),
        (_OF_PERSON,),
    ),
    ResearchTable(
        "responses",
        "What was given to each question of the quizzes handed in; no words",
        "research_responses",
        (
            _fact("attempt", "The attempt."),
            _whole("position", "Place in the form, from 0."),
            _text("item", "The question's id in the programme."),
            _whole("version_no", "Number of the version in whose words it was asked."),
            Variable("wording", VariableType.STRING,
                     "Code of the question's whole text: the same in versions that ask it in the same words."),
            Variable("chosen", VariableType.STRING,
                     "Options chosen, numbered from 0 as in the programme's file, with spaces between; empty when none "
                     "was, missing when nothing was given.", How.NUMBERS, is_required=False),
            _whole("certainty", "How sure: 1 guess, 2 fairly, 3 sure; missing where it was not asked.",
                   is_required=False),
            _whole("points", "Points.", "1 / per_point of the attempt"),
            _whole("max_points", "Full points.", "1 / per_point of the attempt"),
            _yes_no("is_right", "Whether it was wholly right."),
        ),
        ("attempt", "position"),
        (ForeignKey(("attempt",), "attempts", ("attempt",)),),
    ),
    ResearchTable(
        "observations",
        "What was watched, by trainers and by the person; raters are not told apart beyond one performance",
        "research_observations",
        (
            _fact("observation", "Code of the observation."),
            _PERSON,
            _text("checklist", "The checklist's id in the programme."),
            _VERSION,
            _text("setting", "Where it was.", _SETTINGS),
            _text("stage", "How much of the session the person led.",
                  {"observe": "nothing", "co_lead": "led beside somebody", "lead_part": "a part",
                   "lead_whole": "all of it"}),
            _text("scenario", "The scenario's id in the programme; missing without one.", is_required=False),
            Variable("performance", VariableType.STRING,
                     "Code of what was watched: two raters of one performance share it. Missing where none was given.",
                     How.PERFORMANCE, "session_code", is_required=False),
            _whole("rater", "Which rater of this performance: 1 is who rated it first.", source="place"),
            _week("week", "When it was."),
            _text("relation", "Who rated.", {"trainer": "a trainer", "self": "the person"}),
            _yes_no("counts", "Whether the rater said that it counts."),
            _yes_no("has_co_leader", "Whether a second adult led too."),
            _yes_no("is_counted", "Whether readiness counts it, by all its rules."),
            _whole("pct", "Lines answered at level 3 or above, or how much was done.", "per cent"),
            _whole("min_level", "The lowest rating level; missing without one.", "rating level, ordinal, 1 to 4",
                   is_required=False),
            _yes_no("is_passed", "Whether the checklist was passed."),
            _whole("critical_unhelpful", "Unhelpful behaviours seen on critical lines."),
            _text("global_rating", "The rater's overall judgement.",
                  {"not_yet": "not yet", "borderline": "borderline", "pass": "pass", "strong": "strong"}),
            _whole("entrustment", "Entrustment level that the rater gave.", "ordinal, 1 to 5"),
            _whole("seconds", "From opening the form to submitting it.", "seconds"),
        ),
        ("observation",),
        (_OF_PERSON,),
    ),
    ResearchTable(
        "ratings",
        "The rating level of each line watched",
        "research_ratings",
        (
            _fact("observation", "The observation."),
            _whole("position", "Place on the form, from 0."),
            _text("line", "The line's id in the programme."),
            _text("competency", "The competency's id in the programme."),
            _whole("level", "Rating level; missing without an opportunity.", "rating level, ordinal, 1 to 4",
                   is_required=False),
        ),
        ("observation", "position"),
        (ForeignKey(("observation",), "observations", ("observation",)),),
    ),
    ResearchTable(
        "attendance",
        "Taught sessions",
        "research_attendance",
        (
            _PERSON,
            _text("session", "The session's id in the programme."),
            _week("week", "When it was."),
            _text("presence", "How the person took part.",
                  {"present": "was there", "absent": "was not there", "made_up": "made up for it"}),
            _whole("minutes", "How long; 0 when absent.", "minutes"),
        ),
        ("person", "session"),
        (_OF_PERSON,),
    ),
    ResearchTable(
        "supervision",
        "Supervision that took place",
        "research_supervision",
        (
            _fact("supervision", "Code of the supervision."),
            _PERSON,
            _week("week", "When it was."),
            _whole("minutes", "How long.", "minutes"),
            _text("mode", "How it was held.",
                  {"in_person": "in person", "phone": "by telephone", "video": "by video", "group": "in a group"}),
            _whole("gap_days", "Days since the person's last supervision; missing for the first.", "days",
                   is_required=False),
        ),
        ("supervision",),
        (_OF_PERSON,),
    ),
    ResearchTable(
        "meetings",
        "Supervision meetings offered for days up to that of the export",
        "research_meetings",
        (
            _fact("meeting", "Code of the meeting."),
            _PERSON,
            _week("week", "For when it was offered."),
            _whole("minutes", "How long it was to be.", "minutes"),
            _text("mode", "How it was to be held.",
                  {"in_person": "in person", "phone": "by telephone", "video": "by video", "group": "in a group"}),
            _text("outcome", "What became of it; open: nobody has said. Other codes are the app's."),
            _text("party", "Whose doing it was that it was not held; missing otherwise.", is_required=False),
            _text("reason", "Coded reason why it was not held; missing otherwise.", is_required=False),
        ),
        ("meeting",),
        (_OF_PERSON,),
    ),
    ResearchTable(
        "contacts",
        "Wishes to be contacted",
        "research_contacts",
        (
            _fact("contact", "Code of the wish."),
            _PERSON,
            _week("week", "When the person asked."),
            _text("state", "What became of it.",
                  {"answered": "answered", "open": "nobody has answered", "taken_back": "taken back"}),
            Variable("hours", VariableType.NUMBER, "From asking to the answer; missing while there is none.",
                     unit="hours", is_required=False),
        ),
        ("contact",),
        (_OF_PERSON,),
    ),
    ResearchTable(
        "sign_offs",
        "Decisions",
        "research_sign_offs",
        (
            _fact("sign_off", "Code of the decision."),
            _PERSON,
            _week("week", "When it was made."),
            _VERSION,
            _yes_no("is_granted", "Whether the person was signed off."),
            _whole("valid_months", "How long it holds.", "months"),
            _yes_no("needs_countersign", "Whether a second person has to confirm it."),
            _yes_no("is_countersigned", "Whether one has."),
            _yes_no("is_revoked", "Whether it was taken back."),
        ),
        ("sign_off",),
        (_OF_PERSON,),
    ),
    ResearchTable(
        "sign_off_levels",
        "The entrustment level of each activity in a decision",
        "research_sign_off_levels",
        (
            _fact("sign_off", "The decision."),
            _whole("position", "Place in the decision, from 0."),
            _text("activity", "The activity's id in the programme."),
            _whole("level", "Entrustment level.", "ordinal, 1 to 5"),
        ),
        ("sign_off", "position"),
        (ForeignKey(("sign_off",), "sign_offs", ("sign_off",)),),
    ),
)  # fmt: skip
"""The tables, those that others name first."""
