"""Whether a trainee's time in a programme runs: pauses, returns and withdrawals."""

from datetime import datetime
from typing import Final

from curriculum.ids import ProgrammeId
from people.errors import ClockChangeError, NotEnrolledError
from people.facts import ClockChange, ClockReason, Enrolment, Pause
from people.ids import derived_fact_id
from people.models import Actor, PersonId
from people.names import check_coded
from people.ports import FactLedger
from people.rights import Record, Right, require_in_hub
from people.service.reach import clock_of, find_enrolment, get_cohort

FOLLOWS: Final = {
    ClockChange.RESUMED: (ClockChange.PAUSED, ClockChange.WITHDRAWN),
    ClockChange.PAUSED: (ClockChange.RESUMED, ClockChange.WITHDRAWN),
    ClockChange.WITHDRAWN: (),
}
"""What can follow from how things are. Who has left comes back by a new enrolment."""

REASONS: Final = {
    ClockChange.PAUSED: (ClockReason.OWN_WISH, ClockReason.NO_TIME, ClockReason.HUB, ClockReason.OTHER),
    ClockChange.RESUMED: (ClockReason.BACK, ClockReason.HUB, ClockReason.OTHER),
    ClockChange.WITHDRAWN: (
        ClockReason.OWN_WISH,
        ClockReason.NO_TIME,
        ClockReason.MOVED_AWAY,
        ClockReason.HUB,
        ClockReason.OTHER,
    ),
}
"""The reasons that a page offers for each change."""


def change_clock(
    ledger: FactLedger,
    actor: Actor,
    person_id: PersonId,
    programme_id: ProgrammeId,
    *,
    change: ClockChange,
    reason: ClockReason,
    now: datetime,
) -> Pause:
    """Record that a trainee pauses, returns from a pause, or leaves the programme.

    A pause stops the clock of the longest gap between supervisions, and of nothing else: a certificate ages on.

    Raises:
        NotEnrolledError: The person is not in the programme.
        NotAllowedError: The actor may not fill cohorts in the trainee's hub.
        ClockChangeError: The change does not follow from how things are, such as a return without a pause.
        TextRefusedError: The reason is not a `ClockReason`.
    """
    enrolment = find_enrolment(ledger, person_id, programme_id)
    if enrolment is None:
        raise NotEnrolledError(person_id, programme_id)
    require_in_hub(actor, Right.WRITE, Record.COHORT, get_cohort(ledger, enrolment.cohort_id).hub_id)
    state = clock_of(ledger, enrolment)
    if change not in FOLLOWS[state]:
        raise ClockChangeError(change, "running" if state == ClockChange.RESUMED else state)
    code = check_coded(ClockReason, reason, "reason")
    pause = make_pause(ledger, actor, enrolment, change=change, reason=code, now=now)
    if ledger.append(pause):
        return pause
    return ledger.find(Pause, pause.fact_id) or pause


def make_pause(
    ledger: FactLedger,
    actor: Actor,
    enrolment: Enrolment,
    *,
    change: ClockChange,
    reason: ClockReason,
    now: datetime,
) -> Pause:
    """Return the fact that changes a trainee's time; its id tells two who record it at once apart."""
    n_before = len(ledger.list_facts(Pause, enrolment.person_id, programme_id=enrolment.programme_id))
    return Pause(
        fact_id=derived_fact_id(enrolment.fact_id, f"clock/{n_before}"),
        person_id=enrolment.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        programme_id=enrolment.programme_id,
        change=change,
        reason=reason,
    )
