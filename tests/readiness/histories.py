"""Random histories from a seed: a world of two programmes, trainers and trainees, and all that was recorded of them."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Final

from assessments.facts import (
    Acknowledgement,
    AttemptStarted,
    Calibration,
    Hold,
    Observation,
    ObservationOpened,
    SignOff,
)
from curriculum.ids import ProgrammeId
from curriculum.models import Programme
from people.facts import Amendment, Change, CohortOpened, Fact, HubOpened
from people.models import HubId, PersonId
from tests.readiness.evidence import Trainee, cohorts, write_evidence
from tests.readiness.past import Recorded, add_months
from tests.readiness.pen import CLOCKS, FIRST_DAY, ODD_DAYS, RECORDED_AT, Draft, Pen
from tests.readiness.rule_sets import draw_programme


@dataclass(slots=True)
class World:
    """A seed's programmes and history. `redelivered` are the places in `records` that arrive once more at the end."""

    programmes: dict[tuple[ProgrammeId, int], Programme]
    records: list[Recorded]
    trainees: tuple[PersonId, ...]
    redelivered: tuple[int, ...] = ()


# ---------------------------------------------------------------- amendments


_USUAL: Final[dict[type[Fact], Change]] = {
    SignOff: Change.REVOKED,
    Hold: Change.LIFTED,
    Observation: Change.ADJUDICATED,
}


def _draw_change(rng: Random, fact: Fact) -> Change:
    usual = _USUAL.get(type(fact))
    if isinstance(fact, Observation) and fact.critical_unhelpful:
        usual = Change.HARM_RESOLVED
    if isinstance(fact, SignOff) and rng.random() < 0.3:
        return Change.RESTORED
    if usual and rng.random() < 0.6:
        return usual
    return rng.choice((*[Change.VOID] * 3, Change.REPLACED, Change.ENDED, Change.REVOKED, Change.ACKNOWLEDGED))


def _amend(pen: Pen, draft: Draft) -> None:
    fact, rng = draft.fact, pen.rng
    change = _draw_change(rng, fact)
    at = fact.occurred_at + timedelta(days=rng.choice((0, 0, 3, 40)))
    amendment = Amendment(
        fact_id=pen.new_id(),
        person_id=fact.person_id,
        actor_id=fact.actor_id,
        occurred_at=at,
        target_id=fact.fact_id,
        change=change,
        reason="slip",
    )
    written = pen.write(amendment, not_before=draft.recorded_at)
    amended = next(d for d in reversed(pen.drafts) if d.fact is written)
    if change == Change.REPLACED and not isinstance(fact, Amendment):
        pen.write_beside(amended, replace(fact, fact_id=pen.new_id()))
    if change == Change.ACKNOWLEDGED:
        common = {"person_id": fact.person_id, "actor_id": fact.person_id, "occurred_at": at}
        seen = Acknowledgement(fact_id=pen.new_id(), **common, target_id=fact.fact_id, agrees=True)  # type: ignore[arg-type]
        pen.write_beside(amended, seen)


_NEVER_AMENDED: Final = (HubOpened, CohortOpened, AttemptStarted, ObservationOpened)


def _write_amendments(pen: Pen) -> None:
    for share in (0.07, 0.02):  # the second round also meets amendments and replacements of the first
        for draft in tuple(pen.drafts):
            often = 4 if type(draft.fact) in _USUAL else 1
            often = 8 if isinstance(draft.fact, SignOff) else often  # revoked, restored, revoked again
            if not isinstance(draft.fact, _NEVER_AMENDED) and pen.rng.random() < share * often:
                _amend(pen, draft)


# ---------------------------------------------------------------- the world


def draw_world(seed: int, n_trainees: int = 32) -> World:
    """Return a world in which every id and person follows from the seed; persons of two seeds differ."""
    rng = Random(seed)
    pen = Pen(rng)
    ids = [ProgrammeId(f"w{seed}-{name}") for name in ("alpha", "beta")]
    programmes = {(i, no): draw_programme(rng, i, no) for i in ids for no in (1, 2)}
    first_no = 1_000 * (seed + 1)
    trainers = tuple(PersonId(first_no + n) for n in range(4))
    trainees = (*(PersonId(first_no + 10 + n) for n in range(n_trainees)), trainers[0])
    for programme_id in ids:
        _open_cohorts(pen, programme_id, trainers[0])
        for trainer in trainers[:3]:  # the fourth has no calibration record at all
            _write_calibrations(pen, programme_id, trainer)
        for person_id in trainees:
            if programme_id == ids[0] or rng.random() < 0.5:
                partners = tuple(p for p in rng.sample(trainees, 3) if p != person_id)
                write_evidence(Trainee(pen, person_id, programme_id, trainers, partners, rng.uniform(0.35, 1)))
    _write_amendments(pen)
    records = pen.finish()
    again = tuple(sorted(rng.sample(range(len(records)), min(5, len(records)))))
    return World(programmes, records, trainees, again)


def _open_cohorts(pen: Pen, programme_id: ProgrammeId, actor_id: PersonId) -> None:
    hub_id = HubId(f"{programme_id}-hub")
    at = datetime.combine(FIRST_DAY, time(0), UTC) - timedelta(days=30)

    def common() -> dict[str, object]:
        return {"fact_id": pen.new_id(), "person_id": actor_id, "actor_id": actor_id, "occurred_at": at}

    facts: list[Fact] = [HubOpened(**common(), hub_id=hub_id, title="Hub")]  # type: ignore[arg-type]
    for cohort_id in cohorts(programme_id):
        facts.append(
            CohortOpened(
                **common(),  # type: ignore[arg-type]
                cohort_id=cohort_id,
                hub_id=hub_id,
                programme_id=programme_id,
                title="Cohort",
                starts_on=FIRST_DAY,
            )
        )
    pen.drafts.extend(Draft(fact, RECORDED_AT[0]) for fact in facts)


def _write_calibrations(pen: Pen, programme_id: ProgrammeId, trainer: PersonId) -> None:
    for _ in range(pen.rng.choice((1, 3, 4))):
        pen.write(
            Calibration(
                fact_id=pen.new_id(),
                person_id=trainer,
                actor_id=trainer,
                occurred_at=pen.moment(),
                programme_id=programme_id,
                is_passed=pen.rng.random() < 0.85,
            )
        )


def draw_questions(rng: Random, n: int) -> list[tuple[datetime, datetime]]:
    """Return pairs of instants to ask about: as of when, and as known when."""
    pairs: list[tuple[datetime, datetime]] = []
    for _ in range(n):
        as_of = datetime.combine(_draw_day_to_ask(rng), rng.choice(CLOCKS), UTC)
        later = rng.choice((timedelta(), timedelta(days=-20), timedelta(days=15), timedelta(days=400)))
        known_at = rng.choice((as_of + later, rng.choice(RECORDED_AT[30:150])))
        pairs.append((as_of, known_at))
    return pairs


def _draw_day_to_ask(rng: Random) -> date:
    """Return any day, an odd one, or the last or first day beyond what rules allow after an odd one."""
    odd = rng.choice(ODD_DAYS)
    any_day = date(2028, 3, 1) + timedelta(days=rng.randint(0, 300))
    days_after = odd + timedelta(days=rng.choice((21, 60, 150, 180, 200, 365)))
    months_after = add_months(odd, rng.choice((1, 3, 6, 12)))
    return rng.choice((any_day, any_day, odd, days_after, months_after)) + timedelta(days=rng.choice((0, 0, 1)))
