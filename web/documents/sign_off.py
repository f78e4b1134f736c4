"""The record of one sign-off on paper: what the check page shows, and who decided; for who may see the sign-off."""

from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from analytics.sign_off_record import SignOffRecord, find_record
from assessments.facts import SignOff
from assessments.sign_off import SignOffState, check_code
from people.errors import NotKnownError
from people.models import PersonId
from people.rights import Record
from people.service.audit import open_record
from web.components import day_text
from web.context import Context
from web.documents.parts import Paper, draw_pdf, to_pdf
from web.texts import _
from web.wording import entrustment_words, sign_off_words

Row = dict[str, Any]
_CHECK_PATH = "/check/"


def draw_sign_off_pdf(context: Context, signed: SignOff) -> None:
    """Draw the button that gives the record of a sign-off as a PDF."""
    origin = _origin(st.context.url)
    draw_pdf(
        _("Sign-off record (PDF)"),
        lambda: make_sign_off_record(context, signed, origin),
        f"sign-off-{check_code(signed.fact_id)}",
    )


def _origin(url: str | None) -> str:
    """Return by which address the reader came, without the page; nothing when it is not known."""
    parts = urlsplit(url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def make_sign_off_record(context: Context, signed: SignOff, origin: str = "") -> bytes:
    """Return the record as of today as a PDF; that it was taken is recorded.

    Args:
        context: Of the page.
        signed: The sign-off.
        origin: The address of the app, such as `https://practice.example`, for the page that checks the code.

    Raises:
        NotAllowedError: The actor may not see the person's sign-offs.
        NotKnownError: The sign-off was taken back as a slip.
    """
    person_id = PersonId(signed.person_id)
    row = _find_row(context, signed)
    record = find_record(context.store, check_code(signed.fact_id), context.today())
    if row is None or record is None:
        raise NotKnownError("sign-off", check_code(signed.fact_id))
    open_record(context.store, context.actor, person_id, Record.SIGN_OFF, context.now())
    programme = context.store.programme(signed.programme_id, signed.version_no)
    paper = Paper(_("Sign-off record: {name}").format(name=context.store.name_of(person_id)))
    paper.add_lines([*record_lines(record), *_who_lines(row)])
    if record.levels:
        paper.add_heading(_("Trusted with"))
        paper.add_lines([(one.title, entrustment_words(one.level)) for one in record.levels])
    paper.add_heading(_("Check it"))
    paper.add_stats([(_("Code"), record.code, check_address(record.code, origin))])
    paper.add_text(
        _("Who has the code can see on that page whether the sign-off holds today. The page shows no name, so compare "
          "role and dates with this sheet.")
    )  # fmt: skip
    paper.add_heading(_("Evidence"))
    paper.add_small(_("Seal over the facts that the decision rests on, SHA-256:"))
    paper.add_small(record.evidence_hash)
    paper.add_text(programme.head.notice)
    paper.add_small(_("People decided this, not software. It says nothing about any family."))
    return to_pdf(context, programme, paper)


def _find_row(context: Context, signed: SignOff) -> Row | None:
    rows = context.store.query(
        "person_sign_offs", context.actor, person_id=signed.person_id, programme_id=signed.programme_id
    )
    return next((row for row in rows if row["fact_id"] == signed.fact_id), None)


def check_address(code: str, origin: str) -> str:
    """Return the address of the page that says whether a sign-off holds."""
    return f"{origin}{_CHECK_PATH}{code}"


def record_lines(record: SignOffRecord) -> list[tuple[str, str]]:
    """Return what stands on the record besides its levels: label and words, and nobody's name."""
    version = _("{programme}, version {version}").format(programme=record.programme, version=record.version)
    lines = [
        (_("State on {day}").format(day=day_text(record.as_of)), sign_off_words(record.state)),
        (_("Role"), record.role),
        (_("Programme"), version),
        (_("Decided on"), day_text(record.decided_on)),
    ]
    if record.countersigned_on is not None:
        lines.append((_("Countersigned on"), day_text(record.countersigned_on)))
    if record.state is not SignOffState.DECLINED:
        lines.append((_("Last day"), day_text(record.valid_until)))
    ended = _ended_words(record.state)
    if record.ended_on is not None and ended:
        lines.append((ended, day_text(record.ended_on)))
    return lines


def _ended_words(state: SignOffState) -> str:
    return {
        SignOffState.REVOKED: _("Revoked on"),
        SignOffState.SET_ASIDE: _("Set aside on"),
        SignOffState.RENEWED: _("Renewed on"),
        SignOffState.SUPERSEDED: _("Replaced on"),
    }.get(state, "")


def _who_lines(row: Row) -> list[tuple[str, str]]:
    lines = [(_("Decided by"), str(row["signer_name"]))]
    if row["countersigned_on"] is not None:
        lines.append((_("Countersigned by"), str(row["countersigner_name"])))
    return lines
