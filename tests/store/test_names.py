"""Names go into the store with the facts about their people, as a whole or not at all."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from people.facts import PersonAdded
from people.models import PersonId, PersonName
from store.errors import BadTextError
from store.ledger import Store
from tests.store.making import person_added


def _names(*logins: str, first: int = 1) -> list[PersonName]:
    return [PersonName(PersonId(n), login.title(), login) for n, login in enumerate(logins, first)]


def _introduce(store: Store, *logins: str, first: int = 1) -> bool:
    names = _names(*logins, first=first)
    return store.append_named(names, *(person_added(one.person_id) for one in names))


def _kept(store: Store) -> tuple[list[int], list[str]]:
    people = sorted(fact.person_id for fact in store.list_facts(PersonAdded))
    return people, [one.login for one in store.list_names(PersonId(n) for n in range(100))]


def test_names_and_facts_come_together(store: Store) -> None:
    assert _introduce(store, "ann", "ben")
    assert _kept(store) == ([1, 2], ["ann", "ben"])
    assert store.list_logins(["ben", "cy"]) == [PersonName(PersonId(2), "Ben", "ben")]
    assert store.list_names([PersonId(2), PersonId(7)]) == [PersonName(PersonId(2), "Ben", "ben")]
    assert store.list_logins([]) == store.list_names([]) == []


def test_one_taken_sign_in_name_keeps_all_out(store: Store) -> None:
    assert _introduce(store, "ann")
    position = store.position
    assert not _introduce(store, "ben", "ann", "cy", first=2)
    assert _kept(store) == ([1], ["ann"])
    assert store.position == position


def test_one_sign_in_name_twice_keeps_all_out(store: Store) -> None:
    assert not _introduce(store, "ann", "ann")
    assert _kept(store) == ([], [])


def test_the_same_facts_again_keep_no_names(store: Store) -> None:
    fact = person_added()
    assert store.append_named(_names("ann"), fact)
    assert not store.append_named(_names("ben", first=2), fact)
    assert _kept(store) == ([1], ["ann"])


def test_a_name_that_no_database_keeps_leaves_no_fact(store: Store) -> None:
    with pytest.raises(BadTextError):
        store.append_named([PersonName(PersonId(1), "Ann \x00", "ann")], person_added())
    assert _kept(store) == ([], [])


def test_of_many_who_want_one_sign_in_name_one_gets_it(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda n: _introduce(store, "ann", f"p{n}", first=n * 2 + 1), range(24)))
    assert results.count(True) == 1
    people, logins = _kept(store)
    assert len(people) == len(logins) == 2
