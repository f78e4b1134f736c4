"""Gaps as Moodle writes them into a text: `{2:SHORTANSWER:=wait#Well done~%50%rest}`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Final, cast

from assessments.exchange.answers import Weighted, decimal_of, numbers, single_fields, weight_of, words
from assessments.exchange.entries import CannotCarryError, Fields, shorten
from assessments.exchange.markup import Format, read_text, write_html
from curriculum.items import FULL, ChoiceGap, ClozeItem, Gap, GapKind, NumberGap, NumericAnswer, Option, TextAnswer

_SHAPES: Final = ("", "_V", "_H", "_S", "_VS", "_HS", "V", "H", "S", "VS", "HS")
_CHOICES: Final = frozenset(f"{name}{shape}" for name in ("MULTICHOICE", "MC") for shape in _SHAPES)
_WORDS: Final = frozenset({"SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC"})
_WITH_CASE: Final = frozenset({"SHORTANSWER_C", "SAC", "MWC"})
_NUMBERS: Final = frozenset({"NUMERICAL", "NM"})
_SEVERAL: Final = re.compile(r"(?:MULTIRESPONSE|MR)", re.I)
_CODE: Final = re.compile(r"\{(\d*):([A-Z_]+):((?:\\.|[^\\{}])*)\}", re.I | re.S)
_BROKEN: Final = re.compile(r"\{\d*:[A-Z_]{2,}[:}]", re.I)
"""The beginning of a gap; what it may be followed by when it was not read as one."""

_ANSWERS: Final = re.compile(r"((?:\\.|[^\\~])*)(?:~|$)", re.S)
_ANSWER: Final = re.compile(r"\s*(=|%[^%]{1,20}%)?((?:\\.|&#|[^\\#])*)(?:#(.*))?", re.S)
_BACKSLASH: Final = re.compile(r"\\(.)", re.S)
_ESCAPES: Final = re.compile(r"([\\}#~/\"])")
_MARK: Final = "\ue020{}\ue021"
_MARKED: Final = re.compile("\ue020(\\d+)\ue021")
_MAX_WEIGHT: Final = 10


@dataclass(frozen=True, slots=True)
class Codes:
    """A text whose gaps are marked by signs that no markup touches, and the gaps."""

    marked: str
    gaps: tuple[Fields, ...]

    @property
    def worth(self) -> int:
        """Return how many points the gaps give together."""
        return sum(cast(int, gap["weight"]) for gap in self.gaps)

    def named(self, text: str) -> str:
        """Return a cleaned text with its gaps as items write them."""
        for i, gap in enumerate(self.gaps):
            text = text.replace(_MARK.format(i), f"[[{gap['id']}]]", 1)
        return text


def read_codes(raw: str) -> Codes:
    """Return the gaps of a text.

    Raises:
        CannotCarryError: A gap is of a kind that has no counterpart, or there is none.
    """
    if "[[" in raw:
        raise CannotCarryError("its text has `[[`", "a text without it", "Items mark their gaps so.")
    gaps: list[Fields] = []

    def take(found: re.Match[str]) -> str:
        gaps.append(_read_gap(found, f"gap-{len(gaps) + 1}"))
        return _MARK.format(len(gaps) - 1)

    marked = _CODE.sub(take, raw)
    if broken := _BROKEN.search(marked):
        begin = _MARKED.split(marked[broken.start() :])[0]
        found = f"a gap is not whole: `{shorten(begin, 30)}`"
        raise CannotCarryError(found, "one such as `{1:SHORTANSWER:=word}`", "Write `\\}` for a `}` in an answer.")
    if not gaps:
        raise CannotCarryError("a text without gaps", "gaps such as `{1:SHORTANSWER:=word}`", "Write one.")
    return Codes(marked, tuple(gaps))


def _read_gap(found: re.Match[str], gap_id: str) -> Fields:
    kind, answers = found[2].upper(), _read_answers(found[3])
    weight = int(found[1][:4] or 1)
    if not 1 <= weight <= _MAX_WEIGHT:
        raise CannotCarryError(f"a gap has the weight {weight}", f"1 to {_MAX_WEIGHT}", "Change it in the file.")
    base: Fields = {"id": gap_id, "weight": weight}
    if _SEVERAL.match(kind):
        raise CannotCarryError(
            "a gap takes several options", "one option for a gap", "Ask it as a question of its own."
        )
    if kind in _CHOICES:
        return base | {"kind": GapKind.CHOICE, "options": single_fields(answers)["options"]}
    if kind in _WORDS:
        case = {"case_matters": True} if kind in _WITH_CASE else {}
        return base | {"kind": GapKind.SHORT_TEXT, "answers": words(answers)} | case
    if kind in _NUMBERS:
        return base | {"kind": GapKind.NUMERIC, "answers": numbers([_as_number(answer) for answer in answers])}
    raise CannotCarryError(f"a gap is of the kind `{kind}`", "SHORTANSWER, MULTICHOICE or NUMERICAL", "Change it.")


def _read_answers(raw: str) -> list[Weighted]:
    """Return the answers of a gap; HTML in them is cleaned."""
    found = [_read_answer(each[1]) for each in _ANSWERS.finditer(raw) if each[1].strip()]
    if not found:
        raise CannotCarryError("a gap has no answers", "one at least", "Write one in the file.")
    return found


def _read_answer(raw: str) -> Weighted:
    parts = _ANSWER.fullmatch(raw)
    if parts is None:
        raise CannotCarryError(f"an answer is `{raw[:30]}`", "`=right` or `%50%half`", "Change it in the file.")
    weight = FULL if parts[1] == "=" else weight_of(parts[1].strip("%")) if parts[1] else Decimal(0)
    return Weighted(_clean(parts[2]), weight, _clean(parts[3] or ""))


def _clean(raw: str) -> str:
    return read_text(_BACKSLASH.sub(r"\1", raw), Format.HTML).only_words


def _as_number(answer: Weighted) -> Weighted:
    value, _, tolerance = answer.text.partition(":")
    width = decimal_of(tolerance, "a tolerance") if tolerance.strip() else Decimal(0)
    return Weighted(value.strip(), answer.weight, answer.feedback, width)


# ---------------------------------------------------------------- writing


def write_codes(item: ClozeItem) -> str:
    """Return the text of a cloze as HTML with its gaps as codes."""
    text = item.text
    for i, gap in enumerate(item.gaps):
        text = text.replace(f"[[{gap.id}]]", _MARK.format(i), 1)
    html = write_html(text)
    return _MARKED.sub(lambda found: _code(item.gaps[int(found[1])]), html)


def _code(gap: Gap) -> str:
    match gap:
        case ChoiceGap():
            return _written(gap, "MULTICHOICE_S", [_option_code(option) for option in gap.options])
        case NumberGap():
            if gap.units:
                raise CannotCarryError(f"the gap `{gap.id}` has units", "a number alone", "Put the unit into the text.")
            return _written(gap, "NUMERICAL", [_number_code(answer) for answer in gap.answers])
        case _:
            kind = "SHORTANSWER_C" if gap.case_matters else "SHORTANSWER"
            return _written(gap, kind, [_words_code(answer) for answer in gap.answers])


def _written(gap: Gap, kind: str, answers: Sequence[str]) -> str:
    return f"{{{gap.weight}:{kind}:{'~'.join(answers)}}}"


def _option_code(option: Option) -> str:
    weight = FULL if option.correct else option.credit or Decimal(0)
    return f"{_weight_code(weight)}{_escape(option.text)}{_told(option.rationale)}"


def _number_code(answer: NumericAnswer) -> str:
    return f"{_weight_code(answer.credit)}{answer.value:f}:{answer.tolerance:f}{_told(answer.rationale)}"


def _words_code(answer: TextAnswer) -> str:
    return f"{_weight_code(answer.credit)}{_escape(answer.text)}{_told(answer.rationale)}"


def _weight_code(weight: Decimal) -> str:
    return "=" if weight == FULL else f"%{weight:f}%"


def _told(rationale: str) -> str:
    return f"#{_escape(rationale)}" if rationale else ""


def _escape(text: str) -> str:
    return escape(_ESCAPES.sub(r"\\\1", text), quote=False)
