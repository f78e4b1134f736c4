"""Pages of the programme manager, the co-ordinator and the administrator."""

from web.view import View
from web.views.manager import cohorts, people, programme, setting_up

VIEWS: tuple[View, ...] = (setting_up.VIEW, cohorts.VIEW, people.VIEW, programme.VIEW)
