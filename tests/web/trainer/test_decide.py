"""Decide: who may not is told why before the click; sign-off, countersignature by another, revocation with a reason."""

from datetime import timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from assessments.facts import Countersign, SignOff
from assessments.ports import Ledger
from assessments.reasons import RevokeReason
from assessments.service.decisions import Case, decline, prepare_case, revoke
from people.facts import Change, RecordOpened
from people.models import Actor, HubId, Office, PersonId
from people.service import assign_trainer, give_grant, open_hub
from tests.web.acting import OPERATOR, begin_form, box, erase_name, hire, sign
from tests.web.scene import ALONGSIDE, HUB
from tests.web.walking import Walker, click, click_twice, labels, said, shown
from web.views.trainer import decide


def open_case(walker: Walker, login: str, whom: str) -> AppTest:
    return walker.open("decide", login, **{"person": str(walker.person(whom)), "in": ALONGSIDE})


def sign_offs(walker: Walker, login: str) -> list[SignOff]:
    return walker.scene.store.list_facts(SignOff, walker.person(login))


def listed(page: AppTest) -> list[str]:
    """Return the names on the list of decisions, in their order."""
    return [text.split("**")[1] for text in shown(page).splitlines() if text.startswith("**")]


# ---------------------------------------------------------------- the list


def test_what_waits_comes_first_then_who_is_ready_then_the_others_by_name(walker: Walker) -> None:
    names = listed(walker.open("decide", "trainer"))
    assert names[:2] == ["Ben Carter", "Hana Kovac"]
    assert names[2:] == sorted(names[2:])
    assert len(names) == 12


def test_the_lead_lists_decisions_of_the_hub_and_nobody_elses(walker: Walker) -> None:
    open_hub(walker.scene.store, OPERATOR, HubId("harbour"), "Harbour", walker.scene.now)
    hire(walker, "olga", Office.TRAINING_LEAD, HubId("harbour"))
    hire(walker, "ada", Office.TRAINING_LEAD, None)
    assert listed(walker.open("decide", "lead")) == ["Ben Carter", "Hana Kovac", "Amina Yusuf"]
    assert listed(walker.open("decide", "ada")) == ["Ben Carter", "Hana Kovac", "Amina Yusuf"]
    assert "Nobody to decide on yet" in shown(walker.open("decide", "olga"))
    assert open_case(walker, "olga", "ben").error


def test_a_countersigner_finds_the_record_of_their_grant(walker: Walker) -> None:
    until = walker.scene.now.date() + timedelta(days=7)
    hire(walker, "eva", Office.COUNTERSIGNER, None, record_id=walker.person("ben"), until_on=until)
    page = walker.open("decide", "eva")
    assert listed(page) == ["Ben Carter"]
    click(page, "Look")
    page = click(walker.follow("eva"), "Countersign")
    assert said(page) == "Countersigned. They are signed off."
    assert open_case(walker, "eva", "hana").error
    walker.scene.wait(days=8)
    assert "Nobody to decide on yet" in shown(walker.open("decide", "eva"))


def test_a_countersigner_is_told_that_others_decide(walker: Walker) -> None:
    until = walker.scene.now.date() + timedelta(days=7)
    hire(walker, "eva", Office.COUNTERSIGNER, None, record_id=walker.person("hana"), until_on=until)
    page = open_case(walker, "eva", "hana")
    assert "Only the person's trainers and the training lead of the hub can decide." in shown(page)
    assert "Sign off" not in labels(page)


def test_one_is_not_on_ones_own_list(walker: Walker) -> None:
    give_grant(walker.scene.store, OPERATOR, walker.person("hana"), Office.TRAINING_LEAD, walker.scene.now, hub_id=HUB)
    assert listed(walker.open("decide", "hana")) == ["Ben Carter", "Amina Yusuf"]
    page = open_case(walker, "hana", "hana")
    assert "Nobody decides on their own record." in shown(page)


# ---------------------------------------------------------------- deciding


def test_who_is_not_ready_is_said_before_the_click(walker: Walker) -> None:
    page = open_case(walker, "trainer", "ivan")
    assert "Not ready for decision. Still open: Safeguarding certificate in date." in shown(page)
    assert "Sign off" not in labels(page)


def test_a_hold_comes_before_every_decision(walker: Walker) -> None:
    page = open_case(walker, "trainer", "luis")
    assert "the safeguarding lead or deputy has to lift it first" in shown(page)
    assert "Sign off" not in labels(page)


def test_signing_off_freezes_levels_and_waits_for_a_second_person(walker: Walker) -> None:
    page = open_case(walker, "trainer", "hana")
    box(page, "Open and close a session").select("5 · can guide others").run()
    box(page, "A short comment (may be empty)").input("Steady.")
    click(page, "Sign off")
    [signed] = sign_offs(walker, "hana")
    assert (signed.is_granted, signed.note, signed.needs_countersign) == (True, "Steady.", True)
    assert {level.activity_id: level.level for level in signed.levels} == {"E2": 5, "E3": 4, "E6": 3, "E7": 4}
    assert said(page) == "Signed. It is complete once a second person countersigns."
    assert "Waits for the second person" in shown(page)
    assert "Sign off" not in labels(page)


def test_a_double_click_signs_once(walker: Walker) -> None:
    click_twice(open_case(walker, "trainer", "hana"), "Sign off")
    assert len(sign_offs(walker, "hana")) == 1


def test_not_yet_is_a_decision_too(walker: Walker) -> None:
    page = click(open_case(walker, "trainer", "hana"), "Not yet")
    assert [signed.is_granted for signed in sign_offs(walker, "hana")] == [False]
    assert "Decided: not yet" in shown(page)
    assert "Sign off" in labels(page)


def test_a_case_is_prepared_once_while_nothing_is_recorded_and_for_each_reader(
    walker: Walker, monkeypatch: pytest.MonkeyPatch
) -> None:
    readers: list[PersonId] = []

    def prepare(ledger: Ledger, actor: Actor, *asked: Any) -> Case:
        readers.append(actor.person_id)
        return prepare_case(ledger, actor, *asked)

    monkeypatch.setattr(decide, "prepare_case", prepare)
    page = open_case(walker, "trainer", "hana")
    for level in ("5 · can guide others", "4 · does it on their own"):
        box(page, "Open and close a session").select(level).run()
    assert readers == [walker.person("trainer")]
    open_case(walker, "trainer2", "hana")
    assert readers == [walker.person("trainer"), walker.person("trainer2")]
    begin_form(walker, "trainer", "hana")
    page.run()
    assert len(readers) == 3


@pytest.mark.parametrize("label", ["Sign off", "Not yet"])
def test_a_click_right_after_typing_does_not_pass_by_the_warning(walker: Walker, label: str) -> None:
    page = open_case(walker, "trainer", "hana")
    box(page, "A short comment (may be empty)").input("Her boy is 7 years old")
    click(page, label)
    assert sign_offs(walker, "hana") == []
    assert "Please look at your note again before it is kept." in shown(page)


def test_a_decision_taken_in_another_window_is_refused_in_words(walker: Walker) -> None:
    page = open_case(walker, "trainer2", "hana")
    sign(walker, "hana")
    click(page, "Sign off")
    assert len(sign_offs(walker, "hana")) == 1
    assert "A sign-off waits for its countersignature." in shown(page)


def test_looking_at_a_case_is_noted_for_the_person(walker: Walker) -> None:
    open_case(walker, "lead", "erik")
    opened = walker.scene.store.list_facts(RecordOpened, walker.person("erik"))
    assert [(one.actor_id, one.what) for one in opened] == [(walker.person("lead"), "sign_off")]


def test_an_address_that_names_nobody_is_refused_in_words(walker: Walker) -> None:
    page = walker.open("decide", "trainer", **{"person": "9999", "in": ALONGSIDE})
    assert page.error
    assert "[All decisions](/decide?)" in shown(page)
    assert listed(walker.open("decide", "trainer", **{"person": "x", "in": ALONGSIDE}))


# ---------------------------------------------------------------- countersign and revoke


def test_the_signer_is_told_why_they_cannot_countersign(walker: Walker) -> None:
    give_grant(
        walker.scene.store, OPERATOR, walker.person("trainer2"), Office.TRAINING_LEAD, walker.scene.now, hub_id=HUB
    )
    page = open_case(walker, "trainer2", "ben")
    assert "Who signed does not countersign. The countersignature has to come from another person." in shown(page)
    assert "Countersign" not in labels(page)
    assert "Ben Carter" not in shown(walker.open("today", "trainer2"))


def test_another_person_countersigns(walker: Walker) -> None:
    click_twice(open_case(walker, "lead", "ben"), "Countersign")
    [confirmed] = walker.scene.store.list_facts(Countersign, walker.person("ben"))
    assert confirmed.actor_id == walker.person("lead")
    text = shown(open_case(walker, "trainer", "ben"))
    assert "23 Nov 2026: countersigned, Ruth Bell" in text
    assert "waits for the second person" not in shown(walker.open("decide", "lead"))


def test_a_sign_off_is_revoked_with_a_reason(walker: Walker) -> None:
    page = open_case(walker, "lead", "amina")
    revoke = next(button for button in page.button if button.label == "Revoke")
    assert revoke.disabled
    box(page, "Why?").select("The evidence was wrong").run()
    click(page, "Revoke")
    [signed] = sign_offs(walker, "amina")
    [change] = walker.scene.store.changes_to(signed.fact_id)
    assert (change.change, change.reason) == (Change.REVOKED, "evidence_wrong")
    assert "Revoked: The evidence was wrong." in shown(page)
    assert "23 Nov 2026: revoked, Ruth Bell" in shown(page)
    assert "Sign‑off that was revoked" in shown(page)
    assert "Revoke" not in labels(page)


def test_a_trainer_cannot_revoke_and_after_it_cannot_decide_anew(walker: Walker) -> None:
    page, scene = open_case(walker, "trainer", "amina"), walker.scene
    assert "Revoke" not in labels(page)
    [signed] = sign_offs(walker, "amina")
    revoke(scene.store, scene.actor("lead"), signed.fact_id, RevokeReason.DECISION_MISTAKE, scene.now)
    page.run()
    assert "The last sign-off was revoked; only the training lead can decide anew." in shown(page)


def test_the_newest_sign_off_stands_first(walker: Walker) -> None:
    scene = walker.scene
    decline(scene.store, scene.actor("trainer"), walker.person("hana"), ALONGSIDE, "", now=scene.now)
    scene.wait(hours=1)
    sign(walker, "hana", by="trainer2")
    text = shown(open_case(walker, "trainer2", "hana"))
    assert text.index("Waits for the second person") < text.index("Decided: not yet")


def test_somebody_whose_name_was_erased_is_a_number(walker: Walker) -> None:
    person_id = walker.person("ben")
    erase_name(walker, "trainer2")
    erase_name(walker, "ben")
    page = walker.open("decide", "lead", **{"person": str(person_id), "in": ALONGSIDE})
    assert page.title[0].value == f"Person {person_id}"
    assert ": signed, Person " in shown(page)
    assert f"Person {person_id}" in listed(walker.open("decide", "lead"))


def test_a_trainer_of_one_trainee_decides_on_that_one_alone(walker: Walker) -> None:
    nadia = hire(walker, "nadia", Office.TRAINER)
    assign_trainer(walker.scene.store, OPERATOR, walker.person("hana"), nadia, walker.scene.now)
    assert listed(walker.open("decide", "nadia")) == ["Hana Kovac"]
    assert "Sign off" in labels(open_case(walker, "nadia", "hana"))
    assert open_case(walker, "nadia", "ben").error
