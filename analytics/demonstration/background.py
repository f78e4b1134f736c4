"""What makes the demonstration look lived in: an earlier cohort, carers who train beside it, and a second hub.

These people are simulated (`analytics.simulation`) and have no passwords. Their facts are of the same kinds.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from random import Random
from typing import Any, Final
from zoneinfo import ZoneInfo

from analytics.demonstration.cast import ADMINISTRATOR, EXTERNAL, HUB, HUB_TITLE, TRAINERS
from analytics.demonstration.setting import add, let_in
from analytics.demonstration.world import Agenda, World
from analytics.simulation.calendar import WEEK_DAYS, Calendar, Week
from analytics.simulation.course import Course, open_course
from analytics.simulation.pen import derived_nonce
from analytics.simulation.persons import Hub
from analytics.simulation.population import BEFORE_WEEKS, FULL_SUPPLY, CohortPlan, HubPlan, planned_weeks
from analytics.simulation.watching import Rater
from analytics.simulation.world import Simulation
from assessments.reasons import AdjudicationReason
from assessments.service.closing import close_cohort, prepare_closing
from assessments.service.observations import adjudicate
from assessments.service.programmes import activate_programme, approve_safeguarding_text, publish_programme
from curriculum.bundle import to_bundle
from curriculum.models import Programme
from people.facts import CohortOpened, FactId
from people.models import Actor, HubId, Office
from people.service import give_grant, held_grants

SECOND_HUB: Final = HubId("woodlands")
_SECOND_TITLE: Final = "Woodlands"
_EARLIER_TITLE: Final = "Earlier group (demonstration)"
_SEED: Final = "demonstration"
_AFTER_PLAN_WEEKS: Final = 54
"""So long after its plan the earlier cohort's sign-offs run out."""

_CLOSED_WEEKS_AGO: Final = 30
"""The earlier cohort was closed so long ago, when most had come to a decision."""

_LAST_ROUND_AGO: Final = 7
"""So that some of their sign-offs are due soon."""

_SETTLES_EVERY: Final = 4
"""Training leads sit down every so many weeks and settle between two views: last a week ago."""

_APPEND: Final = 2_000
_QUALIFICATION: Final = "Demonstration only: no real review took place"


@dataclass(slots=True)
class Background:
    """The simulated people of the demonstration. `simulation` begins once the hub is there."""

    world: World
    beside: Programme
    calendar: Calendar
    simulation: Simulation | None = None

    @classmethod
    def of(cls, world: World, beside: Programme) -> "Background":
        """Return the background of a world, with a second programme beside its own."""
        weeks = BEFORE_WEEKS + planned_weeks(open_course(world.programme, 1, _SEED)) + _AFTER_PLAN_WEEKS
        return cls(world, beside, Calendar(world.today, weeks, ZoneInfo(world.programme.head.timezone)))

    @property
    def n_days(self) -> int:
        """Return how many days before today it begins."""
        return WEEK_DAYS * self.calendar.n_weeks

    def put_on(self, agenda: Agenda) -> None:
        """Put on the agenda what happens besides the cast's stories; the hub stands two days before."""
        agenda.at(self.n_days + 1, 15, self._begin)
        for week in self.calendar.weeks():
            agenda.at_instant(week.end - timedelta(minutes=1), partial(self._live, week))
            if (self.calendar.n_weeks - week.number) % _SETTLES_EVERY == 2:
                agenda.at_instant(week.end, self._settle)
        agenda.at(7, 9, self._give_second_hub)
        agenda.at(WEEK_DAYS * _CLOSED_WEEKS_AGO, 11, self._close_earlier)
        agenda.at(2, 11, partial(_ask_somebody_outside, self.world))

    def _begin(self) -> None:
        world = self.world
        beside = open_course(self.beside, _publish(world, self.beside), _SEED)
        own = open_course(world.programme, world.version_no, _SEED)
        world.store.invent_nonces(derived_nonce)
        self.simulation = Simulation(
            world.store,
            self.calendar,
            [_second_hub(own, self.calendar.n_weeks)],
            seed=_SEED,
            administrator=world.people[ADMINISTRATOR.login],
            largest_append=_APPEND,
            last_round_ago=_LAST_ROUND_AGO,
        )
        self.simulation.take_over(_first_hub(own, beside, self.calendar.n_weeks), _hub_of_the_cast(world))

    def _live(self, week: Week) -> None:
        if self.simulation is not None:
            self.simulation.live(week)

    def _settle(self) -> None:
        """Let each hub's training lead settle what two trainers saw two levels apart; the newest is left for today."""
        for hub in self.simulation.hubs if self.simulation is not None else ():
            _settle_in(self.world, hub)

    def _close_earlier(self) -> None:
        """Close the earlier cohort: everybody leaves it as is likeliest."""
        world, now = self.world, self.world.clock.now
        manager = world.actor("manager")
        opened = next(one for one in world.store.list_facts(CohortOpened) if one.title == _EARLIER_TITLE)
        leavers = prepare_closing(world.store, manager, opened.cohort_id, now)
        outcomes = {leaver.verdict.person_id: leaver.outcomes[0] for leaver in leavers}
        close_cohort(world.store, manager, opened.cohort_id, outcomes, now=now)

    def _give_second_hub(self) -> None:
        """Let the programme manager look after the second hub too."""
        world = self.world
        administrator = world.actor(ADMINISTRATOR.login)
        give_grant(
            world.store, administrator, world.people["manager"], Office.MANAGER, world.clock.now, hub_id=SECOND_HUB
        )


def _settle_in(world: World, hub: Hub) -> None:
    now = world.clock.now
    lead = Actor(hub.training_lead, "", held_grants(world.store, hub.training_lead, now))
    found: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in world.store.query("hub_contested", lead, hub=hub.hub_id):
        found[row["person_no"], row["programme_id"], row["checklist_id"], row["session_code"]].append(row)
    rng = Random(f"{_SEED}/{hub.hub_id}/settled {now.date()}")
    for views in found.values():
        if all(view["settled_on"] is None for view in views):
            chosen: FactId = rng.choice(views)["fact_id"]
            reason = rng.choice(list(AdjudicationReason))
            adjudicate(world.store, lead, chosen, reason.value, now=world.clock.wait(3))


def _publish(world: World, programme: Programme) -> int:
    lead, head = world.actor("lead"), programme.head
    version_no = publish_programme(world.store, lead, programme, to_bundle(programme), world.clock.wait(5))
    approve_safeguarding_text(
        world.store,
        world.actor("safeguarding"),
        head.id,
        version_no,
        "Dilys Price (invented)",
        qualification=_QUALIFICATION,
        now=world.clock.wait(30),
    )
    activate_programme(world.store, lead, head.id, version_no, HUB, now=world.clock.wait(5))
    return version_no


def _hub_of_the_cast(world: World) -> Hub:
    rng = Random(f"{_SEED}/{HUB}")
    return Hub(
        HUB,
        HUB_TITLE,
        manager=world.people["manager"],
        training_lead=world.people["lead"],
        safeguarding=(world.people["safeguarding"], world.people["deputy"]),
        raters=[Rater(world.people[login], severity, 0.0, world.clock.now) for login, severity in _EYES.items()],
        supply=FULL_SUPPLY,
        rng=rng,
    )


_EYES: Final = dict(zip(TRAINERS, (0.15, -0.25), strict=True))
"""How severe the two trainers of the cast are: a little more, and a little less, than others."""


def _first_hub(own: Course, beside: Course, n_weeks: int) -> HubPlan:
    carers_weeks = planned_weeks(beside)
    cohorts = [
        CohortPlan(own, 12, BEFORE_WEEKS, planned_weeks(own), title=_EARLIER_TITLE),
        CohortPlan(beside, 8, n_weeks - carers_weeks - 4, carers_weeks, title="Carers (demonstration)"),
    ]
    return HubPlan(HUB_TITLE, len(TRAINERS), cohorts=cohorts)


def _second_hub(own: Course, n_weeks: int) -> HubPlan:
    length = planned_weeks(own)
    cohorts = [
        CohortPlan(own, 9, n_weeks - length - 20, length, title="First group at Woodlands"),
        CohortPlan(own, 8, n_weeks - length // 2, length, title="Second group at Woodlands"),
    ]
    return HubPlan(_SECOND_TITLE, 3, supply=0.8, cohorts=cohorts)


def _ask_somebody_outside(world: World) -> None:
    """Ask a countersigner from outside for one record: for whom the hub's own lead could not be the second person."""
    administrator = world.actor(ADMINISTRATOR.login)
    person_id = add(world, EXTERNAL.login, EXTERNAL.name, ADMINISTRATOR.login)
    give_grant(
        world.store,
        administrator,
        person_id,
        Office.COUNTERSIGNER,
        world.clock.wait(1),
        record_id=world.people["ben"],
        until_on=world.today + timedelta(days=30),
    )
    let_in(world, EXTERNAL.login, ADMINISTRATOR.login)
