"""One report of sums as it was issued: its tables, how much is hidden and why, and all of it as CSV."""

from collections.abc import Iterable, Sequence

import streamlit as st

from analytics.issued_reports.content import ReportBreakdown, ReportContent, ReportTable
from analytics.issued_reports.people import ANSWERS, GATE, GROUPS, HOLD, STATUS, STEP
from web.components import local_day, local_time, plain, small_note
from web.context import Context
from web.tables import draw_csv, small_table
from web.texts import _, ngettext

TableRows = list[dict[str, str]]


def draw_report(context: Context, content: ReportContent) -> None:
    """Draw a report, issued or drafted."""
    when = _("as of {day}, {time}").format(
        day=local_day(context, content.as_of), time=local_time(context, content.as_of)
    )
    n = ngettext("{n} person", "{n} people", content.n_people).format(n=content.n_people)
    small_note(" · ".join([content.hub_title, f"{content.programme_title} {content.version}", n, when]))
    _draw_hidden(content)
    _draw_status(content)
    _draw_answers(content, _("How far people come"), [one for one in content.breakdowns if _is_step(one)])
    _draw_answers(content, _("Gates"), [one for one in content.breakdowns if one.key.startswith(GATE)])
    draw_csv(_csv_rows(content), f"report-{content.report_no}")


def _is_step(breakdown: ReportBreakdown) -> bool:
    return breakdown.key == HOLD or breakdown.key.startswith(STEP)


def _draw_hidden(content: ReportContent) -> None:
    small_note(" ".join(hidden_lines(content)))


def hidden_lines(content: ReportContent) -> list[str]:
    """Return how many numbers are hidden, and why."""
    n_small, n_besides, n_earlier = (
        sum(getattr(one, name) for one in content.breakdowns) for name in ("n_small", "n_besides", "n_earlier")
    )
    lines = [_("Numbers from 1 to {most} are hidden: {n} here.").format(most=content.min_cell - 1, n=n_small)]
    if n_besides:
        lines.append(_("{n} more are hidden, so that those cannot be worked out.").format(n=n_besides))
    if n_earlier:
        words = _("Because of reports issued before, {n} numbers are hidden that this one alone would show.")
        lines.append(words.format(n=n_earlier))
    if content.left_out:
        words = _("Left out, because together with earlier reports it would show single people: {what}.")
        lines.append(words.format(what=", ".join(content.left_out)))
    if content.not_compared:
        words = _("The records no longer give the numbers of report {numbers}, so it was not held against this one.")
        lines.append(words.format(numbers=", ".join(map(str, content.not_compared))))
    return lines


# ---------------------------------------------------------------- tables


def _draw_status(content: ReportContent) -> None:
    breakdown = content.breakdown(STATUS)
    if breakdown is None:
        return
    st.subheader(plain(breakdown.title), anchor=False)
    found = {cell.values[0]: cell.n for cell in _table(breakdown, ("status",)).cells}
    small_table(
        [{_("Where"): content.words[one], _("People"): shown_text(found.get(one, 0))} for one in GROUPS],
        "",
    )
    with st.expander(_("By cohort"), icon=":material/table_rows:", key=f"cohorts-{content.report_no}"):
        small_table(_cohort_rows(content, breakdown), "")


def _cohort_rows(content: ReportContent, breakdown: ReportBreakdown) -> TableRows:
    totals = {cell.values: cell.n for cell in _table(breakdown, ("cohort",)).cells}
    inner = {cell.values: cell.n for cell in _table(breakdown, ("cohort", "status")).cells}
    rows: TableRows = []
    for (cohort,), total in totals.items():
        rows.append(_cohort_row(content, cohort, _("All"), total))
        rows += [_cohort_row(content, cohort, content.words[one], inner.get((cohort, one), 0)) for one in GROUPS]
    return rows


def _cohort_row(content: ReportContent, cohort: str, where: str, n: int | None) -> dict[str, str]:
    return {_("Cohort"): content.words.get(cohort, cohort), _("Where"): where, _("People"): shown_text(n)}


def _table(breakdown: ReportBreakdown, dimensions: Sequence[str]) -> ReportTable:
    return next(one for one in breakdown.tables if one.dimensions == tuple(dimensions))


def _draw_answers(content: ReportContent, title: str, breakdowns: Sequence[ReportBreakdown]) -> None:
    if not breakdowns:
        return
    st.subheader(title, anchor=False)
    values = dict.fromkeys(cell.values[0] for one in breakdowns for cell in one.tables[0].cells)
    ordered = [value for value in ANSWERS if value in values]
    small_table([_answer_row(content, one, ordered) for one in breakdowns], "")


def _answer_row(content: ReportContent, breakdown: ReportBreakdown, values: Iterable[str]) -> dict[str, str]:
    found = {cell.values[0]: cell.n for cell in breakdown.tables[0].cells}
    return {_("What"): breakdown.title} | {content.words[value]: shown_text(found.get(value, 0)) for value in values}


def shown_text(n: int | None) -> str:
    """Return a number, or that it is hidden."""
    return _("hidden") if n is None else str(n)


def _csv_rows(content: ReportContent) -> TableRows:
    total = {
        "report": str(content.report_no),
        "breakdown": "all",
        "by": "",
        "value": "",
        "people": str(content.n_people),
    }
    return [
        total,
        *(
            {
                "report": str(content.report_no),
                "breakdown": breakdown.title,
                "by": ", ".join(table.dimensions),
                "value": ", ".join(content.words.get(value, value) for value in cell.values),
                "people": "hidden" if cell.n is None else str(cell.n),
            }
            for breakdown in content.breakdowns
            for table in breakdown.tables
            for cell in table.cells
        ),
    ]
