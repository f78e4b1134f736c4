"""The documentation is complete and true: fields, kinds and defaults of a programme, paths and links."""

import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal, get_args, get_origin
from zoneinfo import available_timezones

import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from curriculum import blueprints, gates, items, media, models
from curriculum.base import Model
from curriculum.files import FOLDERS, SINGLE_FILES

ROOT = Path(__file__).parents[1]
FORMAT = ROOT / "docs" / "programme-format.md"
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("programmes/*.md")])

MODELS = [
    kind
    for module in (models, blueprints, items, media)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, Model) and kind.__module__ == module.__name__
]
ITEM_BASES = {"Item": items.SingleItem.__mro__[2], "Scored": items.SingleItem.__mro__[1]}
"""What all kinds of items have, and what those have that are scored by rule."""

MODELS = [kind for kind in MODELS if not kind.__name__.startswith("_")]
GATE_KINDS: dict[str, type[BaseModel]] = {
    get_args(kind.model_fields["kind"].annotation)[0]: kind for kind in get_args(get_args(gates.Gate)[0])
}
FROM_BODY = {("Module", "steps"), ("Module", "n_words"), ("Scenario", "body")}


# ---------------------------------------------------------------- reading the page on the format


def _tables(text: str) -> dict[str, dict[str, str]]:
    """Return for each name at the end of a heading the rows of its table: field, and what holds when left out."""
    parts = re.split(r"^#{2,4} .*?(?:: `(\w+)`)?$", text, flags=re.M)
    named = zip(parts[1::2], parts[2::2], strict=True)
    return {name: dict(_rows(body)) for name, body in named if name}


def _rows(body: str) -> Iterator[tuple[str, str]]:
    for line in body.splitlines():
        if row := re.match(r"\| `([\w.]+)` \| (.*?) \|", line):
            yield row[1], row[2]


TABLES = _tables(FORMAT.read_text())
_ZONES = available_timezones()
"""Names such as `Europe/London`. The function reads the folders of all zones each time that it is called."""


def _left_out(owner: str, name: str, field: FieldInfo) -> set[str]:
    """Return the ways in which the page may say what holds without the field."""
    if (owner, name) in FROM_BODY:
        return {"from the body"}
    if field.is_required():
        return {"must stand"}
    match field.default:
        case None:
            return {"nothing"}
        case "":
            return {"empty"}
        case () | {}:
            return {"none", "all"}
        case bool() as flag:
            return {f"`{str(flag).lower()}`"}
        case BaseModel():
            return {"its own"}
        case tuple() as values:
            return {", ".join(f"`{value}`" for value in values)}
        case value:
            return {f"`{value}`"}


def _expected(owner: str, kind: type[BaseModel]) -> dict[str, set[str]]:
    return {name: _left_out(owner, name, field) for name, field in kind.model_fields.items()}


def _expected_of_gate(kind: type[BaseModel]) -> dict[str, set[str]]:
    """Return a gate's own fields, those of its parts as `parts.min`."""
    own = {n: ways for n, ways in _expected(kind.__name__, kind).items() if n not in {*_common(), "kind"}}
    if "parts" in own:
        part = get_args(kind.model_fields["parts"].annotation)[0]
        own |= {f"parts.{name}": ways for name, ways in _expected(part.__name__, part).items()}
    return own


def _common() -> set[str]:
    return set(gates.GateBase.model_fields)


def _faults(documented: dict[str, str], expected: dict[str, set[str]]) -> list[str]:
    missing = [f"`{name}` is not described" for name in expected.keys() - documented.keys()]
    strange = [f"`{name}` does not exist" for name in documented.keys() - expected.keys()]
    wrong = [
        f"`{name}` is {' or '.join(sorted(expected[name]))} when left out, not {said}"
        for name, said in documented.items()
        if name in expected and said not in expected[name]
    ]
    return sorted([*missing, *strange, *wrong])


# ---------------------------------------------------------------- the format


@pytest.mark.parametrize("kind", MODELS, ids=lambda kind: kind.__name__)
def test_every_field_of_a_model_is_described(kind):
    expected = _expected(kind.__name__, kind)
    if kind in items.ITEM_MODELS.values():
        shared = {*ITEM_BASES["Item"].model_fields, *ITEM_BASES["Scored"].model_fields, "kind"}
        expected = {name: ways for name, ways in expected.items() if name not in shared}
    assert _faults(TABLES.get(kind.__name__, {}), expected) == []


def test_what_all_items_share_is_described():
    base, scored = ITEM_BASES["Item"], ITEM_BASES["Scored"]
    expected = _expected("Item", base) | {"kind": {"must stand"}}
    assert _faults(TABLES["Item"], expected) == []
    more = {name: ways for name, ways in _expected("Scored", scored).items() if name not in base.model_fields}
    assert _faults(TABLES["Scored"], more) == []


def test_fields_of_every_gate_are_described():
    expected = _expected("GateBase", gates.GateBase) | {"kind": {"must stand"}}
    assert _faults(TABLES["GateBase"], expected) == []


@pytest.mark.parametrize("kind", GATE_KINDS)
def test_every_kind_of_gate_is_described_with_its_parts(kind):
    assert kind in TABLES
    assert _faults(TABLES[kind], _expected_of_gate(GATE_KINDS[kind])) == []


def test_nothing_is_described_that_does_not_exist():
    assert TABLES.keys() - {kind.__name__ for kind in MODELS} - GATE_KINDS.keys() == {"GateBase", *ITEM_BASES}


def test_a_field_that_is_left_out_of_the_page_is_found():
    described = {"id": "must stand", "titel": "must stand", "months": "`12`"}
    assert _faults(described, _expected("CertificateKind", models.CertificateKind)) == [
        "`months` is must stand when left out, not `12`",
        "`titel` does not exist",
        "`title` is not described",
    ]


def _choices() -> Iterator[tuple[str, str]]:
    for module in (models, gates):
        for kind in vars(module).values():
            if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum:
                yield from ((kind.__name__, member.value) for member in kind)
            elif isinstance(kind, type) and issubclass(kind, BaseModel):
                yield from _literals(kind)


def _literals(kind: type[BaseModel]) -> Iterator[tuple[str, str]]:
    for name, field in kind.model_fields.items():
        annotation: Any = field.annotation
        if get_origin(annotation) is Literal:
            yield from ((f"{kind.__name__}.{name}", str(value)) for value in get_args(annotation))


def test_every_value_that_can_be_chosen_is_named():
    text = FORMAT.read_text()
    assert [choice for choice in sorted(set(_choices())) if f"`{choice[1]}`" not in text] == []


def test_every_file_and_folder_of_a_programme_is_named():
    text = FORMAT.read_text()
    files = [*SINGLE_FILES, *(f"{folder}/*{ending}" for folder, ending in FOLDERS.items())]
    assert [name for name in files if f"| `{name}` |" not in text] == []


# ---------------------------------------------------------------- paths and links

_LOOKS_LIKE_A_PATH = re.compile(r"[\w.-]+(?:/[\w.-]+)*/?")
_FILE_ENDINGS = (".py", ".md", ".toml", ".txt", ".cfg", ".sh", ".sql")
_NOT_IN_THE_CLONE = ("./var", "locale/", "media/")
"""What a running store makes, and folders that a programme may have."""


def _named_paths(text: str) -> set[str]:
    """Return the files and folders that a page names in backquotes, or at the start of a line of a diagram."""
    quoted = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.S))
    words = [word for phrase in quoted for word in phrase.split()]
    diagrams = re.findall(r"```\n(.*?)```", text, flags=re.S)
    words += [word for diagram in diagrams for word in re.findall(r"(?<!\S)([\w-]+/)(?=\s|$)", diagram)]
    return {word for word in words if _is_path(word)}


def _is_path(word: str) -> bool:
    if not _LOOKS_LIKE_A_PATH.fullmatch(word) or word in _ZONES:
        return False
    return "/" in word or word.endswith(_FILE_ENDINGS)


def _stands(page: Path, name: str) -> bool:
    """Return whether a path exists: in the clone, beside the page, or inside a programme that ships."""
    homes = [ROOT, page.parent, *(path.parent for path in ROOT.glob("programmes/*/programme.yaml"))]
    return any((home / name).exists() for home in homes) or name.startswith(_NOT_IN_THE_CLONE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_file_and_folder_that_a_page_names_exists(page):
    assert sorted(name for name in _named_paths(page.read_text()) if not _stands(page, name)) == []


def test_named_paths_are_found_in_tables_and_diagrams():
    text = "| `web/` `make run` | and `store/gone.py <file>`\n\n```\nprogrammes/ ──► nowhere/ x\n```\n`a:b` `gone`"
    assert _named_paths(text) == {"web/", "store/gone.py", "programmes/", "nowhere/"}


@pytest.mark.parametrize("name", ["README.md", "docs/architecture.md"])
def test_every_package_is_on_the_map(name):
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks"}
    assert {f"{package}/" for package in packages} <= _named_paths((ROOT / name).read_text())


def _slug(heading: str) -> str:
    """Return the anchor that a heading gets on the web."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def _anchors(page: Path) -> set[str]:
    text = re.sub(r"```.*?```", "", page.read_text(), flags=re.S)
    return {_slug(heading) for heading in re.findall(r"^#+ (.*)$", text, flags=re.M)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_of_a_page_leads_somewhere(page):
    text = re.sub(r"`[^`\n]+`", "", re.sub(r"```.*?```", "", page.read_text(), flags=re.S))
    broken: list[str] = []
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        name, _, anchor = target.partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        aim = page.parent / name if name else page
        if not aim.exists() or (anchor and anchor not in _anchors(aim)):
            broken.append(target)
    assert broken == []
