"""Fields that are missing, unknown or of the wrong kind: each with its object and line."""

import pytest

GROUNDS = "cut_source: Us, evidence: None., chosen_by: Us, reviewed: not yet"
"""What a gate says about itself."""


def test_missing_field_is_named(small):
    small.change("blueprints/quiz-m1.yaml", "pass_pct: 80\n", "")
    assert small.messages() == [
        "blueprints/quiz-m1.yaml:1: error: blueprint `quiz-m1`: `pass_pct` is missing. Add `pass_pct:`."
    ]


def test_missing_rationale_is_named_with_its_option(small):
    small.change("items/m1.yaml", "correct: true, rationale: It gives time.", "correct: true")
    assert small.messages() == [
        "items/m1.yaml:16: error: item `m1-ask-02`: `options[1].rationale` is missing. Add `rationale:`."
    ]


def test_unknown_field_gets_a_suggestion(small):
    small.change("items/m1.yaml", "pool: practice", "pol: practice")
    assert small.messages() == ["items/m1.yaml:32: error: item `m1-ask-90`: unknown field `pol`. Did you mean `pool`?"]


def test_unknown_field_without_a_like_lists_the_fields(small):
    small.change("programme.yaml", "title: Lead,", "title: Lead, colour: red,")
    assert small.messages() == [
        "programme.yaml:13: error: activity `E1`: unknown field `colour`. "
        "There is `id`, `title`, `roles`, `required_level`, `ceiling` and `expires_with`."
    ]


def test_comma_in_a_text_inside_braces_is_explained(small):
    small.change("competencies.yaml", "text: Interrupts", "text: Interrupts, again and again")
    assert small.messages() == [
        "competencies.yaml:10: error: behaviour `D1.1-U1`: unknown field `again and again`. "
        "Put a text that has a comma inside { } in quotes."
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("title: Quiz on listening", "title: 12", "`title` is `12`; expected text. Put it in quotes."),
        ("title: Quiz on listening", "title:", "`title` is nothing; expected text."),
        ("title: Quiz on listening", "title: [a]", "`title` is a list; expected text."),
        (
            "title: Quiz on listening",
            'title: " "',
            "`title` is blank; expected text. Write it, or leave the field out.",
        ),
        ("draw: 1\npass", "draw: few\npass", "`draw` is `few`; expected a whole number."),
        ("draw: 1\npass", "draw: 1.5\npass", "`draw` is `1.5`; expected a whole number."),
        ("pass_pct: 80", "pass_pct: 101", "`pass_pct` is `101`; expected at most 100."),
        ("draw: 1\npass", "draw: 0\npass", "`draw` is `0`; expected at least 1."),
    ],
)
def test_wrong_value_is_shown_with_what_is_expected(small, old, new, message):
    small.change("blueprints/quiz-m1.yaml", old, new)
    line = 4 if "draw" in old else 5 if "pct" in old else 3
    assert small.messages() == [f"blueprints/quiz-m1.yaml:{line}: error: blueprint `quiz-m1`: {message}"]


def test_word_outside_a_closed_set_lists_the_set(small):
    small.change("checklists/c1.yaml", "settings: [roleplay, live]", "settings: [bath, live]")
    assert small.messages() == [
        "checklists/c1.yaml:5: error: checklist `C1`: `settings[1]` is `bath`; "
        "expected `roleplay`, `live` or `supervision`."
    ]


def test_version_is_three_numbers(small):
    small.change("programme.yaml", "version: 1.0.0", "version: v1")
    assert small.messages() == [
        "programme.yaml:3: error: programme `small`: `version` is `v1`; expected three numbers such as 1.0.0."
    ]


def test_object_without_id_is_named_by_its_number(small):
    small.change("items/m1.yaml", "- id: m1-ask-03\n  kind", "- kind")
    assert small.messages() == ["items/m1.yaml:20: error: item number 3: `id` is missing. Add `id:`."]


def test_id_is_made_of_letters_and_digits(small):
    small.change("blueprints/quiz-m1.yaml", "id: quiz-m1", "id: quiz m1!")
    assert small.messages() == [
        "blueprints/quiz-m1.yaml:1: error: blueprint `quiz m1!`: id `quiz m1!` is not made of letters and digits, "
        "joined by `-`, `.` or `_`, at most 60. Choose another id."
    ]


def test_id_that_is_used_twice_is_named_with_the_first_place(small):
    small.change("items/m1.yaml", "id: m1-ask-03", "id: m1-ask-02")
    assert small.messages() == [
        "blueprints/quiz-m1.yaml:4: error: blueprint `quiz-m1`: the pool holds 2 items; "
        "expected 3, 2.5 times the 1 drawn. Write more items, or draw fewer.",
        "items/m1.yaml:20: error: item `m1-ask-02`: id `m1-ask-02` is used twice, first in items/m1.yaml, line 11. "
        "Give each object an id of its own.",
    ]


@pytest.mark.parametrize(
    ("name", "old", "more", "message"),
    [
        (
            "programme.yaml",
            "title: Leader\n",
            "  - {id: leader, title: Lead}\n",
            "programme.yaml:12: error: role `leader`: id `leader` is used twice, first in programme.yaml, line 10.",
        ),
        (
            "competencies.yaml",
            "text: Asks an open question}\n",
            "          - {id: D1.1-B1, kind: basic, text: Waits}\n",
            "competencies.yaml:12: error: behaviour `D1.1-B1`: id `D1.1-B1` is used twice, "
            "first in competencies.yaml, line 11.",
        ),
        (
            "checklists/c1.yaml",
            "lines:\n",
            "  - {id: C1-asks, text: A, competency: D1.1, section: M1.1}\n",
            "checklists/c1.yaml:10: error: line `C1-asks`: id `C1-asks` is used twice, "
            "first in checklists/c1.yaml, line 9.",
        ),
        (
            "manual/m1.md",
            "- Smile.\n",
            "\n## Waiting {#M1.1}\n\nWait.\n",
            "manual/m1.md:14: error: section `M1.1`: id `M1.1` is used twice, first in manual/m1.md, line 5.",
        ),
    ],
)
def test_every_kind_of_id_is_used_once(small, name, old, more, message):
    small.change(name, old, old + more)
    assert small.messages() == [f"{message} Give each object an id of its own."]


def test_list_is_expected_in_an_item_file(small):
    small.write("items/m2.yaml", "id: m2-x-01\n")
    assert small.messages() == ["items/m2.yaml:1: error: holds no list of items. Start each item with `- id:`."]


def test_competency_file_opens_with_domains(small):
    small.write("competencies.yaml", "- id: D1\n")
    assert small.messages() == ["competencies.yaml:1: error: holds no list of domains. Open the file with `domains:`."]


def test_readiness_file_holds_only_gates(small):
    small.append("readiness.yaml", "rules: []\n")
    assert small.messages() == ["readiness.yaml:12: error: unknown field `rules`. Only `gates:` stands here."]


def test_unknown_kind_of_gate_gets_a_suggestion(small):
    small.append("readiness.yaml", f"  - {{id: doses, kind: doze, title: Dose, why: Why., {GROUNDS}, parts: []}}\n")
    assert small.messages() == [
        "readiness.yaml:12: error: gate `doses`: unknown kind of gate `doze`. Did you mean `dose`?"
    ]


def test_front_matter_holds_no_field_of_the_body(small):
    small.change("scenarios/tea.md", "title: Tea", "title: Tea\nbody: Mine")
    assert small.messages() == [
        "scenarios/tea.md:4: error: scenario `tea`: unknown field `body`. It comes from the body."
    ]


def test_page_without_front_matter_is_named(small):
    small.write("scenarios/walk.md", "# Walk\n")
    assert small.messages() == [
        "scenarios/walk.md:1: error: has no front matter. "
        "Open the file with `id:` and the rest between two lines of `---`."
    ]


def test_front_matter_holds_fields(small):
    small.write("scenarios/tea.md", "---\n- tea\n---\n\nYou drink tea.\n")
    assert small.messages() == [
        "scenarios/tea.md:2: error: scenario: has no fields in its front matter. Write `id:` and the rest."
    ]


def test_faulty_competency_does_not_hide_the_next(small):
    small.append(
        "competencies.yaml",
        "      - {id: D1.2, title: Waits, statement: Waits., section: M9.9, behaviours: []}\n",
    )
    small.change("competencies.yaml", "statement: Asks and waits.", "statment: Asks and waits.")
    assert small.messages() == [
        "competencies.yaml:5: error: competency `D1.1`: `statement` is missing. Add `statement:`.",
        "competencies.yaml:7: error: competency `D1.1`: unknown field `statment`. Did you mean `statement`?",
        "competencies.yaml:12: error: competency `D1.2`: has no basic behaviour. Add what an observer would see.",
        "competencies.yaml:12: error: competency `D1.2`: has no unhelpful behaviour. Add what an observer would see.",
        "competencies.yaml:12: warning: competency `D1.2`: is rated by no checklist. Give it a line on a checklist.",
        "competencies.yaml:12: warning: competency `D1.2`: is taught by no module. "
        "Name it in a module's `competencies`.",
        "competencies.yaml:12: error: competency `D1.2`: unknown section `M9.9`. There is `M1` and `M1.1`.",
    ]
