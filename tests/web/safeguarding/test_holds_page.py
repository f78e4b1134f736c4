"""Holds and debriefs: who is on hold, who may lift it and why, and the trail that stays."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from assessments.facts import Hold
from assessments.service.holds import record_debrief, withdraw_slip
from people.facts import Change
from people.models import HubId, Office
from people.service import give_grant, open_hub
from tests.web.acting import OPERATOR, begin_form, box, erase_name, fill, hire, seen_of, submit
from tests.web.scene import HUB
from tests.web.walking import Walker, click, click_twice, labels, said, shown

HARBOUR = HubId("harbour")


@pytest.fixture
def harbour(walker: Walker) -> Callable[[str, Office], object]:
    """Another hub, and how somebody gets an office in it."""
    open_hub(walker.scene.store, OPERATOR, HARBOUR, "Harbour", walker.scene.now)
    return lambda login, office: hire(walker, login, office, HARBOUR)


def lift(walker: Walker, login: str, why: str = "It was talked through, and understood") -> AppTest:
    page = walker.open("holds", login)
    box(page, "Why may practice go on?").select(why).run()
    return click(page, "Lift the hold")


def hold_of(walker: Walker, login: str) -> Hold:
    [hold] = walker.scene.store.list_facts(Hold, walker.person(login))
    return hold


# ---------------------------------------------------------------- what stands there


def test_a_hold_says_who_since_when_what_and_who_saw_it(walker: Walker) -> None:
    text = shown(walker.open("holds", "safeguarding"))
    assert "**Luis Ortega** :red-badge[on hold since 21 Nov 2026]" in text
    assert "Promises total secrecy" in text
    assert "Seen by Tomasz Nowak: Opening, holding and closing, in a real group" in text
    assert "It is no report" in text
    assert "Fatima" not in text


def test_whether_it_was_talked_through_is_shown(walker: Walker) -> None:
    scene, observation = walker.scene, seen_of(walker, "luis")[-1]
    assert "Not talked through yet." in shown(walker.open("holds", "deputy"))
    record_debrief(scene.store, scene.actor("trainer"), observation.fact_id, False, scene.now)
    text = shown(walker.open("holds", "deputy"))
    assert "Talked through on 23 Nov 2026." in text
    assert "Procedure not needed or not followed: ask." in text


def test_two_behaviours_seen_at_once_are_two_holds(walker: Walker) -> None:
    form_id = begin_form(walker, "trainer", "hana")
    fill(walker, form_id, ("C2-confidentiality", "D3.2-U1"), ("C2-fair", "D8.2-U1"))
    submit(walker, form_id)
    page = walker.open("holds", "safeguarding")
    assert labels(page).count("Lift the hold") == 3


# ---------------------------------------------------------------- past the limit


def test_a_hold_past_the_limit_says_so_to_lead_deputy_and_training_lead_alone(walker: Walker) -> None:
    walker.scene.wait(days=5)
    assert "past the limit" not in shown(walker.open("holds", "deputy"))
    assert "past the limit" not in shown(walker.open("today", "lead"))
    walker.scene.wait(days=2)
    for url_path, login in (("holds", "safeguarding"), ("holds", "deputy"), ("today", "lead")):
        assert "2 days past the limit" in shown(walker.open(url_path, login))
    text = shown(walker.open("today", "lead"))
    assert "**Luis Ortega** :red-badge[on hold since 21 Nov 2026]" in text
    assert "It was not talked through yet." in text
    assert "Promises total secrecy" not in text
    assert "past the limit" not in shown(walker.open("today", "trainer"))
    lift(walker, "deputy")
    assert "past the limit" not in shown(walker.open("today", "lead"))


# ---------------------------------------------------------------- lifting


def test_a_hold_is_lifted_with_a_reason(walker: Walker) -> None:
    page = walker.open("holds", "safeguarding")
    assert page.button[0].disabled
    hold = hold_of(walker, "luis")
    page = lift(walker, "safeguarding", "The person was trained again")
    [change] = walker.scene.store.changes_to(hold.fact_id)
    assert (change.change, change.reason) == (Change.LIFTED, "retrained")
    assert said(page) == "Lifted. Practice may go on."
    assert "Nobody is on hold" in shown(page)
    assert "Your practice is on hold" not in shown(walker.open("practice", "luis"))


def test_a_double_click_lifts_once(walker: Walker) -> None:
    hold = hold_of(walker, "luis")
    page = walker.open("holds", "deputy")
    box(page, "Why may practice go on?").select_index(0).run()
    click_twice(page, "Lift the hold")
    assert len(walker.scene.store.changes_to(hold.fact_id)) == 1


def test_a_hold_lifted_in_another_window_is_not_lifted_again(walker: Walker) -> None:
    page = walker.open("holds", "deputy")
    box(page, "Why may practice go on?").select_index(0).run()
    lift(walker, "safeguarding")
    click(page, "Lift the hold")
    assert len(walker.scene.store.changes_to(hold_of(walker, "luis").fact_id)) == 1


def test_who_saw_it_cannot_lift_it_and_is_told_before(walker: Walker) -> None:
    give_grant(
        walker.scene.store, OPERATOR, walker.person("trainer"), Office.SAFEGUARDING_LEAD, walker.scene.now, hub_id=HUB
    )
    page = walker.open("holds", "trainer")
    assert "You saw this yourself, so somebody else lifts it: the deputy or the lead." in shown(page)
    assert "Lift the hold" not in labels(page)


def test_nobody_lifts_their_own_hold(walker: Walker) -> None:
    give_grant(
        walker.scene.store, OPERATOR, walker.person("luis"), Office.SAFEGUARDING_DEPUTY, walker.scene.now, hub_id=HUB
    )
    page = walker.open("holds", "luis")
    assert "It is about your own practice, so somebody else lifts it" in shown(page)
    assert "Lift the hold" not in labels(page)


# ---------------------------------------------------------------- the trail


def test_a_lifted_hold_stays_on_the_trail_with_who_and_why(walker: Walker) -> None:
    lift(walker, "safeguarding")
    page = walker.open("holds", "deputy")
    assert [one.label for one in page.expander] == ["1 hold that has ended"]
    text = shown(page)
    assert "**Luis Ortega**: 21 Nov 2026 to 23 Nov 2026" in text
    assert "- 23 Nov 2026: lifted by Dilys Price. It was talked through, and understood" in text


def test_the_trail_of_a_hold_that_has_ended_tells_its_debrief_or_that_there_is_none(walker: Walker) -> None:
    scene, hold = walker.scene, hold_of(walker, "luis")
    lift(walker, "safeguarding")
    assert "- No debrief is on record." in shown(walker.open("holds", "deputy"))
    record_debrief(scene.store, scene.actor("trainer"), hold.observation_id, True, scene.now)
    text = shown(walker.open("holds", "deputy"))
    assert "- 23 Nov 2026: talked through by Tomasz Nowak. Procedure followed." in text
    assert "No debrief is on record." not in text


def test_a_slip_stays_on_the_trail_as_what_it_was(walker: Walker) -> None:
    scene, hold = walker.scene, hold_of(walker, "luis")
    scene.now = hold.occurred_at + timedelta(hours=1)
    withdraw_slip(scene.store, scene.actor("trainer"), hold.fact_id, scene.now)
    text = shown(walker.open("holds", "safeguarding"))
    assert "Nobody is on hold" in text
    assert "- 21 Nov 2026: withdrawn as a slip by Tomasz Nowak" in text


def test_people_whose_names_were_erased_are_numbers(walker: Walker) -> None:
    lift(walker, "safeguarding")
    luis, lead = erase_name(walker, "luis"), erase_name(walker, "safeguarding")
    text = shown(walker.open("holds", "deputy"))
    assert f"**Person {luis}**: 21 Nov 2026 to 23 Nov 2026" in text
    assert f"- 23 Nov 2026: lifted by Person {lead}" in text


# ---------------------------------------------------------------- whose hubs


def test_another_hubs_lead_sees_nothing(walker: Walker, harbour: Callable[[str, Office], object]) -> None:
    harbour("sven", Office.SAFEGUARDING_LEAD)
    text = shown(walker.open("holds", "sven"))
    assert "Nobody is on hold" in text
    assert "Luis" not in text


def test_the_lead_of_all_hubs_sees_each_hubs_holds(walker: Walker, harbour: Callable[[str, Office], object]) -> None:
    hire(walker, "ada", Office.SAFEGUARDING_LEAD, None)
    assert "Luis Ortega" in shown(walker.open("holds", "ada"))


def test_a_lead_who_trains_in_another_hub_sees_the_holds_of_the_one_they_lead(
    walker: Walker, harbour: Callable[[str, Office], object]
) -> None:
    harbour("sven", Office.SAFEGUARDING_LEAD)
    give_grant(walker.scene.store, OPERATOR, walker.person("sven"), Office.TRAINER, walker.scene.now, hub_id=HUB)
    assert "Nobody is on hold" in shown(walker.open("holds", "sven"))
