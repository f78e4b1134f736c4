"""*Observe*, the first screen: forms in progress, requests, and a new form. `?form=` opens one."""

from typing import Any
from uuid import UUID

import streamlit as st

from assessments.facts import ObservationOpened, Relation, Stage
from assessments.observations import why_not_counting
from assessments.service.observations import list_open_forms, open_observation
from curriculum.ids import ChecklistId, ProgrammeId, ScenarioId
from curriculum.models import Checklist, Programme, Setting
from people.facts import FactId
from people.ids import new_fact_id
from people.models import Office, PersonId
from web.components import card, day_text, empty_state, go_to, local_time, page_head, plain, small_note, try_action
from web.context import Context
from web.texts import N_, _
from web.view import View
from web.views.trainer.observe.form import draw_form
from web.wording import setting_words, stage_words

URL = "observe"
Row = dict[str, Any]


def render(context: Context) -> None:
    """Draw the form that the address names, else what there is to begin."""
    asked = st.query_params.get("form")
    if asked:
        draw_form(context, _read_form_id(asked))
        return
    page_head(_("Observe"))
    trainees = context.store.query("assigned_trainees", context.actor)
    if not trainees:
        empty_state(_("You have no trainees yet"), _("Ask the programme manager to give you some."))
        return
    _draw_open_forms(context, trainees)
    _draw_requests(context)
    _draw_new(context, trainees)


def _read_form_id(text: str) -> FactId:
    try:
        return FactId(UUID(text))
    except ValueError:
        return FactId(UUID(int=0))


def _draw_open_forms(context: Context, trainees: list[Row]) -> None:
    names = {row["person_no"]: row["name"] for row in trainees}
    for opened in list_open_forms(context.store, context.actor):
        if opened.person_id in names:
            _draw_open_form(context, opened, names[opened.person_id])


def _draw_open_form(context: Context, opened: ObservationOpened, name: str) -> None:
    programme = context.store.programme(opened.programme_id, opened.version_no)
    checklist = programme.checklist_by_id[opened.checklist_id]
    with card(f"open-{opened.fact_id}"):
        st.markdown(f"**{plain(name)}** · {plain(checklist.title)}, {setting_words(opened.setting)}")
        day, time = day_text(context.store.day_of(opened.occurred_at)), local_time(context, opened.occurred_at)
        small_note(_("Begun on {day} at {time}. All ticks are saved.").format(day=day, time=time))
        if st.button(_("Go on with this form"), key=f"go-on-{opened.fact_id}", type="primary", width="stretch"):
            go_to(context, URL, {"form": str(opened.fact_id)})


def _draw_requests(context: Context) -> None:
    requests = context.store.query("assigned_requests", context.actor)
    if not requests:
        return
    st.subheader(_("Asked for"), anchor=False)
    for row in requests:
        _draw_request(context, row)


def _draw_request(context: Context, row: Row) -> None:
    enrolment = context.store.enrolment(row["person_no"], row["programme_id"])
    if enrolment is None:
        return
    programme = context.store.programme(enrolment.programme_id, enrolment.version_no)
    title = programme.checklist_by_id[ChecklistId(row["checklist_id"])].title
    with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
        words = f"**{plain(row['name'])}**: {plain(title)}, {setting_words(row['setting'])}"
        st.markdown(words, width="stretch")
        if st.button(_("Take up"), key=f"take-{row['fact_id']}"):
            go_to(
                context,
                URL,
                {"trainee": str(row["person_no"]), "checklist": row["checklist_id"], "setting": row["setting"]},
            )


# ---------------------------------------------------------------- a new form


def _draw_new(context: Context, trainees: list[Row]) -> None:
    st.subheader(_("A new form"), anchor=False)
    with card("new-form"):
        row = _choose_trainee(trainees)
        programme = context.store.programme(row["programme_id"], row["version_no"])
        checklist = _choose_checklist(programme)
        setting = _choose_setting(checklist)
        scenario_id = _choose_scenario(programme, checklist, setting)
        stage, session_code, has_co_leader = _ask_frame(setting)
        counts = _ask_counts(setting, has_co_leader=has_co_leader)
        if st.button(_("Start"), type="primary", width="stretch", icon=":material/arrow_forward:"):
            _begin(
                context,
                PersonId(row["person_no"]),
                ProgrammeId(row["programme_id"]),
                checklist,
                setting=setting,
                scenario_id=scenario_id,
                stage=stage,
                session_code=session_code,
                has_co_leader=has_co_leader,
                counts=counts,
            )


def _choose_trainee(trainees: list[Row]) -> Row:
    asked = st.query_params.get("trainee")
    index = next((i for i, row in enumerate(trainees) if str(row["person_no"]) == asked), 0)
    names = [str(row["name"]) for row in trainees]
    chosen = st.selectbox(_("Whom do you watch?"), range(len(trainees)), index=index, format_func=names.__getitem__)
    return trainees[chosen]


def _choose_checklist(programme: Programme) -> Checklist:
    asked = st.query_params.get("checklist")
    index = next((i for i, checklist in enumerate(programme.checklists) if checklist.id == asked), 0)
    return st.selectbox(_("With which checklist?"), programme.checklists, index=index, format_func=_checklist_words)


def _checklist_words(checklist: Checklist) -> str:
    return f"{checklist.id} · {checklist.title}"


def _choose_setting(checklist: Checklist) -> Setting:
    settings = list(checklist.settings)
    asked = st.query_params.get("setting")
    index = next((i for i, setting in enumerate(settings) if setting == asked), 0)
    chosen = st.segmented_control(
        _("Where?"),
        settings,
        default=settings[index],
        required=True,
        format_func=setting_words,
        key=f"setting-{checklist.id}",
        width="stretch",
    )
    return chosen or settings[index]


def _choose_scenario(programme: Programme, checklist: Checklist, setting: Setting) -> ScenarioId | None:
    if setting != Setting.ROLEPLAY or not checklist.scenarios:
        return None
    titles = {id_: programme.scenario_by_id[id_].title for id_ in checklist.scenarios}
    scenario_id = st.selectbox(_("Which story is played?"), checklist.scenarios, format_func=titles.__getitem__)
    scenario = programme.scenario_by_id[scenario_id]
    with st.expander(_("The actor's script")):
        for number, prompt in enumerate(scenario.prompts, start=1):
            st.markdown(f"{number}. {prompt}")
        st.markdown(_("Stop word: **{word}**").format(word=plain(scenario.stop_word)))
        st.markdown(scenario.body)
    return scenario_id


def _ask_frame(setting: Setting) -> tuple[Stage, str, bool]:
    if setting == Setting.ROLEPLAY:
        return Stage.LEAD_PART, "", True
    stage = st.selectbox(_("How much do they lead?"), list(Stage), index=2, format_func=stage_words)
    session_code = st.text_input(
        _("Code of the session"),
        max_chars=60,
        help=_("A group's code and the date, such as “RIV-A 14 Nov”. The same for all who watch it. No names."),
    )
    has_co_leader = st.checkbox(_("A second leader is in the room"), value=True)
    return stage, session_code, has_co_leader


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


def _begin(
    context: Context,
    person_id: PersonId,
    programme_id: ProgrammeId,
    checklist: Checklist,
    *,
    setting: Setting,
    scenario_id: ScenarioId | None,
    stage: Stage,
    session_code: str,
    has_co_leader: bool,
    counts: bool,
) -> None:
    fact_id = st.session_state.setdefault("new-form-id", new_fact_id())
    opened = try_action(
        lambda: open_observation(
            context.store,
            context.actor,
            person_id,
            programme_id,
            checklist.id,
            setting=setting,
            stage=stage,
            scenario_id=scenario_id,
            session_code=session_code,
            relation=Relation.TRAINER,
            counts=counts,
            has_co_leader=has_co_leader,
            now=context.now(),
            fact_id=fact_id,
        )
    )
    if opened is not None:
        del st.session_state["new-form-id"]
        go_to(context, URL, {"form": str(opened.fact_id)})


VIEW = View(frozenset({Office.TRAINER}), N_("Observe"), URL, render, ":material/visibility:", rank=2)
