"""Facts that could be recorded next, written about a person as if they had happened at an instant."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any, Final

from assessments.facts import (
    Attempt,
    Calibration,
    Certificate,
    GlobalRating,
    Milestone,
    MilestoneKind,
    Observation,
    Rating,
    Relation,
    Stage,
)
from assessments.verdicts import PartVerdict
from curriculum.ids import (
    BlueprintId,
    CertificateId,
    ChecklistId,
    CompetencyId,
    LineId,
    ProgrammeId,
)
from curriculum.models import Programme, Setting
from curriculum.phrases import Phrase
from people.facts import Fact
from people.ids import new_fact_id
from people.models import PersonId
from store.rules import GatePart

MOST: Final = 60
"""A gate that misses more than this is far away: no list of single facts helps."""

FIRST_OBSERVER: Final = 2_100_000_000
"""Observers who have not watched the person yet, invented for a trial, are numbered from here."""


@dataclass(frozen=True, slots=True)
class NextFact:
    """A fact that could be recorded, and what it is in plain words.

    Attributes:
        words: What it is.
        fact: The fact itself.
        free: Fields of an observation that may hold anything: the gate does not look at them.
        asks_observer: Whether it has to be watched by somebody who has not watched the person yet.
    """

    words: Phrase
    fact: Fact
    free: frozenset[str] = frozenset()
    asks_observer: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose gate is asked about, under which rules, and when the facts would happen."""

    programme: Programme
    version_no: int
    person_id: PersonId
    at: datetime
    today: date

    @property
    def programme_id(self) -> ProgrammeId:
        """Return the programme's id."""
        return self.programme.head.id


def observers(asked: Asked, n: int = 20) -> list[Fact]:
    """Return the calibrations of invented observers, passed on the very day: whoever watches has checked their eye."""
    return [
        Calibration(
            fact_id=new_fact_id(),
            person_id=PersonId(FIRST_OBSERVER + number),
            actor_id=PersonId(FIRST_OBSERVER + number),
            occurred_at=asked.at,
            programme_id=asked.programme_id,
            is_passed=True,
        )
        for number in range(n)
    ]


OpenPart = tuple[PartVerdict, GatePart]


def count_missing(part: PartVerdict) -> int:
    """Return how many things an open part still misses, at least one."""
    return max(part.need - part.have, 1)


ANY_FORM: Final = frozenset({"checklist_id"})
ANYTHING: Final = ANY_FORM | {"setting"}
"""What gates that count any observation do not look at."""


class Pen:
    """Writes facts about the person that happen at the instant asked for."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self._observers = count(1)

    def who(self) -> dict[str, Any]:
        """Return the fields of every fact."""
        observer = PersonId(FIRST_OBSERVER)
        return {
            "fact_id": new_fact_id(),
            "person_id": self.asked.person_id,
            "actor_id": observer,
            "occurred_at": self.asked.at,
        }

    def common(self) -> dict[str, Any]:
        """Return the fields of every fact of the programme."""
        return self.who() | {"programme_id": self.asked.programme_id}

    def new_code(self) -> str:
        """Return a code that no session or group has."""
        return f"next-{new_fact_id()}"

    def new_observer(self) -> PersonId:
        """Return an observer who has not watched the person yet."""
        return PersonId(FIRST_OBSERVER + next(self._observers))

    def milestone(self, kind: MilestoneKind, what: str) -> Milestone:
        """Return a milestone reached."""
        return Milestone(**self.common(), kind=kind, what=what)

    def attempt(self, blueprint: str) -> Attempt:
        """Return a quiz that counts, with every question right."""
        common = self.common()
        return Attempt(
            **common,
            started_id=common["fact_id"],
            blueprint_id=BlueprintId(blueprint),
            counts=True,
            score=1,
            max_score=1,
            critical_total=1,
            critical_missed=0,
            pass_pct=100,
            items=(),
        )

    def certificate(self, certificate: str) -> Certificate:
        """Return a certificate in date for the next ten years."""
        today = self.asked.today
        return Certificate(
            **self.who(),
            certificate_id=CertificateId(certificate),
            issued_on=today,
            expires_on=today + timedelta(days=3660),
        )

    def watched(
        self,
        setting: Setting,
        *,
        checklist: ChecklistId | None = None,
        observer: PersonId | None = None,
        level: int = 3,
        competencies: Iterable[str] = (),
    ) -> Observation:
        """Return an observation that counts and is passed, in a session of its own."""
        programme = self.asked.programme
        common: dict[str, Any] = self.common()
        if observer is not None:
            common["actor_id"] = observer
        any_form = programme.checklists[0].id if programme.checklists else ChecklistId(programme.head.id)
        return Observation(
            **common,
            opened_id=common["fact_id"],
            version_no=self.asked.version_no,
            checklist_id=checklist or any_form,
            setting=setting,
            stage=Stage.OBSERVE,
            stage_rank=0,
            scenario_id=None,
            session_code=self.new_code(),
            relation=Relation.TRAINER,
            counts=True,
            has_co_leader=True,
            pct=100,
            min_level=level if competencies else None,
            is_passed=True,
            critical_unhelpful=0,
            global_rating=GlobalRating.PASS,
            entrustment=3,
            seconds=600,
            ratings=tuple(Rating(LineId(one), CompetencyId(one), level) for one in competencies),
        )
