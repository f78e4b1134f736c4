"""Pages about support: supervision, free times, being contacted, sessions ahead. For both sides and the hub."""

from web.view import View
from web.views.support import (
    calendar,
    how_i_am,
    hub_support,
    my_sessions,
    my_supervision,
    my_times,
    our_group,
    plan,
    trainer_week,
)

VIEWS: tuple[View, ...] = (
    my_supervision.VIEW,
    my_times.VIEW,
    how_i_am.VIEW,
    my_sessions.VIEW,
    our_group.VIEW,
    trainer_week.VIEW,
    hub_support.VIEW,
    plan.VIEW,
    calendar.VIEW,
)
