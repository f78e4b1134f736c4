"""The form: every tick in the store at once, few words, few taps, and no level for what is not answered."""

import re
from dataclasses import replace

from streamlit.testing.v1 import AppTest

from analytics.demonstration.world import load_sound
from assessments.facts import Done, Seen, Tick
from assessments.observations import judge, lines_in
from curriculum.ids import ChecklistId
from curriculum.models import Programme, Setting
from people.facts import FactId
from tests.first_part import SHIPPED
from tests.web.acting import begin_form, box, load, roleplay, seen_of
from tests.web.scene import ALONGSIDE
from tests.web.walking import Walker, click, labels, shown

SECRECY, WELCOME = "D3.2-U1", "D3.1-B1"


def open_form(walker: Walker, form_id: FactId, **query: str) -> AppTest:
    return walker.open("observe", "trainer", form=str(form_id), **query)


def tick_key(form_id: FactId, line: str, behaviour: str | None) -> str:
    return f"tick-{form_id}-{line}-{behaviour}"


def states_of(walker: Walker, form_id: FactId, line: str) -> dict[str | None, str]:
    states = load(walker, "trainer", form_id).states
    return {behaviour: state for (line_id, behaviour), state in states.items() if line_id == line}


# ---------------------------------------------------------------- ticks


def test_a_tick_is_in_the_store_before_the_page_says_saved(walker: Walker) -> None:
    form_id = begin_form(walker, "trainer", "priya")
    page = open_form(walker, form_id)
    assert "Saved" not in shown(page)
    page.checkbox(key=tick_key(form_id, "C2-welcome", WELCOME)).check().run()
    assert states_of(walker, form_id, "C2-welcome") == {WELCOME: Seen.SEEN}
    assert "Saved 09:00" in shown(page)
    assert "Saved" not in shown(open_form(walker, begin_form(walker, "trainer", "hana")))


def test_a_tick_can_be_taken_back_and_the_line_is_open_again(walker: Walker) -> None:
    form_id = begin_form(walker, "trainer", "priya")
    page = open_form(walker, form_id)
    tick = page.checkbox(key=tick_key(form_id, "C2-welcome", WELCOME))
    tick.check().run()
    page.checkbox(key=tick.key).uncheck().run()
    assert states_of(walker, form_id, "C2-welcome") == {}
    assert len(walker.scene.store.list_facts(Tick, walker.person("priya"), opened_id=form_id)) == 2


def test_all_basics_of_a_line_is_one_tap(walker: Walker) -> None:
    form_id = begin_form(walker, "trainer", "priya")
    page = open_form(walker, form_id)
    page.button(key="all-C2-welcome").click().run()
    assert states_of(walker, form_id, "C2-welcome") == {"D3.1-B1": Seen.SEEN, "D3.1-B2": Seen.SEEN}
    assert page.checkbox(key=tick_key(form_id, "C2-welcome", WELCOME)).value is True


def test_nothing_unhelpful_and_nothing_further_answer_for_the_whole_form(walker: Walker) -> None:
    form_id = begin_form(walker, "trainer", "priya")
    page = open_form(walker, form_id)
    page.checkbox(key=tick_key(form_id, "C2-time", "D3.4-U1")).check().run()
    click(page, "Watched: nothing unhelpful")
    click(page, "Nothing further seen")
    assert states_of(walker, form_id, "C2-welcome") == {"D3.1-U1": Seen.NOT_SEEN, "D3.1-F1": Seen.NOT_SEEN}
    assert states_of(walker, form_id, "C2-time")["D3.4-U1"] == Seen.SEEN


def test_the_rest_of_a_line_was_not_seen_or_had_no_chance(walker: Walker) -> None:
    form_id = begin_form(walker, "trainer", "priya")
    page = open_form(walker, form_id)
    page.checkbox(key=tick_key(form_id, "C2-welcome", WELCOME)).check().run()
    page.button(key="not_seen-C2-welcome").click().run()
    assert set(states_of(walker, form_id, "C2-welcome").values()) == {Seen.SEEN, Seen.NOT_SEEN}
    assert page.checkbox(key=tick_key(form_id, "C2-welcome", "D3.1-B2")).label.endswith("(not seen)")
    page.button(key="no_opportunity-C2-time").click().run()
    assert set(states_of(walker, form_id, "C2-time").values()) == {Seen.NO_OPPORTUNITY}
    assert "(no chance)" in page.checkbox(key=tick_key(form_id, "C2-time", "D3.4-B1")).label


def test_no_chance_is_not_offered_where_the_script_gives_one(walker: Walker) -> None:
    form_id = begin_form(walker, "trainer", "priya", "C6", **roleplay("the-sore-arm"))
    page = open_form(walker, form_id)
    assert "The rest was not seen" in labels(page)
    assert "There was no chance to see the rest" not in labels(page)


def test_a_whole_session_is_answered_by_how_much_was_done(walker: Walker) -> None:
    form_id = begin_form(walker, "trainer", "priya", "C7")
    page = open_form(walker, form_id)
    box(page, "Welcomed everyone and used the agreements").set_value(Done.PARTLY).run()
    box(page, "Summed up and closed kindly").set_value(Done.DONE).run()
    assert states_of(walker, form_id, "C7-welcome") == {None: Done.PARTLY}
    assert "2 of 12 lines" in shown(page)
    box(page, "Welcomed everyone and used the agreements").set_value(Done.DONE).run()
    assert states_of(walker, form_id, "C7-welcome") == {None: Done.DONE}


def test_a_line_that_is_not_answered_has_no_level(walker: Walker) -> None:
    form_id = begin_form(walker, "trainer", "priya")
    page = open_form(walker, form_id)
    page.button(key="all-C2-welcome").click().run()
    form = load(walker, "trainer", form_id)
    result = judge(form.programme, form.checklist, form.opened.setting, form.states)
    assert {rating.level for rating in result.ratings} == {None}
    assert "0 of 10 lines" in shown(page)


def test_levels_are_shown_only_after_submitting(walker: Walker) -> None:
    form_id = begin_form(walker, "trainer", "priya")
    page = open_form(walker, form_id)
    click(page, "Watched: nothing unhelpful")
    page.button(key="all-C2-welcome").click().run()
    assert "Level" not in shown(page)
    assert "Level" not in shown(open_form(walker, form_id, look="review"))


# ---------------------------------------------------------------- refresh, two windows, the end of a session


def test_all_ticks_are_there_after_a_refresh(walker: Walker) -> None:
    form_id = begin_form(walker, "trainer", "priya")
    page = open_form(walker, form_id)
    page.button(key="all-C2-welcome").click().run()
    click(page, "Watched: nothing unhelpful")
    click(page, "Nothing further seen")
    again = open_form(walker, form_id)
    assert "1 of 10 lines" in shown(again)
    assert again.checkbox(key=tick_key(form_id, "C2-welcome", WELCOME)).value is True
    assert again.checkbox(key=tick_key(form_id, "C2-time", "D3.4-B1")).value is False


def test_a_tick_of_another_window_is_shown_and_not_undone(walker: Walker) -> None:
    form_id = begin_form(walker, "trainer", "priya")
    first, second = open_form(walker, form_id), open_form(walker, form_id)
    second.checkbox(key=tick_key(form_id, "C2-welcome", WELCOME)).check().run()
    first.button(key="all-C2-time").click().run()
    assert first.checkbox(key=tick_key(form_id, "C2-welcome", WELCOME)).value is True
    assert states_of(walker, form_id, "C2-welcome") == {WELCOME: Seen.SEEN}


def test_a_session_that_has_ended_saves_nothing_and_says_so(walker: Walker) -> None:
    form_id = begin_form(walker, "trainer", "priya")
    context = replace(walker.scene.context("trainer"), renew_actor=lambda: None)
    page = walker.open("observe", "trainer", context=context, form=str(form_id))
    page.checkbox(key=tick_key(form_id, "C2-welcome", WELCOME)).check().run()
    assert states_of(walker, form_id, "C2-welcome") == {}
    assert "You are signed out: this was not saved. Sign in again, then go on." in shown(page)
    assert page.checkbox(key=tick_key(form_id, "C2-welcome", WELCOME)).value is False
    assert "Saved 09:00" not in shown(page)


def test_who_is_no_trainer_of_the_person_any_more_is_told_at_the_tick(walker: Walker) -> None:
    form_id = begin_form(walker, "trainer", "priya")
    stranger = replace(walker.scene.actor("trainer"), grants=())
    context = replace(walker.scene.context("trainer"), renew_actor=lambda: stranger)
    page = walker.open("observe", "trainer", context=context, form=str(form_id))
    page.button(key="all-C2-welcome").click().run()
    assert page.error
    assert states_of(walker, form_id, "C2-welcome") == {}


def test_another_trainers_form_is_refused_in_words(walker: Walker) -> None:
    form_id = begin_form(walker, "trainer", "priya")
    page = walker.open("observe", "trainer2", form=str(form_id))
    assert page.error
    assert "[All my forms](/observe?)" in shown(page)
    for address in ("nonsense", "00000000-0000-0000-0000-000000000001"):
        assert walker.open("observe", "trainer", form=address).error


# ---------------------------------------------------------------- how much it asks of the rater


def words_of(page: AppTest) -> int:
    """Return how many words stand on the form: its texts, boxes and buttons, but what folds out."""
    folded = {button.label for button in page.button if button.key and re.match("(not_seen|no_opp)", button.key)}
    texts = [str(one.value) for kind in ("title", "markdown") for one in page.get(kind)]
    texts += [box.label for box in page.checkbox] + [label for label in labels(page) if label not in folded]
    texts += ["Else" for button in page.button if (button.key or "").startswith("not_seen-")]
    visible = (re.sub(r":material/\w+:|:[a-z-]+\[", " ", text) for text in texts)
    return sum(len(re.findall(r"[\w'’-]+", text)) for text in visible)


def test_the_longest_form_has_at_most_350_words_and_takes_at_most_25_taps(walker: Walker) -> None:
    page = walker.open("observe", "trainer", person=str(walker.person("priya")), checklist="C2", setting="live")
    box(page, "Code of the session").input("RIV-A week 9")
    click(page, "Start")
    taps = 6  # take up the request, how much they lead, its option, the code, leave the field, start
    page = walker.follow("trainer")
    assert 100 < words_of(page) <= 350
    taps += len([click(page, label) for label in ("Watched: nothing unhelpful", "Nothing further seen")])
    taps += len([page.button(key=key).click().run() for key in [b.key for b in page.button] if key.startswith("all-")])
    assert "10 of 10 lines" in shown(page)
    assert words_of(page) <= 350
    click(page, "Look over and submit")
    box(page, "Overall").set_value("pass").run()
    box(page, "How much help next time?").set_value("3").run()
    click(page, "Submit")
    taps += 4
    assert seen_of(walker, "priya")[-1].is_passed
    assert taps <= 25


def content_words(programme: Programme, checklist_id: str) -> int:
    """Return how many words of its own a live form has: its title, its lines and what is watched for."""
    checklist = programme.checklist_by_id[ChecklistId(checklist_id)]
    lines = lines_in(checklist, Setting.LIVE)
    texts = [checklist.title, *(line.text for line in lines)]
    texts += [behaviour.text for line in lines for behaviour in programme.watched_on(checklist, line)]
    return sum(len(re.findall(r"[\w'’-]+", text)) for text in texts)


def test_the_form_for_demonstrations_has_fewer_lines_and_words_than_the_longest(walker: Walker) -> None:
    page = walker.open("observe", "trainer", person=str(walker.person("priya")), checklist="C2", setting="live")
    box(page, "Code of the session").input("RIV-A week 9")
    click(page, "Start")
    around = words_of(walker.follow("trainer")) - content_words(walker.scene.store.programme(ALONGSIDE, 1), "C2")
    shipped = load_sound(SHIPPED)
    assert around > 0
    assert content_words(shipped, "C4") + around <= 350
    begun, for_all_lines, submitted = 6, 2, 4
    lines = lines_in(shipped.checklist_by_id[ChecklistId("C4")], Setting.LIVE)
    assert begun + for_all_lines + len(lines) + submitted <= 25
