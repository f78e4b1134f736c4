"""*Keeping and deleting*: how long what is kept, what is past its time, and what was destroyed."""

from datetime import date
from typing import Any, Final

import streamlit as st

from analytics.own_record.codes import code_words
from people.models import HubId, Office
from people.retention import RULES, RetentionAction
from people.rights import Record, Right
from store.retention import Stock, see_destructions, see_stock
from web.components import card, day_text, empty_state, page_head, plain, small_note
from web.context import Context
from web.memory import ask
from web.sentences import say
from web.tables import small_table
from web.texts import N_, _
from web.view import View
from web.views.manager.hubs import EVERYWHERE, choose_hub, list_hubs

Row = dict[str, Any]
URL: Final = "keeping"


def render(context: Context) -> None:
    """Draw the page."""
    page_head(_("Keeping and deleting"), note=_("Each kind of record has its time. Then it goes, or the name goes."))
    hub_id = choose_hub(context, Right.WRITE, Record.PEOPLE, offers_everywhere=True)
    if hub_id is None:
        empty_state(_("You have no hub yet"), _("Ask an administrator to open one and to give you an office in it."))
        return
    stock = see_stock(context.store, context.actor, _named(hub_id), context.now())
    _draw_due(context, [one for one in stock if one.is_due(context.today())])
    _draw_coming([one for one in stock if one.due_on is not None and not one.is_due(context.today())])
    _draw_endless([one for one in stock if one.due_on is None])
    _draw_rules()
    _draw_log(context, hub_id)


def _named(hub_id: HubId) -> HubId | None:
    return None if hub_id == EVERYWHERE else hub_id


# ---------------------------------------------------------------- what there is


def _draw_due(context: Context, stock: list[Stock]) -> None:
    st.header(_("Past its time"), anchor=False)
    if not stock:
        empty_state(_("Nothing is past its time"), _("When something is, it stands here."))
        return
    for number, one in enumerate(stock):
        with card(f"due-{number}"):
            st.markdown(f"**{plain(_what(one))}** :orange-badge[{_('due since {day}').format(day=_day(one.due_on))}]")
            small_note(f"{_place(one)} · {_action(one)}")
    st.info(
        _(
            "Nothing goes by itself. Whoever runs the server looks with `python -m store retention --dry-run`, and "
            "deletes with `python -m store retention`. Each deletion leaves a line below: what kind and how many."
        ),
        icon=":material/terminal:",
    )
    small_note(_("As of {day}").format(day=day_text(context.today())))


def _draw_coming(stock: list[Stock]) -> None:
    st.header(_("Kept for now"), anchor=False)
    if not stock:
        st.markdown(f":gray[{_('Nothing with a day.')}]")
    for number, one in enumerate(stock):
        with card(f"coming-{number}"):
            st.markdown(f"**{plain(_what(one))}** {plain(_('until {day}').format(day=_day(one.due_on)))}")
            small_note(_("{place} · then {action}").format(place=_place(one), action=_action(one)))


def _draw_endless(stock: list[Stock]) -> None:
    cohorts = {one.cohort.cohort_id: one.cohort.title for one in stock if one.cohort is not None}
    if not cohorts:
        return
    st.header(_("No day can be told"), anchor=False)
    st.markdown(_("The time runs from the last day of the cohort. These cohorts have none yet:"))
    st.markdown("\n".join(f"- {plain(title)}" for title in cohorts.values()))


def _what(one: Stock) -> str:
    return _("{n} × {what}").format(n=one.n, what=say(code_words(one.category)))


def _place(one: Stock) -> str:
    return one.cohort.title if one.cohort is not None else _("all hubs")


def _action(one: Stock) -> str:
    if RULES[one.category].action == RetentionAction.DELETE:
        return _("deleted")
    return _("the name is taken off; what happened stays")


def _day(day: date | None) -> str:
    return day_text(day) if day is not None else ""


# ---------------------------------------------------------------- the rules and the log


def _draw_rules() -> None:
    with st.expander(_("How long, and why"), key="rules"):
        for rule in RULES.values():
            title = say(code_words(rule.category))
            days = _("{n} days, unless the programme says otherwise").format(n=rule.default_days)
            why = f"{plain(_(rule.what))} {plain(_(rule.basis))}"
            st.markdown(f"**{plain(title[:1].upper() + title[1:])}**: {plain(days)}  \n{why}")


def _draw_log(context: Context, hub_id: HubId) -> None:
    st.header(_("What was destroyed"), anchor=False)
    lines = see_destructions(context.store, context.actor, _named(hub_id))
    titles = {row["cohort_id"]: row["title"] for row in _cohorts(context, hub_id)}
    rows = [
        {
            _("Day"): day_text(context.store.day_of(line.occurred_at)),
            _("What"): _("{n} × {what}").format(n=line.n_destroyed, what=say(code_words(line.category))),
            _("Where"): titles.get(line.cohort_id, line.cohort_id or _("all hubs")),
        }
        for line in lines
    ]
    small_table(rows, _("Nothing yet."))
    if rows:
        small_note(_("By the operator of the server; the name of the system user stands in the audit."))


def _cohorts(context: Context, hub_id: HubId) -> list[Row]:
    hubs = list_hubs(context, Right.SEE, Record.COHORT) if hub_id == EVERYWHERE else [hub_id]
    return [row for hub in hubs for row in ask(context, "cohorts_in_hub", hub=hub)]


VIEW = View(
    frozenset({Office.MANAGER, Office.ADMINISTRATOR}),
    N_("Keeping and deleting"),
    URL,
    render,
    ":material/auto_delete:",
    rank=70,
)
