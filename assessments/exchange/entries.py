"""What a file of questions holds, one entry a question: what could be read of it, or why it cannot be carried."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from curriculum.errors import PlatformError

Fields = dict[str, object]
"""Fields of an item as its file would say them."""

MAX_FILE_BYTES: Final = 60_000_000
"""The longest file that is read, and the most that the files in a package may unfold to together."""

MAX_QUESTIONS: Final = 50_000


RESERVED: Final = re.compile("[\ue010-\ue04f\U0010fe00-\U0010fe80]")
"""Signs without a meaning of their own, which stand for gaps and the like while a text is taken apart."""


class CannotCarryError(PlatformError):
    """A question, or what an item says, has no place on the other side."""

    def __init__(self, found: str, expected: str, hint: str = "", line: int = 0) -> None:
        """Keep what was found, what is expected, what to do (a whole sentence), and the line if it is another one."""
        self.found = found
        self.expected = expected
        self.hint = hint
        self.line = line
        super().__init__(f"{found}; expected {expected}. {hint}".rstrip())


class UnreadableFileError(CannotCarryError):
    """A whole file is not what it has to be; nothing of it is taken."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that came with a question: its name and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Carried:
    """What a question says, in an item's fields.

    Attributes:
        fields: All but id, section and competency, unless the file was written by Practicum.
        picture: What its `media` shows.
        own: What only Practicum's own files say: fields that the format has no place for.
        foreign_id: The name that the other side knows the question by.
        notes: What is scored or shown otherwise here, or belongs to the quiz and not to the question.
    """

    fields: Fields
    picture: Picture | None = None
    own: Mapping[str, object] = field(default_factory=dict[str, object])
    foreign_id: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One question of a file: its line, from 1, its name for people, and what became of it.

    `inside` is the file of a package in which it stands.
    """

    line: int
    name: str
    outcome: Carried | CannotCarryError
    inside: str = ""


def shorten(text: str, length: int = 60) -> str:
    """Return the beginning of a text on one line, for messages."""
    plain = " ".join(text.split())
    return plain if len(plain) <= length else f"{plain[: length - 1]}…"
