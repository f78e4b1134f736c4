"""What documents are made of: headings, paragraphs, tables, figures and pictures, in the reader's language."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import streamlit as st
from babel import Locale

from analytics.reports.typesetting import Document, typeset
from curriculum.models import Programme
from web.components import day_text
from web.context import Context
from web.pictures import Picture
from web.texts import current_language, speaking, translations

Part = Mapping[str, object]
Table = Sequence[Mapping[str, str]]


@dataclass(slots=True)
class Paper:
    """A document that is being written: its title, its parts in order, and its pictures by name."""

    title: str
    parts: list[Part] = field(default_factory=list[Part])
    pictures: dict[str, bytes] = field(default_factory=dict[str, bytes])

    def add_heading(self, text: str) -> None:
        """Add a heading."""
        self.parts.append({"kind": "heading", "text": text})

    def add_text(self, text: str) -> None:
        """Add a paragraph; nothing for an empty one."""
        if text:
            self.parts.append({"kind": "text", "text": text})

    def add_small(self, text: str) -> None:
        """Add a note in small type; nothing for an empty one."""
        if text:
            self.parts.append({"kind": "small", "text": text})

    def add_lead(self, text: str) -> None:
        """Add a note in small type that stays with what follows."""
        self.parts.append({"kind": "lead", "text": text})

    def add_stats(self, stats: Sequence[tuple[str, str, str]]) -> None:
        """Add figures side by side: label, value, note."""
        shown = [{"label": label, "value": value, "note": note} for label, value, note in stats]
        self.parts.append({"kind": "stats", "stats": shown})

    def add_table(self, rows: Table, empty: str = "", *, shares: Sequence[int] = ()) -> None:
        """Add a table by column title, or the plain sentence `empty` when there are no rows.

        Args:
            rows: Its rows.
            empty: What is said without any.
            shares: How the columns share the width of the sheet; without it each is as wide as its words.
        """
        if not rows:
            self.add_text(empty)
            return
        columns = list(rows[0])
        cells = [[row.get(column, "") for column in columns] for row in rows]
        self.parts.append({"kind": "table", "columns": columns, "rows": cells, "shares": list(shares)})

    def add_lines(self, lines: Sequence[tuple[str, str]]) -> None:
        """Add what is on record, a line each: label and words."""
        self.parts.append({"kind": "lines", "lines": [{"label": label, "words": words} for label, words in lines]})

    def add_picture(self, picture: Picture, alt: str) -> None:
        """Add a chart."""
        name = f"chart-{len(self.pictures) + 1}.svg"
        self.pictures[name] = picture.as_svg()
        self.parts.append({"kind": "picture", "name": name, "alt": alt})


@dataclass(frozen=True, slots=True)
class Head:
    """What stands at the head of every sheet, and when the document was made: see `Document`."""

    programme: str
    version: str
    as_of: str
    made_at: datetime
    code: str = ""


def to_pdf(context: Context, programme: Programme, paper: Paper) -> bytes:
    """Return the document as a PDF that says of which programme and day it is, and that people are invented."""
    head = Head(programme.head.title, programme.head.version, day_text(context.today()), context.now())
    return set_pdf(paper, head, is_synthetic=context.store.is_synthetic)


def set_pdf(paper: Paper, head: Head, *, is_synthetic: bool) -> bytes:
    """Return the document as a PDF under a head of its own: the same head and parts give the same bytes."""
    language = current_language()
    document = Document(
        title=paper.title,
        made_at=head.made_at,
        programme=head.programme,
        version=head.version,
        as_of=head.as_of,
        code=head.code,
        language=Locale.parse(language, sep="-").language,
        is_right_to_left=Locale.parse(language, sep="-").text_direction == "rtl",
        is_synthetic=is_synthetic,
    )
    data = {"document": document, "parts": paper.parts}
    return typeset("plain", data, pictures=paper.pictures, translations=translations(language))


def draw_pdf(label: str, make: Callable[[], bytes], name: str) -> None:
    """Draw the button that gives a PDF: see `draw_file`."""
    draw_file(label, make, f"{name}.pdf", "application/pdf", ":material/picture_as_pdf:")


def draw_file(label: str, make: Callable[[], bytes], file_name: str, mime: str, icon: str) -> None:
    """Draw the button that gives a document, which is written when it is asked for, in the reader's language.

    Args:
        label: On the button.
        make: Reads, checks rights and writes.
        file_name: Of the file; once on a page.
        mime: Its kind.
        icon: On the button.
    """
    language = current_language()

    def written() -> bytes:
        with speaking(language):
            return make()

    st.download_button(
        label,
        written,
        file_name=file_name,
        mime=mime,
        icon=icon,
        on_click="ignore",
        key=f"file-{file_name}",
    )
