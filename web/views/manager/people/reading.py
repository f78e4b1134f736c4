"""The people whom the acting person looks after, with what they do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from people.facts import FactId
from people.models import HubId, Office, PersonId
from web.components import day_text
from web.context import Context
from web.texts import _
from web.views.manager.hubs import EVERYWHERE
from web.wording import office_words

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class HeldOffice:
    """An office that a person holds. `hub_id` None means in all hubs; `record_name` is whose record is opened."""

    grant_id: FactId
    office: Office
    hub_id: HubId | None
    until_on: date | None = None
    record_name: str = ""

    @property
    def words(self) -> str:
        """Return what people read."""
        words = office_words(self.office)
        if self.record_name:
            words = _("{office} for {name}").format(office=words, name=self.record_name)
        elif self.hub_id is None and self.office is not Office.ADMINISTRATOR:
            words = _("{office}, in all hubs").format(office=words)
        if self.until_on is not None:
            words = _("{office}, until {day}").format(office=words, day=day_text(self.until_on))
        return words


@dataclass(frozen=True, slots=True)
class Person:
    """One line of the list. `is_here` is False for who only comes in by an office for all hubs."""

    person_id: PersonId
    name: str
    login: str
    has_password: bool
    is_here: bool = True
    is_training: bool = False
    offices: tuple[HeldOffice, ...] = ()

    def holds(self, office: Office) -> bool:
        """Return whether the person holds the office here."""
        return any(held.office == office for held in self.offices)

    @property
    def words(self) -> str:
        """Return what the person does, as people read it."""
        return " · ".join(dict.fromkeys(held.words for held in self.offices)) or _("no task yet")


def list_people(context: Context, hub_id: HubId) -> list[Person]:
    """Return the people of a hub, or everybody, by name; then those whom the actor added and gave no task yet."""
    if hub_id == EVERYWHERE:
        return _gathered(context.store.query("people_everywhere", context.actor))
    here = _gathered(context.store.query("people_in_hub", context.actor, hub=hub_id))
    return here + list_waiting(context)


def list_waiting(context: Context) -> list[Person]:
    """Return those whom the acting person added, who have nothing to do yet."""
    rows = context.store.query("people_waiting", context.actor)
    return [Person(PersonId(row["person_no"]), row["name"], row["login"], row["has_password"]) for row in rows]


def _gathered(rows: Iterable[Row]) -> list[Person]:
    return [_person(list(group)) for _number, group in groupby(rows, key=lambda row: row["person_no"])]


def _person(rows: list[Row]) -> Person:
    first = rows[0]
    return Person(
        PersonId(first["person_no"]),
        first["name"],
        first["login"],
        first["has_password"],
        first["is_here"],
        first["is_training"],
        tuple(_office(row) for row in rows if row["office"] is not None),
    )


def _office(row: Row) -> HeldOffice:
    return HeldOffice(
        FactId(row["grant_id"]), Office(row["office"]), row["hub_id"], row["until_on"], row["record_name"] or ""
    )
