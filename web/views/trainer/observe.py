"""*Observe*: forms in progress, requests, and a new form. `?form=` opens one: tick, look it over, submit."""

from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from assessments.facts import Relation, Stage
from assessments.observations import why_not_counting
from assessments.service.interests import find_interest
from assessments.service.observations import Leader, open_observation, open_pair
from curriculum.ids import ScenarioId
from curriculum.models import Checklist, Programme, Setting
from people.models import Office, PersonId
from web.components import (
    card,
    day_text,
    empty_state,
    go_to,
    local_time,
    page_head,
    plain,
    plain_link,
    small_note,
    view_link,
)
from web.context import Context
from web.memory import ask
from web.saving import once_button, save_once
from web.texts import N_, _
from web.view import View
from web.views.rating.form import draw_form, read_form_id
from web.views.rating.frame import ask_session_code, choose_scenario, choose_setting, choose_stage
from web.views.trainee.addressing import show_part
from web.views.trainer.choosing import choose_trainee, person_of, programme_of
from web.views.trainer.printing_forms import draw_printing
from web.views.trainer.requests import draw_request, list_requests
from web.wording import setting_words

URL = "observe"
FIELD = "/field/"
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where and how the person is watched."""

    setting: Setting
    scenario_id: ScenarioId | None
    stage: Stage
    session_code: str
    has_co_leader: bool
    counts: bool
    partner_id: PersonId | None = None
    partner_stage: Stage = Stage.LEAD_PART


def render(context: Context) -> None:
    """Draw the form that the address names, else what there is to begin."""
    asked = st.query_params.get("form")
    show_part(URL, f"{asked} {st.query_params.get('look')} {st.query_params.get('confirmed')}")
    if asked:
        draw_form(context, read_form_id(asked), URL)
        return
    page_head(_("Observe"))
    plain_link(FIELD, _("Observe without signal"))
    trainees = ask(context, "assigned_trainees")
    if not trainees:
        empty_state(_("You have no trainees yet"), _("Ask the programme manager to give you some."))
        return
    for row in ask(context, "assigned_open_forms"):
        _draw_open_form(context, row)
    _draw_requests(context)
    _draw_new(context, trainees)
    draw_printing(context, trainees, URL)
    view_link(context, "paper", _("Bring filled sheets back"), icon=":material/upload_file:")


def _draw_open_form(context: Context, row: Row) -> None:
    checklist = programme_of(context, row).checklist_by_id[row["checklist_id"]]
    with card(f"open-{row['fact_id']}"):
        st.markdown(f"**{plain(row['name'])}** · {plain(checklist.title)}, {setting_words(row['setting'])}")
        day, time = day_text(row["day"]), local_time(context, row["occurred_at"])
        small_note(_("Begun on {day} at {time}. All ticks are saved.").format(day=day, time=time))
        if st.button(_("Go on with this form"), key=f"go-on-{row['fact_id']}", width="stretch"):
            go_to(context, URL, {"form": str(row["fact_id"])})


def _draw_requests(context: Context) -> None:
    requests = list_requests(context)
    if requests:
        st.header(_("Asked for"), anchor=False)
    for row in requests:
        draw_request(context, row, _("Take up"))


# ---------------------------------------------------------------- a new form


def _draw_new(context: Context, trainees: list[Row]) -> None:
    st.header(_("A new form"), anchor=False)
    with card("new-form"):
        row = choose_trainee(context, trainees, _("Whom do you watch?"), "observe")
        programme = programme_of(context, row)
        checklist = _choose_checklist(programme)
        if checklist is None:
            return
        setting = choose_setting(checklist)
        scenario_id = choose_scenario(programme, checklist, setting)
        stage, session_code, has_co_leader = _ask_session(setting)
        partner_id, partner_stage = _ask_partner(trainees, row) if setting == Setting.LIVE and has_co_leader else _ALONE
        counts = _ask_counts(setting, has_co_leader=has_co_leader)
        _say_interest(context, row)
        frame = _Frame(
            setting, scenario_id, stage, session_code, has_co_leader, counts, partner_id, partner_stage or stage
        )
        if once_button("new-form", _("Start"), icon=":material/arrow_forward:"):
            (_begin if partner_id is None else _begin_pair)(context, row, checklist, frame)


def _choose_checklist(programme: Programme) -> Checklist | None:
    """Draw the choice of a trainer's checklist; None when the programme has none."""
    asked = st.query_params.get("checklist", "")
    forms = programme.forms_of(Relation.TRAINER)
    titles = {checklist.id: f"{checklist.id} · {checklist.title}" for checklist in forms}
    ids = list(titles)
    if not ids:
        st.markdown(f":gray[{_('This programme has no form for trainers.')}]")
        return None
    chosen = st.selectbox(
        _("With which checklist?"),
        ids,
        index=next((n for n, id_ in enumerate(ids) if id_ == asked), 0),
        format_func=titles.__getitem__,
        key=f"checklist-{programme.head.id}-{asked}",
    )
    checklist = programme.checklist_by_id[chosen]
    if checklist.explain:
        small_note(checklist.explain)
    return checklist


def _ask_session(setting: Setting) -> tuple[Stage, str, bool]:
    """Return how much the person leads, the code of the session, and whether a second leader is there.

    In supervision nobody leads a session; a role-play has a code only when a second trainer rates it too.
    """
    if setting == Setting.SUPERVISION:
        return Stage.LEAD_PART, "", True
    if setting == Setting.ROLEPLAY:
        return Stage.LEAD_PART, ask_session_code(_("Code, if a second trainer rates it too (may be empty)")), True
    stage = choose_stage(_("How much do they lead?"))
    session_code = ask_session_code()
    has_co_leader = st.checkbox(_("A second leader is in the room"), value=True)
    return stage, session_code, has_co_leader


_ALONE: Final[tuple[PersonId | None, Stage | None]] = (None, None)


def _ask_partner(trainees: list[Row], row: Row) -> tuple[PersonId | None, Stage | None]:
    """Draw the choice of a second leader to rate too, and how much they lead; what else they share is asked once."""
    others = {
        PersonId(one["person_no"]): str(one["name"])
        for one in trainees
        if one["programme_id"] == row["programme_id"] and one["person_no"] != row["person_no"]
    }
    if not others:
        return _ALONE
    chosen = st.selectbox(
        _("Rate the second leader too?"),
        [None, *others],
        format_func=lambda id_: others[id_] if id_ is not None else _("No, one form"),
        key=f"partner-{row['person_no']}",
    )
    if chosen is None:
        return _ALONE
    return chosen, choose_stage(_("How much does {name} lead?").format(name=others[chosen]))


def _say_interest(context: Context, row: Row) -> None:
    """Say beforehand when the reader's form cannot count because of who they are to the person."""
    interest = find_interest(context.store, context.actor.person_id, person_of(row))
    if interest is not None:
        st.info(plain(f"{_(interest.why)} {_('You can watch for practice: it will not count.')}"))


def _ask_counts(setting: Setting, *, has_co_leader: bool) -> bool:
    counts = st.segmented_control(
        _("What is it for?"),
        [True, False],
        default=True,
        required=True,
        format_func=lambda is_counted: _("It counts") if is_counted else _("Practice only"),
        width="stretch",
    )
    reason = why_not_counting(setting, Relation.TRAINER, has_co_leader)
    if counts and reason:
        st.info(plain(_(reason)))
    return bool(counts)


def _begin(context: Context, row: Row, checklist: Checklist, frame: _Frame) -> None:
    opened = save_once(
        "new-form",
        f"{row['person_no']} {row['programme_id']} {checklist.id} {frame}",
        lambda fact_id: open_observation(
            context.store,
            context.actor,
            person_of(row),
            row["programme_id"],
            checklist.id,
            setting=frame.setting,
            stage=frame.stage,
            scenario_id=frame.scenario_id,
            session_code=frame.session_code,
            relation=Relation.TRAINER,
            counts=frame.counts,
            has_co_leader=frame.has_co_leader,
            now=context.now(),
            fact_id=fact_id,
        ),
    )
    if opened is not None:
        go_to(context, URL, {"form": str(opened.fact_id)})


def _begin_pair(context: Context, row: Row, checklist: Checklist, frame: _Frame) -> None:
    """Begin a form about each of two leaders; the first opens, the other follows when it is submitted."""
    partner_id = frame.partner_id
    if partner_id is None:
        return
    opened = save_once(
        "new-form",
        f"{row['person_no']} {row['programme_id']} {checklist.id} {frame}",
        lambda fact_id: open_pair(
            context.store,
            context.actor,
            (Leader(person_of(row), frame.stage), Leader(partner_id, frame.partner_stage)),
            row["programme_id"],
            checklist.id,
            session_code=frame.session_code,
            counts=frame.counts,
            now=context.now(),
            fact_id=fact_id,
        ),
    )
    if opened is not None:
        go_to(context, URL, {"form": str(opened[0].fact_id)})


VIEW = View(frozenset({Office.TRAINER}), N_("Observe"), URL, render, ":material/visibility:", rank=2)
