"""Item analysis with response analysis: ours beside polars, pandas and a bare group-by of the same columns.

All read the same responses in memory and their figures are compared before a time is printed. The data are made by the
engine: true abilities, items of rising difficulty, four options each.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import duckdb
import pandas
import polars
from duckdb import DuckDBPyConnection

from analytics.item_analysis import FormReport, analyse, analyse_file
from benchmarks.results import Result, at_most, within
from store.item_counts import ResponseCounts, make_table

ITEMS: Final = 20
SMALL: Final = 5_000
MIDDLE: Final = 50_000
LARGE: Final = 500_000
STRETCH: Final = 5_000_000

_MEMORY: Final = "6GB"
_BESIDE: Final = "bare group-by"
_QUOTED: Final = Result("Moodle 4.3: the same at 5,000 attempts x 20 items (quoted)", "14 s")
_MARKS: Final = """
    CREATE TABLE marks AS
    WITH given AS (
      SELECT p AS person_no, i AS item_no, hash(p * 7919 + i) % 1000 / 1000.0 AS luck,
             0.15 + 0.7 * (hash(p) % 1000 / 1000.0) + 0.2 * (0.5 - i / {items}) AS chance
      FROM range(1, {people} + 1) a(p), range(1, {items} + 1) b(i)
    ), marked AS (
      SELECT person_no, item_no, CAST(luck < chance AS INTEGER) AS mark, luck FROM given
    )
    SELECT CAST(person_no AS INTEGER) AS person_no, CAST(item_no AS INTEGER) AS item_no,
           CASE WHEN mark = 1 THEN 'A' ELSE chr(CAST(66 + floor(luck * 997) % 3 AS INTEGER)) END AS response,
           CAST(mark AS DOUBLE) AS mark,
           CAST(sum(mark) OVER (PARTITION BY person_no) - mark AS DOUBLE) AS rest
    FROM marked
"""
_ITEMS: Final = """
    CREATE TABLE items AS
    SELECT 'item ' || i AS item, CAST(1 AS DOUBLE) AS max_mark, 'A' AS key, i AS item_no FROM range(1, {items} + 1) a(i)
"""
_BARE: Final = "CREATE OR REPLACE TEMP TABLE bare AS SELECT {columns}, count(*) AS n FROM marks GROUP BY {columns}"
_COLUMNS: Final = "item_no, response, mark, rest"
_FILE: Final = "SELECT person_no AS person, item_no AS item, mark, 1 AS max_mark, response, 'A' AS key FROM marks"


@dataclass(frozen=True, slots=True)
class Figures:
    """What all must agree on, by item: facility, discrimination index, efficiency; and how many options."""

    facility: list[float]
    index: list[float]
    efficiency: list[float]
    n_options: int


def measure() -> list[Result]:
    """Return the lines of 5,000 attempts and of a million responses.

    Raises:
        ValueError: Somebody's figures differ.
    """
    return [*_measure(SMALL, rounds=7), *_measure(MIDDLE, rounds=3), _measure_file(MIDDLE), _QUOTED]


def measure_large() -> list[Result]:
    """Return the lines of ten million responses.

    Raises:
        ValueError: Somebody's figures differ.
    """
    return _measure(LARGE, rounds=2)


def measure_stretch() -> list[Result]:
    """Return the line of a hundred million responses, beside a bare group-by: a file, since memory holds no copies."""
    with TemporaryDirectory() as folder, duckdb.connect(str(Path(folder) / "marks.duckdb")) as connection:
        connection.execute(f"SET memory_limit = '{_MEMORY}'")
        _make_marks(connection, STRETCH)
        ours, _ = _best(lambda: _ours(connection), rounds=1)
        bare, _ = _best(lambda: connection.execute(_BARE.format(columns=_COLUMNS)), rounds=1)
    return [at_most(f"items: {STRETCH * ITEMS:.0e} responses with options", ours, bare, unit="s", beside=_BESIDE)]


def _measure(people: int, rounds: int) -> list[Result]:
    with duckdb.connect(":memory:") as connection:
        _make_marks(connection, people)
        in_polars = connection.sql("SELECT * FROM marks").pl()
        in_pandas = connection.sql("SELECT * FROM marks").df()
        ours, figures = _best(lambda: _ours(connection), rounds)
        bare, _ = _best(lambda: connection.execute(_BARE.format(columns=_COLUMNS)), rounds)
        with_polars, theirs = _best(lambda: _in_polars(in_polars), rounds)
        with_pandas, others = _best(lambda: _in_pandas(in_pandas), rounds)
    for name, found in (("polars", theirs), ("pandas", others)):
        _require_same(name, _figures(figures), found)
    what = f"items: {people * ITEMS:.0e} responses with options"
    lines = [
        at_most(what, ours, bare, unit="s", beside=_BESIDE, limit=4.0 if people == LARGE else None),
        at_most("  the same", ours, with_polars, unit="s", beside="polars", limit=1.0),
        at_most("  the same", ours, with_pandas, unit="s", beside="pandas", limit=1.0),
    ]
    return (
        [within(f"items: {people:,} attempts x {ITEMS} items", ours, 0.14, unit="s"), *lines]
        if people == SMALL
        else lines
    )


def _measure_file(people: int) -> Result:
    """Return what the command does to a file: reading, checks, counting and statistics."""
    with TemporaryDirectory() as folder, duckdb.connect(":memory:") as connection:
        path = Path(folder) / "responses.csv"
        _make_marks(connection, people)
        connection.execute(f"COPY ({_FILE}) TO '{path}' (HEADER)")
        seconds, _ = _best(lambda: analyse_file(path), rounds=2)
    return Result(f"items: a file of {people * ITEMS:.0e} rows, checked and analysed", f"{seconds:.3g} s")


def _make_marks(connection: DuckDBPyConnection, people: int) -> None:
    connection.execute(_MARKS.format(people=people, items=ITEMS))
    connection.execute(_ITEMS.format(items=ITEMS))


def _best(run: Callable[[], Any], rounds: int) -> tuple[float, Any]:
    """Return the shortest time of some rounds, in seconds, and what the last one returned."""
    times: list[float] = []
    found: Any = None
    for _ in range(rounds):
        begun = time.perf_counter()
        found = run()
        times.append(time.perf_counter() - begun)
    return min(times), found


# ---------------------------------------------------------------- the same thing three times


def _ours(connection: DuckDBPyConnection) -> FormReport:
    for table in ("counts", "totals"):
        connection.execute(f"DROP TABLE IF EXISTS temp.{table}")
    make_table(connection, "totals")
    make_table(connection, "counts", "recorded_counts")
    return analyse(ResponseCounts(connection, has_responses=True).form_sums())


def _figures(report: FormReport) -> Figures:
    items = [item.statistics for item in report.items]
    return Figures(
        [item.facility.value or 0.0 for item in items],
        [item.discrimination_index.value or 0.0 for item in items],
        [item.discriminative_efficiency.value or 0.0 for item in items],
        sum(len(item.options) for item in items),
    )


def _in_polars(marks: polars.DataFrame) -> Figures:
    mark, rest = polars.col("mark"), polars.col("rest")
    items = (
        marks.group_by("item_no")
        .agg(
            mark.mean().alias("facility"),
            (100 * polars.corr(mark, rest)).alias("index"),
            (100 * polars.cov(mark, rest) / polars.cov(mark.sort(), rest.sort())).alias("efficiency"),
            mark.std(),
            (polars.cov(mark, rest) + mark.var()).alias("with_total"),
        )
        .sort("item_no")
    )
    options = marks.group_by("item_no", "response").agg(polars.len(), rest.mean(), rest.var().alias("spread"))
    totals = marks.group_by("person_no").agg(mark.sum(), polars.len())
    totals.select(mark.mean(), mark.median().alias("median"), mark.std().alias("sd"), mark.skew().alias("skew"))
    return Figures(items["facility"].to_list(), items["index"].to_list(), items["efficiency"].to_list(), options.height)


def _in_pandas(marks: pandas.DataFrame) -> Figures:
    by_item = marks.groupby("item_no", sort=True)
    facility: list[float] = []
    index: list[float] = []
    efficiency: list[float] = []
    for _, rows in by_item[["mark", "rest"]]:
        mark, rest = rows["mark"], rows["rest"]
        ordered = pandas.DataFrame({"mark": mark.sort_values().to_numpy(), "rest": rest.sort_values().to_numpy()})
        facility.append(float(mark.mean()))
        index.append(100 * float(mark.corr(rest)))
        efficiency.append(100 * float(mark.cov(rest)) / float(ordered["mark"].cov(ordered["rest"])))
    options = marks.groupby(["item_no", "response"])["rest"].agg(["size", "mean", "var"])
    totals = marks.groupby("person_no")["mark"].agg(["sum", "size"])
    totals["sum"].agg(["mean", "median", "std", "skew", "kurt"])
    return Figures(facility, index, efficiency, len(options))


def _require_same(name: str, ours: Figures, theirs: Figures) -> None:
    if ours.n_options != theirs.n_options:
        raise ValueError(f"{name} finds {theirs.n_options} options, we {ours.n_options}")
    for figure in ("facility", "index", "efficiency"):
        for mine, other in zip(getattr(ours, figure), getattr(theirs, figure), strict=True):
            if abs(mine - other) > 1e-9 * max(1.0, abs(mine)):
                raise ValueError(f"{figure} differs from {name}: {mine} and {other}")
