"""Each kind of item can be answered, has a key, and can be scored as it says."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain
from typing import Final, assert_never

from curriculum.answers import fold_text
from curriculum.errors import Problem
from curriculum.items import (
    FULL,
    GAP,
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
    OptionItem,
    OrderingItem,
    Pool,
    ScoredItem,
    ShortTextItem,
    SingleItem,
    TextAnswer,
    TextGap,
    TrueFalseItem,
    Turn,
    Unit,
)
from curriculum.places import Loc, Place, listed

SHORT: Final = 40
"""The longest answer of a matching item that a phone shows whole."""

DEEPEST: Final = 8
"""How many turns a scenario may go on for."""

_NEARLY: Final = Decimal("0.01")
_CATCH_ALL = re.compile(
    r"(?:all|none|any|both|neither) of the (?:above|other options)"
    r"|^(?:all|none|any|both|neither) of (?:these|them)\W*$"
    r"|^(?:both )?[a-d] and [a-d]\W*$",
    re.I,
)


def check_kind(item: Item, place: Place) -> Iterator[Problem]:
    """Yield what keeps an item from being answered or scored."""
    match item:
        case SingleItem() | TrueFalseItem() | MultipleItem() | OrderingItem():
            yield from _check_key(item, place)
            yield from _check_options(item.options, place, ("options",))
            yield from _check_rationales(item, place)
            yield from _check_credits(item, place)
        case MatchingItem():
            yield from _check_pairs(item, place)
        case NumericItem():
            yield from _check_numbers(item.answers, place)
            yield from _check_units(item.units, place, unit_needed=item.unit_needed)
        case ShortTextItem():
            yield from _check_words(item.answers, place)
        case ClozeItem():
            yield from _check_cloze(item, place)
        case BranchingItem():
            yield from _check_tree(item, place)
        case ExtendedTextItem():
            yield from _check_rubric(item, place)
        case _:
            assert_never(item)
    if not isinstance(item, ExtendedTextItem):
        yield from _check_penalty(item, place)


def _check_penalty(item: ScoredItem, place: Place) -> Iterator[Problem]:
    if item.penalty and not item.below_zero:
        message = f"`penalty` is {item.penalty}, but no response earns less than nothing"
        yield place.error(message, "Write `below_zero: true`, or leave the penalty out.", ("penalty",))


# ---------------------------------------------------------------- options


def _check_key(item: OptionItem, place: Place) -> Iterator[Problem]:
    n_right, n_options = sum(option.correct for option in item.options), len(item.options)
    if isinstance(item, OrderingItem):
        if n_right:
            yield place.error("marks options as correct; expected none", "The options stand in the right order.")
        if n_options < 3:
            yield place.error(f"has {n_options} options; expected at least 3 to put in order", at=("options",))
        return
    if n_right == 0:
        yield place.error("has no key: no option is correct", "Mark one with `correct: true`.", ("options",))
    elif n_right > 1 and not isinstance(item, MultipleItem):
        message = f"has {n_right} correct options; expected 1"
        yield place.error(message, "Keep one, or make the kind `multiple`.", ("options",))
    elif n_right == n_options:
        yield place.error("has no wrong option", "Add a plausible unhelpful one.", ("options",))
    if isinstance(item, TrueFalseItem):
        if sorted(option.text for option in item.options) != ["False", "True"]:
            yield place.error(
                "has other options than `True` and `False`", 'Write them in quotes: "True".', ("options",)
            )
    elif n_options < 3:
        yield place.error(f"has {n_options} options; expected at least 3", "Add a plausible one.", ("options",))


def _check_options(options: Sequence[Option], place: Place, at: Loc) -> Iterator[Problem]:
    yield from _check_alike([option.text for option in options], "options", place, at)
    for i, option in enumerate(options):
        if catch_all := _CATCH_ALL.search(option.text):
            message = f"option {i + 1} says `{catch_all[0]}`"
            yield place.warning(message, "Options are shuffled, and it tests guessing: say what it means.", (*at, i))


def _check_alike(texts: Sequence[str], what: str, place: Place, at: Loc) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for i, text in enumerate(texts):
        bare = " ".join(text.casefold().split()).rstrip(".!")
        if bare in seen:
            yield place.error(f"{what} {seen[bare] + 1} and {i + 1} are the same", "Change one of them.", (*at, i))
        seen.setdefault(bare, i)


def _check_rationales(item: OptionItem, place: Place) -> Iterator[Problem]:
    for i, option in enumerate(item.options):
        if not option.rationale:
            yield place.error(f"`options[{i + 1}].rationale` is missing", "Add `rationale:`.", ("options", i))


def _check_credits(item: OptionItem, place: Place) -> Iterator[Problem]:
    stated = [(i, option) for i, option in enumerate(item.options) if option.credit is not None]
    if not stated:
        return
    if isinstance(item, TrueFalseItem | OrderingItem):
        at = ("options", stated[0][0], "credit")
        yield place.error("states the credit of an option; this kind has none", "Leave it out.", at)
        return
    if isinstance(item, MultipleItem):
        yield from _check_shares(item, place)
    for i, option in stated:
        at, credit = ("options", i, "credit"), option.credit or Decimal(0)
        if option.correct and isinstance(item, SingleItem):
            yield place.error(f"option {i + 1} is right and states its credit", "It earns everything.", at)
        elif not option.correct and credit >= FULL:
            message = f"option {i + 1} is wrong and earns {credit:f} per cent; expected less than 100"
            yield place.error(message, "Mark it with `correct: true`, or lower its credit.", at)
        elif isinstance(item, SingleItem) and credit < 0 and not item.below_zero:
            message = f"option {i + 1} takes points away, but no response earns less than nothing"
            yield place.error(message, "Write `below_zero: true`, or leave the credit out.", at)


def _check_shares(item: MultipleItem, place: Place) -> Iterator[Problem]:
    if not item.partial:
        yield place.error("states the credit of options, but not `partial`", "Write `partial: true`.", ("options",))
    shares = [option.credit for option in item.options if option.correct]
    known = [share for share in shares if share is not None]
    if known and (len(known) < len(shares) or abs(sum(known) - FULL) > _NEARLY):
        message = f"the right options earn {sum(known):f} per cent in all; expected 100"
        yield place.error(message, "State the credit of each, or of none.", ("options",))


# ---------------------------------------------------------------- pairs, numbers, words


def _check_pairs(item: MatchingItem, place: Place) -> Iterator[Problem]:
    if len(item.pairs) < 2:
        yield place.error(f"has {len(item.pairs)} pairs; expected at least 2", "Add another.", ("pairs",))
    elif len(item.answers) < 3:
        message = f"has {len(item.answers)} answers to choose from; expected at least 3"
        yield place.error(message, "Add a pair, or an answer under `extra`.", ("pairs",))
    yield from _check_alike([pair.prompt for pair in item.pairs], "pairs", place, ("pairs",))
    yield from _check_alike(item.answers, "answers", place, ("pairs",))
    for pair_answer in set(item.extra) & {pair.answer for pair in item.pairs}:
        yield place.error(f"`{pair_answer}` is under `extra` and in a pair", "Leave one of them out.", ("extra",))
    for answer in item.answers:
        if len(answer) > SHORT:
            message = f"the answer `{answer[: SHORT - 1]}…` has {len(answer)} characters; expected at most {SHORT}"
            yield place.warning(message, "Say it shorter: a phone cuts it.", ("pairs",))


def _check_numbers(answers: Sequence[NumericAnswer], place: Place, at: Loc = ()) -> Iterator[Problem]:
    if not any(answer.credit == FULL for answer in answers):
        yield place.error("has no key: no answer earns everything", "Give one `credit: 100`.", (*at, "answers"))
    for value, n in Counter(answer.value for answer in answers).items():
        widths = {answer.tolerance for answer in answers if answer.value == value}
        if n > len(widths):
            yield place.error(f"the answer {value} stands twice", "Leave one of them out.", (*at, "answers"))


def _check_units(units: Sequence[Unit], place: Place, at: Loc = (), *, unit_needed: bool) -> Iterator[Problem]:
    where = (*at, "units")
    if unit_needed and not units:
        yield place.error("needs a unit and names none", "List the units under `units`.", where)
    if units and units[0].factor != 1:
        message = f"the first unit has the factor {units[0].factor}; expected 1, since the answers are given in it"
        yield place.error(message, "Put the unit of the answers first.", where)
    names = Counter(fold_text(name) for unit in units for name in unit.names)
    for name, n in names.items():
        if n > 1 or not name:
            message = f"the unit `{name}` stands {n} times" if name else "a unit has no letters in its name"
            yield place.error(message, "Give each unit names of its own.", where)


def _check_words(answers: Sequence[TextAnswer], place: Place, at: Loc = ()) -> Iterator[Problem]:
    where = (*at, "answers")
    if not any(answer.credit == FULL for answer in answers):
        yield place.error("has no key: no answer earns everything", "Give one `credit: 100`.", where)
    for i, answer in enumerate(answers):
        if not fold_text(answer.text.replace("*", "")):
            yield place.error(f"answer {i + 1} fits every response", "Write words beside the `*`.", (*where, i))
    yield from _check_alike([fold_text(answer.text) for answer in answers], "answers", place, where)


# ---------------------------------------------------------------- gaps


def _check_cloze(item: ClozeItem, place: Place) -> Iterator[Problem]:
    shown = Counter(GAP.findall(item.text))
    known = Counter(gap.id for gap in item.gaps)
    if not item.gaps:
        yield place.error("has no gaps", "List them under `gaps`, and write each as `[[name]]` in the text.")
    for name in shown:
        if name not in known:
            yield place.error(f"the text has the gap `[[{name}]]`, which is not listed", at=("text",))
    for i, gap in enumerate(item.gaps):
        if known[gap.id] > 1:
            yield place.error(f"the gap `{gap.id}` is listed twice", "Give each a name of its own.", ("gaps", i))
        elif shown[gap.id] != 1:
            message = f"the gap `{gap.id}` stands {shown[gap.id]} times in the text; expected once"
            yield place.error(message, f"Write it as `[[{gap.id}]]`.", ("text",))
        yield from _check_gap(gap, place, ("gaps", i))


def _check_gap(gap: Gap, place: Place, at: Loc) -> Iterator[Problem]:
    match gap:
        case ChoiceGap():
            n_right = sum(option.correct for option in gap.options)
            if n_right != 1 or len(gap.options) < 2:
                message = f"the gap `{gap.id}` has {len(gap.options)} options, {n_right} of them right"
                yield place.error(f"{message}; expected two or more, one right", at=(*at, "options"))
            yield from _check_options(gap.options, place, (*at, "options"))
        case TextGap():
            yield from _check_words(gap.answers, place, at)
        case NumberGap():
            yield from _check_numbers(gap.answers, place, at)
            yield from _check_units(gap.units, place, at, unit_needed=gap.unit_needed)
        case _:
            assert_never(gap)


# ---------------------------------------------------------------- scenarios


def _check_tree(item: BranchingItem, place: Place) -> Iterator[Problem]:
    if not item.turns:
        yield place.error("has no turns", "Write what happens first, and what one may say.", ("turns",))
        return
    ids = Counter(turn.id for turn in item.turns)
    for id_, n in ids.items():
        if n > 1:
            yield place.error(f"the turn `{id_}` is written {n} times", "Give each an id of its own.", ("turns",))
    for i, turn in enumerate(item.turns):
        yield from _check_moves(turn, set(ids), place, ("turns", i))
    endings = [move.credit for turn in item.turns for move in turn.moves if move.credit is not None]
    if FULL not in endings:
        yield place.error("has no way that earns everything", "Give one ending `credit: 100`.", ("turns",))
    elif all(credit == FULL for credit in endings):
        yield place.error("has no way that earns less than everything", "Add a plausible unhelpful one.", ("turns",))
    yield from _check_reached(item, place)


def _check_moves(turn: Turn, ids: set[str], place: Place, at: Loc) -> Iterator[Problem]:
    if len(turn.moves) < 2:
        message = f"turn `{turn.id}` has {len(turn.moves)} things to say; expected at least 2"
        yield place.error(message, "Add a plausible one.", (*at, "moves"))
    yield from _check_alike([move.text for move in turn.moves], "moves", place, (*at, "moves"))
    for i, move in enumerate(turn.moves):
        here = (*at, "moves", i)
        if move.next is None and move.credit is None:
            message = f"move {i + 1} of turn `{turn.id}` neither goes on nor ends"
            yield place.error(message, "Name the `next` turn, or the `credit` of this ending.", here)
        elif move.next is not None and move.credit is not None:
            message = f"move {i + 1} of turn `{turn.id}` goes on and states a credit"
            yield place.error(message, "Only endings have a credit.", here)
        elif move.next is not None and move.next not in ids:
            message = f"move {i + 1} of turn `{turn.id}` goes on at `{move.next}`, which does not exist"
            yield place.error(message, f"The turns are {listed(sorted(ids))}.", here)


def _check_reached(item: BranchingItem, place: Place) -> Iterator[Problem]:
    """Yield a problem unless the turns form one tree: then a path and its score are one thing."""
    named = Counter(move.next for turn in item.turns for move in turn.moves if move.next is not None)
    first = item.turns[0].id
    for i, turn in enumerate(item.turns):
        expected = 0 if turn.id == first else 1
        if named[turn.id] != expected:
            found = (
                f"turn `{turn.id}` is reached {named[turn.id]} times; expected {'never' if not expected else 'once'}"
            )
            hint = "It begins the scenario." if not expected else "Write a turn of its own for each way."
            yield place.error(found, hint, ("turns", i))
    if _depth(item) > DEEPEST:
        message = f"goes on for more than {DEEPEST} turns"
        yield place.error(message, "Shorten it, or end the circle.", ("turns",))


def _depth(item: BranchingItem) -> int:
    """Return how many turns the longest way has, as far as `DEEPEST` + 1."""
    moves = {turn.id: [move.next for move in turn.moves if move.next is not None] for turn in item.turns}
    here, depth = {item.turns[0].id}, 1
    while depth <= DEEPEST and (here := set(chain.from_iterable(moves.get(id_, ()) for id_ in here))):
        depth += 1
    return depth


# ---------------------------------------------------------------- rubrics


def _check_rubric(item: ExtendedTextItem, place: Place) -> Iterator[Problem]:
    if not item.rubric:
        yield place.error("has no rubric", "Say what is looked for, with its levels in words.", ("rubric",))
    for id_, n in Counter(criterion.id for criterion in item.rubric).items():
        if n > 1:
            yield place.error(f"the criterion `{id_}` is written {n} times", "Give each an id of its own.", ("rubric",))
    if item.pool is Pool.PRACTICE and not item.model:
        message = "is for practice, which nobody marks, and shows no good answer"
        yield place.error(message, "Write one under `model`.", ("model",))
