"""A smallest valid programme in a folder, of which a test changes what matters to it."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from curriculum.loading import load_programme
from curriculum.models import Programme

FILES = {
    "programme.yaml": """\
id: small
title: Small
version: 1.0.0
language: en-GB
licence: MIT
notice: Made up.
summary: A small programme.
emergency: Call for help.
roles:
  - id: leader
    title: Leader
activities:
  - {id: E1, title: Lead, roles: [leader]}
prerequisites:
  - {id: course, title: Took part in the course}
certificates:
  - {id: safety, title: Safety certificate, months: 24}
sessions:
  - {id: T1, title: First training session, module: M1, minutes: 60}
""",
    "manual/m1.md": """\
# Listening {#M1}

What this chapter is about.

## Asking {#M1.1}

Ask an open question.

Then wait.

- Nod.
- Smile.
""",
    "competencies.yaml": """\
domains:
  - id: D1
    title: Listening
    competencies:
      - id: D1.1
        title: Asks
        statement: Asks and waits.
        section: M1.1
        behaviours:
          - {id: D1.1-U1, kind: unhelpful, text: Interrupts}
          - {id: D1.1-B1, kind: basic, text: Asks an open question}
""",
    "modules/m1.md": """\
---
id: M1
title: Listening
order: 1
minutes: 5
outcomes: [Ask an open question.]
competencies: [D1.1]
---

## Asking

::: passage M1.1 1-2
:::

"""
    + "You ask and then you wait for a while. " * 45
    + """

::: check m1-ask-90
:::
""",
    "items/m1.yaml": """\
- id: m1-ask-01
  kind: single
  scenario: true
  stem: A parent looks sad. What do you say?
  options:
    - {text: How are you?, correct: true, rationale: It is open.}
    - {text: Cheer up now!, rationale: It stops the talk., behaviour: D1.1-U1}
    - {text: Go home then!, rationale: It sends them off.}
  section: M1.1
  competency: D1.1
- id: m1-ask-02
  kind: true_false
  scenario: true
  stem: You wait when a parent thinks.
  options:
    - {text: "True", correct: true, rationale: It gives time.}
    - {text: "False", rationale: People need time.}
  section: M1.1
  competency: D1.1
- id: m1-ask-03
  kind: ordering
  scenario: true
  stem: Put these steps in order.
  options:
    - {text: Ask, rationale: First you ask.}
    - {text: Wait, rationale: Then you wait.}
    - {text: Thank, rationale: Thanks come last.}
  section: M1.1
  competency: D1.1
- id: m1-ask-90
  kind: multiple
  pool: practice
  stem: Which of these are open?
  options:
    - {text: What next?, correct: true, rationale: It is open.}
    - {text: How so?, correct: true, rationale: It is open.}
    - {text: Was it bad?, rationale: It asks for yes or no.}
  section: M1.1
  competency: D1.1
""",
    "blueprints/quiz-m1.yaml": """\
id: quiz-m1
module: M1
title: Quiz on listening
draw: 1
pass_pct: 80
practice_draw: 1
cut_source: illustrative
""",
    "checklists/c1.yaml": """\
id: C1
title: Listening
explain: Tick what you see.
scale: behaviour4
settings: [roleplay, live]
scenarios: [tea]
passes: {min_level: 3}
lines:
  - {id: C1-asks, text: Asks, competency: D1.1, section: M1.1}
""",
    "scenarios/tea.md": """\
---
id: tea
title: Tea
checklists: [C1]
prompts: [Sit down., Sigh., Get up.]
stop_word: lamp
---

You are a parent who has a cup of tea.
""",
    "readiness.yaml": """\
gates:
  - id: practice
    kind: practice
    title: Practice
    why: It shows what you can do.
    cut_source: illustrative
    evidence: It was not tested.
    chosen_by: the authors
    reviewed: not yet
    parts:
      - {checklist: C1, setting: live, min: 1}
""",
}


@dataclass
class ProgrammeFolder:
    """A programme's folder; `change` and `write` edit it, `messages` says what the checker finds."""

    path: Path

    def write(self, name: str, text: str | bytes) -> None:
        file = self.path / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)

    def change(self, name: str, old: str, new: str) -> None:
        """Replace a text that stands once in a file."""
        text = (self.path / name).read_text()
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))

    def append(self, name: str, text: str) -> None:
        self.write(name, (self.path / name).read_text() + text)

    def load(self) -> Programme | None:
        return load_programme(self.path)[0]

    def messages(self) -> list[str]:
        """Return the problems as the command prints them, with paths from the folder."""
        return [str(problem).removeprefix(f"{self.path.as_posix()}/") for problem in load_programme(self.path)[1]]


@pytest.fixture
def small(tmp_path) -> ProgrammeFolder:
    """Return a smallest valid programme."""
    folder = ProgrammeFolder(tmp_path / "small")
    folder.path.mkdir()
    for name, text in FILES.items():
        folder.write(name, text)
    return folder
