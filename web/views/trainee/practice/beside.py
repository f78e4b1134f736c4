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

    id: LineId
    text: str
    viewers: tuple[Seen, ...]

    @property
    def differs(self) -> bool:
        """Return whether they saw it differently."""
        return len({one.words_of(self.id) for one in self.viewers}) > 1

    @property
    def lowest(self) -> int:
        """Return the lowest level that anybody saw: what to talk about first. 0 on a line without levels."""
        return min(one.levels.get(self.id) or 0 for one in self.viewers)


@dataclass(frozen=True, slots=True)
class SideBySide:
    """One session with the lines that at least two people have a view of, one of them no trainer."""

    newest: Seen
    viewers: tuple[Seen, ...]
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
    mixed = [(group[0], _in_order(group)) for group in sessions.values() if _is_mixed(group)]
    compared = (SideBySide(newest, viewers, _lines_of(viewers)) for newest, viewers in mixed)
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


def _in_order(group: Sequence[Seen]) -> tuple[Seen, ...]:
    return tuple(sorted(group, key=lambda one: _ORDER.index(Relation(one.row["relation"]))))


def _lines_of(viewers: Sequence[Seen]) -> tuple[LineViews, ...]:
    texts: dict[LineId, str] = {line.id: line.text for one in viewers for line in one.checklist.lines}
    found: list[LineViews] = []
    for line_id, text in texts.items():
        answered = [one for one in viewers if one.has_view_of(line_id)]
        alike = tuple(one for one in answered if one.scale == answered[0].scale)
        if len(alike) > 1 and any(_counts_as_evaluation(one) for one in alike):
            found.append(LineViews(line_id, text, alike))
    return tuple(found)


# ---------------------------------------------------------------- drawing


def _draw_session(session: SideBySide) -> None:
    row = session.newest.row
    differing = sorted((line for line in session.lines if line.differs), key=lambda line: line.lowest)
    alike = [line for line in session.lines if not line.differs]
    with card(f"beside-{row['fact_id']}"):
        st.markdown(f"**{plain(row['session_code'] or day_text(row['day']))}**")
        names = dict.fromkeys(_full_words(one) for one in session.viewers)
        small_note(_("Seen by {names}").format(names=", ".join(names)))
        n = len(differing)
        if differing:
            st.markdown(ngettext("You see {n} line differently:", "You see {n} lines differently:", n).format(n=n))
            st.markdown("\n".join(f"- **{plain(line.text)}**  \n  {_views_of(session, line)}" for line in differing))
        if alike:
            st.markdown(f"{_('Seen alike')}: {plain('; '.join(line.text for line in alike))}")
        _draw_legend(differing)
        small_note(_("It is for talking about, and never counts. Take one line to your next supervision."))


def _views_of(session: SideBySide, line: LineViews) -> str:
    """Return who saw a line how, in a few words each."""
    return " · ".join(
        f"{plain(_viewer_words(session, one))}: {plain(one.short_words_of(line.id))}" for one in line.viewers
    )


def _viewer_words(session: SideBySide, one: Seen) -> str:
    """Return who saw it: by what they are to the person, or by name where several are the same."""
    relation = one.row["relation"]
    raters = {other.row["rater_no"] for other in session.viewers if other.row["relation"] == relation}
    return _short_words(relation) if len(raters) == 1 else one.row["rater_name"]


def _short_words(relation: str) -> str:
    return {Relation.SELF: _("You"), Relation.PARTNER: _("Partner"), Relation.TRAINER: _("Trainer")}[Relation(relation)]


def _full_words(one: Seen) -> str:
    if one.row["relation"] == Relation.SELF:
        return _("you")
    return _("{name} ({relation})").format(name=one.row["rater_name"], relation=relation_words(one.row["relation"]))


def _draw_legend(lines: Sequence[LineViews]) -> None:
    """Draw what the levels mean that stand above, once each."""
    meant = {
        one.levels[line.id]: one.words_of(line.id)
        for line in lines
        for one in line.viewers
        if one.levels.get(line.id) is not None
    }
    if meant:
        small_note(". ".join(meant[level] for level in sorted(meant, key=str)) + ".")
