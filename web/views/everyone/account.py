"""My account: who I am here, where I am signed in, signing out everywhere."""

import streamlit as st

from analytics.own_record.gathering import may_copy
from people.models import HeldGrant
from web.components import day_text, page_head, plain, plain_link, small_note
from web.context import Context
from web.office_names import office_names
from web.texts import N_, _
from web.view import EVERYONE, View


def render(context: Context) -> None:
    """Draw the page."""
    page_head(_("My account"))
    account = context.store.account_of(context.actor.person_id)
    st.markdown(f"**{_('Name')}**  \n{plain(context.actor.name)}")
    if account is not None:
        st.markdown(f"**{_('Sign-in name')}**  \n{plain(account.login)}")
    _draw_offices(context)
    st.header(_("Password"), anchor=False)
    plain_link("/account/password", _("Change my password"))
    small_note(_("Forgotten? Your trainer or an administrator can give you a reset slip."))
    if may_copy(context.actor, context.actor.person_id):
        st.header(_("What is kept about me"), anchor=False)
        plain_link("/copy/my-record.zip", _("Download my record (ZIP)"))
        st.markdown(f":gray[{_('To have your name and your words deleted, ask the programme manager of your hub.')}]")
    st.header(_("Signing out"), anchor=False)
    st.markdown(_("If you used a shared or lost phone, sign out on every device."))
    plain_link("/account/bye", _("Sign out"))


def _draw_offices(context: Context) -> None:
    st.header(_("What I do here"), anchor=False)
    names = office_names()
    for grant in context.actor.grants:
        st.markdown(f"- {names[grant.office]}{_until(grant)}")
    for choice in context.choices:
        if choice.enrolment_id is not None:
            st.markdown("- " + _("In training: {programme}").format(programme=plain(choice.programme.head.title)))


def _until(grant: HeldGrant) -> str:
    return " " + _("until {day}").format(day=day_text(grant.until_on)) if grant.until_on else ""


VIEW = View(EVERYONE, N_("My account"), "my-account", render, ":material/person:", rank=90)
