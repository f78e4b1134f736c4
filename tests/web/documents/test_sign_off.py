"""The record of a sign-off on paper: level and status as the check page has them, who decided, and for whom it is."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from pypdf import PdfReader

from assessments.facts import SignOff
from assessments.reasons import RevokeReason
from assessments.service.decisions import countersign, revoke
from assessments.sign_off import check_code
from people.errors import NotAllowedError
from people.facts import RecordOpened
from tests.builders import NOW
from tests.rights.house import House, Stage, make_house
from web.context import Context
from web.documents.sign_off import check_address, make_sign_off_record


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    made = make_house()
    yield made
    made.store.close()


@pytest.fixture
def stage(house: House) -> Stage:
    return house.stage()


def _text(stage: Stage, name: str, signed: SignOff, origin: str = "https://practice.example") -> str:
    context = Context(store=stage.store, actor=stage.cast[name], choices=(), clock=lambda: NOW)
    made = make_sign_off_record(context, signed, origin)
    return " ".join("\n".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages).split())


def test_it_says_what_who_when_and_where_to_check_it(stage: Stage) -> None:
    signed = stage.sign()
    countersign(stage.store, stage.cast["lead"], signed.fact_id, NOW)
    text, code = _text(stage, "trainee", signed), check_code(signed.fact_id)
    head = stage.store.programme(signed.programme_id, 1).head
    for words in (
        f"Sign-off record: {stage.trainee.name}",
        "State on 10 Mar 2025 Signed off",
        f"Role {head.roles[0].title}",
        f"{head.title}, version {head.version}",
        "Decided on 10 Mar 2025",
        "Countersigned on 10 Mar 2025",
        "Last day 10 Mar 2026",
        "Decided by Trainer Riverine",
        "Countersigned by Lead Riverine",
        "4 · does it on their own",
        f"https://practice.example/check/{code}",
        signed.evidence_hash[:20],
    ):
        assert words in text, words


def test_before_the_second_person_it_says_that_it_waits(stage: Stage) -> None:
    text = _text(stage, "lead", stage.sign())
    assert "State on 10 Mar 2025 Waits for the second person" in text
    assert "Countersigned" not in text


def test_a_revoked_sign_off_says_so_and_not_why(stage: Stage) -> None:
    signed = stage.sign()
    countersign(stage.store, stage.cast["lead"], signed.fact_id, NOW)
    revoke(stage.store, stage.cast["lead"], signed.fact_id, RevokeReason.PRACTICE_CONCERN, NOW)
    text = _text(stage, "trainee", signed)
    assert "revoked" in text
    assert "Revoked on 10 Mar 2025" in text
    assert "worry" not in text


def test_who_may_see_the_sign_off_takes_it_and_that_is_noted(stage: Stage) -> None:
    signed = stage.sign()
    for name in ("trainer", "lead", "manager"):
        assert stage.trainee.name in _text(stage, name, signed)
    looks = [(one.actor_id, one.what) for one in stage.store.list_facts(RecordOpened, stage.person_id)]
    assert looks == [(stage.person_of(name), "sign_off") for name in ("trainer", "lead", "manager")]


@pytest.mark.parametrize("name", ["fellow", "other_trainer", "coordinator", "safeguarding", "funder", "there_lead"])
def test_nobody_else_gets_it(stage: Stage, name: str) -> None:
    signed = stage.sign()
    with pytest.raises(NotAllowedError):
        _text(stage, name, signed)
    assert stage.store.list_facts(RecordOpened, stage.person_id) == []


def test_where_the_address_of_the_app_is_not_known_the_page_is_named() -> None:
    assert check_address("ABCD", "") == "/check/ABCD"
