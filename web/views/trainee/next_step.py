"""Next: the one thing to do now, something shorter, and the gates as a path."""

from dataclasses import replace
from typing import Final

import streamlit as st

from analytics.readiness import see_today
from analytics.wording import next_step
from assessments.scoring import has_passed
from assessments.service.attempts import NewScore, attempt_window, list_new_scores, read_new_score
from assessments.service.decisions import SignOffSeen, ask_decision, see_asked, see_sign_offs
from assessments.sign_off import SignOffState
from assessments.verdicts import Status, Verdict
from curriculum.ids import GateId
from curriculum.models import Relation
from people.models import Office
from web.components import (
    card,
    day_text,
    empty_state,
    page_head,
    plain,
    points_words,
    say_after_rerun,
    small_note,
    try_action,
    view_link,
)
from web.context import Context, ProgrammeChoice
from web.memory import ask
from web.sentences import say
from web.texts import N_, _
from web.verdicts import draw_path
from web.view import View
from web.views.trainee.choosing import (
    WITH_OTHERS,
    NextStep,
    Offer,
    Situation,
    StepKind,
    list_steps,
    needed_quizzes,
    pick_other,
)
from web.views.trainee.reading import load_places
from web.views.trainee.step_words import opens_at_words, words_for
from web.views.trainee.support_lines import draw_support_lines, find_offer, list_ahead
from web.views.trainee.taking import take_step

_DECIDED: Final = frozenset({Status.READY_FOR_DECISION, Status.SIGNED_OFF, Status.DUE_SOON})
"""Nothing is left to do for a gate: people decide, or have decided."""

_STOPPED: Final = frozenset({Status.PAUSED, Status.WITHDRAWN})


def render(context: Context) -> None:
    """Draw the page."""
    choice = context.own_choice
    verdict = see_today(context.store, context.actor, context.actor.person_id, choice.programme_id) if choice else None
    if choice is None or verdict is None:
        page_head(_("Welcome"))
        empty_state(
            _("You are not in a programme yet."),
            _("Ask your programme manager to enrol you. Your next step will stand here then."),
        )
        return
    _draw_hold(verdict)
    st.markdown(f":gray[{plain(_greeting(context))}]")
    _draw_new_scores(context, choice)
    ahead = list_ahead(context)
    offered = find_offer(context, ahead, choice.programme_id)
    situation = _look_round(context, choice, verdict, offered[1] if offered else None)
    steps = [] if verdict.status in _STOPPED else list_steps(situation)
    main = steps[0] if steps and verdict.status not in _DECIDED else None
    if main is not None:
        _draw_step(context, choice, main, pick_other(steps))
    else:
        _draw_standing(context, choice, verdict, steps)
    answered = offered[0] if offered and main is not None and main.kind is StepKind.ANSWER else None
    draw_support_lines(context, [row for row in ahead if row is not answered])
    _draw_waiting(context, [step for step in steps if step is not main])
    _draw_asked(context, choice)
    draw_path(context, choice.programme, _with_first(verdict, main.gate_id if main else None))


def _look_round(context: Context, choice: ProgrammeChoice, verdict: Verdict, offer: Offer | None) -> Situation:
    store, actor, programme_id = context.store, context.actor, choice.programme_id
    windows = {
        quiz.id: attempt_window(store, actor.person_id, programme_id, quiz.id, context.now())
        for quiz in needed_quizzes(choice.programme, verdict)
    }
    return Situation(
        programme=choice.programme,
        verdict=verdict,
        places=load_places(context, choice),
        windows=windows,
        is_asked=_is_asked(context, choice),
        offer=offer,
    )


def _is_asked(context: Context, choice: ProgrammeChoice) -> bool:
    """Return whether a trainer was asked to watch and has not yet."""
    forms = {checklist.id for checklist in choice.programme.forms_of(Relation.TRAINER)}
    waiting = ask(context, "own_requests", programme_id=choice.programme_id)
    return any(row["checklist_id"] in forms for row in waiting)


def _with_first(verdict: Verdict, gate_id: GateId | None) -> Verdict:
    """Return the verdict with the gate of the next step in front: the path begins where the person is."""
    return replace(verdict, gates=tuple(sorted(verdict.gates, key=lambda gate: gate.gate_id != gate_id)))


# ---------------------------------------------------------------- what stands above the path


def _draw_hold(verdict: Verdict) -> None:
    if verdict.hold_since is None:
        return
    words = _(
        "Your practice is on hold since {day}. It is no punishment. Talk with your trainer; the safeguarding lead or "
        "the deputy decides when you go on. You can go on reading and taking quizzes."
    )
    st.warning(words.format(day=day_text(verdict.hold_since)), icon=":material/pause_circle:")


def _draw_new_scores(context: Context, choice: ProgrammeChoice) -> None:
    """Draw which results have changed since the person saw them, until they say that they have read it."""
    for new in list_new_scores(context.store, context.actor, choice.programme_id):
        blueprint = choice.programme.blueprint_by_id.get(new.attempt.blueprint_id)
        with card(f"new-score-{new.attempt.fact_id}"):
            words = _("A right answer was corrected in: {quiz}. Your result is now {now}; it was {before}.")
            points = [points_words(one.score, one.max_score, one.per_point) for one in (new.attempt, new.before)]
            title = blueprint.title if blueprint else new.attempt.blueprint_id
            st.markdown(f":material/info: {plain(words.format(quiz=title, now=points[0], before=points[1]))}")
            if blueprint is not None and has_passed(new.attempt) and not has_passed(new.before):
                st.markdown(f":green[{_('You have passed it.')}]")
            view_link(context, "quiz-result", _("See what changed"), query={"attempt": str(new.attempt.fact_id)})
            if st.button(_("I have read it"), key=f"read-{new.attempt.fact_id}"):
                _read(context, new)


def _read(context: Context, new: NewScore) -> None:
    done = try_action(lambda: read_new_score(context.store, context.actor, new.attempt.fact_id, context.now()))
    if done is not None:
        st.rerun()


def _greeting(context: Context) -> str:
    hour = context.now().astimezone(context.zone).hour
    if hour < 12:
        words = _("Good morning, {name}.")
    elif hour < 18:
        words = _("Good afternoon, {name}.")
    else:
        words = _("Good evening, {name}.")
    return words.format(name=context.actor.name)


def _draw_step(context: Context, choice: ProgrammeChoice, step: NextStep, other: NextStep | None) -> None:
    words = words_for(context, choice, step)
    with card("next-step"):
        page_head(words.title)
        st.markdown(plain(words.detail))
        if words.button and st.button(
            words.button, type="primary", icon=":material/arrow_forward:", icon_position="right", width="stretch"
        ):
            take_step(context, choice, step)
        if other is not None:
            label = _("Meanwhile: {what}") if step.kind in WITH_OTHERS else _("Something shorter: {what}")
            _draw_other(context, choice, other, label)


def _draw_other(context: Context, choice: ProgrammeChoice, step: NextStep, label: str) -> None:
    short = words_for(context, choice, step).short
    if st.button(plain(label.format(what=short)), type="tertiary", key="other-step", wrap=True):
        take_step(context, choice, step)


def _draw_standing(context: Context, choice: ProgrammeChoice, verdict: Verdict, steps: list[NextStep]) -> None:
    """Draw where the person stands when there is no gate for them to work on."""
    with card("next-step"):
        page_head(_standing_title(verdict))
        if advice := _standing_advice(choice, verdict):
            st.markdown(plain(advice))
        if verdict.status in _STOPPED:
            view_link(context, "my-record", _("My record"), icon=":material/arrow_forward:")
        _draw_decision(context, choice, verdict)
        practice = next((step for step in steps if step.kind is StepKind.PRACTISE), None)
        if practice is not None:
            _draw_other(context, choice, practice, _("To keep fresh: {what}"))


def _draw_decision(context: Context, choice: ProgrammeChoice, verdict: Verdict) -> None:
    """Draw what the person can do about a decision: ask for one, or say what they think of the newest."""
    store, actor, now = context.store, context.actor, context.now()
    seen = see_sign_offs(store, actor, actor.person_id, choice.programme_id, now)
    if seen and seen[0].history.answer.waits_for_word:
        words = _("A decision about you waits for your word")
        view_link(context, "my-record", words, icon=":material/arrow_forward:")
    asked = see_asked(store, actor, choice.programme_id)
    if asked is not None:
        small_note(_("You asked for the decision on {day}.").format(day=day_text(store.day_of(asked.occurred_at))))
    elif _may_ask(verdict, seen) and st.button(_("Ask for the decision"), type="primary", key="ask-decision"):
        _ask(context, choice)


def _ask(context: Context, choice: ProgrammeChoice) -> None:
    done = try_action(lambda: ask_decision(context.store, context.actor, choice.programme_id, context.now()))
    if done is not None:
        say_after_rerun(_("Asked. Your trainers see it on their first page."))
        st.rerun()


def _may_ask(verdict: Verdict, seen: list[SignOffSeen]) -> bool:
    waits = any(one.state is SignOffState.AWAITING_COUNTERSIGN for one in seen)
    is_time = verdict.status in {Status.READY_FOR_DECISION, Status.DUE_SOON, Status.LAPSED}
    return is_time and not verdict.open_blocks and not waits


def _standing_advice(choice: ProgrammeChoice, verdict: Verdict) -> str:
    match verdict.status:
        case Status.PAUSED:
            return _(
                "Take the time you need. The days do not count towards your next supervision; a certificate ages on. "
                "You can read and practise. When you want to go on, tell your trainer or the programme manager."
            )
        case Status.WITHDRAWN:
            return _(
                "What you did stays on record, and you can still see and print all of it. If you want to come back, "
                "tell the programme manager: what you did counts on."
            )
        case _:
            return say(next_step(choice.programme, verdict))


def _standing_title(verdict: Verdict) -> str:
    match verdict.status:
        case Status.READY_FOR_DECISION:
            return _("You have done your part")
        case Status.DUE_SOON if verdict.valid_until is not None:
            return _("Your sign-off runs out on {day}").format(day=day_text(verdict.valid_until))
        case Status.SIGNED_OFF | Status.DUE_SOON:
            return _("You are signed off")
        case Status.LAPSED:
            return _("Your sign-off has run out")
        case Status.REVOKED:
            return _("Your sign-off was revoked")
        case Status.PAUSED:
            return _("Your training is paused")
        case Status.WITHDRAWN:
            return _("You have left this programme")
        case _:
            return _("Nothing to do just now")


def _draw_waiting(context: Context, steps: list[NextStep]) -> None:
    for step in steps:
        if step.kind is StepKind.WAIT_QUIZ and step.place and step.window and step.window.opens_at:
            small_note(opens_at_words(context, step.place.module, step.window.opens_at))


def _draw_asked(context: Context, choice: ProgrammeChoice) -> None:
    """Draw who has asked for the person's view of them: it is a favour, and so never the first thing to do."""
    for row in ask(context, "own_asked", programme_id=choice.programme_id):
        words = _("{name} asks for your view of them").format(name=row["name"])
        view_link(context, "practice", words, icon=":material/person:")


VIEW = View(frozenset({Office.TRAINEE}), N_("Next"), "next", render, ":material/flag:", rank=1)
