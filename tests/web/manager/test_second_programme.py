"""A second programme comes into a store in which people use the first: by the pages, from the folder to a cohort."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from assessments.facts import ProgrammeActivated, SafeguardingApproved
from assessments.service.attempts import load_sheet, record_response, start_attempt, submit_attempt
from assessments.service.learning import record_certificate
from assessments.verdicts import GateState, Verdict
from curriculum.ids import CertificateId, ProgrammeId, RoleId
from curriculum.models import Pool
from people.facts import CohortOpened
from people.models import HubId
from people.service import assign_trainer
from people.service.reach import find_enrolment, list_grants
from store.verify import verify
from tests.builders import PROGRAMME, QUIZ
from tests.web.drawing import draw, shown, unfold
from tests.web.manager.conftest import HUB, Town
from web.arrival import list_choices
from web.context import Context
from web.view import View
from web.views.manager import shipped
from web.views.manager.cohorts import VIEW as COHORTS
from web.views.manager.programme import VIEW as PROGRAMMES
from web.views.manager.programme import page as programme_page
from web.views.manager.readiness import VIEW as READINESS
from web.views.trainee.modules import VIEW as MODULES
from web.views.trainee.next_step import VIEW as NEXT

TABLE = ProgrammeId("carers-table")


@pytest.fixture
def living(town: Town, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    """Amina is half-way through a quiz of the first programme; the second stands in the folder."""
    drafts = [draft for draft in shipped.list_drafts() if draft.name == TABLE]
    assert len(drafts) == 1
    monkeypatch.setattr(programme_page, "list_drafts", lambda: drafts)
    assign_trainer(town.store, town.actor("mona"), town.ids["amina"], town.ids["ruth"], town.clock())
    start_attempt(town.store, town.actor("amina"), PROGRAMME, QUIZ, Pool.COUNTING, now=town.clock())
    yield town


def _open(town: Town, view: View, login: str, first: ProgrammeId = PROGRAMME, **query: str) -> AppTest:
    actor = town.actor(login)
    choices = sorted(list_choices(town.store, actor), key=lambda choice: choice.programme_id != first)
    return draw(view, Context(town.store, actor, tuple(choices), town.clock), **query)


def _text(page: AppTest) -> str:
    return shown(page).replace("\\", "")


def _verdict(town: Town, login: str, programme_id: ProgrammeId = PROGRAMME) -> Verdict:
    found = town.store.verdict(town.ids[login], programme_id, town.clock(), town.clock())
    assert found is not None
    return found


def _publish(town: Town) -> None:
    page = _open(town, PROGRAMMES, "mona")
    assert "No faults were found" in _text(page)
    page.button(key=f"publish-{TABLE}").click().run()


def _approve(town: Town) -> None:
    page = _open(town, PROGRAMMES, "sam")
    page.text_input[-1].input("Designated safeguarding lead")
    next(button for button in page.button if "approve" in button.label).click().run()


def _go_live(town: Town) -> None:
    _open(town, PROGRAMMES, "mona").button(key=f"activate-{HUB}-{TABLE}").click().run()


def _open_cohort(town: Town) -> str:
    page = unfold(_open(town, COHORTS, "mona"), "Open a cohort")
    next(box for box in page.selectbox if box.label == "Programme").select("Carers' Table")
    page.text_input[0].input("First table")
    next(button for button in page.button if button.label == "Open the cohort").click().run()
    (cohort,) = town.store.list_facts(CohortOpened, programme_id=TABLE)
    assert page.query_params["cohort"] in (cohort.cohort_id, [cohort.cohort_id])
    return str(cohort.cohort_id)


def _join(town: Town, cohort_id: str, who: str, role: str) -> None:
    page = _open(town, COHORTS, "mona", cohort=cohort_id)
    page.selectbox(key="enrol-who").select(who)
    page.selectbox(key="enrol-role").select(role)
    next(button for button in page.button if button.label == "Put into this cohort").click().run()


def _install(town: Town) -> str:
    _publish(town)
    _approve(town)
    _go_live(town)
    return _open_cohort(town)


def test_it_cannot_go_live_before_its_own_text_is_approved(living: Town) -> None:
    _publish(living)
    page = _open(living, PROGRAMMES, "mona")
    page.button(key=f"activate-{HUB}-{TABLE}").click().run()
    assert "the approval of the safeguarding text" in page.error[0].value
    assert living.store.list_facts(ProgrammeActivated, programme_id=TABLE) == []


def test_the_whole_way_while_the_first_is_in_use(living: Town) -> None:
    before = _verdict(living, "amina")
    cohort_id = _install(living)
    assert len(living.store.list_facts(SafeguardingApproved)) == 2
    assert _verdict(living, "amina").gates == before.gates
    _join(living, cohort_id, "Amina", "Table assistant")
    enrolment = find_enrolment(living.store, living.ids["amina"], TABLE)
    assert enrolment is not None
    assert (enrolment.role_id, enrolment.version_no) == ("assistant", 1)
    first = find_enrolment(living.store, living.ids["amina"], PROGRAMME)
    assert first is not None
    assert first.cohort_id == living.cohort_id
    grants = list_grants(living.store, living.ids["amina"], living.clock())
    assert [(one.office, one.hub_id) for one in grants] == [("trainee", HubId(HUB))]
    assert verify(living.store).faults == ()


def test_who_is_in_both_goes_on_with_the_first_and_begins_the_second(living: Town) -> None:
    cohort_id = _install(living)
    _join(living, cohort_id, "Amina", "Table assistant")
    store, amina = living.store, living.actor("amina")
    started = start_attempt(store, amina, PROGRAMME, QUIZ, Pool.COUNTING, now=living.clock())
    for position in range(len(load_sheet(store, amina, started.fact_id).items)):
        given = {"certainty": None, "is_flagged": False, "now": living.clock()}
        record_response(store, amina, started.fact_id, position, (0,), **given)
    submit_attempt(store, amina, started.fact_id, living.clock())
    choices = {choice.programme_id: choice.version_no for choice in list_choices(store, amina)}
    assert choices == {PROGRAMME: 1, TABLE: 1}
    titles = {store.programme(id_, 1).head.title: id_ for id_ in choices}
    for title, programme_id in titles.items():
        modules = {module.title for module in store.programme(programme_id, 1).modules}
        page = _open(living, MODULES, "amina", programme_id)
        assert any(module in _text(page) for module in modules), title
        assert "You are not in a programme yet" not in _text(_open(living, NEXT, "amina", programme_id))


def test_a_certificate_that_was_seen_for_the_first_counts_in_the_second(living: Town) -> None:
    store, today = living.store, living.store.day_of(living.clock())
    record_certificate(
        store,
        living.actor("ruth"),
        living.ids["amina"],
        CertificateId("safeguarding"),
        today,
        expires_on=today + timedelta(days=365),
        now=living.clock(),
        programme_id=PROGRAMME,
    )
    _join(living, _install(living), "Amina", "Table assistant")
    rules = [gate for gate in store.programme(TABLE, 1).gates_of(RoleId("assistant")) if gate.kind == "certificate"]
    wanted = {gate.id: {part.certificate for part in gate.parts} for gate in rules}
    states = {gate.gate_id: gate.state for gate in _verdict(living, "amina", TABLE).gates if gate.gate_id in wanted}
    assert {id_ for id_, state in states.items() if state == GateState.MET} == {
        id_ for id_, certificates in wanted.items() if certificates == {"safeguarding"}
    }
    assert GateState.MET in states.values()


def test_each_board_holds_its_own_people(living: Town) -> None:
    cohort_id = _install(living)
    _join(living, cohort_id, "Ben", "Table lead")
    first = _text(_open(living, READINESS, "mona", PROGRAMME))
    second = _text(_open(living, READINESS, "mona", TABLE))
    assert "North" in first and "2 people" in first
    assert "First table" in second and "1 person" in second


def test_installing_the_same_again_changes_nothing(living: Town) -> None:
    _install(living)
    page = _open(living, PROGRAMMES, "mona")
    keys = {button.key for button in page.button}
    assert f"publish-{TABLE}" not in keys
    assert f"activate-{HUB}-{TABLE}" not in keys
    assert "Published as it stands" in _text(page)
