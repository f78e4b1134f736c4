"""Today: open harm first, then who waits for the person who looks."""

from datetime import timedelta

from streamlit.testing.v1 import AppTest

from assessments.facts import Debrief, Hold
from curriculum.ids import BlueprintId
from people.facts import Change
from people.models import HubId, Office
from people.service import assign_trainer, give_grant, open_hub
from tests.web.acting import OPERATOR, box, hire, seen_of
from tests.web.quiz.sheets import take
from tests.web.scene import ALONGSIDE, HUB
from tests.web.walking import Walker, click, click_twice, labels, said, shown


def headers(page: AppTest) -> list[str]:
    return [header.value for header in page.header]


def debriefs(walker: Walker, login: str) -> list[Debrief]:
    return walker.scene.store.list_facts(Debrief, walker.person(login))


# ---------------------------------------------------------------- harm


def test_harm_stands_before_all_else(walker: Walker) -> None:
    page = walker.open("today", "trainer")
    assert headers(page)[:2] == ["Needs care first", "Decisions"]
    text = shown(page)
    assert "**Luis Ortega** :red-badge[practice on hold]" in text
    assert "**Fatima Rahimi** :red-badge[to be talked through]" in text
    assert [button.label for button in page.button if button.proto.type == "primary"] == ["We have talked it through"]


def test_a_debrief_on_a_practice_round_settles_it(walker: Walker) -> None:
    observation = seen_of(walker, "fatima")[-1]
    page = walker.open("today", "trainer")
    page.checkbox(key=f"procedure-{observation.fact_id}").check()
    page.button(key=f"debrief-{observation.fact_id}").click().run()
    [debrief] = debriefs(walker, "fatima")
    assert debrief.procedure_followed
    assert said(page) == "Saved. Choose another story for the next role‑play."
    assert "Fatima Rahimi** :red-badge" not in shown(page)


def test_after_the_debrief_a_hold_waits_for_the_safeguarding_lead(walker: Walker) -> None:
    observation = seen_of(walker, "luis")[-1]
    page = walker.open("today", "trainer2")
    page.button(key=f"debrief-{observation.fact_id}").click().run()
    assert not debriefs(walker, "luis")[0].procedure_followed
    assert "Talked through. The safeguarding lead decides." in shown(page).replace("]", "")


def test_a_double_click_notes_one_debrief(walker: Walker) -> None:
    page = walker.open("today", "trainer")
    click_twice(page, "We have talked it through")
    assert len(debriefs(walker, "luis")) == 1


def test_a_slip_can_be_withdrawn_within_24_hours(walker: Walker) -> None:
    observation = seen_of(walker, "luis")[-1]
    walker.scene.now = observation.occurred_at + timedelta(hours=24)
    page = click(walker.open("today", "trainer"), "Withdraw it")
    [hold] = walker.scene.store.list_facts(Hold, walker.person("luis")) or [None]
    assert hold is None
    assert [one.change for one in walker.scene.store.changes_to(observation.fact_id)] == [Change.VOID]
    assert "Luis Ortega** :red-badge" not in shown(page)


def test_after_24_hours_it_is_said_that_it_is_too_late(walker: Walker) -> None:
    observation = seen_of(walker, "luis")[-1]
    walker.scene.now = observation.occurred_at + timedelta(hours=24, seconds=1)
    page = walker.open("today", "trainer")
    assert "Withdraw it" not in labels(page)
    assert "It can no longer be withdrawn as a slip" in shown(page)


def test_only_who_saw_it_can_call_it_a_slip(walker: Walker) -> None:
    walker.scene.now = seen_of(walker, "luis")[-1].occurred_at + timedelta(hours=1)
    page = walker.open("today", "trainer2")
    assert "practice on hold" in shown(page)
    assert "Withdraw it" not in labels(page)
    assert "slip" not in shown(page)


# ---------------------------------------------------------------- who waits


def test_who_is_ready_leads_to_the_decision(walker: Walker) -> None:
    page = walker.open("today", "trainer")
    assert "**Hana Kovac** is ready for decision" in shown(page)
    page.button(key=f"look-decide-{walker.person('hana')}-{ALONGSIDE}").click().run()
    assert walker.follow("trainer").title[0].value == "Hana Kovac"


def test_a_request_leads_to_a_form_that_is_filled_in(walker: Walker) -> None:
    page = walker.open("today", "trainer")
    watch = [button for button in page.button if button.label == "Watch"]
    assert len(watch) == 3
    watch[-1].click().run()
    page = walker.follow("trainer")
    whom = box(page, "Whom do you watch?")
    assert whom.options[whom.index] == "Priya Nair"
    assert box(page, "With which checklist?").value == "C7"


def test_overdue_supervision_leads_to_the_form_that_offers_a_time(walker: Walker) -> None:
    page = walker.open("today", "trainer")
    assert "1 person needs supervision" in headers(page)
    page.button(key=f"look-supervision-{walker.person('priya')}-{ALONGSIDE}").click().run()
    page = walker.follow("trainer")
    assert "Priya Nair" in shown(page)
    assert "Offer this time" in labels(page)


def test_who_asks_to_be_contacted_is_told_as_a_number_with_the_way_there(walker: Walker) -> None:
    page = walker.open("today", "trainer")
    assert "1 person asks you to get in touch" in headers(page)
    assert "(/supervision?)" in shown(page)


def test_two_quizzes_of_one_person_stand_side_by_side(walker: Walker) -> None:
    for _ in range(3):
        take(walker, "samuel", BlueprintId("quiz-m9"), n_wrong=8)
        walker.scene.wait(hours=25)
    assert shown(walker.open("today", "trainer")).count("Samuel Mensah** has used all attempts") == 2


def test_the_training_lead_sees_what_waits_for_a_second_person(walker: Walker) -> None:
    page = walker.open("today", "lead")
    assert headers(page) == ["Decisions"]
    assert "**Ben Carter** waits for a countersignature" in shown(page)
    click(page, "Look")
    assert walker.went == [("decide", {"person": str(walker.person("ben")), "in": ALONGSIDE})]


def test_a_lead_of_all_hubs_sees_it_too_and_one_of_another_hub_does_not(walker: Walker) -> None:
    open_hub(walker.scene.store, OPERATOR, HubId("harbour"), "Harbour", walker.scene.now)
    hire(walker, "ada", Office.TRAINING_LEAD, None)
    hire(walker, "olga", Office.TRAINING_LEAD, HubId("harbour"))
    assert "Ben Carter" in shown(walker.open("today", "ada"))
    text = shown(walker.open("today", "olga"))
    assert "Nobody waits for you" in text
    assert "Ben Carter" not in text


def test_a_lead_who_trains_in_another_hub_reads_only_the_hub_they_lead(walker: Walker) -> None:
    store, now = walker.scene.store, walker.scene.now
    open_hub(store, OPERATOR, HubId("harbour"), "Harbour", now)
    olga = hire(walker, "olga", Office.TRAINING_LEAD, HubId("harbour"))
    give_grant(store, OPERATOR, olga, Office.TRAINER, now, hub_id=HUB)
    assign_trainer(store, OPERATOR, walker.person("hana"), olga, now)
    text = shown(walker.open("today", "olga"))
    assert "Hana Kovac" in text
    assert "Ben Carter" not in text


def test_who_leads_and_does_not_train_is_sent_to_no_page_of_trainers(walker: Walker) -> None:
    open_hub(walker.scene.store, OPERATOR, HubId("harbour"), "Harbour", walker.scene.now)
    hire(walker, "olga", Office.TRAINING_LEAD, HubId("harbour"))
    text = shown(walker.open("today", "olga"))
    assert "Sign-offs that wait for a second person appear here." in text
    assert "Observe" not in text


def test_a_new_trainer_is_told_whom_to_ask(walker: Walker) -> None:
    hire(walker, "nadia", Office.TRAINER)
    assert "You have no trainees yet" in shown(walker.open("today", "nadia"))
