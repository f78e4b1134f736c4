"""Ids that stand for nothing."""

import pytest

GROUNDS = "cut_source: Us, evidence: None., chosen_by: Us, reviewed: not yet"
"""What a gate says about itself."""


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            "programme.yaml",
            "roles: [leader]",
            "roles: [leaders]",
            "programme.yaml:13: error: activity `E1`: unknown role `leaders`. Did you mean `leader`?",
        ),
        (
            "programme.yaml",
            "roles: [leader]}",
            "roles: [leader], expires_with: safely}",
            "programme.yaml:13: error: activity `E1`: unknown certificate `safely`. Did you mean `safety`?",
        ),
        (
            "programme.yaml",
            "module: M1,",
            "module: M7,",
            "programme.yaml:19: error: training session `T1`: unknown module `M7`. There is `M1`.",
        ),
        (
            "competencies.yaml",
            "section: M1.1",
            "section: M1.11",
            "competencies.yaml:8: error: competency `D1.1`: unknown section `M1.11`. Did you mean `M1.1`?",
        ),
        (
            "modules/m1.md",
            "competencies: [D1.1]",
            "competencies: [D1.1, D1.7]",
            "modules/m1.md:7: error: module `M1`: unknown competency `D1.7`. Did you mean `D1.1`?",
        ),
        (
            "modules/m1.md",
            "competencies: [D1.1]",
            "competencies: [D1.1]\nprerequisites: [Intro]",
            "modules/m1.md:8: error: module `M1`: unknown module `Intro`. There is `M1`.",
        ),
        (
            "modules/m1.md",
            "passage M1.1 1-2",
            "passage M1.4",
            "modules/m1.md:12: error: module `M1`: unknown section `M1.4`. Did you mean `M1.1`?",
        ),
        (
            "modules/m1.md",
            "check m1-ask-90",
            "check m1-ask-91",
            "modules/m1.md:17: error: module `M1`: unknown item `m1-ask-91`. Did you mean `m1-ask-90`?",
        ),
        (
            "items/m1.yaml",
            "behaviour: D1.1-U1",
            "behaviour: D1.1-U2",
            "items/m1.yaml:7: error: item `m1-ask-01`: unknown behaviour `D1.1-U2`. Did you mean `D1.1-U1`?",
        ),
        (
            "blueprints/quiz-m1.yaml",
            "pass_pct: 80",
            "critical: {}\npass_pct: 80\nmodul: M1",
            "blueprints/quiz-m1.yaml:7: error: blueprint `quiz-m1`: unknown field `modul`. Did you mean `module`?",
        ),
        (
            "checklists/c1.yaml",
            "section: M1.1}",
            "section: M1.1, behaviours: [D1.1-U1, D1.1-B1, D1.1-B4]}",
            "checklists/c1.yaml:9: error: line `C1-asks`: unknown behaviour `D1.1-B4`. Did you mean `D1.1-B1`?",
        ),
        (
            "checklists/c1.yaml",
            "scenarios: [tea]",
            "scenarios: [tea, teas]",
            "checklists/c1.yaml:6: error: checklist `C1`: unknown scenario `teas`. Did you mean `tea`?",
        ),
        (
            "scenarios/tea.md",
            "checklists: [C1]",
            "checklists: [C1, X9]",
            "scenarios/tea.md:4: error: scenario `tea`: unknown checklist `X9`. There is `C1`.",
        ),
        (
            "readiness.yaml",
            "title: Practice",
            "title: Practice\n    roles: [leader, leeder]",
            "readiness.yaml:5: error: gate `practice`: unknown role `leeder`. Did you mean `leader`?",
        ),
    ],
)
def test_unknown_id_is_named_with_the_nearest(small, name, old, new, message):
    small.change(name, old, new)
    assert small.messages() == [message]


def test_unknown_competency_of_a_line_leaves_the_known_one_unrated(small):
    small.change("checklists/c1.yaml", "competency: D1.1", "competency: D2.2")
    assert small.messages() == [
        "checklists/c1.yaml:9: error: line `C1-asks`: unknown competency `D2.2`. There is `D1.1`.",
        "competencies.yaml:5: warning: competency `D1.1`: is rated by no checklist. Give it a line on a checklist.",
    ]


@pytest.mark.parametrize(
    ("gate", "message"),
    [
        (
            "kind: prerequisite, parts: [{prerequisite: courses}]",
            "unknown prerequisite `courses`. Did you mean `course`?",
        ),
        ("kind: dose, parts: [{sessions: [T8], min: 1}]", "unknown training session `T8`. There is `T1`."),
        ("kind: quiz, parts: [{blueprint: quiz-m2}]", "unknown blueprint `quiz-m2`. Did you mean `quiz-m1`?"),
        ("kind: critical, parts: [{blueprint: quiz-m2}]", "unknown blueprint `quiz-m2`. Did you mean `quiz-m1`?"),
        ("kind: practice, parts: [{checklist: C9, setting: live, min: 1}]", "unknown checklist `C9`. There is `C1`."),
        (
            "kind: level, parts: [{competencies: [D1.9], setting: live, last: 1}]",
            "unknown competency `D1.9`. Did you mean `D1.1`?",
        ),
        (
            "kind: certificate, parts: [{certificate: safey, months: 12}]",
            "unknown certificate `safey`. Did you mean `safety`?",
        ),
    ],
)
def test_unknown_id_in_a_gate_is_named(small, gate, message):
    small.append("readiness.yaml", f"  - {{id: more, title: More, why: Why., {GROUNDS}, {gate}}}\n")
    assert small.messages() == [f"readiness.yaml:12: error: gate `more`: {message}"]


def test_reference_to_an_object_with_faults_is_not_called_unknown(small):
    small.change("checklists/c1.yaml", "title: Listening\n", "")
    assert small.messages() == ["checklists/c1.yaml:1: error: checklist `C1`: `title` is missing. Add `title:`."]


def test_reference_into_an_unreadable_file_is_not_called_unknown(small):
    small.write("scenarios/tea.md", "---\nid: [\n---\n")
    assert small.messages() == [
        "scenarios/tea.md:3: error: is not valid YAML: while parsing a flow node, did not find expected node content. "
        "Look at this line and the one before."
    ]


def test_link_to_an_unknown_section_is_named(small):
    small.change("manual/m1.md", "Then wait.", "Then [wait](#M1.2).")
    assert small.messages() == [
        "manual/m1.md:5: error: section `M1.1`: links to unknown section `M1.2`. Did you mean `M1.1`?"
    ]


def test_link_in_a_module_to_an_unknown_section_is_named(small):
    small.append("modules/m1.md", "\n::: example\nSee [there](#M2).\n:::\n")
    assert small.messages() == [
        "modules/m1.md:20: error: module `M1`: links to unknown section `M2`. There is `M1` and `M1.1`."
    ]


def test_link_to_a_known_section_is_fine(small):
    small.change("scenarios/tea.md", "a cup of tea", "[a cup](#M1.1) of tea")
    assert small.messages() == []


def test_section_that_nothing_rests_on_is_warned_about(small):
    small.append("manual/m1.md", "\n## Waiting {#M1.2}\n\nWait.\n")
    assert small.messages() == [
        "manual/m1.md:14: warning: section `M1.2`: is cited by no module, item, checklist line or competency. "
        "Teach it, ask about it or remove it."
    ]
