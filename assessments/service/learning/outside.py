"""Outside proof and quality: certificates, observers' calibrations, feedback summaries."""

from datetime import date, datetime
from typing import Final

from assessments.errors import WrongInputError
from assessments.facts import Calibration, Certificate, ParticipantSummary
from assessments.ports import Ledger
from assessments.service.access import get_part, get_programme, record_once, require, require_other
from assessments.service.amending import amend
from assessments.service.dates import instant_on
from assessments.service.learning.seen import check_group_code
from curriculum.ids import CertificateId, ProgrammeId
from people.errors import NotKnownError
from people.facts import Change, Enrolment, FactId, Grant
from people.ids import new_fact_id
from people.models import Actor, PersonId
from people.rights import Record, Right

_MEAN_LOWEST: Final = 100
_MEAN_HIGHEST: Final = 500


def record_certificate(
    ledger: Ledger,
    actor: Actor,
    person_id: PersonId,
    certificate_id: CertificateId,
    issued_on: date,
    *,
    expires_on: date,
    now: datetime,
    programme_id: ProgrammeId | None = None,
    fact_id: FactId | None = None,
) -> Certificate:
    """Record a certificate that the actor has seen; it holds from its issue. The same again adds nothing.

    Args:
        ledger: Where facts are.
        actor: A trainer of the person, or a co-ordinator of the hub.
        person_id: Whose certificate it is.
        certificate_id: Its kind.
        issued_on: The day of issue.
        expires_on: Its last day.
        now: The time.
        programme_id: A programme of the person that lists the kind; any of theirs when left out.
        fact_id: Given by the page, so that a double click records it once.

    Raises:
        NotKnownError: The person is in no programme.
        UnknownPartError: The programme lists no such kind.
        WrongInputError: It is issued in the future, or expires before its issue.
    """
    require_other(actor, person_id, "record their own certificate")
    require(ledger, actor, Right.WRITE, Record.SUPERVISION, person_id)
    _check_kind(ledger, person_id, certificate_id, programme_id)
    if expires_on < issued_on:
        found = f"it expires on {expires_on:%Y-%m-%d}, before its issue on {issued_on:%Y-%m-%d}"
        raise WrongInputError("Certificate", found, "an expiry after the issue", "Check both dates.")
    certificate = Certificate(
        fact_id=fact_id or new_fact_id(),
        person_id=person_id,
        actor_id=actor.person_id,
        occurred_at=instant_on(ledger, issued_on, now, "Issued"),
        certificate_id=certificate_id,
        issued_on=issued_on,
        expires_on=expires_on,
    )
    same = {"certificate_id": certificate_id, "issued_on": issued_on, "expires_on": expires_on}
    earlier = ledger.list_facts(Certificate, person_id, **same)
    return earlier[-1] if earlier else record_once(ledger, certificate)


def _check_kind(
    ledger: Ledger, person_id: PersonId, certificate_id: CertificateId, programme_id: ProgrammeId | None
) -> None:
    enrolled = (one.programme_id for one in ledger.list_facts(Enrolment, person_id))
    asked = dict.fromkeys(enrolled) if programme_id is None else (programme_id,)
    programmes = [get_programme(ledger, person_id, one) for one in asked]
    if not programmes:
        raise NotKnownError("trainee", person_id)
    known = {kind.id: kind for programme in programmes for kind in programme.head.certificates}
    get_part(programmes[0], known, "certificate", certificate_id)


def record_calibration(
    ledger: Ledger,
    actor: Actor,
    person_id: PersonId,
    programme_id: ProgrammeId,
    is_passed: bool,
    *,
    taken_on: date,
    now: datetime,
    fact_id: FactId | None = None,
) -> Calibration:
    """Record that an observer took a calibration; the same again adds nothing.

    Raises:
        NotAllowedError: The actor is not the training lead of the observer's hub.
        OwnRecordError: It is the actor's own.
        NotKnownError: Nobody of this number has ever held an office.
        WrongInputError: The day has not come.
    """
    require_other(actor, person_id, "record their own calibration")
    require(ledger, actor, Right.WRITE, Record.RATER, person_id)
    if not ledger.list_facts(Grant, person_id):
        raise NotKnownError("observer", person_id)
    calibration = Calibration(
        fact_id=fact_id or new_fact_id(),
        person_id=person_id,
        actor_id=actor.person_id,
        occurred_at=instant_on(ledger, taken_on, now, "Day"),
        programme_id=programme_id,
        is_passed=is_passed,
    )
    earlier = ledger.list_facts(Calibration, person_id, programme_id=programme_id, is_passed=is_passed)
    same_day = [one for one in earlier if ledger.day_of(one.occurred_at) == taken_on]
    return same_day[-1] if same_day else record_once(ledger, calibration)


def record_participant_summary(
    ledger: Ledger,
    actor: Actor,
    person_id: PersonId,
    programme_id: ProgrammeId,
    group_code: str,
    *,
    mean_hundredths: int,
    n_answers: int,
    held_on: date,
    now: datetime,
    fact_id: FactId | None = None,
) -> ParticipantSummary:
    """Record a group's feedback on a leader: mean and number of answers only.

    A group counts once: what is entered anew replaces the earlier entry, the same again adds nothing.

    Args:
        ledger: Where facts are.
        actor: A trainer of the person, or a co-ordinator of the hub.
        person_id: The leader.
        programme_id: The programme.
        group_code: The group, without names.
        mean_hundredths: The mean on a scale of 1 to 5, times 100: 100 to 500.
        n_answers: How many answered, at least 1.
        held_on: The day on which it was collected.
        now: The time.
        fact_id: Given by the page, so that a double click records it once.

    Raises:
        WrongInputError: Mean, number, code or day do not fit.
    """
    require_other(actor, person_id, "record feedback on themselves")
    require(ledger, actor, Right.WRITE, Record.SUPERVISION, person_id)
    get_programme(ledger, person_id, programme_id)
    if not _MEAN_LOWEST <= mean_hundredths <= _MEAN_HIGHEST:
        found = f"a mean of {mean_hundredths / 100:.2f}"
        raise WrongInputError("Feedback", found, "1 to 5", "Enter the mean of the answers.")
    if n_answers < 1:
        raise WrongInputError("Feedback", f"{n_answers} answers", "at least 1", "Enter how many answered.")
    summary = ParticipantSummary(
        fact_id=fact_id or new_fact_id(),
        person_id=person_id,
        actor_id=actor.person_id,
        occurred_at=instant_on(ledger, held_on, now, "Day"),
        programme_id=programme_id,
        group_code=check_group_code(group_code),
        mean_hundredths=mean_hundredths,
        n_answers=n_answers,
    )
    of_group = {"programme_id": programme_id, "group_code": summary.group_code}
    earlier = ledger.list_facts(ParticipantSummary, person_id, **of_group)
    if earlier and _says_the_same(ledger, earlier[-1], summary):
        return earlier[-1]
    replaced = [
        amend(one, actor, one.fact_id, Change.REPLACED, reason="entered_anew", now=now)
        for one in earlier
        if one.fact_id != summary.fact_id
    ]
    return record_once(ledger, summary, *replaced)


def _says_the_same(ledger: Ledger, earlier: ParticipantSummary, summary: ParticipantSummary) -> bool:
    is_same_day = ledger.day_of(earlier.occurred_at) == ledger.day_of(summary.occurred_at)
    same = (earlier.mean_hundredths, earlier.n_answers) == (summary.mean_hundredths, summary.n_answers)
    return is_same_day and same
