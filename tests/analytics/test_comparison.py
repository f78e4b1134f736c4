"""Cohorts side by side: only who was watched long enough, leavers counted, drawn together only when enough."""

from datetime import date, timedelta

from analytics.comparison import compare
from analytics.statistics.thresholds import COHORTS_TO_SHRINK
from curriculum.ids import RoleId
from people.models import CohortId, PersonId
from store.beside_gates import Journey

START = date(2026, 1, 1)
TODAY = START + timedelta(weeks=30)
ONE, TWO = CohortId("one"), CohortId("two")


def journey(number: int, cohort_id: CohortId = ONE, *, began: date = START, weeks: float | None = None) -> Journey:
    signed = None if weeks is None else began + timedelta(days=round(weeks * 7))
    return Journey(PersonId(number), RoleId("leader"), cohort_id, began, None, None, None, None, signed, None)


def test_a_young_cohort_is_no_worse_than_an_old_one() -> None:
    young = START + timedelta(weeks=10)
    people = [journey(1, weeks=20), journey(2), journey(3, TWO, began=young), journey(4, TWO, began=young, weeks=5)]
    one, two = compare(people, {ONE: "One", TWO: "Two"}, 26, TODAY).cohorts
    assert (one.n, one.n_signed, one.n_young) == (2, 1, 0)
    assert (two.n, two.n_signed, two.n_young) == (0, 0, 2)
    assert not two.share.raw.is_computable
    one, two = compare(people, {ONE: "One", TWO: "Two"}, 12, TODAY).cohorts
    assert (one.n_signed, two.n, two.n_signed) == (0, 2, 1)


def test_the_last_day_of_the_weeks_counts() -> None:
    people = [journey(1, weeks=12), journey(2, weeks=12 + 1 / 7)]
    (one,) = compare(people, {ONE: "One"}, 12, TODAY).cohorts
    assert (one.n, one.n_signed) == (2, 1)
    (edge,) = compare([journey(1, began=TODAY - timedelta(weeks=12))], {ONE: "One"}, 12, TODAY).cohorts
    assert edge.n == 1


def test_few_cohorts_stand_as_they_are_and_many_are_drawn_together() -> None:
    cohorts = [CohortId(f"c{n}") for n in range(COHORTS_TO_SHRINK)]
    titles = {cohort_id: str(cohort_id) for cohort_id in cohorts}
    people = [
        journey(100 * place + n, cohort_id, weeks=5 if n < 2 * (place % 5) else None)
        for place, cohort_id in enumerate(cohorts)
        for n in range(10)
    ]
    few = compare(people[:20], {one: titles[one] for one in cohorts[:2]}, 12, TODAY)
    assert few.because is not None
    assert not few.cohorts[0].share.shrunk.is_computable
    many = compare(people, titles, 12, TODAY)
    assert many.because is None
    shares = [(one.share.raw.value, one.share.shrunk.value) for one in many.cohorts]
    raw = [a for a, _ in shares if a is not None]
    drawn = [b for _, b in shares if b is not None]
    assert max(drawn) - min(drawn) < max(raw) - min(raw)
