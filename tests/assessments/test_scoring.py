import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.errors import WrongInputError
from assessments.items import right_choice, tidy_choice
from assessments.scoring import has_passed, score_form, score_item
from curriculum.models import Item, ItemKind
from tests.builders import THEME, make_attempt, make_item, make_options, make_started

MULTIPLE = make_item(kind=ItemKind.MULTIPLE, options=make_options(4, right=(0, 2)))
ORDERING = make_item(kind=ItemKind.ORDERING, options=make_options(3))
TRUE_FALSE = make_item(kind=ItemKind.TRUE_FALSE, options=make_options(2, right=(1,)))


def test_right_single_choice_gets_all_points():
    assert score_item(make_item(points=3), (0,)) == 3


def test_wrong_single_choice_gets_nothing():
    assert score_item(make_item(points=3), (1,)) == 0


def test_unanswered_item_gets_nothing():
    assert score_item(make_item(), ()) == 0


def test_multiple_needs_exactly_the_right_options():
    assert [score_item(MULTIPLE, c) for c in [(0, 2), (0,), (0, 1, 2), (1, 3)]] == [1, 0, 0, 0]


def test_multiple_without_a_right_option_is_not_right_when_unanswered():
    assert score_item(make_item(kind=ItemKind.MULTIPLE, options=make_options(3)), ()) == 0


def test_true_false_is_scored_like_a_single_choice():
    assert (score_item(TRUE_FALSE, (1,)), score_item(TRUE_FALSE, (0,))) == (1, 0)


def test_ordering_is_right_only_in_the_order_as_written():
    assert [score_item(ORDERING, c) for c in [(0, 1, 2), (0, 2, 1)]] == [1, 0]


def test_rest_points_leave_the_item_itself_out():
    score = score_form([make_item("a", points=2), make_item("b", points=3), make_item("c")], {0: (0,), 1: (0,)})
    assert [(item.points, item.rest_points) for item in score.items] == [(2, 3), (3, 2), (0, 5)]


def test_unanswered_critical_item_is_missed():
    score = score_form([make_item("a", critical=THEME), make_item("b", critical=THEME)], {0: (0,)})
    assert (score.critical_total, score.critical_missed) == (2, 1)


def test_pass_mark_is_reached_exactly():
    assert has_passed(make_attempt(make_started(), 8))
    assert not has_passed(make_attempt(make_started(), 7))


def test_ninety_five_per_cent_with_a_critical_item_wrong_is_no_pass():
    assert not has_passed(make_attempt(make_started(), 95, max_score=100, critical_missed=1))


def test_form_without_points_is_no_pass():
    assert not has_passed(make_attempt(make_started(), 0, max_score=0))


@pytest.mark.parametrize(
    ("item", "chosen"),
    [
        (make_item(), ()),
        (make_item(), (0, 1)),
        (make_item(), (3,)),
        (make_item(), (-1,)),
        (MULTIPLE, ()),
        (MULTIPLE, (1, 1)),
        (TRUE_FALSE, (2,)),
        (ORDERING, (0, 1)),
        (ORDERING, (0, 1, 1)),
    ],
)
def test_choice_that_does_not_fit_the_kind_is_refused(item: Item, chosen: tuple[int, ...]):
    with pytest.raises(WrongInputError, match=r"Item `i-1`.*expected"):
        tidy_choice(item, chosen)


def test_choice_of_a_multiple_is_kept_in_order():
    assert tidy_choice(MULTIPLE, [2, 0]) == (0, 2)


def test_choice_of_an_ordering_is_kept_as_given():
    assert tidy_choice(ORDERING, [2, 0, 1]) == (2, 0, 1)


@st.composite
def _items(draw: st.DrawFn) -> Item:
    kind = draw(st.sampled_from([ItemKind.SINGLE, ItemKind.MULTIPLE, ItemKind.ORDERING]))
    n = draw(st.integers(2, 5))
    right = draw(st.sets(st.integers(0, n - 1), min_size=1)) if kind == ItemKind.MULTIPLE else {0}
    points = draw(st.integers(1, 10))
    return make_item(f"i-{draw(st.uuids())}", kind=kind, options=make_options(n, tuple(right)), points=points)


@given(st.lists(_items(), max_size=6), st.data())
def test_score_stays_between_nothing_and_all(items: list[Item], data: st.DataObject):
    choices = {
        position: tuple(data.draw(st.lists(st.integers(0, len(item.options) - 1), max_size=5)))
        for position, item in enumerate(items)
    }
    score = score_form(items, choices)
    assert 0 <= score.score <= score.max_score
    assert all(one.points + one.rest_points == score.score for one in score.items)


@given(st.lists(_items(), max_size=6))
def test_all_right_is_the_highest_score(items: list[Item]):
    score = score_form(items, {position: right_choice(item) for position, item in enumerate(items)})
    assert score.score == score.max_score
