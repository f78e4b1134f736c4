"""A simulated hub in which most have agreed to research, and its export."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import pytest

from analytics.research.gathering import ResearchExport, export_research
from analytics.research.pseudonyms import Pseudonyms
from assessments.facts import Mode
from assessments.support import ContactAsked, ContactTopic, MeetingEnded, MeetingOffered, MeetingOutcome
from curriculum.models import Programme
from people.facts import Amendment, Change, CohortOpened, Enrolment, ResearchChoice
from people.ids import derived_fact_id
from people.models import OPERATOR, Actor, HubId, PersonId
from store.ledger import Store
from tests.analytics.simulation.population import populate

OPERATOR_ACTOR: Final = Actor(OPERATOR, "root", is_operator=True)
PSEUDONYMS: Final = Pseudonyms(b"k" * 32)


@dataclass
class Hub:
    """A hub of the store, its people, and who of them agreed."""

    store: Store
    programme: Programme
    hub_id: HubId
    agreed: frozenset[PersonId]
    export: ResearchExport


def choose(store: Store, enrolment: Enrolment, *, agrees: bool, n: int = 0) -> None:
    """Let a person say yes or no."""
    store.append(
        ResearchChoice(
            fact_id=derived_fact_id(enrolment.fact_id, f"research/{n}"),
            person_id=enrolment.person_id,
            actor_id=enrolment.person_id,
            occurred_at=store.clock(),
            agrees=agrees,
            words_version="1",
        )
    )


def support(store: Store, enrolment: Enrolment, *, n: int) -> None:
    """Let a person have two meetings, one of them held, and a wish to be contacted, which most see answered."""
    day, now = store.day_of(store.clock()), store.clock()
    base = {"person_id": enrolment.person_id, "actor_id": enrolment.person_id, "occurred_at": now}
    named = base | {"programme_id": enrolment.programme_id}
    for place, outcome in enumerate((MeetingOutcome.HELD, MeetingOutcome.NOT_HELD)):
        offered = MeetingOffered(
            fact_id=derived_fact_id(enrolment.fact_id, f"meeting/{place}"),
            supervisor_id=OPERATOR,
            meets_on=day - timedelta(days=n % 5),
            start_minute=600 + place,
            zone="Europe/London",
            minutes=45,
            mode=Mode.PHONE,
            **named,
        )
        ended = derived_fact_id(offered.fact_id, "ended")
        store.append(offered, MeetingEnded(fact_id=ended, meeting_id=offered.fact_id, outcome=outcome, **base))
    asked_at = {"occurred_at": now - timedelta(hours=n + 1)}
    asked = ContactAsked(
        fact_id=derived_fact_id(enrolment.fact_id, "contact"), topic=next(iter(ContactTopic)), **(named | asked_at)
    )
    store.append(asked)
    if n % 3:
        answer = derived_fact_id(asked.fact_id, "answer")
        store.append(Amendment(fact_id=answer, target_id=asked.fact_id, change=Change.ACKNOWLEDGED, **base))


@pytest.fixture(scope="session")
def hub(first_part: Programme) -> Iterator[Hub]:
    """The largest of the hubs: of four, one never chose, and one in seven said no after yes."""
    with populate(first_part, n_trainees=40) as made:
        store = made.store
        cohorts = {one.cohort_id: one.hub_id for one in store.list_facts(CohortOpened)}
        enrolments = {one.person_id: one for one in store.list_facts(Enrolment)}
        of_hub: dict[HubId, list[Enrolment]] = {}
        for one in enrolments.values():
            of_hub.setdefault(cohorts[one.cohort_id], []).append(one)
        hub_id, people = max(of_hub.items(), key=lambda pair: len(pair[1]))
        for place, one in enumerate(people):
            support(store, one, n=place)
            if place % 4 != 3:
                choose(store, one, agrees=True)
            if place % 7 == 6:
                choose(store, one, agrees=False, n=1)
        export = export_research(store, OPERATOR_ACTOR, made.programme, hub_id, PSEUDONYMS)
        agreed = frozenset(one.person_id for place, one in enumerate(people) if place % 4 != 3 and place % 7 != 6)
        yield Hub(store, made.programme, hub_id, agreed, export)
