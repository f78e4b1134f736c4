"""Measure and print one table: `python -m benchmarks [--only rerun,writes] [--large]`. Ratios count, times differ."""

import argparse
import os
import sys
from collections.abc import Callable
from typing import Final

from benchmarks import (
    crowd,
    dashboards,
    exchange,
    item_analysis,
    kinds,
    planner,
    readiness_cohort,
    readiness_speed,
    rerun,
    simulating,
    writes,
)
from benchmarks.results import Result

MEASUREMENTS: Final[dict[str, Callable[[], list[Result]]]] = {
    "rerun": rerun.measure,
    "kinds": kinds.measure,
    "dashboards": dashboards.measure,
    "crowd": crowd.measure,
    "writes": writes.measure,
    "readiness": readiness_speed.measure,
    "readiness-large": readiness_speed.measure_large,
    "readiness-cohort": readiness_cohort.measure,
    "readiness-cohort-large": readiness_cohort.measure_large,
    "items": item_analysis.measure,
    "items-large": item_analysis.measure_large,
    "items-stretch": item_analysis.measure_stretch,
    "planner": planner.measure,
    "simulating": simulating.measure,
    "exchange": exchange.measure,
}
LARGE: Final = ("readiness-large", "readiness-cohort-large", "items-large")
"""What takes minutes and gigabytes: `make bench` has it."""

STRETCH: Final = ("items-stretch",)
"""What takes several gigabytes and is asked for by its name alone."""

QUOTED: Final = (
    "Quoted, measured elsewhere on 2 cores: Moodle 4.3 spends 51 to 61 ms CPU a request and takes 13.4 answers a "
    "second at 8 clients; Kolibri 0.19.5 takes 15 ms for an answer it does not grade."
)


def main() -> int:
    """Return 0 when all was measured, 2 for wrong use. A figure that is not reached is printed, not an error."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__, epilog="Example: python -m benchmarks --only writes"
    )
    parser.add_argument("--only", help=f"some of {', '.join(MEASUREMENTS)}")
    parser.add_argument("--large", action="store_true", help=f"also {', '.join(LARGE)}")
    given = parser.parse_args()
    usual = [name for name in MEASUREMENTS if name not in STRETCH and (given.large or name not in LARGE)]
    chosen = given.only.split(",") if given.only else usual
    unknown = [name for name in chosen if name not in MEASUREMENTS]
    if unknown:
        print(f"There is no measurement {', '.join(unknown)}. Choose from {', '.join(MEASUREMENTS)}.", file=sys.stderr)
        return 2
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start\n")
    for name in chosen:
        for result in MEASUREMENTS[name]():
            _print(result)
    print(f"\n{QUOTED}")
    return 0


def _print(result: Result) -> None:
    ratio = "" if result.ratio is None else f"{result.ratio:.2f} x"
    reached = {True: "reached", False: "NOT reached", None: ""}[result.is_reached]
    print(f"{result.what:<52} {result.ours:>14}  {result.beside:<34} {ratio:>8}  {result.target:<12} {reached}")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
