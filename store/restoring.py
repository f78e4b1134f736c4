"""Putting a backup back: whole, verified, with everything erased again that was erased since it was made."""

import shutil
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from people.facts import PersonAdded
from people.service import repeat_erasure
from store.backup import copy_to, put_in_place, unfinished_name
from store.duckdb_engine import Engine
from store.encryption import Key, decrypt, is_encrypted
from store.erasures import (
    Compacted,
    Entry,
    ErasedPerson,
    RetentionRun,
    add_entries,
    log_path,
    read_entries,
    read_log,
)
from store.errors import BadArgumentError, LogLeftError, StoreExistsError, StoreMissingError
from store.ledger import Clock, Store, utc_now
from store.migrations import migrate
from store.progress import tell, telling_growth
from store.retention import destroy_again
from store.room import require_room, writing
from store.verify import Fault, Proof, verify

_Org = tuple[int, str]
"""An organisation's number and name."""

_COPIES: Final = 2
"""The backup as it was, and without what was erased since."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restoring did: people erased again, rows destroyed again, whether there was a log, and the proof."""

    n_erased: int
    n_destroyed: int
    had_log: bool
    proof: Proof


def restore(
    source: Path, target: Path, *, key: Key | None = None, log: Path | None = None, clock: Clock = utc_now
) -> Restored:
    """Make a store from a backup. A process that is killed leaves no store, or the whole restored one.

    Args:
        source: The backup, locked or not.
        target: The new store.
        key: Opens a locked backup.
        log: An erasure log that was kept elsewhere; the one beside the target counts in any case.
        clock: Says what time it is.

    Raises:
        StoreMissingError: There is no backup at the path.
        StoreExistsError: A store stands at the target; it is never overwritten.
        LogLeftError: Beside the target lies the log of a store that is gone.
        NoKeyError: The backup is locked and no key was given.
        WrongKeyError: The key does not open it.
        NoRoomError: The disk is full; nothing is left behind.
    """
    _check_places(source, target, log)
    entries = _gather_entries(target, log)
    n_bytes = source.stat().st_size
    require_room(target, n_bytes * _COPIES)
    raw, clean = unfinished_name(target), target.with_name(f".{target.name}.clean")
    for left in (raw, clean, log_path(raw), log_path(clean)):
        left.unlink(missing_ok=True)
    with writing(target, raw, clean, log_path(raw), n_bytes=n_bytes * _COPIES):
        with telling_growth(raw, n_bytes, "opening the backup"):
            _bring(source, raw, key)
        orgs = _orgs(raw, clock)
        n_erased, n_destroyed = _replay(raw, orgs, entries, clock)
        whole = _without_leftovers(raw, clean) if n_erased or n_destroyed else raw
        proof = _prove(whole, orgs, clock)
        _keep_log(target, entries, clock, is_clean=whole is clean)
        put_in_place(whole, target)
    raw.unlink(missing_ok=True)
    log_path(raw).unlink(missing_ok=True)
    return Restored(n_erased, n_destroyed, log_path(target).exists(), proof)


def _check_places(source: Path, target: Path, log: Path | None) -> None:
    if not source.is_file():
        raise StoreMissingError(source)
    if target.exists():
        raise StoreExistsError(target)
    if log is not None and not log.is_file():
        raise BadArgumentError("--erasures", str(log), "an erasure log")
    left = target.with_name(f"{target.name}.wal")
    if left.exists():
        raise LogLeftError(left)


def _gather_entries(target: Path, log: Path | None) -> list[Entry]:
    beside = read_entries(target)
    given = [] if log is None else read_log(log)
    return [*beside, *(entry for entry in given if entry not in beside)]


def _bring(source: Path, raw: Path, key: Key | None) -> None:
    raw.touch(mode=0o600)
    if is_encrypted(source):
        tell("decrypting")
        decrypt(source, raw, key)
    else:
        shutil.copyfile(source, raw)


# ---------------------------------------------------------------- what was erased since


def _replay(path: Path, orgs: Iterable[_Org], entries: Sequence[Entry], clock: Clock) -> tuple[int, int]:
    """Erase again whom the log names, and destroy again what was past its time; return how many of each."""
    n_erased = n_destroyed = 0
    for org_id, name in orgs:
        own = [entry for entry in entries if not isinstance(entry, Compacted) and entry.org_id == org_id]
        if not own:
            continue
        with closing(Store.open(path, org=name, clock=clock)) as store:
            n_erased += sum(_erase_again(store, entry) for entry in own if isinstance(entry, ErasedPerson))
            runs = [entry.destroyed_at for entry in own if isinstance(entry, RetentionRun)]
            n_destroyed += destroy_again(store, max(runs)) if runs else 0
    return n_erased, n_destroyed


def _orgs(path: Path, clock: Clock) -> list[_Org]:
    with closing(Engine.open(path)) as engine:
        # The backup is the copy: one more beside it would hold what is erased below.
        migrate(engine, clock(), makes_copy=False)
        return [(org_id, name) for org_id, name in engine.fetch("SELECT org_id, name FROM org ORDER BY org_id")]


def _erase_again(store: Store, entry: ErasedPerson) -> int:
    added = store.list_facts(PersonAdded, entry.person_id)
    if added and added[0].occurred_at != entry.known_since:
        tell(f"Person {entry.person_id} is somebody else in this backup than the one who was erased: left as it is.")
        return 0
    rows = repeat_erasure(store, entry.person_id, entry.erased_at)
    return int(any((rows.n_names, rows.n_texts, rows.n_check_ins, rows.n_sessions)))


def _without_leftovers(raw: Path, clean: Path) -> Path:
    with closing(Engine.open(raw)) as engine:
        return copy_to(engine, clean)


# ---------------------------------------------------------------- the proof, and the place


def _prove(path: Path, orgs: Iterable[_Org], clock: Clock) -> Proof:
    proofs: list[Proof] = []
    for _, name in orgs:
        with closing(Store.open(path, org=name, clock=clock)) as store:
            proofs.append(verify(store, _tell_read))
    return _together(proofs)


def _tell_read(table: str, n: int) -> None:
    if n:
        tell(f"{table}: {n} read")


def _together(proofs: Sequence[Proof]) -> Proof:
    faults: list[Fault] = [fault for proof in proofs for fault in proof.faults]
    return Proof(sum(p.n_facts for p in proofs), sum(p.n_erased for p in proofs), tuple(faults))


def _keep_log(target: Path, entries: Sequence[Entry], clock: Clock, *, is_clean: bool) -> None:
    """Keep beside the new store what a log from elsewhere told; it is there before the store is."""
    beside = read_entries(target)
    news: list[Entry] = [entry for entry in entries if entry not in beside]
    add_entries(target, [*news, Compacted(clock())] if is_clean else news)
