"""Learning and support: what trainees do themselves, what others saw, and corrections."""

from assessments.service.learning.correcting import correct
from assessments.service.learning.outside import record_calibration, record_certificate, record_participant_summary
from assessments.service.learning.own import record_peer_model, record_progress, record_reflection
from assessments.service.learning.refreshing import list_due, list_topics, next_question, record_refresher
from assessments.service.learning.seen import (
    record_attendance,
    record_group_delivered,
    record_prerequisite,
    record_supervision,
)

__all__ = [
    "correct",
    "list_due",
    "list_topics",
    "next_question",
    "record_attendance",
    "record_calibration",
    "record_certificate",
    "record_group_delivered",
    "record_participant_summary",
    "record_peer_model",
    "record_prerequisite",
    "record_progress",
    "record_reflection",
    "record_refresher",
    "record_supervision",
]
