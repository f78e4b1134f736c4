"""Where cuts come from, and what they do: standard setting, design figures, stopping early."""

from itertools import pairwise
from math import asin, pi

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.statistics.consistency import expected_consistency, huynh, peng_subkoviak
from analytics.statistics.errors import CountError, RangeError, ShapeError
from analytics.statistics.proportions import Prior
from analytics.statistics.quiz_design import ASSUMED_MASTERY, cut_error_table, cut_errors, pass_chance, retry_chance
from analytics.statistics.sequential import SequentialTest, Step, sequential_cost
from analytics.statistics.standard_setting import angoff_round, angoff_rounds, borderline_regression
from tests.analytics.statistics.published import ANGOFF, BORDERLINE

# ---------------------------------------------------------------- Angoff and borderline


def test_three_judges_give_the_expected_cut() -> None:
    found = angoff_round(ANGOFF)
    assert found.judge_cuts == pytest.approx((5.7, 5.65, 6.05))
    assert (found.cut.value, found.share, found.cut.se) == pytest.approx((5.8, 0.725, 0.1258305739212))
    assert (found.points, found.is_provisional) == (6, False)


def test_a_cut_between_points_is_rounded_up() -> None:
    found = angoff_round(((0.9, 0.8, 0.7, 0.6, 0.5), (0.95, 0.85, 0.6, 0.6, 0.4), (0.9, 0.75, 0.8, 0.5, 0.6)))
    assert found.judge_cuts == pytest.approx((3.50, 3.40, 3.55))
    assert found.cut.value == pytest.approx(3.4833, abs=5e-5)
    assert found.cut.se == pytest.approx(0.0441, abs=5e-5)
    assert found.points == 4


def test_a_whole_cut_is_not_rounded_away() -> None:
    assert angoff_round([[0.1] * 10, [0.3] * 10]).points == 2


def test_one_judge_has_a_cut_and_no_interval() -> None:
    found = angoff_round([[0.5, 0.7]])
    assert (found.cut.value, found.cut.se, found.cut.interval, found.is_provisional) == (1.2, None, None, True)


def test_judges_who_talk_come_closer() -> None:
    first, second = angoff_rounds([[[0.2, 0.4], [0.8, 0.9]], [[0.5, 0.6], [0.6, 0.7]]])
    assert second.spread < first.spread


def test_judgements_that_cannot_be_are_refused() -> None:
    with pytest.raises(RangeError, match=r"1\.2"):
        angoff_round([[0.5, 1.2]])
    with pytest.raises(ShapeError):
        angoff_round([[0.5, 0.2], [0.5]])
    with pytest.raises(ShapeError):
        angoff_round([])


def test_the_borderline_cut_is_the_fitted_line_at_borderline() -> None:
    found = borderline_regression([grade for grade, _ in BORDERLINE], [total for _, total in BORDERLINE], 2)
    assert found is not None
    assert found.cut.interval is not None
    assert (found.intercept, found.slope, found.r2) == pytest.approx((4.745490981964, 3.11623246493, 0.947359038703))
    assert (found.cut.value, found.cut.interval.low, found.cut.interval.high) == pytest.approx(
        (10.977955911824, 10.420331128224, 11.535580695423)
    )
    assert found.residual_sd == pytest.approx(0.864835432377)
    assert not found.is_provisional


def test_one_grade_for_all_gives_no_line() -> None:
    assert borderline_regression([2, 2, 2], [8, 9, 10], 2) is None
    with pytest.raises(ShapeError):
        borderline_regression([1, 2], [8, 9], 2)


# ---------------------------------------------------------------- what a length and a cut bear


def test_ten_items_let_through_and_hold_back_as_known() -> None:
    eight, nine = cut_errors(10, 8, 0.8), cut_errors(10, 9, 0.8)
    assert (round(eight.false_pass, 2), round(eight.false_fail, 2)) == (0.33, 0.13)
    assert (round(nine.false_pass, 2), round(nine.false_fail, 2)) == (0.14, 0.34)


def test_the_exact_errors_are_those_of_simulated_people() -> None:
    rng = np.random.default_rng(8)
    mastery = rng.beta(6, 2, 200_000)
    scores = rng.binomial(10, mastery)
    found = cut_errors(10, 8, 0.8)
    assert found.false_pass == pytest.approx(float((scores >= 8)[mastery < 0.8].mean()), abs=0.006)
    assert found.false_fail == pytest.approx(float((scores < 8)[mastery >= 0.8].mean()), abs=0.006)
    assert found.pass_share == pytest.approx(float((scores >= 8).mean()), abs=0.006)


@given(n_items=st.integers(1, 40), mastery=st.floats(0.1, 0.95))
def test_a_higher_cut_lets_fewer_through_and_holds_more_back(n_items: int, mastery: float) -> None:
    table = cut_error_table(n_items, mastery)
    assert len(table) == n_items
    for lower, higher in pairwise(table):
        assert higher.false_pass <= lower.false_pass + 1e-12
        assert higher.false_fail >= lower.false_fail - 1e-12


def test_short_quizzes_are_unreliable_gates() -> None:
    assert round(1 - pass_chance(10, 8, 0.85), 2) == 0.18
    assert round(pass_chance(10, 8, 0.70), 2) == 0.38
    assert round(pass_chance(20, 16, 0.70), 2) == 0.24
    guessed = pass_chance(5, 4, 0.25)
    assert (round(guessed, 3), round(1 - (1 - guessed) ** 3, 3)) == (0.016, 0.046)
    assert pass_chance(5, 0, 0.0) == 1.0


def test_a_second_attempt_from_a_small_pool_proves_little() -> None:
    """Half of the pool of ten is seen with its answers: three of five must be known or were seen."""
    assert retry_chance(5, 5, 3, 0.1, unseen_first=False) == 1.0
    assert retry_chance(10, 5, 3, 0.6, unseen_first=True) == pytest.approx(pass_chance(5, 3, 0.6))
    assert retry_chance(15, 10, 8, 0.6, unseen_first=False) > 0.85
    assert retry_chance(25, 10, 8, 0.6, unseen_first=True) == pytest.approx(pass_chance(10, 8, 0.6))


def test_the_chance_of_a_retry_is_that_of_simulated_draws() -> None:
    rng = np.random.default_rng(5)
    n_passed = 0
    for _ in range(20_000):
        seen = np.zeros(15, dtype=bool)
        seen[rng.permutation(15)[:10]] = True
        drawn = rng.permutation(15)[:10]
        right = seen[drawn] | (rng.random(10) < 0.6)
        n_passed += int(right.sum() >= 8)
    assert retry_chance(15, 10, 8, 0.6, unseen_first=False) == pytest.approx(n_passed / 20_000, abs=0.01)


@given(pool=st.integers(10, 60), mastery=st.floats(0, 1))
def test_unseen_items_first_never_make_a_retry_easier(pool: int, mastery: float) -> None:
    unseen, random = (retry_chance(pool, 10, 8, mastery, unseen_first=first) for first in (True, False))
    assert unseen <= random + 1e-12
    assert pass_chance(10, 8, mastery) <= unseen + 1e-12


def test_lengths_and_cuts_that_cannot_be_are_refused() -> None:
    with pytest.raises(CountError):
        cut_errors(10, 11, 0.8)
    with pytest.raises(CountError):
        retry_chance(9, 10, 8, 0.5, unseen_first=True)
    with pytest.raises(RangeError):
        cut_errors(10, 8, 1.0)


# ---------------------------------------------------------------- consistency


@pytest.mark.parametrize("reliability", [0.0, 0.3, 0.6, 0.9])
def test_at_the_mean_consistency_is_known_in_closed_form(reliability: float) -> None:
    found = peng_subkoviak(8, 7.5, 1.8, reliability)
    assert found.agreement == pytest.approx(0.5 + asin(reliability) / pi)
    assert found.kappa == pytest.approx(2 * asin(reliability) / pi)


@pytest.mark.parametrize("reliability", [-0.4, 0.2, 0.7])
def test_the_bivariate_normal_is_that_of_simulated_pairs(reliability: float) -> None:
    rng = np.random.default_rng(2)
    one = rng.normal(size=200_000)
    other = reliability * one + np.sqrt(1 - reliability**2) * rng.normal(size=200_000)
    z = (8 - 0.5 - 6.2) / 1.8
    assert peng_subkoviak(8, 6.2, 1.8, reliability).agreement == pytest.approx(
        float(((one < z) == (other < z)).mean()), abs=0.006
    )


def test_totally_reliable_totals_always_decide_alike() -> None:
    assert peng_subkoviak(8, 6.2, 1.8, 1.0).agreement == pytest.approx(1)
    assert 0 <= peng_subkoviak(8, 6.2, 1.8, -1.0).agreement < 1


def test_two_forms_decide_alike_as_often_as_simulated_ones() -> None:
    rng = np.random.default_rng(6)
    mastery = rng.beta(6, 2, 200_000)
    one, other = rng.binomial(10, mastery) >= 8, rng.binomial(10, mastery) >= 8
    found = expected_consistency(10, 8)
    assert found.agreement == pytest.approx(float((one == other).mean()), abs=0.006)
    assert found.kappa is not None
    assert 0 < found.kappa < found.agreement


def test_mean_and_spread_lead_back_to_the_beta_they_come_from() -> None:
    a, b, n = ASSUMED_MASTERY.a, ASSUMED_MASTERY.b, 10
    mean = n * a / (a + b)
    sd = (n * a * b * (a + b + n) / ((a + b) ** 2 * (a + b + 1))) ** 0.5
    found, expected = huynh(n, 8, mean, sd), expected_consistency(n, 8)
    assert found is not None
    assert found.agreement == pytest.approx(expected.agreement)
    assert huynh(10, 8, 5.0, 1.0) is None
    assert huynh(10, 8, 10.0, 0.0) is None


def test_a_cut_that_all_pass_has_no_kappa() -> None:
    assert expected_consistency(10, 0, Prior(6, 2)).kappa is None
    with pytest.raises(RangeError):
        peng_subkoviak(8, 6, 0, 0.5)


# ---------------------------------------------------------------- stopping early


def test_nobody_is_judged_before_five_items_nor_after_twenty() -> None:
    test = SequentialTest()
    assert test.decide(4, 4) is Step.GO_ON
    assert test.decide(9, 9) is Step.PASS
    assert test.decide(1, 6) is Step.FAIL
    assert {test.decide(k, 20) for k in range(21)} == {Step.PASS, Step.FAIL}


def test_its_cost_is_known_exactly() -> None:
    """Mastery spread as Beta(6, 2): about 11.5 items; one in twenty below .6 passes, few above .85 fail."""
    grid = (np.arange(400) + 0.5) / 400
    density = grid**5 * (1 - grid)
    costs = [sequential_cost(SequentialTest(), float(mastery)) for mastery in grid]
    passed = np.array([cost.pass_share for cost in costs])
    length = float(np.array([cost.mean_items for cost in costs]) @ density / density.sum())
    low, high = grid < 0.6, grid > 0.85
    assert length == pytest.approx(11.5, abs=0.05)
    assert float(passed[low] @ density[low] / density[low].sum()) == pytest.approx(0.049, abs=0.002)
    assert float((1 - passed)[high] @ density[high] / density[high].sum()) == pytest.approx(0.026, abs=0.004)


@given(mastery=st.floats(0, 1))
def test_somebody_always_ends_somewhere(mastery: float) -> None:
    found = sequential_cost(SequentialTest(), mastery)
    assert 0 <= found.pass_share <= 1 + 1e-12
    assert 5 - 1e-9 <= found.mean_items <= 20 + 1e-9


@pytest.mark.parametrize("wrong", [{"low": 0.9}, {"false_pass": 0.6}, {"shortest": 30}, {"high": 1.0}])
def test_tests_that_cannot_be_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises((RangeError, CountError)):
        SequentialTest(**wrong)  # type: ignore[arg-type]
