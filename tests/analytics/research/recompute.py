"""Recomputes every figure of the cohort report from the exported CSV files alone. Only the standard library is used.

`python recompute.py FOLDER` prints the figures: key, value, numerator, denominator, low and high end.
"""

import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from math import sqrt
from pathlib import Path
from statistics import median
from typing import Any, Final, NamedTuple

Row = dict[str, Any]
Z: Final = 1.959963984540054
MISSING: Final = "NA"


class Figure(NamedTuple):
    """A figure as it follows from the files; `low` and `high` None where there is no interval."""

    value: float | None
    numerator: int | None
    denominator: int
    low: float | None = None
    high: float | None = None


def read(folder: Path) -> dict[str, list[Row]]:
    """Return the tables, each value by the type that datapackage.json gives it."""
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    tables: dict[str, list[Row]] = {}
    for resource in package["resources"]:
        types = {one["name"]: one["type"] for one in resource["schema"]["fields"]}
        with (folder / resource["path"]).open(newline="", encoding="utf-8") as file:
            tables[resource["name"]] = [
                {name: _typed(value, types[name]) for name, value in row.items()} for row in csv.DictReader(file)
            ]
    return tables


def _typed(value: str, kind: str) -> Any:
    if value == MISSING:
        return None
    if kind == "boolean":
        return {"true": True, "false": False}[value]
    return {"integer": int, "number": float, "string": str}[kind](value)


def recompute(tables: Mapping[str, Sequence[Row]]) -> dict[str, Figure]:
    """Return all figures by key."""
    return {
        **_people(tables["people"]),
        **_steps(tables["people"]),
        **_gates(tables["people"], tables["gates"]),
        **_support(tables),
        **_quizzes(tables["attempts"]),
        **_items(tables["attempts"], tables["responses"]),
        **_levels(tables),
        **_raters(tables["observations"], tables["ratings"]),
    }


# ---------------------------------------------------------------- shares


def share(k: int, n: int) -> Figure:
    """Return a share with Wilson's interval."""
    if n == 0:
        return Figure(None, None, 0)
    p = k / n
    centre = (p + Z**2 / (2 * n)) / (1 + Z**2 / n)
    half = Z * sqrt(p * (1 - p) / n + Z**2 / (4 * n**2)) / (1 + Z**2 / n)
    return Figure(p, k, n, 0.0 if k == 0 else centre - half, 1.0 if k == n else centre + half)


def bare(k: int, n: int) -> Figure:
    """Return a share without an interval."""
    return Figure(k / n, k, n) if n else Figure(None, None, 0)


def _people(people: Sequence[Row]) -> dict[str, Figure]:
    statuses = ("not_started", "in_training", "practising", "ready_for_decision", "signed_off", "due_soon", "lapsed",
                "on_hold", "paused", "withdrawn", "revoked")  # fmt: skip
    counts = {status: sum(one["status"] == status for one in people) for status in statuses}
    return {f"people/{status}": Figure(float(n), n, len(people)) for status, n in counts.items()}


def _steps(people: Sequence[Row]) -> dict[str, Figure]:
    weeks = {"session": "session_week", "quiz": "quiz_week", "roleplay": "roleplay_week", "live": "live_week",
             "signed_off": "signed_week"}  # fmt: skip
    return {
        f"steps/{step}": share(sum(one[week] is not None for one in people), len(people))
        for step, week in weeks.items()
    }


def _gates(people: Sequence[Row], gates: Sequence[Row]) -> dict[str, Figure]:
    left = {row["person"] for row in people if row["status"] == "withdrawn"}
    states: defaultdict[str, list[str]] = defaultdict(list)
    for row in gates:
        if row["state"] != "not_required" and row["person"] not in left:
            states[row["gate"]].append(row["state"])
    return {f"gates/{gate}": share(found.count("met"), len(found)) for gate, found in states.items()}


def _support(tables: Mapping[str, Sequence[Row]]) -> dict[str, Figure]:
    meetings = [row for row in tables["meetings"] if row["week"] >= 0]
    supervised = {row["person"] for row in tables["supervision"]}
    gaps = [row["gap_days"] for row in tables["supervision"] if row["gap_days"] is not None]
    hours = [row["hours"] for row in tables["contacts"] if row["state"] == "answered"]
    n_asked = sum(row["state"] != "taken_back" for row in tables["contacts"])
    return {
        "support/held": bare(sum(row["outcome"] == "held" for row in meetings), len(meetings)),
        "support/supervised": share(len(supervised), len(tables["people"])),
        "support/median_gap_days": Figure(float(median(gaps)) if gaps else None, None, len(gaps)),
        "support/median_hours": Figure(median(hours) if hours else None, None, len(hours)),
        "support/answered": bare(len(hours), n_asked),
    }


# ---------------------------------------------------------------- quizzes


def _quizzes(attempts: Sequence[Row]) -> dict[str, Figure]:
    tried: defaultdict[str, set[str]] = defaultdict(set)
    passed: defaultdict[str, set[str]] = defaultdict(set)
    first: defaultdict[str, set[str]] = defaultdict(set)
    for row in attempts:
        if row["counts"]:
            tried[row["quiz"]].add(row["person"])
            if row["max_score"] > 0 and row["score"] * 100 >= row["pass_pct"] * row["max_score"]:
                passed[row["quiz"]].add(row["person"])
                if row["nth"] == 1:
                    first[row["quiz"]].add(row["person"])
    found: dict[str, Figure] = {}
    for quiz, people in tried.items():
        found[f"quizzes/{quiz}/passed"] = share(len(passed[quiz]), len(people))
        found[f"quizzes/{quiz}/first"] = share(len(first[quiz]), len(people))
    return found


def _items(attempts: Sequence[Row], responses: Sequence[Row]) -> dict[str, Figure]:
    firsts = {row["attempt"]: row for row in attempts if row["counts"] and row["nth"] == 1}
    marks: defaultdict[str, defaultdict[str, dict[str, tuple[float, float]]]] = defaultdict(lambda: defaultdict(dict))
    for row in responses:
        if row["attempt"] in firsts:
            attempt = firsts[row["attempt"]]
            mark = row["points"] / attempt["per_point"], row["max_points"] / attempt["per_point"]
            marks[attempt["quiz"]][row["item"]][attempt["person"]] = mark
    found: dict[str, Figure] = {}
    for quiz, by_item in marks.items():
        for item, by_person in by_item.items():
            mean = sum(mark for mark, _ in by_person.values()) / len(by_person)
            full = max(of for _, of in by_person.values())
            found[f"items/{quiz}/{item}/facility"] = Figure(mean / full, None, len(by_person))
        found[f"items/{quiz}/alpha"] = _alpha(by_item)
    return found


def _alpha(by_item: Mapping[str, Mapping[str, tuple[float, float]]]) -> Figure:
    """Return Cronbach's alpha; none where people had different items."""
    people = sorted({person for marks in by_item.values() for person in marks})
    n, k = len(people), len(by_item)
    if any(set(marks) != set(people) for marks in by_item.values()) or n < 2 or k < 2:
        return Figure(None, None, n)
    spread = sum(_variance([marks[person][0] for person in people]) for marks in by_item.values())
    total = _variance([sum(marks[person][0] for marks in by_item.values()) for person in people])
    return Figure(k / (k - 1) * (1 - spread / total) if total else None, None, n)


def _variance(values: Sequence[float]) -> float:
    mean = sum(values) / len(values)
    return sum((value - mean) ** 2 for value in values) / (len(values) - 1)


# ---------------------------------------------------------------- practice


def _levels(tables: Mapping[str, Sequence[Row]]) -> dict[str, Figure]:
    """Return how many stand at each level: the lowest line of a competency in each person's newest observation."""
    gone = {row["person"] for row in tables["people"] if row["left_week"] is not None}
    places = {row["observation"]: place for place, row in enumerate(tables["observations"])}
    seen = {
        row["observation"]: row for row in tables["observations"] if row["is_counted"] and row["person"] not in gone
    }
    lowest: dict[tuple[str, str], int] = {}
    for row in tables["ratings"]:
        if row["observation"] in seen and row["level"] is not None:
            key = row["observation"], row["competency"]
            lowest[key] = min(lowest.get(key, row["level"]), row["level"])
    newest: dict[tuple[str, str, str, str], tuple[int, int]] = {}
    for (observation, competency), level in lowest.items():
        of = seen[observation]
        key = of["setting"], of["checklist"], competency, of["person"]
        newest[key] = max(newest.get(key, (-1, 0)), (places[observation], level))
    counts: defaultdict[str, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
    for (setting, checklist, competency, _), (_, level) in newest.items():
        counts[f"{setting}/{checklist}/{competency}"][level] += 1
    return {
        f"levels/{name}/{level}": bare(by_level[level], sum(by_level.values()))
        for name, by_level in counts.items()
        for level in range(1, 5)
    }


def _raters(observations: Sequence[Row], ratings: Sequence[Row]) -> dict[str, Figure]:
    units = _rated_units(observations, ratings)
    return {
        "raters/exact_agreement": _agreement(units, 0),
        "raters/adjacent_agreement": _agreement(units, 1),
        "raters/krippendorff_alpha_ordinal": _krippendorff(units),
    }


def _rated_units(observations: Sequence[Row], ratings: Sequence[Row]) -> list[list[int]]:
    """Return the levels of each line of each performance that two trainers or more rated."""
    newest = {
        (row["performance"], row["rater"]): row["observation"]
        for row in observations
        if row["performance"] is not None and row["relation"] == "trainer"
    }
    performance = {observation: key[0] for key, observation in newest.items()}
    units: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for row in ratings:
        if row["observation"] in performance and row["level"] is not None:
            units[performance[row["observation"]], row["line"]].append(row["level"])
    return [levels for levels in units.values() if len(levels) > 1]


def _agreement(units: Sequence[Sequence[int]], apart: int) -> Figure:
    """Return the mean over units of the share of pairs that are at most so far apart."""
    shares = [
        sum(abs(one - other) <= apart for one, other in combinations(levels, 2)) / (len(levels) * (len(levels) - 1) / 2)
        for levels in units
    ]
    return Figure(sum(shares) / len(shares) if shares else None, None, len(units))


def _krippendorff(units: Sequence[Sequence[int]]) -> Figure:
    """Return the ordinal alpha from the coincidences."""
    together: defaultdict[tuple[int, int], float] = defaultdict(float)
    for levels in units:
        for place, one in enumerate(levels):
            for other in (*levels[:place], *levels[place + 1 :]):
                together[one, other] += 1 / (len(levels) - 1)
    scale = sorted({level for pair in together for level in pair})
    n_of = {level: sum(together[level, other] for other in scale) for level in scale}
    n = sum(n_of.values())

    def distance(one: int, other: int) -> float:
        low, high = sorted((one, other))
        between = sum(n_of[level] for level in scale if low <= level <= high)
        return (between - (n_of[low] + n_of[high]) / 2) ** 2

    pairs = [(one, other) for one in scale for other in scale if one != other]
    observed = sum(together[pair] * distance(*pair) for pair in pairs)
    expected = sum(n_of[one] * n_of[other] * distance(one, other) for one, other in pairs) / (n - 1) if n > 1 else 0.0
    return Figure(1 - observed / expected if expected else None, None, len(units))


def _lines(figures: Mapping[str, Figure]) -> Iterable[str]:
    return (
        f"{key}\t" + "\t".join("" if one is None else f"{one:g}" for one in found) for key, found in figures.items()
    )


if __name__ == "__main__":
    sys.stdout.write("\n".join(_lines(recompute(read(Path(sys.argv[1]))))) + "\n")
