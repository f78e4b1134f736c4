"""What readiness says today, kept in `person_gate` and `person_status` for the pages: derived, and always rebuildable.

The tables are filled by the statement of readiness itself. They are brought up to date when they are read, by a thread
that waits for commits, and as a whole on the first occasion of each day, because time alone opens and closes gates.
None of this may run in the writer's thread.
"""

import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Event, Lock, Thread
from typing import Any, Final, Protocol

from assessments.verdicts import GateState, Status, Verdict
from curriculum.ids import GateId, ProgrammeId, RoleId
from people.facts import Fact
from people.models import CohortId, HubId, PersonId
from store.assembling import assemble
from store.batches import FactBatch
from store.gates import Ending, text_of
from store.questions import ANY, FactStore, Question, ask, ask_table, number_of, person_range_of
from store.rows import read_instant, stored_instant

RUN_GAP: Final = 500
"""People whose numbers lie this near are computed together: to plan a statement costs as much as hundreds of them."""

LARGEST_RUN: Final = 10_000
IDLE_S: Final = 30.0
GATHER_S: Final = 1.0

log = logging.getLogger(__name__)

_LOCK: Final = Lock()
"""One refresh at a time: an older answer must not be written over a newer one."""

_EVERYBODY: Final = (0, 2_147_483_647)
_PROGRAMMES: Final = "SELECT DISTINCT programme_no FROM enrolment WHERE org_id = $1 AND person_no BETWEEN $2 AND $3"
_SAME: Final = "org_id = $1 AND programme_no = $2 AND person_no IN (SELECT unnest($3::INTEGER[]))"


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One person on the board: the name (`Person 12` when erased) and the verdict, without evidence."""

    name: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class RoleCounts:
    """How many of those who train for a role stand where.

    `one_away` counts, by gate, the people whom only that blocking gate keeps back.
    """

    by_status: Counter[Status] = field(default_factory=Counter[Status])
    by_gate: dict[GateId, Counter[GateState]] = field(default_factory=dict[GateId, Counter[GateState]])
    one_away: Counter[GateId] = field(default_factory=Counter[GateId])


class ListenedStore(FactStore, Protocol):
    """A store that tells of its commits."""

    def on_commit(self, listener: Callable[[Sequence[Fact]], None]) -> None:
        """Call the listener with the facts of each commit."""
        ...


@dataclass(frozen=True, slots=True)
class _Moment:
    """The instant and the last fact that a refresh is about."""

    now: datetime
    today: date
    position: int


def _moment(store: FactStore) -> _Moment:
    # The position is read first: a fact that comes between is looked at twice, never missed.
    position = store.position
    now = store.clock()
    return _Moment(now, store.day_of(now), position)


# ---------------------------------------------------------------- keeping up to date


def catch_up(store: FactStore) -> None:
    """Bring the derived tables up to date with the facts and with the day."""
    with _LOCK:
        moment = _moment(store)
        last = _last_moment(store)
        if last is None or last.today != moment.today or last.position > moment.position:
            _refresh_everybody(store, moment)
        elif last.position < moment.position and _has_news(store, last.position):
            _refresh_people(store, _touched_since(store, last.position), moment)
        else:
            return
        _note(store, moment)


def refresh(store: FactStore, person_nos: Iterable[int]) -> None:
    """Compute the rows of these people anew, and of all when the kept ones are of another day."""
    with _LOCK:
        moment = _moment(store)
        last = _last_moment(store)
        if last is not None and last.today == moment.today:
            _refresh_people(store, person_nos, moment)
            return
        _refresh_everybody(store, moment)
        _note(store, moment)


def refresh_all(store: FactStore) -> None:
    """Compute all rows anew."""
    with _LOCK:
        moment = _moment(store)
        _refresh_everybody(store, moment)
        _note(store, moment)


def _last_moment(store: FactStore) -> _Moment | None:
    sql = "SELECT as_of, as_of_day, ledger_position FROM standing_as_of WHERE org_id = $1"
    rows = store.engine.fetch(sql, [store.org.org_id])
    return next((_Moment(read_instant(as_of), day, position) for as_of, day, position in rows), None)


def _has_news(store: FactStore, position: int) -> bool:
    asked = {"org_no": store.org.org_id, "position": position}
    return store.engine.fetch(text_of("news_since"), asked)[0][0] > 0


def _touched_since(store: FactStore, position: int) -> list[int]:
    asked = {"org_no": store.org.org_id, "position": position}
    return [person_no for (person_no,) in store.engine.fetch(text_of("touched_since"), asked)]


def _note(store: FactStore, moment: _Moment) -> None:
    row = [store.org.org_id, stored_instant(moment.now), moment.today, moment.position]

    def write(batch: FactBatch) -> None:
        batch.execute("DELETE FROM standing_as_of WHERE org_id = $1", [store.org.org_id])
        batch.execute("INSERT INTO standing_as_of VALUES ($1, $2, $3, $4)", row)

    store.write(write)


def _programmes(store: FactStore, person_from: int, person_to: int) -> list[int]:
    rows = store.engine.fetch(_PROGRAMMES, [store.org.org_id, person_from, person_to])
    return sorted(programme_no for (programme_no,) in rows)


def _refresh_everybody(store: FactStore, moment: _Moment) -> None:
    for programme_no in _programmes(store, *_EVERYBODY):
        found = person_range_of(store, Question(programme_no, moment.now, moment.now))
        if found is not None:
            for first in range(found[0], found[1] + 1, LARGEST_RUN):
                people = range(first, min(first + LARGEST_RUN, found[1] + 1))
                _refresh_run(store, programme_no, people, moment)


def _refresh_people(store: FactStore, person_nos: Iterable[int], moment: _Moment) -> None:
    for people in _runs(person_nos):
        for programme_no in _programmes(store, people[0], people[-1]):
            _refresh_run(store, programme_no, people, moment)


def _runs(person_nos: Iterable[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for person_no in sorted(set(person_nos)):
        if runs and person_no - runs[-1][-1] <= RUN_GAP and person_no - runs[-1][0] < LARGEST_RUN:
            runs[-1].append(person_no)
        else:
            runs.append([person_no])
    return runs


def _refresh_run(store: FactStore, programme_no: int, people: Sequence[int], moment: _Moment) -> None:
    """Write the rows of people with numbers near each other: computed beside the writer, who only takes them over."""
    org_no = store.org.org_id
    question = Question(programme_no, moment.now, moment.now, (people[0], people[-1]))
    fresh = ask_table(store, question, Ending.VERDICTS)
    asked: dict[str, Any] = {
        "org_no": org_no,
        "programme_no": programme_no,
        "people": list(people),
        "as_of_day": moment.today,
        "ledger_position": moment.position,
    }

    def write(batch: FactBatch) -> None:
        for table in ("person_gate", "person_status"):
            batch.execute(f"DELETE FROM {table} WHERE {_SAME}", [org_no, programme_no, list(people)])  # noqa: S608
        connection = store.engine.writing
        connection.register("fresh", fresh)
        connection.execute(text_of("keep_status"), asked | {"as_of": stored_instant(moment.now)})
        connection.execute(text_of("keep_gates"), asked)
        connection.unregister("fresh")

    store.write(write)


class Refresher:
    """A thread that keeps the derived tables up to date while an app runs: soon after commits, and after midnight."""

    def __init__(self, store: ListenedStore) -> None:
        """Listen to the commits of the store; nothing runs before `start`."""
        self._store = store
        self._has_news = Event()
        self._is_over = Event()
        self._thread = Thread(target=self._run, name="standing", daemon=True)
        store.on_commit(lambda _: self._has_news.set())

    def start(self) -> None:
        """Catch up now and from now on."""
        self._has_news.set()
        self._thread.start()

    def stop(self) -> None:
        """End the thread; call it before the store is closed."""
        self._is_over.set()
        self._has_news.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._is_over.is_set():
            self._has_news.wait(timeout=IDLE_S)
            if self._is_over.wait(timeout=GATHER_S):
                return
            self._has_news.clear()
            try:
                catch_up(self._store)
            except Exception:
                log.exception("Readiness could not be brought up to date; the next commit tries again")


# ---------------------------------------------------------------- reading


def standing_of(store: FactStore, programme_id: ProgrammeId, person_id: PersonId) -> Verdict | None:
    """Return where one person stands today, without evidence; None when not enrolled."""
    catch_up(store)
    asked = {"org_no": store.org.org_id, "programme_no": number_of(store, programme_id), "person_no": person_id}
    rows = store.engine.fetch(text_of("one_person"), asked)
    return next(iter(assemble(store, programme_id, rows, store.clock())), None)


def board(
    store: FactStore,
    programme_id: ProgrammeId,
    *,
    cohort_id: CohortId | None = None,
    hub_id: HubId | None = None,
    trainer_id: PersonId | None = None,
) -> list[BoardRow]:
    """Return where people stand today, without evidence, by person.

    `trainer_id` chooses those who are assigned to this trainer.
    """
    catch_up(store)
    rows = _kept_rows(
        store,
        number_of(store, programme_id),
        cohort_no=number_of(store, cohort_id),
        hub_no=number_of(store, hub_id),
        trainer_no=ANY if trainer_id is None else trainer_id,
    )
    names = {row[0]: row[-1] for row in rows}
    return [
        BoardRow(names[verdict.person_id] or f"Person {verdict.person_id}", verdict)
        for verdict in assemble(store, programme_id, [row[:-1] for row in rows], store.clock())
    ]


def names_of(store: FactStore, person_nos: Iterable[int]) -> dict[PersonId, str]:
    """Return the names of people; `Person 12` for an erased one."""
    sql = "SELECT person_no, name FROM person_private WHERE org_id = $1 AND person_no IN (SELECT unnest($2::INTEGER[]))"
    asked = sorted(set(person_nos))
    names: dict[int, str] = dict(store.engine.fetch(sql, [store.org.org_id, asked]))
    return {PersonId(person_no): names.get(person_no, f"Person {person_no}") for person_no in asked}


def _kept_rows(
    store: FactStore,
    programme_no: int,
    *,
    cohort_no: int = ANY,
    hub_no: int = ANY,
    trainer_no: int = ANY,
) -> list[tuple[Any, ...]]:
    asked = {
        "org_no": store.org.org_id,
        "programme_no": programme_no,
        "cohort_no": cohort_no,
        "hub_no": hub_no,
        "trainer_no": trainer_no,
    }
    return store.engine.fetch(text_of("board"), asked)


def board_counts(
    store: FactStore, programme_id: ProgrammeId, *, cohort_id: CohortId | None = None, hub_id: HubId | None = None
) -> dict[RoleId, RoleCounts]:
    """Return how many people stand where today, by role."""
    catch_up(store)
    asked = {
        "org_no": store.org.org_id,
        "programme_no": number_of(store, programme_id),
        "cohort_no": number_of(store, cohort_id),
        "hub_no": number_of(store, hub_id),
    }
    found: dict[RoleId, RoleCounts] = defaultdict(RoleCounts)
    for role_no, what, value, gate_no, _, n in store.engine.fetch(text_of("board_counts"), asked):
        counts = found[RoleId(store.terms.text(role_no))]
        if what == "status":
            counts.by_status[Status(value)] = n
        elif what == "state":
            counts.by_gate.setdefault(GateId(store.terms.text(gate_no)), Counter())[GateState(value)] = n
        else:
            counts.one_away[GateId(store.terms.text(gate_no))] = n
    return dict(found)


# ---------------------------------------------------------------- proof


def rebuild(store: FactStore) -> None:
    """Empty the derived tables and fill them from the facts."""

    def write(batch: FactBatch) -> None:
        for table in ("person_gate", "person_status", "standing_as_of"):
            batch.execute(f"DELETE FROM {table} WHERE org_id = $1", [store.org.org_id])  # noqa: S608

    with _LOCK:
        store.write(write)
    refresh_all(store)


def differing(store: FactStore) -> list[PersonId]:
    """Return the people whose kept rows are not what the facts said when they were written. Nothing is changed.

    Those whom later facts have touched are left out: their rows wait to be brought up to date.
    """
    last = _last_moment(store)
    found: set[int] = set()
    for programme_no in _programmes(store, *_EVERYBODY):
        fresh = [] if last is None else ask(store, Question(programme_no, last.now, last.now), Ending.VERDICTS)
        kept = {row[:-1] for row in _kept_rows(store, programme_no)}
        found |= {row[0] for row in kept.symmetric_difference(fresh)}
    waiting: list[int] = [] if last is None else _touched_since(store, last.position)
    return [PersonId(person_no) for person_no in sorted(found.difference(waiting))]
