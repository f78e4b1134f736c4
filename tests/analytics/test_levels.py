"""The competency map: the same numbers as counting by hand, never two scales together, and small numbers hidden."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest

from analytics.charts import levels_chart, levels_frame
from analytics.levels import LevelMap, see_levels
from curriculum.ids import ProgrammeId
from curriculum.models import Programme, Setting
from people.errors import NotAllowedError
from people.facts import CohortOpened
from people.models import Actor, HeldGrant, HubId, Office, PersonId
from store.ledger import Store
from tests.analytics.by_hand import Place, levels_of_people
from tests.conftest import DEMONSTRATION_NOW

HUB = HubId("riverside")
SOMEBODY = PersonId(9_999)
ALONGSIDE = ProgrammeId("alongside")


def holder(office: Office, hub_id: HubId = HUB) -> Actor:
    return Actor(SOMEBODY, "Somebody", (HeldGrant(office, hub_id),))


@pytest.fixture(scope="module")
def store(demonstration_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("levels") / "practicum.duckdb"
    copyfile(demonstration_file, path)
    opened = Store.open(path, clock=lambda: DEMONSTRATION_NOW)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def programme(store: Store) -> Programme:
    return store.programme(ALONGSIDE, 1)


@pytest.fixture(scope="module")
def whole(store: Store, programme: Programme) -> LevelMap:
    return see_levels(store, holder(Office.TRAINING_LEAD), programme, HUB)


def count_by_hand(store: Store) -> dict[Place, list[tuple[int, int, bool]]]:
    """Return first and newest level, and whether there are two, of each person, by the facts alone."""
    return {
        place: [(levels[0], levels[-1], len(levels) > 1) for levels in people]
        for place, people in levels_of_people(store).items()
    }


def test_numbers_are_those_of_the_facts(store: Store, whole: LevelMap) -> None:
    by_hand = count_by_hand(store)
    assert {(row.competency_id, row.checklist_id, row.setting) for row in whole.rows} == set(by_hand)
    for row in whole.rows:
        people = by_hand[row.competency_id, row.checklist_id, row.setting]
        assert row.n == len(people)
        assert row.first == tuple(sum(first == level for first, _, _ in people) for level in range(1, 5))
        assert row.newest == tuple(sum(newest == level for _, newest, _ in people) for level in range(1, 5))
        moved = [(first, newest) for first, newest, is_repeated in people if is_repeated]
        assert (row.change is None) == (not moved)
        if row.change is not None:
            assert (row.change.n, row.change.n_up) == (len(moved), sum(a < b for a, b in moved))


def test_rows_follow_the_programme_and_keep_settings_apart(programme: Programme, whole: LevelMap) -> None:
    order = [competency.id for competency in programme.iter_competencies()]
    places = [order.index(row.competency_id) for row in whole.rows]
    assert places == sorted(places)
    assert {row.setting for setting in whole.settings for row in whole.in_setting(setting)} == set(whole.settings)
    assert Setting.ROLEPLAY in whole.settings
    assert Setting.LIVE in whole.settings


def test_a_cohort_can_be_looked_at_alone(store: Store, programme: Programme, whole: LevelMap) -> None:
    cohort_id = store.list_facts(CohortOpened, programme_id=ALONGSIDE)[0].cohort_id
    lead = holder(Office.TRAINING_LEAD)
    assert see_levels(store, lead, programme, HUB, cohort_id=cohort_id) == whole
    assert see_levels(store, lead, programme, HUB, as_of=store.list_facts(CohortOpened)[0].occurred_at).rows == ()


def test_who_may_not_see_ratings_sees_no_small_number(store: Store, programme: Programme, whole: LevelMap) -> None:
    seen = see_levels(store, holder(Office.MANAGER), programme, HUB)
    assert seen.min_cell == programme.head.privacy.min_cell == 5
    assert len(seen.rows) == len(whole.rows)
    for hidden, full in zip(seen.rows, whole.rows, strict=True):
        assert hidden.first == ()
        assert hidden.change is None
        shown = [(n, true) for n, true in zip(hidden.newest, full.newest, strict=True) if n is not None]
        assert all(n == true and (n == 0 or n >= 5) for n, true in shown)
        assert hidden.n in (None, full.n)
        rest = [true for n, true in zip(hidden.newest, full.newest, strict=True) if n is None]
        # One hidden number beside a shown total could be worked out.
        assert not (hidden.n is not None and len(rest) == 1)


def test_who_may_not_see_the_hub_sees_nothing(store: Store, programme: Programme) -> None:
    for actor in (holder(Office.MANAGER, HubId("hillside")), holder(Office.TRAINER), holder(Office.COORDINATOR)):
        with pytest.raises(NotAllowedError):
            see_levels(store, actor, programme, HUB)


def test_chart_has_a_segment_for_each_level() -> None:
    frame = levels_frame([("Listening", [1, 0, 6, 2]), ("Closing", [0, 3, 3])])
    assert frame.to_pylist()[2] == {
        "competency": "Listening",
        "level": "3",
        "people": 6,
        "start": 1,
        "end": 7,
        "position": 0,
    }
    assert [row["end"] for row in frame.to_pylist()] == [1, 1, 7, 9, 0, 3, 6]
    chart = levels_chart({"domain": ["1"], "range": "category"}, "Niveau")
    legend = chart["layer"][0]["encoding"]["color"]["legend"]
    assert legend["labelExpr"] == "\"Niveau\" + ' ' + datum.label"
