"""How somebody is, by their own word: a load of 1 (light) to 5 (too much). It is kept apart, and never counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

LIGHTEST: Final = 1
HEAVIEST: Final = 5
IN_SUCCESSION: Final = 2
"""How many high loads, one after the other, are told to a supervisor."""


@dataclass(frozen=True, slots=True)
class CheckIn:
    """One entry. `day` is the local day."""

    entry_id: UUID
    recorded_at: datetime
    day: date
    level: int


def is_high_twice(levels: Sequence[int], high_load: int) -> bool:
    """Return whether the newest entries, oldest first, are high in succession."""
    newest = levels[-IN_SUCCESSION:]
    return len(newest) == IN_SUCCESSION and min(newest) >= high_load
