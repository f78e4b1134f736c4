"""Where things were written: the file, the object and the line of each of its fields."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from curriculum.errors import Problem, ProblemSeverity

Loc = tuple[str | int, ...]
"""The way to a value inside a file: field names and positions in lists."""


class Kind(StrEnum):
    """The kinds of object that carry an id, in the words of a message."""

    PROGRAMME = "programme"
    ROLE = "role"
    ACTIVITY = "activity"
    PREREQUISITE = "prerequisite"
    CERTIFICATE = "certificate"
    SESSION = "training session"
    SECTION = "section"
    DOMAIN = "domain"
    COMPETENCY = "competency"
    BEHAVIOUR = "behaviour"
    MODULE = "module"
    ITEM = "item"
    BLUEPRINT = "blueprint"
    THEME = "critical theme"
    SCALE = "scale"
    CHECKLIST = "checklist"
    LINE = "line"
    PROMPT = "prompt"
    SCENARIO = "scenario"
    VIGNETTE = "vignette"
    GATE = "gate"


@dataclass(frozen=True, slots=True)
class Place:
    """Where one object was written.

    Attributes:
        path: Its file.
        where: Its name for people, such as "gate `levels`"; empty for a whole file.
        lines: The line of every value of the file.
        base: The way from the file's root to the object.
    """

    path: Path
    where: str
    lines: Mapping[Loc, int]
    base: Loc = ()

    def line(self, at: Loc = ()) -> int:
        """Return the line of a field, or of the nearest thing around it that has one."""
        loc = self.base + at
        while loc and loc not in self.lines:
            loc = loc[:-1]
        return self.lines.get(loc, 1)

    def inside(self, where: str, at: Loc) -> "Place":
        """Return the place of an object inside this one."""
        return Place(self.path, where, self.lines, self.base + at)

    def error(self, message: str, hint: str = "", at: Loc = ()) -> Problem:
        """Return an error about the object."""
        return Problem(self.path, self.line(at), self.where, message, hint)

    def warning(self, message: str, hint: str = "", at: Loc = ()) -> Problem:
        """Return a warning about the object."""
        return Problem(self.path, self.line(at), self.where, message, hint, ProblemSeverity.WARNING)


def name_of(kind: Kind, id_: str) -> str:
    """Return how messages name an object."""
    return f"{kind} `{id_}`"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint that names the nearest known words, or the few words there are."""
    by_folded = {name.casefold(): name for name in known}
    near = difflib.get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    if near:
        return f"Did you mean `{by_folded[near[0]]}`?"
    if 0 < len(by_folded) <= 8:
        return f"There is {listed(by_folded.values())}."
    return ""


def counted(n: int, word: str) -> str:
    """Return a number of things, such as "1 prompt" or "2 prompts"."""
    return f"{n} {word}" if n == 1 else f"{n} {word}s"


def listed(words: Iterable[object], last: str = "and") -> str:
    """Return the words in backquotes as a list in a sentence."""
    quoted = [f"`{word}`" for word in words]
    if len(quoted) < 2:
        return "".join(quoted)
    return f"{', '.join(quoted[:-1])} {last} {quoted[-1]}"
