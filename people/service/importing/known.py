"""What a roster is compared with: the people, trainers and roles that there are."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import cached_property

from curriculum.errors import PlatformError
from curriculum.ids import RoleId
from people.csv_text import Fault
from people.errors import NotKnownError
from people.facts import Amendment, Assignment, Change, ClockChange, CohortOpened, Enrolment, Grant, Pause
from people.models import Actor, LiveVersion, PersonId, PersonName
from people.ports import PeopleLedger
from people.rights import Record
from people.roster import Column, Line
from people.service.cohorts import check_bring_in
from people.service.importing.steps import Planned, Step
from people.service.reach import get_person, hubs_of, is_trainer_in, may_reach


class Known:
    """What the store knows of the people and trainers whom a roster names, read at once."""

    def __init__(
        self,
        ledger: PeopleLedger,
        actor: Actor,
        cohort: CohortOpened,
        *,
        live: LiveVersion,
        lines: Sequence[Line],
        now: datetime,
    ) -> None:
        """Look up the sign-in names of a file, and who is in the programme."""
        self._ledger, self._actor, self._cohort, self._live, self._now = ledger, actor, cohort, live, now
        logins = {text for line in lines for text in (line.login, line.trainer) if text}
        self._by_login = {one.login: one for one in ledger.list_logins(logins)}
        enrolments = ledger.list_facts(Enrolment, programme_id=cohort.programme_id)
        self._newest = {one.person_id: one for one in enrolments}
        self._trainers: dict[PersonId, bool] = {}
        self._named = {self._by_login[line.trainer].person_id for line in lines if line.trainer in self._by_login}

    def plan(self, line: Line) -> Planned | Fault:
        """Return what becomes of a line, or why it is refused."""
        role = self._role_of(line)
        trainer_id = self._trainer_of(line)
        if isinstance(role, Fault):
            return role
        if isinstance(trainer_id, Fault):
            return trainer_id
        person = self._person_of(line)
        if isinstance(person, Fault):
            return person
        if person is None:
            return Planned(line, Step.NEW, line.login, role, trainer_id=trainer_id)
        if person.person_id == trainer_id:
            return Fault(line.number, Column.TRAINER, f"`{line.trainer}`, who is that person", "somebody else")
        return self._plan_known(line, person, role, trainer_id)

    # ------------------------------------------------------------ cells

    def _role_of(self, line: Line) -> RoleId | Fault:
        roles = self._live.role_ids
        if line.role in roles:
            return RoleId(line.role)
        if not line.role and len(roles) == 1:
            return roles[0]
        found = f"`{line.role}`" if line.role else "nothing"
        return Fault(line.number, Column.ROLE, found, f"one of {', '.join(roles)}")

    def _trainer_of(self, line: Line) -> PersonId | Fault | None:
        if not line.trainer:
            return None
        found = self._by_login.get(line.trainer)
        if found is not None and self._trains_here(found.person_id):
            return found.person_id
        return Fault(line.number, Column.TRAINER, f"`{line.trainer}`", "the sign-in name of a trainer of this hub")

    def _trains_here(self, person_id: PersonId) -> bool:
        if person_id not in self._trainers:
            self._trainers[person_id] = is_trainer_in(self._ledger, person_id, [self._cohort.hub_id], self._now)
        return self._trainers[person_id]

    # ------------------------------------------------------------ who it is

    def _person_of(self, line: Line) -> PersonName | Fault | None:
        """Return the person whom a line names, None for somebody new."""
        return self._by_given_login(line) if line.login else self._by_name(line)

    def _by_given_login(self, line: Line) -> PersonName | Fault | None:
        person = self._by_login.get(line.login)
        if person is None:
            return None
        if not self._is_inside(person.person_id) and not self._may_reach(person.person_id):
            return Fault(line.number, Column.LOGIN, f"`{line.login}`, which is taken", "a sign-in name that is free")
        if person.name.casefold() != line.name.casefold():
            found = f"`{line.login}`, which belongs to {person.name}"
            return Fault(line.number, Column.LOGIN, found, "that person's name, or a sign-in name that is free")
        return person

    def _may_reach(self, person_id: PersonId) -> bool:
        records = (Record.COHORT, Record.PEOPLE)
        try:
            get_person(self._ledger, person_id)
            return any(may_reach(self._ledger, self._actor, record, person_id, self._now) for record in records)
        except NotKnownError:  # a sign-in name that was kept for somebody who was never recorded
            return False

    def _by_name(self, line: Line) -> PersonName | Fault | None:
        same = [one for one in self._names_here[line.name.casefold()] if self._is_here(one.person_id)]
        inside = [one for one in same if self._is_inside(one.person_id)]
        if len(same) == len(inside) == 1:
            return inside[0]
        if not same:
            return None
        found = f"{line.name}, a name that is here already (sign-in name {' and '.join(one.login for one in same)})"
        return Fault(line.number, Column.NAME, found, "that sign-in name if it is the same person, or another one")

    @cached_property
    def _names_here(self) -> dict[str, list[PersonName]]:
        """Return the names of who has ever trained or held an office in the hub, by name in small letters."""
        hub_id = self._cohort.hub_id
        cohorts = self._ledger.list_facts(CohortOpened, hub_id=hub_id)
        people = {
            one.person_id for each in cohorts for one in self._ledger.list_facts(Enrolment, cohort_id=each.cohort_id)
        }
        people |= {one.person_id for one in self._ledger.list_facts(Grant, hub_id=hub_id)}
        found: dict[str, list[PersonName]] = defaultdict(list)
        for one in self._ledger.list_names(people):
            found[one.name.casefold()].append(one)
        return found

    def _is_here(self, person_id: PersonId) -> bool:
        return self._is_inside(person_id) or self._cohort.hub_id in hubs_of(self._ledger, person_id, self._now)

    def _is_inside(self, person_id: PersonId) -> bool:
        enrolment = self._newest.get(person_id)
        return enrolment is not None and enrolment.cohort_id == self._cohort.cohort_id

    # ------------------------------------------------------------ somebody who is known

    def _plan_known(self, line: Line, person: PersonName, role: RoleId, trainer_id: PersonId | None) -> Planned | Fault:
        enrolment = self._newest.get(person.person_id)
        if enrolment is None or enrolment.cohort_id != self._cohort.cohort_id:
            return self._plan_joining(line, person, role, trainer_id, enrolment)
        if enrolment.role_id != role:
            found = f"{line.name} as {role}"
            return Fault(line.number, Column.ROLE, found, f"{enrolment.role_id}, for which they train in this cohort")
        if person.person_id in self._left:
            found = f"{line.name}, who has left the programme"
            return Fault(line.number, "", found, "somebody who is in it; put them in again on the cohort's page")
        has_trainer = trainer_id is None or (person.person_id, trainer_id) in self._trained
        step = Step.SAME if has_trainer else Step.TRAINER
        return Planned(line, step, person.login, role, person.person_id, trainer_id)

    def _plan_joining(
        self,
        line: Line,
        person: PersonName,
        role: RoleId,
        trainer_id: PersonId | None,
        enrolment: Enrolment | None,
    ) -> Planned | Fault:
        if enrolment is not None:
            found = f"{line.name}, who trains in another cohort of the programme"
            return Fault(line.number, "", found, "somebody who does not; move them on the cohort's page")
        try:
            check_bring_in(self._ledger, self._actor, person.person_id, self._cohort, before=None, now=self._now)
        except PlatformError as refusal:
            return Fault(line.number, "", line.name, f"somebody who may join. {refusal}")
        return Planned(line, Step.JOINS, person.login, role, person.person_id, trainer_id)

    @cached_property
    def _left(self) -> set[PersonId]:
        """Return who has left the programme since they were enrolled last."""
        last: dict[PersonId, ClockChange] = {}
        for pause in self._ledger.list_facts(Pause, programme_id=self._cohort.programme_id):
            enrolment = self._newest.get(pause.person_id)
            if enrolment is not None and pause.occurred_at >= enrolment.occurred_at:
                last[pause.person_id] = pause.change
        return {person_id for person_id, change in last.items() if change == ClockChange.WITHDRAWN}

    @cached_property
    def _trained(self) -> set[tuple[PersonId, PersonId]]:
        """Return who trains whom, of the trainers whom the file names."""
        ended = {one.target_id for one in self._ledger.list_facts(Amendment, change=Change.ENDED)}
        facts = (self._ledger.list_facts(Assignment, trainer_id=trainer_id) for trainer_id in self._named)
        given = [one for of_trainer in facts for one in of_trainer]
        return {(one.person_id, one.trainer_id) for one in given if one.fact_id not in ended}
