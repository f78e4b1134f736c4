"""A sign-off drawn: its state in plain words, its way through the years, what was said to it, and what it rests on."""

from collections.abc import Sequence

import streamlit as st

from analytics.own_record.codes import code_words, reason_words
from assessments.facts import ActivityLevel
from assessments.service.reshowing import AnsweredThen, RatedThen, RestedOn, reshow
from assessments.sign_off import Answer, DisputeStep, SignOffState, Step, StepKind, check_code
from curriculum.models import Programme
from people.facts import FactId
from web.components import day_text, plain, plain_link, small_note, try_action
from web.context import Context
from web.observed import draw_observed, head_of, observed_title
from web.sentences import say
from web.texts import _, ngettext
from web.wording import entrustment_words, sign_off_words

_COLOURS = {
    SignOffState.IN_FORCE: "green",
    SignOffState.DUE_SOON: "orange",
    SignOffState.AWAITING_COUNTERSIGN: "blue",
    SignOffState.DECLINED: "orange",
    SignOffState.REVOKED: "red",
}


def sign_off_badge(state: SignOffState) -> str:
    """Return the state as a badge."""
    icon = ":material/check: " if state in {SignOffState.IN_FORCE, SignOffState.DUE_SOON} else ""
    return f":{_COLOURS.get(state, 'gray')}-badge[{icon}{sign_off_words(state)}]"


# ---------------------------------------------------------------- its way


def draw_steps(context: Context, steps: Sequence[Step]) -> None:
    """Draw what happened to a sign-off, a line each; what is still to come in grey."""
    today = context.today()
    lines = [_step_line(context, step, is_ahead=step.day > today) for step in steps]
    st.markdown("\n".join(f"- {line}" for line in lines))


def _step_line(context: Context, step: Step, *, is_ahead: bool) -> str:
    words = _ahead_words(step.kind) if is_ahead else _step_words(step.kind)
    by = "" if step.actor_id is None else f", {context.store.name_of(step.actor_id)}"
    line = f"{plain(day_text(step.day))}: {plain(words)}{plain(by)}"
    return f":gray[{line}]" if is_ahead else line


def _step_words(kind: StepKind) -> str:
    return {
        StepKind.SIGNED: _("signed"),
        StepKind.NOT_YET: _("decided: not yet"),
        StepKind.COUNTERSIGNED: _("countersigned"),
        StepKind.AGREED: _("read, and agreed"),
        StepKind.DISPUTED: _("seen differently"),
        StepKind.LOOKED: _("second look, blind to the first"),
        StepKind.SETTLED: _("settled"),
        StepKind.SET_ASIDE: _("set aside"),
        StepKind.REVOKED: _("revoked"),
        StepKind.REPLACED: _("a newer one took its place"),
        StepKind.DUE: _("can be renewed"),
        StepKind.RUNS_OUT: _("last day"),
    }[kind]


def _ahead_words(kind: StepKind) -> str:
    return _("can be renewed from this day on") if kind is StepKind.DUE else _("last day, unless it is renewed")


# ---------------------------------------------------------------- what was decided


def draw_levels(programme: Programme, levels: Sequence[ActivityLevel]) -> None:
    """Draw how far somebody may go, a line for each activity."""
    titles = {activity.id: activity.title for activity in programme.head.activities}
    for one in levels:
        st.markdown(f"- {plain(titles.get(one.activity_id, ''))}: **{entrustment_words(one.level)}**")


def draw_answer(context: Context, programme: Programme, answer: Answer) -> None:
    """Draw the second look, and what came of the two decisions; nothing while there is none."""
    look, settled = answer.look, answer.settled
    if look is not None:
        day, name = day_text(context.store.day_of(look.occurred_at)), context.store.name_of(look.actor_id)
        what = _("signed off") if look.is_granted else _("not yet")
        words = _("Second look on {day} by {name}, blind to the first: {what}").format(day=day, name=name, what=what)
        st.markdown(f"**{plain(words)}**")
        draw_levels(programme, look.levels)
    if settled is not None:
        outcome, reason = say(code_words(settled.outcome)), say(reason_words(settled.reason))
        st.markdown(plain(_("Settled: {outcome}. {reason}.").format(outcome=outcome, reason=reason)))
    elif answer.step is DisputeStep.TO_SETTLE:
        small_note(_("The two decisions differ. Somebody who took no part in either chooses which one counts."))


def draw_check_code(sign_off_id: FactId) -> None:
    """Draw the code by which anybody can check the sign-off, with a link to the page that answers."""
    code = check_code(sign_off_id)
    small_note(_("Code to check it by: {code}. It shows level, role and dates, and no name.").format(code=code))
    plain_link(f"/check/{code}", _("See what others see with the code"))


# ---------------------------------------------------------------- the wording of its day


def draw_wording(context: Context, sign_off_id: FactId) -> None:
    """Draw a fold with what the sign-off rests on, worded as it was rated; it is read once it is opened."""
    label = _("What it rests on, in the words of that day")
    fold = st.expander(label, icon=":material/history_edu:", key=f"wording-{sign_off_id}", on_change="rerun")
    with fold:
        if fold.open:
            rested = try_action(lambda: reshow(context.store, context.actor, sign_off_id))
            if rested is not None:
                _draw_rested(context, rested)


def _draw_rested(context: Context, rested: RestedOn) -> None:
    head = rested.programme.head
    version = _("{programme}, version {version}").format(programme=head.title, version=head.version)
    seal = rested.sign_off.evidence_hash[:12]
    words = (
        _("The evidence is unchanged: its seal is {seal}, as on the day of the decision.")
        if rested.is_sealed
        else _("The evidence does not give the seal of that day, {seal}. Tell who looks after the server.")
    )
    st.markdown(f"**{plain(version)}**")
    st.markdown(plain(words.format(seal=seal)))
    st.markdown(f"**{_('What had to be met')}**")
    st.markdown("\n".join(f"- {plain(gate.title)}: {plain(gate.why)}" for gate in rested.gates))
    _draw_chosen(context, rested)
    if rested.n_others:
        n = rested.n_others
        others = ngettext(
            "{n} more entry without wording, or not for you to see: such as attendance.",
            "{n} more entries without wording, or not for you to see: such as attendance.",
            n,
        )
        small_note(others.format(n=n))


def _draw_chosen(context: Context, rested: RestedOn) -> None:
    """Draw one observation or quiz at a time: all of them would be too long for a telephone."""
    shown: list[RatedThen | AnsweredThen] = [*rested.ratings, *rested.quizzes]
    if not shown:
        return
    titles = [f"{at}. {_entry_title(entry)}" for at, entry in enumerate(shown, start=1)]
    key = f"wording-entry-{rested.sign_off.fact_id}"
    number = st.selectbox(_("Which entry?"), range(len(titles)), format_func=titles.__getitem__, key=key)
    entry = shown[number]
    if isinstance(entry, RatedThen):
        _draw_rated(context, entry)
    else:
        _draw_quiz(context, entry)


def _entry_title(entry: RatedThen | AnsweredThen) -> str:
    return observed_title(entry.form) if isinstance(entry, RatedThen) else _("Quiz: {title}").format(title=entry.title)


def _draw_rated(context: Context, rated: RatedThen) -> None:
    st.markdown(f"**{plain(observed_title(rated.form))}**")
    draw_observed(rated.form, head_of(context, rated.observation))


def _draw_quiz(context: Context, quiz: AnsweredThen) -> None:
    day = day_text(context.store.day_of(quiz.attempt.occurred_at))
    st.markdown(f"**{plain(_('Quiz: {title}, {day}').format(title=quiz.title, day=day))}**")
    st.markdown("\n".join(f"1. {plain(item.stem)}" for item in quiz.items))
