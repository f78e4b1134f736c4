"""What ends if nothing more happens: asked of the statement of readiness as of days to come."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from analytics.lapsing import see_lapsing
from assessments.facts import Certificate, Mode, SignOff, Supervision
from curriculum.gates import CertificateGate, CertificatePart, SupervisionGate
from curriculum.ids import CertificateId, GateId
from people.errors import NotAllowedError
from people.models import HubId, Office, PersonId
from tests.analytics.place import HUB, MANAGER, TRAINEE, TRAINER, Place, actor
from tests.builders import ROLE

MARY = actor(MANAGER, Office.MANAGER)
GATES = (
    SupervisionGate(id=GateId("met"), title="Met", why="Asked.", kind="supervision", min=1, max_gap_days=21),
    CertificateGate(
        id=GateId("card"),
        title="Card",
        why="Asked.",
        kind="certificate",
        parts=(CertificatePart(certificate=CertificateId("safeguarding"), months=24),),
    ),
)


@pytest.fixture
def place() -> Iterator[Place]:
    made = Place(*GATES)
    yield made
    made.store.close()


def sign(place: Place, *, valid_months: int = 12) -> None:
    decided: dict[str, Any] = {"evidence_hash": "", "evidence": (), "levels": (), "needs_countersign": False}
    place.note(SignOff, -5, role_id=ROLE, version_no=1, is_granted=True, valid_months=valid_months, **decided)


def be_ready(place: Place, *, card_days: int) -> None:
    place.note(Supervision, -1, supervisor_id=TRAINER, minutes=45, mode=Mode.IN_PERSON, late_reason="")
    expires_on = (place.now + timedelta(days=card_days)).date()
    issued_on = (place.now - timedelta(days=30)).date()
    card = CertificateId("safeguarding")
    place.record(Certificate, -30, certificate_id=card, issued_on=issued_on, expires_on=expires_on)


def test_each_gate_closes_in_its_own_time(place: Place) -> None:
    be_ready(place, card_days=45)
    sign(place)
    found = see_lapsing(place.store, MARY, place.programme, HUB)
    assert found.days == (30, 60, 90)
    assert found.n_active == 1
    assert {gate.gate_id: gate.n_closing for gate in found.gates} == {"met": (1, 1, 1), "card": (0, 1, 1)}
    assert found.n_lapsing == (1, 1, 1)
    assert found.n_ending == (0, 0, 0)


def test_a_sign_off_ends_on_its_own_last_day(place: Place) -> None:
    be_ready(place, card_days=300)
    sign(place, valid_months=2)
    found = see_lapsing(place.store, MARY, place.programme, HUB)
    assert found.n_ending == (0, 1, 1)


def test_who_is_not_signed_off_has_nothing_to_lose(place: Place) -> None:
    be_ready(place, card_days=10)
    found = see_lapsing(place.store, MARY, place.programme, HUB)
    assert (found.n_active, found.gates, found.n_lapsing) == (0, (), (0, 0, 0))


def test_who_may_not_see_people_is_refused(place: Place) -> None:
    for nobody in (actor(PersonId(9), Office.MANAGER, HubId("hillside")), actor(TRAINEE, Office.TRAINEE)):
        with pytest.raises(NotAllowedError):
            see_lapsing(place.store, nobody, place.programme, HUB)
