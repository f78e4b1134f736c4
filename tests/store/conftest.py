"""One open store a test."""

from collections.abc import Generator

import pytest

from store.ledger import Store
from tests.store.making import NOW


@pytest.fixture
def store() -> Generator[Store]:
    """An empty store whose clock stands still."""
    opened = Store.memory(clock=lambda: NOW)
    yield opened
    opened.close()
