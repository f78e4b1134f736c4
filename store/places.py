"""Where the things of a hub lie: its folder, and in it the store."""

import os
from pathlib import Path
from typing import Final

_HOME: Final = Path(__file__).parents[1] / "var"


def hub_folder() -> Path:
    """Return the folder of all that belongs to the hub: PRACTICUM_HOME, else `var` beside the app."""
    return Path(os.environ.get("PRACTICUM_HOME", _HOME))


def store_path() -> Path:
    """Return where the store lies: PRACTICUM_STORE, else practicum.duckdb in the hub's folder."""
    return Path(os.environ.get("PRACTICUM_STORE", hub_folder() / "practicum.duckdb"))
