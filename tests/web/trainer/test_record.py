"""Record: what happened outside the app, once each, with a reason when it was long ago."""

from datetime import date, timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from assessments.facts import Attendance, Calibration, Certificate, Milestone, Mode, Presence, Supervision
from people.models import HubId, Office
from people.service import give_grant, open_hub
from tests.web.acting import OPERATOR, box, hire
from tests.web.scene import HUB, NOW
from tests.web.walking import Walker, click, click_twice, labels, said, shown

TODAY = NOW.date()


def open_record(walker: Walker, what: str, login: str = "trainer", whom: str = "erik") -> AppTest:
    return walker.open("record", login, what=what, person=str(walker.person(whom)))


def facts_of(walker: Walker, kind: Any, login: str = "erik") -> list[Any]:
    return walker.scene.store.list_facts(kind, walker.person(login))


# ---------------------------------------------------------------- the register


def mark(page: AppTest, walker: Walker, login: str, presence: Presence) -> None:
    key = f"presence-T1-{walker.person(login)}"
    next(one for one in page.get("button_group") if one.key == key).set_value(presence).run()


def test_the_register_is_kept_for_several_at_once(walker: Walker) -> None:
    page = open_record(walker, "register")
    mark(page, walker, "erik", Presence.PRESENT)
    mark(page, walker, "noor", Presence.ABSENT)
    page.number_input(key=f"minutes-T1-{walker.person('erik')}").set_value(90)
    click(page, "Save the register")
    [erik] = facts_of(walker, Attendance)
    assert (erik.presence, erik.minutes) == (Presence.PRESENT, 90)
    assert facts_of(walker, Attendance, "noor")[-1].presence == Presence.ABSENT
    assert said(page) == "Saved for 2 people."


def test_what_stands_in_the_register_is_shown(walker: Walker) -> None:
    page = open_record(walker, "register")
    assert "Recorded: Present, 5 Aug 2026" in shown(page)
    assert shown(page).count("Recorded:") == 11
    mark(page, walker, "erik", Presence.PRESENT)
    click(page, "Save the register")
    assert "Recorded: Present, 23 Nov 2026" in shown(page)


def test_all_present_is_one_tap(walker: Walker) -> None:
    page = click(open_record(walker, "register"), "All were present")
    click(page, "Save the register")
    assert said(page) == "Saved for 12 people."


def test_an_empty_register_is_not_saved(walker: Walker) -> None:
    page = click(open_record(walker, "register"), "Save the register")
    assert page.warning[0].value == "Mark at least one person first."


def test_a_register_that_breaks_a_rule_says_where_it_stopped(walker: Walker) -> None:
    page = open_record(walker, "register")
    box(page, "On which day?").set_value(TODAY - timedelta(days=61)).run()
    mark(page, walker, "erik", Presence.PRESENT)
    click(page, "Save the register")
    assert "more than 60 days ago. Choose why it is entered so late." in shown(page)
    assert "It stopped at Erik Dahl. 0 people are saved." in shown(page)
    assert facts_of(walker, Attendance) == []


# ---------------------------------------------------------------- supervision, certificate, before the start


def test_a_supervision_meeting_is_recorded(walker: Walker) -> None:
    page = open_record(walker, "supervision")
    box(page, "How?").set_value(Mode.PHONE)
    box(page, "Minutes").set_value(30)
    click(page, "Save the meeting")
    [meeting] = facts_of(walker, Supervision)
    assert (meeting.mode, meeting.minutes, meeting.supervisor_id) == (Mode.PHONE, 30, walker.person("trainer"))
    assert walker.scene.store.day_of(meeting.occurred_at) == TODAY


def test_what_is_long_ago_needs_a_reason_that_nobody_chose_beforehand(walker: Walker) -> None:
    page = open_record(walker, "supervision")
    box(page, "On which day?").set_value(TODAY - timedelta(days=61)).run()
    assert box(page, "That is long ago. Why only now?").value is None
    click(page, "Save the meeting")
    assert facts_of(walker, Supervision) == []
    box(page, "That is long ago. Why only now?").select_index(0).run()
    click(page, "Save the meeting")
    assert [meeting.late_reason for meeting in facts_of(walker, Supervision)] == ["paper_record"]


def test_up_to_60_days_need_no_reason(walker: Walker) -> None:
    page = open_record(walker, "supervision")
    box(page, "On which day?").set_value(TODAY - timedelta(days=60)).run()
    assert "That is long ago. Why only now?" not in [one.label for one in page.selectbox]
    click(page, "Save the meeting")
    assert len(facts_of(walker, Supervision)) == 1


def test_a_certificate_is_recorded_by_its_dates(walker: Walker) -> None:
    page = open_record(walker, "certificate")
    assert next(button for button in page.button if button.label == "Save the certificate").disabled
    box(page, "Valid until").set_value(date(2028, 1, 31)).run()
    click(page, "Save the certificate")
    [certificate] = facts_of(walker, Certificate)
    assert (certificate.issued_on, certificate.expires_on) == (TODAY, date(2028, 1, 31))


def test_a_certificate_that_ends_before_it_begins_is_refused(walker: Walker) -> None:
    page = open_record(walker, "certificate")
    box(page, "Valid until").set_value(TODAY - timedelta(days=1)).run()
    click(page, "Save the certificate")
    assert "Check both dates." in shown(page)
    assert facts_of(walker, Certificate) == []


def test_something_seen_twice_is_recorded_twice(walker: Walker) -> None:
    page = open_record(walker, "before")
    box(page, "What have you seen?").select("References seen").run()
    for _ in range(2):
        click(page, "Save")
    assert [milestone.what for milestone in facts_of(walker, Milestone)] == ["references", "references"]


@pytest.mark.parametrize(
    ("what", "label", "kind"),
    [("supervision", "Save the meeting", Supervision), ("before", "Save", Milestone)],
)
def test_a_double_click_records_once(walker: Walker, what: str, label: str, kind: Any) -> None:
    click_twice(open_record(walker, what), label)
    assert len(facts_of(walker, kind)) == 1


# ---------------------------------------------------------------- calibration


def test_calibration_is_the_training_leads_alone(walker: Walker) -> None:
    assert "Save the calibration" not in labels(open_record(walker, "calibration"))
    assert labels(walker.open("record", "lead")) == ["Save the calibration"]


def test_a_calibration_is_recorded(walker: Walker) -> None:
    page = walker.open("record", "lead")
    box(page, "Whose eye was checked?").select("Tomasz Nowak").run()
    assert "Last passed on 2 Aug 2026" in shown(page)
    click_twice(page, "Save the calibration")
    assert len(facts_of(walker, Calibration, "trainer")) == 2
    assert "Last passed on 23 Nov 2026" in shown(page)


def test_a_lead_of_all_hubs_finds_the_trainers_of_each_hub_and_not_themselves(walker: Walker) -> None:
    open_hub(walker.scene.store, OPERATOR, HubId("harbour"), "Harbour", walker.scene.now)
    hire(walker, "olga", Office.TRAINER, HubId("harbour"))
    hire(walker, "ada", Office.TRAINING_LEAD, None)
    hire(walker, "wera", Office.TRAINER, None)
    names = box(walker.open("record", "ada"), "Whose eye was checked?").options
    assert names == ["Grace Addo", "Olga", "Tomasz Nowak", "Wera"]
    assert "Olga" not in box(walker.open("record", "lead"), "Whose eye was checked?").options


def test_a_lead_who_trains_too_has_all_kinds_and_cannot_check_their_own_eye(walker: Walker) -> None:
    store, person_id = walker.scene.store, walker.person("trainer")
    give_grant(store, OPERATOR, person_id, Office.TRAINING_LEAD, walker.scene.now, hub_id=HUB)
    page = walker.open("record", "trainer", what="calibration")
    assert box(page, "Whose eye was checked?").options == ["Grace Addo"]
    assert len(page.get("button_group")[0].options) == 5
