"""What a quiz can bear: its cut beside others, its pool held against what it draws, and who may look."""

import pytest

from analytics.quiz_plan import (
    GapKind,
    has_cut,
    mastery_asked,
    points_to_pass,
    report_pool,
    try_out,
)
from curriculum.blueprints import Cell, Purpose
from curriculum.ids import CompetencyId, SectionId
from people.errors import NotAllowedError
from people.models import Actor, HeldGrant, HubId, Office, PersonId
from tests.builders import SECTIONS, THEME, make_blueprint, make_item, make_items, make_programme

LEAD = Actor(PersonId(1), "Lena", (HeldGrant(Office.TRAINING_LEAD, HubId("north")),))


def gaps(programme, n_items: int = 2, **changes):
    report = report_pool(LEAD, programme, make_blueprint(**{"critical": {}, **changes}), n_items)
    return [(gap.kind, gap.names, gap.have, gap.need) for gap in report.gaps]


# ---------------------------------------------------------------- length and cut


def test_the_cut_of_eight_of_ten_does_what_was_simulated() -> None:
    trial = try_out(10, 8, 0.8, 25)
    assert round(trial.errors.false_pass, 2) == 0.33
    assert round(trial.errors.false_fail, 2) == 0.13
    assert [one.points for one in trial.by_points] == list(range(1, 11))
    assert [(one.n_items, one.errors.points) for one in trial.neighbours if one.is_this] == [(10, 8)]
    assert {one.n_items for one in trial.neighbours} == {5, 10, 15}


def test_an_answer_that_was_seen_helps_less_the_larger_the_pool() -> None:
    tries = try_out(10, 8, 0.8, 26).second_tries
    assert [one.pool for one in tries] == [10, 15, 20, 25, 26]
    assert [one.pool for one in tries if one.is_this] == [26]
    at_random = [one.at_random for one in tries]
    assert at_random == sorted(at_random, reverse=True)
    assert tries[0].unseen_first == pytest.approx(1)
    assert tries[2].unseen_first == tries[3].unseen_first < tries[2].at_random


def test_a_pool_smaller_than_the_length_tried_has_no_second_try_of_its_own() -> None:
    assert not any(one.is_this for one in try_out(20, 16, 0.8, 15).second_tries)


def test_consistency_rises_with_the_reliability_assumed_and_is_near_the_exact_one() -> None:
    trial = try_out(10, 8, 0.8, 25)
    (reliability, first), *others = trial.at_reliabilities
    assert reliability == pytest.approx(10 / 18)
    assert first.agreement == pytest.approx(trial.expected.agreement, abs=0.03)
    assert [found.agreement for _, found in others] == sorted(found.agreement for _, found in others)


def test_points_reach_the_cut_as_scores_do() -> None:
    assert [points_to_pass(10, pct) for pct in (80, 81, 75, 100)] == [8, 9, 8, 10]
    assert mastery_asked(make_blueprint(pass_pct=100)) < 1


def test_before_and_after_teaching_there_is_nothing_to_pass() -> None:
    assert not has_cut(make_blueprint(purpose=Purpose.PRE, pass_pct=0))
    assert has_cut(make_blueprint(pass_pct=80))


# ---------------------------------------------------------------- the pool


def test_a_pool_that_covers_everything_has_no_gaps() -> None:
    items = tuple(make_item(f"m1-{n}", section=SECTIONS[n % 2]) for n in range(5))
    assert gaps(make_programme(items=items)) == []


def test_a_pool_too_small_for_the_length_tried_is_said() -> None:
    items = tuple(make_item(f"m1-{n}", section=SECTIONS[n % 2]) for n in range(5))
    assert gaps(make_programme(items=items), 3) == [(GapKind.POOL, (), 5, 8)]


def test_themes_and_cells_need_enough_questions_for_a_second_try() -> None:
    plain = tuple(make_item(f"m1-{n}", section=SECTIONS[n % 2]) for n in range(4))
    items = (*plain, make_item("m1-9", critical=THEME))
    cell = Cell(draw=2, section=SECTIONS[1], competency=CompetencyId("D1.1"))
    found = gaps(make_programme(items=items), 2, critical={THEME: 1}, cells=(cell,))
    assert found == [(GapKind.THEME, (THEME,), 1, 3), (GapKind.CELL, (SECTIONS[1], "D1.1"), 2, 5)]


def test_what_is_taught_and_never_asked_is_a_gap_and_so_is_a_single_question() -> None:
    items = (*(make_item(f"m1-{n}") for n in range(5)), make_item("m1-8", section=SECTIONS[1]))
    assert gaps(make_programme(items=items)) == [(GapKind.SECTION_ONCE, (SECTIONS[1],), 1, 2)]
    assert gaps(make_programme(items=items[:5])) == [(GapKind.SECTION_UNASKED, (SECTIONS[1],), 0, 1)]


def test_spots_count_section_competency_and_theme() -> None:
    items = (make_item("m1-1"), make_item("m1-2"), make_item("m1-3", critical=THEME))
    report = report_pool(LEAD, make_programme(items=items), make_blueprint(), 1)
    assert [(spot.section, spot.theme, spot.n_items) for spot in report.spots] == [
        (SectionId("M1.1"), None, 2),
        (SectionId("M1.1"), THEME, 1),
    ]


def test_findings_are_those_of_the_checks() -> None:
    items = tuple(
        make_item(f"m1-{n}", stem=f"Which of these {n} should you not say?", section=SECTIONS[n % 2]) for n in range(9)
    )
    report = report_pool(LEAD, make_programme(items=items), make_blueprint(), 2)
    said = [finding.sentence for finding in report.findings]
    assert any("the key is option 1 of 3 in 100 % of items" in words for words in said)
    assert sum("asks with `not`" in words for words in said) == 9


def test_who_may_not_draft_is_refused() -> None:
    trainer = Actor(PersonId(2), "Tom", (HeldGrant(Office.TRAINER, HubId("north")),))
    with pytest.raises(NotAllowedError):
        report_pool(trainer, make_programme(items=tuple(make_items(5))), make_blueprint(), 2)
