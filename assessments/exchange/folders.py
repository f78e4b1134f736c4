"""Folders of a programme, or of a draft: which items and pictures they hold, and putting new ones there all at once."""

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from assessments.exchange.qti_reading import Fetch
from curriculum.errors import PlatformError, Problem
from curriculum.fields import read_model
from curriculum.files import list_files, read_text
from curriculum.items import ITEM_MODELS, Item, ItemKind
from curriculum.media import FILE_RULES, MEDIA_FOLDER
from curriculum.places import Kind, Place, listed, name_of
from curriculum.yaml_lines import Yaml, read_yaml

ITEMS_FOLDER: Final = "items"
_ID: Final = re.compile(r"^(?:- |  )id:\s*[\"']?([A-Za-z0-9._-]+)", re.M)


class DraftExistsError(PlatformError):
    """A file that would be written is there already; nothing was written."""

    def __init__(self, paths: Sequence[Path]) -> None:
        """Keep the files."""
        self.paths = tuple(paths)
        names = listed(path.as_posix() for path in paths)
        super().__init__(f"{names} stands there already. Choose another name with --name; nothing was written.")


class CannotWriteError(PlatformError):
    """A folder cannot be written to; nothing was written."""

    def __init__(self, folder: Path, reason: str) -> None:
        """Keep the folder and the system's reason."""
        self.folder = folder
        self.reason = reason
        super().__init__(f"`{folder.as_posix()}` cannot be written to: {reason}. Nothing was written.")


def known_ids(folder: Path) -> set[str]:
    """Return the ids that stand in the items files of a folder."""
    texts = (path.read_text("utf-8", errors="replace") for path in list_files(folder, ITEMS_FOLDER))
    return {found for text in texts for found in _ID.findall(text)}


def load_pictures(folder: Path) -> dict[str, bytes]:
    """Return the files of `media/` that may stand there, by name."""
    home = folder / MEDIA_FOLDER
    paths = sorted(home.iterdir()) if home.is_dir() else []
    good = (path for path in paths if path.is_file() and not path.is_symlink() and _is_small(path))
    return {path.name: path.read_bytes() for path in good}


def _is_small(path: Path) -> bool:
    rule = FILE_RULES.get(path.suffix)
    return rule is not None and path.stat().st_size <= rule.max_bytes


def pictures_beside(path: Path) -> Fetch:
    """Return what fetches the pictures that lie in a file's folder or below it, and nothing else."""
    home = path.parent.resolve()

    def fetch(source: str) -> bytes | None:
        found = (home / unquote(source)).resolve()
        is_inside = found.is_relative_to(home) and found.is_file()
        return found.read_bytes() if is_inside and _is_small(found) else None

    return fetch


def load_items(path: Path) -> tuple[list[Item], list[Problem]]:
    """Return the items of an items file, or of all of a folder, and what is wrong with the others."""
    items: list[Item] = []
    problems: list[Problem] = []
    for file in list_files(path, ITEMS_FOLDER) if path.is_dir() else [path]:
        for found in _read_file(file):
            if isinstance(found, Problem):
                problems.append(found)
            else:
                items.append(found)
    return items, problems


def _read_file(path: Path) -> Iterator[Item | Problem]:
    text, problems = read_text(path)
    yield from problems
    sheet, problems = read_yaml(path, text) if text is not None else (None, [])
    yield from problems
    if sheet is None:
        return
    if not isinstance(sheet.data, list):
        yield Problem(path, 1, "", "holds no list of items", "Start each item with `- id:`.")
        return
    for i, raw in enumerate(sheet.data):
        yield from _read_item(raw, Place(path, f"item number {i + 1}", sheet.lines, (i,)))


def _read_item(raw: Yaml, place: Place) -> Iterator[Item | Problem]:
    kind = raw.get("kind") if isinstance(raw, dict) else None
    id_ = raw.get("id") if isinstance(raw, dict) else None
    if isinstance(id_, str):
        place = Place(place.path, name_of(Kind.ITEM, id_), place.lines, place.base)
    if not isinstance(kind, str) or kind not in list(ItemKind):
        yield place.error(
            f"unknown kind of item `{kind or 'nothing'}`", f"The kinds are {listed(ItemKind)}.", ("kind",)
        )
        return
    made, problems = read_model(ITEM_MODELS[ItemKind(kind)], raw, place)
    yield from problems
    if made is not None:
        yield made


def write_all(folder: Path, drafts: Mapping[str, str], pictures: Mapping[str, bytes]) -> list[Path]:
    """Write items files and pictures into a folder: all of them, or none.

    Args:
        folder: A programme's, or one for a draft; it is made when it is not there.
        drafts: Text of each items file by name.
        pictures: Bytes of each picture by name.

    Returns:
        The items files.

    Raises:
        DraftExistsError: One of the files is there already.
        CannotWriteError: The system does not let us.
    """
    texts = {folder / ITEMS_FOLDER / name: text.encode() for name, text in drafts.items()}
    contents = {folder / MEDIA_FOLDER / name: content for name, content in pictures.items()} | texts
    if standing := [path for path in contents if path.exists()]:
        raise DraftExistsError(standing)
    try:
        _put_in_place(folder, contents)
    except OSError as error:
        raise CannotWriteError(folder, error.strerror or str(error)) from error
    return list(texts)


def _put_in_place(folder: Path, contents: Mapping[Path, bytes]) -> None:
    """Write everything beside its place first, then move it there; what was moved goes again when a move fails."""
    folder.mkdir(parents=True, exist_ok=True)
    done: list[Path] = []
    with tempfile.TemporaryDirectory(prefix=".import-", dir=folder) as waiting:
        parts = [(Path(waiting) / str(i), path) for i, path in enumerate(contents)]
        for part, path in parts:
            part.write_bytes(contents[path])
            path.parent.mkdir(exist_ok=True)
        try:
            for part, path in parts:
                part.rename(path)
                done.append(path)
        except OSError:
            for path in done:
                path.unlink(missing_ok=True)
            raise
