"""What is published of small groups: attacks by subtraction and by linear programming find nothing narrow."""

import random
from collections.abc import Sequence
from itertools import product

import pytest
from scipy.optimize import linprog

from analytics.statistics.errors import CountError
from analytics.statistics.suppression import (
    Breakdown,
    Cell,
    IssuedTable,
    RevealedError,
    SuppressionRule,
    feasible_range,
    suppress,
    with_margins,
)

pytestmark = pytest.mark.slow

RULE = SuppressionRule()


def _range_by_attack(breakdown: Breakdown, issued: Sequence[IssuedTable], cell: Cell) -> tuple[float, float]:
    """Return what a reader can work out, set up from nothing but what was published."""
    people = [dict(zip(breakdown.dimensions, values, strict=True)) for values in breakdown.counts]
    rows, sums = [], []
    for table in issued:
        for values, n in table.cells.items():
            if n is not None:
                wanted = dict(zip(table.dimensions, values, strict=True))
                rows.append([float(all(one[name] == value for name, value in wanted.items())) for one in people])
                sums.append(float(n))
    wanted = dict(zip(cell.dimensions, cell.values, strict=True))
    target = [float(all(one[name] == value for name, value in wanted.items())) for one in people]
    least = linprog(target, A_eq=rows, b_eq=sums, bounds=(0, None))
    most = linprog([-value for value in target], A_eq=rows, b_eq=sums, bounds=(0, None))
    return least.fun, float("inf") if most.fun is None else -most.fun


def _small_cells(breakdown: Breakdown, issued: Sequence[IssuedTable]) -> list[Cell]:
    return [
        Cell(table.dimensions, values)
        for table in issued
        for values, n in breakdown.table(table.dimensions).items()
        if RULE.is_small(n)
    ]


def _assert_safe(breakdown: Breakdown, issued: Sequence[IssuedTable]) -> None:
    for cell in _small_cells(breakdown, issued):
        least, most = _range_by_attack(breakdown, issued, cell)
        assert most - least >= RULE.width - 1e-6, f"{cell}: {least} to {most}"


def _random_breakdown(seed: int) -> Breakdown:
    rng = random.Random(seed)
    cohorts = [f"cohort {i}" for i in range(rng.randint(2, 5))]
    counts = {
        (f"hub {int(cohort[-1]) % 2}", cohort, status): rng.choice([0, 1, 2, 3, 4, 6, 9, 14])
        for cohort, status in product(cohorts, ("ready", "one gate away", "blocked"))
    }
    return Breakdown(("hub", "cohort", "status"), counts)


COHORTS = Breakdown(
    ("cohort", "status"),
    {("a", "ready"): 12, ("a", "not"): 3, ("b", "ready"): 8, ("b", "not"): 9, ("c", "ready"): 20, ("c", "not"): 7},
)
WHOLE = with_margins(("cohort", "status"))


def test_margins_are_all_the_ways_to_leave_dimensions_out() -> None:
    assert WHOLE == [("cohort", "status"), ("cohort",), ("status",), ()]


def test_a_small_cell_takes_others_with_it_so_that_no_sum_gives_it_away() -> None:
    inner, *margins = suppress(COHORTS, WHOLE)
    hidden = {values for values, n in inner.cells.items() if n is None}
    assert ("a", "not") in hidden
    assert len(hidden) == 4
    assert all(n is not None for table in margins for n in table.cells.values())
    _assert_safe(COHORTS, [inner, *margins])


def test_hiding_the_small_cell_alone_would_give_it_away() -> None:
    table = COHORTS.table(("cohort", "status"))
    naive = [
        IssuedTable(("cohort", "status"), {values: None if n < 5 else n for values, n in table.items()}),
        IssuedTable(("cohort",), COHORTS.table(("cohort",))),
    ]
    assert _range_by_attack(COHORTS, naive, Cell(("cohort", "status"), ("a", "not"))) == (3, 3)


@pytest.mark.parametrize("seed", range(12))
def test_no_small_cell_of_any_table_has_a_narrow_range(seed: int) -> None:
    breakdown = _random_breakdown(seed)
    tables = [("cohort", "status"), ("hub", "status"), ("cohort",), ("hub",), ("status",), ()]
    _assert_safe(breakdown, suppress(breakdown, tables))


@pytest.mark.parametrize("seed", range(6))
def test_a_later_report_does_not_open_an_earlier_one(seed: int) -> None:
    breakdown = _random_breakdown(seed)
    first = suppress(breakdown, with_margins(("cohort", "status")))
    second = suppress(breakdown, [("hub", "status"), ("hub", "cohort")], issued=first)
    _assert_safe(breakdown, [*first, *second])


def test_what_was_shown_before_stays_as_it_was() -> None:
    first = suppress(COHORTS, WHOLE)
    assert suppress(COHORTS, WHOLE, issued=first) == first


def test_all_but_one_cohort_is_not_published_beside_all() -> None:
    """The total and the total of two cohorts would leave the third, of two people, by subtraction."""
    breakdown = Breakdown(("cohort", "rest"), {("a", "others"): 9, ("b", "others"): 11, ("c", "c"): 2})
    issued = suppress(breakdown, [(), ("rest",), ("cohort",)])
    for cell in (Cell(("cohort",), ("c",)), Cell(("rest",), ("c",))):
        least, most = _range_by_attack(breakdown, issued, cell)
        assert most - least >= RULE.width
    assert issued[1].cells == {("others",): None, ("c",): None}


def test_what_is_given_away_already_is_refused() -> None:
    shown = [
        IssuedTable(("cohort",), COHORTS.table(("cohort",))),
        IssuedTable(("cohort", "status"), {("a", "ready"): 12}),
    ]
    with pytest.raises(RevealedError, match="a, not cannot be hidden any more"):
        suppress(COHORTS, [("cohort", "status")], issued=shown)


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    breakdown = Breakdown(
        ("cohort", "status"), {("a", "ready"): 12, ("a", "not"): 8, ("b", "ready"): 7, ("b", "not"): 0}
    )
    for table in suppress(breakdown, WHOLE):
        assert None not in table.cells.values()


def test_the_range_that_is_told_is_the_range_of_the_attack() -> None:
    issued = suppress(COHORTS, WHOLE)
    cell = Cell(("cohort", "status"), ("a", "not"))
    assert feasible_range(COHORTS, issued, cell) == pytest.approx(_range_by_attack(COHORTS, issued, cell))
    assert feasible_range(COHORTS, [], cell) == (0.0, float("inf"))


def test_the_same_people_are_always_published_alike() -> None:
    assert suppress(_random_breakdown(3), WHOLE) == suppress(_random_breakdown(3), WHOLE)


def test_a_rule_that_hides_nothing_is_refused() -> None:
    with pytest.raises(CountError):
        SuppressionRule(min_cell=1)
    with pytest.raises(CountError):
        SuppressionRule(width=0)
