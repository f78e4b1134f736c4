"""`python -m curriculum check`."""

import json
import subprocess
import sys

import pytest

from curriculum.__main__ import main


def test_programme_without_problems_exits_0(small, capsys):
    assert main(["check", str(small.path)]) == 0
    assert capsys.readouterr().out == f"{small.path}: no problems\n"


def test_errors_exit_1_and_are_printed_by_file_and_line(small, capsys):
    small.change("checklists/c1.yaml", "section: M1.1", "section: M1.9")
    small.change("blueprints/quiz-m1.yaml", "module: M1", "module: M2")
    assert main(["check", str(small.path)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines == [
        f"{small.path}/blueprints/quiz-m1.yaml:2: error: blueprint `quiz-m1`: unknown module `M2`. There is `M1`.",
        f"{small.path}/checklists/c1.yaml:9: error: line `C1-asks`: unknown section `M1.9`. Did you mean `M1.1`?",
        f"{small.path}/modules/m1.md:2: warning: module `M1`: has 3 counting items, but no blueprint draws them. "
        "Write a blueprint for the module.",
        f"{small.path}: 2 errors, 1 warning",
    ]


def test_warnings_alone_exit_0(small, capsys):
    small.write("items/notes.txt", "x")
    assert main(["check", str(small.path)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == f"{small.path}: 1 warning"


def test_json_holds_each_problem_by_field(small, capsys):
    small.change("checklists/c1.yaml", "section: M1.1", "section: M1.9")
    assert main(["check", str(small.path), "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out) == {
        "programmes": [{"folder": str(small.path), "errors": 1, "warnings": 0}],
        "problems": [
            {
                "path": f"{small.path}/checklists/c1.yaml",
                "line": 9,
                "where": "line `C1-asks`",
                "message": "unknown section `M1.9`",
                "hint": "Did you mean `M1.1`?",
                "severity": "error",
            }
        ],
    }


def test_folder_without_programme_exits_2(tmp_path, capsys):
    assert main(["check", str(tmp_path / "none")]) == 2
    assert capsys.readouterr().err == (
        f"`{tmp_path}/none` holds no programme: there is no `programme.yaml` in it. "
        "Give the folder of one programme, such as programmes/alongside.\n"
    )


def test_all_programmes_are_checked_by_default(small, capsys, monkeypatch):
    small.path.rename(small.path.parent / "x")
    (small.path.parent / "programmes").mkdir()
    (small.path.parent / "x").rename(small.path.parent / "programmes" / "small")
    monkeypatch.chdir(small.path.parent)
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "programmes/small: no problems\n"


def test_nothing_to_check_exits_2(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) == 2


@pytest.mark.parametrize("arguments", [[], ["chek"], ["check", "--format", "xml"]])
def test_wrong_use_exits_2(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_help_shows_an_example(capsys):
    with pytest.raises(SystemExit):
        main(["check", "--help"])
    assert "python -m curriculum check programmes/alongside" in capsys.readouterr().out


def test_module_runs_as_a_command(small):
    command = [sys.executable, "-m", "curriculum", "check", small.path]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
