"""Writing Moodle XML: one `<question>` after another."""

import base64
import json
from collections.abc import Iterator
from decimal import Decimal
from html import escape

from assessments.exchange.categories import own_tags
from assessments.exchange.cloze_codes import write_codes
from assessments.exchange.entries import CannotCarryError, Fields
from assessments.exchange.markup import write_html
from assessments.exchange.moodle_reading import OWN, PLUGIN_FILE
from assessments.exchange.rubrics import guidance
from assessments.exchange.weights import is_any, multiple_weights, single_weights
from curriculum.items import (
    FULL,
    BranchingItem,
    ClozeItem,
    ExtendedTextItem,
    Item,
    MatchingItem,
    MultipleItem,
    NumericItem,
    Option,
    OrderingItem,
    ShortTextItem,
    SingleItem,
    TrueFalseItem,
)
from curriculum.media import Image

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n'
TAIL = "</quiz>\n"


def write_moodle_question(item: Item, own: Fields, picture: bytes | None) -> str:
    """Return a question; `own` rides in a processing instruction, which other software passes over.

    Raises:
        CannotCarryError: Moodle has no such type.
    """
    kind, body = _type_and_body(item)
    html = write_html(item.stem) + (write_codes(item) if isinstance(item, ClozeItem) else "")
    lines = [
        f'<question type="{kind}">',
        instruction(own),
        f"<name>{_plain(item.title or item.id)}</name>",
        _question_text(item, html, picture),
        _told("generalfeedback", item.feedback),
        f"<defaultgrade>{item.points}</defaultgrade>",
        "<penalty>0</penalty>",
        "<hidden>0</hidden>",
        f"<idnumber>{escape(item.id)}</idnumber>",
        *body,
    ]
    if not isinstance(item, ExtendedTextItem):
        lines += [_told("hint", hint) for hint in item.hints]
    tags = "".join(f"<tag>{_plain(tag)}</tag>" for tag in own_tags(item.tags))
    lines += [f"<tags>{tags}</tags>" if tags else "", "</question>"]
    return "\n".join(filter(None, lines)) + "\n"


def write_category(path: str) -> str:
    """Return the entry that puts what follows into a category."""
    return f'<question type="category"><category>{_plain(path)}</category></question>\n'


def instruction(own: Fields) -> str:
    """Return what rides along as a processing instruction; empty for nothing."""
    if not own:
        return ""
    said = json.dumps(own, ensure_ascii=False, separators=(",", ":")).replace(">", "\\u003e")
    return f"<?{OWN} {said}?>"


def _plain(text: str) -> str:
    return f"<text>{escape(text, quote=False)}</text>"


def _told(tag: str, text: str, attributes: str = "") -> str:
    return f'<{tag}{attributes} format="plain_text">{_plain(text)}</{tag}>'


def _question_text(item: Item, html: str, picture: bytes | None) -> str:
    if item.media is None and not isinstance(item, ClozeItem):
        return _told("questiontext", item.stem)
    if item.media is None:
        return f'<questiontext format="html">{_plain(html)}</questiontext>'
    if not isinstance(item.media, Image) or picture is None:
        raise CannotCarryError(f"it shows `{item.media.file}`", "a picture that is there", "Keep it in the programme.")
    shown = f'<p><img src="{PLUGIN_FILE}{item.media.file}" alt="{escape(item.media.alt)}"/></p>'
    file = (
        f'<file name="{escape(item.media.file)}" path="/" encoding="base64">{base64.b64encode(picture).decode()}</file>'
    )
    return f'<questiontext format="html">{_plain(html + shown)}{file}</questiontext>'


def _type_and_body(item: Item) -> tuple[str, list[str]]:
    match item:
        case SingleItem():
            options = [_option(option, weight) for option, weight in single_weights(item)]
            return "multichoice", ["<single>true</single>", *_choice_settings(), *options]
        case MultipleItem():
            options = [_option(option, weight) for option, weight in multiple_weights(item)]
            return "multichoice", ["<single>false</single>", *_choice_settings(), *options]
        case TrueFalseItem():
            return "truefalse", [_true_false(option) for option in item.options]
        case OrderingItem():
            return "ordering", list(_ordering(item))
        case MatchingItem():
            return "matching", ["<shuffleanswers>true</shuffleanswers>", *_pairs(item)]
        case NumericItem():
            return "numerical", [*_numbers(item), *_units(item)]
        case ShortTextItem():
            answers = [_answer(each.text, each.credit, each.rationale) for each in item.answers]
            return "shortanswer", [f"<usecase>{int(item.case_matters)}</usecase>", *answers]
        case ClozeItem():
            return "cloze", []
        case ExtendedTextItem():
            return "essay", _essay(item)
        case BranchingItem():
            raise CannotCarryError("a scenario with branches", "one that Moodle has", "Keep it in the programme.")


def _choice_settings() -> list[str]:
    return ["<shuffleanswers>true</shuffleanswers>", "<answernumbering>none</answernumbering>"]


def _answer(text: str, weight: Decimal, rationale: str, more: str = "") -> str:
    told = _told("feedback", rationale)
    return f'<answer fraction="{weight:f}" format="plain_text">{_plain(text)}{told}{more}</answer>'


def _option(option: Option, weight: Decimal) -> str:
    return _answer(option.text, weight, option.rationale)


def _true_false(option: Option) -> str:
    return _answer(option.text.lower(), FULL if option.correct else Decimal(0), option.rationale)


def _ordering(item: OrderingItem) -> Iterator[str]:
    yield "<layouttype>VERTICAL</layouttype>"
    yield "<selecttype>ALL</selecttype>"
    yield f"<gradingtype>{'RELATIVE_NEXT_EXCLUDE_LAST' if item.partial else 'ALL_OR_NOTHING'}</gradingtype>"
    for place, option in enumerate(item.options, 1):
        yield _answer(option.text, Decimal(place), option.rationale)


def _pairs(item: MatchingItem) -> Iterator[str]:
    for prompt, answer in [(pair.prompt, pair.answer) for pair in item.pairs] + [("", extra) for extra in item.extra]:
        yield f'<subquestion format="plain_text">{_plain(prompt)}<answer>{_plain(answer)}</answer></subquestion>'


def _numbers(item: NumericItem) -> Iterator[str]:
    for answer in item.answers:
        any_number = is_any(answer)
        width = Decimal(0) if any_number else answer.tolerance
        text = "*" if any_number else f"{answer.value:f}"
        yield _answer(text, answer.credit, answer.rationale, f"<tolerance>{width:f}</tolerance>")


def _units(item: NumericItem) -> Iterator[str]:
    yield f"<unitgradingtype>{int(item.unit_needed)}</unitgradingtype>"
    yield "<unitpenalty>1</unitpenalty>"
    yield f"<showunits>{0 if item.units else 3}</showunits>"
    if item.units:
        units = [
            f"<unit><multiplier>{1 / unit.factor:f}</multiplier><unit_name>{escape(name)}</unit_name></unit>"
            for unit in item.units
            for name in unit.names
        ]
        yield f"<units>{''.join(units)}</units>"


def _essay(item: ExtendedTextItem) -> list[str]:
    settings = ["<responseformat>plain</responseformat>", "<responserequired>1</responserequired>"]
    return [*settings, "<attachments>0</attachments>", _told("graderinfo", guidance(item))]
