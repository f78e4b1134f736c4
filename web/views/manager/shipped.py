"""The programmes in the folder beside the app: read, checked, and ready to be published."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from curriculum.bundle import to_bundle
from curriculum.errors import Problem, ProblemSeverity
from curriculum.loading import load_programme
from curriculum.models import Programme

FOLDER: Final = Path(__file__).parents[3] / "programmes"


@dataclass(frozen=True, slots=True)
class Draft:
    """A programme as it stands in its folder.

    `programme` is None when not even its head could be read; `bundle` is empty then, and `digest` too.
    """

    name: str
    programme: Programme | None
    problems: tuple[Problem, ...]
    bundle: bytes = b""
    digest: str = ""

    @property
    def n_errors(self) -> int:
        """Return how many problems keep it from being published."""
        return sum(problem.severity is ProblemSeverity.ERROR for problem in self.problems)

    @property
    def may_be_published(self) -> bool:
        """Return whether it is whole and without errors."""
        return self.programme is not None and not self.n_errors


def list_drafts(folder: Path | None = None) -> list[Draft]:
    """Return the programmes of a folder (the shipped ones by default) by name; read again only when a file changed."""
    root = folder or FOLDER
    if not root.is_dir():
        return []
    folders = sorted(path for path in root.iterdir() if (path / "programme.yaml").is_file())
    return [_read(path, _fingerprint(path)) for path in folders]


def _fingerprint(folder: Path) -> str:
    seen = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        stat = path.stat()
        seen.update(f"{path.as_posix()} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return seen.hexdigest()


@lru_cache(maxsize=16)
def _read(folder: Path, fingerprint: str) -> Draft:
    del fingerprint  # It only tells one state of the folder from another.
    programme, problems = load_programme(folder)
    bundle = to_bundle(programme) if programme is not None else b""
    digest = hashlib.sha256(bundle).hexdigest() if bundle else ""
    return Draft(folder.name, programme, tuple(problems), bundle, digest)


def place_of(problem: Problem, folder: Path | None = None) -> str:
    """Return file and line of a problem, as seen from the folder of programmes."""
    root = (folder or FOLDER).parent
    path = problem.path.relative_to(root) if problem.path.is_relative_to(root) else problem.path
    return f"{path.as_posix()}:{problem.line}"
