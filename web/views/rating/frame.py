"""What a form asks before it begins: where it is, which story is played, how much the person leads."""

import streamlit as st

from assessments.facts import Stage
from assessments.service.observations import CODE_MAX
from curriculum.ids import ScenarioId
from curriculum.models import Checklist, Programme, Setting
from web.components import plain
from web.texts import _
from web.wording import setting_words, stage_words


def choose_setting(checklist: Checklist) -> Setting:
    """Draw the choice of where the person is watched, beginning with what the address names; or the one there is."""
    settings = list(checklist.settings)
    if len(settings) == 1:
        st.markdown(f"{_('Where?')} {setting_words(settings[0])}")
        return settings[0]
    asked = st.query_params.get("setting", "")
    chosen = st.segmented_control(
        _("Where?"),
        settings,
        default=next((setting for setting in settings if setting == asked), settings[0]),
        required=True,
        format_func=setting_words,
        key=f"setting-{checklist.id}-{asked}",
        width="stretch",
    )
    return chosen or settings[0]


def choose_scenario(programme: Programme, checklist: Checklist, setting: Setting) -> ScenarioId | None:
    """Draw the choice of the story of a role-play with its script; None where none is played."""
    if setting != Setting.ROLEPLAY or not checklist.scenarios:
        return None
    titles = {id_: programme.scenario_by_id[id_].title for id_ in checklist.scenarios}
    scenario_id = st.selectbox(_("Which story is played?"), list(titles), format_func=titles.__getitem__)
    scenario = programme.scenario_by_id[scenario_id]
    with st.expander(_("The actor's script")):
        for number, prompt in enumerate(scenario.prompts, start=1):
            st.markdown(f"{number}. {prompt}")
        st.markdown(_("Stop word: **{word}**").format(word=plain(scenario.stop_word)))
        st.markdown(scenario.body)
    return scenario_id


def choose_stage(label: str) -> Stage:
    """Draw the choice of how much of the session the person leads."""
    return st.selectbox(label, list(Stage), index=2, format_func=stage_words)


def ask_session_code(label: str = "") -> str:
    """Draw the field for the code of the session; it names nobody."""
    return st.text_input(
        label or _("Code of the session"),
        max_chars=CODE_MAX,
        help=_("A group's code and the date, such as “RIV-A 14 Nov”. The same for all who watch it. No names."),
    )
