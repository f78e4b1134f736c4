"""One population that all the tests of the simulation look at."""

from collections.abc import Iterator

import pytest

from curriculum.models import Programme
from tests.analytics.simulation.population import Population, populate


@pytest.fixture(scope="session")
def population(first_part: Programme) -> Iterator[Population]:
    """Forty trainees of the small programme."""
    with populate(first_part, n_trainees=40) as made:
        yield made
