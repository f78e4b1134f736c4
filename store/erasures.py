"""The erasure log beside a store: who was erased and when, so that restoring an older backup does not bring them back.

One line of JSON each. It holds numbers and times, no name and no word. A line is durable before rows are deleted.
"""

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from people.models import PersonId
from store.errors import ErasureLogError
from store.rows import Row

_ENDING: Final = ".erasures"


@dataclass(frozen=True, slots=True)
class ErasedPerson:
    """A person was erased. `known_since` tells them from somebody who got the number in another life of the store."""

    org_id: int
    person_id: PersonId
    known_since: datetime
    erased_at: datetime


@dataclass(frozen=True, slots=True)
class RetentionRun:
    """What was past its time at an instant was destroyed."""

    org_id: int
    destroyed_at: datetime


@dataclass(frozen=True, slots=True)
class Compacted:
    """The file was written anew: nothing of what was deleted before is left in it."""

    compacted_at: datetime


Entry = ErasedPerson | RetentionRun | Compacted


def log_path(store_path: Path) -> Path:
    """Return where the log of a store lies."""
    return store_path.with_name(store_path.name + _ENDING)


def add_entries(store_path: Path, entries: Sequence[Entry]) -> None:
    """Write entries at the end of a store's log, durably."""
    if not entries:
        return
    lines = "".join(json.dumps(_as_row(entry)) + "\n" for entry in entries)
    descriptor = os.open(log_path(store_path), os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+b") as log:
        whole = log.read().rfind(b"\n") + 1
        log.truncate(whole)  # a half line was left by a process that was killed: nobody was told that it is kept
        log.write(lines.encode())
        log.flush()
        os.fsync(descriptor)


def read_entries(store_path: Path) -> list[Entry]:
    """Return the entries of a store's log, oldest first; none when there is no log.

    Raises:
        ErasureLogError: A line cannot be read.
    """
    return read_log(log_path(store_path))


def read_log(path: Path) -> list[Entry]:
    """Return the entries of a log, oldest first; none when there is no such file.

    A last line without its end was never acknowledged and is left out.

    Raises:
        ErasureLogError: A line cannot be read.
    """
    if not path.is_file():
        return []
    lines = path.read_text("utf-8").split("\n")[:-1]
    return [_read_line(path, number, line) for number, line in enumerate(lines, start=1)]


def is_compaction_due(entries: Iterable[Entry]) -> bool:
    """Return whether anything was deleted since the file was last written anew."""
    newest = next(reversed(list(entries)), None)
    return newest is not None and not isinstance(newest, Compacted)


def _as_row(entry: Entry) -> Row:
    match entry:
        case ErasedPerson():
            return {
                "org": entry.org_id,
                "person": entry.person_id,
                "known_since": entry.known_since.isoformat(),
                "erased_at": entry.erased_at.isoformat(),
            }
        case RetentionRun():
            return {"org": entry.org_id, "destroyed_at": entry.destroyed_at.isoformat()}
        case Compacted():
            return {"compacted_at": entry.compacted_at.isoformat()}


def _read_line(path: Path, number: int, line: str) -> Entry:
    try:
        row: Row = json.loads(line)
        match sorted(row):
            case ["erased_at", "known_since", "org", "person"]:
                times = (datetime.fromisoformat(row["known_since"]), datetime.fromisoformat(row["erased_at"]))
                return ErasedPerson(int(row["org"]), PersonId(int(row["person"])), *times)
            case ["destroyed_at", "org"]:
                return RetentionRun(int(row["org"]), datetime.fromisoformat(row["destroyed_at"]))
            case ["compacted_at"]:
                return Compacted(datetime.fromisoformat(row["compacted_at"]))
            case _:
                raise ErasureLogError(path, number)
    except (ValueError, TypeError) as error:
        raise ErasureLogError(path, number) from error
