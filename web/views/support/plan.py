"""*Plan meetings*: a proposal for all who are owed one, what is impossible and why, what one more time would buy."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Final

import streamlit as st

from analytics.planner import LeftOut, Placed
from analytics.planning import Further, HubPlan, OneMore, best_one_more, buy_one_more, plan_hub
from assessments.local_time import DayPart
from assessments.service import support
from curriculum.errors import PlatformError
from people.models import Office, PersonId
from people.rights import Record, Right, may_in_hub
from web.components import card, empty_state, figure, page_head, plain, say_after_rerun, small_note, view_link
from web.context import Context
from web.meeting_rows import draw_changed, keep_chosen
from web.meeting_words import weekday_day, weekday_words, when_words, why_not_words
from web.memory import recall
from web.saving import once_button
from web.texts import N_, _, ngettext, say_error
from web.view import View
from web.views.support.hub import Place, choose_place
from web.wording import mode_words

URL = "plan-meetings"
_WEEKS: Final = (2, 4, 6)


def render(context: Context) -> None:
    """Draw the page."""
    page_head(_("Plan meetings"), note=_("A proposal from what people have said. Nothing is sent until you say so."))
    place = choose_place(context)
    if place is None:
        return
    plan = _propose(context, place)
    _draw_figures(plan)
    if plan.people:
        _draw_proposal(context, place, plan)
        _draw_left_out(plan)
        _draw_one_more(context, place, plan)
    else:
        empty_state(_("Nobody needs a meeting in these weeks"), _("Those who are owed one have it already."))
    view_link(context, "support", _("Back to support"), icon=":material/arrow_back:")


def _propose(context: Context, place: Place) -> HubPlan:
    weeks = st.segmented_control(
        _("How many weeks ahead?"),
        list(_WEEKS),
        default=_WEEKS[1],
        required=True,
        format_func=lambda n: ngettext("{n} week", "{n} weeks", n).format(n=n),
        key="weeks",
    )
    n_days = 7 * (weeks or _WEEKS[1])
    return recall(
        context,
        "plan",
        (place.hub_id, place.programme_id, n_days),
        lambda: plan_hub(context.store, context.actor, place.programme, place.hub_id, n_days=n_days),
    )


def _draw_figures(plan: HubPlan) -> None:
    days = f"{weekday_day(plan.first_day)} – {weekday_day(plan.last_day)}"
    n = len(plan.people) + len(plan.settled)
    with st.grid(3, min_column_width=140):
        figure(_("Owed a meeting"), n, _("{n} have one already").format(n=len(plan.settled)))
        figure(_("Placed"), len(plan.plan.placed), _("{n} in time").format(n=plan.plan.n_in_time))
        figure(_("Not placed"), len(plan.plan.left_out), _("of {n}").format(n=len(plan.people)))
    free = ngettext("{n} free time", "{n} free times", len(plan.slots)).format(n=len(plan.slots))
    proof = _("the best there is: proved") if plan.plan.gap == 0 else _("close to the best there is")
    small_note(f"{days} · {free} · {proof}")


# ---------------------------------------------------------------- the proposal


def _draw_proposal(context: Context, place: Place, plan: HubPlan) -> None:
    if not plan.plan.placed:
        return
    st.header(_("The proposal"), anchor=False)
    for one in plan.plan.placed:
        _draw_placed(context, one, plan.supervisors)
    if not may_in_hub(context.actor, Right.WRITE, Record.SUPERVISION, place.hub_id):
        small_note(_("The co-ordinator of the hub can send these offers. Trainers can offer times one by one."))
        return
    n, shown = len(plan.plan.placed), _digest(plan)
    what = f"plan-{plan.last_day}"
    draw_changed(what, [shown], _("The proposal has changed since you saw it. Look at it again before you send it."))
    keep_chosen(what, shown)
    if once_button(f"plan-{shown}", ngettext("Send {n} offer", "Send {n} offers", n).format(n=n)):
        _send(context, place, plan)


def _digest(plan: HubPlan) -> str:
    """Return what tells one proposal from another: a click sends what was shown, or nothing."""
    lines = [
        f"{one.person.person_id} {one.slot.supervisor_id} {one.slot.starts_at} {one.mode}" for one in plan.plan.placed
    ]
    return sha256("\n".join(lines).encode()).hexdigest()[:16]


def _draw_placed(context: Context, one: Placed, supervisors: Mapping[PersonId, str]) -> None:
    with card(f"placed-{one.person.person_id}"):
        badge = f":green-badge[{_('in time')}]" if one.is_in_time else f":orange-badge[{_('late, but soonest')}]"
        when = when_words(context, one.slot.day, one.slot.start_minute, one.slot.zone)
        words = " · ".join((when, mode_words(one.mode), supervisors[one.slot.supervisor_id]))
        st.markdown(f"**{plain(one.person.name)}** {badge}  \n{plain(words)}")
        if not one.is_sure:
            small_note(_("They have not said when they are free."))


def _send(context: Context, place: Place, plan: HubPlan) -> None:
    """Offer each of the proposal; what was taken meanwhile is told by name, and the rest is sent all the same."""
    failed = [words for one in plan.plan.placed if (words := _offer(context, place, one))]
    n = len(plan.plan.placed) - len(failed)
    keep_chosen(f"plan-{plan.last_day}", None)
    words = ngettext("{n} offer is sent.", "{n} offers are sent.", n).format(n=n)
    say_after_rerun(" ".join([words, *failed]), "info" if failed else "success")
    st.rerun()


def _offer(context: Context, place: Place, one: Placed) -> str:
    """Offer one meeting; return what stood in its way, empty when nothing did."""
    slot = one.slot
    try:
        support.offer_meeting(
            context.store,
            context.actor,
            one.person.person_id,
            place.programme_id,
            day=slot.day,
            start_minute=slot.start_minute,
            minutes=slot.minutes,
            mode=one.mode,
            supervisor_id=slot.supervisor_id,
            zone=slot.zone,
            now=context.now(),
        )
    except PlatformError as error:
        return f"{one.person.name}: {say_error(error)}"
    return ""


# ---------------------------------------------------------------- what is impossible


def _draw_left_out(plan: HubPlan) -> None:
    if not plan.plan.left_out:
        return
    st.header(_("Not possible as things stand"), anchor=False)
    for one in plan.plan.left_out:
        _draw_one_left_out(one)


def _draw_one_left_out(one: LeftOut) -> None:
    counted = _("{n} of {all} free times of their trainers would fit.").format(n=one.n_slots, all=one.n_of_supervisors)
    st.markdown(f"**{plain(one.person.name)}**  \n{plain(why_not_words(one.why))}")
    small_note(counted)


# ---------------------------------------------------------------- what one more would buy


def _draw_one_more(context: Context, place: Place, plan: HubPlan) -> None:
    if not plan.supervisors:
        return
    st.header(_("What would one more time buy?"), anchor=False)
    names = {str(id_): name for id_, name in plan.supervisors.items()}
    with card("one-more"):
        who = PersonId(int(st.selectbox(_("Whose?"), list(names), format_func=names.__getitem__, key="more-who")))
        with st.grid(2, min_column_width=150):
            weekday = st.selectbox(_("Which day?"), list(range(7)), index=1, format_func=weekday_words, key="more-day")
            parts = [DayPart.EVENING, DayPart.SCHOOL_HOURS]
            part = st.selectbox(_("When?"), parts, format_func=_time_words, key="more-part")
        asked = Further(who, weekday, part)
        key = (place.hub_id, place.programme_id, plan.last_day, asked)
        found = recall(context, "one-more", key, lambda: buy_one_more(plan, place.programme, asked))
        st.markdown(f"**{plain(_gain_words(found))}**")
        _draw_names(found)
        if st.button(_("Which one more time helps most?"), key="more-best"):
            _draw_best(place, plan, who)


def _draw_best(place: Place, plan: HubPlan, who: PersonId) -> None:
    choices = [Further(who, day, part) for day in range(7) for part in (DayPart.EVENING, DayPart.SCHOOL_HOURS)]
    best = best_one_more(plan, place.programme, choices)[0]
    if not best.gain.n_in_time and not best.gain.n_placed:
        st.markdown(_("None: one more time a week of this person changes nothing."))
        return
    when = f"{weekday_words(best.further.weekday)}, {_time_words(best.further.part)}"
    st.markdown(f"**{plain(when)}**: {plain(_gain_words(best))}")
    _draw_names(best)


def _time_words(part: DayPart) -> str:
    if part is DayPart.EVENING:
        return _("evening (18:00, two meetings)")
    return _("morning (10:00, two meetings)")


def _gain_words(found: OneMore) -> str:
    gain = found.gain
    if not gain.n_in_time and not gain.n_placed:
        return _("Nobody more: it changes nothing.")
    placed = ngettext("{n} more person placed", "{n} more people placed", gain.n_placed).format(n=gain.n_placed)
    in_time = _("{n} more in time").format(n=gain.n_in_time)
    return f"{placed}, {in_time}."


def _draw_names(found: OneMore) -> None:
    if found.gain.names:
        small_note(", ".join(found.gain.names))


VIEW = View(
    frozenset({Office.TRAINING_LEAD, Office.COORDINATOR, Office.MANAGER}),
    N_("Plan meetings"),
    URL,
    render,
    ":material/calendar_month:",
    is_listed=False,
)
