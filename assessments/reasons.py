"""Coded reasons: closed lists in place of free text, so that nothing about a family can stand in a fact."""

from enum import StrEnum
from typing import Final


class UnlockReason(StrEnum):
    """Why a trainer opens a quiz again."""

    TALKED_THROUGH = "talked_through"
    ACCESS_NEED = "access_need"
    TECHNICAL_FAULT = "technical_fault"
    REFRESHER = "refresher"


class InterestReason(StrEnum):
    """How somebody knows a trainee otherwise than as a trainer: no more than is needed to keep away."""

    KNOWN_PRIVATELY = "known_privately"
    SAME_WORKPLACE = "same_workplace"
    LEADS_WITH_THEM = "leads_with_them"
    OTHER_TIE = "other_tie"


class KeyFault(StrEnum):
    """What is wrong with an item whose key is corrected."""

    WRONG_KEY = "wrong_key"
    TWO_RIGHT = "two_right"
    UNCLEAR = "unclear"
    NOT_TAUGHT = "not_taught"
    MISPRINT = "misprint"


class ScoreReason(StrEnum):
    """Why an attempt has a new score."""

    KEY_CORRECTED = "key_corrected"
    TEXT_MARKED = "text_marked"


class CorrectionReason(StrEnum):
    """Why somebody takes back what they recorded."""

    WRONG_PERSON = "wrong_person"
    WRONG_ENTRY = "wrong_entry"
    DUPLICATE = "duplicate"


class LateReason(StrEnum):
    """Why something is recorded long after its day."""

    PAPER_RECORD = "paper_record"
    NO_CONNECTION = "no_connection"
    MOVED_HUB = "moved_hub"
    FORGOTTEN = "forgotten"


class LiftReason(StrEnum):
    """Why a hold is lifted."""

    TALKED_THROUGH = "talked_through"
    RETRAINED = "retrained"
    MISUNDERSTOOD = "misunderstood"
    PROCEDURE_COMPLETE = "procedure_complete"


class AdjudicationReason(StrEnum):
    """Why one of two views of a performance counts."""

    FITS_THE_WORDING = "fits_the_wording"
    SAW_MORE = "saw_more"
    BOTH_AGREE_NOW = "both_agree_now"
    OTHER_WAS_MISTAKEN = "other_was_mistaken"


class AcceptReason(StrEnum):
    """Why a held form from a device counts after all."""

    CLOCK_WAS_WRONG = "clock_was_wrong"
    RATER_CONFIRMS = "rater_confirms"


class SetAsideReason(StrEnum):
    """Why a held form from a device does not count."""

    AFTER_LEAVING = "after_leaving"
    RECORDED_ELSEWHERE = "recorded_elsewhere"
    TOO_UNSURE = "too_unsure"


class RevokeReason(StrEnum):
    """Why a sign-off is revoked."""

    PRACTICE_CONCERN = "practice_concern"
    EVIDENCE_WRONG = "evidence_wrong"
    DECISION_MISTAKE = "decision_mistake"
    LEFT_ROLE = "left_role"


class DisputeReason(StrEnum):
    """What the software itself writes where two decisions are compared."""

    BOTH_ALIKE = "both_alike"
    SECOND_LOOK = "second_look"


APPEAL: Final = "appeal"
"""The reason of all that follows from the decision on an appeal."""


class HandOverReason(StrEnum):
    """Why what waited for a trainer is changed by somebody else."""

    TRAINER_LEFT = "trainer_left"
