"""The first part of Alongside: a small programme that is complete for its own gates, so that tests stay quick.

Its texts are those that ship; `tests/data/first-part/` holds its head and its rules, `tests/data/every-kind.yaml` a
question of each kind that is not among them.
"""

import shutil
from pathlib import Path
from typing import Any, Final

import yaml

ROOT: Final = Path(__file__).parents[1]
SHIPPED: Final = ROOT / "programmes" / "alongside"
_OWN: Final = ROOT / "tests" / "data" / "first-part"
_EVERY_KIND: Final = ROOT / "tests" / "data" / "every-kind.yaml"
_MODULES: Final = ("m1", "m3", "m4", "m9")
_CHAPTERS: Final = (*_MODULES, "s1", "s3")
_DOMAINS: Final = ("D1", "D3", "D4", "D8", "D9", "D10", "D13")
_CHECKLISTS: Final = ("c2", "c3", "c6", "c7", "c8", "c9", "c10")
_SCENARIOS: Final = ("quiet-father", "expert-grandmother", "phone-and-tears", "please-dont-tell-anyone", "the-sore-arm")


def write_first_part(parent: Path) -> Path:
    """Write the programme into a new folder `alongside` of the parent; return that folder."""
    folder = parent / "alongside"
    folder.mkdir(parents=True)
    for path in (
        *(path for name in _CHAPTERS for path in SHIPPED.glob(f"manual/{name}-*.md")),
        *(SHIPPED / "modules" / f"{name}.md" for name in _MODULES),
        *(SHIPPED / "items" / f"{name}.yaml" for name in _MODULES),
        *(SHIPPED / "blueprints" / f"quiz-{name}.yaml" for name in _MODULES),
        *(SHIPPED / "checklists" / f"{name}.yaml" for name in _CHECKLISTS),
        *(SHIPPED / "scenarios" / f"{name}.md" for name in _SCENARIOS),
    ):
        target = folder / path.relative_to(SHIPPED)
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(path, target)
    for path in _OWN.iterdir():
        shutil.copyfile(path, folder / path.name)
    with (folder / "items" / "m1.yaml").open("a", encoding="utf-8") as items:
        items.write(_EVERY_KIND.read_text("utf-8"))
    for path in (folder / "checklists").iterdir():
        _take_lines_of_the_part(path)
    frame = yaml.safe_load((SHIPPED / "competencies.yaml").read_text("utf-8"))
    frame["domains"] = [domain for domain in frame["domains"] if domain["id"] in _DOMAINS]
    _write(folder / "competencies.yaml", frame)
    return folder


def _take_lines_of_the_part(path: Path) -> None:
    """Let an evaluation take lines only from checklists that are in the part."""
    checklist = yaml.safe_load(path.read_text("utf-8"))
    if "lines_from" in checklist:
        checklist["lines_from"] = [id_ for id_ in checklist["lines_from"] if id_.lower() in _CHECKLISTS]
        _write(path, checklist)


def _write(path: Path, content: Any) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")
