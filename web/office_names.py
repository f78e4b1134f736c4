"""What people read for an office."""

from people.models import Office
from web.texts import _


def office_names() -> dict[Office, str]:
    """Return the name of each office in the reader's language."""
    return {
        Office.TRAINEE: _("Trainee"),
        Office.TRAINER: _("Trainer"),
        Office.TRAINING_LEAD: _("Training lead"),
        Office.SAFEGUARDING_LEAD: _("Safeguarding lead"),
        Office.SAFEGUARDING_DEPUTY: _("Deputy of the safeguarding lead"),
        Office.COORDINATOR: _("Co-ordinator"),
        Office.MANAGER: _("Programme manager"),
        Office.FUNDER: _("Funder or researcher"),
        Office.COUNTERSIGNER: _("External countersigner"),
        Office.ADMINISTRATOR: _("Administrator"),
    }
