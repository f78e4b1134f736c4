"""Pages of the programme manager, the co-ordinator and the administrator."""

from web.view import View
from web.views.manager import cohorts, keeping, people, programme, readiness, setting_up

VIEWS: tuple[View, ...] = (setting_up.VIEW, readiness.VIEW, cohorts.VIEW, people.VIEW, programme.VIEW, keeping.VIEW)
