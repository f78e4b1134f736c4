"""Rules that need more than one object: each check yields the problems it finds in a draft."""

from collections.abc import Callable, Iterator

from curriculum.checks.checklists import check_checklists, check_scenarios
from curriculum.checks.competencies import check_behaviours, check_competencies_are_used
from curriculum.checks.cues import check_longest_option, check_position, check_scenario_share
from curriculum.checks.evaluations import check_evaluations
from curriculum.checks.frame import check_activities, check_decision, check_head
from curriculum.checks.gates import check_gates, check_roles_have_gates
from curriculum.checks.item_media import check_media
from curriculum.checks.items import check_items, check_items_are_taught, check_repeated_stems
from curriculum.checks.logs import check_logs
from curriculum.checks.modules import check_module_contents, check_module_cycles, check_module_order
from curriculum.checks.pools import check_blueprints, check_pools_are_drawn, check_quiz_gates
from curriculum.checks.reading import check_reading_grade
from curriculum.checks.references import check_references
from curriculum.checks.scales import check_scales
from curriculum.checks.sections import check_links, check_sections_are_cited
from curriculum.checks.wording import check_absolute_words, check_grammar, check_shared_words
from curriculum.draft import Draft
from curriculum.errors import Problem

CHECKS: tuple[Callable[[Draft], Iterator[Problem]], ...] = (
    check_head,
    check_activities,
    check_decision,
    check_references,
    check_links,
    check_sections_are_cited,
    check_behaviours,
    check_competencies_are_used,
    check_module_contents,
    check_module_order,
    check_module_cycles,
    check_items,
    check_items_are_taught,
    check_repeated_stems,
    check_media,
    check_blueprints,
    check_pools_are_drawn,
    check_quiz_gates,
    check_longest_option,
    check_position,
    check_scenario_share,
    check_absolute_words,
    check_shared_words,
    check_grammar,
    check_scales,
    check_checklists,
    check_evaluations,
    check_logs,
    check_scenarios,
    check_gates,
    check_roles_have_gates,
    check_reading_grade,
)


def check_draft(draft: Draft) -> list[Problem]:
    """Return all problems that the checks find."""
    return [problem for check in CHECKS for problem in check(draft)]
