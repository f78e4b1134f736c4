"""Pages of the programme manager, the co-ordinator and the administrator."""

from web.view import View
from web.views.manager import (
    cohorts,
    forecast,
    keeping,
    levels,
    people,
    programme,
    quality,
    readiness,
    reports,
    setting_up,
)

VIEWS: tuple[View, ...] = (
    setting_up.VIEW,
    readiness.VIEW,
    levels.VIEW,
    forecast.VIEW,
    quality.VIEW,
    reports.VIEW,
    cohorts.VIEW,
    people.VIEW,
    programme.VIEW,
    keeping.VIEW,
)
