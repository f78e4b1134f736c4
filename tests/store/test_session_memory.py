"""Login sessions are kept in memory, and a change is seen by the next who asks."""

from datetime import timedelta

from people.models import PersonId, SessionRow
from store import private
from store.ledger import Store
from store.recent import Recent
from tests.builders import NOW

ROW = SessionRow("abc", PersonId(7), NOW, NOW, NOW + timedelta(days=14))


def test_a_session_is_read_once(store: Store, monkeypatch) -> None:
    store.save_session(ROW)
    assert store.find_session("abc") == ROW
    monkeypatch.setattr(private, "find_session", lambda *_: None)
    assert store.find_session("abc") == ROW


def test_an_ended_session_is_seen_as_ended_at_once(store: Store) -> None:
    for end in (
        lambda: store.revoke_session("abc", NOW + timedelta(hours=1)),
        lambda: store.revoke_sessions(PersonId(7), NOW),
    ):
        store.save_session(ROW) if store.find_session("abc") is None else None
        store.find_session("abc")
        end()
        found = store.find_session("abc")
        assert found is not None
        assert found.revoked_at is not None


def test_a_touched_session_shows_when(store: Store) -> None:
    store.save_session(ROW)
    store.find_session("abc")
    store.touch_session("abc", NOW + timedelta(minutes=5))
    found = store.find_session("abc")
    assert found is not None
    assert found.seen_at == NOW + timedelta(minutes=5)


def test_a_session_that_changed_while_it_was_read_is_not_kept() -> None:
    recent = Recent()

    def load() -> SessionRow:
        recent.forget_sessions()
        return ROW

    assert recent.session("abc", load) == ROW
    assert recent.session("abc", lambda: None) is None


def test_an_unknown_session_is_asked_for_again() -> None:
    recent = Recent()
    assert recent.session("abc", lambda: None) is None
    assert recent.session("abc", lambda: ROW) == ROW
