"""How far a hub has come on its way from nothing to training people."""

from dataclasses import dataclass
from typing import Any, Final

from curriculum.ids import ProgrammeId
from people.facts import ContactKind
from people.models import HubId, Office
from web.context import Context
from web.memory import ask
from web.views.manager.cohorts import list_live
from web.views.manager.people.reading import Person, list_people
from web.views.manager.programme.going_live import missing_contacts

Row = dict[str, Any]

NEEDED_OFFICES: Final = (Office.TRAINER, Office.TRAINING_LEAD, Office.SAFEGUARDING_LEAD, Office.TRAINEE)
"""Somebody has to do each of these before anybody can be trained, watched, kept safe and signed off."""

_FIRST_NAME: Final = "Administrator"
"""The name under which the server makes the first administrator."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What there is already. `version` is the newest version of the programme that is to go live, or is live."""

    hub_id: HubId | None
    is_named: bool
    missing_contacts: tuple[ContactKind, ...] = tuple(ContactKind)
    version: Row | None = None
    live: tuple[tuple[ProgrammeId, int], ...] = ()
    cohorts: tuple[Row, ...] = ()
    people: tuple[Person, ...] = ()

    @property
    def is_approved(self) -> bool:
        """Return whether somebody has approved the safeguarding text."""
        return self.version is not None and self.version["approved_on"] is not None

    @property
    def missing_offices(self) -> tuple[Office, ...]:
        """Return what nobody does here yet."""
        return tuple(office for office in NEEDED_OFFICES if not self.holders(office))

    def holders(self, office: Office) -> list[Person]:
        """Return who holds an office here."""
        return [person for person in self.people if person.holds(office)]

    @property
    def is_done(self) -> bool:
        """Return whether people can be trained here."""
        return bool(self.is_named and self.live and self.cohorts and not self.missing_offices)


def read_progress(context: Context, hub_id: HubId | None) -> Progress:
    """Return how far a hub has come; None stands for no hub at all."""
    is_named = context.store.name_of(context.actor.person_id) != _FIRST_NAME
    versions = context.store.query("programme_versions", context.actor)
    if hub_id is None:
        return Progress(None, is_named, version=versions[0] if versions else None)
    live = list_live(context, hub_id)
    of_live = [row for row in versions if live.get(row["programme_id"]) == row["version_no"]]
    return Progress(
        hub_id,
        is_named,
        tuple(missing_contacts(context, hub_id)),
        next(iter(of_live or versions), None),
        tuple(live.items()),
        tuple(ask(context, "cohorts_in_hub", hub=hub_id)),
        tuple(list_people(context, hub_id)),
    )
