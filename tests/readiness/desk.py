"""A store with one trainee under a handful of gates: what the edge cases are written on."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import count
from typing import Any, Final, TypeVar

from assessments.facts import (
    Attempt,
    AttemptStarted,
    Calibration,
    Certificate,
    GlobalRating,
    Milestone,
    MilestoneKind,
    Mode,
    Observation,
    ObservationOpened,
    Rating,
    Relation,
    SignOff,
    Stage,
    Supervision,
)
from assessments.verdicts import GateVerdict, Verdict
from curriculum.bundle import to_bundle
from curriculum.gates import Gate
from curriculum.ids import BlueprintId, CertificateId, ChecklistId, CompetencyId, ItemId, LineId, ProgrammeId
from curriculum.items import Pool
from curriculum.models import Decision, Setting
from people.facts import Amendment, Change, ClockChange, CohortOpened, Enrolment, Fact, Pause
from people.ids import new_fact_id
from people.models import CohortId, HubId, PersonId
from store.ledger import Store
from tests.readiness.rule_sets import ROLES, make_programme

F = TypeVar("F", bound=Fact)

ANNA: Final = PersonId(1)
BEN: Final = PersonId(2)
CLARE: Final = PersonId(3)
LONG_AFTER: Final = datetime(2031, 1, 1, tzinfo=UTC)


def utc(text: str) -> datetime:
    """Return an instant from `2028-02-29` (noon) or `2028-02-29 23:30`."""
    at = datetime.fromisoformat(text).replace(tzinfo=UTC)
    return at if " " in text else at.replace(hour=12)


class Desk:
    """Records facts about Anna, observed by Ben and Clare, and asks for her verdict.

    Desks share a store: each has a programme and three people of its own.
    """

    def __init__(self, store: Store, number: int, gates: tuple[Gate, ...], decision: Decision | None) -> None:
        self.store = store
        self.programme_id = ProgrammeId(f"programme-{number}")
        self._first_person = number * 10
        self._rounds = count(1)
        programme = make_programme(self.programme_id, 1, gates, decision)
        store.publish(programme, to_bundle(programme))
        starts_on = utc("2027-01-01").date()
        for cohort_id, hub in ((self._cohort_id, "hub"), (self.other_cohort_id, "other-hub")):
            place = {"hub_id": HubId(hub), "title": "Spring", "cohort_id": cohort_id, "starts_on": starts_on}
            self.note(CohortOpened, "2027-01-01", **place)
        self.enrol(ANNA)

    @property
    def _cohort_id(self) -> CohortId:
        return CohortId(f"{self.programme_id}-spring")

    @property
    def other_cohort_id(self) -> CohortId:
        """Return the cohort of the other hub."""
        return CohortId(f"{self.programme_id}-elsewhere")

    def person(self, who: PersonId) -> PersonId:
        """Return this desk's Anna, Ben or Clare."""
        return PersonId(self._first_person + who)

    def enrol(self, person_id: PersonId, at: str = "2027-01-02", **changed: Any) -> Enrolment:
        """Enrol a person for the first role, under version 1."""
        fields = {"cohort_id": self._cohort_id, "role_id": ROLES[0], "version_no": 1}
        return self.note(Enrolment, at, person_id=person_id, **fields | changed)

    def pause(self, at: str, change: ClockChange = ClockChange.PAUSED, **how: Any) -> Pause:
        """Record that Anna pauses, returns or leaves."""
        return self.note(Pause, at, change=change, **how)

    def write(
        self,
        fact_kind: Callable[..., F],
        at: str,
        *,
        recorded: str = "",
        person_id: PersonId = ANNA,
        actor_id: PersonId = BEN,
        **fields: Any,
    ) -> F:
        """Record a fact, at the moment it happened unless told otherwise."""
        people = {"person_id": self.person(person_id), "actor_id": self.person(actor_id)}
        fact = fact_kind(fact_id=new_fact_id(), occurred_at=utc(at), **people, **fields)
        assert self.store.append_at(utc(recorded or at), fact)
        return fact

    def note(self, fact_kind: Callable[..., F], at: str, **fields: Any) -> F:
        """Record a fact of the programme."""
        return self.write(fact_kind, at, programme_id=self.programme_id, **fields)

    def amend(self, fact: Fact, change: Change, at: str, *, recorded: str = "") -> Amendment:
        """Record a change to a fact."""
        amendment = Amendment(
            fact_id=new_fact_id(),
            person_id=fact.person_id,
            actor_id=fact.actor_id,
            occurred_at=utc(at),
            target_id=fact.fact_id,
            change=change,
            reason="slip",
        )
        assert self.store.append_at(utc(recorded or at), amendment)
        return amendment

    def certify(self, at: str, expires_on: date) -> Certificate:
        """Record a safeguarding certificate issued on that day."""
        kind, issued_on = CertificateId("safeguarding"), utc(at).date()
        return self.write(Certificate, at, certificate_id=kind, issued_on=issued_on, expires_on=expires_on)

    def supervise(self, at: str, minutes: int = 30) -> Supervision:
        """Record a supervision."""
        return self.note(Supervision, at, supervisor_id=self.person(BEN), minutes=minutes, mode=Mode.PHONE)

    def reflect(self, at: str, *, recorded: str = "") -> Milestone:
        """Record a reflection."""
        return self.note(Milestone, at, recorded=recorded, actor_id=ANNA, kind=MilestoneKind.REFLECTION, what="m1")

    def calibrate(self, at: str, observer: PersonId, *, is_passed: bool = True) -> Calibration:
        """Record an observer's calibration."""
        return self.note(Calibration, at, person_id=observer, actor_id=observer, is_passed=is_passed)

    def sign(self, at: str, **changed: Any) -> SignOff:
        """Record Ben's sign-off of Anna for twelve months, complete in itself."""
        decision = {"role_id": ROLES[0], "version_no": 1, "is_granted": True, "valid_months": 12}
        frozen = {"needs_countersign": False, "evidence_hash": "0" * 64, "evidence": (), "levels": ()}
        return self.note(SignOff, at, **decision | frozen | changed)

    def submit(self, at: str, *, score: int, of: int, missed: int = 0, critical: int = 2, **fields: Any) -> Attempt:
        """Record a counting attempt on `quiz-one` with a pass mark of 80 per cent."""
        blueprint_id, item_id = BlueprintId("quiz-one"), ItemId("item-1")
        started = self.note(
            AttemptStarted,
            at,
            actor_id=ANNA,
            version_no=1,
            blueprint_id=blueprint_id,
            pool=Pool.COUNTING,
            seed=1,
            item_ids=(item_id,),
            option_orders=((0, 1),),
        )
        result = {"score": score, "max_score": of, "critical_total": critical, "critical_missed": missed}
        frame = {
            "pass_pct": 80,
            "started_id": started.fact_id,
            "blueprint_id": blueprint_id,
            "counts": True,
            "items": (),
        }
        return self.note(Attempt, at, **{"actor_id": ANNA} | frame | result | fields)

    def observe(self, at: str, *levels: int | None, recorded: str = "", **changed: Any) -> Observation:
        """Record a counting observation by Ben in a role-play of its own, one line of `d1-1` for each level."""
        person = {name: changed.pop(name) for name in ("person_id", "actor_id") if name in changed}
        frame: dict[str, Any] = {
            "version_no": 1,
            "checklist_id": ChecklistId("c1"),
            "setting": Setting.ROLEPLAY,
            "stage": Stage.LEAD_WHOLE,
            "scenario_id": None,
            "session_code": f"round-{next(self._rounds)}",
            "relation": Relation.TRAINER,
            "counts": True,
            "has_co_leader": True,
        }
        frame |= {name: changed.pop(name) for name in frame.keys() & changed.keys()}
        opened = self.note(ObservationOpened, at, recorded=recorded, **person, **frame)
        competency = changed.pop("competency", "d1-1")
        ratings = tuple(Rating(LineId(f"l{n}"), CompetencyId(competency), level) for n, level in enumerate(levels))
        result: dict[str, Any] = {
            "opened_id": opened.fact_id,
            "stage_rank": frame["stage"].rank,
            "pct": 100,
            "min_level": min((level for level in levels if level is not None), default=None),
            "is_passed": True,
            "critical_unhelpful": 0,
            "global_rating": GlobalRating.PASS,
            "entrustment": 3,
            "seconds": 600,
            "ratings": ratings,
        }
        return self.note(Observation, at, recorded=recorded, **person, **frame, **result | changed)

    def verdict(self, as_of: str, *, known: str = "", person_id: PersonId = ANNA) -> Verdict:
        """Return the verdict as of an instant, by all that was ever recorded unless told otherwise."""
        found = self.store.verdict(
            self.person(person_id), self.programme_id, utc(as_of), utc(known) if known else LONG_AFTER
        )
        assert found is not None
        return found

    def gate(self, gate_id: str, as_of: str, *, known: str = "", person_id: PersonId = ANNA) -> GateVerdict:
        """Return one gate of the verdict."""
        gates = self.verdict(as_of, known=known, person_id=person_id).gates
        return next(gate for gate in gates if gate.gate_id == gate_id)


OpenDesk = Callable[..., Desk]
