"""Evaluations by the person and the partner stand beside the trainer's: on the same lines and the same scale."""

from collections.abc import Iterator

from curriculum.draft import Draft
from curriculum.errors import Problem
from curriculum.models import Checklist, Relation, ScaleKind
from curriculum.places import Kind, Place, listed

FILLED_IN_BY = {
    Relation.TRAINER: "a trainer",
    Relation.SELF: "the person themselves",
    Relation.PARTNER: "the partner",
}
"""Who fills in a checklist, in the words of a message."""


def check_evaluations(draft: Draft) -> Iterator[Problem]:
    """Yield problems of checklists that take their lines from others."""
    by_id = {checklist.id: checklist for checklist in draft.checklists}
    for checklist in draft.checklists:
        scale = draft.scale_of(checklist)
        if scale is None or scale.kind is ScaleKind.LOG:
            continue
        place = draft.place(Kind.CHECKLIST, checklist.id)
        if checklist.lines_from and checklist.rater is Relation.TRAINER:
            message = "takes lines from others but is filled in by a trainer"
            yield place.error(message, "Write `rater: self` or `rater: partner`, or lines of its own.", ("lines_from",))
        for i, id_ in enumerate(checklist.lines_from):
            if id_ in checklist.lines_from[:i]:
                yield place.error(f"takes lines from `{id_}` twice", "Remove one.", ("lines_from", i))
            elif source := by_id.get(id_):
                yield from _check_source(checklist, source, place, i)


def _check_source(checklist: Checklist, source: Checklist, place: Place, i: int) -> Iterator[Problem]:
    at = ("lines_from", i)
    if source is checklist:
        yield place.error("takes lines from itself", "Name a checklist that a trainer fills in.", at)
    elif source.rater is not Relation.TRAINER:
        message = f"takes lines from `{source.id}`, which {FILLED_IN_BY[source.rater]} fills in"
        yield place.error(message, "Name a checklist that a trainer fills in.", at)
    elif source.scale != checklist.scale:
        message = (
            f"`scale` is `{checklist.scale}`, but the lines of `{source.id}` are on `{source.scale}`; "
            "levels of different scales are never compared"
        )
        yield place.error(message, f"Write `scale: {source.scale}`, or take no lines from it.", at)
    for setting in checklist.settings:
        answered = any(not line.settings or setting in line.settings for line in source.lines)
        if source.lines and not answered:
            message = f"is used in setting `{setting}`, in which no line of `{source.id}` is answered"
            used = listed(sorted({setting for line in source.lines for setting in line.settings}))
            yield place.error(message, f"Its lines are answered in {used}.", at)
