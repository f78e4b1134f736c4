"""Whose form a checklist is, lines that stand side by side, and logs."""

import pytest

SELF = """\
id: C8
title: My view
explain: Tick what you did.
scale: behaviour4
rater: self
settings: [live]
lines_from: [C1]
"""
LOG = """\
id: C10
title: Leaders watched
explain: Write about yourself.
scale: notes
rater: self
prompts:
  - {id: who, text: Whom, asks: leader}
  - {id: session, text: Session, asks: session}
  - {id: borrow, text: One thing}
"""


def c8(line: int, text: str) -> str:
    return f"checklists/c8.yaml:{line}: error: checklist `C8`: {text}"


def with_evaluation(small, *edits: tuple[str, str]) -> list[str]:
    small.write("checklists/c8.yaml", SELF)
    for old, new in edits:
        small.change("checklists/c8.yaml", old, new)
    return small.messages()


# ---------------------------------------------------------------- evaluations


@pytest.mark.parametrize("rater", ["self", "partner"])
def test_evaluation_on_a_trainers_lines_is_fine(small, rater):
    assert with_evaluation(small, ("rater: self", f"rater: {rater}")) == []


def test_lines_of_the_other_checklist_follow_its_own(small):
    own = "lines:\n  - {id: C8-own, text: Own, competency: D1.1, section: M1.1}\nlines_from: [C1]"
    assert with_evaluation(small, ("lines_from: [C1]", own)) == []
    programme = small.load()
    evaluation = programme.checklist_by_id["C8"]
    assert [line.id for line in evaluation.lines] == ["C8-own", "C1-asks"]
    assert evaluation.lines[1] == programme.checklist_by_id["C1"].lines[0]
    assert [part.title for part in programme.parts_of(evaluation)] == ["My view", "Listening"]


def test_unknown_source_of_lines_gets_a_suggestion(small):
    assert with_evaluation(small, ("[C1]", "[C2]")) == [c8(7, "unknown checklist `C2`. There is `C1` and `C8`.")]


def test_evaluation_has_lines(small):
    assert with_evaluation(small, ("lines_from: [C1]\n", "")) == [c8(1, "has no lines. Add what the observer answers.")]


def test_evaluation_never_passes(small):
    assert with_evaluation(small, ("settings: [live]", "settings: [live]\npasses: {min_level: 3}")) == [
        c8(7, "has `passes`, but only what a trainer fills in can pass. Remove `passes:`.")
    ]


def test_trainers_form_has_lines_of_its_own(small):
    passes = "settings: [live]\npasses: {min_level: 3}"
    assert with_evaluation(small, ("rater: self\n", ""), ("settings: [live]", passes)) == [
        c8(
            7,
            "takes lines from others but is filled in by a trainer. "
            "Write `rater: self` or `rater: partner`, or lines of its own.",
        )
    ]


def test_lines_are_taken_once(small):
    assert with_evaluation(small, ("[C1]", "[C1, C1]")) == [c8(7, "takes lines from `C1` twice. Remove one.")]


def test_lines_are_taken_from_another(small):
    assert with_evaluation(small, ("[C1]", "[C1, C8]")) == [
        c8(7, "takes lines from itself. Name a checklist that a trainer fills in.")
    ]


def test_lines_are_taken_from_a_trainers_form(small):
    small.write("checklists/c9.yaml", SELF.replace("C8", "C9").replace("rater: self", "rater: partner"))
    assert with_evaluation(small, ("[C1]", "[C1, C9]")) == [
        c8(7, "takes lines from `C9`, which the partner fills in. Name a checklist that a trainer fills in.")
    ]


def test_views_of_one_line_are_on_one_scale(small):
    small.append("programme.yaml", "scales:\n  - {id: own, kind: behaviours, levels: [Stop, Learning, Steady]}\n")
    assert with_evaluation(small, ("scale: behaviour4", "scale: own")) == [
        c8(
            7,
            "`scale` is `own`, but the lines of `C1` are on `behaviour4`; "
            "levels of different scales are never compared. "
            "Write `scale: behaviour4`, or take no lines from it.",
        )
    ]


def test_lines_taken_are_answered_in_the_setting(small):
    small.change("checklists/c1.yaml", "section: M1.1}", "section: M1.1, settings: [roleplay]}")
    small.change("readiness.yaml", "setting: live", "setting: roleplay")
    assert with_evaluation(small) == [
        c8(7, "is used in setting `live`, in which no line of `C1` is answered. Its lines are answered in `roleplay`.")
    ]


def test_rater_is_one_of_three(small):
    assert with_evaluation(small, ("rater: self", "rater: peer")) == [
        c8(5, "`rater` is `peer`; expected `trainer`, `self` or `partner`.")
    ]


# ---------------------------------------------------------------- logs


def c10(line: int, text: str) -> str:
    return f"checklists/c10.yaml:{line}: error: checklist `C10`: {text}"


def with_log(small, *edits: tuple[str, str]) -> list[str]:
    small.append("programme.yaml", "scales:\n  - {id: notes, kind: log}\n")
    small.write("checklists/c10.yaml", LOG)
    for old, new in edits:
        small.change("checklists/c10.yaml", old, new)
    return small.messages()


def test_log_with_its_prompts_is_fine(small):
    assert with_log(small) == []
    programme = small.load()
    assert programme.log.id == "C10"
    assert programme.forms_of(programme.log.rater) == ()


def test_log_is_kept_by_oneself(small):
    assert with_log(small, ("rater: self", "rater: partner")) == [
        c10(5, "`rater` is `partner`; expected `self`, since people keep a log themselves. Write `rater: self`.")
    ]


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("settings", "settings: [live]"),
        ("lines", "lines:\n  - {id: C10-x, text: X, competency: D1.1, section: M1.1}"),
        ("lines_from", "lines_from: [C1]"),
    ],
)
def test_log_has_prompts_only(small, name, field):
    assert with_log(small, ("rater: self\n", f"rater: self\n{field}\n")) == [
        c10(6, f"has {name}, which a log does not use. Remove `{name}:`.")
    ]


def test_log_belongs_to_no_role_play(small):
    assert with_log(small, ("rater: self\n", "rater: self\nscenarios: [tea]\n")) == [
        c10(6, "has scenarios, which a log does not use. Remove `scenarios:`."),
        c10(6, "names scenario `tea`, which does not name it. Add it to `checklists` of `tea`."),
    ]


def test_log_is_never_judged(small):
    assert with_log(small, ("rater: self\n", "rater: self\npasses: {pct: 80}\n")) == [
        c10(6, "has `passes`, but a log is never judged. Remove `passes:`.")
    ]


def test_log_asks_for_one_session(small):
    assert with_log(small, ("asks: session", "asks: words")) == [
        c10(6, "asks for the session in 0 prompts; expected 1. Write `asks: session` on one.")
    ]


def test_log_asks_for_one_leader_at_most(small):
    assert with_log(small, ("text: One thing}", "text: One thing}\n  - {id: again, text: Who else, asks: leader}")) == [
        c10(6, "asks for the leader in 2 prompts; expected at most 1. Write `asks: leader` on one.")
    ]


def test_log_asks_for_words(small):
    assert with_log(small, ("  - {id: borrow, text: One thing}\n", "")) == [
        c10(6, "has no prompt that asks for words. Ask what was learned.")
    ]


def test_programme_has_one_log(small):
    other = LOG.replace("C10", "C11").replace("id: who", "id: who2").replace("id: session", "id: session2")
    small.write("checklists/c11.yaml", other.replace("id: borrow", "id: borrow2"))
    assert with_log(small) == [
        "checklists/c11.yaml:4: error: checklist `C11`: is a second log beside `C10`; expected one. "
        "Put its prompts there."
    ]


def test_only_a_log_has_prompts(small):
    small.append("checklists/c1.yaml", "prompts:\n  - {id: why, text: Why}\n")
    assert small.messages() == [
        "checklists/c1.yaml:10: error: checklist `C1`: has prompts, which scale `behaviour4` does not use. "
        "Write them as lines, or choose a scale of kind `log`."
    ]


def test_prompt_with_a_fault_is_named(small):
    assert with_log(small, ("asks: leader", "asks: name")) == [
        "checklists/c10.yaml:7: error: prompt `who`: `asks` is `name`; expected `leader`, `session` or `words`."
    ]
