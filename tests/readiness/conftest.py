"""Desks in one store."""

from collections.abc import Iterator
from itertools import count

import pytest

from curriculum.gates import Gate
from curriculum.models import Decision
from store.ledger import Store
from tests.readiness.desk import LONG_AFTER, Desk, OpenDesk

_NUMBERS = count(1)


@pytest.fixture(scope="session")
def desk_store() -> Iterator[Store]:
    store = Store.memory(clock=lambda: LONG_AFTER)
    yield store
    store.close()


@pytest.fixture
def open_desk(desk_store: Store) -> OpenDesk:
    def make(*gates: Gate, decision: Decision | None = None) -> Desk:
        return Desk(desk_store, next(_NUMBERS), gates, decision)

    return make
