"""Gates that can never be met."""

import pytest


def with_gate(small, gate: str) -> list[str]:
    small.append("readiness.yaml", f"  - {{id: more, title: More, why: Why., {gate}}}\n")
    return small.messages()


@pytest.mark.parametrize(
    "gate",
    [
        "kind: prerequisite, parts: [{prerequisite: course}]",
        "kind: dose, parts: [{sessions: [T1], min: 1, minutes: 60}]",
        "kind: quiz, parts: [{blueprint: quiz-m1}]",
        "kind: practice, parts: [{checklist: C1, setting: roleplay, min: 1, distinct: scenario}]",
        "kind: level, parts: [{competencies: [D1.1], setting: live, last: 2}]",
        "kind: harm",
        "kind: observers, min: 2",
        "kind: settings, parts: [{setting: live, min: 2}]",
        "kind: peer_model, min: 2",
        "kind: supervision, min: 2, max_gap_days: 21",
        "kind: certificate, parts: [{certificate: safety, months: 24}]",
        "kind: portfolio, min: 2",
        "kind: assessor, min: 3, months: 12",
        "kind: evaluations_given, parts: [{evaluator: self, min: 2}]",
        "kind: groups_delivered, min: 2",
        "kind: participant_summary, min: 1",
    ],
)
def test_gate_that_can_be_met_is_fine(small, gate):
    assert with_gate(small, gate) == []


@pytest.mark.parametrize(
    ("gate", "message"),
    [
        ("kind: quiz, parts: []", "has no parts, so that it asks for nothing. Add what it needs."),
        (
            "kind: dose, parts: [{sessions: [T1], min: 2}]",
            "can never be met: `min` is 2 of 1 training sessions. Lower it, or name more sessions.",
        ),
        ("kind: dose, parts: [{sessions: [T1, T1], min: 1}]", "names a training session twice. Remove one."),
        (
            "kind: dose, parts: [{sessions: [T1], min: 1, minutes: 61}]",
            "can never be met: `minutes` is 61, but the sessions last 60 in all. Lower it, or name more sessions.",
        ),
        (
            "kind: critical, parts: [{blueprint: quiz-m1}]",
            "blueprint `quiz-m1` draws no critical items. Name themes under its `critical`, or use kind `quiz`.",
        ),
        (
            "kind: practice, parts: [{checklist: C1, setting: supervision, min: 1}]",
            "can never be met: checklist `C1` is not used in setting `supervision`. "
            "It is used in `roleplay` and `live`.",
        ),
        (
            "kind: practice, parts: [{checklist: C1, setting: live, min: 1, distinct: scenario}]",
            "can never be met: setting `live` has no scenarios. Write `distinct: session`.",
        ),
        (
            "kind: practice, parts: [{checklist: C1, setting: roleplay, min: 2, distinct: scenario}]",
            "can never be met: `min` is 2, but checklist `C1` has 1 scenarios. Lower it, or write another scenario.",
        ),
        (
            "kind: level, parts: [{competencies: [D1.1], setting: supervision, last: 1}]",
            "can never be met: no checklist rates competency `D1.1` in setting `supervision`. "
            "It is rated in `live` and `roleplay`.",
        ),
        (
            "kind: level, parts: [{competencies: [D1.1], setting: live, level: 4, last: 1}]",
            "can never be met: no line of competency `D1.1` has a further behaviour, which level 4 needs. "
            "Ask for level 3, or add one.",
        ),
        (
            "kind: settings, parts: [{setting: supervision}]",
            "can never be met: no checklist is used in setting `supervision`. Add the setting to a checklist.",
        ),
        (
            "kind: certificate, parts: [{certificate: safety, months: 36}]",
            "`months` is 36, but certificate `safety` is valid for 24. Lower the one or raise the other.",
        ),
    ],
)
def test_gate_that_can_never_be_met_is_named(small, gate, message):
    assert with_gate(small, gate) == [f"readiness.yaml:8: error: gate `more`: {message}"]


def test_level_counts_only_lines_used_in_the_setting(small):
    small.change("checklists/c1.yaml", "section: M1.1}", "section: M1.1, settings: [roleplay]}")
    assert with_gate(small, "kind: level, parts: [{competencies: [D1.1], setting: live, last: 1}]") == [
        "readiness.yaml:8: error: gate `more`: can never be met: no checklist rates competency `D1.1` "
        "in setting `live`. It is rated in `roleplay`."
    ]


def test_level_counts_no_fidelity_checklist(small):
    small.change("checklists/c1.yaml", "scale: behaviour4", "scale: fidelity")
    small.change("checklists/c1.yaml", "min_level: 3", "pct: 80")
    assert with_gate(small, "kind: level, parts: [{competencies: [D1.1], setting: live, last: 1}]") == [
        "readiness.yaml:8: error: gate `more`: can never be met: no checklist rates competency `D1.1` "
        "in setting `live`. Give it a line on a checklist of scale `behaviour4`."
    ]


@pytest.mark.parametrize("gate", ["kind: harm", "kind: observers, min: 2", "kind: assessor, min: 1, months: 12"])
def test_gate_about_observations_needs_a_checklist(small, gate):
    (small.path / "checklists/c1.yaml").unlink()
    (small.path / "scenarios/tea.md").unlink()
    small.write("readiness.yaml", "gates:\n")
    small.change("readiness.yaml", "gates:\n", f"gates:\n  - {{id: more, title: More, why: Why., {gate}}}\n")
    assert [text for text in small.messages() if "error" in text] == [
        "readiness.yaml:2: error: gate `more`: can never be met: the programme has no checklist. Add one."
    ]


def test_level_with_a_faulty_checklist_is_not_called_unmeetable(small):
    small.change("checklists/c1.yaml", "title: Listening\n", "")
    assert with_gate(small, "kind: level, parts: [{competencies: [D1.1], setting: live, last: 1}]") == [
        "checklists/c1.yaml:1: error: checklist `C1`: `title` is missing. Add `title:`."
    ]
