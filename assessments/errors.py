"""Broken rules of training and assessment. Each class composes its own sentence and keeps what it speaks of."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from curriculum.errors import PlatformError
from curriculum.ids import BlueprintId, ModuleId, ProgrammeId
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
        super().__init__(f"{where}: {found}; expected {expected}. {advice}")


class UnknownVersionError(PlatformError):
    """A version of a programme was never published."""

    def __init__(self, programme_id: ProgrammeId, version_no: int) -> None:
        """Keep programme and version."""
        self.programme_id = programme_id
        self.version_no = version_no
        super().__init__(f"Programme `{programme_id}` has no published version {version_no}. Publish it first.")


class UnknownPartError(PlatformError):
    """A programme has no part of this id."""

    def __init__(self, programme_id: ProgrammeId, kind: str, part_id: str, near: str = "") -> None:
        """Keep the part's kind and id; `near` is the known id most like it."""
        self.programme_id = programme_id
        self.kind = kind
        self.part_id = part_id
        hint = f"Did you mean `{near}`?" if near else "Choose one that the programme lists."
        super().__init__(f"Programme `{programme_id}` has no {kind} `{part_id}`. {hint}")


class UnknownFactError(PlatformError):
    """Nothing in force is recorded under this id."""

    def __init__(self, kind: str, fact_id: FactId) -> None:
        """Keep the kind of record and its id."""
        self.kind = kind
        self.fact_id = fact_id
        super().__init__(f"There is no {kind} {fact_id}, or it was withdrawn. Open the page again.")


class IdTakenError(PlatformError):
    """Something else is recorded under this id."""

    def __init__(self, fact_id: FactId) -> None:
        """Keep the id."""
        self.fact_id = fact_id
        super().__init__(f"Something else is recorded under {fact_id}. Open the page again and enter it anew.")


class NotEnrolledError(PlatformError):
    """The person is not in the programme."""

    def __init__(self, person_id: PersonId, programme_id: ProgrammeId) -> None:
        """Keep person and programme."""
        self.person_id = person_id
        self.programme_id = programme_id
        super().__init__(f"Person {person_id} is not enrolled in `{programme_id}`. Enrol them in a cohort first.")


class HasLeftError(PlatformError):
    """The person has left the programme: nothing new is begun."""

    def __init__(self, person_id: PersonId, programme_id: ProgrammeId) -> None:
        """Keep person and programme."""
        self.person_id = person_id
        self.programme_id = programme_id
        super().__init__(
            f"Person {person_id} has left `{programme_id}`. What was done stays on record. "
            "To go on, they have to be put into a cohort again."
        )


class OwnRecordError(PlatformError):
    """Somebody tried to judge or record for themselves what another person has to."""

    def __init__(self, person_id: PersonId, what: str) -> None:
        """Keep the person and `what`, the refused act, such as "rate their own practice"."""
        self.person_id = person_id
        self.what = what
        super().__init__(f"Person {person_id} cannot {what}. Ask another person who holds the office.")


class ModuleLockedError(PlatformError):
    """Other modules come before this one."""

    def __init__(self, module_id: ModuleId, missing: Sequence[ModuleId]) -> None:
        """Keep the module and those still to be read."""
        self.module_id = module_id
        self.missing = tuple(missing)
        super().__init__(f"Module `{module_id}` opens later. First read to the end: {', '.join(missing)}.")


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
            f"Quiz `{blueprint_id}` needs {n_needed} {wants}; the programme has {n_found}. Tell your training lead."
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
        super().__init__(f"You have passed `{blueprint_id}`. You can still practise; your trainer can open it again.")


class AttemptWaitError(PlatformError):
    """The waiting time after a failed attempt is not over."""

    def __init__(self, blueprint_id: BlueprintId, opens_at: datetime) -> None:
        """Keep the blueprint and the UTC instant from which a new attempt may start."""
        self.blueprint_id = blueprint_id
        self.opens_at = opens_at
        super().__init__(
            f"`{blueprint_id}` opens again at {opens_at:%Y-%m-%d %H:%M} UTC. Read the sections meanwhile, or practise."
        )


class AttemptsLockedError(PlatformError):
    """All attempts are used."""

    def __init__(self, blueprint_id: BlueprintId, allowed: int) -> None:
        """Keep the blueprint and how many attempts there were."""
        self.blueprint_id = blueprint_id
        self.allowed = allowed
        super().__init__(f"All {allowed} attempts on `{blueprint_id}` are used. Ask your trainer to open it again.")


class NothingToUnlockError(PlatformError):
    """The trainee may start an attempt already."""

    def __init__(self, blueprint_id: BlueprintId) -> None:
        """Keep the blueprint."""
        self.blueprint_id = blueprint_id
        super().__init__(f"`{blueprint_id}` is open for this trainee already. They can start or go on now.")


# ---------------------------------------------------------------- observations and holds


class NotTheRaterError(PlatformError):
    """Only who began a form may change it."""

    def __init__(self, opened_id: FactId, rater_id: PersonId) -> None:
        """Keep the form and its rater."""
        self.opened_id = opened_id
        self.rater_id = rater_id
        super().__init__(f"Only the rater, person {rater_id}, can work on this form. Begin a form of your own.")


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
            f"You have seen what is right in these scenes. Begin the next round {days} days after the last one."
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
        super().__init__(f"Every line of this form counts. Still to answer: {'; '.join(lines)}.")


class HarmNotConfirmedError(PlatformError):
    """Something harmful was ticked where it stops practice; the rater has to confirm it."""

    def __init__(self, behaviours: Sequence[str]) -> None:
        """Keep the texts of the behaviours."""
        self.behaviours = tuple(behaviours)
        super().__init__(
            f"You ticked: {'; '.join(behaviours)}. If this is what you saw, confirm it: practice then stops until the "
            "safeguarding lead has spoken with you both. If it was a slip, take the tick back."
        )


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
            f"A slip can be withdrawn within {hours} hours; that time is over. Ask the safeguarding lead or the deputy."
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
            f"On {day:%Y-%m-%d} the clocks in {zone} go forward over {clock}: there is no such time that day. "
            "Choose an earlier or a later time."
        )


class TimeTakenError(PlatformError):
    """Somebody already has a meeting then."""

    def __init__(self, person_id: PersonId, day: date, clock: str) -> None:
        """Keep who is taken, and when their other meeting begins on the clock."""
        self.person_id = person_id
        self.day = day
        self.clock = clock
        super().__init__(
            f"Person {person_id} already has a meeting on {day:%Y-%m-%d} at {clock}, which overlaps. "
            "Choose another time, or cancel that meeting first."
        )


class GroupFullError(PlatformError):
    """As many as fit are in the group meeting already."""

    def __init__(self, n_places: int) -> None:
        """Keep how many fit."""
        self.n_places = n_places
        super().__init__(f"This group meeting is full: {n_places} people have a place. Choose another time.")


class NotFreeError(PlatformError):
    """The supervisor has not said that they are free then."""

    def __init__(self, person_id: PersonId, day: date, clock: str) -> None:
        """Keep the supervisor, and the time on the clock."""
        self.person_id = person_id
        self.day = day
        self.clock = clock
        super().__init__(
            f"Person {person_id} has no free time on {day:%Y-%m-%d} at {clock}, or somebody has just taken it. "
            "Choose one of the times that are shown."
        )


class MeetingClosedError(PlatformError):
    """The meeting was held, did not happen, or was called off."""

    def __init__(self, meeting_id: FactId, outcome: str) -> None:
        """Keep the meeting and what became of it."""
        self.meeting_id = meeting_id
        self.outcome = outcome
        super().__init__(f"This meeting is closed already: {outcome.replace('_', ' ')}. Open the page again to see it.")


class MeetingNotBegunError(PlatformError):
    """What became of a meeting can be said once it has begun."""

    def __init__(self, starts_at: datetime) -> None:
        """Keep the instant at which it begins."""
        self.starts_at = starts_at
        super().__init__(
            f"This meeting begins at {starts_at:%Y-%m-%d %H:%M} UTC. Close it when it has begun, or cancel it now."
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
            f"You could appeal for {n_days} days, until {until:%Y-%m-%d}. Talk with your trainer or training lead: "
            "they can look at it with you all the same."
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

    def __init__(self, why_not: str) -> None:
        """Keep the reason, a whole sentence."""
        self.why_not = why_not
        super().__init__(why_not)


class AlreadyDecidedError(PlatformError):
    """Somebody else was first."""

    def __init__(self, fact_id: FactId, actor_id: PersonId, occurred_at: datetime) -> None:
        """Keep what is recorded, by whom, and when."""
        self.fact_id = fact_id
        self.actor_id = actor_id
        self.occurred_at = occurred_at
        super().__init__(
            f"Person {actor_id} has decided this at {occurred_at:%Y-%m-%d %H:%M} UTC. Open the page again to see it."
        )


class HandOverError(PlatformError):
    """Not everything a trainer leaves behind has found somebody."""

    def __init__(self, faults: Sequence[str]) -> None:
        """Keep what is wrong with each choice, a phrase each."""
        self.faults = tuple(faults)
        super().__init__(f"Nothing was handed over yet. Still to settle: {'; '.join(faults)}.")


class OutcomesError(PlatformError):
    """A cohort closes only when it is known how each person leaves it."""

    def __init__(self, faults: Sequence[str]) -> None:
        """Keep what is wrong with each person's outcome, a phrase each."""
        self.faults = tuple(faults)
        super().__init__(f"The cohort stays open. Still to settle: {'; '.join(faults)}.")


class LateEntryError(PlatformError):
    """What is entered happened long ago, and no reason is given."""

    def __init__(self, day: date, n_days: int) -> None:
        """Keep the day, and after how many days a reason is asked for."""
        self.day = day
        self.n_days = n_days
        super().__init__(f"{day:%Y-%m-%d} is more than {n_days} days ago. Choose why it is entered so late.")


class NotActivatableError(PlatformError):
    """A hub cannot go live with a version yet."""

    def __init__(self, missing: Sequence[str]) -> None:
        """Keep all that is missing."""
        self.missing = tuple(missing)
        super().__init__(f"The programme cannot go live here yet. Missing: {'; '.join(missing)}.")
