"""Seven kinds of gate in pandas, over columns in memory: how many people have met each gate.

Written as plainly as pandas allows, from the rules of the gates; `readiness_cohort` compares the counts with the
product's before it prints a time.
"""

from datetime import date, datetime
from typing import Any, Final

import pandas

Frame = Any
"""A `pandas.DataFrame`, most of whose methods come without types."""

Frames = dict[str, Frame]

_PANDAS: Final[Any] = pandas
_RULED: Final = ["version_no", "role_no"]
_PART: Final = ["person_no", "gate_no", "part_no"]
_WHO: Final = ["person_no", "version_no", "role_no"]
_SEEN: Final = [*_WHO, "fact_no", "occurred_at", "day", "setting"]


def count_met(frames: Frames, as_of: datetime, today: date) -> dict[int, int]:
    """Return how many people have met each gate, by the gate's number.

    Args:
        frames: The columns that the gates read, by table.
        as_of: What had happened and was known by then counts, in UTC without a zone.
        today: The organisation's day of that instant.
    """
    gates = _Gates(frames, as_of, today)
    met = _PANDAS.concat(
        part[_PART]
        for part in (
            gates.prerequisite(),
            gates.dose(),
            gates.quiz(is_critical=False),
            gates.quiz(is_critical=True),
            gates.certificate(),
            gates.meetings_held(),
            gates.met_lately(),
            gates.level(),
        )
    )
    n_met = met.groupby(["person_no", "gate_no"]).size().rename("n_met").reset_index()
    board = gates.enrolled.merge(frames["gate"], on=_RULED).merge(n_met, on=["person_no", "gate_no"], how="left")
    is_met = board["n_met"].fillna(0) == board["n_parts"]
    return {int(gate): int(n) for gate, n in is_met.groupby(board["gate_no"]).sum().items()}


class _Gates:
    """The relations that several gates read, and a method a kind: its parts that are met."""

    def __init__(self, frames: Frames, as_of: datetime, today: date) -> None:
        self._frames = frames
        self._as_of = as_of
        self._today = _PANDAS.Timestamp(today)
        changes = frames["amendment"]
        never_was = changes["change"].isin(["void", "replaced"])
        known = changes[(changes["recorded_at"] <= as_of) & (never_was | (changes["occurred_at"] <= as_of))]
        gone = known["change"].isin(["void", "replaced", "revoked", "ended"])
        self._gone = known.loc[gone, "target_no"]
        self._adjudicated = known.loc[known["change"] == "adjudicated", "target_no"]
        self.enrolled = _newest(self._in_force("enrolment"), ["person_no"])[_WHO]

    def _in_force(self, table: str) -> Frame:
        facts = self._frames[table]
        is_known = (facts["occurred_at"] <= self._as_of) & (facts["recorded_at"] <= self._as_of)
        return facts[is_known & ~facts["fact_no"].isin(self._gone)]

    def _of_enrolled(self, table: str) -> Frame:
        return self._in_force(table).merge(self.enrolled, on="person_no")

    def _rules(self, kind: str) -> Frame:
        rules = self._frames["gate_rule"]
        return rules[rules["kind"] == kind].drop(columns="kind")

    def prerequisite(self) -> Frame:
        done = self._of_enrolled("milestone")
        done = done[done["kind"] == "prerequisite"]
        found = done.merge(self._rules("prerequisite"), left_on=[*_RULED, "what"], right_on=[*_RULED, "reference"])
        return _enough(found)

    def dose(self) -> Frame:
        newest = _newest(self._of_enrolled("attendance"), ["person_no", "session_no"])
        there = newest[newest["presence"].isin(["present", "made_up"])]
        found = there.merge(
            self._rules("dose"),
            left_on=[*_RULED, "session_no"],
            right_on=[*_RULED, "reference_no"],
            suffixes=("", "_least"),
        )
        counted = found.groupby(_PART, as_index=False).agg(
            n=("fact_no", "size"),
            attended=("minutes", "sum"),
            need=("need", "first"),
            minutes_least=("minutes_least", "first"),
        )
        return counted[(counted["n"] >= counted["need"]) & (counted["attended"] >= counted["minutes_least"])]

    def quiz(self, *, is_critical: bool) -> Frame:
        taken = self._of_enrolled("attempt")
        score, most, least = (taken[name].astype("int32") for name in ("score", "max_score", "pass_pct"))
        passed = taken[taken["counts"] & (most > 0) & (score * 100 >= least * most)]
        if is_critical:
            passed = passed[(passed["critical_total"] > 0) & (passed["critical_missed"] == 0)]
        found = passed.merge(
            self._rules("critical" if is_critical else "quiz"),
            left_on=[*_RULED, "blueprint_no"],
            right_on=[*_RULED, "reference_no"],
        )
        return found[self._is_recent(found)].drop_duplicates(_PART)

    def certificate(self) -> Frame:
        held = self._of_enrolled("certificate")
        held = held[held["expires_on"] >= self._today]
        found = held.merge(
            self._rules("certificate"), left_on=[*_RULED, "certificate_no"], right_on=[*_RULED, "reference_no"]
        )
        return found[_months_later(found, "issued_on") >= self._today].drop_duplicates(_PART)

    def meetings_held(self) -> Frame:
        found = self._meetings(1)
        in_window = found["day"] > self._today - _PANDAS.to_timedelta(found["window_days"], unit="D")
        return _enough(found[in_window])

    def met_lately(self) -> Frame:
        last = _newest(self._meetings(2), ["person_no", "gate_no"])
        columns = ["person_no", "occurred_at", "fact_no", "day", "change"]
        turns = _PANDAS.concat(
            [self._in_force("pause")[columns], self._in_force("enrolment").assign(change="enrolled")[columns]]
        ).sort_values(["person_no", "occurred_at", "fact_no"])
        turns["to_day"] = turns.groupby("person_no")["day"].shift(-1).fillna(self._today)
        away = turns.loc[turns["change"] == "paused", ["person_no", "day", "to_day"]]
        rested = last.merge(away, on="person_no", suffixes=("", "_away"))
        begun = rested[["day", "day_away"]].max(axis=1)
        rested["days"] = (rested["to_day"] - begun).dt.days.clip(lower=0)
        days = rested.groupby(["person_no", "gate_no"], as_index=False)["days"].sum()
        waited = last.merge(days, on=["person_no", "gate_no"], how="left")
        gap = (self._today - waited["day"]).dt.days - waited["days"].fillna(0)
        return waited[gap <= waited["max_gap_days"]]

    def _meetings(self, part_no: int) -> Frame:
        rules = self._rules("supervision")
        rules = rules[rules["part_no"] == part_no]
        found = self._of_enrolled("supervision").merge(rules, on=_RULED, suffixes=("", "_least"))
        return found[found["minutes"] >= found["minutes_least"]]

    def level(self) -> Frame:
        rated = self._counted().merge(self._frames["rating"], on="fact_no")
        found = rated.merge(
            self._rules("level"),
            left_on=[*_RULED, "competency_no", "setting"],
            right_on=[*_RULED, "reference_no", "setting"],
            suffixes=("", "_least"),
        )
        found = found[self._is_recent(found)]
        found = found.assign(is_reached=found["level"] >= found["level_least"])
        # Lines of one observation count as one, by the lowest of them.
        lowest = found.groupby([*_PART, "occurred_at", "fact_no", "need", "last_n"], as_index=False)["is_reached"].min()
        latest = lowest.sort_values(["occurred_at", "fact_no"], ascending=False)
        among = latest[latest.groupby(_PART).cumcount() < latest["last_n"]]
        counted = among.groupby(_PART, as_index=False).agg(
            is_reached=("is_reached", "min"), n=("fact_no", "size"), need=("need", "first")
        )
        return counted[counted["is_reached"] & (counted["n"] >= counted["need"])]

    def _counted(self) -> Frame:
        """Return the observations that count: of a trainer in date, not contested."""
        seen = self._of_enrolled("observation")
        eligible = seen[
            seen["counts"]
            & (seen["relation"] == "trainer")
            & (seen["actor_no"] != seen["person_no"])
            & ((seen["setting"] != "live") | seen["has_co_leader"])
        ]
        settled = eligible[~eligible["fact_no"].isin(self._contested(eligible))]
        passes = self._in_force("calibration")
        passes = passes.loc[passes["is_passed"], ["person_no", "day"]].rename(columns={"person_no": "actor_no"})
        passes["passed_on"] = passes["day"]
        dated = _PANDAS.merge_asof(settled.sort_values("day"), passes.sort_values("day"), on="day", by="actor_no")
        months = self._rules("assessor").groupby(_RULED, as_index=False)["months"].min()
        judged = dated.merge(months, on=_RULED, how="left")
        is_in_date = judged["day"] <= _months_later(judged, "passed_on")
        return judged.loc[judged["months"].isna() | is_in_date, _SEEN]

    def _contested(self, eligible: Frame) -> Frame:
        """Return the observations that differ by two levels or more from another observer's of the same performance."""
        same = ["person_no", "session_code", "checklist_no"]
        coded = eligible.loc[eligible["session_code"] != "", [*same, "actor_no", "fact_no"]]
        actors = coded.groupby(same)["actor_no"].agg(["min", "max"])
        twice = actors[actors["min"] != actors["max"]].reset_index()[same]
        lines = coded.merge(twice, on=same).merge(self._frames["rating"], on="fact_no")
        lowest = lines.groupby([*same, "actor_no", "fact_no", "competency_no"], as_index=False)["level"].min()
        pairs = lowest.merge(lowest, on=[*same, "competency_no"], suffixes=("", "_other"))
        differs = (pairs["actor_no"] != pairs["actor_no_other"]) & (
            (pairs["level"].astype("int32") - pairs["level_other"]).abs() >= 2
        )
        found = pairs.loc[differs, "fact_no"]
        return found[~found.isin(self._adjudicated)].drop_duplicates()

    def _is_recent(self, found: Frame) -> Frame:
        return found["day"] >= self._today - _PANDAS.to_timedelta(found["max_age_days"], unit="D")


def _newest(frame: Frame, by: list[str]) -> Frame:
    return frame.sort_values(["occurred_at", "fact_no"]).drop_duplicates(by, keep="last")


def _enough(found: Frame) -> Frame:
    counted = found.groupby(_PART, as_index=False).agg(n=("fact_no", "size"), need=("need", "first"))
    return counted[counted["n"] >= counted["need"]]


def _months_later(frame: Frame, column: str) -> Frame:
    """Return the day so many months after each; the months of a row are in `months`."""
    later = _PANDAS.Series(_PANDAS.NaT, index=frame.index, dtype="datetime64[us]")
    for months in frame["months"].dropna().unique():
        rows = frame["months"] == months
        later[rows] = frame.loc[rows, column] + _PANDAS.DateOffset(months=int(months))
    return later
