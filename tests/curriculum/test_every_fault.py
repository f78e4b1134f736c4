"""The registry of faults: a test plants every message that the checker can write, and compares the whole list."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "curriculum").rglob("*.py"))
TESTS = sorted(path for path in Path(__file__).parent.glob("test_*.py") if path.name != Path(__file__).name)

MESSAGE_AT = {"error": 0, "warning": 0, "_fault": 1, "_Refused": 1, "Problem": 3}
"""Which argument of a call is the message of a fault."""

TUPLES = {"find_forbidden": (1, 3), "_mapping": (1, 3), "_syntax_faults": (2, 4)}
"""Functions that give faults as tuples: where in them the message stands, and how long they are."""

HOLE = "\0"
"""Stands for what is only known when a message is written."""

LEAST = 40


# ---------------------------------------------------------------- what the checker can say


def _text_of(node: ast.expr) -> str | None:
    """Return a text with a hole for each value in it; None for what is no text."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(_text_of(part) or HOLE for part in parts)
        case ast.FormattedValue():
            return HOLE
        case _:
            return None


def _texts_of(node: ast.expr, function: ast.AST) -> Iterator[str]:
    """Yield what a message may be: itself, or all that its name stands for in the function."""
    if isinstance(node, ast.Name):
        for one in ast.walk(function):
            if isinstance(one, ast.Assign) and any(ast.unparse(target) == node.id for target in one.targets):
                yield from _texts_of(one.value, function)
    elif (text := _text_of(node)) is not None:
        yield text


def _messages_in(function: ast.FunctionDef) -> Iterator[ast.expr]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            place = MESSAGE_AT.get(name)
            if place is not None and place < len(node.args):
                yield node.args[place]
        elif isinstance(node, ast.Tuple) and function.name in TUPLES:
            place, length = TUPLES[function.name]
            if len(node.elts) == length:
                yield node.elts[place]


@cache
def list_templates() -> tuple[str, ...]:
    """Return every message that the checker can write, a hole for each value, each once."""
    found: set[str] = set()
    for path in SOURCES:
        functions = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)]
        for function in functions:
            for node in _messages_in(function):
                found.update(_texts_of(node, function))
    return tuple(sorted({_bare(text) for text in found if _weight(text) > 3}))


def _bare(text: str) -> str:
    """Return a text without backquotes, which stand now in the message and now in the value."""
    return text.replace("`", "")


def _weight(template: str) -> int:
    return len(template.replace(HOLE, ""))


# ---------------------------------------------------------------- what the tests expect


@cache
def list_expected() -> tuple[str, ...]:
    """Return the texts in the tests, each once."""
    texts = (
        text
        for path in TESTS
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant | ast.JoinedStr) and (text := _text_of(node)) is not None
    )
    return tuple(dict.fromkeys(texts))


def _pattern(template: str) -> re.Pattern[str]:
    """Return a pattern for the message in an expected line: after the object's name, before the hint."""
    body = ".+?".join(re.escape(part) for part in template.split(HOLE))
    return re.compile(rf"(?:^|: |{HOLE}){body}(?:\.|$|{HOLE})", re.S)


_PLACE = re.compile(r"^.*?:(?:\d+|\0): (?:error|warning|\0): ")


def _said(text: str) -> str:
    """Return an expected line without file, line number and severity."""
    return _bare(_PLACE.sub("", text))


@cache
def owned() -> dict[str, str]:
    """Return for each message of the checker one expected text; a text belongs to the message that fits it best."""
    patterns = {template: _pattern(template) for template in sorted(list_templates(), key=_weight, reverse=True)}
    found: dict[str, str] = {}
    for text in list_expected():
        best = next((template for template, pattern in patterns.items() if pattern.search(_said(text))), None)
        if best is not None:
            found.setdefault(best, text)
    return found


# ---------------------------------------------------------------- the registry is whole


@pytest.mark.parametrize("template", list_templates(), ids=lambda template: template.replace(HOLE, "…"))
def test_every_message_is_planted_by_a_test(template: str) -> None:
    assert template in owned(), f"no test in tests/curriculum/ expects: {template.replace(HOLE, '…')}"


def test_there_are_at_least_forty_kinds_of_fault() -> None:
    assert len(owned()) >= LEAST
    assert len(list_templates()) == len(owned())


def test_a_message_that_no_test_expects_would_be_found() -> None:
    line = _said("scenarios/tea.md:5: error: scenario `tea`: has 2 prompts; expected 3. Add them.")
    assert _pattern(f"has {HOLE} prompts; expected {HOLE}").search(line)
    assert not _pattern(f"has {HOLE} wheels; expected {HOLE}").search(line)
    assert not _pattern(f"has {HOLE} prompts").search(line)


# ---------------------------------------------------------------- the tests compare whole lists

PARTLY = {"test_no_lost_line_stops_the_checker": "says that every programme is read to its end, whatever is found"}
"""Tests that look at a part of the list, and why."""


def _compares_whole(call: ast.Call, parents: dict[ast.AST, ast.AST]) -> bool:
    parent = parents[call]
    if isinstance(parent, ast.Return):
        return True
    return isinstance(parent, ast.Compare) and isinstance(parent.ops[0], ast.Eq) and parent.left is call


def _loose_in(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text("utf-8"))
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        for node in ast.walk(function):
            is_list = isinstance(node, ast.Call) and ast.unparse(node.func) == "small.messages"
            if is_list and not _compares_whole(node, parents):  # type: ignore[arg-type]
                yield function.name


def test_tests_compare_the_whole_list_of_messages() -> None:
    assert {name for path in TESTS for name in _loose_in(path)} == set(PARTLY)
