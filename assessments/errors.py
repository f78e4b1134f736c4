"""Broken rules of training and assessment. Each class composes its own sentence and keeps what it speaks of."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from curriculum.errors import PlatformError
from curriculum.ids import BlueprintId, ModuleId, ProgrammeId
from curriculum.phrases import Phrase, Sentence
from people.facts import FactId
from people.models import PersonId


class WrongInputError(PlatformError):
    """Something given does not fit."""

    def __init__(self, where: str, found: str, expected: str, advice: str) -> None:
        """Keep where it was, what was found, what is expected, and what to do (a whole sentence)."""
        self.where = where
        self.found = found
        self.expected = expected
        self.advice = advice
        super().__init__(
            "{where}: {found}; expected {expected}. {advice}",
            where=where,
            found=found,
            expected=expected,
            advice=advice,
        )


class UnknownVersionError(PlatformError):
    """A version of a programme was never published."""

    def __init__(self, programme_id: ProgrammeId, version_no: int) -> None:
        """Keep programme and version."""
        self.programme_id = programme_id
        self.version_no = version_no
        super().__init__(
            "Programme `{programme_id}` has no published version {version_no}. Publish it first.",
            programme_id=programme_id,
            version_no=version_no,
        )


class UnknownPartError(PlatformError):
    """A programme has no part of this id."""

    def __init__(self, programme_id: ProgrammeId, kind: str, part_id: str, near: str = "") -> None:
        """Keep the part's kind and id; `near` is the known id most like it."""
        self.programme_id = programme_id
        self.kind = kind
        self.part_id = part_id
        hint = f"Did you mean `{near}`?" if near else "Choose one that the programme lists."
        super().__init__(
            "Programme `{programme_id}` has no {kind} `{part_id}`. {hint}",
            programme_id=programme_id,
            kind=kind,
            part_id=part_id,
            hint=hint,
        )


class UnknownFactError(PlatformError):
    """Nothing in force is recorded under this id."""

    def __init__(self, kind: str, fact_id: FactId) -> None:
        """Keep the kind of record and its id."""
        self.kind = kind
        self.fact_id = fact_id
        super().__init__(
            "There is no {kind} {fact_id}, or it was withdrawn. Open the page again.", kind=kind, fact_id=fact_id
        )


class IdTakenError(PlatformError):
    """Something else is recorded under this id."""

    def __init__(self, fact_id: FactId) -> None:
        """Keep the id."""
        self.fact_id = fact_id
        super().__init__(
            "Something else is recorded under {fact_id}. Open the page again and enter it anew.", fact_id=fact_id
        )


class NotEnrolledError(PlatformError):
    """The person is not in the programme."""

    def __init__(self, person_id: PersonId, programme_id: ProgrammeId) -> None:
        """Keep person and programme."""
        self.person_id = person_id
        self.programme_id = programme_id
        super().__init__(
            "Person {person_id} is not enrolled in `{programme_id}`. Enrol them in a cohort first.",
            person_id=person_id,
            programme_id=programme_id,
        )


class HasLeftError(PlatformError):
    """The person has left the programme: nothing new is begun."""

    def __init__(self, person_id: PersonId, programme_id: ProgrammeId) -> None:
        """Keep person and programme."""
        self.person_id = person_id
        self.programme_id = programme_id
        super().__init__(
            "Person {person_id} has left `{programme_id}`. What was done stays on record. To go on, they "
            "have to be put into a cohort again.",
            person_id=person_id,
            programme_id=programme_id,
        )


class OwnRecordError(PlatformError):
    """Somebody tried to judge or record for themselves what another person has to."""

    def __init__(self, person_id: PersonId, what: str) -> None:
        """Keep the person and `what`, the refused act, such as "rate their own practice"."""
        self.person_id = person_id
        self.what = what
        super().__init__(
            "Person {person_id} cannot {what}. Ask another person who holds the office.", person_id=person_id, what=what
        )


class ModuleLockedError(PlatformError):
    """Other modules come before this one."""

    def __init__(self, module_id: ModuleId, missing: Sequence[ModuleId]) -> None:
        """Keep the module and those still to be read."""
        self.module_id = module_id
        self.missing = tuple(missing)
        super().__init__(
            "Module `{module_id}` opens later. First read to the end: {listed}.",
            module_id=module_id,
            listed=", ".join(missing),
        )


# ---------------------------------------------------------------- quizzes


class PoolTooSmallError(PlatformError):
    """A form cannot be drawn."""

    def __init__(self, blueprint_id: BlueprintId, wants: str, n_needed: int, n_found: int) -> None:
        """Keep the blueprint, what is drawn, how many are needed and how many there are."""
        self.blueprint_id = blueprint_id
        self.wants = wants
        self.n_needed = n_needed
        self.n_found = n_found
        super().__init__(
            "Quiz `{blueprint_id}` needs {n_needed} {wants}; the programme has {n_found}. Tell your training lead.",
            blueprint_id=blueprint_id,
            n_needed=n_needed,
            wants=wants,
            n_found=n_found,
        )


class AttemptClosedError(PlatformError):
    """The attempt was handed in."""

    def __init__(self, started_id: FactId) -> None:
        """Keep the form's id."""
        self.started_id = started_id
        super().__init__("This quiz was handed in already. Your answers are kept; open the result to see them.")


class AttemptPassedError(PlatformError):
    """The quiz is passed."""

    def __init__(self, blueprint_id: BlueprintId) -> None:
        """Keep the blueprint."""
        self.blueprint_id = blueprint_id
        super().__init__(
            "You have passed `{blueprint_id}`. You can still practise; your trainer can open it again.",
            blueprint_id=blueprint_id,
        )


class AttemptWaitError(PlatformError):
    """The waiting time after a failed attempt is not over."""

    def __init__(self, blueprint_id: BlueprintId, opens_at: datetime) -> None:
        """Keep the blueprint and the UTC instant from which a new attempt may start."""
        self.blueprint_id = blueprint_id
        self.opens_at = opens_at
        super().__init__(
            "`{blueprint_id}` opens again at {opens_at:%Y-%m-%d %H:%M} UTC. Read the sections meanwhile, or practise.",
            blueprint_id=blueprint_id,
            opens_at=opens_at,
        )


class AttemptsLockedError(PlatformError):
    """All attempts are used."""

    def __init__(self, blueprint_id: BlueprintId, allowed: int) -> None:
        """Keep the blueprint and how many attempts there were."""
        self.blueprint_id = blueprint_id
        self.allowed = allowed
        super().__init__(
            "All {allowed} attempts on `{blueprint_id}` are used. Ask your trainer to open it again.",
            allowed=allowed,
            blueprint_id=blueprint_id,
        )


class AttemptDoneError(PlatformError):
    """A quiz that is taken once was taken."""

    def __init__(self, blueprint_id: BlueprintId) -> None:
        """Keep the blueprint."""
        self.blueprint_id = blueprint_id
        super().__init__(
            "`{blueprint_id}` is taken once, and you have handed it in. Go on with your next step.",
            blueprint_id=blueprint_id,
        )


class OnlyPracticeError(PlatformError):
    """A quiz that is there to practise was to be taken so that it counts."""

    def __init__(self, blueprint_id: BlueprintId) -> None:
        """Keep the blueprint."""
        self.blueprint_id = blueprint_id
        super().__init__(
            "`{blueprint_id}` is there to practise: no attempt on it counts. Choose *Practise* in your quizzes.",
            blueprint_id=blueprint_id,
        )


class AttemptUnmarkedError(PlatformError):
    """A text of the last attempt is not marked yet."""

    def __init__(self, blueprint_id: BlueprintId) -> None:
        """Keep the blueprint."""
        self.blueprint_id = blueprint_id
        super().__init__(
            "A trainer still has to mark your text in `{blueprint_id}`. You will see here when it is done.",
            blueprint_id=blueprint_id,
        )


class FormVersionGoneError(PlatformError):
    """The version of the programme from which a form was drawn is not in the store."""

    def __init__(self, programme_id: ProgrammeId, version_no: int) -> None:
        """Keep programme and version."""
        self.programme_id = programme_id
        self.version_no = version_no
        super().__init__(
            "This quiz was drawn from version {version_no} of `{programme_id}`, which the store does not "
            "hold. Your answers are kept. Tell your training lead: a backup that holds the version has to be "
            "put back.",
            version_no=version_no,
            programme_id=programme_id,
        )


class ItemClosedError(PlatformError):
    """A question was answered for good: the trainee was told how they did."""

    def __init__(self, position: int) -> None:
        """Keep the item's place, from 0."""
        self.position = position
        super().__init__(
            "You were told how you did on question {value}, so its answer stays. Go on to the next.", value=position + 1
        )


class NothingToCheckError(PlatformError):
    """There is no answer to tell about, or the quiz tells only at its end."""

    def __init__(self, position: int) -> None:
        """Keep the item's place, from 0."""
        self.position = position
        super().__init__("Question {value} has no whole answer to look at yet. Answer it first.", value=position + 1)


class PathTakenError(PlatformError):
    """What was said in a scenario cannot be taken back."""

    def __init__(self, position: int) -> None:
        """Keep the item's place, from 0."""
        self.position = position
        super().__init__(
            "In question {value} the talk has gone on from what you said. Go on from there.", value=position + 1
        )


class SittingNeededError(PlatformError):
    """A quiz is taken only while a trainer watches."""

    def __init__(self, blueprint_id: BlueprintId) -> None:
        """Keep the blueprint."""
        self.blueprint_id = blueprint_id
        super().__init__(
            "`{blueprint_id}` is taken with a trainer in the room. Type the code that their screen shows.",
            blueprint_id=blueprint_id,
        )


class SittingCodeError(PlatformError):
    """No sitting that is open now has this code."""

    def __init__(self, code: str) -> None:
        """Keep the code as typed."""
        self.code = code
        super().__init__(
            "No sitting of this quiz is open under `{found}`. Look at the trainer's screen again.", found=code[:20]
        )


class TextMarkedError(PlatformError):
    """A text was marked already, or this marker has marked it before."""

    def __init__(self, advice: str) -> None:
        """Keep what to do."""
        super().__init__("This text is marked already, or you have marked it before. {advice}", advice=advice)


class MediaMissingError(PlatformError):
    """A programme shows files whose bytes were not given."""

    def __init__(self, names: Sequence[str]) -> None:
        """Keep the files' names."""
        self.names = tuple(names)
        super().__init__(
            "These files of the programme are missing or have changed: {listed}. Put them into its folder "
            "`media`, and open this page again.",
            listed=", ".join(names),
        )


class NothingToUnlockError(PlatformError):
    """The trainee may start an attempt already."""

    def __init__(self, blueprint_id: BlueprintId) -> None:
        """Keep the blueprint."""
        self.blueprint_id = blueprint_id
        super().__init__(
            "`{blueprint_id}` is open for this trainee already. They can start or go on now.", blueprint_id=blueprint_id
        )


# ---------------------------------------------------------------- observations and holds


class NotTheRaterError(PlatformError):
    """Only who began a form may change it."""

    def __init__(self, opened_id: FactId, rater_id: PersonId) -> None:
        """Keep the form and its rater."""
        self.opened_id = opened_id
        self.rater_id = rater_id
        super().__init__(
            "Only the rater, person {rater_id}, can work on this form. Begin a form of your own.", rater_id=rater_id
        )


class StillBlindError(PlatformError):
    """A rater may not see how another rated the same performance before they have submitted their own form."""

    def __init__(self, opened_id: FactId) -> None:
        """Keep the rater's own form."""
        self.opened_id = opened_id
        super().__init__(
            "You have begun a form of your own about this session. Submit it, then you can see how the other trainer "
            "rated it."
        )


class RoundTooSoonError(PlatformError):
    """A new round of vignettes begins some days after the last one."""

    def __init__(self, days: int) -> None:
        """Keep the days between."""
        self.days = days
        super().__init__(
            "You have seen what is right in these scenes. Begin the next round {days} days after the last one.",
            days=days,
        )


class NotContestedError(PlatformError):
    """There are no two views two levels apart between which to decide."""

    def __init__(self, observation_id: FactId) -> None:
        """Keep the observation."""
        self.observation_id = observation_id
        super().__init__(
            "No other trainer saw this performance two levels apart, so there is nothing to settle. "
            "Open the list again."
        )


class SettledError(PlatformError):
    """Between the views of this performance it was decided before."""

    def __init__(self, chosen_id: FactId) -> None:
        """Keep the observation that counts."""
        self.chosen_id = chosen_id
        super().__init__("These views were settled before. Open the list again to see how, and by whom.")


class InterestedError(PlatformError):
    """Who has an interest in a person does not judge them."""

    def __init__(self) -> None:
        """Say who can."""
        super().__init__(
            "You have declared an interest in this person, or led sessions with them. Another training lead has to "
            "settle it. If there is none, the manager can give somebody from outside that office until a day."
        )


class LedItError(PlatformError):
    """Who led a session rates nobody who led it with them."""

    def __init__(self) -> None:
        """Say who can."""
        super().__init__(
            "You led this session, so you cannot rate your partner as a trainer. Another trainer of theirs who was "
            "there has to. What you saw as a partner goes on the partner's form, under Practice."
        )


class RaterOfItError(PlatformError):
    """Who rated a performance does not decide which view of it counts."""

    def __init__(self) -> None:
        """Say who can."""
        super().__init__(
            "You rated this performance yourself, so another training lead settles it. If there is none, the manager "
            "can give somebody from outside that office until a day."
        )


class FormClosedError(PlatformError):
    """The form was submitted."""

    def __init__(self, opened_id: FactId) -> None:
        """Keep the form."""
        self.opened_id = opened_id
        super().__init__("This form was submitted already and stays as it is. Begin a new one for what you saw since.")


class UnansweredLinesError(PlatformError):
    """A form that needs every line answered has open ones."""

    def __init__(self, lines: Sequence[str]) -> None:
        """Keep the titles of the open lines."""
        self.lines = tuple(lines)
        super().__init__("Every line of this form counts. Still to answer: {listed}.", listed="; ".join(lines))


class HarmNotConfirmedError(PlatformError):
    """Something harmful was ticked where it stops practice; the rater has to confirm it."""

    def __init__(self, behaviours: Sequence[str]) -> None:
        """Keep the texts of the behaviours."""
        self.behaviours = tuple(behaviours)
        super().__init__(
            "You ticked: {listed}. If this is what you saw, confirm it: practice then stops until the "
            "safeguarding lead has spoken with you both. If it was a slip, take the tick back.",
            listed="; ".join(behaviours),
        )


class OtherContentError(PlatformError):
    """A device has sent another form under the number of one that is kept."""

    def __init__(self, record_id: FactId) -> None:
        """Keep the number."""
        self.record_id = record_id
        super().__init__(
            "Another form was sent under this number before, and is kept. This one was not kept: copy its text, and "
            "enter it anew on the page Observe."
        )


class TraineeErasedError(PlatformError):
    """The person whom a form is about was erased: nothing more is kept of them."""

    def __init__(self) -> None:
        """Compose the sentence."""
        super().__init__("This person's records were erased. The form was not kept, and is deleted from this device.")


class HeldSettledError(PlatformError):
    """It was decided before what becomes of the held form."""

    def __init__(self, record_id: FactId) -> None:
        """Keep the form's number."""
        self.record_id = record_id
        super().__init__("This form was settled already. Open the list again to see how, and by whom.")


class NoHarmError(PlatformError):
    """There is nothing to debrief."""

    def __init__(self, observation_id: FactId) -> None:
        """Keep the observation."""
        self.observation_id = observation_id
        super().__init__("Nothing harmful was seen on a critical line of this observation, so it needs no debrief.")


class HoldEndedError(PlatformError):
    """The hold was lifted or withdrawn before."""

    def __init__(self, hold_id: FactId) -> None:
        """Keep the hold."""
        self.hold_id = hold_id
        super().__init__("This hold has ended already. Open the page again to see how.")


class SlipTooLateError(PlatformError):
    """A slip can be withdrawn for a day only."""

    def __init__(self, hours: int) -> None:
        """Keep the hours that were given."""
        self.hours = hours
        super().__init__(
            "A slip can be withdrawn within {hours} hours; that time is over. Ask the safeguarding lead or the deputy.",
            hours=hours,
        )


# ---------------------------------------------------------------- meetings and support


class SkippedTimeError(PlatformError):
    """A time on the wall that there is not: the clocks go forward over it."""

    def __init__(self, day: date, clock: str, zone: str) -> None:
        """Keep the day, the time on the clock, and the zone."""
        self.day = day
        self.clock = clock
        self.zone = zone
        super().__init__(
            "On {day:%Y-%m-%d} the clocks in {zone} go forward over {clock}: there is no such time that day. "
            "Choose an earlier or a later time.",
            day=day,
            zone=zone,
            clock=clock,
        )


class TimeTakenError(PlatformError):
    """Somebody already has a meeting then."""

    def __init__(self, person_id: PersonId, day: date, clock: str) -> None:
        """Keep who is taken, and when their other meeting begins on the clock."""
        self.person_id = person_id
        self.day = day
        self.clock = clock
        super().__init__(
            "Person {person_id} already has a meeting on {day:%Y-%m-%d} at {clock}, which overlaps. Choose "
            "another time, or cancel that meeting first.",
            person_id=person_id,
            day=day,
            clock=clock,
        )


class GroupFullError(PlatformError):
    """As many as fit are in the group meeting already."""

    def __init__(self, n_places: int) -> None:
        """Keep how many fit."""
        self.n_places = n_places
        super().__init__(
            "This group meeting is full: {n_places} people have a place. Choose another time.", n_places=n_places
        )


class NotFreeError(PlatformError):
    """The supervisor has not said that they are free then."""

    def __init__(self, person_id: PersonId, day: date, clock: str) -> None:
        """Keep the supervisor, and the time on the clock."""
        self.person_id = person_id
        self.day = day
        self.clock = clock
        super().__init__(
            "Person {person_id} has no free time on {day:%Y-%m-%d} at {clock}, or somebody has just taken "
            "it. Choose one of the times that are shown.",
            person_id=person_id,
            day=day,
            clock=clock,
        )


class MeetingClosedError(PlatformError):
    """The meeting was held, did not happen, or was called off."""

    def __init__(self, meeting_id: FactId, outcome: str) -> None:
        """Keep the meeting and what became of it."""
        self.meeting_id = meeting_id
        self.outcome = outcome
        super().__init__(
            "This meeting is closed already: {replace}. Open the page again to see it.",
            replace=outcome.replace("_", " "),
        )


class MeetingNotBegunError(PlatformError):
    """What became of a meeting can be said once it has begun."""

    def __init__(self, starts_at: datetime) -> None:
        """Keep the instant at which it begins."""
        self.starts_at = starts_at
        super().__init__(
            "This meeting begins at {starts_at:%Y-%m-%d %H:%M} UTC. Close it when it has begun, or cancel it now.",
            starts_at=starts_at,
        )


class CheckInNotChosenError(PlatformError):
    """Nobody checks in before they were told what it is for."""

    def __init__(self) -> None:
        """Compose the sentence."""
        super().__init__("First read what the check-in is for and who sees it. Then choose whether to use it.")


# ---------------------------------------------------------------- appeals


class NotAppealableError(PlatformError):
    """There is nothing to appeal against."""

    def __init__(self, fact_id: FactId) -> None:
        """Keep the fact that was named."""
        self.fact_id = fact_id
        super().__init__(
            "Nobody can appeal against this, or it was taken back already. "
            "You can appeal against a rating, a hold, a sign-off that was revoked, and a quiz that is locked."
        )


class AppealTooLateError(PlatformError):
    """The time for an appeal is over."""

    def __init__(self, until: date, n_days: int) -> None:
        """Keep the last day, and how many days there were."""
        self.until = until
        self.n_days = n_days
        super().__init__(
            "You could appeal for {n_days} days, until {until:%Y-%m-%d}. Talk with your trainer or training "
            "lead: they can look at it with you all the same.",
            n_days=n_days,
            until=until,
        )


class AppealClosedError(PlatformError):
    """The appeal was decided or taken back, or what it was about is gone."""

    def __init__(self, appeal_id: FactId) -> None:
        """Keep the appeal."""
        self.appeal_id = appeal_id
        super().__init__("This appeal is closed already. Open the page again to see how.")


class InvolvedError(PlatformError):
    """Somebody who was involved would decide on an appeal."""

    def __init__(self, why: str, decider_ids: Sequence[PersonId]) -> None:
        """Keep the reason, a whole sentence, and who can decide."""
        self.why = why
        self.decider_ids = tuple(decider_ids)
        who = " or ".join(f"person {person_id}" for person_id in decider_ids)
        super().__init__(f"{why} " + (f"It can be decided by {who}." if who else NOBODY_DECIDES))


NOBODY_DECIDES: Final = (
    "Nobody here can decide without being involved. The programme manager has to give somebody from outside the office "
    "that can, until a day."
)


# ---------------------------------------------------------------- decisions and programmes


class NotDecidableError(PlatformError):
    """No decision can be taken now."""

    def __init__(self, why_not: Sentence) -> None:
        """Keep the reason, a whole sentence."""
        self.why_not = why_not
        if isinstance(why_not, Phrase):
            super().__init__(why_not.template, **why_not.shown())
        else:
            super().__init__(why_not)


class AlreadyDecidedError(PlatformError):
    """Somebody else was first."""

    def __init__(self, fact_id: FactId, actor_id: PersonId, occurred_at: datetime) -> None:
        """Keep what is recorded, by whom, and when."""
        self.fact_id = fact_id
        self.actor_id = actor_id
        self.occurred_at = occurred_at
        super().__init__(
            "Person {actor_id} has decided this at {occurred_at:%Y-%m-%d %H:%M} UTC. Open the page again to see it.",
            actor_id=actor_id,
            occurred_at=occurred_at,
        )


class HandOverError(PlatformError):
    """Not everything a trainer leaves behind has found somebody."""

    def __init__(self, faults: Sequence[str]) -> None:
        """Keep what is wrong with each choice, a phrase each."""
        self.faults = tuple(faults)
        super().__init__("Nothing was handed over yet. Still to settle: {listed}.", listed="; ".join(faults))


class OutcomesError(PlatformError):
    """A cohort closes only when it is known how each person leaves it."""

    def __init__(self, faults: Sequence[str]) -> None:
        """Keep what is wrong with each person's outcome, a phrase each."""
        self.faults = tuple(faults)
        super().__init__("The cohort stays open. Still to settle: {listed}.", listed="; ".join(faults))


class LateEntryError(PlatformError):
    """What is entered happened long ago, and no reason is given."""

    def __init__(self, day: date, n_days: int) -> None:
        """Keep the day, and after how many days a reason is asked for."""
        self.day = day
        self.n_days = n_days
        super().__init__(
            "{day:%Y-%m-%d} is more than {n_days} days ago. Choose why it is entered so late.", day=day, n_days=n_days
        )


class NotActivatableError(PlatformError):
    """A hub cannot go live with a version yet."""

    def __init__(self, missing: Sequence[str]) -> None:
        """Keep all that is missing."""
        self.missing = tuple(missing)
        super().__init__("The programme cannot go live here yet. Missing: {listed}.", listed="; ".join(missing))


class ReportMeanwhileError(PlatformError):
    """Another report was issued since this one was made."""

    def __init__(self, report_no: int) -> None:
        """Keep the number that was to be given."""
        self.report_no = report_no
        super().__init__(
            "Report {report_no} was issued meanwhile. Prepare the report again, so that it is held against that one.",
            report_no=report_no,
        )


class ReportDamagedError(PlatformError):
    """A report is no longer what was issued."""

    def __init__(self, report_no: int) -> None:
        """Keep its number."""
        self.report_no = report_no
        super().__init__(
            "Report {report_no} is not what was issued: its hash differs. Run `python -m store verify`, and restore a "
            "backup.",
            report_no=report_no,
        )


class RoundClosedError(PlatformError):
    """A judge answers in a round that is over."""

    def __init__(self, round_no: int) -> None:
        """Keep the round's number."""
        self.round_no = round_no
        super().__init__(
            "Round {round_no} is closed: nothing was saved. Open the page again to see what came of it.",
            round_no=round_no,
        )


class SheetKnownError(PlatformError):
    """A form of this code is here already, and says something else."""

    def __init__(self, sheet: str, differs: str) -> None:
        """Keep the form's code, and in what it differs."""
        self.sheet = sheet
        self.differs = differs
        super().__init__(
            "Form {sheet} is here already, and differs in: {differs}. If the sheet was photocopied, give each copy a "
            "number of its own in the column copy. If a cell was mistyped, mend it. What is recorded is corrected in "
            "the app.",
            sheet=sheet,
            differs=differs,
        )


class OtherRaterError(PlatformError):
    """A trainer takes over a sheet that another trainer filled in."""

    def __init__(self, observer: str) -> None:
        """Keep the observer's code."""
        self.observer = observer
        super().__init__(
            "Observer {observer} is another trainer. You can take over your own sheets; ask them, or a training lead, "
            "to take over theirs.",
            observer=observer,
        )
