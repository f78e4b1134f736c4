"""Pools are large enough for what a quiz draws, so that a retry shows new items."""

import math
from collections import Counter
from collections.abc import Iterator

from curriculum.draft import Draft
from curriculum.errors import Problem
from curriculum.models import Blueprint, Pool
from curriculum.places import Kind, did_you_mean, name_of

POOL_RATIO = 2.5
"""How many times a form's items the pool holds."""


def check_blueprints(draft: Draft) -> Iterator[Problem]:
    """Yield problems of each blueprint and the pools it draws from."""
    if Kind.ITEM in draft.incomplete:
        return
    for blueprint in draft.blueprints:
        if blueprint.module in draft.places[Kind.MODULE]:
            yield from _check_draw(draft, blueprint)
            yield from _check_themes(draft, blueprint)
            yield from _check_practice(draft, blueprint)


def check_pools_are_drawn(draft: Draft) -> Iterator[Problem]:
    """Yield a warning for each module with counting items that no blueprint draws."""
    drawn = {blueprint.module for blueprint in draft.blueprints}
    for module in draft.modules:
        n_items = sum(item.pool is Pool.COUNTING for item in draft.items_of(module.id))
        if n_items and module.id not in drawn and Kind.BLUEPRINT not in draft.incomplete:
            message = f"has {n_items} counting items, but no blueprint draws them"
            yield draft.place(Kind.MODULE, module.id).warning(message, "Write a blueprint for the module.")


def _check_draw(draft: Draft, blueprint: Blueprint) -> Iterator[Problem]:
    place = draft.place(Kind.BLUEPRINT, blueprint.id)
    pool = [item for item in draft.items_of(blueprint.module) if item.pool is Pool.COUNTING]
    n_critical = sum(blueprint.critical.values())
    n_others = sum(item.critical is None for item in pool)
    least = math.ceil(POOL_RATIO * blueprint.draw)
    hint = "Write more items, or draw fewer."
    if blueprint.draw < n_critical:
        message = f"`draw` is {blueprint.draw}; expected at least {n_critical}, the number of critical items"
        yield place.error(message, "Draw more.", ("draw",))
    elif len(pool) < blueprint.draw:
        yield place.error(f"draws {blueprint.draw} items of a pool of {len(pool)}", hint, ("draw",))
    elif n_others < blueprint.draw - n_critical:
        message = f"draws {blueprint.draw - n_critical} items that are not critical, of {n_others}"
        yield place.error(message, hint, ("draw",))
    elif len(pool) < least:
        message = f"the pool holds {len(pool)} items; expected {least}, {POOL_RATIO} times the {blueprint.draw} drawn"
        yield place.error(message, hint, ("draw",))


def _check_themes(draft: Draft, blueprint: Blueprint) -> Iterator[Problem]:
    place = draft.place(Kind.BLUEPRINT, blueprint.id)
    pool = [item for item in draft.items_of(blueprint.module) if item.pool is Pool.COUNTING]
    held = Counter(str(item.critical) for item in pool if item.critical)
    for theme, n_drawn in blueprint.critical.items():
        at, least = ("critical", theme), math.ceil(POOL_RATIO * n_drawn)
        if n_drawn < 1:
            yield place.error(f"draws {n_drawn} items of theme `{theme}`; expected at least 1", at=at)
        elif theme not in held:
            yield place.error(f"unknown {name_of(Kind.THEME, theme)}", did_you_mean(theme, held), at)
        elif held[theme] < least:
            message = (
                f"theme `{theme}` has {held[theme]} items; expected {least}, {POOL_RATIO} times the {n_drawn} drawn"
            )
            yield place.error(message, "Write more items, or draw fewer.", at)
    for theme in held.keys() - blueprint.critical.keys():
        message = f"draws no item of the critical theme `{theme}`"
        yield place.warning(message, "Name it under `critical`.", ("critical",))


def _check_practice(draft: Draft, blueprint: Blueprint) -> Iterator[Problem]:
    practice = [item for item in draft.items_of(blueprint.module) if item.pool is Pool.PRACTICE]
    if len(practice) < blueprint.practice_draw:
        message = f"`practice_draw` is {blueprint.practice_draw}, but the practice pool holds {len(practice)} items"
        place = draft.place(Kind.BLUEPRINT, blueprint.id)
        yield place.error(message, "Write more practice items, or draw fewer.", ("practice_draw",))
