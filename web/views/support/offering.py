"""Offering a time to a trainee: one of the free times, or any other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final

import streamlit as st

from assessments.facts import Mode
from assessments.free_times import Slot
from assessments.service import support
from people.models import PersonId
from web.components import card, go_to, plain, say_after_rerun, small_note
from web.context import Context
from web.meeting_rows import draw_changed, keep_chosen
from web.meeting_words import minute_of, part_words, weekday_words, when_words, window_words
from web.saving import once_button, save_once
from web.texts import _
from web.views.trainer.choosing import person_of, programme_of
from web.wording import mode_words

Row = dict[str, Any]
_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class When:
    """When a meeting begins, by the clock on the wall of a zone."""

    day: date
    start_minute: int
    zone: str


def draw_offering(context: Context, row: Row) -> None:
    """Draw when the trainee is free, and the form that offers a time."""
    person_id = person_of(row)
    _draw_wishes(context, person_id)
    slots = [
        slot
        for slot in support.list_free_slots(
            context.store, context.actor, person_id, row["programme_id"], now=context.now()
        )
        if slot.supervisor_id == context.actor.person_id
    ]
    with card("offering"):
        slot = _choose_slot(context, slots, person_id)
        when = When(slot.day, slot.start_minute, slot.zone) if slot is not None else _choose_time(context)
        keep_chosen("offer", None if slot is None else _key_of(slot))
        mode = _choose_mode([mode for mode in Mode if slot is None or mode in slot.modes])
        is_agreed = st.checkbox(_("They have said yes already, on the phone for example"), key="agreed")
        form = f"offering-{slot and _key_of(slot)}"
        if once_button(form, _("Book it") if is_agreed else _("Offer this time")):
            _offer(context, row, when, mode, is_agreed=is_agreed)


def _draw_wishes(context: Context, person_id: PersonId) -> None:
    said = support.see_free_times(context.store, context.actor, person_id).availability
    if said is None:
        small_note(_("They have not said when they are free."))
        return
    windows = ", ".join(f"{weekday_words(one.weekday)} {window_words(one)}" for one in said.windows)
    st.markdown(f"**{_('They are free')}**: {plain(windows or _('no time named'))}")
    needs = [_("a creche")] if said.needs_creche else []
    needs += [_("help with travel")] if said.needs_travel_help else []
    if needs:
        small_note(_("They need: {things}").format(things=", ".join(needs)))


def _choose_slot(context: Context, slots: Sequence[Slot], person_id: PersonId) -> Slot | None:
    if not slots:
        small_note(_("You have named no free time in the next weeks. Offer any time, or name your free times first."))
        return None
    first, last = slots[0].day, max(slot.day for slot in slots)
    spans = support.see_free_times(context.store, context.actor, person_id).spans(first, last)
    suits = [any(span.holds(slot.span) for span in spans) for slot in slots]
    order = sorted(range(len(slots)), key=lambda number: (not suits[number], slots[number].starts_at))[:_SHOWN]
    draw_changed("offer", [_key_of(slot) for slot in slots], _("The time that you chose has gone. Choose another one."))
    labels = {number: _slot_label(context, slots[number], does_suit=suits[number]) for number in order}
    labels[-1] = _("Another time")
    number = st.selectbox(_("When?"), list(labels), format_func=labels.__getitem__, key="offer-slot")
    return None if number == -1 else slots[number]


def _key_of(slot: Slot) -> str:
    return f"{slot.supervisor_id}-{slot.day}-{slot.start_minute}"


def _slot_label(context: Context, slot: Slot, *, does_suit: bool) -> str:
    parts = [when_words(context, slot.day, slot.start_minute, slot.zone), part_words(slot.part)]
    parts += [_("they are free")] if does_suit else []
    return " · ".join(part for part in parts if part)


def _choose_time(context: Context) -> When:
    with st.grid(2, min_column_width=130):
        day: date = st.date_input(_("Day"), value=context.today(), min_value=context.today(), key="offer-day")
        start = st.time_input(_("Begins at"), time(18), step=900, key="offer-start")
    return When(day, minute_of(start), context.zone.key)


def _choose_mode(modes: list[Mode]) -> Mode:
    picked = st.segmented_control(
        _("How?"),
        modes,
        default=modes[0],
        required=True,
        format_func=mode_words,
        width="stretch",
        key=f"offer-how-{'-'.join(modes)}",
    )
    return Mode(picked or modes[0])


def _offer(context: Context, row: Row, when: When, mode: Mode, *, is_agreed: bool) -> None:
    minutes = programme_of(context, row).head.support.meeting_minutes
    offered = save_once(
        "offering",
        f"{row['person_no']} {when} {mode} {is_agreed}",
        lambda fact_id: support.offer_meeting(
            context.store,
            context.actor,
            person_of(row),
            row["programme_id"],
            day=when.day,
            start_minute=when.start_minute,
            zone=when.zone,
            minutes=minutes,
            mode=mode,
            now=context.now(),
            is_agreed=is_agreed,
            fact_id=fact_id,
        ),
    )
    if offered is not None:
        keep_chosen("offer", None)
        words = _("Booked with {name}.") if is_agreed else _("Offered. {name} sees it on their page.")
        say_after_rerun(words.format(name=row["name"]))
        go_to(context, "supervision")
