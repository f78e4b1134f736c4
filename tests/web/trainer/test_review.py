"""Before a form is submitted, and after: what has no level, the second screen before a hold, notes, the result."""

import re

from streamlit.testing.v1 import AppTest

from assessments.facts import GlobalRating, Hold
from assessments.service import observations
from people.facts import FactId
from tests.web.acting import begin_form, box, fill, load, roleplay, seen_of
from tests.web.walking import Walker, click, click_twice, said, shown

SECRECY = "D3.2-U1"


def review(walker: Walker, form_id: FactId) -> AppTest:
    return walker.open("observe", "trainer", form=str(form_id), look="review")


def finish(page: AppTest) -> AppTest:
    box(page, "Overall").set_value("pass").run()
    return box(page, "How much help next time?").set_value("3").run()


def judged(page: AppTest) -> tuple[str | None, str | None]:
    return box(page, "Overall").value, box(page, "How much help next time?").value


# ---------------------------------------------------------------- looking over


def test_lines_without_a_level_are_named_before_submitting(walker: Walker) -> None:
    form_id = begin_form(walker, "trainer", "priya")
    fill(walker, form_id, lines=8)
    text = shown(review(walker, form_id))
    assert "8 of 10 lines are answered." in text
    assert "- Shares the lead" in text
    assert "- Time and close" not in text


def test_nothing_is_judged_for_the_rater(walker: Walker) -> None:
    form_id = begin_form(walker, "trainer", "priya")
    fill(walker, form_id)
    page = review(walker, form_id)
    assert judged(page) == (None, None)
    assert page.button(key="submit").disabled


def test_submitting_records_judgement_and_notes_and_shows_the_result(walker: Walker) -> None:
    form_id = begin_form(walker, "trainer", "priya")
    fill(walker, form_id, lines=9)
    page = finish(review(walker, form_id))
    page.text_area(key=f"strength-{form_id}").input("Warm from the start.")
    click(page, "Submit")
    seen = seen_of(walker, "priya")[-1]
    assert (seen.global_rating, seen.entrustment, seen.strength) == (GlobalRating.PASS, 3, "Warm from the start.")
    assert said(page) == "Saved. You can show it to the trainee now."
    text = shown(walker.open("observe", "trainer", form=str(form_id)))
    assert "Speaks as an equal: Level 3: all basics were seen" in text
    assert "Backs up the partner: No level" in text


def test_a_double_click_submits_once(walker: Walker) -> None:
    form_id = begin_form(walker, "trainer", "priya")
    fill(walker, form_id)
    n_before = len(seen_of(walker, "priya"))
    click_twice(finish(review(walker, form_id)), "Submit")
    assert len(seen_of(walker, "priya")) == n_before + 1


def test_a_form_with_nothing_ticked_is_not_submitted(walker: Walker) -> None:
    form_id = begin_form(walker, "trainer", "priya")
    page = click(finish(review(walker, form_id)), "Submit")
    assert "Tick what you saw" in page.error[0].value


def test_a_form_that_leaves_no_line_out_names_those_that_are_open(walker: Walker) -> None:
    form_id = begin_form(walker, "trainer", "priya", "C6", **roleplay("the-sore-arm"))
    fill(walker, form_id, lines=3)
    page = click(finish(review(walker, form_id)), "Submit")
    assert "Does not investigate" in page.error[0].value


def test_notes_are_kept_while_the_rater_looks_at_the_form_again(walker: Walker) -> None:
    form_id = begin_form(walker, "trainer", "priya")
    fill(walker, form_id)
    page = finish(review(walker, form_id))
    page.text_area(key=f"next-step-{form_id}").input("Leave one more pause.").run()
    click(page, "Back to the form")
    assert "10 of 10 lines" in shown(page)
    click(page, "Look over and submit")
    assert page.text_area(key=f"next-step-{form_id}").value == "Leave one more pause."
    assert judged(page) == ("pass", "3")


def test_the_judgement_survives_a_refresh(walker: Walker) -> None:
    form_id = begin_form(walker, "trainer", "priya")
    fill(walker, form_id)
    page = finish(review(walker, form_id))
    again = walker.open("observe", "trainer", **page.query_params)
    assert judged(again) == ("pass", "3")


def test_the_judgement_of_one_form_is_not_taken_over_to_the_next(walker: Walker) -> None:
    first, second = (begin_form(walker, "trainer", login) for login in ("priya", "hana"))
    fill(walker, first)
    page = finish(review(walker, first))
    click(page, "Submit")
    assert set(page.query_params) == {"form"}
    page.query_params = {"form": str(second), "look": "review"}
    page.run()
    assert judged(page) == (None, None)


def test_a_note_about_a_family_is_questioned_even_with_a_click_right_after(walker: Walker) -> None:
    form_id = begin_form(walker, "trainer", "priya")
    fill(walker, form_id)
    page = finish(review(walker, form_id))
    page.text_area(key=f"strength-{form_id}").input("Her boy is 7 years old")
    click(page, "Submit")
    assert not load(walker, "trainer", form_id).is_submitted
    assert "Please look at your note again before it is kept." in shown(page)


def test_a_whole_session_shows_what_was_done(walker: Walker) -> None:
    form_id = begin_form(walker, "trainer", "priya", "C7")
    store, actor, now = walker.scene.store, walker.scene.actor("trainer"), walker.scene.now
    lines = load(walker, "trainer", form_id).lines
    answers = [(line.id, None, "done") for line in lines[1:]] + [(lines[0].id, None, "partly")]
    observations.record_ticks(store, actor, form_id, answers, now)
    click(finish(review(walker, form_id)), "Submit")
    text = shown(walker.open("observe", "trainer", form=str(form_id)))
    assert "- Welcomed everyone and used the agreements: Partly" in text
    assert "Done: 95 in 100" in text
    assert "No level" not in text


# ---------------------------------------------------------------- harm


def holds_of(walker: Walker, login: str) -> list[Hold]:
    return walker.scene.store.list_facts(Hold, walker.person(login))


def test_a_hold_is_confirmed_on_a_second_screen(walker: Walker) -> None:
    form_id = begin_form(walker, "trainer", "priya")
    fill(walker, form_id, ("C2-confidentiality", SECRECY))
    page = review(walker, form_id)
    assert page.title[0].value == "Did you see this?"
    assert "Promises total secrecy" in shown(page)
    assert "This form is no report." in shown(page)
    assert not page.radio
    click(page, "Yes, I saw it")
    assert holds_of(walker, "priya") == []
    click(finish(page), "Submit")
    assert [hold.behaviour_id for hold in holds_of(walker, "priya")] == [SECRECY]
    assert "Talk about it with Priya Nair soon" in shown(walker.open("observe", "trainer", form=str(form_id)))


def test_a_slip_of_the_thumb_leads_back_to_the_form(walker: Walker) -> None:
    form_id = begin_form(walker, "trainer", "priya")
    fill(walker, form_id, ("C2-confidentiality", SECRECY))
    page = click(review(walker, form_id), "It was a slip: go back")
    assert "1 unhelpful" in shown(page)
    page.checkbox(key=f"tick-{form_id}-C2-confidentiality-{SECRECY}").uncheck().run()
    click(page, "Look over and submit")
    assert page.title[0].value == "Look over and submit"


def test_what_is_ticked_after_the_confirmation_is_asked_about_again(walker: Walker) -> None:
    form_id = begin_form(walker, "trainer", "priya")
    fill(walker, form_id, ("C2-confidentiality", SECRECY))
    page = click(review(walker, form_id), "Yes, I saw it")
    store, actor = walker.scene.store, walker.scene.actor("trainer")
    observations.record_ticks(store, actor, form_id, [("C2-fair", "D8.2-U1", "seen")], walker.scene.now)
    page.run()
    assert page.title[0].value == "Did you see this?"


def test_a_practice_round_opens_no_hold_and_asks_for_a_debrief(walker: Walker) -> None:
    form_id = begin_form(walker, "trainer", "priya", "C6", **roleplay("the-sore-arm"), counts=False)
    fill(walker, form_id, ("C6-leaves", "D10.4-U1"))
    click(finish(review(walker, form_id)), "Submit")
    assert holds_of(walker, "priya") == []
    assert "Priya Nair to be talked through" in re.sub(
        r"\*\*|:red-badge\[|]", "", shown(walker.open("today", "trainer"))
    )
