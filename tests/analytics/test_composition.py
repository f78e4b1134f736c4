"""The statement of readiness: a fragment a kind, each combination readable by both engines."""

import re
from itertools import product
from pathlib import Path
from typing import get_args

import pytest
import sqlglot

import store.gates
from curriculum.gates import Gate
from curriculum.ids import BlueprintId, CompetencyId, ProgrammeId, RoleId
from curriculum.models import Role
from store.gates import KINDS, Ending, compose, text_of, used_by
from store.readiness import flips, proof, verdicts
from store.rules import gate_parts, rule_rows
from tests.analytics.place import TRAINEE, Place, all_gates, programme_with
from tests.builders import PROGRAMME, ROLE, make_head

FOLDER = Path(store.gates.__file__).parent
ALL_OR_NONE = [frozenset(KINDS), frozenset[str]()]
ONE_BY_ONE = [frozenset({kind}) for kind in KINDS]
JOINS_PARTS = (Ending.VERDICTS, Ending.PARTS)
"""The endings that show both ways in which the parts of the kinds are joined, without and with their evidence.

The kinds stand before an ending in the same words, whichever ending it is.
"""
PARAMETERS = {
    "org_no",
    "programme_no",
    "person_from",
    "person_to",
    "cohort_no",
    "role_no",
    "hub_no",
    "as_of",
    "known_at",
    "as_of_day",
}
DERIVED = [
    "board",
    "board_counts",
    "evidence_facts",
    "keep_gates",
    "keep_status",
    "news_since",
    "one_person",
    "person_range",
    "touched_since",
]


def combinations(ending: Ending) -> list[frozenset[str]]:
    """Return the kinds of gate to put together: all and none, and where their parts are joined each alone."""
    return [*ALL_OR_NONE, *ONE_BY_ONE] if ending in JOINS_PARTS else ALL_OR_NONE


def parameters_of(sql: str) -> set[str]:
    return set(re.findall(r"\$(\w+)", sql))


def test_every_kind_of_gate_has_a_fragment() -> None:
    kinds = {get_args(model.model_fields["kind"].annotation)[0] for model in get_args(get_args(Gate)[0])}
    assert kinds == set(KINDS)


@pytest.mark.parametrize("ending", list(Ending))
def test_every_statement_parses_in_the_other_dialect(ending: Ending) -> None:
    """The engine itself reads the same statements below, where every statement runs."""
    for kinds in combinations(ending):
        assert sqlglot.parse_one(compose(kinds, ending), dialect="postgres") is not None


@pytest.mark.parametrize(("name", "dialect"), [*product(DERIVED, ["duckdb", "postgres"])])
def test_statements_about_derived_tables_parse_in_both_dialects(name: str, dialect: str) -> None:
    assert sqlglot.parse_one(text_of(name), dialect=dialect) is not None


def test_every_file_is_part_of_a_statement() -> None:
    whole = "".join(compose(frozenset(KINDS), ending) for ending in Ending) + "".join(map(text_of, DERIVED))
    unused = [path.name for path in FOLDER.glob("*.sql") if text_of(path.stem) not in whole]
    assert unused == []


def test_the_parameters_are_the_same_for_every_ending() -> None:
    everything = frozenset(KINDS)
    assert {ending: parameters_of(compose(everything, ending)) for ending in Ending} == {
        Ending.VERDICTS: PARAMETERS,
        Ending.PARTS: PARAMETERS,
        Ending.FLIP: PARAMETERS,
        Ending.PROOF: PARAMETERS | {"gate_no"},
        Ending.LEVELS: PARAMETERS | {"among"},
        Ending.JOURNEYS: PARAMETERS,
        Ending.PROGRESS: PARAMETERS,
        Ending.COUNTED: PARAMETERS,
        Ending.DUE: PARAMETERS,
    }


def test_a_statement_holds_only_the_kinds_asked_for() -> None:
    sql = compose(frozenset({"quiz", "dose"}), Ending.VERDICTS)
    assert re.findall(r"gate_(\w+) AS \(", sql) == ["dose", "quiz"]
    assert "JOIN rating" not in sql


def test_lists_of_evidence_are_read_only_when_asked_for() -> None:
    kinds = frozenset({"quiz", "dose"})
    reads = {ending for ending in Ending if "is_computable, evidence FROM gate_quiz" in compose(kinds, ending)}
    assert reads == {Ending.PARTS, Ending.PROOF}


def test_a_kind_without_a_fragment_is_refused() -> None:
    with pytest.raises(KeyError, match="horoscope"):
        compose(frozenset({"horoscope"}), Ending.VERDICTS)


def test_news_are_the_facts_that_may_touch_somebody() -> None:
    read = set(re.findall(r"\b(?:FROM|JOIN) (\w+)", text_of("touched_since"))) - {"person_status"}
    assert set(re.findall(r"'(\w+)'", text_of("news_since"))) == read


@pytest.mark.parametrize("ending", list(Ending))
def test_every_statement_runs(place: Place, ending: Ending) -> None:
    numbers = dict.fromkeys(["cohort_no", "role_no", "hub_no"], -1) | {"org_no": 1, "programme_no": 1, "gate_no": 1}
    now = place.now.replace(tzinfo=None)
    asked = {**numbers, "person_from": 0, "person_to": 9, "as_of": now, "known_at": now, "as_of_day": now.date()}
    asked["among"] = None
    for kinds in combinations(ending):
        sql = compose(kinds, ending)
        place.store.engine.fetch(sql, used_by(sql, asked))


@pytest.mark.parametrize("kind", ["peer_model", "quiz", "harm"])
def test_a_programme_of_one_kind_of_gate_is_judged(kind: str) -> None:
    gate = next(gate for gate in all_gates() if gate.kind == kind)
    place = Place(gate)
    now = {"as_of": place.now, "known_at": place.now}
    alone = proof(place.store, PROGRAMME, TRAINEE, gate, **now)
    (opened,) = verdicts(place.store, PROGRAMME, with_evidence=True, **now)
    (closed,) = verdicts(place.store, PROGRAMME, **now)
    assert (alone,) == opened.gates
    assert [(one.state, one.have, one.need) for one in closed.gates] == [(alone.state, alone.have, alone.need)]
    assert [flip.gate_id for flip in flips(place.store, PROGRAMME, **now)] == [gate.id]
    place.store.close()


# ---------------------------------------------------------------- rules as rows


def test_a_level_part_becomes_one_part_for_each_competency() -> None:
    level = next(gate for gate in all_gates() if gate.kind == "level")
    assert [(part.references, part.setting, part.need) for part in gate_parts(level)] == [
        ((CompetencyId("D1.1"),), "live", 2),
        ((CompetencyId("D1.2"),), "live", 2),
    ]


def test_a_part_that_names_several_things_has_a_row_for_each() -> None:
    rules = rule_rows(programme_with(*all_gates()), 1).rules
    dose = [(row.part_no, row.line_no, row.reference) for row in rules if row.kind == "dose"]
    assert dose == [(1, 1, "T1"), (1, 2, "T2"), (2, 1, "T2")]
    assert [row.reference for row in rules if row.kind == "harm"] == [None, None]


def test_a_gate_of_another_role_stands_there_without_parts() -> None:
    helper = RoleId("helper")
    quiz = next(gate for gate in all_gates() if gate.kind == "quiz").model_copy(update={"roles": (helper,)})
    roles = (Role(id=ROLE, title="Leader"), Role(id=helper, title="Helper"))
    programme = programme_with(quiz).model_copy(update={"head": make_head(roles=roles)})
    rows = rule_rows(programme, 3)
    assert {(row.role_id, row.n_parts, row.need) for row in rows.gates} == {(ROLE, 0, 0), (helper, 1, 1)}
    assert {(row.role_id, row.reference, row.version_no) for row in rows.rules} == {(helper, BlueprintId("quiz"), 3)}
    assert {row.programme_id for row in rows.roles} == {ProgrammeId("alongside")}


def test_a_mean_is_rounded_up_to_hundredths() -> None:
    summary = next(gate for gate in all_gates() if gate.kind == "participant_summary")
    found = [
        gate_parts(summary.model_copy(update={"min_mean": mean}))[0].min_mean_hundredths for mean in (4.1, 3.333, 5.0)
    ]
    assert found == [410, 334, 500]
