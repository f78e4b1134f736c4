"""Agreement of raters, against published examples and by what has to hold."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.statistics.agreement import (
    adjacent_weights,
    category_kappas,
    fleiss_kappa,
    fleiss_z,
    gwet_ac,
    percent_agreement,
)
from analytics.statistics.errors import ShapeError, TwiceRatedError, UnknownLevelError
from analytics.statistics.estimates import Estimate
from analytics.statistics.kappa import cohens_kappa
from analytics.statistics.krippendorff import Metric, krippendorff_alpha
from analytics.statistics.ratings import Ratings
from analytics.statistics.weights import Weighting, agreement_weights
from tests.analytics.statistics.published import COHEN, FLEISS, KRIPPENDORFF

FOUR_LEVELS = ((2, 1, 0, 0), (1, 5, 2, 0), (0, 2, 9, 1), (0, 0, 1, 6))
PARADOX = ((47, 1), (2, 0))


def _two_raters(counts: Sequence[Sequence[int]]) -> Ratings:
    """Return ratings that give this table of counts."""
    rows = [(i + 1, j + 1) for i, row in enumerate(counts) for j, n in enumerate(row) for _ in range(n)]
    return Ratings.of_table(rows)


def _diagnoses() -> Ratings:
    return Ratings.of_table([[level + 1 for level, n in enumerate(row) for _ in range(n)] for row in FLEISS])


def _kappa(counts: Sequence[Sequence[int]], weighting: Weighting = Weighting.NONE) -> Estimate:
    table = np.array(counts)
    return cohens_kappa(table, agreement_weights(np.arange(1.0, len(counts) + 1), weighting))


# ---------------------------------------------------------------- two raters


@pytest.mark.parametrize(
    ("weighting", "kappa", "se"),
    [
        (Weighting.NONE, 0.4915254237288, 0.05100181557608),
        (Weighting.LINEAR, 0.4736842105263, 0.05443230917764),
        (Weighting.QUADRATIC, 0.4545454545455, 0.06645368159108),
    ],
)
def test_cohens_table_has_its_published_kappas(weighting: Weighting, kappa: float, se: float) -> None:
    found = _kappa(COHEN, weighting)
    assert (found.value, found.se) == pytest.approx((kappa, se), abs=1e-12)


def test_cohens_own_weights_give_his_weighted_kappa() -> None:
    disagreement = np.array([[0, 1, 3], [1, 0, 6], [3, 6, 0]])
    assert cohens_kappa(np.array(COHEN), 1 - disagreement / 6).value == pytest.approx(0.3478260869565, abs=1e-12)


def test_kappas_computed_by_hand() -> None:
    assert _kappa(((20, 5), (10, 15))).value == pytest.approx(0.4)
    assert _kappa(FOUR_LEVELS).value == pytest.approx(0.6215, abs=5e-5)
    assert _kappa(FOUR_LEVELS, Weighting.QUADRATIC).value == pytest.approx(0.8423, abs=5e-5)
    assert gwet_ac(_two_raters(FOUR_LEVELS)).value == pytest.approx(0.6515, abs=5e-5)
    exact = percent_agreement(_two_raters(FOUR_LEVELS), np.eye(4))
    assert exact.value == pytest.approx(0.7333, abs=5e-5)


def test_when_nearly_everybody_passes_kappa_collapses_and_ac1_does_not() -> None:
    both = _two_raters(PARADOX)
    assert percent_agreement(both, np.eye(2)).value == pytest.approx(0.94)
    assert _kappa(PARADOX).value == pytest.approx(-0.027, abs=5e-4)
    assert gwet_ac(both).value == pytest.approx(0.936, abs=5e-4)


def test_two_raters_who_gave_one_level_throughout_have_no_kappa() -> None:
    found = _kappa(((9, 0), (0, 0)))
    assert found.value is None
    assert found.because is not None
    assert found.because.text() == "both raters gave the same level throughout"
    assert _kappa(((0, 0), (0, 0))).value is None


def test_a_table_that_is_not_square_is_refused() -> None:
    with pytest.raises(ShapeError):
        cohens_kappa(np.array([[1, 2, 3], [4, 5, 6]]))


# ---------------------------------------------------------------- several raters


def test_thirty_diagnoses_have_their_published_kappas() -> None:
    ratings = _diagnoses()
    assert fleiss_kappa(ratings).value == pytest.approx(0.4302445200601, abs=1e-12)
    z = fleiss_z(ratings)
    assert (z.value, z.se) == pytest.approx((17.651830582991, 0.02437393209941), abs=1e-10)
    assert [one.kappa.value for one in category_kappas(ratings)] == pytest.approx(
        [0.2447552447552, 0.2447552447552, 0.52, 0.4711272727273, 0.566117806824], abs=1e-12
    )
    ac1 = gwet_ac(ratings)
    assert (ac1.value, ac1.se) == pytest.approx((0.4478845158446, 0.05566214168162), abs=1e-12)
    assert percent_agreement(ratings, np.eye(5)).value == pytest.approx(0.5555555555556, abs=1e-12)


@pytest.mark.parametrize(
    ("metric", "alpha"),
    [
        ("nominal", 0.7434210526316),
        ("ordinal", 0.8153875037549),
        ("interval", 0.8491071428571),
        ("ratio", 0.7974027747116),
    ],
)
def test_krippendorffs_observers_have_their_published_alphas(metric: str, alpha: float) -> None:
    found = krippendorff_alpha(Ratings.of_table(KRIPPENDORFF), Metric(metric))
    assert (found.value, found.n) == (pytest.approx(alpha, abs=1e-12), 11)


def test_missing_ratings_leave_ac1_and_fleiss_as_published() -> None:
    ratings = Ratings.of_table(KRIPPENDORFF)
    ac1 = gwet_ac(ratings)
    assert ac1.interval is not None
    assert (ac1.value, ac1.se, ac1.interval.low, ac1.interval.high) == pytest.approx(
        (0.775444068127, 0.1429499506408, 0.4608133481308, 1.0), abs=1e-12
    )
    assert fleiss_kappa(ratings).value == pytest.approx(0.7611692754224, abs=1e-12)
    assert percent_agreement(ratings, np.eye(5)).value == pytest.approx(0.8181818181818, abs=1e-12)


def test_within_one_level_counts_neighbours_as_agreeing() -> None:
    ratings = Ratings.of_table([(1, 2), (1, 3), (4, 4), (2, 3)])
    assert percent_agreement(ratings, adjacent_weights(4)).value == 0.75


COEFFICIENTS: dict[str, Callable[[Ratings], Estimate]] = {
    "fleiss": fleiss_kappa,
    "ac1": gwet_ac,
    "nominal": lambda ratings: krippendorff_alpha(ratings, Metric.NOMINAL),
    "ordinal": lambda ratings: krippendorff_alpha(ratings, Metric.ORDINAL),
    "interval": lambda ratings: krippendorff_alpha(ratings, Metric.INTERVAL),
}
coefficients = pytest.mark.parametrize("coefficient", COEFFICIENTS.values(), ids=list(COEFFICIENTS))

levels = st.one_of(st.none(), st.integers(1, 4))
tables = st.lists(st.tuples(levels, levels, levels), min_size=2, max_size=20)


@coefficients
@settings(deadline=None, max_examples=25)
@given(table=tables, order=st.permutations(range(3)))
def test_swapping_raters_changes_nothing(
    coefficient: Callable[[Ratings], Estimate], table: list[tuple[int | None, ...]], order: list[int]
) -> None:
    one = coefficient(Ratings.of_table(table, "1234"))
    other = coefficient(Ratings.of_table([[row[place] for place in order] for row in table], "1234"))
    assert (one.value, one.n) == (pytest.approx(other.value, abs=1e-12), other.n)


@coefficients
@settings(deadline=None, max_examples=25)
@given(table=tables)
def test_agreement_is_never_above_1_and_says_why_when_there_is_none(
    coefficient: Callable[[Ratings], Estimate], table: list[tuple[int | None, ...]]
) -> None:
    found = coefficient(Ratings.of_table(table))
    if found.value is None:
        assert found.because is not None
        assert found.because.text() != ""
    else:
        assert found.value <= 1 + 1e-12
        assert found.because is None


@coefficients
def test_perfect_agreement_is_1(coefficient: Callable[[Ratings], Estimate]) -> None:
    assert coefficient(Ratings.of_table([(1, 1), (2, 2), (4, 4), (2, 2)])).value == pytest.approx(1)


@coefficients
def test_one_rater_alone_agrees_with_nobody(coefficient: Callable[[Ratings], Estimate]) -> None:
    found = coefficient(Ratings.of_table([(1,), (2,), (3,)]))
    assert found.value is None
    assert found.because is not None
    assert found.because.text() == "no subject was rated by two"


def test_one_level_throughout_has_no_alpha_but_ac1_once_the_scale_is_known() -> None:
    rows = [(3, 3)] * 12
    assert krippendorff_alpha(Ratings.of_table(rows), Metric.ORDINAL).value is None
    assert gwet_ac(Ratings.of_table(rows)).value is None
    assert gwet_ac(Ratings.of_table(rows, "1234")).value == 1.0


def test_alphas_that_need_numbers_say_so() -> None:
    ratings = Ratings.of([("a", "x", "pass"), ("a", "y", "fail"), ("b", "x", "pass"), ("b", "y", "pass")])
    found = krippendorff_alpha(ratings, Metric.INTERVAL)
    assert found.because is not None
    assert found.because.text() == "the levels are no numbers"
    assert krippendorff_alpha(ratings, Metric.NOMINAL).value is not None


def test_the_same_ratings_have_the_same_interval() -> None:
    assert fleiss_kappa(_diagnoses()).interval == fleiss_kappa(_diagnoses()).interval


def test_uneven_numbers_of_ratings_have_no_category_kappas() -> None:
    assert all(one.kappa.value is None for one in category_kappas(Ratings.of_table(KRIPPENDORFF)))
    assert fleiss_z(Ratings.of_table(KRIPPENDORFF)).value is None


# ---------------------------------------------------------------- the table of ratings


def test_levels_stand_in_the_order_of_their_size() -> None:
    ratings = Ratings.of([("a", "x", "10"), ("a", "y", "9"), ("b", "x", "2.0"), ("b", "y", "2")])
    assert ratings.levels == ("2", "9", "10")


def test_a_rater_who_rates_twice_is_named() -> None:
    with pytest.raises(TwiceRatedError, match="a by x"):
        Ratings.of([("a", "x", "1"), ("a", "x", "2")])


def test_a_level_off_the_scale_is_named() -> None:
    with pytest.raises(UnknownLevelError, match=r"5\. Expected 1, 2, 3, 4"):
        Ratings.of([("a", "x", "5")], levels=("1", "2", "3", "4"))
