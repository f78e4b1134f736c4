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
from assessments.service.observations.receiving import (
    Received,
    accept_held,
    load_held,
    receive_record,
    set_aside_held,
)
from assessments.service.observations.submitting import acknowledge, submit_observation

__all__ = [
    "CODE_MAX",
    "Answer",
    "Form",
    "Leader",
    "Received",
    "accept_held",
    "acknowledge",
    "adjudicate",
    "answer_all_basic",
    "answer_no_further",
    "answer_none_unhelpful",
    "list_beside",
    "list_open_forms",
    "load_form",
    "load_held",
    "open_observation",
    "open_pair",
    "receive_record",
    "record_ticks",
    "request_observation",
    "set_aside_held",
    "submit_observation",
]
