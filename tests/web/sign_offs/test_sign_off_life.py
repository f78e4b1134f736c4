"""A sign-off through the years with the people concerned: asked for, signed, disputed, looked at blind, checked."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from assessments.facts import DecisionAsked, DisputeOutcome, DisputeSettled, SecondLook, SignOff
from assessments.service.decisions import countersign, give_second_look
from assessments.service.observations import acknowledge
from assessments.sign_off import check_code
from people.limits import Limit, RateLimiter
from people.models import Office
from people.service import give_grant
from tests.web.acting import OPERATOR, erase_name, hire, sign
from tests.web.browser import TestClient
from tests.web.scene import ALONGSIDE, HUB
from tests.web.walking import Walker, choose, click, click_twice, labels, said, shown
from web import open_store
from web.routes import ROUTES, checking


def open_case(walker: Walker, login: str, whom: str) -> AppTest:
    return walker.open("decide", login, **{"person": str(walker.person(whom)), "in": ALONGSIDE})


def sign_offs(walker: Walker, whom: str) -> list[SignOff]:
    return walker.scene.store.list_facts(SignOff, walker.person(whom))


def count(walker: Walker, kind: type, whom: str) -> int:
    return len(walker.scene.store.list_facts(kind, walker.person(whom)))


def look_with(page: AppTest, levels: dict[str, int]) -> AppTest:
    """Choose the level of each activity, and give the second look."""
    for one in page.selectbox:
        if "look-level" in (one.key or ""):
            one.set_value(levels[(one.key or "").rsplit("-", 1)[1]])
    page.run()
    return click(page, "I would sign off")


def make_signed(walker: Walker) -> SignOff:
    """Let Hana be signed off by one trainer and the lead."""
    signed = sign(walker, "hana")
    countersign(walker.scene.store, walker.scene.actor("lead"), signed.fact_id, walker.scene.now)
    return signed


def make_disputed(walker: Walker) -> SignOff:
    """Let Hana be signed off, and see it differently."""
    signed, scene = make_signed(walker), walker.scene
    acknowledge(scene.store, scene.actor("hana"), signed.fact_id, False, "", now=scene.now)
    return signed


def decline_blind(walker: Walker, signed: SignOff) -> None:
    """Let the other trainer look for a second time: not yet."""
    scene = walker.scene
    give_second_look(scene.store, scene.actor("trainer2"), signed.fact_id, None, now=scene.now)


def test_a_sign_off_goes_from_asking_to_its_last_weeks(walker: Walker) -> None:
    _ask(walker)
    signed = make_signed(walker)
    _dispute(walker)
    _look(walker, signed)
    _see_what_came_of_it(walker)
    _wait_for_its_last_weeks(walker)


def _ask(walker: Walker) -> None:
    click_twice(walker.open("next", "hana"), "Ask for the decision")
    assert count(walker, DecisionAsked, "hana") == 1
    page = walker.open("next", "hana")
    assert "You asked for the decision on 23 Nov 2026." in shown(page)
    assert "Ask for the decision" not in labels(page)
    assert "asks for the decision since 23 Nov 2026" in shown(walker.open("today", "trainer"))
    assert "The evidence is the same as then." in shown(open_case(walker, "trainer", "hana"))


def _dispute(walker: Walker) -> None:
    assert "A decision about you waits for your word" in shown(walker.open("next", "hana"))
    page = walker.open("my-record", "hana")
    assert "somebody else decides anew" in shown(page)
    click(page, "I see it differently")
    assert "Somebody else looks now" in shown(walker.open("my-record", "hana"))


def _look(walker: Walker, signed: SignOff) -> None:
    assert "wants a second look since 23 Nov 2026" in shown(walker.open("today", "trainer2"))
    assert "wants a second look" not in shown(walker.open("today", "trainer"))
    assert "You took this decision yourself." in shown(open_case(walker, "trainer", "hana"))
    page = open_case(walker, "trainer2", "hana")
    text = shown(page)
    assert "What was decided is not shown until the second look is given" in text
    assert "does it on their own" not in text
    assert "Signed off" not in text
    look_with(page, {one.activity_id: one.level for one in signed.levels})
    assert said(page) == "Saved. Both decisions stand side by side now."
    text = shown(open_case(walker, "trainer2", "hana"))
    assert "Second look on 23 Nov 2026 by Grace Addo, blind to the first: signed off" in text
    assert "does it on their own" in text


def _see_what_came_of_it(walker: Walker) -> None:
    page = walker.open("my-record", "hana")
    assert "Settled: the first decision stands. Both came to the same decision." in shown(page)
    click(page, "I have seen what came of it")
    page = walker.open("my-record", "hana")
    assert "I have seen what came of it" not in labels(page)
    steps = [line for line in shown(page).splitlines() if re.match(r"- (:gray\[)?\d+ \w+ \d{4}: ", line)]
    assert [line.split(": ")[1].split(",")[0].strip("]") for line in steps] == [
        "signed",
        "countersigned",
        "seen differently",
        "second look",
        "settled",
        "read",
        "can be renewed from this day on",
        "last day",
    ]


def _wait_for_its_last_weeks(walker: Walker) -> None:
    assert "It can be renewed from" in shown(open_case(walker, "trainer", "hana"))
    walker.scene.wait(days=340)
    assert "Signed off, runs out soon" in shown(walker.open("my-record", "hana"))
    # Meetings and papers have grown old meanwhile: what is still open is said before anybody could sign again.
    assert "Not ready for decision. Still open:" in shown(open_case(walker, "trainer", "hana"))


# ---------------------------------------------------------------- two decisions that differ


@pytest.fixture
def differing(walker: Walker) -> SignOff:
    signed = make_disputed(walker)
    decline_blind(walker, signed)
    return signed


def test_two_that_differ_wait_for_who_took_no_part(walker: Walker, differing: SignOff) -> None:
    assert "You took part in one of the two decisions" in shown(open_case(walker, "lead", "hana"))
    hire(walker, "ada", Office.TRAINING_LEAD, HUB)
    assert "waits for a choice" in shown(walker.open("today", "ada"))
    page = open_case(walker, "ada", "hana")
    choose(page, "Which one?", DisputeOutcome.SECOND_COUNTS)
    choose(page, "Why that one?", "It takes in more of what was seen")
    click_twice(page, "Settle it")
    [settled] = walker.scene.store.list_facts(DisputeSettled, walker.person("hana"))
    assert (settled.outcome, settled.sign_off_id) == (DisputeOutcome.SECOND_COUNTS, differing.fact_id)
    text = shown(walker.open("my-record", "hana"))
    assert "Set aside after a second look" in text
    assert "blind to the first: not yet" in text
    assert "Sign off" in labels(open_case(walker, "trainer", "hana"))


def test_the_second_of_two_tabs_is_told_that_somebody_else_looked(walker: Walker) -> None:
    make_disputed(walker)
    hire(walker, "ada", Office.TRAINING_LEAD, HUB)
    late = open_case(walker, "ada", "hana")
    click(open_case(walker, "trainer2", "hana"), "I would say not yet")
    click(late, "I would say not yet")
    assert count(walker, SecondLook, "hana") == 1
    assert "Which of the two counts?" in shown(late)
    assert "blind to the first: not yet" in shown(late)


def test_somebody_from_outside_is_told_that_a_second_look_or_a_choice_is_wanted(walker: Walker) -> None:
    signed = make_disputed(walker)
    hire(walker, "ada", Office.COUNTERSIGNER, None, record_id=walker.person("hana"), until_on=date(2026, 12, 23))
    assert "Hana Kovac** wants a second look since 23 Nov 2026" in shown(walker.open("decide", "ada"))
    decline_blind(walker, signed)
    assert "Hana Kovac** waits for a choice since 23 Nov 2026" in shown(walker.open("decide", "ada"))


# ---------------------------------------------------------------- who may, said before


def test_who_may_sign_and_countersign_is_said_before_anybody_clicks(walker: Walker) -> None:
    text = shown(open_case(walker, "trainer", "hana"))
    assert "- may countersign what somebody else signs" in text
    assert "- no countersignature: Only the training lead of the hub or an external countersigner" in text
    assert "Nobody here could countersign" not in text


def test_a_hub_that_cannot_hold_two_apart_offers_somebody_from_outside(walker: Walker) -> None:
    sign(walker, "hana", by="lead")
    page = open_case(walker, "lead", "hana")
    assert "Nobody here could countersign" in shown(page)
    assert "Invite" in labels(page)


def test_the_managers_board_says_where_a_sign_off_stands(walker: Walker) -> None:
    give_grant(walker.scene.store, OPERATOR, walker.person("lead"), Office.MANAGER, walker.scene.now, hub_id=HUB)
    store, lead = walker.scene.store, walker.scene.actor("lead")
    assert store.query("person_sign_offs", lead, person_id=walker.person("amina"), programme_id=ALONGSIDE)


# ---------------------------------------------------------------- the code


@pytest.fixture
def stranger(walker: Walker) -> Iterator[TestClient]:
    """Return the browser of somebody who is not signed in."""
    open_store.use_store(walker.scene.store)
    yield TestClient(Starlette(routes=list(ROUTES)), follow_redirects=True)
    open_store.forget_store()


def test_a_code_shows_level_role_and_dates_and_no_name_even_after_erasure(walker: Walker, stranger: TestClient) -> None:
    [signed] = sign_offs(walker, "amina")
    code = check_code(signed.fact_id)
    assert code in shown(walker.open("my-record", "amina"))
    before = stranger.get(f"/check?code={code.lower()}")
    assert before.status_code == 200
    for words in ("Signed off", "Alongside", "does it on their own", "Countersigned on"):
        assert words in before.text
    people = [walker.scene.store.name_of(walker.person(login)) for login in ("amina", "trainer", "lead")]
    assert not [name for name in people if name in before.text]
    erase_name(walker, "amina")
    after = stranger.get(f"/check/{code}")
    assert (after.status_code, _without_token(after.text)) == (200, _without_token(before.text))


def _without_token(text: str) -> str:
    return re.sub(r'value="[^"]*"', "", text)


def test_codes_that_stand_for_nothing_are_answered_alike(stranger: TestClient) -> None:
    pages = {stranger.get(f"/check/{code}").text for code in ("AAAA-AAAA-AAAA", "9", "../../etc", "K7QM-2XPD-H9RT")}
    assert len({_without_token(page) for page in pages if "sign-off has this code" in page}) == 1


def test_who_asks_too_often_has_to_wait(stranger: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    few = Limit(2, checking.LIMITER._limits["address"].window)
    monkeypatch.setattr(checking, "LIMITER", RateLimiter(per_address=few))
    answers = [stranger.get("/check/AAAA-AAAA-AAAA").status_code for _ in range(3)]
    assert answers == [404, 404, 429]
