"""YAML with the line of every value.

Only plain data is read: no tags, anchors, aliases or merges. As in YAML 1.2, `yes`, `no`, `on` and
dates are text; only `true`, `false`, numbers and `null` are something else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import yaml

from curriculum.errors import Problem
from curriculum.places import Loc

Yaml: TypeAlias = "dict[str, Yaml] | list[Yaml] | str | int | float | bool | None"

MAX_DEPTH = 24

_INTEGER = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?")
_CONSTANTS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_TAB = re.compile(r"^[ -]*\t")
_NOT_PLAIN = ("an anchor (`&`) or alias (`*`) is used; expected plain data", "Write it out.")
_HINTS = (
    ("mapping values are not allowed", 'Put a text that holds ": " in quotes.'),
    ("quoted scalar", "Close the quotes, or look for a quote too many."),
    ("block end", "Look at the indentation of this line and of the one before."),
    ("block mapping", "Look at the indentation of this line and of the one before."),
    ("cannot start any token", "Put a text that starts with a special character in quotes."),
    ("could not find expected ':'", "Write `field: value`, with a space after the colon."),
    ("expected ',' or", "Close the bracket, or put a text with a comma in quotes."),
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One YAML file (or front matter) as data, with the line of each value."""

    path: Path
    data: Yaml
    lines: dict[Loc, int]


class _Refused(Exception):
    """The file uses something that programmes may not use."""

    def __init__(self, line: int, message: str, hint: str) -> None:
        self.problem_parts = (line, message, hint)
        super().__init__(message)


def read_yaml(path: Path, text: str, first_line: int = 1) -> tuple[Sheet | None, list[Problem]]:
    """Return the data of a YAML text and its problems; no data when it could not be understood.

    Args:
        path: Named in the problems.
        text: One YAML document.
        first_line: The line of the file on which the text starts.
    """
    builder = _Builder(first_line)
    try:
        data = builder.build(text)
    except yaml.YAMLError as error:
        return None, [Problem(path, *parts) for parts in _syntax_faults(error, text, first_line)]
    except _Refused as refused:
        line, message, hint = refused.problem_parts
        return None, [Problem(path, line, "", message, hint)]
    problems = [Problem(path, line, "", message, hint) for line, message, hint in builder.faults]
    return Sheet(path, data, builder.lines), problems


def _syntax_faults(error: yaml.YAMLError, text: str, first_line: int) -> list[tuple[int, str, str, str]]:
    tabs = [number for number, line in enumerate(text.split("\n"), first_line) if _TAB.match(line)]
    if tabs:
        return [(number, "", "a tab indents this line; expected spaces", "Use two spaces a step.") for number in tabs]
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        reason = ", ".join(part for part in (error.context, error.problem) if part)
        line = first_line + (mark.line if mark else 0)
    else:
        reason, line = "a character that YAML does not allow", first_line
    hint = next((hint for sign, hint in _HINTS if sign in reason), "Look at this line and the one before.")
    return [(line, "", f"is not valid YAML: {reason}", hint)]


@dataclass(slots=True)
class _Builder:
    """Builds plain data from the parser's events, noting lines on the way."""

    first_line: int
    lines: dict[Loc, int] = field(default_factory=dict[Loc, int])
    faults: list[tuple[int, str, str]] = field(default_factory=list[tuple[int, str, str]])

    def build(self, text: str) -> Yaml:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        events: Iterator[yaml.Event] = yaml.parse(text, Loader=loader)
        inner = (e for e in events if not isinstance(e, (yaml.StreamStartEvent, yaml.DocumentStartEvent)))
        first = next(inner)
        if isinstance(first, yaml.StreamEndEvent):
            return None
        data = self._value(first, inner, ())
        next(inner)
        after = next(inner)
        if not isinstance(after, yaml.StreamEndEvent):
            raise _Refused(self._line(after), "a second document starts here; expected one", "Remove the `---`.")
        return data

    def _line(self, event: yaml.Event) -> int:
        return self.first_line + (event.start_mark.line if event.start_mark else 0)

    def _value(self, event: yaml.Event, events: Iterator[yaml.Event], loc: Loc) -> Yaml:
        self._refuse_what_is_not_plain(event, loc)
        self.lines.setdefault(loc, self._line(event))
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, loc)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, loc)
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event.value, is_plain=bool(event.implicit[0]))
        raise _Refused(self._line(event), *_NOT_PLAIN)

    def _refuse_what_is_not_plain(self, event: yaml.Event, loc: Loc) -> None:
        line = self._line(event)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused(line, *_NOT_PLAIN)
        if getattr(event, "tag", None):
            raise _Refused(line, f"a tag `{getattr(event, 'tag', '')}` is used; expected plain data", "Remove it.")
        if len(loc) > MAX_DEPTH:
            raise _Refused(line, f"data is nested more than {MAX_DEPTH} deep", "See docs/programme-format.md.")

    def _sequence(self, events: Iterator[yaml.Event], loc: Loc) -> list[Yaml]:
        values: list[Yaml] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            values.append(self._value(event, events, (*loc, len(values))))
        return values

    def _mapping(self, events: Iterator[yaml.Event], loc: Loc) -> dict[str, Yaml]:
        values: dict[str, Yaml] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            self._refuse_what_is_not_plain(event, loc)
            if not isinstance(event, yaml.ScalarEvent):
                raise _Refused(self._line(event), "a field's name is no plain word", "Write `field: value`.")
            key, line = str(event.value), self._line(event)
            if key in values:
                first = self.lines[(*loc, key)]
                self.faults.append((line, f"field `{key}` stands twice, first in line {first}", "Remove one."))
                self._value(next(events), events, (*loc, f"{key} (again)"))
                continue
            self.lines[(*loc, key)] = line
            values[key] = self._value(next(events), events, (*loc, key))
        return values


def _scalar(text: str, *, is_plain: bool) -> Yaml:
    if not is_plain:
        return text
    if text.lower() in _CONSTANTS:
        return _CONSTANTS[text.lower()]
    if len(text) < 20 and _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if len(text) < 40 and _FLOAT.fullmatch(text) else text
