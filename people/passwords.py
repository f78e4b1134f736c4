"""Passwords: which are good enough, and argon2id to keep and check them."""

import unicodedata
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from people.common_passwords import COMMON
from people.errors import PasswordRefusedError

MIN_LENGTH: Final = 10
MAX_LENGTH: Final = 200
_MIN_DIFFERENT: Final = 5

RULES: Final = (
    "Use at least 10 characters, not counting your sign-in name.",
    "Three or four words that do not belong together are easy to keep in mind and hard to guess.",
    "Do not use one of the passwords that everybody tries first, such as password123 or qwertyuiop.",
)
"""What the page says beside the field."""

_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
"""19 MiB, two passes: the least that the OWASP password storage cheat sheet advises for argon2id, so that many may
sign in at once on a small server."""


def check_password(password: str, login: str) -> None:
    """Return when the password is good enough.

    Raises:
        PasswordRefusedError: With every reason at once.
    """
    reasons = [reason for is_bad, reason in _faults(_compose(password), login) if is_bad]
    if reasons:
        raise PasswordRefusedError(reasons)


def _faults(password: str, login: str) -> list[tuple[bool, str]]:
    small = password.casefold()
    own = small.replace(login.casefold(), "") if login else small
    is_short = len(own.strip()) < MIN_LENGTH
    return [
        (is_short, f"Use at least {MIN_LENGTH} characters, not counting your sign-in name."),
        (len(password) > MAX_LENGTH, f"Use at most {MAX_LENGTH} characters."),
        (not is_short and len(set(own)) < _MIN_DIFFERENT, "Use more different characters."),
        (_is_common(small), "Many people use this password, so it is tried first. Choose another."),
    ]


def _is_common(small: str) -> bool:
    stem = small.strip("0123456789 !?.,-_#*@$")
    return small in COMMON or stem in COMMON


def hash_password(password: str) -> str:
    """Return the argon2id hash, salt and parameters included."""
    return _HASHER.hash(_compose(password))


def verify_password(password_hash: str | None, password: str) -> bool:
    """Return whether the password is right.

    Without a hash the same work is done on a dummy, so that the time taken tells nobody which accounts exist.
    """
    known = password_hash is not None and len(password) <= MAX_LENGTH
    try:
        is_right = _HASHER.verify(
            password_hash if known and password_hash else _dummy(), _compose(password[:MAX_LENGTH])
        )
    except (VerificationError, InvalidHashError):
        return False
    return is_right and known


@cache
def _dummy() -> str:
    return _HASHER.hash("no account has this password")


def _compose(password: str) -> str:
    return unicodedata.normalize("NFKC", password)
