"""Moodle XML is read type by type with all that belongs to a question, and refused by name where it cannot be."""

from base64 import b64encode
from decimal import Decimal

import pytest

from assessments.exchange.exporting import Exporter
from assessments.exchange.sources import ExchangeFormat
from curriculum.items import GapKind, ItemKind
from tests.assessments.exchange.reading import read, read_one, refusals
from tests.builders import make_item, make_options

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
PNG_64 = b64encode(PNG).decode()


def question(kind, body="", text="Ask?", more=""):
    return (
        f'<question type="{kind}"><name><text>Name</text></name>'
        f'<questiontext format="html"><text><![CDATA[{text}]]></text>{more}</questiontext>{body}</question>'
    )


def quiz(*questions):
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{"".join(questions)}\n</quiz>'


def answer(text, fraction, feedback="", more=""):
    told = f"<feedback><text>{feedback}</text></feedback>" if feedback else ""
    return f'<answer fraction="{fraction}"><text>{text}</text>{told}{more}</answer>'


def moodle(*args, **kwargs):
    return read_one("q.xml", quiz(question(*args, **kwargs)))


def reason(*args, **kwargs):
    (refusal,) = refusals("q.xml", quiz(question(*args, **kwargs)))
    assert refusal.startswith("q.xml:3: question `Name`: ")
    return refusal.removeprefix("q.xml:3: question `Name`: ")


TRUE = answer("true", 100) + answer("false", 0)


def test_choice_of_one_keeps_weights_feedback_points_and_tags():
    body = "<defaultgrade>2.0000000</defaultgrade><single>true</single><idnumber>q 7</idnumber>"
    body += answer("a", 100, "yes") + answer("b", "33.33333") + answer("c", "-50")
    body += "<generalfeedback><text>All.</text></generalfeedback><tags><tag><text>calm</text></tag></tags>"
    item = moodle("multichoice", body)
    assert (item.kind, item.points, item.feedback, item.tags, item.id) == ("single", 2, "All.", ("calm",), "draft-q-7")
    assert [(o.text, o.correct, o.credit, o.rationale) for o in item.options] == [
        ("a", True, None, "yes"),
        ("b", False, Decimal("33.33333"), ""),
        ("c", False, -50, ""),
    ]
    assert item.below_zero


def test_choice_of_several_keeps_the_part_of_each_option():
    body = "<single>false</single>" + answer("a", 50) + answer("b", 50) + answer("c", "-50") + answer("d", 0)
    item = moodle("multichoice", body)
    assert (item.kind, item.partial) == ("multiple", True)
    assert [o.credit for o in item.options] == [50, 50, -50, 0]


def test_all_or_nothing_choice_earns_no_parts():
    item = moodle("multichoiceset", answer("a", 100) + answer("b", 100) + answer("c", 0))
    assert (item.kind, item.partial, [o.credit for o in item.options]) == ("multiple", False, [None] * 3)


def test_feedback_for_right_and_wrong_goes_to_the_options_and_moodles_own_words_go_nowhere():
    body = answer("a", 100, "own") + answer("b", 0) + answer("c", 0)
    body += "<correctfeedback><text>Your answer is correct.</text></correctfeedback>"
    body += "<incorrectfeedback><text>Read on.</text></incorrectfeedback>"
    item = moodle("multichoice", body)
    assert [o.rationale for o in item.options] == ["own", "Read on.", "Read on."]


def test_feedback_for_right_and_wrong_of_other_types_is_told_to_all():
    pairs = "".join(
        f"<subquestion><text>{p}</text><answer><text>{a}</text></answer></subquestion>"
        for p, a in [("a", "1"), ("b", "2")]
    )
    item = moodle("matching", f"{pairs}<incorrectfeedback><text>Read on.</text></incorrectfeedback>")
    assert item.feedback == "When wrong: Read on."


def test_true_and_false_keep_their_feedback():
    item = moodle("truefalse", answer("false", 100, "right") + answer("true", 0, "wrong"))
    assert [(o.text, o.correct, o.rationale) for o in item.options] == [
        ("True", False, "wrong"),
        ("False", True, "right"),
    ]


def test_words_keep_case_weights_and_wildcards():
    body = "<usecase>1</usecase>" + answer("Lis*en", 100) + answer("Wait", 50) + answer("*", 0, "Again.")
    item = moodle("shortanswer", body)
    assert item.case_matters
    assert [(a.text, a.credit, a.rationale) for a in item.answers] == [
        ("Lis*en", 100, ""),
        ("Wait", 50, ""),
        ("*", 0, "Again."),
    ]


def test_numbers_keep_tolerance_and_units():
    units = "".join(
        f"<unit><multiplier>{m}</multiplier><unit_name>{n}</unit_name></unit>"
        for m, n in [(1, "m"), (100, "cm"), (1, "metre")]
    )
    marked = "<unitgradingtype>1</unitgradingtype><unitpenalty>1</unitpenalty>"
    item = moodle("numerical", answer("2.5", 100, "", "<tolerance>0.1</tolerance>") + f"<units>{units}</units>{marked}")
    assert (item.answers[0].value, item.answers[0].tolerance) == (Decimal("2.5"), Decimal("0.1"))
    assert [(u.names, u.factor) for u in item.units] == [(("m", "metre"), 1), (("cm",), Decimal("0.01"))]
    assert item.unit_needed


def test_steps_stand_in_their_order():
    body = answer("second", "2.0") + answer("first", "1.0") + answer("third", "3.0")
    item = moodle("ordering", body + "<gradingtype>ALL_OR_NOTHING</gradingtype>")
    assert ([o.text for o in item.options], item.partial) == (["first", "second", "third"], False)


def test_text_of_ones_own_keeps_what_markers_read():
    item = moodle("essay", "<graderinfo><text>Look for warmth.</text></graderinfo>")
    assert (item.kind, [c.text for c in item.rubric]) == ("extended_text", ["Look for warmth."])


def test_gaps_of_every_kind_are_read():
    text = (
        "<p>Read this.</p><p>A {1:MULTICHOICE:no#why~=yes#because~%50%half}, a {2:SHORTANSWER:=wait~%50%w\\}ait},"
        " a {:NUMERICAL:=23.8:0.1#fine~%50%23.8:2} and {1:SAC:=Ask&amp;go}.</p>"
    )
    item = moodle("cloze", text=text)
    assert (item.stem, item.text) == ("Read this.", "A [[gap-1]], a [[gap-2]], a [[gap-3]] and [[gap-4]].")
    choice, words, number, case = item.gaps
    assert [(o.text, o.correct, o.credit, o.rationale) for o in choice.options] == [
        ("no", False, None, "why"),
        ("yes", True, None, "because"),
        ("half", False, 50, ""),
    ]
    assert (words.weight, [(a.text, a.credit) for a in words.answers]) == (2, [("wait", 100), ("w}ait", 50)])
    assert [(a.value, a.tolerance, a.credit) for a in number.answers] == [
        (Decimal("23.8"), Decimal("0.1"), 100),
        (Decimal("23.8"), 2, 50),
    ]
    assert (case.kind, case.case_matters, case.answers[0].text) == (GapKind.SHORT_TEXT, True, "Ask&go")


def test_gap_that_is_not_whole_is_refused_and_never_shown_as_text():
    text = "A {1:MULTICHOICE} and {1:SHORTANSWER:=b}"
    assert reason("cloze", text=text).startswith("a gap is not whole: `{1:MULTICHOICE} and`;")


def test_points_that_gaps_give_together_there_are_told():
    (note,) = read("q.xml", quiz(question("cloze", text="{3:SA:=a} {1:SA:=b}"))).notes
    assert note.endswith("it is worth 4 points there, as its gaps weigh; 1 here")


def test_picture_is_taken_from_the_folder_that_the_text_names():
    files = "".join(
        f'<file name="p.png" path="/{folder}/" encoding="base64">{b64encode(PNG + folder.encode()).decode()}</file>'
        for folder in "ab"
    )
    for folder in "ab":
        text = f'Look <img src="@@PLUGINFILE@@/{folder}/p.png" alt="It"/>'
        result = read("q.xml", quiz(question("truefalse", TRUE, text, files)))
        assert result.pictures == {"p.png": PNG + folder.encode()}


def test_formula_in_tex_is_told_of():
    (note,) = read("q.xml", quiz(question("truefalse", TRUE, "Is \\(a^2\\) positive?"))).notes
    assert note.endswith("a formula in TeX stays as it is typed")


def test_hints_come_along():
    assert moodle("truefalse", TRUE + "<hint><text>Look <b>up</b>.</text></hint>").hints == ("Look up.",)


def test_category_becomes_a_tag():
    category = '<question type="category"><category><text>$course$/top/Week 1</text></category></question>'
    assert read_one("q.xml", quiz(category, question("truefalse", TRUE))).tags == ("category: Week 1",)


def test_what_a_category_says_of_itself_is_told_to_be_left_out():
    category = "<category><text>top/Calm</text></category><info><text>For week two.</text></info>"
    about = f'<question type="category">{category}</question>'
    result = read("q.xml", quiz(about, question("truefalse", TRUE), about.replace("For week two.", "")))
    assert list(result.notes) == ["q.xml:3: question `Name`: what its category says of itself is left out"]


def test_file_that_is_shown_nowhere_is_told_to_be_left_out():
    file = f'<file name="a.png" encoding="base64">{PNG_64}</file>'
    result = read("q.xml", quiz(question("truefalse", TRUE, "Who?", file)))
    assert result.items[0].media is None
    note = "the file `a.png` came with it and is shown nowhere: it is left out"
    assert list(result.notes) == [f"q.xml:3: question `Name`: {note}"]


def test_picture_of_the_question_comes_along_under_a_safe_name():
    file = f'<file name="my cat.png" path="/" encoding="base64">{PNG_64}</file>'
    text = 'Who? <img src="@@PLUGINFILE@@/my%20cat.png" alt="A cat">'
    result = read("q.xml", quiz(question("truefalse", TRUE, text, file)))
    assert result.items[0].media.model_dump() == {"kind": "image", "file": "my-cat.png", "alt": "A cat"}
    assert result.pictures["my-cat.png"].startswith(b"\x89PNG")


def test_two_pictures_of_one_name_are_both_kept():
    def of(content):
        file = f'<file name="a.png" encoding="base64">{content}</file>'
        return question("truefalse", TRUE, 'Who? <img src="@@PLUGINFILE@@/a.png" alt="It">', file)

    result = read("q.xml", quiz(of(PNG_64), of(PNG_64), of(PNG_64.replace("AAAA", "BBBB", 1))))
    assert len(result.pictures) == 2
    assert len({item.media.file for item in result.items}) == 2


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('<img src="@@PLUGINFILE@@/a.png" alt="It">', "the picture `@@PLUGINFILE@@/a.png` did not come with the file"),
        ('<img src="https://example.org/a.png" alt="It">', "the picture `https://example.org/a.png` did not come"),
        ('<img src="a.png">', "the picture `a.png` has no words for those who cannot see it"),
        ('<img src="a.png" alt="1"><img src="b.png" alt="2">', "it shows 2 pictures"),
        ('<img src="data:image/png;base64,AAAA" alt="It">', "the picture `data:image/png;base64,AAAA` has 3 bytes"),
        ('<img src="data:image/png;base64,@@" alt="It">', "a file in it is damaged"),
        ("<math><mi>x</mi></math>", "it holds a formula (MathML)"),
        ("<iframe src='x'></iframe>", "it holds a frame with another page"),
        ("<video src='x'></video>", "it holds a film"),
        ('<a href="@@PLUGINFILE@@/a.pdf">this</a>', "it links to a file that came with it"),
    ],
)
def test_what_a_text_cannot_say_is_refused_by_name(text, why):
    assert reason("truefalse", TRUE, f"Look: {text}").startswith(why)


@pytest.mark.parametrize(
    ("kind", "body", "why"),
    [
        ("description", "", "a text without a question"),
        ("calculated", "", "a question with numbers drawn anew (calculated)"),
        ("ddwtos", "", "words dragged into a text"),
        ("coderunner", "", "a question of type `coderunner`"),
        ("multichoice", answer("a", 0) + answer("b", 0), "no answer is right"),
        ("multichoice", answer("a", 100) + answer("b", 100), "2 options that each earn everything"),
        (
            "multichoice",
            answer('<![CDATA[<img src="a.png" alt="It">]]>', 100) + answer("b", 0),
            "a picture `a.png` stands",
        ),
        ("truefalse", TRUE + "<defaultgrade>0.5</defaultgrade>", "it is worth 0.5 points"),
        ("truefalse", answer("yes", 100) + answer("no", 0), "the answers ['no', 'yes']"),
        ("numerical", answer("many", 100), "an answer is `many`"),
        ("numerical", answer("1", 100, "", "<tolerance>-1</tolerance>"), "a tolerance is -1"),
        ("shortanswer", answer("5 \\* 3", 100), "an answer has a real `*`"),
        ("essay", "<responsetemplate><text>Dear</text></responsetemplate>", "a text that is begun already"),
        ("essay", "<attachmentsrequired>1</attachmentsrequired>", "it asks for a file"),
        ("cloze", "", "a text without gaps"),
        ("matching", "<subquestion><text>a</text><answer><text>b</text></answer></subquestion>", "1 whole pairs"),
        ("truefalse", TRUE.replace("100", "1e999999999"), "a weight is `1e999999999`"),
    ],
)
def test_question_that_cannot_be_carried_is_refused_with_its_reason(kind, body, why):
    assert reason(kind, body).startswith(why)


def test_gap_with_several_options_is_refused():
    assert reason("cloze", text="A {1:MULTIRESPONSE:=a~=b}").startswith("a gap takes several options")


def test_table_is_written_as_lines_and_a_note_says_so():
    table = (
        "<table><tbody><tr><th>Day</th><th>Group</th></tr>\n<tr><td>Monday</td><td><p>one</p></td></tr></tbody></table>"
    )
    result = read("q.xml", quiz(question("truefalse", TRUE, f"Look: {table}Is it so?")))
    assert result.items[0].stem == "Look:\n\nDay | Group\nMonday | one\n\nIs it so?"
    assert list(result.notes) == ["q.xml:3: question `Name`: a table was written as lines"]


def test_script_is_left_out_and_a_note_says_so():
    result = read(
        "q.xml", quiz(question("truefalse", TRUE, "Hi<script>alert(1)</script> you <b onclick='x()'>there</b>"))
    )
    assert result.items[0].stem == "Hi you there"
    assert list(result.notes) == ["q.xml:3: question `Name`: a script was left out"]


def test_same_note_is_told_once():
    asked = question("shortanswer", answer("a", 100) + "<penalty>0.3333333</penalty>")
    assert list(read("q.xml", quiz(asked, asked)).notes) == [
        "2 questions, the first q.xml:3: question `Name`: "
        "what a further try costs is set by the quiz here, not by the question"
    ]


# ---------------------------------------------------------------- writing


def written(item, pictures=None, **kwargs):
    exporter = Exporter(ExchangeFormat.MOODLE, pictures or {}, **kwargs)
    result = exporter.take([item])
    return exporter.file(result.kept).decode() if result.kept else result.refused[0][1]


def test_picture_goes_out_and_comes_back():
    item = make_item("m1-a-01", media={"kind": "image", "file": "cat.png", "alt": 'A "cat" & <dog>'})
    text = written(item, {"cat.png": PNG})
    result = read("q.xml", text)
    assert (result.items, result.pictures) == ([item], {"cat.png": PNG})


def test_picture_that_is_not_there_is_refused():
    item = make_item(media={"kind": "image", "file": "cat.png", "alt": "A cat"})
    assert written(item).startswith("it shows `cat.png`; expected a picture that is there.")


def test_penalty_is_what_each_wrong_option_costs():
    text = written(make_item(penalty=25, below_zero=True))
    assert text.count('fraction="-25"') == 2
    assert read_one("q.xml", text).penalty == 25


def test_weight_that_moodle_has_not_is_told():
    half, part = (make_item(options=with_credit(credit)) for credit in (50, 45))
    result = Exporter(ExchangeFormat.MOODLE, {}).take([half, part])
    assert [kept.notes for kept in result.kept] == [
        (),
        ("Moodle takes 45 per cent only as the nearest weight it has",),
    ]


def with_credit(credit):
    options = make_options(3, right=(0,))
    return (*options[:2], options[2].model_copy(update={"credit": Decimal(credit)}))


def test_strict_export_refuses_what_others_would_score_otherwise():
    item = make_item(kind=ItemKind.MATCHING)
    assert "<subquestion" in written(item)
    assert written(item, is_strict=True).startswith("scored otherwise by other software: `partial`")


def test_branching_is_refused():
    assert written(make_item(kind=ItemKind.BRANCHING)).startswith("a scenario with branches")


def test_units_go_out_as_moodle_counts_them():
    units = [{"names": ["m"]}, {"names": ["cm"], "factor": "0.01"}]
    text = written(make_item(kind=ItemKind.NUMERIC, units=units))
    assert "<unit><multiplier>100</multiplier><unit_name>cm</unit_name></unit>" in text
