"""Broken rules of training and assessment. Each class composes its own sentence and keeps what it speaks of."""

from collections.abc import Sequence
from datetime import date, datetime

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


class AttemptDoneError(PlatformError):
    """A quiz that is taken once was taken."""

    def __init__(self, blueprint_id: BlueprintId) -> None:
        """Keep the blueprint."""
        self.blueprint_id = blueprint_id
        super().__init__(f"`{blueprint_id}` is taken once, and you have handed it in. Go on with your next step.")


class AttemptUnmarkedError(PlatformError):
    """A text of the last attempt is not marked yet."""

    def __init__(self, blueprint_id: BlueprintId) -> None:
        """Keep the blueprint."""
        self.blueprint_id = blueprint_id
        super().__init__(
            f"A trainer still has to mark your text in `{blueprint_id}`. You will see here when it is done."
        )


class FormVersionGoneError(PlatformError):
    """The version of the programme from which a form was drawn is not in the store."""

    def __init__(self, programme_id: ProgrammeId, version_no: int) -> None:
        """Keep programme and version."""
        self.programme_id = programme_id
        self.version_no = version_no
        super().__init__(
            f"This quiz was drawn from version {version_no} of `{programme_id}`, which the store does not hold. "
            "Your answers are kept. Tell your training lead: a backup that holds the version has to be put back."
        )


class ItemClosedError(PlatformError):
    """A question was answered for good: the trainee was told how they did."""

    def __init__(self, position: int) -> None:
        """Keep the item's place, from 0."""
        self.position = position
        super().__init__(
            f"You were told how you did on question {position + 1}, so its answer stays. Go on to the next."
        )


class NothingToCheckError(PlatformError):
    """There is no answer to tell about, or the quiz tells only at its end."""

    def __init__(self, position: int) -> None:
        """Keep the item's place, from 0."""
        self.position = position
        super().__init__(f"Question {position + 1} has no whole answer to look at yet. Answer it first.")


class PathTakenError(PlatformError):
    """What was said in a scenario cannot be taken back."""

    def __init__(self, position: int) -> None:
        """Keep the item's place, from 0."""
        self.position = position
        super().__init__(f"In question {position + 1} the talk has gone on from what you said. Go on from there.")


class SittingNeededError(PlatformError):
    """A quiz is taken only while a trainer watches."""

    def __init__(self, blueprint_id: BlueprintId) -> None:
        """Keep the blueprint."""
        self.blueprint_id = blueprint_id
        super().__init__(
            f"`{blueprint_id}` is taken with a trainer in the room. Type the code that their screen shows."
        )


class SittingCodeError(PlatformError):
    """No sitting that is open now has this code."""

    def __init__(self, code: str) -> None:
        """Keep the code as typed."""
        self.code = code
        super().__init__(f"No sitting of this quiz is open under `{code[:20]}`. Look at the trainer's screen again.")


class TextMarkedError(PlatformError):
    """A text was marked already, or this marker has marked it before."""

    def __init__(self, advice: str) -> None:
        """Keep what to do."""
        super().__init__(f"This text is marked already, or you have marked it before. {advice}")


class MediaMissingError(PlatformError):
    """A programme shows files whose bytes were not given."""

    def __init__(self, names: Sequence[str]) -> None:
        """Keep the files' names."""
        self.names = tuple(names)
        super().__init__(
            f"These files of the programme are missing or have changed: {', '.join(names)}. "
            "Put them into its folder `media`, and open this page again."
        )


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
