"""Copies of a store, made while the app goes on writing; locked when a key is given."""

import os
from pathlib import Path
from uuid import uuid4

from store.duckdb_engine import FILE_FORMAT, Engine
from store.encryption import Lock, check_lock, encrypt
from store.errors import StoreExistsError
from store.progress import tell, telling_growth
from store.room import require_room, writing


def copy_to(engine: Engine, target: Path) -> Path:
    """Return the new file that holds one consistent state of the store; writing goes on meanwhile.

    Raises:
        StoreExistsError: The file exists.
        NoRoomError: The disk is full; nothing is left behind.
    """
    if target.exists():
        raise StoreExistsError(target)
    unfinished, n_bytes = unfinished_name(target), size_of(engine)
    require_room(target, n_bytes)
    unfinished.unlink(missing_ok=True)
    with writing(target, unfinished, n_bytes=n_bytes), telling_growth(unfinished, n_bytes, "copying"):
        _copy(engine, unfinished)
        put_in_place(unfinished, target)
    return target


def back_up(engine: Engine, target: Path, lock: Lock | None) -> Path:
    """Return the new file that holds one consistent state of the store, locked if there is a lock for it.

    Before it is locked, the copy lies beside the store, where everything lies open already.

    Raises:
        StoreExistsError: The file exists.
        BadKeyError: The lock cannot be used.
        NoRoomError: The disk is full; nothing is left behind.
    """
    if lock is None:
        return copy_to(engine, target)
    check_lock(lock)
    if target.exists():
        raise StoreExistsError(target)
    home = target.parent if engine.path is None else engine.path.parent
    require_room(target, size_of(engine))
    plain, unfinished = home / f".{target.name}.open", unfinished_name(target)
    plain.unlink(missing_ok=True)
    copy_to(engine, plain)
    n_bytes = plain.stat().st_size
    try:
        tell("encrypting")
        with writing(target, unfinished, n_bytes=n_bytes), telling_growth(unfinished, n_bytes, "encrypting"):
            encrypt(plain, unfinished, lock)
            put_in_place(unfinished, target)
    finally:
        plain.unlink(missing_ok=True)
    return target


def size_of(engine: Engine) -> int:
    """Return about how many bytes a copy needs."""
    return 0 if engine.path is None else engine.path.stat().st_size + engine.log_bytes()


def unfinished_name(target: Path) -> Path:
    """Return the name of a new file until it is whole."""
    return target.with_name(f".{target.name}.unfinished")


def put_in_place(unfinished: Path, target: Path) -> None:
    """Give a whole file its name, durably: a process that is killed leaves all of it or nothing."""
    unfinished.chmod(0o600)
    make_durable(unfinished)
    unfinished.replace(target)
    make_durable(target.parent)


def make_durable(path: Path) -> None:
    """Return once a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _copy(engine: Engine, target: Path) -> None:
    alias = f"copy_{uuid4().hex}"
    with engine.reading() as cursor:
        source = cursor.execute("SELECT current_database()").fetchall()[0][0]
        cursor.execute(f"ATTACH {_text(str(target))} AS {alias} (STORAGE_VERSION {_text(FILE_FORMAT)})")
        try:
            cursor.execute(f"COPY FROM DATABASE {_name(source)} TO {alias}")
        finally:
            cursor.execute(f"DETACH {alias}")


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _name(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'
