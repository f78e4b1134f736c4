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
    _people: dict[str, tuple[PersonId, str]] = field(default_factory=dict[str, tuple[PersonId, str]])

    def clock(self) -> datetime:
        return self.now

    def wait(self, **by: float) -> None:
        self.now += timedelta(**by)

    def actor(self, login: str) -> Actor:
        if login not in self._people:
            account = self.store.find_account(login)
            assert account is not None, login
            self._people[login] = account.person_id, self.store.name_of(account.person_id)
        person_id, name = self._people[login]
        return Actor(person_id, name, held_grants(self.store, person_id, self.now))

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
    # The copy is thrown away: to write it tidily when it is closed would take as long as to open it.
    scene.store.engine.writing.execute("PRAGMA disable_checkpoint_on_shutdown")
    return scene


def begin_anew(scene: Scene) -> None:
    """Set the clock back."""
    scene.now = NOW
