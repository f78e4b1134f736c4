"""What could be recorded next towards a gate: facts of the kinds that it counts, as many as its open parts miss.

These are proposals. `analytics.flips` asks the statement of readiness whether they are enough and all of them needed.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from analytics.next_facts.drafts import (
    ANY_FORM,
    ANYTHING,
    FIRST_OBSERVER,
    MOST,
    Asked,
    NextFact,
    OpenPart,
    Pen,
    count_missing,
)
from analytics.next_facts.watching import again_unharmed, at_levels, practised
from analytics.wording import setting_words, title_of
from assessments.facts import (
    Attendance,
    MilestoneKind,
    Mode,
    ParticipantSummary,
    Presence,
    Relation,
    Supervision,
)
from assessments.verdicts import GateVerdict, PartVerdict
from curriculum.gates import Gate
from curriculum.models import Setting
from curriculum.phrases import N_, ngettext
from people.facts import Fact, FactId
from people.models import PersonId
from store.rules import GatePart, gate_parts

_WHOLE_SESSION_MINUTES: Final = 120
"""For a session of which the programme does not say how long it takes."""


def propose(asked: Asked, gate: Gate, verdict: GateVerdict, evidence: Mapping[FactId, Fact]) -> list[NextFact]:
    """Return facts that ought to open a closed gate; none when nobody can tell which.

    Args:
        asked: Whose gate, and when.
        gate: The gate.
        verdict: How it stands, with its parts.
        evidence: The facts that its parts rest on.
    """
    still_open = [(part, rule) for part, rule in zip(verdict.parts, gate_parts(gate), strict=True) if not part.is_met]
    pen = Pen(asked)
    match gate.kind:
        case "dose":
            found = _sessions(pen, still_open, evidence)
        case "practice":
            found = practised(pen, still_open, evidence)
        case "level":
            found = at_levels(pen, still_open)
        case "harm":
            found = again_unharmed(pen, still_open, evidence)
        case "supervision":
            found = _meetings(pen, still_open)
        case _:
            found = [one for part, rule in still_open for one in _single(pen, gate.kind, part, rule)]
    return found if len(found) <= MOST else []


def _single(pen: Pen, kind: str, part: PartVerdict, rule: GatePart) -> Iterator[NextFact]:
    """Yield what a part misses, where no fact serves two parts."""
    make = _shown if kind in _SHOWN else _done
    for _ in range(count_missing(part)):
        yield make(pen, kind, rule)


_SHOWN: Final = frozenset({"observers", "settings", "assessor", "evaluations_given"})
"""Kinds of gate that somebody has to watch for."""


def _done(pen: Pen, kind: str, rule: GatePart) -> NextFact:
    reference = rule.references[0] if rule.references else ""
    title = title_of(pen.asked.programme, kind, reference)
    match kind:
        case "prerequisite":
            words = N_("{title}, seen by a trainer", title=title)
            return NextFact(words, pen.milestone(MilestoneKind.PREREQUISITE, reference))
        case "quiz":
            return NextFact(N_("quiz passed: {title}", title=title), pen.attempt(reference))
        case "critical":
            words = N_("quiz passed with every key question right: {title}", title=title)
            return NextFact(words, pen.attempt(reference))
        case "certificate":
            return NextFact(N_("certificate in date: {title}", title=title), pen.certificate(reference))
        case "peer_model":
            return NextFact(N_("experienced leader watched"), pen.milestone(MilestoneKind.PEER_MODEL, "next"))
        case "portfolio":
            return NextFact(N_("reflection written"), pen.milestone(MilestoneKind.REFLECTION, "next"))
        case "groups_delivered":
            return NextFact(N_("whole group led"), pen.milestone(MilestoneKind.GROUP_DELIVERED, pen.new_code()))
        case _:
            return _summary(pen, rule)


def _shown(pen: Pen, kind: str, rule: GatePart) -> NextFact:
    match kind:
        case "observers":
            words = N_("observation passed, with an observer who has not watched yet")
            seen = pen.watched(Setting.ROLEPLAY, observer=pen.new_observer())
            return NextFact(words, seen, ANYTHING, asks_observer=True)
        case "settings":
            setting = Setting(rule.setting or Setting.LIVE)
            words = N_("observation passed, {setting}", setting=setting_words(setting))
            return NextFact(words, pen.watched(setting), ANY_FORM)
        case "assessor":
            words = N_("observation by somebody who has checked their eye")
            return NextFact(words, pen.watched(Setting.ROLEPLAY), ANYTHING)
        case _:
            return _evaluation(pen, Relation(rule.relation or Relation.SELF))


def _evaluation(pen: Pen, relation: Relation) -> NextFact:
    is_own = relation is Relation.SELF
    words = N_("evaluation of oneself") if is_own else N_("evaluation by the partner")
    observer = pen.asked.person_id if is_own else pen.new_observer()
    return NextFact(words, replace(pen.watched(Setting.LIVE, observer=observer), relation=relation, counts=False))


def _summary(pen: Pen, rule: GatePart) -> NextFact:
    answers, mean = rule.min_answers or 1, rule.min_mean_hundredths or 100
    words = ngettext(
        "feedback of a group, {n} answer or more, mean {mean} or more",
        "feedback of a group, {n} answers or more, mean {mean} or more",
        answers,
        mean=f"{mean / 100:.2f}",
    )
    summary = ParticipantSummary(**pen.common(), group_code=pen.new_code(), mean_hundredths=mean, n_answers=answers)
    return NextFact(words, summary)


# ---------------------------------------------------------------- sessions, meetings


def _sessions(pen: Pen, still_open: list[OpenPart], evidence: Mapping[FactId, Fact]) -> list[NextFact]:
    """Return sessions to go to: those that serve most open parts first, no more than the parts miss."""
    attended = {
        fact.session_id: fact.minutes
        for part, _ in still_open
        for fact_id in part.evidence
        if isinstance(fact := evidence.get(fact_id), Attendance)
    }
    lengths = {session.id: session.minutes for session in pen.asked.programme.head.sessions}
    serves = Counter(session for _, rule in still_open for session in dict.fromkeys(rule.references))
    missing = {part.part_no: part.need - part.have for part, _ in still_open}
    short = {part.part_no: _minutes_short(rule, attended) for part, rule in still_open}
    chosen: list[NextFact] = []
    for session, _ in serves.most_common():
        served = [part.part_no for part, rule in still_open if session in rule.references]
        length = lengths.get(session, _WHOLE_SESSION_MINUTES)
        is_new = session not in attended
        gained = length if is_new else length - attended[session]
        if not any((is_new and missing[no] > 0) or (short[no] > 0 and gained > 0) for no in served):
            continue
        for no in served:
            missing[no] -= is_new
            short[no] -= gained
        words = N_("training session: {title}", title=title_of(pen.asked.programme, "dose", session))
        present = Attendance(**pen.common(), session_id=session, presence=Presence.PRESENT, minutes=length)
        chosen.append(NextFact(words, present))
    return chosen


def _minutes_short(rule: GatePart, attended: Mapping[str, int]) -> int:
    return (rule.minutes or 0) - sum(attended.get(session, 0) for session in dict.fromkeys(rule.references))


def _meetings(pen: Pen, still_open: list[OpenPart]) -> list[NextFact]:
    """Return meetings: one that is new ends the wait too."""
    minutes = max((rule.minutes or 0 for _, rule in still_open), default=0)
    if minutes:
        words = ngettext("supervision of {n} minute or more", "supervision of {n} minutes or more", minutes)
    else:
        words = N_("supervision meeting")
    n = max((count_missing(part) for part, _ in still_open), default=0)
    supervisor = PersonId(FIRST_OBSERVER)
    return [
        NextFact(words, Supervision(**pen.common(), supervisor_id=supervisor, minutes=minutes, mode=Mode.IN_PERSON))
        for _ in range(n)
    ]
