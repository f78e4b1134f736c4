"""Golden files: what a report said when somebody last looked at it and found it right."""

from pathlib import Path
from typing import Final

import pytest

FOLDER: Final = Path(__file__).parent / "golden"


def compare(name: str, text: str, *, is_updated: bool) -> None:
    """Compare a text with the file of a name, or write it there; dates and places are normalised before."""
    path = FOLDER / name
    if is_updated:
        path.write_text(text, "utf-8")
    if not path.exists():
        pytest.fail(f"tests/golden/{name} does not exist. Run pytest with --update-golden, then read it.")
    assert text == path.read_text("utf-8"), f"tests/golden/{name} differs. Right? Then run pytest with --update-golden."
