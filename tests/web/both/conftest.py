"""A hub with both programmes to walk through: Anna trains in both, Ben is a table assistant, Ruth trains them."""

from dataclasses import dataclass, field

import pytest

from curriculum.ids import ProgrammeId
from tests.builders import NOW
from tests.two_programmes import TABLE, House, anna, ben, house, programmes
from tests.web.scene import Scene
from tests.web.walking import walker
from web.arrival import list_choices
from web.context import Context

__all__ = ["anna", "ben", "house", "programmes", "walker"]


@dataclass
class BothScene(Scene):
    """The hub with a clock; a context puts the programme first that is chosen."""

    house: House = field(kw_only=True)
    chosen: ProgrammeId = TABLE

    def context(self, login: str) -> Context:
        actor = self.actor(login)
        choices = sorted(list_choices(self.store, actor), key=lambda choice: choice.programme_id != self.chosen)
        return Context(store=self.store, actor=actor, choices=tuple(choices), clock=self.clock)


@pytest.fixture
def scene(house: House, anna, ben) -> BothScene:
    return BothScene(house.store, NOW, house=house)
