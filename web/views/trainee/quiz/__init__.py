"""Quizzes: the list, the sheet with one question at a time, and what came out."""

from web.views.trainee.quiz import listing, result, sheet

QUIZ_VIEWS = (listing.VIEW, sheet.VIEW, result.VIEW)
