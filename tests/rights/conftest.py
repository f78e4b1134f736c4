"""Fixtures of the tests of rights."""

from collections.abc import Iterator

import pytest
from streamlit.components.v2.component_manager import BidiComponentManager

from tests.rights.house import House, make_house


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    """Two hubs; what a test records is about a trainee of its own."""
    made = make_house()
    yield made
    made.store.close()


@pytest.fixture(scope="session", autouse=True)
def _no_search_for_components() -> Iterator[None]:
    """Spare each drawn page the search of all installed packages for widgets of others: the app has none."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BidiComponentManager, "discover_and_register_components", lambda *_, **__: None)
        yield
