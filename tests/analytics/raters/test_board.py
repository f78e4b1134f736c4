"""A hub's raters at the edges: one rater, missing lines, everybody the same level, too few people, nobody linked."""

from datetime import date

import pytest

from analytics.raters.board import _board, _Read
from analytics.statistics.thresholds import RATERS, Bearing
from people.models import PersonId
from tests.builders import make_programme

DAY = date(2026, 3, 1)


def make_board(rated: dict[tuple[int, int], dict[str, int]], trainers: tuple[int, ...] = (1, 2)):
    """Return the board of ratings by (trainee, rater): the level of each line; all under one code."""
    forms = [
        {"trainee_no": who, "checklist_id": "C2", "session_code": "S", "rater_no": rater, "day": DAY, "seconds": 300}
        for who, rater in rated
    ]
    raters = {who: {rater for one, rater in rated if one == who} for who, _ in rated}
    lines = [
        form | {"line_id": line, "level": level}
        for form in forms
        if len(raters[form["trainee_no"]]) > 1
        for line, level in rated[form["trainee_no"], form["rater_no"]].items()
    ]
    people = frozenset(map(PersonId, trainers))
    shared = {(a, b): 1 for a in people for b in people if a < b}
    read = _Read(DAY, DAY, forms, lines, [], shared, people)
    names = {PersonId(number): f"Rater {number}" for number in range(1, 9)}
    return _board(read, make_programme(), {}, names, RATERS)


def both(n: int, one: dict[str, int], other: dict[str, int]):
    return {(who, rater): levels for who in range(10, 10 + n) for rater, levels in ((1, one), (2, other))}


def test_one_rater_alone_has_no_agreement_and_the_reason_is_told():
    found = make_board({(10, 1): {"L1": 3}, (11, 1): {"L1": 2}}, trainers=(1,))
    assert (found.n_performances, found.n_double, found.bearing) == (2, 0, Bearing.COUNTS)
    assert all(one.value is None and one.because for one in found.coefficients.values())
    assert found.need is None
    assert found.proposals == ()
    [rater] = found.raters
    assert rater.severity is None


def test_nobody_rated_anything():
    found = make_board({})
    assert found.share.value is None
    assert found.share.because is not None
    assert found.n_groups == 2
    assert [one.why for one in found.proposals] == ["links"]


@pytest.mark.parametrize(("n", "is_shown"), [(9, False), (10, True)])
def test_below_ten_people_there_is_the_table_of_counts_alone(n, is_shown):
    found = make_board(both(n, {"L1": 3, "L2": 2}, {"L1": 3, "L2": 3}))
    assert found.counts.sum() == 2 * n
    assert (found.coefficients["exact_agreement"].value is not None) is is_shown


def test_when_all_is_one_level_kappa_says_why_not_and_ac1_stands_beside_it():
    found = make_board(both(12, {"L1": 3, "L2": 3}, {"L1": 3, "L2": 3}))
    for name in ("cohen_kappa", "fleiss_kappa", "krippendorff_alpha_ordinal", "icc_1_1"):
        assert found.coefficients[name].value is None
        assert found.coefficients[name].because is not None
    assert found.coefficients["gwet_ac1"].value == 1
    assert found.coefficients["exact_agreement"].value == 1


def test_a_line_that_one_left_out_is_no_disagreement():
    found = make_board(both(12, {"L1": 3, "L2": 1}, {"L1": 3}))
    assert found.coefficients["exact_agreement"].n == 12
    assert found.coefficients["exact_agreement"].value == 1
    assert [one.severity and one.severity.severity.value for one in found.raters] == [0, 0]


def test_lines_of_one_person_widen_the_interval():
    one, other = {f"L{n}": 3 for n in range(8)}, {f"L{n}": 3 for n in range(8)}
    rated = both(12, one, other)
    for who in (10, 11, 12):
        rated[who, 2] = dict.fromkeys(other, 2)
    interval = make_board(rated).coefficients["exact_agreement"].interval
    assert interval is not None
    assert interval.low is not None
    assert interval.high is not None
    # Of 12 people 3 differ on all lines: as wide as 12 people bear, and not as 96 lines would.
    assert interval.high - interval.low > 0.4


def test_raters_whom_nothing_links_are_not_compared():
    rated = both(6, {"L1": 3}, {"L1": 3}) | {(who, rater): {"L1": 2} for who in range(30, 36) for rater in (3, 4)}
    found = make_board(rated, trainers=(1, 2, 3, 4))
    assert found.n_groups == 2
    assert found.proposals[0].why == "links"
    groups = {one.person_id: one.severity.group for one in found.raters if one.severity}
    assert groups[PersonId(1)] == groups[PersonId(2)] != groups[PersonId(3)]
