"""A place with every kind of gate."""

from collections.abc import Iterator

import pytest

from tests.analytics.place import Place, all_gates


@pytest.fixture
def place() -> Iterator[Place]:
    made = Place(*all_gates())
    yield made
    made.store.close()
