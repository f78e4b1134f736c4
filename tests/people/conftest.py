"""Fixtures of the people tests."""

import pytest

from tests.people.building import World, make_world


@pytest.fixture
def world() -> World:
    """Two hubs with a cohort each."""
    return make_world()
