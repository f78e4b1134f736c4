"""Looks into somebody's record are noted, once an hour, for that person to see."""

from datetime import UTC, datetime, timedelta

import pytest

from people.errors import NotAllowedError, NotKnownError
from people.facts import PersonAdded, RecordOpened
from people.ids import new_fact_id
from people.models import Actor, HeldGrant, HubId, Office, PersonId
from people.rights import Record
from people.service.audit import open_record
from store.ledger import Store

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
AMINA, RUTH = PersonId(1), PersonId(2)
ADMIN = Actor(RUTH, "Ruth", (HeldGrant(Office.MANAGER, None),))


@pytest.fixture
def store():
    made = Store.memory(clock=lambda: NOW)
    made.append(PersonAdded(fact_id=new_fact_id(), person_id=AMINA, actor_id=RUTH, occurred_at=NOW))
    yield made
    made.close()


def test_look_is_noted_once_an_hour_for_each_kind(store: Store) -> None:
    for minutes in (0, 10, 50, 60):
        open_record(store, ADMIN, AMINA, Record.READINESS, NOW + timedelta(minutes=minutes))
    open_record(store, ADMIN, AMINA, Record.SIGN_OFF, NOW)
    looks = store.list_facts(RecordOpened, AMINA)
    assert sorted((look.what, look.occurred_at.hour) for look in looks) == [
        ("readiness", 9),
        ("readiness", 10),
        ("sign_off", 9),
    ]
    assert {look.actor_id for look in looks} == {RUTH}


def test_same_look_is_returned_again(store: Store) -> None:
    first = open_record(store, ADMIN, AMINA, Record.READINESS, NOW)
    again = open_record(store, ADMIN, AMINA, Record.READINESS, NOW + timedelta(minutes=1))
    assert first == again


def test_own_record_needs_no_note(store: Store) -> None:
    amina = Actor(AMINA, "Amina", (HeldGrant(Office.TRAINEE, HubId("north")),))
    assert open_record(store, amina, AMINA, Record.READINESS, NOW) is None
    assert store.list_facts(RecordOpened) == []


@pytest.mark.parametrize("office", [Office.COORDINATOR, Office.ADMINISTRATOR, Office.FUNDER, Office.TRAINER])
def test_who_may_not_see_it_cannot_open_it(store: Store, office: Office) -> None:
    with pytest.raises(NotAllowedError):
        open_record(store, Actor(RUTH, "Ruth", (HeldGrant(office),)), AMINA, Record.READINESS, NOW)
    assert store.list_facts(RecordOpened) == []


def test_unknown_person_cannot_be_opened(store: Store) -> None:
    with pytest.raises(NotKnownError):
        open_record(store, ADMIN, PersonId(99), Record.READINESS, NOW)
