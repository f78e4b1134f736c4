"""The command line: `python -m analytics safety --programme P`."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from analytics.rule_drafts import RuleDraft, Value
from analytics.safety import Errors, Safety, keep, measure, to_json
from analytics.simulation.command import load_named
from analytics.simulation.population import SMALLEST
from analytics.statistics.estimates import Estimate
from curriculum.errors import PlatformError
from curriculum.ids import BlueprintId

PURPOSE: Final = "show on simulated people whom the rules would wrongly let through, and whom they would wrongly hold"
EXAMPLE: Final = "python -m analytics safety --programme alongside --change two-observers.min=3"

_DESCRIPTION: Final = f"""\
{PURPOSE[0].upper()}{PURPOSE[1:]}.

Cohorts are invented whose truth is known, once for each seed; then all gates together judge those whose cohort is over.
With --change or --cut the same deeds are judged once more by changed rules. It tells how rules compare in an invented
world. It is no evidence about real people. See docs/analytics.md.
"""
_EPILOG: Final = f"""\
examples:
  {EXAMPLE}
  python -m analytics safety --programme alongside --cut quiz-m9=100 --seeds 1,2,3 --keep --format json

exit status: 0 done, 1 refused, 2 wrong use
"""


def add_parser(add: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the command, by the method that adds one."""
    parser = add(
        "safety",
        help=PURPOSE,
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--programme", required=True, metavar="P", help="a programme's folder, or the id of one")
    parser.add_argument(
        "--change", action="append", type=_change, metavar="GATE.FIELD=VALUE", help="a changed rule; may be given again"
    )
    parser.add_argument(
        "--cut", action="append", type=_cut, metavar="QUIZ=PCT", help="a changed pass mark; may be given again"
    )
    parser.add_argument("--trainees", type=_count, default=200, metavar="N", help="for each seed (default: 200)")
    parser.add_argument(
        "--seeds", type=_seeds, default=(1, 2, 3), metavar="A,B,…", help="numbers that decide all chance"
    )
    parser.add_argument("--until", type=_day, metavar="DAY", help="the first day not simulated (default: today)")
    parser.add_argument("--keep", action="store_true", help="keep the result in the hub's folder for the page Rules")
    parser.add_argument("--format", choices=["text", "json"], default="text", help="how to print the result")


def run(given: Mapping[str, Any]) -> int:
    """Run the command; return 0 when it was done, 1 when it was refused."""
    changes: dict[str, dict[str, Value]] = {}
    for gate_id, path, value in given["change"] or ():
        changes.setdefault(gate_id, {})[path] = value
    draft = RuleDraft(changes, dict(given["cut"] or ()))
    try:
        found = measure(
            load_named(given["programme"]),
            draft,
            seeds=given["seeds"],
            n_trainees=given["trainees"],
            until=given["until"] or date.today(),  # noqa: DTZ011 - the operator's own day
            tell=_say_progress,
        )
    except PlatformError as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    text = json.dumps(to_json(found), indent=2) if given["format"] == "json" else "\n".join(_lines(found))
    sys.stdout.write(f"{text}\n")
    if given["keep"]:
        sys.stderr.write(f"Kept in {keep(found)}\n")
    return 0


def _say_progress(seed: int, n_seeds: int, week: int, n_weeks: int) -> None:
    if week == n_weeks or week % 20 == 0:
        sys.stderr.write(f"  seed {seed} of {n_seeds}: week {week} of {n_weeks}\n")
        sys.stderr.flush()


def _lines(found: Safety) -> list[str]:
    seeds = ", ".join(map(str, found.seeds))
    lines = [
        f"{found.programme_id} {found.version}: {len(found.seeds)} × {found.n_trainees} simulated people, "
        f"seeds {seeds}, until {found.until}.",
        "Simulated people, not evidence about real ones.",
        "",
        *_errors_lines("Rules as they are", found.before),
    ]
    if found.after is not None:
        lines += ["", *_errors_lines(f"With {', '.join(found.draft.words())}", found.after)]
    return lines


def _errors_lines(title: str, errors: Errors) -> list[str]:
    return [
        f"{title}:",
        f"  below standard and let through: {errors.let_through} of {errors.below}{_share(errors.wrongly_through)}",
        f"  at standard and held:           {errors.held} of {errors.good}{_share(errors.wrongly_held)}",
    ]


def _share(estimate: Estimate) -> str:
    if estimate.value is None:
        return f"; not computable, because {estimate.because.text() if estimate.because else 'nobody was counted'}"
    ends = (estimate.interval.low, estimate.interval.high) if estimate.interval else ()
    low, high = (f"{100 * (end or 0):.1f}" for end in ends) if ends else ("0", "100")
    return f", {100 * estimate.value:.1f} % (95 % Wilson interval {low} to {high})"


# ---------------------------------------------------------------- arguments


def _change(text: str) -> tuple[str, str, Value]:
    name, separator, value = text.partition("=")
    gate_id, dot, path = name.partition(".")
    if not (separator and dot and gate_id and path and value):
        raise argparse.ArgumentTypeError(f"`{text}` is no change; write two-observers.min=3")
    return gate_id, path, _value(value)


def _value(text: str) -> Value:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def _cut(text: str) -> tuple[BlueprintId, int]:
    name, _, value = text.partition("=")
    if not name or not value.isdecimal():
        raise argparse.ArgumentTypeError(f"`{text}` is no pass mark; write quiz-m9=100")
    return BlueprintId(name), int(value)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < SMALLEST:
        raise argparse.ArgumentTypeError(f"`{text}` is not a number from {SMALLEST} up")
    return int(text)


def _seeds(text: str) -> tuple[int, ...]:
    try:
        return tuple(dict.fromkeys(int(one) for one in text.split(",")))
    except ValueError:
        raise argparse.ArgumentTypeError(f"`{text}` are no seeds; write 1,2,3") from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"`{text}` is no day; write 2026-11-23") from None
