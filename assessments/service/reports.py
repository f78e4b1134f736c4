"""Reports for funders: issuing one is the manager's act, and what was issued is shown unchanged for ever."""

from datetime import datetime
from hashlib import sha256

from assessments.errors import ReportDamagedError, ReportMeanwhileError
from curriculum.ids import ProgrammeId
from people.facts import ReportIssued
from people.ids import derived_fact_id
from people.models import NOBODY, Actor, HubId
from people.ports import FactLedger
from people.rights import Record, Right, require_in_hub
from people.service.reach import get_hub, hub_fact_id


def issue_report(
    ledger: FactLedger,
    actor: Actor,
    hub_id: HubId,
    programme_id: ProgrammeId,
    *,
    report_no: int,
    content: str,
    now: datetime,
) -> ReportIssued:
    """Record a report for good, and return the fact.

    Args:
        ledger: Where it is recorded.
        actor: A programme manager of the hub.
        hub_id: Whose people are counted.
        programme_id: In which programme.
        report_no: Its number: one more than the hub has issued.
        content: All of it, made by `analytics.issued_reports`.
        now: The time.

    Raises:
        NotKnownError: There is no such hub.
        NotAllowedError: The actor may not issue reports of the hub.
        ReportMeanwhileError: Another report was issued since this one was made.
    """
    require_in_hub(actor, Right.PUBLISH, Record.REPORT, hub_id)
    get_hub(ledger, hub_id)
    if report_no != len(ledger.list_facts(ReportIssued, hub_id=hub_id)) + 1:
        raise ReportMeanwhileError(report_no)
    issued = ReportIssued(
        fact_id=derived_fact_id(hub_fact_id(hub_id), f"report/{report_no}"),
        person_id=NOBODY,
        actor_id=actor.person_id,
        occurred_at=now,
        hub_id=hub_id,
        programme_id=programme_id,
        report_no=report_no,
        report=content,
        report_hash=_hash(content),
    )
    if not ledger.append(issued):
        raise ReportMeanwhileError(report_no)
    return issued


def list_reports(ledger: FactLedger, actor: Actor, hub_id: HubId) -> list[ReportIssued]:
    """Return the reports that the hub has issued, the newest first.

    Raises:
        NotKnownError: There is no such hub.
        NotAllowedError: The actor may not see reports of the hub.
        ReportDamagedError: One is no longer what was issued.
    """
    require_in_hub(actor, Right.SEE, Record.REPORT, hub_id)
    get_hub(ledger, hub_id)
    reports = sorted(ledger.list_facts(ReportIssued, hub_id=hub_id), key=lambda one: -one.report_no)
    for one in reports:
        if _hash(one.report) != one.report_hash:
            raise ReportDamagedError(one.report_no)
    return reports


def _hash(content: str) -> str:
    return sha256(content.encode()).hexdigest()
