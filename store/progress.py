"""Progress of long work: whoever runs a command listens, and the work tells, whichever thread or process it is in."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from threading import Event, Thread
from typing import Final

Listener = Callable[[str], None]

_EVERY_S: Final = 1.0
_MB: Final = 1_000_000


def _silent(_words: str) -> None:
    """Listen to nothing."""


_listener: Final[ContextVar[Listener]] = ContextVar("progress", default=_silent)


def tell(words: str) -> None:
    """Say how far the work is."""
    _listener.get()(words)


@contextmanager
def told_to(listener: Listener) -> Generator[None]:
    """Let the listener hear what the block tells."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


@contextmanager
def telling_growth(path: Path, n_bytes: int, what: str) -> Generator[None]:
    """Tell every second how much of a file is there while the block writes it, if that takes so long.

    Args:
        path: The file that grows.
        n_bytes: About how large it will be.
        what: What is done, such as "copying".
    """
    is_over, listener = Event(), _listener.get()

    def watch() -> None:
        while not is_over.wait(_EVERY_S):
            size = path.stat().st_size if path.exists() else 0
            listener(f"{what}: {size / _MB:.0f} of about {n_bytes / _MB:.0f} MB")

    thread = Thread(target=watch, name="progress", daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()
