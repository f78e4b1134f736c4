"""The command line for what the facts show: `python -m analytics readiness|research|items|raters|simulate`."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from analytics import file_commands
from analytics.commands import COMMANDS, readiness_lines
from analytics.research import commands as research
from analytics.simulation import command as simulation
from curriculum.errors import PlatformError
from store.commands import operator
from store.errors import StoreBusyError
from store.ledger import Store
from store.places import store_path
from store.socket import call_running

_EXAMPLE: Final = (
    "python -m analytics readiness --programme alongside --person tom --explain --store var/practicum.duckdb"
)
_PURPOSE: Final = "print where people stand, gate by gate, as the pages show it"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Return 0 when it was done, 1 when it was refused; wrong use exits with 2."""
    given = vars(_parser().parse_args(argv))
    if given["command"] in file_commands.COMMANDS:
        return file_commands.run(given)
    if given["command"] == "simulate":
        return simulation.run(given)
    path, style = Path(given.pop("store")), given.pop("format")
    if given["command"] == "research":
        return _say(lambda: _asked(path, "analytics research", research.given(given)), style, research.receipt_lines)
    args = {name: str(value) for name, value in given.items() if value and name != "command"}
    asked = args if style == "json" else args | {"named": "yes"}
    return _say(lambda: _asked(path, "analytics readiness", asked), style, readiness_lines)


def _say(ask: Callable[[], dict[str, Any]], style: str, to_lines: Callable[[dict[str, Any]], list[str]]) -> int:
    try:
        result = ask()
    except PlatformError as refusal:
        print(refusal, file=sys.stderr)
        return 1
    print(json.dumps(result, indent=2, ensure_ascii=False) if style == "json" else "\n".join(to_lines(result)))
    return 0


def _parser() -> argparse.ArgumentParser:
    formatter = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="python -m analytics",
        description="What the facts show, and invented cohorts to try it on.",
        epilog="\n  ".join(
            ["examples:", _EXAMPLE, research.EXAMPLE, *file_commands.EXAMPLES.values(), simulation.EXAMPLE]
        ),
        formatter_class=formatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    readiness = commands.add_parser(
        "readiness",
        help=_PURPOSE,
        description=f"{_PURPOSE[0].upper()}{_PURPOSE[1:]}. The app may be running.",
        epilog=f"example:\n  {_EXAMPLE}",
        formatter_class=formatter,
    )
    readiness.add_argument("--programme", required=True, metavar="P", help="the programme's id")
    readiness.add_argument("--cohort", metavar="C", help="only the people of this cohort")
    readiness.add_argument("--person", metavar="ID", help="only this person: number or sign-in name")
    readiness.add_argument(
        "--as-of", metavar="T", type=_time, help="what had happened by this day or instant (default: now)"
    )
    readiness.add_argument(
        "--known-at", metavar="T", type=_time, help="what was recorded by this day or instant (default: now)"
    )
    readiness.add_argument(
        "--explain", action="store_true", help="show the parts of each gate and the facts behind them"
    )
    readiness.add_argument(
        "--store", default=store_path(), metavar="PATH", help="the store's file (default: %(default)s)"
    )
    readiness.add_argument("--format", choices=["text", "json"], default="text", help="how to print the result")
    research.add_parser(commands)
    file_commands.add_to(commands.add_parser)
    simulation.add_parser(commands)
    return parser


def _time(text: str) -> str:
    try:
        datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"`{text}` is no day or instant; write 2026-11-23 or 2026-11-23T18:30"
        ) from error
    return text


def _asked(path: Path, command: str, args: Mapping[str, str]) -> dict[str, Any]:
    """Return what a command says; when the app has the store open, the app answers."""
    try:
        store = Store.open(path, must_exist=True)
    except StoreBusyError:
        return call_running(path, command, args)
    with closing(store):
        return COMMANDS[command](store, operator(), args)


if __name__ == "__main__":
    sys.exit(main())
