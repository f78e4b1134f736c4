"""*Decide*: the evidence and gates of one person; sign off, countersign, revoke. A person decides, never software."""

from typing import Any

import streamlit as st

from assessments.service.decisions import Case, prepare_case
from assessments.verdicts import Status
from curriculum.ids import ProgrammeId
from people.models import Office, PersonId
from people.rights import Record, Right
from people.service.audit import open_record
from web.components import card, empty_state, go_to, page_head, plain, try_action, view_link
from web.context import Context
from web.memory import ask, recall
from web.texts import N_, _
from web.view import View
from web.views.manager.hubs import list_hubs
from web.views.manager.slip import draw_slip
from web.views.trainee.addressing import show_part
from web.views.trainer.case import draw_case
from web.views.trainer.choosing import address_of
from web.views.trainer.disputes import draw_disputes
from web.wording import status_words

Row = dict[str, Any]
URL = "decide"


def render(context: Context) -> None:
    """Draw the case of the person that the address names, or who there is to decide on."""
    if draw_slip(context):
        return
    person, programme_id = st.query_params.get("person", ""), st.query_params.get("in", "")
    show_part(URL, f"{person} {programme_id}")
    if person.isdecimal() and programme_id:
        _draw_person(context, PersonId(int(person)), ProgrammeId(programme_id))
    else:
        _draw_list(context)


def _draw_person(context: Context, person_id: PersonId, programme_id: ProgrammeId) -> None:
    case = try_action(lambda: _find_case(context, person_id, programme_id))
    if case is not None:
        try_action(lambda: open_record(context.store, context.actor, person_id, Record.SIGN_OFF, context.now()))
        draw_case(context, case)
    view_link(context, URL, _("All decisions"))


def _find_case(context: Context, person_id: PersonId, programme_id: ProgrammeId) -> Case:
    """Return the case, or what it was a moment ago: to sign, to countersign and to revoke prepare it anew."""

    def prepare() -> Case:
        return prepare_case(context.store, context.actor, person_id, programme_id, context.now())

    return recall(context, "case", (person_id, programme_id), prepare)


def _draw_list(context: Context) -> None:
    page_head(_("Decide"), note=_("The software says who is ready. A person signs, and a second person countersigns."))
    rows = {(row["person_no"], row["programme_id"]): row for row in _list_people(context)}
    if not rows:
        empty_state(_("Nobody to decide on yet"), _("People appear here as they become ready."))
    draw_disputes(context)
    for row in sorted(rows.values(), key=_urgency):
        with card(f"decide-{row['person_no']}-{row['programme_id']}"):
            with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
                st.markdown(f"**{plain(row['name'])}** {_badge(row)}", width="stretch")
                if st.button(_("Look"), key=f"look-{row['person_no']}-{row['programme_id']}"):
                    go_to(context, URL, address_of(row))


def _urgency(row: Row) -> tuple[int, str]:
    """Return what sorts first whom a decision is about: waiting, then ready, then the others by name."""
    if row["waits_for_countersign"]:
        return 0, row["name"]
    is_next = row["status"] in {Status.READY_FOR_DECISION, Status.DUE_SOON} or row.get("asked_on")
    return (1 if is_next else 2), row["name"]


def _badge(row: Row) -> str:
    if row["waits_for_countersign"]:
        return f":blue-badge[{_('waits for the second person')}]"
    if row.get("asked_on"):
        return f":green-badge[{_('asks for the decision')}]"
    colour = "green" if row["status"] == Status.READY_FOR_DECISION else "gray"
    return f":{colour}-badge[{status_words(row['status'])}]"


def _list_people(context: Context) -> list[Row]:
    """Return whom the acting person's offices let them decide or countersign on; their own record is not among them."""
    actor = context.actor
    rows = list(ask(context, "assigned_trainees")) if actor.holds(Office.TRAINER) else []
    for hub in list_hubs(context, Right.COUNTERSIGN, Record.SIGN_OFF):
        rows += ask(context, "hub_decisions", hub=hub)
    for grant in actor.grants:
        if grant.office == Office.COUNTERSIGNER and grant.record_id is not None:
            rows += ask(context, "person_decisions", person_id=grant.record_id)
    return [row for row in rows if row["person_no"] != actor.person_id]


VIEW = View(
    frozenset({Office.TRAINER, Office.TRAINING_LEAD, Office.COUNTERSIGNER}),
    N_("Decide"),
    URL,
    render,
    ":material/how_to_reg:",
    rank=3,
)
