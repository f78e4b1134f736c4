"""The blocks of a module's page: the app's words, the manual's sheet, examples, and what to do and not to do."""

import streamlit as st

from curriculum.models import Block, BlockKind, Programme, Section
from web.components import card, manual_sheet, view_link
from web.context import Context
from web.texts import _
from web.views.trainee.programme_text import linked_sections, programme_markdown


def draw_block(context: Context, programme: Programme, block: Block, key: str) -> None:
    """Draw a block that asks nothing of the reader."""
    match block.kind:
        case BlockKind.PASSAGE:
            draw_passage(context, programme, block, key)
        case BlockKind.EXAMPLE:
            _draw_titled(_("Example"), ":material/forum:", block, key)
        case BlockKind.THIS:
            _draw_titled(_("This"), ":material/check:", block, key)
        case BlockKind.NOT_THIS:
            _draw_titled(_("Not this"), ":material/close:", block, key)
        case _:
            st.markdown(programme_markdown(block.markdown))
            draw_section_links(context, linked_sections(programme, block.markdown))


def draw_passage(context: Context, programme: Programme, block: Block, key: str) -> None:
    """Draw words of the manual on its sheet, with a link to the section they come from."""
    section = programme.section_by_id[block.section] if block.section else None
    with manual_sheet(key):
        with st.container(key=f"source-{key}", horizontal=True, vertical_alignment="center", gap="xsmall"):
            st.markdown(f":material/menu_book: **{_('Manual')}**", width="content")
            if section:
                draw_section_links(context, [section])
        st.markdown(programme_markdown(block.markdown))
        draw_section_links(context, linked_sections(programme, block.markdown))


def draw_section_links(context: Context, sections: list[Section]) -> None:
    """Draw a link to each section in the manual."""
    for section in sections:
        view_link(context, "manual", section_label(section), query={"section": section.id})


def section_label(section: Section) -> str:
    """Return a section's id and title, to go on a link."""
    return f"{section.id} {section.title}"


def draw_pair(this: Block, not_this: Block, key: str) -> None:
    """Draw what helps and what does not side by side; on a phone one below the other."""
    with st.grid(2, min_column_width=260):
        _draw_titled(_("This"), ":material/check:", this, f"{key}-this")
        _draw_titled(_("Not this"), ":material/close:", not_this, f"{key}-not")


def _draw_titled(title: str, icon: str, block: Block, key: str) -> None:
    with card(key):
        st.markdown(f"{icon} **{title}**")
        st.markdown(programme_markdown(block.markdown))
