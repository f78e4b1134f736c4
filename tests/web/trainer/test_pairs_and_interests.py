"""Two leaders on two forms one after the other; and what somebody may no longer do who knows a trainee otherwise."""

import re

from assessments.facts import InterestDeclared, Observation, ObservationOpened
from assessments.service.interests import declare_interest
from tests.web.acting import box
from tests.web.walking import Walker, click, labels, shown


def begin_pair(walker: Walker, one: str, other: str):
    page = walker.open("observe", "trainer", person=str(walker.person(one)), checklist="C2", setting="live")
    box(page, "Code of the session").input("RIV-A week 9").run()
    box(page, "Rate the second leader too?").set_value(walker.person(other)).run()
    click(page, "Start")
    return walker.follow("trainer")


def fill(page) -> None:
    for label in ("Watched: nothing unhelpful", "Nothing further seen"):
        click(page, label)
    for key in [button.key for button in page.button if (button.key or "").startswith("all-")]:
        page.button(key=key).click().run()
    click(page, "Look over and submit")
    box(page, "Overall").set_value("pass").run()
    box(page, "How much help next time?").set_value("3").run()
    click(page, "Submit")


def test_two_leaders_are_rated_one_after_the_other_and_nothing_is_typed_twice(walker: Walker) -> None:
    store, priya, ben = walker.scene.store, walker.person("priya"), walker.person("ben")
    before = {who: len(store.list_facts(Observation, who)) for who in (priya, ben)}
    page = begin_pair(walker, "priya", "ben")
    assert "Led with Ben Carter. Their form comes next." in shown(page)
    fill(page)
    assert len(store.list_facts(Observation, priya)) == before[priya] + 1
    assert len(store.list_facts(Observation, ben)) == before[ben]
    click(page, "Next: the form about Ben Carter")
    page = walker.follow("trainer")
    assert "Ben Carter" in shown(page)
    fill(page)
    newest = [store.list_facts(Observation, who)[-1] for who in (priya, ben)]
    assert {one.session_code for one in newest} == {"RIV-A week 9"}
    assert all(one.has_co_leader and one.counts for one in newest)
    assert {rating.competency_id for rating in newest[1].ratings} >= {"D9.1", "D9.2"}
    assert not [label for label in labels(page) if label.startswith("Next: the form")]


def test_one_leader_alone_is_still_one_form(walker: Walker) -> None:
    n = len(walker.scene.store.list_facts(ObservationOpened))
    page = walker.open("observe", "trainer", person=str(walker.person("priya")), checklist="C2", setting="live")
    box(page, "Code of the session").input("RIV-A week 9")
    click(page, "Start")
    assert len(walker.scene.store.list_facts(ObservationOpened)) == n + 1


def open_case(walker: Walker, login: str):
    return walker.open("decide", login, **{"person": str(walker.person("hana")), "in": "alongside"})


def test_who_knows_a_trainee_otherwise_declares_it_and_no_longer_decides(walker: Walker) -> None:
    page = open_case(walker, "trainer")
    box(page, "How?").set_value("known_privately").run()
    click(page, "Declare it")
    [declared] = walker.scene.store.list_facts(InterestDeclared)
    assert declared.holder_id == walker.person("trainer")
    page = open_case(walker, "trainer")
    text = shown(page)
    assert "declared an interest" in text
    assert "Who has declared an interest (they know somebody otherwise than as a trainer) rates nothing" in text
    assert "Sign off" not in labels(page)
    page = walker.open("observe", "trainer", person=str(walker.person("hana")), checklist="C2", setting="live")
    assert "it will not count" in shown(page)


def declare(walker: Walker, reason: str) -> None:
    scene = walker.scene
    declare_interest(scene.store, scene.actor("trainer"), walker.person("hana"), reason, now=scene.now)


def test_what_counted_before_is_named_to_who_decides(walker: Walker) -> None:
    assert "otherwise than as a trainer. They were there" not in shown(open_case(walker, "trainer2"))
    declare(walker, "known_privately")
    text = shown(open_case(walker, "trainer2"))
    assert re.search(r"\d+ forms that count here are by Tomasz Nowak, who knows this person otherwise", text)


def test_the_training_lead_ends_it(walker: Walker) -> None:
    declare(walker, "same_workplace")
    assert "It holds no more" not in labels(open_case(walker, "trainer"))
    click(open_case(walker, "lead"), "It holds no more")
    assert "Sign off" in labels(open_case(walker, "trainer"))
