"""A slip to print and hand over: an invitation or a reset. Data only; the page sets it on paper."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from people.codes import OneTimeCode
from people.facts import TokenPurpose

_TITLES: Final = {
    TokenPurpose.FIRST_ADMINISTRATOR: "Set up this system",
    TokenPurpose.INVITATION: "Welcome",
    TokenPurpose.RESET: "Choose a new password",
}

_STEPS: Final = (
    "Open the address below on your telephone or a computer.",
    "If it asks for the code, type it as printed. Capital or small letters make no difference.",
    "Choose a password of at least 10 characters. Three or four words that do not belong together work well.",
    "Sign in with your sign-in name and your new password.",
)

_WARNINGS: Final = (
    "The code works once, until the time below.",
    "Give this slip to nobody else. Tear it up after use.",
)


@dataclass(frozen=True, slots=True)
class Slip:
    """What stands on a slip. `title`, `steps` and `warnings` are fixed sentences, so that they can be translated."""

    title: str
    name: str
    login: str
    code: str
    address: str
    expires_at: datetime
    steps: tuple[str, ...]
    warnings: tuple[str, ...]


def make_slip(purpose: TokenPurpose, name: str, login: str, code: OneTimeCode, base_address: str = "") -> Slip:
    """Return the slip for a code.

    Args:
        purpose: What the code is for.
        name: Whom it is for.
        login: Their sign-in name.
        code: As returned by `people.service.issue_token`.
        base_address: Where the system is reached, such as `https://train.example.org`.
    """
    return Slip(
        title=_TITLES[purpose],
        name=name,
        login=login,
        code=code.code,
        address=base_address.rstrip("/") + code.link_path,
        expires_at=code.expires_at,
        steps=_STEPS,
        warnings=_WARNINGS,
    )


def slip_lines(slip: Slip, expires_text: str) -> list[str]:
    """Return the slip as lines of plain text, for a console. `expires_text` is the time as people read it."""
    return [
        slip.title,
        f"For: {slip.name}",
        f"Sign-in name: {slip.login}",
        f"Code: {slip.code}",
        f"Address: {slip.address}",
        f"Works until: {expires_text}",
        *(f"{number}. {step}" for number, step in enumerate(slip.steps, start=1)),
        *slip.warnings,
    ]
