"""Who can no longer reach a gate by the last day of their cohort, since when, and what would mend it."""

from collections.abc import Sequence

import streamlit as st

from analytics.early_warning import EarlyWarning, see_warnings
from web.components import card, day_text, empty_state, page_of, plain, small_note
from web.context import Context
from web.meeting_words import rule_words
from web.memory import recall
from web.sentences import say
from web.texts import _
from web.views.support.hub import Place


def draw_early_warning(context: Context, place: Place) -> None:
    """Draw the warnings, the longest standing first."""
    outlook = recall(
        context,
        "warnings",
        (place.hub_id, place.programme_id),
        lambda: see_warnings(context.store, context.actor, place.programme_id, place.hub_id),
    )
    small_note(
        _("Only what can be proved from dates, the calendar and the rules. A person may still decide otherwise.")
    )
    for title in outlook.endless:
        words = _("{title}: no last day is set, so no warning can be given.").format(title=title)
        st.markdown(f":gray[:material/info: {plain(words)}]")
    if not outlook.warnings:
        empty_state(_("No warning"), _("As things stand, everybody can still reach every gate by the last day."))
    for alike in page_of(_alike(outlook.warnings), "warnings"):
        _draw_warnings(alike)


def _alike(warnings: Sequence[EarlyWarning]) -> list[list[EarlyWarning]]:
    """Return the warnings, those of one person together that say the same of several gates."""
    found: dict[tuple[object, ...], list[EarlyWarning]] = {}
    for one in warnings:
        says = (one.person_id, one.rule, rule_words(one.rule, one.n_missing, one.n_ahead), say(one.mend), one.since)
        found.setdefault((*says, one.last_day), []).append(one)
    return list(found.values())


def _draw_warnings(alike: Sequence[EarlyWarning]) -> None:
    warning = alike[0]
    with card(f"warning-{warning.person_id}-{warning.gate_id}-{warning.rule}"):
        titles = ", ".join(dict.fromkeys(one.title for one in alike))
        st.markdown(f"**{plain(warning.name)}**: {plain(titles)}")
        st.markdown(plain(rule_words(warning.rule, warning.n_missing, warning.n_ahead)))
        st.markdown(f":material/build: {plain(say(warning.mend))}")
        since = _("since {day}").format(day=day_text(warning.since)) if warning.since else _("since when is not known")
        small_note(f"{_('last day: {day}').format(day=day_text(warning.last_day))} · {since}")
