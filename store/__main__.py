"""The command line for a store: `python -m store verify|backup|restore|migrate|rebuild --store PATH`."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from curriculum.errors import PlatformError
from store.backup import restore_file
from store.commands import COMMANDS, operator, run_verify
from store.duckdb_engine import Engine
from store.errors import StoreBusyError, StoreMissingError
from store.ledger import Store, utc_now
from store.migrations import migrate
from store.rows import Value
from store.socket import call_running

_EXAMPLES: Final = {
    "verify": "python -m store verify --store var/practicum.duckdb --format json",
    "backup": "python -m store backup --store var/practicum.duckdb --to /backups/2026-11-23.duckdb",
    "restore": "python -m store restore --from /backups/2026-11-23.duckdb --store var/restored.duckdb",
    "migrate": "python -m store migrate --store var/practicum.duckdb",
    "rebuild": "python -m store rebuild --store var/practicum.duckdb",
}
_PURPOSES: Final = {
    "verify": "prove that every fact is what was recorded, and that what is derived follows from the facts",
    "backup": "copy the store to a new file; the app may go on running",
    "restore": "make a store from a backup and verify it; a store that exists is never overwritten",
    "migrate": "bring the store's tables up to date; a copy is made first",
    "rebuild": "make the derived tables anew from the facts",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Return 0 when all is well, 1 when there are problems; wrong use exits with 2."""
    given = vars(_parser().parse_args(argv))
    path, style, command = Path(given.pop("store")), given.pop("format"), given.pop("command")
    try:
        result = _RUN[command](path, {name: str(value) for name, value in given.items() if value})
    except PlatformError as refusal:
        print(refusal, file=sys.stderr)
        return 1
    print(json.dumps(result, indent=2, ensure_ascii=False) if style == "json" else "\n".join(_lines(command, result)))
    return 1 if result.get("problems") else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m store",
        description="Prove, copy, restore and mend a store.",
        epilog="examples:\n" + "\n".join(f"  {example}" for example in _EXAMPLES.values()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, purpose in _PURPOSES.items():
        command = commands.add_parser(
            name,
            help=purpose,
            description=f"{purpose[0].upper()}{purpose[1:]}.",
            epilog=f"example:\n  {_EXAMPLES[name]}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.add_argument("--store", required=True, metavar="PATH", help="the store's file")
        command.add_argument("--format", choices=["text", "json"], default="text", help="how to print the result")
        if name == "backup":
            command.add_argument("--to", required=True, metavar="FILE", help="the new file; it must not exist")
        if name == "restore":
            command.add_argument("--from", required=True, metavar="FILE", dest="source", help="the backup")
    return parser


def _verify(path: Path, args: Mapping[str, str]) -> Value:
    try:
        store = Store.open(path, must_exist=True)
    except StoreBusyError:
        return call_running(path, "store verify", args)
    with closing(store):
        return run_verify(store, operator(), args, _say_progress)


def _by_name(name: str, path: Path, args: Mapping[str, str]) -> Value:
    try:
        store = Store.open(path, must_exist=True)
    except StoreBusyError:
        return call_running(path, name, args)
    with closing(store):
        return COMMANDS[name](store, operator(), args)


def _backup(path: Path, args: Mapping[str, str]) -> Value:
    return _by_name("store backup", path, {"to": str(Path(args["to"]).absolute())})


def _rebuild(path: Path, args: Mapping[str, str]) -> Value:
    return _by_name("store rebuild", path, args)


def _migrate(path: Path, args: Mapping[str, str]) -> Value:
    del args
    if not path.is_file():
        raise StoreMissingError(path)
    engine = Engine.open(path)
    with closing(engine):
        return {"applied": [migration.name for migration in migrate(engine, utc_now())]}


def _restore(path: Path, args: Mapping[str, str]) -> Value:
    source = Path(args["source"])
    restore_file(source, path)
    return {"from": str(source), "store": str(path), **_verify(path, {})}


_RUN: Final[Mapping[str, Callable[[Path, Mapping[str, str]], Value]]] = {
    "verify": _verify,
    "backup": _backup,
    "restore": _restore,
    "migrate": _migrate,
    "rebuild": _rebuild,
}


def _say_progress(table: str, n: int) -> None:
    if n:
        print(f"{table}: {n} read", file=sys.stderr)


def _lines(command: str, result: Mapping[str, Value]) -> list[str]:
    match command:
        case "verify" | "restore":
            problems = [f"{problem['where']}: {problem['message']}" for problem in result["problems"]]
            n = len(problems)
            verdict = "everything is what was recorded" if not n else f"{n} problem{'s' if n > 1 else ''}"
            return [*problems, f"{result['facts']} facts, {result['erased_texts']} erased texts: {verdict}."]
        case "backup":
            return [f"{result['file']}: {result['bytes']} bytes, facts up to number {result['facts_up_to']}."]
        case "migrate":
            return [f"Applied {name}." for name in result["applied"]] or ["The store is up to date."]
        case _:
            return [f"Rebuilt {', '.join(result['rebuilt'])} from the facts up to number {result['facts_up_to']}."]


if __name__ == "__main__":
    sys.exit(main())
