"""What the operator may ask of a store, with the app running or not: one entry for both."""

import os
import pwd
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

import assessments.commands
import people.commands
from people.models import OPERATOR, Actor
from people.service import record_operator_act
from store.backup import back_up
from store.encryption import Lock, Passphrase, Recipients
from store.errors import BadArgumentError
from store.ledger import Store
from store.progress import tell
from store.retention import Stock, destroy_due, list_due
from store.rows import Row, Value
from store.seals import add_seal, broken_seals, make_seal, read_seals
from store.standing import rebuild
from store.verify import Fault, verify

Command = Callable[[Store, Actor, Mapping[str, str]], Value]


def operator(user_id: int | None = None) -> Actor:
    """Return the one who acts on the command line, named after the system user (by default this process's)."""
    user_id = os.getuid() if user_id is None else user_id
    try:
        name = pwd.getpwuid(user_id).pw_name
    except KeyError:
        name = f"user {user_id}"
    return Actor(OPERATOR, name, is_operator=True)


def run_verify(store: Store, actor: Actor, args: Mapping[str, str]) -> Value:
    """Return the proof for JSON; `against` names a file of seals. Nothing is written: a broken store is left as it is.

    Raises:
        SealFileError: `against` is no file of seals.
    """
    del actor
    seals = read_seals(_whole_path(args, "against")) if args.get("against") else []
    proof = verify(store, _tell_read).as_dict()
    broken = [
        Fault(
            f"seal of {seal.made_at:%Y-%m-%d %H:%M} UTC",
            f"the facts up to number {seal.facts_up_to} are not those that were sealed: "
            "some were changed, taken out or put in",
        )
        for seal in broken_seals(store, seals)
    ]
    proof["problems"] += [{"where": fault.where, "message": fault.message} for fault in broken]
    return proof | ({"seals": len(seals)} if seals else {})


def _tell_read(table: str, n: int) -> None:
    if n:
        tell(f"{table}: {n} read")


def run_backup(store: Store, actor: Actor, args: Mapping[str, str]) -> Value:
    """Copy the store to the file `to`, locked by `passphrase` or for `recipients`; return its size and its seal.

    Raises:
        StoreExistsError: The file exists.
        BadArgumentError: No file was named, or not from the root.
        BadKeyError: The lock cannot be used.
        NoRoomError: The disk is full.
    """
    target, lock = _whole_path(args, "to"), _lock(args)
    record_operator_act(store, actor, "store backup", store.clock())
    seal = make_seal(store)
    back_up(store.engine, target, lock)
    return {
        "file": str(target),
        "bytes": target.stat().st_size,
        "encrypted": lock is not None,
        "facts_up_to": seal.facts_up_to,
        "seal": seal.sha256,
    }


def _lock(args: Mapping[str, str]) -> Lock | None:
    if args.get("recipients"):
        return Recipients(tuple(args["recipients"].split()))
    return Passphrase(args["passphrase"]) if "passphrase" in args else None


def run_seal(store: Store, actor: Actor, args: Mapping[str, str]) -> Value:
    """Write the seal over all facts at the end of the file `into`, and return it."""
    path = _whole_path(args, "into")
    record_operator_act(store, actor, "store seal", store.clock())
    seal = make_seal(store)
    add_seal(seal, path)
    return seal.as_dict() | {"file": str(path)}


def run_rebuild(store: Store, actor: Actor, args: Mapping[str, str]) -> Value:
    """Make the derived tables anew from the facts."""
    del args
    record_operator_act(store, actor, "store rebuild", store.clock())
    rebuild(store)
    return {"rebuilt": ["person_gate", "person_status"], "facts_up_to": store.position}


def run_retention(store: Store, actor: Actor, args: Mapping[str, str]) -> Value:
    """Destroy what is past its time, or with `dry_run` only list it."""
    now = store.clock()
    due = list_due(store, now)
    listed = [_as_row(stock) for stock in due]
    if not args.get("dry_run"):
        record_operator_act(store, actor, "store retention", now)
        destroy_due(store, actor, now)
    return {"destroyed": not args.get("dry_run"), "due": listed, "leftovers": store.leftovers() if due else []}


def _as_row(stock: Stock) -> Row:
    return {
        "category": stock.category.value,
        "cohort": stock.cohort.cohort_id if stock.cohort else None,
        "n": stock.n,
        "period_days": stock.period_days,
        "due_on": stock.due_on.isoformat() if stock.due_on else None,
    }


def _whole_path(args: Mapping[str, str], name: str) -> Path:
    path = Path(args.get(name, ""))
    if not path.is_absolute():
        raise BadArgumentError(name, str(args.get(name, "")), "the whole path of a file")
    return path


def _run_people(command: str, store: Store, actor: Actor, args: Mapping[str, str]) -> Value:
    return people.commands.run_command(store, actor, command, args, store.clock(), progress=_tell_lines)


def _tell_lines(n_done: int, n_all: int) -> None:
    if n_all > people.commands.MANY:
        tell(f"{n_done} of {n_all} lines")


def _run_paper(store: Store, actor: Actor, args: Mapping[str, str]) -> Value:
    return assessments.commands.run_paper(store, actor, args, store.clock(), progress=_tell_forms)


def _tell_forms(n_done: int, n_all: int) -> None:
    if n_all > people.commands.MANY and n_done % people.commands.MANY == 0:
        tell(f"{n_done} of {n_all} forms")


COMMANDS: Final[Mapping[str, Command]] = {
    "store verify": run_verify,
    "store backup": run_backup,
    "store seal": run_seal,
    "store rebuild": run_rebuild,
    "store retention": run_retention,
    "assessments paper": _run_paper,
    **{f"people {name}": partial(_run_people, name) for name in people.commands.COMMANDS},
}
"""The commands that a running app answers, by what is typed after `python -m`."""
