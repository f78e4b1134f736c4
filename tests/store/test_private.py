"""Names, sign-in names and sessions: the things that may change and go."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from people.facts import PasswordSet
from people.ids import new_fact_id
from people.models import Account, PersonId, SessionRow
from store.ledger import Store
from tests.store.making import ANN, NOW, TOM, amendment, person_added

LATER = NOW + timedelta(hours=1)
SESSION = SessionRow("a" * 64, ANN, NOW, NOW, NOW + timedelta(days=1))


def _password(hashed: str) -> PasswordSet:
    return PasswordSet(fact_id=new_fact_id(), person_id=ANN, actor_id=ANN, occurred_at=NOW, password_hash=hashed)


def test_a_name_is_kept_changed_and_forgotten(store: Store) -> None:
    assert store.name_of(ANN) == "Person 1"
    assert store.put_private(ANN, "آنا O'Neil", "ann") is True
    assert store.put_private(ANN, "Anna O'Neil", "anna") is True
    assert store.name_of(ANN) == "Anna O'Neil"
    assert (store.find_account("ann"), store.find_account("anna")) == (None, store.account_of(ANN))
    store.write(lambda batch: batch.execute("DELETE FROM person_private"))
    assert (store.name_of(ANN), store.account_of(ANN)) == ("Person 1", None)


def test_two_people_cannot_have_one_sign_in_name(store: Store) -> None:
    store.put_private(ANN, "Ann", "ann")
    assert store.put_private(TOM, "Tom", "ann") is False
    assert store.name_of(TOM) == "Person 2"
    assert store.put_private(TOM, "Tom", "tom") is True
    assert store.put_private(TOM, "Tom", "ann") is False
    assert store.find_account("tom") is not None


def test_of_many_who_want_one_sign_in_name_one_gets_it(store: Store) -> None:
    with ThreadPoolExecutor(12) as threads:
        got = list(threads.map(lambda number: store.put_private(PersonId(number), "X", "sam"), range(1, 13)))
    assert sum(got) == 1


def test_people_without_a_sign_in_name_are_no_account_to_find(store: Store) -> None:
    assert store.put_private(ANN, "Ann", "") is True
    assert store.put_private(TOM, "Tom", "") is True
    assert store.find_account("") is None


def test_the_newest_password_in_force_holds(store: Store) -> None:
    store.put_private(ANN, "Ann", "ann")
    assert store.find_account("ann") == Account(ANN, "ann", None, is_active=True)
    old, new = _password("old"), _password("new")
    store.append(old)
    store.append(new)
    assert store.account_of(ANN) == Account(ANN, "ann", "new", is_active=True)
    store.append(amendment(new))
    assert store.account_of(ANN) == Account(ANN, "ann", "old", is_active=True)


def test_numbers_of_people_are_given_once(store: Store) -> None:
    assert [store.next_person_id() for _ in range(3)] == [1, 2, 3]
    with ThreadPoolExecutor(8) as threads:
        given = list(threads.map(lambda _: store.next_person_id(), range(80)))
    assert sorted(given) == list(range(4, 84))


def test_numbers_of_people_go_on_after_reopening(tmp_path: object) -> None:
    path = f"{tmp_path}/hub.duckdb"
    store = Store.open(path)
    store.append(person_added(PersonId(41)))
    store.close()
    again = Store.open(path)
    assert again.next_person_id() == 42
    again.close()


def test_a_session_is_found_touched_and_ended_once(store: Store) -> None:
    assert store.find_session(SESSION.token_hash) is None
    store.save_session(SESSION)
    assert store.find_session(SESSION.token_hash) == SESSION
    store.touch_session(SESSION.token_hash, LATER)
    found = store.find_session(SESSION.token_hash)
    assert found is not None and (found.seen_at, found.revoked_at) == (LATER, None)
    store.revoke_session(SESSION.token_hash, LATER)
    store.revoke_session(SESSION.token_hash, LATER + timedelta(hours=1))
    found = store.find_session(SESSION.token_hash)
    assert found is not None and found.revoked_at == LATER


def test_all_sessions_of_a_person_end_and_nobody_elses(store: Store) -> None:
    for token, person_id in (("a", ANN), ("b", ANN), ("c", ANN), ("d", TOM)):
        store.save_session(SessionRow(token, person_id, NOW, NOW, LATER))
    store.revoke_session("a", NOW)
    assert store.revoke_sessions(ANN, LATER) == 2
    assert store.revoke_sessions(ANN, LATER) == 0
    ends = [session.revoked_at for token in "abcd" if (session := store.find_session(token)) is not None]
    assert ends == [NOW, LATER, LATER, None]
