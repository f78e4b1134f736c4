"""Markdown files that open with YAML between two lines of `---`."""

from dataclasses import dataclass
from pathlib import Path

from curriculum.errors import Problem
from curriculum.yaml_lines import Sheet, read_yaml

_FENCE = "---"


@dataclass(frozen=True, slots=True)
class Page:
    """The front matter and the body of a file; `first_line` is the line on which the body starts."""

    head: Sheet
    body: str
    first_line: int


def read_page(path: Path, text: str) -> tuple[Page | None, list[Problem]]:
    """Return a file's front matter and body, or None and what is wrong with it."""
    lines = text.split("\n")
    closing = next((i for i, line in enumerate(lines) if i and line.rstrip() == _FENCE), None)
    if lines[0].rstrip() != _FENCE or closing is None:
        message = "has no front matter"
        return None, [
            Problem(path, 1, "", message, "Open the file with `id:` and the rest between two lines of `---`.")
        ]
    head, problems = read_yaml(path, "\n".join(lines[1:closing]), first_line=2)
    if head is None:
        return None, problems
    return Page(head, "\n".join(lines[closing + 1 :]), closing + 2), problems
