"""Hubs, contacts, adding and naming people, the privacy notice, acts of the operator."""

import pytest

from people.errors import (
    HubExistsError,
    LoginTakenError,
    NotAllowedError,
    NotKnownError,
    OtherHubError,
    TextRefusedError,
)
from people.facts import ContactKind, HubOpened, NoticeSeen, OperatorAct, PersonAdded
from people.models import NOBODY, HubId, Office, PersonId
from people.notice import NOTICE, VERSION
from people.service import (
    add_person,
    has_seen_notice,
    list_contacts,
    open_hub,
    record_operator_act,
    rename_person,
    see_notice,
    set_contact,
)
from tests.people.building import ELSEWHERE, HERE, NOW, OPERATOR_ACTOR, World

NOT_ADMINISTRATORS = [office for office in Office if office not in {Office.ADMINISTRATOR, Office.COUNTERSIGNER}]
NOT_OVER_PEOPLE = [office for office in NOT_ADMINISTRATORS if office != Office.MANAGER]


def test_administrator_opens_a_hub(world: World) -> None:
    admin = world.acting("admin", Office.ADMINISTRATOR)
    hub = open_hub(world.ledger, admin, HubId("harbour"), " Harbour  House ", NOW)
    assert world.ledger.list_facts(HubOpened)[-1] == hub
    assert (hub.title, hub.person_id, hub.actor_id) == ("Harbour House", NOBODY, admin.person_id)


@pytest.mark.parametrize("office", NOT_ADMINISTRATORS)
def test_nobody_else_opens_a_hub(world: World, office: Office) -> None:
    with pytest.raises(NotAllowedError):
        open_hub(world.ledger, world.acting("someone", office), HubId("harbour"), "Harbour", NOW)


def test_two_hubs_cannot_share_a_short_name(world: World) -> None:
    with pytest.raises(HubExistsError, match="riverside"):
        open_hub(world.ledger, OPERATOR_ACTOR, HERE, "Another", NOW)
    assert [hub.title for hub in world.ledger.list_facts(HubOpened, hub_id=HERE)] == ["Riverside"]


def test_hub_needs_a_plain_short_name(world: World) -> None:
    with pytest.raises(TextRefusedError):
        open_hub(world.ledger, OPERATOR_ACTOR, HubId("Har bour"), "Harbour", NOW)


def test_newest_contact_of_a_kind_holds(world: World) -> None:
    manager = world.acting("moe", Office.MANAGER)
    for kind, title, phone in (
        (ContactKind.EMERGENCY, "Emergency", "999"),
        (ContactKind.SAFEGUARDING_LEAD, "Ann Lee", "020 7946 0001"),
        (ContactKind.SAFEGUARDING_LEAD, "Bea Roy", "020 7946 0002"),
    ):
        set_contact(world.ledger, manager, HERE, kind, title=title, phone=phone, now=NOW)
    assert [(c.kind, c.title) for c in list_contacts(world.ledger, HERE)] == [
        (ContactKind.SAFEGUARDING_LEAD, "Bea Roy"),
        (ContactKind.EMERGENCY, "Emergency"),
    ]
    assert list_contacts(world.ledger, ELSEWHERE) == []


@pytest.mark.parametrize("office", NOT_OVER_PEOPLE)
def test_contacts_are_set_by_who_looks_after_the_hub(world: World, office: Office) -> None:
    with pytest.raises(NotAllowedError):
        set_contact(
            world.ledger, world.acting("x-y", office), HERE, ContactKind.EMERGENCY, title="A", phone="999", now=NOW
        )


def test_manager_cannot_set_the_contacts_of_another_hub(world: World) -> None:
    manager = world.acting("moe", Office.MANAGER)
    with pytest.raises(NotAllowedError):
        set_contact(world.ledger, manager, ELSEWHERE, ContactKind.EMERGENCY, title="A", phone="999", now=NOW)


def test_contact_of_an_unknown_hub(world: World) -> None:
    with pytest.raises(NotKnownError, match="nowhere"):
        set_contact(
            world.ledger, OPERATOR_ACTOR, HubId("nowhere"), ContactKind.EMERGENCY, title="A", phone="999", now=NOW
        )


@pytest.mark.parametrize("office", [Office.MANAGER, Office.ADMINISTRATOR])
def test_who_looks_after_people_adds_them(world: World, office: Office) -> None:
    actor = world.acting("moe", office)
    person_id = add_person(world.ledger, actor, " Sunita  Rao ", "Sunita", NOW)
    assert world.ledger.private[person_id] == ("Sunita Rao", "sunita")
    assert world.ledger.list_facts(PersonAdded, person_id)[0].actor_id == actor.person_id


@pytest.mark.parametrize("office", NOT_OVER_PEOPLE)
def test_nobody_else_adds_people(world: World, office: Office) -> None:
    with pytest.raises(NotAllowedError):
        add_person(world.ledger, world.acting("someone", office), "Ann", "ann", NOW)


def test_names_stand_in_no_fact(world: World) -> None:
    world.person("zebedee")
    assert "zebedee" not in repr(list(world.ledger.facts.values())).lower()


def test_sign_in_name_is_given_once(world: World) -> None:
    world.person("ann")
    with pytest.raises(LoginTakenError, match="`ann` is taken"):
        add_person(world.ledger, OPERATOR_ACTOR, "Another Ann", "ANN", NOW)


def test_two_at_once_cannot_take_one_sign_in_name(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.person("ann")
    monkeypatch.setattr(world.ledger, "find_account", lambda _: None)
    before = len(world.ledger.facts)
    with pytest.raises(LoginTakenError):
        add_person(world.ledger, OPERATOR_ACTOR, "Another Ann", "ann", NOW)
    assert len(world.ledger.facts) == before


def test_everybody_may_change_their_own_name(world: World) -> None:
    actor = world.acting("ann", Office.TRAINER)
    rename_person(world.ledger, actor, actor.person_id, name="Ann Lee", login="ann.lee", now=NOW)
    assert world.ledger.private[actor.person_id] == ("Ann Lee", "ann.lee")


def test_renaming_keeps_sign_in_names_apart(world: World) -> None:
    actor = world.acting("ann", Office.TRAINER)
    world.person("bea")
    with pytest.raises(LoginTakenError):
        rename_person(world.ledger, actor, actor.person_id, name="Ann", login="bea", now=NOW)


def test_manager_renames_people_of_the_hub_only(world: World) -> None:
    manager = world.acting("moe", Office.MANAGER)
    here, elsewhere = world.trainee("ann"), world.trainee("bea", world.elsewhere_id)
    rename_person(world.ledger, manager, here, name="Ann Lee", login="ann", now=NOW)
    with pytest.raises(OtherHubError):
        rename_person(world.ledger, manager, elsewhere, name="Bea Lee", login="bea", now=NOW)


def test_manager_cannot_rename_an_administrator(world: World) -> None:
    manager = world.acting("moe", Office.MANAGER)
    admin = world.person("admin", Office.ADMINISTRATOR, Office.TRAINER)
    with pytest.raises(NotAllowedError, match="administrator"):
        rename_person(world.ledger, manager, admin, name="Root", login="root", now=NOW)


def test_renaming_somebody_unknown(world: World) -> None:
    with pytest.raises(NotKnownError, match="person `99`"):
        rename_person(world.ledger, OPERATOR_ACTOR, PersonId(99), name="A", login="abc", now=NOW)


def test_notice_is_recorded_once_with_its_version(world: World) -> None:
    actor = world.acting("ann", Office.TRAINER)
    assert not has_seen_notice(world.ledger, actor.person_id)
    first = see_notice(world.ledger, actor, NOW)
    assert see_notice(world.ledger, actor, world.later(days=1)) == first
    assert [seen.version for seen in world.ledger.list_facts(NoticeSeen, actor.person_id)] == [VERSION]
    assert has_seen_notice(world.ledger, actor.person_id)


def test_a_new_version_of_the_notice_is_shown_again(world: World) -> None:
    actor = world.acting("ann", Office.TRAINER)
    newer = str(int(VERSION) + 1)
    see_notice(world.ledger, actor, NOW)
    assert not has_seen_notice(world.ledger, actor.person_id, newer)
    see_notice(world.ledger, actor, NOW, newer)
    assert has_seen_notice(world.ledger, actor.person_id, newer)


def test_notice_says_what_who_how_long_and_what_to_ask() -> None:
    assert NOTICE.version == VERSION
    titles = " / ".join(section.title for section in NOTICE.sections)
    assert titles == "What is kept / What is never kept here / Who can see it / How long / What you can ask"
    text = " ".join(line for section in NOTICE.sections for line in section.lines)
    assert all(word not in text.lower() for word in ("gdpr", "law", "legal", "comply", "compliant"))
    assert all(line.endswith(".") for section in NOTICE.sections for line in section.lines)


def test_acts_of_the_operator_name_the_system_user(world: World) -> None:
    record_operator_act(world.ledger, OPERATOR_ACTOR, "people reset", NOW)
    act = world.ledger.list_facts(OperatorAct)[0]
    assert (act.command, act.system_user, act.person_id) == ("people reset", "root", NOBODY)


def test_only_the_operator_gives_commands(world: World) -> None:
    with pytest.raises(NotAllowedError):
        record_operator_act(world.ledger, world.acting("admin", Office.ADMINISTRATOR), "people reset", NOW)
