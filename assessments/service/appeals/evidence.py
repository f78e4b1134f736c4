"""What an appeal is about, with all that was recorded on it."""

from dataclasses import dataclass

from assessments.facts import AppealAbout, Attempt, Hold, Observation, ObservationOpened, SignOff
from assessments.ports import Ledger
from assessments.service.access import get_programme
from assessments.service.observations import Form
from assessments.service.observations.forms import load_answers
from curriculum.ids import ProgrammeId
from curriculum.models import Programme
from people.facts import Amendment, FactId
from people.models import PersonId


@dataclass(frozen=True, slots=True)
class Evidence:
    """Of `observation`, `form` and `holds`, `sign_off` and `revocation`, `attempts`, those that it is about are set.

    `programme` is the version whose words are shown.
    """

    programme: Programme
    observation: Observation | None = None
    form: Form | None = None
    holds: tuple[Hold, ...] = ()
    sign_off: SignOff | None = None
    revocation: Amendment | None = None
    attempts: tuple[Attempt, ...] = ()


def gather_evidence(
    ledger: Ledger, person_id: PersonId, programme_id: ProgrammeId, about: AppealAbout, target_id: FactId
) -> Evidence:
    """Return what is recorded on something that can be appealed against, whoever asks."""
    programme = get_programme(ledger, person_id, programme_id)
    match about:
        case AppealAbout.RATING:
            return _of_observation(ledger, programme, ledger.find(Observation, target_id))
        case AppealAbout.HOLD:
            hold = ledger.find(Hold, target_id)
            observation = None if hold is None else ledger.find(Observation, hold.observation_id)
            return _of_observation(ledger, programme, observation, with_holds=True)
        case AppealAbout.REVOCATION:
            revocation = ledger.find(Amendment, target_id)
            signed = None if revocation is None else ledger.find(SignOff, revocation.target_id)
            return Evidence(programme, sign_off=signed, revocation=revocation)
        case AppealAbout.LOCK_OUT:
            return Evidence(programme, attempts=_attempts(ledger, programme_id, target_id))


def _of_observation(
    ledger: Ledger, programme: Programme, observation: Observation | None, *, with_holds: bool = False
) -> Evidence:
    if observation is None:
        return Evidence(programme)
    opened = ledger.find(ObservationOpened, observation.opened_id)
    holds = ledger.list_facts(Hold, observation.person_id, observation_id=observation.fact_id)
    return Evidence(
        programme=ledger.programme(observation.programme_id, observation.version_no),
        observation=observation,
        form=None if opened is None else load_answers(ledger, opened, is_submitted=True),
        holds=tuple(holds) if with_holds else (),
    )


def _attempts(ledger: Ledger, programme_id: ProgrammeId, last_id: FactId) -> tuple[Attempt, ...]:
    last = ledger.find(Attempt, last_id)
    if last is None:
        return ()
    same = {"programme_id": programme_id, "blueprint_id": last.blueprint_id, "counts": True}
    return tuple(ledger.list_facts(Attempt, last.person_id, **same))
