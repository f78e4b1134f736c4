"""The bare app: its one page, tuned as the product is. Run from the project's folder, it takes the same config.toml."""

import gc
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import Final

import streamlit as st
from starlette.middleware import Middleware

from web.middleware import NoDelay

EAGER: Final = ("altair", "pandas", "pyarrow", "numpy", "analytics.charts", "web.look")


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncGenerator[None]:
    """Import what the page draws with, and take it out of the garbage collector's sight."""
    for name in EAGER:
        import_module(name)
    gc.collect()
    gc.freeze()
    yield


app = st.App(Path(__file__).with_name("page.py"), middleware=[Middleware(NoDelay)], lifespan=lifespan)
