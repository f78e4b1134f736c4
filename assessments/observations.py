"""From what was seen to a result: rating levels of lines and competencies, fidelity, and whether it passes.

Each behaviour of a line is seen, not seen, or had no opportunity, and starts unanswered. The states are what is kept;
everything here is derived from them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from assessments.facts import Done, Rating, Relation, Seen, Tick
from curriculum.ids import BehaviourId, CompetencyId, LineId
from curriculum.models import Behaviour, BehaviourKind, Checklist, Line, Programme, Scale, Setting

COMPETENT: Final = 3
"""The rating level at which all basic behaviours were seen."""

States = Mapping[tuple[LineId, BehaviourId | None], str]
"""The answers of a form, by line and behaviour (None on a fidelity line); what is unanswered is left out."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a form amounts to.

    `pct`, 0 to 100, is the share of rated lines at level 3 or above, or the fidelity per cent; rounded down.
    `critical_unhelpful` are the unhelpful behaviours seen on critical lines.
    """

    ratings: tuple[Rating, ...]
    pct: int
    min_level: int | None
    is_passed: bool
    critical_unhelpful: tuple[BehaviourId, ...]


def fold_ticks(ticks: Iterable[Tick]) -> dict[tuple[LineId, BehaviourId | None], str]:
    """Return the answers after all ticks, oldest first; an empty state takes an answer back."""
    states: dict[tuple[LineId, BehaviourId | None], str] = {}
    for tick in ticks:
        states[tick.line_id, tick.behaviour_id] = tick.state
    return {key: state for key, state in states.items() if state}


def lines_in(checklist: Checklist, setting: Setting) -> tuple[Line, ...]:
    """Return the lines that are answered in the setting."""
    return tuple(line for line in checklist.lines if not line.settings or setting in line.settings)


def is_critical(programme: Programme, line: Line) -> bool:
    """Return whether the line or its competency is critical."""
    return line.critical or programme.competency_by_id[line.competency].critical


def rate_behaviours(answers: Sequence[tuple[BehaviourKind, Seen | None]]) -> int | None:
    """Return a line's rating level, 1 to 4, or None when it has none.

    Any unhelpful behaviour seen makes 1. Otherwise an unanswered behaviour leaves the line without a level. Basic
    behaviours without an opportunity are left out; when none had one, there is no level. One not seen makes 2, all
    seen 3, and a further behaviour on top 4.
    """
    seen_kinds = {kind for kind, state in answers if state == Seen.SEEN}
    if BehaviourKind.UNHELPFUL in seen_kinds:
        return 1
    basic = [state for kind, state in answers if kind == BehaviourKind.BASIC and state != Seen.NO_OPPORTUNITY]
    if not basic or any(state is None for _, state in answers):
        return None
    if Seen.NOT_SEEN in basic:
        return 2
    return 4 if BehaviourKind.FURTHER in seen_kinds else COMPETENT


def rate_line(programme: Programme, line: Line, states: States) -> int | None:
    """Return the rating level of a line with behaviours, or None when it has none."""
    return rate_behaviours([(b.kind, _seen(states, line, b)) for b in programme.behaviours_of(line)])


def _seen(states: States, line: Line, behaviour: Behaviour) -> Seen | None:
    state = states.get((line.id, behaviour.id))
    return Seen(state) if state else None


def competency_levels(ratings: Iterable[Rating]) -> dict[CompetencyId, int]:
    """Return each competency's rating level in one observation: the lowest of its rated lines."""
    levels: dict[CompetencyId, int] = {}
    for rating in ratings:
        if rating.level is not None:
            levels[rating.competency_id] = min(rating.level, levels.get(rating.competency_id, rating.level))
    return levels


def is_unanswered(programme: Programme, checklist: Checklist, line: Line, states: States) -> bool:
    """Return whether a line still needs an answer; one with an unhelpful behaviour seen is rated without the others."""
    if checklist.scale == Scale.FIDELITY:
        return (line.id, None) not in states
    behaviours = programme.behaviours_of(line)
    return any((line.id, b.id) not in states for b in behaviours) and rate_line(programme, line, states) is None


def list_unhelpful_seen(programme: Programme, lines: Iterable[Line], states: States) -> tuple[Behaviour, ...]:
    """Return the unhelpful behaviours seen on the lines, each once."""
    seen = [
        behaviour
        for line in lines
        for behaviour in programme.behaviours_of(line)
        if behaviour.kind == BehaviourKind.UNHELPFUL and states.get((line.id, behaviour.id)) == Seen.SEEN
    ]
    return tuple(dict.fromkeys(seen))


def list_critical_seen(programme: Programme, lines: Iterable[Line], states: States) -> tuple[Behaviour, ...]:
    """Return the unhelpful behaviours seen on critical lines, each once."""
    return list_unhelpful_seen(programme, [line for line in lines if is_critical(programme, line)], states)


def fidelity_pct(answers: Iterable[Done]) -> int | None:
    """Return how much was done, 0 to 100 rounded down: done counts 1, partly 0.5; None when nothing was applicable."""
    halves = {Done.DONE: 2, Done.PARTLY: 1, Done.NOT_DONE: 0}
    counted = [halves[answer] for answer in answers if answer != Done.NOT_APPLICABLE]
    return 100 * sum(counted) // (2 * len(counted)) if counted else None


def judge(programme: Programme, checklist: Checklist, setting: Setting, states: States) -> Result:
    """Return what a form's answers amount to under the checklist's pass rule."""
    if checklist.scale == Scale.FIDELITY:
        return _judge_fidelity(programme, checklist, setting, states)
    return _judge_behaviours(programme, checklist, setting, states)


def _judge_behaviours(programme: Programme, checklist: Checklist, setting: Setting, states: States) -> Result:
    lines = lines_in(checklist, setting)
    ratings = tuple(Rating(line.id, line.competency, rate_line(programme, line, states)) for line in lines)
    levels = [rating.level for rating in ratings if rating.level is not None]
    pct = 100 * sum(1 for level in levels if level >= COMPETENT) // len(levels) if levels else 0
    rule = checklist.passes
    cut = rule.min_level or COMPETENT
    critical = {line.id for line in lines if is_critical(programme, line)}
    meets_critical = all(
        rating.level is not None and rating.level >= cut for rating in ratings if rating.line_id in critical
    )
    return Result(
        ratings=ratings,
        pct=pct,
        min_level=min(levels, default=None),
        is_passed=bool(levels)
        and (rule.min_level is None or min(levels) >= rule.min_level)
        and (rule.pct is None or pct >= rule.pct)
        and (meets_critical or not rule.critical_all),
        critical_unhelpful=tuple(b.id for b in list_critical_seen(programme, lines, states)),
    )


def _judge_fidelity(programme: Programme, checklist: Checklist, setting: Setting, states: States) -> Result:
    lines = lines_in(checklist, setting)
    answers = {line.id: Done(states[line.id, None]) for line in lines if (line.id, None) in states}
    pct = fidelity_pct(answers.values())
    rule = checklist.passes
    meets_critical = all(answers.get(line.id) == Done.DONE for line in lines if is_critical(programme, line))
    return Result(
        ratings=tuple(Rating(line.id, line.competency, None) for line in lines),
        pct=pct or 0,
        min_level=None,
        is_passed=pct is not None
        and len(answers) == len(lines)
        and (rule.pct is None or pct >= rule.pct)
        and (meets_critical or not rule.critical_all),
        critical_unhelpful=(),
    )


def why_not_counting(setting: Setting, relation: Relation, has_co_leader: bool) -> str:
    """Return why an observation cannot count, as a sentence; empty when it can."""
    if relation != Relation.TRAINER:
        return "Only a trainer's observation counts. Yours is kept beside it, to compare."
    if setting == Setting.LIVE and not has_co_leader:
        return "A live session counts only with a second leader present: nobody leads a group alone."
    return ""
