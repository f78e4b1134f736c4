"""Starting an attempt: when one may, which form is drawn, and how a trainer opens a quiz again."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from assessments.errors import (
    AttemptDoneError,
    AttemptPassedError,
    AttemptsLockedError,
    AttemptUnmarkedError,
    AttemptWaitError,
    FormVersionGoneError,
    NothingToUnlockError,
    OnlyPracticeError,
)
from assessments.facts import Attempt, AttemptStarted, Unlock
from assessments.forms import DrawnForm, draw_form, draw_parallel_form
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
from assessments.service.attempts.results import programme_of
from assessments.service.attempts.sittings import find_sitting, time_allowed
from assessments.timing import limit_of
from assessments.windows import AttemptWindow, find_window
from curriculum.blueprints import Blueprint
from curriculum.ids import BlueprintId, ItemId, ProgrammeId
from curriculum.items import Pool
from curriculum.models import Programme
from people.facts import FactId
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
    if window.is_unmarked:
        raise AttemptUnmarkedError(blueprint_id)
    if window.is_done:
        raise AttemptDoneError(blueprint_id)
    raise AttemptPassedError(blueprint_id)


def start_attempt(
    ledger: Ledger,
    actor: Actor,
    programme_id: ProgrammeId,
    blueprint_id: BlueprintId,
    pool: Pool,
    *,
    now: datetime,
    code: str = "",
) -> AttemptStarted:
    """Draw a form for the actor and return it, or return the one that is open.

    The n-th form of a person has one possible id, so that two tabs start the same.

    Args:
        ledger: Where facts are.
        actor: The trainee.
        programme_id: The programme.
        blueprint_id: The quiz.
        pool: Counting, or practice.
        now: The time.
        code: Of the sitting, when a trainer watches.

    Raises:
        AttemptWaitError: The waiting time after a failed attempt runs.
        AttemptsLockedError: All attempts are used.
        AttemptPassedError: The quiz is passed.
        AttemptUnmarkedError: A text of the last attempt waits for a mark.
        AttemptDoneError: The quiz is taken once, and was.
        OnlyPracticeError: The quiz is there to practise alone.
        HasLeftError: The actor has left the programme.
        PoolTooSmallError: The programme holds too few items.
        SittingNeededError: It is taken only while a trainer watches, and there is no code.
        SittingCodeError: No open sitting has this code.
    """
    require_own(actor, Right.WRITE, Record.RESULTS, actor.person_id)
    enrolment = get_running_enrolment(ledger, actor.person_id, programme_id)
    programme = ledger.programme(programme_id, enrolment.version_no)
    blueprint = get_part(programme, programme.blueprint_by_id, "quiz", blueprint_id)
    if blueprint.is_practice and pool is Pool.COUNTING:
        raise OnlyPracticeError(blueprint_id)
    for n_taken in count():
        # Read before looking for an open form: one that is started in between is then found, or has the same id.
        earlier = _list_started(ledger, enrolment, pool)
        found = _find_open(ledger, enrolment, blueprint_id, pool, now)
        if found is not None:
            return found
        place = _Place(enrolment, programme, blueprint, pool, earlier, n_taken)
        sitting = find_sitting(ledger, enrolment, blueprint, code, now) if pool is Pool.COUNTING else None
        limit_s = (
            limit_of(blueprint, time_allowed(ledger, actor.person_id, programme_id)) if place.is_counting else None
        )
        started = _new_form(place, now, limit_s=limit_s, sitting_id=sitting.fact_id if sitting else None)
        if ledger.append(started):
            return started
    raise AssertionError


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a new form stands: whose it is, and after which others.

    `n_taken` ids after the number of earlier forms are in use by withdrawn ones.
    """

    enrolment: EnrolmentNow
    programme: Programme
    blueprint: Blueprint
    pool: Pool
    earlier: Sequence[AttemptStarted]
    n_taken: int

    @property
    def is_counting(self) -> bool:
        """Return whether the form counts."""
        return self.pool is Pool.COUNTING

    @property
    def number(self) -> int:
        """Return how many forms of this quiz came before."""
        return sum(one.blueprint_id == self.blueprint.id for one in self.earlier) + self.n_taken

    @property
    def fact_id(self) -> FactId:
        """Return the one id that this form may have."""
        return derived_fact_id(self.enrolment.fact_id, f"attempt/{self.blueprint.id}/{self.pool}/{self.number}")

    @property
    def form_no(self) -> int | None:
        """Return which of the parallel forms comes next for this person; None where each is drawn anew."""
        if not self.blueprint.forms or not self.is_counting:
            return None
        return (self.enrolment.fact_id.int + self.number) % self.blueprint.forms


def _new_form(place: _Place, now: datetime, *, limit_s: int | None, sitting_id: FactId | None) -> AttemptStarted:
    enrolment, seed = place.enrolment, place.fact_id.int % 2**31
    form = _draw(place, seed)
    return AttemptStarted(
        fact_id=place.fact_id,
        person_id=enrolment.person_id,
        actor_id=enrolment.person_id,
        occurred_at=now,
        programme_id=enrolment.programme_id,
        version_no=enrolment.version_no,
        blueprint_id=place.blueprint.id,
        pool=place.pool,
        seed=seed,
        item_ids=form.item_ids,
        option_orders=form.option_orders,
        form_no=place.form_no,
        limit_s=limit_s,
        sitting_id=sitting_id,
    )


def _draw(place: _Place, seed: int) -> DrawnForm:
    if place.form_no is not None:
        return draw_parallel_form(place.programme, place.blueprint, place.form_no)
    times_seen: Counter[ItemId] = Counter(item_id for one in place.earlier for item_id in one.item_ids)
    return draw_form(place.programme, place.blueprint, place.pool, times_seen, seed)


def _find_open(
    ledger: Ledger, enrolment: EnrolmentNow, blueprint_id: BlueprintId, pool: Pool, now: datetime
) -> AttemptStarted | None:
    if pool == Pool.COUNTING:
        window = attempt_window(ledger, enrolment.person_id, enrolment.programme_id, blueprint_id, now)
        if window.open is None:
            _require_start(window, blueprint_id)
        return window.open
    return find_practice(ledger, enrolment.person_id, enrolment.programme_id, blueprint_id)


def find_practice(
    ledger: Ledger, person_id: PersonId, programme_id: ProgrammeId, blueprint_id: BlueprintId
) -> AttemptStarted | None:
    """Return the practice that a person has begun and not handed in, or None; not one whose version the store lost."""
    same = {"programme_id": programme_id, "blueprint_id": blueprint_id}
    done = {one.started_id for one in ledger.list_facts(Attempt, person_id, counts=False, **same)}
    started = ledger.list_facts(AttemptStarted, person_id, pool=Pool.PRACTICE, **same)
    open_ones = (one for one in reversed(started) if one.fact_id not in done)
    return next((one for one in open_ones if _is_held(ledger, one)), None)


def _is_held(ledger: Ledger, started: AttemptStarted) -> bool:
    try:
        programme_of(ledger, started)
    except FormVersionGoneError:
        return False
    return True


def _list_started(ledger: Ledger, enrolment: EnrolmentNow, pool: Pool) -> list[AttemptStarted]:
    """Return the person's forms of one pool, of all quizzes of the programme: an item met in one is met."""
    return ledger.list_facts(AttemptStarted, enrolment.person_id, pool=pool, programme_id=enrolment.programme_id)


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
