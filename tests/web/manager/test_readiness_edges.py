"""The readiness board where there is little, or all of one kind, to show: right figures and no exception."""

from datetime import timedelta

import pytest

from analytics.readiness import see_whole_board
from assessments.service.learning import record_reflection
from curriculum.bundle import to_bundle
from curriculum.ids import ModuleId
from people import service
from people.facts import ClockChange, ClockReason, Enrolment
from people.ids import new_fact_id
from people.service.clock import change_clock
from tests.builders import PROGRAMME, ROLE
from tests.web.drawing import draw, shown
from tests.web.manager.conftest import HUB, OTHER_HUB, Town
from web.views.manager.readiness import VIEW

SHOWN = ("gate", "person", "matrix")


def board(town: Town, show: str = "gate", login: str = "mona"):
    return draw(VIEW, town.context(login), show=show)


def text_of(page) -> str:
    return shown(page).replace("\\", "")


def figures(page) -> dict[str, str]:
    return {metric.label: metric.value for metric in page.metric}


def reflect(town: Town, login: str) -> None:
    for n in range(2):
        actor = town.actor(login)
        record_reflection(town.store, actor, PROGRAMME, ModuleId("M1"), note=f"I try {n}.", now=town.clock())


def leave(town: Town, login: str) -> None:
    change_clock(
        town.store,
        town.actor("mona"),
        town.ids[login],
        PROGRAMME,
        change=ClockChange.WITHDRAWN,
        reason=next(iter(ClockReason)),
        now=town.clock(),
    )


@pytest.mark.parametrize("show", SHOWN)
def test_everybody_ready(town: Town, show: str) -> None:
    reflect(town, "amina")
    reflect(town, "ben")
    page = board(town, show)
    assert figures(page)["Ready for decision"] == "2"
    assert figures(page)["One gate away"] == "0"


@pytest.mark.parametrize("show", SHOWN)
def test_nobody_ready(town: Town, show: str) -> None:
    assert figures(board(town, show))["Ready for decision"] == "0"


@pytest.mark.parametrize("show", SHOWN)
def test_one_person(town: Town, show: str) -> None:
    leave(town, "ben")
    page = board(town, show)
    assert "1 person" in text_of(page)
    assert "1 who left is not counted" in text_of(page)


@pytest.mark.parametrize("show", SHOWN)
def test_all_withdrawn_leaves_no_figures_of_zero(town: Town, show: str) -> None:
    leave(town, "amina")
    leave(town, "ben")
    page = board(town, show)
    assert "2 who left are not counted" in text_of(page)
    assert figures(page) == {}


def test_an_empty_cohort_says_so(town: Town) -> None:
    service.open_cohort(
        town.store,
        town.actor("admin"),
        HUB,
        PROGRAMME,
        "Autumn",
        starts_on=town.clock().date(),
        active_version_no=1,
        now=town.clock(),
    )
    page = board(town)
    page.selectbox(key="choice-cohort").select("Autumn").run()
    assert not page.exception
    assert "Nobody is in it yet" in text_of(page)


@pytest.mark.parametrize("show", SHOWN)
def test_a_cohort_across_two_versions_names_both(town: Town, show: str) -> None:
    first = town.store.programme(PROGRAMME, 1)
    second = first.model_copy(update={"head": first.head.model_copy(update={"version": "1.1.0"})})
    assert town.store.publish(second, to_bundle(second)) == 2
    town.store.append(
        Enrolment(
            fact_id=new_fact_id(),
            person_id=town.ids["ben"],
            actor_id=town.ids["admin"],
            occurred_at=town.clock() - timedelta(seconds=1) + timedelta(seconds=1),
            cohort_id=town.cohort_id,
            programme_id=PROGRAMME,
            role_id=ROLE,
            version_no=2,
        )
    )
    page = board(town, show)
    assert "Alongside 1.0.0, Alongside 1.1.0" in text_of(page)
    assert "2 people" in text_of(page)


def test_before_the_first_fact_the_board_is_empty_and_not_wrong(town: Town) -> None:
    page = draw(VIEW, town.context("mona"), day="2020-02-29")
    assert "Nobody is in it yet" in text_of(page)
    page.toggle(key="known").set_value(True).run()
    assert not page.exception
    assert "by what was known then" in text_of(page)


def test_what_was_recorded_later_is_left_out_of_what_was_known(town: Town) -> None:
    then = town.clock()
    town.clock.move(days=3)
    by_now = see_whole_board(town.store, town.actor("mona"), PROGRAMME, HUB, as_of=then)
    reflections = record_back(town, days=3)
    now = see_whole_board(town.store, town.actor("mona"), PROGRAMME, HUB, as_of=then)
    known = see_whole_board(town.store, town.actor("mona"), PROGRAMME, HUB, as_of=then, known_at=then)
    assert reflections
    assert have(by_now) == have(known) == 0
    assert have(now) == 1


def record_back(town: Town, *, days: int) -> bool:
    from assessments.facts import Milestone, MilestoneKind

    late = Milestone(
        fact_id=new_fact_id(),
        person_id=town.ids["amina"],
        actor_id=town.ids["amina"],
        occurred_at=town.clock() - timedelta(days=days),
        programme_id=PROGRAMME,
        kind=MilestoneKind.REFLECTION,
        what="M1",
    )
    return town.store.append(late)


def have(board) -> int:
    return sum(gate.have for row in board.rows for gate in row.verdict.gates)


def test_who_moved_hub_is_counted_there_and_only_named_as_moved_here(town: Town) -> None:
    then = town.clock()
    town.clock.move(days=2)
    there = service.open_cohort(
        town.store,
        town.actor("admin"),
        OTHER_HUB,
        PROGRAMME,
        "South spring",
        starts_on=town.clock().date(),
        active_version_no=1,
        now=town.clock(),
    )
    town.store.append(
        Enrolment(
            fact_id=new_fact_id(),
            person_id=town.ids["ben"],
            actor_id=town.ids["admin"],
            occurred_at=town.clock(),
            cohort_id=there.cohort_id,
            programme_id=PROGRAMME,
            role_id=ROLE,
            version_no=1,
        )
    )
    town.clock.move(days=2)
    page = draw(VIEW, town.context("mona"), day=then.date().isoformat())
    assert "1 who has moved to another hub is not shown" in text_of(page)
    assert "Ben" not in text_of(page)
    assert [row.name for row in see_whole_board(town.store, town.actor("otto"), PROGRAMME, OTHER_HUB).rows] == ["Ben"]
