"""The command line for what the facts show: `python -m analytics COMMAND`."""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from analytics import file_commands, safety_command
from analytics.commands import readiness_lines, run_hub_raters, run_readiness
from analytics.research import commands as research
from analytics.simulation import command as simulation
from curriculum.errors import PlatformError
from store.places import store_path
from store.socket import here_or_in_the_app

_EXAMPLE: Final = (
    "python -m analytics readiness --programme alongside --person tom --explain --store var/practicum.duckdb"
)
_HUB_RATERS: Final = "python -m analytics hub-raters --programme alongside --hub riverside --store var/practicum.duckdb"
_OF_RATERS: Final = "print how alike the raters of a hub see, who stands out, and who should rate with whom next"
_OTHER_EXAMPLES: Final = (
    _HUB_RATERS,
    research.EXAMPLE,
    *file_commands.EXAMPLES.values(),
    simulation.EXAMPLE,
    safety_command.EXAMPLE,
)
_PURPOSE: Final = "print where people stand, gate by gate, as the pages show it"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Return 0 when it was done, 1 when it was refused; wrong use exits with 2."""
    given = vars(_parser().parse_args(argv))
    if given["command"] in file_commands.COMMANDS:
        return file_commands.run(given)
    if given["command"] == "safety":
        return safety_command.run(given)
    if given["command"] == "simulate":
        return simulation.run(given)
    path, style, name = Path(given.pop("store")), given.pop("format"), given.pop("command")
    args = {key: str(value) for key, value in given.items() if value}
    try:
        shown, lines = _shown(path, name, args, style)
    except PlatformError as refusal:
        print(refusal, file=sys.stderr)
        return 1
    print(json.dumps(shown, indent=2, ensure_ascii=False) if style == "json" else "\n".join(lines))
    return 0


def _parser() -> argparse.ArgumentParser:
    formatter = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="python -m analytics",
        description="What the facts show, and invented cohorts to try it on.",
        epilog="\n  ".join(["examples:", _EXAMPLE, *_OTHER_EXAMPLES]),
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
    _add_store(readiness)
    raters = commands.add_parser(
        "hub-raters",
        help=_OF_RATERS,
        description=f"{_OF_RATERS[0].upper()}{_OF_RATERS[1:]}. The app may be running.",
        epilog=f"example:\n  {_HUB_RATERS}",
        formatter_class=formatter,
    )
    raters.add_argument("--programme", required=True, metavar="P", help="the programme's id")
    raters.add_argument("--hub", required=True, metavar="H", help="the hub's id")
    _add_store(raters)
    research.add_parser(commands)
    file_commands.add_to(commands.add_parser)
    simulation.add_parser(commands)
    safety_command.add_parser(commands.add_parser)
    return parser


def _add_store(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--store", default=store_path(), metavar="PATH", help="the store's file (default: %(default)s)"
    )
    command.add_argument("--format", choices=["text", "json"], default="text", help="how to print the result")


def _time(text: str) -> str:
    try:
        datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"`{text}` is no day or instant; write 2026-11-23 or 2026-11-23T18:30"
        ) from error
    return text


def _shown(path: Path, name: str, args: Mapping[str, str], style: str) -> tuple[dict[str, Any], list[str]]:
    match name:
        case "hub-raters":
            return _hub_raters(path, args)
        case "research":
            found = here_or_in_the_app(path, "analytics research", research.given(args), research.run_research)
            return found, research.receipt_lines(found)
        case _:
            return _readiness(path, args, style)


def _readiness(path: Path, args: Mapping[str, str], style: str) -> tuple[dict[str, Any], list[str]]:
    asked = args if style == "json" else {**args, "named": "yes"}
    found = here_or_in_the_app(path, "analytics readiness", asked, run_readiness)
    return found, readiness_lines(found) if style == "text" else []


def _hub_raters(path: Path, args: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    found = here_or_in_the_app(path, "analytics hub-raters", args, run_hub_raters)
    return found["board"], found["lines"]


if __name__ == "__main__":
    sys.exit(main())
