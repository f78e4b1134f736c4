"""What a sheet is known by: a form's code, a person's, and that of the checklist's content. Slips of typing show."""

import json
import secrets
from hashlib import sha256
from typing import Final

from curriculum.models import Checklist, Programme
from people.codes import ALPHABET
from people.facts import FactId
from people.ids import ROOT, derived_fact_id
from people.models import PersonId

_SIGNS: Final = 7
_GROUP: Final = 4
_CONTENT: Final = 8


def new_form_code() -> str:
    """Return a code for one sheet, such as `K7QM-2XPD`: seven signs of chance and one that proves the others."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(_SIGNS))
    return _grouped(body + _proof(body))


def read_form_code(text: str) -> str | None:
    """Return a form's code as it is printed, however it was typed; None when a sign is wrong, missing or swapped."""
    signs = _plain(text)
    is_whole = len(signs) == _SIGNS + 1 and set(signs) <= set(ALPHABET)
    return _grouped(signs) if is_whole and _proof(signs[:-1]) == signs[-1] else None


def person_code(person_id: PersonId) -> str:
    """Return the short code of a person on paper: their number, and a sign that proves it, such as `17-Q`."""
    return f"{person_id}-{_proof(str(person_id))}"


def read_person_code(text: str) -> PersonId | None:
    """Return the person of a code; None when it is none, or a sign is wrong."""
    signs = _plain(text)
    number, proof = signs[:-1], signs[-1:]
    is_code = number.isascii() and number.isdigit() and _proof(number) == proof
    return PersonId(int(number)) if is_code else None


def form_fact_id(code: str, copy_no: int) -> FactId:
    """Return the one id that the form of a sheet may have, so that taking it over twice is harmless."""
    return derived_fact_id(ROOT, f"paper/{code}/{copy_no}")


def content_code(programme: Programme, checklist: Checklist) -> str:
    """Return eight signs of the digest of all that a sheet asks: another wording is another code."""
    asked = {
        "checklist": checklist.model_dump(mode="json"),
        "scale": programme.scale_of(checklist).model_dump(mode="json"),
        "watched": [[b.model_dump(mode="json") for b in programme.watched_on(checklist, x)] for x in checklist.lines],
    }
    text = json.dumps(asked, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return _grouped(sha256(text.encode()).hexdigest()[:_CONTENT].upper())


def same_content(text: str, code: str) -> bool:
    """Return whether a typed content code is this one."""
    return _plain(text) == _plain(code)


def _plain(text: str) -> str:
    return "".join(sign for sign in text.upper() if sign.isalnum())


def _grouped(signs: str) -> str:
    return f"{signs[:_GROUP]}-{signs[_GROUP:]}"


def _proof(signs: str) -> str:
    """Return the sign that tells a wrong sign, or two swapped: 31 signs are a prime number, and each place weighs."""
    total = sum(place * (ALPHABET + "01IL").index(sign) for place, sign in enumerate(signs, 2))
    return ALPHABET[total % len(ALPHABET)]
