"""From the facts to the rows of the export: only those who agreed, small cohorts withheld, codes for names."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Final

from analytics.research.errors import NobodyAgreedError, StoreMovesError
from analytics.research.pseudonyms import Pseudonyms
from analytics.research.tables import TABLES, How, ResearchTable, Variable
from assessments.verdicts import Verdict
from curriculum.ids import ItemId
from curriculum.models import Programme
from people.models import Actor, HubId, PersonId
from people.rights import Record, Right, require_anywhere, require_in_hub
from store.beside_gates import Journey, counted_observations, journeys
from store.ledger import Store
from store.readiness import verdicts
from store.rows import Row, Value

_DAYS_A_WEEK: Final = 7
_TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an export is of: version, instant, place in the ledger, and how many were asked, agreed and were withheld.

    Attributes:
        programme_id: The programme.
        versions: Of the people in it.
        as_of: The instant.
        position: The number of the last fact it rests on.
        n_asked: People enrolled in the programme, of the hub or of all hubs.
        n_agreed: Of these, those who agreed to research.
        n_withheld: Of those who agreed, how many are left out because too few of their cohort did.
        n_roles_withheld: Of those in it, how many have no role, because too few of their cohort share it.
        min_cell: The fewest people of a cohort, or of a role in it, that are shown.
    """

    programme_id: str
    versions: tuple[str, ...]
    as_of: datetime
    position: int
    n_asked: int
    n_agreed: int
    n_withheld: int
    n_roles_withheld: int
    min_cell: int

    @property
    def n_exported(self) -> int:
        """Return how many people are in it."""
        return self.n_agreed - self.n_withheld


@dataclass(frozen=True, slots=True)
class ResearchExport:
    """The rows of each table by name, in the order of its variables, and the receipt."""

    receipt: Receipt
    rows: Mapping[str, Sequence[Row]]
    people: frozenset[PersonId]


def export_research(
    store: Store, actor: Actor, programme: Programme, hub_id: HubId | None, pseudonyms: Pseudonyms
) -> ResearchExport:
    """Return the export of a hub, or of all hubs, as of now.

    Raises:
        NotAllowedError: The actor may make no research export there.
        NobodyAgreedError: No cohort has enough people who agreed.
        StoreMovesError: Something was recorded whenever the tables were read.
    """
    if hub_id is None:
        require_anywhere(actor, Right.EXPORT, Record.RESEARCH)
    else:
        require_in_hub(actor, Right.EXPORT, Record.RESEARCH, hub_id)
    for _ in range(_TRIES):
        before = store.position
        found = _gather(store, programme, hub_id, pseudonyms)
        if store.position == before:
            return found
    raise StoreMovesError


def count_choices(store: Store, actor: Actor, programme: Programme, hub_id: HubId) -> Receipt:
    """Return how many an export of the hub would be about, without making it.

    Raises:
        NotAllowedError: The actor may make no research export there.
    """
    require_in_hub(actor, Right.EXPORT, Record.RESEARCH, hub_id)
    return _choose(store, programme, hub_id).receipt


@dataclass(frozen=True, slots=True)
class _Chosen:
    """Who is in it: where they stand, how far they have come, and whose role is shown."""

    receipt: Receipt
    standing: Mapping[PersonId, Verdict]
    journeys: Mapping[PersonId, Journey]
    with_role: frozenset[PersonId]


def _choose(store: Store, programme: Programme, hub_id: HubId | None) -> _Chosen:
    as_of = store.clock()
    found = verdicts(store, programme.head.id, hub_id=hub_id, as_of=as_of, known_at=as_of)
    said_yes = {row["person_no"] for row in store.system_query("research_choices") if row["agrees"]}
    agreed = [one for one in found if one.person_id in said_yes]
    min_cell = programme.head.privacy.min_cell
    of_cohort = Counter(one.cohort_id for one in agreed)
    kept = {one.person_id: one for one in agreed if of_cohort[one.cohort_id] >= min_cell}
    of_role = Counter((one.cohort_id, one.role_id) for one in kept.values())
    with_role = frozenset(
        person_id for person_id, one in kept.items() if of_role[one.cohort_id, one.role_id] >= min_cell
    )
    numbers = sorted({one.version_no for one in kept.values()})
    receipt = Receipt(
        programme_id=programme.head.id,
        versions=tuple(store.programme(programme.head.id, number).head.version for number in numbers),
        as_of=as_of,
        position=store.position,
        n_asked=len(found),
        n_agreed=len(agreed),
        n_withheld=len(agreed) - len(kept),
        n_roles_withheld=len(kept) - len(with_role),
        min_cell=min_cell,
    )
    ways = journeys(store, programme.head.id, hub_id=hub_id, as_of=as_of, known_at=as_of)
    return _Chosen(receipt, kept, {one.person_id: one for one in ways if one.person_id in kept}, with_role)


def _gather(store: Store, programme: Programme, hub_id: HubId | None, pseudonyms: Pseudonyms) -> ResearchExport:
    chosen = _choose(store, programme, hub_id)
    receipt = chosen.receipt
    if not chosen.standing:
        raise NobodyAgreedError(receipt.n_asked, receipt.n_agreed, receipt.min_cell)
    among = sorted(chosen.standing)
    making = _Making(pseudonyms, {person_id: one.began_on for person_id, one in chosen.journeys.items()})
    found: dict[str, Iterable[Row]] = {
        "people": _people(chosen, store.day_of(receipt.as_of)),
        "gates": _gates(chosen.standing.values()),
        "observations": _observations(store, programme, hub_id, among, receipt.as_of),
        "responses": _responses(store, programme, among),
    }
    found |= {table.name: _ask(store, table, programme, among) for table in TABLES if table.name not in found}
    rows = {table.name: [making.row(table, row) for row in found[table.name]] for table in TABLES}
    return ResearchExport(receipt, rows, frozenset(chosen.standing))


# ---------------------------------------------------------------- rows as the store has them


def _ask(store: Store, table: ResearchTable, programme: Programme, among: Collection[PersonId]) -> list[Row]:
    return store.system_query(table.query, programme_id=programme.head.id, among=list(among))


def _people(chosen: _Chosen, today: date) -> Iterable[Row]:
    for person_id, verdict in chosen.standing.items():
        way = chosen.journeys[person_id]
        yield {
            "person_no": person_id,
            "cohort_id": verdict.cohort_id,
            "role": verdict.role_id if person_id in chosen.with_role else None,
            "version_no": verdict.version_no,
            "status": verdict.status.value,
            "weeks_watched": (today - way.began_on).days // _DAYS_A_WEEK,
            "session_on": way.session_on,
            "quiz_on": way.quiz_on,
            "roleplay_on": way.roleplay_on,
            "live_on": way.live_on,
            "signed_on": way.signed_on,
            "left_on": way.left_on,
        }


def _gates(standing: Iterable[Verdict]) -> Iterable[Row]:
    for verdict in standing:
        for gate in verdict.gates:
            yield {
                "person_no": verdict.person_id,
                "gate": gate.gate_id,
                "severity": gate.severity.value,
                "state": gate.state.value,
                "have": gate.have,
                "need": gate.need,
            }


def _observations(
    store: Store, programme: Programme, hub_id: HubId | None, among: Collection[PersonId], as_of: datetime
) -> Iterable[Row]:
    counted = counted_observations(store, programme.head.id, hub_id=hub_id, as_of=as_of, known_at=as_of)
    (table,) = (table for table in TABLES if table.name == "observations")
    return [row | {"is_counted": row["fact_no"] in counted} for row in _ask(store, table, programme, among)]


def _responses(store: Store, programme: Programme, among: Collection[PersonId]) -> Iterable[Row]:
    (table,) = (table for table in TABLES if table.name == "responses")
    rows = _ask(store, table, programme, among)
    wordings = {
        (number, item.id): _wording(item.model_dump(mode="json"))
        for number in sorted({row["version_no"] for row in rows})
        for item in store.programme(programme.head.id, number).items
    }
    return [row | {"wording": wordings[row["version_no"], ItemId(row["item"])]} for row in rows]


def _wording(item: object) -> str:
    """Return a code of all that an item says; it is published text, so it needs no key."""
    return sha256(json.dumps(item, sort_keys=True).encode()).hexdigest()[:12]


# ---------------------------------------------------------------- rows as they are given out


@dataclass(frozen=True, slots=True)
class _Making:
    """Turns what the store has into what is given out."""

    pseudonyms: Pseudonyms
    began: Mapping[PersonId, date]

    def row(self, table: ResearchTable, row: Row) -> Row:
        """Return the variables of a table."""
        return {variable.name: self._value(variable, row) for variable in table.variables}

    def _value(self, variable: Variable, row: Row) -> Value:
        value, person_no = row[variable.column], row.get("person_no")
        match variable.how:
            case How.PERSON:
                return self.pseudonyms.code("person", value)
            case How.COHORT:
                return self.pseudonyms.code("cohort", value)
            case How.FACT:
                return self.pseudonyms.code("fact", value)
            case How.PERFORMANCE:
                return self.pseudonyms.code("performance", person_no, row["checklist"], value) if value else None
            case How.WEEK:
                return None if value is None else (value - self.began[PersonId(row["person_no"])]).days // _DAYS_A_WEEK
            case How.NUMBERS:
                return None if value is None else " ".join(map(str, value))
            case How.PLAIN:
                return value
