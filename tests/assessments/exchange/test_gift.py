"""GIFT is read as its documentation says; what it cannot say is refused on the way out."""

from decimal import Decimal

import pytest

from assessments.exchange.exporting import Exporter
from assessments.exchange.sources import ExchangeFormat
from curriculum.items import ItemKind
from tests.assessments.exchange.reading import read, read_one, refusals
from tests.builders import make_item


def gift(text, **settings):
    return read_one("quiz.gift", text, **settings)


def written(item):
    exporter = Exporter(ExchangeFormat.GIFT, {})
    result = exporter.take([item])
    return exporter.file(result.kept).decode() if result.kept else result.refused[0][1]


def test_title_tags_id_and_category_come_with_the_question():
    item = gift(
        "$CATEGORY: $course$/top/Week 1/Listening\n\n// [id:q 7] [tag:calm] [tag:a \\] b]\n::Opening:: Ask?{T}\n"
    )
    assert item.id == "draft-q-7"
    assert item.title == "Opening"
    assert item.tags == ("calm", "a ] b", "category: Week 1/Listening")


def test_category_holds_until_the_next():
    items = read("quiz.gift", "$CATEGORY: a\nOne?{T}\n\nTwo?{T}\n\n$CATEGORY: b\n\nThree?{T}\n").items
    assert [item.tags for item in items] == [("category: a",), ("category: a",), ("category: b",)]


def test_comment_in_the_midst_of_a_question_is_no_part_of_it():
    item = gift("Who?{\n// the next is wrong\n~me\n=you\n~they\n}")
    assert [option.text for option in item.options] == ["me", "you", "they"]


def test_empty_line_inside_braces_does_not_end_the_question():
    items = read("quiz.gift", "Who?{\n~me\n\n=you\n\n~they\n}\n\nNext?{F}").items
    assert [item.kind for item in items] == [ItemKind.SINGLE, ItemKind.TRUE_FALSE]


def test_question_that_is_never_closed_spoils_no_other():
    result = read("quiz.gift", "First?{T}\n\nBroken?{~a =b\n\nLast?{F}\n")
    assert [item.stem for item in result.items] == ["First?", "Last?"]
    assert [(each.where, each.reason) for each in result.refused] == [
        (
            "quiz.gift:3: question `Broken?{~a =b`",
            "its answers are never closed; expected a `}`. Write `}` after the last answer.",
        )
    ]


def test_every_escaped_sign_is_the_sign():
    item = gift(r"A \{ b \} \~ \= \# \: \\ c?{=d\=e ~f\~g#h\#i ~j\:\:k}")
    assert item.stem == "A { b } ~ = # : \\ c?"
    assert [(o.text, o.rationale) for o in item.options] == [("d=e", ""), ("f~g", "h#i"), ("j::k", "")]


def test_escaped_n_is_a_new_line():
    assert gift(r"One\n\nTwo?{T}").stem == "One\n\nTwo?"


def test_answer_in_the_midst_of_a_question_leaves_a_gap():
    assert gift("Two plus {=two =2} equals four.").stem == "Two plus _____ equals four."


def test_part_of_the_points_and_feedback_belong_to_each_answer():
    item = gift("Who?{=a#yes ~%50%b#half ~%-25%c#no ~d####For all}")
    assert [o.credit for o in item.options] == [None, 50, -25, None]
    assert [o.rationale for o in item.options] == ["yes", "half", "no", ""]
    assert (item.below_zero, item.feedback) == (True, "For all")


def test_thirds_that_were_rounded_are_thirds():
    item = gift("Which?{~%33%a ~%33%b ~%33%c ~%-50%d}")
    assert [o.credit for o in item.options] == [*[Decimal("33.33333")] * 3, -50]
    assert item.partial


def test_weights_that_do_not_add_up_are_refused():
    assert refusals("q.gift", "Which?{~%50%a ~%30%b ~c}") == [
        "q.gift:1: question `Which?`: the right options earn 80 per cent in all; expected 100. "
        "Change the weights in the file."
    ]


def test_several_right_answers_all_have_to_be_chosen_and_a_note_says_so():
    result = read("q.gift", "Which?{=a =b ~c}")
    assert [o.credit for o in result.items[0].options] == [50, 50, 0]
    assert list(result.notes) == [
        "q.gift:1: question `Which?`: 2 options are marked as right: all of them have to be chosen"
    ]


@pytest.mark.parametrize("answer", ["T", "TRUE", "true"])
def test_first_feedback_is_for_who_says_true(answer):
    item = gift(f"Yes?{{{answer}#said true#said false}}")
    assert [o.rationale for o in item.options] == ["said true", "said false"]


def test_feedback_of_a_file_of_moodles_begins_with_that_for_a_wrong_answer():
    item = gift("// question: 7  name: Yes\n::Yes::Yes?{TRUE#wrong#right}")
    assert [o.rationale for o in item.options] == ["right", "wrong"]


def test_numbers_have_a_tolerance_a_range_or_neither():
    item = gift("How many?{#\n=2:0.5#near\n=%50%1..4#so so\n=%25%9\n~#far off}")
    assert [(a.value, a.tolerance, a.credit) for a in item.answers] == [
        (2, Decimal("0.5"), 100),
        (Decimal("2.5"), Decimal("1.5"), 50),
        (9, 0, 25),
        (2, 10**15, 0),
    ]
    assert item.answers[-1].rationale == "far off"


def test_words_for_all_other_answers_stay_with_them():
    item = gift("Which?{=listen =%50%wait =%0%*#Think again.}")
    assert [(a.text, a.credit) for a in item.answers] == [("listen", 100), ("wait", 50), ("*", 0)]


def test_pairs_may_have_answers_to_spare():
    item = gift("Match.{=cat -> meow =dog -> woof = -> moo}")
    assert [(p.prompt, p.answer) for p in item.pairs] == [("cat", "meow"), ("dog", "woof")]
    assert (item.extra, item.partial) == (("moo",), True)


def test_empty_braces_ask_for_a_text():
    item = gift("Tell us.{####Thank you.}")
    assert (item.kind, item.feedback) == (ItemKind.EXTENDED_TEXT, "Thank you.")


def test_format_of_the_question_holds_for_its_answers():
    item = gift("[html]<p>Who is <b>here</b>?</p>{=<i>me</i>#a&amp;b ~[plain]<i>you</i> ~[markdown]*they*}")
    assert item.stem == "Who is here?"
    assert [(o.text, o.rationale) for o in item.options] == [("me", "a&b"), ("<i>you</i>", ""), ("they", "")]


def test_picture_is_refused_by_name():
    assert "the picture `cat.png`" in refusals("q.gift", '[html]<img src\\="cat.png">Who?{T}')[0]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Only words.", "a text without a question"),
        ("::Name only{T}", "its title is never closed"),
        ("Who?{me}", "`me` stands before the first answer"),
        ("Who?{~me ~you}", "no answer is right"),
        ("Who?{=a ~b} and {=c ~d}", "two sets of answers in braces"),
        ("::One::Who?{T}\n::Two::Where?{F}", "another question begins right behind it; expected an empty line between"),
        ("How many?{#many}", "an answer is `many`"),
        ("Match.{=cat -> meow}", "1 whole pairs"),
        ("{T}", "no question before the answers"),
        ("Who?{=a ~%200%b ~c}", "a weight is 200 per cent"),
        ("Which?{=5 \\\\* 3}", "an answer has a real `*`"),
        ("How many?{#NaN}", "an answer is `NaN`"),
        ("How many?{#1e999999999}", "an answer is `1e999999999`"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(text, reason):
    (refusal,) = refusals("q.gift", text)
    assert refusal.split(": ", 2)[2].startswith(reason) or reason in refusal


def test_what_is_written_says_the_same_to_moodle():
    item = make_item("m1-a-01", title="Opening", feedback="All: {done}", tags=["calm"])
    assert written(item) == (
        "// question: 0  name: m1-a-01\n// [id:m1-a-01] [tag:calm]\n"
        '// practicum {"id":"m1-a-01","section":"M1.1","competency":"D1.1"}\n'
        "::Opening::[plain]What do you say?{\n\t=Option 0#Because 0.\n\t~Option 1#Because 1.\n\t~Option 2#Because 2.\n"
        "####All\\: \\{done\\}}\n"
    )


def test_true_is_written_with_the_feedback_for_a_wrong_answer_first():
    options = [{"text": "True", "correct": True, "rationale": "Yes."}, {"text": "False", "rationale": "No."}]
    assert "{TRUE#No.#Yes.}" in written(make_item(kind=ItemKind.TRUE_FALSE, options=options))


@pytest.mark.parametrize("kind", [ItemKind.ORDERING, ItemKind.CLOZE, ItemKind.BRANCHING])
def test_kinds_that_gift_has_not_are_refused(kind):
    options = [{"text": f"Step {i}"} for i in range(3)] if kind is ItemKind.ORDERING else None
    item = make_item(kind=kind, **({"options": options} if options else {}))
    assert written(item).startswith(f"the kind `{kind}`; expected one that GIFT has.")


def test_words_that_would_be_read_as_pairs_are_refused():
    answers = [{"text": "a -> b"}, {"text": "c -> d"}]
    assert "would not come back from gift" in written(make_item(kind=ItemKind.SHORT_TEXT, answers=answers))
