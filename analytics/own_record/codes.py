"""Plain words for the closed lists of codes that facts hold."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from analytics.phrases import N_, Phrase
from analytics.wording import setting_words, status_words
from assessments.facts import (
    AppealAbout,
    AppealFinding,
    AppealGround,
    AppealOutcome,
    Done,
    GlobalRating,
    KeyTreatment,
    MilestoneKind,
    Mode,
    Outcome,
    Presence,
    Relation,
    Seen,
    Stage,
    TimeAllowed,
    YesNo,
)
from assessments.reasons import (
    APPEAL,
    CorrectionReason,
    HandOverReason,
    KeyFault,
    LateReason,
    LiftReason,
    RevokeReason,
    ScoreReason,
    UnlockReason,
)
from assessments.verdicts import GateState, Status
from curriculum.gates import Severity
from curriculum.models import Pool, Setting
from people.facts import (
    Change,
    ClockChange,
    ClockReason,
    ContactKind,
    EndReason,
    RetentionCategory,
    TokenPurpose,
    WorkKind,
)
from people.models import Office, Scope
from people.rights import Record

_WORDS: Final[tuple[tuple[StrEnum, Phrase], ...]] = (
    # people
    (Office.TRAINEE, N_("Trainee")),
    (Office.TRAINER, N_("Trainer")),
    (Office.TRAINING_LEAD, N_("Training lead")),
    (Office.SAFEGUARDING_LEAD, N_("Safeguarding lead")),
    (Office.SAFEGUARDING_DEPUTY, N_("Safeguarding deputy")),
    (Office.COORDINATOR, N_("Co-ordinator")),
    (Office.MANAGER, N_("Programme manager")),
    (Office.FUNDER, N_("Funder or researcher")),
    (Office.COUNTERSIGNER, N_("External countersigner")),
    (Office.ADMINISTRATOR, N_("Administrator")),
    (Scope.OWN, N_("own record")),
    (Scope.ASSIGNED, N_("given trainees")),
    (Scope.HUB, N_("one hub")),
    (Scope.RECORD, N_("one record")),
    (Scope.ALL, N_("all hubs")),
    (ClockChange.PAUSED, N_("Paused")),
    (ClockChange.RESUMED, N_("Came back")),
    (ClockChange.WITHDRAWN, N_("Left")),
    (ClockReason.OWN_WISH, N_("Their own wish")),
    (ClockReason.NO_TIME, N_("No time at present")),
    (ClockReason.MOVED_AWAY, N_("Moved away")),
    (ClockReason.HUB, N_("The hub decided")),
    (ClockReason.BACK, N_("They are back")),
    (ClockReason.COHORT_CLOSED, N_("The cohort closed")),
    (ClockReason.OTHER, N_("Another reason")),
    (EndReason.LEFT, N_("They left")),
    (EndReason.MOVED, N_("They moved to another place")),
    (EndReason.OFFICE_ENDED, N_("The task ended")),
    (EndReason.OWN_WISH, N_("Their own wish")),
    (EndReason.MISTAKE, N_("It was a mistake")),
    (EndReason.OTHER, N_("Another reason")),
    (TokenPurpose.FIRST_ADMINISTRATOR, N_("to set up the system")),
    (TokenPurpose.INVITATION, N_("to sign in for the first time")),
    (TokenPurpose.RESET, N_("to choose a new password")),
    (ContactKind.SAFEGUARDING_LEAD, N_("Safeguarding lead")),
    (ContactKind.SAFEGUARDING_DEPUTY, N_("Deputy")),
    (ContactKind.EMERGENCY, N_("Emergency services")),
    (RetentionCategory.SESSIONS, N_("times of signing in")),
    (RetentionCategory.WELLBEING, N_("check-ins")),
    (RetentionCategory.COMMENTS, N_("comments and reflections")),
    (RetentionCategory.SIGNOFF, N_("names on results and decisions")),
    (WorkKind.TRAINEE, N_("who trains you")),
    (WorkKind.REQUEST, N_("a request to be watched")),
    (WorkKind.FORM, N_("a form that was begun")),
    (WorkKind.HOLD, N_("a hold")),
    (WorkKind.DEBRIEF, N_("a debrief")),
    (WorkKind.COUNTERSIGN, N_("a countersignature")),
    (Change.VOID, N_("withdrawn")),
    (Change.REPLACED, N_("replaced by a newer entry")),
    (Change.REVOKED, N_("revoked")),
    (Change.ENDED, N_("ended")),
    (Change.HARM_RESOLVED, N_("settled")),
    (Change.LIFTED, N_("lifted")),
    (Change.ADJUDICATED, N_("settled between two raters")),
    (Change.ACKNOWLEDGED, N_("seen")),
    (Change.RESTORED, N_("restored")),
    (Record.RESULTS, N_("quiz results")),
    (Record.OBSERVATION, N_("what was seen in practice")),
    (Record.READINESS, N_("gates")),
    (Record.SIGN_OFF, N_("decisions")),
    (Record.HOLD, N_("holds")),
    (Record.SUPERVISION, N_("supervision and attendance")),
    (Record.WELLBEING, N_("check-ins")),
    (Record.RATER, N_("ratings given")),
    (Record.PEOPLE, N_("account")),
    (Record.COHORT, N_("cohort")),
    (Record.PROGRAMME, N_("programme")),
    (Record.SAFEGUARDING_TEXT, N_("safeguarding text")),
    (Record.AUDIT, N_("who looked")),
    # training and practice
    (Presence.PRESENT, N_("present")),
    (Presence.ABSENT, N_("absent")),
    (Presence.MADE_UP, N_("made up later")),
    (MilestoneKind.PREREQUISITE, N_("Seen before the start")),
    (MilestoneKind.PEER_MODEL, N_("Watched an experienced leader")),
    (MilestoneKind.REFLECTION, N_("Reflection written")),
    (MilestoneKind.GROUP_DELIVERED, N_("Led a whole group")),
    (Pool.COUNTING, N_("counts")),
    (Pool.PRACTICE, N_("practice only")),
    (Setting.ROLEPLAY, setting_words(Setting.ROLEPLAY)),
    (Setting.LIVE, setting_words(Setting.LIVE)),
    (Setting.SUPERVISION, setting_words(Setting.SUPERVISION)),
    (Stage.OBSERVE, N_("watching")),
    (Stage.CO_LEAD, N_("helping to lead")),
    (Stage.LEAD_PART, N_("leading a part")),
    (Stage.LEAD_WHOLE, N_("leading the whole session")),
    (Relation.TRAINER, N_("rated by a trainer")),
    (Relation.SELF, N_("rated by yourself")),
    (Relation.PARTNER, N_("rated by a partner")),
    (Seen.SEEN, N_("seen")),
    (Seen.NOT_SEEN, N_("not seen")),
    (Seen.NO_OPPORTUNITY, N_("no opportunity to see it")),
    (Done.DONE, N_("done")),
    (Done.PARTLY, N_("partly done")),
    (Done.NOT_DONE, N_("not done")),
    (Done.NOT_APPLICABLE, N_("not applicable")),
    (YesNo.YES, N_("yes")),
    (YesNo.NO, N_("no")),
    (YesNo.NOT_APPLICABLE, N_("not applicable")),
    (GlobalRating.NOT_YET, N_("not yet")),
    (GlobalRating.BORDERLINE, N_("nearly")),
    (GlobalRating.PASS, N_("good enough")),
    (GlobalRating.STRONG, N_("strong")),
    (Mode.IN_PERSON, N_("in person")),
    (Mode.PHONE, N_("by phone")),
    (Mode.VIDEO, N_("by video")),
    (Mode.GROUP, N_("in a group")),
    (Outcome.SIGNED_OFF, N_("signed off")),
    (Outcome.CONTINUES_ELSEWHERE, N_("goes on elsewhere")),
    (Outcome.STOPPED, N_("stopped")),
    (Outcome.NOT_YET, N_("not yet")),
    *((status, status_words(status)) for status in Status),
    (GateState.MET, N_("met")),
    (GateState.NOT_MET, N_("not met")),
    (GateState.NOT_REQUIRED, N_("not required")),
    (GateState.NOT_COMPUTABLE, N_("cannot be said")),
    (Severity.BLOCK, N_("needed for a decision")),
    (Severity.WARN, N_("advised")),
    (Severity.INFO, N_("for information")),
    (AppealAbout.RATING, N_("a rating")),
    (AppealAbout.HOLD, N_("a hold")),
    (AppealAbout.REVOCATION, N_("a sign-off that was revoked")),
    (AppealAbout.LOCK_OUT, N_("a quiz that is locked")),
    (AppealGround.NOT_WHAT_HAPPENED, N_("What is recorded is not what happened")),
    (AppealGround.NO_FAIR_CHANCE, N_("There was no fair chance to show it")),
    (AppealGround.RULES_NOT_FOLLOWED, N_("The rules were not followed")),
    (AppealGround.NOT_NEUTRAL, N_("Who decided was not neutral")),
    (AppealGround.NEW_EVIDENCE, N_("There is something new to look at")),
    (AppealOutcome.UPHELD, N_("the appeal is right")),
    (AppealOutcome.CHANGED, N_("the appeal is partly right")),
    (AppealOutcome.DISMISSED, N_("the appeal is turned down")),
    (AppealFinding.RECORD_WRONG, N_("What is recorded is not what happened")),
    (AppealFinding.NO_FAIR_CHANCE, N_("There was no fair chance to show it")),
    (AppealFinding.RULES_NOT_FOLLOWED, N_("The rules were not followed")),
    (AppealFinding.NOT_NEUTRAL, N_("Who decided was not neutral")),
    (AppealFinding.STANDS, N_("What was recorded stands")),
    (TimeAllowed.AS_OTHERS, N_("as much time as others")),
    (TimeAllowed.QUARTER_MORE, N_("a quarter more time")),
    (TimeAllowed.HALF_MORE, N_("half as much time again")),
    (TimeAllowed.TWICE, N_("twice the time")),
    (TimeAllowed.NO_LIMIT, N_("no limit")),
    (KeyTreatment.NEW_KEY, N_("another answer is right")),
    (KeyTreatment.ALSO_RIGHT, N_("one more answer is right")),
    (KeyTreatment.FULL_POINTS, N_("everybody gets the points")),
    (KeyTreatment.LEFT_OUT, N_("it counts for nobody")),
    (KeyFault.WRONG_KEY, N_("The wrong answer was marked as right")),
    (KeyFault.TWO_RIGHT, N_("Two answers can be right")),
    (KeyFault.UNCLEAR, N_("The question was not clear")),
    (KeyFault.NOT_TAUGHT, N_("It was not taught")),
    (KeyFault.MISPRINT, N_("There was a misprint")),
    (ScoreReason.KEY_CORRECTED, N_("The answer to a question was corrected")),
    (ScoreReason.TEXT_MARKED, N_("A text was marked")),
    (UnlockReason.TALKED_THROUGH, N_("It was talked through")),
    (UnlockReason.ACCESS_NEED, N_("Help was needed to take part")),
    (UnlockReason.TECHNICAL_FAULT, N_("Something went wrong with the device")),
    (UnlockReason.REFRESHER, N_("It is a refresher")),
    (CorrectionReason.WRONG_PERSON, N_("It was the wrong person")),
    (CorrectionReason.WRONG_ENTRY, N_("It was entered wrongly")),
    (CorrectionReason.DUPLICATE, N_("It was entered twice")),
    (LateReason.PAPER_RECORD, N_("It was kept on paper")),
    (LateReason.NO_CONNECTION, N_("There was no connection")),
    (LateReason.MOVED_HUB, N_("The person moved here")),
    (LateReason.FORGOTTEN, N_("It was forgotten")),
    (LiftReason.TALKED_THROUGH, N_("It was talked through")),
    (LiftReason.RETRAINED, N_("The person was trained again")),
    (LiftReason.MISUNDERSTOOD, N_("It was a misunderstanding")),
    (LiftReason.PROCEDURE_COMPLETE, N_("The organisation's procedure is complete")),
    (RevokeReason.PRACTICE_CONCERN, N_("A worry about practice")),
    (RevokeReason.EVIDENCE_WRONG, N_("The evidence was wrong")),
    (RevokeReason.DECISION_MISTAKE, N_("The decision was a mistake")),
    (RevokeReason.LEFT_ROLE, N_("They have left the role")),
    (HandOverReason.TRAINER_LEFT, N_("The trainer left")),
)
"""Pairs and no mapping: codes of different lists may be the same word, and then they are equal."""

_BY_LIST: Final[Mapping[tuple[type[StrEnum], str], Phrase]] = {
    (type(code), code.value): words for code, words in _WORDS
}

_REASONS: Final = (
    EndReason,
    ClockReason,
    LiftReason,
    RevokeReason,
    UnlockReason,
    CorrectionReason,
    LateReason,
    HandOverReason,
    KeyFault,
    ScoreReason,
)
"""The lists that a bare `reason` may come from."""

_OTHER_REASONS: Final[Mapping[str, Phrase]] = {
    APPEAL: N_("It follows from the decision on an appeal"),
    "slip": N_("It was a slip"),
    "debriefed": N_("It was talked through"),
    "lifted": N_("The hold was lifted"),
    "entered_anew": N_("It was entered anew"),
}

LISTS: Final = frozenset(kind for kind, _ in _BY_LIST)
"""The lists that have words; a test compares them with those that facts use."""


def code_words(code: StrEnum) -> Phrase:
    """Return the plain words for a code.

    Raises:
        KeyError: The list has no words.
    """
    return _BY_LIST[type(code), code.value]


def reason_words(reason: str) -> Phrase | None:
    """Return the plain words for a coded reason; None for an empty one or one of an older version."""
    for kind in _REASONS:
        if (kind, reason) in _BY_LIST:
            return _BY_LIST[kind, reason]
    return _OTHER_REASONS.get(reason)
