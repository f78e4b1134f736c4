# ruff: noqa: T201  the printing is how it tells
"""Run by the tests in a process of its own: fills a store, telling each answer's id once it is acknowledged."""

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
    """Append from four threads until the end, or until a file may not grow any more; then once more when it may."""
    store = Store.open(path)
    started = person_added()
    store.append(started)
    if manner == "full":
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        size = path.with_name(f"{path.name}.wal").stat().st_size + 20_000
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
        _fill(store, started.fact_id, Lock())
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        answer = response(started.fact_id)
        store.append(answer, progress())
        print(answer.fact_id, flush=True)
        return
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
