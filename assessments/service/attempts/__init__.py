"""Quizzes: start an attempt, answer, hand in, unlock, look back."""

from assessments.service.attempts.reviews import Review, ReviewItem, review_attempt
from assessments.service.attempts.sheets import Sheet, load_sheet, record_response, submit_attempt
from assessments.service.attempts.starting import attempt_window, start_attempt, unlock_attempts

__all__ = [
    "Review",
    "ReviewItem",
    "Sheet",
    "attempt_window",
    "load_sheet",
    "record_response",
    "review_attempt",
    "start_attempt",
    "submit_attempt",
    "unlock_attempts",
]
