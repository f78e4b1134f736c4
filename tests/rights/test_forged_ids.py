"""Ids that nobody gave: every use case says no in a sentence, whoever asks, and writes nothing."""

from collections.abc import Iterator, Mapping
from inspect import signature
from typing import Any, Final
from uuid import UUID

import pytest

from curriculum.errors import PlatformError
from people.ids import new_fact_id
from people.models import Actor
from tests.rights.house import THERE, House, Stage, everywhere
from tests.rights.rows import Row
from tests.rights.test_use_cases import ROWS

NUMBERS: Final = (-1, 0, 999_999, 2**40)
"""Persons that there are not: 0 stands for nobody in facts about hubs."""

FREE: Final = {
    ("enrol", "role_id"): "the room people knows no programme; the page offers the roles of one",
    ("open_cohort", "programme_id"): "the room people knows no programme; the page gives what the hub runs",
    ("record_calibration", "programme_id"): "an observer is in no programme; the page offers those the hub runs",
    ("list_rounds", "programme_id"): "a rater has no rounds in a programme that there is not",
    ("list_cut_rounds", "programme_id"): "no rounds in a programme that there is not, and that is the answer",
    ("list_cut_rounds", "blueprint_id"): "a quiz that there is not has no rounds, and that is the answer",
    ("see_confidence", "programme_id"): "who is in no such programme has rated nothing there",
    ("issue_report", "programme_id"): "a report is drafted of a programme that was read; the page gives the draft",
    ("open_hub", "hub_id"): "a new id is what it asks for",
    ("see_meetings", "person_id"): "nobody has no meetings, and that is the answer",
    ("see_free_times", "person_id"): "nobody has said when, and that is the answer",
    ("see_check_ins", "person_id"): "nobody has no check-ins, and that is the answer",
}
"""Ids that a use case takes as they come, and why."""

CHOOSES: Final = {"consent_to_move": "a trainee names the hub that they are moving to"}
"""Use cases that are about another hub, and why."""

every_row = pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])


def _forged(value: object) -> tuple[object, ...]:
    match value:
        case UUID():
            return (new_fact_id(),)
        case int():
            return NUMBERS
        case str():
            return ("no-such", "")
        case _:
            return ()


def _forgeries(row: Row, given: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for name, value in given.items():
        if name.endswith("_id") and (row.does.__name__, name) not in FREE:
            yield from ({**given, name: forged} for forged in _forged(value))


def _strongest(row: Row, stage: Stage) -> dict[str, Actor]:
    """Return those who may do the most: who may do this at all, and who holds every office in all hubs."""
    return {name: stage.cast[name] for name in row.who | {"admin"}} | {"everywhere": everywhere(stage.house)}


def _is_refused(row: Row, stage: Stage, actor: Actor, given: Mapping[str, Any]) -> bool:
    try:
        row.run(stage, actor, given)
    except PlatformError as error:
        assert len(str(error)) > 10
        return True
    return False


@every_row
def test_an_id_that_does_not_exist_is_refused(house: House, row: Row) -> None:
    stage = house.stage()
    given = row.given(stage)
    position = house.store.position
    through = [
        (name, forged)
        for forged in _forgeries(row, given)
        for name, actor in _strongest(row, stage).items()
        if not _is_refused(row, stage, actor, forged)
    ]
    assert through == []
    assert house.store.position == position


def _naming(parameter: str) -> list[Row]:
    named = [row for row in ROWS if parameter in signature(row.does).parameters]
    return [row for row in named if row.does.__name__ not in CHOOSES]


@pytest.mark.parametrize("row", _naming("person_id"), ids=lambda row: row.id)
def test_a_person_of_another_hub_is_refused_to_the_offices_here(house: House, row: Row) -> None:
    stage = house.stage()
    elsewhere = {**row.given(stage), "person_id": stage.person_of("there_trainee")}
    position = house.store.position
    names = {name for name in stage.cast if not name.startswith("there_")} - {"admin", "operator"}
    through = [name for name in sorted(names) if not _is_refused(row, stage, stage.cast[name], elsewhere)]
    assert through == []
    assert house.store.position == position


@pytest.mark.parametrize("row", _naming("hub_id"), ids=lambda row: row.id)
def test_another_hub_is_refused_to_the_offices_here(house: House, row: Row) -> None:
    stage = house.stage()
    elsewhere = {**row.given(stage), "hub_id": THERE}
    names = {name for name in row.who if not name.startswith("there_")} - {"admin", "operator"}
    position = house.store.position
    through = [name for name in sorted(names) if not _is_refused(row, stage, stage.cast[name], elsewhere)]
    assert through == []
    assert house.store.position == position
