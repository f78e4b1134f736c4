"""Scores: full points or none an item; an unanswered item scores nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.facts import Attempt, ItemScore
from assessments.items import right_choice
from curriculum.models import Item


@dataclass(frozen=True, slots=True)
class FormScore:
    """The score of a form. `critical_missed` counts the critical items without full points."""

    score: int
    max_score: int
    critical_total: int
    critical_missed: int
    items: tuple[ItemScore, ...]


def score_item(item: Item, chosen: Sequence[int]) -> int:
    """Return the item's points when exactly the right choice was made, else 0."""
    return item.points if chosen and tuple(chosen) == right_choice(item) else 0


def score_form(items: Sequence[Item], choices: Mapping[int, Sequence[int]]) -> FormScore:
    """Return the score of a form.

    Args:
        items: The form's items by position.
        choices: What was chosen, by position; a position without one is unanswered.
    """
    points = [score_item(item, choices.get(position, ())) for position, item in enumerate(items)]
    missed = [item for item, got in zip(items, points, strict=True) if item.critical and not got]
    return FormScore(
        score=sum(points),
        max_score=sum(item.points for item in items),
        critical_total=sum(1 for item in items if item.critical),
        critical_missed=len(missed),
        items=tuple(
            ItemScore(position, item.id, points[position], item.points, sum(points) - points[position])
            for position, item in enumerate(items)
        ),
    )


def has_passed(attempt: Attempt) -> bool:
    """Return whether the pass mark is reached with every critical item right; a form without points is no pass."""
    reaches_mark = attempt.score * 100 >= attempt.pass_pct * attempt.max_score
    return attempt.max_score > 0 and reaches_mark and attempt.critical_missed == 0
