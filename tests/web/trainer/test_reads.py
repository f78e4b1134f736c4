"""What the trainers' pages read: the right people, by the right names, after corrections too."""

from datetime import timedelta
from typing import Any

import pytest

from assessments.facts import Attendance, Calibration, Certificate, Observation, Presence, SignOff, Supervision
from assessments.service.attempts import unlock_attempts
from assessments.service.decisions import revoke
from assessments.service.learning import correct, record_attendance, record_supervision
from assessments.service.leaving import hand_over, prepare_leaving
from people.errors import NotAllowedError
from people.facts import Assignment, Grant
from people.models import HubId, Office
from people.service import assign_trainer, end_assignment, open_hub, rename_person
from tests.web.acting import OPERATOR, begin_form, erase_name, hire
from tests.web.scene import ALONGSIDE, HUB, Scene
from tests.web.walking import Walker

Row = dict[str, Any]
HARBOUR = HubId("harbour")
T1 = {"programme_id": ALONGSIDE, "session_id": "T1"}
ASSIGNED: dict[str, dict[str, str]] = {
    "assigned_attendance": T1,
    "assigned_harm": {},
    "assigned_open_forms": {},
    "assigned_open_gates": {},
    "assigned_quiz_use": {},
    "assigned_requests": {},
    "assigned_trainees": {},
}
OF_PERSON = (
    "person_attempts",
    "person_attendance",
    "person_observations",
    "person_ratings",
    "person_sign_offs",
    "person_sign_off_levels",
    "person_supervision",
)


def read(scene: Scene, name: str, login: str, **params: Any) -> list[Row]:
    return scene.store.query(name, scene.actor(login), **params)


def of(rows: list[Row], person_id: int) -> list[Row]:
    return [row for row in rows if row["person_no"] == person_id]


# ---------------------------------------------------------------- whose people


def test_a_trainer_reads_of_assigned_trainees_alone_and_until_it_ends(walker: Walker) -> None:
    scene, luis = walker.scene, walker.person("luis")
    nadia = hire(walker, "nadia", Office.TRAINER)

    def of_whom() -> dict[str, set[int]]:
        asked = ASSIGNED.items()
        return {name: {row["person_no"] for row in read(scene, name, "nadia", **params)} for name, params in asked}

    of_nobody: dict[str, set[int]] = {name: set() for name in ASSIGNED}
    assert of_whom() == of_nobody
    assignment = assign_trainer(scene.store, OPERATOR, luis, nadia, scene.now)
    begin_form(walker, "nadia", "luis")
    assert of_whom() == {name: {luis} for name in ASSIGNED} | {"assigned_requests": set()}
    end_assignment(scene.store, OPERATOR, assignment.fact_id, scene.now)
    assert of_whom() == of_nobody


@pytest.mark.parametrize("name", ASSIGNED)
def test_who_trains_nobody_may_not_ask_for_assigned_trainees(walker: Walker, name: str) -> None:
    with pytest.raises(NotAllowedError):
        read(walker.scene, name, "manager", **ASSIGNED[name])


def test_a_hub_is_read_by_who_looks_after_it_or_after_all(walker: Walker) -> None:
    scene = walker.scene
    open_hub(scene.store, OPERATOR, HARBOUR, "Harbour", scene.now)
    for office, here, everywhere in (
        (Office.TRAINING_LEAD, "olga", "ada"),
        (Office.SAFEGUARDING_LEAD, "sven", "ines"),
    ):
        hire(walker, here, office, HARBOUR)
        hire(walker, everywhere, office, None)
    for name, here, everywhere, params in (
        ("hub_decisions", "olga", "ada", {}),
        ("hub_holds", "sven", "ines", {}),
        ("hub_observers", "olga", "ada", {"programme_id": ALONGSIDE}),
    ):
        assert read(scene, name, here, hub=HARBOUR, **params) == [], name
        with pytest.raises(NotAllowedError):
            read(scene, name, here, hub=HUB, **params)
        assert read(scene, name, everywhere, hub=HUB, **params), name
        assert read(scene, name, everywhere, hub=HARBOUR, **params) == [], name


def test_a_person_is_read_by_themselves_and_their_trainers(walker: Walker) -> None:
    scene = walker.scene
    params = {"person_id": walker.person("amina"), "programme_id": ALONGSIDE}
    hire(walker, "nadia", Office.TRAINER)
    for name in OF_PERSON:
        assert read(scene, name, "amina", **params) == read(scene, name, "trainer", **params) != [], name
        for stranger in ("priya", "nadia", "funder"):
            with pytest.raises(NotAllowedError):
                read(scene, name, stranger, **params)


def test_only_who_countersigns_reads_what_waits_for_a_countersignature(walker: Walker) -> None:
    ben = walker.person("ben")
    [row] = read(walker.scene, "person_decisions", "lead", person_id=ben)
    assert (row["waits_for_countersign"], row["signer_no"]) == (True, walker.person("trainer2"))
    with pytest.raises(NotAllowedError):
        read(walker.scene, "person_decisions", "trainer", person_id=ben)


# ---------------------------------------------------------------- names


def all_texts(walker: Walker) -> str:
    """Return all that the pages of trainer, lead and safeguarding lead read."""
    scene, hub = walker.scene, {"hub": HUB}
    rows = [row for name, params in ASSIGNED.items() for row in read(scene, name, "trainer", **params)]
    rows += read(scene, "hub_decisions", "lead", **hub)
    rows += read(scene, "hub_observers", "lead", **hub, programme_id=ALONGSIDE)
    rows += read(scene, "hub_holds", "safeguarding", **hub)
    rows += read(scene, "own_trainers", "luis")
    return str(rows)


def test_a_new_name_is_shown_everywhere(walker: Walker) -> None:
    begin_form(walker, "trainer", "luis")
    n_places = all_texts(walker).count("Luis Ortega")
    assert n_places >= 4
    admin = walker.scene.actor("admin")
    rename_person(
        walker.scene.store, admin, walker.person("luis"), name="Lou Ortega", login="luis", now=walker.scene.now
    )
    assert all_texts(walker).count("Lou Ortega") == n_places
    assert "Luis" not in all_texts(walker)


def test_an_erased_person_is_a_number_everywhere(walker: Walker) -> None:
    begin_form(walker, "trainer", "luis")
    ben, luis = walker.person("ben"), walker.person("luis")
    second = walker.person("trainer2")
    walker.scene.store.write(
        lambda batch: batch.execute("DELETE FROM person_private WHERE person_no IN (?, ?)", [ben, second])
    )
    walker.scene.store.reader.recent.forget()
    texts = all_texts(walker)
    for name, person_id in (("Ben Carter", ben), ("Grace Addo", second)):
        assert name not in texts
        assert f"'Person {person_id}'" in texts
    assert erase_name(walker, "luis") == luis
    found = walker.scene.store.query("assigned_harm", walker.scene.actor("trainer"))
    assert f"Person {luis}" in [row["name"] for row in found]


# ---------------------------------------------------------------- corrections


def test_a_meeting_and_a_certificate_taken_back_are_gone(walker: Walker) -> None:
    scene, erik = walker.scene, walker.person("erik")
    trainer, about = scene.actor("trainer"), {"person_id": erik, "programme_id": ALONGSIDE}
    meeting = record_supervision(
        scene.store, trainer, erik, ALONGSIDE, 30, mode="phone", held_on=scene.now.date(), now=scene.now
    )
    [row] = read(scene, "person_supervision", "erik", **about)
    assert (row["fact_id"], row["supervisor_name"]) == (meeting.fact_id, "Tomasz Nowak")
    correct(scene.store, trainer, meeting.fact_id, "wrong_person", scene.now)
    assert read(scene, "person_supervision", "erik", **about) == []
    assert scene.store.list_facts(Supervision, erik) == []
    [certificate] = scene.store.list_facts(Certificate, walker.person("amina"))
    correct(scene.store, scene.actor("trainer2"), certificate.fact_id, "wrong_entry", scene.now)
    assert read(scene, "person_certificates", "amina", person_id=walker.person("amina")) == []


def test_a_register_entered_anew_shows_the_newer_entry_alone(walker: Walker) -> None:
    scene, priya = walker.scene, walker.person("priya")
    [before] = of(read(scene, "assigned_attendance", "trainer", programme_id=ALONGSIDE, session_id="T3"), priya)
    assert before["presence"] == Presence.ABSENT
    made_up = {"presence": Presence.MADE_UP, "minutes": 90, "held_on": scene.now.date()}
    record_attendance(scene.store, scene.actor("trainer"), priya, ALONGSIDE, "T3", now=scene.now, **made_up)
    [after] = of(read(scene, "assigned_attendance", "trainer", programme_id=ALONGSIDE, session_id="T3"), priya)
    assert (after["presence"], after["minutes"], after["day"]) == (Presence.MADE_UP, 90, scene.now.date())
    rows = read(scene, "person_attendance", "priya", person_id=priya, programme_id=ALONGSIDE)
    assert [row["presence"] for row in rows if row["session_id"] == "T3"] == [Presence.MADE_UP]
    assert len(scene.store.list_facts(Attendance, priya, session_id="T3")) == 1


def test_an_observation_taken_back_is_marked_and_no_longer_asks_for_a_debrief(walker: Walker) -> None:
    scene, fatima = walker.scene, walker.person("fatima")
    observation = scene.store.list_facts(Observation, fatima)[-1]
    assert of(read(scene, "assigned_harm", "trainer"), fatima)
    correct(scene.store, scene.actor("trainer"), observation.fact_id, "wrong_entry", scene.now)
    assert of(read(scene, "assigned_harm", "trainer"), fatima) == []
    rows = read(scene, "person_observations", "fatima", person_id=fatima, programme_id=ALONGSIDE)
    assert [row["fact_id"] for row in rows if row["is_void"]] == [observation.fact_id]


def test_a_form_taken_back_is_in_progress_no_more(walker: Walker) -> None:
    scene, form_id = walker.scene, begin_form(walker, "trainer", "priya")
    assert [row["fact_id"] for row in read(scene, "assigned_open_forms", "trainer")] == [form_id]
    correct(scene.store, scene.actor("trainer"), form_id, "wrong_person", scene.now)
    assert read(scene, "assigned_open_forms", "trainer") == []


def test_a_sign_off_waits_until_it_is_revoked_or_has_run_out(walker: Walker) -> None:
    scene, ben = walker.scene, walker.person("ben")

    def waits() -> list[bool]:
        rows = read(scene, "hub_decisions", "lead", hub=HUB) + read(scene, "assigned_trainees", "trainer")
        rows += read(scene, "person_decisions", "lead", person_id=ben)
        return [row["waits_for_countersign"] for row in of(rows, ben)]

    assert waits() == [True, True, True]
    scene.wait(days=400)
    assert True not in waits()
    scene.wait(days=-400)
    [signed] = scene.store.list_facts(SignOff, ben)
    revoke(scene.store, scene.actor("lead"), signed.fact_id, "decision_mistake", scene.now)
    assert True not in waits()
    rows = read(scene, "person_sign_offs", "ben", person_id=ben, programme_id=ALONGSIDE)
    assert [(row["signer_name"], row["revoke_reason"]) for row in rows] == [("Grace Addo", "decision_mistake")]


def test_quiz_use_starts_anew_with_an_unlock(walker: Walker) -> None:
    scene, samuel = walker.scene, walker.person("samuel")

    def use() -> dict[str, tuple[int, int, bool]]:
        rows = of(read(scene, "assigned_quiz_use", "trainer"), samuel)
        return {row["blueprint_id"]: (row["n_started"], row["n_submitted"], row["is_passed"]) for row in rows}

    assert use() == {"quiz-m1": (1, 1, True), "quiz-m3": (1, 1, True), "quiz-m4": (3, 3, False)}
    trainer = scene.actor("trainer")
    unlock_attempts(scene.store, trainer, samuel, ALONGSIDE, "quiz-m4", reason="talked_through", now=scene.now)
    assert "quiz-m4" not in use()


def test_observers_are_those_who_hold_the_office_today_with_their_calibration_in_force(walker: Walker) -> None:
    scene, lead = walker.scene, walker.scene.actor("lead")

    def observers() -> dict[str, Any]:
        rows = read(scene, "hub_observers", "lead", hub=HUB, programme_id=ALONGSIDE)
        return {row["name"]: row["calibrated_on"] for row in rows}

    day = scene.now.date() - timedelta(days=113)
    assert observers() == {"Grace Addo": day, "Tomasz Nowak": day}
    [calibration] = scene.store.list_facts(Calibration, walker.person("trainer"))
    correct(scene.store, lead, calibration.fact_id, "wrong_person", scene.now)
    assert observers() == {"Grace Addo": day, "Tomasz Nowak": None}
    [grant] = scene.store.list_facts(Grant, walker.person("trainer2"), office=Office.TRAINER)
    waiting = prepare_leaving(scene.store, OPERATOR, grant.fact_id, scene.now)
    hand_over(
        scene.store,
        OPERATOR,
        grant.fact_id,
        {one.work.target_id: None if one.may_be_nobody else one.takers[0] for one in waiting},
        now=scene.now,
    )
    assert observers() == {"Tomasz Nowak": None}


def test_ones_own_trainers_are_those_of_today(walker: Walker) -> None:
    scene, luis = walker.scene, walker.person("luis")
    assert [row["name"] for row in read(scene, "own_trainers", "luis")] == ["Grace Addo", "Tomasz Nowak"]
    first = next(one for one in scene.store.list_facts(Assignment, luis) if one.trainer_id == walker.person("trainer2"))
    end_assignment(scene.store, OPERATOR, first.fact_id, scene.now)
    assert [row["name"] for row in read(scene, "own_trainers", "luis")] == ["Tomasz Nowak"]
