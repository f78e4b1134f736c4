"""The command line for a store: `python -m store verify|backup|restore|… --store PATH`."""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from curriculum.errors import PlatformError
from store.arguments import key_of, make_parser, read_arguments
from store.commands import COMMANDS
from store.compaction import compact
from store.duckdb_engine import Engine
from store.encryption import make_key
from store.errors import StoreMissingError
from store.ledger import utc_now
from store.migrations import migrate
from store.printing import result_lines
from store.progress import told_to
from store.restoring import restore
from store.rows import Value
from store.socket import here_or_in_the_app


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Return 0 when all is well, 1 when there are problems; wrong use exits with 2."""
    given = vars(make_parser().parse_args(argv))
    path, style, command = Path(given.pop("store") or ""), given.pop("format"), str(given.pop("command"))
    try:
        with told_to(_say):
            args = read_arguments(given)
            if command == "retention" and not _is_sure(path, args):
                return 1
            result = _RUN[command](path, args)
    except PlatformError as refusal:
        print(refusal, file=sys.stderr)
        return 1
    print(
        json.dumps(result, indent=2, ensure_ascii=False)
        if style == "json"
        else "\n".join(result_lines(command, result))
    )
    return 1 if result.get("problems") else 0


def _say(words: str) -> None:
    print(words, file=sys.stderr)


def _named(name: str) -> Callable[[Path, Mapping[str, str]], Value]:
    full = f"store {name}"
    return lambda path, args: here_or_in_the_app(path, full, args, COMMANDS[full])


def _migrate(path: Path, args: Mapping[str, str]) -> Value:
    del args
    if not path.is_file():
        raise StoreMissingError(path)
    engine = Engine.open(path)
    with closing(engine):
        return {"applied": [migration.name for migration in migrate(engine, utc_now())]}


def _restore(path: Path, args: Mapping[str, str]) -> Value:
    source, log = Path(args["source"]), args.get("erasures")
    done = restore(source, path, key=key_of(args), log=Path(log) if log else None)
    return {
        "from": str(source),
        "store": str(path),
        "erased_again": done.n_erased,
        "destroyed_again": done.n_destroyed,
        "erasure_log": done.had_log,
        **done.proof.as_dict(),
    }


def _compact(path: Path, args: Mapping[str, str]) -> Value:
    del args
    return compact(path, utc_now())


def _key(path: Path, args: Mapping[str, str]) -> Value:
    del path
    return {"file": args["into"], "recipient": make_key(Path(args["into"]))}


_RUN: Final[Mapping[str, Callable[[Path, Mapping[str, str]], Value]]] = {
    "verify": _named("verify"),
    "backup": _named("backup"),
    "restore": _restore,
    "seal": _named("seal"),
    "migrate": _migrate,
    "rebuild": _named("rebuild"),
    "retention": _named("retention"),
    "compact": _compact,
    "key": _key,
}


def _is_sure(path: Path, args: dict[str, str]) -> bool:
    """Return whether to go on: without --yes, list what would be destroyed and let a word be typed."""
    if args.pop("yes", "") or "dry_run" in args:
        return True
    planned = _named("retention")(path, {"dry_run": "yes"})
    _say("\n".join(result_lines("retention", planned)))
    if not planned["due"]:
        return False
    print("This cannot be undone. Type destroy to go on: ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip() == "destroy":
        return True
    _say("Nothing was destroyed.")
    return False


if __name__ == "__main__":
    sys.exit(main())
