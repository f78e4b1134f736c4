"""An issued report as rows of tables: the same on the page, on paper and in its file; all from what was frozen."""

from collections.abc import Iterable, Sequence

from analytics.issued_reports.content import ReportBreakdown, ReportContent, ReportTable, of_text
from analytics.issued_reports.people import ANSWERS, GATE, GROUPS, HOLD, STATUS, STEP
from people.facts import ReportIssued
from web.components import day_text, local_day, local_time
from web.context import Context
from web.documents.parts import Head, Paper, set_pdf
from web.texts import _, ngettext

TableRows = list[dict[str, str]]


def make_issued_report(context: Context, issued: ReportIssued) -> bytes:
    """Return an issued report as a PDF: the same bytes each time it is asked for in one language."""
    content = of_text(issued.report)
    paper = Paper(_("Report {n} for funders").format(n=content.report_no))
    day = local_day(context, issued.occurred_at)
    paper.add_text(about_line(context, content))
    paper.add_text(_("Issued on {day}; it stays as it was.").format(day=day))
    paper.add_small(" ".join(hidden_lines(content)))
    for title, rows in report_tables(content):
        paper.add_heading(title)
        paper.add_table(rows)
    paper.add_small(_("Check sum: {hash}").format(hash=issued.report_hash))
    head = Head(
        content.programme_title,
        content.version,
        day_text(context.store.day_of(content.as_of)),
        content.as_of,
        issued.report_hash[:16],
    )
    return set_pdf(paper, head, is_synthetic=context.store.is_synthetic)


def about_line(context: Context, content: ReportContent) -> str:
    """Return whom the report is about, as of when, and by which version."""
    when = _("as of {day}, {time}").format(
        day=local_day(context, content.as_of), time=local_time(context, content.as_of)
    )
    n = ngettext("{n} person", "{n} people", content.n_people).format(n=content.n_people)
    return " · ".join([content.hub_title, f"{content.programme_title} {content.version}", n, when])


def report_tables(content: ReportContent) -> list[tuple[str, TableRows]]:
    """Return the tables of a report with their titles: where people stand, by cohort, and the answers."""
    tables: list[tuple[str, TableRows]] = []
    status = content.breakdown(STATUS)
    if status is not None:
        tables += [(status.title, status_rows(content, status)), (_("By cohort"), cohort_rows(content, status))]
    steps = [one for one in content.breakdowns if one.key == HOLD or one.key.startswith(STEP)]
    gates = [one for one in content.breakdowns if one.key.startswith(GATE)]
    answers = ((_("How far people come"), steps), (_("Gates"), gates))
    return tables + [(title, answer_rows(content, found)) for title, found in answers if found]


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


def status_rows(content: ReportContent, breakdown: ReportBreakdown) -> TableRows:
    """Return how many people stand where."""
    found = {cell.values[0]: cell.n for cell in _table(breakdown, ("status",)).cells}
    return [{_("Where"): content.words[one], _("People"): shown_text(found.get(one, 0))} for one in GROUPS]


def cohort_rows(content: ReportContent, breakdown: ReportBreakdown) -> TableRows:
    """Return the same, cohort by cohort."""
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


def answer_rows(content: ReportContent, breakdowns: Sequence[ReportBreakdown]) -> TableRows:
    """Return breakdowns with the same answers, a row each."""
    values = dict.fromkeys(cell.values[0] for one in breakdowns for cell in one.tables[0].cells)
    ordered = [value for value in ANSWERS if value in values]
    return [_answer_row(content, one, ordered) for one in breakdowns]


def _answer_row(content: ReportContent, breakdown: ReportBreakdown, values: Iterable[str]) -> dict[str, str]:
    found = {cell.values[0]: cell.n for cell in breakdown.tables[0].cells}
    return {_("What"): breakdown.title} | {content.words[value]: shown_text(found.get(value, 0)) for value in values}


def shown_text(n: int | None) -> str:
    """Return a number, or that it is hidden."""
    return _("hidden") if n is None else str(n)


def csv_rows(content: ReportContent) -> TableRows:
    """Return every number of the report, for programs."""
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
