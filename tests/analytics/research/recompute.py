"""Recomputes every figure of the cohort report from the exported CSV files alone. Only the standard library is used.

`python recompute.py FOLDER` prints the figures: key, value, numerator, denominator, low and high end.
"""

import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from math import exp, log, sqrt
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
        **_pace(tables["people"]),
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


# ---------------------------------------------------------------- weeks


class Moment(NamedTuple):
    """A week in which somebody was signed off or left."""

    week: float
    at_risk: int
    signed: int
    left: int


def _pace(people: Sequence[Row]) -> dict[str, Figure]:
    """Return by which week half are signed off, and the two means within the whole weeks that anybody was seen."""
    spans: list[tuple[int, str]] = []
    for one in people:
        if one["signed_week"] is not None:
            spans.append((one["signed_week"] + 1, "signed"))
        elif one["left_week"] is not None:
            spans.append((one["left_week"] + 1, "left"))
        else:
            spans.append((one["weeks_watched"], "waits"))
    n, horizon = len(spans), max((week for week, _ in spans), default=0)
    weeks = sorted({week for week, end in spans if end != "waits"})
    moments = [
        Moment(
            week,
            sum(until >= week for until, _ in spans),
            spans.count((week, "signed")),
            spans.count((week, "left")),
        )
        for week in weeks
    ]
    if not horizon:
        return {f"pace/{name}": Figure(None, None, n) for name in ("half", "mean_waiting", "mean_signed_off")}
    steps = _signed_by(moments)
    signed_off = sum(share * (min(then, horizon) - week) for (week, share, _), then in _with_next(steps, horizon))
    return {
        "pace/half": _half(steps, n),
        "pace/mean_waiting": _mean_waiting(moments, n, horizon),
        "pace/mean_signed_off": Figure(signed_off, None, n),
    }


def _with_next(steps: Sequence[tuple[float, float, float]], horizon: float) -> Iterable[tuple[Any, float]]:
    return zip(steps, [*(week for week, _, _ in steps), horizon][1:], strict=True)


def _signed_by(moments: Sequence[Moment]) -> list[tuple[float, float, float]]:
    """Return week, share signed off by it where leavers never are, and its variance by the delta method."""
    waiting, share = 1.0, 0.0
    before: list[float] = []
    shares: list[float] = []
    for one in moments:
        before.append(waiting)
        share += waiting * one.signed / one.at_risk
        shares.append(share)
        waiting *= 1 - (one.signed + one.left) / one.at_risk
    found: list[tuple[float, float, float]] = []
    for place, now in enumerate(moments):
        variance = 0.0
        for one, was, by in zip(moments[: place + 1], before, shares, strict=False):
            gone, grown = one.signed + one.left, shares[place] - by
            if one.at_risk > gone:
                variance += grown**2 * gone / (one.at_risk * (one.at_risk - gone))
            variance += was**2 * (one.at_risk - one.signed) * one.signed / one.at_risk**3
            variance -= 2 * grown * was * one.signed / one.at_risk**2
        if now.signed:
            found.append((now.week, shares[place], max(variance, 0.0)))
    return found


def _half(steps: Sequence[tuple[float, float, float]], n: int) -> Figure:
    """Return the first week by which half are signed off; its interval from that of the shares, by log(-log)."""
    lows: list[float | None] = []
    highs: list[float | None] = []
    for _, share, variance in steps:
        if 1e-12 < share < 1 - 1e-12:
            reach = exp(Z * sqrt(variance) / (share * -log(share)))
            lows.append(share**reach)
            highs.append(share ** (1 / reach))
        else:
            lows.append(None)
            highs.append(None)
    weeks = [week for week, _, _ in steps]
    value = _reaches_half(weeks, [share for _, share, _ in steps])
    return Figure(value, None, n, _reaches_half(weeks, highs), _reaches_half(weeks, lows))


def _reaches_half(weeks: Sequence[float], shares: Sequence[float | None]) -> float | None:
    for place, share in enumerate(shares):
        if share is None or share < 0.5 - 1e-9:
            continue
        is_just_half = abs(share - 0.5) < 1e-9 and place + 1 < len(weeks)
        return (weeks[place] + weeks[place + 1]) / 2 if is_just_half else weeks[place]
    return None


def _mean_waiting(moments: Sequence[Moment], n: int, horizon: float) -> Figure:
    """Return the area under the share still waiting if nobody left, with its variance by Greenwood's formula."""
    signed = [one for one in moments if one.signed and one.week < horizon]
    edges = [0.0, *(one.week for one in signed), float(horizon)]
    share, areas = 1.0, [edges[1]]
    for one, start, end in zip(signed, edges[1:-1], edges[2:], strict=True):
        share *= 1 - one.signed / one.at_risk
        areas.append(share * (end - start))
    variance = sum(
        sum(areas[place + 1 :]) ** 2 * one.signed / (one.at_risk * (one.at_risk - one.signed))
        for place, one in enumerate(signed)
        if one.at_risk > one.signed
    )
    mean, half = sum(areas), Z * sqrt(variance)
    return Figure(mean, None, n, max(mean - half, 0.0), min(mean + half, float(horizon)))


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
