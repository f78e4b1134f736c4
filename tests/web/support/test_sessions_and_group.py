"""Preparing a session, the calendar of a hub, and the group as a team."""

from datetime import date, time

from assessments.support import PreparationNoted, PreparationState, SessionPlanned
from curriculum.models import Preparation
from people.facts import Change
from tests.web.acting import box
from tests.web.walking import Walker, click_twice, shown


def sessions(walker: Walker) -> list[SessionPlanned]:
    return walker.scene.store.list_facts(SessionPlanned)


def test_who_leads_a_session_sees_what_it_needs_and_ticks_it(walker: Walker) -> None:
    page = walker.open("my-sessions", "priya")
    assert "Not yet ready: Materials" in shown(page)
    box(page, "Materials").set_value(PreparationState.READY).run()
    noted = walker.scene.store.list_facts(PreparationNoted)[-1]
    assert (noted.thing, noted.state, noted.actor_id) == (
        Preparation.MATERIALS,
        PreparationState.READY,
        walker.person("priya"),
    )
    assert "What it cannot do without is ready." in shown(walker.open("my-sessions", "ivan"))


def test_who_leads_none_is_told_who_puts_them_there(walker: Walker) -> None:
    assert "You lead no session yet" in shown(walker.open("my-sessions", "hana"))


def test_the_co_ordinator_puts_a_session_into_the_calendar(walker: Walker) -> None:
    n_before = len(sessions(walker))
    page = walker.open("calendar", "coordinator")
    box(page, "Code of the session").set_value("RIV-B week 1").run()
    page.multiselect(key="plan-leaders").set_value([walker.person("amina"), walker.person("ben")]).run()
    page.date_input(key="plan-day").set_value(date(2026, 12, 2))
    page.time_input(key="plan-start").set_value(time(13)).run()
    click_twice(page, "Put it in")
    *_, planned = sessions(walker)
    assert len(sessions(walker)) == n_before + 1
    assert (planned.session_code, planned.meets_on, planned.start_minute) == ("RIV-B week 1", date(2026, 12, 2), 780)
    assert set(planned.leader_ids) == {walker.person("amina"), walker.person("ben")}


def test_a_session_is_called_off(walker: Walker) -> None:
    first = sessions(walker)[0]
    page = walker.open("calendar", "coordinator")
    page.button(key=f"off-{first.fact_id}").click().run()
    assert [one.change for one in walker.scene.store.changes_to(first.fact_id)] == [Change.ENDED]
    assert first.session_code not in shown(walker.open("calendar", "coordinator"))


def test_who_may_not_keep_the_calendar_reads_it(walker: Walker) -> None:
    page = walker.open("calendar", "manager")
    assert "RIV-A week 7" in shown(page)
    assert not page.button


def test_the_group_is_shown_as_a_team_without_anybody_s_standing(walker: Walker) -> None:
    text = shown(walker.open("our-group", "priya"))
    assert "**Tomasz Nowak**: your trainer" in text
    assert "We are 12 people." in text
    others = ("Amina", "Ben", "Hana", "Ivan", "Luis", "Fatima", "Chloe", "Samuel", "Marta", "Erik")
    assert not [name for name in others if name in text]
