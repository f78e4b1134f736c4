"""The completion record as a plain page: who may print it, what it says, and that looking is noted."""

from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
from pypdf import PdfReader
from starlette.applications import Starlette

from assessments.facts import Outcome, SignOff
from assessments.reasons import RevokeReason
from assessments.service.closing import close_cohort
from assessments.service.decisions import countersign, revoke
from people.facts import RecordOpened
from people.models import CohortId
from people.service import enrol, open_cohort, start_session
from tests.assessments.world import TODAY
from tests.builders import NOW, PROGRAMME, ROLE
from tests.rights.house import HERE, THE_OPERATOR, House, Stage, make_house
from tests.web.browser import TestClient
from web import open_store
from web.routes import completion
from web.sessions import COOKIE

Browse = Callable[[Stage, str], TestClient]


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    made = make_house()
    yield made
    made.store.close()


@pytest.fixture
def stage(house: House) -> Stage:
    return _make_stage(house)


def _make_stage(house: House) -> Stage:
    """Return a trainee who was signed off in a cohort of their own."""
    stage = house.stage()
    _join(stage)
    countersign(house.store, house.cast["lead"], stage.sign().fact_id, NOW)
    return stage


@pytest.fixture(scope="module")
def closed(house: House) -> Stage:
    """A trainee whose cohort has closed, for tests that write nothing: nobody else has looked."""
    stage = _make_stage(house)
    _close(stage)
    return stage


def _join(stage: Stage) -> None:
    cohort = open_cohort(
        stage.store, THE_OPERATOR, HERE, PROGRAMME, "Winter <b>group</b>", starts_on=TODAY, active_version_no=1, now=NOW
    )
    place = {"cohort_id": cohort.cohort_id, "role_id": ROLE, "version_no": 1}
    enrol(stage.store, THE_OPERATOR, stage.person_id, **place, now=NOW)


def _close(stage: Stage, outcome: Outcome = Outcome.SIGNED_OFF) -> None:
    enrolment = stage.store.enrolment(stage.person_id, PROGRAMME)
    assert enrolment is not None
    cohort_id: CohortId = enrolment.cohort_id
    close_cohort(stage.store, stage.cast["manager"], cohort_id, {stage.person_id: outcome}, now=NOW)


@pytest.fixture
def browse(house: House) -> Iterator[Browse]:
    """Return a maker of browsers in which somebody of a stage is signed in."""
    open_store.use_store(house.store)

    def make(stage: Stage, name: str) -> TestClient:
        client = TestClient(Starlette(routes=list(completion.ROUTES)), follow_redirects=False)
        if name:
            client.cookies.set(COOKIE, start_session(house.store, stage.person_of(name), NOW).token)
        return client

    yield make
    open_store.forget_store()


def _path(stage: Stage) -> str:
    return f"/print/completion/{PROGRAMME}/{stage.person_id}"


def test_it_says_programme_role_dates_and_sign_off(closed: Stage, browse: Browse) -> None:
    page = browse(closed, "trainee").get(_path(closed))
    assert page.status_code == 200
    head = closed.store.programme(PROGRAMME, 1).head
    for words in (
        closed.trainee.name,
        f"{head.title}, version {head.version}",
        head.roles[0].title,
        "Riverside, Winter &lt;b&gt;group&lt;/b&gt;",
        "10 Mar 2025",
        "on 10 Mar 2025 by Trainer Riverine",
        "on 10 Mar 2025 by Lead Riverine",
        "valid until 10 Mar 2026",
        "4 · does it on their own",
    ):
        assert words in page.text, words
    assert "<script" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert page.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("name", ["trainee", "trainer", "lead", "manager"])
def test_who_may_see_sign_offs_may_print_it_and_the_look_is_noted(stage: Stage, browse: Browse, name: str) -> None:
    _close(stage)
    assert browse(stage, name).get(_path(stage)).status_code == 200
    looks = [(one.actor_id, one.what) for one in stage.store.list_facts(RecordOpened, stage.person_id)]
    assert looks == ([] if name == "trainee" else [(stage.person_of(name), "sign_off")])


def test_the_pdf_says_the_same_as_the_page(closed: Stage, browse: Browse) -> None:
    client = browse(closed, "trainee")
    assert f'href="{_path(closed)}/pdf"' in client.get(_path(closed)).text
    made = client.get(f"{_path(closed)}/pdf")
    assert made.headers["content-type"] == "application/pdf"
    assert made.headers["cache-control"] == "no-store"
    text = " ".join("\n".join(page.extract_text() for page in PdfReader(BytesIO(made.content)).pages).split())
    for words in (
        f"Completion record: {closed.trainee.name}",
        "Hub and cohort Riverside, Winter <b>group</b>",
        "Signed off on 10 Mar 2025 by Trainer Riverine",
        "Today valid until 10 Mar 2026",
        "4 · does it on their own",
    ):
        assert words in text, words


@pytest.mark.parametrize("name", ["fellow", "other_trainer", "coordinator", "funder", "there_lead"])
def test_nobody_else_gets_the_pdf(closed: Stage, browse: Browse, name: str) -> None:
    found = browse(closed, name).get(f"{_path(closed)}/pdf")
    assert (found.status_code, found.headers["content-type"].partition(";")[0]) == (404, "text/html")
    assert closed.store.list_facts(RecordOpened, closed.person_id) == []


@pytest.mark.parametrize(
    "name", ["fellow", "other_trainer", "coordinator", "safeguarding", "funder", "admin", "there_manager", "there_lead"]
)
def test_nobody_else_may(closed: Stage, browse: Browse, name: str) -> None:
    page = browse(closed, name).get(_path(closed))
    assert (page.status_code, closed.trainee.name in page.text) == (404, False)
    assert closed.store.list_facts(RecordOpened, closed.person_id) == []


def test_who_is_signed_out_is_led_to_sign_in(closed: Stage, browse: Browse) -> None:
    page = browse(closed, "").get(_path(closed))
    assert page.status_code == 303
    assert page.headers["location"].startswith("/account/sign-in?next=")


def test_there_is_none_before_the_cohort_has_closed(stage: Stage, browse: Browse) -> None:
    assert browse(stage, "trainee").get(_path(stage)).status_code == 404


@pytest.mark.parametrize("path", ["/print/completion/other/{n}", "/print/completion/alongside/99999999999999999999"])
def test_what_is_not_there_is_not_found(closed: Stage, browse: Browse, path: str) -> None:
    assert browse(closed, "trainee").get(path.format(n=closed.person_id)).status_code == 404


def test_a_sign_off_that_was_revoked_since_is_said_to_hold_no_more(stage: Stage, browse: Browse) -> None:
    _close(stage)
    (signed,) = stage.store.list_facts(SignOff, stage.person_id)
    revoke(stage.store, stage.cast["lead"], signed.fact_id, RevokeReason.LEFT_ROLE, NOW)
    text = browse(stage, "trainee").get(_path(stage)).text
    assert "revoked: this sign-off no longer holds" in text
    assert "valid until" not in text


def test_who_was_not_signed_off_has_a_record_that_says_so(house: House, browse: Browse) -> None:
    stage = house.stage()
    _join(stage)
    _close(stage, Outcome.STOPPED)
    text = browse(stage, "trainee").get(_path(stage)).text
    assert "Stopped" in text
    assert "Trusted with" not in text
    assert ">none<" in text.replace("<bdi>", "").replace("</bdi>", "")
