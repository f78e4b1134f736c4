"""Writing a store's file anew: a database keeps deleted rows in unused parts of its file, a fresh copy does not."""

import fcntl
import os
from collections.abc import Generator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from store.backup import copy_to, make_durable
from store.duckdb_engine import Engine
from store.erasures import Compacted, add_entries, is_compaction_due, read_entries
from store.errors import ChangedMeanwhileError, StoreBusyError, StoreMissingError
from store.progress import tell
from store.rows import Value


def compact(path: Path, now: datetime) -> Value:
    """Write the store's file anew and return how large it was and is. No app may have it open.

    A process that is killed leaves the old file or the new one, whole.

    Raises:
        StoreMissingError: There is no store.
        StoreBusyError: The app runs.
        NoRoomError: There is no room for a second file.
        ChangedMeanwhileError: Somebody opened the store between the copy and its taking the place.
    """
    if not path.is_file():
        raise StoreMissingError(path)
    fresh = path.with_name(f".{path.name}.compact")
    fresh.unlink(missing_ok=True)
    with closing(Engine.open(path)) as engine:
        engine.checkpoint()
        copy_to(engine, fresh)
    before = path.stat()
    with _held(path):
        if path.stat() != before or path.with_name(f"{path.name}.wal").exists():
            fresh.unlink()
            raise ChangedMeanwhileError(path)
        fresh.replace(path)
        make_durable(path.parent)
    add_entries(path, [Compacted(now)])
    return {"store": str(path), "bytes_before": before.st_size, "bytes": path.stat().st_size}


def compact_if_due(path: Path, now: datetime) -> bool:
    """Write the file anew when something was deleted from it since the last time; return whether it was."""
    if not path.is_file() or not is_compaction_due(read_entries(path)):
        return False
    tell("Deleted words are removed from the store's file ...")
    compact(path, now)
    return True


@contextmanager
def _held(path: Path) -> Generator[None]:
    """Hold the lock that the database takes on its file, so that nobody opens it meanwhile."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise StoreBusyError(path) from error
    finally:
        os.close(descriptor)
