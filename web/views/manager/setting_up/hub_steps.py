"""The first steps: who I am, what the hub is called, and whom to call."""

import re
import unicodedata

import streamlit as st

from people import service
from people.models import HubId, Office
from people.names import MAX_NAME
from web.components import say_after_rerun, small_note, try_action
from web.context import Context
from web.memory import ask
from web.texts import _
from web.views.manager.contacts import draw_contacts_form
from web.views.manager.setting_up.progress import Progress

_SLUG_MAX = 36


def draw_name(context: Context, progress: Progress) -> None:
    """Draw the form with the administrator's own name."""
    del progress
    account = context.store.account_of(context.actor.person_id)
    with st.form("own-name", border=False):
        name = st.text_input(_("Your name"), max_chars=MAX_NAME, key="own-name")
        login = st.text_input(
            _("Your sign-in name"), value=account.login if account else "", max_chars=32, key="own-login"
        )
        if not st.form_submit_button(_("Save my name"), type="primary", width="stretch"):
            return

    def rename() -> bool:
        store, actor = context.store, context.actor
        service.rename_person(store, actor, actor.person_id, name=name, login=login, now=context.now())
        return True

    if try_action(rename):
        say_after_rerun(_("Saved. You sign in as {login} from now on.").format(login=login.strip().lower()))
        st.rerun()


def draw_hub(context: Context, progress: Progress) -> None:
    """Draw the form that opens a hub."""
    del progress
    with st.form("open-hub", border=False):
        title = st.text_input(_("Name of the hub"), max_chars=MAX_NAME, placeholder=_("Such as: Riverside"))
        runs_it = st.checkbox(_("I am its programme manager too"), value=True)
        small_note(_("A programme manager publishes the programme and sees who is ready. Somebody else can be added."))
        if not st.form_submit_button(_("Open the hub"), type="primary", width="stretch"):
            return

    def open_hub() -> bool:
        store, actor, now = context.store, context.actor, context.now()
        hub = service.open_hub(store, actor, free_hub_id(context, title), title, now)
        if runs_it:
            service.give_grant(store, actor, actor.person_id, Office.MANAGER, now, hub_id=hub.hub_id)
        return True

    if try_action(open_hub):
        say_after_rerun(_("The hub {title} is open.").format(title=title))
        st.rerun()


def free_hub_id(context: Context, title: str) -> HubId:
    """Return a short name made from a hub's title, such as `st-ann-s-road`, that no hub has yet."""
    letters = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:_SLUG_MAX].strip("-")
    stem = stem if stem[:1].isalpha() else f"hub-{stem}".strip("-")
    taken = {row["hub_id"] for row in ask(context, "own_hubs")}
    slug, n = stem, 1
    while slug in taken:
        n += 1
        slug = f"{stem}-{n}"
    return HubId(slug)


def draw_contacts(context: Context, progress: Progress) -> None:
    """Draw the form with the lines of the safeguarding panel."""
    if progress.hub_id is not None:
        draw_contacts_form(context, progress.hub_id, is_next=True)
