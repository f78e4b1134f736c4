"""What is kept in memory is what the tables say."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from assessments.facts import ModuleProgress
from people.facts import Change, PersonAdded
from people.models import PersonId
from store.ledger import Store
from store.recent import Recent
from tests.store.making import ANN, NOW, TOM, amendment, person_added, progress


def test_a_list_read_between_commit_and_note_is_not_doubled() -> None:
    recent = Recent()
    first, second = progress(1), progress(2)
    assert recent.facts(ModuleProgress, ANN, lambda: [first, second]) == [first, second]
    recent.note([first, second])
    assert list(recent.facts(ModuleProgress, ANN, list)) == [first, second]


def test_a_list_touched_while_it_was_read_is_not_kept() -> None:
    recent = Recent()
    first, second = progress(1), progress(2)

    def load() -> list[ModuleProgress]:
        recent.note([second])
        return [first]

    assert recent.facts(ModuleProgress, ANN, load) == [first]
    assert recent.facts(ModuleProgress, ANN, lambda: [first, second]) == [first, second]


def test_lists_in_memory_grow_with_each_commit(store: Store) -> None:
    assert store.list_facts(ModuleProgress, ANN) == []
    facts = [progress(step) for step in range(3)]
    store.append(facts[0])
    assert store.list_facts(ModuleProgress, ANN) == facts[:1]
    store.append(*facts[1:], progress(person_id=TOM))
    assert store.list_facts(ModuleProgress, ANN) == facts
    store.append(amendment(facts[1]))
    assert store.list_facts(ModuleProgress, ANN) == [facts[0], facts[2]]
    assert store.list_facts(ModuleProgress, ANN, step=2) == [facts[2]]
    store.append(amendment(facts[0], Change.ENDED))
    assert store.list_facts(ModuleProgress, ANN) == [facts[0], facts[2]]


def test_readers_beside_a_writer_never_see_a_fact_twice_or_lose_one(store: Store) -> None:
    def read(_: int) -> bool:
        steps = [fact.step for fact in store.list_facts(ModuleProgress, ANN)]
        return steps == list(range(len(steps)))

    with ThreadPoolExecutor(4) as threads:
        reading = [threads.submit(read, number) for number in range(150)]
        for step in range(60):
            store.append(progress(step))
            if step % 10 == 0:
                store.reader.recent.forget()
        assert all(future.result() for future in reading)
    assert [fact.step for fact in store.list_facts(ModuleProgress, ANN)] == list(range(60))


def test_memory_is_bounded() -> None:
    recent = Recent(capacity=10)
    for number in range(1, 9):
        person_id = PersonId(number)
        recent.facts(PersonAdded, person_id, lambda who=person_id: [person_added(who)] * 4)
    assert recent._n_facts <= 10


def test_a_kept_fact_is_in_utc_like_one_that_was_read(store: Store) -> None:
    store.list_facts(PersonAdded, ANN)
    fact = person_added(occurred_at=(NOW + timedelta(hours=1)).astimezone(tz=None))
    store.append(fact)
    kept = store.list_facts(PersonAdded, ANN)
    store.reader.recent.forget()
    assert kept == store.list_facts(PersonAdded, ANN) == [fact]
    assert kept[0].occurred_at.tzinfo is store.list_facts(PersonAdded, ANN)[0].occurred_at.tzinfo


def test_a_fact_that_was_looked_for_in_vain_is_found_once_it_is_there(store: Store) -> None:
    fact = progress(1)
    assert store.find(ModuleProgress, fact.fact_id) is None
    assert store.find(ModuleProgress, fact.fact_id) is None
    store.append(fact)
    assert store.find(ModuleProgress, fact.fact_id) == fact
    assert store.find(PersonAdded, fact.fact_id) is None


def test_a_fact_committed_while_it_was_looked_for_is_not_thought_missing() -> None:
    recent = Recent()
    fact = progress(1)

    def load() -> None:
        recent.note([fact])

    assert recent.fact(ModuleProgress, fact.fact_id, load) is None
    assert recent.fact(ModuleProgress, fact.fact_id, lambda: fact) == fact


def test_changes_to_a_fact_are_the_same_from_memory_and_from_the_tables(store: Store) -> None:
    fact, other = progress(1), progress(2)
    store.append(fact)
    store.append(other)
    store.append(amendment(other))
    first, second = amendment(fact, Change.ENDED), amendment(fact)
    from_tables = [store.changes_to(fact.fact_id)]
    store.find(ModuleProgress, fact.fact_id)
    from_memory = [store.changes_to(fact.fact_id)]
    for one in (first, second):
        store.append(one)
        from_memory.append(store.changes_to(fact.fact_id))
        store.reader.recent.forget()
        from_tables.append(store.changes_to(fact.fact_id))
        store.find(ModuleProgress, fact.fact_id)
    assert from_memory == from_tables == [[], [first], [first, second]]
