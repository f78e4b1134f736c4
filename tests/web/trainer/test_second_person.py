"""Somebody from outside: invited on the case, finds the one record, confirms, and finds nothing else or later."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from assessments.facts import Countersign
from people.facts import RecordOpened
from people.models import PersonId
from people.service import find_actor, held_grants, invite_countersigner, see_notice, start_session
from tests.web.acting import box
from tests.web.scene import ALONGSIDE
from tests.web.walking import PAGES, Walker, click, labels, said, shown
from web import open_store, shell
from web.arrival import find_context, list_choices
from web.context import Context
from web.views import VIEWS

UNTIL = date(2026, 12, 7)


def open_case(walker: Walker, login: str, whom: str, context: Context | None = None) -> AppTest:
    return walker.open("decide", login, context=context, person=str(walker.person(whom)), **{"in": ALONGSIDE})


def invite(walker: Walker) -> PersonId:
    """Let the training lead invite somebody for Ben, whose sign-off waits; return who it is."""
    scene, who = walker.scene, {"name": "Margaret Reed", "login": "margaret.reed"}
    invited = invite_countersigner(
        scene.store, scene.actor("lead"), walker.person("ben"), until_on=UNTIL, now=scene.now, **who
    )
    return invited.person_id


def outside(walker: Walker, person_id: PersonId) -> Context:
    """Return the context that the entry page would make for them now."""
    store, now = walker.scene.store, walker.scene.now
    actor = replace(
        walker.scene.actor("lead"), person_id=person_id, grants=held_grants(store, person_id, now), name="Reed"
    )
    choices = list_choices(store, actor)
    return Context(store=store, actor=actor, choices=choices, clock=walker.scene.clock, pages=PAGES)


def test_the_lead_invites_and_hands_over_a_slip(walker: Walker) -> None:
    page = open_case(walker, "lead", "ben")
    assert "Who signs and who confirms are two people" in shown(page)
    box(page, "Name").set_value("Margaret Reed").run()
    box(page, "Until which day?").set_value(UNTIL).run()
    page = click(page, "Invite")
    assert "Hand this over" in [title.value for title in page.title]
    person_id = walker.person("margaret.reed")
    [grant] = held_grants(walker.scene.store, person_id, walker.scene.now)
    assert (grant.record_id, grant.until_on) == (walker.person("ben"), UNTIL)
    text = shown(open_case(walker, "lead", "ben"))
    assert "**Margaret Reed** until 7 Dec 2026" in text
    assert "invited by Ruth Bell" in text


def test_trainers_invite_nobody_and_nobody_without_a_name_is_invited(walker: Walker) -> None:
    assert "Invite" not in labels(open_case(walker, "trainer", "ben"))
    page = click(open_case(walker, "lead", "ben"), "Invite")
    assert page.error
    assert "This name cannot be used" in page.error[0].value.replace("\\", "")


def test_somebody_known_is_offered_again(walker: Walker) -> None:
    person_id = invite(walker)
    page = open_case(walker, "lead", "hana")
    box(page, "Whom?").select("Margaret Reed").run()
    click(page, "Invite")
    records = {grant.record_id for grant in held_grants(walker.scene.store, person_id, walker.scene.now)}
    assert records == {walker.person("ben"), walker.person("hana")}


def test_they_see_the_evidence_and_confirm_and_every_look_is_noted(walker: Walker) -> None:
    person_id = invite(walker)
    context = outside(walker, person_id)
    page = open_case(walker, "nobody", "ben", context)
    assert "What was seen: 11 observations" in [expander.label for expander in page.expander]
    page = click(page, "Countersign")
    assert said(page) == "Countersigned. They are signed off."
    [confirmed] = walker.scene.store.list_facts(Countersign, walker.person("ben"), actor_id=person_id)
    looks = walker.scene.store.list_facts(RecordOpened, walker.person("ben"), actor_id=person_id)
    assert "sign_off" in {look.what for look in looks}
    assert confirmed.actor_id == person_id


def test_they_find_one_programme_and_no_other_record_on_any_page(walker: Walker) -> None:
    context = outside(walker, invite(walker))
    assert [(one.programme_id, one.enrolment_id) for one in context.choices] == [(ALONGSIDE, None)]
    found = [view.url_path for view in VIEWS if view.is_for(context.actor)]
    assert found == ["manual", "decide", "rules", "my-account", "privacy"]
    others = ("Priya Nair", "Luis Ortega", "Hana Kovac", "Amina Yusuf")
    for view in VIEWS:
        if view.is_for(context.actor):
            text = shown(walker.open(view.url_path, "nobody", context=context))
            assert [name for name in others if name in text] == [], view.url_path
    page = open_case(walker, "nobody", "hana", context)
    assert page.error
    assert "Hana" not in shown(page)


# ---------------------------------------------------------------- the day, and an open tab


class _Browser:
    def __init__(self, token: str) -> None:
        self.cookies = {"practicum_session": token}
        self.headers: dict[str, str] = {}


@pytest.fixture
def opened(walker: Walker) -> Iterator[Walker]:
    open_store.use_store(walker.scene.store)
    yield walker
    open_store.forget_store()


def _app() -> None:
    from web.shell import draw_shell

    draw_shell()


def test_an_open_tab_is_closed_when_the_day_is_over(opened: Walker, monkeypatch: pytest.MonkeyPatch) -> None:
    walker, person_id = opened, invite(opened)
    store = walker.scene.store
    walker.scene.now = walker.scene.now.replace(month=12, day=7)
    token = start_session(store, person_id, walker.scene.now).token
    actor = find_actor(store, token, walker.scene.now)
    assert actor is not None
    see_notice(store, actor, walker.scene.now)
    monkeypatch.undo()
    monkeypatch.setattr(shell.st, "context", _Browser(token))
    page = AppTest.from_function(_app, default_timeout=20).run()
    assert not page.exception
    assert page.title[0].value == "Decide"
    walker.scene.wait(hours=16)  # the next day, within the twelve idle hours of nothing but a page left open
    store.touch_session(next(iter(_tokens(store, person_id))), walker.scene.now)
    page.run()
    assert page.title[0].value == "You are signed out"
    assert find_context(token) is None


def _tokens(store, person_id: PersonId) -> list[str]:
    rows = store.engine.fetch("SELECT token_hash FROM login_session WHERE person_no = $1", [person_id])
    return [row[0] for row in rows]


def test_ended_early_the_open_tab_is_closed_too(opened: Walker) -> None:
    walker, person_id = opened, invite(opened)
    token = start_session(walker.scene.store, person_id, walker.scene.now).token
    assert find_context(token) is not None
    page = click(open_case(walker, "lead", "ben"), "End now")
    assert said(page) == "Ended. Margaret Reed sees this record no more."
    assert find_context(token) is None
