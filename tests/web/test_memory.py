"""What is kept between runs never outlives the facts it follows from."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from people.facts import Fact, Grant, NoticeSeen, RecordOpened
from people.ids import new_fact_id
from people.models import Office, PersonId, Scope
from web.memory import Memory

_MORE: dict[type, dict[str, object]] = {
    Grant: {"office": Office.TRAINER, "scope": Scope.ASSIGNED},
    NoticeSeen: {"version": "1"},
    RecordOpened: {"what": "sign_off"},
}


class FakeStore:
    """An instant, and a commit that can be made to happen."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 23, tzinfo=UTC)
        self.listeners: list[Callable[[Sequence[Fact]], None]] = []

    def on_commit(self, listener: Callable[[Sequence[Fact]], None]) -> None:
        self.listeners.append(listener)

    def commit(self, kind: type[Grant | NoticeSeen | RecordOpened]) -> None:
        base = {"fact_id": new_fact_id(), "person_id": PersonId(1), "actor_id": PersonId(1), "occurred_at": self.at}
        for listener in self.listeners:
            listener([kind(**base, **_MORE[kind])])


@pytest.fixture
def store() -> FakeStore:
    return FakeStore()


@pytest.fixture
def ask(store: FakeStore) -> Callable[[], int]:
    """Return how often the value was made, counted by the value itself."""
    memory = Memory(store)
    made: list[int] = []

    def make() -> int:
        made.append(len(made))
        return len(made)

    return lambda: memory.recall_standing("key", store.at, make)


def test_value_is_made_once(ask: Callable[[], int]) -> None:
    assert [ask(), ask()] == [1, 1]


def test_value_is_made_again_after_a_fact_it_follows_from(ask: Callable[[], int], store: FakeStore) -> None:
    ask()
    store.commit(Grant)
    assert ask() == 2


def test_value_survives_facts_that_do_not_matter(ask: Callable[[], int], store: FakeStore) -> None:
    ask()
    store.commit(NoticeSeen)
    assert ask() == 1


def test_value_is_kept_for_half_a_minute(ask: Callable[[], int], store: FakeStore) -> None:
    ask()
    store.at += timedelta(seconds=29)
    assert ask() == 1
    store.at += timedelta(seconds=2)
    assert ask() == 2


def test_value_made_during_a_commit_is_not_kept(store: FakeStore) -> None:
    memory = Memory(store)

    def make_slowly() -> str:
        store.commit(Grant)
        return "before"

    assert memory.recall_standing("key", store.at, make_slowly) == "before"
    assert memory.recall_standing("key", store.at, lambda: "after") == "after"


@pytest.mark.parametrize("name", ["recall", "recall_rows"])
def test_what_was_read_is_made_again_after_any_fact_but_a_look(store: FakeStore, name: str) -> None:
    memory, made = Memory(store), iter(range(9))
    found = []
    for kind in (None, RecordOpened, NoticeSeen, Grant):
        if kind is not None:
            store.commit(kind)
        found.append(getattr(memory, name)("key", store.at, lambda: next(made)))
    assert found == [0, 0, 1, 2]


def test_rows_of_queries_push_out_nothing_that_took_long(store: FakeStore) -> None:
    memory = Memory(store)
    memory.recall("board", store.at, lambda: "worked out")
    for number in range(300):
        memory.recall_rows(number, store.at, list)
    assert memory.recall("board", store.at, lambda: "worked out again") == "worked out"
