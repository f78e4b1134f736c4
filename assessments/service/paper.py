"""Forms filled in on paper: a batch is tried first, and then taken over through the use cases of *Observe*."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, cast
from zoneinfo import ZoneInfo

from assessments.errors import OtherRaterError, SheetKnownError, WrongInputError
from assessments.facts import Calibration, Observation, ObservationOpened, Relation, SheetTakenOver
from assessments.observations import why_not_counting
from assessments.paper.batch import Batch, Row, read_batch
from assessments.paper.codes import content_code, person_code, same_content
from assessments.paper.columns import Head, column_names
from assessments.paper.filled import Filled, SheetKey, read_filled, read_key, read_person
from assessments.paper.trial import TrialLedger
from assessments.ports import HubLedger, Ledger
from assessments.service.access import require_other
from assessments.service.dates import check_lateness, instant_on
from assessments.service.observations.forms import Form, find_observation, load_answers, record_ticks
from assessments.service.observations.opening import open_observation
from assessments.service.observations.submitting import submit_observation
from curriculum.errors import PlatformError
from curriculum.gates import AssessorGate
from curriculum.ids import ChecklistId, ProgrammeId
from curriculum.models import Checklist, Programme
from people.csv_text import Fault
from people.errors import NotAllowedError
from people.facts import Enrolment
from people.ids import derived_fact_id
from people.models import Actor, PersonId
from people.rights import Record, Right, may_hold, may_in_hub, require_on_person
from people.service.sessions import held_grants

Progress = Callable[[int, int], None]

TOGETHER: Final = 50
"""So many forms are recorded in one go."""

_MONTH_DAYS: Final = 30.44


class Outcome(StrEnum):
    """What becomes of a form of a batch.

    Harm: something unhelpful is ticked on a critical line, and whoever takes the form over has not said that it was
    seen; then the form waits.
    """

    NEW = "new"
    SAME = "same"
    HARM = "harm"
    REFUSED = "refused"


class Note(StrEnum):
    """What is worth knowing of a form that is taken over."""

    FORMATIVE = "formative"
    UNANSWERED = "unanswered"
    UNCALIBRATED = "uncalibrated"


@dataclass(frozen=True, slots=True)
class Line:
    """One form of a batch.

    Attributes:
        number: Its line in the file, from 1.
        sheet: The code of its sheet; empty when it could not be read.
        outcome: What becomes of it.
        person_id: Whom it is about, once that is known.
        refusal: Why it is refused.
        harmful: What was ticked that opens a hold, in the checklist's words.
        notes: What else is worth knowing.
    """

    number: int
    sheet: str
    outcome: Outcome
    person_id: PersonId | None = None
    refusal: PlatformError | None = None
    harmful: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What a batch is, or was.

    Attributes:
        encoding: How the file was read.
        delimiter: What parts its cells.
        faults: What is wrong with the file; then no line was looked at.
        lines: Each form, in the file's order.
    """

    encoding: str
    delimiter: str
    faults: tuple[Fault, ...] = ()
    lines: tuple[Line, ...] = ()

    def count(self, outcome: Outcome) -> int:
        """Return how many forms have this outcome."""
        return sum(line.outcome is outcome for line in self.lines)


def take_over(
    ledger: HubLedger,
    actor: Actor,
    content: bytes,
    *,
    saw: Collection[str],
    is_dry: bool,
    now: datetime,
    progress: Progress = lambda _done, _all: None,
) -> Report:
    """Try a batch of filled-in forms, or take it over. A second time changes nothing, and says so.

    Each form runs through the use cases of *Observe* in the rater's name, on a ledger that only remembers; what is
    taken over is then recorded, each form whole, with who took it over.

    Args:
        ledger: Where facts are.
        actor: A trainer with their own sheets or those of their trainees, a training lead of the hub, or the operator.
        content: The file.
        saw: The sheets of which the actor says that what is unhelpful was seen.
        is_dry: Whether to write nothing.
        now: The time.
        progress: Told how far it is.

    Raises:
        NotAllowedError: The actor may take over nobody's sheets.
    """
    if not may_hold(actor, Right.TAKE_OVER, Record.OBSERVATION):
        raise NotAllowedError("take over sheets of paper")
    batch = read_batch(content)
    report = Report(batch.encoding, batch.delimiter, batch.faults)
    if batch.faults:
        return report
    desk = _Desk(ledger, TrialLedger(ledger), actor, batch, frozenset(saw), is_dry, now)
    lines: list[Line] = []
    late: set[str] = set()
    for n_done, row in enumerate(batch.rows):
        progress(n_done, len(batch.rows))
        lines.append(desk.take(row))
        if desk.strange:
            return replace(report, faults=desk.strange)
        if desk.trial.n_ready >= TOGETHER:
            late.update(desk.trial.record_ready())
    late.update(desk.trial.record_ready())
    progress(len(batch.rows), len(batch.rows))
    return replace(report, lines=tuple(_settled(line, late) for line in lines))


def _settled(line: Line, late: Collection[str]) -> Line:
    """Return the line as it turned out: for a sheet that is late, somebody else was quicker."""
    is_late = line.outcome is Outcome.NEW and line.sheet in late
    return replace(line, outcome=Outcome.SAME) if is_late else line


@dataclass(slots=True)
class _Sheet:
    """A form whose checklist is known."""

    key: SheetKey
    person_id: PersonId
    rater: Actor
    programme: Programme
    checklist: Checklist
    content: str
    filled: Filled
    began_at: datetime
    ended_at: datetime
    late_reason: str


@dataclass(slots=True)
class _Desk:
    """Where a batch is worked through, line by line."""

    ledger: HubLedger
    trial: TrialLedger
    actor: Actor
    batch: Batch
    saw: frozenset[str]
    is_dry: bool
    now: datetime
    strange: tuple[Fault, ...] = ()
    _raters: dict[PersonId, Actor] = field(default_factory=dict[PersonId, Actor])
    _contents: dict[tuple[ProgrammeId, int, ChecklistId], str] = field(
        default_factory=dict[tuple[ProgrammeId, int, ChecklistId], str]
    )
    _first: tuple[ChecklistId, str] | None = None

    def take(self, row: Row) -> Line:
        """Return what becomes of a row."""
        line = Line(row.number, "", Outcome.REFUSED)
        try:
            key = read_key(row)
            line = replace(line, sheet=key.name)
            person_id = self._read_trainee(row)
            line = replace(line, person_id=person_id)
            sheet = self._read(key, person_id, row)
            return line if self.strange else self._settle(line, sheet)
        except PlatformError as refusal:
            self.trial.give_up()
            return replace(line, refusal=refusal)

    # ------------------------------------------------------------ reading

    def _read_trainee(self, row: Row) -> PersonId:
        person_id = read_person(row, Head.TRAINEE)
        if person_id is None:
            raise WrongInputError(Head.TRAINEE, "nothing", "the trainee's code", "Look at the sheet.")
        require_other(self.actor, person_id, "take over sheets about themselves")
        require_on_person(self.actor, Right.TAKE_OVER, Record.OBSERVATION, self.ledger.subject(person_id))
        return person_id

    def _read(self, key: SheetKey, person_id: PersonId, row: Row) -> _Sheet:
        programme, checklist, content = self._find_checklist(person_id, row)
        rater = self._find_rater(person_id, programme, checklist, row)
        filled = read_filled(programme, checklist, row)
        late_reason = check_lateness(self._services, filled.day, self.now, filled.late_reason)
        began_at, ended_at = self._times(programme, filled)
        return _Sheet(key, person_id, rater, programme, checklist, content, filled, began_at, ended_at, late_reason)

    @property
    def _services(self) -> Ledger:
        """Return the ledger that the use cases run on."""
        return cast(Ledger, self.trial)

    def _find_checklist(self, person_id: PersonId, row: Row) -> tuple[Programme, Checklist, str]:
        """Return the checklist of the person's programmes that asks what the sheet asked."""
        typed, printed = ChecklistId(row.get(Head.CHECKLIST)), row.get(Head.CONTENT)
        of_id: list[str] = []
        for version_no, programme in self._programmes_of(person_id):
            checklist = programme.checklist_by_id.get(typed)
            if checklist is None or not checklist.lines:
                continue
            content = self._content_of(programme, version_no, checklist)
            if same_content(printed, content):
                self._check_file(programme, checklist, content)
                return programme, checklist, content
            of_id.append(content)
        if of_id:
            advice = "The sheet asked something else than the trainee's version does: fill it in on the page Observe."
            raise WrongInputError(Head.CONTENT, f"“{printed}”", " or ".join(of_id), advice)
        advice = "Logs are written in the app; for all others look at the sheet."
        raise WrongInputError(Head.CHECKLIST, f"“{typed}”", "a checklist of a programme that the trainee is in", advice)

    def _programmes_of(self, person_id: PersonId) -> list[tuple[int, Programme]]:
        joined = dict.fromkeys(one.programme_id for one in self.ledger.list_facts(Enrolment, person_id))
        in_force = [self.ledger.enrolment(person_id, programme_id) for programme_id in joined]
        return [
            (one.version_no, self.ledger.programme(one.programme_id, one.version_no))
            for one in in_force
            if one is not None
        ]

    def _content_of(self, programme: Programme, version_no: int, checklist: Checklist) -> str:
        key = (programme.head.id, version_no, checklist.id)
        if key not in self._contents:
            self._contents[key] = content_code(programme, checklist)
        return self._contents[key]

    def _check_file(self, programme: Programme, checklist: Checklist, content: str) -> None:
        """Look at the file's columns when its checklist is known; all its forms are of one."""
        if self._first is None:
            self._first = (checklist.id, content)
            self.strange = self.batch.strange_to(column_names(programme, checklist))
        elif self._first != (checklist.id, content):
            advice = "Put the sheets of each checklist into a file of their own."
            raise WrongInputError(Head.CHECKLIST, f"“{checklist.id}”", f"{self._first[0]}, as above", advice)

    def _find_rater(self, person_id: PersonId, programme: Programme, checklist: Checklist, row: Row) -> Actor:
        """Return who filled the sheet in, with their offices: whether they may rate is for the use cases to say."""
        rater_id = read_person(row, Head.OBSERVER)
        if checklist.rater is Relation.SELF:
            rater_id = rater_id or person_id
        if rater_id is None and checklist.rater is Relation.TRAINER and not self.actor.is_operator:
            rater_id = self.actor.person_id
        if rater_id is None:
            raise WrongInputError(Head.OBSERVER, "nothing", "the code of who filled it in", "Look at the sheet.")
        if checklist.rater is Relation.TRAINER and rater_id != self.actor.person_id:
            self._require_lead(person_id, programme, rater_id)
        if rater_id not in self._raters:
            self._raters[rater_id] = Actor(rater_id, "", held_grants(self.ledger, rater_id, self.now))
        return self._raters[rater_id]

    def _require_lead(self, person_id: PersonId, programme: Programme, rater_id: PersonId) -> None:
        enrolment = self.ledger.enrolment(person_id, programme.head.id)
        hub_id = enrolment.hub_id if enrolment else None
        if hub_id is None or not may_in_hub(self.actor, Right.TAKE_OVER, Record.OBSERVATION, hub_id):
            raise OtherRaterError(person_code(rater_id))

    def _times(self, programme: Programme, filled: Filled) -> tuple[datetime, datetime]:
        """Return when the form was begun and ended; one instant of the day where no times were written."""
        some_time = instant_on(self._services, filled.day, self.now, Head.DAY)
        if filled.began is None or filled.ended is None:
            return some_time, some_time
        began, ended = (_on_wall(filled.day, at, programme) for at in (filled.began, filled.ended))
        if ended < began:
            found = f"{filled.ended:%H:%M}, before {filled.began:%H:%M}"
            raise WrongInputError(Head.ENDED, found, "a time after it began", "Look at both times.")
        if ended > self.now:
            found = f"{filled.day} {filled.ended:%H:%M}, which has not come yet"
            raise WrongInputError(Head.ENDED, found, "a time that has passed", "Look at the day and the times.")
        return began, ended

    # ------------------------------------------------------------ taking over

    def _settle(self, line: Line, sheet: _Sheet) -> Line:
        earlier = self._services.find(ObservationOpened, sheet.key.fact_id)
        if earlier is not None:
            self._check_same(earlier, sheet)
            return replace(line, outcome=Outcome.SAME)
        form = self._fill(sheet)
        harmful = tuple(one.text for one in form.critical_seen) if form.needs_confirmation else ()
        line = replace(line, harmful=harmful, notes=self._notes(sheet, form))
        if harmful and sheet.key.name not in self.saw:
            self._submit(sheet)
            self.trial.give_up()
            return replace(line, outcome=Outcome.HARM)
        self._submit(sheet)
        if self.is_dry:
            self.trial.pass_over()
        else:
            self.trial.hold_ready(sheet.key.name)
        return replace(line, outcome=Outcome.NEW)

    def _fill(self, sheet: _Sheet) -> Form:
        filled = sheet.filled
        opened = open_observation(
            self._services,
            sheet.rater,
            sheet.person_id,
            sheet.programme.head.id,
            sheet.checklist.id,
            setting=filled.setting,
            stage=filled.stage,
            scenario_id=filled.scenario_id,
            session_code=filled.session_code,
            relation=sheet.checklist.rater,
            counts=filled.counts,
            has_co_leader=filled.has_second_leader,
            now=sheet.began_at,
            fact_id=sheet.key.fact_id,
        )
        record_ticks(self._services, sheet.rater, opened.fact_id, filled.answers, sheet.ended_at)
        return load_answers(self._services, opened, is_submitted=False)

    def _submit(self, sheet: _Sheet) -> None:
        filled = sheet.filled
        submit_observation(
            self._services,
            sheet.rater,
            sheet.key.fact_id,
            global_rating=filled.overall,
            entrustment=filled.help_needed,
            strength=filled.strength,
            next_step=filled.next_step,
            confirms_harm=True,
            now=sheet.ended_at,
        )
        self.trial.append(
            SheetTakenOver(
                fact_id=derived_fact_id(sheet.key.fact_id, "taken over"),
                person_id=sheet.person_id,
                actor_id=self.actor.person_id,
                occurred_at=self.now,
                opened_id=sheet.key.fact_id,
                source=sheet.key.source,
                sheet=sheet.key.name,
                content=sheet.content,
                late_reason=sheet.late_reason,
            )
        )

    def _notes(self, sheet: _Sheet, form: Form) -> tuple[Note, ...]:
        reason = why_not_counting(sheet.filled.setting, sheet.checklist.rater, sheet.filled.has_second_leader)
        found = {
            Note.FORMATIVE: sheet.filled.counts and bool(reason),
            Note.UNANSWERED: bool(form.unanswered),
            Note.UNCALIBRATED: sheet.filled.counts and not self._is_calibrated(sheet),
        }
        return tuple(note for note, is_so in found.items() if is_so)

    def _is_calibrated(self, sheet: _Sheet) -> bool:
        """Return whether the rater's calibration was in date that day, as the programme's rule for observers asks."""
        months = min((gate.months for gate in sheet.programme.gates if isinstance(gate, AssessorGate)), default=None)
        if months is None:
            return True
        limit = timedelta(days=months * _MONTH_DAYS)
        taken = self.ledger.list_facts(Calibration, sheet.rater.person_id, programme_id=sheet.programme.head.id)
        return any(one.is_passed and timedelta() <= sheet.ended_at - one.occurred_at <= limit for one in taken)

    # ------------------------------------------------------------ what is here already

    def _check_same(self, opened: ObservationOpened, sheet: _Sheet) -> None:
        """Return when the form is recorded as the row says.

        Raises:
            SheetKnownError: It says something else.
        """
        filled = sheet.filled
        done = find_observation(self._services, opened.fact_id)
        differing = {
            Head.TRAINEE: opened.person_id != sheet.person_id,
            Head.OBSERVER: opened.actor_id != sheet.rater.person_id,
            Head.CHECKLIST: opened.checklist_id != sheet.checklist.id,
            Head.DAY: self.ledger.day_of(opened.occurred_at) != filled.day,
            Head.SETTING: opened.setting != filled.setting,
            Head.STAGE: opened.stage != filled.stage,
            Head.SCENARIO: opened.scenario_id != filled.scenario_id,
            Head.SESSION: opened.session_code != filled.session_code,
            "overall or help": _judged(done) != (filled.overall, filled.help_needed),
            "answers": self._states(opened) != {(line, one): state for line, one, state in filled.answers},
        }
        names = [str(name) for name, is_other in differing.items() if is_other]
        if names:
            raise SheetKnownError(sheet.key.name, ", ".join(names))

    def _states(self, opened: ObservationOpened) -> object:
        return load_answers(self._services, opened, is_submitted=True).states


def _judged(observation: Observation | None) -> tuple[str, int] | None:
    return (observation.global_rating, observation.entrustment) if observation else None


def _on_wall(day: date, at: time, programme: Programme) -> datetime:
    return datetime.combine(day, at, ZoneInfo(programme.head.timezone)).astimezone(UTC)
