from typing import Any

import pytest

from assessments.errors import NotActivatableError, UnknownVersionError, WrongInputError
from assessments.facts import ProgrammeActivated, ProgrammePublished, SafeguardingApproved
from assessments.service.programmes import activate_programme, approve_safeguarding_text, publish_programme
from people.errors import NotAllowedError
from people.facts import ContactKind, HubContact
from people.models import NOBODY, Actor
from tests.assessments.world import HUB, OTHER_HUB, World, days_later
from tests.builders import NOW, PROGRAMME, make_head, make_programme

LEAD = "whom to call: the safeguarding lead"
EMERGENCY = "whom to call: the emergency number"
APPROVAL = "the approval of the safeguarding text by a qualified person"


def _publish(world: World, bundle: bytes = b"two", actor: Actor | None = None, version: str = "1.1.0") -> int:
    programme = make_programme(head=make_head(version=version))
    return publish_programme(world.ledger, actor or world.manager, programme, bundle, NOW)


def _approve(
    world: World, actor: Actor | None = None, name: str = "Dr Ada Reed", **changes: Any
) -> SafeguardingApproved:
    given = {"qualification": "Designated lead", "now": NOW} | changes
    return approve_safeguarding_text(world.ledger, actor or world.safeguarding, PROGRAMME, 1, name, **given)


def _activate(world: World, actor: Actor | None = None, version_no: int = 1, hub_id=HUB, now=NOW) -> ProgrammeActivated:
    return activate_programme(world.ledger, actor or world.manager, PROGRAMME, version_no, hub_id, now=now)


def _add_contact(world: World, kind: ContactKind, phone: str = "020 7946 0000", hub_id=HUB) -> None:
    fields = {"hub_id": hub_id, "kind": kind, "title": "On call", "phone": phone}
    world.record(HubContact, world.manager, **fields)


def _add_contacts(world: World) -> None:
    for kind in (ContactKind.SAFEGUARDING_LEAD, ContactKind.EMERGENCY):
        _add_contact(world, kind)


def test_each_new_bundle_is_a_version(world: World):
    assert (_publish(world), _publish(world, b"three", version="1.2.0")) == (2, 3)


def test_a_published_version_cannot_get_another_text(world: World):
    _publish(world)
    with pytest.raises(WrongInputError, match=r"Raise `version` in programme\.yaml"):
        _publish(world, b"three")
    assert world.ledger.count(ProgrammePublished) == 1


def test_same_bundle_is_published_once(world: World):
    assert _publish(world) == _publish(world)
    assert world.ledger.count(ProgrammePublished) == 1


def test_publication_keeps_the_digest_of_the_bundle(world: World):
    _publish(world)
    published = world.ledger.list_facts(ProgrammePublished)[0]
    assert (published.version_no, published.version, published.person_id) == (2, "1.1.0", NOBODY)
    assert published.digest == "3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3"


def test_only_training_lead_and_manager_publish(world: World):
    assert _publish(world, actor=world.lead) == 2
    for actor in (world.trainer, world.trainee, world.safeguarding, world.coordinator):
        with pytest.raises(NotAllowedError):
            _publish(world, actor=actor)


def test_safeguarding_lead_or_deputy_approves_the_text_once(world: World):
    assert _approve(world) == _approve(world)
    for actor in (world.manager, world.lead, world.trainer):
        with pytest.raises(NotAllowedError):
            _approve(world, actor)


def test_approval_bears_a_name_and_a_qualification(world: World):
    with pytest.raises(WrongInputError, match="Approver"):
        _approve(world, name=" ")
    with pytest.raises(WrongInputError, match="Qualification"):
        _approve(world, qualification="")


def test_unknown_version_is_not_approved(world: World):
    with pytest.raises(UnknownVersionError, match="no published version 7"):
        approve_safeguarding_text(world.ledger, world.safeguarding, PROGRAMME, 7, "A", qualification="B", now=NOW)


def test_hub_goes_live_with_contacts_and_an_approved_text(world: World):
    _add_contacts(world)
    _approve(world)
    assert _activate(world).hub_id == HUB


def test_all_that_is_missing_is_named(world: World):
    with pytest.raises(NotActivatableError) as caught:
        _activate(world)
    assert caught.value.missing == (LEAD, EMERGENCY, APPROVAL)


def test_contact_of_another_hub_does_not_help(world: World):
    for kind in (ContactKind.SAFEGUARDING_LEAD, ContactKind.EMERGENCY):
        _add_contact(world, kind, hub_id=OTHER_HUB)
    _approve(world)
    with pytest.raises(NotActivatableError) as caught:
        _activate(world)
    assert caught.value.missing == (LEAD, EMERGENCY)


def test_deputy_alone_is_no_safeguarding_contact(world: World):
    _add_contact(world, ContactKind.SAFEGUARDING_DEPUTY)
    _add_contact(world, ContactKind.EMERGENCY)
    _approve(world)
    with pytest.raises(NotActivatableError, match=LEAD):
        _activate(world)


def test_newest_contact_of_a_kind_holds(world: World):
    _add_contacts(world)
    _add_contact(world, ContactKind.EMERGENCY, phone="")
    _approve(world)
    with pytest.raises(NotActivatableError, match=EMERGENCY):
        _activate(world)


def test_approval_of_another_version_does_not_help(world: World):
    _add_contacts(world)
    _approve(world)
    version_no = _publish(world)
    with pytest.raises(NotActivatableError, match=APPROVAL):
        _activate(world, version_no=version_no)


def test_going_live_twice_changes_nothing(world: World):
    _add_contacts(world)
    _approve(world)
    assert _activate(world) == _activate(world, now=days_later(1))
    assert world.ledger.count(ProgrammeActivated) == 1


def test_no_other_hub_and_no_other_office_goes_live(world: World):
    for actor in (world.outsider, world.trainer, world.coordinator, world.safeguarding):
        with pytest.raises(NotAllowedError):
            _activate(world, actor)
    with pytest.raises(NotAllowedError):
        _activate(world, hub_id=OTHER_HUB)
