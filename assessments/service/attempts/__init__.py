"""Quizzes: start an attempt, answer, hand in, look back; sittings, marks of texts, corrected keys."""

from assessments.service.attempts.answering import check_response, record_response, submit_attempt
from assessments.service.attempts.correcting import (
    CorrectionPreview,
    ProposedKey,
    ScoreChange,
    correct_key,
    list_corrections,
    preview_correction,
)
from assessments.service.attempts.marking import TextToMark, ask_second_mark, load_text, mark_text
from assessments.service.attempts.new_scores import NewScore, list_new_scores, read_new_score
from assessments.service.attempts.reviews import Review, ReviewItem, review_attempt
from assessments.service.attempts.sheets import Sheet, Standing, load_sheet
from assessments.service.attempts.sittings import (
    allow_time,
    close_sitting,
    list_sittings,
    open_sitting,
    time_allowed,
)
from assessments.service.attempts.starting import attempt_window, find_practice, start_attempt, unlock_attempts

__all__ = [
    "CorrectionPreview",
    "NewScore",
    "ProposedKey",
    "Review",
    "ReviewItem",
    "ScoreChange",
    "Sheet",
    "Standing",
    "TextToMark",
    "allow_time",
    "ask_second_mark",
    "attempt_window",
    "check_response",
    "close_sitting",
    "correct_key",
    "find_practice",
    "list_corrections",
    "list_new_scores",
    "list_sittings",
    "load_sheet",
    "load_text",
    "mark_text",
    "open_sitting",
    "preview_correction",
    "read_new_score",
    "record_response",
    "review_attempt",
    "start_attempt",
    "submit_attempt",
    "time_allowed",
    "unlock_attempts",
]
