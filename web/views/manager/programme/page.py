"""*Programme*: the drafts in the folder with their problems, and the published versions on their way into a hub."""

from itertools import groupby
from typing import Any

import streamlit as st

from assessments.service.programmes import publish_programme
from curriculum.errors import ProblemSeverity
from people.models import Office
from people.rights import Record, Right, may_anywhere
from web.components import card, day_text, empty_state, page_head, plain, say_after_rerun, small_note, try_action
from web.context import Context
from web.texts import N_, _, ngettext
from web.view import View
from web.views.manager.programme.going_live import draw_way
from web.views.manager.shipped import Draft, list_drafts, place_of

Row = dict[str, Any]
_MANY = 50
"""Problems drawn at once; a list longer than this hides what matters."""


def render(context: Context) -> None:
    """Draw the page."""
    page_head(_("Programme"), note=_("From the folder into the store, and from there into a hub."))
    versions = list_versions(context)
    drafts = list_drafts()
    if not drafts and not versions:
        empty_state(_("There is no programme yet"), _("Put one into the folder `programmes` beside the app."))
    for draft in drafts:
        of_draft = [row for row in versions if draft.programme and row["programme_id"] == draft.programme.head.id]
        _draw_draft(context, draft, of_draft)
    for number, (_programme_id, rows) in enumerate(groupby(versions, key=lambda row: row["programme_id"])):
        _draw_versions(context, list(rows), is_first=number == 0)


def list_versions(context: Context) -> list[Row]:
    """Return the published versions, by programme, the newest first."""
    return context.store.query("programme_versions", context.actor)


# ---------------------------------------------------------------- in the folder


def _draw_draft(context: Context, draft: Draft, versions: list[Row]) -> None:
    with card(f"draft-{draft.name}"):
        head = draft.programme.head if draft.programme else None
        st.subheader(plain(head.title if head else draft.name), anchor=False)
        if head:
            small_note(_("In the folder: version {version}").format(version=head.version))
        published = next((row for row in versions if row["digest"] == draft.digest), None)
        st.markdown(_state_line(draft, published))
        if draft.problems:
            _draw_problems(draft)
        if published is None:
            draw_publishing(context, draft, versions)


def _state_line(draft: Draft, published: Row | None) -> str:
    if draft.n_errors:
        words = ngettext("{n} error to mend first", "{n} errors to mend first", draft.n_errors).format(n=draft.n_errors)
        return f":orange[:material/error: {plain(words)}]"
    if published is not None:
        words = _("Published as it stands, on {day}").format(day=day_text(published["published_on"]))
        return f":green[:material/check: {plain(words)}]"
    return f":gray[:material/edit_note: {_('No faults were found. Not published as it stands.')}]"


def _draw_problems(draft: Draft) -> None:
    n = len(draft.problems)
    title = ngettext("{n} problem", "{n} problems", n).format(n=n)
    with st.expander(title, icon=":material/rule:", expanded=True, key=f"problems-{draft.name}"):
        ordered = sorted(draft.problems, key=lambda problem: problem.severity is not ProblemSeverity.ERROR)
        for problem in ordered[:_MANY]:
            word = _("Error") if problem.severity is ProblemSeverity.ERROR else _("Advice")
            st.markdown(f"**{word}** {plain(problem.sentence)}")
            small_note(place_of(problem))
        if n > _MANY:
            small_note(_("And {n} more. Mend these first.").format(n=n - _MANY))


def draw_publishing(context: Context, draft: Draft, versions: list[Row]) -> None:
    """Draw the button that publishes a draft, or why it cannot be pressed."""
    if draft.programme is None or not draft.may_be_published:
        return
    head = draft.programme.head
    if any(row["version"] == head.version for row in versions):
        small_note(_("Its text has changed. Give it a new version number in programme.yaml, then publish it."))
    elif not may_anywhere(context.actor, Right.PUBLISH, Record.PROGRAMME):
        small_note(_("A programme manager or a training lead can publish it."))
    elif st.button(
        _("Publish version {version}").format(version=head.version), type="primary", key=f"publish-{draft.name}"
    ):
        _publish(context, draft)


def _publish(context: Context, draft: Draft) -> None:
    programme = draft.programme
    if programme is None:
        return
    now, media = context.now(), draft.load_media()
    done = try_action(
        lambda: publish_programme(context.store, context.actor, programme, draft.bundle, now, media=media)
    )
    if done is not None:
        words = _("{title} {version} is published. It can never change now.")
        say_after_rerun(words.format(title=programme.head.title, version=programme.head.version))
        st.rerun()


# ---------------------------------------------------------------- published


def _draw_versions(context: Context, rows: list[Row], *, is_first: bool) -> None:
    newest = rows[0]
    programme = context.store.programme(newest["programme_id"], newest["version_no"])
    st.header(f"{plain(programme.head.title)} {plain(newest['version'])}", anchor=False)
    small_note(programme.head.notice)
    draw_way(context, programme, newest, is_first=is_first)
    if len(rows) > 1:
        with st.expander(_("Older versions"), icon=":material/history:", key=f"older-{newest['programme_id']}"):
            for row in rows[1:]:
                words = _("{version}, published on {day} by {name}")
                day = day_text(row["published_on"])
                st.markdown(plain(words.format(version=row["version"], day=day, name=row["publisher_name"])))


VIEW = View(
    frozenset(
        {
            Office.MANAGER,
            Office.TRAINING_LEAD,
            Office.SAFEGUARDING_LEAD,
            Office.SAFEGUARDING_DEPUTY,
            Office.ADMINISTRATOR,
            Office.COORDINATOR,
            Office.TRAINER,
        }
    ),
    N_("Programme"),
    "programme",
    render,
    ":material/menu_book:",
    rank=8,
)
