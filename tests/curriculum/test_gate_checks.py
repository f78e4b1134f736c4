"""Gates that can never be met."""

import pytest

GROUNDS = "cut_source: Us, evidence: None., chosen_by: Us, reviewed: not yet"
"""What a gate says about itself."""


def with_gate(small, gate: str) -> list[str]:
    small.append("readiness.yaml", f"  - {{id: more, title: More, why: Why., {GROUNDS}, {gate}}}\n")
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
            "can never be met: `min` is 2, but checklist `C1` has 1 scenario. Lower it, or write another scenario.",
        ),
        (
            "kind: practice, parts: [{checklist: C1, setting: roleplay, min: 1, stage: lead_whole}]",
            "can never be met: nobody leads a whole session in a role-play. "
            "Lower `stage`, or ask for it in setting `live`.",
        ),
        (
            "kind: practice, parts: [{checklist: C1, setting: roleplay, min: 2}]",
            "can never be met: `min` is 2 sessions, but a role-play belongs to none. Write `distinct: scenario`.",
        ),
        (
            "kind: evaluations_given, parts: [{evaluator: self, min: 1}]",
            "can never be met: no checklist is filled in by the person themselves. Add one with `rater: self`.",
        ),
        (
            "kind: evaluations_given, parts: [{evaluator: partner, min: 1}]",
            "can never be met: no checklist is filled in by the partner. Add one with `rater: partner`.",
        ),
        (
            "kind: supervision, min: 8, window_days: 7, max_gap_days: 1",
            "can never be met: `min` is 8 meetings within 7 days. Lower it, or make `window_days` longer.",
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
    assert with_gate(small, gate) == [f"readiness.yaml:12: error: gate `more`: {message}"]


SELF = """\
id: C8
title: My view
explain: Tick what you did.
scale: behaviour4
rater: self
settings: [live, supervision]
lines_from: [C1]
"""


@pytest.mark.parametrize("rater", ["self", "partner"])
def test_gate_on_evaluations_with_a_form_for_them_is_fine(small, rater):
    small.write("checklists/c8.yaml", SELF.replace("rater: self", f"rater: {rater}"))
    assert with_gate(small, f"kind: evaluations_given, parts: [{{evaluator: {rater}, min: 2}}]") == []


@pytest.mark.parametrize(
    ("gate", "message"),
    [
        (
            "kind: practice, parts: [{checklist: C8, setting: live, min: 1}]",
            "can never be met: checklist `C8` is filled in by the person themselves. "
            "Only what a trainer fills in counts here.",
        ),
        (
            "kind: settings, parts: [{setting: supervision}]",
            "can never be met: no checklist is used in setting `supervision`. Add the setting to a checklist.",
        ),
        (
            "kind: level, parts: [{competencies: [D1.1], setting: supervision, last: 1}]",
            "can never be met: no checklist rates competency `D1.1` in setting `supervision`. "
            "It is rated in `live` and `roleplay`.",
        ),
    ],
)
def test_evaluations_meet_no_gate_of_practice(small, gate, message):
    small.write("checklists/c8.yaml", SELF)
    assert with_gate(small, gate) == [f"readiness.yaml:12: error: gate `more`: {message}"]


@pytest.mark.parametrize("gate", ["kind: harm", "kind: observers, min: 2", "kind: assessor, min: 1, months: 12"])
def test_gate_about_observations_needs_a_trainers_checklist(small, gate):
    own = SELF.replace("lines_from: [C1]", "lines:\n  - {id: C8-asks, text: Asks, competency: D1.1, section: M1.1}")
    small.write("checklists/c8.yaml", own)
    (small.path / "checklists/c1.yaml").unlink()
    (small.path / "scenarios/tea.md").unlink()
    small.write("readiness.yaml", f"gates:\n  - {{id: more, title: More, why: Why., {GROUNDS}, {gate}}}\n")
    assert small.messages() == [
        "readiness.yaml:2: error: gate `more`: can never be met: "
        "the programme has no checklist that a trainer fills in. Add one."
    ]


def test_reflections_need_a_module(small):
    small.change("programme.yaml", "title: First training session, module: M1", "title: First training session")
    for name in ("modules/m1.md", "items/m1.yaml", "blueprints/quiz-m1.yaml"):
        (small.path / name).unlink()
    assert with_gate(small, "kind: portfolio, min: 1") == [
        "competencies.yaml:5: warning: competency `D1.1`: is taught by no module. "
        "Name it in a module's `competencies`.",
        "readiness.yaml:12: error: gate `more`: can never be met: the programme has no module to reflect on. "
        "Write one.",
    ]


def test_window_may_ask_for_more_meetings_than_the_gap_alone_would_bring(small):
    assert with_gate(small, "kind: supervision, min: 3, window_days: 42, max_gap_days: 21") == []


# ---------------------------------------------------------------- levels and their scales

SCALES = """\
scales:
  - {id: three, kind: behaviours, levels: [Stop, Learning, Steady]}
"""


def test_level_is_one_of_the_scale(small):
    small.append("programme.yaml", SCALES)
    small.change("checklists/c1.yaml", "scale: behaviour4", "scale: three")
    assert with_gate(small, "kind: level, parts: [{competencies: [D1.1], setting: live, level: 4, last: 1}]") == [
        "readiness.yaml:12: error: gate `more`: can never be met: `level` is 4, but scale `three` has 3 levels. "
        "Ask for level 3 at most."
    ]


def test_levels_of_different_scales_are_never_compared(small):
    small.append("programme.yaml", SCALES)
    other = (small.path / "checklists/c1.yaml").read_text().replace("scenarios: [tea]\n", "")
    other = other.replace("behaviour4", "three").replace("[roleplay, live]", "[live]").replace("C1", "C2")
    small.write("checklists/c2.yaml", other)
    assert with_gate(small, "kind: level, parts: [{competencies: [D1.1], setting: live, last: 1}]") == [
        "readiness.yaml:12: error: gate `more`: asks for a level of competency `D1.1`, which is rated on scales "
        "`behaviour4` and `three` in setting `live`; levels of different scales are never compared. "
        "Rate it on one of them."
    ]


def test_scales_that_differ_by_setting_are_fine(small):
    small.append("programme.yaml", SCALES)
    small.change("checklists/c1.yaml", "[roleplay, live]", "[roleplay]")
    small.change("readiness.yaml", "setting: live", "setting: roleplay")
    other = (small.path / "checklists/c1.yaml").read_text().replace("scenarios: [tea]\n", "")
    small.write(
        "checklists/c2.yaml", other.replace("behaviour4", "three").replace("[roleplay]", "[live]").replace("C1", "C2")
    )
    assert with_gate(small, "kind: level, parts: [{competencies: [D1.1], setting: live, last: 1}]") == []


def test_level_counts_only_lines_used_in_the_setting(small):
    small.change("checklists/c1.yaml", "section: M1.1}", "section: M1.1, settings: [roleplay]}")
    assert with_gate(small, "kind: level, parts: [{competencies: [D1.1], setting: live, last: 1}]") == [
        "readiness.yaml:12: error: gate `more`: can never be met: no checklist rates competency `D1.1` "
        "in setting `live`. It is rated in `roleplay`."
    ]


def test_level_counts_no_fidelity_checklist(small):
    small.change("checklists/c1.yaml", "scale: behaviour4", "scale: fidelity")
    small.change("checklists/c1.yaml", "min_level: 3", "pct: 80")
    assert with_gate(small, "kind: level, parts: [{competencies: [D1.1], setting: live, last: 1}]") == [
        "readiness.yaml:12: error: gate `more`: can never be met: no checklist rates competency `D1.1` "
        "in setting `live`. "
        "Give it a line on a checklist that trainers rate with behaviours, such as scale `behaviour4`."
    ]


@pytest.mark.parametrize("gate", ["kind: harm", "kind: observers, min: 2", "kind: assessor, min: 1, months: 12"])
def test_gate_about_observations_needs_a_checklist(small, gate):
    (small.path / "checklists/c1.yaml").unlink()
    (small.path / "scenarios/tea.md").unlink()
    small.write("readiness.yaml", "gates:\n")
    small.change("readiness.yaml", "gates:\n", f"gates:\n  - {{id: more, title: More, why: Why., {GROUNDS}, {gate}}}\n")
    assert small.messages() == [
        "competencies.yaml:5: warning: competency `D1.1`: is rated by no checklist. Give it a line on a checklist.",
        "readiness.yaml:2: error: gate `more`: can never be met: "
        "the programme has no checklist that a trainer fills in. Add one.",
    ]


def test_level_with_a_faulty_checklist_is_not_called_unmeetable(small):
    small.change("checklists/c1.yaml", "title: Listening\n", "")
    assert with_gate(small, "kind: level, parts: [{competencies: [D1.1], setting: live, last: 1}]") == [
        "checklists/c1.yaml:1: error: checklist `C1`: `title` is missing. Add `title:`."
    ]


# ---------------------------------------------------------------- the grounds of a gate


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "    evidence: It was not tested.",
            "does not say on what evidence it rests. Say so, or that it was not tested. Add `evidence:`.",
        ),
        (
            "    cut_source: illustrative",
            "does not say where its numbers come from. If nobody did: illustrative. Add `cut_source:`.",
        ),
        (
            "    chosen_by: the authors",
            "does not say who chose its numbers. Name the panel, or the authors. Add `chosen_by:`.",
        ),
        (
            "    reviewed: not yet",
            "does not say when its numbers were reviewed. Write the day, or: not yet. Add `reviewed:`.",
        ),
    ],
)
def test_a_gate_says_on_what_it_rests_and_who_chose_it_when(small, line, message):
    small.change("readiness.yaml", f"{line}\n", "")
    assert small.messages() == [f"readiness.yaml:2: error: gate `practice`: {message}"]


@pytest.mark.parametrize("day", ["soon", "2026-02-30", "20261123", "Not yet"])
def test_the_day_of_the_review_is_a_day_or_not_yet(small, day):
    small.change("readiness.yaml", "reviewed: not yet", f'reviewed: "{day}"')
    expected = f"`reviewed` is `{day}`; expected a day such as 2026-11-23, or `not yet`. Write one of these."
    assert small.messages() == [f"readiness.yaml:9: error: gate `practice`: {expected}"]


def test_a_day_on_which_it_was_reviewed_is_fine(small):
    small.change("readiness.yaml", "reviewed: not yet", 'reviewed: "2028-02-29"')
    assert small.messages() == []
