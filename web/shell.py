"""What stands around every page: who is signed in, the navigation, the notices, the safeguarding panel."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st
from streamlit.errors import StreamlitAPIException

from curriculum.ids import ProgrammeId
from people.models import Actor
from web.arrival import find_context
from web.components import draw_said, plain_link, safeguarding_panel, small_note
from web.context import Context, guarded_fragment
from web.look import ROOT_PX, TEXT_SIZE_COOKIE, TextSize, page_icon, parse_text_size, style_sheet
from web.sessions import COOKIE
from web.texts import LANGUAGE_KEY, _, choose_language, list_languages, session_language, speaking
from web.view import View
from web.views import VIEWS
from web.views.everyone import privacy

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

_ROW: Final = 3
"""How many links fit beside the menu on a phone."""
_ROW_KEY: Final = "row"
_SIZE_KEY: Final = "text_size"
_SIZE_BOX: Final = "menu_text_size"
_SIZE_CHANGED: Final = "text_size_changed"
_LANGUAGE_BOX: Final = "menu_language"
_MENU_CHANGED: Final = "menu_changed"
"""Set by a choice in the menu: it is about the whole page, and so are its next run and what it draws."""
_PROGRAMME_KEY: Final = "programme"
_PROGRAMME_BOX: Final = "menu_programme"
_PROGRAMME_CHANGED: Final = "programme_changed"
_PROGRAMME_COOKIE: Final = "practicum_programme"
_YEAR_S: Final = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class _Page:
    """A page of this run: what Streamlit registers, and the view it draws."""

    page: "StreamlitPage"
    view: View


def draw_shell() -> None:
    """Draw the app for whoever is signed in now; the session is looked at on every run."""
    st.session_state.setdefault(LANGUAGE_KEY, choose_language(st.context.headers.get("Accept-Language", "")))
    with speaking(session_language()):
        _draw_app()


def _draw_app() -> None:
    context = find_context(st.context.cookies.get(COOKIE, ""), _wanted_programme())
    if context is None:
        _draw_signed_out()
        return
    menu = list_menu(context)
    row = _held_row(menu, context)
    current, context = _open_page(context, row[0])
    st.set_page_config(page_title="Practicum", page_icon=page_icon(), layout=current.view.layout)
    _draw_style()
    _draw_navigation(context, menu, row)
    draw_said()
    current.page.run()
    safeguarding_panel(context)


def list_views(actor: Actor) -> list[View]:
    """Return the views of a person, in the order of the menu."""
    return [view for view in VIEWS if view.is_for(actor)]


def list_menu(context: Context) -> list[View]:
    """Return the views that stand in the row or the menu: the listed ones that are of use in the programme chosen."""
    return [view for view in list_views(context.actor) if view.is_listed and view.has_use(context)]


def list_row(views: list[View], context: Context) -> list[View]:
    """Return the views that stand in the row: the listed ones of the smallest rank, whose work is not over."""
    listed = [view for view in views if view.is_listed]
    return sorted(listed, key=lambda view: (bool(view.is_over and view.is_over(context)), view.rank))[:_ROW]


def _held_row(views: list[View], context: Context) -> list[View]:
    """Return the row as this tab first had it: a page does not give way under somebody's hands.

    It is found anew when the tab is, or when the views that may stand in it are others.
    """
    paths = [view.url_path for view in views]
    of_paths, row = st.session_state.get(_ROW_KEY, (None, None))
    if of_paths != paths:
        row = [view.url_path for view in list_row(views, context)]
        st.session_state[_ROW_KEY] = (paths, row)
    by_path = {view.url_path: view for view in views}
    return [by_path[path] for path in row or ()]


# ---------------------------------------------------------------- pages


def _open_page(context: Context, home: View) -> tuple[_Page, Context]:
    """Register the person's pages; return the one asked for, and the context that can link to all of them.

    The first page of the row answers at "/", which is the only address Streamlit gives a default page; so it is
    registered a second time, hidden, to answer at its own name.
    """
    pages: dict[str, StreamlitPage] = {}
    linked = replace(context, pages=pages)
    views = list_views(context.actor)
    made = [_make_page(view, linked) for view in views]
    front = _Page(st.Page(partial(_run_view, home, linked), title=_(home.title), url_path="", default=True), home)
    pages |= {each.view.url_path: each.page for each in made} | {home.url_path: front.page}
    opened = st.navigation([front.page, *(each.page for each in made)], position="hidden")
    current = next(each for each in (front, *made) if each.page is opened)
    return current, linked


def _make_page(view: View, context: Context) -> _Page:
    page = st.Page(partial(_run_view, view, context), title=_(view.title), url_path=view.url_path)
    return _Page(page, view)


def _run_view(view: View, context: Context) -> None:
    """Draw the page; before anything else, once, the privacy notice."""
    draw: Callable[[Context], None] = privacy.render_first if privacy.must_show(context) else view.render
    draw(context)


# ---------------------------------------------------------------- signed out


def _draw_signed_out() -> None:
    """Lead to the sign-in page, and from there back to where the person was."""
    front = st.Page(_draw_nothing, title="Practicum", url_path="", default=True)
    st.navigation(
        [front, *(st.Page(_draw_nothing, title=v.title, url_path=v.url_path) for v in VIEWS)], position="hidden"
    )
    st.set_page_config(page_title="Practicum", page_icon=page_icon(), layout="centered")
    _draw_style()
    st.title(_("You are signed out"), anchor=False)
    st.markdown(_("Everything that was shown as saved is saved."))
    plain_link("/account/sign-in", _("Sign in"))
    st.html(
        "<script>location.replace('/account/sign-in?next=' + encodeURIComponent(location.pathname + location.search))"
        "</script>",
        unsafe_allow_javascript=True,
    )


def _draw_nothing() -> None:
    """Stand in for a page while nobody is signed in."""


# ---------------------------------------------------------------- navigation


def _draw_navigation(context: Context, views: list[View], row: list[View]) -> None:
    if context.is_demo:
        with st.container(key="demonstration"):
            st.markdown(f":small[{_('Demonstration: invented people')}]")
    with st.container(
        key="nav", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap=None
    ):
        with st.container(key="nav-row", horizontal=True, width="content", gap="xxsmall"):
            for view in row:
                st.page_link(context.pages[view.url_path], label=_(view.title))
        with st.container(key="nav-menu", width="content"):  # a fragment takes the whole width otherwise
            _draw_menu(context, [view for view in views if view not in row])
    own = [choice.programme.head.title for choice in context.choices if choice.enrolment_id is not None]
    if len(own) > 1:
        small_note(own[0])


@guarded_fragment
def _draw_menu(context: Context, views: list[View]) -> None:
    """Draw the menu: what is in it once it is opened, by a run of its own that leaves the page as it is."""
    if st.session_state.pop(_MENU_CHANGED, False):
        st.rerun(scope="app")
    menu = st.popover(_("Menu"), icon=":material/menu:", type="tertiary", key="menu", on_change="rerun")
    if menu.open:
        with menu:
            _draw_opened(context, views)


def _draw_opened(context: Context, views: list[View]) -> None:
    for view in views:
        st.page_link(context.pages[view.url_path], label=_(view.title), icon=view.icon or None)
    _draw_programme_choice(context)
    _draw_language_choice()
    _draw_size_choice()
    st.markdown(f":gray[{_('Signed in as')}]")
    st.text(context.actor.name)
    plain_link("/account/bye", _("Sign out"))


def _draw_programme_choice(context: Context) -> None:
    """Draw the choice between a person's programmes, in an order that stays when they choose."""
    titles = {choice.programme_id: choice.programme.head.title for choice in context.choices}
    if len(titles) < 2:
        return
    st.session_state[_PROGRAMME_BOX] = context.choices[0].programme_id
    ids = sorted(titles, key=titles.__getitem__)
    chosen = st.selectbox(
        _("Programme"), ids, format_func=titles.__getitem__, key=_PROGRAMME_BOX, on_change=_choose_programme
    )
    if st.session_state.pop(_PROGRAMME_CHANGED, False):
        _remember(_PROGRAMME_COOKIE, chosen)


def _choose_programme() -> None:
    """Put the programme chosen first, from this run on; what the address names belongs to the other one."""
    st.session_state[_PROGRAMME_KEY] = st.session_state[_PROGRAMME_BOX]
    st.session_state[_PROGRAMME_CHANGED] = True
    st.session_state[_MENU_CHANGED] = True
    # While a widget keeps a parameter there, Streamlit lets nobody else write the address.
    with suppress(StreamlitAPIException):
        st.query_params.clear()


def _draw_language_choice() -> None:
    languages = list_languages()
    if len(languages) > 1:
        # A box's own value is lost once it is not drawn.
        st.session_state[_LANGUAGE_BOX] = session_language()
        st.selectbox(_("Language"), languages, key=_LANGUAGE_BOX, on_change=_choose_language)


def _choose_language() -> None:
    st.session_state[LANGUAGE_KEY] = st.session_state[_LANGUAGE_BOX]
    st.session_state[_MENU_CHANGED] = True


def _draw_size_choice() -> None:
    names = {TextSize.NORMAL: _("Normal"), TextSize.LARGE: _("Large"), TextSize.LARGEST: _("Largest")}
    st.session_state[_SIZE_BOX] = st.session_state[_SIZE_KEY]
    size = st.radio(
        _("Text size"),
        list(names),
        format_func=names.__getitem__,
        key=_SIZE_BOX,
        horizontal=True,
        on_change=_choose_size,
    )
    if st.session_state.pop(_SIZE_CHANGED, False):
        _remember(TEXT_SIZE_COOKIE, TextSize(size).value)


def _choose_size() -> None:
    st.session_state[_SIZE_KEY] = st.session_state[_SIZE_BOX]
    st.session_state[_SIZE_CHANGED] = True
    st.session_state[_MENU_CHANGED] = True


def _remember(cookie: str, value: str) -> None:
    """Keep a preference in this browser. Never anything about a person."""
    line = json.dumps(f"{cookie}={value}; path=/; max-age={_YEAR_S}; samesite=lax")
    st.html(f"<script>document.cookie = {line}</script>", unsafe_allow_javascript=True)


def _wanted_programme() -> ProgrammeId | None:
    named = st.query_params.get(_PROGRAMME_KEY) or st.session_state.get(_PROGRAMME_KEY)
    wanted = named or st.context.cookies.get(_PROGRAMME_COOKIE)
    return ProgrammeId(wanted) if wanted else None


def _draw_style() -> None:
    st.html(style_sheet())
    st.session_state.setdefault(_SIZE_KEY, parse_text_size(st.context.cookies.get(TEXT_SIZE_COOKIE)))
    size = TextSize(st.session_state[_SIZE_KEY])
    if size != TextSize.NORMAL:
        st.html(f"<style>html {{font-size: {ROOT_PX[size]}px !important}}</style>")
