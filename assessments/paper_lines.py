"""The part of the command line that prints forms and takes them over again when they are filled in."""

import argparse
import json
import sys
from base64 import b64encode
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Protocol, cast

from assessments.commands import Result, run_paper
from assessments.paper.codes import new_form_code, person_code
from assessments.paper.columns import template
from assessments.ports import HubLedger
from curriculum.errors import ProblemSeverity
from curriculum.loading import load_programme
from curriculum.models import Checklist, Programme
from people.models import Actor, PersonId

_MOST_COPIES: Final = 50
_SHOWN: Final = 40
_NOTES: Final = {
    "formative": "practice only: it cannot count as it was watched",
    "unanswered": "some lines have no answer, and so no level",
    "uncalibrated": "the observer's calibration was not in date that day",
}


class WrongUseError(Exception):
    """The command line cannot mean what it says."""


class _OpenStore(HubLedger, Protocol):
    def clock(self) -> datetime: ...


_Command = Callable[[_OpenStore, Actor, Mapping[str, str]], Result]


def add_forms(parser: argparse.ArgumentParser) -> None:
    """Say what `forms` takes."""
    parser.description = "Print every checklist of a programme: a PDF, a CSV file for what comes back, and an XLSForm."
    parser.add_argument("--programme", required=True, type=Path, metavar="DIR", help="the programme's folder")
    parser.add_argument("--into", required=True, type=Path, metavar="DIR", help="the folder to write to")
    parser.add_argument("--checklist", action="append", metavar="ID", help="only this one (may be given again)")
    parser.add_argument(
        "--copies", type=int, default=1, metavar="N", help="sheets of each, every one with its own code"
    )
    parser.add_argument("--trainee", type=int, metavar="NUMBER", help="print a person's code on the sheets")
    parser.set_defaults(run=_run_forms)


def add_paper(parser: argparse.ArgumentParser) -> None:
    """Say what `paper` takes."""
    parser.description = (
        "Take over a batch of forms that were filled in on paper or on tablets. The app may be running."
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="the batch, a CSV file")
    parser.add_argument("--dry-run", action="store_true", help="say exactly what would happen, and change nothing")
    parser.add_argument(
        "--saw",
        action="append",
        default=[],
        metavar="FORM",
        help="what is unhelpful on this sheet was seen: practice stops (may be given again)",
    )
    parser.add_argument("--store", required=True, type=Path, metavar="PATH", help="the store's file")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print the report")
    parser.set_defaults(run=_run_paper)


# ---------------------------------------------------------------- printing


def _run_forms(options: argparse.Namespace) -> int:
    if not 1 <= options.copies <= _MOST_COPIES:
        raise WrongUseError(f"--copies is {options.copies}; expected 1 to {_MOST_COPIES}.")
    programme, problems = load_programme(options.programme)
    if programme is None or any(one.severity is ProblemSeverity.ERROR for one in problems):
        raise WrongUseError(f"{options.programme} has errors. Run: python -m curriculum check {options.programme}")
    into: Path = options.into
    into.mkdir(parents=True, exist_ok=True)
    for checklist in _chosen(programme, options.checklist):
        for name, content in _files(programme, checklist, options).items():
            (into / name).write_bytes(content)
            _put(f"written: {(into / name).as_posix()}")
    return 0


def _chosen(programme: Programme, ids: list[str] | None) -> list[Checklist]:
    unknown = sorted(set(ids or ()) - set(programme.checklist_by_id))
    if unknown:
        raise WrongUseError(f"--checklist is {unknown[0]}; expected one of {', '.join(programme.checklist_by_id)}.")
    return [one for one in programme.checklists if not ids or one.id in ids]


def _files(programme: Programme, checklist: Checklist, options: argparse.Namespace) -> dict[str, bytes]:
    # Printing belongs to a later room; only this command line joins the two.
    printing: Any = import_module("analytics.reports.checklists")
    tablets: Any = import_module("analytics.reports.xlsforms")
    trainee = person_code(PersonId(options.trainee)) if options.trainee else ""
    codes = [new_form_code() for _ in range(options.copies)]
    sheets = printing.Sheets(programme, checklist, codes, datetime.now(UTC), trainee)
    stem = f"{programme.head.id}-{checklist.id}".lower()
    files: dict[str, bytes] = {f"{stem}.pdf": printing.print_checklist(sheets)}
    if checklist.lines:
        files |= {
            f"{stem}.csv": template(programme, checklist),
            f"{stem}.xlsx": tablets.make_xlsform(programme, checklist),
        }
    return files


# ---------------------------------------------------------------- taking over


def _run_paper(options: argparse.Namespace) -> int:
    try:
        content = b64encode(options.file.read_bytes()).decode()
    except OSError as error:
        raise WrongUseError(f"{options.file.as_posix()} cannot be read: {error.strerror}. Look at the name.") from error
    args = {"content": content, "saw": " ".join(options.saw), "dry_run": "yes" if options.dry_run else ""}
    result = _here_or_in_the_app(options.store, {name: value for name, value in args.items() if value})
    is_json = options.format == "json"
    _put(json.dumps(result, indent=2, ensure_ascii=False) if is_json else "\n".join(_lines(result)))
    return int(bool(result["refused"] or result["waiting"]))


def _here_or_in_the_app(path: Path, args: Mapping[str, str]) -> Result:
    # The store is a later room; only this command line joins the two.
    ask = cast(
        Callable[[Path, str, Mapping[str, str], _Command], Result], import_module("store.socket").here_or_in_the_app
    )
    told_to = cast(Callable[..., AbstractContextManager[None]], import_module("store.progress").told_to)
    with told_to(_say):
        return ask(path, "assessments paper", args, _take_over)


def _take_over(store: _OpenStore, operator: Actor, args: Mapping[str, str]) -> Result:
    return run_paper(store, operator, args, store.clock(), progress=_say_progress)


def _put(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()


def _say_progress(n_done: int, n_all: int) -> None:
    if n_done % 500 == 0 and n_all > 500:
        _say(f"{n_done} of {n_all} forms")


def _lines(result: Result) -> list[str]:
    lines = [f"Read as {result['encoding']}, parted by: {result['delimiter'] or 'nothing'}."]
    lines += [_refused_line(one) for one in result["refused"]]
    for one in result["waiting"]:
        lines.append(f"Line {one['line']}, form {one['form']}, trainee {one['trainee']}: waits. Was this seen?")
        lines += [f"    {behaviour}" for behaviour in one["harmful"]]
        lines.append(f"    If so, practice stops and the safeguarding lead is told: give --saw {one['form']}")
    noted = [one for one in result["lines"] if one["notes"]]
    lines += [
        f"Line {one['line']}, form {one['form']}: {_NOTES[note]}" for one in noted[:_SHOWN] for note in one["notes"]
    ]
    done = "would be taken over" if result["dry_run"] else "taken over"
    counts = [f"{result['taken_over']} {done}", f"{result['same']} here already, unchanged"]
    counts += [f"{len(result['waiting'])} waiting", f"{len(result['refused'])} refused"]
    return [*lines, f"{result['read']} read: {', '.join(counts)}."]


def _refused_line(one: Mapping[str, Any]) -> str:
    place = [f"Line {one['line']}", *(f"form {one[name]}" for name in ("form",) if one.get(name))]
    place += [one["column"]] if one["column"] else []
    expected = f"; expected {one['expected']}" if one["expected"] else ""
    advice = f" {one['what_to_do']}" if one.get("what_to_do") else ""
    stop = "" if not expected and one["found"].endswith(".") else "."
    return f"{', '.join(place)}: refused: {one['found']}{expected}{stop}{advice}"
