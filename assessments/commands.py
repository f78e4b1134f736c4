"""What the operator does with sheets of paper on the server: one entry for the command line and for a running app."""

from base64 import b64decode
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from assessments.errors import WrongInputError
from assessments.paper.codes import person_code
from assessments.ports import HubLedger
from assessments.service.paper import Line, Outcome, Report, take_over
from people.errors import NotAllowedError
from people.models import Actor
from people.service import record_operator_act

Result = dict[str, Any]
Progress = Callable[[int, int], None]


def run_paper(
    ledger: HubLedger,
    actor: Actor,
    args: Mapping[str, str],
    now: datetime,
    *,
    progress: Progress = lambda _done, _all: None,
) -> Result:
    """Try a batch of sheets, or take it over, and return what to print.

    Args:
        ledger: Where facts are.
        actor: The operator.
        args: `content` is the file's bytes in base64; `dry_run` is `yes` or left out; `saw` names the sheets, parted by
            spaces, of which somebody has said that what is unhelpful was seen.
        now: The time.
        progress: Told how far it is.

    Raises:
        NotAllowedError: The actor is not the operator.
    """
    if not actor.is_operator:
        raise NotAllowedError("give commands on the server")
    is_dry = bool(args.get("dry_run"))
    if not is_dry:
        record_operator_act(ledger, actor, "assessments paper", now)
    saw, content = args.get("saw", "").split(), b64decode(args["content"])
    report = take_over(ledger, actor, content, saw=saw, is_dry=is_dry, now=now, progress=progress)
    return {"dry_run": is_dry} | describe(report)


def describe(report: Report) -> Result:
    """Return a report for JSON: counts, what waits for a confirmation, and every refused line in its place."""
    faults = [
        {"line": one.line, "column": one.column, "found": one.found, "expected": one.expected} for one in report.faults
    ]
    refused = [_refusal(line) for line in report.lines if line.refusal is not None]
    waiting = [_told(line) | {"harmful": list(line.harmful)} for line in report.lines if line.outcome is Outcome.HARM]
    return {
        "encoding": report.encoding,
        "delimiter": report.delimiter,
        "read": len(report.lines),
        "taken_over": report.count(Outcome.NEW),
        "same": report.count(Outcome.SAME),
        "waiting": waiting,
        "refused": faults + refused,
        "lines": [_told(line) | {"what": line.outcome.value, "notes": list(line.notes)} for line in report.lines],
    }


def _told(line: Line) -> Result:
    return {
        "line": line.number,
        "form": line.sheet,
        "trainee": person_code(line.person_id) if line.person_id is not None else "",
    }


def _refusal(line: Line) -> Result:
    error = line.refusal
    if isinstance(error, WrongInputError):
        place = {"column": error.where, "found": error.found, "expected": error.expected, "what_to_do": error.advice}
    else:
        place = {"column": "", "found": str(error), "expected": "", "what_to_do": ""}
    return _told(line) | place
