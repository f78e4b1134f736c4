"""A trainer leaves: everything that waits for them in one list, each with a choice, and one confirmation."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

import streamlit as st

from assessments.service.leaving import Handing, hand_over, prepare_leaving
from people import service
from people.facts import EndReason, FactId, WorkKind
from people.models import PersonId
from web.components import (
    bottom_bar,
    card,
    day_text,
    empty_state,
    page_head,
    plain,
    say_after_rerun,
    small_note,
    try_action,
)
from web.context import Context
from web.texts import _, ngettext
from web.views.manager.people.reading import HeldOffice, Person
from web.wording import work_kind_words

_BY_TRAINERS: Final = frozenset({WorkKind.TRAINEE, WorkKind.REQUEST, WorkKind.HOLD, WorkKind.DEBRIEF})


def draw_leaving_link(context: Context, grant_id: FactId) -> bool:
    """Draw what waits for a trainer and the way to hand it over; return False when nothing does."""
    found = try_action(lambda: service.list_open_work(context.store, context.actor, grant_id, context.now()))
    if not found:
        return found is None
    n = len(found)
    words = ngettext("{n} thing waits for them and goes to somebody else first.", "{n} things wait for them.", n)
    st.markdown(f":orange[:material/error: {plain(words.format(n=n))}]")
    if st.button(_("Hand over and end"), type="primary", key=f"leave-{grant_id}"):
        st.query_params["leaving"] = str(grant_id)
        st.rerun()
    return True


def draw_leaving(context: Context, people: list[Person], person: Person, held: HeldOffice) -> None:
    """Draw the list with its choices; what is chosen is done at once, or nothing of it."""
    page_head(_("{name} leaves").format(name=person.name), note=_("Everything that waits for them goes to somebody."))
    found = try_action(lambda: prepare_leaving(context.store, context.actor, held.grant_id, context.now()))
    if found is None:
        return
    if not found:
        empty_state(_("Nothing waits for them"), _("Go back and end the task."))
    st.markdown(_("What they signed and saw stands. Their task ends, and they are signed out."))
    names = {each.person_id: each.name for each in people}
    default = _draw_default(found, names)
    chosen: dict[FactId, PersonId | None] = {}
    for person_id, group in groupby(found, key=lambda each: each.work.person_id):
        with card(f"handing-{person_id}"):
            st.markdown(f"**{plain(names.get(person_id, f'Person {person_id}'))}**")
            for each in group:
                chosen[each.work.target_id] = _draw_choice(each, names, default)
    with bottom_bar("leaving"):
        if st.button(_("Not now"), key="stop-leaving"):
            _lead_back()
            st.rerun()
        if st.button(_("Hand over and end"), type="primary", key="hand-over", disabled=not found):
            _hand_over(context, person, held, chosen)


def _draw_default(found: Sequence[Handing], names: dict[PersonId, str]) -> PersonId | None:
    """Draw who takes everything that a trainer can take, to begin with; None when there is nobody."""
    trainers = list(dict.fromkeys(one for each in found if each.work.kind in _BY_TRAINERS for one in each.takers))
    if not trainers:
        if any(each.work.kind in _BY_TRAINERS for each in found):
            st.error(_("There is no other trainer here. Give somebody that task first."))
        return None
    return st.selectbox(
        _("Everything goes to"), trainers, format_func=lambda id_: names.get(id_, f"Person {id_}"), key="all-to"
    )


def _draw_choice(each: Handing, names: dict[PersonId, str], default: PersonId | None) -> PersonId | None:
    label = _("{what}, since {day}").format(what=work_kind_words(each.work.kind), day=day_text(each.work.since))
    if each.work.kind is WorkKind.FORM:
        small_note(f"{label}. {_('It is set aside: nobody else can finish what one person saw.')}")
        return None
    options: list[PersonId | None] = list(each.takers)
    if each.may_be_nobody:
        options.append(None)
    if not options:
        st.error(plain(f"{label}: {_('there is nobody who could take it. Give somebody that task first.')}"))
        return None
    first = options.index(default) if default in options else 0
    return st.selectbox(
        label,
        options,
        index=first,
        format_func=lambda id_: _("Whoever trains them") if id_ is None else names.get(id_, f"Person {id_}"),
        key=f"to-{each.work.target_id}-{default}",
    )


def _hand_over(context: Context, person: Person, held: HeldOffice, chosen: dict[FactId, PersonId | None]) -> None:
    done = try_action(
        lambda: hand_over(context.store, context.actor, held.grant_id, chosen, now=context.now(), reason=EndReason.LEFT)
    )
    if done is not None:
        _lead_back()
        say_after_rerun(_("Handed over. {name} is no trainer here any more.").format(name=person.name))
        st.rerun()


def _lead_back() -> None:
    st.query_params.pop("leaving", None)
