"""Side by side: one's own view of a line, the partner's and the trainer's, of the same session. Nothing is averaged."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from assessments.facts import Relation
from curriculum.ids import LineId
from curriculum.models import Setting
from web.components import card, day_text, plain, small_note
from web.texts import _, ngettext
from web.views.trainee.practice.seen import Seen
from web.wording import relation_words

_SHOWN = 2
"""Sessions shown at once."""
_ORDER = [Relation.SELF, Relation.PARTNER, Relation.TRAINER]


@dataclass(frozen=True, slots=True)
class LineViews:
    """One line as several people saw it, on one scale."""

    text: str
    views: tuple[tuple[Seen, str], ...]

    @property
    def differs(self) -> bool:
        """Return whether they saw it differently."""
        return len({words for _, words in self.views}) > 1


@dataclass(frozen=True, slots=True)
class SideBySide:
    """One session with the lines that at least two people have a view of, one of them no trainer."""

    newest: Seen
    lines: tuple[LineViews, ...]


def draw_beside(seen: Sequence[Seen]) -> None:
    """Draw the sessions of which there are several views, newest first; nothing when nobody has evaluated."""
    if not any(_counts_as_evaluation(one) for one in seen):
        return
    st.header(_("Side by side"), anchor=False)
    sessions = compare(seen)
    if not sessions:
        small_note(
            _(
                "Your own view, your partner's and your trainer's stand here side by side, once two of them are about "
                "the same session: give it the same code."
            )
        )
    for session in sessions[:_SHOWN]:
        _draw_session(session)
    earlier = sessions[_SHOWN:]
    if earlier and st.toggle(_("Show earlier ones: {n}").format(n=len(earlier)), key="earlier-sessions"):
        for session in earlier:
            _draw_session(session)


def compare(seen: Sequence[Seen]) -> list[SideBySide]:
    """Return the sessions that several people saw, newest first, with the lines that can stand side by side.

    Two observations are of one session when setting and code are the same; in a role-play, story and day. Levels stand
    side by side on one scale only.
    """
    sessions: dict[tuple[str, ...], list[Seen]] = defaultdict(list)
    for one in seen:
        if not one.row["is_void"] and (key := _session_of(one)):
            sessions[key].append(one)
    compared = (SideBySide(group[0], _lines_of(group)) for group in sessions.values() if _is_mixed(group))
    return [session for session in compared if session.lines]


def _session_of(one: Seen) -> tuple[str, ...]:
    code = " ".join(one.row["session_code"].casefold().split())
    if one.row["setting"] == Setting.ROLEPLAY and one.row["scenario_id"]:
        return (Setting.ROLEPLAY, one.row["scenario_id"], str(one.row["day"]))
    return (one.row["setting"], code) if code else ()


def _counts_as_evaluation(one: Seen) -> bool:
    return one.row["relation"] != Relation.TRAINER and not one.row["is_void"]


def _is_mixed(group: Sequence[Seen]) -> bool:
    return len(group) > 1 and any(_counts_as_evaluation(one) for one in group)


def _lines_of(group: Sequence[Seen]) -> tuple[LineViews, ...]:
    in_order = sorted(group, key=lambda one: _ORDER.index(Relation(one.row["relation"])))
    texts: dict[LineId, str] = {line.id: line.text for one in in_order for line in one.checklist.lines}
    found: list[LineViews] = []
    for line_id, text in texts.items():
        viewers = [one for one in in_order if one.has_view_of(line_id)]
        views = tuple((one, one.words_of(line_id)) for one in viewers if one.scale == viewers[0].scale)
        if len(views) > 1 and any(_counts_as_evaluation(one) for one, _ in views):
            found.append(LineViews(text, views))
    return tuple(found)


# ---------------------------------------------------------------- drawing


def _draw_session(session: SideBySide) -> None:
    row = session.newest.row
    differing = [line for line in session.lines if line.differs]
    alike = [line for line in session.lines if not line.differs]
    with card(f"beside-{row['fact_id']}"):
        st.markdown(f"**{plain(row['session_code'] or day_text(row['day']))}**")
        n = len(differing)
        if differing:
            st.markdown(ngettext("You see {n} line differently:", "You see {n} lines differently:", n).format(n=n))
        for line in differing:
            _draw_line(line)
        if alike:
            st.markdown(f"{_('Seen alike')}: {plain('; '.join(line.text for line in alike))}")
        small_note(_("It is for talking about, and never counts. Take one line to your next supervision."))


def _draw_line(line: LineViews) -> None:
    words = "\n".join(f"- {plain(_viewer_words(one))}: {plain(view)}" for one, view in line.views)
    st.markdown(f"**{plain(line.text)}**\n\n{words}")


def _viewer_words(one: Seen) -> str:
    if one.row["relation"] == Relation.SELF:
        return _("You")
    return _("{name} ({relation})").format(name=one.row["rater_name"], relation=relation_words(one.row["relation"]))
