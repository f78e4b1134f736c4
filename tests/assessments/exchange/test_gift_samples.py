"""The GIFT samples beside the clone, where there are some: each is read as the parsed form beside it says."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from assessments.exchange.answers import ANY_NUMBER
from assessments.exchange.entries import CannotCarryError
from assessments.exchange.gift_reading import read_gift
from assessments.exchange.markup import format_of, read_text
from assessments.exchange.own_fields import build
from curriculum.items import ExtendedTextItem, MatchingItem, NumericItem, ShortTextItem, TrueFalseItem

ROOT = Path(__file__).parents[3]
SAMPLES = next((p for up in ROOT.parents[:2] if (p := up / "shared" / "samples" / "gift").is_dir()), None)
FILES = sorted(SAMPLES.glob("*.gift")) if SAMPLES else []

pytestmark = pytest.mark.skipif(not FILES, reason="there are no samples beside this clone")


def words(said):
    return " ".join(read_text(said["text"], format_of(said["format"], None)).words.split()) if said else ""


def flat(text):
    return " ".join(text.split())


def number_of(choice):
    text = choice["text"] if isinstance(choice.get("text"), dict) else choice
    match text.get("type"):
        case "high-low":
            high, low = Decimal(str(text["numberHigh"])), Decimal(str(text["numberLow"]))
            return (high + low) / 2, (high - low) / 2
        case "range":
            return Decimal(str(text["number"])), Decimal(str(text["range"]))
        case "simple":
            return Decimal(str(text["number"])), Decimal(0)
        case _:
            return None, ANY_NUMBER


def check_options(item, question):
    shown = [(words(c["text"]), words(c["feedback"])) for c in question["choices"]]
    assert [(flat(o.text), flat(o.rationale)) for o in item.options] == shown
    assert [o.correct for o in item.options] == [c["isCorrect"] or (c["weight"] or 0) > 0 for c in question["choices"]]
    for option, choice in zip(item.options, question["choices"], strict=True):
        if choice["weight"] is not None:
            assert option.credit == Decimal(str(choice["weight"]))


def check_answers(item, question):
    assert [flat(a.text) for a in item.answers] == [words(c["text"]) for c in question["choices"]]
    assert [a.credit for a in item.answers] == [
        100 if c["weight"] is None else c["weight"] for c in question["choices"]
    ]
    assert [flat(a.rationale) for a in item.answers] == [words(c["feedback"]) for c in question["choices"]]


def check_numbers(item, question):
    choices = question["choices"] if isinstance(question["choices"], list) else [question["choices"]]
    for answer, choice in zip(item.answers, choices, strict=True):
        value, width = number_of(choice)
        assert (value in (None, answer.value), answer.tolerance) == (True, width)
        assert flat(answer.rationale) == words(choice.get("feedback"))
        expected = choice["weight"] if choice.get("weight") is not None else 100 * choice.get("isCorrect", True)
        assert answer.credit == expected


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_sample_is_read_as_its_parsed_form_says(path):
    questions = [q for q in json.loads(path.with_suffix(".json").read_text("utf-8")) if q["type"] != "Category"]
    entries = list(read_gift(path.read_text("utf-8")))
    assert len(entries) == len(questions)
    for entry, question in zip(entries, questions, strict=True):
        if question["type"] == "Description":
            assert isinstance(entry.outcome, CannotCarryError)
            continue
        item = build(entry.outcome.fields)
        assert flat(item.stem) == words(question["stem"])
        assert item.title == (question["title"] or "")
        assert entry.outcome.foreign_id == (question["id"] or "")
        assert item.feedback == words(question["globalFeedback"])
        match item:
            case TrueFalseItem():
                assert item.options[0].correct is question["isTrue"]
                told = [words(question["trueFeedback"]), words(question["falseFeedback"])]
                assert [option.rationale for option in item.options] == told
            case MatchingItem():
                pairs = [(words(p["subquestion"]), p["subanswer"]) for p in question["matchPairs"]]
                assert [(p.prompt, p.answer) for p in item.pairs] == [pair for pair in pairs if pair[0]]
                assert list(item.extra) == [answer for prompt, answer in pairs if not prompt]
            case NumericItem():
                check_numbers(item, question)
            case ShortTextItem():
                check_answers(item, question)
            case ExtendedTextItem():
                assert question["type"] == "Essay"
            case _:
                check_options(item, question)
