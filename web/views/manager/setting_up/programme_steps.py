"""The steps from a programme in the folder to a cohort that trains by it."""

from dataclasses import replace

import streamlit as st

from assessments.service.programmes import approve_safeguarding_text
from curriculum.ids import ProgrammeId
from curriculum.models import Programme
from people import service
from people.models import Office
from people.names import MAX_NAME
from people.rights import Record, Right, may_anywhere
from web.components import plain, say_after_rerun, small_note, try_action, view_link
from web.context import Context
from web.texts import _
from web.views.manager.cohorts import draw_cohort_form
from web.views.manager.inviting import Task, invite
from web.views.manager.programme.going_live import draw_activation, draw_approval, draw_safeguarding_text, may_approve
from web.views.manager.programme.page import draw_publishing
from web.views.manager.setting_up.progress import Progress, Row
from web.views.manager.shipped import Draft, list_drafts


def draw_programme(context: Context, progress: Progress) -> None:
    """Draw the programmes that can be put into the store."""
    del progress
    drafts = [draft for draft in list_drafts() if draft.programme is not None]
    if not drafts:
        st.markdown(_("There is none in the folder `programmes` beside the app. Put one there, then come back."))
        return
    if not may_anywhere(context.actor, Right.PUBLISH, Record.PROGRAMME):
        st.markdown(_("A programme manager or a training lead can do this. Invite one, or take the task yourself."))
        view_link(context, "people", _("People"), icon=":material/group:")
        return
    _draw_draft(context, _choose_draft(drafts))


def _choose_draft(drafts: list[Draft]) -> Draft:
    if len(drafts) == 1:
        return drafts[0]
    titles = [draft.programme.head.title if draft.programme else draft.name for draft in drafts]
    number = st.radio(_("Which one first?"), range(len(drafts)), format_func=titles.__getitem__, key="first-programme")
    return drafts[number]


def _draw_draft(context: Context, draft: Draft) -> None:
    if draft.programme is None:
        return
    head = draft.programme.head
    st.markdown(f"**{plain(head.title)}**  \n{plain(head.summary)}")
    small_note(head.notice)
    if not draft.may_be_published:
        small_note(_("It has faults that must be mended first; Programme lists them."))
    draw_publishing(context, draft, [])


# ---------------------------------------------------------------- the safeguarding text


def draw_approver(context: Context, progress: Progress) -> None:
    """Draw who approves the safeguarding text: somebody who is invited now, or the reader."""
    if progress.version is None or progress.hub_id is None:
        return
    programme = context.store.programme(progress.version["programme_id"], progress.version["version_no"])
    if may_approve(context):
        draw_approval(context, programme, progress.version)
        return
    st.markdown(_("A qualified person must read it, before anybody trains by it. This is often the safeguarding lead."))
    is_own = st.radio(
        _("Who does it?"),
        (False, True),
        format_func=lambda own: _("I do: I am the safeguarding lead here") if own else _("Somebody else: invite them"),
        key="approver-is-me",
    )
    if is_own:
        _draw_own_approval(context, progress, programme, progress.version)
    else:
        _draw_invited_approver(context, progress)


def _draw_invited_approver(context: Context, progress: Progress) -> None:
    with st.form("invite-approver", border=False):
        name = st.text_input(_("Name of the safeguarding lead"), max_chars=MAX_NAME, key="approver-name")
        if not st.form_submit_button(_("Add and make the slip"), type="primary", width="stretch"):
            return
    task = Task(Office.SAFEGUARDING_LEAD, progress.hub_id)
    if try_action(lambda: invite(context, name, "", task)) is not None:
        st.rerun()


def _draw_own_approval(context: Context, progress: Progress, programme: Programme, version: Row) -> None:
    draw_safeguarding_text(programme)
    with st.form("approve-myself", border=False):
        name = st.text_input(_("Your full name"), value=context.actor.name, max_chars=MAX_NAME, key="own-approver")
        qualification = st.text_input(_("What qualifies you?"), max_chars=120, key="own-qualification")
        small_note(_("Your name and qualification stand beside this version for good."))
        if not st.form_submit_button(_("I have read it and approve it"), type="primary", width="stretch"):
            return
    if try_action(lambda: _approve_myself(context, progress, version, name, qualification)):
        say_after_rerun(_("Approved. You are the safeguarding lead of this hub."))
        st.rerun()


def _approve_myself(context: Context, progress: Progress, version: Row, name: str, qualification: str) -> bool:
    store, actor, now = context.store, context.actor, context.now()
    service.give_grant(store, actor, actor.person_id, Office.SAFEGUARDING_LEAD, now, hub_id=progress.hub_id)
    # The office counts from now on, so the approval is given as its holder.
    as_lead = replace(actor, grants=service.held_grants(store, actor.person_id, now))
    programme_id, version_no = ProgrammeId(version["programme_id"]), version["version_no"]
    approve_safeguarding_text(store, as_lead, programme_id, version_no, name, qualification=qualification, now=now)
    return True


# ---------------------------------------------------------------- into the hub


def draw_going_live(context: Context, progress: Progress) -> None:
    """Draw the button that goes live."""
    if progress.version is None or progress.hub_id is None:
        return
    st.markdown(_("From then on people can be put into cohorts and train by this version."))
    draw_activation(context, progress.version, progress.hub_id, is_ready=True)


def draw_cohort(context: Context, progress: Progress) -> None:
    """Draw the form that opens the first cohort."""
    if progress.hub_id is None:
        return
    opened = draw_cohort_form(context, progress.hub_id, dict(progress.live))
    if opened is not None:
        say_after_rerun(_("The cohort {title} is open.").format(title=opened.title))
        st.rerun()
