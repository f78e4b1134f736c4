"""The entry: joins store, routes, middleware and pages into one ASGI app.

`streamlit run app.py`, `uvicorn app:app` and `python app.py` all work.
"""

import gc
import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import Final

import streamlit as st

from analytics.commands import COMMANDS
from store.socket import serve_store
from store.standing import Refresher
from web.arrival import find_person
from web.first_sign_in import print_first_code
from web.middleware import list_middleware
from web.open_store import forget_store, open_named_store, use_store
from web.routes import ROUTES

HERE: Final = Path(__file__).parent
EAGER: Final = ("altair", "pandas", "pyarrow", "numpy", "web.views")
"""Imported before the first person comes, who would wait a second for them otherwise."""


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncGenerator[None]:
    """Open the store and its socket for the command line; close both at the end."""
    for name in EAGER:
        import_module(name)
    os.umask(0o077)
    store, path = open_named_store()
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
