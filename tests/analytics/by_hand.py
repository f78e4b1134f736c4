"""Levels counted by hand, from the facts alone: what the statements about levels are checked against."""

from collections import defaultdict
from datetime import datetime

from assessments.facts import Observation, Relation
from curriculum.ids import ChecklistId, CompetencyId
from curriculum.models import Setting
from people.models import PersonId
from store.ledger import Store

Place = tuple[CompetencyId, ChecklistId, Setting]


def levels_of_people(store: Store) -> dict[Place, list[list[int]]]:
    """Return the levels of each person in each competency, in the order of their counted observations."""
    seen: dict[Place, dict[PersonId, list[tuple[datetime, int]]]] = defaultdict(lambda: defaultdict(list))
    for one in store.list_facts(Observation):
        is_theirs = one.relation is Relation.TRAINER and (one.setting is not Setting.LIVE or one.has_co_leader)
        if not one.counts or not is_theirs:
            continue
        lowest: dict[CompetencyId, int] = {}
        for rating in one.ratings:
            if rating.level is not None:
                lowest[rating.competency_id] = min(rating.level, lowest.get(rating.competency_id, 4))
        for competency_id, level in lowest.items():
            seen[competency_id, one.checklist_id, one.setting][one.person_id].append((one.occurred_at, level))
    return {
        place: [[level for _, level in sorted(levels, key=lambda pair: pair[0])] for levels in people.values()]
        for place, people in seen.items()
    }
