"""Encrypted backups: files in the age format, so that other programs of that format can open them too."""

import errno
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyrage

from store.errors import BadKeyError, NoKeyError, StoreExistsError, WrongKeyError
from store.room import make_folder, writing
from store.rows import Value

_AGE: Final[Value] = pyrage
_HEAD: Final = b"age-encryption.org/v1"
_SECRET: Final = "AGE-SECRET-KEY-1"


@dataclass(frozen=True, slots=True)
class Passphrase:
    """Words that lock and open. The whole file passes through memory."""

    words: str


@dataclass(frozen=True, slots=True)
class Recipients:
    """Public keys (`age1…`) for which a file is locked; whoever holds one of the secret keys opens it."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A file with secret keys, one a line."""

    path: Path


Lock = Passphrase | Recipients
Key = Passphrase | KeyFile


def is_encrypted(path: Path) -> bool:
    """Return whether a file is locked."""
    with path.open("rb") as file:
        return file.read(len(_HEAD)) == _HEAD


def check_lock(lock: Lock) -> None:
    """Return when the lock can be used; a mistake is found before anything is copied.

    Raises:
        BadKeyError: A public key is none, or the passphrase is empty.
    """
    match lock:
        case Recipients():
            _recipients(lock.keys)
        case Passphrase(words):
            if not words:
                raise BadKeyError("the passphrase", "nothing", "some words")


def encrypt(source: Path, target: Path, lock: Lock) -> None:
    """Write a file anew, locked."""
    with source.open("rb") as plain, target.open("wb") as locked:
        match lock:
            case Passphrase(words):
                locked.write(_AGE.passphrase.encrypt(plain.read(), words))
            case Recipients(keys):
                try:
                    _AGE.encrypt_io(plain, locked, _recipients(keys))
                except _AGE.EncryptError as error:
                    # What the disk said is wrapped: most likely that it is full.
                    raise OSError(errno.ENOSPC, str(error)) from error


def decrypt(source: Path, target: Path, key: Key | None) -> None:
    """Write a locked file anew, open.

    Raises:
        NoKeyError: No key was given.
        BadKeyError: The key file holds no secret key.
        WrongKeyError: The key does not open this file, or the file is damaged.
    """
    if key is None:
        raise NoKeyError(source)
    with source.open("rb") as locked, target.open("wb") as plain:
        try:
            match key:
                case Passphrase(words):
                    plain.write(_AGE.passphrase.decrypt(locked.read(), words))
                case KeyFile(path):
                    _AGE.decrypt_io(locked, plain, _identities(path))
        except _AGE.DecryptError as error:
            raise WrongKeyError(source) from error
        except OSError as error:
            if error.errno is not None:
                raise
            # Without a number it is no fault of the disk: what was read is not whole.
            raise WrongKeyError(source) from error


def make_key(path: Path) -> str:
    """Write a new secret key into a file of its owner alone; return the public key.

    Raises:
        StoreExistsError: The file exists.
    """
    identity = _AGE.x25519.Identity.generate()
    public = str(identity.to_public())
    if path.exists():
        raise StoreExistsError(path)
    with writing(path, n_bytes=0):
        make_folder(path)
        path.touch(mode=0o600)
        path.write_text(f"# public key: {public}\n{identity}\n", "utf-8")
    return public


def _recipients(keys: Sequence[str]) -> list[Value]:
    try:
        return [_AGE.x25519.Recipient.from_str(key) for key in keys]
    except _AGE.RecipientError as error:
        raise BadKeyError("--recipient", " ".join(keys), "public keys, each beginning with age1") from error


def _identities(path: Path) -> list[Value]:
    try:
        lines = [line.strip() for line in path.read_text("utf-8").splitlines()]
        return [_AGE.x25519.Identity.from_str(line) for line in lines if line.startswith(_SECRET)] or _no_key(path)
    except (OSError, UnicodeDecodeError, _AGE.IdentityError) as error:
        raise BadKeyError("--key", str(path), f"a file with a line that begins with {_SECRET}") from error


def _no_key(path: Path) -> list[Value]:
    raise BadKeyError("--key", str(path), f"a file with a line that begins with {_SECRET}")
