"""The main job through the pages alone: an empty store, a first week on telephones, a countersigned sign-off."""

import re
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from curriculum.ids import ChecklistId
from curriculum.models import Programme, Setting
from tests.browser import hub_acts, trainee_acts, trainer_acts
from tests.browser.conftest import DESKTOP, PHONE, Arrive
from tests.browser.pages import Visitor
from tests.browser.server import RunningApp

pytestmark = pytest.mark.xdist_group("main job")

PASSWORD = "three grey herons on the roof"
TRAINEE = "Amina Yusuf"

MOST_TAPS = {
    "Administrator: name, hub, whom to call": 18,
    "Administrator: programme published, its reader invited": 6,
    "Safeguarding lead: comes in and approves the text": 10,
    "Administrator: live, a cohort opened": 6,
    "Administrator: trainer and trainee invited": 15,
    "Trainer: comes in": 6,
    "Trainee: comes in": 6,
    "Trainee: first module read": 9,
    "Trainee: first quiz passed": 40,
}
"""How often each may touch a phone in a hub's first week; docs/running-a-hub.md says how often they do."""


@dataclass
class Week:
    """A hub's first week: how many taps each part of it took."""

    taps: dict[str, int] = field(default_factory=dict)

    @contextmanager
    def part(self, title: str, visitor: Visitor) -> Generator[None]:
        """Count the taps of a person in the block."""
        before = visitor.taps
        yield
        self.taps[title] = visitor.taps - before


@dataclass
class Hub:
    """Everybody at their own window, and how the first week went."""

    programme: Programme
    week: Week
    admin: Visitor
    trainer: Visitor
    second: Visitor
    lead: Visitor
    trainee: Visitor

    def everybody(self) -> list[Visitor]:
        """Return all of them."""
        return [self.admin, self.trainer, self.second, self.lead, self.trainee]


@pytest.fixture(scope="module")
def hub(empty_app: RunningApp, arrive: Arrive, own_programme: Programme) -> Hub:
    """A hub made out of nothing on telephones: live, with a cohort, everybody invited, and a first quiz passed.

    After this first week all sit at a desk.
    """
    programme, week, admin = own_programme, Week(), arrive(empty_app, size=PHONE)
    with week.part("Administrator: name, hub, whom to call", admin):
        admin.choose_password(empty_app.first_link, PASSWORD)
        hub_acts.give_own_name(admin, "Sam Okafor", "sam")
        hub_acts.open_hub(admin, "Riverside")
        hub_acts.name_contacts(admin)
    with week.part("Administrator: programme published, its reader invited", admin):
        hub_acts.publish(admin, programme.head.version)
        slip = hub_acts.invite_approver(admin, "Dilys Price")
    safeguarding = arrive(empty_app, size=PHONE)
    with week.part("Safeguarding lead: comes in and approves the text", safeguarding):
        safeguarding.choose_password(slip, PASSWORD)
        hub_acts.approve_text(safeguarding)
    with week.part("Administrator: live, a cohort opened", admin):
        hub_acts.go_live(admin)
        hub_acts.open_cohort(admin, "Autumn")
    with week.part("Administrator: trainer and trainee invited", admin):
        slip = hub_acts.invite(admin, "Tomasz Nowak", "Trainer")
        slip_of_trainee = hub_acts.invite(admin, TRAINEE, "Trainee in Autumn", trainer="Tomasz Nowak")
    trainer, trainee = arrive(empty_app, size=PHONE), arrive(empty_app, size=PHONE)
    with week.part("Trainer: comes in", trainer):
        trainer.choose_password(slip, PASSWORD)
    with week.part("Trainee: comes in", trainee):
        trainee.choose_password(slip_of_trainee, PASSWORD)
    with week.part("Trainee: first module read", trainee):
        trainee_acts.read_first_module(trainee, programme)
    with week.part("Trainee: first quiz passed", trainee):
        trainee_acts.pass_first_quiz(trainee, programme)
    for visitor in (admin, safeguarding, trainer, trainee):
        visitor.change_window(DESKTOP, "light")
    slips = [
        hub_acts.invite(admin, name, task) for name, task in (("Grace Addo", "Trainer"), ("Ruth Bell", "Training lead"))
    ]
    admin.see("Your hub is working")
    hub_acts.add_trainer(admin, TRAINEE, "Grace Addo")
    second, lead = arrive(empty_app), safeguarding
    safeguarding.see_no_trouble()
    lead.leave()
    for visitor, slip in zip((second, lead), slips, strict=True):
        visitor.choose_password(slip, PASSWORD)
    return Hub(programme, week, admin, trainer, second, lead, trainee)


def test_the_first_week_takes_few_taps_on_a_phone(hub: Hub) -> None:
    assert hub.week.taps.keys() == MOST_TAPS.keys()
    assert [title for title, taps in hub.week.taps.items() if taps > MOST_TAPS[title]] == [], hub.week.taps
    assert [page for visitor in hub.everybody() for page in visitor.sideways] == []


def test_one_person_goes_from_the_manual_to_a_countersigned_decision(hub: Hub) -> None:
    _learn(hub)
    _record(hub)
    _practise(hub)
    _decide(hub)
    for visitor in hub.everybody():
        visitor.see_no_trouble()


# ---------------------------------------------------------------- learn


def _learn(hub: Hub) -> None:
    trainee, programme = hub.trainee, hub.programme
    *between, last = programme.modules[1:]
    for module in between:
        trainee_acts.finish_module(trainee, module)
    trainee_acts.read_module(trainee, last)
    _fail_once(hub)
    trainee_acts.write_reflection(trainee, "M4", "I said back what I heard.")
    trainee_acts.note_visit(trainee, "Riverside week 3")


def _fail_once(hub: Hub) -> None:
    """Fail the last quiz, wait for the trainer to open it again, then pass; in the middle of it the page is lost."""
    trainee, quiz = hub.trainee, hub.programme.blueprints[-1]
    trainee_acts.take_quiz(trainee, hub.programme, quiz.id, rightly=False)
    trainee.open("/quizzes")
    trainee.see("The next attempt opens on")
    trainer_acts.unlock_quiz(hub.trainer, TRAINEE)
    trainee_acts.start_quiz(trainee, quiz.id)
    for number in (1, 2, 3):
        trainee_acts.answer(trainee, trainee_acts.shown_item(trainee, hub.programme))
        trainee.click("Next question")
        trainee.see(f"Question {number + 1} of {quiz.draw}")
    item = trainee_acts.shown_item(trainee, hub.programme)
    trainee.refresh()
    trainee.see(f"Question 4 of {quiz.draw}")
    assert trainee_acts.shown_item(trainee, hub.programme) == item
    trainee_acts.start_quiz(trainee, quiz.id)
    trainee.see(f"Question 4 of {quiz.draw}")
    assert trainee_acts.shown_item(trainee, hub.programme) == item
    trainee_acts.answer_all(trainee, hub.programme, quiz.draw, first=4)
    trainee_acts.hand_in(trainee)
    trainee.see_title("You passed")


# ---------------------------------------------------------------- record


def _record(hub: Hub) -> None:
    trainer, today = hub.trainer, datetime.now(ZoneInfo(hub.programme.head.timezone)).date()
    for name in ("Tomasz Nowak", "Grace Addo"):
        trainer_acts.calibrate(hub.lead, name)
    sessions = {one.id: one.title for one in hub.programme.head.sessions}
    for session, presence in (("T3", "Made up later"), ("T9", "Present")):
        trainer_acts.keep_register(trainer, sessions[session], presence)
    for prerequisite in hub.programme.head.prerequisites:
        trainer_acts.see_prerequisite(trainer, prerequisite.title)
    trainer_acts.see_certificate(trainer, today + timedelta(days=365))
    trainer_acts.supervise(trainer, today - timedelta(days=14))


# ---------------------------------------------------------------- practise


def _practise(hub: Hub) -> None:
    checklists = {one.id: one for one in hub.programme.checklists}
    c2, c7 = (checklists[ChecklistId(name)] for name in ("C2", "C7"))
    _watch_on_a_phone(hub)
    trainer_acts.observe(hub.trainer, c2, Setting.LIVE, session_code="RIV-A 1")
    trainer_acts.observe(hub.second, c7, Setting.LIVE, session_code="RIV-A 2", stage="led the whole session")


def _watch_on_a_phone(hub: Hub) -> None:
    """Fill in a form in the hall, look through the case, and go back to the desk."""
    hub.trainer.change_window(PHONE, "light")
    _lose_the_page_half_way(hub)
    trainer_acts.open_case(hub.trainer, TRAINEE)
    hub.trainer.see("Not ready for decision.")
    hub.trainer.change_window(DESKTOP, "light")


def _lose_the_page_half_way(hub: Hub) -> None:
    """Lose the page in the middle of a form; all ticks are there when it is opened again."""
    trainer, checklist = hub.trainer, hub.programme.checklists[0]
    story = next(one.title for one in hub.programme.scenarios if one.id == checklist.scenarios[0])
    trainer_acts.begin_form(trainer, checklist, Setting.ROLEPLAY, story=story)
    trainer.click("Watched: nothing unhelpful")
    trainer.click("Nothing further seen")
    for line in checklist.lines[:2]:
        trainer_acts.tick_line(trainer, line.id)
    trainer.see("2 of 4 lines")
    trainer.refresh()
    trainer.see("2 of 4 lines")
    trainer.open("/observe")
    trainer.click("Go on with this form")
    trainer.see("2 of 4 lines")
    trainer_acts.fill_form(trainer, checklist, Setting.ROLEPLAY, first=2)
    trainer_acts.submit_form(trainer)


# ---------------------------------------------------------------- decide


def _decide(hub: Hub) -> None:
    hub.trainee.open("/next")
    hub.trainee.see_title("You have done your part")
    trainer_acts.open_case(hub.trainer, TRAINEE)
    hub.trainer.see("Ready for decision")
    hub.trainer.click("Sign off")
    hub.trainer.see("Signed. It is complete once a second person countersigns.")
    trainer_acts.open_case(hub.lead, TRAINEE)
    hub.lead.click("Countersign")
    hub.lead.see("Countersigned. They are signed off.")
    hub.trainee.open("/next")
    hub.trainee.see_title("You are signed off")
    hub.trainee.open("/my-record")
    hub.trainee.see(re.compile(": signed, Tomasz Nowak"))
    hub.trainee.see(re.compile(": countersigned, Ruth Bell"))
    _see_it_differently(hub)
    _see_on_the_board(hub)


def _see_it_differently(hub: Hub) -> None:
    """Dispute the decision; another trainer looks without knowing it, and comes to the same."""
    hub.trainee.click("I see it differently")
    hub.trainee.see("Somebody else looks now")
    trainer_acts.open_case(hub.second, TRAINEE)
    hub.second.see("What was decided is not shown until the second look is given")
    trainer_acts.look_again(hub.second, hub.programme)
    hub.trainee.open("/my-record")
    hub.trainee.see("the first decision stands")
    hub.trainee.click("I have seen what came of it")
    hub.trainee.see("Saved.")


def _see_on_the_board(hub: Hub) -> None:
    """See on the manager's board that the person is signed off, and on what that rests."""
    manager = hub.admin
    manager.open("/readiness")
    manager.pick("By person")
    manager.page.get_by_text(re.compile(f"{TRAINEE}: signed off until")).click()
    manager.settle()
    for gate in hub.programme.gates:
        manager.see(gate.title)
