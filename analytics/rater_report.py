"""A rater analysis as the command prints it: as JSON, or as lines to read."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any, Final

from analytics.figures import columns_text, figure_json, figure_text, number_text
from analytics.rater_analysis import PairAgreement, RaterReport
from analytics.statistics.rater_needs import RaterNeed
from analytics.statistics.severity import RaterDrift, RaterSeverity
from analytics.statistics.thresholds import RATERS, Bearing

NAMES: Final = {
    "exact_agreement": "Same level",
    "adjacent_agreement": "Within one level",
    "gwet_ac1": "Gwet AC1",
    "gwet_ac2_quadratic": "Gwet AC2, quadratic",
    "cohen_kappa": "Cohen kappa",
    "cohen_kappa_linear": "Cohen kappa, linear",
    "cohen_kappa_quadratic": "Cohen kappa, quadratic",
    "fleiss_kappa": "Fleiss kappa",
    "krippendorff_alpha_nominal": "Krippendorff alpha, nominal",
    "krippendorff_alpha_ordinal": "Krippendorff alpha, ordinal",
    "krippendorff_alpha_interval": "Krippendorff alpha, interval",
    "krippendorff_alpha_ratio": "Krippendorff alpha, ratio",
    "icc_1_1": "ICC(1,1), one rater",
    "icc_2_1": "ICC(2,1), one rater",
    "icc_3_1": "ICC(3,1), one rater",
    "icc_1_k": "ICC(1,k), mean of raters",
    "icc_2_k": "ICC(2,k), mean of raters",
    "icc_3_k": "ICC(3,k), mean of raters",
}
"""What each coefficient is called."""


def report_json(report: RaterReport) -> dict[str, Any]:
    """Return the analysis for programs. Shares and coefficients are proportions."""
    ratings = report.ratings
    return {
        "n_subjects": len(ratings.subjects),
        "n_raters": len(ratings.raters),
        "n_ratings": ratings.n_ratings,
        "n_doubly_rated": ratings.n_doubly_rated,
        "bearing": report.bearing.value,
        "levels": list(ratings.levels),
        "counts": report.counts.tolist(),
        "coefficients": {name: figure_json(figure) for name, figure in report.coefficients.items()},
        "categories": [{"level": one.level, "fleiss_kappa": figure_json(one.kappa)} for one in report.categories],
        "pairs": [_pair_json(pair) for pair in report.pairs],
        "raters": [_rater_json(one, drift) for one, drift in zip_longest(report.severities, report.drifts)],
        "enough": need_json(report.need) if report.need else None,
    }


def _pair_json(pair: PairAgreement) -> dict[str, Any]:
    return {
        "raters": [pair.one, pair.other],
        "n": pair.n,
        "exact_agreement": figure_json(pair.exact),
        "cohen_kappa": figure_json(pair.kappa),
        "cohen_kappa_quadratic": figure_json(pair.weighted),
    }


def _rater_json(one: RaterSeverity, drift: RaterDrift | None) -> dict[str, Any]:
    return {
        "rater": one.rater,
        "n_shared": one.n,
        "group": one.group,
        "severity": figure_json(one.severity),
        "leaning": one.leaning.value if one.leaning else None,
        "drift_per_month": figure_json(drift.drift) if drift else None,
        "is_drifting": drift.is_drifting if drift else None,
    }


def need_json(need: RaterNeed) -> dict[str, Any]:
    """Return how many raters would be enough, for programs."""
    return {
        "target": need.target,
        "raters_of_each": {"fewest": need.fewest, "likely": need.likely, "most": need.most},
        "more_observations": {"fewest": need.more_observations[0], "most": need.more_observations[1]},
        "expected": [
            {"n_raters": one.n_raters, "value": one.value, "interval": [one.low, one.high]} for one in need.expected
        ],
    }


# ---------------------------------------------------------------- text


def report_lines(report: RaterReport) -> list[str]:
    """Return the analysis as lines to read: no more than the number of doubly rated subjects bears."""
    ratings = report.ratings
    lines = [
        f"{ratings.n_ratings} ratings of {len(ratings.subjects)} subjects by {len(ratings.raters)} raters;"
        f" {ratings.n_doubly_rated} subjects rated by two or more. {_BEARING[report.bearing]}",
        "",
        *_count_lines(report),
    ]
    if report.bearing is not Bearing.COUNTS:
        named = [[NAMES[name], figure_text(figure)] for name, figure in report.coefficients.items()]
        lines += ["", *columns_text(named, n_left=2)]
        lines += list(_pair_lines(report))
    lines += list(_rater_lines(report)) + list(need_lines(report.need))
    return lines


_BEARING: Final = {
    Bearing.COUNTS: f"Fewer than {RATERS.coefficients}: that bears the table of counts, and no coefficient.",
    Bearing.PROVISIONAL: f"Fewer than {RATERS.firm}: all coefficients are provisional.",
    Bearing.FIRM: "",
}


def _count_lines(report: RaterReport) -> Iterator[str]:
    raters = report.ratings.raters
    if len(raters) == 2:
        yield f"How often {raters[0]} (rows) and {raters[1]} (columns) gave which levels:"
    else:
        yield "How often two raters of one subject gave which levels (each pair in both orders):"
    levels = list(report.ratings.levels)
    rows = [[level, *map(str, row)] for level, row in zip(levels, report.counts.tolist(), strict=True)]
    yield from (f"  {line}" for line in columns_text([["", *levels], *rows]))


def _pair_lines(report: RaterReport) -> Iterator[str]:
    if report.pairs:
        yield ""
        head = ["Two raters", "n", "same level %", "kappa", "quadratic"]
        rows = [
            [
                f"{pair.one} and {pair.other}",
                str(pair.n),
                figure_text(pair.exact, 0, 100),
                "–" if pair.kappa.value is None else figure_text(pair.kappa),
                "–" if pair.weighted.value is None else figure_text(pair.weighted),
            ]
            for pair in report.pairs
        ]
        yield from columns_text([head, *rows])


def _rater_lines(report: RaterReport) -> Iterator[str]:
    if not report.severities:
        return
    groups = {one.group for one in report.severities if one.group is not None}
    yield ""
    yield "Severity: levels above (+, lenient) or below (-, severe) the others, on the same subjects"
    if len(groups) > 1:
        yield f"The raters form {len(groups)} groups that share no subject: between them severity is not comparable."
    for i, one in enumerate(report.severities):
        group = f", group {one.group}" if len(groups) > 1 and one.group is not None else ""
        leaning = f"  {one.leaning.value}" if one.leaning else ""
        yield f"  {one.rater} (n {one.n}{group}): {figure_text(one.severity)}{leaning}"
        if report.drifts and report.drifts[i].drift.value is not None:
            drifting = "  drifting" if report.drifts[i].is_drifting else ""
            yield f"      over time: {figure_text(report.drifts[i].drift)} levels a month{drifting}"


def need_lines(need: RaterNeed | None) -> Iterator[str]:
    """Return how many raters would be enough, as lines to read."""
    if need is None:
        return
    yield ""
    if need.more_observations == (0, 0):
        yield f"Enough for a reliability of {number_text(need.target)}: the ratings so far are."
        return
    fewest, most = (_end(end) for end in (need.fewest, need.most))
    least, largest = (_end(end) for end in need.more_observations)
    yield (
        f"Enough for a reliability of {number_text(need.target)}: {fewest} to {most} different raters of each subject; "
        f"for the subjects rated so far, {least} to {largest} more observations."
    )


def _end(n: int | None) -> str:
    return "not yet known" if n is None else str(n)
