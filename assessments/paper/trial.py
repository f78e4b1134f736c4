"""A ledger that only remembers: use cases run on it as on the real one, and nothing is written until it is kept."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, TypeVar, cast

from assessments.ports import HubLedger
from curriculum.errors import PlatformError
from people.facts import Amendment, Fact, FactId
from people.models import PersonId

F = TypeVar("F", bound=Fact)


class TrialLedger:
    """What is appended stands here, over the facts of another ledger; whatever else is asked, the other answers."""

    def __init__(self, ledger: HubLedger) -> None:
        """Begin with nothing tried."""
        self._ledger = ledger
        self._facts: dict[FactId, Fact] = {}
        self._about: dict[tuple[type[Fact], PersonId], list[Fact]] = defaultdict(list)
        self._following: dict[tuple[type[Fact], FactId], list[Fact]] = defaultdict(list)
        self._waiting: list[Fact] = []
        self._ready: dict[str, tuple[Fact, ...]] = {}

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the ledger has
        """Return what only the other ledger knows: programmes, enrolments, names."""
        return getattr(self._ledger, name)

    def append(self, *facts: Fact) -> bool:
        """Remember the facts, unless the first is known."""
        if not facts or self.find(type(facts[0]), facts[0].fact_id) is not None:
            return False
        for fact in facts:
            self._facts[fact.fact_id] = fact
            for facts_alike in self._places(fact):
                facts_alike.append(fact)
        self._waiting += facts
        return True

    def find(self, kind: type[F], fact_id: FactId) -> F | None:
        """Return the fact, tried or recorded."""
        tried = self._facts.get(fact_id)
        return tried if isinstance(tried, kind) else self._ledger.find(kind, fact_id)

    def list_facts(self, kind: type[F], person_id: PersonId | None = None, **equal: object) -> list[F]:
        """Return the facts of a kind, recorded and then tried. What follows a form that is tried is tried itself."""
        opened_id = equal.get("opened_id")
        if opened_id in self._facts:
            following = cast(list[F], self._following.get((kind, cast(FactId, opened_id)), []))
            return [one for one in following if person_id in (None, one.person_id) and _fits(one, equal)]
        recorded = self._ledger.list_facts(kind, person_id, **equal)
        return recorded + [one for one in self._tried(kind, person_id) if _fits(one, equal)]

    def _tried(self, kind: type[F], person_id: PersonId | None) -> Iterator[F]:
        if person_id is not None:
            yield from cast(list[F], self._about.get((kind, person_id), []))
            return
        for (one, _), facts in self._about.items():
            if one is kind:
                yield from cast(list[F], facts)

    def _places(self, fact: Fact) -> list[list[Fact]]:
        """Return where a fact is looked for: about its person, and after the form that it belongs to."""
        places = [self._about[type(fact), fact.person_id]]
        opened_id: FactId | None = getattr(fact, "opened_id", None)
        return places if opened_id is None else [*places, self._following[type(fact), opened_id]]

    def changes_to(self, fact_id: FactId) -> list[Amendment]:
        """Return the amendments of a recorded fact; none name one that is tried."""
        return [] if fact_id in self._facts else self._ledger.changes_to(fact_id)

    def give_up(self) -> None:
        """Forget what was remembered since the last time that something was passed over or held ready."""
        for fact in reversed(self._waiting):
            del self._facts[fact.fact_id]
            for facts_alike in self._places(fact):
                facts_alike.pop()
        self._waiting = []

    def pass_over(self) -> None:
        """Go on remembering what waits, without ever recording it."""
        self._waiting = []

    def hold_ready(self, name: str) -> None:
        """Hold what waits ready to be recorded, as one under a name."""
        self._ready[name] = tuple(self._waiting)
        self._waiting = []

    @property
    def n_ready(self) -> int:
        """Return how many are ready."""
        return len(self._ready)

    def record_ready(self) -> list[str]:
        """Record all that is ready, and return the names of those for which somebody else was quicker."""
        ready, self._ready = self._ready, {}
        if not ready or self._append_all(list(ready.values())):
            return []
        return [name for name, facts in ready.items() if not self._append_all([facts])]

    def _append_all(self, groups: list[tuple[Fact, ...]]) -> bool:
        try:
            return self._ledger.append(*(fact for facts in groups for fact in facts))
        except PlatformError:
            # Together all or nothing is recorded: one that is known keeps the others back.
            if len(groups) > 1:
                return False
            raise


def _fits(fact: Fact, equal: dict[str, object]) -> bool:
    return all(getattr(fact, name) == value for name, value in equal.items())
