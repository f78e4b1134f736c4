"""The pages of trainers and training leads, in the order of the menu."""

from web.view import View
from web.views.trainer import correct_key, decide, mark, misses, my_trainees, observe, record, today

VIEWS: tuple[View, ...] = (
    today.VIEW,
    observe.VIEW,
    record.VIEW,
    decide.VIEW,
    my_trainees.VIEW,
    mark.VIEW,
    misses.VIEW,
    correct_key.VIEW,
)
