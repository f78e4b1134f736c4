"""What names, titles, numbers and sign-in names may look like."""

import re
import unicodedata
from enum import StrEnum
from typing import Final, TypeVar

from people.errors import TextRefusedError

E = TypeVar("E", bound=StrEnum)

MAX_NAME: Final = 80
_LOGIN: Final = re.compile(r"[a-z0-9][a-z0-9.-]{2,31}")
_SLUG: Final = re.compile(r"[a-z][a-z0-9-]{0,39}")
_PHONE: Final = re.compile(r"[+(]?[0-9][0-9 ()/.-]{1,28}[0-9]")
_BIDI: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_JOINERS: Final = frozenset("\u200c\u200d")
"""Names in Persian or Malayalam need these two invisible signs."""


def check_name(name: str, what: str = "name") -> str:
    """Return the name as it is kept: composed, trimmed, single spaces; any script.

    Raises:
        TextRefusedError: It is empty, longer than 80 characters, without a letter or digit, or holds signs that
            cannot be seen or turn the direction of writing.
    """
    _refuse_hidden(name, what)
    kept = " ".join(unicodedata.normalize("NFC", name).split())
    if not kept:
        raise TextRefusedError(what, "it is empty; write at least one letter")
    if len(kept) > MAX_NAME:
        raise TextRefusedError(what, f"it has {len(kept)} characters; at most {MAX_NAME} fit")
    if not any(unicodedata.category(sign)[0] in "LN" for sign in kept):
        raise TextRefusedError(what, "it holds no letter or digit")
    return kept


def _refuse_hidden(text: str, what: str) -> None:
    if not _BIDI.isdisjoint(text):
        raise TextRefusedError(
            what, "it holds hidden signs that turn the direction of writing; type it by hand instead of pasting it"
        )
    if any(_is_hidden(sign) for sign in text.strip()):
        raise TextRefusedError(
            what, "it holds signs that cannot be seen, such as a line break; type it by hand instead of pasting it"
        )


def _is_hidden(sign: str) -> bool:
    return sign not in _JOINERS and unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def check_login(login: str) -> str:
    """Return the sign-in name as it is kept, in small letters.

    Raises:
        TextRefusedError: It is not 3 to 32 of a-z, 0-9, full stop and hyphen, with a letter or digit first.
    """
    kept = tidy_login(login)
    if not _LOGIN.fullmatch(kept):
        raise TextRefusedError(
            "sign-in name",
            "use 3 to 32 small letters (a to z), digits, full stops or hyphens, with a letter or digit first",
        )
    return kept


def tidy_login(login: str) -> str:
    """Return what was typed without spaces around it and in small letters, as telephones like to capitalise."""
    return login.strip().lower()


def login_stem(name: str) -> str:
    """Return a sign-in name made from a name, such as `ruth.miller`, or `person` where it has too few Latin letters."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = ["".join(sign for sign in word if sign.isalnum()) for word in letters.replace("-", " ").split()]
    stem = ".".join(word for word in words if word)[:28].strip(".")
    return stem if len(stem) >= 3 else "person"


def check_slug(text: str, what: str) -> str:
    """Return the short name of a hub or cohort.

    Raises:
        TextRefusedError: It is not 1 to 40 of a-z, 0-9 and hyphen, with a letter first.
    """
    if not _SLUG.fullmatch(text):
        raise TextRefusedError(what, "use small letters (a to z), digits and hyphens, a letter first, at most 40")
    return text


def check_coded(kind: type[E], value: str, what: str) -> E:
    """Return a coded value, such as a reason: a closed list in place of free text.

    Raises:
        TextRefusedError: It is none of the kind's.
    """
    if value not in list(kind):
        raise TextRefusedError(what, f"choose one of {', '.join(kind)}")
    return kind(value)


def check_phone(phone: str) -> str:
    """Return the telephone number, trimmed.

    Raises:
        TextRefusedError: It is not 3 to 31 digits, spaces and the signs ( ) / . -
    """
    kept = " ".join(phone.split())
    if not _PHONE.fullmatch(kept):
        raise TextRefusedError("telephone number", "use digits, spaces and + ( ) / . - only, such as 020 7946 0001")
    return kept
