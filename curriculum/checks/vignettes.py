"""Vignettes can be rated with their checklist, and say for each of its lines what is to be seen."""

from collections.abc import Iterator

from curriculum.checks.checklists import list_watched
from curriculum.draft import Draft
from curriculum.errors import Problem
from curriculum.models import Checklist, Relation, Scale, ScaleKind, Vignette
from curriculum.places import Kind, Place, listed


def check_vignettes(draft: Draft) -> Iterator[Problem]:
    """Yield problems of each vignette."""
    checklists = {checklist.id: checklist for checklist in draft.checklists}
    for vignette in draft.vignettes:
        place = draft.place(Kind.VIGNETTE, vignette.id)
        checklist = checklists.get(vignette.checklist)
        scale = draft.scale_of(checklist) if checklist else None
        if checklist is not None and scale is not None:
            yield from _check_rating(draft, place, vignette, checklist, scale)


def _check_rating(
    draft: Draft, place: Place, vignette: Vignette, checklist: Checklist, scale: Scale
) -> Iterator[Problem]:
    if scale.kind is not ScaleKind.BEHAVIOURS or checklist.rater is not Relation.TRAINER:
        message = f"is rated with checklist `{checklist.id}`, by which trainers give no levels"
        yield place.error(message, "Name a trainer's checklist on a scale of behaviours.", ("checklist",))
        return
    if vignette.setting not in checklist.settings:
        message = f"is set in `{vignette.setting}`, where checklist `{checklist.id}` is not used"
        yield place.error(message, "Choose one of the checklist's settings.", ("setting",))
        return
    yield from _check_gold(draft, place, vignette, checklist, scale)


def _check_gold(
    draft: Draft, place: Place, vignette: Vignette, checklist: Checklist, scale: Scale
) -> Iterator[Problem]:
    lines = {
        line.id: line for line in draft.lines_of(checklist) if not line.settings or vignette.setting in line.settings
    }
    rated = [gold.line for gold in vignette.gold]
    for i, gold in enumerate(vignette.gold):
        at = ("gold", i, "line")
        if gold.line in rated[:i]:
            yield place.error(f"rates line `{gold.line}` twice", "Keep one of the two.", at)
        elif gold.line in lines:
            watched = [str(one.id) for one in list_watched(draft, scale, lines[gold.line])]
            for j, id_ in enumerate(gold.seen):
                if watched and id_ not in watched and id_ in draft.places[Kind.BEHAVIOUR]:
                    message = f"has behaviour `{id_}` seen, which line `{gold.line}` does not watch for"
                    yield place.error(message, f"It watches for {listed(watched)}.", ("gold", i, "seen", j))
        elif gold.line in draft.places[Kind.LINE]:
            message = f"rates line `{gold.line}`, which checklist `{checklist.id}` does not have in this setting"
            yield place.error(message, f"Its lines are {listed(lines)}.", at)
    missing = [id_ for id_ in lines if id_ not in rated]
    if missing:
        yield place.error(f"does not say what is to be seen on {listed(missing)}", "Add it under `gold`.", ("gold",))
