"""Gain from before to after teaching: the same people alone, counts before figures, small numbers hidden."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from fractions import Fraction

import pytest

from analytics.gains import gain_of, pairs_of, see_gains, see_own_gains
from analytics.small_numbers import hide_small
from assessments.facts import Attempt, AttemptStarted, ItemScore
from assessments.service.amending import amend
from curriculum.blueprints import Purpose
from curriculum.bundle import to_bundle
from curriculum.ids import BlueprintId, CompetencyId, ModuleId
from curriculum.items import Pool
from curriculum.models import Programme
from people.errors import NotAllowedError
from people.facts import Change
from people.models import Actor, CohortId, Office
from store.ledger import Store
from tests.assessments.world import HUB, OTHER_HUB, World, enrol, make_actor, make_world_on
from tests.builders import COHORT, NOW, PROGRAMME, QUIZ, make_blueprint, make_item, make_programme
from tests.web.drawing import draw, shown
from web.context import Context, ProgrammeChoice
from web.view import View
from web.views.manager.gains import draw_gains
from web.views.trainee import my_record

PRE, POST = BlueprintId("before-m1"), BlueprintId("after-m1")
ONE, TWO = CompetencyId("D1.1"), CompetencyId("D1.2")


def programme_with_pair() -> Programme:
    items = [make_item(f"m1-{n}", competency=(ONE, TWO)[n % 2]) for n in range(4)]
    practice = [make_item(f"m1-p-{n}", pool=Pool.PRACTICE) for n in range(3)]
    quizzes = [
        make_blueprint(id=id_, title=id_, purpose=purpose, pass_pct=0, critical={})
        for id_, purpose in ((PRE, Purpose.PRE), (POST, Purpose.POST))
    ]
    return make_programme(items=(*items, *practice), blueprints=(make_blueprint(), *quizzes))


@pytest.fixture
def world() -> Iterator[World]:
    store = Store.memory(clock=lambda: NOW)
    programme = programme_with_pair()
    store.publish(programme, to_bundle(programme))
    yield make_world_on(store)
    store.close()


def hand_in(world: World, person: Actor, quiz: BlueprintId, right: Sequence[int], **changes: object) -> Attempt:
    """Record an attempt in which the items numbered in `right` are right."""
    items = tuple(ItemScore(n, f"m1-{n}", int(n in right), 1, 0, n in right) for n in range(4))  # type: ignore[arg-type]
    score = {"score": len(right), "max_score": 4, "critical_total": 0, "critical_missed": 0, "pass_pct": 0}
    ids, orders = tuple(item.item_id for item in items), ((0, 1, 2),) * 4
    form = {"version_no": 1, "pool": Pool.COUNTING, "seed": 1, "item_ids": ids, "option_orders": orders}
    started = world.record(AttemptStarted, person, programme_id=PROGRAMME, blueprint_id=quiz, **form)
    where = {"programme_id": PROGRAMME, "started_id": started.fact_id, "blueprint_id": quiz, "counts": True}
    made = world.record(Attempt, person, **{**where, **score, "items": items, **changes})
    assert isinstance(made, Attempt)
    return made


def take_both(world: World, person: Actor, before: Sequence[int], after: Sequence[int]) -> None:
    hand_in(world, person, PRE, before)
    hand_in(world, person, POST, after, occurred_at=NOW + timedelta(days=1))


def more_people(world: World, n: int, cohort_id: CohortId = COHORT) -> list[Actor]:
    people = [make_actor(100 + number, Office.TRAINEE) for number in range(n)]
    for person in people:
        enrol(world, person, cohort_id)
    return people


def see(world: World, actor: Actor, **changes: CohortId):
    return see_gains(world.ledger, actor, world.ledger.programme(PROGRAMME, 1), HUB, **changes)  # type: ignore[arg-type]


# ---------------------------------------------------------------- pairs and people


def test_a_quiz_before_teaching_is_paired_with_the_one_after_it_on_the_same_modules() -> None:
    assert [(before.id, after.id) for before, after in pairs_of(programme_with_pair())] == [(PRE, POST)]
    other = make_blueprint(id=POST, purpose=Purpose.POST, module=ModuleId("M2"), pass_pct=0, critical={})
    first = make_blueprint(id=PRE, purpose=Purpose.PRE, pass_pct=0, critical={})
    assert pairs_of(make_programme(blueprints=(make_blueprint(), first, other))) == []


def test_who_took_the_second_first_shows_no_gain(world: World) -> None:
    hand_in(world, world.trainee, POST, [0, 1])
    hand_in(world, world.trainee, PRE, [0], occurred_at=NOW + timedelta(days=1))
    (pair,) = see(world, world.lead)
    assert pair.n_both == 0
    assert see_own_gains(world.ledger, world.trainee, world.ledger.programme(PROGRAMME, 1)) == []


def test_only_people_who_took_both_are_counted_by_competency(world: World) -> None:
    take_both(world, world.trainee, [0], [0, 2, 1, 3])
    hand_in(world, world.fellow, PRE, [0, 1])
    (pair,) = see(world, world.lead)
    assert pair.n_both == 1
    assert [(row.competency_id, row.n, row.n_up, row.n_same, row.n_down) for row in pair.rows] == [
        (ONE, 1, 1, 0, 0),
        (TWO, 1, 1, 0, 0),
    ]


def test_a_new_score_after_a_corrected_key_replaces_the_old_one(world: World) -> None:
    old = hand_in(world, world.trainee, PRE, [])
    world.ledger.append(amend(old, world.lead, old.fact_id, Change.REPLACED, reason="key_corrected", now=NOW))
    hand_in(world, world.trainee, PRE, [0, 1, 2, 3], replaces_id=old.fact_id)
    hand_in(world, world.trainee, POST, [0, 1, 2, 3], occurred_at=NOW + timedelta(days=1))
    assert [row.n_same for row in see(world, world.lead)[0].rows] == [1, 1]


def test_texts_that_nobody_has_marked_yet_are_waited_for(world: World) -> None:
    hand_in(world, world.trainee, PRE, [0], n_unmarked=1)
    hand_in(world, world.trainee, POST, [0])
    assert see(world, world.lead)[0].n_both == 0
    assert see_own_gains(world.ledger, world.trainee, programme_with_pair()) == []  # type: ignore[arg-type]


def test_a_cohort_is_counted_for_itself(world: World) -> None:
    take_both(world, world.trainee, [0], [0, 2])
    assert see(world, world.lead, cohort_id=COHORT)[0].n_both == 1
    assert see(world, world.lead, cohort_id=CohortId("autumn"))[0].n_both == 0


# ---------------------------------------------------------------- what a number of people bears


def test_few_people_give_counts_and_no_figure() -> None:
    gain = gain_of(ONE, [(Fraction(0), Fraction(1))] * 9)
    assert (gain.n, gain.n_up) == (9, 9)
    assert (gain.before, gain.after, gain.share_up, gain.p) == (None, None, None, None)


def test_ten_people_give_means_an_exact_interval_and_the_sign_test() -> None:
    pairs = [(Fraction(1, 2), Fraction(1))] * 8 + [(Fraction(1), Fraction(1, 2))] + [(Fraction(1), Fraction(1))]
    gain = gain_of(ONE, pairs)
    assert (gain.n_up, gain.n_same, gain.n_down) == (8, 1, 1)
    assert gain.before == pytest.approx(0.6)
    assert gain.after == pytest.approx(0.95)
    assert gain.p is not None
    assert gain.p.value == pytest.approx(2 * (1 + 9) / 2**9)
    assert gain.share_up is not None
    assert gain.share_up.interval is not None
    assert gain.share_up.interval.low == pytest.approx(0.518, abs=0.001)


# ---------------------------------------------------------------- who sees what


def test_the_manager_sees_nothing_of_fewer_people_than_may_be_shown(world: World) -> None:
    take_both(world, world.trainee, [0], [0, 2])
    (pair,) = see(world, world.manager)
    assert (pair.n_both, pair.rows) == (None, ())


def test_the_manager_sees_no_small_number_and_no_figure_that_gives_it_back(world: World) -> None:
    for number, person in enumerate(more_people(world, 12)):
        take_both(world, person, [0] if number else [0, 2], [0, 2])
    (pair,) = see(world, world.manager)
    row = pair.rows[0]
    assert pair.min_cell is not None
    assert pair.min_cell == world.ledger.programme(PROGRAMME, 1).head.privacy.min_cell
    assert hide_small({"up": 11, "same": 1, "down": 0}, pair.min_cell) == {
        "up": row.n_up,
        "same": row.n_same,
        "down": row.n_down,
    }
    assert row.n_same is None
    assert (row.before, row.share_up, row.p) == (None, None, None)
    assert see(world, world.lead)[0].rows[0].n_same == 1


def test_who_sees_no_results_sees_no_gain(world: World) -> None:
    for actor in (world.trainer, world.trainee, world.coordinator, world.outsider):
        with pytest.raises(NotAllowedError):
            see(world, actor)
    with pytest.raises(NotAllowedError):
        see_gains(world.ledger, world.lead, programme_with_pair(), OTHER_HUB)  # type: ignore[arg-type]


def test_people_see_their_own_gain_and_nobody_elses(world: World) -> None:
    take_both(world, world.trainee, [0], [0, 2, 1])
    ((_, _, gains),) = see_own_gains(world.ledger, world.trainee, programme_with_pair())  # type: ignore[arg-type]
    assert [(one.competency_id, one.before.share, one.after.share) for one in gains] == [
        (ONE, Fraction(1, 2), 1),
        (TWO, 0, Fraction(1, 2)),
    ]
    assert see_own_gains(world.ledger, world.fellow, programme_with_pair()) == []  # type: ignore[arg-type]


# ---------------------------------------------------------------- the pages


def context_of(world: World, actor: Actor) -> Context:
    programme = world.ledger.programme(PROGRAMME, 1)
    enrolment = world.ledger.enrolment(actor.person_id, PROGRAMME)
    fact_id = enrolment.fact_id if enrolment else None
    choice = ProgrammeChoice(PROGRAMME, 1, programme, HUB, fact_id, enrolment.role_id if enrolment else None)
    return Context(store=world.ledger, actor=actor, choices=(choice,), clock=lambda: NOW)  # type: ignore[arg-type]


def drawn(world: World, actor: Actor):
    programme = world.ledger.programme(PROGRAMME, 1)
    view = View(frozenset(), "Gain", "gain", lambda context: draw_gains(context, programme, HUB, None))
    return draw(view, context_of(world, actor))


def test_the_page_says_how_many_and_what_it_does_not_say(world: World) -> None:
    for person in more_people(world, 12):
        take_both(world, person, [0], [0, 2])
    page = drawn(world, world.lead)
    text = shown(page)
    assert "12 people took both quizzes." in text
    assert "not that the teaching did it" in text
    assert "indicative" in text
    row = page.table[0].value.to_dict("records")[0]
    assert row["Better, same, worse"] == "12, 0, 0"
    assert row["Right before, after"] == "50 %, 100 %"


def test_the_page_says_to_the_manager_that_too_few_took_both(world: World) -> None:
    take_both(world, world.trainee, [0], [0, 2])
    assert "people took both, so nothing is shown" in shown(drawn(world, world.manager))


def test_the_own_record_shows_before_and_after_and_no_pass(world: World) -> None:
    take_both(world, world.trainee, [0], [0, 2])
    page = draw(my_record.VIEW, context_of(world, world.trainee))
    tables = [table.value.to_dict("records") for table in page.table]
    assert {row["Result"] for row in tables[0]} == {"–"}
    assert tables[1][0] == {"Competency": "Ability D1.1", "Before": "50 %", "After": "100 %"}
    assert QUIZ not in shown(page)
