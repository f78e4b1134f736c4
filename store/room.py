"""Room on the disk: asked for before a long copy begins, and told in a sentence when it runs out all the same."""

import errno
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import duckdb

from store.errors import CannotWriteError, NoRoomError

_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_SAID_BY_ENGINE: Final = ("No space left", "File too large", "Disk quota", "Could not write all bytes")


def require_room(target: Path, n_bytes: int) -> None:
    """Return when the disk of a new file has so much room.

    Raises:
        NoRoomError: It has not.
        CannotWriteError: The folder cannot be made.
    """
    make_folder(target)
    free = shutil.disk_usage(target.parent).free
    if free < n_bytes:
        raise NoRoomError(target, n_bytes, free)


def make_folder(target: Path) -> None:
    """Make the folder of a new file, if it is missing.

    Raises:
        CannotWriteError: It cannot be made.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWriteError(target, f"its folder cannot be made ({error.strerror})") from error


@contextmanager
def writing(target: Path, *unfinished: Path, n_bytes: int) -> Generator[None]:
    """Write a new file in the block; what is unfinished is taken away again when anything goes wrong.

    Raises:
        NoRoomError: The disk got full meanwhile.
        CannotWriteError: The place is none to write to.
    """
    try:
        yield
    except BaseException as error:
        for path in unfinished:
            path.unlink(missing_ok=True)
            path.with_name(f"{path.name}.wal").unlink(missing_ok=True)
        if _is_for_want_of_room(error):
            raise NoRoomError(target, n_bytes, shutil.disk_usage(target.parent).free) from error
        if isinstance(error, OSError) and not isinstance(error, FileExistsError):
            raise CannotWriteError(target, error.strerror or str(error)) from error
        if isinstance(error, duckdb.IOException):
            raise CannotWriteError(target, str(error).splitlines()[0].rstrip(".")) from error
        raise


def _is_for_want_of_room(error: BaseException) -> bool:
    if isinstance(error, OSError):
        return error.errno in _NO_ROOM
    return isinstance(error, duckdb.Error) and any(words in str(error) for words in _SAID_BY_ENGINE)
