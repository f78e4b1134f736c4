"""`python -m analytics readiness`: the page's verdicts, with the app running or not."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analytics.__main__ import main
from analytics.commands import COMMANDS
from curriculum.gates import PortfolioGate, QuizGate, QuizPart
from curriculum.ids import GateId
from people.facts import OperatorAct
from store.ledger import Store
from store.readiness import verdicts
from store.socket import serve_store
from tests.analytics.place import COHORT, STRANGER, TRAINEE, WHY, Place
from tests.builders import PROGRAMME, QUIZ

Run = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with Sunita, who passed the quiz a week ago, and somebody without a name."""
    path = tmp_path_factory.mktemp("made") / "hub.duckdb"
    place = Place(
        QuizGate(id=GateId("quizzes"), title="Quizzes", why=WHY, kind="quiz", parts=(QuizPart(blueprint=QUIZ),)),
        PortfolioGate(id=GateId("reflections"), title="Reflections", why=WHY, kind="portfolio", min=2, severity="warn"),
        path=path,
    )
    place.enrol(STRANGER)
    place.attempt(-7)
    place.store.close()
    return path


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    """A copy of that store, of the test's own."""
    return Path(shutil.copy(made, tmp_path))


@pytest.fixture
def run(path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command for the programme and return its JSON."""

    def asked(*given: str) -> dict[str, Any]:
        status = main(["readiness", "--programme", PROGRAMME, "--store", str(path), "--format", "json", *given])
        assert status == 0
        answer: dict[str, Any] = json.loads(capsys.readouterr().out)
        return answer

    return asked


def test_the_json_is_the_public_format(run: Run) -> None:
    answer = run("--person", "sunita")
    assert sorted(answer) == ["as_of", "is_ahead", "known_at", "programme", "verdicts"]
    (verdict,) = answer["verdicts"]
    assert (verdict["person"], verdict["role"], verdict["status"]) == (TRAINEE, "leader", "ready_for_decision")
    assert "name" not in verdict
    quiz, reflections = verdict["gates"]
    assert (len(quiz.pop("evidence")), quiz) == (
        1,
        {"gate": "quizzes", "severity": "block", "state": "met", "need": 1, "have": 1, "next": None},
    )
    assert reflections == {
        "gate": "reflections",
        "severity": "warn",
        "state": "not_met",
        "need": 2,
        "have": 0,
        "evidence": [],
        "next": "Write 2 more reflections.",
    }


def test_the_command_says_what_the_store_says(run: Run, path: Path) -> None:
    answer = run()
    store = Store.open(path)
    now = store.clock()
    expected = verdicts(store, PROGRAMME, as_of=now, known_at=now, with_evidence=True)
    store.close()
    assert [verdict["person"] for verdict in answer["verdicts"]] == [TRAINEE, STRANGER]
    assert [
        [(gate["gate"], gate["state"], gate["have"], gate["evidence"]) for gate in verdict["gates"]]
        for verdict in answer["verdicts"]
    ] == [
        [(gate.gate_id, gate.state, gate.have, [str(fact_id) for fact_id in gate.evidence]) for gate in one.gates]
        for one in expected
    ]


def test_explained_verdicts_go_down_to_the_facts(run: Run) -> None:
    (verdict,) = run("--person", str(TRAINEE), "--explain")["verdicts"]
    quiz = verdict["gates"][0]
    (part,) = quiz["parts"]
    (fact,) = part["facts"]
    assert (quiz["title"], quiz["why"], part["label"]) == ("Quizzes", WHY, "Quiz: Quiz")
    assert (fact["fact"], fact["what"], fact["by"]) == (quiz["evidence"][0], "Quiz: 4 of 4 points", "Tom")


def test_a_day_alone_means_its_end(run: Run) -> None:
    known = ["--person", "sunita", "--as-of", "2026-03-03"]
    (then,) = run(*known)["verdicts"]
    (before,) = run(*known[:-1], "2026-03-02")["verdicts"]
    assert (then["status"], before["status"]) == ("ready_for_decision", "not_started")
    assert run(*known)["as_of"] == "2026-03-03T23:59:59.999999+00:00"


def test_a_time_without_a_zone_is_local_time(run: Run) -> None:
    assert run("--as-of", "2026-07-01T09:30")["as_of"] == "2026-07-01T09:30:00+01:00"


def test_what_was_not_recorded_yet_was_not_known(run: Run) -> None:
    (verdict,) = run("--person", "sunita", "--known-at", "2026-03-02")["verdicts"]
    assert (verdict["status"], verdict["gates"][0]["state"]) == ("not_started", "not_met")


def test_before_the_first_fact_nobody_is_enrolled(run: Run) -> None:
    assert run("--as-of", "2019-12-31")["verdicts"] == []


def test_on_a_day_that_lies_ahead_it_is_said_that_nothing_more_was_recorded(
    run: Run, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = run("--as-of", "2096-02-29", "--person", "sunita")
    assert answer["as_of"] == "2096-02-29T23:59:59.999999+00:00"
    assert answer["is_ahead"] is True
    assert run()["is_ahead"] is False
    assert main(["readiness", "--programme", PROGRAMME, "--as-of", "2096-02-29", "--store", str(path)]) == 0
    assert "lies ahead" in capsys.readouterr().out.splitlines()[1]


def test_a_closed_gate_says_what_would_open_it(run: Run) -> None:
    (verdict,) = run("--person", "sunita", "--explain")["verdicts"]
    quiz, reflections = verdict["gates"]
    assert quiz["flip"] is None
    assert reflections["flip"] == {
        "facts": [{"times": 2, "what": "reflection written"}],
        "by": None,
        "waits_for": None,
    }


def test_the_text_names_people(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["readiness", "--programme", PROGRAMME, "--cohort", COHORT, "--explain", "--store", str(path)]
    assert main(given) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("alongside as of 20")
    assert lines[1:12] == [
        "",
        "Sunita (1), leader: ready for decision",
        "  Next: Ask your trainer to decide: all is there.",
        "  done  quizzes: 1 of 1",
        "        done  Quiz: Quiz: 1 of 1",
        "            2026-03-03  Quiz: 4 of 4 points, by Tom",
        "  open  reflections (warn): 0 of 2  Write 2 more reflections.",
        "        open  Reflections written: 0 of 2",
        "        would open it, no fewer:",
        "            2 × reflection written",
        "",
    ]
    assert lines[12] == "Person 3 (3), leader: not started"


def test_the_operator_is_recorded(run: Run, path: Path) -> None:
    run()
    store = Store.open(path)
    assert [act.command for act in store.list_facts(OperatorAct)] == ["analytics readiness"]
    store.close()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (["--programme", "nowhere"], "There is no programme `nowhere`"),
        (["--programme", PROGRAMME, "--cohort", "nobody"], "There is no cohort `nobody`"),
        (["--programme", PROGRAMME, "--person", "nobody"], "There is no person `nobody`"),
        (["--programme", PROGRAMME, "--person", "tom"], "Person 2 is not enrolled in `alongside`"),
    ],
)
def test_a_name_that_is_not_known_is_told(
    given: list[str], sentence: str, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["readiness", *given, "--store", str(path)]) == 1
    told = capsys.readouterr()
    assert (told.out, told.err.startswith(sentence)) == ("", True)


def test_a_missing_store_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["readiness", "--programme", "x", "--store", str(tmp_path / "none.duckdb")]) == 1
    assert capsys.readouterr().err.startswith("There is no store at")


@pytest.mark.parametrize(
    "given", [[], ["readiness"], ["readiness", "--programme", "x", "--as-of", "soon"], ["polish", "--store", "x"]]
)
def test_wrong_use_exits_with_two(given: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(given)
    assert ended.value.code == 2


def test_help_shows_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["readiness", "--help"])
    assert ended.value.code == 0
    assert "python -m analytics readiness --programme" in capsys.readouterr().out


def ask_elsewhere(path: Path, *given: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "analytics", "readiness", "--store", str(path), *given]
    environment = os.environ | {"PYTHONWARNINGS": "error"}
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60, check=False)


def test_a_running_app_answers_with_the_same_verdicts(path: Path, run: Run) -> None:
    alone = run("--explain")
    store = Store.open(path)
    with serve_store(store, path, COMMANDS):
        given = ["--programme", PROGRAMME, "--explain", "--format", "json"]
        answered = ask_elsewhere(path, *given)
        refused = ask_elsewhere(path, "--programme", "nowhere")
    store.close()
    assert (answered.returncode, answered.stderr) == (0, "")
    assert json.loads(answered.stdout)["verdicts"] == alone["verdicts"]
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith("There is no programme `nowhere`")
