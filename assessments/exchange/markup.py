"""From HTML, Markdown and plain text to the text of items, which is plain: paragraphs, lines and lists as signs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from html import escape
from html.parser import HTMLParser
from typing import Final

from markdown_it import MarkdownIt

from assessments.exchange.entries import CannotCarryError


class Format(StrEnum):
    """How a text is written. `moodle` is plain text in which HTML counts."""

    HTML = "html"
    MOODLE = "moodle"
    PLAIN = "plain"
    MARKDOWN = "markdown"


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture that a text shows: where it is, and the words for it."""

    source: str
    alt: str


@dataclass(frozen=True, slots=True)
class Text:
    """What people read, the pictures that stood between, and what was left out on purpose."""

    words: str
    pictures: tuple[Shown, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def only_words(self) -> str:
        """Return the words.

        Raises:
            CannotCarryError: There is a picture where items show none.
        """
        if self.pictures:
            found = f"a picture `{self.pictures[0].source[:80]}` stands in an answer or in feedback"
            raise CannotCarryError(found, "one picture at most, in the question", "Say in words what it shows.")
        return self.words


MAX_TEXT: Final = 50_000
"""The longest HTML of one text, without the pictures in it."""

MAX_NESTED: Final = 20
_DATA: Final = re.compile(r"data:image/[^\"'\s>]*")
_TAG: Final = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+\d?);|<!--")
_TAG_OR_SIGN: Final = re.compile(r"""</?[a-zA-Z](?:[^<>"']|"[^"<]*"|'[^'<]*')*>|<[!?][^<>]*>|<""")
_WRAPPED: Final = re.compile(r"[ \t]*\n[ \t]*")
_SPACES: Final = re.compile(r"[ \t\n\r\f\xa0]+")
_RUNS: Final = re.compile(r"[ \t]{2,}")
_MANY_LINES: Final = re.compile(r"\n{3,}")
_PRE: Final = re.compile("\ue010(\\d+)\ue011")
_TEX: Final = re.compile(r"\\\([^\n]{1,300}?\\\)|\\\[.{1,300}?\\\]|\$\$.{1,300}?\$\$", re.S)
_LINK: Final = re.compile(r"(?:https?|mailto|tel):", re.I)

_BLOCKS: Final = frozenset(
    {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "dl", "dd", "dt", "pre", "hr"}
    | {"section", "article", "header", "footer", "figure", "center", "table", "caption"}
)
_LEFT_OUT: Final = frozenset({"script", "style", "head", "template", "noscript", "rp"})
_REFUSED: Final = {
    "iframe": "a frame with another page",
    "object": "an embedded object",
    "embed": "an embedded object",
    "video": "a film",
    "audio": "a sound",
    "svg": "a drawing (SVG)",
    "math": "a formula (MathML)",
    "canvas": "a drawing",
    "form": "a form",
    "input": "a field of a form",
    "select": "a field of a form",
    "textarea": "a field of a form",
    "applet": "a program",
}
_RAISED: Final = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_LOWERED: Final = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_ORDINALS: Final = frozenset({"st", "nd", "rd", "th", "er", "e", "re", "me", "ème", "o", "a", "te"})
_LISTS: Final = frozenset({"ul", "ol"})


def read_text(raw: str, written: Format) -> Text:
    """Return what a text says to people.

    Raises:
        CannotCarryError: It holds a film, a formula or the like, which plain text cannot say.
    """
    text = _read_as(raw, written)
    if _TEX.search(text.words):
        return replace(text, notes=(*text.notes, "a formula in TeX stays as it is typed"))
    return text


def _read_as(raw: str, written: Format) -> Text:
    match written:
        case Format.PLAIN:
            return Text(raw.strip())
        case Format.MOODLE if not _TAG.search(raw):
            return Text(_RUNS.sub(" ", raw).strip())
        case Format.MOODLE:
            return read_html(_lines_as_breaks(raw))
        case Format.MARKDOWN:
            return _read_markdown(raw)
        case Format.HTML:
            return read_html(raw)


def read_html(html: str) -> Text:
    """Return what HTML says to people; scripts and styles are left out."""
    if "<" not in html and "&" not in html:
        return Text(_SPACES.sub(" ", html).strip())
    if len(_DATA.sub("", html)) > MAX_TEXT:
        raise CannotCarryError(f"a text of {len(html):,} characters", f"{MAX_TEXT:,} at most", "Shorten it.")
    cleaner = _Cleaner()
    cleaner.feed(_with_whole_tags(html))
    cleaner.close()
    return Text(cleaner.words(), tuple(cleaner.pictures), tuple(cleaner.notes))


def _with_whole_tags(html: str) -> str:
    """Return HTML without comments whose every `<` opens a whole tag: the parser's time then grows with its length."""
    parts: list[str] = []
    at = 0
    while (start := html.find("<!--", at)) >= 0 and (end := html.find("-->", start + 4)) >= 0:
        parts.append(html[at:start])
        at = end + 3
    return _TAG_OR_SIGN.sub(_whole_tag, "".join((*parts, html[at:])))


def _whole_tag(found: re.Match[str]) -> str:
    tag = found[0]
    if tag == "<":
        return "&lt;"
    return "" if tag[1] in "!?" else tag


def unwrap(text: str) -> str:
    """Return a text whose line ends are only those of its file as one line."""
    return _WRAPPED.sub(" ", text).strip()


def _lines_as_breaks(raw: str) -> str:
    return raw.strip().replace("\n", "<br/>")


def _read_markdown(raw: str) -> Text:
    if not re.search(r"[\\`*_\[\]<>#&!|~\n]|^\s*(?:[-+=]|\d+[.)])|  ", raw):
        return Text(raw.strip())
    return read_html(str(MarkdownIt("commonmark").render(raw)))


class _Cleaner(HTMLParser):
    """Collects the words of HTML, block by block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.pictures: list[Shown] = []
        self.notes: list[str] = []
        self.kept: list[str] = []
        self.lists: list[int | None] = []
        self.links: list[tuple[str, int]] = []
        self.raised: list[tuple[str, int]] = []
        self.hidden = ""
        self.in_pre = False
        self.in_row = False
        self.in_cell = False

    def words(self) -> str:
        """Return all words with paragraphs parted by an empty line."""
        text = _WRAPPED.sub("\n", _RUNS.sub(" ", "".join(self.parts)))
        text = _MANY_LINES.sub("\n\n", text).strip()
        typed = _PRE.sub(self._as_typed, text)
        return typed if self.kept else typed.strip()

    def _as_typed(self, found: re.Match[str]) -> str:
        number = int(found[1][:6])
        return self.kept[number] if number < len(self.kept) else ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        given = {name: value or "" for name, value in attrs}
        if self.hidden:
            return
        if tag in _LEFT_OUT:
            self._leave_out(tag)
        elif tag in _REFUSED:
            raise CannotCarryError(f"it holds {_REFUSED[tag]}", "words, and one picture at most", "Say it in words.")
        elif tag == "img":
            self.pictures.append(Shown(given.get("src", "").strip(), given.get("alt", "").strip()))
        elif tag == "br":
            self.parts.append("\n")
        elif tag == "rt":
            self.parts.append(" (")
        elif tag == "li":
            self._start_entry()
        elif tag == "tr":
            self.parts.append("\n")
            self.in_row = False
        elif tag in ("td", "th"):
            self.parts.append(" | " if self.in_row else "")
            self.in_row = self.in_cell = True
        elif tag in _BLOCKS:
            self._start_block(tag)
        elif tag == "a":
            self._nest(len(self.links))
            self.links.append((given.get("href", "").strip(), len(self.parts)))
        elif tag in ("sub", "sup"):
            self._nest(len(self.raised))
            self.raised.append((tag, len(self.parts)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin and end an element that says that it is empty."""
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        if self.hidden:
            self.hidden = "" if tag == self.hidden else self.hidden
        elif tag in ("td", "th", "tr"):
            self.in_cell = False
        elif tag in _BLOCKS:
            self._end_block(tag)
        elif tag == "rt":
            self.parts.append(")")
        elif tag == "a" and self.links:
            self._end_link()
        elif tag in ("sub", "sup") and self.raised:
            self._end_raised()

    def handle_data(self, data: str) -> None:
        """Take words."""
        if self.hidden:
            return
        if self.in_pre:
            self.kept.append(data)
            self.parts.append(f"\ue010{len(self.kept) - 1}\ue011")
            return
        self.parts.append(_SPACES.sub(" ", data))

    def _nest(self, depth: int) -> None:
        if depth >= MAX_NESTED:
            raise CannotCarryError("its HTML is broken: too many marks are never closed", "whole HTML", "Correct it.")

    def _leave_out(self, tag: str) -> None:
        self.hidden = tag
        if tag == "script":
            self.notes.append("a script was left out")

    def _start_block(self, tag: str) -> None:
        self.parts.append(" " if self.in_cell else "\n" if tag in _LISTS and self.lists else "\n\n")
        if tag in _LISTS:
            self.lists.append(0 if tag == "ol" else None)
        self.in_pre = self.in_pre or tag == "pre"
        if tag == "table":
            self.notes.append("a table was written as lines")

    def _end_block(self, tag: str) -> None:
        if tag in _LISTS and self.lists:
            self.lists.pop()
        if tag == "pre":
            self.in_pre = False
        self.parts.append(" " if self.in_cell else "\n" if self.lists else "\n\n")

    def _start_entry(self) -> None:
        number = self.lists[-1] if self.lists else None
        if number is not None:
            self.lists[-1] = number + 1
        self.parts.append("\n- " if number is None else f"\n{number + 1}. ")

    def _end_link(self) -> None:
        target, start = self.links.pop()
        words = "".join(self.parts[start:]).strip()
        if target.startswith("@@PLUGINFILE@@"):
            raise CannotCarryError("it links to a file that came with it", "words, and one picture at most", "Say it.")
        if _LINK.match(target) and words.rstrip("/") != target.rstrip("/"):
            self.parts.append(f" ({target.removeprefix('mailto:').removeprefix('tel:')})")

    def _end_raised(self) -> None:
        tag, start = self.raised.pop()
        words = "".join(self.parts[start:])
        signs = words.translate(_RAISED if tag == "sup" else _LOWERED)
        has_all = words and all(before != after for before, after in zip(words, signs, strict=True))
        if not has_all:
            mark = "^" if tag == "sup" else "_"
            signs = words if words.strip() in _ORDINALS or not words.strip() else f"{mark}{words}"
        self.parts[start:] = [signs]


_MOODLE_FORMATS: Final[Mapping[str, Format]] = {
    "html": Format.HTML,
    "moodle_auto_format": Format.MOODLE,
    "moodle": Format.MOODLE,
    "plain_text": Format.PLAIN,
    "plain": Format.PLAIN,
    "markdown": Format.MARKDOWN,
    "0": Format.MOODLE,
    "1": Format.HTML,
    "2": Format.PLAIN,
    "4": Format.MARKDOWN,
}


def format_of(name: str, otherwise: Format) -> Format:
    """Return the format that a file names; an unknown one is as `otherwise`."""
    return _MOODLE_FORMATS.get(name.strip().lower(), otherwise)


# ---------------------------------------------------------------- writing


def write_html(text: str) -> str:
    """Return plain text as HTML that reads back as the same: paragraphs and lines, or as it is typed."""
    blocks = [escape(block, quote=False).replace("\n", "<br/>") for block in text.split("\n\n")]
    html = "".join(f"<p>{block}</p>" for block in blocks)
    return html if read_html(html).words == text else f"<pre>{escape(text, quote=False)}</pre>"


def write_inline(text: str) -> str:
    """Return plain text as HTML without a paragraph around it where one line says it."""
    html = write_html(text)
    return html[3:-4] if html.startswith("<p>") and html.count("<p>") == 1 else html
