"""Forms that cost more than they inform, and rounds beside the gold levels: what so few do not bear is not said."""

from datetime import date

import pytest

from analytics.raters.burden import weigh_forms
from analytics.raters.rounds import GoldLine, drift_from_gold
from analytics.statistics.thresholds import FORMS


def forms(n: int, minutes: float, checklist: str = "C4"):
    return [{"checklist_id": checklist, "seconds": round(60 * minutes)} for _ in range(n)]


def levels(*counts: tuple[int, ...], checklist: str = "C4"):
    return [
        {"checklist_id": checklist, "line_id": f"L{number}", "level": level, "n": n}
        for number, line in enumerate(counts)
        for level, n in enumerate(line, start=1)
    ]


@pytest.mark.parametrize(
    ("n", "minutes", "lines", "is_costly"),
    [
        (FORMS.forms, FORMS.minutes, ((0, 1, 19), (10, 10)), True),
        (FORMS.forms - 1, FORMS.minutes, ((0, 1, 19), (10, 10)), False),
        (FORMS.forms, FORMS.minutes - 1, ((0, 1, 19), (10, 10)), False),
        (FORMS.forms, FORMS.minutes, ((0, 3, 17), (10, 10)), False),
        (FORMS.forms, FORMS.minutes, ((20,), (10, 10), (10, 10)), False),
        (FORMS.forms, FORMS.minutes, (), False),
    ],
    ids=["long and the same", "too few", "short", "the line varies", "most lines vary", "nothing has a level"],
)
def test_a_form_is_named_when_it_takes_long_and_half_of_its_lines_hardly_vary(n, minutes, lines, is_costly):
    [found] = weigh_forms(forms(n, minutes), levels(*lines))
    assert found.is_costly is is_costly
    assert (found.n, found.median_minutes) == (n, minutes)


def test_lines_with_few_levels_are_left_out_of_the_share():
    [found] = weigh_forms(forms(20, 9), levels((20,), (1,), (1,)))
    assert (found.n_lines, found.n_same, found.is_costly) == (1, 1, True)


def test_the_costly_come_first():
    found = weigh_forms([*forms(20, 30, "C1"), *forms(20, 9)], levels((20,)))
    assert [one.checklist_id for one in found] == ["C4", "C1"]


def lines(round_no: int, *levels_: int, gold: int = 3, first: int = 0) -> list[GoldLine]:
    day = date(2026, round_no, 1)
    return [GoldLine(round_no, day, f"L{first + n}", level, gold) for n, level in enumerate(levels_)]


def test_one_round_has_a_share_and_no_drift():
    found = drift_from_gold(lines(1, 3, 3, 2, 3))
    assert found.rounds[0].exact.value == 0.75
    assert found.change.value is None
    assert not found.is_drifting


def test_the_change_is_of_the_same_lines_from_the_first_round_to_the_newest():
    found = drift_from_gold([*lines(1, *[3] * 10), *lines(2, *[1] * 10), *lines(3, *[4] * 9, 3)])
    assert [one.number for one in found.rounds] == [1, 2, 3]
    assert found.change.value == pytest.approx(0.9)
    assert found.is_drifting


def test_another_gold_level_is_no_drift_of_the_rater():
    found = drift_from_gold([*lines(1, *[3] * 12, gold=3), *lines(2, *[4] * 12, gold=4)])
    assert found.change.value == 0
    assert not found.is_drifting


def test_lines_of_other_scenes_do_not_tell_a_drift():
    found = drift_from_gold([*lines(1, *[3] * 12), *lines(2, *[4] * 12, first=20)])
    assert found.change.because is not None
    assert not found.is_drifting


def test_nobody_has_rounds():
    assert drift_from_gold([]).rounds == ()
