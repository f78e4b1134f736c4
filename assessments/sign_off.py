"""Sign-offs: the evidence frozen with one, how long one is valid, and in what state it stands."""

import calendar
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from assessments.facts import Acknowledgement, Countersign, DisputeOutcome, DisputeSettled, SecondLook, SignOff
from assessments.verdicts import Verdict
from people.codes import ALPHABET
from people.facts import Amendment, Fact, FactId
from people.models import PersonId


class SignOffState(StrEnum):
    """In force: granted, countersigned where the programme asks for it, and nothing has ended it.

    Renewed and superseded: a later one of the same role took its place, in its last weeks or before. Set aside: a
    second look came to another decision, and that one counts.
    """

    DECLINED = "declined"
    AWAITING_COUNTERSIGN = "awaiting_countersign"
    IN_FORCE = "in_force"
    DUE_SOON = "due_soon"
    RENEWED = "renewed"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"
    REVOKED = "revoked"
    SET_ASIDE = "set_aside"


HOLDS: Final = frozenset({SignOffState.IN_FORCE, SignOffState.DUE_SOON})
"""The states in which a person is signed off."""

LIVE: Final = HOLDS | {SignOffState.AWAITING_COUNTERSIGN, SignOffState.DECLINED}
"""The states in which a decision can be disputed: it says something about today."""


class DisputeStep(StrEnum):
    """What a disputed decision waits for."""

    LOOK_WANTED = "look_wanted"
    TO_SETTLE = "to_settle"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the person said to a decision, oldest first, and what followed from that."""

    words: tuple[Acknowledgement, ...] = ()
    look: SecondLook | None = None
    settled: DisputeSettled | None = None

    @property
    def said(self) -> Acknowledgement | None:
        """Return the newest word."""
        return self.words[-1] if self.words else None

    @property
    def step(self) -> DisputeStep | None:
        """Return what the dispute waits for; None when there is none, or it was taken back before the second look."""
        if self.settled is not None:
            return DisputeStep.SETTLED
        if self.look is not None:
            return DisputeStep.TO_SETTLE
        return DisputeStep.LOOK_WANTED if self.said is not None and not self.said.agrees else None

    @property
    def waits_for_word(self) -> bool:
        """Return whether the person has still to say that they have seen it, or what came of their dispute."""
        said = self.said
        return said is None or (self.settled is not None and not said.agrees)

    @property
    def wants_another(self) -> bool:
        """Return whether the second look counts, so that a new decision has to follow."""
        return self.settled is not None and self.settled.outcome == DisputeOutcome.SECOND_COUNTS


UNANSWERED: Final = Answer()


@dataclass(frozen=True, slots=True)
class Successor:
    """The sign-off that took the place of another, and the day on which it did."""

    fact_id: FactId
    on: date


@dataclass(frozen=True, slots=True)
class SignOffHistory:
    """A sign-off with what was done to it. `decided_on` is its local day."""

    sign_off: SignOff
    countersign: Countersign | None
    revoked: Amendment | None
    decided_on: date
    successor: Successor | None = None
    set_aside: Amendment | None = None
    answer: Answer = UNANSWERED
    due_soon_days: int = 0

    @property
    def is_complete(self) -> bool:
        """Return whether it is granted and, where that is asked for, countersigned."""
        is_confirmed = self.countersign is not None or not self.sign_off.needs_countersign
        return self.sign_off.is_granted and is_confirmed

    @property
    def valid_until(self) -> date:
        """Return the last day on which the sign-off holds."""
        return add_months(self.decided_on, self.sign_off.valid_months)

    @property
    def due_on(self) -> date:
        """Return the first day on which it can be renewed."""
        return self.valid_until - timedelta(days=self.due_soon_days)

    def state_on(self, today: date) -> SignOffState:
        """Return the state on a local day."""
        return self._ended_on(today) or self._standing_on(today)

    def _ended_on(self, today: date) -> SignOffState | None:
        if self.set_aside is not None:
            return SignOffState.SET_ASIDE
        if not self.sign_off.is_granted:
            return SignOffState.DECLINED
        if self.revoked is not None:
            return SignOffState.REVOKED
        if self.successor is not None:
            return SignOffState.RENEWED if self.successor.on >= self.due_on else SignOffState.SUPERSEDED
        return SignOffState.EXPIRED if today > self.valid_until else None

    def _standing_on(self, today: date) -> SignOffState:
        if not self.is_complete:
            return SignOffState.AWAITING_COUNTERSIGN
        is_due = self.due_soon_days > 0 and today >= self.due_on
        return SignOffState.DUE_SOON if is_due else SignOffState.IN_FORCE


# ---------------------------------------------------------------- its way through the years


class StepKind(StrEnum):
    """What happened to a sign-off, or will."""

    ASKED = "asked"
    SIGNED = "signed"
    NOT_YET = "not_yet"
    COUNTERSIGNED = "countersigned"
    AGREED = "agreed"
    DISPUTED = "disputed"
    LOOKED = "looked"
    SETTLED = "settled"
    SET_ASIDE = "set_aside"
    REVOKED = "revoked"
    REPLACED = "replaced"
    DUE = "due"
    RUNS_OUT = "runs_out"


@dataclass(frozen=True, slots=True)
class Step:
    """One point in the life of a sign-off. `actor_id` None: time does it, nobody."""

    kind: StepKind
    day: date
    actor_id: PersonId | None = None


def list_steps(history: SignOffHistory, day_of: Callable[[datetime], date]) -> tuple[Step, ...]:
    """Return what happened to a sign-off and, while it holds, when it can be renewed and when it runs out; by day."""
    return tuple(sorted(_steps(history, day_of), key=lambda step: step.day))


def _steps(history: SignOffHistory, day_of: Callable[[datetime], date]) -> Iterator[Step]:
    def made(kind: StepKind, fact: Fact | None) -> Iterator[Step]:
        if fact is not None:
            yield Step(kind, day_of(fact.occurred_at), fact.actor_id)

    answer = history.answer
    yield from made(StepKind.SIGNED if history.sign_off.is_granted else StepKind.NOT_YET, history.sign_off)
    yield from made(StepKind.COUNTERSIGNED, history.countersign)
    # What somebody says to what came of a dispute follows it, also within one day.
    is_last_after = answer.settled is not None and answer.said is not None and answer.said.agrees
    before, after = (answer.words[:-1], answer.words[-1:]) if is_last_after else (answer.words, ())
    for said in before:
        yield from made(_said(said), said)
    yield from made(StepKind.LOOKED, answer.look)
    yield from made(StepKind.SETTLED, answer.settled)
    for said in after:
        yield from made(_said(said), said)
    yield from made(StepKind.SET_ASIDE, history.set_aside)
    yield from made(StepKind.REVOKED, history.revoked)
    if history.successor is not None:
        yield Step(StepKind.REPLACED, history.successor.on)
    elif history.is_complete and history.revoked is None and history.set_aside is None:
        yield Step(StepKind.DUE, history.due_on)
        yield Step(StepKind.RUNS_OUT, history.valid_until)


def _said(word: Acknowledgement) -> StepKind:
    return StepKind.AGREED if word.agrees else StepKind.DISPUTED


# ---------------------------------------------------------------- a code to check it by

_CODE_LENGTH: Final = 12
_GROUP: Final = 4
_LOW_BITS: Final = 65
"""The bits of an id that a code leaves out; it takes the 48 before the version, and the 11 after it."""


def check_code(sign_off_id: FactId) -> str:
    """Return the code by which anybody can check a sign-off, such as `K7QM-2XPD-H9RT`: 59 bits that chance gave its id.

    Whoever has the id can work it out; from the code nothing follows but itself.
    """
    number = sign_off_id.int
    value = (number >> 80 << 11) | (number >> _LOW_BITS & 0x7FF)
    signs: list[str] = []
    for _ in range(_CODE_LENGTH):
        value, place = divmod(value, len(ALPHABET))
        signs.append(ALPHABET[place])
    return "-".join("".join(signs[at : at + _GROUP]) for at in range(0, _CODE_LENGTH, _GROUP))


def read_check_code(text: str) -> tuple[UUID, UUID] | None:
    """Return the first and the last id that a code as typed may stand for; None when no code looks like that."""
    signs = [sign for sign in text.upper() if sign.isalnum()]
    if len(signs) != _CODE_LENGTH or any(sign not in ALPHABET for sign in signs):
        return None
    value = 0
    for sign in reversed(signs):
        value = value * len(ALPHABET) + ALPHABET.index(sign)
    if value >> 59:
        return None
    first = (value >> 11 << 80) | (_VERSION << 76) | ((value & 0x7FF) << _LOW_BITS)
    return UUID(int=first), UUID(int=first | (1 << _LOW_BITS) - 1)


_VERSION: Final = 5
"""Of the ids that are derived from another's."""


def list_evidence(verdict: Verdict) -> tuple[FactId, ...]:
    """Return the facts that an opened verdict rests on, each once, in the order of gates and parts."""
    named = (
        fact_id
        for gate in verdict.gates
        for ids in (gate.evidence, *(part.evidence for part in gate.parts))
        for fact_id in ids
    )
    return tuple(dict.fromkeys(named))


def evidence_hash(digests: Iterable[str]) -> str:
    """Return the SHA-256 (hex) over the digests in order, each followed by a line feed."""
    return hashlib.sha256("".join(f"{digest}\n" for digest in digests).encode()).hexdigest()


def add_months(day: date, months: int) -> date:
    """Return the day so many months later; a day that the month has not becomes its last (29 to 28 February)."""
    years, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))
