"""Scales of the programme's own."""

import pytest

CHECKLIST = "checklists/c1.yaml"
FOUR = "levels: [Stop, Learning, Steady, Leading]"
THREE = "levels: [Stop, Learning, Steady]"


def with_scale(small, scale: str, *, is_used: bool = True) -> list[str]:
    """Add the scale `own`, let the checklist use it, and return what the checker finds."""
    small.append("programme.yaml", f"scales:\n  - {{id: own, {scale}}}\n")
    if is_used:
        small.change(CHECKLIST, "scale: behaviour4", "scale: own")
    return small.messages()


def scale(text: str, severity: str = "error") -> list[str]:
    return [f"programme.yaml:21: {severity}: scale `own`: {text}"]


@pytest.mark.parametrize("own", [FOUR, THREE, f"{FOUR}, further: all", f"{FOUR}, further: any"])
def test_scale_of_behaviours_with_names_for_its_levels_is_fine(small, own):
    assert with_scale(small, f"kind: behaviours, {own}") == []


@pytest.mark.parametrize("kind", ["done", "yes_no"])
def test_scale_of_whole_lines_is_fine(small, kind):
    small.change(CHECKLIST, "min_level: 3", "pct: 80")
    assert with_scale(small, f"kind: {kind}") == []


def test_scale_keeps_its_levels_and_rule(small):
    with_scale(small, f"kind: behaviours, {FOUR}, further: all")
    programme = small.load()
    own = programme.scale_of(programme.checklists[0])
    assert (own.id, own.kind, own.n_levels, own.further) == ("own", "behaviours", 4, "all")


def test_id_of_a_built_in_scale_is_taken(small):
    small.append("programme.yaml", f"scales:\n  - {{id: behaviour4, kind: behaviours, {FOUR}}}\n")
    assert small.messages() == [
        "programme.yaml:21: error: scale `behaviour4`: id `behaviour4` is built in. "
        "Choose another id, or use the built-in scale."
    ]


@pytest.mark.parametrize(("levels", "n"), [("[]", 0), ("[Stop, Go]", 2), ("[A, B, C, D, E]", 5)])
def test_scale_of_behaviours_has_three_or_four_levels(small, levels, n):
    small.change(CHECKLIST, "{min_level: 3}", "{min_level: 1}")
    assert with_scale(small, f"kind: behaviours, levels: {levels}")[-1:] == scale(
        f"names {n} levels; expected 3 or 4. "
        "Name them from the lowest: something unhelpful, basics missing, all basics, and more."
    )


def test_levels_have_words_of_their_own(small):
    assert with_scale(small, "kind: behaviours, levels: [Stop, Steady, Steady, Steady]") == scale(
        "names 3 levels `Steady`. Give each level words of its own."
    )


def test_three_levels_go_no_further(small):
    assert with_scale(small, f"kind: behaviours, {THREE}, further: all") == scale(
        "has `further`, but with 3 levels further behaviours are not asked for. "
        "Remove `further:`, or name a fourth level."
    )


@pytest.mark.parametrize("kind", ["done", "yes_no"])
def test_only_behaviours_have_levels(small, kind):
    small.change(CHECKLIST, "min_level: 3", "pct: 80")
    assert with_scale(small, f"kind: {kind}, {FOUR}") == scale(
        f"has levels, which kind `{kind}` does not use. Remove `levels:`."
    )


def test_only_behaviours_go_further(small):
    small.change(CHECKLIST, "min_level: 3", "pct: 80")
    assert with_scale(small, "kind: done, further: all") == scale(
        "has `further`, which kind `done` does not use. Remove `further:`."
    )


def test_scale_that_no_checklist_uses_is_warned_about(small):
    assert with_scale(small, f"kind: behaviours, {FOUR}", is_used=False) == scale(
        "is used by no checklist. Name it as the `scale` of one, or remove it.", "warning"
    )


def test_unknown_scale_gets_a_suggestion(small):
    small.append("programme.yaml", f"scales:\n  - {{id: own, kind: behaviours, {FOUR}}}\n")
    small.change(CHECKLIST, "scale: behaviour4", "scale: owns")
    assert small.messages() == [
        f"{CHECKLIST}:4: error: checklist `C1`: unknown scale `owns`. Did you mean `own`?",
        *scale("is used by no checklist. Name it as the `scale` of one, or remove it.", "warning"),
    ]


def test_unknown_kind_of_scale_lists_the_kinds(small):
    assert with_scale(small, "kind: stars") == scale(
        "`kind` is `stars`; expected `behaviours`, `done`, `yes_no` or `log`."
    )


# ---------------------------------------------------------------- what a checklist may do on a scale


def test_level_that_passes_is_one_of_the_scale(small):
    small.change(CHECKLIST, "min_level: 3", "min_level: 4")
    assert with_scale(small, f"kind: behaviours, {THREE}") == [
        f"{CHECKLIST}:7: error: checklist `C1`: `min_level` is 4, but scale `own` has 3 levels. "
        "Nobody could pass: lower it."
    ]


def test_three_levels_name_no_further_behaviour(small):
    further = "\n          - {id: D1.1-F1, kind: further, text: Thanks the parent}"
    small.change("competencies.yaml", "text: Asks an open question}", "text: Asks an open question}" + further)
    small.change(CHECKLIST, "section: M1.1}", "section: M1.1, behaviours: [D1.1-U1, D1.1-B1, D1.1-F1]}")
    assert with_scale(small, f"kind: behaviours, {THREE}") == [
        f"{CHECKLIST}:9: error: line `C1-asks`: behaviour `D1.1-F1` goes further, which scale `own` does not rate "
        "with its 3 levels. Remove it here, or name a fourth level."
    ]


def test_line_of_yes_or_no_has_no_behaviours(small):
    small.change(CHECKLIST, "min_level: 3", "pct: 80")
    small.change(CHECKLIST, "section: M1.1}", "section: M1.1, behaviours: [D1.1-B1]}")
    assert with_scale(small, "kind: yes_no") == [
        f"{CHECKLIST}:9: error: line `C1-asks`: has behaviours; expected none on scale `own`. "
        "Remove them: the line is answered as yes or no."
    ]


def test_scale_with_a_fault_makes_no_checklist_wrong(small):
    assert with_scale(small, "kind: behaviours, level: 4") == scale("unknown field `level`. Did you mean `levels`?")
