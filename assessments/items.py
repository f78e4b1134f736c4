"""Items: what may be given to one, when it is whole, and what would be right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final, NamedTuple, assert_never

from assessments.errors import WrongInputError
from curriculum.answers import read_quantity
from curriculum.items import (
    FULL,
    BranchingItem,
    ChoiceGap,
    ClozeItem,
    ExtendedTextItem,
    Gap,
    Item,
    MatchingItem,
    Move,
    MultipleItem,
    NumberGap,
    NumericAnswer,
    NumericItem,
    OrderingItem,
    ShortTextItem,
    SingleItem,
    TextAnswer,
    TextGap,
    TrueFalseItem,
    Turn,
    Unit,
)

NOTHING: Final = -1
"""Stands in a choice where a prompt has no answer yet, or where a gap is filled with words."""

MAX_SHORT: Final = 100
"""Characters of a short text, or of a number."""


@dataclass(frozen=True, slots=True)
class Given:
    """What was given to one item.

    Attributes:
        chosen: Numbers of what was chosen, as the item is written, from 0. Options (for ordering: in the order given);
            for matching the answer to each prompt; for a cloze the option of each gap; for a scenario the move at each
            turn. `NOTHING` where there is none.
        text: What was typed; for a cloze a line for each gap.
        certainty: 1 (guess) to 3 (sure); None when it was not said.
        tries_before: How many answers to this item the trainee was told about before.
    """

    chosen: tuple[int, ...] = ()
    text: str = ""
    certainty: int | None = None
    tries_before: int = 0

    @property
    def is_empty(self) -> bool:
        """Return whether nothing was given."""
        return not self.chosen and not self.text


# ---------------------------------------------------------------- walking through items


def choice_sizes(item: Item) -> tuple[int, ...]:
    """Return how many things each list of an item offers to choose from, in its order; `()` when it has no list."""
    match item:
        case SingleItem() | TrueFalseItem() | MultipleItem() | OrderingItem():
            return (len(item.options),)
        case MatchingItem():
            return (len(item.answers),)
        case ClozeItem():
            return tuple(len(gap.options) for gap in item.gaps if isinstance(gap, ChoiceGap))
        case BranchingItem():
            return tuple(len(turn.moves) for turn in item.turns)
        case NumericItem() | ShortTextItem() | ExtendedTextItem():
            return ()
        case _:
            assert_never(item)


def split_order(item: Item, order: Sequence[int]) -> list[tuple[int, ...]]:
    """Return the order in which each list of an item was shown, from the one order that a form keeps."""
    split: list[tuple[int, ...]] = []
    at = 0
    for size in choice_sizes(item):
        split.append(tuple(order[at : at + size]))
        at += size
    return split


class Step(NamedTuple):
    """A turn of a scenario, and the move that was made at it; None where the path has come to."""

    turn: Turn
    move: Move | None


def walk_path(item: BranchingItem, chosen: Sequence[int]) -> Iterator[Step]:
    """Yield the turns that a path has come through; the last one is without a move unless the path has ended."""
    turns = {turn.id: turn for turn in item.turns}
    at: str | None = item.turns[0].id
    for number in chosen:
        if at is None:
            return
        move = turns[at].moves[number]
        yield Step(turns[at], move)
        at = move.next
    if at is not None:
        yield Step(turns[at], None)


class FilledGap(NamedTuple):
    """A gap of a cloze with what was chosen or typed."""

    gap: Gap
    chosen: int
    text: str

    @property
    def is_filled(self) -> bool:
        """Return whether there is anything in it."""
        return self.chosen != NOTHING if isinstance(self.gap, ChoiceGap) else bool(self.text)


def walk_gaps(item: ClozeItem, given: Given) -> Iterator[FilledGap]:
    """Yield each gap with what was given to it."""
    lines = given.text.split("\n") if given.text else []
    for gap, chosen, line in zip_longest(item.gaps, given.chosen[: len(item.gaps)], lines[: len(item.gaps)]):
        yield FilledGap(gap, NOTHING if chosen is None else chosen, line or "")


def is_complete(item: Item, given: Given) -> bool:
    """Return whether a response is whole; one that is not is kept too, and is not yet an answer."""
    match item:
        case SingleItem() | TrueFalseItem() | MultipleItem():
            return bool(given.chosen)
        case OrderingItem():
            return len(given.chosen) == len(item.options)
        case MatchingItem():
            return bool(given.chosen) and NOTHING not in given.chosen
        case ClozeItem():
            return all(filled.is_filled for filled in walk_gaps(item, given))
        case BranchingItem():
            return bool(given.chosen) and all(step.move is not None for step in walk_path(item, given.chosen))
        case NumericItem() | ShortTextItem() | ExtendedTextItem():
            return bool(given.text)
        case _:
            assert_never(item)


def answer_texts(item: Item, given: Given) -> list[str]:
    """Return in the item's own words what was given to it, part by part."""
    match item:
        case SingleItem() | TrueFalseItem() | MultipleItem() | OrderingItem():
            return [item.options[number].text for number in given.chosen if number < len(item.options)]
        case MatchingItem():
            pairs = zip(item.pairs, given.chosen, strict=False)
            return [f"{pair.prompt}: {item.answers[number]}" for pair, number in pairs if number != NOTHING]
        case ClozeItem():
            return [_gap_text(filled) for filled in walk_gaps(item, given) if filled.is_filled]
        case BranchingItem():
            return [step.move.text for step in walk_path(item, given.chosen) if step.move is not None]
        case NumericItem() | ShortTextItem() | ExtendedTextItem():
            return [given.text] if given.text else []
        case _:
            assert_never(item)


def _gap_text(filled: FilledGap) -> str:
    return filled.gap.options[filled.chosen].text if isinstance(filled.gap, ChoiceGap) else filled.text


# ---------------------------------------------------------------- what is right


def right_choice(item: Item) -> tuple[int, ...]:
    """Return the choice of a right response, in the order in which a response holds it; `()` where one has to type."""
    match item:
        case SingleItem() | TrueFalseItem() | MultipleItem():
            return tuple(number for number, option in enumerate(item.options) if option.correct)
        case OrderingItem():
            return tuple(range(len(item.options)))
        case MatchingItem():
            return tuple(item.answers.index(pair.answer) for pair in item.pairs)
        case ClozeItem():
            return tuple(_right_option(gap) for gap in item.gaps)
        case BranchingItem():
            return _best_path(item)
        case NumericItem() | ShortTextItem() | ExtendedTextItem():
            return ()
        case _:
            assert_never(item)


def right_given(item: Item) -> Given:
    """Return a response that earns everything."""
    return Given(right_choice(item), _right_text(item))


def _right_text(item: Item) -> str:
    match item:
        case NumericItem():
            return _right_number(item.answers, item.units)
        case ShortTextItem():
            return _right_words(item.answers)
        case ClozeItem():
            lines = [_right_line(gap) for gap in item.gaps]
            return "\n".join(lines) if any(lines) else ""
        case ExtendedTextItem():
            return item.model
        case _:
            return ""


def _right_option(gap: Gap) -> int:
    options = gap.options if isinstance(gap, ChoiceGap) else ()
    return next((number for number, option in enumerate(options) if option.correct), NOTHING)


def _right_line(gap: Gap) -> str:
    match gap:
        case ChoiceGap():
            return ""
        case TextGap():
            return _right_words(gap.answers)
        case NumberGap():
            return _right_number(gap.answers, gap.units)
        case _:
            assert_never(gap)


def _right_words(answers: Sequence[TextAnswer]) -> str:
    best = max(answers, key=lambda answer: (answer.credit, "*" not in answer.text))
    return " ".join(best.text.replace("*", " ").split())


def _right_number(answers: Sequence[NumericAnswer], units: Sequence[Unit]) -> str:
    best = max(answers, key=lambda answer: answer.credit)
    return f"{best.value:f} {units[0].names[0]}" if units else f"{best.value:f}"


def _best_path(item: BranchingItem) -> tuple[int, ...]:
    """Return the first path whose ending earns everything."""
    turns = {turn.id: turn for turn in item.turns}
    waiting: list[tuple[str, tuple[int, ...]]] = [(item.turns[0].id, ())]
    for at, path in waiting:
        for number, move in enumerate(turns[at].moves):
            if move.credit == FULL:
                return (*path, number)
            if move.next is not None:
                waiting.append((move.next, (*path, number)))
    return ()


# ---------------------------------------------------------------- what may be given


def tidy_given(item: Item, chosen: Sequence[int], text: str = "") -> Given:
    """Return a response as it is kept, whole or not.

    Raises:
        WrongInputError: It is empty, or no response to an item of this kind.
    """
    match item:
        case NumericItem():
            return Given(text=_tidy_number(item, text))
        case ShortTextItem():
            return Given(text=_tidy_words(item, text))
        case ExtendedTextItem():
            return Given(text=_tidy_long(item, text))
        case ClozeItem():
            return _tidy_gaps(item, chosen, text)
        case _:
            if text:
                raise _wrong(item, "a text was typed", "a choice", "Choose an answer.")
            return Given(tidy_choice(item, chosen))


def tidy_choice(item: Item, chosen: Sequence[int]) -> tuple[int, ...]:
    """Return a choice as it is kept: for `multiple` in ascending order, else as given.

    Raises:
        WrongInputError: The numbers are no valid choice for an item of this kind.
    """
    match item:
        case SingleItem() | TrueFalseItem():
            return _tidy_numbers(item, chosen, len(item.options), "exactly one option", n_most=1)
        case MultipleItem():
            return tuple(sorted(_tidy_numbers(item, chosen, len(item.options), "one or more options, each once")))
        case OrderingItem():
            return _tidy_numbers(item, chosen, len(item.options), "the steps, each once")
        case MatchingItem():
            return _tidy_pairs(item, chosen)
        case BranchingItem():
            return _tidy_path(item, chosen)
        case ClozeItem() | NumericItem() | ShortTextItem() | ExtendedTextItem():
            raise _wrong(item, f"{list(chosen)} was chosen", "words or a number", "Type your answer.")
        case _:
            assert_never(item)


def _tidy_numbers(
    item: Item, chosen: Sequence[int], n: int, expected: str, *, n_most: int | None = None
) -> tuple[int, ...]:
    if not set(chosen) <= set(range(n)):
        raise _wrong_choice(item, chosen, f"numbers from 0 to {n - 1}")
    if not chosen or len(set(chosen)) != len(chosen) or len(chosen) > (n_most or n):
        raise _wrong_choice(item, chosen, expected)
    return tuple(chosen)


def _tidy_pairs(item: MatchingItem, chosen: Sequence[int]) -> tuple[int, ...]:
    if len(chosen) != len(item.pairs) or not set(chosen) <= set(range(NOTHING, len(item.answers))):
        raise _wrong_choice(item, chosen, f"an answer, or none, to each of {len(item.pairs)} prompts")
    if set(chosen) == {NOTHING}:
        raise _wrong_choice(item, chosen, "an answer to at least one prompt")
    return tuple(chosen)


def _tidy_path(item: BranchingItem, chosen: Sequence[int]) -> tuple[int, ...]:
    turns = {turn.id: turn for turn in item.turns}
    at: str | None = item.turns[0].id
    for number in chosen:
        if at is None or not 0 <= number < len(turns[at].moves):
            raise _wrong_choice(item, chosen, "a move that this turn offers")
        at = turns[at].moves[number].next
    if not chosen:
        raise _wrong_choice(item, chosen, "at least one move")
    return tuple(chosen)


def _tidy_gaps(item: ClozeItem, chosen: Sequence[int], text: str) -> Given:
    n = len(item.gaps)
    lines = [_one_line(line) for line in text.split("\n")] if text else [""] * n
    if len(chosen) != n or len(lines) != n:
        raise _wrong(item, f"{len(chosen)} choices and {len(lines)} lines", f"one for each of {n} gaps", "Try again.")
    for gap, number, line in zip(item.gaps, chosen, lines, strict=True):
        n_options = len(gap.options) if isinstance(gap, ChoiceGap) else 0
        if not NOTHING <= number < n_options:
            raise _wrong_choice(item, chosen, f"an option of gap `{gap.id}`, or none")
        if isinstance(gap, NumberGap) and line:
            _tidy_number(item, line)
        if len(line) > MAX_SHORT:
            raise _wrong(item, f"{len(line)} characters", f"at most {MAX_SHORT}", "Say it shorter.")
    given = Given(tuple(chosen), "\n".join(lines) if any(lines) else "")
    if not any(filled.is_filled for filled in walk_gaps(item, given)):
        raise _wrong(item, "nothing", "something in at least one gap", "Fill a gap.")
    return given


def _tidy_number(item: Item, text: str) -> str:
    line = _one_line(text)
    if len(line) > MAX_SHORT or read_quantity(line) is None:
        raise _wrong(item, f"`{line[:MAX_SHORT]}`", "one number", "Write it in figures, such as 12 or 1.5.")
    return line


def _tidy_words(item: Item, text: str) -> str:
    line = _one_line(text)
    if not line or len(line) > MAX_SHORT:
        raise _wrong(item, f"{len(line)} characters", f"1 to {MAX_SHORT}", "Answer in a few words.")
    return line


def _tidy_long(item: ExtendedTextItem, text: str) -> str:
    tidy = text.strip()
    if not tidy or len(tidy) > item.max_chars:
        raise _wrong(item, f"{len(tidy)} characters", f"1 to {item.max_chars}", "Say it in fewer words.")
    return tidy


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _wrong_choice(item: Item, chosen: Sequence[int], expected: str) -> WrongInputError:
    return _wrong(item, f"{list(chosen)} was chosen", expected, "Choose again.")


def _wrong(item: Item, found: str, expected: str, advice: str) -> WrongInputError:
    return WrongInputError(f"Item `{item.id}`", found, expected, advice)
