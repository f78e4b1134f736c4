"""A process whose disk gets full while it copies: `python -m tests.store.without_room STORE FOLDER`. Prints JSON."""

import json
import logging
import resource
import sys
from collections.abc import Callable
from pathlib import Path

from curriculum.errors import PlatformError
from store.backup import back_up, copy_to
from store.encryption import Recipients, make_key
from store.ledger import Store
from store.restoring import restore
from tests.store.making import person_added


def _told(act: Callable[[], object]) -> str:
    try:
        act()
    except PlatformError as error:
        return str(error)
    return "done"


def main(path: Path, folder: Path) -> None:
    """Back up and restore without room; then go on with it."""
    logging.disable()
    store = Store.open(path, must_exist=True)
    backup = copy_to(store.engine, folder / "before" / "copy.duckdb")
    lock = Recipients((make_key(folder / "key"),))
    new = folder / "new"
    new.mkdir()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (backup.stat().st_size // 2, hard))
    told = {
        "backup": _told(lambda: copy_to(store.engine, new / "copy.duckdb")),
        "locked": _told(lambda: back_up(store.engine, new / "copy.age", lock)),
        "restore": _told(lambda: restore(backup, new / "hub.duckdb")),
    }
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    left = sorted(file.name for file in [*new.iterdir(), *path.parent.glob(".*")])
    store.append(person_added())
    copy_to(store.engine, new / "copy.duckdb")
    store.close()
    sys.stdout.write(json.dumps(told | {"left": " ".join(left), "still": "works"}) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
