"""Reading GIFT, the plain-text format of Moodle, as its documentation and its parsers understand it."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, cast

from assessments.exchange.answers import (
    Weighted,
    decimal_of,
    matching_fields,
    multiple_fields,
    numbers_fields,
    single_fields,
    true_false_fields,
    usual_part,
    weight_of,
    words_fields,
)
from assessments.exchange.categories import category_tag
from assessments.exchange.entries import CannotCarryError, Carried, Entry, Fields, shorten
from assessments.exchange.markup import Format, Text, format_of, read_text, unwrap
from curriculum.items import FULL, ItemKind

GAP: Final = "_____"
"""What stands in a question where its answer is missing."""

OWN_COMMENT: Final = "// practicum "
_MOODLES_COMMENT: Final = re.compile(r"//\s*question: \d+ ")
_CATEGORY: Final = "$CATEGORY:"
_BRACE: Final = re.compile(r"\\.|([{}])", re.S)
_ESCAPED: Final = re.compile(r"\\([\\:~=#{}\[\]n])")
_NEXT_TITLE: Final = re.compile(r"^::", re.M)
_FORMAT: Final = re.compile(r"\s*\[(html|markdown|plain|moodle)\]")
_TRUE_FALSE: Final = re.compile(r"\s*(T|TRUE|F|FALSE)\s*(?=#|$)", re.I)
_WEIGHT: Final = re.compile(r"\s*%([^%\s]{1,20})%")
_ID: Final = re.compile(r"\[id:((?:\\\]|[^\]]){0,300})\]")
_TAG: Final = re.compile(r"\[tag:((?:\\\]|[^\]]){0,300})\]")

_HIDDEN: Final = 0x10FE00
"""Escaped signs stand this far up while the text is taken apart, so that they part nothing."""

_SHOWN: Final = {_HIDDEN + ord(sign): sign for sign in "\\:~=#{}[]"} | {_HIDDEN + ord("n"): "\n"}


@dataclass(slots=True)
class _Block:
    """The lines of one question and the comments among them."""

    line: int = 0
    lines: list[str] = field(default_factory=list[str])
    comments: list[str] = field(default_factory=list[str])


@dataclass(frozen=True, slots=True)
class _Frame:
    """A question taken apart: everything but its answers."""

    title: str
    written: Format
    stem: str
    inner: str | None


def read_gift(text: str) -> Iterator[Entry]:
    """Yield the questions of a GIFT file in their order; categories become tags of those that follow."""
    category = ""
    for block in _blocks(text):
        while block.lines and block.lines[0].lstrip().startswith(_CATEGORY):
            category = block.lines.pop(0).strip().removeprefix(_CATEGORY).strip()
            block.line += 1
        if any(line.strip() for line in block.lines):
            yield _read_block(block, category)


def _blocks(text: str) -> Iterator[_Block]:
    lines = text.split("\n")
    block, is_open, known_to = _Block(), False, -1
    for i, line in enumerate(lines):
        if line.lstrip().startswith("//"):
            block.comments.append(line.strip())
            continue
        if line.strip():
            block.line = block.line or i + 1
            block.lines.append(line)
            is_open = _is_open_after(line, is_open=is_open)
        elif block.lines and is_open and (i < known_to or (known_to := _closed_at(lines, i)) > i):
            block.lines.append("")
        else:
            if block.lines:
                yield block
            block, is_open = _Block(), False
    if block.lines:
        yield block


def _is_open_after(line: str, *, is_open: bool) -> bool:
    for found in _BRACE.finditer(line):
        if found[1]:
            is_open = found[1] == "{"
    return is_open


def _closed_at(lines: list[str], start: int) -> int:
    """Return the line in which an open brace is closed before another opens; -1 when it never is."""
    for i in range(start, len(lines)):
        if lines[i].lstrip().startswith("//"):
            continue
        found = next((brace[1] for brace in _BRACE.finditer(lines[i]) if brace[1]), "")
        if found:
            return i if found == "}" else -1
    return -1


def _read_block(block: _Block, category: str) -> Entry:
    body = _ESCAPED.sub(lambda found: chr(_HIDDEN + ord(found[1])), "\n".join(block.lines)).strip()
    name = shorten(_show(body))
    try:
        frame = _take_apart(body)
        name = frame.title or shorten(frame.stem)
        return Entry(block.line, name, _read_question(frame, block.comments, category))
    except CannotCarryError as refusal:
        return Entry(block.line, name, refusal)


def _show(text: str) -> str:
    return text.translate(_SHOWN)


def _take_apart(body: str) -> _Frame:
    title = ""
    if body.startswith("::"):
        title, closing, body = body[2:].partition("::")
        if not closing:
            raise CannotCarryError("its title is never closed", "`::title::`", "Write `::` after the title.")
    written, body = _written(body, Format.MOODLE)
    before, brace, rest = body.partition("{")
    if not brace:
        if "}" in before:
            raise CannotCarryError("a `}` without a `{`", "both", "Write `\\}` for the sign itself.")
        return _Frame(_title(title), written, _words(before, written), None)
    inner, brace, after = rest.partition("}")
    if not brace:
        raise CannotCarryError("its answers are never closed", "a `}`", "Write `}` after the last answer.")
    if "{" in after or "}" in after:
        if _NEXT_TITLE.search(after):
            found = "another question begins right behind it"
            raise CannotCarryError(found, "an empty line between two questions", "Put one there.")
        raise CannotCarryError(
            "two sets of answers in braces", "one", "Write `\\{` and `\\}` for the signs themselves."
        )
    gap = f" {GAP} " if after.strip() else ""
    return _Frame(_title(title), written, _words(f"{before.strip()}{gap}{after.strip()}", written), inner)


def _title(raw: str) -> str:
    return _show(unwrap(raw))


def _written(text: str, otherwise: Format) -> tuple[Format, str]:
    """Return the format that stands in front of a text, and the rest."""
    found = _FORMAT.match(text)
    return (format_of(found[1], otherwise), text[found.end() :]) if found else (otherwise, text)


def _words(raw: str, otherwise: Format) -> str:
    written, raw = _written(raw, otherwise)
    if written is not Format.MARKDOWN:
        raw = unwrap(raw)
    text: Text = read_text(_show(raw).strip(), written)
    if text.pictures:
        found = f"it shows the picture `{text.pictures[0].source[:80]}`, which a GIFT file cannot hold"
        raise CannotCarryError(found, "words", "Export the questions as Moodle XML.")
    return text.words


def _read_question(frame: _Frame, comments: list[str], category: str) -> Carried:
    if frame.inner is None:
        found = "a text without a question"
        raise CannotCarryError(found, "answers in braces", "Put the text into the module, or into a question.")
    if not frame.stem:
        raise CannotCarryError("no question before the answers", "text", "Write the question.")
    inner, has_feedback, general = frame.inner.partition("####")
    notes: list[str] = []
    fields: Fields = {"stem": frame.stem, "title": frame.title}
    if has_feedback:
        fields["feedback"] = _words(general, frame.written)
    fields["tags"] = [*_tags(comments), *category_tag(category)]
    is_moodles = any(_MOODLES_COMMENT.match(comment) for comment in comments)
    fields |= _read_answers(inner, frame.written, notes, is_moodles=is_moodles)
    found = _first(_ID, comments)
    return Carried(fields, own=_own(comments), foreign_id=found, notes=tuple(notes))


def _first(pattern: re.Pattern[str], comments: list[str]) -> str:
    return next((found[1].replace("\\]", "]").strip() for each in comments if (found := pattern.search(each))), "")


def _tags(comments: list[str]) -> list[str]:
    marked = (each for each in comments if not each.startswith(OWN_COMMENT))
    return [found[1].replace("\\]", "]").strip() for each in marked for found in _TAG.finditer(each)]


def _own(comments: list[str]) -> dict[str, object]:
    """Return what only our own files say, in a comment that others pass over."""
    for comment in comments:
        if comment.startswith(OWN_COMMENT):
            try:
                found: object = json.loads(comment.removeprefix(OWN_COMMENT))
            except (json.JSONDecodeError, RecursionError):
                continue
            return cast("dict[str, object]", found) if isinstance(found, dict) else {}
    return {}


# ---------------------------------------------------------------- answers


def _read_answers(inner: str, written: Format, notes: list[str], *, is_moodles: bool) -> Fields:
    if not inner.strip():
        return {"kind": ItemKind.EXTENDED_TEXT, "rubric": [], "max_chars": 1000}
    if inner.lstrip().startswith("#"):
        return numbers_fields(list(_numbers(inner.lstrip()[1:], written)))
    if answer := _TRUE_FALSE.match(inner):
        return _true_false(answer[1], inner[answer.end() :], written, is_moodles=is_moodles)
    marks = _split(inner)
    if any(mark == "~" for mark, _ in marks):
        return _choice(marks, written, notes)
    if all("->" in raw for _, raw in marks):
        return matching_fields([_pair(raw, written) for _, raw in marks])
    return words_fields([_answer(raw, written, FULL) for _, raw in marks])


def _split(inner: str) -> list[tuple[str, str]]:
    """Return each answer with the mark before it, `=` or `~`."""
    before, *parts = re.split(r"([=~])", inner)
    if before.strip():
        found = f"`{shorten(_show(before), 30)}` stands before the first answer"
        raise CannotCarryError(found, "`=` before a right answer, `~` before a wrong one", "Write the mark.")
    return list(zip(parts[::2], parts[1::2], strict=True))


def _true_false(answer: str, rest: str, written: Format, *, is_moodles: bool) -> Fields:
    """Read the feedback: the first is for who says true. Moodle itself writes first what is for a wrong answer."""
    is_true = answer.upper().startswith("T")
    told = [_words(raw, written) for raw in rest.split("#")[1:]]
    if len(told) > 2:
        raise CannotCarryError(f"{len(told)} texts of feedback", "two at most", "Write `\\#` for the sign itself.")
    first, second = (*told, "", "")[:2]
    if is_true and is_moodles:
        first, second = second, first
    return true_false_fields(is_true=is_true, if_true=first, if_false=second)


def _answer(raw: str, written: Format, otherwise: Decimal) -> Weighted:
    weight = otherwise
    if found := _WEIGHT.match(raw):
        weight, raw = weight_of(found[1]), raw[found.end() :]
    text, _, feedback = raw.partition("#")
    return Weighted(_words(text, written), weight, _words(feedback, written))


def _choice(marks: list[tuple[str, str]], written: Format, notes: list[str]) -> Fields:
    answers = [_answer(raw, written, FULL if mark == "=" else Decimal(0)) for mark, raw in marks]
    n_right = sum(mark == "=" for mark, _ in marks)
    if n_right == 1:
        return single_fields(answers)
    if n_right == 0:
        return multiple_fields(answers)
    if any(answer.weight not in (0, FULL) for answer in answers):
        raise CannotCarryError(f"{n_right} right answers beside weighted ones", "either", "Weigh each, or none.")
    notes.append(f"{n_right} options are marked as right: all of them have to be chosen")
    part = usual_part(n_right)
    return multiple_fields([Weighted(a.text, part if a.weight else a.weight, a.feedback) for a in answers])


def _pair(raw: str, written: Format) -> tuple[str, str]:
    prompt, _, answer = raw.partition("->")
    return _words(prompt, written), _words(answer, Format.PLAIN)


def _numbers(raw: str, written: Format) -> Iterator[Weighted]:
    raw, has_wrong, wrong = raw.partition("~")
    for part in raw.split("=") if raw.strip() else ():
        if part.strip():
            yield _number(part, written)
    if has_wrong:
        text, _, feedback = wrong.partition("#")
        if text.strip() not in ("", "*") or "~" in wrong:
            raise CannotCarryError("a wrong number is listed", "one `~` for all other numbers", "Write `=%0%number`.")
        yield Weighted("*", Decimal(0), _words(feedback, written))


def _number(raw: str, written: Format) -> Weighted:
    weight = FULL
    if found := _WEIGHT.match(raw):
        weight, raw = weight_of(found[1]), raw[found.end() :]
    value, _, feedback = raw.partition("#")
    told = _words(feedback, written)
    value = _show(value).strip()
    low, is_range, high = value.partition("..")
    if is_range:
        least, most = decimal_of(low, "a lower end"), decimal_of(high, "an upper end")
        if least > most:
            raise CannotCarryError(f"a range from {least:f} to {most:f}", "the smaller number first")
        return Weighted(f"{(least + most) / 2:f}", weight, told, (most - least) / 2)
    number, has_tolerance, tolerance = value.partition(":")
    width = decimal_of(tolerance, "a tolerance") if has_tolerance and number.strip() != "*" else Decimal(0)
    return Weighted(number.strip(), weight, told, width)
