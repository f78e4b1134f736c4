"""A board is read again when a fact was added, the day or the reader is another, or half a minute has passed."""

from tests.web.manager.conftest import Town
from web.kept import recall


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
