"""One attempt: a question at a time, every answer saved at once, the place kept in the address."""

from uuid import UUID

import streamlit as st

from assessments.facts import AttemptStarted, Response
from assessments.service.attempts import Sheet, load_sheet, submit_attempt
from assessments.timing import ends_at, minutes_left
from curriculum.blueprints import Feedback
from curriculum.errors import PlatformError
from curriculum.items import Pool
from people.facts import FactId
from people.models import Office
from web.components import (
    bottom_bar,
    draw_refusal,
    empty_state,
    go_to,
    local_time,
    not_saved,
    page_head,
    plain,
    plain_link,
    refusals,
    saved_state,
    try_action,
    view_link,
)
from web.context import Context, guarded_fragment
from web.texts import N_, _, ngettext, say_error, session_language, speaking
from web.view import View
from web.views.trainee.quiz.answering import draw_answer, draw_check, keep_answer


def render(context: Context) -> None:
    """Draw the attempt that the address names."""
    started_id = read_id("form")
    if started_id is None:
        page_head(_("Quiz"))
        with empty_state(_("No quiz is open here"), _("Choose one from your quizzes.")):
            view_link(context, "quizzes", _("My quizzes"))
        return
    _draw_sheet(context, started_id)


def read_id(name: str) -> FactId | None:
    """Return the fact id that stands in the address under a name, or None."""
    try:
        return FactId(UUID(st.query_params.get(name, "")))
    except ValueError:
        return None


@guarded_fragment
def _draw_sheet(context: Context, started_id: FactId) -> None:
    sheet = try_action(lambda: load_sheet(context.store, context.actor, started_id))
    if sheet is None:
        view_link(context, "quizzes", _("My quizzes"))
        return
    if sheet.attempt is not None:
        go_to(context, "quiz-result", {"attempt": str(sheet.attempt.fact_id)})
    position = _read_position(sheet)
    if position == len(sheet.items):
        _draw_overview(context, sheet)
    else:
        _draw_question(context, sheet, position)


def _read_position(sheet: Sheet) -> int:
    """Return the question to show, from 0; the number of questions for the overview at the end."""
    text = st.query_params.get("question", "")
    if text.isdecimal() and 1 <= int(text) <= len(sheet.items) + 1:
        return int(text) - 1
    st.query_params["question"] = str(sheet.first_open + 1)
    return sheet.first_open


def _draw_question(context: Context, sheet: Sheet, position: int) -> None:
    with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
        words = _("Question {n} of {total}").format(n=position + 1, total=len(sheet.items))
        watched = f" · {kind_words(sheet.started)}" if sheet.started.sitting_id is not None else ""
        st.markdown(f":gray[{words}{watched}]", width="stretch")
        saved_place = st.empty()
    st.progress((position + 1) / len(sheet.items), width="stretch")
    if sheet.started.pool is Pool.PRACTICE:
        st.markdown(f":blue-badge[{_('Practice: it does not count')}]")
    draw_time(context, sheet)
    try:
        response = draw_answer(context, sheet, position)
    except PlatformError as error:
        not_saved(say_error(error))
        _draw_steps(context, sheet, position)
        return
    if not draw_refusal() and response is not None:
        with saved_place:
            saved_state(context, response.occurred_at)
        _note_late(response)
    if sheet.feedback is Feedback.DEFERRED:
        _draw_steps(context, sheet, position)
        return
    is_new = response is not sheet.responses.get(position)
    fresh = load_sheet(context.store, context.actor, sheet.started.fact_id) if is_new else sheet
    _draw_steps(context, fresh, position)
    draw_check(context, fresh, position)


def _note_late(response: Response) -> None:
    if response.is_late:
        st.warning(_("This came after the time was up. It is kept, and it does not count."))


def _draw_steps(context: Context, sheet: Sheet, position: int) -> None:
    is_last = position == len(sheet.items) - 1
    with bottom_bar("quiz"):
        st.button(
            _("Back"),
            disabled=position == 0,
            on_click=_leave_for,
            args=(context, sheet, position, position - 1),
            key=f"back-{position}",
        )
        st.button(
            _("Look over and hand in") if is_last else _("Next question"),
            type="secondary" if sheet.may_check(position) else "primary",
            on_click=_leave_for,
            args=(context, sheet, position, position + 1),
            key=f"next-{position}",
        )


def _leave_for(context: Context, sheet: Sheet, position: int, target: int) -> None:
    """Go to another question once what stands on this one is kept: a quick click may come with the last answer."""
    with refusals():
        keep_answer(context.acting_now(), sheet, position)
        _go_to_question(target)


def _go_to_question(position: int) -> None:
    st.query_params["question"] = str(position + 1)


# ---------------------------------------------------------------- what kind of attempt, and how long


def kind_words(started: AttemptStarted) -> str:
    """Return in a word or two what kind of attempt it is: whether it counts, and whether somebody watched it."""
    if started.pool is Pool.PRACTICE:
        return _("practice")
    return _("watched by a trainer") if started.sitting_id is not None else _("on your own")


def draw_time(context: Context, sheet: Sheet) -> None:
    """Draw how much time is left; once it is up, what that means and what to do."""
    ends_at = sheet.ends_at
    if ends_at is None:
        return
    if sheet.is_over(context.now()):
        st.warning(
            _("The time was up at {time}. What comes now is kept, and does not count. Hand in now.").format(
                time=local_time(context, ends_at)
            )
        )
        return
    _draw_clock(context, sheet.started)


@st.fragment(run_every="20s")
def _draw_clock(context: Context, started: AttemptStarted) -> None:
    with speaking(session_language()):
        left = minutes_left(started, context.now()) or 0
        words = ngettext("{n} minute left", "{n} minutes left", left).format(n=left)
        until = _("until {time}").format(time=local_time(context, ends_at(started) or context.now()))
        st.markdown(f":material/timer: **{words}** :gray[{until}]")


# ---------------------------------------------------------------- looking over


def _draw_overview(context: Context, sheet: Sheet) -> None:
    page_head(_("Ready to hand in?"), note=_hand_in_note(sheet))
    draw_time(context, sheet)
    for position, item in enumerate(sheet.items):
        _draw_overview_row(sheet, position, item.stem)
    plain_link(f"/print/quiz/{sheet.started.fact_id}", _("Print this quiz"))
    with bottom_bar("hand-in"):
        st.button(_("Back"), on_click=_go_to_question, args=(len(sheet.items) - 1,), key="back-overview")
        is_handed_in = st.button(_("Hand in"), type="primary", key="hand-in")
    if is_handed_in:
        attempt = try_action(lambda: submit_attempt(context.store, context.actor, sheet.started.fact_id, context.now()))
        if attempt is not None:
            go_to(context, "quiz-result", {"attempt": str(attempt.fact_id)})


def _hand_in_note(sheet: Sheet) -> str:
    if sheet.n_unanswered == 0:
        return _("You have answered every question.")
    n = sheet.n_unanswered
    return ngettext(
        "{n} question has no answer. It will count as wrong.",
        "{n} questions have no answer. They will count as wrong.",
        n,
    ).format(n=n)


def _draw_overview_row(sheet: Sheet, position: int, stem: str) -> None:
    response = sheet.responses.get(position)
    if not sheet.is_answered(position):
        badge = f":orange-badge[{_('No answer')}]" if sheet.given_at(position).is_empty else _not_whole()
    elif response is not None and response.is_flagged:
        badge = f":violet-badge[{_('Look again')}]"
    else:
        badge = f":green-badge[{_('Answered')}]"
    with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
        shown = stem if len(stem) <= _STEM_SHOWN else stem[:_STEM_SHOWN].rsplit(" ", 1)[0] + " …"
        st.markdown(f"{position + 1}\\. {plain(shown)} {badge}", width="stretch")
        label = _("Open {n}").format(n=position + 1)
        st.button(label, type="tertiary", on_click=_go_to_question, args=(position,), key=f"open-{position}")


def _not_whole() -> str:
    return f":orange-badge[{_('Not whole yet')}]"


_STEM_SHOWN = 70

VIEW = View(frozenset({Office.TRAINEE}), N_("Quiz"), "quiz", render, ":material/quiz:", is_listed=False)
