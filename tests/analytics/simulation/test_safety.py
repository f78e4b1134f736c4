"""How safe the rules are: both errors are counted against the truth, before and after a change, and told honestly."""

import json
from datetime import date
from pathlib import Path

import pytest

from analytics.__main__ import main
from analytics.rule_drafts import RuleDraft
from analytics.safety import Errors, Safety, count_errors, keep, read_kept, to_json
from curriculum.ids import BlueprintId, ProgrammeId
from curriculum.models import Programme
from tests.analytics.simulation.population import Population


def test_every_trainee_of_a_cohort_that_is_over_is_counted_once(population: Population, first_part: Programme) -> None:
    errors, same = count_errors(population.store, first_part, population.truth, RuleDraft())
    assert errors == same
    assert 0 < errors.below + errors.good <= len(population.truth.trainees)
    assert 0 <= errors.let_through <= errors.below
    assert 0 <= errors.held <= errors.good


def test_rules_that_ask_for_nothing_let_everybody_through_and_rules_out_of_reach_hold_everybody(
    population: Population, first_part: Programme
) -> None:
    nothing = RuleDraft({gate.id: {"severity": "info"} for gate in first_part.gates})
    before, open_doors = count_errors(population.store, first_part, population.truth, nothing)
    assert (open_doors.let_through, open_doors.held) == (before.below, 0)
    out_of_reach = RuleDraft({"reflections": {"min": 1000}})
    _, shut = count_errors(population.store, first_part, population.truth, out_of_reach)
    assert (shut.let_through, shut.held) == (0, before.good)


def test_without_anybody_of_a_kind_no_share_is_made_up() -> None:
    nobody = Errors(0, 0, 1, 4)
    assert nobody.wrongly_through.value is None
    assert nobody.wrongly_through.because is not None
    assert nobody.wrongly_held.value == pytest.approx(0.25)
    assert nobody.wrongly_held.interval is not None


def test_what_is_kept_reads_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRACTICUM_HOME", str(tmp_path))
    draft = RuleDraft({"reflections": {"min": 3}}, {BlueprintId("quiz-m1"): 90})
    found = Safety(
        ProgrammeId("alongside"),
        "2.0.0",
        (1, 2),
        100,
        date(2026, 11, 27),
        draft,
        before=Errors(1, 8, 30, 43),
        after=Errors(0, 8, 43, 43),
    )
    assert read_kept(found.programme_id, found.version) is None
    keep(found)
    assert read_kept(found.programme_id, found.version) == found
    assert "not evidence" in to_json(found)["what"]


def test_the_command_names_seeds_numbers_and_intervals(
    first_part_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["safety", "--programme", str(first_part_folder), "--trainees", "20", "--seeds", "5"]
    changed = ["--change", "reflections.min=1000", "--until", "2026-11-23", "--format", "json"]
    assert main([*given, *changed]) == 0
    told = capsys.readouterr()
    answer = json.loads(told.out)
    assert (answer["seeds"], answer["trainees_each"], answer["until"]) == ([5], 20, "2026-11-23")
    assert answer["draft"] == {"changes": {"reflections": {"min": 1000}}, "cuts": {}}
    assert answer["after"]["held"] == answer["after"]["good"] == answer["before"]["good"]
    assert answer["before"]["at_standard_held"]["n"] == answer["before"]["good"]
    assert "seed 1 of 1" in told.err


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("nothing.min=1", "There is no `nothing` to change"),
        ("reflections.max=1", "There is no `reflections.max` to change"),
        ("reflections.min=0", "`reflections`: `min` cannot be `0`"),
    ],
)
def test_a_change_that_cannot_be_is_refused_before_anything_is_simulated(
    change: str, sentence: str, first_part_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["safety", "--programme", str(first_part_folder), "--change", change]) == 1
    assert capsys.readouterr().err.startswith(sentence)


@pytest.mark.parametrize("wrong", [["--change", "min=1"], ["--cut", "quiz"], ["--seeds", "a"], ["--trainees", "1"]])
def test_wrong_use_exits_with_two(wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["safety", "--programme", "alongside", *wrong])
    assert ended.value.code == 2
