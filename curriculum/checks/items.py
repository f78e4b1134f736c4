"""Each item has one clear task, one right answer where one is asked for, and a reason for every option."""

import re
from collections.abc import Iterator, Mapping
from itertools import groupby

from curriculum.draft import Draft
from curriculum.errors import Problem
from curriculum.ids import BehaviourId
from curriculum.models import BehaviourKind, Item, ItemKind
from curriculum.places import Kind, Place, listed

_CATCH_ALL = re.compile(
    r"(?:all|none|any|both|neither) of the (?:above|other options)"
    r"|^(?:all|none|any|both|neither) of (?:these|them)\W*$"
    r"|^(?:both )?[a-d] and [a-d]\W*$",
    re.I,
)
_QUESTION = re.compile(r"\b(?:which|what|who|how|where|when)\b[^?.,]*", re.I)
_SUBORDINATE = re.compile(r"\b(?:if|when|because|after|while|that|who|until|before)\b.*", re.I)
_NEGATIVE = re.compile(
    r"\b(?:is|are|was|do|does|did|should|would|must|can|could|will|may)"
    r"(?:n['’]t|(?: (?:you|we|they|a|the|a leader|leaders|the leader))? (?:not|never))\b"
    r"|\bexcept\b|(?<!at )\bleast\b",
    re.I,
)


def check_items(draft: Draft) -> Iterator[Problem]:
    """Yield problems of each item for itself."""
    modules = {id_.lower(): id_ for id_ in draft.places[Kind.MODULE]}
    kinds = {b.id: b.kind for competency in draft.competencies for b in competency.behaviours}
    for item in draft.items:
        place = draft.place(Kind.ITEM, item.id)
        if item.id.partition("-")[0] not in modules and Kind.MODULE not in draft.unlisted:
            message = f"id `{item.id}` does not start with a module's id"
            yield place.error(message, f"The modules are {listed(modules)}.", ("id",))
        yield from _check_key(item, place)
        yield from _check_options(item, place)
        yield from _check_behaviours(item, place, kinds)
        if negative := _negative_of(item.stem):
            message = f"asks with `{negative}`, which is easily overlooked"
            yield place.warning(message, f"Ask the other way round, or write **{negative}** in bold.", ("stem",))


def _check_key(item: Item, place: Place) -> Iterator[Problem]:
    n_right, n_options = sum(option.correct for option in item.options), len(item.options)
    if item.kind is ItemKind.ORDERING:
        if n_right:
            yield place.error("marks options as correct; expected none", "The options stand in the right order.")
        if n_options < 3:
            yield place.error(f"has {n_options} options; expected at least 3 to put in order", at=("options",))
        return
    if n_right == 0:
        yield place.error("has no key: no option is correct", "Mark one with `correct: true`.", ("options",))
    elif n_right > 1 and item.kind is not ItemKind.MULTIPLE:
        message = f"has {n_right} correct options; expected 1"
        yield place.error(message, "Keep one, or make the kind `multiple`.", ("options",))
    elif n_right == n_options:
        yield place.error("has no wrong option", "Add a plausible unhelpful one.", ("options",))
    if item.kind is ItemKind.TRUE_FALSE:
        if sorted(option.text for option in item.options) != ["False", "True"]:
            yield place.error(
                "has other options than `True` and `False`", 'Write them in quotes: "True".', ("options",)
            )
    elif n_options < 3:
        yield place.error(f"has {n_options} options; expected at least 3", "Add a plausible one.", ("options",))


def _check_options(item: Item, place: Place) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for i, option in enumerate(item.options):
        text = " ".join(option.text.casefold().split()).rstrip(".!")
        if text in seen:
            message = f"options {seen[text] + 1} and {i + 1} are the same"
            yield place.error(message, "Change one of them.", ("options", i))
        seen.setdefault(text, i)
        if catch_all := _CATCH_ALL.search(option.text):
            message = f"option {i + 1} says `{catch_all[0]}`"
            yield place.warning(
                message, "Options are shuffled, and it tests guessing: say what it means.", ("options", i)
            )


def _check_behaviours(item: Item, place: Place, kinds: Mapping[BehaviourId, BehaviourKind]) -> Iterator[Problem]:
    for i, option in enumerate(item.options):
        kind = kinds.get(option.behaviour) if option.behaviour else None
        if kind is None:
            continue
        at = ("options", i, "behaviour")
        if option.correct or item.kind is ItemKind.ORDERING:
            yield place.error(f"option {i + 1} is right and names a behaviour", "Only wrong options name one.", at)
        elif kind is not BehaviourKind.UNHELPFUL:
            message = f"option {i + 1} names `{option.behaviour}`, which is {kind}; expected an unhelpful behaviour"
            yield place.error(message, "Choose one whose id has a U.", at)


def _negative_of(stem: str) -> str:
    """Return the plain negative word of a stem's question; empty when there is none or it is in bold."""
    questions = _QUESTION.findall(stem)
    asked = _SUBORDINATE.sub("", questions[-1][5:]) if questions else ""
    found = _NEGATIVE.search(asked)
    if not found:
        return ""
    return re.findall(r"not|never|except|least|\w+n['’]t", found[0], re.I)[-1]


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
