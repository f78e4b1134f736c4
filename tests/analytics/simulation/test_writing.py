"""What is simulated is recorded as the app records: every proof holds, and readiness is what the rules say."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from analytics.simulation.making import Clock, Request, calendar_of, simulate
from assessments.verdicts import Status
from people.facts import Enrolment, HubOpened
from store.errors import NotSyntheticError
from store.ledger import Store
from store.readiness import verdicts
from store.standing import board_counts, differing, rebuild, standing_of
from store.verify import verify
from tests.analytics.simulation.population import UNTIL, Population, populate
from tests.readiness.differences import differences
from tests.readiness.reference import Reference

pytestmark = pytest.mark.xdist_group("simulation")

ZONE = ZoneInfo("Europe/London")
END = datetime.combine(UNTIL, time(), UTC)


def standings(population: Population) -> list[object]:
    programme_id = population.programme.head.id
    people = [one.person_id for one in population.facts(Enrolment)]
    return [standing_of(population.store, programme_id, person_id) for person_id in people]


def test_every_fact_is_proved(population):
    proof = verify(population.store)
    assert not proof.faults
    assert proof.n_facts == len(population.records) == population.store.position


def test_what_is_kept_about_readiness_is_what_the_facts_say_also_when_built_anew(population):
    assert differing(population.store) == []
    before = standings(population)
    rebuild(population.store)
    assert standings(population) == before
    assert differing(population.store) == []


@pytest.mark.parametrize("days_ago", [0, 120, 400])
def test_readiness_is_what_the_reference_says(population, days_ago):
    as_of = END - timedelta(days=days_ago)
    programme = population.programme
    rules = {(programme.head.id, 1): programme}
    expected = Reference(population.records, rules, as_of, END, ZONE).verdicts(programme.head.id)
    found = verdicts(population.store, programme.head.id, as_of=as_of, known_at=END)
    assert {one.person_id for one in found} == set(expected)
    lines = [f"{one.person_id}: {line}" for one in found for line in differences(expected[one.person_id], one)]
    assert not lines, "\n".join(lines[:20])


def test_people_stand_at_every_stage(population):
    (counts,) = board_counts(population.store, population.programme.head.id).values()
    early = {Status.NOT_STARTED, Status.IN_TRAINING, Status.PRACTISING}
    assert early | {Status.SIGNED_OFF, Status.ON_HOLD} <= set(counts.by_status)


def test_nobody_is_simulated_among_real_people(first_part):
    request = Request(6, 1, UNTIL, (first_part,), keeps_all_answers=True)
    calendar = calendar_of(request)
    clock = Clock(calendar.week(0).starts[0])
    store = Store.memory(clock=clock)
    try:
        with pytest.raises(NotSyntheticError):
            simulate(store, clock, calendar, request, lambda _done, _all, _facts: None)
        assert store.position == 0
    finally:
        store.close()


def test_hubs_that_live_one_group_after_the_other_are_recorded_and_judged_as_well(first_part, monkeypatch):
    monkeypatch.setattr("analytics.simulation.making.LIVED_TOGETHER", 1)
    with populate(first_part, n_trainees=20, keeps_all_answers=False, is_bulk=True) as made:
        assert len(made.truth.hubs) > 1
        assert len({one.hub_id for one in made.facts(HubOpened)}) == len(made.truth.hubs)
        assert not verify(made.store).faults
        people = [one.person for one in made.truth.trainees]
        assert sorted(people) == sorted(one.person_id for one in made.facts(Enrolment))
        rules = {(made.programme.head.id, 1): made.programme}
        expected = Reference(made.records, rules, END, END, ZONE).verdicts(made.programme.head.id)
        found = verdicts(made.store, made.programme.head.id, as_of=END, known_at=END)
        assert {one.person_id for one in found} == set(people)
        assert [line for one in found for line in differences(expected[one.person_id], one)] == []
