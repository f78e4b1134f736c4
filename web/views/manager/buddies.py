"""Buddies of a cohort: two who look out for each other. They see each other's name and nothing else."""

from typing import Any

import streamlit as st

from assessments.service.support import end_buddies, pair_buddies
from people.models import CohortId, HubId, PersonId
from web.components import plain, say_after_rerun, small_note, try_action
from web.context import Context
from web.memory import ask
from web.texts import _, ngettext

Row = dict[str, Any]


def draw_buddies(context: Context, hub_id: HubId, cohort: Row, members: list[Row]) -> None:
    """Draw the pairs of the cohort, and the choice of two more; nothing where there are no two people."""
    if len(members) < 2:
        return
    rows = ask(context, "hub_buddies", hub=hub_id)
    pairs = [row for row in rows if row["cohort_id"] == cohort["cohort_id"]]
    label = ngettext("{n} pair of buddies", "{n} pairs of buddies", len(pairs)).format(n=len(pairs))
    with st.expander(label, icon=":material/diversity_1:", key="buddies"):
        small_note(_("Two who look out for each other. Each sees the other's name, and no result."))
        for row in pairs:
            _draw_pair(context, row)
        _draw_pairing(context, cohort, members)


def _draw_pair(context: Context, row: Row) -> None:
    with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
        words = _("{one} and {other}").format(one=row["name"], other=row["buddy_name"])
        st.markdown(f"**{plain(words)}**", width="stretch")
        if st.button(_("Part"), key=f"part-{row['pair_id']}"):
            done = try_action(lambda: end_buddies(context.store, context.actor, row["pair_id"], context.now()))
            if done is not None:
                say_after_rerun(_("They are buddies no more."))
                st.rerun()


def _draw_pairing(context: Context, cohort: Row, members: list[Row]) -> None:
    names = {PersonId(row["person_no"]): row["name"] for row in members}
    with st.form("pair-buddies", border=False):
        one = st.selectbox(_("Who?"), list(names), format_func=names.__getitem__, key="buddy-one")
        other = st.selectbox(_("With whom?"), list(names), index=1, format_func=names.__getitem__, key="buddy-other")
        if not st.form_submit_button(_("Make them buddies"), width="stretch"):
            return
    cohort_id = CohortId(cohort["cohort_id"])
    done = try_action(lambda: pair_buddies(context.store, context.actor, cohort_id, one, other, now=context.now()))
    if done is not None:
        words = _("{one} and {other} are buddies now.").format(one=names[one], other=names[other])
        say_after_rerun(words)
        st.rerun()
