"""*Rules*: why each gate exists, for everybody in the programme; for who may draft rules, what a change would do."""

import streamlit as st

from analytics.wording import describe_part
from curriculum.gates import Gate, Severity
from curriculum.ids import RoleId
from curriculum.models import Programme
from people.models import Office
from people.rights import Record, Right, may_anywhere
from store.rules import gate_parts
from web.components import card, day_text, empty_state, page_head, plain, small_note
from web.context import Context, ProgrammeChoice
from web.sentences import say
from web.texts import N_, _
from web.view import View
from web.views.everyone.rule_preview import draw_preview

URL = "rules"


def render(context: Context) -> None:
    """Draw the page."""
    page_head(_("Rules"), note=_("What is asked before people decide, and why. Software decides nothing."))
    choice = context.own_choice or context.choice
    if choice is None or not may_anywhere(context.actor, Right.SEE, Record.PROGRAMME):
        empty_state(_("You are in no programme yet"), _("Its rules stand here once you are in one."))
        return
    head = choice.programme.head
    small_note(f"{head.title} {head.version}")
    if may_anywhere(context.actor, Right.DRAFT, Record.PROGRAMME) and st.toggle(
        _("Try a change of the rules"), key="try-rules", help=_("You see what would change. Nothing is saved.")
    ):
        draw_preview(context, choice)
        return
    for gate in _gates(choice):
        _draw_gate(choice.programme, gate)


def _gates(choice: ProgrammeChoice) -> tuple[Gate, ...]:
    """Return the gates of the reader's own role; all of them for who does not train."""
    return choice.programme.gates_of(choice.role_id) if choice.role_id else choice.programme.gates


def _draw_gate(programme: Programme, gate: Gate) -> None:
    with card(f"rule-{gate.id}"):
        st.markdown(f"**{plain(gate.title)}** {_severity_badge(gate)}")
        st.markdown(plain(gate.why))
        if gate.roles and len(programme.head.roles) > 1:
            small_note(_("For: {roles}").format(roles=", ".join(_role(programme, role) for role in gate.roles)))
        with st.expander(_("What it asks for, and on what it rests"), icon=":material/checklist:", key=f"on-{gate.id}"):
            st.markdown("\n".join([*_parts(programme, gate), "", *_grounds(gate)]))


def _parts(programme: Programme, gate: Gate) -> list[str]:
    return [
        f"- {plain(say(describe_part(programme, gate, number)))}: {part.need}"
        for number, part in enumerate(gate_parts(gate), start=1)
    ]


def _grounds(gate: Gate) -> list[str]:
    grounds = (
        (_("It rests on"), gate.evidence or _("not said in this version")),
        (_("Its numbers"), _cut_words(gate)),
        (_("Chosen by"), gate.chosen_by or _("not said in this version")),
        (_("Reviewed"), _review_words(gate)),
    )
    return [f"**{label}**: {plain(words)}  " for label, words in grounds]


def _role(programme: Programme, role_id: RoleId) -> str:
    return next((role.title for role in programme.head.roles if role.id == role_id), role_id)


def _severity_badge(gate: Gate) -> str:
    match gate.severity:
        case Severity.BLOCK:
            return f":blue-badge[{_('needed before a decision')}]"
        case Severity.WARN:
            return f":orange-badge[{_('advice')}]"
        case Severity.INFO:
            return f":gray-badge[{_('for information')}]"


def _cut_words(gate: Gate) -> str:
    if gate.cut_source == "illustrative":
        return _("illustrative: chosen by hand, not set by a panel")
    return gate.cut_source or _("not said in this version")


def _review_words(gate: Gate) -> str:
    if gate.reviewed_on is not None:
        return _("on {day}").format(day=day_text(gate.reviewed_on))
    return _("not yet reviewed by a panel") if gate.reviewed else _("not said in this version")


VIEW = View(frozenset(set(Office) - {Office.FUNDER}), N_("Rules"), URL, render, ":material/gavel:", rank=60)
