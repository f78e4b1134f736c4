"""What the checks say of the questions of one quiz, of a programme that is published and has no files any more."""

from pathlib import Path
from typing import Final

from curriculum.blueprints import Blueprint
from curriculum.checks.cues import check_longest_option, check_position, check_scenario_share
from curriculum.checks.items import check_items, check_repeated_stems
from curriculum.checks.reading import check_reading_grade
from curriculum.checks.wording import check_absolute_words, check_grammar, check_shared_words
from curriculum.draft import Draft
from curriculum.errors import Problem
from curriculum.items import Pool
from curriculum.models import Programme
from curriculum.places import Kind, Place, name_of

_CHECKS: Final = (
    check_longest_option,
    check_position,
    check_absolute_words,
    check_shared_words,
    check_grammar,
    check_items,
    check_repeated_stems,
    check_scenario_share,
    check_reading_grade,
)
_ITEMS: Final = Path("items")


def check_quiz_pool(programme: Programme, blueprint: Blueprint) -> list[Problem]:
    """Return what the item-writing checks find among the counting items of a quiz, pool by pool, then item by item."""
    draft = Draft(
        folder=Path(programme.head.id),
        head=programme.head,
        domains=list(programme.domains),
        modules=[module for module in programme.modules if module.id in blueprint.modules],
        items=[item for module in blueprint.modules for item in programme.items_of(module, Pool.COUNTING)],
    )
    for module in programme.modules:
        draft.places[Kind.MODULE][module.id] = Place(Path("modules"), name_of(Kind.MODULE, module.id), {})
    for item in draft.items:
        draft.places[Kind.ITEM][item.id] = Place(_ITEMS, name_of(Kind.ITEM, item.id), {})
    found = (problem for check in _CHECKS for problem in check(draft))
    return [problem for problem in found if problem.path == _ITEMS]
