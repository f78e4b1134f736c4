"""One-time codes and session tokens: made by the machine's chance, kept only as SHA-256."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

ALPHABET: Final = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""31 signs that nobody mixes up on paper: no 0 and O, no 1, I and L."""

LIFETIME: Final = timedelta(hours=72)
WELCOME_PATH: Final = "/account/welcome/"
_GROUPS: Final = 3
_GROUP_SIZE: Final = 4


@dataclass(frozen=True, slots=True)
class OneTimeCode:
    """A code as it is shown once, such as `K7QM-2XPD-H9RT` (59 bits), and the path that carries it."""

    code: str
    link_path: str
    expires_at: datetime


def new_code(now: datetime) -> OneTimeCode:
    """Return a fresh code that works for 72 hours from `now`."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(_GROUP_SIZE)) for _ in range(_GROUPS))
    code = "-".join(groups)
    return OneTimeCode(code, WELCOME_PATH + code, now + LIFETIME)


def new_short_code() -> str:
    """Return six signs to read from a screen and type, for a few hours: one of 887 million."""
    return "".join(secrets.choice(ALPHABET) for _ in range(6))


def hash_code(code: str) -> str:
    """Return the SHA-256 (hex) of a code as typed; case, spaces and hyphens make no difference."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return sha256(plain.encode()).hexdigest()


def new_session_token() -> str:
    """Return 256 bits of chance as text for a cookie."""
    return secrets.token_urlsafe(32)


def hash_session_token(token: str) -> str:
    """Return the SHA-256 (hex) under which a session is kept."""
    return sha256(token.encode()).hexdigest()
