"""A roster is imported: planned first, line by line, then carried out in batches that are whole or not there.

An import adds and never moves, renames or brings back anybody: so importing the same file again changes nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from curriculum.errors import PlatformError
from people.csv_text import Fault
from people.errors import CohortClosedError, ProgrammeNotActiveError
from people.facts import CohortOpened, Fact, PersonAdded
from people.ids import new_fact_id
from people.models import Actor, CohortId, LiveVersion, PersonId, PersonName
from people.ports import PeopleLedger
from people.rights import Record, Right, require_in_hub
from people.roster import Roster
from people.service.cohorts import assign_trainer, enrol, make_assignment, make_enrolment, trainee_grant
from people.service.importing.known import Known
from people.service.importing.logins import with_logins
from people.service.importing.steps import ImportPlan, Planned, Step
from people.service.reach import find_closing, get_cohort

BATCH: Final = 100
"""New people recorded together: each batch is there as a whole, or not at all."""

_TRIES: Final = 5
"""How often a plan is made anew because others have added people meanwhile."""

Progress = Callable[[int, int], None]
"""Told how many lines are done, and of how many."""


def plan_import(ledger: PeopleLedger, actor: Actor, cohort_id: CohortId, roster: Roster, now: datetime) -> ImportPlan:
    """Return exactly what importing the roster into the cohort would do. Nothing is recorded.

    Raises:
        NotKnownError: There is no such cohort.
        NotAllowedError: The actor does not look after both people and cohorts of the hub.
        CohortClosedError: The cohort is closed.
        ProgrammeNotActiveError: The hub has not gone live with the cohort's programme.
    """
    cohort, live = require_import(ledger, actor, cohort_id)
    known = Known(ledger, actor, cohort, live=live, lines=roster.lines, now=now)
    found = [known.plan(line) for line in roster.lines]
    planned = with_logins(ledger, roster, [one for one in found if isinstance(one, Planned)])
    faults = [*roster.faults, *(one for one in found if isinstance(one, Fault))]
    return ImportPlan(roster, tuple(planned), tuple(sorted(faults, key=lambda fault: fault.line)))


def require_import(ledger: PeopleLedger, actor: Actor, cohort_id: CohortId) -> tuple[CohortOpened, LiveVersion]:
    """Return the cohort and the version that is live in its hub, when the actor may import people into it.

    Raises:
        NotKnownError: There is no such cohort.
        NotAllowedError: The actor does not look after both people and cohorts of the hub.
        CohortClosedError: The cohort is closed.
        ProgrammeNotActiveError: The hub has not gone live with the cohort's programme.
    """
    cohort = get_cohort(ledger, cohort_id)
    for record in (Record.COHORT, Record.PEOPLE):
        require_in_hub(actor, Right.WRITE, record, cohort.hub_id)
    if find_closing(ledger, cohort_id) is not None:
        raise CohortClosedError(cohort_id)
    live = ledger.live_version(cohort.programme_id, cohort.hub_id)
    if live is None:
        raise ProgrammeNotActiveError(cohort.programme_id, cohort.hub_id)
    return cohort, live


def import_roster(
    ledger: PeopleLedger,
    actor: Actor,
    cohort_id: CohortId,
    roster: Roster,
    *,
    now: datetime,
    progress: Progress = lambda _done, _all: None,
) -> ImportPlan:
    """Import the roster into the cohort and return what was done; the same file again changes nothing.

    New people are recorded in batches, each with name, enrolment and trainer at once. When the process is killed, what
    is there is whole, and a second import does the rest.

    Raises:
        NotKnownError: There is no such cohort.
        NotAllowedError: The actor does not look after both people and cohorts of the hub.
        CohortClosedError: The cohort is closed.
        ProgrammeNotActiveError: The hub has not gone live with the cohort's programme.
    """
    first = plan = plan_import(ledger, actor, cohort_id, roster, now)
    for _ in range(_TRIES):
        desk = _Desk(ledger, actor, *require_import(ledger, actor, cohort_id), now)
        late = desk.carry_out(plan, progress)
        if late is not None:
            break
        plan = plan_import(ledger, actor, cohort_id, roster, now)
    else:
        late = [Fault(1, "", "others who add people at the same time", "a quiet moment; import the file again")]
    refused = sorted([*plan.refused, *late], key=lambda fault: fault.line)
    bad = {fault.line for fault in refused}
    done = tuple(one for one in first.planned if one.line.number not in bad)
    return ImportPlan(roster, done, tuple(refused))


# ---------------------------------------------------------------- carrying it out


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where a plan becomes facts."""

    ledger: PeopleLedger
    actor: Actor
    cohort: CohortOpened
    live: LiveVersion
    now: datetime

    def carry_out(self, plan: ImportPlan, progress: Progress) -> list[Fault] | None:
        """Record a plan and return what was refused late; None when a sign-in name was taken meanwhile."""
        n_all, n_done = len(plan.planned), plan.count(Step.SAME)
        new = [one for one in plan.planned if one.step == Step.NEW]
        for start in range(0, len(new), BATCH):
            progress(n_done, n_all)
            batch = new[start : start + BATCH]
            if not self._add(batch):
                return None
            n_done += len(batch)
        faults: list[Fault] = []
        for one in plan.planned:
            if one.person_id is not None and one.step != Step.SAME:
                progress(n_done, n_all)
                faults += self._bring_in(one, one.person_id)
                n_done += 1
        progress(n_all, n_all)
        return faults

    def _add(self, batch: Iterable[Planned]) -> bool:
        names: list[PersonName] = []
        facts: list[Fact] = []
        for one in batch:
            name = PersonName(self.ledger.next_person_id(), one.line.name, one.login)
            names.append(name)
            facts += self._facts_about(one, name.person_id)
        return self.ledger.append_named(names, *facts)

    def _facts_about(self, one: Planned, person_id: PersonId) -> list[Fact]:
        actor, now = self.actor, self.now
        added = PersonAdded(
            fact_id=new_fact_id(), person_id=person_id, actor_id=actor.person_id, occurred_at=now, via="roster"
        )
        version_no = self.live.version_no
        joins = make_enrolment(added, actor, self.cohort, role_id=one.role_id, version_no=version_no, now=now)
        facts: list[Fact] = [added, joins, trainee_grant(joins, self.cohort.hub_id)]
        if one.trainer_id is not None:
            facts.append(make_assignment(added, actor, one.trainer_id, now))
        return facts

    def _bring_in(self, one: Planned, person_id: PersonId) -> list[Fault]:
        try:
            if one.step == Step.TRAINER and one.trainer_id is not None:
                assign_trainer(self.ledger, self.actor, person_id, one.trainer_id, self.now)
            else:
                self._enrol(one, person_id)
        except PlatformError as refusal:
            return [Fault(one.line.number, "", one.line.name, f"somebody who may join. {refusal}")]
        return []

    def _enrol(self, one: Planned, person_id: PersonId) -> None:
        enrol(
            self.ledger,
            self.actor,
            person_id,
            cohort_id=self.cohort.cohort_id,
            role_id=one.role_id,
            version_no=self.live.version_no,
            trainer_id=one.trainer_id,
            now=self.now,
        )
