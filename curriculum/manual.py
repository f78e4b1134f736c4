"""The manual: chapters of Markdown, cut into sections with stable ids."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from curriculum.errors import Problem
from curriculum.ids import SectionId
from curriculum.markdown import count_words, find_forbidden, parse, render, top_blocks
from curriculum.models import Section

_HEADING = re.compile(r"(?P<title>.*?)\s*\{#(?P<id>[^}\s]*)\}\s*")
_EXAMPLE = "Write it as `## Title {#M9.3}`."


@dataclass(frozen=True, slots=True)
class PlacedSection:
    """A section, and the line of its heading."""

    section: Section
    line: int


@dataclass(frozen=True, slots=True)
class _Heading:
    depth: int
    text: str
    start: int
    end: int


def read_chapter(path: Path, text: str) -> tuple[list[PlacedSection], list[Problem]]:
    """Return the sections of one file of the manual, the chapter itself first, and what is wrong with it."""
    headings = _headings(text)
    problems = [Problem(path, line + 1, "", message, hint) for line, message, hint in find_forbidden(text)]
    main = [heading for heading in headings if heading.depth <= 2]
    if not main or main[0].depth != 1 or text[: _offset(text, main[0].start)].strip():
        message = "does not open with a level-1 heading"
        return [], [*problems, Problem(path, 1, "", message, "Write it as `# Title {#M9}`.")]
    problems += [_misplaced(path, h) for h in headings if h.depth > 2 and _HEADING.fullmatch(h.text)]
    problems += [_second_chapter(path, h) for h in main[1:] if h.depth == 1]
    lines = text.split("\n")
    ends = [heading.start for heading in main[1:]] + [len(lines)]
    sections: list[PlacedSection] = []
    for heading, end in zip(main, ends, strict=True):
        body = "\n".join(lines[heading.end : end]).strip()
        if section := _section(heading, body, sections[0].section if sections else None):
            sections.append(PlacedSection(section, heading.start + 1))
            problems += _empty(path, heading, section)
        else:
            problems.append(_without_id(path, heading))
            if not sections:
                return [], problems
    return sections, problems


def _headings(text: str) -> list[_Heading]:
    tokens = parse(text)
    return [
        _Heading(int(token.tag[1:]), tokens[i + 1].content, token.map[0], token.map[1])
        for i, token in enumerate(tokens)
        if token.type == "heading_open" and token.level == 0 and token.map
    ]


def _offset(text: str, line: int) -> int:
    return sum(len(part) + 1 for part in text.split("\n")[:line])


def _section(heading: _Heading, body: str, chapter: Section | None) -> Section | None:
    match = _HEADING.fullmatch(heading.text)
    if not match or not match["id"] or not match["title"]:
        return None
    title = match["title"]
    return Section(
        id=SectionId(match["id"]),
        title=title,
        path=(chapter.title, title) if chapter else (title,),
        chapter=chapter.id if chapter else SectionId(match["id"]),
        markdown=body,
        content_hash=hashlib.sha256(f"{title}\n{body}".encode()).hexdigest(),
        n_words=count_words(body),
    )


def _without_id(path: Path, heading: _Heading) -> Problem:
    return Problem(path, heading.start + 1, "", f"heading `{heading.text}` has no title and id", _EXAMPLE)


def _misplaced(path: Path, heading: _Heading) -> Problem:
    message = f"heading `{heading.text}` carries an id on level {heading.depth}; expected levels 1 and 2 only"
    return Problem(path, heading.start + 1, "", message, "Make it a level-2 heading or remove the id.")


def _second_chapter(path: Path, heading: _Heading) -> Problem:
    message = f"a second level-1 heading `{heading.text}`; expected one chapter a file"
    return Problem(path, heading.start + 1, "", message, "Start a new file.")


def _empty(path: Path, heading: _Heading, section: Section) -> list[Problem]:
    if section.n_words or heading.depth == 1:
        return []
    return [Problem(path, heading.start + 1, f"section `{section.id}`", "holds no text", "Write it or remove it.")]


def cut_passage(markdown: str, first: int, last: int) -> str | None:
    """Return the top-level blocks `first` to `last` (from 1) of a section, or None when it has fewer.

    A block is a paragraph, a list, a quote, a table or a heading.
    """
    blocks = top_blocks(markdown)
    if not 1 <= first <= last <= len(blocks):
        return None
    return "\n\n".join(blocks[first - 1 : last])


def render_html(markdown: str) -> str:
    """Return a text as HTML that is safe to show: no raw HTML, no images, no scripts in links."""
    return render(parse(markdown))
