"""*My trainees*: each person's gates, what was seen, and the quizzes to open again. `?person=` opens one."""

from typing import Any

import streamlit as st

from analytics.readiness import see_today
from assessments.facts import Relation, TimeAllowed
from assessments.reasons import UnlockReason
from assessments.service.attempts import allow_time, attempt_window, time_allowed, unlock_attempts
from assessments.service.learning import list_topics
from curriculum.ids import BlueprintId, ProgrammeId
from curriculum.models import Programme
from people.facts import TokenPurpose
from people.models import Office, PersonId
from people.rights import Record
from people.service import issue_token
from people.service.audit import open_record
from web.components import (
    card,
    day_text,
    empty_state,
    go_to,
    page_head,
    plain,
    say_after_rerun,
    small_note,
    try_action,
    view_link,
)
from web.context import Context
from web.documents.parts import draw_pdf
from web.documents.person_record import quiz_rows
from web.documents.supervision_pack import make_pack
from web.memory import ask
from web.observed import settled_words
from web.tables import small_table
from web.texts import N_, _
from web.verdicts import draw_path
from web.view import View
from web.views.trainee.addressing import show_part
from web.views.trainer.choosing import address_of, find_asked, programme_of
from web.views.trainer.own_load import draw_own_load
from web.wording import line_words, setting_words, stage_words, status_words, view_words

Row = dict[str, Any]
URL = "my-trainees"


def render(context: Context) -> None:
    """Draw one trainee, or the list of all."""
    trainees = ask(context, "assigned_trainees")
    row = find_asked(trainees)
    show_part(URL, str(row and address_of(row)))
    if row is None:
        _draw_list(context, trainees)
    else:
        _draw_trainee(context, row)


def _draw_list(context: Context, trainees: list[Row]) -> None:
    page_head(_("My trainees"))
    if not trainees:
        empty_state(_("You have no trainees yet"), _("Ask the programme manager to give you some."))
    for row in trainees:
        with card(f"trainee-{row['person_no']}-{row['programme_id']}"):
            with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
                badge = f":gray-badge[{status_words(row['status'])}]"
                st.markdown(f"**{plain(row['name'])}** {badge}", width="stretch")
                if st.button(_("Look"), key=f"look-{row['person_no']}-{row['programme_id']}"):
                    go_to(context, URL, address_of(row))
    draw_own_load(context)


# ---------------------------------------------------------------- one trainee


def _draw_trainee(context: Context, row: Row) -> None:
    person_id, programme_id = PersonId(row["person_no"]), ProgrammeId(row["programme_id"])
    programme = programme_of(context, row)
    page_head(row["name"], kicker=programme.head.title, note=status_words(row["status"]))
    with st.container(horizontal=True):
        view_link(context, URL, _("All my trainees"))
        for url, label in (("decide", _("Decide")), ("observe", _("Observe")), ("record", _("Record"))):
            view_link(context, url, label, query=address_of(row))
    draw_pdf(
        _("Supervisor's pack (PDF)"), lambda: make_pack(context, programme, person_id), f"before-you-meet-{person_id}"
    )
    try_action(lambda: open_record(context.store, context.actor, person_id, Record.READINESS, context.now()))
    verdict = try_action(lambda: see_today(context.store, context.actor, person_id, programme_id))
    if verdict is not None:
        draw_path(context, programme, verdict)
    _draw_quizzes(context, programme, person_id)
    _draw_misconceptions(context, programme, person_id)
    _draw_observations(context, programme_id, person_id)
    _draw_reset(context, person_id, row["name"])


def _draw_quizzes(context: Context, programme: Programme, person_id: PersonId) -> None:
    st.header(_("Quizzes"), anchor=False)
    rows = ask(context, "person_attempts", person_id=person_id, programme_id=programme.head.id)
    titles = {one.id: programme.quiz_title(one) for one in programme.blueprints}
    small_table(quiz_rows(context, programme, person_id), _("No quiz handed in yet."))
    _draw_time(context, programme, person_id)
    for blueprint_id in dict.fromkeys(row["blueprint_id"] for row in rows):
        if blueprint_id in titles:
            _draw_unlock(context, programme, person_id, BlueprintId(blueprint_id))


def _draw_misconceptions(context: Context, programme: Programme, person_id: PersonId) -> None:
    """Draw what the person was sure of and got wrong, safeguarding first, each with its passage."""
    topics = list_topics(context.store, context.actor, person_id, programme.head.id)
    sure = [topic for topic in topics if topic.was_sure]
    if not sure:
        return
    st.header(_("Sure, and not right"), anchor=False)
    for topic in sure:
        section = programme.section_by_id[topic.section_id]
        key = f" :red-badge[{_('Safeguarding')}]" if topic.is_critical else ""
        st.markdown(f"**{plain(section.title)}**{key}")
        view_link(context, "manual", f"{section.id} {section.title}", query={"section": section.id})


def _draw_time(context: Context, programme: Programme, person_id: PersonId) -> None:
    """Draw how much time the person has, where quizzes have a limit. Why is never asked."""
    if not any(blueprint.minutes for blueprint in programme.blueprints):
        return
    words = {
        TimeAllowed.AS_OTHERS: _("As much as others"),
        TimeAllowed.QUARTER_MORE: _("A quarter more"),
        TimeAllowed.HALF_MORE: _("Half as much again"),
        TimeAllowed.TWICE: _("Twice as much"),
        TimeAllowed.NO_LIMIT: _("No limit"),
    }
    now_has = time_allowed(context.store, person_id, programme.head.id)
    with card("time-allowed"):
        wanted = st.selectbox(
            _("Time in quizzes that have a limit"),
            list(words),
            index=list(words).index(now_has),
            format_func=lambda time: words[time],
            key="time-allowed",
        )
        small_note(_("It holds from the next attempt on. Why is not recorded."))
        if wanted is not now_has and st.button(_("Save"), key="save-time-allowed"):
            done = try_action(
                lambda: allow_time(
                    context.store, context.actor, person_id, programme.head.id, wanted.value, now=context.now()
                )
            )
            if done is not None:
                say_after_rerun(_("Saved."))
                st.rerun()


def _draw_unlock(context: Context, programme: Programme, person_id: PersonId, blueprint_id: BlueprintId) -> None:
    window = attempt_window(context.store, person_id, programme.head.id, blueprint_id, context.now())
    if window.may_start or window.open is not None or window.passed is not None or window.is_done:
        return
    title = programme.quiz_title(programme.blueprint_by_id[blueprint_id])
    with card(f"unlock-{blueprint_id}"):
        state = _("all attempts are used") if window.is_locked else _("the waiting time runs")
        st.markdown(f"**{plain(title)}**: {state}")
        reasons = {
            UnlockReason.TALKED_THROUGH: _("We have talked it through"),
            UnlockReason.ACCESS_NEED: _("The person needed help to take part"),
            UnlockReason.TECHNICAL_FAULT: _("Something went wrong with the device"),
            UnlockReason.REFRESHER: _("It is a refresher"),
        }
        reason = st.selectbox(
            _("Why open it now?"), list(reasons), format_func=lambda code: reasons[code], key=f"why-{blueprint_id}"
        )
        if st.button(_("Open one more attempt"), key=f"unlock-now-{blueprint_id}"):
            done = try_action(
                lambda: unlock_attempts(
                    context.store,
                    context.actor,
                    person_id,
                    programme.head.id,
                    blueprint_id,
                    reason=reason.value,
                    now=context.now(),
                )
            )
            if done is not None:
                say_after_rerun(_("Opened. They can start at once."))
                st.rerun()


def _draw_observations(context: Context, programme_id: ProgrammeId, person_id: PersonId) -> None:
    st.header(_("What was seen"), anchor=False)
    params = {"person_id": person_id, "programme_id": programme_id}
    rows = ask(context, "person_observations", **params)
    if not rows:
        empty_state(_("Not watched yet"), _("Watch them in a role‑play first."))
    ratings = ask(context, "person_ratings", **params)
    answers = ask(context, "person_answers", **params)
    for row in rows:
        programme = context.store.programme(programme_id, row["version_no"])
        checklist = programme.checklist_by_id[row["checklist_id"]]
        title = f"{checklist.title}, {setting_words(row['setting'])}, {day_text(row['day'])}"
        with st.expander(f"{title}: {_outcome(row)}", key=f"seen-{row['fact_id']}"):
            small_note(f"{row['rater_name']} · {stage_words(row['stage'])} · {_minutes(row)}")
            if words := settled_words(row):
                st.info(plain(words), icon=":material/compare_arrows:")
            levels = {one["line_id"]: one["level"] for one in ratings if one["fact_id"] == row["fact_id"]}
            answered = {one["line_id"]: one["state"] for one in answers if one["fact_id"] == row["fact_id"]}
            for line in checklist.lines:
                level, answer = levels.get(line.id), answered.get(line.id, "")
                if level is not None or answer:
                    words = line_words(programme.scale_of(checklist), level, answer)
                    st.markdown(f"- {plain(line.text)}: {plain(words)}")
            for label, text in ((_("Strength"), row["strength"]), (_("Next step"), row["next_step"])):
                if text:
                    st.markdown(f"**{label}**: {plain(text)}")
            _draw_answer(row)


def _outcome(row: Row) -> str:
    if row["is_void"]:
        return _("withdrawn")
    if row["is_struck"]:
        return _("counts no more, after an appeal")
    if row["relation"] != Relation.TRAINER:
        return view_words(row["relation"])
    words = _("passed") if row["is_passed"] else _("not passed yet")
    if not row["counts"]:
        return _("{outcome}, does not count").format(outcome=words)
    return words


def _minutes(row: Row) -> str:
    return _("{n} minutes on the form").format(n=max(1, round(row["seconds"] / 60)))


def _draw_answer(row: Row) -> None:
    if row["agrees"] is True:
        st.markdown(f":green[:material/check: {_('They have seen it and agree.')}]")
    elif row["agrees"] is False:
        st.markdown(f":orange[:material/flag: {_('They see it differently. Talk with them.')}]")


def _draw_reset(context: Context, person_id: PersonId, name: str) -> None:
    with st.expander(_("Forgotten password")):
        st.markdown(
            _("Make a slip with a code and give it to {name} yourself, face to face. It is recorded.").format(
                name=plain(name)
            )
        )
        if st.button(_("Make a slip"), key="reset-slip"):
            code = try_action(
                lambda: issue_token(context.store, context.actor, person_id, TokenPurpose.RESET, context.now())
            )
            if code is not None:
                st.code(code.code, language=None)
                st.markdown(
                    _("They open the sign‑in page, choose “I have a code”, and set a new password within 72 hours.")
                )


VIEW = View(frozenset({Office.TRAINER}), N_("My trainees"), URL, render, ":material/group:", rank=5)
