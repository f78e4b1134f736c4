"""*Evaluate*: how one sees one's own practice, or a partner's. `?about=` says whose, `?form=` opens one."""

from dataclasses import dataclass

import streamlit as st

from assessments.facts import Relation, Stage
from assessments.service.observations import open_observation
from curriculum.ids import ChecklistId, ScenarioId
from curriculum.models import Checklist, Programme, Setting
from people.models import Office, PersonId
from web.components import card, empty_state, go_to, page_head, small_note, view_link
from web.context import Context, ProgrammeChoice
from web.memory import ask
from web.saving import once_button, save_once
from web.texts import N_, _
from web.view import View
from web.views.rating.form import draw_form, read_form_id
from web.views.rating.frame import ask_session_code, choose_scenario, choose_setting, choose_stage
from web.views.trainee.addressing import show_part

URL = "evaluate"
_N_CODES = 3
"""How many codes of one's own latest sessions are offered."""


@dataclass(frozen=True, slots=True)
class _About:
    """Whom a form is about, in what relation, in the version of the programme that is theirs."""

    person_id: PersonId
    name: str
    relation: Relation
    programme: Programme


@dataclass(frozen=True, slots=True)
class _Frame:
    """With what, where and how the person was seen."""

    checklist_id: ChecklistId
    setting: Setting
    scenario_id: ScenarioId | None
    stage: Stage
    session_code: str


def render(context: Context) -> None:
    """Draw the form that the address names, else what there is to begin."""
    asked = st.query_params.get("form")
    show_part(URL, f"{asked} {st.query_params.get('look')} {st.query_params.get('about')}")
    if asked:
        draw_form(context, read_form_id(asked), "practice")
        return
    choice = context.own_choice
    about = _find_about(context, choice) if choice else None
    if choice is None or about is None:
        page_head(_("Evaluate"))
        empty_state(_("There is nobody to evaluate here"), _("You evaluate yourself, and those you train with."))
    else:
        _draw_new(context, choice, about)
    view_link(context, "practice", _("Practice"))


def _find_about(context: Context, choice: ProgrammeChoice) -> _About | None:
    """Return whom the address names: oneself, or somebody who trains here too."""
    me = context.actor.person_id
    asked = st.query_params.get("about", str(me))
    if asked == str(me):
        return _About(me, _("You"), Relation.SELF, choice.programme)
    fellows = ask(context, "own_fellows", programme_id=choice.programme_id)
    fellow = next((row for row in fellows if str(row["person_no"]) == asked), None)
    enrolment = context.store.enrolment(fellow["person_no"], choice.programme_id) if fellow else None
    if fellow is None or enrolment is None:
        return None
    programme = context.store.programme(choice.programme_id, enrolment.version_no)
    return _About(PersonId(fellow["person_no"]), fellow["name"], Relation.PARTNER, programme)


def _draw_new(context: Context, choice: ProgrammeChoice, about: _About) -> None:
    is_own = about.relation is Relation.SELF
    page_head(_("Your view of yourself") if is_own else _("Your view of {name}").format(name=about.name))
    forms = about.programme.forms_of(about.relation)
    if not forms:
        empty_state(_("This programme has no such form"), _("Nothing is asked of you here."))
        return
    with card("new-evaluation"):
        checklist = _choose_checklist(forms)
        small_note(checklist.explain)
        setting = choose_setting(checklist)
        scenario_id = choose_scenario(about.programme, checklist, setting)
        stage, code = _ask_session(context, choice, setting, is_own=is_own)
        if once_button("evaluation", _("Start"), icon=":material/arrow_forward:"):
            _begin(context, choice, about, _Frame(checklist.id, setting, scenario_id, stage, code))


def _choose_checklist(forms: tuple[Checklist, ...]) -> Checklist:
    if len(forms) == 1:
        return forms[0]
    asked = ChecklistId(st.query_params.get("checklist", ""))
    ids = [checklist.id for checklist in forms]
    titles = {checklist.id: checklist.title for checklist in forms}
    chosen = st.selectbox(
        _("Which form?"), ids, index=ids.index(asked) if asked in ids else 0, format_func=titles.__getitem__
    )
    return next(checklist for checklist in forms if checklist.id == chosen)


def _ask_session(context: Context, choice: ProgrammeChoice, setting: Setting, *, is_own: bool) -> tuple[Stage, str]:
    """Return how much the person leads, and the code of the session: one of one's own latest, or another."""
    if setting == Setting.ROLEPLAY:
        return Stage.LEAD_PART, ""
    stage = choose_stage(_("How much did you lead?") if is_own else _("How much did they lead?"))
    codes = _list_codes(context, choice)
    chosen = st.pills(_("Which session?"), codes, key="evaluate-session") if codes else None
    other = ask_session_code(_("Another code") if codes else "")
    small_note(_("Use the code that your trainer uses. Then your views stand side by side."))
    return stage, other or chosen or ""


def _list_codes(context: Context, choice: ProgrammeChoice) -> list[str]:
    """Return the codes of the latest sessions in which the acting person was watched."""
    asked = {"person_id": context.actor.person_id, "programme_id": choice.programme_id}
    rows = ask(context, "person_observations", **asked)
    codes = (row["session_code"] for row in rows if row["setting"] != Setting.ROLEPLAY and row["session_code"])
    return list(dict.fromkeys(codes))[:_N_CODES]


def _begin(context: Context, choice: ProgrammeChoice, about: _About, frame: _Frame) -> None:
    opened = save_once(
        "evaluation",
        f"{about.person_id} {choice.programme_id} {frame}",
        lambda fact_id: open_observation(
            context.store,
            context.actor,
            about.person_id,
            choice.programme_id,
            frame.checklist_id,
            setting=frame.setting,
            stage=frame.stage,
            scenario_id=frame.scenario_id,
            session_code=frame.session_code,
            relation=about.relation,
            counts=False,
            has_co_leader=True,
            now=context.now(),
            fact_id=fact_id,
        ),
    )
    if opened is not None:
        go_to(context, URL, {"form": str(opened.fact_id)})


VIEW = View(frozenset({Office.TRAINEE}), N_("Evaluate"), URL, render, ":material/person:", is_listed=False)
