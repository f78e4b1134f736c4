"""Many trainees who answer, each once in five seconds: how many one process carries, and what memory it takes for them.

Everybody has an account, a login session, an open form and a websocket of their own. The bare page with the same
widgets bears the same crowd, in turn with the app. The crowd grows step by step until the slow end of the answers
reaches half a second; then it ends. What was shown as saved is looked for in the store afterwards.
"""

import gc
import random
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import repeat
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from analytics.demonstration.__main__ import make_store
from assessments.facts import Response
from assessments.service.attempts import load_sheet, start_attempt
from benchmarks.client import PageError, Tab, open_tab
from benchmarks.rerun import find_question
from benchmarks.results import Result, percentile, within
from benchmarks.servers import Server, serve
from curriculum.ids import BlueprintId, ProgrammeId
from curriculum.items import ItemKind, Pool
from people import service
from people.facts import Enrolment, FactId
from people.models import Actor, PersonId
from store.ledger import Store
from web.sessions import COOKIE

CROWDS: Final = (50, 100, 150, 200, 250, 300, 400, 500, 600)
"""How many answer at once, step by step."""

FIGURE: Final = 250
"""So many must be borne, by the design; the memory is looked at when so many are signed in."""

EVERY_S: Final = 5.0
EACH: Final = 3
"""Answers of each person in a step; the first is not counted, for then all begin together."""

LIMIT_S: Final = 0.5
MEMORY_MB: Final = 450
_LONGEST_S: Final = 420.0
"""After so long no further step begins."""

_PROGRAMME: Final = ProgrammeId("alongside")
_QUIZ: Final = BlueprintId("quiz-m1")
_SAVED: Final = "Saved"


@dataclass(frozen=True, slots=True)
class Trainee:
    """Somebody with an open form, the question that they answer (from 1), and their cookie."""

    person_id: PersonId
    form: FactId
    question: int
    cookie: str


@dataclass(slots=True)
class Seat:
    """A trainee at a tab, and how many of their answers were shown as saved."""

    tab: Tab
    n_saved: int = 0

    def answer(self, turn: int, *, is_ours: bool) -> float:
        """Choose another option than before and return the seconds until it is shown as saved."""
        radio = find_question(self.tab)
        options: Sequence[str] = radio.proto.options
        seconds = self.tab.choose(radio, options[turn % len(options)])
        if is_ours and _SAVED not in self.tab.text:
            raise PageError(f"An answer was given, and nothing says that it is saved: {self.tab.text[:200]}")
        self.n_saved += 1
        return seconds


@dataclass(slots=True)
class Side:
    """An app under the crowd: the seats so far, and the slow end of each step that it bore."""

    server: Server
    is_ours: bool
    trainees: Sequence[Trainee]
    seats: list[Seat] = field(default_factory=list[Seat])
    n_answers: int = 0
    slow_s: dict[int, float] = field(default_factory=dict[int, float])
    cpu_ms: dict[int, float] = field(default_factory=dict[int, float])

    @property
    def is_borne(self) -> bool:
        """Return whether the newest step was within the limit."""
        return all(slow < LIMIT_S for slow in self.slow_s.values())

    @property
    def knee(self) -> int:
        """Return the largest crowd within the limit, 0 for none."""
        return max((n for n, slow in self.slow_s.items() if slow < LIMIT_S), default=0)

    def words(self, n: int) -> str:
        """Return how a step was borne: the slow end, and the processor's time for one answer."""
        return f"{self.slow_s[n] * 1_000:.0f} ms, CPU {self.cpu_ms[n]:.0f}"

    def seat(self, n: int, tabs: ExitStack) -> None:
        """Open tabs until so many people sit there."""
        for trainee in self.trainees[len(self.seats) : n]:
            tab = tabs.enter_context(open_tab(self.server.url, trainee.cookie if self.is_ours else ""))
            if self.is_ours:
                tab.open("quiz", f"form={trainee.form}&question={trainee.question}")
            else:
                tab.open("")
            self.seats.append(Seat(tab))

    def bear(self, n: int) -> None:
        """Let all seats answer for a step, and note how long the slow end took."""
        rng, turn = random.Random(n), self.n_answers
        starts = [rng.random() * EVERY_S for _ in self.seats]
        begun, before = time.perf_counter(), self.server.cpu_s()
        with ThreadPoolExecutor(len(self.seats)) as pool:
            taken = list(pool.map(self._sit, self.seats, starts, repeat(begun), repeat(turn)))
        self.n_answers += EACH
        self.cpu_ms[n] = (self.server.cpu_s() - before) / (EACH * n) * 1_000
        self.slow_s[n] = percentile([seconds for times in taken for seconds in times[1:]], 95)

    def _sit(self, seat: Seat, start_s: float, begun: float, turn: int) -> list[float]:
        times: list[float] = []
        for number in range(EACH):
            due = begun + start_s + number * EVERY_S
            time.sleep(max(0.0, due - time.perf_counter()))
            seat.answer(turn + number, is_ours=self.is_ours)
            # From when the click was due: who is late because the answer before came late has waited too.
            times.append(time.perf_counter() - due)
        return times


def measure() -> list[Result]:
    """Return how many one process bears, beside the bare page, and the memory of the app.

    Raises:
        PageError: An answer was not shown as saved, or is not in the store afterwards.
    """
    with TemporaryDirectory(prefix="practicum-bench-") as folder:
        path = Path(folder) / "store.duckdb"
        make_store(path, datetime.now(UTC))
        trainees = _invite(path, CROWDS[-1])
        with (
            serve("app.py", {"PRACTICUM_STORE": str(path)}) as server,
            serve("benchmarks/bare/app.py", {}) as bare_server,
            ExitStack() as tabs,
        ):
            ours, bare = Side(server, True, trainees), Side(bare_server, False, trainees)
            memory_mb = _grow(ours, bare, tabs)
        n_saved, n_kept = _count_saved(path, ours)
    return _results(ours, bare, memory_mb, n_saved, n_kept)


def _grow(ours: Side, bare: Side, tabs: ExitStack) -> float:
    """Let the crowd grow until neither bears more; return the memory of our process with `FIGURE` signed in."""
    memory_mb, until = 0.0, time.monotonic() + _LONGEST_S
    gc.collect()
    gc.freeze()
    for n in CROWDS:
        for side in (ours, bare):
            if side.is_borne and time.monotonic() < until:
                side.seat(n, tabs)
                side.bear(n)
        if n == FIGURE:
            ours.seat(FIGURE, tabs)
            memory_mb = ours.server.memory_mb()
    return memory_mb


def _count_saved(path: Path, side: Side) -> tuple[int, int]:
    """Return how many answers were shown as saved, and how many of them are in the store."""
    store = Store.open(path)
    try:
        kept = [
            len(store.list_facts(Response, trainee.person_id, started_id=trainee.form))
            for trainee in side.trainees[: len(side.seats)]
        ]
    finally:
        store.close()
    shown = [seat.n_saved for seat in side.seats]
    return sum(shown), sum(min(pair) for pair in zip(shown, kept, strict=True))


def _results(ours: Side, bare: Side, memory_mb: float, n_saved: int, n_kept: int) -> list[Result]:
    lines = [
        Result(
            f"{n} trainees, an answer every {EVERY_S:g} s: p95, CPU ms each",
            ours.words(n),
            f"bare page {bare.words(n)}" if n in bare.slow_s else "",
            ours.slow_s[n] / bare.slow_s[n] if n in bare.slow_s else None,
            f"< {LIMIT_S * 1_000:g} ms" if n == FIGURE else "",
            ours.slow_s[n] < LIMIT_S if n == FIGURE else None,
        )
        for n in ours.slow_s
    ]
    return [
        *lines,
        Result(
            f"Most trainees with p95 < {LIMIT_S * 1_000:g} ms",
            _knee_words(ours),
            f"bare page {_knee_words(bare)}",
            ours.knee / bare.knee if bare.knee else None,
            f">= {FIGURE}",
            ours.knee >= FIGURE,
        ),
        Result(
            "  answers shown as saved and found in the store",
            f"{n_kept:,}",
            f"shown {n_saved:,}",
            target="all",
            is_reached=n_kept == n_saved,
        ),
        within(f"memory of the process with {FIGURE} signed in", memory_mb, MEMORY_MB, unit="MB"),
    ]


def _knee_words(side: Side) -> str:
    return f"{side.knee}{'' if not side.is_borne else ' or more'}"


# ---------------------------------------------------------------- the store


def _invite(path: Path, n: int) -> list[Trainee]:
    """Give so many people a place in the demonstration's cohort, an open form, and a login session."""
    store = Store.open(path)
    try:
        account = store.find_account("manager")
        if account is None:
            return []
        manager = Actor(account.person_id, "manager", service.held_grants(store, account.person_id, store.clock()))
        model = store.list_facts(Enrolment, programme_id=_PROGRAMME)[0]
        return [_enter(store, manager, model, number) for number in range(n)]
    finally:
        store.close()


def _enter(store: Store, manager: Actor, model: Enrolment, number: int) -> Trainee:
    now = store.clock()
    person_id = service.add_person(store, manager, f"Trainee {number}", f"trainee-{number}", now)
    service.enrol(
        store,
        manager,
        person_id,
        cohort_id=model.cohort_id,
        role_id=model.role_id,
        version_no=model.version_no,
        now=now,
    )
    actor = Actor(person_id, f"Trainee {number}", service.held_grants(store, person_id, now))
    service.see_notice(store, actor, now)
    form = start_attempt(store, actor, _PROGRAMME, _QUIZ, Pool.COUNTING, now=now).fact_id
    items = load_sheet(store, actor, form).items
    question = next(place for place, item in enumerate(items, start=1) if item.kind is ItemKind.SINGLE)
    token = service.start_session(store, person_id, now).token
    return Trainee(person_id, form, question, f"{COOKIE}={token}")
