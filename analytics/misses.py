"""What people get wrong: of a cohort, of a hub, or of all who train in a programme, where small numbers are hidden."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

from analytics.small_numbers import shown_part
from curriculum.blueprints import Purpose
from curriculum.ids import ItemId
from curriculum.items import Item
from curriculum.models import Programme
from people.models import Actor, CohortId, HubId
from people.rights import Record, Right, may_in_hub, require_anywhere, require_in_hub
from store.ledger import Store
from store.questions import number_of

_ALL: Final = -1


@dataclass(frozen=True, slots=True)
class Miss:
    """A question that was answered wrongly.

    Attributes:
        item: The question.
        n_people: How many have met it; each person's newest answer counts.
        n_wrong: How many of them had it wrong; None where that is hidden.
        n_sure: How many of these were sure; None where that is hidden.
    """

    item: Item
    n_people: int
    n_wrong: int | None
    n_sure: int | None


def see_misses(
    store: Store,
    actor: Actor,
    programme: Programme,
    hub_id: HubId | None = None,
    *,
    cohort_id: CohortId | None = None,
) -> list[Miss]:
    """Return what people get wrong: safeguarding first, then where most were sure, then where most were wrong.

    Args:
        store: Where the facts are.
        actor: Who asks.
        programme: The version whose questions are shown; what it has no more is left out.
        hub_id: The hub; None for all hubs, where questions that few have met, or had wrong, are left out.
        cohort_id: One cohort of the hub; None for all.

    Raises:
        NotAllowedError: The actor may not see the hub's results, or may not write programmes.
    """
    if hub_id is None:
        require_anywhere(actor, Right.DRAFT, Record.PROGRAMME)
        cohort_id = None
    else:
        require_in_hub(actor, Right.SEE, Record.RESULTS, hub_id)
    found = _count(store, programme, hub_id, cohort_id)
    if hub_id is None:
        found = _without_small(store, actor, programme, found)
    # By what is shown: an order by what is hidden would tell it.
    return sorted(found, key=lambda miss: (miss.item.critical is None, -(miss.n_sure or 0), -(miss.n_wrong or 0)))


def _count(store: Store, programme: Programme, hub_id: HubId | None, cohort_id: CohortId | None) -> list[Miss]:
    asked = {
        "programme_id": programme.head.id,
        "hub_no": _ALL if hub_id is None else number_of(store, hub_id),
        "cohort_no": _ALL if cohort_id is None else number_of(store, cohort_id),
        "left_out": [str(one.id) for one in programme.blueprints if one.purpose is Purpose.PRE],
    }
    rows = store.system_query("quiz_misses", **asked)
    known = ((programme.item_by_id.get(ItemId(row["item_id"])), row) for row in rows)
    return [Miss(item, row["n_people"], row["n_wrong"], row["n_sure"]) for item, row in known if item is not None]


def _without_small(store: Store, actor: Actor, programme: Programme, found: list[Miss]) -> list[Miss]:
    """Return what may be told of all hubs, to somebody who knows the numbers of their own and can take them away."""
    own: Counter[ItemId] = Counter()
    own_wrong: Counter[ItemId] = Counter()
    own_sure: Counter[ItemId] = Counter()
    hubs = (HubId(row["hub_id"]) for row in store.query("own_hubs", actor))
    for hub_id in hubs:
        if may_in_hub(actor, Right.SEE, Record.RESULTS, hub_id):
            for miss in _count(store, programme, hub_id, None):
                own[miss.item.id] += miss.n_people
                own_wrong[miss.item.id] += miss.n_wrong or 0
                own_sure[miss.item.id] += miss.n_sure or 0
    min_cell = programme.head.privacy.min_cell
    shown: list[Miss] = []
    for miss in found:
        id_, wrong, sure = miss.item.id, miss.n_wrong or 0, miss.n_sure or 0
        is_told = _may_be_told(wrong, miss.n_people, min_cell) and _may_be_told(
            wrong - own_wrong[id_], miss.n_people - own[id_], min_cell
        )
        if is_told:
            is_sure_told = _may_be_told(sure, wrong, min_cell) and _may_be_told(
                sure - own_sure[id_], wrong - own_wrong[id_], min_cell
            )
            shown.append(Miss(miss.item, miss.n_people, wrong, sure if is_sure_told else None))
    return shown


def _may_be_told(part: int, whole: int, min_cell: int) -> bool:
    """Return whether neither the part nor the rest is a small number of people, and the whole is none."""
    return not 0 < whole < min_cell and shown_part(part, whole, min_cell) is not None
