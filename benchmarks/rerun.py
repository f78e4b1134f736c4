"""What a click costs: the quiz page and the readiness board, beside bare pages with the same widgets.

Both apps run as processes under the same settings and are driven through the websocket. They take turns, so that other
work on the machine slows both.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from analytics.demonstration.__main__ import make_store
from analytics.demonstration.cast import PASSWORD, TRAINEES
from assessments.errors import AttemptPassedError, AttemptsLockedError, AttemptWaitError
from assessments.facts import Response
from assessments.service.attempts import load_sheet, start_attempt
from benchmarks.client import Element, PageError, Tab, open_tab, sign_in
from benchmarks.results import Result, at_most, percentile
from benchmarks.servers import Server, serve
from curriculum.ids import ProgrammeId
from curriculum.items import ItemKind, Pool
from people.facts import FactId
from people.models import Actor, PersonId
from people.service import held_grants
from store.ledger import Store

_PROGRAMME: Final = ProgrammeId("alongside")
_ROUNDS: Final = 6
_QUESTIONS: Final = 6
_BOARD_RUNS: Final = 12
_LIMIT: Final = 2.0
_SAVED: Final = "Saved"

_QUOTED: Final = (
    Result("Moodle 4.3, server CPU of one request (quoted)", "51 to 61 ms"),
    Result("Moodle 4.3, answers a second at concurrency 8 (quoted)", "13.4 /s"),
)


@dataclass(frozen=True, slots=True)
class Quiz:
    """An open form, and its questions (from 1) that have one right answer of several."""

    login: str
    person_id: PersonId
    form: FactId
    questions: tuple[int, ...]


@dataclass(slots=True)
class Cost:
    """What some runs cost: the seconds that each took, and the processor's seconds of all together."""

    wall_s: list[float] = field(default_factory=list[float])
    cpu_s: float = 0.0

    @property
    def cpu_ms(self) -> float:
        """Return the processor's milliseconds for one run."""
        return self.cpu_s / len(self.wall_s) * 1_000

    @property
    def wall_words(self) -> str:
        """Return the middle and the slow end of the times."""
        return f"{percentile(self.wall_s, 50) * 1_000:.0f} / {percentile(self.wall_s, 95) * 1_000:.0f} ms"


@dataclass(frozen=True, slots=True)
class Side:
    """One app under measurement: its tabs, and what its pages have cost so far."""

    server: Server
    quiz: Tab
    board: Tab
    answers: Cost = field(default_factory=Cost)
    steps: Cost = field(default_factory=Cost)
    boards: Cost = field(default_factory=Cost)

    def spend(self, cost: Cost, runs: Sequence[Callable[[], float]]) -> None:
        """Add what the runs cost, one after the other."""
        before = self.server.cpu_s()
        cost.wall_s += [run() for run in runs]
        cost.cpu_s += self.server.cpu_s() - before


def measure() -> list[Result]:
    """Return what a click costs on the quiz page and on the board, ours and bare.

    Raises:
        PageError: An answer was not shown as saved, or is not in the store afterwards.
    """
    with TemporaryDirectory(prefix="practicum-bench-") as folder:
        path = Path(folder) / "store.duckdb"
        make_store(path, datetime.now(UTC))
        quiz = open_quiz(path)
        with serve("app.py", {"PRACTICUM_STORE": str(path)}) as ours, serve("benchmarks/bare/app.py", {}) as bare:
            our_side, bare_side = _drive(ours, bare, quiz)
        _require_durable(path, quiz, len(our_side.answers.wall_s))
    return _results(our_side, bare_side)


def _results(ours: Side, bare: Side) -> list[Result]:
    found: list[Result] = []
    for what, our_cost, bare_cost in (
        ("Quiz: answer clicked, durable, shown as saved", ours.answers, bare.answers),
        ("Quiz: next question clicked and shown", ours.steps, bare.steps),
        ("Readiness board of 12 people: run again", ours.boards, bare.boards),
    ):
        figures = our_cost.cpu_ms, bare_cost.cpu_ms
        found.append(at_most(f"{what}, server CPU", *figures, unit="ms", beside="bare page", limit=_LIMIT))
        found.append(Result("  the same, p50 / p95", our_cost.wall_words, f"bare page {bare_cost.wall_words}"))
    return [*found, *_QUOTED]


# ---------------------------------------------------------------- the store


def open_quiz(path: Path) -> Quiz:
    """Start a form for the first trainee who may start one, and return it."""
    store = Store.open(path)
    try:
        return next(filter(None, (_start(store, login) for login, _ in TRAINEES)))
    finally:
        store.close()


def _start(store: Store, login: str) -> Quiz | None:
    account = store.find_account(login)
    enrolment = store.enrolment(account.person_id, _PROGRAMME) if account else None
    if account is None or enrolment is None:
        return None
    now = store.clock()
    actor = Actor(account.person_id, login, held_grants(store, account.person_id, now))
    for blueprint in store.programme(_PROGRAMME, enrolment.version_no).blueprints:
        if not blueprint.is_gate:
            continue
        try:
            started = start_attempt(store, actor, _PROGRAMME, blueprint.id, Pool.COUNTING, now=now)
        except (AttemptPassedError, AttemptWaitError, AttemptsLockedError):
            continue
        items = load_sheet(store, actor, started.fact_id).items
        # After the last question there is no next one.
        single = [number for number, item in enumerate(items[:-1], start=1) if item.kind is ItemKind.SINGLE]
        return Quiz(login, account.person_id, started.fact_id, tuple(single[:_QUESTIONS]))
    return None


def _require_durable(path: Path, quiz: Quiz, n_shown: int) -> None:
    store = Store.open(path)
    try:
        kept = store.list_facts(Response, quiz.person_id, started_id=quiz.form)
    finally:
        store.close()
    if len(kept) < n_shown:
        raise PageError(f"{n_shown} answers were shown as saved, {len(kept)} are in the store")


# ---------------------------------------------------------------- driving


def _drive(ours: Server, bare: Server, quiz: Quiz) -> tuple[Side, Side]:
    trainee, manager = sign_in(ours.url, quiz.login, PASSWORD), sign_in(ours.url, "manager", PASSWORD)
    with (
        open_tab(ours.url, trainee) as our_quiz,
        open_tab(ours.url, manager) as our_board,
        open_tab(bare.url) as bare_quiz,
        open_tab(bare.url) as bare_board,
    ):
        our_board.open("readiness")
        bare_board.open("", "page=board")
        _play_round(Side(ours, our_quiz, our_board), Side(bare, bare_quiz, bare_board), quiz)
        sides = Side(ours, our_quiz, our_board), Side(bare, bare_quiz, bare_board)
        for _ in range(_ROUNDS):
            _play_round(*sides, quiz)
        return sides


def _play_round(ours: Side, bare: Side, quiz: Quiz) -> None:
    for number in quiz.questions:
        ours.quiz.open("quiz", f"form={quiz.form}&question={number}")
        bare.quiz.open("")
        for side in (ours, bare):
            _answer(side)
        if _SAVED not in ours.quiz.text:
            raise PageError(f"Question {number} was answered, and nothing says that it is saved")
        for side in (ours, bare):
            side.spend(side.steps, [lambda tab=side.quiz: tab.click("Next")])
    for side in (ours, bare):
        side.spend(side.boards, [side.board.rerun] * _BOARD_RUNS)
        side.board.find("vega_lite_chart")


def _answer(side: Side) -> None:
    """Choose each option in turn."""
    radio = find_question(side.quiz)
    side.spend(side.answers, [lambda option=option: side.quiz.choose(radio, option) for option in radio.proto.options])


def find_question(tab: Tab) -> Element:
    """Return the radio of the question on the page."""
    return next(one for one in reversed(tab.elements) if one.kind == "radio" and not one.proto.horizontal)
