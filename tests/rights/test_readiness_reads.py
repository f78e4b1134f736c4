"""Readiness with the wrong people: each read of `analytics.readiness`, and commands that only the operator gives."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import pytest

import analytics.readiness
from analytics.commands import COMMANDS
from analytics.readiness import (
    see_changes,
    see_flip,
    see_gate,
    see_today,
    see_whole_board,
    see_whole_flip,
)
from curriculum.errors import PlatformError
from curriculum.ids import GateId, ProgrammeId
from people.commands import COMMANDS as PEOPLE_COMMANDS
from people.commands import run_command
from people.errors import NotAllowedError, NotKnownError
from people.models import CohortId, HubId, PersonId
from tests.builders import NOW, PROGRAMME
from tests.rights.house import HERE, THERE, House, Stage, but, everywhere, split
from tests.rights.recorded import make_recorded
from tests.rights.rows import list_functions, takes_actor

_SEES: Final = "trainee hats trainer doubled lead countersigner operator"
_SEES_STATUS: Final = f"{_SEES} manager"
_HUB: Final = "lead manager hats doubled operator"


@dataclass(frozen=True)
class Read:
    """One read, what it is given about the trainee or the hub here, and who may."""

    does: Callable[..., Any]
    given: Callable[[Stage], dict[str, Any]]
    may: str


def _person(stage: Stage) -> dict[str, Any]:
    return {"person_id": stage.person_id, "programme_id": PROGRAMME}


def _hub(stage: Stage) -> dict[str, Any]:
    return {"programme_id": PROGRAMME, "hub_id": HERE}


READS: Final = (
    Read(see_gate, lambda stage: {**_person(stage), "gate_id": GateId("reflections")}, _SEES),
    Read(see_flip, lambda stage: {**_person(stage), "gate_id": GateId("reflections")}, _SEES_STATUS),
    Read(see_whole_flip, _person, _SEES_STATUS),
    Read(see_today, _person, _SEES_STATUS),
    Read(see_whole_board, _hub, _HUB),
    Read(see_whole_board, lambda stage: {**_hub(stage), "cohort_id": stage.house.cohorts[HERE]}, _HUB),
    Read(see_whole_board, lambda stage: {**_hub(stage), "as_of": NOW}, _HUB),
    Read(see_changes, lambda stage: {**_hub(stage), "since": NOW - timedelta(days=1)}, _HUB),
)
PARTS: Final = {"explain_verdict"}
"""Explains a verdict that was read before, and is told of no actor."""

every_read = pytest.mark.parametrize("read", READS, ids=lambda read: read.does.__name__)


@pytest.fixture(scope="module")
def stage(house: House) -> Stage:
    return make_recorded(house)


def test_every_read_has_its_place_in_the_table() -> None:
    package = analytics.readiness
    functions = {
        name: value
        for name, value in vars(package).items()
        if callable(value) and getattr(value, "__module__", "") == package.__name__ and not name.startswith("_")
    }
    assert {name for name, value in functions.items() if takes_actor(value)} == {read.does.__name__ for read in READS}
    assert {name for name, value in functions.items() if not takes_actor(value)} == PARTS


@every_read
def test_who_may_sees_and_who_may_not_is_refused(stage: Stage, read: Read) -> None:
    given = read.given(stage)
    for name in sorted(split(read.may)):
        assert read.does(stage.store, stage.cast[name], **given)
    for name in but(split(read.may), stage.cast):
        with pytest.raises(NotAllowedError):
            read.does(stage.store, stage.cast[name], **given)


@pytest.mark.parametrize("name", ["manager", "lead"])
def test_a_board_opens_no_evidence(stage: Stage, name: str) -> None:
    for given in ({}, {"as_of": NOW}):
        seen = see_whole_board(stage.store, stage.cast[name], PROGRAMME, HERE, **given)
        verdicts = [row.verdict for row in seen.rows]
        assert stage.person_id in {verdict.person_id for verdict in verdicts}
        assert not any(gate.parts or gate.evidence for verdict in verdicts for gate in verdict.gates)


def test_a_status_opens_no_evidence(stage: Stage) -> None:
    verdict = see_today(stage.store, stage.cast["manager"], stage.person_id, PROGRAMME)
    assert verdict is not None
    assert not any(gate.parts or gate.evidence for gate in verdict.gates)


# ---------------------------------------------------------------- elsewhere and forged


@every_read
def test_offices_here_see_nobody_there(stage: Stage, read: Read) -> None:
    given = read.given(stage)
    there = {"person_id": stage.person_of("there_trainee"), "hub_id": THERE, "cohort_id": stage.house.cohorts[THERE]}
    forged = {**given, **{key: value for key, value in there.items() if key in given}}
    for name in stage.cast:
        if not name.startswith("there_") and name != "operator":
            with pytest.raises(NotAllowedError):
                read.does(stage.store, stage.cast[name], **forged)


FORGED: Final[Mapping[str, tuple[Any, ...]]] = {
    "person_id": (PersonId(-1), PersonId(0), PersonId(999_999), PersonId(2**40)),
    "hub_id": (HubId("no-such"), HubId("")),
    "cohort_id": (CohortId("no-such"),),
    "programme_id": (ProgrammeId("no-such"),),
    "gate_id": (GateId("no-such"),),
}


@every_read
def test_what_there_is_not_shows_nothing(stage: Stage, read: Read) -> None:
    given = read.given(stage)
    for actor in (*stage.cast.values(), everywhere(stage.house)):
        for name in given.keys() & FORGED.keys():
            for value in FORGED[name]:
                try:
                    found = read.does(stage.store, actor, **{**given, name: value})
                except PlatformError:
                    continue
                assert not getattr(found, "rows", found)


def test_a_cohort_of_another_hub_is_not_known_in_this_one(stage: Stage) -> None:
    cohort_id = stage.house.cohorts[THERE]
    with pytest.raises(NotKnownError):
        see_whole_board(stage.store, stage.cast["manager"], PROGRAMME, HERE, cohort_id=cohort_id)


# ---------------------------------------------------------------- commands


def test_commands_are_the_operators_alone(stage: Stage) -> None:
    words = {
        "name": "New One",
        "login": "new-one",
        "trainee": str(stage.person_id),
        "trainer": str(stage.person_of("other_trainer")),
        "person": str(stage.person_id),
        "programme": PROGRAMME,
        "cohort": stage.house.cohorts[HERE],
        "content": b64encode(b"name\nNew One\n").decode(),
    }
    position = stage.store.position
    for name in but({"operator"}, stage.cast):
        actor = stage.cast[name]
        for command in PEOPLE_COMMANDS:
            with pytest.raises(NotAllowedError):
                run_command(stage.store, actor, command, words, NOW)
            with pytest.raises(NotAllowedError):
                run_command(stage.store, actor, command, words | {"dry_run": "yes"}, NOW)
        for run in COMMANDS.values():
            with pytest.raises(NotAllowedError):
                run(stage.store, actor, words)
    assert stage.store.position == position
    assert stage.store.find_account("new-one") is None


def test_a_package_is_walked_whole() -> None:
    """Guard the guard: the walk through the services finds functions in nested folders."""
    import assessments.service

    assert "assessments.service.observations.forms.load_form" in list_functions(assessments.service)
