"""Writing GIFT: one question with its comments, as plain text."""

import json
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from assessments.exchange.categories import own_tags
from assessments.exchange.entries import CannotCarryError, Fields
from assessments.exchange.gift_reading import OWN_COMMENT
from assessments.exchange.weights import is_any, multiple_weights, single_weights
from curriculum.items import (
    FULL,
    BranchingItem,
    ClozeItem,
    ExtendedTextItem,
    Item,
    MatchingItem,
    MultipleItem,
    NumericAnswer,
    NumericItem,
    OrderingItem,
    ShortTextItem,
    SingleItem,
    TrueFalseItem,
)

_SIGNS: Final = re.compile(r"([\\~=#{}:])")
_LIKE_A_FORMAT: Final = re.compile(r"\s*\[(?:html|markdown|plain|moodle)\]")


def write_gift_question(item: Item, own: Fields) -> str:
    """Return a question with its comments; `own` rides in one of them.

    Raises:
        CannotCarryError: GIFT has no such type.
    """
    if item.media is not None:
        raise CannotCarryError(f"it shows `{item.media.file}`", "text alone in GIFT", "Export it as Moodle XML.")
    marks = [f"[id:{_in_brackets(item.id)}]", *(f"[tag:{_in_brackets(tag)}]" for tag in own_tags(item.tags))]
    comments = [f"// question: 0  name: {item.id}", f"// {' '.join(marks)}"]
    if own:
        comments.append(OWN_COMMENT + json.dumps(own, ensure_ascii=False, separators=(",", ":")))
    title = " ".join(item.title.split()) or item.id
    feedback = f"####{_escape(item.feedback)}" if item.feedback else ""
    return "\n".join((*comments, f"::{_escape(title)}::[plain]{_text(item.stem)}{{{_answers(item)}{feedback}}}", ""))


def _in_brackets(text: str) -> str:
    return " ".join(text.split()).replace("]", "\\]")


def _escape(text: str) -> str:
    return _SIGNS.sub(r"\\\1", text).replace("\n", "\\n")


def _text(text: str) -> str:
    """Return an escaped text; one that begins like a format is given its own."""
    return f"[plain]{_escape(text)}" if _LIKE_A_FORMAT.match(text) else _escape(text)


def _told(rationale: str) -> str:
    return f"#{_text(rationale)}" if rationale else ""


def _answers(item: Item) -> str:
    match item:
        case SingleItem():
            return _lines(_option(o.text, w, o.rationale, is_single=True) for o, w in single_weights(item))
        case MultipleItem():
            return _lines(_option(o.text, w, o.rationale, is_single=False) for o, w in multiple_weights(item))
        case TrueFalseItem():
            return _true_false(item)
        case MatchingItem():
            pairs = [(pair.prompt, pair.answer) for pair in item.pairs] + [("", extra) for extra in item.extra]
            return _lines(f"={_text(prompt)} -> {_escape(answer)}" for prompt, answer in pairs)
        case NumericItem():
            if item.units:
                raise CannotCarryError("units", "a number alone in GIFT", "Export it as Moodle XML.")
            return "#" + _lines(_numbers(item.answers))
        case ShortTextItem():
            return _lines(f"={_weight(a.credit)}{_text(a.text)}{_told(a.rationale)}" for a in item.answers)
        case ExtendedTextItem():
            return ""
        case OrderingItem() | ClozeItem() | BranchingItem():
            hint = "Export it as QTI 3.0." if not isinstance(item, BranchingItem) else "Keep it in the programme."
            raise CannotCarryError(f"the kind `{item.kind}`", "one that GIFT has", hint)


def _lines(answers: Iterator[str]) -> str:
    return "".join(f"\n\t{answer}" for answer in answers) + "\n"


def _weight(weight: Decimal) -> str:
    return f"%{weight:f}%"


def _option(text: str, weight: Decimal, rationale: str, *, is_single: bool) -> str:
    if is_single and weight == FULL:
        mark = "=" if not text.startswith("%") else "=%100%"
    else:
        mark = "~" if is_single and not weight and not text.startswith("%") else f"~{_weight(weight)}"
    return f"{mark}{_text(text)}{_told(rationale)}"


def _true_false(item: TrueFalseItem) -> str:
    """Return the answer with what is told for a wrong one first, as Moodle reads it."""
    right = next((option for option in item.options if option.correct), item.options[0])
    wrong = next(option for option in item.options if option is not right)
    told = f"#{_text(wrong.rationale)}#{_text(right.rationale)}" if right.rationale else _told(wrong.rationale)
    return f"{right.text.upper()}{told}"


def _numbers(answers: Sequence[NumericAnswer]) -> Iterator[str]:
    for answer in answers:
        if is_any(answer) and answer is answers[-1]:
            yield f"~{_told(answer.rationale)}"
        else:
            value = f"{answer.value:f}:{answer.tolerance:f}"
            yield f"={_weight(answer.credit)}{value}{_told(answer.rationale)}"
