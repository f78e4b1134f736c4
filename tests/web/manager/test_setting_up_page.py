"""Setting up: an empty store becomes a working hub on one page."""

import pytest

from assessments.facts import ProgrammeActivated, SafeguardingApproved
from curriculum.bundle import to_bundle
from people import service
from people.facts import CohortOpened, HubOpened
from people.models import HubId, Office
from people.service.reach import list_grants
from tests.builders import make_programme
from tests.web.drawing import draw, shown
from tests.web.manager.conftest import HUB, OTHER_HUB, SHOWN, Town
from web.views.manager.setting_up import VIEW, programme_steps
from web.views.manager.setting_up.hub_steps import free_hub_id
from web.views.manager.setting_up.progress import read_progress
from web.views.manager.shipped import Draft


@pytest.fixture(autouse=True)
def drafts(monkeypatch: pytest.MonkeyPatch) -> None:
    programme = make_programme(sections=SHOWN)
    draft = Draft("alongside", programme, (), to_bundle(programme), "digest")
    monkeypatch.setattr(programme_steps, "list_drafts", lambda: [draft])


def _press(page, label: str):
    return next(button for button in page.button if button.label == label).click().run()


def _named(town: Town):
    page = draw(VIEW, town.context("admin"))
    page.text_input(key="own-name").input("Ada")
    page.text_input(key="own-login").input("ada")
    _press(page, "Save my name")
    return draw(VIEW, town.context("admin"))


def _with_hub(town: Town):
    page = _named(town)
    page.text_input[0].input("Riverside")
    _press(page, "Open the hub")
    return draw(VIEW, town.context("admin"))


def _with_contacts(town: Town):
    page = _with_hub(town)
    for kind in ("safeguarding_lead", "emergency"):
        page.text_input(key=f"contact-riverside-{kind}").input("Sam")
        page.text_input(key=f"phone-riverside-{kind}").input("999")
    _press(page, "Save whom to call")
    return draw(VIEW, town.context("admin"))


def _with_programme(town: Town):
    page = _with_contacts(town)
    _press(page, "Publish version 1.0.0")
    return draw(VIEW, town.context("admin"))


def _invite(town: Town, task: str, name: str) -> None:
    page = draw(VIEW, town.context("admin"))
    page.selectbox(key="task-new").select(task).run()
    page.text_input(key="new-name").input(name)
    _press(page, "Add and make the slip")
    assert "Hand this over" in shown(page)


def test_empty_store_becomes_a_working_hub_on_this_page(empty_town: Town) -> None:
    page = _with_programme(empty_town)
    page.radio(key="approver-is-me").set_value(True).run()
    page.text_input(key="own-qualification").input("Designated safeguarding lead")
    _press(page, "I have read it and approve it")
    page = draw(VIEW, empty_town.context("admin"))
    _press(page, "Go live here")
    page = draw(VIEW, empty_town.context("admin"))
    page.text_input[0].input("Spring")
    _press(page, "Open the cohort")
    for task, name in (("Trainer", "Ruth"), ("Training lead", "Lena"), ("Trainee in Spring", "Amina")):
        _invite(empty_town, task, name)
    page = draw(VIEW, empty_town.context("admin"))
    assert "Your hub is working" in shown(page)
    assert page.expander[0].label == "8 steps done"
    store = empty_town.store
    assert [hub.title for hub in store.list_facts(HubOpened)] == ["Riverside"]
    assert len(store.list_facts(ProgrammeActivated, hub_id=HubId("riverside"))) == 1
    assert [cohort.title for cohort in store.list_facts(CohortOpened)] == ["Spring"]
    assert store.list_facts(SafeguardingApproved)[0].actor_id == empty_town.ids["admin"]


def test_first_step_gives_the_administrator_a_name(empty_town: Town) -> None:
    _named(empty_town)
    assert empty_town.store.name_of(empty_town.ids["admin"]) == "Ada"
    assert empty_town.store.find_account("ada") is not None


def test_opening_the_hub_makes_its_manager_unless_declined(empty_town: Town) -> None:
    _with_hub(empty_town)
    grants = list_grants(empty_town.store, empty_town.ids["admin"], empty_town.clock())
    assert {(grant.office, grant.hub_id) for grant in grants} == {
        (Office.ADMINISTRATOR, None),
        (Office.MANAGER, "riverside"),
    }


def test_without_a_manager_the_programme_waits_for_one(empty_town: Town) -> None:
    page = _named(empty_town)
    page.text_input[0].input("Riverside")
    page.checkbox[0].uncheck()
    _press(page, "Open the hub")
    admin = empty_town.actor("admin")
    for kind in ("safeguarding_lead", "emergency"):
        service.set_contact(
            empty_town.store, admin, HubId("riverside"), kind, title="Sam", phone="999", now=empty_town.clock()
        )
    page = draw(VIEW, empty_town.context("admin"))
    assert "A programme manager or a training lead can do this" in shown(page)
    assert "Publish version 1.0.0" not in [button.label for button in page.button]


def test_missing_phone_is_refused_at_its_place(empty_town: Town) -> None:
    page = _with_hub(empty_town)
    page.text_input(key="contact-riverside-safeguarding_lead").input("Sam")
    _press(page, "Save whom to call")
    assert "telephone number" in page.error[0].value


def test_invited_approver_is_waited_for_and_other_steps_go_on(empty_town: Town) -> None:
    page = _with_programme(empty_town)
    page.text_input(key="approver-name").input("Sam")
    _press(page, "Add and make the slip")
    assert "Hand this over" in shown(page)
    page.button(key="slip-done").click().run()
    text = shown(page)
    assert "Waits for Sam" in text
    assert "After the safeguarding text is approved." in text
    assert page.selectbox(key="task-new").options[0] == "Trainee"


def test_own_approval_without_qualification_is_refused(empty_town: Town) -> None:
    page = _with_programme(empty_town)
    page.radio(key="approver-is-me").set_value(True).run()
    _press(page, "I have read it and approve it")
    assert "Qualification" in page.error[0].value
    assert empty_town.store.list_facts(SafeguardingApproved) == []


def test_every_hub_has_steps_of_its_own(town: Town) -> None:
    service.rename_person(town.store, town.actor("admin"), town.ids["admin"], name="Ada", login="ada", now=town.clock())
    assert read_progress(town.context("admin"), HUB).is_done
    assert not read_progress(town.context("admin"), OTHER_HUB).is_done
    page = draw(VIEW, town.context("admin"), hub=OTHER_HUB)
    assert "Missing" in shown(page) or page.text_input


@pytest.mark.parametrize(
    ("title", "hub_id"),
    [("Riverside", "riverside"), ("North", "north-2"), ("St Ann's Road", "st-ann-s-road"), ("12 Elms", "hub-12-elms")],
)
def test_short_name_is_made_from_the_title(town: Town, title: str, hub_id: str) -> None:
    assert free_hub_id(town.context("admin"), title) == hub_id


def test_short_name_of_a_title_without_latin_letters_can_be_kept(town: Town) -> None:
    admin = town.actor("admin")
    hub = service.open_hub(town.store, admin, free_hub_id(town.context("admin"), "河畔"), "河畔", town.clock())
    assert hub.hub_id == "hub"
