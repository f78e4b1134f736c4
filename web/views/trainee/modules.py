"""Modules: the list with how far one has come; `?module=M4&step=2` opens a page of one."""

import streamlit as st

from curriculum.ids import ModuleId
from people.models import Office
from web.components import card, empty_state, go_to, page_head, plain, small_note
from web.context import Context
from web.texts import N_, _, ngettext
from web.view import View
from web.views.trainee.addressing import show_part
from web.views.trainee.reader import draw_module
from web.views.trainee.reading import Place, find_place, load_places

URL = "modules"


def render(context: Context) -> None:
    """Draw the module that the address names, else the list of all."""
    choice = context.own_choice
    if choice is None:
        page_head(_("Modules"))
        empty_state(
            _("You are not in a programme yet."),
            _("Ask your programme manager to enrol you. Your modules will stand here then."),
        )
        return
    places = load_places(context, choice)
    asked = st.query_params.get("module", "")
    show_part(URL, f"{asked} {st.query_params.get('step', '')}")
    if not asked:
        _draw_list(context, places)
        return
    place = find_place(places, ModuleId(asked))
    if place is None:
        _draw_unknown(context, asked)
        return
    if place.missing:
        _draw_locked(context, place)
        return
    draw_module(context, choice, place)


def _draw_unknown(context: Context, asked: str) -> None:
    page_head(_("Modules"))
    with empty_state(
        _("There is no module “{module}”.").format(module=asked),
        _("The link may be an old one. All your modules are in the list."),
    ):
        if st.button(_("See all modules"), type="primary"):
            go_to(context, URL)


def _draw_locked(context: Context, place: Place) -> None:
    page_head(place.module.title, kicker=place.module.id)
    first = place.missing[0]
    with empty_state(
        _("This module opens later."),
        _("It builds on “{title}”. Read that to the end first.").format(title=first.title),
    ):
        if st.button(_("Open {module}").format(module=first.id), type="primary"):
            go_to(context, URL, {"module": first.id})


# ---------------------------------------------------------------- the list


def _draw_list(context: Context, places: list[Place]) -> None:
    n_read = sum(place.is_read for place in places)
    page_head(
        _("Modules"),
        note=_("{read} of {all} read. You can stop after any page and come back.").format(read=n_read, all=len(places)),
    )
    if not places:
        empty_state(_("This programme has no modules."), _("Your trainer can tell you how the training goes."))
        return
    following = next((place for place in places if not place.is_read and not place.missing), None)
    for place in places:
        _draw_card(context, place, is_following=place is following)


def _draw_card(context: Context, place: Place, *, is_following: bool) -> None:
    module = place.module
    with card(f"module-{module.id}"):
        st.markdown(f"**{plain(module.id)} · {plain(module.title)}**{_badge(place)}")
        small_note(_state(place))
        with st.expander(_("What you will be able to do"), type="compact"):
            st.markdown("\n".join(f"- {plain(outcome)}" for outcome in module.outcomes))
        if place.missing:
            return
        kind = "primary" if is_following else "secondary"
        if st.button(_action(place), type=kind, key=f"open-{module.id}", width="stretch"):
            open_module(context, place)


def open_module(context: Context, place: Place) -> None:
    """Open a module where the trainee left off; at its first page when all of it was read. Ends the run."""
    go_to(context, URL, {"module": place.module.id, "step": str(place.next_step + 1)})


def _badge(place: Place) -> str:
    if place.is_read:
        return f" :green-badge[:material/check: {_('read')}]"
    return f" :violet-badge[{_('started')}]" if place.is_started else ""


def _state(place: Place) -> str:
    if place.missing:
        before = ", ".join(f"{module.id} {module.title}" for module in place.missing)
        return _("Opens when you have read {modules}.").format(modules=before)
    if place.is_read or not place.is_started:
        pages = ngettext("{n} page", "{n} pages", place.n_steps).format(n=place.n_steps)
        return _("{pages} · about {minutes} minutes").format(pages=pages, minutes=place.module.minutes)
    return _("You are on page {page} of {pages} · about {minutes} minutes left").format(
        page=place.next_step + 1, pages=place.n_steps, minutes=place.minutes_left
    )


def _action(place: Place) -> str:
    """Return the words on the button; the module's id keeps them apart for a screen reader."""
    if place.is_read:
        words = _("Read {module} again")
    elif place.is_started:
        words = _("Carry on with {module}")
    else:
        words = _("Start {module}")
    return words.format(module=place.module.id)


VIEW = View(frozenset({Office.TRAINEE}), N_("Modules"), URL, render, ":material/menu_book:", rank=2)
