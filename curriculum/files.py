"""Reading a programme's text files, with a problem for each way in which a file can be unreadable."""

import re
from collections.abc import Iterator
from pathlib import Path

from curriculum.errors import Problem, ProblemSeverity
from curriculum.media import MEDIA_FOLDER

MAX_BYTES = 1_000_000

FOLDERS = {
    "manual": ".md",
    "modules": ".md",
    "items": ".yaml",
    "blueprints": ".yaml",
    "checklists": ".yaml",
    "scenarios": ".md",
}
SINGLE_FILES = ("programme.yaml", "competencies.yaml", "readiness.yaml")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_OTHER_NAMES = frozenset({"README.md", "LICENSE", "CHANGELOG.md", "locale"})


def read_text(path: Path) -> tuple[str | None, list[Problem]]:
    """Return a file's text with plain line ends, or None and what is wrong with the file."""
    try:
        if path.is_symlink() or not path.is_file():
            return None, [Problem(path, 1, "", "is not a plain file", "Put the file itself here.")]
        size = path.stat().st_size
        if size > MAX_BYTES:
            message = f"is {size:,} bytes long; expected at most {MAX_BYTES:,}"
            return None, [Problem(path, 1, "", message, "Split the file.")]
        data = path.read_bytes()
    except OSError as error:
        return None, [Problem(path, 1, "", f"cannot be read: {error.strerror}", "Look at the file's permissions.")]
    return _decode(path, data)


def _decode(path: Path, data: bytes) -> tuple[str | None, list[Problem]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return None, [Problem(path, line, "", "is not in UTF-8", "Save the file with the encoding UTF-8.")]
    if control := _CONTROL.search(text):
        line = text.count("\n", 0, control.start()) + 1
        return None, [Problem(path, line, "", "holds a control character", "Save the file as plain text in UTF-8.")]
    if not text.strip():
        return None, [Problem(path, 1, "", "is empty", "Write it or delete it.")]
    return text.replace("\r\n", "\n").replace("\r", "\n"), []


def list_files(folder: Path, name: str) -> list[Path]:
    """Return the files that a folder of the programme holds, in natural order (m2 before m10)."""
    found = (folder / name).glob(f"*{FOLDERS[name]}")
    return sorted((path for path in found if not path.name.startswith(".")), key=_natural_key)


def _natural_key(path: Path) -> list[tuple[int, str]]:
    digits_apart = "".join(f" {c} " if not c.isdigit() else c for c in path.name).split()
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in digits_apart]


def check_names(folder: Path) -> Iterator[Problem]:
    """Yield a problem for each missing file, and a warning for each file that is never read."""
    for name in SINGLE_FILES:
        if not (folder / name).exists():
            yield Problem(folder / name, 1, "", "is missing", "See docs/programme-format.md.")
    for path in sorted(folder.iterdir()):
        if path.name in FOLDERS and path.is_dir():
            yield from _strangers(path)
        elif path.name == MEDIA_FOLDER and path.is_dir():
            continue
        elif path.name not in SINGLE_FILES and path.name not in _OTHER_NAMES and not path.name.startswith("."):
            yield _stranger(path, f"A programme's folders are {', '.join((*FOLDERS, MEDIA_FOLDER))}.")


def _strangers(folder: Path) -> Iterator[Problem]:
    suffix = FOLDERS[folder.name]
    for path in sorted(folder.iterdir()):
        if not path.name.startswith(".") and (path.suffix != suffix or path.is_dir()):
            yield _stranger(path, f"Files in `{folder.name}` end in {suffix}.")


def _stranger(path: Path, hint: str) -> Problem:
    return Problem(path, 1, "", "is not read: it is no part of a programme", hint, ProblemSeverity.WARNING)
