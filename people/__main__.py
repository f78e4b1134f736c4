"""The command line for people: `python -m people add|import|assign|reset|export|erase --store PATH`."""

import argparse
import json
import sys
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Final, Protocol, cast

from curriculum.errors import PlatformError
from people.codes import WELCOME_PATH, OneTimeCode
from people.commands import MANY, Result, run_command
from people.csv_text import Fault
from people.facts import TokenPurpose
from people.models import Actor, Office
from people.ports import PeopleLedger
from people.roster import Column
from people.slips import make_slip, slip_lines

_EXAMPLES: Final = """examples:
  python -m people add "Sunita Rao" sunita --office trainer --hub riverside --store var/practicum.duckdb
  python -m people import spring.csv --cohort riverside-2026-11 --dry-run --store var/practicum.duckdb
  python -m people assign sunita tom --store var/practicum.duckdb
  python -m people reset sunita --address https://train.example.org --store var/practicum.duckdb
  python -m people export sunita --into sunita.zip --store var/practicum.duckdb
  python -m people erase sunita --dry-run --store var/practicum.duckdb
"""

_OFFICES: Final = [office.value for office in Office if office != Office.COUNTERSIGNER]

_STEPS: Final = {
    "new": "new, joins as {role}",
    "joins": "is here, joins as {role}",
    "trainer": "is in it, gets a trainer",
    "same": "as it is already",
}


class _OpenStore(PeopleLedger, Protocol):
    def clock(self) -> datetime: ...


_Command = Callable[[_OpenStore, Actor, Mapping[str, str]], Result]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Return 0 when all was done, 1 when something was refused; wrong use exits with 2."""
    given = vars(_parser().parse_args(argv))
    path, style, command = Path(given.pop("store")), given.pop("format"), given.pop("command")
    args = {name: str(value) for name, value in given.items() if value}
    if "into" in args:
        args["into"] = str(Path(args["into"]).absolute())
    try:
        if command == "erase" and not _is_sure(path, args):
            return 1
        result = _run(path, command, args)
    except PlatformError as refusal:
        print(refusal, file=sys.stderr)
        return 1
    print(json.dumps(result, indent=2, ensure_ascii=False) if style == "json" else "\n".join(_lines(command, result)))
    return 1 if result.get("refused") else 0


# ---------------------------------------------------------------- what is typed


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m people",
        description="Add people singly or from a roster, give trainers, print slips, hand out and erase personal data.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    add = _subparser(commands.add_parser, "add", "add a person and print their invitation")
    add.add_argument("name", help="the name, in any script")
    add.add_argument("login", help="the sign-in name: 3 to 32 small letters, digits, full stops, hyphens")
    add.add_argument("--office", choices=_OFFICES, help="an office to give")
    add.add_argument("--hub", help="short name of the hub where the office is held; without it, all hubs")
    _address_to(add)
    roster = _subparser(commands.add_parser, "import", "put the people of a CSV file into a cohort")
    columns = ", ".join(Column)
    roster.add_argument(
        "content", metavar="FILE", type=_content, help=f"columns {columns}; only name is needed, others are refused"
    )
    roster.add_argument("--cohort", required=True, metavar="C", help="the cohort's id, such as riverside-2026-11")
    roster.add_argument("--dry-run", action="store_true", help="say exactly what would happen, and change nothing")
    assign = _subparser(commands.add_parser, "assign", "give a trainee a trainer")
    assign.add_argument("trainee", help="sign-in name or number of the trainee")
    assign.add_argument("trainer", help="sign-in name or number of the trainer")
    reset = _subparser(commands.add_parser, "reset", "print a slip for a new password; it ends all sessions")
    reset.add_argument("person", help="sign-in name or number of the person")
    _address_to(reset)
    export = _subparser(
        commands.add_parser, "export", "write all that is kept about a person into a file they can read"
    )
    export.add_argument("person", help="sign-in name or number of the person")
    export.add_argument("--into", required=True, metavar="DIR|ZIP", help="a folder, or a new file that ends in .zip")
    erase = _subparser(commands.add_parser, "erase", "delete a person's name, words, check-ins and sessions for good")
    erase.add_argument("person", help="sign-in name or number of the person")
    erase.add_argument("--dry-run", action="store_true", help="say what would be deleted; change nothing")
    erase.add_argument("--yes", action="store_true", help="do not ask once more")
    return parser


def _subparser(make: Callable[..., argparse.ArgumentParser], name: str, purpose: str) -> argparse.ArgumentParser:
    example = next(line for line in _EXAMPLES.splitlines() if f"people {name} " in line)
    parser = make(
        name,
        help=purpose,
        description=f"{purpose[0].upper()}{purpose[1:]}. Exit 0: done, 1: something was refused, 2: wrong use.",
        epilog=f"example:\n{example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--store", required=True, metavar="PATH", help="the store's file; the app may be running")
    parser.add_argument("--format", choices=["text", "json"], default="text", help="how to print the result")
    return parser


def _address_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--address", help="where the app is reached, such as https://train.example.org")


def _content(name: str) -> str:
    try:
        return b64encode(Path(name).read_bytes()).decode()
    except OSError as error:
        raise argparse.ArgumentTypeError(f"`{name}` cannot be read: {error.strerror}") from error


# ---------------------------------------------------------------- the work, here or in the running app


def _run(path: Path, command: str, args: Mapping[str, str]) -> Result:
    # `people` comes before `store` and may not import it; only this command line joins the two.
    ask = cast(
        Callable[[Path, str, Mapping[str, str], _Command], Result], import_module("store.socket").here_or_in_the_app
    )
    told_to = cast(Callable[..., AbstractContextManager[None]], import_module("store.progress").told_to)
    with told_to(_say):
        return ask(path, f"people {command}", args, partial(_run_here, command))


def _run_here(command: str, store: _OpenStore, operator: Actor, args: Mapping[str, str]) -> Result:
    if command == "export":
        elsewhere = cast(Mapping[str, _Command], import_module("analytics.commands").COMMANDS)
        return elsewhere["people export"](store, operator, args)
    return run_command(store, operator, command, args, store.clock(), progress=_say_progress)


def _is_sure(path: Path, args: dict[str, str]) -> bool:
    """Return whether to go on: without --yes, show what would be deleted and let the number be typed."""
    if args.pop("yes", "") or "dry_run" in args:
        return True
    planned = _run(path, "erase", {**args, "dry_run": "yes"})
    print("\n".join(_erasure_lines(planned)), file=sys.stderr)
    print(f"This cannot be undone. Type {planned['person']} to erase: ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip() == str(planned["person"]):
        return True
    print("Nothing was erased.", file=sys.stderr)
    return False


def _say(words: str) -> None:
    print(words, file=sys.stderr)


def _say_progress(n_done: int, n_all: int) -> None:
    if n_all > MANY:
        _say(f"{n_done} of {n_all} lines")


# ---------------------------------------------------------------- what is printed


def _lines(command: str, result: Result) -> list[str]:
    match command:
        case "assign":
            return [f"{result['trainer_name']} now trains {result['trainee_name']}."]
        case "import":
            return _import_lines(result)
        case "erase":
            return _erasure_lines(result)
        case "export":
            return [f"{result['file']}: {result['facts']} entries. It holds personal data: hand it over in person."]
        case _:
            return _slip_lines(result)


def _slip_lines(result: Result) -> list[str]:
    expires_at = datetime.fromisoformat(str(result["expires_at"]))
    code = OneTimeCode(str(result["code"]), WELCOME_PATH + str(result["code"]), expires_at)
    base = str(result["address"]).removesuffix(code.link_path)
    slip = make_slip(TokenPurpose(str(result["purpose"])), str(result["name"]), str(result["login"]), code, base)
    return slip_lines(slip, f"{expires_at.astimezone():%d %b %Y, %H:%M %Z}")


def _erasure_lines(result: Result) -> list[str]:
    who = f"Person {result['person']}"
    counted = (
        f"{result['names']} name, {result['texts']} private texts, {result['check_ins']} check-ins, "
        f"{result['sessions']} sessions"
    )
    ended = (
        f"{result['offices']} offices, {result['trainers']} assignments, programmes: {_listed(result['programmes'])}"
    )
    if result["erased"]:
        leftovers = result["leftovers"]
        return [
            f"{who} is erased. Deleted: {counted}.",
            f"Ended: {ended}.",
            "What happened stays under the number, without words.",
            *(leftovers if isinstance(leftovers, list) else []),
        ]
    return [
        f"{who}: {result['name']}, sign-in name {result['login'] or 'none'}.",
        f"Would be deleted for good: {counted}.",
        f"Would end: {ended}.",
        "What happened stays under the number, without words. Nothing was changed.",
    ]


def _listed(names: str | int | list[str]) -> str:
    return ", ".join(names) if isinstance(names, list) and names else "none"


def _import_lines(result: Result) -> list[str]:
    is_dry = result["dry_run"]
    each = [_line_words(line) for line in result["lines"]] if is_dry else []
    refused = [Fault(**fault).sentence for fault in result["refused"]]
    counts = [
        f"{result['read']} lines read",
        f"{result['imported']} {'would change' if is_dry else 'changed'} something ({result['new']} new people)",
        f"{result['same']} are as they are already",
        f"{len({fault['line'] for fault in result['refused']})} refused",
    ]
    last = f"{', '.join(counts)}." + (" Nothing was changed." if is_dry else "")
    return [f"Read as {_file_words(result)}.", *each, *refused, last]


def _file_words(result: Result) -> str:
    parted = f", cells parted by a {result['delimiter']}" if result["delimiter"] else ""
    return (result["encoding"] or "no text") + parted


def _line_words(line: Mapping[str, str]) -> str:
    trainer = f", trainer {line['trainer']}" if line["trainer"] else ""
    what = _STEPS[line["what"]].format(role=line["role"])
    return f"Line {line['line']}: {line['name']} ({line['login']}): {what}{trainer}"


if __name__ == "__main__":
    sys.exit(main())
