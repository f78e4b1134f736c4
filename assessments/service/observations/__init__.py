"""Supervised practice: ask to be watched, begin a form, tick, submit, acknowledge."""

from assessments.service.observations.adjudicating import adjudicate
from assessments.service.observations.forms import (
    Answer,
    Form,
    answer_all_basic,
    answer_no_further,
    answer_none_unhelpful,
    list_open_forms,
    load_form,
    record_ticks,
)
from assessments.service.observations.opening import CODE_MAX, open_observation, request_observation
from assessments.service.observations.pairs import Leader, list_beside, open_pair
from assessments.service.observations.submitting import acknowledge, submit_observation

__all__ = [
    "CODE_MAX",
    "Answer",
    "Form",
    "Leader",
    "acknowledge",
    "adjudicate",
    "answer_all_basic",
    "answer_no_further",
    "answer_none_unhelpful",
    "list_beside",
    "list_open_forms",
    "load_form",
    "open_observation",
    "open_pair",
    "record_ticks",
    "request_observation",
    "submit_observation",
]
