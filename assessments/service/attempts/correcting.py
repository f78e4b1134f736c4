"""A key that was wrong: what a correction would change, then the correction itself, with every attempt scored anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from assessments.corrections import tidy_correction
from assessments.facts import Attempt, AttemptStarted, KeyCorrection, KeyTreatment
from assessments.ports import Ledger
from assessments.reasons import KeyFault, ScoreReason
from assessments.scoring import FormScore, has_passed
from assessments.service.access import get_fact, get_part, read_code, require_named
from assessments.service.attempts.results import (
    FORM,
    corrections_for,
    programme_of,
    replacing,
    score_started,
    scored_anew,
)
from assessments.verdicts import Verdict
from curriculum.ids import ItemId, ProgrammeId
from curriculum.models import Programme
from people import rights
from people.facts import Fact
from people.ids import new_fact_id
from people.models import NOBODY, Actor
from people.rights import Record, Right


@dataclass(frozen=True, slots=True)
class ProposedKey:
    """A correction as it is proposed.

    Attributes:
        programme_id: The programme.
        version_no: The version in which the item is looked at.
        item_id: The item.
        treatment: A `KeyTreatment`.
        reason: A `KeyFault`.
        chosen: The right choice, or an option that is right too.
        accepts: Words or a number that are right too.
    """

    programme_id: ProgrammeId
    version_no: int
    item_id: ItemId
    treatment: str
    reason: str
    chosen: tuple[int, ...] = ()
    accepts: str = ""


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """An attempt with its score of now, and the one that would replace it."""

    old: Attempt
    new: Attempt

    @property
    def flips(self) -> bool:
        """Return whether it passes where it did not, or the other way round."""
        return has_passed(self.old) != has_passed(self.new)


@dataclass(frozen=True, slots=True)
class CorrectionPreview:
    """What a correction would change. `n_attempts` hold the item; `scores` are those that would differ.

    `readiness` is where people stand now and would stand then, for those for whom it differs.
    """

    n_attempts: int
    scores: tuple[ScoreChange, ...]
    readiness: tuple[tuple[Verdict, Verdict], ...]


def preview_correction(ledger: Ledger, actor: Actor, proposed: ProposedKey, now: datetime) -> CorrectionPreview:
    """Return what a corrected key would change. Nothing is written.

    Raises:
        NotAllowedError: The actor may not correct keys.
        UnknownPartError: The version has no such item.
        WrongInputError: The correction does not fit the item.
    """
    correction = _make_correction(ledger, actor, proposed, now)
    attempts = _attempts_on(ledger, correction)
    scores = _score_changes(ledger, actor, correction, attempts)
    facts = [fact for one in scores for fact in _replacing(one, actor, now)]
    readiness = ledger.what_if(proposed.programme_id, [correction, *facts], now) if facts else []
    return CorrectionPreview(len(attempts), tuple(scores), tuple(readiness))


def correct_key(ledger: Ledger, actor: Actor, proposed: ProposedKey, now: datetime) -> KeyCorrection:
    """Correct a key: the item is scored so from now on, and every attempt that differs gets a new score, both kept.

    Raises:
        NotAllowedError: The actor may not correct keys.
        UnknownPartError: The version has no such item.
        WrongInputError: The correction does not fit the item.
    """
    correction = _make_correction(ledger, actor, proposed, now)
    scores = _score_changes(ledger, actor, correction, _attempts_on(ledger, correction))
    more = [fact for one in scores for fact in _replacing(one, actor, now)]
    ledger.append(correction, *more)
    return correction


def _make_correction(ledger: Ledger, actor: Actor, proposed: ProposedKey, now: datetime) -> KeyCorrection:
    require_named(actor, "correct a key")
    rights.require_anywhere(actor, Right.CORRECT, Record.PROGRAMME)
    programme = ledger.programme(proposed.programme_id, proposed.version_no)
    item = get_part(programme, programme.item_by_id, "question", proposed.item_id)
    treatment = read_code(KeyTreatment, proposed.treatment, "What to do")
    chosen, accepts = tidy_correction(item, treatment, proposed.chosen, proposed.accepts)
    return KeyCorrection(
        fact_id=new_fact_id(),
        person_id=NOBODY,
        actor_id=actor.person_id,
        occurred_at=now,
        programme_id=proposed.programme_id,
        version_no=proposed.version_no,
        item_id=proposed.item_id,
        treatment=treatment,
        reason=read_code(KeyFault, proposed.reason, "Reason"),
        chosen=chosen,
        accepts=accepts,
    )


def _replacing(change: ScoreChange, actor: Actor, now: datetime) -> tuple[Fact, Fact]:
    return replacing(change.old, change.new, actor, ScoreReason.KEY_CORRECTED, now)


def _attempts_on(ledger: Ledger, correction: KeyCorrection) -> list[tuple[Attempt, AttemptStarted]]:
    """Return the attempts whose form shows the item as it stands in the version of the correction."""
    wanted = ledger.programme(correction.programme_id, correction.version_no).item_by_id[correction.item_id]
    found: list[tuple[Attempt, AttemptStarted]] = []
    for attempt in ledger.attempts_on(correction.programme_id, correction.item_id):
        started = get_fact(ledger, AttemptStarted, attempt.started_id, FORM)
        if programme_of(ledger, started).item_by_id[correction.item_id] == wanted:
            found.append((attempt, started))
    return found


def _score_changes(
    ledger: Ledger, actor: Actor, correction: KeyCorrection, attempts: Sequence[tuple[Attempt, AttemptStarted]]
) -> list[ScoreChange]:
    keys: dict[int, dict[ItemId, KeyCorrection]] = {}
    changes: list[ScoreChange] = []
    for attempt, started in attempts:
        if started.version_no not in keys:
            keys[started.version_no] = _keys(ledger, programme_of(ledger, started), correction)
        score = score_started(ledger, started, keys[started.version_no])
        if _figures(score) != _figures(attempt):
            new = scored_anew(attempt, score, actor, reason_id=correction.fact_id, correction_id=correction.fact_id)
            changes.append(ScoreChange(attempt, new))
    return changes


def _figures(scored: FormScore | Attempt) -> tuple[object, ...]:
    """Return all that a new score may change."""
    points = tuple((item.points, item.max_points) for item in scored.items)
    return scored.score, scored.max_score, scored.per_point, scored.critical_total, scored.critical_missed, points


def _keys(ledger: Ledger, programme: Programme, correction: KeyCorrection) -> dict[ItemId, KeyCorrection]:
    return corrections_for(ledger, programme) | {correction.item_id: correction}


def list_corrections(ledger: Ledger, actor: Actor, programme_id: ProgrammeId, version_no: int) -> list[KeyCorrection]:
    """Return the corrected keys of the items that a version holds, the newest first.

    Raises:
        NotAllowedError: The actor may not correct keys.
        UnknownVersionError: There is no such version.
    """
    rights.require_anywhere(actor, Right.CORRECT, Record.PROGRAMME)
    items = ledger.programme(programme_id, version_no).item_by_id
    found = ledger.list_facts(KeyCorrection, NOBODY, programme_id=programme_id)
    return [one for one in reversed(found) if one.item_id in items]
