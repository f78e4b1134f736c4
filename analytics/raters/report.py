"""The raters of a hub as the command prints them: as JSON, or as lines to read. Names only where the board has them."""

from collections.abc import Iterator
from typing import Any, Final

from analytics.figures import columns_text, figure_json, figure_text, number_text
from analytics.rater_report import NAMES, need_json, need_lines
from analytics.raters.board import RaterBoard, RaterFigures
from analytics.raters.pairing import Proposal, Why
from analytics.statistics.thresholds import FORMS, RATERS, Bearing


def board_json(board: RaterBoard) -> dict[str, Any]:
    """Return the board for programs. Shares and coefficients are proportions."""
    return {
        "from": board.first_day.isoformat(),
        "until": board.last_day.isoformat(),
        "n_performances": board.n_performances,
        "n_double_rated": board.n_double,
        "n_trainees": board.n_trainees,
        "n_raters": board.n_raters,
        "n_groups": board.n_groups,
        "double_rated": figure_json(board.share),
        "target": board.target,
        "more_double_rated_in_a_row": board.n_more,
        "bearing": board.bearing.value,
        "levels": list(board.levels),
        "counts": board.counts.tolist(),
        "coefficients": {name: figure_json(figure) for name, figure in board.coefficients.items()},
        "raters": [_rater_json(one) for one in board.raters],
        "enough": need_json(board.need) if board.need else None,
        "next": [_proposal_json(one) for one in board.proposals],
        "forms": [
            {
                "checklist": one.checklist_id,
                "n": one.n,
                "median_minutes": one.median_minutes,
                "n_lines": one.n_lines,
                "n_lines_that_hardly_vary": one.n_same,
                "costs_more_than_it_informs": one.is_costly if one.is_borne else None,
            }
            for one in board.burdens
        ],
    }


def _rater_json(one: RaterFigures) -> dict[str, Any]:
    severity, drift, gold = one.severity, one.drift, one.gold
    return {
        "person": one.person_id,
        "name": one.name,
        "n_forms": one.n_forms,
        "n_shared": severity.n if severity else 0,
        "severity": figure_json(severity.severity) if severity else None,
        "leaning": severity.leaning.value if severity and severity.leaning else None,
        "drift_per_month": figure_json(drift.drift) if drift else None,
        "is_drifting": drift.is_drifting if drift else None,
        "rounds": [
            {"round": it.number, "day": it.day.isoformat(), "exact": figure_json(it.exact)}
            for it in (gold.rounds if gold else ())
        ],
        "drift_from_gold": figure_json(gold.change) if gold else None,
    }


def _proposal_json(one: Proposal) -> dict[str, Any]:
    return {
        "raters": [one.one, one.other],
        "why": one.why.value,
        "n_together": one.n_together,
        "n_people_of_both": one.n_shared,
    }


# ---------------------------------------------------------------- text


def board_lines(board: RaterBoard) -> list[str]:
    """Return the board as lines to read."""
    lines = [
        f"{board.first_day} to {board.last_day}: {board.n_performances} sessions rated by {board.n_raters} raters.",
        f"Rated by two: {board.n_double}; {figure_text(board.share, 0, 100)} %, to reach "
        f"{number_text(100 * board.target, 0)} %{_more(board)}.",
    ]
    if board.n_groups > 1:
        lines.append(f"The raters form {board.n_groups} groups that rated nothing together: {_NOT_COMPARABLE}")
    if board.bearing is Bearing.COUNTS:
        lines.append(f"Fewer than {RATERS.coefficients} people were rated by two: that bears no coefficient.")
    else:
        lines += columns_text([[NAMES[name], figure_text(one)] for name, one in board.coefficients.items()], n_left=2)
    lines += [line for one in board.raters for line in _rater_lines(one)]
    lines += need_lines(board.need)
    lines += [_proposal_line(board, one) for one in board.proposals]
    lines += list(_form_lines(board))
    return lines


_NOT_COMPARABLE: Final = "between groups nobody can be called lenient or severe."
_WHY: Final = {
    Why.LINKS: "nothing links them yet",
    Why.NEVER: "they rated nothing together yet",
    Why.FEWEST: "they rated least together",
}


def _more(board: RaterBoard) -> str:
    return f" the next {board.n_more} would all have to be" if board.n_more else " (reached)"


def _rater_lines(one: RaterFigures) -> Iterator[str]:
    leaning = f"  {one.severity.leaning.value}" if one.severity and one.severity.leaning else ""
    shared = f"{figure_text(one.severity.severity)}{leaning}" if one.severity else "shares no session"
    yield f"  {one.name} ({one.n_forms} forms, {one.severity.n if one.severity else 0} shared): {shared}"
    if one.drift and one.drift.drift.value is not None:
        drifting = "  drifting" if one.drift.is_drifting else ""
        yield f"      over time: {figure_text(one.drift.drift)} levels a month{drifting}"
    if one.gold and one.gold.change.value is not None:
        drifting = "  drifting" if one.gold.is_drifting else ""
        yield f"      beside the panel, since the first round: {figure_text(one.gold.change)} levels{drifting}"


def _proposal_line(board: RaterBoard, one: Proposal) -> str:
    return f"Next together: {board.names[one.one]} and {board.names[one.other]}, because {_WHY[one.why]}."


def _form_lines(board: RaterBoard) -> Iterator[str]:
    costly = [one for one in board.burdens if one.is_costly]
    if not costly:
        return
    yield (
        f"Forms that cost more than they inform ({FORMS.minutes} minutes or more, and {FORMS.lines_pct} in 100 of the "
        f"lines have one level {FORMS.same_pct} times in 100):"
    )
    for one in costly:
        minutes = number_text(one.median_minutes, 0)
        yield f"  {one.checklist_id}: n {one.n}, median {minutes} minutes, {one.n_same} of {one.n_lines} lines"
