"""A trainee moves to another hub, on pages: they agree, the new hub takes them in, the old one sees nothing more."""

import pytest
from streamlit.testing.v1 import AppTest

from assessments.service.closing import close_cohort
from assessments.service.programmes import activate_programme
from people import service
from people.facts import CohortOpened, ContactKind, MoveConsent
from people.models import Office
from people.service import assign_trainer, open_cohort
from people.service.reach import find_consent, find_enrolment, list_assignments, list_grants
from tests.builders import PROGRAMME
from tests.web.drawing import draw, shown
from tests.web.manager.conftest import HUB, OTHER_HUB, Town
from web.arrival import list_choices
from web.context import Context
from web.views.manager.cohorts import VIEW as COHORTS
from web.views.manager.people import VIEW as PEOPLE
from web.views.manager.readiness import VIEW as READINESS
from web.views.trainee.my_record import VIEW as MY_RECORD
from web.views.trainer.my_trainees import VIEW as MY_TRAINEES


@pytest.fixture
def two_hubs(town: Town) -> Town:
    """The other hub runs the programme too, with a cohort and a trainer `tina`; Ruth trains Amina here."""
    now = town.clock()
    for kind in (ContactKind.SAFEGUARDING_LEAD, ContactKind.EMERGENCY):
        service.set_contact(
            town.store, town.actor("admin"), OTHER_HUB, kind, title="Sue", phone="020 7946 0002", now=now
        )
    activate_programme(town.store, town.actor("otto"), PROGRAMME, 1, OTHER_HUB, now=now)
    town.add("tina", Office.TRAINER, OTHER_HUB)
    open_cohort(
        town.store,
        town.actor("otto"),
        OTHER_HUB,
        PROGRAMME,
        "Southern",
        starts_on=now.date(),
        active_version_no=1,
        now=now,
    )
    assign_trainer(town.store, town.actor("mona"), town.ids["amina"], town.ids["ruth"], now)
    return town


def _context(town: Town, login: str) -> Context:
    actor = town.actor(login)
    return Context(town.store, actor, list_choices(town.store, actor), town.clock)


def _record(town: Town, login: str = "amina") -> AppTest:
    return draw(MY_RECORD, _context(town, login))


def _text(page: AppTest) -> str:
    return shown(page).replace("\\", "")


def _agree(town: Town) -> AppTest:
    page = _record(town)
    page.button(key=f"agree-{PROGRAMME}").click().run()
    return page


def _accept(town: Town) -> None:
    (consent,) = town.store.list_facts(MoveConsent)
    page = draw(COHORTS, _context(town, "otto"))
    page.button(key=f"accept-{consent.fact_id}").click().run()
    town.clock.move(hours=1)


def test_a_trainee_agrees_on_their_own_page_and_can_think_again(two_hubs: Town) -> None:
    page = _agree(two_hubs)
    assert page.session_state["flash"].text == "Agreed. South has to take you in now."
    consent = find_consent(two_hubs.store, two_hubs.ids["amina"], PROGRAMME)
    assert consent is not None
    assert (consent.actor_id, consent.hub_id) == (two_hubs.ids["amina"], OTHER_HUB)
    page = _record(two_hubs)
    assert "you agreed to move to South" in _text(page)
    page.button(key=f"stay-{consent.fact_id}").click().run()
    assert find_consent(two_hubs.store, two_hubs.ids["amina"], PROGRAMME) is None


def test_where_no_other_hub_runs_the_programme_nothing_is_offered(town: Town) -> None:
    assert "Moving to another hub" not in [one.label for one in _record(town).expander]


def test_the_old_hub_is_told_and_still_looks_after_the_person(two_hubs: Town) -> None:
    _agree(two_hubs)
    page = draw(COHORTS, _context(two_hubs, "mona"), cohort=str(two_hubs.cohort_id))
    assert "wants to move to South, which has to take them in" in _text(page)
    person = draw(PEOPLE, _context(two_hubs, "mona"), person=str(two_hubs.ids["amina"]))
    assert "wants to move to South" in _text(person)
    assert "Amina" in _text(draw(MY_TRAINEES, _context(two_hubs, "ruth")))


def test_the_new_hub_sees_a_name_and_nothing_of_the_record_before(two_hubs: Town) -> None:
    _agree(two_hubs)
    page = draw(COHORTS, _context(two_hubs, "otto"))
    assert "Amina" in _text(page)
    assert "from North, agreed on 23 Nov 2026" in _text(page)
    assert "Nobody here has this number" in _text(
        draw(PEOPLE, _context(two_hubs, "otto"), person=str(two_hubs.ids["amina"]))
    )


@pytest.mark.parametrize("login", ["mona", "cora", "ruth"])
def test_only_the_new_hubs_manager_is_asked(two_hubs: Town, login: str) -> None:
    _agree(two_hubs)
    assert "Wants to move here" not in _text(draw(COHORTS, _context(two_hubs, login)))


def test_taking_in_gives_cohort_and_trainer_and_the_old_hub_sees_nothing_at_once(two_hubs: Town) -> None:
    _agree(two_hubs)
    _accept(two_hubs)
    amina = two_hubs.ids["amina"]
    enrolment = find_enrolment(two_hubs.store, amina, PROGRAMME)
    assert enrolment is not None
    assert two_hubs.store.subject(amina).hub_ids == {OTHER_HUB}
    assert [one.trainer_id for one in list_assignments(two_hubs.store, amina)] == [two_hubs.ids["tina"]]
    old = {
        "cohort": draw(COHORTS, _context(two_hubs, "mona"), cohort=str(two_hubs.cohort_id)),
        "people": draw(PEOPLE, _context(two_hubs, "mona")),
        "readiness": draw(READINESS, _context(two_hubs, "mona"), hub=HUB),
        "trainees": draw(MY_TRAINEES, _context(two_hubs, "ruth")),
    }
    assert {name for name, page in old.items() if "Amina" in _text(page)} == set()
    new = {
        "people": draw(PEOPLE, _context(two_hubs, "otto")),
        "trainees": draw(MY_TRAINEES, _context(two_hubs, "tina")),
    }
    assert {name for name, page in new.items() if "Amina" in _text(page)} == set(new)


def test_what_stands_in_the_way_of_taking_in_is_said(two_hubs: Town) -> None:
    _agree(two_hubs)
    store, admin, now = two_hubs.store, two_hubs.actor("admin"), two_hubs.clock()
    (grant,) = list_grants(store, two_hubs.ids["tina"], now)
    service.end_grant(store, admin, grant.fact_id, now)
    assert "Give somebody the task of trainer first." in _text(draw(COHORTS, _context(two_hubs, "otto")))
    (cohort,) = store.list_facts(CohortOpened, hub_id=OTHER_HUB)
    close_cohort(store, two_hubs.actor("otto"), cohort.cohort_id, {}, now=now)
    assert "Open a cohort of this programme first." in _text(draw(COHORTS, _context(two_hubs, "otto")))
