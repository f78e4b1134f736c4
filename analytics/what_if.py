"""What if there were more time: who could have all the contacts with a trainer that they still need, by which week.

A contact is a role-play or a live session that a trainer watches, or a supervision. What each person still needs is
read from the statement of readiness; how many contacts a week the hub gives, from its own last weeks. Those who need
least come first, because so most people are through by any week (Smith 1956, doi:10.1002/nav.3800030106). It is
arithmetic of time and no forecast: people may need to show a thing more than once, and have things to do that no
trainer's time can buy.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from assessments.verdicts import GateVerdict, PartVerdict, Status, Verdict
from curriculum.gates import (
    AssessorGate,
    Gate,
    HarmGate,
    LevelGate,
    ObserversGate,
    PracticeGate,
    SettingsGate,
    Severity,
    SupervisionGate,
)
from curriculum.ids import GateId
from curriculum.models import Programme
from curriculum.phrases import N_, Phrase
from people.models import Actor, CohortId, HubId, PersonId
from people.rights import Record, Right, require_in_hub
from store.ledger import Store
from store.readiness import verdicts
from store.rules import GatePart, gate_parts
from store.standing import names_of

WEEKS_BACK: Final = 8
"""From how many weeks the hub's own pace is taken."""

WEEKS_AHEAD: Final = 26
"""No further than this is anything worked out."""

MOST_A_WEEK: Final = 2
"""So many contacts a person can take in a week."""

_ON_THE_WAY: Final = frozenset({Status.NOT_STARTED, Status.IN_TRAINING, Status.PRACTISING})


class Contact(StrEnum):
    """How a trainer spends time with a person."""

    ROLEPLAY = "roleplay"
    LIVE = "live"
    MEETING = "supervision"


@dataclass(frozen=True, slots=True)
class Need:
    """What a person still needs at least.

    Attributes:
        person_id: Who.
        name: Their name.
        contacts: Contacts with a trainer by kind; of two gates that one contact can serve, the larger number.
        others: Blocking gates that no trainer's time can open: quizzes, sessions, certificates.
    """

    person_id: PersonId
    name: str
    contacts: Counter[Contact]
    others: tuple[GateId, ...]

    @property
    def n(self) -> int:
        """Return how many contacts they need in all."""
        return self.contacts.total()


@dataclass(frozen=True, slots=True)
class Through:
    """Who could have all their contacts by the end of a week from now; None: not within the weeks looked at."""

    need: Need
    week: int | None


@dataclass(frozen=True, slots=True)
class Pace:
    """What the hub gave in its last weeks. `because` says why there is no pace to reckon with."""

    n_contacts: int
    n_trainers: int
    n_weeks: int
    because: Phrase | None = None

    @property
    def a_week(self) -> float:
        """Return contacts a week, all trainers together."""
        return self.n_contacts / self.n_weeks

    @property
    def of_one_trainer(self) -> float:
        """Return contacts a week of a trainer, on average; 0 when nobody gave any."""
        return self.a_week / self.n_trainers if self.n_trainers else 0.0


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The people on the way with what they need, those who need least first, and the hub's pace."""

    needs: tuple[Need, ...]
    pace: Pace

    @property
    def n_contacts(self) -> int:
        """Return how many contacts all of them need."""
        return sum(need.n for need in self.needs)


def see_what_if(
    store: Store, actor: Actor, programme: Programme, hub_id: HubId, *, cohort_id: CohortId | None = None
) -> WhatIf:
    """Return what the people of a hub or of one cohort still need, and at what pace the hub gives it. As of now.

    Raises:
        NotAllowedError: The actor may not see where these people stand, one by one.
    """
    require_in_hub(actor, Right.SEE_STATUS, Record.READINESS, hub_id)
    now = store.clock()
    found = verdicts(
        store,
        programme.head.id,
        hub_id=hub_id,
        cohort_id=cohort_id,
        as_of=now,
        known_at=now,
        with_evidence=True,
    )
    moving = [verdict for verdict in found if verdict.status in _ON_THE_WAY]
    names = names_of(store, [verdict.person_id for verdict in moving])
    programmes = {no: store.programme(programme.head.id, no) for no in {verdict.version_no for verdict in moving}}
    needs = [need_of(programmes[one.version_no], one, names[one.person_id]) for one in moving]
    today = store.day_of(now)
    (row,) = store.system_query(
        "trainer_contacts",
        programme_id=programme.head.id,
        hub=hub_id,
        first_day=today - timedelta(weeks=WEEKS_BACK) + timedelta(days=1),
        last_day=today,
    )
    return WhatIf(tuple(sorted(needs, key=lambda need: (need.n, need.name))), _pace(**row))


def _pace(n_contacts: int, n_trainers: int) -> Pace:
    because = None
    if not n_contacts:
        because = N_("nobody here was watched or supervised in the last {n} weeks", n=WEEKS_BACK)
    return Pace(n_contacts, n_trainers, WEEKS_BACK, because)


# ---------------------------------------------------------------- what a person needs


def need_of(programme: Programme, verdict: Verdict, name: str) -> Need:
    """Return what a person still needs at least, from their verdict with its parts."""
    gates = {gate.id: gate for gate in programme.gates}
    contacts, others = Counter[Contact](), list[GateId]()
    for found in verdict.gates:
        if found.is_open or found.severity is not Severity.BLOCK:
            continue
        asked = contacts_for(gates[found.gate_id], found)
        if asked is None:
            others.append(found.gate_id)
        else:
            contacts |= asked
    return Need(verdict.person_id, name, contacts, tuple(others))


def contacts_for(gate: Gate, found: GateVerdict) -> Counter[Contact] | None:
    """Return the contacts that a closed gate needs at least; None when a trainer's time cannot open it.

    A role-play is of one checklist; in a live session a trainer fills in several. So the role-plays of a gate's parts
    add up by checklist, and of its live ones the largest number counts.
    """
    missing = [(part, one.need - one.have) for part, one in _open_parts(gate, found)]
    match gate:
        case SupervisionGate():
            return Counter({Contact.MEETING: max((n for _, n in missing), default=1)})
        case PracticeGate():
            return _practice(missing)
        case LevelGate() | SettingsGate():
            return _largest(missing)
        case ObserversGate() | AssessorGate():
            return Counter({Contact.LIVE: max(found.need - found.have, 1)})
        case HarmGate():
            return Counter({Contact.LIVE: 1})
        case _:
            return None


def _open_parts(gate: Gate, found: GateVerdict) -> Iterable[tuple[GatePart, PartVerdict]]:
    rules = gate_parts(gate)
    return ((rules[part.part_no - 1], part) for part in found.parts if not part.is_met)


def _practice(missing: Sequence[tuple[GatePart, int]]) -> Counter[Contact]:
    of_checklist: dict[tuple[Contact, str], int] = {}
    for part, n in missing:
        key = (_contact(part), part.references[0])
        of_checklist[key] = max(n, of_checklist.get(key, 0))
    counted = Counter[Contact]()
    for (contact, _), n in of_checklist.items():
        counted[contact] = max(n, counted[contact]) if contact is Contact.LIVE else counted[contact] + n
    return counted


def _largest(missing: Sequence[tuple[GatePart, int]]) -> Counter[Contact]:
    counted = Counter[Contact]()
    for part, n in missing:
        counted[_contact(part)] = max(n, counted[_contact(part)])
    return counted


def _contact(part: GatePart) -> Contact:
    match part.setting:
        case "roleplay":
            return Contact.ROLEPLAY
        case "supervision":
            return Contact.MEETING
        case _:
            return Contact.LIVE


# ---------------------------------------------------------------- who is through by when


def schedule(needs: Iterable[Need], a_week: float, *, weeks: int = WEEKS_AHEAD) -> tuple[Through, ...]:
    """Return by which week each person could have all their contacts.

    Args:
        needs: Who needs what.
        a_week: How many contacts the hub gives a week; what is not given in a week of parts is kept for the next.
        weeks: How far ahead.

    Returns:
        Those who need least first; week 0 is for those who need none.
    """
    ordered = sorted(needs, key=lambda need: (need.n, need.name))
    left = {need.person_id: need.n for need in ordered}
    week_of: dict[PersonId, int] = {person_id: 0 for person_id, n in left.items() if n == 0}
    whole = 0
    for week in range(1, weeks + 1):
        given = int(a_week * week + _ROUNDING) - whole
        whole += given
        for need in ordered:
            taken = min(given, MOST_A_WEEK, left[need.person_id])
            left[need.person_id] -= taken
            given -= taken
            if taken and not left[need.person_id]:
                week_of[need.person_id] = week
    return tuple(Through(need, week_of.get(need.person_id)) for need in ordered)


_ROUNDING: Final = 1e-9
"""So that 0.1 ten times is one contact."""


def count_by_week(through: Sequence[Through], weeks: int = WEEKS_AHEAD) -> tuple[int, ...]:
    """Return how many people are through by the end of each week, from week 0."""
    done = Counter(one.week for one in through if one.week is not None)
    counts: list[int] = []
    for week in range(weeks + 1):
        counts.append(done[week] + (counts[-1] if counts else 0))
    return tuple(counts)
