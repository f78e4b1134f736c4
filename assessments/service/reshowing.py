"""What a sign-off rests on, shown again in the very wording that was rated, however the programme has changed since."""

from dataclasses import dataclass

from assessments.facts import Attempt, AttemptStarted, Observation, ObservationOpened, SignOff
from assessments.ports import Ledger
from assessments.service.access import get_fact, require
from assessments.service.decisions.histories import SIGN_OFF, list_histories
from assessments.service.decisions.seeing import show_to
from assessments.service.observations.forms import Form, load_answers
from assessments.sign_off import evidence_hash
from curriculum.gates import Gate
from curriculum.items import Item
from curriculum.models import Activity, Programme
from people.facts import FactId
from people.models import Actor
from people.rights import Record, Right, may_on_person


@dataclass(frozen=True, slots=True)
class RatedThen:
    """An observation with its form, worded as in the version it was rated by."""

    observation: Observation
    form: Form


@dataclass(frozen=True, slots=True)
class AnsweredThen:
    """A quiz with its questions, worded as in the version it was drawn from."""

    attempt: Attempt
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class RestedOn:
    """A sign-off with what it rests on. `is_sealed` says that the evidence still gives the hash of that day.

    What the actor may not see is left out: `n_others` counts it, with what has no wording, such as attendance.
    """

    sign_off: SignOff
    programme: Programme
    gates: tuple[Gate, ...]
    activities: tuple[Activity, ...]
    ratings: tuple[RatedThen, ...]
    quizzes: tuple[AnsweredThen, ...]
    n_others: int
    is_sealed: bool


def reshow(ledger: Ledger, actor: Actor, sign_off_id: FactId) -> RestedOn:
    """Return what a sign-off rests on in the wording of its day: gates, checklists with behaviours, and questions.

    Raises:
        UnknownFactError: There is no such sign-off.
        NotAllowedError: The actor may not see the person's sign-offs.
    """
    signed = get_fact(ledger, SignOff, sign_off_id, SIGN_OFF)
    require(ledger, actor, Right.SEE, Record.SIGN_OFF, signed.person_id)
    programme = ledger.programme(signed.programme_id, signed.version_no)
    history = next(
        one for one in list_histories(ledger, signed.person_id, signed.programme_id) if one.sign_off == signed
    )
    ratings, quizzes = _list_ratings(ledger, actor, signed), _list_quizzes(ledger, actor, signed)
    return RestedOn(
        sign_off=show_to(actor, history).sign_off,
        programme=programme,
        gates=tuple(gate for gate in programme.gates if not gate.roles or signed.role_id in gate.roles),
        activities=tuple(one for one in programme.head.activities if signed.role_id in one.roles),
        ratings=ratings,
        quizzes=quizzes,
        n_others=len(signed.evidence) - len(ratings) - len(quizzes),
        is_sealed=evidence_hash(ledger.digests(signed.evidence)) == signed.evidence_hash,
    )


def _list_ratings(ledger: Ledger, actor: Actor, signed: SignOff) -> tuple[RatedThen, ...]:
    if not may_on_person(actor, Right.SEE, Record.OBSERVATION, ledger.subject(signed.person_id)):
        return ()
    found = (ledger.find(Observation, fact_id) for fact_id in signed.evidence)
    return tuple(_rated(ledger, one) for one in found if one is not None)


def _rated(ledger: Ledger, observation: Observation) -> RatedThen:
    opened = get_fact(ledger, ObservationOpened, observation.opened_id, "form")
    return RatedThen(observation, load_answers(ledger, opened, is_submitted=True))


def _list_quizzes(ledger: Ledger, actor: Actor, signed: SignOff) -> tuple[AnsweredThen, ...]:
    if not may_on_person(actor, Right.SEE, Record.RESULTS, ledger.subject(signed.person_id)):
        return ()
    found = (ledger.find(Attempt, fact_id) for fact_id in signed.evidence)
    return tuple(_answered(ledger, one) for one in found if one is not None)


def _answered(ledger: Ledger, attempt: Attempt) -> AnsweredThen:
    started = get_fact(ledger, AttemptStarted, attempt.started_id, "quiz")
    programme = ledger.programme(started.programme_id, started.version_no)
    title = programme.quiz_title(programme.blueprint_by_id[started.blueprint_id])
    return AnsweredThen(attempt, title, tuple(programme.item_by_id[item_id] for item_id in started.item_ids))
