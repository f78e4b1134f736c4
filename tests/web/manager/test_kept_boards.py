"""A board is read again when a fact was added, the day or the reader is another, or half a minute has passed."""

import pytest

from people.errors import NotAllowedError
from people.models import Actor
from store.ledger import Store
from store.rows import Value
from tests.web.manager.conftest import HUB, Town
from web.memory import Row, ask, recall


class Reading:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.n = 0

    def __call__(self) -> int:
        self.n += 1
        return self.n


def test_same_question_is_read_once(town: Town) -> None:
    read = Reading()
    assert [recall(town.context("mona"), "board", "north", read) for _ in range(3)] == [1, 1, 1]


def test_other_question_reader_or_name_is_read_anew(town: Town) -> None:
    read = Reading()
    asked = [
        ("mona", "board", "north"),
        ("mona", "board", "south"),
        ("mona", "cohorts", "north"),
        ("lena", "board", "north"),
    ]
    assert [recall(town.context(login), name, hub, read) for login, name, hub in asked] == [1, 2, 3, 4]


def test_added_fact_is_seen_at_once(town: Town) -> None:
    read = Reading()
    recall(town.context("mona"), "board", "north", read)
    town.enrol("dina")
    assert recall(town.context("mona"), "board", "north", read) == 2


def test_nothing_is_kept_longer_than_half_a_minute(town: Town) -> None:
    read = Reading()
    recall(town.context("mona"), "board", "north", read)
    town.clock.move(seconds=31)
    assert recall(town.context("mona"), "board", "north", read) == 2


def test_what_breaks_a_rule_is_not_kept(town: Town) -> None:
    def refuse() -> int:
        raise ValueError

    for _ in range(2):
        try:
            recall(town.context("mona"), "board", "north", refuse)
        except ValueError:
            continue
        raise AssertionError


def test_a_named_query_is_asked_once_until_a_fact_is_added(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    query = Store.query

    def count(store: Store, name: str, actor: Actor, **params: Value) -> list[Row]:
        asked.append(name)
        return query(store, name, actor, **params)

    monkeypatch.setattr(Store, "query", count)
    before = [ask(town.context("mona"), "cohorts_in_hub", hub=HUB) for _ in range(2)]
    assert asked == ["cohorts_in_hub"]
    town.enrol("dina")
    assert ask(town.context("mona"), "cohorts_in_hub", hub=HUB) != before[0] == before[1]


def test_who_may_not_ask_finds_nothing_that_others_asked(town: Town) -> None:
    assert ask(town.context("mona"), "cohorts_in_hub", hub=HUB)
    with pytest.raises(NotAllowedError):
        ask(town.context("ben"), "cohorts_in_hub", hub=HUB)
