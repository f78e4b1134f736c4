"""A simulated hub in which most have agreed to research, and its export."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pytest

from analytics.research.gathering import ResearchExport, export_research
from analytics.research.pseudonyms import Pseudonyms
from curriculum.models import Programme
from people.facts import CohortOpened, Enrolment, ResearchChoice
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


@pytest.fixture(scope="module")
def hub(first_part: Programme) -> Iterator[Hub]:
    """The largest of the hubs: of four, one never chose, and one in seven said no after yes."""
    with populate(first_part, n_trainees=60) as made:
        store = made.store
        cohorts = {one.cohort_id: one.hub_id for one in store.list_facts(CohortOpened)}
        enrolments = {one.person_id: one for one in store.list_facts(Enrolment)}
        of_hub: dict[HubId, list[Enrolment]] = {}
        for one in enrolments.values():
            of_hub.setdefault(cohorts[one.cohort_id], []).append(one)
        hub_id, people = max(of_hub.items(), key=lambda pair: len(pair[1]))
        for place, one in enumerate(people):
            if place % 4 != 3:
                choose(store, one, agrees=True)
            if place % 7 == 6:
                choose(store, one, agrees=False, n=1)
        export = export_research(store, OPERATOR_ACTOR, made.programme, hub_id, PSEUDONYMS)
        agreed = frozenset(one.person_id for place, one in enumerate(people) if place % 4 != 3 and place % 7 != 6)
        yield Hub(store, made.programme, hub_id, agreed, export)
