"""A hub with both programmes to walk through: Anna trains in both, Ben is a table assistant, Ruth trains them."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest

from curriculum.ids import ProgrammeId
from curriculum.models import Programme
from people.models import PersonId
from store.ledger import Store
from store.standing import catch_up
from tests.builders import NOW
from tests.two_programmes import TABLE, House, enrol_anna, enrol_ben, make_house, programmes
from tests.web.scene import Scene
from tests.web.unwritten import Stages
from tests.web.walking import walker
from web.arrival import list_choices
from web.context import Context

__all__ = ["programmes", "walker"]


@dataclass
class BothScene(Scene):
    """The hub with a clock; a context puts the programme first that is chosen."""

    house: House = field(kw_only=True)
    chosen: ProgrammeId = TABLE

    def context(self, login: str) -> Context:
        actor = self.actor(login)
        choices = sorted(list_choices(self.store, actor), key=lambda choice: choice.programme_id != self.chosen)
        return Context(store=self.store, actor=actor, choices=tuple(choices), clock=self.clock)


@pytest.fixture(scope="session")
def houses(
    programmes: dict[ProgrammeId, Programme], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stages[House]]:
    """Copies of the hub with Anna and Ben, which is built once, one for each test that writes."""
    source = tmp_path_factory.mktemp("both") / "store.duckdb"
    built = make_house(Store.open(source, clock=lambda: NOW), programmes)
    enrol_anna(built)
    enrol_ben(built)
    catch_up(built.store)  # a page that reads where people stand then has nothing to write
    built.store.close()

    def copy() -> House:
        path = shutil.copy(source, tmp_path_factory.mktemp("both"))
        return replace(built, store=Store.open(path, clock=lambda: NOW))

    stages = Stages(copy, lambda _: None)
    yield stages
    stages.close()


@pytest.fixture
def house(houses: Stages[House]) -> Iterator[House]:
    with houses.lend() as lent:
        yield lent


@pytest.fixture
def scene(house: House) -> BothScene:
    return BothScene(house.store, NOW, house=house)


@pytest.fixture
def anna(scene: BothScene) -> PersonId:
    return scene.person("anna")


@pytest.fixture
def ben(scene: BothScene) -> PersonId:
    return scene.person("ben")
