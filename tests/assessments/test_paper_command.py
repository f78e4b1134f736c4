"""`python -m assessments forms|paper`: what is written, and what comes back, with the app running or not."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assessments.__main__ import main
from assessments.facts import Hold, Observation, SheetTakenOver
from assessments.paper.codes import content_code, new_form_code, person_code
from assessments.service.programmes import publish_programme
from curriculum.bundle import to_bundle
from curriculum.ids import ChecklistId
from people.facts import OperatorAct
from people.models import Actor, PersonId
from store.ledger import Store
from store.socket import serve_store
from tests.assessments.world import World, make_world_on
from tests.builders import NOW, PROGRAMME, make_programme

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
TABLE = str(ROOT / "programmes" / "carers-table")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    store = Store.open(tmp_path / "hub.duckdb", clock=lambda: NOW)
    programme = make_programme()
    publish_programme(store, Actor(PersonId(0), "operator", is_operator=True), programme, to_bundle(programme), NOW)
    made = make_world_on(store)
    yield made
    made.ledger.close()


def batch_of(world: World, path: Path, **cells: str) -> Path:
    programme = world.ledger.programme(PROGRAMME, 1)
    filled = {
        "form": new_form_code(),
        "checklist": "C2",
        "content": content_code(programme, programme.checklist_by_id[ChecklistId("C2")]),
        "trainee": person_code(world.trainee.person_id),
        "observer": person_code(world.trainer.person_id),
        "day": "2025-03-09",
        "late_reason": "paper_record",
        "setting": "1",
        "counts": "y",
        "L1/D1.1-B1": "s",
        "overall": "3",
        "help": "4",
    } | cells
    text = io.StringIO()
    writer = csv.DictWriter(text, list(filled))
    writer.writeheader()
    writer.writerow(filled)
    path.write_text(text.getvalue())
    return path


def run(*words: str) -> int:
    return main([*words])


# ---------------------------------------------------------------- forms


def test_sheets_files_and_tablet_forms_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        run("forms", "--programme", TABLE, "--into", str(tmp_path / "out"), "--checklist", "F5", "--copies", "2") == 0
    )
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["carers-table-f5.csv", "carers-table-f5.pdf", "carers-table-f5.xlsx"]
    assert capsys.readouterr().out.count("written: ") == 3


@pytest.mark.parametrize("words", [("--checklist", "F99"), ("--copies", "0")])
def test_wrong_use_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    assert run("forms", "--programme", TABLE, "--into", str(tmp_path), *words) == 2
    assert "expected" in capsys.readouterr().err


# ---------------------------------------------------------------- paper


def test_the_running_app_takes_the_batch_over(world: World, tmp_path: Path) -> None:
    path = tmp_path / "hub.duckdb"
    file = batch_of(world, tmp_path / "batch.csv")
    command = [sys.executable, "-m", "assessments", "paper", str(file), "--store", str(path), "--format", "json"]
    with serve_store(world.ledger, path):
        dry = subprocess.run([*command, "--dry-run"], cwd=ROOT, capture_output=True, text=True, check=False)
        assert (dry.returncode, json.loads(dry.stdout)["taken_over"]) == (0, 1)
        assert world.ledger.list_facts(Observation) == []
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert (done.returncode, json.loads(done.stdout)["taken_over"]) == (0, 1)
    assert len(world.ledger.list_facts(Observation)) == 1
    assert len(world.ledger.list_facts(SheetTakenOver)) == 1
    assert [act.command for act in world.ledger.list_facts(OperatorAct)] == ["assessments paper"]


def test_without_the_app_the_store_is_opened_here(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = str(tmp_path / "hub.duckdb")
    file = batch_of(world, tmp_path / "batch.csv")
    world.ledger.close()
    assert run("paper", str(file), "--store", store) == 0
    assert "1 taken over" in capsys.readouterr().out
    assert run("paper", str(file), "--store", store) == 0
    assert "1 here already, unchanged" in capsys.readouterr().out
    with closing(Store.open(tmp_path / "hub.duckdb", must_exist=True)) as opened:
        assert len(opened.list_facts(Observation)) == 1


def test_what_waits_and_what_is_refused_is_told_in_its_place(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store, code = str(tmp_path / "hub.duckdb"), new_form_code()
    bad = batch_of(world, tmp_path / "bad.csv", help="7")
    live = {"setting": "live", "stage": "lead_part", "session": "G1", "second_leader": "y"}
    harm = batch_of(world, tmp_path / "harm.csv", **live, **{"L2/D1.2-U1": "s", "form": code})
    world.ledger.close()
    assert run("paper", str(bad), "--store", store) == 1
    assert "help: refused: “7”; expected 1 to 5. Write the number" in capsys.readouterr().out
    assert run("paper", str(harm), "--store", store) == 1
    assert f"give --saw {code}" in capsys.readouterr().out
    assert run("paper", str(harm), "--store", store, "--saw", code) == 0
    with closing(Store.open(tmp_path / "hub.duckdb", must_exist=True)) as opened:
        assert len(opened.list_facts(Hold)) == 1


def test_a_file_that_is_not_there_is_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("paper", str(tmp_path / "gone.csv"), "--store", str(tmp_path / "x.duckdb")) == 2
    assert "cannot be read" in capsys.readouterr().err
