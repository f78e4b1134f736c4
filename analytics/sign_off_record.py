"""The record of one sign-off for whoever holds its code: what, for which role and until when. It names nobody."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from assessments.sign_off import SignOffState, add_months, check_code, read_check_code
from curriculum.ids import ActivityId, ProgrammeId, RoleId
from curriculum.models import Programme
from people.facts import FactId
from store.ledger import Store
from store.rows import Row

_NO_CODE: Final = (UUID(int=0), UUID(int=0))
"""What is asked for when no code looks like what was typed: so each answer takes the same time."""


@dataclass(frozen=True, slots=True)
class RecordedLevel:
    """The entrustment level of one activity, in the wording of the version that was signed by."""

    activity_id: ActivityId
    title: str
    level: int


@dataclass(frozen=True, slots=True)
class SignOffRecord:
    """One sign-off as of a day. Titles are those of the version that was signed by.

    `renewable_from` and `valid_until` say what was laid down on the day of the decision; `ended_on` is the day on which
    it was revoked, set aside or replaced, None when none of it happened.
    """

    code: str
    programme_id: ProgrammeId
    programme: str
    version_no: int
    version: str
    role_id: RoleId
    role: str
    state: SignOffState
    decided_on: date
    countersigned_on: date | None
    renewable_from: date
    valid_until: date
    ended_on: date | None
    levels: tuple[RecordedLevel, ...]
    evidence_hash: str
    as_of: date


def find_record(store: Store, code: str, today: date) -> SignOffRecord | None:
    """Return the record that a code as typed stands for, as of today; None when there is none.

    It asks for no right: who holds the code has been given it, and it names nobody. Erasing an account changes nothing.
    """
    first, last = read_check_code(code) or _NO_CODE
    rows = store.system_query("sign_off_record", code_from=first, code_to=last)
    return _read(store, rows, today) if rows else None


def _read(store: Store, rows: list[Row], today: date) -> SignOffRecord:
    row = rows[0]
    programme = store.programme(ProgrammeId(row["programme_id"]), row["version_no"])
    role = next((one.title for one in programme.head.roles if one.id == row["role_id"]), row["role_id"])
    until = add_months(row["decided_on"], row["valid_months"])
    due = until - timedelta(days=programme.head.decision.due_soon_days)
    return SignOffRecord(
        code=check_code(FactId(row["fact_id"])),
        programme_id=programme.head.id,
        programme=programme.head.title,
        version_no=row["version_no"],
        version=programme.head.version,
        role_id=RoleId(row["role_id"]),
        role=role,
        state=_state(row, due, until, today),
        decided_on=row["decided_on"],
        countersigned_on=row["countersigned_on"],
        renewable_from=due,
        valid_until=until,
        ended_on=row["set_aside_on"] or row["revoked_on"] or row["replaced_on"],
        levels=_levels(programme, rows),
        evidence_hash=row["evidence_hash"],
        as_of=today,
    )


def _levels(programme: Programme, rows: list[Row]) -> tuple[RecordedLevel, ...]:
    titles = {one.id: one.title for one in programme.head.activities}
    return tuple(
        RecordedLevel(ActivityId(row["activity_id"]), titles.get(row["activity_id"], ""), row["level"])
        for row in rows
        if row["activity_id"] is not None
    )


def _state(row: Row, due: date, until: date, today: date) -> SignOffState:
    """Return the state; a test compares it with `SignOffHistory.state_on`, which knows more than a record tells."""
    if row["set_aside_on"] is not None:
        return SignOffState.SET_ASIDE
    if not row["is_granted"]:
        return SignOffState.DECLINED
    if row["revoked_on"] is not None:
        return SignOffState.REVOKED
    if row["replaced_on"] is not None:
        return SignOffState.RENEWED if row["replaced_on"] >= due else SignOffState.SUPERSEDED
    if today > until:
        return SignOffState.EXPIRED
    if row["needs_countersign"] and row["countersigned_on"] is None:
        return SignOffState.AWAITING_COUNTERSIGN
    return SignOffState.DUE_SOON if today >= due else SignOffState.IN_FORCE
