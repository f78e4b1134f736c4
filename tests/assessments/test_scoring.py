from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.corrections import tidy_correction
from assessments.errors import WrongInputError
from assessments.facts import KeyCorrection, KeyTreatment
from assessments.items import Given, right_given, tidy_choice, tidy_given
from assessments.scoring import FormScore, Knowledge, Rules, Scorer, has_passed, rules_of, score_form
from assessments.shares import share_of
from curriculum.blueprints import Certainty
from curriculum.ids import ItemId
from curriculum.items import Item, ItemKind, Pool
from people.ids import new_fact_id
from people.models import NOBODY, PersonId
from tests.builders import (
    NOW,
    PROGRAMME,
    THEME,
    make_attempt,
    make_blueprint,
    make_item,
    make_options,
    make_started,
)

MULTIPLE = make_item(kind=ItemKind.MULTIPLE, options=make_options(4, right=(0, 2)))
ORDERING = make_item(kind=ItemKind.ORDERING, options=make_options(3))
TRUE_FALSE = make_item(kind=ItemKind.TRUE_FALSE, options=make_options(2, right=(1,)))


def share(item, chosen):
    return share_of(item, Given(tuple(chosen)))


def test_right_single_choice_gets_all_points():
    assert share(make_item(points=3), (0,)) == 1


def test_wrong_single_choice_gets_nothing():
    assert share(make_item(points=3), (1,)) == 0


def test_unanswered_item_gets_nothing():
    assert share(make_item(), ()) == 0


def test_multiple_needs_exactly_the_right_options():
    assert [share(MULTIPLE, c) for c in [(0, 2), (0,), (0, 1, 2), (1, 3)]] == [1, 0, 0, 0]


def test_multiple_without_a_right_option_is_not_right_when_unanswered():
    assert share(make_item(kind=ItemKind.MULTIPLE, options=make_options(3)), ()) == 0


def test_true_false_is_scored_like_a_single_choice():
    assert (share(TRUE_FALSE, (1,)), share(TRUE_FALSE, (0,))) == (1, 0)


def test_ordering_is_right_only_in_the_order_as_written():
    assert [share(ORDERING, c) for c in [(0, 1, 2), (0, 2, 1)]] == [1, 0]


def test_rest_points_leave_the_item_itself_out():
    items = [make_item("a", points=2), make_item("b", points=3), make_item("c")]
    score = score_form(items, {0: Given((0,)), 1: Given((0,))})
    assert [(item.points, item.rest_points) for item in score.items] == [(2, 3), (3, 2), (0, 5)]


def test_unanswered_critical_item_is_missed():
    score = score_form([make_item("a", critical=THEME), make_item("b", critical=THEME)], {0: Given((0,))})
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
        (ORDERING, ()),
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


FULL_POINTS, LEFT_OUT, NEW_KEY, ALSO_RIGHT = (
    KeyTreatment.FULL_POINTS,
    KeyTreatment.LEFT_OUT,
    KeyTreatment.NEW_KEY,
    KeyTreatment.ALSO_RIGHT,
)


def make_correction(treatment: KeyTreatment, **changes: Any) -> KeyCorrection:
    base: dict[str, Any] = {
        "fact_id": new_fact_id(),
        "person_id": NOBODY,
        "actor_id": PersonId(5),
        "occurred_at": NOW,
        "programme_id": PROGRAMME,
        "version_no": 1,
        "item_id": ItemId("i-1"),
        "treatment": treatment,
        "reason": "wrong_key",
    }
    return KeyCorrection(**base | changes)


def score_one(item: Item, given: Given, rules: Rules | None = None, **known: Any) -> FormScore:
    return score_form([item], {0: given}, rules, Knowledge(**known))


# ---------------------------------------------------------------- whole points and hundredths


def test_points_are_whole_where_every_item_gives_all_or_none():
    score = score_one(make_item(points=3), Given((0,)))
    assert (score.score, score.max_score, score.per_point) == (3, 3, 1)


def test_points_are_hundredths_where_an_item_can_give_a_part():
    item = make_item(kind=ItemKind.MATCHING, partial=True)
    score = score_form([item, make_item("b")], {0: Given((0, 1, 3)), 1: Given((0,))})
    assert (score.score, score.max_score, score.per_point) == (167, 200, 100)
    assert [one.is_right for one in score.items] == [False, True]


def test_thirds_add_up_to_everything():
    item = make_item(kind=ItemKind.MATCHING, partial=True)
    assert score_one(item, Given((0, 1, 2))).score == 100


def test_form_is_never_below_nothing_though_an_item_is():
    item = make_item(penalty=50, below_zero=True)
    score = score_form([item, make_item("b")], {0: Given((1,)), 1: Given((1,))})
    assert [one.points for one in score.items] == [-50, 0]
    assert score.score == 0


# ---------------------------------------------------------------- rules of the quiz


@pytest.mark.parametrize(("certainty", "right", "wrong"), [(None, 33, 0), (1, 33, 0), (2, 67, -67), (3, 100, -200)])
def test_certainty_marks_are_one_two_three_and_nothing_minus_two_minus_six(certainty, right, wrong):
    rules = Rules(has_marks_for_certainty=True)
    assert score_one(make_item(), Given((0,), certainty=certainty), rules).items[0].points == right
    assert score_one(make_item(), Given((1,), certainty=certainty), rules).items[0].points == wrong


def test_right_is_right_however_unsure():
    score = score_one(make_item(critical=THEME), Given((0,), certainty=1), Rules(has_marks_for_certainty=True))
    assert score.critical_missed == 0


def test_unanswered_item_costs_nothing_under_certainty_marks():
    assert score_one(make_item(), Given(), Rules(has_marks_for_certainty=True)).items[0].points == 0


def test_certainty_changes_no_points_by_default():
    assert score_one(make_item(), Given((0,), certainty=1)).score == 1


def test_each_further_try_costs_its_part():
    points = [score_one(make_item(), Given((0,), tries_before=n), Rules(try_penalty=40)).score for n in range(4)]
    assert points == [100, 60, 20, 0]


def test_critical_item_has_to_be_right_at_the_first_try():
    score = score_one(make_item(critical=THEME), Given((0,), tries_before=1), Rules(try_penalty=10))
    assert score.critical_missed == 1


def test_rules_of_practice_never_take_certainty_into_account():
    blueprint = make_blueprint(certainty=Certainty.MARKS)
    assert rules_of(blueprint, Pool.COUNTING).has_marks_for_certainty
    assert not rules_of(blueprint, Pool.PRACTICE).has_marks_for_certainty


# ---------------------------------------------------------------- texts


def test_text_counts_nothing_until_it_is_marked():
    item = make_item(kind=ItemKind.EXTENDED_TEXT, points=4)
    waiting = score_one(item, Given(text="I hear you."))
    assert (waiting.score, waiting.max_score, waiting.n_unmarked) == (0, 400, 1)
    marked = score_one(item, Given(text="I hear you."), marks={0: Fraction(2, 3)})
    assert (marked.score, marked.n_unmarked) == (267, 0)


def test_text_that_was_not_written_waits_for_nobody():
    assert score_one(make_item(kind=ItemKind.EXTENDED_TEXT), Given()).n_unmarked == 0


def test_text_in_practice_counts_nothing_at_all():
    score = score_one(make_item(kind=ItemKind.EXTENDED_TEXT), Given(text="I hear you."), Rules(has_markers=False))
    assert (score.score, score.max_score, score.n_unmarked) == (0, 0, 0)


# ---------------------------------------------------------------- corrected keys


def test_new_key_makes_another_option_right():
    keys = {ItemId("i-1"): make_correction(NEW_KEY, chosen=(1,))}
    points = [score_one(make_item(), Given((n,)), corrections=keys).score for n in range(3)]
    assert points == [0, 1, 0]


def test_one_more_option_is_right():
    keys = {ItemId("i-1"): make_correction(ALSO_RIGHT, chosen=(2,))}
    points = [score_one(make_item(), Given((n,)), corrections=keys).score for n in range(3)]
    assert points == [1, 0, 1]


def test_more_words_and_numbers_are_right():
    words = make_item(kind=ItemKind.SHORT_TEXT)
    keys = {ItemId("i-1"): make_correction(ALSO_RIGHT, accepts="hear them out")}
    assert score_one(words, Given(text="Hear them out!"), corrections=keys).score == 1
    number = make_item(kind=ItemKind.NUMERIC)
    keys = {ItemId("i-1"): make_correction(ALSO_RIGHT, accepts="20")}
    assert [score_one(number, Given(text=t), corrections=keys).score for t in ("20", "10", "15")] == [1, 1, 0]


def test_everybody_gets_the_points_also_who_gave_no_answer():
    keys = {ItemId("i-1"): make_correction(FULL_POINTS)}
    score = score_one(make_item(critical=THEME), Given(), corrections=keys)
    assert (score.score, score.critical_missed) == (1, 0)


def test_item_that_is_left_out_counts_for_nobody():
    keys = {ItemId("i-1"): make_correction(LEFT_OUT)}
    score = score_form([make_item(critical=THEME), make_item("b")], {1: Given((0,))}, None, Knowledge(keys))
    assert (score.score, score.max_score, score.critical_total) == (1, 1, 0)


@pytest.mark.parametrize(
    ("kind", "treatment", "chosen", "accepts"),
    [
        (ItemKind.SINGLE, NEW_KEY, (0,), ""),
        (ItemKind.SINGLE, NEW_KEY, (7,), ""),
        (ItemKind.SINGLE, ALSO_RIGHT, (), ""),
        (ItemKind.NUMERIC, ALSO_RIGHT, (), "many"),
        (ItemKind.SHORT_TEXT, ALSO_RIGHT, (), " "),
        (ItemKind.MATCHING, NEW_KEY, (0, 1, 2), ""),
        (ItemKind.EXTENDED_TEXT, NEW_KEY, (), "a"),
    ],
)
def test_correction_that_does_not_fit_is_refused(kind, treatment, chosen, accepts):
    with pytest.raises(WrongInputError, match=r"Item `i-1`.*expected"):
        tidy_correction(make_item(kind=kind), treatment, chosen, accepts)


# ---------------------------------------------------------------- for all forms

KINDS = list(ItemKind)


@st.composite
def _items(draw: st.DrawFn) -> Item:
    kind = draw(st.sampled_from(KINDS))
    changes: dict[str, Any] = {"points": draw(st.integers(1, 10))}
    if kind in {ItemKind.MULTIPLE, ItemKind.ORDERING}:
        changes["options"] = make_options(draw(st.integers(2, 5)), (0,))
    if kind in {ItemKind.MULTIPLE, ItemKind.ORDERING, ItemKind.MATCHING, ItemKind.CLOZE}:
        changes["partial"] = draw(st.booleans())
    if kind is not ItemKind.EXTENDED_TEXT and draw(st.booleans()):
        changes |= {"penalty": draw(st.integers(0, 100)), "below_zero": True}
    return make_item(f"i-{draw(st.uuids())}", kind=kind, **changes)


@st.composite
def _given_to(draw: st.DrawFn, item: Item) -> Given:
    """Something that may be given to an item: right, wrong or half of it."""
    right = right_given(item)
    chosen = tuple(draw(st.lists(st.integers(-1, 4), max_size=5)))
    text = draw(st.sampled_from(["", "listen", "10", "12 hours", "\nwait\n2", "لا"]))
    try:
        wild = tidy_given(item, chosen, text)
    except WrongInputError:
        wild = Given()
    return draw(st.sampled_from([right, wild, Given()]))


@given(st.lists(_items(), max_size=6), st.data())
def test_score_stays_between_nothing_and_all(items: list[Item], data: st.DataObject):
    score = score_form(items, {position: data.draw(_given_to(item)) for position, item in enumerate(items)})
    assert 0 <= score.score <= score.max_score
    total = sum(one.points for one in score.items)
    assert all(one.points + one.rest_points == total for one in score.items)
    assert all(one.points <= one.max_points for one in score.items)


@given(st.lists(_items(), max_size=6))
def test_all_right_is_the_highest_score(items: list[Item]):
    given_all = {position: right_given(item) for position, item in enumerate(items)}
    marks = {position: Fraction(1) for position in range(len(items))}
    score = score_form(items, given_all, None, Knowledge(marks=marks))
    assert score.score == score.max_score
    assert all(one.is_right for one in score.items)


@given(st.lists(_items(), max_size=6), st.data())
def test_a_scorer_of_many_forms_says_what_each_form_alone_says(items: list[Item], data: st.DataObject):
    each = [item.model_copy(update={"id": ItemId(f"m1-{number}")}) for number, item in enumerate(items)]
    forms = [{place: data.draw(_given_to(item)) for place, item in enumerate(each)} for _ in range(2)]
    scorer = Scorer()
    for form in [*forms, *forms]:
        assert scorer.score(each, form) == score_form(each, form)
