"""What a quiz can bear before anybody takes it: its length and cut tried out, its pool held against what it draws.

All of it follows from the programme's text and from assumptions that are said; nobody's answers are read.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, sqrt
from typing import Final

from analytics.statistics.consistency import Consistency, expected_consistency, peng_subkoviak
from analytics.statistics.proportions import Prior
from analytics.statistics.quiz_design import ASSUMED_MASTERY, CutErrors, cut_error_table, cut_errors, retry_chance
from assessments.forms import pool_of
from curriculum.blueprints import Blueprint, Purpose
from curriculum.checks.pools import POOL_RATIO
from curriculum.checks.quiz_pool import check_quiz_pool
from curriculum.errors import Problem
from curriculum.filling import fits
from curriculum.ids import CompetencyId, SectionId, ThemeId
from curriculum.items import Item, Pool, iter_texts
from curriculum.markdown import plain_blocks
from curriculum.models import Programme
from curriculum.reading import reading_grade
from people.models import Actor
from people.rights import Record, Right, require_anywhere

HIGHEST_MASTERY: Final = 0.95
"""Nobody knows all: a cut of all points still asks for no more mastery than this."""

SHORT_BY: Final = 0.2
"""How far below the mastery asked for somebody is whose second try is shown."""

POOL_RATIOS: Final = (1.0, 1.5, 2.0, POOL_RATIO)
"""Pools of a second try, as so many times the form."""

RELIABILITIES: Final = (0.5, 0.7, 0.85)
"""Reliabilities that a consistency is shown for, beside the one that the assumed mastery gives."""

MOST_ITEMS: Final = 60
_LENGTH_STEP: Final = 5


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A length and a cut, with how often it is wrong about people."""

    n_items: int
    errors: CutErrors
    is_this: bool


@dataclass(frozen=True, slots=True)
class SecondTry:
    """How often somebody who does not know enough passes a second try, from a pool of this size.

    `unseen_first` is as forms are drawn here; `at_random` is what it would be if they were drawn by chance alone.
    """

    pool: int
    unseen_first: float
    at_random: float
    is_this: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """A length and a cut tried out.

    Attributes:
        n_items: How many questions a form has, each of one point.
        points: How many have to be right.
        mastery: The share of all such questions that somebody knows who knows enough.
        errors: How often this cut is wrong.
        by_points: The same for every cut of this length.
        neighbours: The same for lengths and cuts near by.
        short_of: The mastery of whose second try is shown.
        second_tries: By size of the pool, the pool of the quiz among them.
        expected: How often two forms decide alike when mastery is spread as assumed.
        at_reliabilities: The same from an assumed reliability of totals (Peng-Subkoviak); the first is the one that the
            assumed mastery gives.
    """

    n_items: int
    points: int
    mastery: float
    errors: CutErrors
    by_points: tuple[CutErrors, ...]
    neighbours: tuple[Neighbour, ...]
    short_of: float
    second_tries: tuple[SecondTry, ...]
    expected: Consistency
    at_reliabilities: tuple[tuple[float, Consistency], ...]


class GapKind(StrEnum):
    """What a pool lacks."""

    POOL = "pool"
    THEME = "theme"
    CELL = "cell"
    SECTION_UNASKED = "section_unasked"
    COMPETENCY_UNASKED = "competency_unasked"
    SECTION_ONCE = "section_once"


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that the pool lacks; `names` are ids, `have` of `need` items are there."""

    kind: GapKind
    names: tuple[str, ...]
    have: int
    need: int


@dataclass(frozen=True, slots=True)
class Spot:
    """How many items of the pool ask about a section, for a competency, with a theme or without."""

    section: SectionId
    competency: CompetencyId
    theme: ThemeId | None
    n_items: int


@dataclass(frozen=True, slots=True)
class PoolReport:
    """The pool of a quiz.

    Attributes:
        n_items: How many items it holds.
        spots: What they ask about.
        gaps: What is missing, the worst first.
        findings: What the item-writing checks say.
        grade: How hard the items are to read; None for too few words, and in other languages than English.
        grade_max: The hardest that the programme allows.
    """

    n_items: int
    spots: tuple[Spot, ...]
    gaps: tuple[Gap, ...]
    findings: tuple[Problem, ...]
    grade: float | None
    grade_max: float


# ---------------------------------------------------------------- length and cut


def has_cut(blueprint: Blueprint) -> bool:
    """Return whether anything is passed in the quiz: there is nothing to try out before and after teaching."""
    return blueprint.purpose is Purpose.GATE and blueprint.pass_pct > 0


def mastery_asked(blueprint: Blueprint) -> float:
    """Return the share of all such questions that somebody has to know to know enough: the cut of the programme."""
    return min(blueprint.pass_pct / 100, HIGHEST_MASTERY)


def points_to_pass(n_items: int, pass_pct: int) -> int:
    """Return how many points reach a cut, with one point for each item."""
    return ceil(n_items * pass_pct / 100)


def try_out(n_items: int, points: int, mastery: float, pool: int) -> Trial:
    """Return what a length and a cut would do to people. Nothing is saved.

    Args:
        n_items: How many questions a form has.
        points: How many have to be right.
        mastery: Of somebody who knows enough, between 0 and 1.
        pool: How many questions forms are drawn from.

    Raises:
        CountError: `points` is not within 0 and `n_items`.
        RangeError: `mastery` is not between 0 and 1.
    """
    short_of = max(mastery - SHORT_BY, mastery / 2)
    return Trial(
        n_items=n_items,
        points=points,
        mastery=mastery,
        errors=cut_errors(n_items, points, mastery),
        by_points=tuple(cut_error_table(n_items, mastery)),
        neighbours=tuple(_neighbours(n_items, points, mastery)),
        short_of=short_of,
        second_tries=tuple(_second_tries(n_items, points, short_of, pool)),
        expected=expected_consistency(n_items, points),
        at_reliabilities=tuple(_at_reliabilities(n_items, points, ASSUMED_MASTERY)),
    )


def _neighbours(n_items: int, points: int, mastery: float) -> Iterator[Neighbour]:
    for n in (n_items - _LENGTH_STEP, n_items, n_items + _LENGTH_STEP):
        near = round(points * n / n_items)
        for cut in (near - 1, near, near + 1):
            if 1 <= cut <= n <= MOST_ITEMS:
                yield Neighbour(n, cut_errors(n, cut, mastery), is_this=(n, cut) == (n_items, points))


def _second_tries(n_items: int, points: int, mastery: float, pool: int) -> Iterator[SecondTry]:
    sizes = {pool, *(ceil(ratio * n_items) for ratio in POOL_RATIOS)}
    for size in sorted(size for size in sizes if size >= n_items):
        yield SecondTry(
            size,
            retry_chance(size, n_items, points, mastery, unseen_first=True),
            retry_chance(size, n_items, points, mastery, unseen_first=False),
            is_this=size == pool,
        )


def _at_reliabilities(n_items: int, points: int, assumed: Prior) -> Iterator[tuple[float, Consistency]]:
    """Yield the consistency at reliabilities of totals that are spread as the assumed mastery spreads them."""
    both = assumed.a + assumed.b
    share = assumed.a / both
    sd = sqrt(n_items * share * (1 - share) * (both + n_items) / (both + 1))
    for reliability in (n_items / (n_items + both), *RELIABILITIES):
        yield reliability, peng_subkoviak(points, n_items * share, sd, reliability)


# ---------------------------------------------------------------- the pool


def report_pool(actor: Actor, programme: Programme, blueprint: Blueprint, n_items: int) -> PoolReport:
    """Return what the pool of a quiz holds and lacks for forms of so many questions.

    Raises:
        NotAllowedError: The actor may not draft a programme's text.
    """
    require_anywhere(actor, Right.DRAFT, Record.PROGRAMME)
    items = pool_of(programme, blueprint, Pool.COUNTING)
    counts = Counter((item.section, item.competency, item.critical) for item in items)
    order = {section.id: place for place, section in enumerate(programme.sections)}
    ordered = sorted(counts.items(), key=lambda pair: (order.get(pair[0][0], len(order)), pair[0][1], pair[0][2] or ""))
    is_english = programme.head.language.partition("-")[0] == "en"
    texts = (block for item in items for text in iter_texts(item) for block in plain_blocks(text))
    return PoolReport(
        n_items=len(items),
        spots=tuple(Spot(*spot, n) for spot, n in ordered),
        gaps=tuple(_gaps(programme, blueprint, items, n_items)),
        findings=tuple(check_quiz_pool(programme, blueprint)),
        grade=reading_grade(texts) if is_english else None,
        grade_max=programme.head.reading_grade_max,
    )


def _gaps(programme: Programme, blueprint: Blueprint, items: Sequence[Item], n_items: int) -> Iterator[Gap]:
    least = ceil(POOL_RATIO * n_items)
    if len(items) < least:
        yield Gap(GapKind.POOL, (), len(items), least)
    themes = Counter(item.critical for item in items)
    for theme, n_drawn in blueprint.critical.items():
        if themes[theme] < ceil(POOL_RATIO * n_drawn):
            yield Gap(GapKind.THEME, (theme,), themes[theme], ceil(POOL_RATIO * n_drawn))
    for cell in blueprint.cells:
        n_fitting = sum(fits(cell, item) for item in items)
        if n_fitting < ceil(POOL_RATIO * cell.draw):
            names = tuple(str(name) for name in (cell.section, cell.competency, cell.theme) if name)
            yield Gap(GapKind.CELL, names, n_fitting, ceil(POOL_RATIO * cell.draw))
    yield from _unasked(programme, blueprint, items)


def _unasked(programme: Programme, blueprint: Blueprint, items: Sequence[Item]) -> Iterator[Gap]:
    """Yield what the modules teach and nobody is asked about, and sections with one question, which a retry repeats."""
    modules = [programme.module_by_id[module] for module in blueprint.modules]
    chapters = {section.chapter for section in programme.sections}
    shown = (block.section for module in modules for step in module.steps for block in step.blocks)
    taught = [section for section in dict.fromkeys(shown) if section and section not in chapters]
    asked = Counter(item.section for item in items)
    for section in taught:
        if not asked[section]:
            yield Gap(GapKind.SECTION_UNASKED, (section,), 0, 1)
    competencies = {item.competency for item in items}
    for competency in dict.fromkeys(one for module in modules for one in module.competencies):
        if competency not in competencies:
            yield Gap(GapKind.COMPETENCY_UNASKED, (competency,), 0, 1)
    for section in taught:
        if asked[section] == 1:
            yield Gap(GapKind.SECTION_ONCE, (section,), 1, 2)
