"""Amendments: what was recorded stays, and a new fact names it and says what became of it."""

from datetime import datetime

from people.facts import Amendment, Change, Fact, FactId
from people.ids import derived_fact_id
from people.models import Actor


def amend(about: Fact, actor: Actor, target_id: FactId, change: Change, *, reason: str, now: datetime) -> Amendment:
    """Return the one amendment of a kind that a fact may have; `about` gives the person."""
    return Amendment(
        fact_id=derived_fact_id(target_id, change),
        person_id=about.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        target_id=target_id,
        change=change,
        reason=reason,
    )
