"""Starting an attempt: when one may, which form is drawn, and how a trainer opens a quiz again."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from itertools import count

from assessments.errors import (
    AttemptPassedError,
    AttemptsLockedError,
    AttemptWaitError,
    NothingToUnlockError,
)
from assessments.facts import Attempt, AttemptStarted, Unlock
from assessments.forms import draw_form
from assessments.ports import EnrolmentNow, Ledger
from assessments.reasons import UnlockReason
from assessments.service.access import (
    get_fact,
    get_part,
    get_programme,
    get_running_enrolment,
    read_code,
    require,
    require_other,
    require_own,
)
from assessments.windows import AttemptWindow, find_window
from curriculum.ids import BlueprintId, ItemId, ProgrammeId
from curriculum.models import Blueprint, Pool, Programme
from people.ids import derived_fact_id
from people.models import Actor, PersonId
from people.rights import Record, Right


def attempt_window(
    ledger: Ledger, person_id: PersonId, programme_id: ProgrammeId, blueprint_id: BlueprintId, now: datetime
) -> AttemptWindow:
    """Return where a person stands with the counting attempts of a quiz.

    Raises:
        NotEnrolledError: The person is not in the programme.
        UnknownPartError: The programme has no such quiz.
    """
    programme = get_programme(ledger, person_id, programme_id)
    blueprint = get_part(programme, programme.blueprint_by_id, "quiz", blueprint_id)
    same = {"programme_id": programme_id, "blueprint_id": blueprint_id}
    return find_window(
        blueprint,
        ledger.list_facts(AttemptStarted, person_id, pool=Pool.COUNTING, **same),
        ledger.list_facts(Attempt, person_id, counts=True, **same),
        ledger.list_facts(Unlock, person_id, **same),
        now,
    )


def _require_start(window: AttemptWindow, blueprint_id: BlueprintId) -> None:
    if window.may_start:
        return
    if window.opens_at is not None:
        raise AttemptWaitError(blueprint_id, window.opens_at)
    if window.is_locked:
        raise AttemptsLockedError(blueprint_id, window.allowed)
    raise AttemptPassedError(blueprint_id)


def start_attempt(
    ledger: Ledger, actor: Actor, programme_id: ProgrammeId, blueprint_id: BlueprintId, pool: Pool, *, now: datetime
) -> AttemptStarted:
    """Draw a form for the actor and return it, or return the one that is open.

    The n-th form of a person has one possible id, so that two tabs start the same.

    Raises:
        AttemptWaitError: The waiting time after a failed attempt runs.
        AttemptsLockedError: All attempts are used.
        AttemptPassedError: The quiz is passed.
        HasLeftError: The actor has left the programme.
        PoolTooSmallError: The programme holds too few items.
    """
    require_own(actor, Right.WRITE, Record.RESULTS, actor.person_id)
    enrolment = get_running_enrolment(ledger, actor.person_id, programme_id)
    programme = ledger.programme(programme_id, enrolment.version_no)
    blueprint = get_part(programme, programme.blueprint_by_id, "quiz", blueprint_id)
    for n_taken in count():
        # Read before looking for an open form: one that is started in between is then found, or has the same id.
        earlier = _list_started(ledger, enrolment, blueprint_id, pool)
        found = _find_open(ledger, enrolment, blueprint_id, pool, now)
        if found is not None:
            return found
        started = _draw(enrolment, programme, blueprint, pool, earlier=earlier, n_taken=n_taken, now=now)
        if ledger.append(started):
            return started
    raise AssertionError


def _find_open(
    ledger: Ledger, enrolment: EnrolmentNow, blueprint_id: BlueprintId, pool: Pool, now: datetime
) -> AttemptStarted | None:
    if pool == Pool.COUNTING:
        window = attempt_window(ledger, enrolment.person_id, enrolment.programme_id, blueprint_id, now)
        if window.open is None:
            _require_start(window, blueprint_id)
        return window.open
    same = {"programme_id": enrolment.programme_id, "blueprint_id": blueprint_id}
    done = {one.started_id for one in ledger.list_facts(Attempt, enrolment.person_id, counts=False, **same)}
    started = _list_started(ledger, enrolment, blueprint_id, pool)
    return next((one for one in reversed(started) if one.fact_id not in done), None)


def _list_started(
    ledger: Ledger, enrolment: EnrolmentNow, blueprint_id: BlueprintId, pool: Pool
) -> list[AttemptStarted]:
    same = {"programme_id": enrolment.programme_id, "blueprint_id": blueprint_id}
    return ledger.list_facts(AttemptStarted, enrolment.person_id, pool=pool, **same)


def _draw(
    enrolment: EnrolmentNow,
    programme: Programme,
    blueprint: Blueprint,
    pool: Pool,
    *,
    earlier: Sequence[AttemptStarted],
    n_taken: int,
    now: datetime,
) -> AttemptStarted:
    """Return the next form. `n_taken` ids after the number of earlier forms are in use by withdrawn ones."""
    name = f"attempt/{blueprint.id}/{pool}/{len(earlier) + n_taken}"
    fact_id = derived_fact_id(enrolment.fact_id, name)
    times_seen: Counter[ItemId] = Counter(item_id for one in earlier for item_id in one.item_ids)
    seed = fact_id.int % 2**31
    form = draw_form(programme, blueprint, pool, times_seen, seed)
    return AttemptStarted(
        fact_id=fact_id,
        person_id=enrolment.person_id,
        actor_id=enrolment.person_id,
        occurred_at=now,
        programme_id=enrolment.programme_id,
        version_no=enrolment.version_no,
        blueprint_id=blueprint.id,
        pool=pool,
        seed=seed,
        item_ids=form.item_ids,
        option_orders=form.option_orders,
    )


def unlock_attempts(
    ledger: Ledger,
    actor: Actor,
    person_id: PersonId,
    programme_id: ProgrammeId,
    blueprint_id: BlueprintId,
    *,
    reason: str,
    now: datetime,
) -> Unlock:
    """Open a quiz again for a trainee: an attempt at once, and the count starts anew.

    Args:
        ledger: Where facts are.
        actor: A trainer of the person, or the training lead.
        person_id: The trainee.
        programme_id: The programme.
        blueprint_id: The quiz.
        reason: An `UnlockReason`.
        now: The time.

    Raises:
        NothingToUnlockError: The trainee can start or go on already.
    """
    require_other(actor, person_id, "open their own quiz again")
    require(ledger, actor, Right.UNLOCK, Record.RESULTS, person_id)
    code = read_code(UnlockReason, reason, "Reason")
    window = attempt_window(ledger, person_id, programme_id, blueprint_id, now)
    if window.last is None or window.open is not None or window.may_start:
        raise NothingToUnlockError(blueprint_id)
    unlock = Unlock(
        fact_id=derived_fact_id(window.last.fact_id, "unlock"),
        person_id=person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        programme_id=programme_id,
        blueprint_id=blueprint_id,
        reason=code,
    )
    ledger.append(unlock)
    return get_fact(ledger, Unlock, unlock.fact_id, "unlock")
