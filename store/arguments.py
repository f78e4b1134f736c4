"""The arguments of `python -m store`: what each command takes, and where its secrets come from."""

import argparse
import getpass
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from store.encryption import Key, KeyFile, Passphrase
from store.errors import BadKeyError
from store.rows import Value

_EXAMPLES: Final = {
    "verify": "python -m store verify --store var/practicum.duckdb --against /media/stick/seals.txt",
    "backup": "python -m store backup --store var/practicum.duckdb --to /backups/2026-11-23.age --passphrase",
    "restore": "python -m store restore --from /backups/2026-11-23.age --store var/restored.duckdb --passphrase",
    "seal": "python -m store seal --store var/practicum.duckdb --into /media/stick/seals.txt",
    "migrate": "python -m store migrate --store var/practicum.duckdb",
    "rebuild": "python -m store rebuild --store var/practicum.duckdb",
    "retention": "python -m store retention --store var/practicum.duckdb --dry-run",
    "compact": "python -m store compact --store var/practicum.duckdb",
    "key": "python -m store key --into /media/stick/backup.key",
}
_PURPOSES: Final = {
    "verify": "prove that every fact is what was recorded, and that what is derived follows from the facts",
    "backup": "copy the store to a new file, locked when a key is given; the app may go on running",
    "restore": "make a store from a backup, erase again who was erased since, and verify; no store is ever overwritten",
    "seal": "write one number over all facts, to keep where nobody who can write the store can reach it",
    "migrate": "bring the store's tables up to date; a copy is made first",
    "rebuild": "make the derived tables anew from the facts",
    "retention": "destroy what is past its time, with a line in the destruction log",
    "compact": "write the file anew, so that deleted words are in no unused part of it; the app must be stopped",
    "key": "make a key pair for backups: the secret key goes into a file, the public key is printed",
}
_SECRETS: Final = ("passphrase", "passphrase_file")


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
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
        needs_store = name != "key"
        command.add_argument("--store", required=needs_store, metavar="PATH", help="the store's file")
        command.add_argument("--format", choices=["text", "json"], default="text", help="how to print the result")
        _MORE.get(name, _nothing)(command)
    return parser


def _nothing(_command: argparse.ArgumentParser) -> None:
    """Add no argument."""


def _of_verify(command: argparse.ArgumentParser) -> None:
    command.add_argument("--against", metavar="FILE", help="seals that were kept elsewhere")


def _of_backup(command: argparse.ArgumentParser) -> None:
    command.add_argument("--to", required=True, metavar="FILE", help="the new file; it must not exist")
    _add_passphrase(command)
    help_ = "a public key instead of a passphrase; may be given several times"
    command.add_argument("--recipient", action="append", metavar="AGE1…", help=help_)


def _of_restore(command: argparse.ArgumentParser) -> None:
    command.add_argument("--from", required=True, metavar="FILE", dest="source", help="the backup")
    command.add_argument("--erasures", metavar="FILE", help="an erasure log that was kept elsewhere")
    _add_passphrase(command)
    command.add_argument("--key", metavar="FILE", help="a file with the secret key")


def _add_passphrase(command: argparse.ArgumentParser) -> None:
    how = command.add_mutually_exclusive_group()
    how.add_argument("--passphrase", action="store_true", help="ask for a passphrase")
    how.add_argument("--passphrase-file", metavar="FILE", help="the first line of a file is the passphrase")


def _of_seal(command: argparse.ArgumentParser) -> None:
    command.add_argument("--into", required=True, metavar="FILE", help="where the seal is added at the end")


def _of_retention(command: argparse.ArgumentParser) -> None:
    command.add_argument("--dry-run", action="store_true", help="list what is past its time; change nothing")
    command.add_argument("--yes", action="store_true", help="do not ask once more")


def _of_key(command: argparse.ArgumentParser) -> None:
    command.add_argument("--into", required=True, metavar="FILE", help="the new file of the secret key")


_MORE: Final[Mapping[str, Callable[[argparse.ArgumentParser], None]]] = {
    "verify": _of_verify,
    "backup": _of_backup,
    "restore": _of_restore,
    "seal": _of_seal,
    "retention": _of_retention,
    "key": _of_key,
}


# ---------------------------------------------------------------- what was given


def read_arguments(given: Mapping[str, Value]) -> dict[str, str]:
    """Return what was given as texts that a running app understands: whole paths, and the passphrase itself.

    Raises:
        BadKeyError: The passphrase file cannot be read, or two typed passphrases differ.
    """
    args = {name: str(value) for name, value in given.items() if value and name not in (*_SECRETS, "recipient")}
    for name in ("to", "into", "against"):
        if name in args:
            args[name] = str(Path(args[name]).absolute())
    if given.get("recipient"):
        args["recipients"] = " ".join(given["recipient"])
    if given.get("passphrase_file"):
        args["passphrase"] = _first_line(Path(given["passphrase_file"]))
    if given.get("passphrase"):
        args["passphrase"] = _ask(is_new="to" in args)
    return args


def key_of(args: Mapping[str, str]) -> Key | None:
    """Return what opens a backup, or None."""
    if "key" in args:
        return KeyFile(Path(args["key"]))
    return Passphrase(args["passphrase"]) if "passphrase" in args else None


def _first_line(path: Path) -> str:
    try:
        return (path.read_text("utf-8").splitlines() or [""])[0]
    except (OSError, UnicodeDecodeError) as error:
        raise BadKeyError("--passphrase-file", str(path), "a file whose first line is the passphrase") from error


def _ask(*, is_new: bool) -> str:
    words = getpass.getpass("Passphrase: ", stream=sys.stderr)
    if is_new and getpass.getpass("Once more: ", stream=sys.stderr) != words:
        raise BadKeyError("the passphrase", "typed in two ways", "the same words twice")
    return words
