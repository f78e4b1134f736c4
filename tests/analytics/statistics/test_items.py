"""Item statistics: Moodle's figures, and what stands beside them."""

from math import sqrt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.item_analysis import analyse, analyse_file
from analytics.statistics.findings import Flag
from analytics.statistics.items import ItemDesign, fisher_interval, item_statistics, random_guess_score
from analytics.statistics.thresholds import Bearing
from store.item_files import count_file
from tests.analytics.statistics.published import LSAT6, LSAT6_EXPECTED, LSAT7, LSAT7_EXPECTED
from tests.analytics.statistics.tables import lsat, sums_of, write_marks

SIX_BY_FIVE = [[int(mark) for mark in row] for row in ("11111", "11110", "11100", "11000", "10000", "11010")]
FIVE_ONES = [1.0] * 5


@pytest.mark.parametrize(("frequencies", "expected"), [(LSAT6, LSAT6_EXPECTED), (LSAT7, LSAT7_EXPECTED)])
def test_a_thousand_people_give_the_published_figures(
    tmp_path: Path, frequencies: tuple[int, ...], expected: dict[str, Any]
) -> None:
    report = analyse_file(write_marks(tmp_path / "lsat.csv", lsat(frequencies), FIVE_ONES, "BA"))
    form, items = report.form, [one.statistics for one in report.items]
    assert [item.facility.value for item in items] == pytest.approx(expected["facility"], abs=1e-12)
    assert [item.discrimination_index.value for item in items] == pytest.approx(
        [100 * r for r in expected["item_rest_r"]], abs=1e-9
    )
    assert [item.discriminative_efficiency.value for item in items] == pytest.approx(expected["efficiency"], abs=1e-9)
    assert [item.effective_weight.value for item in items] == pytest.approx(expected["weight"], abs=1e-9)
    assert [item.alpha_if_dropped.value for item in items] == pytest.approx(expected["alpha_if_dropped"], abs=1e-12)
    assert form.alpha.value == pytest.approx(expected["alpha"], abs=1e-12)
    assert form.alpha.interval is not None
    assert (form.alpha.interval.low, form.alpha.interval.high) == pytest.approx(expected["feldt"], abs=1e-10)
    assert form.sem.value == pytest.approx(expected["sem"], abs=1e-12)
    assert form.omega.value == pytest.approx(expected["omega"], abs=1e-6)
    assert form.totals.mean.value == pytest.approx(expected["total_mean"], abs=1e-12)
    assert form.totals.variance == pytest.approx(expected["total_variance"], abs=1e-10)


def test_six_people_and_five_items_give_the_figures_computed_by_hand() -> None:
    report = analyse(sums_of(SIX_BY_FIVE, FIVE_ONES))
    items = [one.statistics for one in report.items]
    assert [item.facility.value for item in items] == pytest.approx([1, 5 / 6, 1 / 2, 1 / 2, 1 / 6])
    assert items[0].discrimination_index.value is None
    assert [item.discrimination_index.value for item in items[1:]] == pytest.approx(
        [48.89, 52.22, 52.22, 48.89], abs=0.005
    )
    assert report.form.alpha.value == pytest.approx(2 / 3)


def test_what_has_no_spread_is_not_computable_and_never_zero() -> None:
    items = item_statistics(sums_of(SIX_BY_FIVE, FIVE_ONES).items)
    for figure in (items[0].discrimination_index, items[0].discriminative_efficiency):
        assert figure.value is None
        assert figure.because is not None
        assert figure.because.text() == "everybody has the same mark"


def test_rounding_does_not_make_a_spread() -> None:
    items = item_statistics(sums_of([[0.3, 0.1, 0.7]] * 7, [1.0] * 3).items)
    assert all(item.discrimination_index.value is None for item in items)


def test_one_person_alone_bears_a_facility_and_nothing_else() -> None:
    (item, _) = item_statistics(sums_of([[1, 0]], [1.0, 1.0]).items)
    assert item.facility.value == 1.0
    assert [item.sd.value, item.discrimination_index.value, item.effective_weight.value] == [None] * 3


def test_an_item_without_marks_has_no_facility() -> None:
    (item, _) = item_statistics(sums_of([[0, 1], [0, 0]], [0.0, 1.0]).items)
    assert item.facility.value is None


def test_right_or_wrong_has_a_wilson_interval_and_partial_credit_one_of_its_mean() -> None:
    whole, partial = item_statistics(sums_of([[1, 0.5], [0, 1], [1, 0.25], [1, 0]], [1.0, 1.0]).items)
    assert whole.facility.interval is not None
    assert partial.facility.interval is not None
    assert (whole.facility.interval.method.value, partial.facility.interval.method.value) == ("Wilson", "t of a mean")
    assert whole.facility.interval.low == pytest.approx(0.3006, abs=1e-4)
    assert partial.facility.interval.low == pytest.approx(0.4375 - 3.182446 * 0.4269563 / 2, abs=1e-6)


def test_an_item_on_which_better_people_do_worse_has_no_weight() -> None:
    marks = [[0, 4, 4], [0, 3, 4], [1, 0, 1], [1, 0, 0]]
    first, *_ = item_statistics(sums_of(marks, [1.0, 4.0, 4.0]).items)
    assert first.has_negative_covariance
    assert first.effective_weight.value is None


def test_the_interval_of_a_correlation_is_fishers() -> None:
    interval = fisher_interval(0.3, 10)
    assert interval is not None
    assert (interval.low, interval.high) == pytest.approx((-0.41, 0.78), abs=0.005)
    assert fisher_interval(0.5, 3) is None
    assert fisher_interval(1.0, 30) is None


def test_guessing_scores_the_mean_of_the_options() -> None:
    assert random_guess_score([1, 0, 0, 0]) == 0.25
    assert random_guess_score([1, 0.5, -0.5, 0]) == 0.25
    assert random_guess_score([]) is None
    (item,) = item_statistics(sums_of([[1], [0]], [1.0]).items, designs={"q1": ItemDesign(guess=0.25)})
    assert item.random_guess_score.value == 0.25


marks_of = st.sampled_from([0.0, 0.25, 0.5, 1.0])
tables = st.integers(2, 6).flatmap(
    lambda n_items: st.lists(st.lists(marks_of, min_size=n_items, max_size=n_items), min_size=2, max_size=25)
)


@settings(deadline=None, max_examples=20)
@given(table=tables)
def test_the_counts_say_what_sorting_says(tmp_path_factory: pytest.TempPathFactory, table: list[list[float]]) -> None:
    path = write_marks(tmp_path_factory.mktemp("marks") / "marks.csv", table, [1.0] * len(table[0]))
    with count_file(path) as (_, counts):
        found = counts.form_sums()
    expected = sums_of(table, [1.0] * len(table[0]))
    assert found.totals == expected.totals
    for ours, theirs in zip(found.items, expected.items, strict=True):
        assert (ours.item, ours.n, ours.n_full, ours.n_zero) == (theirs.item, theirs.n, theirs.n_full, theirs.n_zero)
        for name in ("mean", "mean_rest", "mark_variance", "rest_variance", "covariance", "largest_covariance"):
            assert getattr(ours, name) == pytest.approx(getattr(theirs, name), abs=1e-12)


@settings(deadline=None)
@given(table=tables)
def test_weights_sum_to_a_hundred_and_efficiency_is_never_below_the_index(table: list[list[float]]) -> None:
    items = item_statistics(sums_of(table, [1.0] * len(table[0])).items)
    weights = [item.effective_weight.value for item in items if item.effective_weight.value is not None]
    assert not weights or sum(weights) == pytest.approx(100) or sum(weights) == 0
    for item in items:
        index, efficiency = item.discrimination_index.value, item.discriminative_efficiency.value
        if index is not None and efficiency is not None:
            assert abs(efficiency) >= abs(index) - 1e-6
            assert efficiency <= 100 + 1e-6


@settings(deadline=None)
@given(table=tables)
def test_the_order_of_people_changes_nothing(table: list[list[float]]) -> None:
    ones = [1.0] * len(table[0])
    for one, other in zip(sums_of(table, ones).items, sums_of(table[::-1], ones).items, strict=True):
        assert one.largest_covariance == pytest.approx(other.largest_covariance, abs=1e-12)


# ---------------------------------------------------------------- what n bears, and what is found


def _write_form(folder: Path, n: int, *, swapped: bool = False) -> Path:
    """Write five items that go together; the key of the third names a wrong option when `swapped`."""
    lines = ["person,item,mark,max_mark,response,key"]
    for person in range(n):
        level = person % 6
        for i in range(5):
            is_right = level > i
            key = "B" if swapped and i == 2 else "A"
            given_option = "A" if is_right else "BCD"[(person // 6) % 3]
            lines.append(f"{person},item-{i},{int(given_option == key)},1,{given_option},{key}")
    path = folder / "form.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def test_a_mis_keyed_item_is_found_by_name(tmp_path: Path) -> None:
    items = analyse_file(_write_form(tmp_path, 180, swapped=True)).items
    found = {item.statistics.item: [one.flag for one in item.findings] for item in items}
    assert Flag.BETTER_THAN_KEY in found["item-2"]
    assert Flag.NEGATIVE in found["item-2"]
    assert not any(Flag.BETTER_THAN_KEY in flags for item, flags in found.items() if item != "item-2")
    words = [one.words.text() for item in items for one in item.findings]
    assert any(text.startswith("Those who chose A did better on the other questions") for text in words)


@pytest.mark.parametrize(("n", "bearing"), [(29, Bearing.COUNTS), (30, Bearing.PROVISIONAL), (99, Bearing.PROVISIONAL)])
def test_below_a_hundred_nothing_is_flagged(tmp_path: Path, n: int, bearing: Bearing) -> None:
    report = analyse_file(_write_form(tmp_path, n, swapped=True))
    assert report.form.bearing is bearing
    assert all(item.findings == () for item in report.items)


def test_options_are_told_by_thirds_and_by_the_gap_to_the_key(tmp_path: Path) -> None:
    item = analyse_file(_write_form(tmp_path, 180)).items[2].statistics
    options = {option.response: option for option in item.options}
    assert [options[name].is_key for name in "ABCD"] == [True, False, False, False]
    assert sum(option.n for option in options.values()) == 180
    low, _, high = options["A"].groups
    assert low is not None
    assert high is not None
    assert low < high
    assert options["B"].gap.value is not None
    assert options["B"].gap.value < 0
    assert options["A"].gap.value is None


def test_an_option_that_nobody_chose_is_named(tmp_path: Path) -> None:
    with count_file(_write_form(tmp_path, 180)) as (_, counts):
        sums = counts.form_sums()
    report = analyse(sums, designs={"item-1": ItemDesign(options=("A", "B", "C", "D", "E"))})
    found = {item.statistics.item: item for item in report.items}["item-1"]
    assert [one.words.text() for one in found.findings if one.flag is Flag.NEVER_CHOSEN] == [
        "Nobody chose E: it does not work as a wrong answer."
    ]


def test_marks_that_do_not_fit_the_key_are_told_at_any_n(tmp_path: Path) -> None:
    path = tmp_path / "three.csv"
    path.write_text("person,item,mark,max_mark,response,key\n1,q,1,1,A,B\n2,q,1,1,B,B\n3,q,0,1,B,B\n", "utf-8")
    (item,) = analyse_file(path).items
    assert [one.flag for one in item.findings] == [Flag.KEY_DISPUTED]
    assert item.findings[0].words.text() == "2 marks do not fit the key: look whether the key was changed."


def test_marks_whose_answers_are_not_known_say_nothing_about_the_options(tmp_path: Path) -> None:
    path = tmp_path / "some.csv"
    rows = [f"{n},q,{n % 2},1,{'B' if n % 2 else 'A'},B" for n in range(1, 41)]
    rows += [f"{n},q,{n % 2},1,,B" for n in range(41, 201)]
    path.write_text("\n".join(["person,item,mark,max_mark,response,key", *rows]) + "\n", "utf-8")
    with count_file(path) as (_, counts):
        report = analyse(counts.form_sums(), designs={"q": ItemDesign(options=("A", "B", "C"))})
    flags = {one.flag for one in report.items[0].findings}
    assert not flags & {Flag.KEY_DISPUTED, Flag.NEVER_CHOSEN}


# ---------------------------------------------------------------- forms that differ


def test_people_with_other_items_have_no_alpha_and_are_told_why() -> None:
    form = analyse(sums_of([[1, 1, None], [0, None, 1], [1, 0, 1]], [1.0] * 3)).form
    for figure in (form.alpha, form.sem, form.omega, form.error_ratio):
        assert figure.value is None
        assert figure.because is not None
        assert figure.because.text() == "not everybody had the same questions (2 of 3 lack some)"


def test_what_is_left_is_the_mean_covariance_of_items_that_enough_people_share(tmp_path: Path) -> None:
    marks = [[p % 2, p % 2, None if p < 40 else (p // 2) % 2, 1 if p < 3 else None] for p in range(80)]
    form = analyse_file(write_marks(tmp_path / "m.csv", marks, [1.0] * 4)).form
    assert form.mean_covariance.n == 3
    same = sqrt(0.25 * 80 / 79) ** 2
    assert form.mean_covariance.value == pytest.approx(same / 3, abs=1e-12)


def test_the_mean_covariance_of_a_fixed_form_needs_no_pairs(tmp_path: Path) -> None:
    people = lsat(LSAT7)
    form = analyse(sums_of(people, FIVE_ONES)).form
    alpha, k = LSAT7_EXPECTED["alpha"], 5
    assert form.mean_covariance.value == pytest.approx(alpha * LSAT7_EXPECTED["total_variance"] / k**2, abs=1e-9)


def test_only_the_first_attempt_of_each_person_counts(tmp_path: Path) -> None:
    path = tmp_path / "attempts.csv"
    path.write_text(
        "person,item,mark,max_mark,attempt\nann,q1,0,1,1\nann,q1,1,1,2\nben,q1,1,1,2\nben,q1,0,1,3\n", "utf-8"
    )
    report = analyse_file(path)
    assert report.form.n == 2
    assert report.items[0].statistics.facility.value == 0.5
