"""Quizzes and Practice of somebody who has left: what they did is there, nothing new can be begun."""

from assessments.service import attempts, learning
from curriculum.ids import BlueprintId
from curriculum.models import Pool
from tests.web.drawing import draw, shown
from tests.web.trainee.conftest import Hub, withdraw
from web.views.trainee import practice
from web.views.trainee.quiz import listing

LEFT = "You have left this programme."


def hand_in_a_quiz(hub: Hub) -> None:
    actor, programme_id, quiz_id = hub.actor(hub.amina), hub.programme.head.id, BlueprintId("quiz-m1")
    started = attempts.start_attempt(hub.store, actor, programme_id, quiz_id, Pool.COUNTING, now=hub.clock())
    attempts.submit_attempt(hub.store, actor, started.fact_id, hub.clock())


def test_who_is_in_the_programme_is_not_told_that_they_left(hub: Hub) -> None:
    for view in (listing.VIEW, practice.VIEW):
        page = draw(view, hub.context(hub.amina))
        assert LEFT not in shown(page)
        assert page.button


def test_quizzes_keep_the_results_and_offer_no_start(hub: Hub) -> None:
    hand_in_a_quiz(hub)
    withdraw(hub)
    page = draw(listing.VIEW, hub.context(hub.amina))
    assert LEFT in shown(page)
    assert [header.value for header in page.header] == [hub.programme.modules[0].title]
    assert not page.button


def test_practice_keeps_the_visits_and_offers_no_asking(hub: Hub) -> None:
    actor, programme_id = hub.actor(hub.amina), hub.programme.head.id
    today = hub.clock().date()
    learning.record_peer_model(
        hub.store, actor, programme_id, "Riverside week 3", "", watched_on=today, now=hub.clock()
    )
    withdraw(hub)
    page = draw(practice.VIEW, hub.context(hub.amina))
    assert LEFT in shown(page)
    assert "Riverside week 3" in shown(page)
    assert "Ask to be watched" not in shown(page)
    assert not page.button
