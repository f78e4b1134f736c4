"""Decisions: the case of one person, the sign-off of a role, its countersignature, a second look at it, and its end."""

from assessments.service.decisions.asking import ask_decision, see_asked
from assessments.service.decisions.cases import Case, SignOffView, prepare_case
from assessments.service.decisions.confirming import countersign, revoke
from assessments.service.decisions.deciding import decline, sign_off
from assessments.service.decisions.disputes import give_second_look, settle_dispute
from assessments.service.decisions.histories import find_revocation
from assessments.service.decisions.seeing import SignOffSeen, see_sign_offs
from assessments.service.decisions.separation import Separation

__all__ = [
    "Case",
    "Separation",
    "SignOffSeen",
    "SignOffView",
    "ask_decision",
    "countersign",
    "decline",
    "find_revocation",
    "give_second_look",
    "prepare_case",
    "revoke",
    "see_asked",
    "see_sign_offs",
    "settle_dispute",
    "sign_off",
]
