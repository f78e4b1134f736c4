"""Items: what a response may hold, and which one is right."""

from collections.abc import Sequence

from assessments.errors import WrongInputError
from curriculum.models import Item, ItemKind


def right_choice(item: Item) -> tuple[int, ...]:
    """Return the option numbers of the right response, in the order in which a response holds them."""
    numbers = range(len(item.options))
    if item.kind == ItemKind.ORDERING:
        return tuple(numbers)
    return tuple(number for number in numbers if item.options[number].correct)


def tidy_choice(item: Item, chosen: Sequence[int]) -> tuple[int, ...]:
    """Return a choice as it is kept: for `multiple` in ascending order, else as given.

    Raises:
        WrongInputError: The numbers are no valid choice for an item of this kind.
    """
    if not set(chosen) <= set(range(len(item.options))):
        raise _wrong(item, chosen, f"option numbers from 0 to {len(item.options) - 1}")
    match item.kind:
        case ItemKind.SINGLE | ItemKind.TRUE_FALSE:
            return _tidy_single(item, chosen)
        case ItemKind.MULTIPLE:
            return _tidy_multiple(item, chosen)
        case ItemKind.ORDERING:
            return _tidy_ordering(item, chosen)


def _tidy_single(item: Item, chosen: Sequence[int]) -> tuple[int, ...]:
    if len(chosen) != 1:
        raise _wrong(item, chosen, "exactly one option")
    return tuple(chosen)


def _tidy_multiple(item: Item, chosen: Sequence[int]) -> tuple[int, ...]:
    if not chosen or len(set(chosen)) != len(chosen):
        raise _wrong(item, chosen, "one or more options, each once")
    return tuple(sorted(chosen))


def _tidy_ordering(item: Item, chosen: Sequence[int]) -> tuple[int, ...]:
    if sorted(chosen) != list(range(len(item.options))):
        raise _wrong(item, chosen, f"all {len(item.options)} steps, each once")
    return tuple(chosen)


def _wrong(item: Item, chosen: Sequence[int], expected: str) -> WrongInputError:
    return WrongInputError(f"Item `{item.id}`", f"{list(chosen)} was chosen", expected, "Choose again.")
