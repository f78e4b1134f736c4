"""*Our group*: how many of us have finished what, who stands by us, what comes next. Nobody is ranked."""

import streamlit as st

from analytics.our_cohort import Finished, OurCohort, see_our_cohort
from people.models import Office
from web.components import count_of, empty_state, page_head, plain, small_note, view_link
from web.context import Context, ProgrammeChoice
from web.meeting_words import supporter_words, when_words
from web.memory import ask
from web.texts import N_, _, ngettext
from web.view import View

URL = "our-group"
_AHEAD = 4


def render(context: Context) -> None:
    """Draw the page."""
    page_head(_("Our group"))
    choice = context.own_choice
    if choice is None:
        empty_state(_("You are not in a programme yet."), _("Ask your programme manager to enrol you."))
        return
    _draw_supporters(context)
    _draw_ahead(context, choice)
    _draw_finished(see_our_cohort(context.store, context.actor, choice.programme_id))
    view_link(context, "my-supervision", _("Back to supervision"), icon=":material/arrow_back:")


def _draw_supporters(context: Context) -> None:
    st.header(_("Who stands by you"), anchor=False)
    for row in ask(context, "own_buddies"):
        st.markdown(f"**{plain(row['name'])}**: {_('your buddy; you look out for each other')}")
    supporters = ask(context, "own_supporters")
    for row in supporters:
        st.markdown(f"**{plain(row['name'])}**: {plain(supporter_words(row['office']))}")
    if not supporters:
        small_note(_("Nobody is named yet. Ask the programme manager."))


def _draw_ahead(context: Context, choice: ProgrammeChoice) -> None:
    titles: dict[str, str] = {session.id: session.title for session in choice.programme.head.sessions}
    rows = ask(context, "own_cohort_sessions")
    if rows:
        st.header(_("Our next sessions"), anchor=False)
    for row in rows[:_AHEAD]:
        code: str = row["session_code"]
        when = when_words(context, row["meets_on"], row["start_minute"], row["zone"])
        st.markdown(f"**{plain(when)}**  \n{plain(titles.get(code, code))}")


def _draw_finished(ours: OurCohort) -> None:
    st.header(_("What we have finished"), anchor=False)
    if not ours.is_shown:
        small_note(_("Shown when we are {n} or more: before, it would tell of single people.").format(n=ours.min_cell))
        return
    small_note(ngettext("We are {n} person.", "We are {n} people.", ours.n_people).format(n=ours.n_people))
    for thing in ours.gates:
        _draw_thing(thing, ours.n_people)
    with st.expander(_("Modules that we have read"), key="modules-read"):
        for module in ours.modules:
            _draw_thing(module, ours.n_people)


def _draw_thing(thing: Finished, n_people: int) -> None:
    with st.container(horizontal=True, wrap=False):
        st.markdown(plain(thing.title), width="stretch")
        st.markdown(f"**{count_of(thing.n, n_people)}**", width="content")


VIEW = View(frozenset({Office.TRAINEE}), N_("Our group"), URL, render, ":material/diversity_3:", is_listed=False)
