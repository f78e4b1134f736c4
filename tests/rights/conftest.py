"""Fixtures of the tests of rights."""

from collections.abc import Iterator

import pytest

from tests.rights.house import House, make_house


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    """Two hubs; what a test records is about a trainee of its own."""
    made = make_house()
    yield made
    made.store.close()
