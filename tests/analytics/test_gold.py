"""Agreement with the gold levels, on lines: figures worked out by hand."""

import pytest

from analytics.gold import GoldPair, agree_with_gold


def pairs(*levels: tuple[int, int]) -> list[GoldPair]:
    """Return lines of (given, gold)."""
    return [GoldPair(str(n), given, gold) for n, (given, gold) in enumerate(levels)]


def test_the_share_at_the_right_level_has_its_interval_and_counts() -> None:
    found = agree_with_gold(pairs(*[(3, 3)] * 15, *[(2, 3)] * 3, *[(1, 1)] * 2), 4)
    assert (found.n, found.exact.value) == (20, pytest.approx(0.85))
    assert found.exact.interval is not None
    assert (found.exact.interval.low, found.exact.interval.high) == (
        pytest.approx(0.640, abs=1e-3),
        pytest.approx(0.948, abs=1e-3),
    )
    assert found.counts.tolist() == [[2, 0, 0, 0], [0, 0, 0, 0], [0, 3, 15, 0], [0, 0, 0, 0]]
    assert found.difference.value == pytest.approx(-0.15)


def test_ac1_holds_where_nearly_all_lines_have_one_level() -> None:
    found = agree_with_gold(pairs(*[(3, 3)] * 18, (2, 3), (3, 2)), 4)
    assert found.kappa.value == pytest.approx(-1 / 19)
    prevalence = [0.05, 0.95]
    chance = sum(share * (1 - share) for share in prevalence) / 3
    assert found.ac1.value == pytest.approx((0.9 - chance) / (1 - chance))


def test_few_lines_bear_no_coefficients() -> None:
    found = agree_with_gold(pairs((3, 3), (2, 3)), 4)
    assert found.exact.value == 0.5
    assert found.kappa.value is None
    assert found.ac1.value is None
    assert found.ac1.because is not None
    assert found.ac1.because.text() == "10 lines are needed; there are 2"
