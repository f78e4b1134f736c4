"""Writing items of QTI 3.0, each a document of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from html import escape
from typing import Final

from assessments.exchange.entries import CannotCarryError, Fields
from assessments.exchange.markup import write_html, write_inline
from assessments.exchange.moodle_writing import instruction
from assessments.exchange.qti_reading import GENERAL, NAMESPACE
from assessments.exchange.rubrics import guidance
from assessments.exchange.weights import single_weights
from curriculum.items import (
    FULL,
    BranchingItem,
    ChoiceGap,
    ClozeItem,
    ExtendedTextItem,
    Gap,
    Item,
    MatchingItem,
    MultipleItem,
    NumberGap,
    NumericAnswer,
    NumericItem,
    Option,
    OrderingItem,
    ShortTextItem,
    SingleItem,
    TextAnswer,
    TextGap,
    TrueFalseItem,
)
from curriculum.media import Image

MEDIA: Final = "../media/"
_TEMPLATES: Final = "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/"
_RESPONSE: Final = "RESPONSE"
_MARK: Final = "\ue030{}\ue031"
_HUNDRED: Final = FULL


@dataclass(slots=True)
class _Parts:
    """What an item is put together of: declarations, what stands in its body, and how it is scored."""

    declarations: list[str] = field(default_factory=list[str])
    body: str = ""
    rules: list[str] = field(default_factory=list[str])
    template: str = ""
    has_choice_feedback: bool = False


def write_qti_item(item: Item, own: Fields) -> str:
    """Return an item as a document; `own` rides in a processing instruction, which other software passes over.

    Raises:
        CannotCarryError: QTI has no such type, or no place for what the item says.
    """
    parts = _parts(item)
    title = escape(item.title or item.id)
    declared = [*parts.declarations, _outcome("SCORE", "float", "0")]
    if parts.has_choice_feedback:
        declared.append(_outcome("FEEDBACK", "identifier", cardinality=_cardinality(item)))
    if item.feedback:
        declared.append(_outcome(GENERAL, "identifier"))
    modal = (
        f'<qti-modal-feedback outcome-identifier="{GENERAL}" show-hide="hide" identifier="hidden">'
        f"<qti-content-body>{write_html(item.feedback)}</qti-content-body></qti-modal-feedback>"
    )
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<qti-assessment-item xmlns="{NAMESPACE}" identifier="{escape(item.id)}" title="{title}"'
        ' adaptive="false" time-dependent="false">',
        instruction(own),
        *declared,
        f"<qti-item-body>{parts.body}</qti-item-body>",
        _processing(parts),
        modal if item.feedback else "",
        "</qti-assessment-item>",
    ]
    return "\n".join(filter(None, lines)) + "\n"


def _cardinality(item: Item) -> str:
    if isinstance(item, MultipleItem):
        return "multiple"
    return "ordered" if isinstance(item, OrderingItem) else "single"


def _processing(parts: _Parts) -> str:
    if parts.has_choice_feedback:
        chosen = f'<qti-variable identifier="{_RESPONSE}"/>'
        told = f'<qti-set-outcome-value identifier="FEEDBACK">{chosen}</qti-set-outcome-value>'
        rule = _if_right() if parts.template == "match_correct" else _sum([_mapped(_RESPONSE)])
        return f"<qti-response-processing>{rule}{told}</qti-response-processing>"
    if parts.template:
        return f'<qti-response-processing template="{_TEMPLATES}{parts.template}"/>'
    return f"<qti-response-processing>{''.join(parts.rules)}</qti-response-processing>" if parts.rules else ""


def _parts(item: Item) -> _Parts:
    match item:
        case SingleItem() | TrueFalseItem() | MultipleItem():
            parts = _choice(item)
        case OrderingItem():
            parts = _order(item)
        case MatchingItem():
            parts = _match(item)
        case NumericItem():
            parts = _number(item)
        case ShortTextItem():
            parts = _words(item)
        case ClozeItem():
            parts = _cloze(item)
        case ExtendedTextItem():
            parts = _text(item)
        case BranchingItem():
            raise CannotCarryError("a scenario with branches", "one that QTI items have", "Keep it in the programme.")
    parts.body = f"{write_html(item.stem)}{_shown(item)}{parts.body}"
    return parts


def _shown(item: Item) -> str:
    if item.media is None:
        return ""
    if not isinstance(item.media, Image):
        raise CannotCarryError(f"it shows `{item.media.file}`", "a picture at most", "Keep it in the programme.")
    return f'<p><img src="{MEDIA}{escape(item.media.file)}" alt="{escape(item.media.alt)}"/></p>'


# ---------------------------------------------------------------- declarations and rules


def _outcome(name: str, base: str, value: str = "", cardinality: str = "single") -> str:
    default = f"<qti-default-value><qti-value>{value}</qti-value></qti-default-value>" if value else ""
    opening = f'<qti-outcome-declaration identifier="{name}" cardinality="{cardinality}" base-type="{base}">'
    return f"{opening}{default}</qti-outcome-declaration>"


def _declaration(name: str, cardinality: str, base: str, correct: Sequence[str], mapping: str = "") -> str:
    values = "".join(f"<qti-value>{escape(value, quote=False)}</qti-value>" for value in correct)
    right = f"<qti-correct-response>{values}</qti-correct-response>" if correct else ""
    opening = f'<qti-response-declaration identifier="{name}" cardinality="{cardinality}" base-type="{base}">'
    return f"{opening}{right}{mapping}</qti-response-declaration>"


def _mapping(entries: Sequence[tuple[str, Decimal]], more: str = "", *, below_zero: bool = False) -> str:
    rows = "".join(f'<qti-map-entry map-key="{escape(key)}" mapped-value="{value:f}"{more}/>' for key, value in entries)
    bound = "" if below_zero else ' lower-bound="0"'
    return f'<qti-mapping default-value="0"{bound}>{rows}</qti-mapping>'


def _mapped(name: str) -> str:
    return f'<qti-map-response identifier="{name}"/>'


def _set_score(expression: str) -> str:
    return f'<qti-set-outcome-value identifier="SCORE">{expression}</qti-set-outcome-value>'


def _sum(terms: Sequence[str]) -> str:
    return _set_score(terms[0] if len(terms) == 1 else f"<qti-sum>{''.join(terms)}</qti-sum>")


def _float(value: Decimal) -> str:
    return f'<qti-base-value base-type="float">{value:f}</qti-base-value>'


def _if_right() -> str:
    test = f'<qti-match><qti-variable identifier="{_RESPONSE}"/><qti-correct identifier="{_RESPONSE}"/></qti-match>'
    yes = f"<qti-response-if>{test}{_set_score(_float(Decimal(1)))}</qti-response-if>"
    no = f"<qti-response-else>{_set_score(_float(Decimal(0)))}</qti-response-else>"
    return f"<qti-response-condition>{yes}{no}</qti-response-condition>"


def _if_equal(name: str, answer: NumericAnswer, worth: Decimal, joined: str) -> str:
    """Return the rule that gives a number its score: the best of those that fit, or added to what was there."""
    width = f"{answer.tolerance:f}"
    test = (
        f'<qti-equal tolerance-mode="absolute" tolerance="{width} {width}">'
        f'<qti-variable identifier="{name}"/>{_float(answer.value)}</qti-equal>'
    )
    score = f'<{joined}><qti-variable identifier="SCORE"/>{_float(worth)}</{joined}>'
    return (
        f"<qti-response-condition><qti-response-if>{test}{_set_score(score)}</qti-response-if></qti-response-condition>"
    )


# ---------------------------------------------------------------- kind by kind


def _choice(item: SingleItem | TrueFalseItem | MultipleItem) -> _Parts:
    is_single = not isinstance(item, MultipleItem)
    right = [f"choice-{i}" for i, option in enumerate(item.options, 1) if option.correct]
    mapping = _choice_mapping(item)
    base = ("single" if is_single else "multiple", "identifier")
    rows = "".join(_simple_choice(option, i) for i, option in enumerate(item.options, 1))
    most = f'max-choices="{1 if is_single else 0}"'
    return _Parts(
        [_declaration(_RESPONSE, *base, right, mapping)],
        f'<qti-choice-interaction response-identifier="{_RESPONSE}" shuffle="true" {most}>{rows}'
        "</qti-choice-interaction>",
        template="map_response" if mapping else "match_correct",
        has_choice_feedback=any(option.rationale for option in item.options),
    )


def _choice_mapping(item: SingleItem | TrueFalseItem | MultipleItem) -> str:
    """Return what each option earns; empty where it is everything or nothing."""
    if isinstance(item, SingleItem) and (item.penalty or any(option.credit is not None for option in item.options)):
        weighted = [weight / _HUNDRED for _, weight in single_weights(item)]
        return _mapping(_numbered(weighted), below_zero=any(weight < 0 for weight in weighted))
    if isinstance(item, MultipleItem) and item.partial:
        weighted = [_worth(option) for option in item.options]
        return _mapping(_numbered(weighted), below_zero=item.below_zero)
    return ""


def _worth(option: Option) -> Decimal:
    if option.credit is not None:
        return option.credit / _HUNDRED
    return Decimal(1 if option.correct else -1)


def _numbered(weights: Sequence[Decimal]) -> list[tuple[str, Decimal]]:
    return [(f"choice-{i}", weight) for i, weight in enumerate(weights, 1)]


def _simple_choice(option: Option, number: int) -> str:
    told = ""
    if option.rationale:
        said = write_inline(option.rationale)
        told = (
            '<qti-feedback-inline outcome-identifier="FEEDBACK" show-hide="show"'
            f' identifier="choice-{number}">{said}</qti-feedback-inline>'
        )
    return f'<qti-simple-choice identifier="choice-{number}">{write_inline(option.text)}{told}</qti-simple-choice>'


def _order(item: OrderingItem) -> _Parts:
    ids = [f"choice-{i}" for i in range(1, len(item.options) + 1)]
    rows = "".join(_simple_choice(option, i) for i, option in enumerate(item.options, 1))
    return _Parts(
        [_declaration(_RESPONSE, "ordered", "identifier", ids)],
        f'<qti-order-interaction response-identifier="{_RESPONSE}" shuffle="true">{rows}</qti-order-interaction>',
        template="match_correct",
        has_choice_feedback=any(option.rationale for option in item.options),
    )


def _match(item: MatchingItem) -> _Parts:
    answers = {answer: f"answer-{i}" for i, answer in enumerate(item.answers, 1)}
    pairs = [f"prompt-{i} {answers[pair.answer]}" for i, pair in enumerate(item.pairs, 1)]
    mapping = _mapping([(pair, Decimal(1)) for pair in pairs]) if item.partial else ""
    prompts = "".join(_associable(f"prompt-{i}", pair.prompt, 1) for i, pair in enumerate(item.pairs, 1))
    offered = "".join(_associable(id_, answer, len(pairs)) for answer, id_ in answers.items())
    sets = "".join(f"<qti-simple-match-set>{side}</qti-simple-match-set>" for side in (prompts, offered))
    return _Parts(
        [_declaration(_RESPONSE, "multiple", "directedPair", pairs, mapping)],
        f'<qti-match-interaction response-identifier="{_RESPONSE}" shuffle="true" max-associations="{len(pairs)}">'
        f"{sets}</qti-match-interaction>",
        template="map_response" if mapping else "match_correct",
    )


def _associable(id_: str, text: str, most: int) -> str:
    opening = f'<qti-simple-associable-choice identifier="{id_}" match-max="{most}">'
    return f"{opening}{write_inline(text)}</qti-simple-associable-choice>"


def _number(item: NumericItem) -> _Parts:
    _refuse_units(item)
    if any(answer.credit < 0 for answer in item.answers):
        raise CannotCarryError("an answer that takes points away", "0 per cent or more", "Export it as Moodle XML.")
    key = [f"{answer.value:f}" for answer in item.answers if answer.credit == FULL][:1]
    return _Parts(
        [_declaration(_RESPONSE, "single", "float", key)],
        f'<p><qti-text-entry-interaction response-identifier="{_RESPONSE}"/></p>',
        rules=[_if_equal(_RESPONSE, each, each.credit / _HUNDRED, "qti-max") for each in item.answers],
    )


def _refuse_units(item: NumericItem | NumberGap) -> None:
    if item.units:
        raise CannotCarryError("units", "a number alone in QTI", "Export it as Moodle XML.")


def _words(item: ShortTextItem) -> _Parts:
    mapping = _word_mapping(item.answers, Decimal(1), case_matters=item.case_matters, below_zero=item.below_zero)
    return _Parts(
        [_declaration(_RESPONSE, "single", "string", _key_words(item.answers), mapping)],
        f'<p><qti-text-entry-interaction response-identifier="{_RESPONSE}"/></p>',
        template="map_response",
    )


def _key_words(answers: Sequence[TextAnswer]) -> list[str]:
    return [answer.text for answer in answers if answer.credit == FULL][:1]


def _word_mapping(
    answers: Sequence[TextAnswer], worth: Decimal, *, case_matters: bool, below_zero: bool = False
) -> str:
    for answer in answers:
        if "*" in answer.text:
            raise CannotCarryError(f"the answer `{answer.text}`", "whole words in QTI", "Export it as Moodle XML.")
    entries = [(answer.text, answer.credit / _HUNDRED * worth) for answer in answers]
    return _mapping(entries, f' case-sensitive="{str(case_matters).lower()}"', below_zero=below_zero)


def _text(item: ExtendedTextItem) -> _Parts:
    told = guidance(item)
    block = f'<qti-rubric-block use="scoring" view="scorer">{_content(told)}</qti-rubric-block>' if told else ""
    entry = f'response-identifier="{_RESPONSE}" expected-length="{item.max_chars}"'
    return _Parts(
        [_declaration(_RESPONSE, "single", "string", [])],
        f"{block}<qti-extended-text-interaction {entry}/>",
    )


def _content(text: str) -> str:
    return f"<qti-content-body>{write_html(text)}</qti-content-body>"


# ---------------------------------------------------------------- gaps


def _cloze(item: ClozeItem) -> _Parts:
    text = item.text
    for i, gap in enumerate(item.gaps):
        text = text.replace(f"[[{gap.id}]]", _MARK.format(i), 1)
    html = write_html(text)
    parts = _Parts()
    terms: list[str] = []
    added: list[str] = []
    for i, gap in enumerate(item.gaps):
        name = f"{_RESPONSE}{i + 1}"
        declaration, entry = _gap(gap, name)
        parts.declarations.append(declaration)
        html = html.replace(_MARK.format(i), entry)
        if isinstance(gap, NumberGap):
            added.append(_if_equal(name, gap.answers[0], Decimal(gap.weight), "qti-sum"))
        else:
            terms.append(_mapped(name))
    parts.body = html
    parts.rules = [*([_sum(terms)] if terms else []), *added]
    return parts


def _gap(gap: Gap, name: str) -> tuple[str, str]:
    worth = Decimal(gap.weight)
    entry = f'<qti-text-entry-interaction response-identifier="{name}"/>'
    match gap:
        case ChoiceGap():
            return _inline_choice(gap, name)
        case TextGap():
            mapping = _word_mapping(gap.answers, worth, case_matters=gap.case_matters)
            return _declaration(name, "single", "string", _key_words(gap.answers), mapping), entry
        case NumberGap():
            _refuse_units(gap)
            if len(gap.answers) != 1:
                raise CannotCarryError(f"the gap `{gap.id}` has {len(gap.answers)} numbers", "one", "Use Moodle XML.")
            return _declaration(name, "single", "float", [f"{answer.value:f}" for answer in gap.answers]), entry


def _inline_choice(gap: ChoiceGap, name: str) -> tuple[str, str]:
    rows = "".join(_inline_rows(gap))
    right = [f"choice-{i}" for i, option in enumerate(gap.options, 1) if option.correct]
    weighted = [
        FULL if option.correct else option.credit if option.credit is not None else Decimal(0) for option in gap.options
    ]
    below = any(weight < 0 for weight in weighted)
    entries = _numbered([weight / _HUNDRED * gap.weight for weight in weighted])
    declaration = _declaration(name, "single", "identifier", right, _mapping(entries, below_zero=below))
    opening = f'<qti-inline-choice-interaction response-identifier="{name}" shuffle="true">'
    return declaration, f"{opening}{rows}</qti-inline-choice-interaction>"


def _inline_rows(gap: ChoiceGap) -> Iterator[str]:
    for i, option in enumerate(gap.options, 1):
        yield f'<qti-inline-choice identifier="choice-{i}">{escape(option.text, quote=False)}</qti-inline-choice>'
