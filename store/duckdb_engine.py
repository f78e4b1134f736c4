# ruff: noqa: S608  the names come from the plans of facts, never from people
"""The embedded database: one file, one process, a cursor for each reader, one connection that writes."""

import os
from collections import deque
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Final
from uuid import UUID

import duckdb
import pyarrow
from duckdb import Appender, DuckDBPyConnection, Statement

from store.errors import NotAStoreError, StoreBusyError, StoreClosedError
from store.rows import Value

Parameters = Sequence[Value] | Mapping[str, Value]

FILE_FORMAT: Final = "v1.5.0"
"""The format that DuckDB 1.5 can open too."""

CHECKPOINT_ROOM: Final = 16_000_000
"""A checkpoint writes what changed anew before it frees the old: so many bytes, and those of the log."""

COLUMNAR_FROM: Final = 2_000
"""From about so many rows on, turning them into columns costs less than handing them over one by one."""

IDLE_LOG_BYTES: Final = 64_000
BUSY_LOG_BYTES: Final = 4_000_000
"""Replaying a log costs 0.1 ms a commit; the writer empties it when nothing waits, or when it has grown long."""

BULK_LOG_BYTES: Final = 256_000_000
"""Each time the log is emptied, nearly the whole index of fact ids is written anew, as ids come in no order."""

_ARROW: Final[Value] = pyarrow

_SETTINGS: Final[dict[str, str | bool | int | float | list[str]]] = {
    "storage_compatibility_version": FILE_FORMAT,
    # The writer checkpoints by the real size of the log: DuckDB's own estimate at 1 MB rewrites the keys
    # at every commit of more than about twenty rows.
    "checkpoint_threshold": "64MB",
    "python_enable_replacements": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


class Engine:
    """An open database. Reading takes a cursor of its own; only the writer thread uses `writing`.

    Attributes:
        path: The file, None in memory.
        columnar_from: So many rows of one table at once are written by columns.
        idle_log_bytes: From so many bytes on the log is emptied when nothing waits to be written.
        busy_log_bytes: From so many bytes on it is emptied in any case.
        before_reading: Called before anything is read, in the reader's thread.
    """

    def __init__(self, connection: DuckDBPyConnection, path: Path | None) -> None:
        """Take over an open connection; `path` is None in memory."""
        self.path = path
        self._connection: DuckDBPyConnection | None = connection
        self._idle: deque[DuckDBPyConnection] = deque()
        self._appenders: dict[tuple[str, tuple[str, ...]], Appender] = {}
        self._arrow_types: dict[tuple[str, tuple[str, ...]], list[Value]] = {}
        self.columnar_from = COLUMNAR_FROM
        self.idle_log_bytes = IDLE_LOG_BYTES
        self.busy_log_bytes = BUSY_LOG_BYTES
        self.before_reading: Callable[[], None] | None = None

    @property
    def writing(self) -> DuckDBPyConnection:
        """Return the writer's connection.

        Raises:
            StoreClosedError: The database was closed.
        """
        if self._connection is None:
            raise StoreClosedError
        return self._connection

    @classmethod
    def open(cls, path: Path) -> "Engine":
        """Return the database of a file, which is made when it is missing.

        Raises:
            StoreBusyError: Another process has it.
            NotAStoreError: It is no database.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return cls(duckdb.connect(path, config=_SETTINGS), path)
        except duckdb.IOException as error:
            if "lock" in str(error):
                raise StoreBusyError(path) from error
            raise NotAStoreError(path, _first_line(error)) from error
        except duckdb.Error as error:
            raise NotAStoreError(path, _first_line(error)) from error

    @classmethod
    def memory(cls) -> "Engine":
        """Return a database that is gone when it is closed."""
        settings = {name: value for name, value in _SETTINGS.items() if name != "storage_compatibility_version"}
        return cls(duckdb.connect(":memory:", config=settings), None)

    @contextmanager
    def reading(self) -> Generator[DuckDBPyConnection]:
        """Lend a cursor that no other thread has; an exception rolls it back."""
        if self.before_reading is not None:
            self.before_reading()
        try:
            cursor = self._idle.pop()
        except IndexError:
            cursor = self.writing.cursor()
        try:
            yield cursor
        except BaseException:
            cursor.close()
            raise
        self._idle.append(cursor)

    def new_reader(self) -> DuckDBPyConnection:
        """Return a cursor of the caller's own, to close; temporary tables in it are seen by nobody else."""
        return self.writing.cursor()

    def fetch(self, sql: str, parameters: Parameters | None = None) -> list[tuple[Value, ...]]:
        """Return the rows of one question."""
        with self.reading() as cursor:
            return cursor.execute(parsed(sql), parameters).fetchall()

    def has_table(self, name: str) -> bool:
        """Return whether there is a table of that name. To list all tables would cost 20 ms at each start."""
        try:
            self.fetch(f"SELECT 1 FROM {name} LIMIT 0")
        except duckdb.CatalogException:
            return False
        return True

    def insert(self, table: str, columns: tuple[str, ...], rows: Sequence[Sequence[Value]]) -> None:
        """Write rows into a table, in the writer's transaction; many at once go in by columns."""
        if len(rows) >= self.columnar_from:
            self._insert_columns(table, columns, rows)
            return
        appender = self._appenders.get((table, columns))
        if appender is None:
            appender = self._appenders[table, columns] = self.writing.appender(table, columns=list(columns))
        appender.append_rows(rows)
        appender.flush()

    def _insert_columns(self, table: str, columns: tuple[str, ...], rows: Sequence[Sequence[Value]]) -> None:
        names = ", ".join(columns)
        types = self._arrow_types.get((table, columns))
        if types is None:
            empty: Value = self.writing.sql(f"SELECT {names} FROM {table} LIMIT 0")
            types = self._arrow_types[table, columns] = [field.type for field in empty.to_arrow_table().schema]
        arrays = [_arrow_array(values, kind) for values, kind in zip(zip(*rows, strict=True), types, strict=True)]
        self.writing.register("fresh_rows", _ARROW.table(arrays, names=list(columns)))
        self.writing.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM fresh_rows")
        self.writing.unregister("fresh_rows")

    def write_in_bulk(self) -> None:
        """Empty the log seldom from now on: for millions of facts in a file that nobody uses yet."""
        self.idle_log_bytes = self.busy_log_bytes = BULK_LOG_BYTES
        self.writing.execute(f"SET checkpoint_threshold = '{2 * BULK_LOG_BYTES}B'")

    def begin(self) -> None:
        """Start a transaction of the writer."""
        self.writing.execute("BEGIN TRANSACTION")

    def commit(self) -> None:
        """Make the writer's transaction durable."""
        self.writing.execute("COMMIT")

    def rollback(self) -> None:
        """Undo the writer's transaction. Needed after any exception: a COMMIT would report success and lose all."""
        for appender in self._appenders.values():
            appender.clear()
        try:
            self.writing.execute("ROLLBACK")
        except duckdb.TransactionException:
            # A failed COMMIT has ended the transaction already.
            return

    def log_bytes(self) -> int:
        """Return how much of the log a reopening would replay."""
        if self.path is None:
            return 0
        log = self.path.with_name(f"{self.path.name}.wal")
        return log.stat().st_size if log.exists() else 0

    def checkpoint(self) -> bool:
        """Move the log into the file; without room for that, leave it where it is and return False.

        A checkpoint that fails for want of room makes the database unusable until it is opened again.
        """
        if self.path is not None and not _has_room(self.path, CHECKPOINT_ROOM + self.log_bytes()):
            return False
        self.writing.execute("CHECKPOINT")
        return True

    def close(self) -> None:
        """Close all cursors and the file."""
        self._appenders.clear()
        while self._idle:
            self._idle.pop().close()
        if self._connection is not None:
            self._connection.close()
            self._connection = None


@lru_cache(maxsize=512)
def parsed(sql: str) -> Statement | str:
    """Return a question as the engine has read it: the statement of readiness takes a quarter of its time to read.

    More than one statement is left as it is.
    """
    statements = duckdb.extract_statements(sql)
    return statements[0] if len(statements) == 1 else sql


def _arrow_array(values: Sequence[Value], kind: Value) -> Value:
    if isinstance(values[0], UUID):
        return _ARROW.array([str(value) for value in values])
    return _ARROW.array(values, type=kind)


def _has_room(path: Path, n_bytes: int) -> bool:
    """Return whether a file as long as this one can grow by so many bytes; it is tried, with a file of holes beside."""
    probe = path.with_name(f"{path.name}.room")
    try:
        with probe.open("wb") as file:
            os.posix_fallocate(file.fileno(), path.stat().st_size, n_bytes)
    except OSError:
        return False
    finally:
        probe.unlink(missing_ok=True)
    return True


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0].rstrip(".")
