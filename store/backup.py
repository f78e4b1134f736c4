"""Copies of a store: made while the app goes on writing, and put back."""

import os
import shutil
from pathlib import Path

from store.duckdb_engine import FILE_FORMAT, Engine
from store.errors import StoreExistsError, StoreMissingError


def copy_to(engine: Engine, target: Path) -> Path:
    """Return the new file that holds one consistent state of the store; writing goes on meanwhile.

    Raises:
        StoreExistsError: The file exists.
    """
    if target.exists():
        raise StoreExistsError(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    with engine.reading() as cursor:
        source = cursor.execute("SELECT current_database()").fetchall()[0][0]
        cursor.execute(f"ATTACH {_text(str(unfinished))} AS copied (STORAGE_VERSION {_text(FILE_FORMAT)})")
        try:
            cursor.execute(f"COPY FROM DATABASE {_name(source)} TO copied")
        finally:
            cursor.execute("DETACH copied")
    unfinished.chmod(0o600)
    _make_durable(unfinished)
    unfinished.replace(target)
    _make_durable(target.parent)
    return target


def restore_file(source: Path, target: Path) -> Path:
    """Return the store that was made from a backup.

    Raises:
        StoreMissingError: There is no backup at the path.
        StoreExistsError: A store stands at the target; it is never overwritten.
    """
    if not source.is_file():
        raise StoreMissingError(source)
    if target.exists():
        raise StoreExistsError(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.unfinished")
    shutil.copyfile(source, unfinished)
    unfinished.chmod(0o600)
    _make_durable(unfinished)
    unfinished.replace(target)
    _make_durable(target.parent)
    return target


def _make_durable(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _name(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'
