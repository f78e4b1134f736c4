"""*Quizzes*: where each quiz stands, and the one to take next."""

from typing import Final

import streamlit as st

from assessments.facts import Attempt, AttemptStarted
from assessments.scoring import has_passed
from assessments.service.attempts import attempt_window, find_practice, load_sheet, start_attempt
from assessments.windows import AttemptWindow
from curriculum.blueprints import Blueprint, Purpose
from curriculum.items import Pool
from people.models import Office
from web.components import (
    card,
    count_of,
    empty_state,
    go_to,
    local_day,
    local_time,
    page_head,
    plain,
    points_words,
    try_action,
    view_link,
)
from web.context import Context, ProgrammeChoice
from web.texts import N_, _, ngettext
from web.view import View
from web.views.trainee.left import draw_if_left

_PLACES: Final = {Purpose.PRE: 0, Purpose.GATE: 1, Purpose.POST: 2}
"""In which order quizzes stand: before teaching, those of the modules, after it. A mix comes last, once begun first."""


def render(context: Context) -> None:
    """Draw the page."""
    page_head(_("Quizzes"), note=_("Every answer is saved at once. You can stop and come back."))
    choice = context.own_choice
    if choice is None or not choice.programme.blueprints:
        empty_state(_("No quizzes yet"), _("Your programme has none, or you are not in a cohort. Ask your trainer."))
        return
    has_left = draw_if_left(context, choice)
    quizzes = sorted(choice.programme.counting_quizzes, key=lambda one: _PLACES[one.purpose])
    windows = [(blueprint, _window(context, choice, blueprint)) for blueprint in quizzes]
    nearest = next((b.id for b, window in windows if b.is_gate and (window.open or window.may_start)), None)
    mixes = [] if has_left else _list_mixes(context, choice)
    for blueprint, opened in mixes:
        if opened is not None:
            _draw_mix(context, choice, blueprint, opened)
    for blueprint, window in windows:
        if has_left:
            _draw_past_quiz(context, choice, blueprint, window)
        else:
            _draw_quiz(context, choice, blueprint, window, is_nearest=blueprint.id == nearest)
    for blueprint, opened in mixes:
        if opened is None:
            _draw_mix(context, choice, blueprint, None)


def _window(context: Context, choice: ProgrammeChoice, blueprint: Blueprint) -> AttemptWindow:
    return attempt_window(context.store, context.actor.person_id, choice.programme_id, blueprint.id, context.now())


def _draw_quiz(
    context: Context, choice: ProgrammeChoice, blueprint: Blueprint, window: AttemptWindow, *, is_nearest: bool
) -> None:
    with card(f"quiz-{blueprint.id}"):
        st.header(plain(choice.programme.quiz_title(blueprint)), anchor=False)
        st.markdown(_state_line(context, window))
        st.markdown(f":gray[{plain(_rules_line(blueprint, window))}]")
        with st.container(horizontal=True):
            _draw_start(context, choice, blueprint, window, is_nearest=is_nearest)
            if blueprint.is_gate:
                _draw_practice(context, choice, blueprint)
            if window.is_locked:
                view_link(context, "appeals", _("Appeal"), icon=":material/balance:")
            _draw_last(context, window)


def _draw_past_quiz(context: Context, choice: ProgrammeChoice, blueprint: Blueprint, window: AttemptWindow) -> None:
    """Draw a quiz of a programme that the person has left: what they did, and nothing to start."""
    if window.last is None:
        return
    with card(f"quiz-{blueprint.id}"):
        st.header(plain(choice.programme.quiz_title(blueprint)), anchor=False)
        if window.passed is not None:
            st.markdown(_state_line(context, window))
        _draw_last(context, window)


def _list_mixes(context: Context, choice: ProgrammeChoice) -> list[tuple[Blueprint, AttemptStarted | None]]:
    """Return the quizzes that are there to practise, each with the form that is begun."""
    return [
        (quiz, find_practice(context.store, context.actor.person_id, choice.programme_id, quiz.id))
        for quiz in choice.programme.blueprints
        if quiz.is_practice
    ]


def _draw_mix(context: Context, choice: ProgrammeChoice, blueprint: Blueprint, opened: AttemptStarted | None) -> None:
    """Draw a quiz that is there to practise: how far one is in it, and what it is."""
    with card(f"quiz-{blueprint.id}"):
        st.header(plain(choice.programme.quiz_title(blueprint)), anchor=False)
        if opened is None:
            st.markdown(f":blue-badge[{_('Practice')}] {_('It never counts. Take it as often as you like.')}")
        else:
            sheet = load_sheet(context.store, context.actor, opened.fact_id)
            done = count_of(len(sheet.items) - sheet.n_unanswered, len(sheet.items))
            st.markdown(f":violet-badge[{_('Started')}] {_('You have answered {count}.').format(count=done)}")
        st.markdown(f":gray[{plain(_mix_line(blueprint))}]")
        label, key = _("Go on") if opened else _("Practise"), f"practise-{blueprint.id}"
        if st.button(label, key=key, icon=":material/arrow_forward:"):
            _open(context, choice, blueprint, Pool.PRACTICE)


def _mix_line(blueprint: Blueprint) -> str:
    questions = ngettext("{n} question", "{n} questions", blueprint.draw).format(n=blueprint.draw)
    n = len(blueprint.modules)
    return f"{questions} · {ngettext('from {n} module', 'mixed from {n} modules', n).format(n=n)}"


def _draw_last(context: Context, window: AttemptWindow) -> None:
    if window.last is not None:
        view_link(context, "quiz-result", _("See the last result"), query={"attempt": str(window.last.fact_id)})


def _state_line(context: Context, window: AttemptWindow) -> str:
    if window.passed is not None:
        return f":green-badge[:material/check: {_('Passed')}] {_score_words(window.passed)}"
    if window.open is not None:
        return f":violet-badge[{_('Started')}] {_('Go on where you stopped.')}"
    if window.is_unmarked:
        return f":gray-badge[{_('Waits')}] {_('A trainer has to mark your text.')}"
    if window.is_done:
        return f":green-badge[:material/check: {_('Handed in')}] {_('You take it once.')}"
    if window.is_locked:
        return f":orange-badge[{_('Locked')}] {_('All attempts are used. Your trainer can open it again.')}"
    if window.opens_at is not None:
        when = _("{day} at {time}").format(
            day=local_day(context, window.opens_at), time=local_time(context, window.opens_at)
        )
        return f":orange-badge[{_('Not yet')}] {_('The next attempt opens on {when}.').format(when=when)}"
    return f":gray-badge[{_('Open')}] {_('Ready when you are.')}"


def _score_words(attempt: Attempt) -> str:
    points = points_words(attempt.score, attempt.max_score, attempt.per_point)
    words = _("{points} points").format(points=points)
    return words if has_passed(attempt) else _("{score}, not passed").format(score=words)


def _rules_line(blueprint: Blueprint, window: AttemptWindow) -> str:
    questions = ngettext("{n} question", "{n} questions", blueprint.draw).format(n=blueprint.draw)
    cut = _("pass mark {pct} in 100").format(pct=blueprint.pass_pct) if blueprint.is_gate else _("nothing to pass")
    minutes = blueprint.minutes or 0
    limit = ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes) if minutes else ""
    tries = _("attempt {used} of {allowed} used").format(used=window.used, allowed=window.allowed)
    key = _("every key safeguarding question must be right") if blueprint.critical else ""
    return " · ".join(part for part in (questions, limit, cut, tries, key) if part)


def _draw_start(
    context: Context, choice: ProgrammeChoice, blueprint: Blueprint, window: AttemptWindow, *, is_nearest: bool
) -> None:
    if window.open is None and not window.may_start:
        return
    label = _("Go on") if window.open else _("Start")
    code = ""
    if blueprint.invigilated and window.open is None:
        code = st.text_input(_("The code from your trainer"), key=f"code-{blueprint.id}", max_chars=20)
    kind = "primary" if is_nearest else "secondary"
    if st.button(label, key=f"start-{blueprint.id}", type=kind, icon=":material/arrow_forward:"):
        _open(context, choice, blueprint, Pool.COUNTING, code)


def _draw_practice(context: Context, choice: ProgrammeChoice, blueprint: Blueprint) -> None:
    if st.button(_("Practise"), key=f"practise-{blueprint.id}", help=_("Other questions. It never counts.")):
        _open(context, choice, blueprint, Pool.PRACTICE)


def _open(context: Context, choice: ProgrammeChoice, blueprint: Blueprint, pool: Pool, code: str = "") -> None:
    started = try_action(
        lambda: start_attempt(
            context.store, context.actor, choice.programme_id, blueprint.id, pool, now=context.now(), code=code
        )
    )
    if started is not None:
        go_to(context, "quiz", {"form": str(started.fact_id)})


def _has_quizzes(context: Context) -> bool:
    """Return whether the programme has quizzes; True while there is none, so that the page says what to do."""
    choice = context.own_choice
    return choice is None or bool(choice.programme.blueprints)


VIEW = View(
    frozenset({Office.TRAINEE}), N_("Quizzes"), "quizzes", render, ":material/quiz:", rank=3, has_use=_has_quizzes
)
