"""Supervised practice and support, each flow with the people concerned: one app, one demonstration, two windows.

What has a file of its own is not walked again: from the manual to a decision with its second look, and the field page.
"""

import csv
import io
import re
import shutil
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Route, expect

from analytics.demonstration.cast import HUB, PASSWORD, STAFF, TRAINEES, TRAINERS
from analytics.demonstration.setting import ROLE, add, let_in
from analytics.demonstration.world import Clock, World, load_sound
from assessments.facts import Countersign, SignOff
from assessments.observations import lines_in
from assessments.paper.codes import content_code, new_form_code, person_code
from assessments.service.decisions import prepare_case
from assessments.service.observations import request_observation
from assessments.service.programmes import activate_programme, approve_safeguarding_text, publish_programme
from assessments.sign_off import evidence_hash
from curriculum.ids import ChecklistId
from curriculum.media import load_media
from curriculum.models import Checklist, Programme, Setting
from people.ids import new_fact_id
from people.service import assign_trainer, enrol, open_cohort
from store.ledger import Store
from store.standing import catch_up
from tests.browser import trainer_acts
from tests.browser.conftest import PHONE, Arrive
from tests.browser.pages import Visitor
from tests.browser.phone import SCREEN, Phone, begin, finish, watch
from tests.browser.server import RunningApp, run_app
from tests.first_part import SHIPPED

pytestmark = pytest.mark.xdist_group("practice flows")

MOST_TAPS, MOST_WORDS = 25, 350
"""What a form for demonstrations and role-play may ask of a trainer; tired people fill it in on a phone."""

_COUNT_TAPS = """
() => {
  window.wire.taps = 0;
  addEventListener('pointerdown', (one) => { if (one.isTrusted) window.wire.taps += 1; }, true);
}
"""
"""Counts what a finger really touches, and not what a test sets by other means."""

_SIGNED_DAYS_AGO = 345
"""So long ago Hana was signed off: her sign-off runs out in three weeks."""

_SESSION = "RIV-A week 20"


# ---------------------------------------------------------------- the stage


@dataclass
class House:
    """The trainer at a window of their own, and one that all others hand on.

    Attributes:
        holder: Who has the window that is handed on.
        signed_in: By sign-in name the cookies of everybody who had it, so that they need not sign in again.
    """

    app: RunningApp
    programme: Programme
    shipped: Programme
    codes: dict[str, str]
    own: Visitor
    shared: Visitor
    holder: str = ""
    signed_in: dict[str, list[Any]] = field(default_factory=dict[str, list[Any]])

    def __getitem__(self, login: str) -> Visitor:
        """Return the trainer's window, or the other one once it was handed on to this person."""
        if login == "trainer":
            return self.own
        if login == self.holder:
            return self.shared
        visitor = self.empty_chair()
        if login in self.signed_in:
            visitor.page.context.add_cookies(self.signed_in[login])
        else:
            visitor.sign_in(login, PASSWORD)
            self.signed_in[login] = visitor.page.context.cookies()
        self.holder = login
        return visitor

    def empty_chair(self) -> Visitor:
        """Return the window that is handed on, with nobody signed in; who had it must have met with no trouble."""
        try:
            self.shared.see_no_trouble()
        finally:
            self.shared.leave()
            self.holder = ""
        return self.shared

    def checklist(self, checklist_id: str) -> Checklist:
        """Return a checklist of the version that the twelve of the demonstration are in."""
        return self.programme.checklist_by_id[ChecklistId(checklist_id)]


@pytest.fixture(scope="module")
def house(
    demonstration_of_today: Path, programme: Programme, arrive: Arrive, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """The demonstration, with Dara who is new and in the version that ships, and Hana whose sign-off runs out soon."""
    store = tmp_path_factory.mktemp("practice") / "practicum.duckdb"
    shutil.copyfile(demonstration_of_today, store)
    shipped = load_sound(SHIPPED)
    with _world(store, shipped) as world:
        _publish(world)
        _let_dara_in(world)
        _sign_hana_off(world)
        catch_up(world.store)
        codes = {login: person_code(person_id) for login, person_id in world.people.items()}
    with run_app(store) as app:
        own, shared = (arrive(app, size=PHONE) for _window in range(2))
        own.sign_in("trainer", PASSWORD)
        yield House(app, programme, shipped, codes, own, shared)


@contextmanager
def _world(path: Path, shipped: Programme) -> Generator[World]:
    clock = Clock(datetime.now(UTC) - timedelta(hours=1))
    media = load_media(SHIPPED, shipped.media)
    world = World(Store.open(path, clock=clock), clock, shipped, clock.now.date(), media=media)
    try:
        for login in (*(login for login, _ in TRAINEES), *(member.login for member in STAFF)):
            account = world.store.find_account(login)
            assert account is not None, login
            world.people[login] = account.person_id
        yield world
    finally:
        world.store.close()


def _publish(world: World) -> None:
    lead, now = world.actor("lead"), world.clock.wait
    world.version_no = publish_programme(world.store, lead, world.programme, world.bundle(), now(1), media=world.media)
    safeguarding, head = world.actor("safeguarding"), world.programme.head
    approve_safeguarding_text(
        world.store, safeguarding, head.id, world.version_no, "Dilys Price", qualification="Invented", now=now(1)
    )
    activate_programme(world.store, lead, head.id, world.version_no, HUB, now=now(1))


def _let_dara_in(world: World) -> None:
    """Enrol Dara, who asks to be watched in a demonstration."""
    manager, head, store = world.actor("manager"), world.programme.head, world.store
    cohort = open_cohort(
        store,
        manager,
        HUB,
        head.id,
        "New group",
        starts_on=world.today,
        active_version_no=world.version_no,
        now=world.clock.wait(1),
    )
    dara = add(world, "dara", "Dara Quinn", "manager")
    enrol(
        store,
        manager,
        dara,
        cohort_id=cohort.cohort_id,
        role_id=ROLE,
        version_no=world.version_no,
        now=world.clock.wait(1),
    )
    for trainer in TRAINERS:
        assign_trainer(store, manager, dara, world.people[trainer], world.clock.wait(1))
    let_in(world, "dara", "manager")
    request_observation(
        store, world.actor("dara"), head.id, ChecklistId("C4"), Setting.LIVE, asked_id=None, now=world.clock.wait(1)
    )


def _sign_hana_off(world: World) -> None:
    """Let Hana have been signed off eleven months ago, on what stands in her case today."""
    then = world.clock.now - timedelta(days=_SIGNED_DAYS_AGO)
    case = prepare_case(
        world.store, world.actor("trainer"), world.people["hana"], world.programme.head.id, world.clock.now
    )
    signed = SignOff(
        fact_id=new_fact_id(),
        person_id=world.people["hana"],
        actor_id=world.people["trainer"],
        occurred_at=then,
        programme_id=world.programme.head.id,
        role_id=ROLE,
        version_no=case.enrolment.version_no,
        is_granted=True,
        valid_months=12,
        needs_countersign=True,
        evidence_hash=evidence_hash(world.store.digests(case.evidence)),
        evidence=case.evidence,
        levels=(),
    )
    second = Countersign(
        fact_id=new_fact_id(),
        person_id=signed.person_id,
        actor_id=world.people["lead"],
        occurred_at=then,
        sign_off_id=signed.fact_id,
    )
    world.store.append_at(then, signed)
    world.store.append_at(then, second)


# ---------------------------------------------------------------- few taps, few words


def test_a_form_for_demonstrations_takes_few_taps_and_words_from_today_to_submitted(house: House) -> None:
    trainer, c4 = house["trainer"], house.shipped.checklist_by_id[ChecklistId("C4")]
    trainer.open("/today")
    trainer.page.evaluate(_COUNT_TAPS)
    trainer.click("Watch", within=trainer.page.locator('[data-testid="stHorizontalBlock"]').filter(has_text="Dara"))
    trainer.page.get_by_role("textbox", name="Code of the session").click()
    trainer.page.keyboard.type("RIV-B week 1")
    trainer.page.keyboard.press("Tab")
    trainer.settle()
    trainer.click("Start")
    trainer.see_title(c4.title)
    words = [_words_on_screen(trainer)]
    trainer.click("Watched: nothing unhelpful")
    trainer.click("Nothing further seen")
    for line in lines_in(c4, Setting.LIVE):
        trainer_acts.tick_line(trainer, line.id)
    words.append(_words_on_screen(trainer))
    trainer.click("Look over and submit")
    trainer.pick("Good enough")
    trainer.pick("3 · does it, help is near")
    words.append(_words_on_screen(trainer))
    trainer.click("Submit")
    trainer.see("passed")
    taps = trainer.page.evaluate("() => window.wire.taps")
    assert 12 < taps <= MOST_TAPS, taps
    assert 100 < max(words) <= MOST_WORDS, words


def _words_on_screen(visitor: Visitor) -> int:
    """Return how many words are to be read on the whole screen, the bar at the bottom and the menu's row included."""
    return len(re.findall(r"[\w'’-]+", visitor.text()))


# ---------------------------------------------------------------- watching together


def test_two_raters_are_blind_and_the_lead_settles_what_they_see_differently(house: House) -> None:
    first, second, c3 = house["trainer"], house["trainer2"], house.checklist("C3")
    for trainer in (first, second):
        trainer_acts.begin_form(trainer, c3, Setting.LIVE, whom="Samuel Mensah", session_code=_SESSION)
    for line in c3.lines:
        trainer_acts.tick_line(first, line.id)
    first.click("Watched: nothing unhelpful")
    first.tick("Asks what already went well")
    first.click("Nothing further seen")
    trainer_acts.submit_form(first)
    form = second.page.url
    _look_at(second, "Samuel")
    second.see("Not watched yet")
    second.open(form)
    second.tick("Interrupts again and again")
    for line in c3.lines:
        trainer_acts.tick_line(second, line.id)
    second.click("Watched: nothing unhelpful")
    second.click("Nothing further seen")
    _submit_as_not_yet(second)
    lead = house["lead"]
    lead.open("/today")
    lead.see("1 performance seen differently")
    lead.follow("Settle it")
    lead.click("Look at both")
    lead.pick(re.compile("Grace Addo"))
    lead.choose("Why?", re.compile("."))
    lead.click("Settle it")
    lead.see("Settled. That view counts from now on.")
    lead.see("1 settled before")


def _look_at(trainer: Visitor, name: str) -> None:
    trainer.open("/my-trainees")
    trainer.click("Look", within=trainer.page.locator('[class*="st-key-card-trainee-"]').filter(has_text=name))


def _submit_as_not_yet(trainer: Visitor) -> None:
    trainer.click("Look over and submit")
    trainer.pick("Not yet")
    trainer.pick("1 · watches only")
    trainer.click("Submit")


# ---------------------------------------------------------------- harm first


def test_harm_asks_on_a_second_screen_and_a_slip_is_withdrawn(house: House) -> None:
    trainer, safeguarding, c2 = house["trainer"], house["safeguarding"], house.checklist("C2")
    trainer_acts.begin_form(trainer, c2, Setting.LIVE, whom="Ivan Petrov", session_code=_SESSION)
    trainer.tick("Promises total secrecy")
    trainer.click("Look over and submit")
    trainer.see_title("Did you see this?")
    trainer.click("Yes, I saw it")
    _submit_as_not_yet_after(trainer)
    safeguarding.open("/holds")
    safeguarding.see(re.compile("Ivan Petrov"))
    trainer.open("/today")
    ivan = trainer.page.locator('[class*="st-key-card-harm-"]').filter(has_text="Ivan")
    ivan.get_by_text("It was a slip of mine").click()
    trainer.settle()
    trainer.click("Withdraw it", within=ivan)
    trainer.see("Withdrawn.")
    safeguarding.open("/holds")
    assert safeguarding.page.locator('[class*="st-key-card-hold-"]').filter(has_text="Ivan").count() == 0
    safeguarding.see("1 hold that has ended")


def _submit_as_not_yet_after(trainer: Visitor) -> None:
    trainer.pick("Not yet")
    trainer.pick("1 · watches only")
    trainer.click("Submit")


def test_a_hold_is_talked_through_and_lifted_by_somebody_else(house: House) -> None:
    trainer, luis = house["trainer"], house["luis"]
    luis.open("/next")
    luis.see(re.compile("on hold"))
    trainer.open("/today")
    card = trainer.page.locator('[class*="st-key-card-harm-"]').filter(has_text="Luis")
    trainer.tick(re.compile("I have asked whether"), within=card)
    trainer.click("We have talked it through", within=card)
    safeguarding = house["safeguarding"]
    safeguarding.open("/holds")
    held = safeguarding.page.locator('[class*="st-key-card-hold-"]').filter(has_text="Luis")
    safeguarding.choose("Why may practice go on?", "It was talked through, and understood", within=held)
    safeguarding.click("Lift the hold", within=held)
    safeguarding.see("Lifted. Practice may go on.")
    luis = house["luis"]
    luis.open("/next")
    assert "on hold" not in luis.text()


# ---------------------------------------------------------------- sign-offs


def test_a_sign_off_that_runs_out_soon_is_renewed(house: House) -> None:
    trainer = house["trainer"]
    trainer.open("/today")
    row = trainer.page.locator('[data-testid="stHorizontalBlock"]').filter(has_text="renew it")
    assert "Hana Kovac" in row.first.inner_text()
    trainer.click("Look", within=row.first)
    trainer.see("Signed off, runs out soon")
    trainer.click("Sign off")
    trainer.see("Signed. It is complete once a second person countersigns.")
    lead = house["lead"]
    trainer_acts.open_case(lead, "Hana Kovac")
    lead.click("Countersign")
    lead.see("Countersigned. They are signed off.")
    hana = house["hana"]
    hana.open("/my-record")
    hana.see("Earlier sign‑off, renewed since")
    hana.see("Signed off")


def test_somebody_from_outside_countersigns_one_record(house: House) -> None:
    lead = house["lead"]
    trainer_acts.open_case(lead, "Ben Carter")
    lead.unfold("A second person from outside", before="Name")
    lead.write("Name", "Ingrid Solberg")
    lead.click("Invite")
    link = lead.card("card-slip").locator("code").inner_text()
    lead.click("Done")
    outside = house.empty_chair()
    outside.choose_password(link, "seven quiet hens by the well")
    outside.open("/decide")
    assert outside.page.locator('[class*="st-key-card-decide-"]').count() == 1
    trainer_acts.open_case(outside, "Ben Carter")
    outside.click("Countersign")
    outside.see("Countersigned. They are signed off.")


# ---------------------------------------------------------------- meetings, and being contacted


def test_a_wish_to_be_contacted_is_answered(house: House) -> None:
    trainer, dara = house["trainer"], house["dara"]
    dara.open("/my-supervision")
    dara.unfold("Please contact me", before="What about?")
    dara.click("Ask to be contacted")
    dara.see("Sent. It stands on your trainer's page now.")
    trainer.open("/supervision")
    asked = trainer.page.locator('[class*="st-key-card-contact-"]').filter(has_text="Dara")
    trainer.click("I have been in touch", within=asked)
    trainer.see("Noted. They see it.")
    dara.open("/my-supervision")
    assert dara.page.locator('[class*="st-key-card-asked-"]').count() == 0


def test_a_load_is_seen_by_ones_trainer_until_it_is_deleted(house: House) -> None:
    trainer, dara = house["trainer"], house["dara"]
    dara.open("/how-i-am")
    dara.see("It never counts for being ready, and nobody is compared.")
    dara.click("I have read it")
    for _time in range(2):
        dara.pick("5 · too much")
        dara.click("Save")
        dara.see("Saved.")
    trainer.open("/supervision")
    trainer.see("Dara Quinn has noted twice in a row that it is heavy.")
    dara.page.get_by_text("My entries, and who sees them").click()
    dara.settle()
    dara.click("Delete all my entries")
    dara.see("Deleted. Nothing of them is left.")
    trainer.open("/supervision")
    assert "noted twice in a row" not in trainer.text()


def test_a_meeting_goes_from_free_times_to_an_offer_a_calendar_and_off_again(house: House) -> None:
    trainer, priya = house["trainer"], house["priya"]
    priya.open("/my-times")
    priya.unfold("Add a time", before="From")
    priya.page.locator('[class*="st-key-add-days"]').get_by_text("Wed").click()
    priya.settle()
    priya.click("Add")
    priya.see(re.compile("Wed.* 18:00"))
    priya.open("/my-supervision")
    priya.see("Tomasz Nowak offers you a meeting")
    _call_off(priya, "I cannot then", "Say no")
    _offer_again(trainer)
    priya.open("/my-supervision")
    priya.click("Yes, I will be there")
    priya.see("Agreed. You can put it into your calendar.")
    entry = _download(priya, "Put it into my calendar").decode()
    assert entry.startswith("BEGIN:VCALENDAR")
    assert "STATUS:CONFIRMED" in entry
    _call_off(priya, "I cannot come", "Call it off")
    trainer.open("/supervision")
    assert _row(trainer, "Priya Nair").get_by_role("button", name="Offer a time").count() == 1


def _call_off(trainee: Visitor, fold: str, button: str) -> None:
    trainee.page.get_by_text(fold, exact=True).first.click()
    trainee.settle()
    trainee.choose("Why?", re.compile("children"))
    trainee.click(button)
    trainee.see("It is off. The other person sees it.")


def _offer_again(trainer: Visitor) -> None:
    trainer.open("/supervision")
    trainer.click("Offer a time", within=_row(trainer, "Priya Nair"))
    trainer.see("They are free")
    trainer.click("Offer this time")
    trainer.see("Offered. Priya Nair sees it on their page.")


def _row(visitor: Visitor, name: str) -> Locator:
    return visitor.page.locator('[data-testid="stHorizontalBlock"]').filter(has_text=name).last


def _download(visitor: Visitor, name: str) -> bytes:
    with visitor.page.expect_download() as waited:
        visitor.page.get_by_role("button", name=name).filter(visible=True).first.click()
    return waited.value.path().read_bytes()


# ---------------------------------------------------------------- sessions, and the group


def test_a_group_sees_what_it_has_finished_and_nobody_is_ranked(house: House) -> None:
    priya = house["priya"]
    priya.open("/our-group")
    priya.see("We are 12 people.")
    others = [name for login, name in TRAINEES if login != "priya"]
    assert [name for name in others if name in priya.text()] == []


def test_a_pair_prepares_and_the_coordinator_sees_what_is_missing(house: House) -> None:
    coordinator = house["coordinator"]
    coordinator.open("/support")
    coordinator.see(re.compile("Not ready for RIV-A week 7"))
    priya = house["priya"]
    priya.open("/my-sessions")
    session = priya.page.locator('[class*="st-key-card-session-"]').first
    while (open_things := session.get_by_role("radio", name="Not yet", checked=True)).count():
        n = open_things.count()
        group = open_things.first.locator("xpath=ancestor::*[@role='radiogroup'][1]")
        priya.pick("Ready", within=group)
        assert open_things.count() == n - 1
    priya.see("What it cannot do without is ready.")
    coordinator = house["coordinator"]
    coordinator.open("/support")
    assert "Not ready for RIV-A week 7" not in coordinator.text()
    coordinator.open("/calendar")
    coordinator.see(re.compile("Priya Nair"))


# ---------------------------------------------------------------- paper


def test_sheets_are_printed_filled_in_and_brought_back_once(house: House, tmp_path: Path) -> None:
    trainer, c3 = house["trainer"], house.checklist("C3")
    trainer.open("/paper")
    trainer.unfold("On paper", before="Which checklist?")
    trainer.choose("For whom?", "Erik Dahl")
    trainer.choose("Which checklist?", f"{c3.id} · {c3.title}")
    assert _download(trainer, "Sheets to print (PDF)").startswith(b"%PDF")
    heads = next(csv.reader(io.StringIO(_download(trainer, "File to type them into (CSV)").decode("utf-8-sig"))))
    sheet = {
        "form": new_form_code(),
        "checklist": "C3",
        "content": content_code(house.programme, c3),
        "trainee": house.codes["erik"],
        "day": f"{datetime.now(UTC).date()}",
        "setting": "1",
        "scenario": "1",
        "counts": "y",
        **{f"{line.id}/all": "y" for line in c3.lines},
        "none_unhelpful": "y",
        "no_further": "y",
        "overall": "3",
        "help": "3",
    }
    assert set(sheet) <= set(heads)
    batch = tmp_path / "batch.csv"
    with batch.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, heads)
        writer.writeheader()
        writer.writerows([sheet, sheet | {"form": new_form_code(), "help": "9"}])
    _choose_file(trainer, batch)
    trainer.see(re.compile("Line 3"))
    trainer.click("Take over 1 sheet")
    trainer.see(re.compile("Taken over: 1 sheet."))
    _choose_file(trainer, batch)
    trainer.see(re.compile("1 here already"))


def _choose_file(trainer: Visitor, path: Path) -> None:
    trainer.page.locator('input[type="file"]').first.set_input_files(path)
    trainer.settle()


# ---------------------------------------------------------------- calibration, last: it may put an eye out of date


def test_a_trainer_rates_all_scenes_and_sees_how_they_agree_first(house: House) -> None:
    trainer = house["trainer2"]
    trainer.open("/calibrate")
    trainer.click("Begin")
    n = len(house.shipped.vignettes)
    for done in range(n):
        trainer.see(f"{done} of {n} scenes rated")
        trainer.page.get_by_role("button", name="Save and go on").click()
        trainer.settle()
    trainer.see(re.compile("Your last round"))
    trainer.see("At the right level")
    lead = house["lead"]
    lead.open("/calibrate")
    lead.see(re.compile("Grace Addo"))


def test_nobody_met_with_trouble(house: House) -> None:
    for visitor in (house.own, house.shared):
        visitor.see_no_trouble()
    assert house.app.troubles == []


# ---------------------------------------------------------------- at the very end: the server is killed


def test_a_form_whose_server_was_killed_before_it_answered_is_there_once(house: House, browser: Browser) -> None:
    app = house.app
    context = browser.new_context(viewport=SCREEN, locale="en-GB", timezone_id="Europe/London")
    phone = Phone(context, app.url, context.new_page())
    phone.open()
    phone.sign_in("trainer")
    begin(phone, 1)
    watch(phone)
    phone.faults.append(partial(_killed, app))
    finish(phone)
    phone.await_answers(1)
    phone.see("No connection. Forms stay on this device.")
    expect(phone.page.locator(".state")).to_have_text(["On this device"])
    with run_app(app.store, int(app.url.rsplit(":", 1)[1])):
        phone.tap("Send now")
        expect(phone.page.locator(".state")).to_have_text(["Saved"])
    assert phone.answers == [201, 200]
    assert phone.complaints == []
    context.close()


def _killed(app: RunningApp, route: Route) -> int:
    """Let the server keep the form, and die before its answer arrives."""
    status = route.fetch().status
    app.kill()
    route.abort()
    return status
