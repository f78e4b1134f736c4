"""`python -m assessments import` and `export`: the report, the exit status, all files or none."""

import json
from pathlib import Path

import pytest

from assessments.__main__ import main
from assessments.exchange import folders
from assessments.exchange.folders import load_items

GOOD = "::One::Who?{=a ~b ~c}\n\n::Two::Yes?{T}\n"
MIXED = f"{GOOD}\n::Words::Only words.\n"


@pytest.fixture
def quiz(tmp_path):
    path = tmp_path / "quiz.gift"
    path.write_text(MIXED)
    return path


def run(capsys, *arguments):
    status = main([str(each) for each in arguments])
    said = capsys.readouterr()
    return status, said.out, said.err


def test_report_counts_what_was_read_and_names_what_was_refused(capsys, quiz, tmp_path):
    status, out, _ = run(capsys, "import", quiz, "--into", tmp_path / "new", "--format", "json")
    assert status == 1
    assert json.loads(out) == {
        "read": 3,
        "imported": 2,
        "refused": [
            {
                "where": f"{quiz.as_posix()}:5: question `Words`",
                "reason": "a text without a question; expected answers in braces. "
                "Put the text into the module, or into a question.",
            }
        ],
    }


def test_items_stand_in_a_draft_that_says_what_is_missing(capsys, quiz, tmp_path):
    _, out, _ = run(capsys, "import", quiz, "--into", tmp_path / "new", "--module", "M3")
    assert out.splitlines()[1:] == [
        "3 read, 2 imported, 1 refused",
        f"written: {(tmp_path / 'new/items/from-quiz.yaml').as_posix()}",
        "2 items still need their section and competency: replace `to-be-set` in the file",
    ]
    items, problems = load_items(tmp_path / "new")
    assert ([item.id for item in items], problems) == (["m3-one", "m3-two"], [])
    assert {item.section for item in items} == {"to-be-set"}


def test_section_and_competency_may_be_given(capsys, quiz, tmp_path):
    run(capsys, "import", quiz, "--into", tmp_path / "new", "--section", "M3.1", "--competency", "D1.1")
    assert {(item.section, item.competency) for item in load_items(tmp_path / "new")[0]} == {("M3.1", "D1.1")}


def test_dry_run_writes_nothing(capsys, quiz, tmp_path):
    status, out, _ = run(capsys, "import", quiz, "--into", tmp_path / "new", "--dry-run")
    assert (status, "2 would be imported" in out) == (1, True)
    assert not (tmp_path / "new").exists()


def test_everything_carried_is_status_0(capsys, tmp_path):
    (tmp_path / "a.txt").write_text(GOOD)
    assert run(capsys, "import", tmp_path / "a.txt", "--into", tmp_path / "new")[0] == 0


def test_file_that_is_there_already_is_not_written_over(capsys, quiz, tmp_path):
    run(capsys, "import", quiz, "--into", tmp_path / "new")
    before = (tmp_path / "new/items/from-quiz.yaml").read_text()
    status, _, said = run(capsys, "import", quiz, "--into", tmp_path / "new", "--module", "M3")
    assert (status, "stands there already" in said) == (1, True)
    assert (tmp_path / "new/items/from-quiz.yaml").read_text() == before


def test_nothing_is_left_when_a_file_cannot_be_put_in_place(monkeypatch, tmp_path):
    moves: list[Path] = []
    move = Path.rename

    def fails_at_the_second(self, target):
        moves.append(target)
        if len(moves) == 2:
            raise OSError(28, "No space left on device")
        return move(self, target)

    monkeypatch.setattr(Path, "rename", fails_at_the_second)
    with pytest.raises(folders.CannotWriteError):
        folders.write_all(tmp_path, {"a.yaml": "a", "b.yaml": "b"}, {"c.png": b"c"})
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert not list(tmp_path.glob(".import-*"))


@pytest.mark.parametrize(
    "arguments",
    [
        ["import", "gone.gift", "--into", "new"],
        ["import", ".", "--into", "new"],
        ["import", "quiz.gift", "--into", "quiz.gift"],
        ["import", "quiz.gift", "--into", "new", "--encoding", "latin-99"],
        ["import", "quiz.gift", "--into", "new", "--module", "M 3"],
        ["import", "quiz.gift", "--into", "new", "--name", "../x"],
        ["export", "gone", "--to", "a.gift"],
        ["export", ".", "--to", "a.doc"],
    ],
)
def test_wrong_use_is_status_2_and_one_line(capsys, monkeypatch, quiz, arguments):
    monkeypatch.chdir(quiz.parent)
    status, _, said = run(capsys, *arguments)
    assert (status, said.count("\n")) == (2, 1)


@pytest.mark.parametrize("command", ["import", "export"])
def test_help_has_an_example(capsys, command):
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert (ended.value.code, f"python -m assessments {command} " in capsys.readouterr().out) == (0, True)


def test_long_work_says_how_far_it_is(capsys, tmp_path):
    (tmp_path / "a.gift").write_text("Yes?{T}\n\n" * 2_500)
    _, out, said = run(capsys, "import", tmp_path / "a.gift", "--into", tmp_path / "new", "--format", "json")
    assert json.loads(out)["imported"] == 2_500
    assert [line.rsplit(": ", 1)[1] for line in said.splitlines()] == ["1,000 questions", "2,000 questions"]


def test_draft_is_split_into_files_that_a_programme_reads(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr("assessments.exchange.drafts.MAX_BYTES", 3_000)
    (tmp_path / "a.gift").write_text("Yes?{T}\n\n" * 30)
    run(capsys, "import", tmp_path / "a.gift", "--into", tmp_path / "new")
    paths = sorted((tmp_path / "new" / "items").iterdir())
    assert len(paths) > 1
    assert all(path.stat().st_size <= 3_000 for path in paths)
    assert len(load_items(tmp_path / "new")[0]) == 30


@pytest.mark.parametrize("ending", ["gift", "xml", "zip"])
def test_programme_goes_out_and_comes_back_as_it_was(capsys, tmp_path, ending):
    source = Path("programmes/alongside/items/m9.yaml")
    known = {item.id: item for item in load_items(source)[0]}
    status, out, _ = run(
        capsys,
        "export",
        source,
        "--module",
        "M9",
        "--to",
        tmp_path / f"m9.{ending}",
        "--format",
        "json",
    )
    report = json.loads(out)
    assert (report["read"], len(report["refused"])) == (40, 2 if ending == "gift" else 0)
    assert status == (1 if ending == "gift" else 0)
    run(capsys, "import", tmp_path / f"m9.{ending}", "--into", tmp_path / "new")
    items, problems = load_items(tmp_path / "new")
    assert (len(items), problems) == (report["exported"], [])
    assert [item.id for item in items if known[item.id] != item] == []


def test_export_names_items_that_cannot_be_read(capsys, tmp_path):
    (tmp_path / "items").mkdir()
    (tmp_path / "items" / "a.yaml").write_text("- id: m1-a\n  kind: puzzle\n- {id: m1-b, kind: single}\n")
    status, out, _ = run(capsys, "export", tmp_path, "--to", tmp_path / "a.gift")
    assert (status, "item `m1-a`: unknown kind of item `puzzle`" in out, "`stem` is missing" in out) == (1, True, True)
    assert not (tmp_path / "a.gift").exists()
