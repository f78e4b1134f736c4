"""Which quiz of the programme a page is about."""

from curriculum.blueprints import Blueprint
from curriculum.ids import BlueprintId
from curriculum.models import Programme
from web.components import empty_state
from web.context import Context, ProgrammeChoice
from web.texts import _
from web.views.manager.hubs import choose


def choose_quiz(context: Context, *, only_passed: bool = False) -> tuple[ProgrammeChoice, Blueprint] | None:
    """Draw the choice of a quiz, `only_passed` of those that can be passed; None, after saying why, without one."""
    choice = context.choice
    quizzes = [one for one in choice.programme.counting_quizzes if one.is_gate or not only_passed] if choice else []
    if choice is None or not quizzes:
        empty_state(_("There is no quiz"), _("The programme you have chosen asks no questions."))
        return None
    # Those before and after teaching come last: a page begins with the first.
    titles = {str(one.id): one.title for one in sorted(quizzes, key=lambda one: not one.is_gate)}
    chosen = BlueprintId(choose(_("Quiz"), titles, "quiz_of"))
    return choice, choice.programme.blueprint_by_id[chosen]


def section_title(programme: Programme, name: str) -> str:
    """Return a section's id and title."""
    section = next((one for one in programme.sections if one.id == name), None)
    return f"{section.id} {section.title}" if section else name
