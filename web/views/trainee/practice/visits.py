"""Leaders one has watched: what the programme's log asks, or one thing to borrow where it has none."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from assessments.facts import MilestoneKind
from assessments.service import learning
from assessments.service.observations import CODE_MAX
from curriculum.ids import PromptId
from curriculum.models import Asks, Checklist, Prompt
from people.facts import FactId
from people.models import PersonId
from web.components import card, count_of, day_text, plain, small_note
from web.context import Context, ProgrammeChoice
from web.memory import ask
from web.notes import note_field
from web.saving import count_saved, once_button, save_and_say
from web.texts import _

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Visit:
    """What the form says. `answers` holds the words by prompt; None where a warning is not answered yet."""

    session: str
    leader_id: PersonId | None
    day: date
    note: str | None
    answers: Mapping[PromptId, str | None]

    @property
    def is_sure(self) -> bool:
        """Return whether no text waits for a second look."""
        return self.note is not None and None not in self.answers.values()


def draw_visits(context: Context, choice: ProgrammeChoice, *, may_add: bool) -> None:
    """Draw the leaders watched, and the form for another while the person is in the programme."""
    log = choice.programme.log
    st.header(log.title if log else _("Leaders I have watched"), anchor=False)
    rows = ask(context, "own_milestones", programme_id=choice.programme_id)
    watched = [row for row in rows if row["kind"] == MilestoneKind.PEER_MODEL]
    need = sum(gate.min for gate in choice.programme.gates if gate.kind == "peer_model")
    if need:
        words = _("{count} visits").format(count=count_of(min(len(watched), need), need))
        st.markdown(f":gray[{words}]")
    written = _read_answers(context, choice)
    for row in watched:
        _draw_visit(log, row, written[row["fact_id"]])
    if not may_add:
        return
    with st.expander(_("Note a visit"), expanded=not watched, key="new-peer"):
        _draw_form(context, choice, log)


def _read_answers(context: Context, choice: ProgrammeChoice) -> dict[FactId, dict[str, str]]:
    found: dict[FactId, dict[str, str]] = defaultdict(dict)
    for row in ask(context, "own_log_answers", programme_id=choice.programme_id):
        found[row["entry_id"]][row["prompt_id"]] = row["words"]
    return found


def _draw_visit(log: Checklist | None, row: Row, written: Mapping[str, str]) -> None:
    with card(f"peer-{row['fact_id']}"):
        who = f" · {plain(row['other_name'])}" if row["other_name"] else ""
        st.markdown(f"**{plain(row['what'])}**{who} · {day_text(row['day'])}")
        if row["note"]:
            st.markdown(plain(row["note"]))
        for prompt in log.prompts if log else ():
            if words := written.get(prompt.id):
                st.markdown(f"{plain(prompt.text)}: {plain(words)}")


# ---------------------------------------------------------------- the form


def _draw_form(context: Context, choice: ProgrammeChoice, log: Checklist | None) -> None:
    count = count_saved("visit")
    if log is not None:
        small_note(log.explain)
    visit = _ask_log(context, choice, log, count) if log else _ask_plain(context, choice, count)
    if not once_button("visit", _("Save the visit"), is_disabled=not visit.is_sure) or not visit.is_sure:
        return
    answers = {prompt_id: words or "" for prompt_id, words in visit.answers.items()}
    save_and_say(
        "visit",
        repr(visit),
        lambda fact_id: learning.record_peer_model(
            context.store,
            context.actor,
            choice.programme_id,
            visit.session,
            visit.note or "",
            watched_on=visit.day,
            now=context.now(),
            other_id=visit.leader_id,
            answers=answers,
            fact_id=fact_id,
        ),
    )


def _ask_plain(context: Context, choice: ProgrammeChoice, count: int) -> _Visit:
    session = _ask_session(_("Which session?"), count)
    day = _ask_day(context, count)
    note_max = choice.programme.head.privacy.free_text_max
    note = note_field(_("One thing I will borrow"), f"peer-note-{count}", note_max)
    return _Visit(session, None, day, note, {})


def _ask_log(context: Context, choice: ProgrammeChoice, log: Checklist, count: int) -> _Visit:
    session, leader_id = "", None
    answers: dict[PromptId, str | None] = {}
    day = _ask_day(context, count)
    note_max = choice.programme.head.privacy.free_text_max
    last = [prompt.id for prompt in log.prompts if prompt.asks is Asks.WORDS][-1:]
    for prompt in log.prompts:
        match prompt.asks:
            case Asks.SESSION:
                session = _ask_session(prompt.text, count)
            case Asks.LEADER:
                leader_id = _ask_leader(context, choice, prompt, count)
            case Asks.WORDS:
                key, is_last = f"peer-{prompt.id}-{count}", prompt.id in last
                answers[prompt.id] = note_field(prompt.text, key, note_max, is_last=is_last)
    return _Visit(session, leader_id, day, "", answers)


def _ask_session(label: str, count: int) -> str:
    help_text = _("A code, such as “Riverside week 3”.")
    return st.text_input(label, max_chars=CODE_MAX, key=f"peer-what-{count}", help=help_text)


def _ask_day(context: Context, count: int) -> date:
    return st.date_input(_("When?"), value=context.today(), max_value=context.today(), key=f"peer-day-{count}")


def _ask_leader(context: Context, choice: ProgrammeChoice, prompt: Prompt, count: int) -> PersonId | None:
    """Draw the choice of a leader who is known here; others are not named."""
    names: dict[int | None, str] = {None: _("Somebody who is not on this list")}
    rows = ask(context, "own_fellows", programme_id=choice.programme_id)
    names |= {row["person_no"]: row["name"] for row in rows}
    chosen = st.selectbox(prompt.text, list(names), format_func=names.__getitem__, key=f"peer-leader-{count}")
    return None if chosen is None else PersonId(chosen)
