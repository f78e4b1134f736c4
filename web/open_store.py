"""The one store of this process: the entry opens it, pages and routes find it here."""

import os
import sys
from datetime import datetime
from pathlib import Path

from curriculum.errors import PlatformError
from store.compaction import compact_if_due
from store.ledger import DEFAULT_ORG, Store, utc_now
from store.places import store_path

_open: list[Store] = []


class NoStoreError(RuntimeError):
    """A page or route ran before the server's start or after its end."""

    def __init__(self) -> None:
        """Compose the sentence."""
        super().__init__("The store is not open. Start the app by `make run` or `make serve`.")


def open_named_store() -> tuple[Store, Path]:
    """Return the store and where it lies; end the process with a sentence when it cannot be opened."""
    path = store_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        compact_if_due(path, utc_now())
        return Store.open(path, org=os.environ.get("PRACTICUM_ORG", DEFAULT_ORG)), path
    except PlatformError as error:
        # Nothing is open yet, and the server would print a traceback where a sentence says it all.
        sys.stderr.write(f"{error}\n")
        sys.stderr.flush()
        os._exit(1)


def use_store(store: Store) -> None:
    """Make this the store that pages and routes find."""
    _open[:] = [store]


def forget_store() -> None:
    """Let pages and routes find no store, before it is closed."""
    _open.clear()


def get_store() -> Store:
    """Return the open store.

    Raises:
        NoStoreError: The server has not opened one.
    """
    if not _open:
        raise NoStoreError
    return _open[0]


def now() -> datetime:
    """Return the instant now by the store's clock, UTC with its zone."""
    return get_store().clock()
