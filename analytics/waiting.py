"""How many things wait for each person of a hub, for a line that may be sent to them: a number, no name, no content."""

from dataclasses import dataclass

from people.models import Actor, HubId, PersonId
from people.rights import Record, Right, require_in_hub
from store.ledger import Store
from store.standing import names_of


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many things wait for one person."""

    person_id: PersonId
    name: str
    n_things: int


def see_waiting(store: Store, actor: Actor, hub_id: HubId) -> list[Waiting]:
    """Return for whom of a hub something waits, and how many things: the most first.

    Raises:
        NotAllowedError: The actor may not see the supervision of the hub.
    """
    require_in_hub(actor, Right.SEE, Record.SUPERVISION, hub_id)
    counts = {PersonId(row["person_no"]): row["n_things"] for row in store.system_query("waiting_counts")}
    here = {person_id: n for person_id, n in counts.items() if _is_here(store, person_id, hub_id)}
    names = names_of(store, here)
    found = [Waiting(person_id, names[person_id], n) for person_id, n in here.items()]
    return sorted(found, key=lambda one: (-one.n_things, one.name, one.person_id))


def _is_here(store: Store, person_id: PersonId, hub_id: HubId) -> bool:
    subject = store.subject(person_id)
    return hub_id in subject.hub_ids | subject.office_hub_ids
