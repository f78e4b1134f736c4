"""Evaluations: one's own view, the partner's, and what a partner has asked of oneself. They never count."""

from typing import Any

import streamlit as st

from assessments.facts import Relation
from web.components import card, day_text, go_to, plain, small_note
from web.context import Context, ProgrammeChoice
from web.memory import ask
from web.texts import _
from web.views.trainee.practice.asking import ask_for, draw_waiting, list_offers, offer_words
from web.wording import setting_words

URL = "evaluate"
Row = dict[str, Any]


def draw_evaluations(context: Context, choice: ProgrammeChoice) -> None:
    """Draw what the programme has of self and partner evaluations; nothing when it has none."""
    own = choice.programme.forms_of(Relation.SELF)
    partners = choice.programme.forms_of(Relation.PARTNER)
    if not own and not partners:
        return
    st.header(_("Your view and your partner's"), anchor=False)
    small_note(_("You say how you see your own practice. So does your partner. It never counts."))
    begun = ask(context, "own_evaluations", programme_id=choice.programme_id)
    for row in begun:
        if not row["is_submitted"]:
            _draw_open(context, choice, row)
    if own and st.button(_("Evaluate yourself"), key="evaluate-self", icon=":material/person:"):
        go_to(context, URL, {"about": str(context.actor.person_id)})
    if partners:
        _draw_partners(context, choice)
    _draw_given(context, choice, [row for row in begun if row["is_submitted"] and row["relation"] == Relation.PARTNER])


def _draw_open(context: Context, choice: ProgrammeChoice, row: Row) -> None:
    with card(f"open-{row['fact_id']}"):
        st.markdown(f"**{plain(_title_of(context, choice, row))}**")
        small_note(_("Begun on {day}. All ticks are saved.").format(day=day_text(row["day"])))
        if st.button(_("Go on with this form"), key=f"go-on-{row['fact_id']}", width="stretch"):
            go_to(context, URL, {"form": str(row["fact_id"])})


def _title_of(context: Context, choice: ProgrammeChoice, row: Row) -> str:
    """Return whom a form is about, what it is, and where."""
    programme = context.store.programme(choice.programme_id, row["version_no"])
    is_own = row["person_no"] == context.actor.person_id
    whom = _("You") if is_own else row["name"]
    return f"{whom}: {offer_words(programme.checklist_by_id[row['checklist_id']], row['setting'])}"


# ---------------------------------------------------------------- partners


def _draw_partners(context: Context, choice: ProgrammeChoice) -> None:
    for row in ask(context, "own_asked", programme_id=choice.programme_id):
        _draw_asked(context, choice, row)
    fellows = ask(context, "own_fellows", programme_id=choice.programme_id)
    names = {row["person_no"]: row["name"] for row in fellows}
    if not names:
        small_note(_("Nobody else trains here in this programme yet. A partner can evaluate you later."))
        return
    with st.expander(_("Ask a partner for their view of you"), key="ask-partner"):
        _draw_asking(context, choice, names)
    with st.expander(_("Give a partner your view of them"), key="give-partner"):
        whom = st.selectbox(_("Whom did you lead with?"), list(names), format_func=names.__getitem__, key="partner")
        if st.button(_("Evaluate this partner"), key="evaluate-partner"):
            go_to(context, URL, {"about": str(whom)})
    draw_waiting(context, choice, Relation.PARTNER)


def _draw_asked(context: Context, choice: ProgrammeChoice, row: Row) -> None:
    programme = context.store.programme(choice.programme_id, row["version_no"])
    checklist = next((one for one in programme.forms_of(Relation.PARTNER) if one.id == row["checklist_id"]), None)
    if checklist is None:
        return
    with card(f"asked-{row['fact_id']}"):
        words = _("{name} asks for your view of them").format(name=row["name"])
        st.markdown(f"**{plain(words)}**")
        small_note(f"{checklist.title}, {setting_words(row['setting'])}")
        if st.button(_("Give your view"), key=f"view-{row['fact_id']}", type="primary"):
            query = {"checklist": row["checklist_id"], "setting": row["setting"]}
            go_to(context, URL, {"about": str(row["person_no"]), **query})


def _draw_asking(context: Context, choice: ProgrammeChoice, names: dict[int, str]) -> None:
    offers = list_offers(choice.programme, Relation.PARTNER)
    with st.form("ask-partner-form", border=False):
        offer = st.selectbox(
            _("For which form?"), offers, format_func=lambda offer: offer_words(*offer), key="ask-partner-offer"
        )
        whom = st.selectbox(_("Which partner?"), list(names), format_func=names.__getitem__, key="ask-partner-whom")
        is_sent = st.form_submit_button(_("Ask this partner"))
    if is_sent:
        ask_for(context, choice, offer, whom, said=_("Asked. Your partner sees it under Practice."))


def _draw_given(context: Context, choice: ProgrammeChoice, rows: list[Row]) -> None:
    """Draw what one wrote about partners: that, and nothing else of their record."""
    if not rows:
        return
    with st.expander(_("What you wrote about partners"), key="given"):
        for row in rows:
            label = f"{_title_of(context, choice, row)}, {day_text(row['day'])}"
            if st.button(plain(label), key=f"given-{row['fact_id']}", type="tertiary", wrap=True):
                go_to(context, URL, {"form": str(row["fact_id"])})
