"""Manual: contents, search, and one section at a time; `?section=M9.3` opens that section."""

from itertools import groupby
from typing import Final, Literal

import streamlit as st

from curriculum.ids import SectionId
from curriculum.models import Programme, Section
from people.models import Actor, HeldGrant, Office, PersonId
from people.rights import Record, Right, may_anywhere
from store.search import SectionHit, SnippetPart, search_manual
from web.components import bottom_bar, empty_state, go_to, manual_sheet, page_head, plain, small_note, view_link
from web.context import Context, ProgrammeChoice
from web.texts import N_, _, ngettext
from web.view import View
from web.views.trainee.addressing import show_part
from web.views.trainee.blocks import draw_section_links, section_label
from web.views.trainee.programme_text import linked_sections, programme_markdown

URL: Final = "manual"
_FIND: Final = "find"


def may_read(actor: Actor) -> bool:
    """Return whether the person may read what a programme teaches."""
    return may_anywhere(actor, Right.SEE, Record.PROGRAMME)


def _readers() -> frozenset[Office]:
    return frozenset(one for one in Office if may_read(Actor(PersonId(0), "", (HeldGrant(one),))))


def render(context: Context) -> None:
    """Draw the section that the address names, else the contents with the search."""
    if not may_read(context.actor) or context.choice is None:
        page_head(_("Manual"))
        empty_state(
            _("There is no manual for you to read yet."),
            _("It stands here once you work with a programme. Ask your programme manager."),
        )
        return
    asked = st.query_params.get("section", "")
    show_part(URL, asked)
    if not asked:
        _draw_front(context, context.choice)
        return
    section = context.choice.programme.section_by_id.get(SectionId(asked))
    if section is None:
        _draw_unknown(context, asked)
        return
    _draw_section(context, context.choice, section)


def _draw_unknown(context: Context, asked: str) -> None:
    page_head(_("Manual"))
    with empty_state(
        _("There is no section “{section}”.").format(section=asked),
        _("The link may be an old one. Look in the contents, or search."),
    ):
        if st.button(_("See the contents"), type="primary"):
            go_to(context, URL)


# ---------------------------------------------------------------- contents and search


def _draw_front(context: Context, choice: ProgrammeChoice) -> None:
    head = choice.programme.head
    note = _("{programme}, version {version}").format(programme=head.title, version=head.version)
    page_head(_("Manual"), note=note)
    query = st.text_input(
        _("Search the manual"),
        key=_FIND,
        bind="query-params",
        type="search",
        max_chars=200,
        placeholder=_("such as: secret, late, sharing the lead"),
    )
    if query and query.strip():
        _draw_hits(context, choice.programme, query)
    else:
        _draw_contents(context, choice)


def _draw_hits(context: Context, programme: Programme, query: str) -> None:
    hits = search_manual(programme, query)
    if not hits:
        empty_state(_("Nothing was found."), _("Try one other word, or fewer letters of it."))
        return
    st.subheader(ngettext("{n} section found", "{n} sections found", len(hits)).format(n=len(hits)), anchor=False)
    for hit in hits:
        _draw_hit(context, hit)


def _draw_hit(context: Context, hit: SectionHit) -> None:
    with st.container(border=True, gap="xsmall"):
        view_link(context, URL, f"{hit.section_id} {hit.title}", query={"section": hit.section_id})
        if len(hit.path) > 1:
            small_note(hit.path[0])
        st.markdown("".join(map(_marked, hit.snippet)))


def _marked(part: SnippetPart) -> str:
    text = plain(part.text)
    return f"**{text}**" if part.is_match else text


def _draw_contents(context: Context, choice: ProgrammeChoice) -> None:
    for chapter, sections in chapters(choice.programme):
        with st.expander(section_label(chapter), key=f"chapter-{chapter.id}"):
            draw_section_links(context, sections)
    st.link_button(_("Print the whole manual"), print_path(choice.programme), type="tertiary", icon=":material/print:")


def chapters(programme: Programme) -> list[tuple[Section, list[Section]]]:
    """Return each chapter with all its sections, the chapter's own opening first."""
    grouped = groupby(programme.sections, key=lambda section: section.chapter)
    return [(programme.section_by_id[id_], list(sections)) for id_, sections in grouped]


def print_path(programme: Programme, chapter: SectionId | None = None) -> str:
    """Return the address of the page to print: the whole manual, or one chapter."""
    whole = f"/print/manual/{programme.head.id}"
    return f"{whole}/{chapter}" if chapter else whole


# ---------------------------------------------------------------- a section


def _draw_section(context: Context, choice: ProgrammeChoice, section: Section) -> None:
    programme = choice.programme
    view_link(context, URL, _("Contents and search"), icon=":material/toc:")
    page_head(section.title, kicker=_kicker(programme, section))
    if section.markdown:
        with manual_sheet(f"section-{section.id}"):
            st.markdown(programme_markdown(section.markdown))
            draw_section_links(context, linked_sections(programme, section.markdown))
    if section.id == section.chapter:
        _draw_chapter_list(context, programme, section)
    st.link_button(
        _("Print this chapter"), print_path(programme, section.chapter), type="tertiary", icon=":material/print:"
    )
    _draw_neighbours(context, programme, section)


def _kicker(programme: Programme, section: Section) -> str:
    if section.id == section.chapter:
        return section.id
    return f"{section.id} · {programme.section_by_id[section.chapter].title}"


def _draw_chapter_list(context: Context, programme: Programme, chapter: Section) -> None:
    others = [each for each in programme.sections if each.chapter == chapter.id and each.id != chapter.id]
    if others:
        st.subheader(_("In this chapter"), anchor=False)
        draw_section_links(context, others)


def _draw_neighbours(context: Context, programme: Programme, section: Section) -> None:
    at = programme.sections.index(section)
    before = programme.sections[at - 1] if at > 0 else None
    after = programme.sections[at + 1] if at + 1 < len(programme.sections) else None
    with bottom_bar("manual"):
        _draw_neighbour(context, _("Previous"), before, "left")
        _draw_neighbour(context, _("Next"), after, "right")


def _draw_neighbour(context: Context, words: str, section: Section | None, side: Literal["left", "right"]) -> None:
    icon = ":material/arrow_back:" if side == "left" else ":material/arrow_forward:"
    if section is None:
        st.button(words, icon=icon, icon_position=side, disabled=True)
    elif st.button(f"{words}: {section.id}", icon=icon, icon_position=side):
        go_to(context, URL, {"section": section.id})


VIEW = View(_readers(), N_("Manual"), URL, render, ":material/auto_stories:", rank=4)
