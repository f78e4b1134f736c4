"""A second person from outside: invited for one record until a day, where the hub has nobody else to confirm."""

from datetime import date, timedelta
from typing import Final

import streamlit as st

from assessments.service.decisions import Case
from people import service
from people.facts import Grant, TokenPurpose
from people.models import PersonId
from people.names import MAX_NAME
from people.rights import Record, Right, may_on_person
from people.service.offices import COUNTERSIGN_DAYS
from web.components import day_text, plain, say_after_rerun, small_note, try_action
from web.context import Context
from web.texts import _
from web.views.manager.slip import keep_slip
from web.wording import outside_words

_USUAL_DAYS: Final = 30


def draw_second_person(context: Context, case: Case) -> None:
    """Draw who from outside was invited, and the form to invite; nothing where no second person is asked for."""
    record_id = case.verdict.person_id
    subject = context.store.subject(record_id)
    is_asked = case.programme.head.decision.countersign and record_id != context.actor.person_id
    if not is_asked or not may_on_person(context.actor, Right.INVITE, Record.SIGN_OFF, subject):
        return
    invited = service.list_countersigners(context.store, context.actor, record_id, context.now())
    with st.expander(
        _("A second person from outside"), icon=":material/person_add:", expanded=bool(invited), key="outside"
    ):
        st.markdown(outside_words())
        for grant in invited:
            _draw_invited(context, grant)
        _draw_inviting(context, record_id)


def _draw_invited(context: Context, grant: Grant) -> None:
    with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
        name = context.store.name_of(grant.person_id)
        until = _("until {day}").format(day=day_text(grant.until_on)) if grant.until_on else ""
        by = _("invited by {name}").format(name=context.store.name_of(grant.actor_id))
        st.markdown(f"**{plain(name)}** {plain(until)}  \n:gray[{plain(by)}]", width="stretch")
        if st.button(_("End now"), key=f"end-{grant.fact_id}"):
            act = service.end_countersigner
            if try_action(lambda: act(context.store, context.actor, grant.fact_id, context.now())):
                say_after_rerun(_("Ended. {name} sees this record no more.").format(name=name))
                st.rerun()


def _draw_inviting(context: Context, record_id: PersonId) -> None:
    known = service.list_known_countersigners(context.store, context.actor, record_id, context.now())
    names: dict[PersonId | None, str] = {None: _("Somebody new")}
    names |= {person_id: context.store.name_of(person_id) for person_id in known}
    chosen = (
        st.selectbox(_("Whom?"), list(names), format_func=names.__getitem__, key=f"whom-{record_id}") if known else None
    )
    name = st.text_input(_("Name"), max_chars=MAX_NAME, key=f"outside-name-{record_id}") if chosen is None else ""
    until_on: date = st.date_input(
        _("Until which day?"),
        value=context.today() + timedelta(days=_USUAL_DAYS),
        min_value=context.today(),
        max_value=context.today() + timedelta(days=COUNTERSIGN_DAYS),
        key=f"outside-until-{record_id}",
    )
    small_note(_("They get a slip with a code. Give it to them yourself, or send the address."))
    if st.button(_("Invite"), key=f"invite-{record_id}"):
        invited = try_action(lambda: _invite(context, record_id, chosen, name, until_on))
        if invited is not None:
            _finish(context, invited)


def _invite(
    context: Context, record_id: PersonId, chosen: PersonId | None, name: str, until_on: date
) -> service.Invited:
    return service.invite_countersigner(
        context.store,
        context.actor,
        record_id,
        until_on=until_on,
        now=context.now(),
        name=name,
        login=service.suggest_login(context.store, name) if chosen is None else "",
        person_id=chosen,
    )


def _finish(context: Context, invited: service.Invited) -> None:
    if invited.code is None:
        say_after_rerun(_("Invited. They sign in with the password they have."))
    else:
        keep_slip(context, invited.person_id, TokenPurpose.INVITATION, invited.code)
    st.rerun()
