"""Conflicts of interest on a person's case: declare one's own, see what it means; the training lead ends one."""

import streamlit as st

from analytics.own_record.codes import code_words
from assessments.facts import InterestDeclared
from assessments.reasons import InterestReason
from assessments.service.interests import declare_interest, end_interest, list_interests
from people.models import PersonId
from people.rights import Record, Right, may_on_person
from web.components import card, day_text, plain, say_after_rerun, small_note, try_action
from web.context import Context
from web.saving import once_button, save_and_say
from web.sentences import say
from web.texts import _


def draw_interests(context: Context, person_id: PersonId) -> None:
    """Draw the interests declared that the reader may see, and the way to declare one."""
    declared = list_interests(context.store, context.actor, person_id)
    for one in declared:
        _draw_declared(context, one)
    is_mine = any(one.holder_id == context.actor.person_id for one in declared)
    if is_mine or context.actor.person_id == person_id or context.actor.is_operator:
        return
    with st.expander(_("I know this person otherwise"), icon=":material/diversity_3:", key="interest"):
        small_note(_("Then you can watch them for practice. What counts, and the decision, is for somebody else."))
        reasons = {reason: say(code_words(reason)) for reason in InterestReason}
        chosen = st.selectbox(
            _("How?"), list(reasons), index=None, format_func=reasons.__getitem__, key=f"interest-{person_id}"
        )
        if chosen is not None and once_button("interest", _("Declare it")):
            save_and_say(
                "interest",
                f"{person_id} {chosen}",
                lambda fact_id: declare_interest(
                    context.store, context.actor, person_id, chosen.value, now=context.now(), fact_id=fact_id
                ),
            )


def _draw_declared(context: Context, one: InterestDeclared) -> None:
    store, actor = context.store, context.actor
    with card(f"interest-{one.fact_id}"):
        words = _("{name} declared an interest on {day}: {why}.").format(
            name=store.name_of(one.holder_id),
            day=day_text(store.day_of(one.occurred_at)),
            why=say(code_words(InterestReason(one.reason))),
        )
        st.info(plain(words), icon=":material/diversity_3:")
        small_note(_("They rate nothing that counts from then on, sign nothing and settle nothing about this person."))
        may_end = may_on_person(actor, Right.REVOKE, Record.SIGN_OFF, store.subject(one.person_id))
        if may_end and actor.person_id != one.holder_id and st.button(_("It holds no more"), key=f"end-{one.fact_id}"):
            done = try_action(lambda: end_interest(store, actor, one.fact_id, now=context.now()))
            if done is not None:
                say_after_rerun(_("Saved."))
                st.rerun()
