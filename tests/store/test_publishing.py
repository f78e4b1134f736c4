"""Published versions are immutable bundles with numbers."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from assessments.errors import UnknownVersionError
from curriculum.bundle import to_bundle
from curriculum.models import Programme
from store.ledger import Store
from tests.builders import PROGRAMME, make_head, make_programme


def _publish(store: Store, programme: Programme) -> int:
    return store.publish(programme, to_bundle(programme))


def test_the_same_bytes_keep_their_number(store: Store) -> None:
    first, second = make_programme(), make_programme(head=make_head(version="1.1.0"))
    assert [_publish(store, one) for one in (first, second, first, second)] == [1, 2, 1, 2]
    assert store.programme(PROGRAMME, 1) == first
    assert store.programme(PROGRAMME, 2) == second


def test_two_who_publish_at_once_publish_once(store: Store) -> None:
    programme = make_programme()
    with ThreadPoolExecutor(6) as threads:
        assert set(threads.map(lambda _: _publish(store, programme), range(6))) == {1}
    assert store.engine.fetch("SELECT count(*) FROM programme_version") == [(1,)]


def test_a_version_is_read_once(store: Store) -> None:
    _publish(store, make_programme())
    assert store.programme(PROGRAMME, 1) is store.programme(PROGRAMME, 1)


def test_a_version_that_was_never_published_is_refused(store: Store) -> None:
    with pytest.raises(UnknownVersionError):
        store.programme(PROGRAMME, 1)
    _publish(store, make_programme())
    with pytest.raises(UnknownVersionError, match="2"):
        store.programme(PROGRAMME, 2)


def test_the_rules_are_published_with_the_bundle(store: Store) -> None:
    programme = make_programme()
    _publish(store, programme)
    sql = "SELECT t.term FROM gate g JOIN term t ON t.term_no = g.gate_no ORDER BY g.position"
    assert [row[0] for row in store.engine.fetch(sql)] == [gate.id for gate in programme.gates]
    assert store.engine.fetch("SELECT count(*) FROM gate_rule")[0][0] >= len(programme.gates)
    assert store.engine.fetch("SELECT due_soon_days FROM role_rule")[0] == (programme.head.decision.due_soon_days,)
