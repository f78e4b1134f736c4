"""Two leaders of one session, watched by one rater: what they share is said once, and each has a form of their own."""

from dataclasses import dataclass
from datetime import datetime

from assessments.errors import LedItError, WrongInputError
from assessments.facts import Observation, ObservationOpened, Relation, Stage
from assessments.ports import Ledger
from assessments.service.access import record_once
from assessments.service.observations.opening import draft_form
from curriculum.ids import ChecklistId, ProgrammeId
from curriculum.models import Setting
from people.facts import Change, FactId
from people.ids import derived_fact_id, new_fact_id
from people.models import Actor, PersonId


@dataclass(frozen=True, slots=True)
class Leader:
    """One of the two, and how much of the session they lead."""

    person_id: PersonId
    stage: Stage


def open_pair(
    ledger: Ledger,
    actor: Actor,
    leaders: tuple[Leader, Leader],
    programme_id: ProgrammeId,
    checklist_id: ChecklistId,
    *,
    session_code: str,
    counts: bool,
    now: datetime,
    fact_id: FactId | None = None,
) -> tuple[ObservationOpened, ObservationOpened]:
    """Begin a form about each of two people who lead a live session together: both forms, or neither.

    Each is the other's second leader. The forms are filled in, submitted and corrected each for itself.

    Args:
        ledger: Where facts are.
        actor: The rater: a trainer of both, who leads nothing of the session.
        leaders: The two.
        programme_id: The programme.
        checklist_id: What both are watched with.
        session_code: Names the group session, without names of people.
        counts: Whether it is meant to count.
        now: The time.
        fact_id: Of the first form; given by the page, so that a double click begins one pair.

    Raises:
        LedItError: The rater is one of the two.
        NotAllowedError: The actor is not a trainer of both.
        WrongInputError: It is one person twice, or checklist and code do not fit.
    """
    first, second = leaders
    if actor.person_id in {first.person_id, second.person_id}:
        raise LedItError
    if first.person_id == second.person_id:
        advice = "Choose somebody else as the co-leader."
        raise WrongInputError("The two leaders", f"person {first.person_id} twice", "two people", advice)
    id_ = fact_id or new_fact_id()
    drafts = [
        draft_form(
            ledger,
            actor,
            leader.person_id,
            programme_id,
            checklist_id,
            setting=Setting.LIVE,
            stage=leader.stage,
            scenario_id=None,
            session_code=session_code,
            relation=Relation.TRAINER,
            counts=counts,
            has_co_leader=True,
            now=now,
            fact_id=form_id,
        )
        for leader, form_id in ((first, id_), (second, derived_fact_id(id_, "pair")))
    ]
    opened = record_once(ledger, *drafts)
    return opened, ledger.find(ObservationOpened, drafts[1].fact_id) or drafts[1]


def list_beside(ledger: Ledger, actor: Actor, opened: ObservationOpened) -> list[ObservationOpened]:
    """Return the actor's forms of the same live session and checklist about others that are not submitted yet."""
    if opened.setting != Setting.LIVE or opened.relation != Relation.TRAINER or opened.actor_id != actor.person_id:
        return []
    same = ledger.list_facts(
        ObservationOpened,
        actor_id=actor.person_id,
        relation=Relation.TRAINER,
        programme_id=opened.programme_id,
        checklist_id=opened.checklist_id,
        session_code=opened.session_code,
    )
    return [form for form in same if form.person_id != opened.person_id and _is_waiting(ledger, form)]


def _is_waiting(ledger: Ledger, form: ObservationOpened) -> bool:
    ending = {Change.ENDED, Change.VOID}
    is_ended = any(change.change in ending for change in ledger.changes_to(form.fact_id))
    return not is_ended and not ledger.list_facts(Observation, form.person_id, opened_id=form.fact_id)
