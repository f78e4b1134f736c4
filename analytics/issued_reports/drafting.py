"""A report before it is issued: what it would say, small numbers hidden over all that was issued."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from analytics.issued_reports.content import ReportBreakdown, ReportCell, ReportContent, ReportTable, of_text, to_text
from analytics.issued_reports.errors import TooFewPeopleError
from analytics.issued_reports.people import (
    ANSWERS,
    GATE,
    GROUPS,
    HOLD,
    STATUS,
    STEP,
    Values,
    dimensions_of,
    values_of_people,
)
from analytics.issued_reports.protecting import Counted, Protected, Tables, gives_away, protect
from analytics.journeys import Milepost, list_mileposts
from analytics.statistics.suppression import IssuedTable, SuppressionRule
from assessments.service.reports import issue_report, list_reports
from curriculum.gates import Severity
from curriculum.ids import ProgrammeId
from curriculum.models import Programme
from people.facts import CohortOpened, ReportIssued
from people.models import Actor, HubId, PersonId
from people.rights import Record, Right, require_in_hub
from people.service.reach import get_hub
from store.ledger import Store
from store.readiness import verdicts

SETTLED: Final = timedelta(minutes=1)
"""So long before now a report is of: what was recorded by then has been written, and is counted again alike later."""

_STEPS: Final = {
    Milepost.SESSION: "Came to a training session",
    Milepost.QUIZ: "Passed a quiz",
    Milepost.ROLEPLAY: "Watched in a role-play",
    Milepost.LIVE: "Watched in a live session",
    Milepost.SIGNED_OFF: "Signed off at least once",
}
_WORDS: Final = {
    "in_training": "In training",
    "ready": "Ready for decision",
    "signed_off": "Signed off",
    "ended": "Sign-off ended or taken back",
    "left": "Left",
    "yes": "Yes",
    "no": "No",
    "met": "Met",
    "not_met": "Not met",
    "not_asked": "Not asked of them",
}
_ORDER: Final = (*GROUPS, *ANSWERS)


def draft_report(store: Store, actor: Actor, programme: Programme, hub_id: HubId) -> ReportContent:
    """Return what the hub's next report would say, as of a minute ago. Nothing is recorded.

    Raises:
        NotKnownError: There is no such hub.
        NotAllowedError: The actor may not issue reports of the hub.
        TooFewPeopleError: Too few people are enrolled for any number.
    """
    require_in_hub(actor, Right.PUBLISH, Record.REPORT, hub_id)
    hub = get_hub(store, hub_id)
    as_of, programme_id = store.clock() - SETTLED, programme.head.id
    titles = _titles(programme)
    values = values_of_people(store, programme_id, hub_id, as_of, list(titles))
    n_people, min_cell = len(values[STATUS]), programme.head.privacy.min_cell
    if n_people < min_cell:
        raise TooFewPeopleError(n_people, min_cell)
    issued = list_reports(store, actor, hub_id)
    report_no = len(issued) + 1
    past = _Past.of(store, programme_id, hub_id, issued, list(titles))
    rule = SuppressionRule(min_cell, min_cell)
    found = protect_together(report_no, values, past.beside_status, rule)
    standing = verdicts(store, programme_id, hub_id=hub_id, as_of=as_of, known_at=as_of)
    versions = sorted({one.version_no for one in standing})
    return ReportContent(
        report_no=report_no,
        hub_id=hub_id,
        hub_title=hub.title,
        programme_id=programme_id,
        programme_title=programme.head.title,
        version=", ".join(store.programme(programme_id, number).head.version for number in versions),
        as_of=as_of,
        position=store.position,
        min_cell=min_cell,
        n_people=n_people,
        words=_WORDS | {one.cohort_id: one.title for one in store.list_facts(CohortOpened, hub_id=hub_id)},
        breakdowns=tuple(_shown(key, titles[key], one) for key, one in found.items() if one is not None),
        left_out=tuple(titles[key] for key, one in found.items() if one is None),
        not_compared=past.not_borne_out,
    )


Earlier = Callable[[str], Sequence[Counted]]
"""Gives a breakdown in each earlier report, beside where people stood."""


def protect_together(
    report_no: int, values: Mapping[str, Mapping[PersonId, Values]], earlier: Earlier, rule: SuppressionRule
) -> dict[str, Protected | None]:
    """Return each breakdown as it may be issued, None where it may not: where people stand, then the others beside it.

    Args:
        report_no: Of the new report.
        values: The values of everybody whom it counts, by breakdown.
        earlier: What was issued before.
        rule: From what size on cells are shown.
    """
    standing = protect(Counted(report_no, dimensions_of(STATUS), values[STATUS]), earlier(STATUS), rule)
    others = _protect_beside(report_no, values, earlier, rule, standing.tables if standing else ())
    if others is None:
        standing, others = None, _protect_beside(report_no, values, earlier, rule, ())
    return {STATUS: standing, **(others or {})}


def _protect_beside(
    report_no: int,
    values: Mapping[str, Mapping[PersonId, Values]],
    earlier: Earlier,
    rule: SuppressionRule,
    standing: Tables,
) -> dict[str, Protected | None] | None:
    """Return the other breakdowns; None where the tables of where people stand would open what was hidden before."""
    found: dict[str, Protected | None] = {}
    for key in values:
        if key == STATUS:
            continue
        now, before = beside_status(report_no, values, key, standing), earlier(key)
        found[key] = protect(now, before, rule, dimensions_of(key))
        if standing and found[key] is None and gives_away(now, before, rule):
            return None
    return found


def beside_status(report_no: int, values: Mapping[str, Mapping[PersonId, Values]], key: str, tables: Tables) -> Counted:
    """Return a breakdown of a report that tells where people stand, too; for that itself, it alone."""
    if key == STATUS:
        return Counted(report_no, dimensions_of(STATUS), values[STATUS], tables)
    both = {person_id: (*standing, *values[key][person_id]) for person_id, standing in values[STATUS].items()}
    return Counted(report_no, (*dimensions_of(STATUS), *dimensions_of(key)), both, tables)


def issue(store: Store, actor: Actor, content: ReportContent) -> ReportIssued:
    """Record a report as it was drafted; see `assessments.service.reports.issue_report`."""
    return issue_report(
        store,
        actor,
        HubId(content.hub_id),
        ProgrammeId(content.programme_id),
        report_no=content.report_no,
        content=to_text(content),
        now=store.clock(),
    )


def _titles(programme: Programme) -> dict[str, str]:
    """Return the breakdowns of a report and what they are called, in their order."""
    steps = {f"{STEP}{one.value}": _STEPS[one] for one in list_mileposts(programme)}
    gates = {f"{GATE}{one.id}": one.title for one in programme.gates if one.severity is Severity.BLOCK}
    return {STATUS: "Where people stand", HOLD: "Practice is on hold"} | steps | gates


def _shown(key: str, title: str, protected: Protected) -> ReportBreakdown:
    tables = tuple(
        ReportTable(table.dimensions, tuple(ReportCell(values, table.cells[values]) for values in _ordered(table)))
        for table in protected.tables
    )
    return ReportBreakdown(key, title, tables, protected.n_small, protected.n_besides, protected.n_earlier)


def _ordered(table: IssuedTable) -> list[Values]:
    def place(values: Values) -> tuple[tuple[int, str], ...]:
        return tuple((_ORDER.index(value) if value in _ORDER else -1, value) for value in values)

    return sorted(table.cells, key=place)


# ---------------------------------------------------------------- what was issued before


@dataclass(frozen=True, slots=True)
class _Past:
    """The earlier reports of the programme, whom they counted, and which of them the records no longer bear out."""

    reports: Sequence[ReportContent]
    values: Mapping[int, Mapping[str, Mapping[PersonId, Values]]]
    not_borne_out: tuple[int, ...]

    @classmethod
    def of(
        cls,
        store: Store,
        programme_id: ProgrammeId,
        hub_id: HubId,
        issued: Iterable[ReportIssued],
        keys: Sequence[str],
    ) -> "_Past":
        """Return them, counted again as of their instants by these breakdowns and by their own."""
        reports = [of_text(one.report) for one in issued if one.programme_id == programme_id]
        values = {
            one.report_no: values_of_people(
                store, programme_id, hub_id, one.as_of, {*keys, *(breakdown.key for breakdown in one.breakdowns)}
            )
            for one in reports
        }
        borne_out = {one.report_no: _is_borne_out(one, values[one.report_no]) for one in reports}
        return cls(
            [one for one in reports if borne_out[one.report_no]],
            values,
            tuple(sorted(number for number, is_so in borne_out.items() if not is_so)),
        )

    def beside_status(self, key: str) -> list[Counted]:
        """Return a breakdown, beside where people stood, in each report that has one of both; the oldest first."""
        found: list[Counted] = []
        for report in sorted(self.reports, key=lambda one: one.report_no):
            shown = [one for one in (report.breakdown(name) for name in dict.fromkeys((STATUS, key))) if one]
            tables = tuple(table for one in shown for table in _tables(one))
            if tables:
                found.append(beside_status(report.report_no, self.values[report.report_no], key, tables))
        return found


def _counted(report: ReportContent, breakdown: ReportBreakdown, values: Mapping[PersonId, Values]) -> Counted:
    tables = _tables(breakdown)
    return Counted(report.report_no, tables[0].dimensions, values, tables)


def _tables(breakdown: ReportBreakdown) -> Tables:
    return tuple(
        IssuedTable(table.dimensions, {cell.values: cell.n for cell in table.cells}) for table in breakdown.tables
    )


def _is_borne_out(report: ReportContent, values: Mapping[str, Mapping[PersonId, Values]]) -> bool:
    return all(
        len(values[one.key]) == report.n_people and _counted(report, one, values[one.key]).is_borne_out
        for one in report.breakdowns
    )
