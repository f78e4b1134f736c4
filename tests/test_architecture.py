"""The house rules that a reader would otherwise have to trust: where SQL stands, what is under contract."""

import ast
import importlib
import inspect
import re
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ("curriculum", "people", "assessments", "store", "analytics", "web")
MODULES = sorted(
    path for package in PACKAGES for path in (ROOT / package).rglob("*.py") if "__pycache__" not in path.parts
)
SQL = re.compile(r"(?is)\b(select\s.+\sfrom\s|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s|create\s+table\s)")
ENTRY_LINES = 80


@cache
def tree_of(path: Path) -> ast.Module:
    """Return a module as Python reads it."""
    return ast.parse(path.read_text("utf-8"))


def strings_of(path: Path) -> list[ast.Constant]:
    """Return the text constants of a module that are no docstrings."""
    tree = tree_of(path)
    docstrings = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    found = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return [node for node in found if node not in docstrings]


def breaking(paths, break_of):
    """Return, for each of the modules that break a rule, what breaks it."""
    return {str(path.relative_to(ROOT)): broken for path in paths if (broken := break_of(path))}


def test_sql_stands_only_in_the_store_and_never_on_several_lines_of_python():
    def misplaced(path):
        statements = [node.value for node in strings_of(path) if SQL.search(node.value)]
        if path.is_relative_to(ROOT / "store"):
            return [text for text in statements if text.strip().count("\n") > 0]
        return statements

    assert breaking(MODULES, misplaced) == {}


# ---------------------------------------------------------------- pages compute no figures

WEB = [path for path in MODULES if path.is_relative_to(ROOT / "web")]
OF_NUMBERS = {"statistics", "numpy", "scipy", "pandas", "polars", "pyarrow", "duckdb"}
PARTS_OF_A_WAY = {
    "components.py": "points of a quiz, kept as whole parts of one",
    "views/manager/importing.py": "how far a file is read",
    "views/questions/pass_mark.py": "how far a judge has come",
    "views/trainee/quiz/sheet.py": "how far a quiz is answered",
    "views/trainee/reader.py": "how far a module is read",
    "views/trainee/reading.py": "minutes of reading a part",
    "views/trainer/calibrate.py": "how far the scenes are rated",
    "views/trainer/paper.py": "how far a file is read",
}
"""Where the web divides by a number that it does not know beforehand, and what for: none of it is a figure."""


def imports_of(path: Path) -> list[tuple[str, str]]:
    """Return what a module imports: module and name, the name empty for a whole module."""
    found: list[tuple[str, str]] = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found += [(name.name, "") for name in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [(node.module or "", name.name) for name in node.names]
    return found


def test_the_web_imports_nothing_of_numbers_and_no_whole_module_of_statistics():
    def of_numbers(path):
        return [
            module
            for module, name in imports_of(path)
            if module.partition(".")[0] in OF_NUMBERS or (module.startswith("analytics.statistics") and not name)
        ]

    assert breaking(WEB, of_numbers) == {}


def test_the_web_imports_nothing_that_computes_a_statistic():
    """Let a module of analytics compute it, and show what it says."""

    def computing(path):
        of_ours = [(module, name) for module, name in imports_of(path) if module.startswith("analytics.statistics")]
        return [name for module, name in of_ours if inspect.isroutine(getattr(importlib.import_module(module), name))]

    assert breaking(WEB, computing) == {}


def test_the_web_makes_no_share_of_two_numbers():
    """A share needs its n and its interval, and so a function of analytics; a known divisor changes the unit only."""

    def shares(path):
        nodes = ast.walk(tree_of(path))
        divisions = [node for node in nodes if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)]
        return [ast.unparse(node) for node in divisions if not is_known(node.right) and not is_of_paths(node)]

    found = breaking(WEB, shares)
    assert {f"web/{name}" for name in PARTS_OF_A_WAY} == set(found), found


def is_known(node: ast.expr) -> bool:
    """Return whether an expression is a number or a text as written."""
    return isinstance(node, ast.Constant)


def is_of_paths(node: ast.BinOp) -> bool:
    """Return whether a path is put together of parts: its first part is a constant that names a folder, or a path."""
    left = ast.unparse(node.left)
    return left.startswith("Path(") or left in {"_STATIC"}


def test_what_would_be_a_share_is_found_by_its_form():
    """The two checks above would agree with everything if they saw nothing."""
    share, unit = (ast.parse(text, mode="eval").body for text in ("len(met) / len(people)", "seconds / 60"))
    assert isinstance(share, ast.BinOp)
    assert isinstance(unit, ast.BinOp)
    assert not is_known(share.right)
    assert not is_of_paths(share)
    assert is_known(unit.right)


def test_no_module_is_named_after_nothing():
    assert [path for path in MODULES if path.stem in {"utils", "helpers", "common", "misc"}] == []


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
