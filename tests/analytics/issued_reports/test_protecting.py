"""Attacks on all that a hub ever issued: no hidden number comes out by subtraction or by linear programming."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.issued_reports.protecting import Counted, Protected, protect
from analytics.statistics.suppression import IssuedTable, SuppressionRule
from people.models import PersonId
from tests.analytics.issued_reports.attack import Reader, assert_safe

RULE: Final = SuppressionRule(5, 5)
BY: Final = ("cohort", "status")
STATUSES: Final = ("in_training", "ready", "signed_off", "left")

Values = tuple[str, ...]
People = dict[PersonId, Values]


def _issue(histories: Sequence[People], by: tuple[str, ...] = BY, rule: SuppressionRule = RULE) -> list[Counted]:
    """Issue one report after the other; return those that could be."""
    issued: list[Counted] = []
    for number, people in enumerate(histories, start=1):
        protected = protect(Counted(number, by, people), issued, rule)
        if protected is not None:
            issued.append(Counted(number, by, people, protected.tables))
    return issued


def _people(counts: dict[Values, int], first: int = 1) -> People:
    values = [value for value, n in counts.items() for _ in range(n)]
    return {PersonId(first + place): one for place, one in enumerate(values)}


def _cells(issued: Counted, by: tuple[str, ...]) -> dict[Values, int | None]:
    (table,) = (table for table in issued.tables if table.dimensions == by)
    return dict(table.cells)


# ---------------------------------------------------------------- any history


@st.composite
def histories(draw: st.DrawFn) -> list[People]:
    """Return what up to four reports count: people join, move, and go."""
    cohorts = [f"cohort {n}" for n in range(draw(st.integers(1, 3)))]
    n_people = draw(st.integers(5, 26))
    value = st.tuples(st.sampled_from(cohorts), st.sampled_from(STATUSES))
    people = {PersonId(n): draw(value) for n in range(n_people)}
    found = [dict(people)]
    for _ in range(draw(st.integers(0, 3))):
        for person_id in draw(st.lists(st.sampled_from(sorted(people)), max_size=6, unique=True)):
            cohort, _ = people[person_id]
            people[person_id] = (cohort, draw(st.sampled_from(STATUSES)))
        for person_id in draw(st.lists(st.sampled_from(sorted(people)), max_size=2, unique=True)):
            if len(people) > RULE.min_cell:
                del people[person_id]
        start = 100 * (len(found) + 1)
        people |= {PersonId(start + n): one for n, one in enumerate(draw(st.lists(value, max_size=4)))}
        found.append(dict(people))
    return found


@settings(max_examples=20, deadline=None)
@given(histories())
def test_no_history_of_reports_gives_a_hidden_number_away(found: list[People]) -> None:
    issued = _issue(found)
    assert_safe(issued, RULE)
    assert all(one.is_borne_out for one in issued)


@settings(max_examples=12, deadline=None)
@given(histories())
def test_nor_of_yes_and_no(found: list[People]) -> None:
    answers = [{person_id: (status,) for person_id, (_, status) in people.items()} for people in found]
    assert_safe(_issue(answers, ("answer",)), RULE)


@settings(max_examples=10, deadline=None)
@given(histories(), st.integers(3, 10))
def test_the_hub_chooses_what_is_small(found: list[People], min_cell: int) -> None:
    rule = SuppressionRule(min_cell, min_cell)
    assert_safe(_issue([people for people in found if len(people) >= min_cell], BY, rule), rule)


# ---------------------------------------------------------------- what each attack would have found


FIRST: Final = _people(
    {("a", "in_training"): 9, ("a", "signed_off"): 8, ("b", "in_training"): 7, ("b", "signed_off"): 6}
)


def test_the_reader_would_find_what_is_not_protected() -> None:
    """The attacks can win: against tables where only the small cells are hidden, one by one."""
    people = _people({("a", "in_training"): 9, ("a", "ready"): 2, ("b", "in_training"): 7, ("b", "ready"): 6})
    counts = Counter(people.values())
    whole = IssuedTable(BY, {values: n if n >= 5 else None for values, n in counts.items()})
    by_cohort = IssuedTable(("cohort",), {("a",): 11, ("b",): 13})
    reader = Reader([Counted(1, BY, people, (whole, by_cohort))])
    [(cell, n)] = reader.hidden()
    assert n == 2
    assert reader.gets_by_subtraction(cell)
    assert reader.range_of(cell) == pytest.approx((2, 2))


BEFORE: Final = _people({("a", "ready"): 3, ("a", "left"): 6, ("a", "in_training"): 10})
AFTER: Final = BEFORE | _people({("a", "left"): 6}, first=100)
"""Alone, each report hides the few who are ready and the smallest other number; and those are not the same."""


def test_two_reports_each_safe_alone_are_not_safe_together_until_they_are_held_against_each_other() -> None:
    naive = [
        Counted(number, BY, people, protected.tables)
        for number, people in ((1, BEFORE), (2, AFTER))
        for protected in [protect(Counted(number, BY, people), [], RULE)]
        if protected is not None
    ]
    for one in naive:
        assert_safe([one], RULE)
    reader = Reader(naive)
    small = [cell for cell, n in reader.hidden() if RULE.is_small(n)]
    assert all(reader.gets_by_subtraction(cell) for cell in small)
    assert {reader.range_of(cell) for cell in small} == {(3.0, 3.0)}
    assert_safe(_issue([BEFORE, AFTER]), RULE)


def test_a_report_issued_twice_says_the_same() -> None:
    first, second = _issue([FIRST, FIRST])
    assert [table.cells for table in first.tables] == [table.cells for table in second.tables]


def test_what_is_hidden_because_of_an_earlier_report_is_counted() -> None:
    [first] = _issue([BEFORE])
    protected = protect(Counted(2, BY, AFTER), [first], RULE)
    assert isinstance(protected, Protected)
    assert protected.n_small == 2
    assert protected.n_besides == protected.n_earlier == 2


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    [issued] = _issue([FIRST])
    assert _cells(issued, BY) == dict(Counter(FIRST.values()))


def test_records_that_no_longer_give_the_numbers_are_noticed() -> None:
    [issued] = _issue([FIRST])
    fewer = {person_id: values for person_id, values in FIRST.items() if person_id != 1}
    moved = FIRST | {PersonId(1): ("b", "ready")}
    for people in (fewer, moved):
        assert not Counted(1, BY, people, issued.tables).is_borne_out
