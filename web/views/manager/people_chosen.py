"""Whom a page of figures is about: a hub, a programme and one cohort or all, chosen at the top."""

from dataclasses import dataclass

from curriculum.ids import ProgrammeId
from curriculum.models import Programme
from people.models import CohortId, HubId
from people.rights import Record, Right
from web.components import empty_state, local_day, local_time, small_note
from web.context import Context
from web.memory import ask, recall
from web.texts import _
from web.views.manager.hubs import choose, list_hubs


@dataclass(frozen=True, slots=True)
class PeopleChosen:
    """The people of a hub in one programme; `cohort_id` None means all cohorts."""

    hub_id: HubId
    programme: Programme
    cohort_id: CohortId | None
    title: str

    @property
    def key(self) -> tuple[ProgrammeId, HubId, CohortId | None]:
        """Return what was chosen, to keep figures by."""
        return self.programme.head.id, self.hub_id, self.cohort_id


def choose_people(context: Context, right: Right, record: Record) -> PeopleChosen | None:
    """Draw the choice of hub and cohort where there are several; None, after saying why, when there is none."""
    hubs = recall(context, f"hubs {right} {record}", None, lambda: list_hubs(context, right, record))
    if not hubs:
        empty_state(_("You have no hub yet"), _("Ask an administrator to give you an office in one."))
        return None
    hub_id = HubId(choose(_("Hub"), hubs, "hub"))
    cohorts = ask(context, "cohorts_in_hub", hub=hub_id)
    here = {row["programme_id"] for row in cohorts}
    programmes = [choice.programme for choice in context.choices if choice.programme_id in here]
    if not programmes:
        empty_state(_("No cohort is open yet"), _("Open one and put people into it. They appear here at once."))
        return None
    programme = programmes[0]
    of_programme = {row["cohort_id"]: row["title"] for row in cohorts if row["programme_id"] == programme.head.id}
    titles = ({"": _("All cohorts")} if len(of_programme) > 1 else {}) | of_programme
    chosen = choose(_("Cohort"), titles, "cohort")
    return PeopleChosen(hub_id, programme, CohortId(chosen) if chosen else None, f"{titles[chosen]}, {hubs[hub_id]}")


def note_whom(context: Context, people: PeopleChosen, *more: str) -> None:
    """Draw whom the figures are about, as of when, and by which version."""
    now, head = context.now(), people.programme.head
    when = _("as of {day}, {time}").format(day=local_day(context, now), time=local_time(context, now))
    small_note(" · ".join([people.title, *more, when, f"{head.title} {head.version}"]))
