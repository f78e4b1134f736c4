"""Markdown as programmes use it: CommonMark with tables, without HTML and images."""

import re
from collections.abc import Iterator
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

_ALLOWED_LINK = re.compile(r"(https?://|mailto:|tel:|#)", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")


class _Parser(MarkdownIt):
    """A parser that makes no link to anything but web pages, addresses and places in the text."""

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return _ALLOWED_LINK.match(url.strip()) is not None


@cache
def _parser(*, html: bool) -> MarkdownIt:
    return _Parser("commonmark", {"html": html}).enable("table")


def parse(markdown: str) -> list[Token]:
    """Return the tokens of a text; HTML in it is plain text."""
    return _parser(html=False).parse(markdown)


def render(tokens: list[Token]) -> str:
    """Return tokens as HTML that is safe to show: no raw HTML, no images, no scripts in links."""
    for token in tokens:
        for child in token.children or ():
            _make_harmless(child)
    parser = _parser(html=False)
    return str(parser.renderer.render(tokens, parser.options, {}))


def _make_harmless(token: Token) -> None:
    if token.type == "image":
        token.type, token.tag, token.attrs, token.children = "text", "", {}, None
    elif token.type == "link_open" and not str(token.attrGet("href") or "").startswith("#"):
        token.attrSet("rel", "noopener noreferrer")


def count_words(markdown: str) -> int:
    """Return how many words people read in a text."""
    return sum(len(_WORD.findall(text)) for text in plain_blocks(markdown))


def words_of(text: str) -> list[str]:
    """Return the words of plain text."""
    return _WORD.findall(text)


def plain_blocks(markdown: str) -> list[str]:
    """Return the text of each paragraph, heading, list item and table cell, without marks."""
    return [_plain(token) for token in parse(markdown) if token.type == "inline"]


def _plain(inline: Token) -> str:
    parts = (" " if child.type in ("softbreak", "hardbreak") else child.content for child in inline.children or ())
    return "".join(parts).strip()


def top_blocks(markdown: str) -> list[str]:
    """Return the Markdown of each top-level block: a paragraph, list, quote, table or heading."""
    lines = markdown.split("\n")
    spans = (token.map for token in parse(markdown) if token.level == 0 and token.nesting >= 0 and token.map)
    return ["\n".join(lines[start:end]).rstrip() for start, end in spans]


def find_forbidden(markdown: str) -> Iterator[tuple[int, str, str]]:
    """Yield line (from 0), message and hint for each thing that programmes may not hold."""
    for token in _parser(html=True).parse(markdown):
        if token.type == "html_block":
            yield _first_line(token), "holds raw HTML; expected Markdown", "Write it in Markdown."
        for line, child in _children(token):
            if child.type == "html_inline":
                message = f"holds raw HTML `{child.content[:40]}`; expected Markdown"
                yield line, message, "Write it in Markdown, or put it in backquotes."
            elif child.type == "image":
                yield line, "holds an image; expected text only", "Say it in words."
            elif child.type == "text" and "](" in child.content:
                yield line, "holds a link that is not allowed", "Link to a web page, or to a section as `(#M9.3)`."


def find_links(markdown: str) -> Iterator[tuple[int, str]]:
    """Yield line (from 0) and target of each link in a text."""
    for token in parse(markdown):
        for line, child in _children(token):
            if child.type == "link_open":
                yield line, str(child.attrGet("href") or "")


def _first_line(token: Token) -> int:
    return token.map[0] if token.map else 0


def _children(token: Token) -> Iterator[tuple[int, Token]]:
    line = _first_line(token)
    for child in token.children or ():
        yield line, child
        line += child.type in ("softbreak", "hardbreak")
