"""Attempts on a version of the programme that is not used any more, and on one whose text the store has lost."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analytics.item_analysis import analyse_recorded
from analytics.own_record.gathering import gather_record
from assessments.errors import FormVersionGoneError
from assessments.facts import Attempt, AttemptStarted, Response
from assessments.service.attempts import load_sheet, record_response, review_attempt, start_attempt, submit_attempt
from curriculum.bundle import to_bundle
from curriculum.items import Pool
from people.models import Actor
from store.ledger import Store
from tests.assessments.world import HUB, World, enrol, make_world_on
from tests.builders import NOW, PROGRAMME, QUIZ, make_head, make_item, make_items, make_programme
from tests.web.drawing import draw, shown
from web.context import Context, ProgrammeChoice
from web.view import View
from web.views.manager import quality
from web.views.trainee import my_record, next_step
from web.views.trainee.quiz import listing, result, sheet
from web.views.trainer import my_trainees

OLD_WORDS, NEW_WORDS = "How was it asked before?", "How is it asked now?"


@dataclass
class Past:
    """A trainee who took a quiz in version 1, began it again there, and was moved to version 2 with another wording."""

    world: World
    handed_in: Attempt
    begun: AttemptStarted
    kept: list[Any] = field(default_factory=list)

    @property
    def store(self) -> Store:
        return self.world.ledger  # type: ignore[return-value]

    def lose_version_1(self) -> None:
        """Lose its text, as when a store is put together again without it."""
        connection = self.store.engine.writing
        self.kept = connection.execute("SELECT * FROM programme_version WHERE version_no = 1").fetchall()
        connection.execute("DELETE FROM programme_version WHERE version_no = 1")
        self.store._programmes.clear()

    def put_version_1_back(self) -> None:
        """Put its text back, as a backup does."""
        marks = ", ".join("?" * len(self.kept[0]))
        self.store.engine.writing.executemany(f"INSERT INTO programme_version VALUES ({marks})", self.kept)
        self.store._programmes.clear()

    def facts(self) -> list[list[Any]]:
        person_id = self.world.trainee.person_id
        return [self.store.list_facts(kind, person_id) for kind in (AttemptStarted, Response, Attempt)]

    def draw(self, view: View, actor: Actor, **query: str) -> str:
        return _text(draw(view, self.context(actor), **query))

    def context(self, actor: Actor) -> Context:
        enrolment = self.store.enrolment(actor.person_id, PROGRAMME)
        own = (enrolment.fact_id, enrolment.role_id) if enrolment else ()
        choice = ProgrammeChoice(PROGRAMME, 2, self.store.programme(PROGRAMME, 2), HUB, *own)
        return Context(store=self.store, actor=actor, choices=(choice,), clock=lambda: NOW)


def _text(page: AppTest) -> str:
    assert not page.exception, page.exception[0].value
    return shown(page).replace("\\", "")


def _worded(words: str, version: str):
    items = [make_item(item.id, stem=words, pool=item.pool, critical=item.critical) for item in make_items()]
    return make_programme(items=tuple(items), head=make_head(version=version))


@pytest.fixture
def past() -> Iterator[Past]:
    store = Store.memory(clock=lambda: NOW)
    for words, version in ((OLD_WORDS, "1.0.0"), (NEW_WORDS, "2.0.0")):
        programme = _worded(words, version)
        store.publish(programme, to_bundle(programme))
    world = make_world_on(store)
    first = start_attempt(store, world.trainee, PROGRAMME, QUIZ, Pool.COUNTING, now=NOW)
    for position in range(4):
        record_response(store, world.trainee, first.fact_id, position, (1,), certainty=3, is_flagged=False, now=NOW)
    handed_in = submit_attempt(store, world.trainee, first.fact_id, NOW)
    begun = start_attempt(store, world.trainee, PROGRAMME, QUIZ, Pool.PRACTICE, now=NOW)
    record_response(store, world.trainee, begun.fact_id, 0, (0,), certainty=1, is_flagged=False, now=NOW)
    enrol(world, world.trainee, version_no=2)
    yield Past(world, handed_in, begun)
    store.close()


# ---------------------------------------------------------------- a version that is not used any more


def test_an_attempt_on_an_older_version_is_shown_as_it_was_asked(past: Past) -> None:
    text = past.draw(result.VIEW, past.world.trainee, attempt=str(past.handed_in.fact_id))
    assert OLD_WORDS in text
    assert NEW_WORDS not in text
    review = review_attempt(past.store, past.world.trainee, past.handed_in.fact_id, NOW)
    assert [item.orders for item in review.items] == [(order,) for order in review.started.option_orders]
    assert [item.given.chosen for item in review.items] == [(1,)] * 4


def test_a_form_of_an_older_version_is_gone_on_with_in_its_wording(past: Past) -> None:
    text = past.draw(sheet.VIEW, past.world.trainee, form=str(past.begun.fact_id), question="1")
    assert OLD_WORDS in text
    assert "Question 1 of 3" in text


# ---------------------------------------------------------------- a version that the store has lost


@pytest.mark.parametrize("which", ["begun", "handed in"])
def test_a_quiz_whose_version_is_lost_says_so_and_what_to_do(past: Past, which: str) -> None:
    past.lose_version_1()
    trainee = past.world.trainee
    if which == "begun":
        text = past.draw(sheet.VIEW, trainee, form=str(past.begun.fact_id))
    else:
        text = past.draw(result.VIEW, trainee, attempt=str(past.handed_in.fact_id))
    assert f"This quiz was drawn from version 1 of `{PROGRAMME}`, which the store does not hold." in text
    assert "Your answers are kept. Tell your training lead: a backup that holds the version has to be put back." in text


def test_practice_of_a_lost_version_is_begun_anew(past: Past) -> None:
    past.lose_version_1()
    again = start_attempt(past.store, past.world.trainee, PROGRAMME, QUIZ, Pool.PRACTICE, now=NOW)
    assert again.fact_id != past.begun.fact_id
    assert NEW_WORDS in past.draw(sheet.VIEW, past.world.trainee, form=str(again.fact_id), question="1")


def test_the_next_step_leads_to_a_quiz_whose_version_is_lost(past: Past) -> None:
    enrol(past.world, past.world.trainee, version_no=1)
    tomorrow = NOW + timedelta(days=2)
    open_one = start_attempt(past.store, past.world.trainee, PROGRAMME, QUIZ, Pool.COUNTING, now=tomorrow)
    enrol(past.world, past.world.trainee, version_no=2)
    past.lose_version_1()
    assert past.draw(next_step.VIEW, past.world.trainee)
    assert "Started" in past.draw(listing.VIEW, past.world.trainee)
    text = past.draw(sheet.VIEW, past.world.trainee, form=str(open_one.fact_id))
    assert "which the store does not hold" in text


def test_nothing_of_a_lost_version_is_lost(past: Past) -> None:
    before = past.facts()
    past.lose_version_1()
    with pytest.raises(FormVersionGoneError):
        load_sheet(past.store, past.world.trainee, past.begun.fact_id)
    with pytest.raises(FormVersionGoneError):
        submit_attempt(past.store, past.world.trainee, past.begun.fact_id, NOW)
    assert past.facts() == before
    past.put_version_1_back()
    assert OLD_WORDS in past.draw(result.VIEW, past.world.trainee, attempt=str(past.handed_in.fact_id))
    assert load_sheet(past.store, past.world.trainee, past.begun.fact_id).n_unanswered == 2


def test_the_other_pages_go_on_without_a_lost_version(past: Past) -> None:
    past.lose_version_1()
    trainee = past.world.trainee
    assert "See the last result" in past.draw(listing.VIEW, trainee)
    assert past.draw(next_step.VIEW, trainee)
    record = draw(my_record.VIEW, past.context(trainee))
    assert [table.value.to_dict("records")[0]["Points"] for table in record.table][:1] == ["0 of 4"]
    assert past.draw(my_trainees.VIEW, past.world.trainer, person=str(trainee.person_id))
    assert str(past.handed_in.fact_id) in str(gather_record(past.store, trainee, trainee.person_id, NOW))


def test_the_analysis_leaves_out_what_it_cannot_read_and_says_so(past: Past) -> None:
    assert analyse_recorded(past.store, PROGRAMME, QUIZ).form.n == 1
    past.lose_version_1()
    report = analyse_recorded(past.store, PROGRAMME, QUIZ)
    assert (report.form.n, report.items, report.lost) == (0, (), (1,))
    text = past.draw(quality.VIEW, past.world.lead)
    assert "does not hold the questions of version number 1" in text
    assert "The answers to them are kept, and are left out here." in text
