"""What trainers and the training lead do: watch, record, unlock, decide."""

from datetime import date

from curriculum.models import Checklist, Programme, Setting
from tests.browser.pages import Visitor

_PLACES = {Setting.ROLEPLAY: "role‑play", Setting.LIVE: "in a real group"}


def calibrate(lead: Visitor, trainer: str) -> None:
    """Record that a trainer's eye was checked today."""
    _open_record(lead, "Calibration")
    lead.choose("Whose eye was checked?", trainer)
    lead.click("Save the calibration")
    lead.see("Saved.")


def unlock_quiz(trainer: Visitor, trainee: str) -> None:
    """Open a failed quiz again at once."""
    trainer.open("/my-trainees")
    trainer.click("Look", within=trainer.page.locator('[class*="st-key-card-trainee-"]').filter(has_text=trainee))
    trainer.choose("Why open it now?", "We have talked it through")
    trainer.click("Open one more attempt")
    trainer.see("Opened. They can start at once.")


# ---------------------------------------------------------------- record


def _open_record(trainer: Visitor, kind: str) -> None:
    trainer.open("/record")
    trainer.pick(kind)


def keep_register(trainer: Visitor, session: str, presence: str = "Present") -> None:
    """Mark the one trainee in the register of a session."""
    _open_record(trainer, "Register")
    trainer.choose("Which session?", session)
    trainer.pick(presence)
    trainer.click("Save the register")
    trainer.see("Saved for 1 person.")


def see_prerequisite(trainer: Visitor, title: str) -> None:
    """Record that something was seen that had to be there before the start."""
    _open_record(trainer, "Before start")
    trainer.choose("What have you seen?", title)
    trainer.click("Save")
    trainer.see("Saved.")


def see_certificate(trainer: Visitor, expires_on: date) -> None:
    """Record a certificate issued today."""
    _open_record(trainer, "Certificate")
    trainer.set_day("Valid until", expires_on)
    trainer.click("Save the certificate")
    trainer.see("Saved.")


def supervise(trainer: Visitor, held_on: date | None = None) -> None:
    """Record a supervision meeting of 45 minutes, today or on another day."""
    _open_record(trainer, "Supervision")
    if held_on is not None:
        trainer.set_day("On which day?", held_on)
    trainer.click("Save the meeting")
    trainer.see("Saved.")


# ---------------------------------------------------------------- watch


def begin_form(
    trainer: Visitor,
    checklist: Checklist,
    setting: Setting,
    *,
    whom: str = "",
    story: str = "",
    session_code: str = "",
    stage: str = "",
) -> None:
    """Begin a form about a trainee; about the one there is when nobody is named."""
    trainer.open("/observe")
    if whom:
        trainer.choose("Whom do you watch?", whom)
    trainer.choose("With which checklist?", f"{checklist.id} · {checklist.title}")
    if len(checklist.settings) > 1:
        trainer.pick(_PLACES[setting])
    if story:
        trainer.choose("Which story is played?", story)
    if stage:
        trainer.choose("How much do they lead?", stage)
    if session_code:
        trainer.write("Code of the session", session_code)
    trainer.click("Start")
    trainer.see_title(checklist.title)


def tick_line(trainer: Visitor, line_id: str) -> None:
    """Say of a line that all its basic behaviours were seen."""
    trainer.card(f"all-{line_id}").get_by_role("button").click()
    trainer.settle()


def tick_done(trainer: Visitor, line_id: str) -> None:
    """Say of a line of a whole session that it was done."""
    trainer.pick("Done", within=trainer.card(f"card-line-{line_id}"))


def fill_form(trainer: Visitor, checklist: Checklist, setting: Setting, *, first: int = 0) -> None:
    """Answer every line from `first` on as well done."""
    lines = [line for line in checklist.lines if not line.settings or setting in line.settings]
    is_fidelity = checklist.scale == "fidelity"
    for line in lines[first:]:
        (tick_done if is_fidelity else tick_line)(trainer, line.id)
    if not is_fidelity:
        trainer.click("Watched: nothing unhelpful")
        trainer.click("Nothing further seen")
    trainer.see(f"{len(lines)} of {len(lines)} lines")


def submit_form(trainer: Visitor) -> None:
    """Look the form over and submit it."""
    trainer.click("Look over and submit")
    trainer.pick("Good enough")
    trainer.pick("3 · does it, help is near")
    trainer.click("Submit")
    trainer.see("passed")


def observe(trainer: Visitor, checklist: Checklist, setting: Setting, **frame: str) -> None:
    """Watch the one trainee from the beginning of a form to its result."""
    begin_form(trainer, checklist, setting, **frame)
    fill_form(trainer, checklist, setting)
    submit_form(trainer)


# ---------------------------------------------------------------- decide


def open_case(person: Visitor, trainee: str) -> None:
    """Open the case of a trainee."""
    person.open("/decide")
    person.click("Look", within=person.page.locator('[class*="st-key-card-decide-"]').filter(has_text=trainee))
    person.see_title(trainee)


def look_again(trainer: Visitor, programme: Programme) -> None:
    """Give a second look that comes to the levels that are required, as a first decision does unless it is changed."""
    role = programme.head.roles[0].id
    for activity in programme.head.activities:
        if role in activity.roles:
            trainer.choose(activity.title, _LEVELS[activity.required_level])
    trainer.click("I would sign off")
    trainer.see("Both decisions stand side by side now.")


_LEVELS = {
    1: "1 · watches only",
    2: "2 · does it with somebody beside them",
    3: "3 · does it, help is near",
    4: "4 · does it on their own",
    5: "5 · can guide others",
}
