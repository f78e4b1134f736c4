"""Held forms: the training lead sees what came from a device too late, and lets it count or sets it aside."""

from datetime import timedelta
from typing import Any

from assessments.facts import DeviceAnswer, DeviceRecord, DeviceRecordSettled, Observation
from assessments.service.observations import receive_record
from people.facts import ClockChange, Pause
from people.ids import new_fact_id
from tests.assessments.world import make_device_record
from tests.web.scene import ALONGSIDE
from tests.web.walking import Walker, click, shown


def hold(walker: Walker, days_ago: int = 70, **changes: Any) -> DeviceRecord:
    """Let a form of the trainer about Hana arrive that is so many days old."""
    store, now = walker.scene.store, walker.scene.now
    at, trainer = now - timedelta(days=days_ago), walker.scene.actor("trainer")
    programme = store.programme(ALONGSIDE, 1)
    line = programme.checklist_by_id["C2"].lines[0]  # type: ignore[index]
    basics = [one for one in programme.behaviours_of(line) if one.kind == "basic"]
    given = {
        "programme_id": ALONGSIDE,
        "scenario_id": programme.checklist_by_id["C2"].scenarios[0],  # type: ignore[index]
        "answers": tuple(DeviceAnswer(line.id, one.id, "seen") for one in basics),
        "begun_at": at,
        "claimed_at": at,
        "occurred_at": at,
    }
    sent = make_device_record(walker.person("hana"), trainer.person_id, **given | changes)
    return receive_record(store, trainer, sent, now=now).record


def settled(walker: Walker) -> list[DeviceRecordSettled]:
    return walker.scene.store.list_facts(DeviceRecordSettled, walker.person("hana"))


def observed(walker: Walker, record: DeviceRecord) -> list[Observation]:
    seen = walker.scene.store.list_facts(Observation, walker.person("hana"))
    return [one for one in seen if one.occurred_at == record.occurred_at]


def test_the_first_page_of_the_lead_leads_to_what_is_held(walker: Walker) -> None:
    assert "from a device" not in shown(walker.open("today", "lead"))
    hold(walker)
    assert "1 form from a device waits" in shown(walker.open("today", "lead"))
    assert "from a device" not in shown(walker.open("today", "trainer"))


def test_a_form_of_long_ago_counts_once_the_lead_says_so(walker: Walker) -> None:
    record = hold(walker)
    click(walker.open("held-forms", "lead"), "Look at it")
    assert walker.went == [("held-forms", {"about": str(record.fact_id)})]
    page = walker.follow("lead")
    text = shown(page)
    for words in ("It was seen too long ago", "Tomasz Nowak"):
        assert words in text
    settle = next(button for button in page.button if button.label == "Settle it")
    assert settle.disabled
    page.radio[0].set_value(True).run()
    page.selectbox[0].set_value("clock_was_wrong").run()
    click(page, "Settle it")
    assert [(one.is_accepted, one.reason) for one in settled(walker)] == [(True, "clock_was_wrong")]
    assert len(observed(walker, record)) == 1
    assert "let it count" in shown(walker.open("held-forms", "lead", about=str(record.fact_id)))


def test_what_was_seen_after_leaving_can_only_be_set_aside(walker: Walker) -> None:
    now, person_id = walker.scene.now, walker.person("hana")
    gone = {"programme_id": ALONGSIDE, "change": ClockChange.WITHDRAWN, "reason": "own_wish"}
    base = {"fact_id": new_fact_id(), "person_id": person_id, "actor_id": person_id}
    walker.scene.store.append(Pause(**base, **gone, occurred_at=now - timedelta(hours=2)))
    record = hold(walker, days_ago=0)
    page = walker.open("held-forms", "lead", about=str(record.fact_id))
    page.radio[0].set_value(True).run()
    page.selectbox[0].set_value("rater_confirms").run()
    click(page, "Settle it")
    assert (settled(walker), observed(walker, record)) == ([], [])
    page = walker.open("held-forms", "lead", about=str(record.fact_id))
    page.radio[0].set_value(False).run()
    page.selectbox[0].set_value("after_leaving").run()
    click(page, "Settle it")
    assert [one.is_accepted for one in settled(walker)] == [False]
    assert observed(walker, record) == []


def test_others_find_no_held_forms(walker: Walker) -> None:
    record = hold(walker)
    for login in ("trainer", "manager", "safeguarding"):
        text = shown(walker.open("held-forms", login, about=str(record.fact_id)))
        assert "It was seen too long ago" not in text
