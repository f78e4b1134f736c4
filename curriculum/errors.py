"""What can be wrong: problems of content are values, broken rules are exceptions."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class ProblemSeverity(StrEnum):
    """Error: the programme cannot be published. Warning: advice."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in a programme's files.

    Attributes:
        path: The file.
        line: The line, from 1.
        where: The object, such as "item `m4-listen-007`"; empty for the whole file.
        message: What was found and what is expected, without a full stop at the end.
        hint: What to do, as one sentence; may be empty.
        severity: Error or warning.
    """

    path: Path
    line: int
    where: str
    message: str
    hint: str = ""
    severity: ProblemSeverity = ProblemSeverity.ERROR

    @property
    def sentence(self) -> str:
        """Return object, message and hint as people read them."""
        subject = f"{self.where}: " if self.where else ""
        return f"{subject}{self.message}. {self.hint}".rstrip()

    def __str__(self) -> str:
        """Return the problem as one line, as a compiler prints it."""
        return f"{self.path.as_posix()}:{self.line}: {self.severity}: {self.sentence}"

    def as_dict(self) -> dict[str, str | int]:
        """Return the problem for JSON."""
        return {
            "path": self.path.as_posix(),
            "line": self.line,
            "where": self.where,
            "message": self.message,
            "hint": self.hint,
            "severity": self.severity.value,
        }


def sort_problems(problems: list[Problem]) -> list[Problem]:
    """Return the problems by file and line, each once."""
    return sorted(dict.fromkeys(problems), key=lambda p: (p.path.as_posix(), p.line, p.where, p.message))


class PlatformError(Exception):
    """The base of all broken rules. Its text is a sentence that people may be shown.

    Attributes:
        template: The sentence with names in braces, so that it can be said in another language.
        values: What stands for the names; empty when there are none, and then braces are braces.
    """

    def __init__(self, template: str = "", **values: object) -> None:
        """Keep the sentence and what it speaks of."""
        self.template = template
        self.values = values
        super().__init__(template.format_map(values) if values else template)


class ProgrammeFolderError(PlatformError):
    """The folder given holds no programme."""

    def __init__(self, folder: Path) -> None:
        """Keep the folder."""
        self.folder = folder
        super().__init__(
            "`{folder}` holds no programme: there is no `programme.yaml` in it. Give the folder of one "
            "programme, such as programmes/alongside.",
            folder=folder.as_posix(),
        )


class BundleError(PlatformError):
    """The bytes given are no bundle of a programme."""

    def __init__(self, reason: str) -> None:
        """Keep the reason."""
        self.reason = reason
        super().__init__("This is no bundle of a programme: {reason}. Publish the programme again.", reason=reason)
