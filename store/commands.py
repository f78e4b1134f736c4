"""What the operator may ask of a store, with the app running or not: one entry for both."""

import os
import pwd
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

import people.commands
from people.models import OPERATOR, Actor
from people.service import record_operator_act
from store.backup import copy_to
from store.errors import BadArgumentError
from store.ledger import Store
from store.rows import Value
from store.standing import rebuild
from store.verify import Progress, verify

Command = Callable[[Store, Actor, Mapping[str, str]], Value]

Tell = Callable[[int, int], None]
"""Told how much is done, and of how much."""

LongCommand = Callable[[Store, Actor, Mapping[str, str], Tell], Value]
"""A command that may take a while."""


def operator(user_id: int | None = None) -> Actor:
    """Return the one who acts on the command line, named after the system user (by default this process's)."""
    user_id = os.getuid() if user_id is None else user_id
    try:
        name = pwd.getpwuid(user_id).pw_name
    except KeyError:
        name = f"user {user_id}"
    return Actor(OPERATOR, name, is_operator=True)


def run_verify(store: Store, actor: Actor, args: Mapping[str, str], progress: Progress | None = None) -> Value:
    """Return the proof for JSON. Nothing is written: a store that may be broken is left as it is."""
    del actor, args
    proof = verify(store) if progress is None else verify(store, progress)
    return proof.as_dict()


def run_backup(store: Store, actor: Actor, args: Mapping[str, str]) -> Value:
    """Copy the store to the file `to` and return how large it is.

    Raises:
        StoreExistsError: The file exists.
        BadArgumentError: No file was named, or not from the root.
    """
    target = Path(args.get("to", ""))
    if not target.is_absolute():
        raise BadArgumentError("to", str(args.get("to", "")), "the whole path of a new file")
    record_operator_act(store, actor, "store backup", store.clock())
    copy_to(store.engine, target)
    return {"file": str(target), "bytes": target.stat().st_size, "facts_up_to": store.position}


def run_rebuild(store: Store, actor: Actor, args: Mapping[str, str]) -> Value:
    """Make the derived tables anew from the facts."""
    del args
    record_operator_act(store, actor, "store rebuild", store.clock())
    rebuild(store)
    return {"rebuilt": ["person_gate", "person_status"], "facts_up_to": store.position}


def _run_people(command: str, store: Store, actor: Actor, args: Mapping[str, str]) -> Value:
    return people.commands.run_command(store, actor, command, args, store.clock())


def _run_import(store: Store, actor: Actor, args: Mapping[str, str], tell: Tell) -> Value:
    return people.commands.run_command(store, actor, "import", args, store.clock(), progress=tell)


COMMANDS: Final[Mapping[str, Command]] = {
    "store verify": run_verify,
    "store backup": run_backup,
    "store rebuild": run_rebuild,
    **{f"people {name}": partial(_run_people, name) for name in people.commands.COMMANDS if name != "import"},
}
"""The commands that a running app answers, by what is typed after `python -m`."""

LONG_COMMANDS: Final[Mapping[str, LongCommand]] = {"people import": _run_import}
"""Those of them that say on the way how far they are."""
