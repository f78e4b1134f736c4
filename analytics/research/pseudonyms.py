"""Codes that stand for people and facts: a keyed hash, the same in every export, and no way back without its key.

The key never leaves the hub's folder. Who has it could try all numbers, so it is its owner's alone to read. Once it is
lost, later exports have other codes.
"""

import hmac
import os
import secrets
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from analytics.research.errors import BadKeyError
from store.places import hub_folder
from store.room import make_folder, writing

_N_BYTES: Final = 32
_N_LETTERS: Final = 16


def key_path() -> Path:
    """Return where the key lies."""
    return hub_folder() / "secrets" / "research.key"


def load_key(path: Path) -> bytes:
    """Return the key of the hub; it is made when there is none.

    Raises:
        BadKeyError: The file holds no key.
        CannotWriteError: It cannot be made there.
    """
    if not path.exists():
        _make_key(path)
    key = path.read_bytes()
    if len(key) != _N_BYTES:
        raise BadKeyError(path, len(key), _N_BYTES)
    return key


def _make_key(path: Path) -> None:
    with writing(path, n_bytes=_N_BYTES):
        make_folder(path)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # somebody else has just made it
            return
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(_N_BYTES))


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """Makes codes with a key, apart for each kind of thing."""

    key: bytes

    def code(self, kind: str, *parts: object) -> str:
        """Return the code of a thing, such as `code("person", 12)`."""
        message = "\x1f".join([kind, *map(str, parts)]).encode()
        return hmac.new(self.key, message, sha256).hexdigest()[:_N_LETTERS]
