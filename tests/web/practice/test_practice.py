"""Practice: asking to be watched, and answering what was seen."""

from typing import Any

from streamlit.testing.v1 import AppTest

from assessments.facts import Acknowledgement, Observation, ObservationRequest
from assessments.service.holds import withdraw_slip
from curriculum.models import Setting
from tests.web.scene import ALONGSIDE
from tests.web.walking import Walker, click, click_twice, said, shown

FAMILY_NOTE = "Her boy is 7 years old"


def requests_of(walker: Walker, login: str) -> list[ObservationRequest]:
    return walker.scene.store.list_facts(ObservationRequest, walker.person(login))


def box(page: AppTest, label: str) -> Any:
    return next(box for box in page.selectbox if box.label == label)


# ---------------------------------------------------------------- asking


def test_asking_says_who_will_see_it_and_what_waits(walker: Walker) -> None:
    page = walker.open("practice", "amina")
    box(page, "Whom?").select("Grace Addo")
    click(page, "Ask")
    [request] = requests_of(walker, "amina")
    assert (request.checklist_id, request.setting) == ("C2", Setting.ROLEPLAY)
    assert request.asked_id == walker.person("trainer2")
    assert said(page) == "Asked. Your trainer sees it on their first page."
    assert "Waiting: Opening, holding and closing, role‑play, asked of Grace Addo on 23 Nov 2026" in shown(page)


def test_asking_twice_gives_one_request(walker: Walker) -> None:
    page = walker.open("practice", "amina")
    click_twice(page, "Ask")
    click(walker.open("practice", "amina"), "Ask")
    assert len(requests_of(walker, "amina")) == 1


def test_a_request_to_one_trainer_is_not_shown_to_another(walker: Walker) -> None:
    page = walker.open("practice", "amina")
    box(page, "Whom?").select("Grace Addo")
    click(page, "Ask")
    assert "Amina Yusuf" in shown(walker.open("observe", "trainer2"))
    assert "Amina Yusuf**: Opening" not in shown(walker.open("observe", "trainer"))


# ---------------------------------------------------------------- what was seen


def newest(walker: Walker, login: str) -> Observation:
    return walker.scene.store.list_facts(Observation, walker.person(login))[-1]


def acknowledgements(walker: Walker, observation: Observation) -> list[Acknowledgement]:
    found = walker.scene.store.list_facts(Acknowledgement, observation.person_id)
    return [one for one in found if one.target_id == observation.fact_id]


def test_what_was_seen_can_be_agreed_with(walker: Walker) -> None:
    observation = newest(walker, "fatima")
    page = walker.open("practice", "fatima")
    page.button(key=f"ack-True-{observation.fact_id}").click().run()
    [given] = acknowledgements(walker, observation)
    assert (given.agrees, given.note) == (True, "")
    assert "You have seen it and agree." in shown(page)


def test_who_sees_it_differently_is_heard_by_the_trainer(walker: Walker) -> None:
    observation = newest(walker, "fatima")
    page = walker.open("practice", "fatima")
    page.text_area(key=f"ack-{observation.fact_id}").input("I asked one question only.")
    page.button(key=f"ack-False-{observation.fact_id}").click().run()
    [given] = acknowledgements(walker, observation)
    assert (given.agrees, given.note) == (False, "I asked one question only.")
    assert "You see it differently." in shown(page)
    person = {"person": str(observation.person_id), "in": ALONGSIDE}
    assert "They see it differently. Talk with them." in shown(walker.open("my-trainees", "trainer", **person))


def test_a_note_that_may_be_about_a_family_is_looked_at_again_before_it_is_kept(walker: Walker) -> None:
    observation = newest(walker, "fatima")
    page = walker.open("practice", "fatima")
    page.text_area(key=f"ack-{observation.fact_id}").input(FAMILY_NOTE).run()
    assert "Please look at your note again before it is kept." in shown(page)
    assert page.button(key=f"ack-False-{observation.fact_id}").disabled
    sure = next(box for box in page.checkbox if box.label.startswith("I have looked"))
    sure.check().run()
    page.button(key=f"ack-False-{observation.fact_id}").click().run()
    assert [one.note for one in acknowledgements(walker, observation)] == [FAMILY_NOTE]


def test_a_click_right_after_typing_does_not_pass_by_the_warning(walker: Walker) -> None:
    observation = newest(walker, "fatima")
    page = walker.open("practice", "fatima")
    page.text_area(key=f"ack-{observation.fact_id}").input(FAMILY_NOTE)
    page.button(key=f"ack-False-{observation.fact_id}").click().run()
    assert acknowledgements(walker, observation) == []
    assert "Please look at your note again before it is kept." in shown(page)


def test_what_waits_for_an_answer_is_never_folded_away(walker: Walker) -> None:
    page = walker.open("practice", "hana")
    assert len([one for one in page.expander if one.label == "Line by line"]) == 2
    page.toggle(key="earlier").set_value(True).run()
    assert len([one for one in page.expander if one.label == "Line by line"]) > 2


def test_a_form_of_a_whole_session_shows_a_share_and_no_levels(walker: Walker) -> None:
    page = walker.open("practice", "hana")
    page.toggle(key="earlier").set_value(True).run()
    assert "Done: 100 in 100" in shown(page)
    assert "Level 4: all basics and more" in shown(page)
    assert "No level" not in shown(page)


def test_what_was_withdrawn_stays_and_is_not_asked_about(walker: Walker) -> None:
    scene = walker.scene
    hold = scene.store.query("assigned_harm", scene.actor("trainer"))[0]
    observation = newest(walker, "luis")
    scene.now = observation.occurred_at
    withdraw_slip(scene.store, scene.actor("trainer"), hold["hold_id"], scene.now)
    page = walker.open("practice", "luis")
    assert "withdrawn" in shown(page)
    assert "Your practice is on hold" not in shown(page)
    assert f"ack-True-{observation.fact_id}" not in [button.key for button in page.button]


def test_who_is_on_hold_reads_since_when_and_not_why(walker: Walker) -> None:
    text = shown(walker.open("practice", "luis"))
    assert "Your practice is on hold since 21 Nov 2026." in text
    assert "Promises total secrecy" not in text
