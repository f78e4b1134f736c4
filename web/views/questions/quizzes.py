"""Which quiz of the programme a page is about."""

from curriculum.blueprints import Blueprint
from curriculum.ids import BlueprintId
from curriculum.models import Programme
from web.components import empty_state
from web.context import Context, ProgrammeChoice
from web.texts import _
from web.views.manager.hubs import choose


def choose_quiz(context: Context) -> tuple[ProgrammeChoice, Blueprint] | None:
    """Draw the choice of a quiz; None, after saying why, when there is none."""
    choice = context.choice
    if choice is None or not choice.programme.blueprints:
        empty_state(_("There is no quiz"), _("The programme you have chosen asks no questions."))
        return None
    titles = {str(blueprint.id): blueprint.title for blueprint in choice.programme.blueprints}
    chosen = BlueprintId(choose(_("Quiz"), titles, "quiz_of"))
    return choice, choice.programme.blueprint_by_id[chosen]


def section_title(programme: Programme, name: str) -> str:
    """Return a section's id and title."""
    section = next((one for one in programme.sections if one.id == name), None)
    return f"{section.id} {section.title}" if section else name
