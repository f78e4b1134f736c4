"""A mix of modules to practise: it says that it never counts, how far one is in it, and goes on where one stopped."""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from assessments.facts import Attempt, AttemptStarted, Response
from assessments.service.attempts import record_response, start_attempt, submit_attempt
from curriculum.blueprints import Purpose
from curriculum.bundle import to_bundle
from curriculum.ids import BlueprintId
from curriculum.items import Pool
from store.ledger import Store
from tests.assessments.world import HUB, World, make_world_on
from tests.builders import NOW, PROGRAMME, make_blueprint, make_programme
from tests.web.drawing import draw
from tests.web.drawing import shown as raw
from web.context import Context, ProgrammeChoice
from web.view import View
from web.views.manager import quality
from web.views.trainee.quiz import listing

MIX = BlueprintId("mix")
KEY = f"practise-{MIX}"


@pytest.fixture
def world() -> Iterator[World]:
    store = Store.memory(clock=lambda: NOW)
    mix = make_blueprint(id=MIX, title="A mix", purpose=Purpose.PRACTICE, draw=2, pass_pct=0, critical={})
    programme = make_programme(blueprints=(make_blueprint(), mix))
    store.publish(programme, to_bundle(programme))
    yield make_world_on(store)
    store.close()


def page_of(world: World, view: View, *, trainee: bool = True) -> AppTest:
    store = world.ledger
    actor = world.trainee if trainee else world.lead
    enrolment = store.enrolment(actor.person_id, PROGRAMME)
    own = (enrolment.fact_id, enrolment.role_id) if enrolment else ()
    choice = ProgrammeChoice(PROGRAMME, 1, store.programme(PROGRAMME, 1), HUB, *own)
    return draw(view, Context(store=store, actor=actor, choices=(choice,), clock=lambda: NOW))  # type: ignore[arg-type]


def shown(page: AppTest) -> str:
    return raw(page).replace("\\", "")


def test_the_mix_is_listed_last_and_is_no_quiz_to_be_passed(world: World) -> None:
    page = page_of(world, listing.VIEW)
    text = shown(page)
    assert [button.key for button in page.button][-1] == KEY
    assert "It never counts. Take it as often as you like." in text
    assert "2 questions · from 1 module" in text
    assert text.count("pass mark") == 1
    assert [(button.key, button.proto.type) for button in page.button if button.proto.type == "primary"] == [
        ("start-quiz", "primary")
    ]


def test_a_mix_that_is_begun_says_how_far_one_is_and_goes_on(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    went: list[str] = []
    monkeypatch.setattr(listing, "go_to", lambda _context, _page, query: went.append(query["form"]))
    page_of(world, listing.VIEW).button(key=KEY).click().run()
    [started] = world.ledger.list_facts(AttemptStarted, world.trainee.person_id)
    assert (started.blueprint_id, started.pool, len(started.item_ids)) == (MIX, Pool.PRACTICE, 2)
    record_response(
        world.ledger, world.trainee, started.fact_id, 0, (1,), text="", certainty=2, is_flagged=False, now=NOW
    )
    page = page_of(world, listing.VIEW)
    assert "You have answered 1 of 2." in shown(page)
    assert (page.button[0].key, page.button[0].label) == (KEY, "Go on")
    page.button(key=KEY).click().run()
    assert went == [str(started.fact_id)] * 2
    assert len(world.ledger.list_facts(Response, world.trainee.person_id)) == 1


def test_a_mix_that_is_handed_in_can_be_taken_again(world: World) -> None:
    started = start_attempt(world.ledger, world.trainee, PROGRAMME, MIX, Pool.PRACTICE, now=NOW)
    submit_attempt(world.ledger, world.trainee, started.fact_id, NOW)
    assert not any(attempt.counts for attempt in world.ledger.list_facts(Attempt, world.trainee.person_id))
    assert page_of(world, listing.VIEW).button(key=KEY).label == "Practise"


def test_what_never_counts_is_not_among_the_quizzes_to_analyse(world: World) -> None:
    page = page_of(world, quality.VIEW, trainee=False)
    choices = [box for kind in ("selectbox", "button_group", "radio") for box in page.get(kind) if box.label == "Quiz"]
    assert "A mix" not in str(choices)
    assert MIX not in str([box.options for box in choices])
