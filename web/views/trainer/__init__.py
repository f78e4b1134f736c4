"""The pages of trainers and training leads, in the order of the menu."""

from web.view import View
from web.views.trainer import (
    calibrate,
    correct_key,
    decide,
    held_forms,
    mark,
    misses,
    my_trainees,
    observe,
    paper,
    record,
    today,
    two_views,
)

VIEWS: tuple[View, ...] = (
    today.VIEW,
    observe.VIEW,
    record.VIEW,
    decide.VIEW,
    two_views.VIEW,
    held_forms.VIEW,
    calibrate.VIEW,
    my_trainees.VIEW,
    mark.VIEW,
    misses.VIEW,
    correct_key.VIEW,
    paper.VIEW,
)
