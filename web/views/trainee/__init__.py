"""The pages of trainees, in the order of the menu."""

from web.view import View
from web.views.trainee import evaluate, manual, modules, my_record, next_step, practice, refreshers
from web.views.trainee.quiz import QUIZ_VIEWS

VIEWS: tuple[View, ...] = (
    next_step.VIEW,
    modules.VIEW,
    *QUIZ_VIEWS,
    manual.VIEW,
    practice.VIEW,
    refreshers.VIEW,
    evaluate.VIEW,
    my_record.VIEW,
)
