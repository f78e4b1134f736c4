"""Facts come back as they were given."""

import json
from collections.abc import Generator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.facts import (
    AttemptStarted,
    Hold,
    Milestone,
    MilestoneKind,
    ModuleProgress,
    Observation,
    Response,
    SignOff,
)
from people.facts import Amendment, Change, Fact, FactId, Grant, HubOpened, PersonAdded
from people.ids import new_fact_id
from people.models import HubId, Office, PersonId, Scope
from store.errors import BadTextError, NaiveInstantError, UnknownFactError
from store.ledger import Store
from store.reading import Reader
from store.recording import digest_of
from store.rows import Column, FactTable, fact_classes, table_of
from store.terms import FactNumbers, Terms
from tests.store.making import (
    ANN,
    NOW,
    PROGRAMME,
    TOM,
    amendment,
    column_types,
    facts_of,
    person_added,
    progress,
    response,
)

_MODULES = ("people.facts", "assessments.facts", "assessments.support")
_REAL = [fact_class for fact_class in fact_classes() if fact_class.__module__ in _MODULES]


@pytest.fixture(scope="module")
def kept() -> Generator[Store]:
    """One store for the facts that hypothesis draws."""
    opened = Store.memory(clock=lambda: NOW)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def known(kept: Store) -> list[FactId]:
    """Facts that others may name."""
    facts = [person_added(PersonId(number)) for number in range(1, 4)]
    kept.append(*facts)
    return [fact.fact_id for fact in facts]


@pytest.fixture
def any_fact(kept: Store, known: list[FactId], fact_class: type[Fact]) -> st.SearchStrategy[Fact]:
    """Facts of the class that the test is about."""
    return facts_of(fact_class, known, column_types(kept.engine, fact_class))


@pytest.mark.parametrize("fact_class", _REAL, ids=lambda fact_class: fact_class.__name__)
@given(data=st.data())
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_fact_survives_the_round_trip(
    kept: Store, any_fact: st.SearchStrategy[Fact], fact_class: type[Fact], data: st.DataObject
) -> None:
    """Four times four to eight facts: as many as in a dozen appends of one to three."""
    facts = data.draw(st.lists(any_fact, min_size=4, max_size=8))
    kept.append(*facts)
    numbers = FactNumbers(kept.engine, kept.org.org_id)
    numbers.learn([fact.fact_id for fact in facts])
    reader = Reader(kept.engine, kept.org, Terms(kept.engine), numbers)  # remembers nothing: all comes from the tables
    assert reader.of_numbers(fact_class, [numbers.get(fact.fact_id) for fact in facts]) == facts


def test_ten_thousand_facts_are_read_back(store: Store) -> None:
    facts = [progress(number % 100, person_id=PersonId(number % 7)) for number in range(10_000)]
    store.append(*facts)
    assert store.list_facts(ModuleProgress) == facts


def test_text_from_right_to_left_is_kept(store: Store) -> None:
    text = "سلام! שלום \u200f (1) \u202b→\u202c 👩‍👧"
    fact = Milestone(**_base(), programme_id=PROGRAMME, kind=MilestoneKind.REFLECTION, what="m1", note=text)
    store.append(fact)
    assert store.find(Milestone, fact.fact_id) == fact


def test_an_instant_comes_back_in_utc(store: Store) -> None:
    fact = person_added(occurred_at=datetime(2026, 7, 1, 1, 30, tzinfo=timezone(timedelta(hours=5, minutes=45))))
    store.append(fact)
    found = store.find(PersonAdded, fact.fact_id)
    assert found == fact
    assert found is not None and found.occurred_at.tzinfo is UTC


def test_an_instant_needs_its_zone(store: Store) -> None:
    with pytest.raises(NaiveInstantError, match="occurred_at"):
        store.append(person_added(occurred_at=NOW.replace(tzinfo=None)))


@pytest.mark.parametrize("text", ["nul \x00", "half \ud83d"])
def test_a_text_that_no_database_keeps_is_refused(store: Store, text: str) -> None:
    with pytest.raises(BadTextError, match="via"):
        store.append(person_added(via=text))
    assert store.list_facts(PersonAdded) == []


def test_a_fact_may_name_one_of_the_same_append(store: Store) -> None:
    first = person_added()
    second = amendment(first)
    third = amendment(second, Change.ACKNOWLEDGED)
    store.append(first, second, third)
    assert store.changes_to(first.fact_id) == [second]
    assert store.changes_to(second.fact_id) == [third]


def test_a_fact_cannot_name_one_that_does_not_exist(store: Store) -> None:
    missing = new_fact_id()
    with pytest.raises(UnknownFactError, match=str(missing)):
        store.append(response(missing))
    assert store.list_facts(Response) == []


def test_find_asks_for_a_kind(store: Store) -> None:
    fact = person_added()
    store.append(fact)
    assert store.find(HubOpened, fact.fact_id) is None
    assert store.find(PersonAdded, new_fact_id()) is None


def test_void_and_replaced_facts_are_not_in_force(store: Store) -> None:
    facts = [progress(step) for step in range(4)]
    store.append(*facts)
    for fact, change in zip(facts, (Change.VOID, Change.REPLACED, Change.ENDED, Change.REVOKED), strict=True):
        store.append(amendment(fact, change))
    assert store.list_facts(ModuleProgress, ANN) == facts[2:]
    assert store.find(ModuleProgress, facts[0].fact_id) == facts[0]


def test_facts_are_listed_in_the_order_of_recording(store: Store) -> None:
    late = progress(1, occurred_at=NOW)
    early = progress(2, occurred_at=NOW - timedelta(days=9))
    store.append(late)
    store.append(early)
    assert store.list_facts(ModuleProgress) == [late, early]


def test_facts_are_listed_by_any_field(store: Store) -> None:
    here = Grant(**_base(), office=Office.TRAINER, scope=Scope.ASSIGNED, hub_id=HubId("here"))
    anywhere = Grant(**_base(actor_id=ANN), office=Office.MANAGER, scope=Scope.HUB, until_on=date(2027, 1, 1))
    of_tom = Grant(**_base(person_id=TOM), office=Office.COUNTERSIGNER, scope=Scope.RECORD, record_id=ANN)
    ended = amendment(here, Change.ENDED)
    store.append(here, anywhere, of_tom, ended)
    assert store.list_facts(Grant) == [here, anywhere, of_tom]
    assert store.list_facts(Grant, ANN) == [here, anywhere]
    assert store.list_facts(Grant, office=Office.MANAGER) == [anywhere]
    assert store.list_facts(Grant, hub_id=HubId("here")) == [here]
    assert store.list_facts(Grant, hub_id=HubId("unheard-of")) == []
    assert store.list_facts(Grant, ANN, hub_id=None) == [anywhere]
    assert store.list_facts(Grant, record_id=ANN) == [of_tom]
    assert store.list_facts(Grant, until_on=date(2027, 1, 1), actor_id=ANN) == [anywhere]
    assert store.list_facts(Amendment, ANN, change=Change.ENDED, target_id=here.fact_id) == [ended]
    assert store.list_facts(Amendment, target_id=new_fact_id()) == []


def test_a_field_that_does_not_exist_is_a_mistake(store: Store) -> None:
    with pytest.raises(KeyError, match="colour"):
        store.list_facts(Grant, colour="red")


def test_a_question_for_a_term_makes_none(store: Store) -> None:
    store.list_facts(Grant, hub_id=HubId("never-said"))
    assert store.terms.find("never-said") is None


# ---------------------------------------------------------------- digests


def test_a_digest_covers_when_it_was_recorded() -> None:
    fact = person_added()
    assert _digest(fact, NOW) != _digest(fact, NOW + timedelta(seconds=1))
    assert _digest(fact, NOW) == _digest(fact, NOW)


@pytest.mark.parametrize(
    "change",
    [
        {"person_id": PersonId(9)},
        {"actor_id": PersonId(9)},
        {"via": "import"},
        {"occurred_at": NOW - timedelta(microseconds=1)},
    ],
)
def test_a_digest_covers_every_field(change: dict[str, object]) -> None:
    fact = person_added()
    assert _digest(fact, NOW) != _digest(replace(fact, **change), NOW)


def test_a_digest_holds_no_private_text_but_depends_on_it(store: Store) -> None:
    fact = Milestone(**_base(), programme_id=PROGRAMME, kind=MilestoneKind.REFLECTION, what="m1", note="quiet")
    store.append(fact)
    before = store.digests([fact.fact_id])
    store.write(lambda batch: batch.execute("DELETE FROM private_text"))
    erased = store.find(Milestone, fact.fact_id)
    assert erased == replace(fact, note="")
    assert store.digests([fact.fact_id]) == before
    main = store.engine.fetch("SELECT note_hash FROM milestone")
    assert len(main[0][0]) == 64
    assert "quiet" not in str(store.engine.fetch("SELECT * FROM milestone"))


def test_digests_come_in_the_order_asked(store: Store) -> None:
    facts = [person_added(), person_added(TOM), progress()]
    store.append(*facts)
    ids = [fact.fact_id for fact in facts]
    assert store.digests(ids[::-1]) == store.digests(ids)[::-1]
    assert store.digests([]) == []
    with pytest.raises(UnknownFactError):
        store.digests([*ids, new_fact_id()])


@pytest.mark.parametrize("fact_class", _REAL, ids=lambda fact_class: fact_class.__name__)
@given(data=st.data())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_digest_is_that_of_canonical_json(
    any_fact: st.SearchStrategy[Fact], fact_class: type[Fact], data: st.DataObject
) -> None:
    fact = data.draw(any_fact)
    plan = table_of(fact_class)
    hashes = {name: data.draw(st.sampled_from(["", "0" * 64])) for name in plan.private_fields}
    envelope = {
        "table": plan.name,
        "fields": _content(plan, fact) | {f"{name}_hash": value for name, value in hashes.items() if value},
        "fact_id": str(fact.fact_id),
        "person_id": fact.person_id,
        "actor_id": fact.actor_id,
        "occurred_at": fact.occurred_at.replace(tzinfo=None).isoformat(),
        "recorded_at": NOW.replace(tzinfo=None).isoformat(),
        "day": NOW.date().isoformat(),
    }
    canonical = json.dumps(envelope, sort_keys=True, separators=(",", ":"))
    assert digest_of(plan, fact, NOW, NOW.date(), hashes) == sha256(canonical.encode()).hexdigest()


def _content(plan: FactTable, fact: Fact) -> dict[str, object]:
    """Return the fields of a fact as JSON has them, without those at their default."""
    content = _plain(plan.columns, fact)
    for child in plan.children:
        items = getattr(fact, child.field)
        plain = [str(item) if child.item_class is None else _plain(child.columns, item) for item in items]
        content[child.field] = plain
    return content


def _plain(columns: Sequence[Column], owner: object) -> dict[str, object]:
    values = {column.field: getattr(owner, column.field) for column in columns}
    defaults = {column.field: column.default for column in columns}
    return {name: _plain_value(value) for name, value in values.items() if value != defaults[name]}


def _plain_value(value: object) -> object:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat()
    return str(value) if isinstance(value, UUID | date) else value


def _digest(fact: Fact, recorded_at: datetime) -> str:
    store = Store.memory()
    store.append_at(recorded_at, fact)
    digest = store.digests([fact.fact_id])[0]
    store.close()
    return digest


def _base(**changes: object) -> dict[str, object]:
    return {"fact_id": new_fact_id(), "person_id": ANN, "actor_id": TOM, "occurred_at": NOW} | changes


def test_classes_of_every_shape_are_among_the_drawn() -> None:
    assert {AttemptStarted, Observation, SignOff, Hold} <= set(_REAL)
    assert all(table_of(fact_class).name for fact_class in _REAL)
