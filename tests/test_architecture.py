"""The house rules that a reader would otherwise have to trust: where SQL stands, what is under contract."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("curriculum", "people", "assessments", "store", "analytics", "web")
MODULES = sorted(
    path for package in PACKAGES for path in (ROOT / package).rglob("*.py") if "__pycache__" not in path.parts
)
SQL = re.compile(r"(?is)\b(select\s.+\sfrom\s|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s|create\s+table\s)")
ENTRY_LINES = 80


def strings_of(path: Path) -> list[ast.Constant]:
    """Return the text constants of a module that are no docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    docstrings = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    found = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return [node for node in found if node not in docstrings]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_sql_stands_only_in_the_store_and_never_on_several_lines_of_python(path):
    statements = [node.value for node in strings_of(path) if SQL.search(node.value)]
    if path.is_relative_to(ROOT / "store"):
        assert not [text for text in statements if text.strip().count("\n") > 0]
    else:
        assert not statements


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_is_named_after_nothing(path):
    assert path.stem not in {"utils", "helpers", "common", "misc"}


def test_every_package_is_under_an_import_contract():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    layers = next(contract["layers"] for contract in settings["contracts"] if contract["type"] == "layers")
    folders = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks"}
    assert folders == set(layers) == set(settings["root_packages"]) == set(PACKAGES)


def test_no_folder_is_named_as_streamlit_serves_past_the_guards():
    assert not [path for path in (ROOT / "web").rglob("pages") if path.is_dir()]
    assert not (ROOT / "pages").exists()


def test_the_entry_joins_and_does_nothing_else():
    text = (ROOT / "app.py").read_text("utf-8")
    assert len(text.splitlines()) < ENTRY_LINES
    assert "app = st.App(" in text


def test_nothing_is_left_for_later():
    found = [
        str(path.relative_to(ROOT))
        for path in MODULES
        if re.search(r"\b(TODO|FIXME|XXX|NotImplementedError)\b", path.read_text("utf-8"))
    ]
    assert found == []


def test_no_dependency_is_unpinned():
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = [line.strip() for line in (ROOT / name).read_text("utf-8").splitlines()]
        loose = [line for line in lines if line and not line.startswith(("#", "-r")) and "==" not in line]
        assert loose == []
