"""Check-ins: told first what for, one's own, deletable, and never a part of readiness."""

from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.check_ins import is_high_twice
from assessments.errors import CheckInNotChosenError, WrongInputError
from assessments.service import support
from assessments.support import CheckInChoice
from people.errors import NotAllowedError
from store.rows import fact_classes
from tests.assessments.support.conftest import Hub


def levels(hub: Hub, who: str = "trainee") -> list[int]:
    found = support.see_check_ins(hub.store, getattr(hub.world, who), hub.world.trainee.person_id)
    return [entry.level for entry in found]


def check_in(hub: Hub, *given: int) -> None:
    for level in given:
        support.check_in(hub.store, hub.world.trainee, level, hub.wait(hours=1))


def test_nobody_checks_in_before_reading_what_it_is_for(hub: Hub) -> None:
    with pytest.raises(CheckInNotChosenError, match="who sees it"):
        support.check_in(hub.store, hub.world.trainee, 3, hub.now)
    support.choose_check_in(hub.store, hub.world.trainee, True, hub.now)
    check_in(hub, 3)
    assert levels(hub) == [3]


def test_the_choice_can_be_changed_and_the_same_adds_nothing(hub: Hub) -> None:
    me = hub.world.trainee
    for tells in (True, True, False, False, True):
        support.choose_check_in(hub.store, me, tells, hub.now)
    assert [one.tells_supervisor for one in hub.store.list_facts(CheckInChoice)] == [True, False, True]


def test_the_person_and_their_trainers_see_it_and_nobody_else(hub: Hub) -> None:
    support.choose_check_in(hub.store, hub.world.trainee, True, hub.now)
    check_in(hub, 2, 5)
    assert levels(hub) == levels(hub, "trainer") == levels(hub, "second_trainer") == [2, 5]
    for who in ("fellow", "lead", "safeguarding", "deputy", "coordinator", "manager", "countersigner", "outsider"):
        with pytest.raises(NotAllowedError):
            levels(hub, who)


def test_the_same_entry_is_kept_once(hub: Hub) -> None:
    support.choose_check_in(hub.store, hub.world.trainee, True, hub.now)
    same = uuid4()
    for level in (2, 4):
        support.check_in(hub.store, hub.world.trainee, level, hub.now, same)
    assert levels(hub) == [2]


@pytest.mark.parametrize("level", [0, 6, -1])
def test_a_load_is_one_of_five(hub: Hub, level: int) -> None:
    support.choose_check_in(hub.store, hub.world.trainee, True, hub.now)
    with pytest.raises(WrongInputError, match="1 to 5"):
        support.check_in(hub.store, hub.world.trainee, level, hub.now)


def test_one_entry_or_all_are_deleted_and_nothing_of_them_stays(hub: Hub) -> None:
    me = hub.world.trainee
    support.choose_check_in(hub.store, me, True, hub.now)
    check_in(hub, 1, 2, 3)
    second = support.see_check_ins(hub.store, me, me.person_id)[1]
    assert support.delete_check_ins(hub.store, me, me.person_id, second.entry_id) == 1
    assert levels(hub) == [1, 3]
    assert support.delete_check_ins(hub.store, me, me.person_id) == 2


def test_the_store_keeps_and_deletes_them(stored: Hub) -> None:
    me = stored.world.trainee
    support.choose_check_in(stored.store, me, True, stored.now)
    before = stored.store.position
    check_in(stored, 1, 2, 3)
    second = support.see_check_ins(stored.store, me, me.person_id)[1]
    support.check_in(stored.store, me, 5, stored.now, second.entry_id)
    assert support.delete_check_ins(stored.store, me, me.person_id, second.entry_id) == 1
    assert levels(stored) == [1, 3]
    assert stored.store.position == before
    assert support.delete_check_ins(stored.store, me, me.person_id) == 2
    assert stored.store.engine.fetch("SELECT count(*) FROM wellbeing") == [(0,)]


def test_nobody_deletes_what_is_somebody_elses(hub: Hub) -> None:
    support.choose_check_in(hub.store, hub.world.trainee, True, hub.now)
    check_in(hub, 3)
    for who in ("trainer", "fellow", "manager", "coordinator"):
        with pytest.raises(NotAllowedError):
            support.delete_check_ins(hub.store, getattr(hub.world, who), hub.world.trainee.person_id)
    assert levels(hub) == [3]


def test_no_fact_holds_a_load() -> None:
    assert [kind.__name__ for kind in fact_classes() if "CheckIn" in kind.__name__] == ["CheckInChoice"]


def test_readiness_reads_neither_check_ins_nor_confidence() -> None:
    gates = Path(__file__).parents[3] / "store" / "gates"
    texts = [path.read_text("utf-8") for path in gates.glob("*.sql")]
    assert not [text for text in texts if "wellbeing" in text or "check_in" in text or "confidence" in text]


@pytest.mark.parametrize(
    ("given_", "is_high"),
    [
        ([], False),
        ([5], False),
        ([4, 4], True),
        ([5, 3], False),
        ([3, 5], False),
        ([1, 4, 5], True),
        ([5, 5, 2], False),
    ],
)
def test_two_high_ones_in_succession_are_high(given_: list[int], is_high: bool) -> None:
    assert is_high_twice(given_, 4) is is_high


@given(st.lists(st.integers(1, 5)), st.integers(3, 5))
def test_only_the_newest_two_matter(loads: list[int], high: int) -> None:
    assert is_high_twice(loads, high) == is_high_twice(loads[-2:], high)
