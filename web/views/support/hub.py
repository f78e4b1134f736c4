"""Which hub and which programme a page about support is about."""

from dataclasses import dataclass

from curriculum.ids import ProgrammeId
from curriculum.models import Programme
from people.models import HubId
from people.rights import Record, Right
from web.components import empty_state
from web.context import Context
from web.texts import _
from web.views.manager.cohorts import list_live
from web.views.manager.hubs import choose, choose_hub


@dataclass(frozen=True, slots=True)
class Place:
    """A hub and the version of a programme that it runs now."""

    hub_id: HubId
    programme: Programme
    version_no: int

    @property
    def programme_id(self) -> ProgrammeId:
        """Return the programme's id."""
        return self.programme.head.id


def choose_place(context: Context) -> Place | None:
    """Draw the choice of hub and programme where there are several; None, after saying why, when there is none."""
    hub_id = choose_hub(context, Right.SEE, Record.SUPERVISION)
    if hub_id is None:
        empty_state(_("You have no hub yet"), _("Ask an administrator to give you an office in one."))
        return None
    live = list_live(context, hub_id)
    if not live:
        empty_state(_("No programme is live here yet"), _("Supervision is arranged once one is live and has people."))
        return None
    titles = {str(id_): context.store.programme(id_, version_no).head.title for id_, version_no in live.items()}
    programme_id = ProgrammeId(choose(_("Programme"), titles, "support_programme"))
    version_no = live[programme_id]
    return Place(hub_id, context.store.programme(programme_id, version_no), version_no)
