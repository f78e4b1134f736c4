"""The one thread that writes: it takes what is waiting and commits it together."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from threading import Lock, Thread, current_thread
from typing import Final, Generic, Protocol, TypeVar

import duckdb

from curriculum.errors import PlatformError
from store.duckdb_engine import Engine
from store.errors import NotRecordedError, StoreClosedError
from store.rows import Value

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

LARGEST_BATCH: Final = 256
IDLE_S: Final = 2.0

log = logging.getLogger(__name__)


class Batch(Protocol):
    """What the jobs of one transaction share."""

    def flush(self) -> None:
        """Write the rows that were gathered so far."""
        ...

    def committed(self) -> None:
        """Take note that everything is durable."""
        ...


B = TypeVar("B", bound=Batch)


class Job(Generic[B, T_co]):
    """Something to write. `apply` may run twice: in a batch that failed, be it of one, then alone."""

    def __init__(self, apply: Callable[[B, bool], T_co]) -> None:
        """Keep what to do: it is given the batch, and whether it is tried again, alone in it."""
        self.apply = apply
        self.future: Future[Value] = Future()


class Writer(Generic[B]):
    """A thread that owns the engine's writing connection."""

    def __init__(self, engine: Engine, new_batch: Callable[[], B]) -> None:
        """Start the thread; `new_batch` makes what the jobs of one transaction share."""
        self._engine = engine
        self._new_batch = new_batch
        self._waiting: SimpleQueue[Job[B, Value] | None] = SimpleQueue()
        self._is_closed = False
        self._door = Lock()
        self._thread = Thread(target=self._run, name="store-writer", daemon=True)
        self._thread.start()

    def write(self, apply: Callable[[B, bool], T]) -> T:
        """Return what the job returns, once it is durable.

        Raises:
            StoreClosedError: The writer was closed.
            NotRecordedError: The engine refused.
        """
        if self.is_this_thread:
            raise RuntimeError("the writer's thread would wait for itself; write from another thread")
        job = Job(apply)
        with self._door:
            if self._is_closed:
                raise StoreClosedError
            self._waiting.put(job)
        result: T = job.future.result()
        return result

    @property
    def is_this_thread(self) -> bool:
        """Return whether the caller is the writer's thread."""
        return current_thread() is self._thread

    def close(self) -> None:
        """Write what waits, then end the thread."""
        with self._door:
            self._is_closed = True
            self._waiting.put(None)
        self._thread.join()

    def _run(self) -> None:
        is_open = True
        while is_open:
            jobs, is_open = self._next_jobs()
            if jobs:
                self._write_together(jobs)
            self._checkpoint(is_idle=not jobs)

    def _next_jobs(self) -> tuple[list[Job[B, Value]], bool]:
        jobs: list[Job[B, Value]] = []
        try:
            job = self._waiting.get(timeout=IDLE_S if self._engine.log_bytes() > self._engine.idle_log_bytes else None)
            while job is not None:
                jobs.append(job)
                if len(jobs) == LARGEST_BATCH:
                    return jobs, True
                job = self._waiting.get_nowait()
        except Empty:
            return jobs, True
        return jobs, False

    def _write_together(self, jobs: Sequence[Job[B, Value]]) -> None:
        try:
            results = self._transaction(jobs, are_alone=False)
        except Exception:
            for job in jobs:
                self._write_alone(job)
            return
        for job, result in zip(jobs, results, strict=True):
            job.future.set_result(result)

    def _write_alone(self, job: Job[B, Value]) -> None:
        try:
            [result] = self._transaction([job], are_alone=True)
        except Exception as error:
            _fail(job, error)
            return
        job.future.set_result(result)

    def _transaction(self, jobs: Sequence[Job[B, Value]], *, are_alone: bool) -> list[Value]:
        batch = self._new_batch()
        try:
            self._engine.begin()
            results = [job.apply(batch, are_alone) for job in jobs]
            batch.flush()
            self._engine.commit()
        except BaseException:
            self._engine.rollback()
            raise
        batch.committed()
        return results

    def _checkpoint(self, *, is_idle: bool) -> None:
        size = self._engine.log_bytes()
        if size > self._engine.busy_log_bytes or (is_idle and size > self._engine.idle_log_bytes):
            try:
                is_moved = self._engine.checkpoint()
            except duckdb.Error:
                log.exception("The log could not be moved into the file; if reading fails too, restart the app")
                return
            if not is_moved:
                log.error("The disk is nearly full: the log was not moved into the file; make room soon")


def _fail(job: Job[Value, Value], error: Exception) -> None:
    if isinstance(error, duckdb.Error):
        log.error("The engine refused to write: %s", error)
        refused = NotRecordedError(str(error))
        refused.__cause__ = error
        job.future.set_exception(refused)
        return
    if not isinstance(error, PlatformError):
        log.error("A job of the writer failed", exc_info=error)
    job.future.set_exception(error)
