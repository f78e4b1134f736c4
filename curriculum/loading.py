"""From a programme's folder to models: everything that can be read, and every problem."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar, get_args

from pydantic import BaseModel

from curriculum.blueprints import Blueprint
from curriculum.checks import check_draft
from curriculum.draft import Draft
from curriculum.errors import Problem, ProgrammeFolderError, sort_problems
from curriculum.fields import check_id, iter_ids, read_model, read_parts
from curriculum.files import check_names, list_files, read_text
from curriculum.front_matter import Page, read_page
from curriculum.gates import Gate
from curriculum.ids import SectionId
from curriculum.items import ITEM_MODELS
from curriculum.manual import read_chapter
from curriculum.markdown import count_words, find_forbidden
from curriculum.media import read_media
from curriculum.models import Checklist, Domain, Module, Programme, ProgrammeHead, Scenario
from curriculum.module_pages import BodyReader, iter_own_text
from curriculum.places import Kind, Loc, Place, did_you_mean, listed, name_of
from curriculum.yaml_lines import Sheet, Yaml, read_yaml

M = TypeVar("M", bound=BaseModel)

_HEAD_KEYS = ("roles", "activities", "prerequisites", "certificates", "sessions", "scales")
_HEAD_KINDS = (Kind.ROLE, Kind.ACTIVITY, Kind.PREREQUISITE, Kind.CERTIFICATE, Kind.SESSION, Kind.SCALE)
_GATE_MODELS: dict[str, type[Gate]] = {
    get_args(model.model_fields["kind"].annotation)[0]: model for model in get_args(get_args(Gate)[0])
}

_ITEM_MODELS = {kind.value: model for kind, model in ITEM_MODELS.items()}


def load_programme(folder: Path) -> tuple[Programme | None, list[Problem]]:
    """Return the programme of a folder and all its problems, by file and line.

    Objects with faults are left out. A programme whose problems hold an error may be shown to
    those who write it, and must not be published.

    Returns:
        The good parts, or None when `programme.yaml` could not be read; and the problems.

    Raises:
        ProgrammeFolderError: The folder holds no `programme.yaml`.
    """
    if not (folder / "programme.yaml").exists():
        raise ProgrammeFolderError(folder)
    draft = Draft(folder)
    draft.problems += check_names(folder)
    _load_head(draft)
    _load_manual(draft)
    _load_competencies(draft)
    _load_modules(draft)
    _load_items(draft)
    _load_media(draft)
    _load_each(draft, "blueprints", Blueprint, Kind.BLUEPRINT, draft.blueprints)
    _load_each(draft, "checklists", Checklist, Kind.CHECKLIST, draft.checklists)
    _load_scenarios(draft)
    _load_gates(draft)
    draft.problems += check_draft(draft)
    return draft.programme(), sort_problems(draft.problems)


def _read_sheet(draft: Draft, path: Path) -> Sheet | None:
    text, problems = read_text(path)
    draft.problems += problems
    if text is None:
        return None
    sheet, problems = read_yaml(path, text)
    draft.problems += problems
    return sheet


def _place_of(sheet: Sheet, kind: Kind, raw: Yaml, base: Loc = (), number: int = 0) -> Place:
    id_ = raw.get("id") if isinstance(raw, dict) else None
    where = name_of(kind, id_) if isinstance(id_, str) else f"{kind} number {number}" if number else str(kind)
    return Place(sheet.path, where, sheet.lines, base)


def _declare(draft: Draft, kind: Kind, raw: Yaml, place: Place) -> bool:
    """Note an object and those inside it; return whether its id is new."""
    id_ = raw.get("id") if isinstance(raw, dict) else None
    is_new = isinstance(id_, str) and draft.declare(kind, id_, place)
    if isinstance(id_, str):
        draft.problems += check_id(id_, place)
    else:
        draft.unlisted.add(kind)
    for inner_kind, inner_id, inner_place in iter_ids(raw, place):
        draft.declare(inner_kind, inner_id, inner_place)
        draft.problems += check_id(inner_id, inner_place)
    return is_new or not isinstance(id_, str)


def _keep(draft: Draft, kind: Kind, made: M | None, *, is_new: bool, into: list[M]) -> None:
    if made is None:
        draft.incomplete.add(kind)
    elif is_new:
        into.append(made)


def _load_head(draft: Draft) -> None:
    sheet = _read_sheet(draft, draft.folder / "programme.yaml")
    if sheet is None:
        draft.lose(*_HEAD_KINDS)
        return
    place = _place_of(sheet, Kind.PROGRAMME, sheet.data)
    _declare(draft, Kind.PROGRAMME, sheet.data, place)
    draft.head, problems = read_parts(ProgrammeHead, sheet.data, place, _HEAD_KEYS)
    draft.problems += problems
    if problems:
        draft.incomplete.update(_HEAD_KINDS)


def _load_manual(draft: Draft) -> None:
    paths = list_files(draft.folder, "manual")
    if not paths:
        hint = "Write each chapter as a file there; see docs/programme-format.md."
        draft.problems.append(Problem(draft.folder / "manual", 1, "", "holds no chapter", hint))
        draft.lose(Kind.SECTION)
    for path in paths:
        text, problems = read_text(path)
        sections, more = read_chapter(path, text) if text is not None else ([], [])
        draft.problems += problems + more
        if not sections or more:
            draft.lose(Kind.SECTION)
        for placed in sections:
            id_ = placed.section.id
            place = Place(path, name_of(Kind.SECTION, id_), {(): placed.line})
            draft.problems += check_id(id_, place)
            if draft.declare(Kind.SECTION, id_, place):
                draft.sections.append(placed.section)


def _entries(draft: Draft, name: str, key: str, kind: Kind, *inner: Kind) -> Iterator[tuple[Place, Yaml]]:
    """Yield place and data of each object in the list under the one field of a file."""
    path = draft.folder / name
    sheet = _read_sheet(draft, path) if path.exists() else None
    raw = sheet.data if sheet else None
    entries = raw.get(key) if isinstance(raw, dict) else None
    if sheet and isinstance(raw, dict):
        place, hint = Place(path, "", sheet.lines), f"Only `{key}:` stands here."
        draft.problems += [place.error(f"unknown field `{field}`", hint, (field,)) for field in raw if field != key]
    if sheet and isinstance(entries, list):
        for i, entry in enumerate(entries):
            yield _place_of(sheet, kind, entry, (key, i), i + 1), entry
        return
    draft.lose(kind, *inner)
    if sheet:
        draft.problems.append(Problem(path, 1, "", f"holds no list of {key}", f"Open the file with `{key}:`."))


def _load_competencies(draft: Draft) -> None:
    inner = (Kind.COMPETENCY, Kind.BEHAVIOUR)
    for place, raw in _entries(draft, "competencies.yaml", "domains", Kind.DOMAIN, *inner):
        is_new = _declare(draft, Kind.DOMAIN, raw, place)
        made, problems = read_parts(Domain, raw, place, ("competencies",))
        draft.problems += problems
        if problems:
            draft.incomplete.update(inner)
        _keep(draft, Kind.DOMAIN, made, is_new=is_new, into=draft.domains)


def _load_items(draft: Draft) -> None:
    for path in list_files(draft.folder, "items"):
        sheet = _read_sheet(draft, path)
        if sheet is None or not isinstance(sheet.data, list):
            draft.lose(Kind.ITEM, Kind.THEME)
            if sheet:
                message = "holds no list of items"
                draft.problems.append(Problem(path, 1, "", message, "Start each item with `- id:`."))
            continue
        for i, raw in enumerate(sheet.data):
            place = _place_of(sheet, Kind.ITEM, raw, (i,), i + 1)
            _load_item(draft, raw, place)


def _load_item(draft: Draft, raw: Yaml, place: Place) -> None:
    is_new = _declare(draft, Kind.ITEM, raw, place)
    kind = raw.get("kind") if isinstance(raw, dict) else None
    model = _ITEM_MODELS.get(kind) if isinstance(kind, str) else None
    if model is None:
        hint = did_you_mean(str(kind), _ITEM_MODELS) or f"The kinds are {listed(_ITEM_MODELS)}."
        draft.problems.append(place.error(f"unknown kind of item `{kind or 'nothing'}`", hint, ("kind",)))
        draft.incomplete.add(Kind.ITEM)
        return
    made, problems = read_model(model, raw, place)
    draft.problems += problems
    _keep(draft, Kind.ITEM, made, is_new=is_new, into=draft.items)


def _load_media(draft: Draft) -> None:
    draft.media, problems = read_media(draft.folder)
    draft.problems += problems


def _load_each(draft: Draft, folder: str, model: type[M], kind: Kind, into: list[M]) -> None:
    for path in list_files(draft.folder, folder):
        sheet = _read_sheet(draft, path)
        if sheet is None:
            draft.lose(kind)
            continue
        place = _place_of(sheet, kind, sheet.data)
        is_new = _declare(draft, kind, sheet.data, place)
        made, problems = read_model(model, sheet.data, place)
        draft.problems += problems
        _keep(draft, kind, made, is_new=is_new, into=into)


def _load_gates(draft: Draft) -> None:
    for place, raw in _entries(draft, "readiness.yaml", "gates", Kind.GATE):
        is_new = _declare(draft, Kind.GATE, raw, place)
        kind = raw.get("kind") if isinstance(raw, dict) else None
        model = _GATE_MODELS.get(kind) if isinstance(kind, str) else None
        if model is None:
            hint = did_you_mean(str(kind), _GATE_MODELS) or f"The kinds are {listed(_GATE_MODELS)}."
            draft.problems.append(place.error(f"unknown kind of gate `{kind or 'nothing'}`", hint, ("kind",)))
            draft.incomplete.add(Kind.GATE)
            continue
        made, problems = read_model(model, raw, place)
        draft.problems += problems
        _keep(draft, Kind.GATE, made, is_new=is_new, into=draft.gates)


def _load_pages(
    draft: Draft, folder: str, kind: Kind, read: Callable[[Page, dict[str, Yaml], Place, bool], None]
) -> None:
    for path in list_files(draft.folder, folder):
        text, problems = read_text(path)
        page, more = read_page(path, text) if text is not None else (None, [])
        draft.problems += problems + more
        if page is None:
            draft.lose(kind)
            continue
        place = _place_of(page.head, kind, page.head.data)
        is_new = _declare(draft, kind, page.head.data, place)
        if isinstance(page.head.data, dict):
            read(page, page.head.data, place, is_new)
        else:
            draft.problems.append(place.error("has no fields in its front matter", "Write `id:` and the rest."))
            draft.lose(kind)


def _load_modules(draft: Draft) -> None:
    sections = {SectionId(section.id): section for section in draft.sections}

    def read(page: Page, head: dict[str, Yaml], place: Place, is_new: bool) -> None:
        body = BodyReader(sections).read(page.body, page.first_line)
        draft.problems += [Problem(place.path, f.line, place.where, f.message, f.hint) for f in body.faults]
        for at, line in body.lines.items():
            page.head.lines["steps", at[0], "blocks", *at[1:]] = line
        own: dict[str, Yaml] = {"steps": [], "n_words": sum(map(count_words, iter_own_text(body.steps)))}
        made, problems = read_model(Module, _with_own(draft, head, place, own), place)
        draft.problems += problems
        whole = made.model_copy(update={"steps": body.steps}) if made else None
        _keep(draft, Kind.MODULE, whole, is_new=is_new, into=draft.modules)

    _load_pages(draft, "modules", Kind.MODULE, read)


def _load_scenarios(draft: Draft) -> None:
    def read(page: Page, head: dict[str, Yaml], place: Place, is_new: bool) -> None:
        for line, message, hint in find_forbidden(page.body):
            draft.problems.append(Problem(place.path, page.first_line + line, place.where, message, hint))
        if not page.body.strip():
            draft.problems.append(place.error("has no script", "Write it below the front matter."))
        own: dict[str, Yaml] = {"body": page.body.strip() or "-"}
        made, problems = read_model(Scenario, _with_own(draft, head, place, own), place)
        draft.problems += problems
        _keep(draft, Kind.SCENARIO, made, is_new=is_new, into=draft.scenarios)

    _load_pages(draft, "scenarios", Kind.SCENARIO, read)


def _with_own(draft: Draft, head: dict[str, Yaml], place: Place, own: dict[str, Yaml]) -> dict[str, Yaml]:
    """Return the front matter with the fields that come from the body; they may not stand in both."""
    for name in own:
        if name in head:
            draft.problems.append(place.error(f"unknown field `{name}`", "It comes from the body.", (name,)))
    return head | own
