"""What keeps a simulation from beginning. Each class composes its own sentence."""

from collections.abc import Sequence
from pathlib import Path

from curriculum.errors import PlatformError, Problem


class UnsoundProgrammeError(PlatformError):
    """A programme has errors, so that nobody could be trained in it."""

    def __init__(self, folder: Path, problems: Sequence[Problem]) -> None:
        """Keep the folder and its errors."""
        self.folder = folder
        self.problems = tuple(problems)
        found = "".join(f"\n  {problem}" for problem in problems)
        super().__init__(
            f"`{folder.as_posix()}` has errors and cannot be simulated:{found}\n"
            f"Mend them first: python -m curriculum check {folder.as_posix()}"
        )


class UnknownProgrammeError(PlatformError):
    """Neither a folder nor a programme that ships has this name."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        """Keep what was given and the ids that there are."""
        self.name = name
        self.known = tuple(known)
        expected = ", ".join(f"`{one}`" for one in known)
        super().__init__(
            f"There is no programme `{name}`; expected a folder with a programme.yaml, or one of {expected}."
        )
