"""Scores of forms: each item by its own rules, then by those of its quiz, and by keys that were corrected since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor
from typing import Final

from assessments.corrections import corrected
from assessments.facts import Attempt, ItemScore, KeyCorrection, KeyTreatment
from assessments.items import Given
from assessments.shares import gives_fractions, share_of
from curriculum.blueprints import Blueprint, Certainty, Feedback
from curriculum.ids import ItemId
from curriculum.items import ExtendedTextItem, Item, Pool

IN_HUNDREDTHS: Final = 100

_NOTHING: Final = Fraction()

_SURE_AND_RIGHT: Final = {None: Fraction(1, 3), 1: Fraction(1, 3), 2: Fraction(2, 3), 3: Fraction(1)}
_SURE_AND_WRONG: Final = {None: _NOTHING, 1: _NOTHING, 2: Fraction(-2, 3), 3: Fraction(-2)}
"""Certainty marks 1, 2, 3 and 0, -2, -6, of 3. Source: Gardner-Medwin (1995), doi:10.1080/0968776950030113."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How a quiz scores, whatever the kinds of its items.

    Attributes:
        has_marks_for_certainty: Whether certainty changes the points.
        try_penalty: What each further try costs, in per cent of the item's points.
        has_markers: Whether a trainer marks texts; in practice nobody does, and they count nothing.
    """

    has_marks_for_certainty: bool = False
    try_penalty: int = 0
    has_markers: bool = True


def rules_of(blueprint: Blueprint, pool: Pool) -> Rules:
    """Return how a quiz scores what is drawn from a pool."""
    is_counting = pool is Pool.COUNTING
    return Rules(
        has_marks_for_certainty=is_counting and blueprint.certainty is Certainty.MARKS,
        try_penalty=blueprint.try_penalty if feedback_of(blueprint, pool) is Feedback.INTERACTIVE else 0,
        has_markers=is_counting,
    )


def feedback_of(blueprint: Blueprint, pool: Pool) -> Feedback:
    """Return when people hear how they did."""
    return blueprint.feedback if pool is Pool.COUNTING else blueprint.practice_feedback


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known beside form and responses: corrected keys by item, and shares of marked texts by position."""

    corrections: Mapping[ItemId, KeyCorrection] = field(default_factory=dict[ItemId, KeyCorrection])
    marks: Mapping[int, Fraction] = field(default_factory=dict[int, Fraction])


@dataclass(frozen=True, slots=True)
class FormScore:
    """The score of a form, in 1/`per_point` of a point. `critical_missed` counts critical items not wholly right.

    `n_unmarked` texts have no mark yet.
    """

    score: int
    max_score: int
    critical_total: int
    critical_missed: int
    items: tuple[ItemScore, ...]
    per_point: int = 1
    n_unmarked: int = 0


@dataclass(frozen=True, slots=True)
class _Judged:
    """One item judged: the share of its points, whether it was wholly right (None unmarked), whether it counts."""

    share: Fraction
    is_right: bool | None
    counts: bool = True


def is_right(item: Item, given: Given) -> bool:
    """Return whether a response is wholly right; a text that somebody has to mark never is."""
    return not isinstance(item, ExtendedTextItem) and share_of(item, given) == 1


def score_form(
    items: Sequence[Item],
    given: Mapping[int, Given],
    rules: Rules | None = None,
    knowledge: Knowledge | None = None,
) -> FormScore:
    """Return the score of a form; it is never below 0.

    Args:
        items: The form's items by position.
        given: What was given, by position; a position without one is unanswered.
        rules: Those of the quiz.
        knowledge: Corrected keys and marks of texts.
    """
    rules, knowledge = rules or Rules(), knowledge or Knowledge()
    judged = [_judge(item, given.get(i, Given()), rules, knowledge, i) for i, item in enumerate(items)]
    return _add_up(items, judged, _unit(items, rules))


class Scorer:
    """Scores many forms of the same items by the usual rules: what an item and its responses earn is found once."""

    def __init__(self) -> None:
        """Begin with nothing found."""
        self._judged: dict[tuple[ItemId, Given], _Judged] = {}
        self._units: dict[ItemId, int] = {}

    def score(self, items: Sequence[Item], given: Mapping[int, Given]) -> FormScore:
        """Return the same as `score_form`."""
        judged = [self._judge(item, given.get(i, Given()), i) for i, item in enumerate(items)]
        return _add_up(items, judged, max(map(self._unit, items), default=1))

    def _judge(self, item: Item, given: Given, position: int) -> _Judged:
        known = self._judged.get((item.id, given))
        if known is None:
            known = self._judged[item.id, given] = _judge(item, given, Rules(), Knowledge(), position)
        return known

    def _unit(self, item: Item) -> int:
        known = self._units.get(item.id)
        if known is None:
            known = self._units[item.id] = _unit([item], Rules())
        return known


def _add_up(items: Sequence[Item], judged: Sequence[_Judged], per_point: int) -> FormScore:
    points = [_points(one.share, item.points * per_point) for one, item in zip(judged, items, strict=True)]
    total = sum(points)
    critical = [one for one, item in zip(judged, items, strict=True) if item.critical and one.counts]
    most = [item.points * per_point * one.counts for one, item in zip(judged, items, strict=True)]
    return FormScore(
        score=max(0, total),
        max_score=sum(most),
        critical_total=len(critical),
        critical_missed=sum(not one.is_right for one in critical),
        items=tuple(
            ItemScore(i, item.id, points[i], most[i], total - points[i], judged[i].is_right)
            for i, item in enumerate(items)
        ),
        per_point=per_point,
        n_unmarked=sum(one.is_right is None and one.counts for one in judged),
    )


def _unit(items: Sequence[Item], rules: Rules) -> int:
    """Return 1 where every item gives whole points, else 100."""
    is_whole = not (rules.has_marks_for_certainty or rules.try_penalty) and not any(
        isinstance(item, ExtendedTextItem) or gives_fractions(item) for item in items
    )
    return 1 if is_whole else IN_HUNDREDTHS


def _judge(item: Item, given: Given, rules: Rules, knowledge: Knowledge, position: int) -> _Judged:
    correction = knowledge.corrections.get(item.id)
    if correction is not None and correction.treatment is KeyTreatment.LEFT_OUT:
        return _Judged(_NOTHING, None, counts=False)
    if correction is not None and correction.treatment is KeyTreatment.FULL_POINTS:
        return _Judged(Fraction(1), is_right=True)
    if isinstance(item, ExtendedTextItem):
        return _judge_text(given, rules, knowledge.marks.get(position))
    share = share_of(corrected(item, correction), given)
    is_wholly_right = share == 1
    if given.is_empty:
        return _Judged(_NOTHING, is_right=False)
    if rules.has_marks_for_certainty:
        share = share * _SURE_AND_RIGHT[given.certainty] if share > 0 else _SURE_AND_WRONG[given.certainty]
    if given.tries_before and share > 0:
        share = max(_NOTHING, share * (1 - Fraction(rules.try_penalty * given.tries_before, 100)))
    return _Judged(share, is_right=is_wholly_right and not given.tries_before)


def _judge_text(given: Given, rules: Rules, mark: Fraction | None) -> _Judged:
    if not rules.has_markers:
        return _Judged(_NOTHING, None, counts=False)
    if given.is_empty:
        return _Judged(_NOTHING, is_right=False)
    return _Judged(_NOTHING, None) if mark is None else _Judged(mark, is_right=mark == 1)


def _points(share: Fraction, most: int) -> int:
    """Return a share of the points as the nearest whole number; halves go away from zero."""
    if share.denominator == 1:
        return share.numerator * most
    value = share * most
    nearest = floor(abs(value) + Fraction(1, 2))
    return nearest if value >= 0 else -nearest


def has_passed(attempt: Attempt) -> bool:
    """Return whether the pass mark is reached with every critical item right; a form without points is no pass."""
    reaches_mark = attempt.score * 100 >= attempt.pass_pct * attempt.max_score
    return attempt.max_score > 0 and reaches_mark and attempt.critical_missed == 0
