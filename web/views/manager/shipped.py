"""The programmes in the folder beside the app and in the hub's own: read, checked, and ready to be published."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from curriculum.bundle import to_bundle
from curriculum.errors import Problem, ProblemSeverity
from curriculum.loading import load_programme
from curriculum.media import load_media
from curriculum.models import Programme
from store.places import hub_folder

FOLDER: Final = Path(__file__).parents[3] / "programmes"


@dataclass(frozen=True, slots=True)
class Draft:
    """A programme as it stands in its folder.

    `programme` is None when not even its head could be read; `bundle` is empty then, and `digest` too. `folder` is
    where its pictures lie.
    """

    name: str
    programme: Programme | None
    problems: tuple[Problem, ...]
    bundle: bytes = b""
    digest: str = ""
    folder: Path | None = None

    @property
    def n_errors(self) -> int:
        """Return how many problems keep it from being published."""
        return sum(problem.severity is ProblemSeverity.ERROR for problem in self.problems)

    def load_media(self) -> dict[str, bytes]:
        """Return the bytes of its pictures, sound and film, by SHA-256, as they lie in the folder now."""
        return load_media(self.folder, self.programme.media) if self.folder and self.programme else {}

    @property
    def may_be_published(self) -> bool:
        """Return whether it is whole and without errors."""
        return self.programme is not None and not self.n_errors


def list_drafts() -> list[Draft]:
    """Return the programmes that ship and those under `programmes/` of the hub's folder, by name.

    One of the hub's own stands in for a shipped one of the same name. Each is read again only when a file changed.
    """
    found = {path.name: path for root in _roots() if root.is_dir() for path in root.iterdir()}
    folders = [found[name] for name in sorted(found) if (found[name] / "programme.yaml").is_file()]
    return [_read(path, _fingerprint(path)) for path in folders]


def _roots() -> tuple[Path, Path]:
    return FOLDER, hub_folder() / "programmes"


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
    return Draft(folder.name, programme, tuple(problems), bundle, digest, folder)


def place_of(problem: Problem) -> str:
    """Return file and line of a problem, as seen from the folder of programmes."""
    parents = [root.parent for root in _roots() if problem.path.is_relative_to(root.parent)]
    path = problem.path.relative_to(parents[-1]) if parents else problem.path
    return f"{path.as_posix()}:{problem.line}"
