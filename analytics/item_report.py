"""An item analysis as the command prints it: as JSON in the public format, or as lines to read."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from analytics.figures import columns_text, figure_text, interval_json, number_text
from analytics.item_analysis import FormReport, ItemReport
from analytics.statistics.estimates import Estimate
from analytics.statistics.forms import FormStatistics
from analytics.statistics.options import OptionStatistics
from analytics.statistics.thresholds import ITEMS, Bearing
from curriculum.phrases import ngettext

MOST_RESPONSES: Final = 50
"""So many different responses to an item are printed as JSON, the commonest; free text has thousands."""

_MOST_READ: Final = 8


def report_json(report: FormReport) -> dict[str, Any]:
    """Return the public format: facility and alpha as proportions, discriminations and weight in per cent."""
    return {"form": _form_json(report.form), "items": [_item_json(item) for item in report.items]}


def _form_json(form: FormStatistics) -> dict[str, Any]:
    figures = {
        "mean": form.totals.mean,
        "median": form.totals.median,
        "sd": form.totals.sd,
        "skewness": form.totals.skewness,
        "kurtosis": form.totals.kurtosis,
        "alpha": form.alpha,
        "error_ratio": form.error_ratio,
        "sem": form.sem,
        "omega": form.omega,
        "mean_inter_item_covariance": form.mean_covariance,
    }
    return {
        "n": form.n,
        "n_items": form.n_items,
        "n_incomplete": form.n_incomplete,
        "bearing": form.bearing.value,
        **{name: figure.value for name, figure in figures.items()},
        "alpha_interval": interval_json(form.alpha.interval),
        "not_computable": _reasons(figures),
    }


def _item_json(report: ItemReport) -> dict[str, Any]:
    item = report.statistics
    figures = {
        "facility": item.facility,
        "sd": item.sd,
        "discrimination_index": item.discrimination_index,
        "discriminative_efficiency": item.discriminative_efficiency,
        "effective_weight": item.effective_weight,
        "random_guess_score": item.random_guess_score,
        "alpha_if_dropped": item.alpha_if_dropped,
    }
    method = item.facility.interval.method.value if item.facility.interval else None
    return {
        "item": item.item,
        "n": item.n,
        "max_mark": item.max_mark,
        "bearing": item.bearing.value,
        **{name: figure.value for name, figure in figures.items()},
        "facility_interval": interval_json(item.facility.interval),
        "facility_interval_method": method,
        "discrimination_index_interval": interval_json(item.discrimination_index.interval),
        "negative_covariance": item.has_negative_covariance,
        "options": [_option_json(option) for option in _commonest(item.options, MOST_RESPONSES)],
        "n_other_responses": max(0, len(item.options) - MOST_RESPONSES),
        "findings": [{"flag": found.flag.value, "words": found.words.text()} for found in report.findings],
        "not_computable": _reasons(figures),
    }


def _option_json(option: OptionStatistics) -> dict[str, Any]:
    return {
        "response": option.response,
        "is_key": option.is_key,
        "n": option.n,
        "share": option.share.value,
        "share_interval": interval_json(option.share.interval),
        "share_by_third": dict(zip(("low", "middle", "high"), option.groups, strict=True)),
        "mean_rest": option.mean_rest.value,
        "gap_to_key": option.gap.value,
        "gap_to_key_interval": interval_json(option.gap.interval),
    }


def _reasons(figures: Mapping[str, Estimate]) -> dict[str, str]:
    return {name: figure.because.text() for name, figure in figures.items() if figure.because is not None}


def _commonest(options: tuple[OptionStatistics, ...], most: int) -> list[OptionStatistics]:
    return list(options) if len(options) <= most else sorted(options, key=lambda option: -option.n)[:most]


# ---------------------------------------------------------------- text


def report_lines(report: FormReport) -> list[str]:
    """Return the analysis as lines to read: no more than the number of people bears."""
    form = report.form
    people = ngettext("{n} person", "{n} people", form.n).text()
    items = ngettext("{n} item", "{n} items", form.n_items).text()
    lines = [f"{people}, {items}. {_BEARING[form.bearing]}", "", *_form_lines(form), ""]
    lines += columns_text([_HEAD[form.bearing], *(_item_row(item, form.bearing) for item in report.items)])
    lines += list(_findings(report)) + list(_responses(report))
    return lines


_BEARING: Final = {
    Bearing.COUNTS: (
        f"Fewer than {ITEMS.coefficients} people: they bear counts and shares with their intervals, "
        "and no judgement of an item."
    ),
    Bearing.PROVISIONAL: f"Fewer than {ITEMS.flags} people: all coefficients are provisional.",
    Bearing.FIRM: "Enough people to look into the items that are flagged.",
}
_HEAD: Final = {
    Bearing.COUNTS: ["Item", "n", "facility %"],
    Bearing.PROVISIONAL: ["Item", "n", "facility %", "discrimination %", "efficiency %", "weight %"],
    Bearing.FIRM: ["Item", "n", "facility %", "discrimination %", "efficiency %", "weight %", "alpha without"],
}


def _form_lines(form: FormStatistics) -> Iterator[str]:
    totals = form.totals
    yield f"Total: mean {figure_text(totals.mean)}, median {figure_text(totals.median)}, SD {figure_text(totals.sd)}"
    if form.bearing is Bearing.COUNTS:
        return
    if form.alpha.value is None:
        yield f"Alpha: {figure_text(form.alpha)}"
        yield f"Mean covariance of two items: {figure_text(form.mean_covariance, 3)}"
    else:
        low, high = interval_json(form.alpha.interval) or [None, None]
        ends = f"between {number_text(low or 0)} and {number_text(high or 0)}, " if low is not None else ""
        yield f"Alpha: {ends}estimated {number_text(form.alpha.value)}"
        yield f"Standard error of a total: {figure_text(form.sem)} marks"
        yield f"One-factor omega: {figure_text(form.omega)}"


def _item_row(report: ItemReport, bearing: Bearing) -> list[str]:
    item = report.statistics
    row = [item.item, str(item.n), _cell(item.facility, 0, 100)]
    if bearing is not Bearing.COUNTS:
        row += [
            _cell(item.discrimination_index, 0),
            _cell(item.discriminative_efficiency, 0),
            _cell(item.effective_weight, 1),
        ]
    return [*row, _cell(item.alpha_if_dropped, 2)] if bearing is Bearing.FIRM else row


def _cell(figure: Estimate, digits: int, scale: float = 1.0) -> str:
    return "–" if figure.value is None else figure_text(figure, digits, scale)


def _findings(report: FormReport) -> Iterator[str]:
    found = [item for item in report.items if item.findings]
    if found:
        yield ""
        yield "Look at:"
    for item in found:
        for finding in item.findings:
            yield f"  {item.statistics.item}: {finding.words.text()}"


def _responses(report: FormReport) -> Iterator[str]:
    """Give the answers chosen, item by item; the key is starred."""
    if not any(item.statistics.options for item in report.items):
        return
    yield ""
    yield "Answers, % of the lowest, middle and highest third by the rest of the quiz (* right answer):"
    for item in report.items:
        options = item.statistics.options
        yield f"  {item.statistics.item}"
        rows = [_response_row(option) for option in _commonest(options, _MOST_READ)]
        yield from (f"    {line}" for line in columns_text(rows))
        if len(options) > _MOST_READ:
            yield f"    … and {len(options) - _MOST_READ} other answers"


def _response_row(option: OptionStatistics) -> list[str]:
    star = "*" if option.is_key else " "
    groups = " / ".join("–" if share is None else number_text(100 * share, 0) for share in option.groups)
    return [
        f"{star} {option.response or '(no answer)'}",
        f"{option.n}",
        f"{figure_text(option.share, 0, 100)} %",
        groups,
    ]
