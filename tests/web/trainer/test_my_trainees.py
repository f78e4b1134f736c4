"""My trainees: each person's path, quizzes to open again, what was seen, a slip for a lost password."""

from datetime import timedelta

from streamlit.testing.v1 import AppTest

from assessments.facts import Observation, Unlock
from people.facts import TokenIssued
from people.models import Office
from tests.web.acting import box, erase_name, hire
from tests.web.quiz.sheets import take
from tests.web.scene import ALONGSIDE
from tests.web.walking import Walker, click, labels, shown


def open_person(walker: Walker, whom: str, login: str = "trainer") -> AppTest:
    return walker.open("my-trainees", login, **{"person": str(walker.person(whom)), "in": ALONGSIDE})


def test_the_list_shows_where_each_stands(walker: Walker) -> None:
    text = shown(walker.open("my-trainees", "trainer"))
    assert "**Luis Ortega** :gray-badge[On hold]" in text
    assert "**Marta Silva** :gray-badge[Paused]" in text
    assert text.count("gray-badge") == 12


def test_a_person_leads_to_decide_observe_and_record_with_their_name_filled_in(walker: Walker) -> None:
    page = walker.open("my-trainees", "trainer")
    page.button(key=f"look-{walker.person('priya')}-{ALONGSIDE}").click().run()
    text = shown(walker.follow("trainer"))
    for url in ("decide", "observe", "record"):
        assert f"(/{url}?person={walker.person('priya')}&in={ALONGSIDE})" in text


def test_somebody_elses_trainee_is_not_opened(walker: Walker) -> None:
    hire(walker, "nadia", Office.TRAINER)
    page = open_person(walker, "priya", "nadia")
    assert "You have no trainees yet" in shown(page)
    assert "Priya" not in shown(page)


def test_a_quiz_that_waits_can_be_opened_and_one_that_is_open_not(walker: Walker) -> None:
    page = open_person(walker, "chloe")
    assert "Starting and holding a group**: the waiting time runs" in shown(page)
    box(page, "Why open it now?").select("Something went wrong with the device").run()
    click(page, "Open one more attempt")
    [unlock] = walker.scene.store.list_facts(Unlock, walker.person("chloe"))
    assert (unlock.blueprint_id, unlock.reason) == ("quiz-m3", "technical_fault")
    assert "Open one more attempt" not in labels(page)


def test_a_passed_quiz_offers_nothing_to_open(walker: Walker) -> None:
    page = open_person(walker, "hana")
    assert len(page.table) == 1
    assert "Open one more attempt" not in labels(page)


def test_attempts_are_listed_with_their_points(walker: Walker) -> None:
    take(walker, "erik", n_wrong=4)
    table = open_person(walker, "erik").table[0].value.to_string()
    assert "6 of 10" in table
    assert "not passed" in table


def test_what_was_seen_is_listed_with_who_saw_it(walker: Walker) -> None:
    page = open_person(walker, "fatima")
    titles = [one.label for one in page.expander]
    assert "Safeguarding role-play, role‑play, 22 Nov 2026: not passed yet, does not count" in titles
    assert "Level 1: something unhelpful was seen" in shown(page)


def test_somebody_whose_name_was_erased_is_a_number(walker: Walker) -> None:
    person_id = erase_name(walker, "erik")
    page = walker.open("my-trainees", "trainer", **{"person": str(person_id), "in": ALONGSIDE})
    assert page.title[0].value == f"Person {person_id}"
    assert f"Person {person_id}" in shown(walker.open("my-trainees", "trainer"))


def test_a_slip_is_made_for_a_lost_password(walker: Walker) -> None:
    page = click(open_person(walker, "priya"), "Make a slip")
    assert len(page.code[0].value) == len("K7QM-2XPD-H9RT")
    issued = walker.scene.store.list_facts(TokenIssued, walker.person("priya"))
    assert issued[-1].actor_id == walker.person("trainer")


def test_a_trainer_sees_the_forms_and_minutes_of_their_own_weeks_and_nobody_elses(walker: Walker) -> None:
    text = shown(walker.open("my-trainees", "trainer"))
    forms = walker.scene.store.list_facts(Observation, actor_id=walker.person("trainer"))
    first = walker.scene.now.date() - timedelta(days=walker.scene.now.weekday(), weeks=7)
    mine = [one for one in forms if walker.scene.store.day_of(one.occurred_at) >= first]
    assert f"{len(mine)} forms in 8 weeks: {round(sum(one.seconds for one in mine) / 60)} minutes on them." in text
    assert "Only you see this." in text
