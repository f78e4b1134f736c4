"""Competencies and behaviours that can be observed."""

import pytest

from curriculum.checks.competencies import is_bare_trait


@pytest.mark.parametrize(
    "text",
    [
        "Warm",
        "Is empathetic",
        "Friendly and open",
        "Has a positive attitude",
        "Is very calm",
        "Warmly",
        "Shows respect",
    ],
)
def test_bare_trait_is_no_behaviour(text):
    assert is_bare_trait(text)


@pytest.mark.parametrize(
    "text",
    ["Stays calm in face and voice", "Interrupts", "Asks what parents already do", "Answers unfair remarks kindly"],
)
def test_what_a_person_does_is_a_behaviour(text):
    assert not is_bare_trait(text)


def test_behaviour_that_names_a_trait_is_refused(small):
    small.change("competencies.yaml", "text: Asks an open question", "text: Is friendly")
    assert small.messages() == [
        "competencies.yaml:11: error: behaviour `D1.1-B1`: `Is friendly` names a trait; "
        "expected something that can be seen or heard. "
        "Say what the person does, such as: Asks what parents already do."
    ]


@pytest.mark.parametrize(("line", "kind"), [(10, "unhelpful"), (11, "basic")])
def test_competency_has_unhelpful_and_basic_behaviours(small, line, kind):
    text = (small.path / "competencies.yaml").read_text().splitlines()
    small.write("competencies.yaml", "\n".join(text[: line - 1] + text[line:]))
    if kind == "unhelpful":
        small.change("items/m1.yaml", ", behaviour: D1.1-U1", "")
    assert small.messages() == [
        f"checklists/c1.yaml:9: error: line `C1-asks`: has no {kind} behaviour to watch for, "
        "so that it can have no level. Add one of competency `D1.1`.",
        f"competencies.yaml:9: error: competency `D1.1`: has no {kind} behaviour. Add what an observer would see.",
    ]


@pytest.mark.parametrize("id_", ["D1.1-F1", "D1.2-B1", "D1.1-B", "ask"])
def test_behaviour_id_fits_its_competency_and_kind(small, id_):
    small.change("competencies.yaml", "id: D1.1-B1", f"id: {id_}")
    assert small.messages() == [
        f"competencies.yaml:11: error: behaviour `{id_}`: id `{id_}` does not fit a behaviour of kind `basic` "
        "of `D1.1`. Write it as `D1.1-B1`."
    ]


def test_competency_nobody_teaches_or_rates_is_warned_about(small):
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
    assert small.messages() == [
        "competencies.yaml:12: warning: competency `D1.2`: is rated by no checklist. Give it a line on a checklist.",
        "competencies.yaml:12: warning: competency `D1.2`: is taught by no module. "
        "Name it in a module's `competencies`.",
    ]
