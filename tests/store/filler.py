# ruff: noqa: T201  the printing is how it tells
"""Run by the tests in a process of its own: fills a store, telling each answer's id once it is acknowledged."""

import os
import resource
import signal
import sys
from pathlib import Path
from threading import Lock, Thread

from people.facts import FactId
from store.errors import NotRecordedError
from store.ledger import Store
from tests.store.making import person_added, progress, response


def main(path: Path, manner: str) -> None:
    """Append until a file may not grow any more, then once more when it may; or so many times until killed."""
    if manner == "full":
        _fill_the_disk(path)
        return
    for _ in range(int(manner)):
        # Each is a fork of one that has imported everything and opened nothing.
        process = os.fork()
        if process == 0:
            _fill_until_killed(path)
            os._exit(1)  # nobody listens any more
        os.waitpid(process, 0)


def _fill_the_disk(path: Path) -> None:
    store = Store.open(path)
    started = person_added()
    store.append(started)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    size = path.with_name(f"{path.name}.wal").stat().st_size + 20_000
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    _fill(store, started.fact_id, Lock())
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    answer = response(started.fact_id)
    store.append(answer, progress())
    print(answer.fact_id, flush=True)


def _fill_until_killed(path: Path) -> None:
    """Tell the number of the process, then append from four threads."""
    print(f"process {os.getpid()}", flush=True)
    store = Store.open(path)
    started = person_added()
    store.append(started)
    lock = Lock()
    threads = [Thread(target=_fill, args=(store, started.fact_id, lock)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _fill(store: Store, started_id: FactId, lock: Lock) -> None:
    while True:
        answer = response(started_id)
        try:
            store.append(answer, progress())
        except NotRecordedError as error:
            print(type(error).__name__, flush=True)
            return
        with lock:
            print(answer.fact_id, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
