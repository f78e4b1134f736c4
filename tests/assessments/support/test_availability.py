"""When people say that they are free."""

from datetime import date, timedelta

import pytest

from assessments.errors import WrongInputError
from assessments.facts import Mode
from assessments.service import support
from assessments.support import Availability, FreeException, FreeWindow
from people.errors import NotAllowedError
from people.ids import new_fact_id
from tests.assessments.support.conftest import LONDON, SIX, TUESDAY, Hub


def test_the_newest_week_holds_whole(hub: Hub) -> None:
    hub.free(hub.world.trainee, (0, SIX, SIX + 60), needs_creche=True)
    hub.free(hub.world.trainee, (3, 600, 660), modes=(Mode.VIDEO,), languages=("ar",))
    said = support.see_free_times(hub.store, hub.world.trainer, hub.world.trainee.person_id).availability
    assert said is not None
    assert said.windows == (FreeWindow(3, 600, 660),)
    assert (said.modes, said.languages, said.needs_creche) == ({Mode.VIDEO}, ("ar",), False)


def test_stretches_that_touch_or_overlap_become_one(hub: Hub) -> None:
    hub.free(hub.world.trainee, (1, 60, 120), (0, 60, 120), (0, 100, 200), (0, 200, 210))
    said = hub.store.list_facts(Availability)[-1]
    assert said.windows == (FreeWindow(0, 60, 210), FreeWindow(1, 60, 120))


@pytest.mark.parametrize(
    ("window", "changes", "words"),
    [
        ((0, 600, 600), {}, "an end after its beginning"),
        ((0, 600, 1500), {}, "an end after its beginning"),
        ((7, 600, 660), {}, r"0 \(Monday\) to 6"),
        ((0, 600, 660), {"modes": ()}, "at least one way"),
        ((0, 600, 660), {"languages": ("Arabic please",)}, "a code such as ar"),
        ((0, 600, 660), {"group_size": 31}, "0 to 30"),
        ((0, 600, 660), {"zone": "Mars/Base"}, "a time zone"),
    ],
)
def test_what_does_not_fit_is_refused(hub: Hub, window: tuple[int, int, int], changes: dict, words: str) -> None:
    with pytest.raises(WrongInputError, match=words):
        hub.free(hub.world.trainee, window, **changes)
    assert hub.store.list_facts(Availability) == []


def test_a_week_without_any_free_time_can_be_said(hub: Hub) -> None:
    hub.free(hub.world.trainee)
    support.say_when_free(hub.store, hub.world.trainee, [], [], zone=LONDON, now=hub.now)
    said = support.see_free_times(hub.store, hub.world.trainee, hub.world.trainee.person_id)
    assert said.spans(TUESDAY, TUESDAY) == []


def test_one_day_can_be_otherwise_and_be_taken_back(hub: Hub) -> None:
    me = hub.world.trainee
    hub.free(me)
    day = {"is_free": False, "zone": LONDON, "now": hub.now}
    away = support.except_day(hub.store, me, TUESDAY, 0, 1440, **day)
    assert support.see_free_times(hub.store, me, me.person_id).spans(TUESDAY, TUESDAY) == []
    support.take_back_exception(hub.store, me, away.fact_id, hub.now)
    support.take_back_exception(hub.store, me, away.fact_id, hub.now)
    assert len(support.see_free_times(hub.store, me, me.person_id).spans(TUESDAY, TUESDAY)) == 1


def test_a_day_that_has_gone_by_is_refused(hub: Hub) -> None:
    for day in (date(2025, 3, 9), TUESDAY + timedelta(days=400)):
        with pytest.raises(WrongInputError, match="within a year"):
            support.except_day(hub.store, hub.world.trainee, day, 0, 60, is_free=True, zone=LONDON, now=hub.now)


def test_nobody_takes_back_what_others_said(hub: Hub) -> None:
    away = support.except_day(hub.store, hub.world.trainee, TUESDAY, 0, 60, is_free=True, zone=LONDON, now=hub.now)
    for who in ("trainer", "fellow", "coordinator"):
        with pytest.raises(NotAllowedError):
            support.take_back_exception(hub.store, getattr(hub.world, who), away.fact_id, hub.now)


def test_double_clicks_say_it_once(hub: Hub) -> None:
    same = new_fact_id()
    hub.free(hub.world.trainee, fact_id=same)
    hub.free(hub.world.trainee, fact_id=same)
    for _ in range(2):
        support.except_day(
            hub.store, hub.world.trainee, TUESDAY, 0, 60, is_free=True, zone=LONDON, now=hub.now, fact_id=new_fact_id()
        )
    assert len(hub.store.list_facts(Availability)) == 1
    assert len(hub.store.list_facts(FreeException)) == 2
