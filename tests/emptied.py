"""Databases of tests, whose tables are made once for all of them: that takes longer than most tests.

Those in memory are used one after the other, and emptied in between. A new file begins as a copy of one that has its
tables and nothing else.
"""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

import duckdb
from duckdb import DuckDBPyConnection

from store.duckdb_engine import Engine
from store.migrations import migrate

_idle: list[DuckDBPyConnection] = []

_LARGEST = 20_000
"""A database with more rows than this is let go: it would keep their room."""

_FILLED = "SELECT table_name, estimated_size FROM duckdb_tables() WHERE NOT temporary AND estimated_size > 0"
_KEPT = "schema_migration"


class EmptiedEngine(Engine):
    """An engine in memory whose database another one may get once this one is closed. A file gets a usual engine."""

    room: ClassVar[int] = 4
    """So many databases are kept for others."""

    @classmethod
    def open(cls, path: Path) -> Engine:
        """Return the usual engine of a file; one that is new has its tables already."""
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_new_file())
        return Engine.open(path)

    @classmethod
    def memory(cls) -> "EmptiedEngine":
        """Return an empty database; one that was used before has its tables already."""
        if not _idle:
            return cls(Engine.memory().writing, None)
        return cls(_idle.pop(), None)

    def close(self) -> None:
        """Close all cursors; empty the database and keep it for the next."""
        connection, self._connection = self._connection, None
        super().close()
        if connection is None:
            return
        if len(_idle) < self.room and _empty(connection):
            _idle.append(connection)
        else:
            connection.close()


@cache
def _new_file() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "new.duckdb"
        engine = Engine.open(path)
        migrate(engine, datetime.now(UTC))
        engine.close()
        return path.read_bytes()


def let_go() -> None:
    """Keep no database any longer."""
    EmptiedEngine.room = 0
    while _idle:
        _idle.pop().close()


def _empty(connection: DuckDBPyConnection) -> bool:
    """Delete all rows; return whether the database is worth keeping."""
    filled: list[tuple[str, Any]] = connection.execute(_FILLED).fetchall()
    if sum(n for _, n in filled) > _LARGEST:
        return False
    try:
        connection.execute("BEGIN TRANSACTION")
        for name, _ in filled:
            if name != _KEPT:
                connection.execute(f"DELETE FROM {name}")
        connection.execute("COMMIT")
    except duckdb.Error:
        return False
    return True
