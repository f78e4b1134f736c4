"""One report of sums as it was issued: its tables, how much is hidden and why, and all of it as CSV."""

import streamlit as st

from analytics.issued_reports.content import ReportContent
from web.components import plain, small_note
from web.context import Context
from web.documents.issued_report import about_line, csv_rows, hidden_lines, report_tables
from web.tables import draw_csv, small_table
from web.texts import _


def draw_report(context: Context, content: ReportContent) -> None:
    """Draw a report, issued or drafted; the long table by cohort in a fold."""
    small_note(about_line(context, content))
    small_note(" ".join(hidden_lines(content)))
    for title, rows in report_tables(content):
        if title == _("By cohort"):
            with st.expander(title, icon=":material/table_rows:", key=f"cohorts-{content.report_no}"):
                small_table(rows, "")
        else:
            st.subheader(plain(title), anchor=False)
            small_table(rows, "")
    draw_csv(csv_rows(content), f"report-{content.report_no}")
