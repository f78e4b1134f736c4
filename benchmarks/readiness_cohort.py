"""Everybody's readiness from the facts: the product's statement at growing sizes, beside polars and pandas.

The stores are made of one simulation of 1,000 trainees, copied (see `copies`). All three read what the gates need and
say for each person whether each gate is met; the counts are compared before a time is printed. The product reads its
file and also says where each person stands; the other two have the columns in memory.
"""

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from analytics.simulation.making import Request, make_store
from benchmarks import gates_in_pandas, gates_in_polars
from benchmarks.copies import MEMORY, copy_store
from benchmarks.readiness_speed import ALONGSIDE, SMALL, Costs, ask_about_people, compare, costs_in_simulated
from benchmarks.results import Result, at_most
from curriculum.gates import Gate
from curriculum.loading import load_programme
from store.gates import Ending, compose, used_by
from store.ledger import Store
from store.questions import Question, ask_table, bind, number_of
from store.rows import ArrowTable, stored_instant
from store.standing import catch_up

SIMULATED: Final = 1_000
"""Trainees of the store that is copied."""

LARGE_COPIES: Final = 100
COPIES: Final = (1, 10)
ROUNDS: Final = 2
LIMIT_S: Final = 4.0
"""For everybody's gates at 100,000 trainees, by the design."""

NOW: Final = datetime(2026, 11, 26, 12, tzinfo=UTC)
"""After the last simulated fact: everybody is judged as of here, whenever this runs."""

KINDS: Final = frozenset({"prerequisite", "dose", "quiz", "critical", "certificate", "supervision", "level"})
"""The kinds of gate that all three judge."""

_PROGRAMME: Final = Path(__file__).parents[1] / "programmes" / "alongside"
_UNTIL: Final = date(2026, 11, 23)
_FACT: Final = "fact_no, person_no, occurred_at, recorded_at"
_COLUMNS: Final = {
    "gate_rule": "kind, version_no, role_no, gate_no, part_no, need, reference, reference_no, setting, level, last_n,"
    " minutes, months, max_age_days, window_days, max_gap_days",
    "amendment": "target_no, change, occurred_at, recorded_at",
    "enrolment": f"{_FACT}, day, version_no, role_no",
    "pause": f"{_FACT}, day, change",
    "milestone": f"{_FACT}, kind, what",
    "attendance": f"{_FACT}, session_no, presence, minutes",
    "attempt": f"{_FACT}, day, blueprint_no, counts, score, max_score, critical_total, critical_missed, pass_pct",
    "supervision": f"{_FACT}, day, minutes",
    "certificate": f"{_FACT}, certificate_no, issued_on, expires_on",
    "calibration": f"{_FACT}, day, is_passed",
    "observation": f"{_FACT}, day, actor_no, checklist_no, setting, session_code, relation, counts, has_co_leader",
    "rating": "fact_no, competency_no, level",
}
"""What the gates of those kinds read, by table."""

_MET: Final = (
    "SELECT gate_no, count(*) FILTER (WHERE state = 'met') FROM verdicts WHERE gate_no IN ({gates}) GROUP BY gate_no"
)


@dataclass(frozen=True, slots=True)
class Size:
    """What a store of one size costs, in seconds, and one person in it; `cpu` is that of all cores for everybody."""

    n_trainees: int
    n_facts: int
    n_ratings: int
    everybody: float
    cpu: float
    kept_anew: float
    some: float
    polars: float
    pandas: float
    person: Costs


def measure() -> list[Result]:
    """Return the lines of 1,000 and of 10,000 trainees.

    Raises:
        ValueError: Somebody's counts differ.
    """
    return _measure(COPIES)


def measure_large() -> list[Result]:
    """Return the lines of 10,000 and of 100,000 trainees, and of one person among these.

    Raises:
        ValueError: Somebody's counts differ.
    """
    return _measure((COPIES[-1], LARGE_COPIES), costs_in_simulated(SMALL))


def _measure(copies: Sequence[int], of_small: Costs | None = None) -> list[Result]:
    programme, _ = load_programme(_PROGRAMME)
    if programme is None:
        raise ValueError(f"{_PROGRAMME} cannot be read")
    with TemporaryDirectory(prefix="practicum-bench-") as folder:
        source = Path(folder) / "simulated.duckdb"
        request = Request(SIMULATED, 7, _UNTIL, (programme,), keeps_all_answers=False, is_bulk=True)
        make_store(source, request, lambda _done, _all, _facts: None)
        sizes = [_measure_copies(source, n, programme.gates[0]) for n in copies]
    lines = [line for size in sizes for line in _lines(size)]
    if of_small is not None:
        lines += compare(of_small, sizes[-1].person)
    return lines + [line for pair in pairwise(sizes) for line in _growth(*pair)]


def _measure_copies(source: Path, n: int, gate: Gate) -> Size:
    path = source.with_name(f"{n}.duckdb")
    copy_store(source, path, n, lambda: NOW)
    store = Store.open(path, clock=lambda: NOW)
    store.engine.writing.execute(f"SET memory_limit = '{MEMORY}'")
    try:
        return measure_store(store, gate)
    finally:
        store.close()
        path.unlink()


def measure_store(store: Store, gate: Gate) -> Size:
    """Return what a store costs.

    Raises:
        ValueError: Somebody's counts differ.
    """
    question = Question(number_of(store, ALONGSIDE), NOW, NOW)
    before = time.process_time()
    everybody, _ = _shortest(lambda: ask_table(store, question, Ending.VERDICTS))
    cpu = (time.process_time() - before) / ROUNDS
    some, verdicts = _shortest(lambda: _ask_some(store, question))
    met = _count_met(store, verdicts)
    del verdicts
    with_polars = _compared(met, store, "pl", gates_in_polars.count_met)
    with_pandas = _compared(met, store, "df", gates_in_pandas.count_met)
    begun = time.perf_counter()
    catch_up(store)
    kept_anew = time.perf_counter() - begun
    (n_trainees, n_facts, n_ratings) = store.engine.fetch(
        "SELECT (SELECT count(DISTINCT person_no) FROM enrolment), (SELECT count(*) FROM fact_key),"
        " (SELECT count(*) FROM rating)"
    )[0]
    person = ask_about_people(store, gate)
    return Size(n_trainees, n_facts, n_ratings, everybody, cpu, kept_anew, some, with_polars, with_pandas, person)


def _shortest(ask: Callable[[], Any]) -> tuple[float, Any]:
    """Return the shortest time of some rounds, in seconds, and what the last one returned."""
    times: list[float] = []
    found: Any = None
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        found = ask()
        times.append(time.perf_counter() - begun)
    return min(times), found


def _ask_some(store: Store, question: Question) -> ArrowTable:
    """Return the verdicts of a programme that had only the gates of those kinds."""
    sql = compose(KINDS, Ending.VERDICTS)
    bound = bind(store, question) or {}
    with store.engine.reading() as cursor:
        return cursor.sql(sql, params=used_by(sql, bound)).to_arrow_table()


# ---------------------------------------------------------------- beside others


def _gates(kinds: frozenset[str]) -> str:
    """Return the question for the gates that all three judge; one that asks for nothing is left out."""
    named = ", ".join(f"'{kind}'" for kind in sorted(kinds))
    return f"SELECT version_no, role_no, gate_no, n_parts FROM gate WHERE n_parts > 0 AND kind IN ({named})"


def _count_met(store: Store, verdicts: ArrowTable) -> dict[int, int]:
    """Return how many people have met each gate by the product's verdicts."""
    with store.engine.reading() as cursor:
        cursor.register("verdicts", verdicts)
        gates = ", ".join(str(row[2]) for row in cursor.execute(_gates(KINDS)).fetchall())
        found = cursor.execute(_MET.format(gates=gates)).fetchall()
        cursor.unregister("verdicts")
        return dict(found)


def _frames(store: Store, form: str) -> dict[str, Any]:
    """Return the columns in memory, as `pl` or `df` frames."""
    with store.engine.reading() as cursor:
        asked = {"gate": _gates(KINDS)} | {
            table: f"SELECT {columns} FROM {table}" + (" WHERE level IS NOT NULL" if table == "rating" else "")
            for table, columns in _COLUMNS.items()
        }
        return {table: getattr(cursor.sql(sql), form)() for table, sql in asked.items()}


def _compared(
    ours: dict[int, int],
    store: Store,
    form: str,
    count_met: Callable[[dict[str, Any], datetime, date], dict[int, int]],
) -> float:
    """Return how long another takes over `pl` or `df` frames, once it has been seen to count the same people."""
    gc.collect()
    frames = _frames(store, form)
    seconds, theirs = _shortest(lambda: count_met(frames, stored_instant(NOW), store.day_of(NOW)))
    if {gate: n for gate, n in theirs.items() if n} != {gate: n for gate, n in ours.items() if n}:
        raise ValueError(f"{count_met.__module__} counts others who have met a gate: {theirs}, we {ours}")
    return seconds


# ---------------------------------------------------------------- lines


def _lines(size: Size) -> list[Result]:
    seven = f"  of these {len(KINDS)} kinds"
    is_large = size.n_trainees == SIMULATED * LARGE_COPIES
    return [
        Result(
            f"{size.n_trainees:,} trainees (copies), {size.n_facts:,} facts, all gates",
            f"{size.everybody:.3g} s",
            f"{size.n_ratings:,} ratings; {size.cpu:.3g} s CPU",
            target=f"≤ {LIMIT_S:g} s" if is_large else "",
            is_reached=size.everybody <= LIMIT_S if is_large else None,
        ),
        at_most(seven, size.some, size.polars, unit="s", beside="polars", limit=1.0),
        at_most(seven, size.some, size.pandas, unit="s", beside="pandas", limit=1.0),
        Result("  what is kept for pages, all of it anew", f"{size.kept_anew:.3g} s"),
    ]


def _growth(small: Size, large: Size) -> list[Result]:
    pairs = (
        ("everybody, all gates", small.everybody, large.everybody),
        (f"everybody, {len(KINDS)} kinds in polars", small.polars, large.polars),
        (f"everybody, {len(KINDS)} kinds in pandas", small.pandas, large.pandas),
        ("one person, from what is kept", small.person.kept, large.person.kept),
        ("one person, proof of one gate", small.person.one_gate, large.person.one_gate),
        ("one person, proof of all gates", small.person.all_gates, large.person.all_gates),
    )
    size = log(large.n_trainees / small.n_trainees)
    between = f"{small.n_trainees:,} to {large.n_trainees:,} trainees"
    return [Result(f"growth: {what}", f"n^{log(after / before) / size:.2f}", between) for what, before, after in pairs]
