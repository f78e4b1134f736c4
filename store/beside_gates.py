"""What the relations of the gates say besides verdicts: levels, journeys, and how long supervision may wait.

There are no rights here: the modules of `analytics` check who asks.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from curriculum.gates import Severity
from curriculum.ids import ChecklistId, CompetencyId, GateId, ProgrammeId, RoleId
from curriculum.models import Setting
from people.models import CohortId, HubId, PersonId
from store.gates import Ending
from store.questions import FactStore, ask_beside_gates, question_about


@dataclass(frozen=True, slots=True)
class LevelCount:
    """How many people had this level first and have that one now; `is_repeated` when they were rated more than once."""

    competency_id: CompetencyId
    checklist_id: ChecklistId
    setting: Setting
    first_level: int
    newest_level: int
    is_repeated: bool
    n_people: int


def level_counts(
    store: FactStore,
    programme_id: ProgrammeId,
    *,
    cohort_id: CohortId | None = None,
    hub_id: HubId | None = None,
    among: Collection[PersonId] | None = None,
    as_of: datetime,
    known_at: datetime,
) -> list[LevelCount]:
    """Return how many people stand at each level of each competency, from the ratings that the gates count."""
    question = question_about(
        store, programme_id, cohort_id=cohort_id, hub_id=hub_id, among=among, as_of=as_of, known_at=known_at
    )
    return [LevelCount(*_line(store, row), *row[3:]) for row in ask_beside_gates(store, question, Ending.LEVELS)]


@dataclass(frozen=True, slots=True)
class TimesCount:
    """How many people stood at this level at their `nth` rating of a competency, of `n_times` in all."""

    competency_id: CompetencyId
    checklist_id: ChecklistId
    setting: Setting
    nth: int
    level: int
    n_times: int
    has_left: bool
    n_people: int


def times_counts(
    store: FactStore,
    programme_id: ProgrammeId,
    *,
    cohort_id: CohortId | None = None,
    hub_id: HubId | None = None,
    as_of: datetime,
    known_at: datetime,
) -> list[TimesCount]:
    """Return how many people stood where at their first, second, … rating of each competency; leavers are counted."""
    question = question_about(store, programme_id, cohort_id=cohort_id, hub_id=hub_id, as_of=as_of, known_at=known_at)
    return [TimesCount(*_line(store, row), *row[3:]) for row in ask_beside_gates(store, question, Ending.PROGRESS)]


def _line(store: FactStore, row: Sequence[Any]) -> tuple[CompetencyId, ChecklistId, Setting]:
    """Return what the levels of a row are of: the first three columns."""
    return CompetencyId(store.terms.text(row[0])), ChecklistId(store.terms.text(row[1])), Setting(row[2])


def counted_observations(
    store: FactStore,
    programme_id: ProgrammeId,
    *,
    hub_id: HubId | None = None,
    as_of: datetime,
    known_at: datetime,
) -> set[int]:
    """Return the numbers of the observations that the gates count."""
    question = question_about(store, programme_id, hub_id=hub_id, as_of=as_of, known_at=known_at)
    return {fact_no for (fact_no,) in ask_beside_gates(store, question, Ending.COUNTED)}


@dataclass(frozen=True, slots=True)
class Journey:
    """How far a person has come: the first day of each step, None where they have not come so far.

    `began_on` is the day of the first enrolment in the programme, `left_on` that of leaving for good.
    """

    person_id: PersonId
    role_id: RoleId
    cohort_id: CohortId
    began_on: date
    session_on: date | None
    quiz_on: date | None
    roleplay_on: date | None
    live_on: date | None
    signed_on: date | None
    left_on: date | None


def journeys(
    store: FactStore,
    programme_id: ProgrammeId,
    *,
    cohort_id: CohortId | None = None,
    hub_id: HubId | None = None,
    as_of: datetime,
    known_at: datetime,
) -> list[Journey]:
    """Return how far everybody has come whose enrolment in force is there, by person."""
    question = question_about(store, programme_id, cohort_id=cohort_id, hub_id=hub_id, as_of=as_of, known_at=known_at)
    text, rows = store.terms.text, ask_beside_gates(store, question, Ending.JOURNEYS)
    return [
        Journey(PersonId(person_no), RoleId(text(role_no)), CohortId(text(cohort_no)), *days)
        for person_no, role_no, cohort_no, *days in rows
    ]


@dataclass(frozen=True, slots=True)
class MeetingDue:
    """Until when a person may wait for their next supervision, by one gate.

    `last_day` is that of the last meeting that is long enough, `due_day` the last day on which they are not late; both
    are None for who has met nobody, and is late.
    """

    person_id: PersonId
    role_id: RoleId
    cohort_id: CohortId
    version_no: int
    gate_id: GateId
    severity: Severity
    max_gap_days: int
    last_day: date | None
    due_day: date | None
    is_late: bool


def meetings_due(
    store: FactStore,
    programme_id: ProgrammeId,
    *,
    person_id: PersonId | None = None,
    cohort_id: CohortId | None = None,
    hub_id: HubId | None = None,
    as_of: datetime,
    known_at: datetime,
) -> list[MeetingDue]:
    """Return until when people may wait for supervision, by person, from the statement that judges the gate."""
    question = question_about(
        store, programme_id, person_id=person_id, cohort_id=cohort_id, hub_id=hub_id, as_of=as_of, known_at=known_at
    )
    text = store.terms.text
    return [
        MeetingDue(
            person_id=PersonId(row[0]),
            role_id=RoleId(text(row[1])),
            cohort_id=CohortId(text(row[2])),
            version_no=row[3],
            gate_id=GateId(text(row[4])),
            severity=Severity(row[5]),
            max_gap_days=row[6],
            last_day=row[7],
            due_day=row[8],
            is_late=not row[9],
        )
        for row in ask_beside_gates(store, question, Ending.DUE)
    ]
