"""The demonstration store as a stage for pages: who signs in, and the context they get."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from curriculum.ids import ProgrammeId
from people.models import Actor, HubId, Office, PersonId
from people.service import held_grants, list_contacts
from store.ledger import Store
from web.context import Context, ProgrammeChoice

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HUB = HubId("riverside")
ALONGSIDE = ProgrammeId("alongside")


@dataclass
class Scene:
    """A copy of the demonstration, with a clock that a test may move."""

    store: Store
    now: datetime = NOW
    ids: dict[str, PersonId] = field(default_factory=dict[str, PersonId])

    def clock(self) -> datetime:
        return self.now

    def wait(self, **by: float) -> None:
        self.now += timedelta(**by)

    def person(self, login: str) -> PersonId:
        """Return who signs in so; a sign-in name stays with a person."""
        if login not in self.ids:
            account = self.store.find_account(login)
            assert account is not None, login
            self.ids[login] = account.person_id
        return self.ids[login]

    def actor(self, login: str) -> Actor:
        person_id = self.person(login)
        return Actor(person_id, self.store.name_of(person_id), held_grants(self.store, person_id, self.now))

    def context(self, login: str) -> Context:
        actor = self.actor(login)
        return Context(
            store=self.store,
            actor=actor,
            choices=(self._choice(actor),),
            clock=self.clock,
            is_demo=True,
            contacts=tuple(list_contacts(self.store, HUB)),
        )

    def _choice(self, actor: Actor) -> ProgrammeChoice:
        programme = self.store.programme(ALONGSIDE, 1)
        enrolment = self.store.enrolment(actor.person_id, ALONGSIDE) if actor.holds(Office.TRAINEE) else None
        if enrolment is None:
            return ProgrammeChoice(ALONGSIDE, 1, programme, HUB)
        return ProgrammeChoice(ALONGSIDE, 1, programme, HUB, enrolment.fact_id, enrolment.role_id)


@contextmanager
def open_scene(original: Path, folder: Path) -> Iterator[Scene]:
    """A scene on a copy of its own."""
    scene = copy_scene(original, folder)
    try:
        yield scene
    finally:
        scene.store.close()


def copy_scene(original: Path, folder: Path) -> Scene:
    """Return a scene on a copy of its own, to close."""
    path = folder / "scene.duckdb"
    shutil.copyfile(original, path)
    scene = Scene(store=None)  # type: ignore[arg-type]
    scene.store = Store.open(path, clock=scene.clock)
    return scene


def begin_anew(scene: Scene) -> None:
    """Set the clock back."""
    scene.now = NOW
