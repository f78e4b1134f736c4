"""Answers kept between reruns: nothing is read twice while no fact was added and the day is the same."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, Final, TypeVar, cast
from weakref import WeakKeyDictionary

from store.ledger import Store
from web.context import Context

T = TypeVar("T")
Row = dict[str, Any]

_LIFETIME: Final = timedelta(seconds=30)
"""For names, which are no facts."""

_MOST: Final = 128


@dataclass(frozen=True, slots=True)
class _Kept:
    value: object
    made_at: datetime


@dataclass(slots=True)
class _Shelf:
    """What is kept of one store, the longest unused first."""

    kept: OrderedDict[Hashable, _Kept] = field(default_factory=OrderedDict[Hashable, _Kept])
    lock: Lock = field(default_factory=Lock)


_shelves: WeakKeyDictionary[Store, _Shelf] = WeakKeyDictionary()


def recall(context: Context, name: str, asked: Hashable, make: Callable[[], T]) -> T:
    """Return what `make` returns, or what it returned for the same person with the same offices.

    The rights are checked by `make`. They cannot have changed for as long as no fact was added.

    Args:
        context: Of the page.
        name: What is kept, so that two things asked alike are told apart.
        asked: All that the value depends on, besides the facts, the day and who asks.
        make: Reads and checks.
    """
    store, now = context.store, context.now()
    shelf = _shelves.setdefault(store, _Shelf())
    key = (name, asked, context.actor, store.position, store.day_of(now))
    with shelf.lock:
        found = shelf.kept.get(key)
        if found is not None and timedelta(0) <= now - found.made_at < _LIFETIME:
            shelf.kept.move_to_end(key)
            return cast("T", found.value)
    value = make()
    with shelf.lock:
        shelf.kept[key] = _Kept(value, now)
        shelf.kept.move_to_end(key)
        while len(shelf.kept) > _MOST:
            shelf.kept.popitem(last=False)
    return value


def ask(context: Context, query: str, **params: Hashable) -> list[Row]:
    """Return the rows of a named query, or those it gave to the same person before; not to be changed.

    Only for what follows from facts, and names: what else is written is to be read anew.
    """
    asked = tuple(sorted(params.items()))
    return recall(context, f"query {query}", asked, lambda: context.store.query(query, context.actor, **params))
