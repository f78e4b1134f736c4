"""Several raters of one performance: blind to each other until each has submitted, and settled when they are far apart.

A performance is what trainers rated about one person with one checklist under one session code.
"""

from datetime import datetime
from itertools import count
from typing import Final

from assessments.errors import NotContestedError, RaterOfItError, SettledError, StillBlindError
from assessments.facts import Observation, ObservationOpened, Relation
from assessments.observations import are_apart
from assessments.ports import Ledger
from assessments.reasons import AdjudicationReason
from assessments.service.access import get_fact, read_code, require, require_named, require_other
from assessments.service.interests import require_disinterested
from people.facts import Amendment, Change, FactId
from people.ids import derived_fact_id
from people.models import Actor, PersonId
from people.rights import Record, Right

_TAKEN_BACK: Final = frozenset({Change.VOID, Change.REPLACED, Change.REVOKED, Change.ENDED})
"""Changes after which an observation counts no more, and so contradicts nobody."""


def require_sighted(ledger: Ledger, actor: Actor, opened: ObservationOpened) -> None:
    """Return when the actor has no form of their own about the same performance that is still to be submitted.

    Raises:
        StillBlindError: They have one: what they see of the other's could change it.
    """
    if opened.relation != Relation.TRAINER or not opened.session_code or opened.actor_id == actor.person_id:
        return
    for own in ledger.list_facts(
        ObservationOpened,
        opened.person_id,
        actor_id=actor.person_id,
        relation=Relation.TRAINER,
        programme_id=opened.programme_id,
        checklist_id=opened.checklist_id,
        session_code=opened.session_code,
    ):
        is_ended = any(change.change == Change.ENDED for change in ledger.changes_to(own.fact_id))
        if not is_ended and not ledger.list_facts(Observation, opened.person_id, opened_id=own.fact_id):
            raise StillBlindError(own.fact_id)


def adjudicate(ledger: Ledger, actor: Actor, chosen_id: FactId, reason: str, *, now: datetime) -> Amendment:
    """Decide which of several views of one performance counts. All of them stay on record. Twice changes nothing.

    Args:
        ledger: Where facts are.
        actor: A training lead of the person's hub who did not rate the performance.
        chosen_id: The observation that counts.
        reason: An `AdjudicationReason`.
        now: The time.

    Raises:
        UnknownFactError: There is no such observation, or it was withdrawn.
        OwnRecordError: It is about the actor.
        NotAllowedError: The actor may not settle what is seen in the person's hub.
        InterestedError: The actor has an interest in the person.
        RaterOfItError: The actor is one of the raters.
        NotContestedError: Nobody else saw it two levels apart.
        SettledError: Another view was chosen, or somebody else chose this one.
    """
    chosen = get_fact(ledger, Observation, chosen_id, "observation")
    require_named(actor, "settle between two raters")
    require_other(actor, chosen.person_id, "settle how they were rated")
    require(ledger, actor, Right.ADJUDICATE, Record.OBSERVATION, chosen.person_id)
    require_disinterested(ledger, actor, chosen.person_id)
    code = read_code(AdjudicationReason, reason, "Reason")
    views = _list_views(ledger, chosen)
    if any(view.actor_id == actor.person_id for view in views):
        raise RaterOfItError
    settled = [change for view in views for change in _adjudications(ledger, view.fact_id)]
    if settled:
        return _same_or_refused(settled[0], actor, chosen_id)
    if not _is_contested(chosen, views):
        raise NotContestedError(chosen_id)
    decided = Amendment(
        fact_id=_decision_id(ledger, views),
        person_id=chosen.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        target_id=chosen_id,
        change=Change.ADJUDICATED,
        reason=code,
    )
    if ledger.append(decided):
        return decided
    return _same_or_refused(ledger.find(Amendment, decided.fact_id) or decided, actor, chosen_id)


def list_adjudicators(ledger: Ledger, observation: Observation) -> list[PersonId]:
    """Return who has settled between views of this performance, whichever view they chose."""
    if not observation.session_code:
        return []
    found: list[PersonId] = []
    for decided in ledger.list_facts(Amendment, observation.person_id, change=Change.ADJUDICATED):
        chosen = ledger.find(Observation, decided.target_id)
        if chosen is not None and _performance_of(chosen) == _performance_of(observation):
            found.append(decided.actor_id)
    return found


def _performance_of(one: Observation) -> tuple[str, ...]:
    return one.programme_id, one.checklist_id, one.session_code


def _list_views(ledger: Ledger, chosen: Observation) -> list[Observation]:
    """Return the views of the performance that may count, oldest first; only the chosen one when it has no code."""
    if not chosen.session_code:
        return [chosen]
    same = ledger.list_facts(
        Observation,
        chosen.person_id,
        programme_id=chosen.programme_id,
        checklist_id=chosen.checklist_id,
        session_code=chosen.session_code,
        relation=Relation.TRAINER,
        counts=True,
    )
    return [one for one in same if not any(change.change in _TAKEN_BACK for change in ledger.changes_to(one.fact_id))]


def _is_contested(chosen: Observation, views: list[Observation]) -> bool:
    others = [view for view in views if view.actor_id != chosen.actor_id]
    is_there = any(view.fact_id == chosen.fact_id for view in views)
    return is_there and any(are_apart(chosen.ratings, other.ratings) for other in others)


def _adjudications(ledger: Ledger, observation_id: FactId) -> list[Amendment]:
    return [change for change in ledger.changes_to(observation_id) if change.change == Change.ADJUDICATED]


def _decision_id(ledger: Ledger, views: list[Observation]) -> FactId:
    """Return the one id that a decision between these views may have, so that two leads at once decide once.

    A decision for a view that was withdrawn since makes room for another.
    """
    in_force = {view.fact_id for view in views}
    ids = (derived_fact_id(views[0].fact_id, f"adjudicated/{number}") for number in count())
    earlier = ((id_, ledger.find(Amendment, id_)) for id_ in ids)
    return next(id_ for id_, decision in earlier if decision is None or decision.target_id in in_force)


def _same_or_refused(settled: Amendment, actor: Actor, chosen_id: FactId) -> Amendment:
    if (settled.actor_id, settled.target_id) != (actor.person_id, chosen_id):
        raise SettledError(settled.target_id)
    return settled
