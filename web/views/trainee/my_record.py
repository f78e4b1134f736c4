"""*My record*: everything that was recorded about oneself, and who looked at it."""

import streamlit as st

from analytics.gains import see_own_gains
from analytics.own_record.codes import reason_words
from analytics.readiness import see_today
from assessments.service.decisions import SignOffSeen, see_sign_offs
from assessments.service.observations import acknowledge
from assessments.sign_off import LIVE, DisputeStep
from assessments.verdicts import Status
from curriculum.models import Programme
from people.facts import FactId
from people.models import OPERATOR, Office
from web.components import (
    card,
    day_text,
    empty_state,
    local_time,
    page_head,
    plain,
    plain_link,
    say_after_rerun,
    small_note,
    try_action,
    view_link,
)
from web.context import Context, ProgrammeChoice
from web.documents.parts import draw_pdf
from web.documents.sign_off import draw_sign_off_pdf
from web.documents.transcript import make_transcript, record_tables
from web.memory import ask
from web.sentences import say
from web.sign_offs import draw_answer, draw_check_code, draw_levels, draw_steps, draw_wording, sign_off_badge
from web.tables import small_table
from web.texts import N_, _, ngettext
from web.verdicts import draw_whole_flip
from web.view import View
from web.views.trainee.moving import draw_moving
from web.wording import outcome_words


def render(context: Context) -> None:
    """Draw the page."""
    page_head(_("My record"), note=_("It is yours. You see all of it; others see only what their work needs."))
    draw_copy_link()
    choice = context.own_choice
    if choice is None:
        empty_state(_("Nothing is recorded yet"), _("Your record begins when you are put into a cohort."))
        return
    programme = choice.programme
    draw_pdf(_("Get my transcript as PDF"), lambda: make_transcript(context, programme), "transcript")
    _draw_sign_offs(context, choice)
    _draw_missing(context, choice)
    _draw_tables(context, choice.programme)
    _draw_gains(context, choice.programme)
    _draw_completions(context)
    draw_moving(context)
    _draw_accesses(context)


def draw_copy_link() -> None:
    """Draw the link to a copy of all that is kept about the reader."""
    with card("copy"):
        st.markdown(f"**{_('Take a copy')}**")
        st.markdown(
            _("All that is kept about you, in plain words: a page to read, and the same as a table and for programs.")
        )
        plain_link("/copy/my-record.zip", _("Download my record (ZIP)"))
        small_note(_("It is personal. Do not leave it on a shared device."))


# ---------------------------------------------------------------- sign-offs


def _draw_sign_offs(context: Context, choice: ProgrammeChoice) -> None:
    st.header(_("Sign-off"), anchor=False)
    store, actor = context.store, context.actor
    seen = see_sign_offs(store, actor, actor.person_id, choice.programme_id, context.now())
    if not seen:
        st.markdown(f":gray[{_('No decision yet. Two people decide once every gate is met.')}]")
    for one in seen:
        with card(f"sign-off-{one.sign_off.fact_id}"):
            _draw_sign_off(context, one)


def _draw_sign_off(context: Context, seen: SignOffSeen) -> None:
    signed = seen.sign_off
    programme = context.store.programme(signed.programme_id, signed.version_no)
    role = next((role.title for role in programme.head.roles if role.id == signed.role_id), "")
    st.markdown(f"**{plain(role)}** {sign_off_badge(seen.state)}")
    if seen.history.revoked is not None:
        st.markdown(plain(_("Revoked: {why}.").format(why=say(reason_words(seen.history.revoked.reason)))))
    draw_levels(programme, signed.levels)
    if signed.note:
        st.markdown(f"> {plain(signed.note)}")
    draw_steps(context, seen.steps)
    draw_answer(context, programme, seen.history.answer)
    _draw_saying(context, seen)
    if seen.history.revoked is not None:
        view_link(context, "appeals", _("Appeal against it"), icon=":material/balance:")
    draw_wording(context, signed.fact_id)
    draw_check_code(signed.fact_id)
    draw_sign_off_pdf(context, signed)


def _draw_saying(context: Context, seen: SignOffSeen) -> None:
    """Draw what the person can say to their newest decision, and what follows from it before they say it."""
    if not seen.may_answer:
        return
    answer, sign_off_id = seen.history.answer, seen.sign_off.fact_id
    if seen.is_disputed and answer.step is DisputeStep.LOOK_WANTED:
        small_note(
            _("You see it differently. Somebody else looks now, without knowing the first decision. You will see both.")
        )
        if st.button(_("I agree now: no second look"), key=f"ack-True-{sign_off_id}"):
            _acknowledge(context, sign_off_id, agrees=True)
    elif answer.settled is not None:
        if answer.waits_for_word and st.button(_("I have seen what came of it"), key=f"ack-True-{sign_off_id}"):
            _acknowledge(context, sign_off_id, agrees=True)
    else:
        _draw_choice(context, seen)


def _draw_choice(context: Context, seen: SignOffSeen) -> None:
    sign_off_id = seen.sign_off.fact_id
    may_dispute = seen.state in LIVE
    if may_dispute:
        small_note(
            _("If you see it differently, somebody else decides anew, blind to this decision. It holds meanwhile.")
        )
    with st.container(horizontal=True):
        if seen.history.answer.waits_for_word and st.button(_("Seen, and I agree"), key=f"ack-True-{sign_off_id}"):
            _acknowledge(context, sign_off_id, agrees=True)
        if may_dispute and st.button(_("I see it differently"), key=f"ack-False-{sign_off_id}"):
            _acknowledge(context, sign_off_id, agrees=False)


def _acknowledge(context: Context, target_id: FactId, *, agrees: bool) -> None:
    done = try_action(lambda: acknowledge(context.store, context.actor, target_id, agrees, "", now=context.now()))
    if done is not None:
        say_after_rerun(_("Saved.") if agrees else _("Saved. Somebody else looks at it anew now."))
        st.rerun()


# ---------------------------------------------------------------- what is missing


def _draw_missing(context: Context, choice: ProgrammeChoice) -> None:
    """Draw how many gates are closed, and on demand what would open all of them together."""
    verdict = see_today(context.store, context.actor, context.actor.person_id, choice.programme_id)
    if verdict is None or verdict.status in (Status.WITHDRAWN, Status.PAUSED):
        return
    st.header(_("What is still missing"), anchor=False)
    n = len(verdict.open_blocks)
    if not n:
        is_ready = verdict.status is Status.READY_FOR_DECISION
        st.markdown(
            _("Nothing: every gate is met. Now people decide.") if is_ready else _("Nothing: every gate is met.")
        )
        return
    words = ngettext("{n} gate is still closed.", "{n} gates are still closed.", n).format(n=n)
    st.markdown(words)
    draw_whole_flip(context, verdict)


# ---------------------------------------------------------------- what was recorded


def _draw_tables(context: Context, programme: Programme) -> None:
    """Draw what was recorded, table by table: the same rows as in the transcript."""
    for title, rows, empty in record_tables(context, programme):
        st.header(title, anchor=False)
        small_table(rows, empty)


def _draw_gains(context: Context, programme: Programme) -> None:
    """Draw what the person gained between a quiz before teaching and its partner: for their eyes alone."""
    for before, after, gains in see_own_gains(context.store, context.actor, programme):
        st.header(_("“{before}” and “{after}”").format(before=before.title, after=after.title), anchor=False)
        rows = [
            {
                _("Competency"): programme.competency_by_id[gain.competency_id].title,
                _("Before"): f"{round(100 * gain.before.share)} %",
                _("After"): f"{round(100 * gain.after.share)} %",
            }
            for gain in gains
        ]
        small_table(rows, _("No competency was asked about in both."))
        small_note(_("Points earned of those there were. A few questions each: it shows a direction, no more."))


def _draw_completions(context: Context) -> None:
    rows = ask(context, "person_completions", person_id=context.actor.person_id)
    if not rows:
        return
    st.header(_("Completed"), anchor=False)
    for row in rows:
        with card(f"completion-{row['fact_id']}"):
            words = _("{cohort}, closed on {day}").format(cohort=row["cohort"], day=day_text(row["closed_on"]))
            st.markdown(f"**{plain(words)}** :gray-badge[{outcome_words(row['outcome'])}]")
            plain_link(
                f"/print/completion/{row['programme_id']}/{context.actor.person_id}", _("Print my completion record")
            )


def _draw_accesses(context: Context) -> None:
    with st.expander(_("Who has looked at my record")):
        rows = [
            {
                _("Day"): day_text(context.store.day_of(row["occurred_at"])),
                _("Time"): local_time(context, row["occurred_at"]),
                _("Who"): row["name"] if row["actor_no"] != OPERATOR else _("the operator of the server"),
            }
            for row in context.store.query("own_accesses", context.actor)
        ]
        small_table(rows, _("Nobody but you."))


VIEW = View(frozenset({Office.TRAINEE}), N_("My record"), "my-record", render, ":material/folder_shared:", rank=6)
