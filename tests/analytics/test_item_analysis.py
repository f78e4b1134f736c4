"""The item analysis of a quiz, from the facts of the app."""

from typing import Any

import pytest

from analytics.item_analysis import FormReport, analyse_quiz
from assessments.facts import Attempt, AttemptStarted, ItemScore, Response
from curriculum.bundle import to_bundle
from curriculum.ids import BlueprintId, ItemId
from curriculum.models import Item, Pool
from people.errors import NotAllowedError
from people.facts import Amendment, Change
from people.models import Actor, Office, PersonId
from tests.analytics.place import MANAGER, TRAINER, Place, actor
from tests.builders import PROGRAMME, QUIZ, make_item

ITEMS = (ItemId("m1-one"), ItemId("m1-two"), ItemId("m1-three"))
WRITER = actor(MANAGER, Office.MANAGER)


class Quiz:
    """A place whose programme has three single-choice items, of one point each, whose first option is right."""

    def __init__(self) -> None:
        self.place = Place()
        self.programme = self.place.programme.model_copy(update={"items": tuple(make_item(id=one) for one in ITEMS)})
        self.version_no = self.place.store.publish(self.programme, to_bundle(self.programme))

    def answer(
        self, person: int, chosen: tuple[int, ...], *, day: float = 0, counts: bool = True, **changes: Any
    ) -> Attempt:
        """Record an attempt of the first items: option numbers, the first of which is right."""
        items = ITEMS[: len(chosen)]
        fields: dict[str, Any] = {
            "person_id": PersonId(person),
            "actor_id": PersonId(person),
            "blueprint_id": BlueprintId(QUIZ),
        }
        started = self.place.note(
            AttemptStarted,
            day,
            **fields,
            version_no=changes.get("version_no", self.version_no),
            pool=Pool.COUNTING,
            seed=1,
            item_ids=items,
            option_orders=tuple((0, 1, 2) for _ in items),
        )
        for position, option in enumerate(chosen):
            for given in ((option + 1) % 3, option):
                self.place.record(
                    Response,
                    day,
                    person_id=PersonId(person),
                    actor_id=PersonId(person),
                    started_id=started.fact_id,
                    position=position,
                    item_id=items[position],
                    chosen=(given,),
                    certainty=None,
                    is_flagged=False,
                )
        return self.score(started, chosen, day=day, counts=counts, per_point=changes.get("per_point", 1))

    def score(
        self, started: AttemptStarted, chosen: tuple[int, ...], *, day: float, counts: bool, per_point: int = 1
    ) -> Attempt:
        """Record the score of a form."""
        points = [per_point * (option == 0) for option in chosen]
        scores = tuple(ItemScore(i, ITEMS[i], point, per_point, sum(points) - point) for i, point in enumerate(points))
        return self.place.note(
            Attempt,
            day,
            person_id=started.person_id,
            actor_id=started.person_id,
            started_id=started.fact_id,
            blueprint_id=BlueprintId(QUIZ),
            counts=counts,
            score=sum(points),
            max_score=len(points) * per_point,
            per_point=per_point,
            critical_total=0,
            critical_missed=0,
            pass_pct=80,
            items=scores,
        )

    def analyse(self, who: Actor = WRITER) -> FormReport:
        return analyse_quiz(self.place.store, who, PROGRAMME, BlueprintId(QUIZ))


@pytest.fixture
def quiz() -> Quiz:
    return Quiz()


def _facilities(report: FormReport) -> dict[str, float | None]:
    return {item.statistics.item: item.statistics.facility.value for item in report.items}


def test_first_counting_attempts_are_counted_with_the_newest_answers(quiz: Quiz) -> None:
    quiz.answer(11, (0, 0, 2))
    quiz.answer(12, (0, 1, 2))
    quiz.answer(12, (0, 0, 0), day=1)
    quiz.answer(13, (2, 2, 2), counts=False)
    report = quiz.analyse()
    assert (report.form.n, report.form.n_items, report.form.n_incomplete) == (2, 3, 0)
    assert _facilities(report) == {"m1-one": 1.0, "m1-two": 0.5, "m1-three": 0.0}
    options = {option.response: option.n for option in report.items[1].statistics.options}
    assert options == {"0": 1, "1": 1, "2": 0}
    assert report.items[0].statistics.random_guess_score.value == pytest.approx(1 / 3)
    assert [option.is_key for option in report.items[2].statistics.options if option.response == "2"] == [False]


def test_a_void_attempt_does_not_count_and_one_scored_anew_keeps_its_place(quiz: Quiz) -> None:
    void = quiz.answer(11, (1, 1, 1))
    old = quiz.answer(12, (1, 0, 0))
    quiz.answer(12, (0, 0, 0), day=1)
    started = quiz.place.store.find(AttemptStarted, old.started_id)
    assert started is not None
    quiz.score(started, (0, 0, 0), day=0, counts=True)
    for fact, change in ((void, Change.VOID), (old, Change.REPLACED)):
        quiz.place.record(
            Amendment, 2, person_id=fact.person_id, target_id=fact.fact_id, change=change, reason="key_corrected"
        )
    report = quiz.analyse()
    assert report.form.n == 1
    assert _facilities(report)["m1-one"] == 1.0


def test_an_item_whose_text_was_edited_is_another_item(quiz: Quiz) -> None:
    quiz.answer(11, (0, 0, 0))
    edited = make_item(id=ITEMS[0], stem="A new wording of the first question?")
    items: tuple[Item, ...] = (edited, *quiz.programme.items[1:])
    newer = quiz.programme.model_copy(update={"items": items})
    version_no = quiz.place.store.publish(newer, to_bundle(newer))
    quiz.answer(12, (1, 1, 1), version_no=version_no)
    assert _facilities(quiz.analyse()) == {
        "m1-one": 1.0,
        "m1-two": 0.5,
        "m1-three": 0.5,
        f"m1-one, version {version_no}": 0.0,
    }


def test_parts_of_a_point_are_counted_in_points(quiz: Quiz) -> None:
    quiz.answer(11, (0, 0, 2))
    quiz.answer(12, (0, 1, 2), per_point=100)
    report = quiz.analyse()
    assert _facilities(report) == {"m1-one": 1.0, "m1-two": 0.5, "m1-three": 0.0}
    assert report.form.totals.mean.value == 1.5


def test_forms_of_different_items_say_why_there_is_no_alpha(quiz: Quiz) -> None:
    quiz.answer(11, (0, 1, 0))
    quiz.answer(12, (0, 1))
    report = quiz.analyse()
    assert report.form.n_incomplete == 1
    assert report.form.alpha.because is not None
    assert report.items[2].statistics.n == 1


def test_a_quiz_that_nobody_took_is_empty(quiz: Quiz) -> None:
    report = quiz.analyse()
    assert (report.form.n, report.items) == (0, ())
    assert report.form.totals.mean.because is not None


def test_only_who_may_write_the_programme_sees_how_its_questions_do(quiz: Quiz) -> None:
    for who in (actor(TRAINER, Office.TRAINER), actor(TRAINER, Office.FUNDER), Actor(TRAINER, "Nobody", ())):
        with pytest.raises(NotAllowedError):
            quiz.analyse(who)
    assert quiz.analyse(actor(TRAINER, Office.TRAINING_LEAD)).form.n == 0


def test_the_tables_of_one_question_are_gone_before_the_next(quiz: Quiz) -> None:
    quiz.answer(11, (0, 0, 2))
    assert quiz.analyse().form.n == quiz.analyse().form.n == 1
