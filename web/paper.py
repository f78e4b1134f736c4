"""Questions on paper, by kind: boxes to tick, lines to write on, and what was answered so far."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from assessments.items import NOTHING, FilledGap, walk_gaps
from assessments.service.attempts import Sheet
from curriculum.items import (
    GAP,
    BranchingItem,
    ChoiceGap,
    ClozeItem,
    ExtendedTextItem,
    MatchingItem,
    MultipleItem,
    NumericItem,
    Option,
    OrderingItem,
    ShortTextItem,
    SingleItem,
    TrueFalseItem,
)
from curriculum.media import Image, Media
from web.texts import _

_LONG: int = 8
"""Lines for a text."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a question: a box with a text beside it, or a text alone; `is_chosen` when it was answered so."""

    text: str
    has_box: bool = True
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class PaperQuestion:
    """A question as it is printed: what it asks, how to answer, its rows, empty lines, and what was typed so far.

    `picture` holds the words for its picture; `words` are those of a sound or a film, which paper cannot play.
    """

    number: int
    stem: str
    how: str
    rows: tuple[Row, ...] = ()
    n_lines: int = 0
    typed: str = ""
    picture: str = ""
    words: str = ""


def list_questions(sheet: Sheet) -> list[PaperQuestion]:
    """Return the questions of a form in its order."""
    return [
        _with_media(_question(sheet, position), sheet.items[position].media) for position in range(len(sheet.items))
    ]


def _with_media(question: PaperQuestion, media: Media | None) -> PaperQuestion:
    if media is None:
        return question
    if isinstance(media, Image):
        return replace(question, picture=media.alt)
    return replace(question, words=media.transcript)


def _question(sheet: Sheet, position: int) -> PaperQuestion:
    item, given, number = sheet.items[position], sheet.given_at(position), position + 1
    match item:
        case SingleItem() | TrueFalseItem():
            rows = tuple(_ticks(sheet, position, item.options))
            return PaperQuestion(number, item.stem, _("Tick one."), rows)
        case MultipleItem():
            rows = tuple(_ticks(sheet, position, item.options))
            return PaperQuestion(number, item.stem, _("Tick all that fit."), rows)
        case OrderingItem():
            return PaperQuestion(number, item.stem, _("Number them, the first with 1."), tuple(_steps(sheet, position)))
        case MatchingItem():
            return PaperQuestion(
                number, item.stem, _("Write the letter that belongs to each line."), _pairs(sheet, position, item)
            )
        case NumericItem():
            return PaperQuestion(number, item.stem, _("Write a number."), n_lines=1, typed=given.text)
        case ShortTextItem():
            return PaperQuestion(number, item.stem, _("Write a few words."), n_lines=1, typed=given.text)
        case ClozeItem():
            return PaperQuestion(number, item.stem, _("Fill the gaps."), tuple(_gaps(sheet, position, item)))
        case BranchingItem():
            return PaperQuestion(
                number,
                item.stem,
                _("Begin at part 1, and go where your answer leads."),
                tuple(_turns(sheet, position, item)),
            )
        case ExtendedTextItem():
            return PaperQuestion(number, item.stem, _("Write your own words."), n_lines=_LONG, typed=given.text)
        case _:
            assert_never(item)


def _ticks(sheet: Sheet, position: int, options: Sequence[Option]) -> Iterator[Row]:
    chosen = sheet.given_at(position).chosen
    for number in sheet.orders_at(position)[0]:
        yield Row(options[number].text, is_chosen=number in chosen)


def _steps(sheet: Sheet, position: int) -> Iterator[Row]:
    chosen = sheet.given_at(position).chosen
    for number, option in sheet.options_at(position):
        place = f" ({chosen.index(number) + 1})" if number in chosen else ""
        yield Row(f"{option.text}{place}")


def _pairs(sheet: Sheet, position: int, item: MatchingItem) -> tuple[Row, ...]:
    order, chosen = sheet.orders_at(position)[0], sheet.given_at(position).chosen or (NOTHING,) * len(item.pairs)
    letters = {number: chr(ord("A") + place) for place, number in enumerate(order)}
    prompts = (
        Row(f"{pair.prompt} ({letters[number]})" if number != NOTHING else pair.prompt)
        for pair, number in zip(item.pairs, chosen, strict=True)
    )
    return (*prompts, *(Row(f"{letters[number]}: {item.answers[number]}", has_box=False) for number in order))


def _gaps(sheet: Sheet, position: int, item: ClozeItem) -> Iterator[Row]:
    numbers = {gap.id: number for number, gap in enumerate(item.gaps, 1)}
    yield Row(GAP.sub(lambda found: f"({numbers[found[1]]}) ________", item.text), has_box=False)
    for filled in walk_gaps(item, sheet.given_at(position)):
        options = " / ".join(option.text for option in filled.gap.options) if isinstance(filled.gap, ChoiceGap) else ""
        words = " ".join(part for part in (f"({numbers[filled.gap.id]})", options, _filled(filled)) if part)
        if options or filled.is_filled:
            yield Row(words, has_box=False)


def _filled(filled: FilledGap) -> str:
    if not filled.is_filled:
        return ""
    chosen = filled.gap.options[filled.chosen].text if isinstance(filled.gap, ChoiceGap) else filled.text
    return f"[{chosen}]"


def _turns(sheet: Sheet, position: int, item: BranchingItem) -> Iterator[Row]:
    places = {turn.id: place for place, turn in enumerate(item.turns, 1)}
    for turn, order in zip(item.turns, sheet.orders_at(position), strict=True):
        yield Row(_("Part {n}: {text}").format(n=places[turn.id], text=turn.text), has_box=False)
        for number in order:
            move = turn.moves[number]
            goes_on = _("Go to part {n}.").format(n=places[move.next]) if move.next else _("It ends here.")
            yield Row(f"{move.text} {goes_on}")
