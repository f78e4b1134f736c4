"""Raters rate the programme's vignettes: when a round is whole, the programme's rule says whether it passed.

A round holds each vignette of one version once. What is right is shown when the round is whole, and not before.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from assessments.errors import RoundTooSoonError, WrongInputError
from assessments.facts import Calibration, VignetteLine, VignetteRated, VignetteSeen
from assessments.observations import level_when_seen, lines_in
from assessments.ports import Ledger
from assessments.service.access import get_part, record_once, require_named, require_own
from curriculum.gates import AssessorGate
from curriculum.ids import BehaviourId, LineId, ProgrammeId, VignetteId
from curriculum.models import Checklist, Line, Programme, Vignette
from people.facts import FactId
from people.ids import ROOT, derived_fact_id
from people.models import Actor
from people.rights import Record, Right

AGAIN_DAYS: Final = 14
"""How long after a round the next one may begin: so that people rate what they read, and not what they remember."""

Ticks = Mapping[LineId, Collection[BehaviourId]]
"""The behaviours that a rater saw, by line."""


@dataclass(frozen=True, slots=True)
class Round:
    """One rater's round: what they have rated of it, in the programme's order.

    `result` is None until the round is whole, and where the programme has no rule for observers.
    """

    number: int
    version_no: int
    rated: tuple[VignetteRated, ...]
    waiting: tuple[VignetteId, ...]
    result: Calibration | None

    @property
    def is_whole(self) -> bool:
        """Return whether each vignette was rated."""
        return not self.waiting


def list_rounds(ledger: Ledger, actor: Actor, programme_id: ProgrammeId) -> list[Round]:
    """Return the actor's own rounds, oldest first.

    Raises:
        NotAllowedError: The actor is no rater.
    """
    require_own(actor, Right.SEE, Record.RATER, actor.person_id)
    by_number: dict[int, list[VignetteRated]] = defaultdict(list)
    for one in ledger.list_facts(VignetteRated, actor.person_id, programme_id=programme_id):
        by_number[one.round_no].append(one)
    return [_round_of(ledger, actor, number, by_number[number]) for number in sorted(by_number)]


def _round_of(ledger: Ledger, actor: Actor, number: int, found: list[VignetteRated]) -> Round:
    first = found[0]
    programme = ledger.programme(first.programme_id, first.version_no)
    rated = {one.vignette_id: one for one in found}
    ids = [vignette.id for vignette in programme.vignettes]
    return Round(
        number=number,
        version_no=first.version_no,
        rated=tuple(rated[id_] for id_ in ids if id_ in rated),
        waiting=tuple(id_ for id_ in ids if id_ not in rated),
        result=ledger.find(Calibration, _result_id(actor, first.programme_id, number)),
    )


def may_begin_at(whole: Round) -> datetime:
    """Return from when on the round after a whole one may begin."""
    return max(one.occurred_at for one in whole.rated) + timedelta(days=AGAIN_DAYS)


def rate_vignette(
    ledger: Ledger,
    actor: Actor,
    programme_id: ProgrammeId,
    vignette_id: VignetteId,
    ticks: Ticks,
    *,
    version_no: int,
    now: datetime,
) -> VignetteRated:
    """Record how the actor rates a vignette; the last one of a round brings its result. Twice changes nothing.

    Args:
        ledger: Where facts are.
        actor: The rater.
        programme_id: The programme.
        vignette_id: The vignette.
        ticks: What was seen on each line; what is left out was not seen.
        version_no: The version in use; a round that was begun goes on with its own.
        now: The time.

    Raises:
        NotAllowedError: The actor is no rater.
        UnknownPartError: The programme has no such vignette.
        WrongInputError: A line or a behaviour is not one of the vignette's.
        RoundTooSoonError: The last round was whole a few days ago.
    """
    require_named(actor, "rate a vignette")
    rounds = list_rounds(ledger, actor, programme_id)
    number = rounds[-1].number if rounds else 1
    if rounds and rounds[-1].is_whole:
        if now < may_begin_at(rounds[-1]):
            return _same_or_too_soon(rounds[-1], vignette_id, ticks)
        number += 1
    elif rounds:
        version_no = rounds[-1].version_no
    programme = ledger.programme(programme_id, version_no)
    vignette = get_part(programme, programme.vignette_by_id, "vignette", vignette_id)
    rated = record_once(ledger, _rate(actor, programme, vignette, ticks, version_no=version_no, number=number, now=now))
    _finish(ledger, actor, programme, number, now)
    return rated


def _same_or_too_soon(whole: Round, vignette_id: VignetteId, ticks: Ticks) -> VignetteRated:
    """Return the rating that ended a round when its click arrives twice."""
    ended_at = max(one.occurred_at for one in whole.rated)
    wanted = {line_id: set(seen) for line_id, seen in ticks.items() if seen}
    for one in whole.rated:
        if (one.vignette_id, one.occurred_at) == (vignette_id, ended_at) and _ticks_of(one) == wanted:
            return one
    raise RoundTooSoonError(AGAIN_DAYS)


def _ticks_of(rated: VignetteRated) -> dict[LineId, set[BehaviourId]]:
    found: dict[LineId, set[BehaviourId]] = defaultdict(set)
    for one in rated.seen:
        found[one.line_id].add(one.behaviour_id)
    return found


def _rate(
    actor: Actor,
    programme: Programme,
    vignette: Vignette,
    ticks: Ticks,
    *,
    version_no: int,
    number: int,
    now: datetime,
) -> VignetteRated:
    checklist = programme.checklist_by_id[vignette.checklist]
    lines = lines_in(checklist, vignette.setting)
    _check_ticks(programme, checklist, lines, ticks)
    gold = {one.line: one.seen for one in vignette.gold}
    return VignetteRated(
        fact_id=_rating_id(actor, programme.head.id, number, vignette.id),
        person_id=actor.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        programme_id=programme.head.id,
        version_no=version_no,
        vignette_id=vignette.id,
        round_no=number,
        n_vignettes=len(programme.vignettes),
        lines=tuple(
            VignetteLine(
                line.id,
                level_when_seen(programme, checklist, line, ticks.get(line.id, ())) or 0,
                level_when_seen(programme, checklist, line, gold[line.id]) or 0,
            )
            for line in lines
        ),
        seen=tuple(VignetteSeen(line.id, id_) for line in lines for id_ in sorted(ticks.get(line.id, ()))),
    )


def _check_ticks(programme: Programme, checklist: Checklist, lines: tuple[Line, ...], ticks: Ticks) -> None:
    watched = {line.id: {one.id for one in programme.watched_on(checklist, line)} for line in lines}
    for line_id, seen in ticks.items():
        if line_id not in watched:
            raise WrongInputError("Vignette", f"line `{line_id}`", "one of " + ", ".join(watched), "Open it again.")
        for id_ in seen:
            if id_ not in watched[line_id]:
                expected = "one of " + ", ".join(sorted(watched[line_id]))
                raise WrongInputError(f"Line `{line_id}`", f"behaviour `{id_}`", expected, "Open it again.")


# ---------------------------------------------------------------- a whole round


def agreement_needed(programme: Programme) -> int | None:
    """Return how many lines in 100 have to have the gold level; None where the programme has no rule for observers."""
    needed = [gate.agreement_pct for gate in programme.gates if isinstance(gate, AssessorGate)]
    return max(needed, default=None)


def _finish(ledger: Ledger, actor: Actor, programme: Programme, number: int, now: datetime) -> None:
    """Record the result of a round that is whole; it is read again, so that two tabs that end it at once end it."""
    done = next(one for one in list_rounds(ledger, actor, programme.head.id) if one.number == number)
    needed = agreement_needed(programme)
    if not done.is_whole or done.result is not None or needed is None:
        return
    lines = [line for one in done.rated for line in one.lines]
    n_exact = sum(1 for line in lines if line.level == line.gold)
    ledger.append(
        Calibration(
            fact_id=_result_id(actor, programme.head.id, number),
            person_id=actor.person_id,
            actor_id=actor.person_id,
            occurred_at=now,
            programme_id=programme.head.id,
            is_passed=100 * n_exact >= needed * len(lines),
        )
    )


def _rating_id(actor: Actor, programme_id: ProgrammeId, number: int, vignette_id: VignetteId) -> FactId:
    return derived_fact_id(ROOT, f"vignette/{actor.person_id}/{programme_id}/{number}/{vignette_id}")


def _result_id(actor: Actor, programme_id: ProgrammeId, number: int) -> FactId:
    return derived_fact_id(ROOT, f"calibration/{actor.person_id}/{programme_id}/{number}")
