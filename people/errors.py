"""Broken rules about people and rights. Each class composes its own sentence."""

from collections.abc import Sequence

from curriculum.errors import PlatformError


class NotAllowedError(PlatformError):
    """The acting person has no right to do this."""

    def __init__(self, what: str) -> None:
        """Keep `what`, the refused action in plain words."""
        self.what = what
        super().__init__(
            "You may not do this: {what}. Ask your hub's programme manager if you think you should.", what=what
        )


class NotKnownError(PlatformError):
    """Something named does not exist."""

    def __init__(self, what: str, name: object) -> None:
        """Keep what was looked for, such as `hub`, and the name given."""
        self.what = what
        self.name = name
        super().__init__("There is no {what} `{name}`. Check the name and try again.", what=what, name=name)


class TextRefusedError(PlatformError):
    """A name, title, number or sign-in name that cannot be kept."""

    def __init__(self, what: str, reason: str) -> None:
        """Keep what the text is for, and what is wrong with it."""
        self.what = what
        self.reason = reason
        super().__init__("This {what} cannot be used: {reason}.", what=what, reason=reason)


class LoginTakenError(PlatformError):
    """Somebody else has the sign-in name."""

    def __init__(self, login: str) -> None:
        """Keep the sign-in name."""
        self.login = login
        super().__init__("The sign-in name `{login}` is taken. Choose another, such as {login}2.", login=login)


class HubExistsError(PlatformError):
    """A hub with this id was opened before."""

    def __init__(self, hub_id: str) -> None:
        """Keep the hub's id."""
        self.hub_id = hub_id
        super().__init__("There is a hub `{hub_id}` already. Choose another short name.", hub_id=hub_id)


class DatesError(PlatformError):
    """A last day that lies before the first, or has passed."""

    def __init__(self, reason: str) -> None:
        """Keep what is wrong with the days."""
        self.reason = reason
        super().__init__("These dates cannot be: {reason}.", reason=reason)


class ProgrammeNotActiveError(PlatformError):
    """A cohort needs a programme that its hub has gone live with."""

    def __init__(self, programme_id: str, hub_id: str) -> None:
        """Keep the programme and the hub."""
        self.programme_id = programme_id
        self.hub_id = hub_id
        super().__init__(
            "Hub `{hub_id}` has not gone live with the programme `{programme_id}`. Put a version into use in "
            "the hub first, then open the cohort.",
            hub_id=hub_id,
            programme_id=programme_id,
        )


class GrantShapeError(PlatformError):
    """An office was given with the wrong reach."""

    def __init__(self, office: str, expected: str) -> None:
        """Keep the office and what it needs."""
        self.office = office
        self.expected = expected
        super().__init__("The office {replace} {expected}.", replace=office.replace("_", " "), expected=expected)


class NotExternalError(PlatformError):
    """Somebody of the hub would confirm a decision as if from outside."""

    def __init__(self, person_id: int) -> None:
        """Keep the person."""
        self.person_id = person_id
        super().__init__(
            "Person {person_id} belongs to this hub, or was never invited here from outside. Invite somebody "
            "new who has no part in the hub.",
            person_id=person_id,
        )


class FunderConflictError(PlatformError):
    """A funder sees sums only, and may hold no office that shows single people."""

    def __init__(self, office: str) -> None:
        """Keep the office that does not go with funder."""
        self.office = office
        super().__init__(
            "A funder sees sums only, never single people, so that small numbers stay private. The office "
            "{replace} shows single people: one person cannot hold both. End the other office first, or give "
            "this one to somebody else.",
            replace=office.replace("_", " "),
        )


class LastAdministratorError(PlatformError):
    """Somebody must be able to look after the accounts."""

    def __init__(self) -> None:
        """Compose the sentence."""
        super().__init__(
            "This is the last administrator who can sign in. "
            "Give the office to somebody else and let them sign in, then end this one."
        )


class OtherHubError(PlatformError):
    """The person belongs to a hub that the actor does not manage."""

    def __init__(self, person_id: int) -> None:
        """Keep the person."""
        self.person_id = person_id
        super().__init__(
            "Person {person_id} belongs to another hub, or to none yet. An administrator, or who added the "
            "person, can bring them into yours.",
            person_id=person_id,
        )


class ConsentMissingError(OtherHubError):
    """A trainee's record goes to another hub only when the trainee has agreed."""

    def __init__(self, person_id: int) -> None:
        """Keep the person."""
        self.person_id = person_id
        PlatformError.__init__(
            self,
            f"Person {person_id} trains in another hub, and their record goes with them. They have to agree first: on "
            "their own page, My record, under Moving to another hub.",
        )


class MoveError(PlatformError):
    """A move to another hub that cannot be."""

    def __init__(self, reason: str) -> None:
        """Keep what stands in the way, a whole sentence."""
        self.reason = reason
        super().__init__(reason)


class CohortClosedError(PlatformError):
    """Nobody joins a cohort that is over."""

    def __init__(self, cohort_id: str) -> None:
        """Keep the cohort."""
        self.cohort_id = cohort_id
        super().__init__(
            "The cohort `{cohort_id}` is closed: nobody can join it any more. Choose or open another one.",
            cohort_id=cohort_id,
        )


class OpenWorkError(PlatformError):
    """Somebody cannot stop being a trainer while something waits for them."""

    def __init__(self, name: str, open_work: Sequence[str]) -> None:
        """Keep who it is, and all that waits, a phrase each."""
        self.name = name
        self.open_work = tuple(open_work)
        super().__init__(
            "{name} cannot stop being a trainer yet. Still open: {listed}. Hand all of it over first.",
            name=name,
            listed="; ".join(open_work),
        )


class OwnTrainerError(PlatformError):
    """Nobody trains themselves."""

    def __init__(self, person_id: int) -> None:
        """Keep the person."""
        self.person_id = person_id
        super().__init__("Person {person_id} cannot be their own trainer. Choose somebody else.", person_id=person_id)


class NotATraineeError(PlatformError):
    """A trainer can be given only to somebody who is in a cohort."""

    def __init__(self, person_id: int) -> None:
        """Keep the person."""
        self.person_id = person_id
        super().__init__(
            "Person {person_id} is in no cohort yet. Put them into a cohort, then choose a trainer.",
            person_id=person_id,
        )


class NotATrainerHereError(PlatformError):
    """A trainer holds the office in the trainee's hub."""

    def __init__(self, trainer_id: int, hub_ids: Sequence[str]) -> None:
        """Keep the person and the trainee's hubs."""
        self.trainer_id = trainer_id
        self.hub_ids = tuple(hub_ids)
        super().__init__(
            "Person {trainer_id} is no trainer in the trainee's hub ({listed}). Give them the office trainer "
            "there first.",
            trainer_id=trainer_id,
            listed=", ".join(hub_ids),
        )


class NotEnrolledError(PlatformError):
    """The person is not in the programme."""

    def __init__(self, person_id: int, programme_id: str) -> None:
        """Keep the person and the programme."""
        self.person_id = person_id
        self.programme_id = programme_id
        super().__init__(
            "Person {person_id} is not in the programme `{programme_id}`.",
            person_id=person_id,
            programme_id=programme_id,
        )


class NothingToShareError(PlatformError):
    """Who trains in nothing has nothing to share for research."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "You train in no programme, so there is nothing of yours to share. Trainees choose for themselves."
        )


class ClockChangeError(PlatformError):
    """A pause, return or withdrawal that does not follow from how things are."""

    def __init__(self, change: str, state: str) -> None:
        """Keep the change asked for and the state now."""
        self.change = change
        self.state = state
        super().__init__(
            "This person's time in the programme is {state}, so it cannot be {change} now.", state=state, change=change
        )


class PasswordRefusedError(PlatformError):
    """A password that is too easy to guess."""

    def __init__(self, reasons: Sequence[str]) -> None:
        """Keep every reason, each a sentence."""
        self.reasons = tuple(reasons)
        super().__init__(" ".join(reasons))


class HasPasswordError(PlatformError):
    """An invitation is for people who have no password yet."""

    def __init__(self, person_id: int) -> None:
        """Keep the person."""
        self.person_id = person_id
        super().__init__(
            "Person {person_id} has chosen a password already and needs no invitation. If it is forgotten, "
            "their trainer or an administrator can give them a reset slip.",
            person_id=person_id,
        )


class CodeRefusedError(PlatformError):
    """A one-time code that is unknown, used, replaced or too old. It is not said which."""

    def __init__(self) -> None:
        """Compose the sentence."""
        super().__init__(
            "This code does not work. It may be mistyped, used already, replaced by a newer one, "
            "or older than three days. Ask for a new slip."
        )


class OldPasswordError(PlatformError):
    """The password that is to be changed was not typed right."""

    def __init__(self) -> None:
        """Compose the sentence."""
        super().__init__(
            "The old password is not right, so nothing was changed. Type it again. "
            "If you have forgotten it, ask your trainer or an administrator for a reset slip."
        )


class SignInRefusedError(PlatformError):
    """The sign-in name or the password is wrong, or the account is closed. It is not said which."""

    def __init__(self) -> None:
        """Compose the sentence."""
        super().__init__(
            "The sign-in name or the password is not right. Check both and try again. "
            "Your trainer or an administrator can give you a reset slip."
        )


class TooManyTriesError(PlatformError):
    """Too many tries to sign in within a short time."""

    def __init__(self, wait_s: int) -> None:
        """Keep how long to wait, in seconds."""
        self.wait_s = wait_s
        minutes = max(1, -(-wait_s // 60))
        unit = "minute" if minutes == 1 else "minutes"
        super().__init__("Too many tries. Please wait {minutes} {unit}, then try again.", minutes=minutes, unit=unit)
