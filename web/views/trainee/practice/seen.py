"""What was seen: each observation and evaluation line by line, and what one says to it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from assessments.facts import Relation
from assessments.service.observations import acknowledge
from curriculum.ids import LineId
from curriculum.models import Checklist, Scale
from people.facts import FactId
from web.components import card, day_text, empty_state, plain, say_after_rerun, small_note, try_action, view_link
from web.context import Context, ProgrammeChoice
from web.memory import ask
from web.notes import note_field
from web.observed import settled_words
from web.texts import _
from web.views.trainee.practice.asking import offer_words
from web.wording import line_words, overall_words, relation_words, share_words, stage_words

Row = dict[str, Any]
_SHOWN = 2
"""Observations shown at once; those that wait for an answer come on top."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One observation or evaluation of the person, in the wording of its version.

    `levels` and `answers` hold what came of each line: a rating level (None without one), or the answer.
    """

    row: Row
    checklist: Checklist
    scale: Scale
    levels: Mapping[LineId, int | None]
    answers: Mapping[LineId, str]

    def words_of(self, line_id: LineId) -> str:
        """Return the words for what came of a line."""
        return line_words(self.scale, self.levels.get(line_id), self.answers.get(line_id, ""))

    def short_words_of(self, line_id: LineId) -> str:
        """Return the fewest words for what came of a line."""
        level = self.levels.get(line_id)
        return self.words_of(line_id) if level is None else _("Level {n}").format(n=level)

    def has_view_of(self, line_id: LineId) -> bool:
        """Return whether the line was answered so that something came of it."""
        return self.levels.get(line_id) is not None or bool(self.answers.get(line_id))


def read_seen(context: Context, choice: ProgrammeChoice) -> list[Seen]:
    """Return all that was submitted about the acting person in the programme, newest first."""
    asked = {"person_id": context.actor.person_id, "programme_id": choice.programme_id}
    levels: dict[FactId, dict[LineId, int | None]] = defaultdict(dict)
    answers: dict[FactId, dict[LineId, str]] = defaultdict(dict)
    for rating in ask(context, "person_ratings", **asked):
        levels[rating["fact_id"]][rating["line_id"]] = rating["level"]
    for answer in ask(context, "person_answers", **asked):
        answers[answer["fact_id"]][answer["line_id"]] = answer["state"]
    found: list[Seen] = []
    for row in ask(context, "person_observations", **asked):
        programme = context.store.programme(choice.programme_id, row["version_no"])
        checklist = programme.checklist_by_id[row["checklist_id"]]
        fact_id = row["fact_id"]
        found.append(Seen(row, checklist, programme.scale_of(checklist), levels[fact_id], answers[fact_id]))
    return found


def draw_observations(context: Context, choice: ProgrammeChoice, seen: list[Seen], *, may_ask: bool) -> None:
    """Draw the newest ones and those that wait for an answer; the earlier ones fold out."""
    st.header(_("What was seen"), anchor=False)
    if not seen:
        empty_state(
            _("Nobody has watched you yet"), _("Ask above. A role-play is a good first one.") if may_ask else ""
        )
        return
    fresh = [one for number, one in enumerate(seen) if number < _SHOWN or _waits_for_answer(one.row)]
    earlier = [one for one in seen if one not in fresh]
    for one in fresh:
        _draw_observation(context, choice, one)
    if earlier and st.toggle(_("Show earlier ones: {n}").format(n=len(earlier)), key="earlier"):
        for one in earlier:
            _draw_observation(context, choice, one)


def _is_own(row: Row) -> bool:
    return row["relation"] == Relation.SELF


def _waits_for_answer(row: Row) -> bool:
    return row["agrees"] is None and not row["is_void"] and not _is_own(row)


def _draw_observation(context: Context, choice: ProgrammeChoice, one: Seen) -> None:
    row = one.row
    with card(f"observation-{row['fact_id']}"):
        st.markdown(f"**{plain(offer_words(one.checklist, row['setting']))}** {_badges(row)}")
        words = _("{day}, {rater} ({relation}), {stage}").format(
            day=day_text(row["day"]),
            rater=row["rater_name"],
            relation=relation_words(row["relation"]),
            stage=stage_words(row["stage"]),
        )
        small_note(words)
        if words := settled_words(row):
            st.info(plain(words), icon=":material/compare_arrows:")
        if row["strength"]:
            st.markdown(f"**{_('A strength')}**: {plain(row['strength'])}")
        if row["next_step"]:
            st.markdown(f"**{_('A next step')}**: {plain(row['next_step'])}")
        _draw_lines(one)
        if not row["is_void"] and not _is_own(row):
            _draw_answer(context, choice, row)
            view_link(context, "appeals", _("Appeal"), icon=":material/balance:")


def _badges(row: Row) -> str:
    if row["is_void"]:
        return f":gray-badge[{_('withdrawn')}]"
    if row["is_struck"]:
        return f":gray-badge[{_('counts no more, after an appeal')}]"
    if row["relation"] != Relation.TRAINER:
        return f":gray-badge[{_('to compare')}]"
    outcome = f":green-badge[{_('passed')}]" if row["is_passed"] else f":orange-badge[{_('not passed yet')}]"
    return f"{outcome} :gray-badge[{_('counts') if row['counts'] else _('practice only')}]"


def _draw_lines(one: Seen) -> None:
    lines = {line.id: line.text for line in one.checklist.lines}
    with st.expander(_("Line by line"), key=f"lines-{one.row['fact_id']}"):
        st.markdown(f"{_('Overall')}: **{overall_words(one.row['global_rating'])}**")
        for line_id in one.levels:
            if one.row["relation"] == Relation.TRAINER or one.has_view_of(line_id):
                st.markdown(f"- {plain(lines.get(line_id, ''))}: {plain(one.words_of(line_id))}")
        if words := share_words(one.scale, one.row["pct"]):
            st.markdown(words)


def _draw_answer(context: Context, choice: ProgrammeChoice, row: Row) -> None:
    if row["agrees"] is True:
        st.markdown(f":green[:material/check: {_('You have seen it and agree.')}]")
    elif row["agrees"] is False:
        st.markdown(f":orange[:material/flag: {_('You see it differently. Your trainer can read why.')}]")
    note_max = choice.programme.head.privacy.free_text_max
    with st.expander(_("Say what you think of it"), expanded=row["agrees"] is None, key=f"answering-{row['fact_id']}"):
        note = note_field(_("Your words (you may leave this empty)"), f"ack-{row['fact_id']}", note_max)
        with st.container(horizontal=True):
            for agrees, label in ((True, _("Seen, and I agree")), (False, _("I see it differently"))):
                is_clicked = st.button(label, key=f"ack-{agrees}-{row['fact_id']}", disabled=note is None)
                if is_clicked and note is not None:
                    _answer(context, row["fact_id"], note, agrees=agrees)


def _answer(context: Context, target_id: FactId, note: str, *, agrees: bool) -> None:
    done = try_action(lambda: acknowledge(context.store, context.actor, target_id, agrees, note, now=context.now()))
    if done is not None:
        say_after_rerun(_("Saved."))
        st.rerun()
