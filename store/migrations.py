"""Numbered SQL files, each applied once in a transaction of its own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from store.backup import copy_to
from store.duckdb_engine import Engine
from store.errors import MigrationEditedError, StoreTooNewError
from store.rows import stored_instant

_NAME: Final = re.compile(r"(\d{4})_\w+\.sql")
_COLUMNS: Final = ("version", "name", "checksum", "applied_at")


@dataclass(frozen=True, slots=True)
class Migration:
    """One file: its number, its name, its statements."""

    version: int
    name: str
    sql: str

    @property
    def checksum(self) -> str:
        """Return the SHA-256 of the file's text."""
        return sha256(self.sql.encode()).hexdigest()


def load_migrations(folder: Traversable | None = None) -> list[Migration]:
    """Return the migrations of the program (or of another folder) in order."""
    source = folder or files("store").joinpath("migrations")
    found = [(match, entry) for entry in source.iterdir() if (match := _NAME.fullmatch(entry.name))]
    migrations = [Migration(int(match[1]), entry.name, entry.read_text("utf-8")) for match, entry in found]
    return sorted(migrations, key=lambda migration: migration.version)


def pending(engine: Engine, migrations: Sequence[Migration]) -> list[Migration]:
    """Return the migrations that the store has not had.

    Raises:
        MigrationEditedError: An applied file was changed.
        StoreTooNewError: The store has had one that there is no file for.
    """
    applied = _applied(engine)
    known = {migration.version for migration in migrations}
    if strange := sorted(version for version in applied if version not in known):
        raise StoreTooNewError(strange)
    for migration in migrations:
        if applied.get(migration.version, migration.checksum) != migration.checksum:
            raise MigrationEditedError(migration.name)
    return [migration for migration in migrations if migration.version not in applied]


def migrate(
    engine: Engine, now: datetime, migrations: Sequence[Migration] | None = None, *, makes_copy: bool = True
) -> list[Migration]:
    """Return the migrations that were applied now; an existing file is copied first, beside itself, if that is wanted.

    Raises:
        MigrationEditedError: An applied file was changed; nothing is applied.
        StoreTooNewError: The store has had one that there is no file for.
    """
    waiting = pending(engine, load_migrations() if migrations is None else migrations)
    if waiting and makes_copy and engine.path is not None and _applied(engine):
        stamp = stored_instant(now).strftime("%Y%m%dT%H%M%S")
        copy_to(engine, engine.path.with_name(f"{engine.path.name}.before-{waiting[0].version:04}-{stamp}"))
    for migration in waiting:
        _apply(engine, migration, now)
    return waiting


def _applied(engine: Engine) -> dict[int, str]:
    if not engine.has_table("schema_migration"):
        return {}
    return {row[0]: row[1] for row in engine.fetch("SELECT version, checksum FROM schema_migration")}


def _apply(engine: Engine, migration: Migration, now: datetime) -> None:
    engine.begin()
    try:
        engine.writing.execute(migration.sql)
        row = [migration.version, migration.name, migration.checksum, stored_instant(now)]
        engine.insert("schema_migration", _COLUMNS, [row])
        engine.commit()
    except BaseException:
        engine.rollback()
        raise
