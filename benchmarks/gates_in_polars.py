"""Seven kinds of gate in polars, over columns in memory: how many people have met each gate.

Written as plainly as polars allows, from the rules of the gates; `readiness_cohort` compares the counts with the
product's before it prints a time.
"""

from datetime import date, datetime
from typing import Final

import polars
from polars import DataFrame, col

Frames = dict[str, DataFrame]

_RULED: Final = ("version_no", "role_no")
_PART: Final = ("person_no", "gate_no", "part_no")
_WHO: Final = ("person_no", "version_no", "role_no")
_SEEN: Final = (*_WHO, "fact_no", "occurred_at", "day", "setting")


def count_met(frames: Frames, as_of: datetime, today: date) -> dict[int, int]:
    """Return how many people have met each gate, by the gate's number.

    Args:
        frames: The columns that the gates read, by table.
        as_of: What had happened and was known by then counts, in UTC without a zone.
        today: The organisation's day of that instant.
    """
    gates = _Gates(frames, as_of, today)
    met = polars.concat(
        part.select(_PART)
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
    n_met = met.group_by("person_no", "gate_no").len("n_met")
    board = (
        gates.enrolled.join(frames["gate"], on=_RULED)
        .join(n_met, on=("person_no", "gate_no"), how="left")
        .with_columns(is_met=col("n_met").fill_null(0) == col("n_parts"))
    )
    counted = board.group_by("gate_no").agg(col("is_met").sum())
    return dict(counted.iter_rows())


class _Gates:
    """The relations that several gates read, and a method a kind: its parts that are met."""

    def __init__(self, frames: Frames, as_of: datetime, today: date) -> None:
        self._frames = frames
        self._as_of = as_of
        self._today = today
        known = frames["amendment"].filter(
            col("recorded_at") <= as_of, col("change").is_in(["void", "replaced"]) | (col("occurred_at") <= as_of)
        )
        self._gone = known.filter(col("change").is_in(["void", "replaced", "revoked", "ended"]))["target_no"].implode()
        self._adjudicated = known.filter(col("change") == "adjudicated")["target_no"].implode()
        self.enrolled = _newest(self._in_force("enrolment"), "person_no").select(_WHO)

    def _in_force(self, table: str) -> DataFrame:
        return self._frames[table].filter(
            col("occurred_at") <= self._as_of, col("recorded_at") <= self._as_of, ~col("fact_no").is_in(self._gone)
        )

    def _of_enrolled(self, table: str) -> DataFrame:
        return self._in_force(table).join(self.enrolled, on="person_no")

    def _rules(self, kind: str) -> DataFrame:
        return self._frames["gate_rule"].filter(col("kind") == kind).drop("kind")

    def prerequisite(self) -> DataFrame:
        done = self._of_enrolled("milestone").filter(col("kind") == "prerequisite")
        found = done.join(self._rules("prerequisite"), left_on=(*_RULED, "what"), right_on=(*_RULED, "reference"))
        return found.group_by(_PART).agg(polars.len(), col("need").first()).filter(col("len") >= col("need"))

    def dose(self) -> DataFrame:
        newest = _newest(self._of_enrolled("attendance"), "person_no", "session_no")
        there = newest.filter(col("presence").is_in(["present", "made_up"])).rename({"minutes": "attended"})
        found = there.join(self._rules("dose"), left_on=(*_RULED, "session_no"), right_on=(*_RULED, "reference_no"))
        return (
            found.group_by(_PART)
            .agg(polars.len(), col("attended").cast(polars.Int64).sum(), col("need", "minutes").first())
            .filter(col("len") >= col("need"), col("attended") >= col("minutes"))
        )

    def quiz(self, *, is_critical: bool) -> DataFrame:
        passed = self._of_enrolled("attempt").filter(
            col("counts"),
            col("max_score") > 0,
            col("score").cast(polars.Int32) * 100 >= col("pass_pct").cast(polars.Int32) * col("max_score"),
        )
        if is_critical:
            passed = passed.filter(col("critical_total") > 0, col("critical_missed") == 0)
        rules = self._rules("critical" if is_critical else "quiz")
        found = passed.join(rules, left_on=(*_RULED, "blueprint_no"), right_on=(*_RULED, "reference_no"))
        return found.filter(self._is_recent()).unique(_PART)

    def certificate(self) -> DataFrame:
        valid = self._of_enrolled("certificate").filter(col("expires_on") >= self._today)
        found = valid.join(
            self._rules("certificate"), left_on=(*_RULED, "certificate_no"), right_on=(*_RULED, "reference_no")
        )
        return found.filter(_months_later("issued_on") >= self._today).unique(_PART)

    def meetings_held(self) -> DataFrame:
        rules = self._rules("supervision").filter(col("part_no") == 1)
        found = self._of_enrolled("supervision").join(rules, on=_RULED, suffix="_least")
        in_window = polars.lit(self._today) - polars.duration(days=col("window_days"))
        counted = found.filter(col("minutes") >= col("minutes_least"), col("day") > in_window)
        return counted.group_by(_PART).agg(polars.len(), col("need").first()).filter(col("len") >= col("need"))

    def met_lately(self) -> DataFrame:
        rules = self._rules("supervision").filter(col("part_no") == 2)
        found = self._of_enrolled("supervision").join(rules, on=_RULED, suffix="_least")
        last = _newest(found.filter(col("minutes") >= col("minutes_least")), "person_no", "gate_no")
        turns = polars.concat(
            [
                self._in_force("pause").select("person_no", "occurred_at", "fact_no", "day", "change"),
                self._in_force("enrolment").select(
                    "person_no", "occurred_at", "fact_no", "day", change=polars.lit("enrolled")
                ),
            ]
        ).sort("person_no", "occurred_at", "fact_no")
        away = turns.select(
            "person_no", "change", from_day="day", to_day=col("day").shift(-1).over("person_no").fill_null(self._today)
        ).filter(col("change") == "paused")
        rested = last.join(away, on="person_no").with_columns(
            days=(col("to_day") - polars.max_horizontal("from_day", "day")).dt.total_days().clip(lower_bound=0)
        )
        waited = last.join(
            rested.group_by("person_no", "gate_no").agg(col("days").sum()), on=("person_no", "gate_no"), how="left"
        )
        gap = (polars.lit(self._today) - col("day")).dt.total_days() - col("days").fill_null(0)
        return waited.filter(gap <= col("max_gap_days"))

    def level(self) -> DataFrame:
        rated = self._counted().join(self._frames["rating"], on="fact_no")
        found = rated.join(
            self._rules("level"),
            left_on=(*_RULED, "competency_no", "setting"),
            right_on=(*_RULED, "reference_no", "setting"),
            suffix="_least",
        ).filter(self._is_recent())
        # Lines of one observation count as one, by the lowest of them.
        lowest = found.group_by(*_PART, "occurred_at", "fact_no", "need", "last_n").agg(
            (col("level") >= col("level_least")).all().alias("is_reached")
        )
        latest = lowest.sort("occurred_at", "fact_no", descending=True).with_columns(
            place=polars.int_range(1, polars.len() + 1).over(_PART)
        )
        among = latest.filter(col("place") <= col("last_n"))
        return (
            among.group_by(_PART)
            .agg(col("is_reached").all(), polars.len(), col("need").first())
            .filter(col("is_reached"), col("len") >= col("need"))
        )

    def _counted(self) -> DataFrame:
        """Return the observations that count: of a trainer in date, not contested."""
        eligible = self._of_enrolled("observation").filter(
            col("counts"),
            col("relation") == "trainer",
            col("actor_no") != col("person_no"),
            (col("setting") != "live") | col("has_co_leader"),
        )
        settled = eligible.filter(~col("fact_no").is_in(self._contested(eligible).implode()))
        passes = (
            self._in_force("calibration").filter(col("is_passed")).select("day", actor_no="person_no", passed_on="day")
        )
        dated = settled.sort("day").join_asof(passes.sort("day"), on="day", by="actor_no", check_sortedness=False)
        months = self._rules("assessor").group_by(_RULED).agg(col("months").min())
        judged = dated.join(months, on=_RULED, how="left")
        return judged.filter(
            col("months").is_null() | (col("day") <= _months_later("passed_on")).fill_null(value=False)
        ).select(_SEEN)

    def _contested(self, eligible: DataFrame) -> polars.Series:
        """Return the observations that differ by two levels or more from another observer's of the same performance."""
        same = ("person_no", "session_code", "checklist_no")
        coded = eligible.filter(col("session_code") != "").select(*same, "actor_no", "fact_no")
        twice = coded.group_by(same).agg(col("actor_no").n_unique()).filter(col("actor_no") > 1).select(same)
        lines = coded.join(twice, on=same).join(self._frames["rating"], on="fact_no")
        lowest = lines.group_by(*same, "actor_no", "fact_no", "competency_no").agg(col("level").min())
        pairs = lowest.join(lowest, on=(*same, "competency_no"), suffix="_other").filter(
            col("actor_no") != col("actor_no_other"), (col("level") - col("level_other")).abs() >= 2
        )
        return pairs.filter(~col("fact_no").is_in(self._adjudicated))["fact_no"].unique()

    def _is_recent(self) -> polars.Expr:
        return col("day") >= polars.lit(self._today) - polars.duration(days=col("max_age_days"))


def _newest(frame: DataFrame, *by: str) -> DataFrame:
    return frame.sort("occurred_at", "fact_no").unique(by, keep="last", maintain_order=True)


def _months_later(column: str) -> polars.Expr:
    return col(column).dt.offset_by(col("months").cast(polars.String) + "mo")
