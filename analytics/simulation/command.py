"""The command line: `python -m analytics simulate --trainees N --seed S --store PATH`."""

import argparse
import json
import sys
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final, Protocol

from analytics.simulation.errors import UnknownProgrammeError, UnsoundProgrammeError
from analytics.simulation.making import ALL_ANSWERS_UP_TO, Made, Request, make_store
from analytics.simulation.population import SMALLEST
from analytics.simulation.truth import truth_path
from curriculum.errors import PlatformError, ProblemSeverity
from curriculum.loading import load_programme
from curriculum.media import load_media
from curriculum.models import Programme
from store.places import hub_folder

PURPOSE: Final = "make a store of invented cohorts whose truth is known, with faults planted"
EXAMPLE: Final = "python -m analytics simulate --trainees 1000 --seed 7 --store var/simulated.duckdb"

_SHIPPED: Final = Path(__file__).parents[2] / "programmes"
_MOST: Final = 1_000_000
_STEP_S: Final = 0.5

_DESCRIPTION: Final = f"""\
{PURPOSE[0].upper()}{PURPOSE[1:]}.

The store is new: a file that exists is never written to. All its people are invented and marked so. What is true of
them, and the planted faults, stand beside it in a JSON file. The same seed, programmes and day give the same facts. It
gives no evidence that a programme works. See docs/simulation.md.
"""
_EPILOG: Final = f"""\
examples:
  {EXAMPLE}
  python -m analytics simulate --trainees 60 --seed 1 --programme carers-table --store var/carers.duckdb
  python -m analytics simulate --trainees 100000 --seed 1 --bulk --store /data/large.duckdb

exit status: 0 made, 1 refused, 2 wrong use
"""


class Commands(Protocol):
    """What `argparse` gives for adding commands."""

    def add_parser(self, name: str, **settings: Any) -> argparse.ArgumentParser:  # noqa: ANN401 - argparse's own
        """Return the parser of a new command."""
        ...


def add_parser(commands: Commands) -> None:
    """Add the command to a program."""
    parser = commands.add_parser(
        "simulate",
        help=PURPOSE,
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--trainees", required=True, type=_count, metavar="N", help=f"how many, at least {SMALLEST}")
    parser.add_argument("--seed", required=True, type=int, metavar="S", help="a number that decides all chance")
    parser.add_argument("--store", required=True, metavar="PATH", help="the new file")
    parser.add_argument(
        "--programme",
        action="append",
        metavar="P",
        help="a programme's folder, or the id of one that ships (default: alongside); given again, cohorts take turns",
    )
    parser.add_argument(
        "--until",
        type=_day,
        metavar="DAY",
        help="the first day that is not simulated, such as 2026-11-23 (default: today)",
    )
    parser.add_argument(
        "--answers",
        choices=["all", "some"],
        help="keep single answers, ticks and pages of everybody, or of some cohorts "
        f"(default: all up to {ALL_ANSWERS_UP_TO} trainees)",
    )
    parser.add_argument(
        "--hubs",
        type=_hubs,
        metavar="N",
        help="among how many hubs the cohorts are dealt out (default: about five cohorts a hub)",
    )
    parser.add_argument("--bulk", action="store_true", help="write in large portions, by columns: for many trainees")
    parser.add_argument("--format", choices=["text", "json"], default="text", help="how to print the result")


def run(given: Mapping[str, Any]) -> int:
    """Run the command; return 0 when the store was made, 1 when that was refused."""
    begun = time.monotonic()
    path = Path(given["store"])
    try:
        request = _request(given)
        made = make_store(path, request, _Progress(sys.stderr.isatty()))
    except PlatformError as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    report = _report(path, request, made, time.monotonic() - begun)
    text = json.dumps(report, indent=2) if given["format"] == "json" else "\n".join(_lines(report))
    sys.stdout.write(f"{text}\n")
    return 0


def _count(text: str) -> int:
    if not text.isdecimal() or not SMALLEST <= int(text) <= _MOST:
        raise argparse.ArgumentTypeError(f"`{text}` is not a number from {SMALLEST} to {_MOST}")
    return int(text)


def _hubs(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _MOST:
        raise argparse.ArgumentTypeError(f"`{text}` is not a number from 1 to {_MOST}")
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"`{text}` is no day; write 2026-11-23") from error


def _request(given: Mapping[str, Any]) -> Request:
    n_trainees: int = given["trainees"]
    answers = given["answers"] or ("all" if n_trainees <= ALL_ANSWERS_UP_TO else "some")
    names = dict.fromkeys(given["programme"] or ["alongside"])
    programmes = {name: load_named(name) for name in names}
    return Request(
        n_trainees=n_trainees,
        seed=given["seed"],
        until=given["until"] or _today(),
        programmes=tuple(programmes.values()),
        keeps_all_answers=answers == "all",
        is_bulk=given["bulk"],
        n_hubs=given["hubs"],
        media={k: v for name, one in programmes.items() for k, v in load_media(_find(name), one.media).items()},
    )


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the operator's own day, as a calendar on the wall has it


def load_named(name: str) -> Programme:
    """Return the sound programme of a folder, or of an id: the hub's own, or one that ships.

    Raises:
        UnknownProgrammeError: There is none.
        UnsoundProgrammeError: It has errors.
    """
    folder = _find(name)
    programme, problems = load_programme(folder)
    errors = [problem for problem in problems if problem.severity == ProblemSeverity.ERROR]
    if programme is None or errors:
        raise UnsoundProgrammeError(folder, errors)
    return programme


def _find(name: str) -> Path:
    """Return the folder: as given, or of the hub's own programme of this id, or of one that ships."""
    homes = (hub_folder() / "programmes", _SHIPPED)
    for folder in (Path(name), *(home / name for home in homes)):
        if (folder / "programme.yaml").is_file():
            return folder
    raise UnknownProgrammeError(
        name, sorted({path.parent.name for home in homes for path in home.glob("*/programme.yaml")})
    )


class _Progress:
    """Says on the error stream how far it is: in place on a terminal, else a line now and then."""

    def __init__(self, is_terminal: bool) -> None:
        self._is_terminal = is_terminal
        self._told_at = 0.0

    def __call__(self, weeks: int, n_weeks: int, n_facts: int) -> None:
        now = time.monotonic()
        is_over = weeks == n_weeks
        if not is_over and now - self._told_at < (_STEP_S if self._is_terminal else 20 * _STEP_S):
            return
        self._told_at = now
        line = f"  week {weeks} of {n_weeks}: {n_facts:,} facts"
        sys.stderr.write(f"\r{line}" if self._is_terminal else f"{line}\n")
        if self._is_terminal and is_over:
            sys.stderr.write("\n")
        sys.stderr.flush()


def _report(path: Path, request: Request, made: Made, seconds: float) -> dict[str, Any]:
    return {
        "store": str(path),
        "truth": str(truth_path(path)),
        "until": request.until.isoformat(),
        "seed": request.seed,
        "trainees": request.n_trainees,
        "facts": made.n_facts,
        "hubs": made.n_hubs,
        "cohorts": made.n_cohorts,
        "answers": made.truth.answers,
        "by_status": {status.value: made.by_status[status] for status in sorted(made.by_status)},
        "faults": [fault.kind for fault in made.truth.faults],
        "not_planted": [{"kind": one.kind, "why": one.why} for one in made.truth.not_planted],
        "seconds": round(seconds, 1),
    }


def _lines(report: Mapping[str, Any]) -> list[str]:
    statuses = ", ".join(f"{n} {status.replace('_', ' ')}" for status, n in report["by_status"].items())
    lines = [
        f"{report['store']}: {report['trainees']:,} trainees in {report['cohorts']} cohorts of {report['hubs']} hubs, "
        f"{report['facts']:,} facts, {report['seconds']} s.",
        f"Before {report['until']}: {statuses}.",
        f"Planted, as {report['truth']} says: {', '.join(kind.replace('_', ' ') for kind in report['faults'])}.",
    ]
    for one in report["not_planted"]:
        lines.append(f"Not planted: {one['kind'].replace('_', ' ')}, because {one['why']}.")
    return lines
