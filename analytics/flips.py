"""What would open a closed gate, or all of them: next facts that are enough, and of which none can be left out.

Nothing is worked out a second time here. Facts are proposed, and the statement that judges people is asked about copies
of the person to whom these facts have been added: all of them, and all but one. See `store.hypotheses`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final

from analytics.next_facts.bounds import fewest
from analytics.next_facts.drafts import Asked, NextFact, observers
from analytics.next_facts.fitting import fit_together, lift
from analytics.next_facts.proposing import propose
from assessments.facts import Attendance, Certificate, Observation
from assessments.verdicts import GateVerdict, Status, Verdict
from curriculum.gates import Gate, Severity
from curriculum.ids import GateId
from curriculum.models import Programme
from curriculum.phrases import N_, Phrase
from people.facts import Fact, FactId
from people.models import PersonId
from store.ledger import Store

_HORIZON_DAYS: Final = 90
"""So far ahead it is looked for the day from which the facts would not be enough any more."""

_AGEING: Final = frozenset(
    {"quiz", "critical", "practice", "level", "observers", "settings", "supervision", "certificate", "assessor"}
)
"""Kinds of gate whose evidence grows too old."""

_READ: Final[Mapping[str, type[Fact]]] = {"dose": Attendance, "practice": Observation, "harm": Observation}
"""Kinds of gate whose proposals look into the evidence, and what that is."""


@dataclass(frozen=True, slots=True)
class NextThing:
    """The same fact, so many times."""

    times: int
    words: Phrase


@dataclass(frozen=True, slots=True)
class Flip:
    """What would open a gate. `facts` are enough today, and not one of them can be left out.

    `by` is the last day on which they would still be enough, None when that is more than 90 days away: other evidence
    grows old. Where no facts are found, `waits_for` says so.
    """

    facts: tuple[NextFact, ...] = ()
    by: date | None = None
    waits_for: Phrase | None = None

    @property
    def things(self) -> tuple[NextThing, ...]:
        """Return the facts in plain words, alike ones together."""
        return _things(self.facts)


@dataclass(frozen=True, slots=True)
class WholeFlip:
    """What would open several closed gates of a person at once; one fact may serve several of them.

    Attributes:
        gate_ids: The gates, in the programme's order.
        facts: Enough to open them all while none closes, and none of them can be left out. Empty when none are known.
        is_smallest: Whether it is proved that no set with fewer facts is enough.
        waits_for: What no fact brings, by the gate that waits for it: these gates are not among `gate_ids`.
    """

    gate_ids: tuple[GateId, ...] = ()
    facts: tuple[NextFact, ...] = ()
    is_smallest: bool = False
    waits_for: Mapping[GateId, Phrase] = field(default_factory=dict[GateId, Phrase])

    @property
    def things(self) -> tuple[NextThing, ...]:
        """Return the facts in plain words, alike ones together."""
        return _things(self.facts)


@dataclass(frozen=True, slots=True)
class SeenFlip:
    """What would open a person's gates together, as far as the reader may see it.

    Attributes:
        programme: The version of the person.
        flip: What would open them.
        waits_for: What the person waits for besides, such as the end of a hold.
        n_hidden: How many more gates are closed, of which the reader may not see what is missing.
    """

    programme: Programme
    flip: WholeFlip
    waits_for: Phrase | None
    n_hidden: int


def _things(facts: Sequence[NextFact]) -> tuple[NextThing, ...]:
    times: dict[tuple[str, str], list[NextFact]] = {}
    for one in facts:
        times.setdefault((one.words.template, one.words.text()), []).append(one)
    return tuple(NextThing(len(alike), alike[0].words) for alike in times.values())


@dataclass(frozen=True, slots=True)
class Case:
    """Whose gates are asked about, under which version, as of an instant, by what was known at another."""

    store: Store
    programme: Programme
    version_no: int
    person_id: PersonId
    as_of: datetime
    known_at: datetime

    def asked(self, days_later: int = 0) -> Asked:
        """Return what proposals need, for today or for a later day."""
        at = self.as_of + timedelta(days=days_later)
        return Asked(self.programme, self.version_no, self.person_id, at, self.store.day_of(at))


def case_of(store: Store, programme: Programme, verdict: Verdict) -> Case:
    """Return the case of a verdict."""
    return Case(store, programme, verdict.version_no, verdict.person_id, verdict.as_of, verdict.known_at)


def find_flips(case: Case, gates: Sequence[GateVerdict], *, with_deadline: bool = False) -> dict[GateId, Flip]:
    """Return what would open each of a person's closed gates, all asked about at once.

    Args:
        case: Whose gates.
        gates: Their verdicts, opened down to the evidence; those that are open are passed over.
        with_deadline: Find the day too by which the facts would have to come: that takes several questions a gate.
    """
    rules = {gate.id: gate for gate in case.programme.gates}
    closed = {verdict.gate_id: verdict for verdict in gates if not verdict.is_open}
    asked = case.asked()
    proposed = {
        gate_id: propose(asked, rules[gate_id], verdict, _evidence(case, rules[gate_id], verdict))
        for gate_id, verdict in closed.items()
    }
    found = _proved(case, {rules[gate_id]: facts for gate_id, facts in proposed.items()})
    flips: dict[GateId, Flip] = {}
    for gate_id, verdict in closed.items():
        facts = found.get(gate_id)
        if facts is None:
            flips[gate_id] = Flip(waits_for=_waits_for(rules[gate_id]))
            continue
        has_old = with_deadline and rules[gate_id].kind in _AGEING and verdict.have > 0
        flips[gate_id] = Flip(facts, _last_day(case, rules[gate_id], facts) if has_old else None)
    return flips


def find_whole_flip(case: Case, gates: Sequence[GateVerdict], *, kinds: Collection[str] | None = None) -> WholeFlip:
    """Return the next facts that open all of a person's closed gates together, and keep the others open.

    What opens each gate is found first; then one fact takes the place of several wherever it can serve their gates. The
    statement of readiness is asked about the whole set, and about the set without each of its facts.

    Args:
        case: Whose gates.
        gates: The verdicts of all their gates, opened down to the evidence. Only gates that block are looked at.
        kinds: Only closed gates of these kinds are to be opened; all when left out.
    """
    rules = {gate.id: gate for gate in case.programme.gates}
    blocks = [verdict for verdict in gates if verdict.severity is Severity.BLOCK]
    asked = [one for one in blocks if not one.is_open and (kinds is None or rules[one.gate_id].kind in kinds)]
    flips = find_flips(case, asked)
    waits = {gate_id: flip.waits_for for gate_id, flip in flips.items() if flip.waits_for is not None}
    closed = [verdict for verdict in asked if flips[verdict.gate_id].facts]
    if not closed:
        return WholeFlip(waits_for=waits)
    ordered = sorted((rules[verdict.gate_id] for verdict in closed), key=lambda gate: _place_of(gate.kind))
    together = fit_together({gate.id: flips[gate.id].facts for gate in ordered})
    apart = [one for gate in ordered for one in flips[gate.id].facts]
    wanted = [*ordered, *(rules[verdict.gate_id] for verdict in blocks if verdict.is_open)]
    facts = ()
    for tried in (together, apart):
        facts = facts or _without_needless(case, wanted, tuple(lift(case.programme, one) for one in tried))
    least = fewest((rules[verdict.gate_id], verdict) for verdict in closed)
    return WholeFlip(tuple(verdict.gate_id for verdict in closed), facts, bool(facts) and len(facts) == least, waits)


_FITTED_LAST: Final = ("quiz", "settings", "level", "harm", "observers", "assessor")
"""Kinds of gate that take what others ask for: which form, story or key question it is, is theirs to say."""


def _place_of(kind: str) -> int:
    return _FITTED_LAST.index(kind) + 1 if kind in _FITTED_LAST else 0


def _without_needless(case: Case, gates: Sequence[Gate], facts: tuple[NextFact, ...]) -> tuple[NextFact, ...]:
    """Return those of the facts that are all needed to have all the gates open; none when all are not enough."""
    is_first = True
    while facts:
        sets = [_but_one(facts, n) for n in range(-1, len(facts))]
        is_enough, *others = [all(opened) for opened in _try(case, [(gates, one) for one in sets], 0)]
        if is_first and not is_enough:
            return ()
        if True not in others:
            return facts
        # The last that can be spared goes: the first say most about what is asked.
        facts = _but_one(facts, len(others) - 1 - others[::-1].index(True))
        is_first = False
    return ()


def status_waits_for(verdict: Verdict) -> Phrase | None:
    """Return what somebody waits for whom no next fact brings to a decision; None when facts do."""
    match verdict.status:
        case Status.ON_HOLD:
            return N_("The safeguarding lead or the deputy has to lift the hold. No practice can do that.")
        case Status.PAUSED:
            return N_("They have paused. Everything goes on when they return.")
        case Status.WITHDRAWN:
            return N_("They have left. They would have to be enrolled again.")
        case Status.REVOKED:
            return N_("The sign-off was revoked. A person has to decide again.")
        case _:
            return None


def _waits_for(gate: Gate) -> Phrase:
    if gate.kind == "practice":
        return N_("The programme has no story or form left that was not used yet.")
    if gate.kind == "level":
        return N_("No form of the programme rates what is missing.")
    return N_("Cannot be worked out: no list of next steps that was tried opens this gate.")


def _evidence(case: Case, gate: Gate, verdict: GateVerdict) -> Mapping[FactId, Fact]:
    """Return what the gate rests on, where proposals look into it; what was struck out since is read one by one."""
    fact_class = _READ.get(gate.kind)
    if fact_class is None:
        return {}
    in_force = {fact.fact_id: fact for fact in case.store.list_facts(fact_class, case.person_id)}
    rests_on = ((one, in_force.get(one) or case.store.find(fact_class, one)) for one in verdict.evidence)
    return {fact_id: fact for fact_id, fact in rests_on if fact is not None}


# ---------------------------------------------------------------- trying


_Facts = Sequence[NextFact]


def _proved(case: Case, proposed: Mapping[Gate, _Facts]) -> dict[GateId, tuple[NextFact, ...]]:
    """Return of each gate the facts of the proposal that are enough and all needed; nothing where all are not enough.

    More good facts never close a gate. So when none can be left out, no smaller part of the set is enough.
    """
    waiting = {gate: tuple(facts) for gate, facts in proposed.items() if facts}
    found: dict[GateId, tuple[NextFact, ...]] = {}
    is_first = True
    while waiting:
        tried = [([gate], _but_one(facts, n)) for gate, facts in waiting.items() for n in range(-1, len(facts))]
        opened = [is_open for (is_open,) in _try(case, tried, 0)]
        place = 0
        for gate, facts in list(waiting.items()):
            is_enough, *others = opened[place : place + len(facts) + 1]
            place += len(facts) + 1
            if is_first and not is_enough:
                del waiting[gate]
            elif True not in others:
                found[gate.id] = facts
                del waiting[gate]
            else:
                waiting[gate] = _but_one(facts, others.index(True))
        is_first = False
    return found


def _but_one(facts: tuple[NextFact, ...], place: int) -> tuple[NextFact, ...]:
    """Return the facts without one; all of them for -1."""
    return facts if place < 0 else facts[:place] + facts[place + 1 :]


def _try(case: Case, tried: Sequence[tuple[Sequence[Gate], _Facts]], days_later: int) -> list[list[bool]]:
    """Return for each set of facts which of the gates are open with them, on that day."""
    asked = case.asked(days_later)
    known_at = case.known_at + timedelta(days=days_later)
    eyes = observers(asked)
    # An observer is known to all copies alike, so they are added once, with the first.
    cases = [[_moved(one.fact, asked) for one in facts] for _, facts in tried]
    cases[0] = [*eyes, *cases[0]]
    found = case.store.try_cases(
        asked.programme_id,
        case.person_id,
        cases,
        as_of=asked.at,
        known_at=known_at,
        kinds={gate.kind for gates, _ in tried for gate in gates},
    )
    opened = [{one.gate_id: one.is_open for one in verdict.gates} for verdict in found]
    return [[states[gate.id] for gate in gates] for states, (gates, _) in zip(opened, tried, strict=True)]


def _moved(fact: Fact, asked: Asked) -> Fact:
    """Return the fact as if it happened on that day; a certificate is one of that day too."""
    if isinstance(fact, Certificate):
        days = asked.today - fact.issued_on
        return replace(fact, occurred_at=asked.at, issued_on=asked.today, expires_on=fact.expires_on + days)
    return replace(fact, occurred_at=asked.at)


def _last_day(case: Case, gate: Gate, facts: _Facts) -> date | None:
    """Return the last day before which the facts are enough whenever they come; None when that is far away."""
    if _is_enough(case, gate, facts, _HORIZON_DAYS):
        return None
    enough, not_enough = 0, _HORIZON_DAYS
    while not_enough - enough > 1:
        middle = (enough + not_enough) // 2
        if _is_enough(case, gate, facts, middle):
            enough = middle
        else:
            not_enough = middle
    return case.store.day_of(case.as_of + timedelta(days=enough))


def _is_enough(case: Case, gate: Gate, facts: _Facts, days_later: int) -> bool:
    return _try(case, [([gate], facts)], days_later)[0][0]
