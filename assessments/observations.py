"""From what was seen to a result: rating levels of lines and competencies, how much was done, and whether it passes.

How a line is answered, and what follows, is said by the scale of its checklist. Answers are kept as they were given
and start empty; everything here is derived from them.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from assessments.facts import Done, Rating, Relation, Seen, Tick, YesNo
from curriculum.ids import BehaviourId, CompetencyId, LineId
from curriculum.models import (
    Behaviour,
    BehaviourKind,
    Checklist,
    Further,
    Line,
    Programme,
    Scale,
    ScaleKind,
    Setting,
)

COMPETENT: Final = 3
"""The rating level at which all basic behaviours were seen."""

LEVELS_APART: Final = 2
"""How far apart two views of one performance are when neither counts until it is settled."""

States = Mapping[tuple[LineId, BehaviourId | None], str]
"""The answers of a form, by line and behaviour (None on a line without); what is unanswered is left out."""

_ANSWERS: Final[dict[ScaleKind, tuple[str, ...]]] = {
    ScaleKind.BEHAVIOURS: tuple(seen.value for seen in Seen),
    ScaleKind.DONE: tuple(done.value for done in Done),
    ScaleKind.YES_NO: tuple(answer.value for answer in YesNo),
    ScaleKind.LOG: (),
}
_LEFT_OUT: Final = frozenset({Seen.NO_OPPORTUNITY.value, Done.NOT_APPLICABLE.value})
"""Answers that say that there was nothing to judge; a checklist may forbid them."""

_WORTH: Final[dict[str, int]] = {Done.DONE: 2, Done.PARTLY: 1, Done.NOT_DONE: 0, YesNo.YES: 2, YesNo.NO: 0}
"""What an answer for a whole line counts, in halves."""

_WHOLE: Final = 2

_HARM_SEEN: Final = (BehaviourKind.UNHELPFUL, Seen.SEEN)
_SEEN: Final = {seen.value: seen for seen in Seen}


@dataclass(frozen=True, slots=True)
class Result:
    """What a form amounts to.

    `pct`, 0 to 100, is the share of rated lines at level 3 or above, or how much was done; rounded down. Only what a
    trainer filled in passes.
    `critical_unhelpful` are the unhelpful behaviours seen on critical lines.
    """

    ratings: tuple[Rating, ...]
    pct: int
    min_level: int | None
    is_passed: bool
    critical_unhelpful: tuple[BehaviourId, ...]


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A line of a form with the behaviours that it is answered by."""

    line: Line
    behaviours: tuple[Behaviour, ...]
    is_critical: bool


@dataclass(frozen=True, slots=True)
class AskedForm:
    """What a checklist asks for in a setting: found once, by which any number of filled-in forms are judged."""

    checklist: Checklist
    scale: Scale
    lines: tuple[AskedLine, ...]


def fold_ticks(ticks: Iterable[Tick]) -> dict[tuple[LineId, BehaviourId | None], str]:
    """Return the answers after all ticks, oldest first; an empty state takes an answer back."""
    states: dict[tuple[LineId, BehaviourId | None], str] = {}
    for tick in ticks:
        states[tick.line_id, tick.behaviour_id] = tick.state
    return {key: state for key, state in states.items() if state}


def answers_of(scale: Scale, checklist: Checklist) -> tuple[str, ...]:
    """Return the answers that a line, or a behaviour of it, may have."""
    return tuple(one for one in _ANSWERS[scale.kind] if checklist.no_opportunity or one not in _LEFT_OUT)


def lines_in(checklist: Checklist, setting: Setting) -> tuple[Line, ...]:
    """Return the lines that are answered in the setting."""
    return tuple(line for line in checklist.lines if not line.settings or setting in line.settings)


def is_critical(programme: Programme, line: Line) -> bool:
    """Return whether the line or its competency is critical."""
    return line.critical or programme.competency_by_id[line.competency].critical


def rate_behaviours(scale: Scale, answers: Sequence[tuple[BehaviourKind, Seen | None]]) -> int | None:
    """Return a line's rating level, 1 to that of the scale, or None when it has none.

    Any unhelpful behaviour seen makes 1. Otherwise an unanswered behaviour leaves the line without a level. Basic
    behaviours without an opportunity are left out; when none had one, there is no level. One not seen makes 2, all
    seen 3. On a scale with four levels a further behaviour on top makes 4, or all of them that had an opportunity.
    """
    if _HARM_SEEN in answers:
        return 1
    basic = [state for kind, state in answers if kind == BehaviourKind.BASIC and state != Seen.NO_OPPORTUNITY]
    if not basic or any(state is None for _, state in answers):
        return None
    if Seen.NOT_SEEN in basic:
        return 2
    return COMPETENT + 1 if _goes_further(scale, answers) else COMPETENT


def _goes_further(scale: Scale, answers: Sequence[tuple[BehaviourKind, Seen | None]]) -> bool:
    if scale.n_levels <= COMPETENT:
        return False
    chances = [s == Seen.SEEN for kind, s in answers if kind == BehaviourKind.FURTHER and s != Seen.NO_OPPORTUNITY]
    return any(chances) and (scale.further is Further.ANY or all(chances))


def rate_line(programme: Programme, checklist: Checklist, line: Line, states: States) -> int | None:
    """Return the rating level of a line with behaviours, or None when it has none."""
    return _rate(programme.scale_of(checklist), line, programme.watched_on(checklist, line), states)


def _rate(scale: Scale, line: Line, behaviours: Sequence[Behaviour], states: States) -> int | None:
    return rate_behaviours(scale, [(one.kind, _seen(states, line, one)) for one in behaviours])


def _seen(states: States, line: Line, behaviour: Behaviour) -> Seen | None:
    state = states.get((line.id, behaviour.id))
    return _SEEN[state] if state else None


def level_when_seen(
    programme: Programme, checklist: Checklist, line: Line, seen: Collection[BehaviourId]
) -> int | None:
    """Return the rating level of a line on which these behaviours were seen, and no others."""
    watched = programme.watched_on(checklist, line)
    answers = [(one.kind, Seen.SEEN if one.id in seen else Seen.NOT_SEEN) for one in watched]
    return rate_behaviours(programme.scale_of(checklist), answers)


def competency_levels(ratings: Iterable[Rating]) -> dict[CompetencyId, int]:
    """Return each competency's rating level in one observation: the lowest of its rated lines."""
    levels: dict[CompetencyId, int] = {}
    for rating in ratings:
        if rating.level is not None:
            levels[rating.competency_id] = min(rating.level, levels.get(rating.competency_id, rating.level))
    return levels


def are_apart(one: Iterable[Rating], other: Iterable[Rating]) -> bool:
    """Return whether two raters differ by `LEVELS_APART` or more in any competency that both have rated."""
    ours, theirs = competency_levels(one), competency_levels(other)
    return any(abs(ours[id_] - theirs[id_]) >= LEVELS_APART for id_ in ours.keys() & theirs.keys())


def is_unanswered(programme: Programme, checklist: Checklist, line: Line, states: States) -> bool:
    """Return whether a line still needs an answer; one with an unhelpful behaviour seen is rated without the others."""
    if programme.scale_of(checklist).kind is not ScaleKind.BEHAVIOURS:
        return (line.id, None) not in states
    is_open = any((line.id, behaviour.id) not in states for behaviour in programme.watched_on(checklist, line))
    return is_open and rate_line(programme, checklist, line, states) is None


def list_unhelpful_seen(
    programme: Programme, checklist: Checklist, lines: Iterable[Line], states: States
) -> tuple[Behaviour, ...]:
    """Return the unhelpful behaviours seen on the lines, each once."""
    return _unhelpful_seen(((line, programme.watched_on(checklist, line)) for line in lines), states)


def _unhelpful_seen(watched: Iterable[tuple[Line, Sequence[Behaviour]]], states: States) -> tuple[Behaviour, ...]:
    seen = [
        behaviour
        for line, behaviours in watched
        for behaviour in behaviours
        if behaviour.kind == BehaviourKind.UNHELPFUL and states.get((line.id, behaviour.id)) == Seen.SEEN
    ]
    return tuple(dict.fromkeys(seen))


def list_critical_seen(
    programme: Programme, checklist: Checklist, lines: Iterable[Line], states: States
) -> tuple[Behaviour, ...]:
    """Return the unhelpful behaviours seen on critical lines, each once."""
    critical = [line for line in lines if is_critical(programme, line)]
    return list_unhelpful_seen(programme, checklist, critical, states)


def done_pct(answers: Iterable[str]) -> int | None:
    """Return how much was done, 0 to 100 rounded down, or None when nothing was applicable.

    Done and yes count 1, partly 0.5; what was not applicable is left out.
    """
    counted = [_WORTH[answer] for answer in answers if answer not in _LEFT_OUT]
    return 100 * sum(counted) // (_WHOLE * len(counted)) if counted else None


def asked_form(programme: Programme, checklist: Checklist, setting: Setting) -> AskedForm:
    """Return what a checklist asks for in a setting."""
    lines = (
        AskedLine(line, programme.watched_on(checklist, line), is_critical(programme, line))
        for line in lines_in(checklist, setting)
    )
    return AskedForm(checklist, programme.scale_of(checklist), tuple(lines))


def judge(programme: Programme, checklist: Checklist, setting: Setting, states: States) -> Result:
    """Return what a form's answers amount to, on its scale and under the checklist's pass rule."""
    return judge_form(asked_form(programme, checklist, setting), states)


def judge_form(form: AskedForm, states: States) -> Result:
    """Return what the answers to a form amount to. See `judge`."""
    has_levels = form.scale.kind is ScaleKind.BEHAVIOURS
    result = (_judge_behaviours if has_levels else _judge_whole_lines)(form, states)
    return result if form.checklist.rater is Relation.TRAINER else replace(result, is_passed=False)


def _judge_behaviours(form: AskedForm, states: States) -> Result:
    ratings = tuple(
        Rating(asked.line.id, asked.line.competency, _rate(form.scale, asked.line, asked.behaviours, states))
        for asked in form.lines
    )
    levels = [rating.level for rating in ratings if rating.level is not None]
    pct = 100 * sum(1 for level in levels if level >= COMPETENT) // len(levels) if levels else 0
    rule = form.checklist.passes
    cut = rule.min_level or COMPETENT
    meets_critical = all(
        rating.level is not None and rating.level >= cut
        for asked, rating in zip(form.lines, ratings, strict=True)
        if asked.is_critical
    )
    critical = ((asked.line, asked.behaviours) for asked in form.lines if asked.is_critical)
    return Result(
        ratings=ratings,
        pct=pct,
        min_level=min(levels, default=None),
        is_passed=bool(levels)
        and (rule.min_level is None or min(levels) >= rule.min_level)
        and (rule.pct is None or pct >= rule.pct)
        and (meets_critical or not rule.critical_all),
        critical_unhelpful=tuple(one.id for one in _unhelpful_seen(critical, states)),
    )


def _judge_whole_lines(form: AskedForm, states: States) -> Result:
    lines = [asked.line for asked in form.lines]
    answers = {line.id: states[line.id, None] for line in lines if (line.id, None) in states}
    pct = done_pct(answers.values())
    rule = form.checklist.passes
    critical = [asked.line.id for asked in form.lines if asked.is_critical]
    meets_critical = all(_WORTH.get(answers.get(line_id, "")) == _WHOLE for line_id in critical)
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
