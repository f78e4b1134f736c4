"""QTI 3.0 items are read with the rules of the standard, and refused by name where they cannot be carried."""

from decimal import Decimal

import pytest

from assessments.exchange.exporting import Exporter
from assessments.exchange.sources import ExchangeFormat
from curriculum.items import ItemKind
from tests.assessments.exchange.reading import read, read_one, refusals
from tests.builders import make_item

NAMESPACE = 'xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0"'
MATCH = '<qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"/>'
MAP = '<qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/map_response.xml"/>'


def document(body, declared="", processing="", after="", attributes=""):
    return (
        f'<qti-assessment-item {NAMESPACE} identifier="i7" title="Name" {attributes}>{declared}'
        f"<qti-item-body>{body}</qti-item-body>{processing}{after}</qti-assessment-item>"
    )


def response(cardinality, base, *correct, mapping="", name="RESPONSE"):
    values = "".join(f"<qti-value>{value}</qti-value>" for value in correct)
    right = f"<qti-correct-response>{values}</qti-correct-response>" if correct else ""
    return (
        f'<qti-response-declaration identifier="{name}" cardinality="{cardinality}" base-type="{base}">'
        f"{right}{mapping}</qti-response-declaration>"
    )


def mapping(entries, bounds=""):
    rows = "".join(f'<qti-map-entry map-key="{key}" mapped-value="{value}"/>' for key, value in entries.items())
    return f"<qti-mapping {bounds}>{rows}</qti-mapping>"


def choices(*texts, tag="qti-simple-choice"):
    return "".join(f'<{tag} identifier="{chr(65 + i)}">{text}</{tag}>' for i, text in enumerate(texts))


def interaction(kind, inner, name="RESPONSE", attributes=""):
    return f'<qti-{kind}-interaction response-identifier="{name}" {attributes}>{inner}</qti-{kind}-interaction>'


def qti(*args, **kwargs):
    return read_one("item.xml", document(*args, **kwargs))


def reason(*args, **kwargs):
    (refusal,) = refusals("item.xml", document(*args, **kwargs))
    return refusal.removeprefix("item.xml:1: question `Name`: ")


ABC = choices("a", "b", "c")
SIMPLE = interaction("choice", f"<qti-prompt>Which?</qti-prompt>{ABC}", attributes='max-choices="1"')
ONE = response("single", "identifier", "B")
SEVERAL = interaction("choice", f"<qti-prompt>Which?</qti-prompt>{ABC}", attributes='max-choices="0"')


def test_choice_of_one_is_the_correct_response():
    item = qti(f"<p>Read <b>this</b>.</p>{SIMPLE}", ONE, MATCH)
    assert (item.id, item.title, item.kind, item.stem) == ("draft-i7", "Name", "single", "Read this.\n\nWhich?")
    assert [o.correct for o in item.options] == [False, True, False]


def test_choice_of_several_is_right_as_a_whole_or_by_its_mapping():
    asked = interaction("choice", f"<qti-prompt>Which?</qti-prompt>{ABC}", attributes='max-choices="0"')
    whole = qti(asked, response("multiple", "identifier", "A", "B"), MATCH)
    assert (whole.kind, whole.partial) == ("multiple", False)
    parts = mapping({"A": 1, "B": 1}, 'default-value="-2" lower-bound="0" upper-bound="2"')
    mapped = qti(asked, response("multiple", "identifier", "A", "B", mapping=parts), MAP)
    assert ([o.credit for o in mapped.options], mapped.partial, mapped.points) == ([50, 50, -100], True, 2)
    assert not mapped.below_zero


def test_two_options_named_true_and_false_are_a_sentence():
    asked = interaction("choice", f"<qti-prompt>Yes?</qti-prompt>{choices('True', 'False')}")
    assert qti(asked, ONE, MATCH).kind is ItemKind.TRUE_FALSE


def test_feedback_of_a_choice_is_its_reason():
    inside = '<qti-feedback-inline outcome-identifier="F" identifier="A">no</qti-feedback-inline>'
    asked = SIMPLE.replace(">a<", f">a{inside}<")
    modal = '<qti-modal-feedback outcome-identifier="F" identifier="B"><p>yes</p></qti-modal-feedback>'
    item = qti(asked, ONE, MATCH, modal)
    assert [(o.text, o.rationale) for o in item.options] == [("a", "no"), ("b", "yes"), ("c", "")]


def test_order_is_the_correct_response():
    item = qti(
        interaction("order", f"<qti-prompt>Order.</qti-prompt>{ABC}"), response("ordered", "identifier", *"CAB"), MATCH
    )
    assert (item.kind, [o.text for o in item.options]) == ("ordering", ["c", "a", "b"])


def match_body(left, right):
    sets = "".join(
        "<qti-simple-match-set>"
        + "".join(
            f'<qti-simple-associable-choice identifier="{x}" match-max="4">{x.lower()}</qti-simple-associable-choice>'
            for x in side
        )
        + "</qti-simple-match-set>"
        for side in (left, right)
    )
    return interaction("match", f"<qti-prompt>Match.</qti-prompt>{sets}")


def test_pairs_are_the_correct_response_and_answers_may_be_left():
    item = qti(match_body("AB", "XYZ"), response("multiple", "directedPair", "A X", "B X"), MATCH)
    assert [(p.prompt, p.answer) for p in item.pairs] == [("a", "x"), ("b", "x")]
    assert (item.extra, item.partial) == (("y", "z"), False)


def test_pairs_may_stand_the_other_way_round():
    item = qti(match_body("XY", "ABC"), response("multiple", "directedPair", "X A", "X B", "Y C"), MATCH)
    assert [(p.prompt, p.answer) for p in item.pairs] == [("a", "x"), ("b", "x"), ("c", "y")]


def test_pairs_that_earn_the_same_earn_their_parts():
    pairs = mapping({"A X": 1, "B Y": 1})
    item = qti(match_body("AB", "XYZ"), response("multiple", "directedPair", "A X", "B Y", mapping=pairs), MAP)
    assert (item.partial, item.points) == (True, 2)


def test_words_keep_case_where_the_standard_does():
    words = mapping({"York": 1, "york": "0.5"})
    entry = interaction("text-entry", "")
    item = qti(f"<p>Son of {entry}; and all</p>", response("single", "string", "York", mapping=words), MAP)
    assert item.stem == "Son of _____ ; and all"
    assert ([(a.text, a.credit) for a in item.answers], item.case_matters) == ([("York", 100), ("york", 50)], True)


def test_number_keeps_its_tolerance():
    equal = (
        '<qti-response-processing><qti-response-condition><qti-response-if><qti-equal tolerance-mode="absolute"'
        ' tolerance="0.5 0.5"><qti-variable identifier="RESPONSE"/><qti-correct identifier="RESPONSE"/></qti-equal>'
        '<qti-set-outcome-value identifier="SCORE"><qti-base-value base-type="float">2</qti-base-value>'
        "</qti-set-outcome-value></qti-response-if></qti-response-condition></qti-response-processing>"
    )
    item = qti(f"<p>How many?</p>{interaction('text-entry', '')}", response("single", "float", "7"), equal)
    assert [(a.value, a.tolerance, a.credit) for a in item.answers] == [(7, Decimal("0.5"), 100)]
    assert item.points == 2


def test_several_entries_in_a_text_are_gaps():
    first = interaction("inline-choice", choices("a", "b", tag="qti-inline-choice"), "R1")
    declared = response("single", "identifier", "B", name="R1") + response("single", "integer", "7", name="R2")
    added = "".join(
        f'<qti-response-condition><qti-response-if><qti-match><qti-variable identifier="{name}"/>'
        f'<qti-correct identifier="{name}"/></qti-match><qti-set-outcome-value identifier="SCORE"><qti-sum>'
        f'<qti-variable identifier="SCORE"/><qti-base-value base-type="float">{worth}</qti-base-value></qti-sum>'
        "</qti-set-outcome-value></qti-response-if></qti-response-condition>"
        for name, worth in [("R1", 2), ("R2", 1)]
    )
    body = f"<p>Fill in.</p><p>A {first} and {interaction('text-entry', '', 'R2')}.</p>"
    item = qti(body, declared, f"<qti-response-processing>{added}</qti-response-processing>")
    assert (item.kind, item.stem, item.text) == ("cloze", "Fill in.", "A [[gap-1]] and [[gap-2]].")
    assert [(gap.kind, gap.weight) for gap in item.gaps] == [("choice", 2), ("numeric", 1)]
    assert item.partial


def test_text_of_ones_own_keeps_what_markers_read():
    said = "<qti-content-body><p>Look for warmth.</p></qti-content-body>"
    block = f'<qti-rubric-block view="scorer">{said}</qti-rubric-block>'
    body = f"{block}<p>Write.</p>" + interaction("extended-text", "", attributes='expected-length="200"')
    item = qti(body, response("single", "string"))
    assert (item.kind, item.stem, item.max_chars, item.rubric[0].text) == (
        "extended_text",
        "Write.",
        200,
        "Look for warmth.",
    )


def set_score(inner):
    return f'<qti-set-outcome-value identifier="SCORE">{inner}</qti-set-outcome-value>'


def set_told(value, name="FEEDBACK"):
    base = f'<qti-base-value base-type="identifier">{value}</qti-base-value>'
    return f'<qti-set-outcome-value identifier="{name}">{base}</qti-set-outcome-value>'


def condition(*branches):
    return f"<qti-response-condition>{''.join(branches)}</qti-response-condition>"


def branch(test, *then, kind="if"):
    return f"<qti-response-{kind}>{test}{''.join(then)}</qti-response-{kind}>"


def processing(*rules):
    return f"<qti-response-processing>{''.join(rules)}</qti-response-processing>"


def variable(name="RESPONSE"):
    return f'<qti-variable identifier="{name}"/>'


def number(value):
    return f'<qti-base-value base-type="float">{value}</qti-base-value>'


def maxscore(value):
    return (
        '<qti-outcome-declaration identifier="MAXSCORE" cardinality="single" base-type="float"><qti-default-value>'
        f"<qti-value>{value}</qti-value></qti-default-value></qti-outcome-declaration>"
    )


RIGHT = f'<qti-match>{variable()}<qti-correct identifier="RESPONSE"/></qti-match>'
NOTHING = f"<qti-is-null>{variable()}</qti-is-null>"
ADDED = set_score(f"<qti-sum>{variable('SCORE')}{variable('MAXSCORE')}</qti-sum>")


def test_rules_of_editors_that_also_choose_feedback_are_read_with_the_most_that_they_declare():
    rules = processing(
        condition(
            branch(NOTHING, set_told("empty")),
            branch(RIGHT, ADDED, set_told("correct"), kind="else-if"),
            branch("", set_told("incorrect"), kind="else"),
        ),
        condition(branch(f"<qti-and>{RIGHT}</qti-and>", set_told("F1", "MODAL"))),
    )
    told = (
        '<qti-modal-feedback identifier="correct"><p>Well chosen.</p></qti-modal-feedback>'
        '<qti-modal-feedback identifier="F1" title="Good!"><p>Go on.</p></qti-modal-feedback>'
    )
    item = qti(SIMPLE, ONE + maxscore(3), rules, told)
    assert (item.points, item.feedback) == (3, "When right: Well chosen.\n\nGood!: Go on.")


def test_a_mapping_counts_for_whoever_answered_at_all():
    earned = set_score(f'<qti-sum>{variable("SCORE")}<qti-map-response identifier="RESPONSE"/></qti-sum>')
    inside = condition(branch(RIGHT, set_told("correct")))
    body = f"<p>Son of {interaction('text-entry', '')}</p>"
    declared = response("single", "string", "York", mapping=mapping({"York": 2, "Yorke": 1}))
    rules = [
        condition(branch(f"<qti-not>{NOTHING}</qti-not>", earned, set_told("incorrect"))),
        condition(branch(NOTHING, set_score(number(0))), branch("", earned, inside, kind="else")),
    ]
    for rule in rules:
        item = qti(body, declared, processing(rule))
        assert ([(a.text, a.credit) for a in item.answers], item.points) == ([("York", 100), ("Yorke", 50)], 2)


def test_feedback_in_the_text_is_kept():
    inside = '<p><qti-feedback-inline outcome-identifier="F" identifier="no">Not so.</qti-feedback-inline></p>'
    assert qti(SIMPLE + inside, ONE, MATCH).feedback == "no: Not so."


def test_every_other_answer_may_cost_something():
    words = '<qti-mapping default-value="-1"><qti-map-entry map-key="York" mapped-value="2"/></qti-mapping>'
    item = qti(f"<p>Who?</p>{interaction('text-entry', '')}", response("single", "string", "York", mapping=words), MAP)
    assert ([(a.text, a.credit) for a in item.answers], item.below_zero) == ([("York", 100), ("*", -50)], True)


def notes_of(*args):
    return [each.partition("`Name`: ")[2] for each in read("item.xml", document(*args)).notes]


def test_what_is_worth_or_said_otherwise_here_is_told():
    scorer = '<qti-rubric-block view="scorer"><p>Be kind.</p></qti-rubric-block>'
    assert notes_of(scorer + SIMPLE, ONE + maxscore(100), processing(condition(branch(RIGHT, ADDED)))) == [
        "what it says to scorers is left out: a rule scores it",
        "it is worth 100 points there, 1 here",
    ]
    assert notes_of(SIMPLE, ONE) == ["it has no rules for its score; what it declares as right is taken for one"]
    assert notes_of(SIMPLE, ONE, MATCH, "<qti-catalog-info/>") == [
        "what its catalogue says for those who need support is left out"
    ]


MIXED = (
    '<qti-mapping><qti-map-entry map-key="York" mapped-value="1"/>'
    '<qti-map-entry map-key="Kent" mapped-value="1" case-sensitive="false"/></qti-mapping>'
)
ENTRY = f"<p>Who?</p>{interaction('text-entry', '')}"
TWO_OF_THREE = interaction("choice", f"<qti-prompt>Which?</qti-prompt>{ABC}", attributes='max-choices="2"')
SOME = response("multiple", "identifier", "A", mapping=mapping({"A": 1}))
PAIRS = response("multiple", "directedPair", "A X", "B Y", mapping=mapping({"A X": 1, "B Y": 1, "A Y": -1}))
TWICE = processing(condition(branch(RIGHT, set_score(number(1)))), condition(branch(RIGHT, set_score(number(2)))))
LESS = processing(condition(branch(RIGHT, set_score(f"<qti-subtract>{variable('SCORE')}{number(1)}</qti-subtract>"))))


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ((ENTRY, response("single", "string", "York", mapping=MIXED), MAP), "case matters for some"),
        ((TWO_OF_THREE, SOME, MAP), "at most 2 options may be chosen"),
        ((match_body("AB", "XY"), PAIRS, MAP), "its pairs are worth different points"),
        ((SIMPLE, ONE, TWICE), "response processing that follows none"),
        ((SIMPLE, ONE, LESS), "response processing that follows none"),
    ],
)
def test_a_score_that_would_become_another_one_is_refused(parts, why):
    assert reason(*parts).startswith(why)


ELSE_HALF = (
    "<qti-response-processing><qti-response-condition><qti-response-if><qti-match>"
    '<qti-variable identifier="RESPONSE"/><qti-correct identifier="RESPONSE"/></qti-match>'
    '<qti-set-outcome-value identifier="SCORE"><qti-base-value base-type="float">1</qti-base-value>'
    "</qti-set-outcome-value></qti-response-if><qti-response-else>"
    '<qti-set-outcome-value identifier="SCORE"><qti-base-value base-type="float">0.5</qti-base-value>'
    "</qti-set-outcome-value></qti-response-else></qti-response-condition></qti-response-processing>"
)
OWN_RULE = (
    '<qti-response-processing><qti-response-condition><qti-response-if><qti-gt><qti-variable identifier="X"/></qti-gt>'
    '<qti-set-outcome-value identifier="SCORE"/></qti-response-if></qti-response-condition></qti-response-processing>'
)


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ({"body": interaction("hotspot", "")}, "a hotspot interaction; expected a type that Practicum has"),
        ({"body": "<p>Read.</p>"}, "a text without a question"),
        (
            {"body": SIMPLE, "declared": ONE, "processing": MATCH, "attributes": 'adaptive="true"'},
            "a question that goes on",
        ),
        ({"body": SIMPLE + SIMPLE, "declared": ONE, "processing": MATCH}, "2 questions in one"),
        ({"body": SIMPLE, "declared": ONE, "processing": ELSE_HALF}, "response processing that follows none"),
        ({"body": SIMPLE, "declared": ONE, "processing": OWN_RULE}, "response processing that follows none"),
        (
            {"body": SIMPLE, "declared": ONE, "processing": MATCH.replace("match_correct", "map_response_point")},
            "the rule",
        ),
        ({"body": SIMPLE, "declared": response("single", "identifier"), "processing": MATCH}, "no answer is right"),
        ({"body": SIMPLE, "processing": MATCH}, "an answer that is not declared"),
        (
            {"body": SIMPLE, "declared": response("single", "identifier", "Z"), "processing": MATCH},
            "the answer `Z` is not among the options; expected one of A, B, C. Correct it in the file.",
        ),
        (
            {"body": SEVERAL, "declared": response("multiple", "identifier", "A", "Z"), "processing": MATCH},
            "the answer `Z` is not among the options",
        ),
        (
            {
                "body": SEVERAL,
                "declared": response("multiple", "identifier", "A", mapping=mapping({"A": 1, "Z": 1})),
                "processing": MAP,
            },
            "the answer `Z` is not among the options",
        ),
        (
            {"body": SIMPLE.replace('"C"', '"C" template-identifier="T"'), "declared": ONE, "processing": MATCH},
            "a question with parts drawn",
        ),
        ({"body": interaction("associate", "")}, "an associate interaction"),
        (
            {"body": SIMPLE.replace('"C"', '"B"'), "declared": ONE, "processing": MATCH},
            "two options have the id `B`; expected an id of its own for each",
        ),
        (
            {
                "body": f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="a.xml"/>{SIMPLE}',
                "declared": ONE,
                "processing": MATCH,
            },
            "a text that stands in another file (XInclude)",
        ),
        (
            {"body": SIMPLE + "<qti-template-block/>", "declared": ONE, "processing": MATCH},
            "a question with parts drawn",
        ),
        ({"body": f'{SIMPLE}<p><img src="a.png" alt="It"/></p>', "declared": ONE, "processing": MATCH}, "the picture"),
    ],
)
def test_what_cannot_be_carried_is_refused_with_its_reason(parts, why):
    assert reason(**parts).startswith(why)


def test_older_qti_is_refused_by_its_name():
    assert refusals("item.xml", '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2"/>') == [
        "item.xml:1: it is QTI 2 or older (`<assessmentItem>`); expected QTI 3.0. Export it as QTI 3.0."
    ]


@pytest.mark.parametrize(
    ("kind", "changes", "why"),
    [
        (ItemKind.NUMERIC, {"units": [{"names": ["m"]}]}, "units; expected a number alone in QTI"),
        (ItemKind.SHORT_TEXT, {"answers": [{"text": "wait*"}]}, "the answer `wait*`; expected whole words in QTI"),
        (ItemKind.BRANCHING, {}, "a scenario with branches"),
        (ItemKind.SINGLE, {"media": {"kind": "image", "file": "a.png", "alt": "It"}}, "it shows `a.png`"),
    ],
)
def test_what_qti_cannot_say_is_refused_on_the_way_out(kind, changes, why):
    ((_, refusal),) = Exporter(ExchangeFormat.QTI, {}).take([make_item(kind=kind, **changes)]).refused
    assert refusal.startswith(why)
