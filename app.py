"""The entry: joins store, routes, middleware and pages into one ASGI app.

`streamlit run app.py`, `uvicorn app:app` and `python app.py` all work.
"""

import gc
import os
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import Final

import streamlit as st

from analytics.commands import COMMANDS
from curriculum.errors import PlatformError
from store.ledger import DEFAULT_ORG, Store
from store.socket import serve_store
from store.standing import Refresher
from web.arrival import find_person
from web.first_sign_in import print_first_code
from web.middleware import list_middleware
from web.open_store import forget_store, use_store
from web.routes import ROUTES

HERE: Final = Path(__file__).parent
EAGER: Final = ("altair", "pandas", "pyarrow", "numpy", "web.views")
"""Imported before the first person comes, who would wait a second for them otherwise."""


def store_path() -> Path:
    """Return where the store lies: PRACTICUM_STORE, else practicum.duckdb in PRACTICUM_HOME or ./var."""
    home = Path(os.environ.get("PRACTICUM_HOME", HERE / "var"))
    return Path(os.environ.get("PRACTICUM_STORE", home / "practicum.duckdb"))


def open_store() -> tuple[Store, Path]:
    """Return the store and where it lies; end the process with a sentence when it cannot be opened."""
    path = store_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return Store.open(path, org=os.environ.get("PRACTICUM_ORG", DEFAULT_ORG)), path
    except PlatformError as error:
        # Nothing is open yet, and the server would print a traceback where a sentence says it all.
        sys.stderr.write(f"{error}\n")
        sys.stderr.flush()
        os._exit(1)


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncGenerator[None]:
    """Open the store and its socket for the command line; close both at the end."""
    for name in EAGER:
        import_module(name)
    store, path = open_store()
    use_store(store)
    refresher = Refresher(store)
    refresher.start()
    print_first_code(store)
    gc.collect()
    gc.freeze()
    try:
        with serve_store(store, path, COMMANDS):
            yield
    finally:
        forget_store()
        refresher.stop()
        store.close()


app = st.App(
    HERE / "web" / "main.py",
    routes=ROUTES,
    middleware=list_middleware(find_person),
    lifespan=lifespan,
)

if __name__ == "__main__":
    app.run()
