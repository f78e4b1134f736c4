"""The way of a published version into a hub: what is done, what is missing, and the step that the reader may take."""

from typing import Any

import streamlit as st

from assessments.service.programmes import activate_programme, approve_safeguarding_text
from curriculum.ids import ProgrammeId
from curriculum.models import Programme
from people.facts import ContactKind
from people.models import HubId
from people.names import MAX_NAME
from people.rights import Record, Right, may_anywhere, may_in_hub
from web.components import day_text, gate_row, manual_sheet, say_after_rerun, small_note, try_action
from web.context import Context
from web.memory import ask
from web.texts import _
from web.views.manager.contacts import NEEDED, draw_contacts_form, list_contacts
from web.views.trainee.manual import chapters
from web.views.trainee.programme_text import programme_markdown
from web.wording import contact_words

Row = dict[str, Any]


def draw_way(context: Context, programme: Programme, version: Row, *, is_first: bool = True) -> None:
    """Draw the steps of a version: those of the version itself, then those of each hub of the reader.

    Whom to call is one for all programmes of a hub: its form stands with the first programme of the page.
    """
    published = _("on {day}, by {name}")
    note = published.format(day=day_text(version["published_on"]), name=version["publisher_name"])
    gate_row(_("Published"), "", mark="met", note=note)
    _draw_approval_row(version)
    if version["approved_on"] is None and may_approve(context):
        draw_approval(context, programme, version)
    rows = ask(context, "programme_hubs")
    live = {row["hub_id"]: row for row in rows if row["programme_id"] == version["programme_id"]}
    for hub in ask(context, "own_hubs"):
        _draw_hub(context, programme, version, hub, live=live.get(hub["hub_id"]), is_first=is_first)


def _draw_approval_row(version: Row) -> None:
    title = _("Safeguarding text approved")
    if version["approved_on"] is None:
        gate_row(title, "", mark="person", note=_("The safeguarding lead or the deputy reads it and approves it."))
        return
    words = _("by {name}, {qualification}, on {day}").format(
        name=version["approver_name"], qualification=version["qualification"], day=day_text(version["approved_on"])
    )
    gate_row(title, "", mark="met", note=words)


# ---------------------------------------------------------------- the approval


def may_approve(context: Context) -> bool:
    """Return whether the acting person may approve safeguarding text."""
    return may_anywhere(context.actor, Right.APPROVE, Record.SAFEGUARDING_TEXT)


def draw_approval(context: Context, programme: Programme, version: Row) -> None:
    """Draw the safeguarding text, and the form with which a named qualified person approves it."""
    draw_safeguarding_text(programme)
    with st.form(f"approve-{version['programme_id']}", border=True):
        name = st.text_input(
            _("Your full name"),
            value=context.actor.name,
            max_chars=MAX_NAME,
            key=f"approver-{version['programme_id']}",
        )
        qualification = st.text_input(
            _("What qualifies you?"), max_chars=120, placeholder=_("Such as: designated safeguarding lead")
        )
        small_note(_("Your name and qualification stand beside this version for good."))
        if not st.form_submit_button(_("I have read it and approve it"), type="primary", width="stretch"):
            return
    approve(context, version, name, qualification)


def approve(context: Context, version: Row, name: str, qualification: str) -> None:
    """Record the approval, or draw why it cannot be."""
    done = try_action(
        lambda: approve_safeguarding_text(
            context.store,
            context.actor,
            ProgrammeId(version["programme_id"]),
            version["version_no"],
            name,
            qualification=qualification,
            now=context.now(),
        )
    )
    if done is not None:
        say_after_rerun(_("Approved. The programme can go live once it is known whom to call."))
        st.rerun()


def draw_safeguarding_text(programme: Programme) -> None:
    """Draw what has to be approved: the emergency words, and the chapters on which critical questions rest."""
    st.markdown(programme_markdown(programme.head.emergency))
    critical = {programme.section_by_id[item.section].chapter for item in programme.items if item.critical is not None}
    for chapter, sections in chapters(programme):
        if chapter.id in critical:
            key = f"{programme.head.id}-{chapter.id}"
            with st.expander(f"{chapter.id} {chapter.title}", icon=":material/menu_book:", key=f"text-{key}"):
                for section in sections:
                    with manual_sheet(f"approval-{programme.head.id}-{section.id}"):
                        st.markdown(f"**{section.id} {programme_markdown(section.title)}**")
                        st.markdown(programme_markdown(section.markdown))


# ---------------------------------------------------------------- a hub


def _draw_hub(
    context: Context, programme: Programme, version: Row, hub: Row, *, live: Row | None, is_first: bool
) -> None:
    st.subheader(_("In {hub}").format(hub=hub["title"]), anchor=False)
    hub_id = HubId(hub["hub_id"])
    missing = missing_contacts(context, hub_id)
    _draw_contacts_row(missing)
    if is_first and may_in_hub(context.actor, Right.WRITE, Record.PEOPLE, hub_id):
        with st.expander(_("Whom to call in this hub"), icon=":material/call:", key=f"calling-{hub_id}"):
            draw_contacts_form(context, hub_id)
    is_live = live is not None and live["version_no"] == version["version_no"]
    if live is not None and is_live:
        gate_row(_("Live"), "", mark="met", note=_("since {day}").format(day=day_text(live["live_on"])))
        return
    older = context.store.programme(programme.head.id, live["version_no"]).head.version if live else ""
    note = _("Version {version} is live here now.").format(version=older) if older else _("No version is live here.")
    is_ready = not missing and version["approved_on"] is not None
    gate_row(_("Live"), "", mark="now" if is_ready else "open", note=note)
    draw_activation(context, version, hub_id, is_ready=is_ready)


def missing_contacts(context: Context, hub_id: HubId) -> list[ContactKind]:
    """Return whom the hub's panel has to name before a programme can go live, and does not name yet."""
    known = list_contacts(context, hub_id)
    return [kind for kind in NEEDED if kind not in known]


def _draw_contacts_row(missing: list[ContactKind]) -> None:
    title = _("Known whom to call")
    if not missing:
        gate_row(title, "", mark="met")
        return
    names = ", ".join(contact_words(kind) for kind in missing)
    gate_row(title, "", mark="open", note=_("Missing: {names}").format(names=names))


def may_activate(context: Context, hub_id: HubId) -> bool:
    """Return whether the acting person may go live with a programme in the hub."""
    actor = context.actor
    return may_anywhere(actor, Right.PUBLISH, Record.PROGRAMME) and may_in_hub(actor, Right.SEE, Record.COHORT, hub_id)


def draw_activation(context: Context, version: Row, hub_id: HubId, *, is_ready: bool) -> None:
    """Draw the button that goes live, or who can press it."""
    if not may_activate(context, hub_id):
        small_note(_("A programme manager or a training lead of this hub can go live with it."))
        return
    kind = "primary" if is_ready else "secondary"
    if not st.button(_("Go live here"), type=kind, key=f"activate-{hub_id}-{version['programme_id']}"):
        return
    done = try_action(
        lambda: activate_programme(
            context.store,
            context.actor,
            ProgrammeId(version["programme_id"]),
            version["version_no"],
            hub_id,
            now=context.now(),
        )
    )
    if done is not None:
        say_after_rerun(_("It is live. New people train under this version; those in training keep theirs."))
        st.rerun()
