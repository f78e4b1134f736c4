"""Parts that several pages draw: heads, cards, rows of gates, saved states, links, the safeguarding panel.

Labels of widgets are plain text: Markdown in a label reaches a screen reader raw.
"""

import re
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from math import ceil
from typing import Final, Literal, NoReturn, TypeVar

import streamlit as st
from babel.dates import format_date
from babel.numbers import format_decimal
from streamlit.delta_generator import DeltaGenerator
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer

from curriculum.errors import PlatformError
from people.facts import ContactKind
from web.context import Context
from web.texts import _, current_language, say_error

T = TypeVar("T")
_MARKDOWN: Final = re.compile(r"([\\`*_{}\[\]()#+!|~$:<>-])")
_FLASH_KEY: Final = "flash"
_REFUSAL_KEY: Final = "refusal"

Mark = Literal["met", "now", "open", "person", "not_computable"]
_MARKS: Final[dict[Mark, str]] = {
    "met": ":green[:material/check_circle:]",
    "now": ":violet[:material/radio_button_checked:]",
    "open": ":gray[:material/radio_button_unchecked:]",
    "person": ":gray[:material/group:]",
    "not_computable": ":gray[:material/help:]",
}


def plain(text: str) -> str:
    """Return text from people, such as a name, so that Markdown shows it letter by letter."""
    return _MARKDOWN.sub(r"\\\1", text)


def count_of(have: int, need: int) -> str:
    """Return "9 of 10"."""
    return _("{have} of {need}").format(have=have, need=need)


def points_words(points: int, max_points: int, per_point: int) -> str:
    """Return "7.5 of 10" for points that are kept in whole parts of a point."""
    return _("{have} of {need}").format(have=_decimal(points, per_point), need=_decimal(max_points, per_point))


def _decimal(points: int, per_point: int) -> str:
    return format_decimal(points / per_point, "0.##", locale=reading_locale())


def local_time(context: Context, at: datetime) -> str:
    """Return the time of day of an instant where the programme is, such as "19:42"."""
    return f"{at.astimezone(context.zone):%H:%M}"


def local_day(context: Context, at: datetime) -> str:
    """Return the day of an instant where the programme is, such as "22 Nov 2026"."""
    return day_text(at.astimezone(context.zone).date())


def day_text(day: date) -> str:
    """Return a date such as "22 Nov 2026"."""
    return format_date(day, "d MMM yyyy", locale=reading_locale())


def reading_locale() -> str:
    """Return the locale in which days and times are written for the reader."""
    language = current_language()
    return "en_GB" if language == "en" else language


# ---------------------------------------------------------------- heads and cards


def page_head(title: str, *, kicker: str = "", note: str = "") -> None:
    """Draw the one title of a page, with a grey line above (`kicker`) and below (`note`). Plain text, all three."""
    if kicker:
        st.markdown(f":gray[{plain(kicker)}]")
    st.title(plain(title), anchor=False)
    if note:
        st.markdown(f":gray[{plain(note)}]")


def head_row(left: str, context: Context, *, saved_at: datetime | None = None) -> None:
    """Draw a row that stays on one line: Markdown at the left, the saved state at the right."""
    with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
        st.markdown(left, width="stretch")
        if saved_at is not None:
            saved_state(context, saved_at)


def saved_state(context: Context, saved_at: datetime) -> None:
    """Draw "Saved 19:42". Only after the store has acknowledged the write."""
    words = _("Saved {time}").format(time=local_time(context, saved_at))
    st.markdown(f":green[:material/cloud_done: {words}]", width="content")


def not_saved(message: str) -> None:
    """Draw, at the place of the work, that something was not saved, and what to do."""
    st.error(plain(message), icon=":material/cloud_off:")


def card(key: str) -> DeltaGenerator:
    """Return a bordered container with the narrow gaps of a card. Its key must be unique on the page."""
    return st.container(border=True, key=f"card-{key}", gap="xsmall")


def manual_sheet(key: str) -> DeltaGenerator:
    """Return the marigold-edged sheet in which the manual speaks."""
    return st.container(key=f"manual-{key}", gap="xsmall")


def figure(label: str, value: int | str, note: str = "") -> None:
    """Draw one figure in a card: a plain label, the count, a small grey line."""
    with st.container(border=True, gap="xsmall"):
        st.metric(label, value)
        if note:
            small_note(note)


def small_note(text: str) -> None:
    """Draw a small grey line; `text` is plain."""
    st.markdown(f":small[:gray[{plain(text)}]]")


def gate_row(title: str, figure_text: str, *, mark: Mark, note: str = "") -> None:
    """Draw one gate: a mark, its title, a figure such as "9 of 10" at the right, the next step in grey.

    The mark is never alone: "now" is also written as a badge, "met" and "not computable" as words for readers.
    """
    words = {"now": f" :violet-badge[{_('now')}]", "not_computable": f" :gray-badge[{_('cannot be worked out')}]"}
    with st.container(horizontal=True, wrap=False, gap="small"):
        st.markdown(f"{_MARKS[mark]} **{plain(title)}**{words.get(mark, '')}", width="stretch")
        if figure_text:
            st.markdown(f"**{plain(figure_text)}**", width="content")
    if note:
        st.markdown(f":gray[{plain(note)}]")


def empty_state(title: str, what_to_do: str) -> DeltaGenerator:
    """Draw what there is not yet and what to do about it; return the card, to add one button."""
    box = st.container(border=True, gap="small")
    box.markdown(f"**{plain(title)}**")
    box.markdown(f":gray[{plain(what_to_do)}]")
    return box


def fold(label: str, *, key: str, icon: str | None = None, is_open: bool = False) -> ExpanderContainer:
    """Return a fold that opens by a run: while `.open` is not true nobody sees what is in it, so do not draw it.

    Not for what must be there without a connection.
    """
    return st.expander(label, expanded=is_open, icon=icon, key=key, on_change="rerun")


def page_of(items: Sequence[T], key: str, most: int = 20) -> Sequence[T]:
    """Return the part of a list that is shown; a longer one than `most` is turned over by numbers drawn above it."""
    if len(items) <= most:
        return items
    number = st.pagination(ceil(len(items) / most), key=f"page-{key}")
    return items[(number - 1) * most : number * most]


def bottom_bar(key: str) -> DeltaGenerator:
    """Return the row at the bottom of the screen. Two buttons at the most."""
    return st.bottom.container(
        horizontal=True, wrap=False, horizontal_alignment="distribute", vertical_alignment="center", key=f"bottom-{key}"
    )


# ---------------------------------------------------------------- links and actions


def view_link(
    context: Context, url_path: str, label: str, *, icon: str = "", query: dict[str, str] | None = None
) -> None:
    """Draw a link to another page of the app; plain text when it is not one of the person's pages."""
    page = context.pages.get(url_path)
    if page is None:
        st.markdown(plain(label))
        return
    st.page_link(page, label=label, icon=icon or None, query_params=query)


def plain_link(path: str, label: str) -> None:
    """Draw a link to one of the plain pages, in the same tab. `st.link_button` would open another."""
    st.html(
        f'<a href="{escape(path)}" style="color: inherit; display: inline-block; padding: .5rem 0">{escape(label)}</a>'
    )


def go_to(context: Context, url_path: str, query: dict[str, str] | None = None) -> NoReturn:
    """Open another page of the app, which ends this run; draw the page again when it is not one of the person's."""
    page = context.pages.get(url_path)
    if page is None:
        st.rerun()
    st.switch_page(page, query_params=query)


def try_action(action: Callable[[], T]) -> T | None:
    """Return what a service call returns; when it breaks a rule, draw the rule's sentence and return None."""
    try:
        return action()
    except PlatformError as error:
        not_saved(say_error(error))
        return None


@contextmanager
def refusals() -> Generator[None]:
    """Keep the sentence of a rule that a click breaks, for `draw_refusal`: what a click calls draws before the page."""
    try:
        yield
    except PlatformError as error:
        st.session_state[_REFUSAL_KEY] = say_error(error)


def draw_refusal() -> bool:
    """Draw, once, why the last click changed nothing; return whether there was a reason."""
    words = st.session_state.pop(_REFUSAL_KEY, "")
    if words:
        not_saved(words)
    return bool(words)


@dataclass(frozen=True, slots=True)
class _Flash:
    kind: Literal["success", "info", "error"]
    text: str


def say_after_rerun(text: str, kind: Literal["success", "info", "error"] = "success") -> None:
    """Keep a plain sentence and show it once, at the top of the next page drawn."""
    st.session_state[_FLASH_KEY] = _Flash(kind, text)


def draw_said() -> None:
    """Draw the sentence kept by `say_after_rerun`, once. The shell calls this."""
    flash = st.session_state.pop(_FLASH_KEY, None)
    if isinstance(flash, _Flash):
        box = {"success": st.success, "info": st.info, "error": st.error}[flash.kind]
        box(plain(flash.text))


# ---------------------------------------------------------------- safeguarding


def _contact_titles() -> dict[ContactKind, str]:
    return {
        ContactKind.EMERGENCY: _("Emergency services"),
        ContactKind.SAFEGUARDING_LEAD: _("Safeguarding lead"),
        ContactKind.SAFEGUARDING_DEPUTY: _("Deputy"),
    }


def safeguarding_panel(context: Context) -> None:
    """Draw "Worried about a child?": whom to call now. On every page; it takes no text."""
    with st.popover(_("Worried about a child?"), icon=":material/shield_person:", key="safeguarding"):
        # One element: it is sent with every run, and has to be there when the connection is not.
        st.markdown("\n\n".join(_safeguarding_lines(context)))


def _safeguarding_lines(context: Context) -> Generator[str]:
    if context.choice is not None:
        yield context.choice.programme.head.emergency
    for kind, title in _contact_titles().items():
        for contact in (line for line in context.contacts if line.kind == kind):
            yield f"**{title}**: {plain(contact.title)}  \n{_phone_link(contact.phone)}"
    if not context.contacts:
        yield _("No contact is named here yet. Follow your organisation's procedure now, by phone.")
    yield _("This app is no way to report. Nothing about a family can be written here.")


def _phone_link(phone: str) -> str:
    digits = re.sub(r"[^0-9+]", "", phone)
    return f"[{plain(phone)}](tel:{digits})" if digits else plain(phone)
