"""Whom the safeguarding panel of a hub names: one short form."""

import streamlit as st

from people import service
from people.facts import ContactKind, HubContact
from people.models import HubId
from people.names import MAX_NAME
from web.components import say_after_rerun, small_note, try_action
from web.context import Context
from web.texts import _
from web.wording import contact_words

NEEDED = (ContactKind.SAFEGUARDING_LEAD, ContactKind.EMERGENCY)
"""Without these nobody could be called."""

_PHONE_MAX = 31


def list_contacts(context: Context, hub_id: HubId) -> dict[ContactKind, HubContact]:
    """Return the lines of the hub's panel."""
    return {contact.kind: contact for contact in service.list_contacts(context.store, hub_id)}


def draw_contacts_form(context: Context, hub_id: HubId, *, is_next: bool = False) -> None:
    """Draw the form; `is_next` makes its button the one filled button of the screen."""
    known = list_contacts(context, hub_id)
    with st.form(f"contacts-{hub_id}", border=False):
        small_note(_("Everybody in this hub sees these on every page, behind “Worried about a child?”."))
        written = {kind: _draw_line(hub_id, kind, known.get(kind)) for kind in ContactKind}
        kind_of_button = "primary" if is_next else "secondary"
        if not st.form_submit_button(_("Save whom to call"), type=kind_of_button, width="stretch"):
            return
    if try_action(lambda: _save(context, hub_id, known, written)):
        say_after_rerun(_("Saved. The panel names them now."))
        st.rerun()


def _draw_line(hub_id: HubId, kind: ContactKind, known: HubContact | None) -> tuple[str, str]:
    label = contact_words(kind)
    if kind is ContactKind.SAFEGUARDING_DEPUTY:
        label = _("{who} (if there is one)").format(who=label)
    title = known.title if known else (label if kind is ContactKind.EMERGENCY else "")
    phone = known.phone if known else ""
    with st.grid(2, min_column_width=150):
        name = st.text_input(label, value=title, max_chars=MAX_NAME, key=f"contact-{hub_id}-{kind}")
        number = st.text_input(
            _("Telephone: {who}").format(who=contact_words(kind)),
            value=phone,
            max_chars=_PHONE_MAX,
            key=f"phone-{hub_id}-{kind}",
        )
    return name, number


def _save(
    context: Context,
    hub_id: HubId,
    known: dict[ContactKind, HubContact],
    written: dict[ContactKind, tuple[str, str]],
) -> bool:
    for kind, (title, phone) in written.items():
        before = known.get(kind)
        is_same = before is not None and (before.title, before.phone) == (title.strip(), phone.strip())
        is_left_out = kind not in NEEDED and not title.strip() and not phone.strip()
        if not is_same and not is_left_out:
            store, actor, now = context.store, context.actor, context.now()
            service.set_contact(store, actor, hub_id, kind, title=title, phone=phone, now=now)
    return True
