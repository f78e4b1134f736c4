"""New and derived fact ids."""

import secrets
import time
from typing import Final
from uuid import UUID, uuid5

from people.facts import FactId

ROOT: Final = FactId(UUID(int=0))
"""The parent of facts that follow from no other, such as the opening of a hub."""


def new_fact_id() -> FactId:
    """Return a fresh id of UUID version 7 (time-ordered)."""
    value = (time.time_ns() // 1_000_000) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    return FactId(UUID(int=value & ~(0x3 << 62) | 0x2 << 62))


def derived_fact_id(parent: FactId, name: str) -> FactId:
    """Return the one id that a follow-up of `parent` may have, so that recording it twice is harmless."""
    return FactId(uuid5(parent, name))
