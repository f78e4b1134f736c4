"""Each kind of item: what may be given, when it is whole, and what share of the points it earns."""

from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from assessments.errors import WrongInputError
from assessments.forms import draw_order
from assessments.items import (
    NOTHING,
    Given,
    choice_sizes,
    is_complete,
    right_choice,
    right_given,
    split_order,
    tidy_given,
    walk_gaps,
    walk_path,
)
from assessments.shares import find_number, find_words, gap_share, share_of
from curriculum.items import ItemKind, NumericAnswer, TextAnswer, Unit
from tests.builders import make_item, make_options

MATCHING = make_item(kind=ItemKind.MATCHING)
CLOZE = make_item(kind=ItemKind.CLOZE)
BRANCHING = make_item(kind=ItemKind.BRANCHING)
NUMERIC = make_item(kind=ItemKind.NUMERIC)
SHORT = make_item(kind=ItemKind.SHORT_TEXT)
LONG = make_item(kind=ItemKind.EXTENDED_TEXT)

ALL_KINDS = [make_item(kind=kind) for kind in ItemKind]
every_kind = pytest.mark.parametrize("item", ALL_KINDS, ids=lambda item: item.kind)


def share(item: Any, *chosen: int, text: str = "") -> Fraction:
    return share_of(item, tidy_given(item, chosen, text))


# ---------------------------------------------------------------- every kind


@every_kind
def test_right_response_is_one_that_may_be_given_and_is_whole(item):
    right = right_given(item)
    assert tidy_given(item, right.chosen, right.text) == right
    assert is_complete(item, right)


@every_kind
def test_right_response_earns_everything(item):
    if item.kind is not ItemKind.EXTENDED_TEXT:
        assert share_of(item, right_given(item)) == 1


@every_kind
def test_nothing_given_earns_nothing_and_is_not_whole(item):
    assert not is_complete(item, Given())
    if item.kind is not ItemKind.EXTENDED_TEXT:
        assert share_of(item, Given()) == 0


@every_kind
def test_nothing_may_not_be_given(item):
    with pytest.raises(WrongInputError):
        tidy_given(item, (), "")


@every_kind
def test_order_holds_one_permutation_for_each_list(item):
    order = draw_order(item, Random(3))
    assert [sorted(part) for part in split_order(item, order)] == [list(range(n)) for n in choice_sizes(item)]


# ---------------------------------------------------------------- options


def test_wrong_option_earns_its_own_credit():
    half = make_options(3, right=(0,))[1].model_copy(update={"credit": 50})
    item = make_item(options=(*make_options(1, right=(0,)), half, make_options(3)[2]))
    assert [share(item, n) for n in range(3)] == [1, Fraction(1, 2), 0]


def test_penalty_takes_points_away_only_where_the_item_says_so():
    assert share(make_item(penalty=25, below_zero=True), 1) == Fraction(-1, 4)
    assert share(make_item(penalty=25), 1) == 0


def test_several_options_each_earn_their_part_and_each_wrong_one_takes_one_away():
    item = make_item(kind=ItemKind.MULTIPLE, options=make_options(4, right=(0, 1)), partial=True)
    shares = [share(item, *chosen) for chosen in [(0, 1), (0,), (0, 2), (0, 1, 2), (2, 3)]]
    assert shares == [1, Fraction(1, 2), 0, Fraction(1, 2), 0]


def test_several_options_with_weights_of_thirds_add_up():
    options = [
        option.model_copy(update={"credit": Decimal("33.33333")}) if n < 3 else option
        for n, option in enumerate(make_options(4, right=(0, 1, 2)))
    ]
    item = make_item(kind=ItemKind.MULTIPLE, options=[option.model_dump() for option in options], partial=True)
    assert share(item, 0, 1, 2) == 1
    assert share(item, 0) == Fraction("33.33333") / 100


def test_ordering_earns_for_each_step_that_follows_the_one_before_it():
    item = make_item(kind=ItemKind.ORDERING, options=make_options(4), partial=True)
    shares = [share(item, *chosen) for chosen in [(0, 1, 2, 3), (1, 2, 3, 0), (0, 1), (3, 2, 1, 0)]]
    assert shares == [1, Fraction(2, 3), Fraction(1, 3), 0]


def test_ordering_that_is_not_finished_is_kept_and_is_not_whole():
    item = make_item(kind=ItemKind.ORDERING, options=make_options(3))
    begun = tidy_given(item, (2,))
    assert begun.chosen == (2,)
    assert not is_complete(item, begun)
    assert share_of(item, begun) == 0


# ---------------------------------------------------------------- matching


def test_matching_is_all_or_nothing_unless_it_is_partial():
    assert [share(MATCHING, 0, 1, 2), share(MATCHING, 0, 1, 3)] == [1, 0]
    partial = make_item(kind=ItemKind.MATCHING, partial=True)
    assert share(partial, 0, 1, 3) == Fraction(2, 3)


def test_two_prompts_may_share_an_answer():
    pairs = [{"prompt": f"P{n}", "answer": "same" if n else "other"} for n in range(3)]
    item = make_item(kind=ItemKind.MATCHING, pairs=pairs, extra=["third"])
    assert item.answers == ("other", "same", "third")
    assert right_choice(item) == (0, 1, 1)


def test_matching_is_kept_prompt_by_prompt():
    begun = tidy_given(MATCHING, (NOTHING, 1, NOTHING))
    assert not is_complete(MATCHING, begun)
    for chosen in [(0, 1), (0, 1, 4), (NOTHING, NOTHING, NOTHING)]:
        with pytest.raises(WrongInputError, match="prompt"):
            tidy_given(MATCHING, chosen)


# ---------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        ("10", True),
        ("11", True),
        ("11.01", False),
        ("9,5", True),
        ("١٠", True),
        ("۱۰", True),
        ("10 minutes", True),
        ("-10", False),
        ("1e1", True),
        ("10,0", True),
    ],
)
def test_number_is_read_however_it_is_written(text, is_right):
    assert (share(NUMERIC, text=text) == 1) is is_right


@pytest.mark.parametrize("text", ["ten", "", "5 or 6", "1/2", "½", "9" * 101])
def test_what_is_no_single_number_is_refused_with_what_to_do(text):
    with pytest.raises(WrongInputError, match=r"expected one number\. Write it in figures"):
        tidy_given(NUMERIC, (), text)


def test_comma_may_part_thousands_or_decimals():
    answers = (NumericAnswer(value=1500),)
    assert find_number(answers, (), "1,500", unit_needed=False)
    assert find_number(answers, (), "1 500", unit_needed=False)
    assert find_number((NumericAnswer(value="1.5"),), (), "1,500", unit_needed=False)
    assert not find_number(answers, (), "1,50", unit_needed=False)


UNITS = (Unit(names=("minutes", "min")), Unit(names=("hours", "h"), factor=60))


@pytest.mark.parametrize(
    ("text", "needed", "is_right"),
    [
        ("90 min", True, True),
        ("1.5 hours", True, True),
        ("1,5H", True, True),
        ("90", True, False),
        ("90", False, True),
        ("90 seconds", False, False),
    ],
)
def test_unit_turns_the_number_into_that_of_the_answers(text, needed, is_right):
    found = find_number((NumericAnswer(value=90),), UNITS, text, unit_needed=needed)
    assert (found is not None) is is_right


def test_narrow_answer_earns_more_than_a_wide_one():
    item = make_item(kind=ItemKind.NUMERIC, answers=[{"value": 10}, {"value": 10, "tolerance": 5, "credit": 50}])
    assert [share(item, text=text) for text in ("10", "13", "16")] == [1, Fraction(1, 2), 0]


# ---------------------------------------------------------------- words


@pytest.mark.parametrize("text", ["listen", "  LISTEN. ", "“Listen!”", "lis\u00adten", "ｌｉｓｔｅｎ"])
def test_words_are_right_whatever_their_case_and_space(text):
    assert share(SHORT, text=text) == 1


@pytest.mark.parametrize(
    ("answer", "typed"),
    [
        ("كتاب", "کتاب"),
        ("علي", "على"),
        ("أهلا وسهلا", "اهلاً   وَسهلا"),
        ("مدرسة", "مدرسه"),
        ("می\u200cروم", "می روم"),
        ("سلام", "\u202bسلام\u202c"),
        ("محمد", "محـــمد"),
        ("Straße", "STRASSE"),
        ("don't", "don’t"),
    ],
)
def test_letters_that_keyboards_write_differently_count_as_one(answer, typed):
    assert find_words((TextAnswer(text=answer),), typed, case_matters=False)


def test_accents_of_latin_letters_count():
    assert not find_words((TextAnswer(text="año"),), "ano", case_matters=False)


def test_case_counts_where_the_item_says_so():
    assert not find_words((TextAnswer(text="May"),), "may", case_matters=True)
    assert find_words((TextAnswer(text="May"),), " May ", case_matters=True)


def test_star_stands_for_any_words():
    answers = (TextAnswer(text="*listen*first*"), TextAnswer(text="listen", credit=50))
    item = make_item(kind=ItemKind.SHORT_TEXT, answers=[answer.model_dump() for answer in answers])
    assert [share(item, text=text) for text in ("I listen, at first.", "listen", "first listen")] == [
        1,
        Fraction(1, 2),
        0,
    ]


def test_words_keep_their_signs_and_lose_their_lines():
    assert tidy_given(SHORT, (), "  Listen,\n and\twait. ").text == "Listen, and wait."
    with pytest.raises(WrongInputError, match="1 to 100"):
        tidy_given(SHORT, (), "a" * 101)


def test_long_text_has_its_own_limit():
    with pytest.raises(WrongInputError, match="501 characters; expected 1 to 500"):
        tidy_given(LONG, (), "a" * 501)
    assert tidy_given(LONG, (), " Two\nlines. ").text == "Two\nlines."


# ---------------------------------------------------------------- gaps


def test_cloze_is_all_or_nothing_unless_it_is_partial():
    half = ((0, NOTHING, NOTHING), "\nwait\n3")
    assert share(CLOZE, *half[0], text=half[1]) == 0
    assert share(make_item(kind=ItemKind.CLOZE, partial=True), *half[0], text=half[1]) == Fraction(2, 3)


def test_gap_earns_by_its_weight():
    gaps = [gap.model_dump() | {"weight": 2 if n == 0 else 1} for n, gap in enumerate(CLOZE.gaps)]
    item = make_item(kind=ItemKind.CLOZE, gaps=gaps, partial=True)
    assert share(item, 0, NOTHING, NOTHING, text="") == Fraction(1, 2)


def test_cloze_is_kept_gap_by_gap():
    begun = tidy_given(CLOZE, (NOTHING, NOTHING, NOTHING), "\nwait\n")
    assert not is_complete(CLOZE, begun)
    assert [filled.is_filled for filled in walk_gaps(CLOZE, begun)] == [False, True, False]
    assert [gap_share(filled) for filled in walk_gaps(CLOZE, begun)] == [0, 1, 0]


@pytest.mark.parametrize(
    ("chosen", "text"),
    [
        ((0,), ""),
        ((0, NOTHING, NOTHING), "wait"),
        ((2, NOTHING, NOTHING), ""),
        ((NOTHING, 0, NOTHING), ""),
        ((NOTHING, NOTHING, NOTHING), ""),
        ((0, NOTHING, NOTHING), "\n\nmany"),
        ((0, NOTHING, NOTHING), f"\n{'a' * 101}\n"),
    ],
)
def test_what_does_not_fit_the_gaps_is_refused(chosen, text):
    with pytest.raises(WrongInputError):
        tidy_given(CLOZE, chosen, text)


# ---------------------------------------------------------------- scenarios


def test_path_earns_what_its_ending_says():
    assert [share(BRANCHING, *path) for path in [(0, 0), (0, 1), (1,), (0,)]] == [1, Fraction(1, 2), 0, 0]


def test_path_that_has_not_ended_is_kept_and_is_not_whole():
    assert [is_complete(BRANCHING, Given(path)) for path in [(0,), (0, 1), (1,)]] == [False, True, True]


def test_path_is_walked_turn_by_turn():
    steps = list(walk_path(BRANCHING, (0,)))
    assert [(step.turn.id, step.move.then if step.move else None) for step in steps] == [
        ("start", "She goes on."),
        ("on", None),
    ]


@pytest.mark.parametrize("path", [(2,), (-1,), (1, 0), (0, 0, 0)])
def test_move_that_a_turn_does_not_offer_is_refused(path):
    with pytest.raises(WrongInputError, match="a move that this turn offers"):
        tidy_given(BRANCHING, path)


def test_best_path_is_found_through_the_tree():
    assert right_choice(BRANCHING) == (0, 0)
