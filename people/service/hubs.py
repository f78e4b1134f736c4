"""Hubs and the lines of their safeguarding panel."""

from datetime import datetime

from people.errors import HubExistsError
from people.facts import ContactKind, HubContact, HubOpened
from people.ids import new_fact_id
from people.models import NOBODY, Actor, HubId
from people.names import check_name, check_phone, check_slug
from people.ports import FactLedger
from people.rights import Record, Right, require_anywhere, require_in_hub
from people.service.reach import get_hub, hub_fact_id


def open_hub(ledger: FactLedger, actor: Actor, hub_id: HubId, title: str, now: datetime) -> HubOpened:
    """Record a new hub. Administrators only.

    Raises:
        NotAllowedError: The actor is no administrator.
        TextRefusedError: The id is no short name, or the title cannot be kept.
        HubExistsError: The id is taken.
    """
    require_anywhere(actor, Right.WRITE, Record.PEOPLE)
    hub = HubOpened(
        fact_id=hub_fact_id(hub_id),
        person_id=NOBODY,
        actor_id=actor.person_id,
        occurred_at=now,
        hub_id=HubId(check_slug(hub_id, "short name of a hub")),
        title=check_name(title, "name of a hub"),
    )
    if not ledger.append(hub):
        raise HubExistsError(hub_id)
    return hub


def set_contact(
    ledger: FactLedger, actor: Actor, hub_id: HubId, kind: ContactKind, *, title: str, phone: str, now: datetime
) -> HubContact:
    """Record whom the hub's safeguarding panel names; the newest of a kind holds.

    Raises:
        NotAllowedError: The actor does not look after the people of this hub.
        NotKnownError: There is no such hub.
        TextRefusedError: The name or the number cannot be kept.
    """
    require_in_hub(actor, Right.WRITE, Record.PEOPLE, hub_id)
    get_hub(ledger, hub_id)
    contact = HubContact(
        fact_id=new_fact_id(),
        person_id=NOBODY,
        actor_id=actor.person_id,
        occurred_at=now,
        hub_id=hub_id,
        kind=kind,
        title=check_name(title, "name of a contact"),
        phone=check_phone(phone),
    )
    ledger.append(contact)
    return contact


def list_contacts(ledger: FactLedger, hub_id: HubId) -> list[HubContact]:
    """Return the newest line of each kind, in the order of `ContactKind`."""
    newest = {contact.kind: contact for contact in ledger.list_facts(HubContact, NOBODY, hub_id=hub_id)}
    return [newest[kind] for kind in ContactKind if kind in newest]
