"""Checklists and scenarios."""

import pytest

CHECKLIST = "checklists/c1.yaml"
LINE = "  - {id: C1-asks, text: Asks, competency: D1.1, section: M1.1}\n"


def checklist(line: int, text: str, severity: str = "error") -> str:
    return f"{CHECKLIST}:{line}: {severity}: checklist `C1`: {text}"


def fidelity(small) -> None:
    small.change(CHECKLIST, "scale: behaviour4", "scale: fidelity")
    small.change(CHECKLIST, "min_level: 3", "pct: 80")


def test_fidelity_checklist_is_fine(small):
    fidelity(small)
    assert small.messages() == []


def test_checklist_has_lines(small):
    small.change(CHECKLIST, f"lines:\n{LINE}", "lines: []\n")
    assert small.messages() == [
        checklist(8, "has no lines. Add what the observer answers."),
        "competencies.yaml:5: warning: competency `D1.1`: is rated by no checklist. Give it a line on a checklist.",
    ]


def test_behaviours_pass_by_a_level(small):
    small.change(CHECKLIST, "{min_level: 3}", "{pct: 80}")
    assert small.messages() == [
        checklist(7, "`passes` has `pct`, which scale `behaviour4` does not use. Remove `pct:`."),
        checklist(7, "`passes` has no `min_level`, which scale `behaviour4` needs. Add `min_level:`."),
    ]


def test_fidelity_passes_by_a_per_cent(small):
    small.change(CHECKLIST, "scale: behaviour4", "scale: fidelity")
    assert small.messages() == [
        checklist(7, "`passes` has `min_level`, which scale `fidelity` does not use. Remove `min_level:`."),
        checklist(7, "`passes` has no `pct`, which scale `fidelity` needs. Add `pct:`."),
    ]


def test_fidelity_line_has_no_behaviours(small):
    fidelity(small)
    small.change(CHECKLIST, "section: M1.1}", "section: M1.1, behaviours: [D1.1-B1]}")
    assert small.messages() == [
        f"{CHECKLIST}:9: error: line `C1-asks`: has behaviours; expected none on scale `fidelity`. "
        "Remove them: the line is answered as done, partly or not done."
    ]


@pytest.mark.parametrize(("listed", "missing"), [("D1.1-U1", "basic"), ("D1.1-B1", "unhelpful")])
def test_line_has_behaviours_to_watch_for(small, listed, missing):
    small.change(CHECKLIST, "section: M1.1}", f"section: M1.1, behaviours: [{listed}]}}")
    assert small.messages() == [
        f"{CHECKLIST}:9: error: line `C1-asks`: has no {missing} behaviour to watch for, so that it can have no level. "
        "Add one of competency `D1.1`."
    ]


def test_line_watches_behaviours_of_its_own_competency(small):
    small.append(
        "competencies.yaml",
        """\
      - id: D1.2
        title: Waits
        statement: Waits.
        section: M1.1
        behaviours:
          - {id: D1.2-U1, kind: unhelpful, text: Hurries}
          - {id: D1.2-B1, kind: basic, text: Counts to ten}
""",
    )
    small.change(CHECKLIST, "section: M1.1}", "section: M1.1, behaviours: [D1.1-U1, D1.1-B1, D1.2-B1]}")
    assert small.messages() == [
        f"{CHECKLIST}:9: error: line `C1-asks`: behaviour `D1.2-B1` is not of competency `D1.1`. "
        "Choose one of its own, or make another line.",
        "competencies.yaml:12: warning: competency `D1.2`: is rated by no checklist. Give it a line on a checklist.",
        "competencies.yaml:12: warning: competency `D1.2`: is taught by no module. "
        "Name it in a module's `competencies`.",
    ]


def test_line_is_used_in_a_setting_of_its_checklist(small):
    small.change(CHECKLIST, "section: M1.1}", "section: M1.1, settings: [live, supervision]}")
    assert small.messages() == [
        f"{CHECKLIST}:9: error: line `C1-asks`: is used in setting `supervision`, which checklist `C1` does not have. "
        "Add it there, or remove it here."
    ]


def test_line_of_a_critical_competency_is_critical(small):
    small.change("competencies.yaml", "section: M1.1", "section: M1.1\n        critical: true")
    assert small.messages() == [
        f"{CHECKLIST}:9: warning: line `C1-asks`: is not critical, but competency `D1.1` is. Write `critical: true`."
    ]


def test_critical_role_play_line_allows_no_opt_out(small):
    small.change(CHECKLIST, "settings: [roleplay, live]", "settings: [roleplay]")
    small.change(CHECKLIST, "section: M1.1}", "section: M1.1, critical: true}")
    small.change("readiness.yaml", "setting: live", "setting: roleplay")
    assert small.messages() == [
        checklist(
            1,
            "lets an observer answer `no opportunity` on critical lines of a role-play. "
            "The script gives the opportunity: write `no_opportunity: false`.",
        )
    ]


def test_checklist_has_a_setting(small):
    small.change(CHECKLIST, "settings: [roleplay, live]\nscenarios: [tea]", "settings: []")
    assert small.messages() == [
        checklist(5, "has no settings. Say where it is used: roleplay, live or supervision."),
        "readiness.yaml:11: error: gate `practice`: can never be met: checklist `C1` is not used in setting `live`.",
        "scenarios/tea.md:4: error: scenario `tea`: names checklist `C1`, which does not name it. "
        "Add it to `scenarios` of `C1`.",
    ]


def test_role_play_has_a_scenario(small):
    small.change(CHECKLIST, "scenarios: [tea]\n", "")
    assert small.messages() == [
        checklist(1, "is used in role-play but has no scenarios. Name them under `scenarios`."),
        "scenarios/tea.md:4: error: scenario `tea`: names checklist `C1`, which does not name it. "
        "Add it to `scenarios` of `C1`.",
    ]


def test_scenario_belongs_to_role_play(small):
    small.change(CHECKLIST, "settings: [roleplay, live]", "settings: [live]")
    assert small.messages() == [
        checklist(6, "has scenarios but is not used in role-play. Remove them, or add `roleplay` to `settings`.")
    ]


def test_long_checklist_is_warned_about(small):
    small.change(CHECKLIST, "explain: Tick what you see.", f"explain: Tick{' what' * 350} you see.")
    assert small.messages() == [checklist(8, "has 360 words; expected at most 350. Shorten or split it.", "warning")]


def test_scenario_has_three_prompts(small):
    small.change("scenarios/tea.md", "[Sit down., Sigh., Get up.]", "[Sit down., Sigh.]")
    assert small.messages() == [
        "scenarios/tea.md:5: error: scenario `tea`: has 2 prompts; expected 3. "
        "Add them, so that every behaviour has its opportunity."
    ]


def test_scenario_has_a_script(small):
    small.change("scenarios/tea.md", "You are a parent who has a cup of tea.", "")
    assert small.messages() == [
        "scenarios/tea.md:2: error: scenario `tea`: has no script. Write it below the front matter."
    ]


def test_script_holds_no_html(small):
    small.append("scenarios/tea.md", "\nA <b>loud</b> noise.\n")
    assert small.messages() == [
        f"scenarios/tea.md:11: error: scenario `tea`: holds raw HTML `{tag}`; expected Markdown. "
        "Write it in Markdown, or put it in backquotes."
        for tag in ("</b>", "<b>")
    ]


def test_scenario_belongs_to_a_checklist(small):
    small.change("scenarios/tea.md", "checklists: [C1]", "checklists: []")
    assert small.messages() == [
        f"{CHECKLIST}:6: error: checklist `C1`: names scenario `tea`, which does not name it. "
        "Add it to `checklists` of `tea`.",
        "scenarios/tea.md:4: error: scenario `tea`: belongs to no checklist. Name the checklists it is used with.",
    ]
