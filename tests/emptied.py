"""Databases in memory that tests use one after the other: migrated once, then emptied instead of made anew.

To make the tables takes ten times as long as to empty those that a test has filled.
"""

from typing import Any, ClassVar

import duckdb
from duckdb import DuckDBPyConnection

from store.duckdb_engine import Engine

_idle: list[DuckDBPyConnection] = []

_LARGEST = 20_000
"""A database with more rows than this is let go: it would keep their room."""

_FILLED = "SELECT table_name, estimated_size FROM duckdb_tables() WHERE NOT temporary AND estimated_size > 0"
_KEPT = "schema_migration"


class EmptiedEngine(Engine):
    """An engine in memory whose database another one may get once this one is closed. A file gets a usual engine."""

    open = Engine.open

    room: ClassVar[int] = 4
    """So many databases are kept for others."""

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
