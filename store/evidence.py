"""The facts that a proof rests on, as far as a page shows them: when, by whom, about what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from people.facts import FactId
from people.models import PersonId
from store.gates import text_of
from store.questions import FactStore
from store.standing import names_of


@dataclass(frozen=True, slots=True)
class FactNote:
    """One fact. `kind` is its table, for a milestone what kind of one.

    `about` is the id or short text of what it is about, `detail` a setting, presence or mode; `amount` and `out_of` are
    points, minutes, or hundredths of a mean and the number of answers; `until_on` is the last day of a certificate.
    """

    fact_id: FactId
    kind: str
    on: date
    by: str
    about: str
    detail: str
    amount: int | None
    out_of: int | None
    until_on: date | None


def notes_of(store: FactStore, person_id: PersonId, fact_ids: Sequence[FactId]) -> dict[FactId, FactNote]:
    """Return what is to be shown of these facts of a person, oldest first."""
    numbers = {store.fact_numbers.get(fact_id): fact_id for fact_id in fact_ids}
    asked = {"org_no": store.org.org_id, "person_no": person_id, "fact_nos": list(numbers)}
    rows = store.engine.fetch(text_of("evidence_facts"), asked) if numbers else []
    names = names_of(store, [row[3] for row in rows])
    return {
        numbers[fact_no]: FactNote(
            numbers[fact_no], kind, day, names[actor_no], about, detail, amount, out_of, until_on
        )
        for fact_no, kind, day, actor_no, about, detail, amount, out_of, until_on in rows
    }
