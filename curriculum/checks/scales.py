"""Scales of the programme's own can be rated on, and are used."""

from collections import Counter
from collections.abc import Iterator

from curriculum.draft import Draft
from curriculum.errors import Problem
from curriculum.models import BUILT_IN_SCALES, Further, Scale, ScaleKind
from curriculum.places import Kind, Place, counted

N_LEVELS = (3, 4)
_LEVELS_HINT = "Name them from the lowest: something unhelpful, basics missing, all basics, and more."


def check_scales(draft: Draft) -> Iterator[Problem]:
    """Yield problems of the scales in `programme.yaml`."""
    built_in = {scale.id for scale in BUILT_IN_SCALES}
    used = {checklist.scale for checklist in draft.checklists}
    for scale in draft.head.scales if draft.head else ():
        place = draft.place(Kind.SCALE, scale.id)
        if scale.id in built_in:
            yield place.error(f"id `{scale.id}` is built in", "Choose another id, or use the built-in scale.", ("id",))
        yield from _check_levels(scale, place)
        if scale.id not in used and Kind.CHECKLIST not in draft.incomplete:
            yield place.warning("is used by no checklist", "Name it as the `scale` of one, or remove it.")


def _check_levels(scale: Scale, place: Place) -> Iterator[Problem]:
    if scale.kind is not ScaleKind.BEHAVIOURS:
        if scale.levels:
            message = f"has levels, which kind `{scale.kind}` does not use"
            yield place.error(message, "Remove `levels:`.", ("levels",))
        if scale.further is not Further.ANY:
            message = f"has `further`, which kind `{scale.kind}` does not use"
            yield place.error(message, "Remove `further:`.", ("further",))
        return
    n_levels = len(scale.levels)
    if n_levels not in N_LEVELS:
        yield place.error(f"names {counted(n_levels, 'level')}; expected 3 or 4", _LEVELS_HINT, ("levels",))
    for name, n in Counter(scale.levels).items():
        if n > 1:
            yield place.error(f"names {n} levels `{name}`", "Give each level words of its own.", ("levels",))
    if n_levels == 3 and scale.further is not Further.ANY:
        message = "has `further`, but with 3 levels further behaviours are not asked for"
        yield place.error(message, "Remove `further:`, or name a fourth level.", ("further",))
