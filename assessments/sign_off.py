"""Sign-offs: the evidence frozen with one, how long one is valid, and in what state it stands."""

import calendar
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assessments.facts import Countersign, SignOff
from assessments.verdicts import Verdict
from people.facts import Amendment, FactId


class SignOffState(StrEnum):
    """In force: granted, countersigned where the programme asks for it, neither revoked nor past its last day."""

    DECLINED = "declined"
    AWAITING_COUNTERSIGN = "awaiting_countersign"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class SignOffHistory:
    """A sign-off with what was done to it.

    `decided_on` is its local day; `is_superseded` says that a newer one is granted and countersigned where needed.
    """

    sign_off: SignOff
    countersign: Countersign | None
    revoked: Amendment | None
    decided_on: date
    is_superseded: bool

    @property
    def valid_until(self) -> date:
        """Return the last day on which the sign-off holds."""
        return add_months(self.decided_on, self.sign_off.valid_months)

    def state_on(self, today: date) -> SignOffState:
        """Return the state on a local day."""
        if not self.sign_off.is_granted:
            return SignOffState.DECLINED
        if self.revoked is not None:
            return SignOffState.REVOKED
        if today > self.valid_until:
            return SignOffState.EXPIRED
        if self.is_superseded:
            return SignOffState.SUPERSEDED
        if self.sign_off.needs_countersign and self.countersign is None:
            return SignOffState.AWAITING_COUNTERSIGN
        return SignOffState.IN_FORCE


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
