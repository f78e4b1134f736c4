"""Modules teach in order, at a length people can read, and check themselves with practice items."""

from collections.abc import Iterator

from curriculum.draft import Draft
from curriculum.errors import Problem
from curriculum.ids import ItemId
from curriculum.items import Pool
from curriculum.models import BlockKind, Module
from curriculum.places import Kind, Loc, listed

MIN_WORDS, MAX_WORDS = 400, 900


def check_module_contents(draft: Draft) -> Iterator[Problem]:
    """Yield problems of each module's length, outcomes and self-checks."""
    for module in draft.modules:
        place = draft.place(Kind.MODULE, module.id)
        if not MIN_WORDS <= module.n_words <= MAX_WORDS:
            message = f"has {module.n_words} words of its own; expected {MIN_WORDS} to {MAX_WORDS}"
            yield place.warning(message, "Split it, or draw more from the manual." if module.n_words > 900 else "")
        for field in ("outcomes", "competencies"):
            if not getattr(module, field):
                yield place.error(f"has no {field}", "Say what people can do after it.", (field,))
        yield from _check_self_checks(draft, module)


def _check_self_checks(draft: Draft, module: Module) -> Iterator[Problem]:
    place = draft.place(Kind.MODULE, module.id)
    items = {item.id: item for item in draft.items}
    own = {item.id for item in draft.items_of(module.id)}
    for at, item_id in _checks(module):
        item = items.get(item_id)
        if item is None:
            continue
        if item.pool is not Pool.PRACTICE:
            message = f"self-check `{item_id}` is of the counting pool; expected a practice item"
            yield place.error(message, "It would give away a quiz question: choose a practice item.", at)
        if item_id not in own:
            message = f"self-check `{item_id}` belongs to another module"
            yield place.warning(message, f"Choose an item whose id starts with `{module.id.lower()}-`.", at)


def _checks(module: Module) -> Iterator[tuple[Loc, ItemId]]:
    for i, step in enumerate(module.steps):
        for j, block in enumerate(step.blocks):
            if block.kind is BlockKind.CHECK and block.item:
                yield ("steps", i, "blocks", j), block.item


def check_module_order(draft: Draft) -> Iterator[Problem]:
    """Yield problems where two modules share a place, or one comes before what it needs."""
    by_id = {module.id: module for module in draft.modules}
    first: dict[int, str] = {}
    for module in draft.modules:
        place = draft.place(Kind.MODULE, module.id)
        if module.order in first:
            message = f"`order` is {module.order}, as in module `{first[module.order]}`"
            yield place.error(message, "Give each module a place of its own.", ("order",))
        first.setdefault(module.order, module.id)
        for i, id_ in enumerate(module.prerequisites):
            needed = by_id.get(id_)
            if needed and needed.id != module.id and needed.order > module.order:
                message = f"comes before its prerequisite `{id_}`"
                yield place.error(message, "Change the `order` of one of them.", ("prerequisites", i))


def check_module_cycles(draft: Draft) -> Iterator[Problem]:
    """Yield one problem for each cycle of prerequisites, which would keep all its modules locked."""
    needs = {module.id: module.prerequisites for module in draft.modules}
    reported: set[frozenset[str]] = set()
    for start in needs:
        cycle = _cycle_through(start, {str(id_): tuple(map(str, ids)) for id_, ids in needs.items()})
        if cycle and frozenset(cycle) not in reported:
            reported.add(frozenset(cycle))
            message = f"its prerequisites come back to itself: {listed([*cycle, cycle[0]], last='and')}"
            yield draft.place(Kind.MODULE, start).error(message, "Remove one of them.", ("prerequisites",))


def _cycle_through(start: str, needs: dict[str, tuple[str, ...]]) -> list[str]:
    """Return a shortest way from a module over its prerequisites back to it; empty when there is none."""
    ways, seen = [[start]], {start}
    for way in ways:
        for id_ in needs.get(way[-1], ()):
            if id_ == start:
                return way
            if id_ not in seen:
                seen.add(id_)
                ways.append([*way, id_])
    return []
