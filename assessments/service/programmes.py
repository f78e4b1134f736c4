"""Programmes in a hub: publish a version, approve its safeguarding text, go live with it."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from assessments.errors import MediaMissingError, NotActivatableError, WrongInputError
from assessments.facts import ProgrammeActivated, ProgrammePublished, SafeguardingApproved
from assessments.ports import Ledger
from assessments.service.access import record_once, tidy_text
from curriculum.ids import ProgrammeId
from curriculum.models import Programme
from people import rights
from people.facts import ContactKind, FactId, HubContact
from people.ids import ROOT, derived_fact_id, new_fact_id
from people.models import NOBODY, Actor, HubId
from people.rights import Record, Right

_NAME_MAX = 120
_NEEDED_CONTACTS = {
    ContactKind.SAFEGUARDING_LEAD: "whom to call: the safeguarding lead",
    ContactKind.EMERGENCY: "whom to call: the emergency number",
}


def publish_programme(
    ledger: Ledger,
    actor: Actor,
    programme: Programme,
    bundle: bytes,
    now: datetime,
    *,
    media: Mapping[str, bytes] | None = None,
) -> int:
    """Put a version into the store as an immutable bundle and return its number; the same bytes give the same number.

    Args:
        ledger: Where facts are.
        actor: A programme manager or training lead.
        programme: The version.
        bundle: Its bytes.
        now: The time.
        media: The bytes of its pictures, sound and film, by SHA-256.

    Raises:
        NotAllowedError: The actor may not publish programmes.
        MediaMissingError: A file that the programme names is not given, or is another.
        WrongInputError: Another text was published under this version before: people may have trained with it.
    """
    rights.require_anywhere(actor, Right.PUBLISH, Record.PROGRAMME)
    digest = hashlib.sha256(bundle).hexdigest()
    _require_new_version(ledger, programme, digest)
    version_no = ledger.publish(programme, bundle, _checked_media(programme, media or {}))
    published = ProgrammePublished(
        fact_id=_version_fact_id(programme.head.id, version_no, "published"),
        person_id=NOBODY,
        actor_id=actor.person_id,
        occurred_at=now,
        programme_id=programme.head.id,
        version_no=version_no,
        version=programme.head.version,
        digest=digest,
    )
    ledger.append(published)
    return version_no


def _checked_media(programme: Programme, media: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the bytes of the programme's files by digest."""
    given = {hashlib.sha256(content).hexdigest(): content for content in media.values()}
    missing = [file.name for file in programme.media if file.digest not in given]
    if missing:
        raise MediaMissingError(missing)
    return {file.digest: given[file.digest] for file in programme.media}


def _require_new_version(ledger: Ledger, programme: Programme, digest: str) -> None:
    head = programme.head
    for earlier in ledger.list_facts(ProgrammePublished, programme_id=head.id, version=head.version):
        if earlier.digest != digest:
            found = f"version {head.version}, which is published with another text"
            advice = "Raise `version` in programme.yaml, then publish."
            raise WrongInputError(f"Programme `{head.id}`", found, "a version of its own", advice)


def _version_fact_id(programme_id: ProgrammeId, version_no: int, name: str) -> FactId:
    return derived_fact_id(ROOT, f"programme/{programme_id}/{version_no}/{name}")


def approve_safeguarding_text(
    ledger: Ledger,
    actor: Actor,
    programme_id: ProgrammeId,
    version_no: int,
    approver_name: str,
    *,
    qualification: str,
    now: datetime,
) -> SafeguardingApproved:
    """Record that a named qualified person approves the safeguarding text of a version. Twice changes nothing.

    Raises:
        NotAllowedError: The actor holds no safeguarding office.
        UnknownVersionError: There is no such version.
        WrongInputError: Name or qualification is empty or too long.
    """
    rights.require_anywhere(actor, Right.APPROVE, Record.SAFEGUARDING_TEXT)
    ledger.programme(programme_id, version_no)
    approved = SafeguardingApproved(
        fact_id=_version_fact_id(programme_id, version_no, "safeguarding-approved"),
        person_id=NOBODY,
        actor_id=actor.person_id,
        occurred_at=now,
        programme_id=programme_id,
        version_no=version_no,
        approver_name=_tidy_name(approver_name, "Approver"),
        qualification=_tidy_name(qualification, "Qualification"),
    )
    return record_once(ledger, approved)


def _tidy_name(text: str, where: str) -> str:
    tidy = tidy_text(text, _NAME_MAX, where)
    if not tidy:
        advice = "Only a named, qualified person can approve safeguarding text."
        raise WrongInputError(where, "nothing", "a name or title", advice)
    return tidy


def activate_programme(
    ledger: Ledger, actor: Actor, programme_id: ProgrammeId, version_no: int, hub_id: HubId, *, now: datetime
) -> ProgrammeActivated:
    """Go live with a version in a hub; when it is the hub's newest already, nothing changes.

    Raises:
        NotAllowedError: The actor may not publish, or not in this hub.
        UnknownVersionError: There is no such version.
        NotActivatableError: A safeguarding contact or the approval of the text is missing.
    """
    rights.require_anywhere(actor, Right.PUBLISH, Record.PROGRAMME)
    rights.require_in_hub(actor, Right.SEE, Record.COHORT, hub_id)
    ledger.programme(programme_id, version_no)
    missing = _list_missing(ledger, programme_id, version_no, hub_id)
    if missing:
        raise NotActivatableError(missing)
    earlier = ledger.list_facts(ProgrammeActivated, programme_id=programme_id, hub_id=hub_id)
    if earlier and earlier[-1].version_no == version_no:
        return earlier[-1]
    activated = ProgrammeActivated(
        fact_id=new_fact_id(),
        person_id=NOBODY,
        actor_id=actor.person_id,
        occurred_at=now,
        programme_id=programme_id,
        version_no=version_no,
        hub_id=hub_id,
    )
    return record_once(ledger, activated)


def _list_missing(ledger: Ledger, programme_id: ProgrammeId, version_no: int, hub_id: HubId) -> list[str]:
    phones = {contact.kind: contact.phone for contact in ledger.list_facts(HubContact, hub_id=hub_id)}
    missing = [text for kind, text in _NEEDED_CONTACTS.items() if not phones.get(kind)]
    if not ledger.list_facts(SafeguardingApproved, programme_id=programme_id, version_no=version_no):
        missing.append("the approval of the safeguarding text by a qualified person")
    return missing
