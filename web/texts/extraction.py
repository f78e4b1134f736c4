"""Finds sentences for the catalogue where they stand bare: in modules of data that may not know gettext."""

import ast
from collections.abc import Collection, Iterator, Mapping
from typing import IO

Message = tuple[int, str, str, list[str]]


def extract_sentences(
    source: IO[bytes], _keywords: Collection[str], _comment_tags: Collection[str], options: Mapping[str, object]
) -> Iterator[Message]:
    """Yield the texts of a module's data as Babel wants them: line, function (none), message, comments.

    A text counts when it begins as a sentence does (with a capital letter, or with what is filled in) and is given on:
    in a call, tuple, list or dict, by a name, or as what a function returns. No docstring counts.
    """
    del options  # Babel gives it by name; there are none.
    tree = ast.parse(source.read())
    for node in ast.walk(tree):
        for child in _held_by(node):
            if isinstance(child, ast.Constant) and isinstance(child.value, str) and _begins(child.value):
                yield child.lineno, "", child.value, []


def _begins(text: str) -> bool:
    if text.isidentifier():  # a word of the interface, and no name of the code
        return len(text) > 1 and text == text.capitalize()
    return text[:1].isupper() or (text[:1] in "`{" and " " in text)


def _held_by(node: ast.AST) -> list[ast.expr]:
    match node:
        case ast.Call():
            return [*node.args, *(keyword.value for keyword in node.keywords)]
        case ast.Tuple() | ast.List():
            return node.elts
        case ast.Dict() | ast.BoolOp():
            return node.values
        case ast.IfExp():
            return [node.body, node.orelse]
        case ast.Return(value=ast.expr() as value) | ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value):
            return [value]
        case _:
            return []
