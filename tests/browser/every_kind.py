"""A quiz with a question of each kind that waits for a trainee of the demonstration."""

from pathlib import Path
from typing import Final

from assessments.facts import AttemptStarted
from assessments.items import choice_sizes
from curriculum.ids import BlueprintId, ModuleId, ProgrammeId
from curriculum.items import ItemKind
from people.facts import FactId
from people.ids import ROOT, derived_fact_id
from store.ledger import Store
from tests.builders import make_started

TRAINEE: Final = "erik"
FORM: Final[FactId] = derived_fact_id(ROOT, "a question of every kind")


def begin(path: Path) -> None:
    """Begin the quiz in the store of a demonstration that nobody has open."""
    store = Store.open(path)
    store.append(_form(store))
    store.close()


def _form(store: Store) -> AttemptStarted:
    account = store.find_account(TRAINEE)
    assert account is not None
    programme = store.programme(ProgrammeId("alongside"), 1)
    of_kind = {item.kind: item for item in reversed(programme.items) if item.is_of(ModuleId("M1"))}
    items = [of_kind[kind] for kind in ItemKind]
    return make_started(
        store.clock(),
        fact_id=FORM,
        person_id=account.person_id,
        actor_id=account.person_id,
        blueprint_id=BlueprintId("quiz-m1"),
        item_ids=tuple(item.id for item in items),
        option_orders=tuple(tuple(n for size in choice_sizes(item) for n in range(size)) for item in items),
    )
