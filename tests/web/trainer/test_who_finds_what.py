"""Whatever offices a person holds, each page they find draws: a right that is missing is never a broken page."""

from datetime import timedelta

import pytest

from people.models import HubId, Office
from people.service import give_grant, open_hub
from tests.web.acting import OPERATOR, hire
from tests.web.scene import HUB
from tests.web.walking import Walker
from web.views import VIEWS

HARBOUR = HubId("harbour")
HERE = ("today", "observe", "record", "decide", "my-trainees", "holds", "quizzes", "practice", "my-record")
HUB_OFFICES = (
    Office.TRAINER,
    Office.TRAINING_LEAD,
    Office.SAFEGUARDING_LEAD,
    Office.SAFEGUARDING_DEPUTY,
    Office.COORDINATOR,
    Office.MANAGER,
)


def draw_all(walker: Walker, login: str) -> None:
    """Draw each page that the person finds; `Walker.open` fails on an exception."""
    actor = walker.scene.actor(login)
    found = [view.url_path for view in VIEWS if view.url_path in HERE and view.is_for(actor)]
    assert found or not actor.offices & {Office.TRAINER, Office.TRAINING_LEAD, Office.COUNTERSIGNER}
    for url_path in found:
        walker.open(url_path, login)


@pytest.mark.parametrize("hub_id", [HUB, None], ids=["one hub", "all hubs"])
def test_one_office_alone(walker: Walker, hub_id: HubId | None) -> None:
    for number, office in enumerate(HUB_OFFICES):
        hire(walker, f"new-{number}", office, hub_id)
        draw_all(walker, f"new-{number}")


def test_a_countersigner_with_one_record_and_one_whose_time_is_over(walker: Walker) -> None:
    until = walker.scene.now.date()
    hire(walker, "eva", Office.COUNTERSIGNER, None, record_id=walker.person("ben"), until_on=until)
    draw_all(walker, "eva")
    walker.scene.wait(days=1)
    draw_all(walker, "eva")


def test_each_office_here_beside_another_one_elsewhere(walker: Walker) -> None:
    store, now = walker.scene.store, walker.scene.now
    open_hub(store, OPERATOR, HARBOUR, "Harbour", now)
    for number, office in enumerate(HUB_OFFICES):
        person_id = hire(walker, f"new-{number}", office, HUB)
        give_grant(store, OPERATOR, person_id, HUB_OFFICES[number - 1], now, hub_id=HARBOUR)
        draw_all(walker, f"new-{number}")


def test_a_trainee_without_a_programme(walker: Walker) -> None:
    hire(walker, "nadia", Office.TRAINEE)
    draw_all(walker, "nadia")


def test_a_trainee_who_is_also_a_trainer_and_a_countersigner(walker: Walker) -> None:
    store, now, priya = walker.scene.store, walker.scene.now, walker.person("priya")
    give_grant(store, OPERATOR, priya, Office.TRAINER, now, hub_id=HUB)
    until = now.date() + timedelta(days=3)
    give_grant(store, OPERATOR, priya, Office.COUNTERSIGNER, now, record_id=walker.person("hana"), until_on=until)
    draw_all(walker, "priya")
