"""Evaluations: one's own view and the partner's, on the trainer's lines; each sees what they wrote, and no more."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from assessments.facts import Hold, Observation, ObservationOpened, ObservationRequest, Relation, Seen, Stage
from assessments.service import observations
from curriculum.ids import ChecklistId
from curriculum.models import Setting
from people.models import PersonId
from tests.web.acting import box
from tests.web.scene import ALONGSIDE
from tests.web.walking import Walker, click, click_twice, labels, said, shown

EVENING = "RIV-A week 1"


def evaluations_of(walker: Walker, login: str, relation: Relation) -> list[Observation]:
    return walker.scene.store.list_facts(Observation, walker.person(login), relation=relation)


def forms_by(walker: Walker, login: str) -> list[ObservationOpened]:
    return walker.scene.store.list_facts(ObservationOpened, actor_id=walker.person(login))


def begin(walker: Walker, login: str, whom: str = "", code: str = EVENING) -> AppTest:
    """Begin an evaluation of oneself, or of somebody, and open its form."""
    page = walker.open("evaluate", login, about=str(walker.person(whom or login)))
    box(page, "Another code" if box_is_there(page, "Another code") else "Code of the session").input(code)
    click(page, "Start")
    return walker.follow(login)


def box_is_there(page: AppTest, label: str) -> bool:
    return any(one.label == label for one in page.text_input)


def answer(page: AppTest, *lines: str, nothing_unhelpful: str = "I did nothing unhelpful") -> AppTest:
    for line in lines:
        page.button(key=f"all-{line}").click().run()
    click(page, nothing_unhelpful)
    return click(page, "Nothing further seen")


def hand_in(walker: Walker, page: AppTest, help_label: str = "How much help would you like next time?") -> AppTest:
    click(page, "Look over and submit")
    box(page, "Overall").set_value("pass").run()
    box(page, help_label).set_value("3").run()
    return click(page, "Submit")


def evaluate(walker: Walker, login: str, about: str, *seen: tuple[str, str, str], code: str = EVENING) -> Observation:
    """Evaluate through the services, with the answers given as (line, behaviour, state)."""
    store, actor, now = walker.scene.store, walker.scene.actor(login), walker.scene.now
    relation = Relation.SELF if login == about else Relation.PARTNER
    frame: dict[str, Any] = {"setting": Setting.LIVE, "stage": Stage.LEAD_PART, "scenario_id": None, "counts": False}
    opened = observations.open_observation(
        store,
        actor,
        walker.person(about),
        ALONGSIDE,
        ChecklistId("C8" if relation is Relation.SELF else "C9"),
        session_code=code,
        relation=relation,
        has_co_leader=True,
        now=now,
        **frame,
    )
    form_id = opened.fact_id
    for line in ("C2-welcome", "C2-time"):
        observations.answer_all_basic(store, actor, form_id, line, now)  # type: ignore[arg-type]
    observations.record_ticks(store, actor, form_id, list(seen), now)  # type: ignore[arg-type]
    observations.answer_none_unhelpful(store, actor, form_id, now)
    observations.answer_no_further(store, actor, form_id, now)
    footer: Any = {"global_rating": "pass", "entrustment": 3, "strength": "", "next_step": "", "confirms_harm": False}
    return observations.submit_observation(store, actor, form_id, now=now, **footer)


# ---------------------------------------------------------------- one's own


def test_one_evaluates_oneself_from_the_practice_page(walker: Walker) -> None:
    page = walker.open("practice", "hana")
    page.button(key="evaluate-self").click().run()
    assert walker.went == [("evaluate", {"about": str(walker.person("hana"))})]
    page = answer(begin(walker, "hana"), "C2-welcome")
    page = hand_in(walker, page)
    [given] = evaluations_of(walker, "hana", Relation.SELF)
    assert (given.checklist_id, given.counts, given.is_passed) == ("C8", False, False)
    assert (given.session_code, given.setting) == (EVENING, Setting.LIVE)
    assert {rating.line_id: rating.level for rating in given.ratings}["C2-welcome"] == 3
    assert said(page) == "Saved."
    after = shown(walker.open("evaluate", "hana", form=str(given.opened_id)))
    assert "It stands beside the trainer's view. It never counts." in after
    assert "passed" not in after


def test_a_long_form_is_drawn_part_by_part(walker: Walker) -> None:
    page = begin(walker, "hana")
    assert "Open questions" not in shown(page)
    assert "0 of 13 lines" in shown(page)
    click(page, "I did nothing unhelpful")
    [opened] = forms_by(walker, "hana")
    form = observations.load_form(walker.scene.store, walker.scene.actor("hana"), opened.fact_id)
    assert {line_id[:2] for line_id, _ in form.states} == {"C2"}
    box(page, "Which part?").set_value("Listening and responding").run()
    assert "Open questions" in shown(page)
    page.button(key="all-C3-questions").click().run()
    click(page, "Look over and submit")
    assert "Opening, holding and closing: 10 lines" in shown(page)


def test_the_form_begins_once_however_often_it_is_clicked(walker: Walker) -> None:
    page = walker.open("evaluate", "hana")
    box(page, "Another code").input(EVENING)
    click_twice(page, "Start")
    assert len(forms_by(walker, "hana")) == 1


def test_codes_of_ones_own_latest_sessions_are_offered(walker: Walker) -> None:
    page = walker.open("evaluate", "hana")
    pills = box(page, "Which session?")
    assert pills.options == ["RIV-A week 3", "RIV-A week 2", "RIV-A week 1"]
    pills.set_value("RIV-A week 2").run()
    click(page, "Start")
    assert forms_by(walker, "hana")[0].session_code == "RIV-A week 2"


def test_who_was_never_watched_types_the_code(walker: Walker) -> None:
    page = walker.open("evaluate", "erik")
    click(page, "Start")
    assert "Session code" in page.error[0].value
    box(page, "Code of the session").input("RIV-A week 9")
    click(page, "Start")
    assert forms_by(walker, "erik")[0].session_code == "RIV-A week 9"


def test_what_was_begun_is_gone_on_with(walker: Walker) -> None:
    begin(walker, "hana")
    page = walker.open("practice", "hana")
    assert "You: How I see it myself, in a real group" in shown(page)
    click(page, "Go on with this form")
    assert walker.went[-1] == ("evaluate", {"form": str(forms_by(walker, "hana")[0].fact_id)})


def test_harm_ticked_by_oneself_stops_nothing_and_says_whom_to_talk_with(walker: Walker) -> None:
    page = begin(walker, "hana")
    [opened] = forms_by(walker, "hana")
    page.checkbox(key=f"tick-{opened.fact_id}-C2-confidentiality-D3.2-U1").check().run()
    hand_in(walker, page)
    assert walker.scene.store.list_facts(Hold, walker.person("hana")) == []
    assert "Talk about it with your trainer soon." in shown(walker.open("evaluate", "hana", form=str(opened.fact_id)))


# ---------------------------------------------------------------- a partner's


def test_a_partner_is_asked_and_finds_it_on_their_practice_page(walker: Walker) -> None:
    page = walker.open("practice", "hana")
    box(page, "Which partner?").select("Ivan Petrov")
    click(page, "Ask this partner")
    assert said(page) == "Asked. Your partner sees it under Practice."
    [request] = walker.scene.store.list_facts(ObservationRequest, walker.person("hana"))
    assert (request.checklist_id, request.asked_id) == ("C9", walker.person("ivan"))
    assert "How my partner sees it, in a real group, asked of Ivan Petrov" in shown(page)
    assert "Hana Kovac" not in shown(walker.open("observe", "trainer")).split("A new form")[0]
    page = walker.open("practice", "ivan")
    assert "Hana Kovac asks for your view of them" in shown(page)
    click(page, "Give your view")
    url, query = walker.went[-1]
    assert (url, query["about"], query["checklist"]) == ("evaluate", str(walker.person("hana")), "C9")
    answer(begin(walker, "ivan", "hana"), "C2-welcome", nothing_unhelpful="Watched: nothing unhelpful")
    assert "asks for your view" not in shown(walker.open("practice", "ivan"))
    assert "asked of Ivan Petrov" not in shown(walker.open("practice", "hana"))


def test_a_partner_may_be_evaluated_without_having_asked(walker: Walker) -> None:
    page = walker.open("practice", "ivan")
    box(page, "Whom did you lead with?").select("Hana Kovac")
    click(page, "Evaluate this partner")
    page = answer(begin(walker, "ivan", "hana"), "C2-welcome", nothing_unhelpful="Watched: nothing unhelpful")
    hand_in(walker, page, "How much help next time?")
    [given] = evaluations_of(walker, "hana", Relation.PARTNER)
    assert (given.actor_id, given.checklist_id, given.counts) == (walker.person("ivan"), "C9", False)


def test_a_partner_reads_what_they_wrote_and_nothing_else_of_the_person(walker: Walker) -> None:
    given = evaluate(walker, "ivan", "hana")
    page = walker.open("practice", "ivan")
    [label] = [one for one in labels(page) if one.startswith("Hana Kovac")]
    click(page, label)
    assert "Welcome and agreements: Level 3" in shown(walker.follow("ivan"))
    assert walker.went[-1] == ("evaluate", {"form": str(given.opened_id)})
    text = shown(walker.open("practice", "ivan"))
    assert "Tomasz Nowak" in text
    for seen in walker.scene.store.list_facts(Observation, walker.person("hana"), relation=Relation.TRAINER):
        page = walker.open("evaluate", "ivan", form=str(seen.opened_id))
        assert "You may not do this" in page.error[0].value
        assert "Level" not in shown(page)


def test_the_person_sees_the_partners_view_and_may_see_it_differently(walker: Walker) -> None:
    given = evaluate(walker, "ivan", "hana")
    page = walker.open("practice", "hana")
    assert "Ivan Petrov (your partner)" in shown(page)
    assert "to compare" in shown(page)
    assert page.button(key=f"ack-False-{given.fact_id}")


def test_ones_own_view_is_not_asked_about(walker: Walker) -> None:
    given = evaluate(walker, "hana", "hana")
    page = walker.open("practice", "hana")
    assert f"ack-True-{given.fact_id}" not in [button.key for button in page.button]


@pytest.mark.parametrize("about", ["trainer", "manager"])
def test_nobody_evaluates_somebody_they_do_not_train_with(walker: Walker, about: str) -> None:
    page = walker.open("evaluate", "hana", about=str(walker.person(about)))
    assert "There is nobody to evaluate here" in shown(page)
    assert "Start" not in labels(page)


@pytest.mark.parametrize("about", ["", "x", "-1", "999999"])
def test_an_address_that_nobody_has_leads_nowhere(walker: Walker, about: str) -> None:
    page = walker.open("evaluate", "hana", about=about)
    assert "Start" not in labels(page)


def test_the_trainer_sees_whose_view_it_is(walker: Walker) -> None:
    evaluate(walker, "hana", "hana")
    evaluate(walker, "ivan", "hana")
    page = walker.open("my-trainees", "trainer", **{"person": str(walker.person("hana")), "in": ALONGSIDE})
    titles = [one.label for one in page.expander]
    assert "How I see it myself, in a real group, 23 Nov 2026: their own view" in titles
    assert "How my partner sees it, in a real group, 23 Nov 2026: their partner's view" in titles


def test_the_trainers_choice_of_forms_holds_no_evaluation_and_no_log(walker: Walker) -> None:
    page = walker.open("observe", "trainer", person=str(walker.person("hana")))
    assert [option[:2] for option in box(page, "With which checklist?").options] == ["C2", "C3", "C6", "C7"]


# ---------------------------------------------------------------- side by side


def test_views_of_one_session_stand_side_by_side(walker: Walker) -> None:
    evaluate(walker, "hana", "hana", ("C2-time", "D3.4-B1", Seen.NOT_SEEN))
    evaluate(walker, "ivan", "hana", code=" riv-a  WEEK 1")
    text = shown(walker.open("practice", "hana"))
    assert "You see 2 lines differently:" in text
    assert "Seen by you, Ivan Petrov (your partner), Tomasz Nowak (trainer)" in text
    assert "You: Level 2 · Partner: Level 3 · Trainer: Level" in text
    assert "Level 2: not all basics were seen. Level 3: all basics were seen." in text


def test_a_line_that_all_see_alike_is_only_named(walker: Walker) -> None:
    evaluate(walker, "hana", "hana", code="RIV-A week 77")
    evaluate(walker, "ivan", "hana", code="RIV-A week 77")
    text = shown(walker.open("practice", "hana"))
    assert "Seen alike: Welcome and agreements; Time and close" in text
    assert "differently" not in text.split("Side by side")[1].split("Seen alike")[0]


def test_views_of_different_sessions_are_not_laid_side_by_side(walker: Walker) -> None:
    evaluate(walker, "hana", "hana", code="RIV-A week 55")
    text = shown(walker.open("practice", "hana"))
    assert "give it the same code" in text
    assert "Seen alike" not in text


def test_who_has_no_evaluation_reads_nothing_about_comparing(walker: Walker) -> None:
    assert "Side by side" not in shown(walker.open("practice", "hana"))


def test_nothing_is_averaged(walker: Walker) -> None:
    evaluate(walker, "hana", "hana", ("C2-time", "D3.4-B1", Seen.NOT_SEEN))
    evaluate(walker, "ivan", "hana")
    text = shown(walker.open("practice", "hana")).lower()
    assert not [word for word in ("mean", "average", "2.5", "in all") if word in text.split("side by side")[1]]


def test_evaluations_move_no_gate_of_practice(walker: Walker) -> None:
    store, now = walker.scene.store, walker.scene.now
    person: PersonId = walker.person("fatima")
    before = store.verdict(person, ALONGSIDE, now, now)
    evaluate(walker, "fatima", "fatima")
    evaluate(walker, "hana", "fatima")
    after = store.verdict(person, ALONGSIDE, now, now)
    assert before is not None and after is not None
    assert [(gate.gate_id, gate.have) for gate in after.gates] == [(gate.gate_id, gate.have) for gate in before.gates]
