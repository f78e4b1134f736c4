"""A store that gathers answers at once what it was told, and holds in the end what another store would."""

from collections.abc import Iterator

import pytest

from assessments.facts import ModuleProgress
from people.facts import PersonAdded
from people.ids import derived_fact_id, new_fact_id
from people.models import PersonName
from store.gathering import LARGEST, GatheringStore
from store.ledger import Store
from store.seals import make_seal
from store.verify import verify
from tests.store.making import ANN, NOW, TOM, person_added, progress


@pytest.fixture
def gathering() -> Iterator[GatheringStore]:
    store = GatheringStore.memory(clock=lambda: NOW, is_synthetic=True)
    yield store
    store.close()


def n_written(store: Store) -> int:
    """Return how many facts are in the tables, without asking the store."""
    (row,) = store.engine.writing.execute("SELECT count(*) FROM fact_key").fetchall()
    return int(row[0])


def test_what_was_told_is_known_before_it_is_written(gathering):
    step = progress()
    gathering.append(person_added())
    gathering.append(step)
    assert n_written(gathering) == 0
    assert gathering.list_facts(ModuleProgress, ANN) == [step]
    assert gathering.find(ModuleProgress, step.fact_id) == step
    assert n_written(gathering) == 0


def test_asking_the_tables_writes_what_waits_first(gathering):
    gathering.append(person_added())
    assert [fact.person_id for fact in gathering.list_facts(PersonAdded)] == [ANN]
    assert n_written(gathering) == 1


def test_so_many_that_wait_are_written(gathering):
    for step in range(LARGEST):
        gathering.append(progress(step % 100))
    assert n_written(gathering) == LARGEST


def test_a_fact_told_twice_is_kept_once(gathering):
    step = progress()
    assert gathering.append(step)
    assert not gathering.append(step)
    assert gathering.position == 1


def test_people_with_names_are_known_at_once_and_stand_behind_what_waited(gathering):
    step = progress()
    gathering.append(step)
    added = person_added(TOM)
    assert gathering.append_named([PersonName(TOM, "Tom", "tom")], added)
    assert gathering.list_facts(PersonAdded, TOM) == [added]
    assert not gathering.append_named([PersonName(ANN, "Tom", "tom")], person_added(ANN))
    assert gathering.list_facts(PersonAdded, ANN) == []
    later = progress(1)
    gathering.append(later)
    assert gathering.list_facts(ModuleProgress, ANN) == [step, later]
    assert gathering.position == 3
    assert not verify(gathering).faults


def test_what_is_recorded_with_something_else_is_known_at_once(gathering):
    first, second = progress(), progress(1)
    gathering.append(first)
    assert gathering.append_and(lambda _: "done", second) == "done"
    assert gathering.list_facts(ModuleProgress, ANN) == [first, second]
    assert gathering.position == 2


def test_the_same_facts_give_the_same_seal_as_in_another_store(gathering):
    root = new_fact_id()
    facts = [progress(step, fact_id=derived_fact_id(root, str(step))) for step in range(20)]
    other = Store.memory(clock=lambda: NOW, is_synthetic=True)
    for store in (gathering, other):
        for fact in facts:
            store.append(fact)
    assert make_seal(gathering).sha256 == make_seal(other).sha256
    other.close()


def test_only_an_empty_store_gathers(tmp_path):
    path = tmp_path / "hub.duckdb"
    store = Store.open(path)
    store.append(person_added())
    store.close()
    with pytest.raises(ValueError, match="begins empty"):
        GatheringStore.open(path)
