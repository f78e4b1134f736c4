"""Pages and routes read by named queries and services, which ask for a right; what asks for none is named here."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]

UNASKED: Final = frozenset(
    {"append", "append_at", "changes_to", "digests", "find", "list_facts", "system_query", "verdict"}
)
"""What the store gives or takes without asking who asks."""

KEPT_INSIDE: Final = frozenset({"engine", "fact_numbers", "put_private", "reader", "terms", "write"})
"""What belongs to the rooms behind the pages."""

BEFORE_ANYBODY_ACTS: Final = {("web/arrival.py", "list_facts")}
"""Who has come in and what they work with: read to make the actor, about the actor alone and about programmes."""


def _used_of_stores() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "web").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and _is_store(node.value):
                yield path.relative_to(ROOT).as_posix(), node.attr


def _is_store(node: ast.expr) -> bool:
    match node:
        case ast.Name(id="store") | ast.Attribute(attr="store"):
            return True
        case ast.Call(func=ast.Name(id="get_store")):
            return True
        case _:
            return False


def test_pages_read_nothing_that_asks_for_no_right() -> None:
    used = set(_used_of_stores())
    assert ("web/views/safeguarding/holds.py", "query") in used
    assert {(path, name) for path, name in used if name in UNASKED | KEPT_INSIDE} == BEFORE_ANYBODY_ACTS
