"""`python -m people import`: dry run, exit codes, what is printed, the app running or not."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assessments.facts import ProgrammeActivated
from curriculum.bundle import to_bundle
from people.__main__ import main
from people.facts import Enrolment, OperatorAct
from people.ids import new_fact_id
from people.models import NOBODY, HubId, Office
from people.service import add_person, give_grant, open_cohort, open_hub
from store.ledger import Store
from store.socket import serve_store
from tests.builders import PROGRAMME, make_programme
from tests.people.building import HERE, OPERATOR_ACTOR, TODAY

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
COHORT = "riverside-2026-11"
GOOD = "name,login,trainer\nAna Silva,ana,tom\nنور الحسن,noor,\n"


def _furnish(store: Store, hub_id: HubId = HERE) -> None:
    now = datetime.now(UTC)
    programme = make_programme()
    version_no = store.publish(programme, to_bundle(programme))
    open_hub(store, OPERATOR_ACTOR, hub_id, "Riverside", now)
    activated = {"programme_id": PROGRAMME, "version_no": version_no, "hub_id": hub_id}
    fact_id = new_fact_id()
    store.append(
        ProgrammeActivated(fact_id=fact_id, person_id=NOBODY, actor_id=NOBODY, occurred_at=now, **activated)  # type: ignore[arg-type]
    )
    open_cohort(
        store, OPERATOR_ACTOR, hub_id, PROGRAMME, "Autumn", starts_on=TODAY, active_version_no=version_no, now=now
    )
    tom = add_person(store, OPERATOR_ACTOR, "Tom", "tom", now)
    give_grant(store, OPERATOR_ACTOR, tom, Office.TRAINER, now, hub_id=hub_id)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of a store with a live programme, an empty cohort and a trainer `tom`; no process has it open."""
    path = tmp_path / "hub.duckdb"
    store = Store.open(path)
    _furnish(store)
    store.close()
    return path


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Store]:
    """The same, open in an app that answers."""
    path = tmp_path / "hub.duckdb"
    store = Store.open(path)
    _furnish(store)
    with serve_store(store, path):
        yield store
    store.close()


def _file(path: Path, text: str, encoding: str = "utf-8") -> str:
    roster = path.with_name("spring.csv")
    roster.write_bytes(text.encode(encoding))
    return str(roster)


def _run(path: Path, text: str, *more: str) -> int:
    return main(["import", _file(path, text), "--cohort", COHORT, "--store", str(path), *more])


def _enrolled(path: Path) -> list[str]:
    store = Store.open(path)
    try:
        return sorted(store.name_of(one.person_id) for one in store.list_facts(Enrolment))
    finally:
        store.close()


def test_a_dry_run_says_each_line_and_changes_nothing(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(path, GOOD, "--dry-run") == 0
    assert capsys.readouterr().out.splitlines() == [
        "Read as UTF-8, cells parted by a comma.",
        "Line 2: Ana Silva (ana): new, joins as leader, trainer tom",
        "Line 3: نور الحسن (noor): new, joins as leader",
        "2 lines read, 2 would change something (2 new people), 0 are as they are already, 0 refused. "
        "Nothing was changed.",
    ]
    assert _enrolled(path) == []
    store = Store.open(path)
    assert store.list_facts(OperatorAct) == []
    store.close()


def test_an_import_is_done_recorded_and_the_same_again_changes_nothing(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(path, GOOD) == 0
    assert _run(path, GOOD) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == "2 lines read, 0 changed something (0 new people), 2 are as they are already, 0 refused."
    assert _enrolled(path) == ["Ana Silva", "نور الحسن"]
    store = Store.open(path)
    assert [act.command for act in store.list_facts(OperatorAct)] == ["people import"] * 2
    store.close()


def test_refused_lines_are_named_the_others_done_and_the_exit_is_1(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(path, GOOD + "Ben,b,\n,carl,\n") == 1
    printed = capsys.readouterr().out
    assert "Line 4, login: found “b”; expected a sign-in name: use 3 to 32 small letters" in printed
    assert "Line 5, name: found nothing; expected a name of at most 80 characters: it is empty" in printed
    assert _enrolled(path) == ["Ana Silva", "نور الحسن"]


def test_a_column_about_families_refuses_the_file(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(path, "name,child\nAna,Leo\n") == 1
    printed = capsys.readouterr().out
    assert "a column called “child”" in printed
    assert "Leo" not in printed
    assert _enrolled(path) == []


def test_json_tells_encoding_counts_refusals_and_lines(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = _file(path, GOOD.replace(",", ";") + "Ben;b;\n", "utf-16")
    given = ["import", name, "--cohort", COHORT, "--dry-run", "--format", "json", "--store", str(path)]
    assert main(given) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["encoding"], told["delimiter"]) == ("UTF-16, little-endian", "semicolon")
    assert (told["read"], told["imported"], told["new"], told["same"], told["dry_run"]) == (3, 2, 2, 0, True)
    assert [(one["line"], one["column"], one["found"]) for one in told["refused"]] == [(4, "login", "“b”")]
    assert told["lines"][0] == {
        "line": 2,
        "name": "Ana Silva",
        "login": "ana",
        "role": "leader",
        "trainer": "tom",
        "what": "new",
    }


def test_an_unknown_cohort_is_a_sentence_and_exit_1(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", _file(path, GOOD), "--cohort", "gone", "--store", str(path)]) == 1
    assert "There is no cohort `gone`" in capsys.readouterr().err


@pytest.mark.parametrize(
    "given", [["import"], ["import", "x.csv"], ["import", "gone.csv", "--cohort", "c", "--store", "s"]]
)
def test_wrong_use_is_exit_2(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(given)
    assert caught.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


def test_help_says_the_columns_an_example_and_the_exits(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["import", "--help"])
    text = " ".join(capsys.readouterr().out.split())
    assert "columns name, login, role, trainer" in text
    assert "python -m people import spring.csv --cohort riverside-2026-11 --dry-run" in text
    assert "Exit 0: done, 1: something was refused, 2: wrong use." in text


def test_a_running_app_imports_and_says_how_far_it_is(served: Store, tmp_path: Path) -> None:
    path = tmp_path / "hub.duckdb"
    rows = "".join(f"Person {n},person-{n},tom\n" for n in range(600))
    command = [sys.executable, "-m", "people", "import", _file(path, "name,login,trainer\n" + rows)]
    command += ["--cohort", COHORT, "--format", "json", "--store", str(path)]
    dry = subprocess.run([*command, "--dry-run"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (dry.returncode, json.loads(dry.stdout)["new"]) == (0, 600)
    assert served.list_facts(Enrolment) == []
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, json.loads(done.stdout)["new"]) == (0, 600)
    assert done.stderr.splitlines()[0] == "0 of 600 lines"
    assert done.stderr.splitlines()[-1] == "600 of 600 lines"
    assert len(served.list_facts(Enrolment)) == 600
