"""The kinds of item: one model a kind, as written in `items/*.yaml`, and what all kinds have in common.

A response earns a share of the item's points. An option or answer may state its own `credit`, in per cent of them.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from itertools import chain
from typing import Annotated, Final, Literal, NamedTuple, assert_never

from pydantic import Field

from curriculum.base import Model, Percent
from curriculum.ids import BehaviourId, CompetencyId, ItemId, ModuleId, SectionId, ThemeId
from curriculum.media import Media

Credit = Annotated[Decimal, Field(ge=-100, le=100, max_digits=10, decimal_places=7)]
"""Per cent of an item's points; below 0 takes points away."""

Number = Annotated[Decimal, Field(allow_inf_nan=False, max_digits=20)]
Tolerance = Annotated[Decimal, Field(ge=0, allow_inf_nan=False, max_digits=20)]
Factor = Annotated[Decimal, Field(gt=0, allow_inf_nan=False, max_digits=20)]
Weight = Annotated[int, Field(ge=1, le=10)]

FULL: Final = Decimal(100)


class ItemKind(StrEnum):
    """How an item is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"
    ORDERING = "ordering"
    MATCHING = "matching"
    NUMERIC = "numeric"
    SHORT_TEXT = "short_text"
    CLOZE = "cloze"
    BRANCHING = "branching"
    EXTENDED_TEXT = "extended_text"


class Pool(StrEnum):
    """Counting items are drawn for quizzes; practice items never are."""

    COUNTING = "counting"
    PRACTICE = "practice"


# ---------------------------------------------------------------- what items are made of


class Option(Model):
    """One choice. For `ordering` the options stand in the right order and `correct` is not used.

    `credit` is what it earns when it is neither simply right nor simply wrong.
    """

    text: str
    correct: bool = False
    rationale: str = ""
    behaviour: BehaviourId | None = None
    credit: Credit | None = None


class Pair(Model):
    """One prompt of a matching item and the answer that belongs to it; several prompts may share an answer."""

    prompt: str
    answer: str
    rationale: str = ""


class Unit(Model):
    """A unit in which a number may be given; `factor` turns it into the unit of the answers."""

    names: Annotated[tuple[str, ...], Field(min_length=1)]
    factor: Factor = Decimal(1)


class NumericAnswer(Model):
    """A number that earns `credit`, and how far from it is still as good."""

    value: Number
    tolerance: Tolerance = Decimal(0)
    credit: Credit = FULL
    rationale: str = ""


class TextAnswer(Model):
    """Words that earn `credit`, however they are cased and spaced. A `*` stands for any words or none."""

    text: str
    credit: Credit = FULL
    rationale: str = ""


class GapKind(StrEnum):
    """How a gap of a cloze is filled."""

    CHOICE = "choice"
    SHORT_TEXT = "short_text"
    NUMERIC = "numeric"


class _Gap(Model):
    """What every gap says: its name, as in `[[name]]`, and its part of the points."""

    id: str
    weight: Weight = 1


class ChoiceGap(_Gap):
    """A gap that is filled with one of several options."""

    kind: Literal[GapKind.CHOICE]
    options: tuple[Option, ...]


class TextGap(_Gap):
    """A gap that is filled with a word or a few."""

    kind: Literal[GapKind.SHORT_TEXT]
    answers: tuple[TextAnswer, ...]
    case_matters: bool = False


class NumberGap(_Gap):
    """A gap that is filled with a number."""

    kind: Literal[GapKind.NUMERIC]
    answers: tuple[NumericAnswer, ...]
    units: tuple[Unit, ...] = ()
    unit_needed: bool = False


Gap = Annotated[ChoiceGap | TextGap | NumberGap, Field(discriminator="kind")]


class Move(Model):
    """Something one may say next in a scenario.

    `then` is what happens; the scenario goes on at turn `next`, or ends here and earns `credit`.
    """

    text: str
    then: str
    next: str | None = None
    credit: Percent | None = None
    rationale: str = ""
    behaviour: BehaviourId | None = None


class Turn(Model):
    """A point of a scenario at which one says something. The first turn begins it."""

    id: str
    text: str
    moves: tuple[Move, ...]


class Criterion(Model):
    """One line of a rubric: what is looked for, and its levels in words, the lowest (worth nothing) first."""

    id: str
    text: str
    levels: Annotated[tuple[str, ...], Field(min_length=2, max_length=6)]

    @property
    def top(self) -> int:
        """Return the number of the highest level."""
        return len(self.levels) - 1


# ---------------------------------------------------------------- the kinds


class _Item(Model):
    """What every item says. `title` and `tags` are for those who write; nobody who answers sees them."""

    id: ItemId
    stem: str
    section: SectionId
    competency: CompetencyId
    scenario: bool = False
    critical: ThemeId | None = None
    pool: Pool = Pool.COUNTING
    points: Annotated[int, Field(ge=1, le=10)] = 1
    feedback: str = ""
    media: Media | None = None
    title: str = ""
    tags: tuple[str, ...] = ()

    def is_of(self, module: ModuleId) -> bool:
        """Return whether the item belongs to a module: its id starts with the module's, as `m9-` for M9."""
        return self.id.lower().startswith(f"{module.lower()}-")


class _Scored(_Item):
    """What every item says that is scored by rule.

    `penalty` is what a wrong response costs, in per cent of the points. Without `below_zero` no response earns less
    than nothing. `hints` are shown one by one after wrong tries, where a quiz gives several.
    """

    penalty: Percent = 0
    below_zero: bool = False
    hints: tuple[str, ...] = ()


class SingleItem(_Scored):
    """One right option of several."""

    kind: Literal[ItemKind.SINGLE]
    options: tuple[Option, ...]


class TrueFalseItem(_Scored):
    """A sentence that is true or false."""

    kind: Literal[ItemKind.TRUE_FALSE]
    options: tuple[Option, ...]


class MultipleItem(_Scored):
    """All right options, no other. With `partial`, each right one earns its part and each wrong one takes one away."""

    kind: Literal[ItemKind.MULTIPLE]
    options: tuple[Option, ...]
    partial: bool = False


class OrderingItem(_Scored):
    """Steps to be put in order. With `partial`, each step that follows the one before it earns its part."""

    kind: Literal[ItemKind.ORDERING]
    options: tuple[Option, ...]
    partial: bool = False


class MatchingItem(_Scored):
    """Prompts, each with its answer; `extra` answers belong to none. With `partial`, each pair earns its part."""

    kind: Literal[ItemKind.MATCHING]
    pairs: tuple[Pair, ...]
    extra: tuple[str, ...] = ()
    partial: bool = False

    @property
    def answers(self) -> tuple[str, ...]:
        """Return the answers to choose from, each once: those of the pairs in their order, then the others."""
        return tuple(dict.fromkeys((*(pair.answer for pair in self.pairs), *self.extra)))


class NumericItem(_Scored):
    """A number, with a unit where one is stated. The best answer that fits counts."""

    kind: Literal[ItemKind.NUMERIC]
    answers: tuple[NumericAnswer, ...]
    units: tuple[Unit, ...] = ()
    unit_needed: bool = False


class ShortTextItem(_Scored):
    """A word or a few. The best answer that fits counts."""

    kind: Literal[ItemKind.SHORT_TEXT]
    answers: tuple[TextAnswer, ...]
    case_matters: bool = False


class ClozeItem(_Scored):
    """A text with gaps, `[[name]]` each. With `partial`, each gap earns its part by weight."""

    kind: Literal[ItemKind.CLOZE]
    text: str
    gaps: tuple[Gap, ...]
    partial: bool = False


class BranchingItem(_Scored):
    """What would you say next: a tree of turns. Each ending states what its path earns."""

    kind: Literal[ItemKind.BRANCHING]
    turns: tuple[Turn, ...]


class ExtendedTextItem(_Item):
    """A text of the trainee's own, marked by a trainer against a rubric. `model` is a good answer, shown afterwards."""

    kind: Literal[ItemKind.EXTENDED_TEXT]
    rubric: tuple[Criterion, ...]
    max_chars: Annotated[int, Field(ge=50, le=1000)] = 500
    model: str = ""


OptionItem = SingleItem | TrueFalseItem | MultipleItem | OrderingItem
ScoredItem = OptionItem | MatchingItem | NumericItem | ShortTextItem | ClozeItem | BranchingItem
Item = Annotated[ScoredItem | ExtendedTextItem, Field(discriminator="kind")]

ITEM_MODELS: Final[dict[ItemKind, type[ScoredItem] | type[ExtendedTextItem]]] = {
    ItemKind.SINGLE: SingleItem,
    ItemKind.MULTIPLE: MultipleItem,
    ItemKind.TRUE_FALSE: TrueFalseItem,
    ItemKind.ORDERING: OrderingItem,
    ItemKind.MATCHING: MatchingItem,
    ItemKind.NUMERIC: NumericItem,
    ItemKind.SHORT_TEXT: ShortTextItem,
    ItemKind.CLOZE: ClozeItem,
    ItemKind.BRANCHING: BranchingItem,
    ItemKind.EXTENDED_TEXT: ExtendedTextItem,
}


# ---------------------------------------------------------------- walking through an item

GAP: Final = re.compile(r"\[\[([^\[\]]*)\]\]")
"""A gap in the text of a cloze."""

OptionLoc = tuple[str | int, ...]


class PlacedOption(NamedTuple):
    """An option or a move, and the way to it from its item."""

    at: OptionLoc
    option: Option | Move


def iter_options(item: Item) -> Iterator[PlacedOption]:
    """Yield everything in an item that may be chosen and has a reason of its own."""
    match item:
        case SingleItem() | TrueFalseItem() | MultipleItem() | OrderingItem():
            yield from _placed(("options",), item.options)
        case ClozeItem():
            for i, gap in enumerate(item.gaps):
                if isinstance(gap, ChoiceGap):
                    yield from _placed(("gaps", i, "options"), gap.options)
        case BranchingItem():
            for i, turn in enumerate(item.turns):
                yield from _placed(("turns", i, "moves"), turn.moves)
        case MatchingItem() | NumericItem() | ShortTextItem() | ExtendedTextItem():
            return
        case _:
            assert_never(item)


def _placed(at: OptionLoc, options: tuple[Option, ...] | tuple[Move, ...]) -> Iterator[PlacedOption]:
    yield from (PlacedOption((*at, i), option) for i, option in enumerate(options))


def iter_texts(item: Item) -> Iterator[str]:
    """Yield all that people read when they answer an item, in its order."""
    yield item.stem
    match item:
        case SingleItem() | TrueFalseItem() | MultipleItem() | OrderingItem():
            yield from (option.text for option in item.options)
        case MatchingItem():
            yield from (pair.prompt for pair in item.pairs)
            yield from item.answers
        case ClozeItem():
            yield GAP.sub("…", item.text)
            gaps = (gap.options for gap in item.gaps if isinstance(gap, ChoiceGap))
            yield from (option.text for option in chain.from_iterable(gaps))
        case BranchingItem():
            for turn in item.turns:
                yield turn.text
                yield from chain.from_iterable((move.text, move.then) for move in turn.moves)
        case NumericItem() | ShortTextItem() | ExtendedTextItem():
            return
        case _:
            assert_never(item)
