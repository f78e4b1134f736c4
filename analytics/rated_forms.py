"""Which forms give a competency a level: they are watched by a trainer, behaviour by behaviour."""

from curriculum.ids import CompetencyId
from curriculum.models import Checklist, Programme, Relation, ScaleKind, Setting


def rates_behaviours(programme: Programme, checklist: Checklist) -> bool:
    """Return whether behaviours are watched for on a checklist, so that its lines get levels."""
    return programme.scale_of(checklist).kind is ScaleKind.BEHAVIOURS


def rating_checklists(programme: Programme, competency_id: CompetencyId, setting: Setting) -> list[Checklist]:
    """Return the trainers' checklists that give the competency a level in the setting."""
    return [
        checklist
        for checklist in programme.forms_of(Relation.TRAINER)
        if rates_behaviours(programme, checklist)
        and setting in checklist.settings
        and any(
            line.competency == competency_id and (not line.settings or setting in line.settings)
            for line in checklist.lines
        )
    ]
