"""The commands that analyse a file: `python -m analytics items FILE.csv` and `python -m analytics raters FILE.csv`.

They read no store, and need none.
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from textwrap import fill
from typing import Any, Final

from analytics import item_analysis, item_report, rater_analysis, rater_report
from analytics.statistics.rater_needs import GOOD
from analytics.statistics.thresholds import RATERS
from curriculum.errors import PlatformError
from store.errors import FileMissingError

EXAMPLES: Final = {
    "items": "python -m analytics items responses.csv --format json",
    "raters": "python -m analytics raters ratings.csv --levels 1,2,3,4",
}
_PURPOSES: Final = {
    "items": "show how each question of a quiz did, and the quiz as a whole",
    "raters": "show how far raters of the same subjects agree",
}
_FILES: Final = {
    "items": (
        "FILE is comma-separated with a header, one row for each response: person,item,mark,max_mark and, when known, "
        "attempt,response,key. Only first attempts count. An item that was left out gets the mark 0."
    ),
    "raters": (
        "FILE is comma-separated with a header, one row for each rating: subject,rater,rating and, when known, on "
        "(the day, such as 2026-11-23)."
    ),
}
_STATUS: Final = "exit status: 0 done, 1 the file cannot be used, 2 wrong use"
_LONG_BYTES: Final = 20_000_000

COMMANDS: Final = tuple(_PURPOSES)
"""What stands after `python -m analytics`."""


def add_to(add_parser: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the commands to a parser, by the method that adds one."""
    for name, purpose in _PURPOSES.items():
        command = add_parser(
            name,
            help=purpose,
            description=fill(f"{purpose[0].upper()}{purpose[1:]}. {_FILES[name]}", 100),
            epilog=f"example:\n  {EXAMPLES[name]}\n\n{_STATUS}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.add_argument("file", type=Path, metavar="FILE", help="the file")
        command.add_argument("--format", choices=["text", "json"], default="text", help="how to print the result")
        if name == "raters":
            _add_rater_options(command)


def _add_rater_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--levels", type=_levels, default=(), metavar="A,B,…", help="the whole scale, rising (default: what was used)"
    )
    command.add_argument(
        "--target", type=_proportion, default=GOOD, help="the reliability that is enough (default: %(default)s)"
    )
    command.add_argument(
        "--any-n",
        action="store_true",
        help=f"print coefficients below {RATERS.coefficients} doubly rated subjects too: to check published examples",
    )


def run(given: Mapping[str, Any]) -> int:
    """Run a command with its arguments. Return 0 when done, 1 when the file cannot be used, 2 when there is none."""
    path: Path = given["file"]
    try:
        _say_progress(path)
        result, lines = _items(path) if given["command"] == "items" else _raters(path, given)
    except FileMissingError as refusal:
        print(refusal, file=sys.stderr)  # noqa: T201
        return 2
    except PlatformError as refusal:
        print(refusal, file=sys.stderr)  # noqa: T201
        return 1
    print(json.dumps(result, indent=2, ensure_ascii=False) if given["format"] == "json" else "\n".join(lines))  # noqa: T201
    return 0


def _items(path: Path) -> tuple[dict[str, Any], list[str]]:
    report = item_analysis.analyse_file(path)
    _say_unused(report.unused)
    return item_report.report_json(report), item_report.report_lines(report)


def _raters(path: Path, given: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    thresholds = replace(RATERS, coefficients=1, severity=1) if given["any_n"] else RATERS
    report = rater_analysis.analyse_file(path, given["levels"], given["target"], thresholds)
    _say_unused(report.unused)
    return rater_report.report_json(report), rater_report.report_lines(report)


def _say_progress(path: Path) -> None:
    if path.is_file() and path.stat().st_size > _LONG_BYTES:
        print(f"Reading {path} ({path.stat().st_size / 1e6:,.0f} MB) …", file=sys.stderr, flush=True)  # noqa: T201


def _say_unused(columns: tuple[str, ...]) -> None:
    if columns:
        print(f"Not used: {', '.join(f'`{name}`' for name in columns)}.", file=sys.stderr)  # noqa: T201


def _levels(text: str) -> tuple[str, ...]:
    levels = tuple(level.strip() for level in text.split(","))
    if len(set(levels)) < 2 or len(set(levels)) != len(levels) or "" in levels:
        raise argparse.ArgumentTypeError(f"`{text}` is no scale; write two levels or more, each once, such as 1,2,3,4")
    return levels


def _proportion(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < 1:
        raise argparse.ArgumentTypeError(f"`{text}` is no reliability; write a number between 0 and 1, such as 0.75")
    return value
