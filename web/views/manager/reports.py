"""*Reports*: of a cohort, to take away; what was issued to funders; for the manager the next one, and research."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import streamlit as st

from analytics.cohort_report import hidden_parts
from analytics.issued_reports.content import ReportContent, of_text
from analytics.issued_reports.drafting import draft_report, issue
from analytics.research.files import folder_name, pack
from analytics.research.gathering import count_choices, export_research
from analytics.research.pseudonyms import Pseudonyms, key_path, load_key
from assessments.service.reports import list_reports
from curriculum.ids import ProgrammeId
from curriculum.models import Programme
from people.facts import ReportIssued
from people.models import HubId, Office
from people.rights import Record, Right, may_in_hub
from people.service.audit import open_record
from web.components import empty_state, figure, local_day, page_head, plain, say_after_rerun, small_note, try_action
from web.context import Context
from web.documents.cohort_report import Whom, left_out_words, make_report, make_workbook
from web.documents.issued_report import make_issued_report
from web.documents.parts import draw_file, draw_pdf
from web.documents.workbook import MIME
from web.texts import N_, _
from web.view import View
from web.views.manager.hubs import choose, choose_hub, list_hubs
from web.views.manager.issued_report import draw_report
from web.views.manager.people_chosen import PeopleChosen, choose_people

_DRAFT_KEY: Final = "report-draft"
_FILE_KEY: Final = "research-file"


def render(context: Context) -> None:
    """Draw the page."""
    page_head(_("Reports"), note=_("Figures to take away. What was issued to funders stays as it was, for good."))
    sees_people = bool(list_hubs(context, Right.SEE_STATUS, Record.READINESS))
    people = choose_people(context, Right.SEE_STATUS, Record.READINESS) if sees_people else None
    if people is not None:
        _draw_cohort(context, people)
    hub_id = people.hub_id if people is not None else _other_hub(context, is_drawn=not sees_people)
    if hub_id is not None and may_in_hub(context.actor, Right.SEE, Record.REPORT, hub_id):
        _draw_for_funders(context, hub_id)


def _other_hub(context: Context, *, is_drawn: bool) -> HubId | None:
    hub_id = choose_hub(context, Right.SEE, Record.REPORT, is_drawn=is_drawn)
    if hub_id is None and is_drawn:
        empty_state(_("You have no hub yet"), _("Ask an administrator to give you an office in one."))
    return hub_id


def _draw_for_funders(context: Context, hub_id: HubId) -> None:
    issued = try_action(lambda: list_reports(context.store, context.actor, hub_id))
    if issued is None:
        return
    if may_in_hub(context.actor, Right.PUBLISH, Record.REPORT, hub_id):
        _draw_next(context, hub_id)
    _draw_issued(context, issued)
    if may_in_hub(context.actor, Right.EXPORT, Record.RESEARCH, hub_id):
        _draw_research(context, hub_id)


# ---------------------------------------------------------------- the report of a cohort


def _draw_cohort(context: Context, people: PeopleChosen) -> None:
    whom = Whom(people.programme, people.hub_id, people.cohort_id, people.title)
    st.header(_("Report of a cohort"), anchor=False)
    st.markdown(
        _(
            "What the hub gave, where people stand, how far they come, and more: each figure with how many it is of, "
            "its interval, the day and the version. It names nobody."
        )
    )
    small_note(people.title)
    hidden = left_out_words(hidden_parts(context.actor, people.hub_id))
    if hidden:
        small_note(hidden)
    with st.container(horizontal=True):
        draw_pdf(_("Get it as PDF"), lambda: make_report(context, whom), "cohort-report")
        icon = ":material/table_view:"
        draw_file(
            _("Get it as a workbook (XLSX)"), lambda: make_workbook(context, whom), "cohort-report.xlsx", MIME, icon
        )


# ---------------------------------------------------------------- the next report


def _draw_next(context: Context, hub_id: HubId) -> None:
    programme = _programme(context)
    if programme is None:
        return
    draft = st.session_state.get(_DRAFT_KEY)
    if isinstance(draft, ReportContent) and (draft.hub_id, draft.programme_id) == (hub_id, programme.head.id):
        _draw_draft(context, draft)
        return
    st.header(_("Next report for funders"), anchor=False)
    small_note(_("Prepare it to see what it would say. Nobody else sees it before you issue it."))
    if st.button(_("Prepare the next report"), type="primary", key="prepare-report"):
        found = try_action(lambda: draft_report(context.store, context.actor, programme, hub_id))
        if found is not None:
            st.session_state[_DRAFT_KEY] = found
            st.rerun()


def _programme(context: Context) -> Programme | None:
    return context.choices[0].programme if context.choices else None


def _draw_draft(context: Context, draft: ReportContent) -> None:
    st.header(_("Report {n}, not yet issued").format(n=draft.report_no), anchor=False)
    st.info(
        _("Funders of this hub see it as soon as you issue it. It cannot be changed or taken back."),
        icon=":material/info:",
    )
    left, right = st.columns(2)
    if left.button(
        _("Issue report {n}").format(n=draft.report_no), type="primary", width="stretch", key="issue-report"
    ):
        st.session_state.pop(_DRAFT_KEY, None)
        if try_action(lambda: issue(context.store, context.actor, draft)) is not None:
            say_after_rerun(_("Report {n} is issued.").format(n=draft.report_no))
            st.rerun()
    if right.button(_("Do not issue it"), width="stretch", key="drop-report"):
        st.session_state.pop(_DRAFT_KEY, None)
        st.rerun()
    draw_report(context, draft)


# ---------------------------------------------------------------- what was issued


def _draw_issued(context: Context, issued: Sequence[ReportIssued]) -> None:
    if not issued:
        empty_state(_("No report has been issued yet"), _("When the programme manager issues one, it stands here."))
        return
    titles = {str(one.report_no): _issued_title(context, one) for one in issued}
    chosen = choose(_("Report"), titles, "report")
    [chosen_report] = [one for one in issued if str(one.report_no) == chosen]
    st.header(plain(titles[chosen]), anchor=False)
    draw_report(context, of_text(chosen_report.report))
    draw_pdf(
        _("Get it as PDF"),
        lambda: make_issued_report(context, chosen_report),
        f"report-{chosen_report.report_no}",
    )
    small_note(_("Check sum: {hash}").format(hash=chosen_report.report_hash[:16]))


def _issued_title(context: Context, report: ReportIssued) -> str:
    words = _("Report {n}, issued on {day}")
    return words.format(n=report.report_no, day=local_day(context, report.occurred_at))


# ---------------------------------------------------------------- the file for research


def _draw_research(context: Context, hub_id: HubId) -> None:
    programme = _programme(context)
    if programme is None:
        return
    st.header(_("File for research"), anchor=False)
    st.markdown(
        _(
            "The records of those who agreed, without names, dates and words. It goes down to single answers: give it "
            "only to researchers who have promised to recognise nobody. Each person in it sees under *My record* that "
            "you made it."
        )
    )
    counts = count_choices(context.store, context.actor, programme, hub_id)
    with st.grid(3, min_column_width=140):
        figure(_("Enrolled"), counts.n_asked)
        figure(_("Agreed"), counts.n_agreed)
        figure(_("In the file"), counts.n_exported)
    if counts.n_withheld:
        words = _("{n} who agreed are left out: fewer than {least} of their cohort did.")
        small_note(words.format(n=counts.n_withheld, least=counts.min_cell))
    if counts.n_exported:
        _draw_file(context, hub_id, programme)
    else:
        words = _("There is no file yet. It takes {n} people of one cohort who agree, each on the page Privacy.")
        small_note(words.format(n=counts.min_cell))


def _draw_file(context: Context, hub_id: HubId, programme: Programme) -> None:
    whose = (hub_id, programme.head.id)
    made = st.session_state.get(_FILE_KEY)
    if isinstance(made, _Made) and made.whose == whose:
        st.download_button(
            _("Get the file (ZIP)"),
            made.packed,
            file_name=f"{made.name}.zip",
            mime="application/zip",
            icon=":material/download:",
            on_click="ignore",
            key="research-zip",
        )
        small_note(_("It holds tables, a codebook that says what each column means, and a receipt."))
        return
    if st.button(_("Make the file"), key="make-research"):
        found = try_action(lambda: _make_file(context, hub_id, programme))
        if found is not None:
            st.session_state[_FILE_KEY] = found
            st.rerun()


@dataclass(frozen=True, slots=True)
class _Made:
    """A file that was made, kept until it is fetched or the visit ends."""

    whose: tuple[HubId, ProgrammeId]
    name: str
    packed: bytes


def _make_file(context: Context, hub_id: HubId, programme: Programme) -> _Made:
    pseudonyms = Pseudonyms(load_key(key_path()))
    export = export_research(context.store, context.actor, programme, hub_id, pseudonyms)
    for person_id in sorted(export.people):
        open_record(context.store, context.actor, person_id, Record.RESEARCH, context.now())
    return _Made((hub_id, programme.head.id), folder_name(export.receipt), pack(export))


VIEW = View(
    frozenset({Office.MANAGER, Office.TRAINING_LEAD, Office.FUNDER}),
    N_("Reports"),
    "reports",
    render,
    ":material/description:",
    rank=11,
)
