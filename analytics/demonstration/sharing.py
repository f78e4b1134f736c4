"""What goes out of the demonstration's hub: who agreed to research, and the first report for the funder."""

from functools import partial
from typing import Final

from analytics.demonstration.cast import HUB
from analytics.demonstration.world import Agenda, World
from analytics.issued_reports.drafting import draft_report, issue
from people.facts import CohortOpened, Enrolment
from people.models import Actor, CohortId
from people.service import held_grants
from people.service.research import choose_research

_AGREE: Final = ("amina", "ben", "hana", "ivan", "priya", "luis", "chloe", "noor", "erik")
_CHANGES_MIND: Final = "samuel"
_EVERY_NTH_SAYS_NO: Final = 4
_CHOSEN_DAYS_AGO: Final = 18
_ISSUED_DAYS_AGO: Final = 6


def share(agenda: Agenda) -> None:
    """Put on the agenda who agrees to research, and the issue of a report."""
    world = agenda.world
    for minute, login in enumerate(_AGREE):
        agenda.at(_CHOSEN_DAYS_AGO, 20, partial(_choose, world, login, agrees=True), minute)
    agenda.at(_CHOSEN_DAYS_AGO, 21, partial(_choose, world, _CHANGES_MIND, agrees=True))
    agenda.at(_CHOSEN_DAYS_AGO - 9, 21, partial(_choose, world, _CHANGES_MIND, agrees=False))
    agenda.at(_CHOSEN_DAYS_AGO, 19, partial(_ask_earlier_people, world))
    agenda.at(_ISSUED_DAYS_AGO, 12, partial(_issue, world))


def _choose(world: World, login: str, *, agrees: bool) -> None:
    choose_research(world.store, world.actor(login), agrees=agrees, now=world.clock.now)


def _ask_earlier_people(world: World) -> None:
    """Let most of the hub's earlier people say yes; the cast speaks for itself."""
    cast = set(world.people.values())
    here: set[CohortId] = {one.cohort_id for one in world.store.list_facts(CohortOpened, hub_id=HUB)}
    enrolled = {one.person_id for one in world.store.list_facts(Enrolment) if one.cohort_id in here}
    for place, person_id in enumerate(sorted(enrolled - cast)):
        if place % _EVERY_NTH_SAYS_NO:
            grants = held_grants(world.store, person_id, world.clock.now)
            actor = Actor(person_id, world.store.name_of(person_id), grants)
            choose_research(world.store, actor, agrees=True, now=world.clock.wait(1))


def _issue(world: World) -> None:
    manager = world.actor("manager")
    issue(world.store, manager, draft_report(world.store, manager, world.programme, HUB))
