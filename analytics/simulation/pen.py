"""Writes facts down: gives them ids that follow from the seed, and keeps them in the order of recording."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from operator import itemgetter
from random import Random
from typing import Final
from uuid import UUID

from people.facts import Fact, FactId
from store.recording import Dated

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_VERSION_7: Final = 0x7 << 76
_VARIANT: Final = 0x2 << 62
_RANDOM_LOW: Final = (1 << 62) - 1
_NONCE_DIGITS: Final = 32


def new_fact_id(rng: Random, at: datetime) -> FactId:
    """Return a fresh id of UUID version 7, as the app makes them, of that instant and that source of chance."""
    since = at - _EPOCH
    milliseconds = (since.days * 86_400 + since.seconds) * 1000 + since.microseconds // 1000
    bits = rng.getrandbits(74)
    high = milliseconds << 80 | _VERSION_7 | (bits >> 62) << 64
    return FactId(UUID(int=high | _VARIANT | bits & _RANDOM_LOW))


def derived_nonce(fact_id: FactId, field_name: str) -> str:
    """Return the nonce of an invented text, which nobody has to keep secret: the same in every run."""
    return sha256(f"{fact_id}/{field_name}".encode()).hexdigest()[:_NONCE_DIGITS]


@dataclass(slots=True)
class Pen:
    """Facts that wait to be handed over."""

    records: list[Dated] = field(default_factory=list[Dated])

    def write(self, fact: Fact, recorded_at: datetime | None = None) -> None:
        """Write a fact down; it is recorded when it happens unless told otherwise."""
        self.records.append((recorded_at or fact.occurred_at, fact))

    def take(self) -> list[Dated]:
        """Hand over what was written, in the order of recording; at one instant, in the order of writing."""
        taken, self.records = self.records, []
        taken.sort(key=itemgetter(0))
        return taken
