"""*What people get wrong*: safeguarding first, then where people were sure and it was not right."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from analytics.misses import Miss, see_misses
from people.models import CohortId, HubId, Office
from people.rights import Record, Right
from web.components import card, count_of, empty_state, page_head, page_of, plain, small_note, view_link
from web.context import Context, ProgrammeChoice
from web.memory import ask, recall
from web.texts import N_, _, ngettext
from web.view import View
from web.views.manager.hubs import choose, list_hubs

_SHOWN: Final = 10

_EVERYWHERE: Final = "*"
"""Stands in the address for all hubs."""

_PARTING: Final = "/"
"""Stands between a hub and its cohort there."""


def render(context: Context) -> None:
    """Draw the page."""
    page_head(
        _("What people get wrong"),
        note=_("From each person's newest answer in a quiz. Talk about the first ones when you meet next."),
    )
    choice, hubs = context.choice, list_hubs(context, Right.SEE, Record.RESULTS)
    if choice is None or not hubs:
        empty_state(_("Nothing to show yet"), _("You work in no hub with a programme."))
        return
    whom = choose(_("Whose answers"), {**_hub_titles(context, choice, hubs), _EVERYWHERE: _("All hubs")}, "whose")
    hub_id, cohort_id = _read(whom)
    misses = recall(
        context,
        "misses",
        (choice.programme_id, choice.version_no, hub_id, cohort_id),
        lambda: see_misses(context.store, context.actor, choice.programme, hub_id, cohort_id=cohort_id),
    )
    if hub_id is None:
        small_note(
            _(
                "Questions that fewer than {n} people had wrong, or all but a few, are left out: nobody is told apart."
            ).format(n=choice.programme.head.privacy.min_cell)
        )
    if not misses:
        empty_state(_("Nothing to show yet"), _("No question was answered wrongly here so far."))
    for miss in page_of(misses, f"misses-{whom}", _SHOWN):
        _draw_miss(context, choice, miss, is_of_all=hub_id is None)


def _hub_titles(context: Context, choice: ProgrammeChoice, hubs: Mapping[HubId, str]) -> dict[str, str]:
    """Return the hubs and their cohorts in this programme, by what stands in the address."""
    titles: dict[str, str] = {}
    for hub_id, title in hubs.items():
        titles[hub_id] = _("{hub}: all cohorts").format(hub=title)
        for row in ask(context, "cohorts_in_hub", hub=hub_id):
            if row["programme_id"] == choice.programme_id:
                titles[f"{hub_id}{_PARTING}{row['cohort_id']}"] = f"{title}: {row['title']}"
    return titles


def _read(whom: str) -> tuple[HubId | None, CohortId | None]:
    if whom == _EVERYWHERE:
        return None, None
    hub_id, _parting, cohort_id = whom.partition(_PARTING)
    return HubId(hub_id), CohortId(cohort_id) if cohort_id else None


def _draw_miss(context: Context, choice: ProgrammeChoice, miss: Miss, *, is_of_all: bool) -> None:
    section = choice.programme.section_by_id[miss.item.section]
    with card(f"miss-{miss.item.id}"):
        key = f" :red-badge[{_('Safeguarding')}]" if miss.item.critical else ""
        st.markdown(f"**{plain(miss.item.stem)}**{key}")
        wrong = _("Wrong: {count}").format(count=count_of(miss.n_wrong or 0, miss.n_people))
        st.markdown(f"{wrong} · {_sure_words(miss)}" if miss.n_sure != 0 else wrong)
        if miss.n_people < 2 and not is_of_all:
            small_note(_("Only one person has met it so far."))
        view_link(context, "manual", f"{section.id} {section.title}", query={"section": section.id})


def _sure_words(miss: Miss) -> str:
    if miss.n_sure is None:
        return _("how many of them were sure is hidden")
    sure = ngettext("{n} of them was sure", "{n} of them were sure", miss.n_sure).format(n=miss.n_sure)
    return f":orange[{sure}]"


VIEW = View(
    frozenset({Office.TRAINING_LEAD}),
    N_("What people get wrong"),
    "misconceptions",
    render,
    ":material/psychology_alt:",
    rank=29,
)
