"""What the practice page reads: fellows by name, what was asked of oneself, what one wrote, and nothing of others."""

from typing import Any

import pytest

from assessments.facts import Observation, ObservationOpened
from assessments.reasons import CorrectionReason
from assessments.service.learning import correct
from assessments.service.observations import request_observation
from curriculum.ids import ChecklistId, ProgrammeId
from curriculum.models import Setting
from people.facts import ClockChange, ClockReason
from people.service import change_clock
from tests.web.acting import OPERATOR, erase_name
from tests.web.practice.test_evaluations import begin, evaluate
from tests.web.scene import ALONGSIDE
from tests.web.walking import Walker

FIRST, LAST = "Amina Yusuf", "نور الحسن"


def read(walker: Walker, name: str, login: str, programme_id: ProgrammeId = ALONGSIDE) -> list[dict[str, Any]]:
    return walker.scene.store.query(name, walker.scene.actor(login), programme_id=programme_id)


def fellows(walker: Walker, login: str) -> list[str]:
    return [row["name"] for row in read(walker, "own_fellows", login)]


def ask(walker: Walker, login: str, partner: str) -> None:
    scene = walker.scene
    asked: Any = {"asked_id": walker.person(partner), "now": scene.now}
    request_observation(scene.store, scene.actor(login), ALONGSIDE, ChecklistId("C9"), Setting.LIVE, **asked)


# ---------------------------------------------------------------- fellows


def test_fellows_are_all_others_of_the_programme_here_by_name(walker: Walker) -> None:
    names = fellows(walker, "hana")
    assert "Hana Kovac" not in names
    assert (len(names), names[0], names[-1]) == (11, FIRST, LAST)
    assert set(read(walker, "own_fellows", "hana")[0]) == {"person_no", "name"}


@pytest.mark.parametrize("login", ["trainer", "manager", "funder", "admin"])
def test_who_trains_in_nothing_has_no_fellows(walker: Walker, login: str) -> None:
    assert fellows(walker, login) == []


def test_fellows_of_another_programme_are_none(walker: Walker) -> None:
    assert read(walker, "own_fellows", "hana", ProgrammeId("carers-table")) == []


def test_who_has_left_is_no_fellow_and_has_none(walker: Walker) -> None:
    left: Any = {"change": ClockChange.WITHDRAWN, "reason": ClockReason.MOVED_AWAY, "now": walker.scene.now}
    change_clock(walker.scene.store, OPERATOR, walker.person("ivan"), ALONGSIDE, **left)
    assert "Ivan Petrov" not in fellows(walker, "hana")
    assert fellows(walker, "ivan") == []


def test_a_fellow_whose_name_was_erased_is_a_number(walker: Walker) -> None:
    number = erase_name(walker, "ivan")
    assert f"Person {number}" in fellows(walker, "hana")
    assert "Ivan Petrov" not in fellows(walker, "hana")


# ---------------------------------------------------------------- asked, and written


def test_what_was_asked_is_read_by_who_was_asked_alone(walker: Walker) -> None:
    ask(walker, "hana", "ivan")
    assert [row["name"] for row in read(walker, "own_asked", "ivan")] == ["Hana Kovac"]
    assert read(walker, "own_asked", "hana") == []
    assert "Hana Kovac" not in [row["name"] for row in read(walker, "own_asked", "amina")]
    assert [row["asked_name"] for row in read(walker, "own_partner_requests", "hana")] == ["Ivan Petrov"]


def test_what_was_asked_is_done_once_it_is_begun(walker: Walker) -> None:
    ask(walker, "hana", "ivan")
    begin(walker, "ivan", "hana")
    assert read(walker, "own_asked", "ivan") == []
    assert read(walker, "own_partner_requests", "hana") == []


def test_another_partners_form_leaves_it_open(walker: Walker) -> None:
    ask(walker, "hana", "ivan")
    begin(walker, "priya", "hana")
    assert len(read(walker, "own_asked", "ivan")) == 1
    assert len(read(walker, "own_partner_requests", "hana")) == 1


def test_evaluations_are_listed_to_who_wrote_them_alone(walker: Walker) -> None:
    begin(walker, "ivan", "hana")
    evaluate(walker, "ivan", "hana")
    rows = read(walker, "own_evaluations", "ivan")
    assert [(row["name"], row["relation"], row["is_submitted"]) for row in rows] == [
        ("Hana Kovac", "partner", True),
        ("Hana Kovac", "partner", False),
    ]
    assert read(walker, "own_evaluations", "hana") == []


def test_an_evaluation_that_was_taken_back_is_gone(walker: Walker) -> None:
    given = evaluate(walker, "ivan", "hana")
    scene = walker.scene
    correct(scene.store, scene.actor("ivan"), given.fact_id, CorrectionReason.WRONG_PERSON, scene.now)
    assert read(walker, "own_evaluations", "ivan") == []


# ---------------------------------------------------------------- answers to whole lines


def test_the_newest_answer_to_a_line_holds(walker: Walker) -> None:
    scene, hana = walker.scene, walker.person("hana")
    rows = scene.store.query("person_answers", scene.actor("hana"), person_id=hana, programme_id=ALONGSIDE)
    forms = [one for one in scene.store.list_facts(Observation, hana) if one.checklist_id == "C7"]
    assert len(forms) == 3
    assert {row["fact_id"] for row in rows} == {one.fact_id for one in forms}
    assert len(rows) == 3 * 12
    assert {row["state"] for row in rows} == {"done"}


def test_answers_of_forms_in_progress_are_not_read(walker: Walker) -> None:
    scene, hana = walker.scene, walker.person("hana")
    opened = {one.opened_id for one in scene.store.list_facts(Observation, hana)}
    assert {one.fact_id for one in scene.store.list_facts(ObservationOpened, hana)} == opened
