"""A rating opened line by line: what was seen, what was not, and the level that follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from assessments.facts import Observation, Seen
from assessments.observations import rate_line
from assessments.service.observations import Form
from curriculum.models import BehaviourKind, Line, ScaleKind
from web.components import day_text, plain, small_note
from web.context import Context
from web.texts import _
from web.wording import line_words, overall_words, relation_words, setting_words, stage_words


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the lines: when, by whom, how it was judged on the whole, and what was written."""

    day: date
    rater: str
    relation: str
    stage: str
    overall: str
    strength: str
    next_step: str


def head_of(context: Context, observation: Observation) -> Head:
    """Return the head of an observation."""
    return Head(
        context.store.day_of(observation.occurred_at),
        context.store.name_of(observation.actor_id),
        observation.relation,
        observation.stage,
        observation.global_rating,
        observation.strength,
        observation.next_step,
    )


def head_of_row(row: Mapping[str, Any]) -> Head:
    """Return the head of a row of `person_observations`."""
    words = (row["rater_name"], row["relation"], row["stage"], row["global_rating"], row["strength"], row["next_step"])
    return Head(row["day"], *words)


def settled_words(row: Mapping[str, Any]) -> str:
    """Return what became of an observation that another trainer saw two levels apart; empty when nobody did."""
    if not row["is_contested"] or row["is_void"] or row["is_struck"]:
        return ""
    if row["settled_on"] is None:
        return _("Two trainers saw this very differently. Neither view counts until the training lead has settled it.")
    words = (
        _("Two trainers saw this very differently. {lead} settled it on {day}: this view counts.")
        if row["is_chosen"]
        else _("Two trainers saw this very differently. {lead} settled it on {day}: the other view counts.")
    )
    return words.format(lead=row["settled_by"], day=day_text(row["settled_on"]))


def observed_title(form: Form) -> str:
    """Return "Opening, in a real group"; plain text."""
    return f"{form.checklist.title}, {setting_words(form.opened.setting)}"


def draw_observed(form: Form, head: Head) -> None:
    """Draw when and by whom it was seen, the overall judgement, what was written, and each line with its behaviours."""
    words = _("{day}, {rater} ({relation}), {stage}").format(
        day=day_text(head.day),
        rater=head.rater,
        relation=relation_words(head.relation),
        stage=stage_words(head.stage),
    )
    small_note(words)
    st.markdown(f"{_('Overall')}: **{overall_words(head.overall)}**")
    for label, text in ((_("A strength"), head.strength), (_("A next step"), head.next_step)):
        if text:
            st.markdown(f"**{label}**: {plain(text)}")
    for line in form.lines:
        draw_observed_line(form, line, line.text)


def draw_observed_line(form: Form, line: Line, title: str = "") -> None:
    """Draw what came of a line, with its behaviours; `title`, plain text, stands before it."""
    level = rate_line(form.programme, form.checklist, line, form.states)
    words = plain(line_words(form.scale, level, form.states.get((line.id, None), "")))
    titled = f"**{plain(title)}**: {words}" if title else f"**{words}**"
    if form.scale.kind is not ScaleKind.BEHAVIOURS:
        st.markdown(f"- {titled}" if title else titled)
        return
    lines = [titled, ""]
    for behaviour in form.watched_on(line):
        state = form.states.get((line.id, behaviour.id))
        words = f"{plain(behaviour.text)}: {_seen_words(state)}"
        is_harmful = behaviour.kind == BehaviourKind.UNHELPFUL and state == Seen.SEEN
        lines.append(f"- :red[:material/report: {words}]" if is_harmful else f"- {words}")
    st.markdown("\n".join(lines))


def _seen_words(state: str | None) -> str:
    if state is None:
        return _("not answered")
    return {
        Seen.SEEN: f"**{_('seen')}**",
        Seen.NOT_SEEN: _("not seen"),
        Seen.NO_OPPORTUNITY: _("no opportunity"),
    }[Seen(state)]
