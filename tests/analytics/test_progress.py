"""A group over its assessments: the same numbers as counting by hand, drop-out told from delay."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest

from analytics.progress import GroupProgress, see_progress
from curriculum.ids import ProgrammeId
from curriculum.models import Programme
from people.errors import NotAllowedError
from people.facts import ClockChange, ClockReason, Pause
from people.models import HubId, Office, PersonId
from store.ledger import Store
from tests.analytics.by_hand import levels_of_people
from tests.analytics.place import HUB as PLACE_HUB
from tests.analytics.place import Place, actor
from tests.conftest import DEMONSTRATION_NOW

HUB = HubId("riverside")
LEAD = actor(PersonId(9_999), Office.TRAINING_LEAD, HUB)


@pytest.fixture(scope="module")
def store(demonstration_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("progress") / "practicum.duckdb"
    copyfile(demonstration_file, path)
    opened = Store.open(path, clock=lambda: DEMONSTRATION_NOW)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def programme(store: Store) -> Programme:
    return store.programme(ProgrammeId("alongside"), 1)


def test_numbers_are_those_of_the_facts(store: Store, programme: Programme) -> None:
    by_hand = levels_of_people(store)
    found = see_progress(store, LEAD, programme, HUB)
    assert {(one.competency_id, one.checklist_id, one.setting) for one in found} == set(by_hand)
    for one in found:
        people = by_hand[one.competency_id, one.checklist_id, one.setting]
        for time in one.times:
            had = [levels for levels in people if len(levels) >= time.nth]
            assert time.levels == tuple(sum(had_[time.nth - 1] == n for had_ in had) for n in range(1, 5))
            assert time.n + time.n_left + time.n_not_yet == one.times[0].n
            whole = [levels for levels in people if len(levels) >= len(one.times)]
            assert sum(time.completers) == len(whole)


def progress_in(place: Place) -> GroupProgress:
    lead = actor(PersonId(52), Office.TRAINING_LEAD, PLACE_HUB)
    return see_progress(place.store, lead, place.programme, PLACE_HUB)[0]


def test_who_left_is_told_from_who_was_not_watched_again() -> None:
    place = Place()
    for person in (21, 22):
        place.enrol(PersonId(person))
    place.observe(-30, 2)
    place.observe(-20, 4)
    place.observe(-30, 3, person_id=PersonId(21))
    place.observe(-30, 1, person_id=PersonId(22))
    place.note(Pause, -10, person_id=PersonId(22), change=ClockChange.WITHDRAWN, reason=ClockReason.NO_TIME)
    first, second = progress_in(place).times
    assert first.levels == (1, 1, 1, 0)
    assert first.completers == (0, 1, 0, 0)
    assert (second.levels, second.n_left, second.n_not_yet) == ((0, 0, 0, 1), 1, 1)
    place.store.close()


def test_who_may_not_see_ratings_is_refused(store: Store, programme: Programme) -> None:
    for office in (Office.MANAGER, Office.TRAINER, Office.COORDINATOR):
        with pytest.raises(NotAllowedError):
            see_progress(store, actor(PersonId(9_999), office, HUB), programme, HUB)
