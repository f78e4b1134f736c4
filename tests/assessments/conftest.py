"""Fixtures of the assessment tests."""

import pytest

from tests.assessments.world import World, make_world


@pytest.fixture
def world() -> World:
    """A hub with a trainee, trainers and leads."""
    return make_world()
