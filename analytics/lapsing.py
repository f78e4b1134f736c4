"""What ends if nothing more happens: which gates of people who are signed off close within the next days, and how many.

The statement of readiness is asked as of a day to come, by what is known now: nothing is worked out a second time.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from analytics.journeys import AHEAD_DAYS
from assessments.verdicts import Status, Verdict
from curriculum.gates import Severity
from curriculum.ids import GateId
from curriculum.models import Programme
from people.models import Actor, CohortId, HubId, PersonId
from people.rights import Record, Right, require_in_hub
from store.ledger import Store
from store.readiness import verdicts

_ACTIVE: Final = frozenset({Status.SIGNED_OFF, Status.DUE_SOON})


@dataclass(frozen=True, slots=True)
class Closing:
    """One gate, and how many of the active people it closes for within each of the days asked about."""

    gate_id: GateId
    n_closing: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lapsing:
    """What ends within each number of `days` from now.

    Attributes:
        days: Ahead of us.
        n_active: How many people are signed off now.
        n_lapsing: How many of them would have lapsed by then.
        n_ending: Of those, whose sign-off's own last day would be over.
        gates: Blocking gates that would close, those of most people first; a person may stand in several.
    """

    days: tuple[int, ...]
    n_active: int
    n_lapsing: tuple[int, ...]
    n_ending: tuple[int, ...]
    gates: tuple[Closing, ...]


def see_lapsing(
    store: Store, actor: Actor, programme: Programme, hub_id: HubId, *, cohort_id: CohortId | None = None
) -> Lapsing:
    """Return what ends for those who are signed off in a hub, or in one of its cohorts, if nothing more happens.

    Raises:
        NotAllowedError: The actor may not see where these people stand, one by one.
    """
    require_in_hub(actor, Right.SEE_STATUS, Record.READINESS, hub_id)
    now = store.clock()

    def standing(as_of: datetime) -> dict[PersonId, Verdict]:
        found = verdicts(store, programme.head.id, hub_id=hub_id, cohort_id=cohort_id, as_of=as_of, known_at=now)
        return {verdict.person_id: verdict for verdict in found}

    ahead = [standing(now + timedelta(days=days)) for days in AHEAD_DAYS]
    return lapsing(standing(now).values(), ahead, store.day_of(now))


def lapsing(verdicts_now: Iterable[Verdict], ahead: Sequence[Mapping[PersonId, Verdict]], today: date) -> Lapsing:
    """Return what ends, from where people stand today and where they would stand after each of `AHEAD_DAYS`."""
    active = [verdict for verdict in verdicts_now if verdict.status in _ACTIVE]
    closing: dict[GateId, Counter[int]] = {}
    lapsed, ended = Counter[int](), Counter[int]()
    for n_days, then in zip(AHEAD_DAYS, ahead, strict=True):
        for verdict in active:
            after = then[verdict.person_id]
            lapsed[n_days] += after.status is Status.LAPSED
            ended[n_days] += (verdict.valid_until or date.max) < today + timedelta(days=n_days)
            for gate_id in _closed(after) - _closed(verdict):
                closing.setdefault(gate_id, Counter())[n_days] += 1
    gates = [Closing(gate_id, tuple(counted[n] for n in AHEAD_DAYS)) for gate_id, counted in closing.items()]
    return Lapsing(
        days=AHEAD_DAYS,
        n_active=len(active),
        n_lapsing=tuple(lapsed[n] for n in AHEAD_DAYS),
        n_ending=tuple(ended[n] for n in AHEAD_DAYS),
        gates=tuple(sorted(gates, key=lambda gate: (*(-n for n in reversed(gate.n_closing)), gate.gate_id))),
    )


def _closed(verdict: Verdict) -> frozenset[GateId]:
    return frozenset(gate.gate_id for gate in verdict.gates if gate.severity is Severity.BLOCK and not gate.is_open)
