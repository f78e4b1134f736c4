"""Reflection: a prompt, a short note about one's own practice, and the notes that were kept."""

from typing import Final

import streamlit as st

from assessments.facts import MilestoneKind
from assessments.service import learning
from curriculum.models import Module
from people.ids import new_fact_id
from web.components import card, local_day, local_time, plain, saved_state, small_note, try_action
from web.context import Context, ProgrammeChoice, guarded_fragment
from web.memory import ask
from web.notes import note_field
from web.texts import _, ngettext
from web.views.trainee.programme_text import programme_markdown

_FIELD: Final = "reflection"


@guarded_fragment
def draw_reflection(context: Context, choice: ProgrammeChoice, module: Module, prompt: str, key: str) -> None:
    """Draw the prompt, the field, and the notes that were kept for this module."""
    with card(f"reflect-{key}"):
        st.markdown(f":material/edit_note: **{_('Think about it')}**")
        st.markdown(programme_markdown(prompt))
        _draw_field(context, choice, module, key)
        saved_at = st.session_state.get(f"{_FIELD}-saved-{key}")
        if saved_at is not None:
            saved_state(context, saved_at)
        _draw_kept(context, choice, module)


def _draw_field(context: Context, choice: ProgrammeChoice, module: Module, key: str) -> None:
    n_kept = st.session_state.setdefault(f"{_FIELD}-count-{key}", 0)
    note = note_field(_("Your note"), f"{_FIELD}-{key}-{n_kept}", choice.programme.head.privacy.free_text_max)
    if not st.button(_("Save my note"), key=f"{_FIELD}-save-{key}"):
        return
    if note is None:
        st.markdown(f":orange[{_('Answer the question above first. Nothing is saved yet.')}]")
    elif not note.strip():
        st.markdown(f":orange[{_('Write a few words first.')}]")
    else:
        _save(context, choice, module, note, key)


def _save(context: Context, choice: ProgrammeChoice, module: Module, note: str, key: str) -> None:
    id_key = f"{_FIELD}-id-{key}"
    fact_id = st.session_state.setdefault(id_key, new_fact_id())
    kept = try_action(
        lambda: learning.record_reflection(
            context.store, context.actor, choice.programme_id, module.id, note, now=context.now(), fact_id=fact_id
        )
    )
    if kept is None:
        return
    del st.session_state[id_key]
    st.session_state[f"{_FIELD}-count-{key}"] += 1
    st.session_state[f"{_FIELD}-saved-{key}"] = kept.occurred_at
    st.rerun(scope="fragment")


def _draw_kept(context: Context, choice: ProgrammeChoice, module: Module) -> None:
    rows = [
        row
        for row in ask(context, "own_milestones", programme_id=choice.programme_id)
        if row["kind"] == MilestoneKind.REFLECTION and row["what"] == module.id
    ]
    if not rows:
        return
    words = ngettext("Your {n} note on this module", "Your {n} notes on this module", len(rows))
    with st.expander(words.format(n=len(rows)), type="compact"):
        for row in rows:
            small_note(f"{local_day(context, row['occurred_at'])}, {local_time(context, row['occurred_at'])}")
            st.markdown(plain(row["note"]) or f":gray[{_('This note was deleted.')}]")
