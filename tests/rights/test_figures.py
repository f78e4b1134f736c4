"""Figures of a hub with the wrong people: each read behind the manager's pages, here, elsewhere and forged."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import pytest

from analytics.journeys import see_outlook
from curriculum.models import Programme
from people.errors import NotAllowedError
from people.models import HubId
from tests.builders import PROGRAMME
from tests.rights.house import HERE, THERE, House, Stage, but, split
from tests.rights.recorded import make_recorded

_HUB: Final = "lead manager hats doubled operator"


@dataclass(frozen=True)
class Read:
    """One read, whom of the cast it answers, and how many people its answer is about."""

    does: Callable[..., Any]
    may: str
    n_of: Callable[[Any], int]


READS: Final = (Read(see_outlook, _HUB, lambda seen: seen.n),)

every_read = pytest.mark.parametrize("read", READS, ids=lambda read: read.does.__name__)


@pytest.fixture(scope="module")
def stage(house: House) -> Stage:
    return make_recorded(house)


@pytest.fixture(scope="module")
def programme(stage: Stage) -> Programme:
    return stage.store.programme(PROGRAMME, 1)


@every_read
def test_who_may_sees_and_who_may_not_is_refused(stage: Stage, programme: Programme, read: Read) -> None:
    for name in sorted(split(read.may)):
        assert read.n_of(read.does(stage.store, stage.cast[name], programme, HERE))
    for name in but(split(read.may), stage.cast):
        with pytest.raises(NotAllowedError):
            read.does(stage.store, stage.cast[name], programme, HERE)


@every_read
def test_offices_here_see_no_figure_of_there(stage: Stage, programme: Programme, read: Read) -> None:
    for name in stage.cast:
        if not name.startswith("there_") and name != "operator":
            for hub_id in (THERE, HubId("no-such"), HubId("")):
                with pytest.raises(NotAllowedError):
                    read.does(stage.store, stage.cast[name], programme, hub_id)


@every_read
def test_a_cohort_of_another_hub_is_nobody_in_this_one(stage: Stage, programme: Programme, read: Read) -> None:
    seen = read.does(stage.store, stage.cast["manager"], programme, HERE, cohort_id=stage.house.cohorts[THERE])
    assert read.n_of(seen) == 0
