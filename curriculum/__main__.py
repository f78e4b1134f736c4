"""`python -m curriculum check`: the problems of programmes, as a compiler prints them."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from curriculum.errors import Problem, ProblemSeverity, ProgrammeFolderError
from curriculum.loading import load_programme

_EPILOG = """\
examples:
  python -m curriculum check                          all programmes under programmes/
  python -m curriculum check programmes/alongside     one programme
  python -m curriculum check --format json programmes/alongside

exit status: 0 no errors (warnings are advice), 1 errors found, 2 wrong use
"""


@dataclass(frozen=True, slots=True)
class Result:
    """What the check of one folder found."""

    folder: Path
    problems: list[Problem]

    def count(self, severity: ProblemSeverity) -> int:
        """Return how many problems of a severity there are."""
        return sum(problem.severity is severity for problem in self.problems)

    @property
    def summary(self) -> str:
        """Return the one line that ends the report of a folder."""
        counts = [(self.count(severity), severity.value) for severity in ProblemSeverity]
        said = ", ".join(f"{n} {word}{'' if n == 1 else 's'}" for n, word in counts if n)
        return f"{self.folder.as_posix()}: {said or 'no problems'}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit status."""
    options = _parser().parse_args(arguments)
    try:
        folders = options.folders or _default_folders()
        results = [Result(folder, load_programme(folder)[1]) for folder in folders]
    except ProgrammeFolderError as error:
        print(error, file=sys.stderr)
        return 2
    if options.format == "json":
        _print_json(results)
    else:
        _print_text(results)
    return int(any(result.count(ProblemSeverity.ERROR) for result in results))


def _parser() -> argparse.ArgumentParser:
    formatter = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="python -m curriculum", epilog=_EPILOG, formatter_class=formatter)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    summary = "print the problems of programmes"
    check = commands.add_parser("check", help=summary, description=summary, epilog=_EPILOG, formatter_class=formatter)
    check.add_argument("folders", nargs="*", type=Path, metavar="DIR", help="a programme's folder (default: all)")
    check.add_argument("--format", choices=("text", "json"), default="text", help="how to print (default: text)")
    return parser


def _default_folders() -> list[Path]:
    home = Path("programmes")
    folders = sorted(path.parent for path in home.glob("*/programme.yaml"))
    if not folders:
        raise ProgrammeFolderError(home)
    return folders


def _print_text(results: Sequence[Result]) -> None:
    for result in results:
        for problem in result.problems:
            print(problem)
        print(result.summary)


def _print_json(results: Sequence[Result]) -> None:
    programmes = [
        {
            "folder": result.folder.as_posix(),
            "errors": result.count(ProblemSeverity.ERROR),
            "warnings": result.count(ProblemSeverity.WARNING),
        }
        for result in results
    ]
    problems = [problem.as_dict() for result in results for problem in result.problems]
    print(json.dumps({"programmes": programmes, "problems": problems}, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    sys.exit(main())
