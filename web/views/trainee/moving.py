"""Moving to another hub: the trainee agrees here, and nowhere else; until they are taken in they can think again."""

from typing import Any

import streamlit as st

from curriculum.ids import ProgrammeId
from people import service
from people.facts import FactId
from people.models import HubId
from web.components import day_text, plain, say_after_rerun, small_note, try_action
from web.context import Context
from web.memory import ask
from web.texts import _

Row = dict[str, Any]


def draw_moving(context: Context) -> None:
    """Draw what was agreed to, or the choice of a hub; nothing when no other hub runs the person's programme."""
    waiting = ask(context, "own_moves")
    others = ask(context, "own_other_hubs")
    if not waiting and not others:
        return
    with st.expander(_("Moving to another hub"), icon=":material/move_location:", expanded=bool(waiting), key="moving"):
        for row in waiting:
            _draw_waiting(context, row)
        asked = {row["programme_id"] for row in waiting}
        for programme_id in dict.fromkeys(row["programme_id"] for row in others if row["programme_id"] not in asked):
            _draw_choice(context, [row for row in others if row["programme_id"] == programme_id])


def _draw_waiting(context: Context, row: Row) -> None:
    words = _("On {day} you agreed to move to {hub}. They have to take you in. Until then nothing changes.")
    st.markdown(plain(words.format(day=day_text(row["since"]), hub=row["hub"])))
    if st.button(_("I stay where I am"), key=f"stay-{row['consent_id']}"):
        act = service.take_back_consent
        if try_action(lambda: act(context.store, context.actor, FactId(row["consent_id"]), context.now())):
            say_after_rerun(_("Taken back. You stay where you are."))
            st.rerun()


def _draw_choice(context: Context, rows: list[Row]) -> None:
    programme_id = ProgrammeId(rows[0]["programme_id"])
    titles = {HubId(row["hub_id"]): row["title"] for row in rows}
    hub_id = st.selectbox(
        _("To which hub?"), list(titles), format_func=titles.__getitem__, key=f"move-to-{programme_id}"
    )
    st.markdown(
        "\n".join(
            f"- {line}"
            for line in (
                _("Everything you have done goes with you and counts on."),
                _("The new hub chooses a cohort and a trainer for you."),
                _("From then on your old hub and your old trainers see nothing of your record."),
                _("If you train in a second programme there, they still see your record because of it."),
            )
        )
    )
    small_note(_("Only you can agree to this. You can take it back until the new hub has taken you in."))
    label = _("I agree to move to {hub}").format(hub=titles[hub_id])
    if st.button(plain(label), key=f"agree-{programme_id}", wrap=True):
        act = service.consent_to_move
        if try_action(lambda: act(context.store, context.actor, programme_id, hub_id, context.now())):
            say_after_rerun(_("Agreed. {hub} has to take you in now.").format(hub=titles[hub_id]))
            st.rerun()
