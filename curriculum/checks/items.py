"""Each item has one clear task, one right answer where one is asked for, and a reason for every option."""

import re
from collections.abc import Iterator, Mapping
from itertools import groupby

from curriculum.checks.item_kinds import check_kind
from curriculum.draft import Draft
from curriculum.errors import Problem
from curriculum.ids import BehaviourId
from curriculum.items import FULL, Item, Move, Option, OrderingItem, iter_options, iter_texts
from curriculum.models import BehaviourKind
from curriculum.places import Kind, Place, listed

_QUESTION = re.compile(r"\b(?:which|what|who|how|where|when)\b[^?.,]*", re.I)
_SUBORDINATE = re.compile(r"\b(?:if|when|because|after|while|that|who|until|before)\b.*", re.I)
_NEGATIVE = re.compile(
    r"\b(?:is|are|was|do|does|did|should|would|must|can|could|will|may)"
    r"(?:n['’]t|(?: (?:you|we|they|a|the|a leader|leaders|the leader))? (?:not|never))\b"
    r"|\bexcept\b|(?<!at )\bleast\b",
    re.I,
)
_MARKDOWN = re.compile(r"(?<!\w)(\*\*|__)(?=\S)[^*_\n]{1,60}(?<=\S)\1(?!\w)")
"""Bold as Markdown has it."""


def check_items(draft: Draft) -> Iterator[Problem]:
    """Yield problems of each item for itself."""
    modules = {id_.lower(): id_ for id_ in draft.places[Kind.MODULE]}
    kinds = {b.id: b.kind for competency in draft.competencies for b in competency.behaviours}
    for item in draft.items:
        place = draft.place(Kind.ITEM, item.id)
        if item.id.partition("-")[0] not in modules and Kind.MODULE not in draft.unlisted:
            message = f"id `{item.id}` does not start with a module's id"
            yield place.error(message, f"The modules are {listed(modules)}.", ("id",))
        yield from check_kind(item, place)
        yield from _check_behaviours(item, place, kinds)
        if marked := next(filter(None, map(_MARKDOWN.search, iter_texts(item))), None):
            hint = "Items are plain text: leave the signs out, or write one word in capitals."
            yield place.warning(f"people read `{marked[0]}` letter by letter", hint)
        if negative := _negative_of(item.stem):
            message = f"asks with `{negative}`, which is easily overlooked"
            yield place.warning(
                message, f"Ask the other way round, or write {negative.upper()} in capitals.", ("stem",)
            )


def _check_behaviours(item: Item, place: Place, kinds: Mapping[BehaviourId, BehaviourKind]) -> Iterator[Problem]:
    for loc, option in iter_options(item):
        kind = kinds.get(option.behaviour) if option.behaviour else None
        if kind is None:
            continue
        at, number = (*loc, "behaviour"), int(loc[-1]) + 1
        if _is_right(item, option):
            yield place.error(f"option {number} is right and names a behaviour", "Only wrong options name one.", at)
        elif kind is not BehaviourKind.UNHELPFUL:
            message = f"option {number} names `{option.behaviour}`, which is {kind}; expected an unhelpful behaviour"
            yield place.error(message, "Choose one whose id has a U.", at)


def _is_right(item: Item, option: Option | Move) -> bool:
    if isinstance(option, Move):
        return option.credit == FULL
    return option.correct or isinstance(item, OrderingItem)


def _negative_of(stem: str) -> str:
    """Return the negative word of a stem's question; empty when there is none or it stands out by capitals."""
    questions = _QUESTION.findall(stem)
    asked = _SUBORDINATE.sub("", questions[-1][5:]) if questions else ""
    found = _NEGATIVE.search(asked)
    if not found:
        return ""
    word = re.findall(r"not|never|except|least|\w+n['’]t", found[0], re.I)[-1]
    return "" if word.isupper() else word


def check_items_are_taught(draft: Draft) -> Iterator[Problem]:
    """Yield a problem for each item about a section of which its module shows nothing."""
    for module in draft.modules:
        shown = {block.section for step in module.steps for block in step.blocks if block.section}
        known = draft.places[Kind.SECTION].keys()
        for item in draft.items_of(module.id) if shown <= known else ():
            if item.section not in shown and item.section in known:
                message = f"asks about section `{item.section}`, of which module `{module.id}` shows nothing"
                yield draft.place(Kind.ITEM, item.id).error(
                    message, "Draw a passage of it in the module.", ("section",)
                )


def check_repeated_stems(draft: Draft) -> Iterator[Problem]:
    """Yield a warning for items that ask the same."""
    ordered = sorted(draft.items, key=_bare_stem)
    for _, group in groupby(ordered, key=_bare_stem):
        first, *others = group
        for item in others:
            message = f"has the same stem as `{first.id}`"
            yield draft.place(Kind.ITEM, item.id).warning(message, "Change one of them.", ("stem",))


def _bare_stem(item: Item) -> str:
    return " ".join(re.findall(r"\w+", item.stem.casefold()))
