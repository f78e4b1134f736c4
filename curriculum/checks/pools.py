"""Pools are large enough for what a quiz draws, so that a retry shows new items."""

import math
from collections import Counter
from collections.abc import Iterator

from curriculum.blueprints import Blueprint, Purpose
from curriculum.draft import Draft
from curriculum.errors import Problem
from curriculum.filling import fill_cells
from curriculum.gates import CriticalGate, QuizGate
from curriculum.items import Item, Pool
from curriculum.places import Kind, did_you_mean, name_of

POOL_RATIO = 2.5
"""How many times a form's items the pool holds."""

LEAST_SECONDS = 45
"""The least time for one question."""

_ONLY_COUNTING = ("critical", "cells", "forms", "minutes", "invigilated")
"""Fields that say something of attempts that count."""


def check_blueprints(draft: Draft) -> Iterator[Problem]:
    """Yield problems of each blueprint and the pools it draws from."""
    if Kind.ITEM in draft.incomplete:
        return
    for blueprint in draft.blueprints:
        if not set(blueprint.modules) <= draft.places[Kind.MODULE].keys():
            continue
        if blueprint.is_practice:
            yield from _check_for_practice(draft, blueprint)
        else:
            yield from _check_draw(draft, blueprint)
            yield from _check_themes(draft, blueprint)
            yield from _check_cells(draft, blueprint)
            yield from _check_forms(draft, blueprint)
            yield from _check_practice(draft, blueprint)
            yield from _check_purpose(draft, blueprint)
            yield from _check_time(draft, blueprint)


def check_quiz_gates(draft: Draft) -> Iterator[Problem]:
    """Yield a problem for each gate that asks to pass a quiz in which nothing can be passed."""
    purposes = {blueprint.id: blueprint.purpose for blueprint in draft.blueprints}
    for gate in draft.gates:
        if isinstance(gate, QuizGate | CriticalGate):
            for i, part in enumerate(gate.parts):
                purpose = purposes.get(part.blueprint, Purpose.GATE)
                if purpose is not Purpose.GATE:
                    message = f"blueprint `{part.blueprint}` has the purpose `{purpose}`; expected `gate`"
                    hint = "Name a quiz that can be passed."
                    yield draft.place(Kind.GATE, gate.id).error(message, hint, ("parts", i, "blueprint"))


def _pool(draft: Draft, blueprint: Blueprint, pool: Pool) -> list[Item]:
    return [item for module in blueprint.modules for item in draft.items_of(module) if item.pool is pool]


def check_pools_are_drawn(draft: Draft) -> Iterator[Problem]:
    """Yield a warning for each module with counting items that no blueprint draws."""
    drawn = {module for blueprint in draft.blueprints if not blueprint.is_practice for module in blueprint.modules}
    for module in draft.modules:
        n_items = sum(item.pool is Pool.COUNTING for item in draft.items_of(module.id))
        if n_items and module.id not in drawn and Kind.BLUEPRINT not in draft.incomplete:
            message = f"has {n_items} counting items, but no blueprint draws them"
            yield draft.place(Kind.MODULE, module.id).warning(message, "Write a blueprint for the module.")


def _check_draw(draft: Draft, blueprint: Blueprint) -> Iterator[Problem]:
    place = draft.place(Kind.BLUEPRINT, blueprint.id)
    pool = _pool(draft, blueprint, Pool.COUNTING)
    n_critical = sum(blueprint.critical.values()) + sum(cell.draw for cell in blueprint.cells if cell.theme)
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
    pool = _pool(draft, blueprint, Pool.COUNTING)
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
    for theme in held.keys() - blueprint.critical.keys() - {cell.theme for cell in blueprint.cells}:
        message = f"draws no item of the critical theme `{theme}`"
        yield place.warning(message, "Name it under `critical`.", ("critical",))


def _check_cells(draft: Draft, blueprint: Blueprint) -> Iterator[Problem]:
    place = draft.place(Kind.BLUEPRINT, blueprint.id)
    for i, cell in enumerate(blueprint.cells):
        if not (cell.section or cell.competency or cell.theme):
            hint = "Name a section, a competency or a theme; the rest is drawn anyway."
            yield place.error(f"cell {i + 1} takes any item", hint, ("cells", i))
    wanted = sum(cell.draw for cell in blueprint.all_cells)
    if blueprint.cells and wanted > blueprint.draw:
        message = f"its cells draw {wanted} items of a form of {blueprint.draw}"
        yield place.error(message, "Draw more in all, or fewer in the cells.", ("cells",))
    if not blueprint.cells:
        return
    n_themes = len(blueprint.all_cells) - len(blueprint.cells)
    for i, cell, n in fill_cells(blueprint.all_cells, _pool(draft, blueprint, Pool.COUNTING)).short:
        if i >= n_themes:
            message = f"cell {i - n_themes + 1} draws {cell.draw} items, and finds {n} that no other cell needs"
            yield place.error(message, "Write more items, or draw fewer.", ("cells", i - n_themes))


def _check_forms(draft: Draft, blueprint: Blueprint) -> Iterator[Problem]:
    n_items = len(_pool(draft, blueprint, Pool.COUNTING))
    if blueprint.forms * blueprint.draw > n_items:
        message = f"{blueprint.forms} forms of {blueprint.draw} share items: the pool holds {n_items}"
        place = draft.place(Kind.BLUEPRINT, blueprint.id)
        yield place.warning(message, "Write more items, or have fewer forms.", ("forms",))


def _check_purpose(draft: Draft, blueprint: Blueprint) -> Iterator[Problem]:
    if blueprint.purpose is Purpose.GATE:
        return
    place = draft.place(Kind.BLUEPRINT, blueprint.id)
    if blueprint.pass_pct:
        when = "before" if blueprint.purpose is Purpose.PRE else "after"
        message = f"`pass_pct` is {blueprint.pass_pct}; expected 0, since nothing is passed in a quiz {when} teaching"
        yield place.error(message, "Write `pass_pct: 0`.", ("pass_pct",))
    other = Purpose.POST if blueprint.purpose is Purpose.PRE else Purpose.PRE
    if not any(one.purpose is other and set(one.modules) == set(blueprint.modules) for one in draft.blueprints):
        message = f"has no quiz of purpose `{other}` on the same modules, so that no gain can be shown"
        yield place.warning(message, "Write its partner.", ("purpose",))


def _check_time(draft: Draft, blueprint: Blueprint) -> Iterator[Problem]:
    if blueprint.minutes is not None and blueprint.minutes * 60 < LEAST_SECONDS * blueprint.draw:
        message = (
            f"gives {blueprint.minutes * 60 // blueprint.draw} seconds a question; expected at least {LEAST_SECONDS}"
        )
        place = draft.place(Kind.BLUEPRINT, blueprint.id)
        yield place.warning(message, "People read in a second language: give more minutes.", ("minutes",))


def _check_practice(draft: Draft, blueprint: Blueprint) -> Iterator[Problem]:
    practice = _pool(draft, blueprint, Pool.PRACTICE)
    if len(practice) < blueprint.practice_draw:
        message = f"`practice_draw` is {blueprint.practice_draw}, but the practice pool holds {len(practice)} items"
        place = draft.place(Kind.BLUEPRINT, blueprint.id)
        yield place.error(message, "Write more practice items, or draw fewer.", ("practice_draw",))


def _check_for_practice(draft: Draft, blueprint: Blueprint) -> Iterator[Problem]:
    """Yield problems of a quiz that is there to practise: too few items, and what only attempts that count can have."""
    place = draft.place(Kind.BLUEPRINT, blueprint.id)
    n_items, least = len(_pool(draft, blueprint, Pool.PRACTICE)), math.ceil(POOL_RATIO * blueprint.draw)
    if n_items < least:
        message = (
            f"the practice pool holds {n_items} items; expected {least}, {POOL_RATIO} times the {blueprint.draw} drawn"
        )
        yield place.error(message, "Write more practice items, or draw fewer.", ("draw",))
    if blueprint.pass_pct:
        message = f"`pass_pct` is {blueprint.pass_pct}; expected 0, since nothing is passed in practice"
        yield place.error(message, "Write `pass_pct: 0`.", ("pass_pct",))
    for name in _ONLY_COUNTING:
        if getattr(blueprint, name):
            message = f"`{name}` has no use in a quiz with the purpose `practice`, which never counts"
            yield place.error(message, "Leave it out.", (name,))
