"""*Mark*: texts that wait for a mark, one at a time, without a name."""

from itertools import islice

import streamlit as st

from assessments.marking import DECIDING, SECOND
from assessments.service.attempts import TextToMark, load_text, mark_text
from curriculum.errors import PlatformError
from curriculum.items import Criterion
from people.facts import FactId
from people.models import Office
from people.rights import Record, Right
from web.components import card, empty_state, page_head, plain, say_after_rerun, small_note, try_action, view_link
from web.context import Context
from web.memory import ask
from web.texts import N_, _, ngettext
from web.view import View
from web.views.manager.hubs import list_hubs

URL = "mark"
_LOOKED_AT = 100
"""Texts that are looked at for those that the marker may mark; the others come when these are done."""


def render(context: Context) -> None:
    """Draw the text that has waited longest."""
    waiting = list_waiting(context)
    page_head(_("Mark a text"), note=_("You see no name. The trainee sees your mark without yours."))
    if not waiting:
        with empty_state(_("No text waits for you"), _("Texts that trainees hand in appear here.")):
            view_link(context, "today", _("Today"))
        return
    n = len(waiting)
    small_note(ngettext("{n} text waits.", "{n} texts wait.", n).format(n=n))
    _draw_text(context, waiting[0])


def list_waiting(context: Context) -> list[TextToMark]:
    """Return the texts that the acting person may mark now, the oldest first."""
    hubs = list_hubs(context, Right.MARK, Record.RESULTS)
    rows = {(row["fact_id"], row["position"]): row for hub in hubs for row in ask(context, "hub_texts", hub=hub)}
    found = (_load(context, FactId(fact_id), position) for fact_id, position in islice(rows, _LOOKED_AT))
    return [text for text in found if text is not None]


def _load(context: Context, started_id: FactId, position: int) -> TextToMark | None:
    """Return a text unless it is settled, or waits for somebody else."""
    try:
        text = load_text(context.store, context.actor, started_id, position)
    except PlatformError:
        return None
    decides = context.actor.holds(Office.TRAINING_LEAD)
    return text if (decides if text.mark_no == DECIDING else not text.has_own) else None


def _draw_text(context: Context, text: TextToMark) -> None:
    key = f"{text.started_id}-{text.position}-{text.mark_no}"
    with card("text"):
        st.markdown(f"**{plain(text.item.stem)}**")
        st.text(text.text)
        view_link(context, "manual", f"{text.section.id} {text.section.title}", query={"section": text.section.id})
    if text.mark_no == SECOND:
        small_note(_("A second mark was asked for. You do not see the first."))
    elif text.mark_no == DECIDING:
        small_note(_("Two marks lie far apart. Yours decides."))
    levels = [_draw_criterion(criterion, key) for criterion in text.item.rubric]
    asks_second = text.mark_no < SECOND and st.checkbox(_("A second person shall mark it too"), key=f"second-{key}")
    given = [level for level in levels if level is not None]
    is_whole = len(given) == len(levels)
    if st.button(_("Save the mark"), type="primary", width="stretch", disabled=not is_whole, key=f"save-{key}"):
        _save(context, text, given, asks_second=asks_second)
    if not is_whole:
        small_note(_("Choose one in each line."))


def _draw_criterion(criterion: Criterion, key: str) -> int | None:
    levels = [plain(level) for level in criterion.levels]
    with st.container(key=f"answer-level-{criterion.id}-{key}"):
        return st.radio(
            criterion.text,
            range(len(levels)),
            index=None,
            format_func=levels.__getitem__,
            key=f"level-{criterion.id}-{key}",
            width="stretch",
        )


def _save(context: Context, text: TextToMark, levels: list[int], *, asks_second: bool) -> None:
    done = try_action(
        lambda: mark_text(
            context.store,
            context.actor,
            text.started_id,
            text.position,
            levels,
            asks_second=asks_second,
            now=context.now(),
        )
    )
    if done is not None:
        say_after_rerun(_("Saved."))
        st.rerun()


VIEW = View(
    frozenset({Office.TRAINER, Office.TRAINING_LEAD}),
    N_("Mark"),
    URL,
    render,
    ":material/rate_review:",
    rank=8,
    is_listed=False,
)
