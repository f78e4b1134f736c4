"""Appeals: against what and until when, who may decide, and what follows from the decision."""

from assessments.service.appeals.cases import (
    AppealCase,
    AppealNotice,
    AppealState,
    list_appeal_notices,
    list_open_appeals,
    list_own_appeals,
    prepare_appeal,
)
from assessments.service.appeals.deciding import decide_appeal
from assessments.service.appeals.evidence import Evidence
from assessments.service.appeals.making import make_appeal, withdraw_appeal
from assessments.service.appeals.targets import Target, list_appealable, see_target

__all__ = [
    "AppealCase",
    "AppealNotice",
    "AppealState",
    "Evidence",
    "Target",
    "decide_appeal",
    "list_appeal_notices",
    "list_appealable",
    "list_open_appeals",
    "list_own_appeals",
    "make_appeal",
    "prepare_appeal",
    "see_target",
    "withdraw_appeal",
]
