"""What the administrator, the programme manager and the safeguarding lead do to get a hub going."""

from tests.browser.pages import Visitor


def give_own_name(admin: Visitor, name: str, login: str) -> None:
    """Put a real name in the place of "Administrator"."""
    admin.write("Your name", name)
    admin.write("Your sign-in name", login)
    admin.click("Save my name")


def open_hub(admin: Visitor, title: str) -> None:
    """Open a hub, and become its programme manager too."""
    admin.write("Name of the hub", title)
    admin.click("Open the hub")
    admin.see(f"The hub {title} is open.")


def name_contacts(admin: Visitor) -> None:
    """Say whom to call."""
    for who, name, phone in (
        ("Safeguarding lead", "Dilys Price", "01632 960001"),
        ("Emergency services", "Emergency services", "999"),
    ):
        admin.write(who, name)
        admin.write(f"Telephone: {who}", phone)
    admin.click("Save whom to call")
    admin.see("Saved. The panel names them now.")


def publish(admin: Visitor, version: str) -> None:
    """Publish the programme that ships."""
    admin.click(f"Publish version {version}")
    admin.see("It can never change now.")


def invite_approver(admin: Visitor, name: str) -> str:
    """Invite who approves the safeguarding text; return the link on the slip."""
    admin.write("Name of the safeguarding lead", name)
    admin.click("Add and make the slip")
    return _take_slip(admin)


def approve_text(lead: Visitor) -> None:
    """Approve the safeguarding text."""
    lead.turn_to("Programme")
    lead.write("What qualifies you?", "Designated safeguarding lead")
    lead.click("I have read it and approve it")
    lead.see("Approved.")


def go_live(admin: Visitor) -> None:
    """Go live with the programme; it is approved meanwhile."""
    admin.refresh()
    admin.click("Go live here")
    admin.see("It is live.")


def open_cohort(admin: Visitor, title: str) -> None:
    """Open a cohort that starts today."""
    admin.write("Name of the cohort", title)
    admin.click("Open the cohort")
    admin.see(f"The cohort {title} is open.")


def invite(admin: Visitor, name: str, task: str, *, trainer: str = "") -> str:
    """Add a person and return the link on their slip."""
    admin.unfold("Add a person", before="What will they do?")
    admin.choose("What will they do?", task)
    admin.write("Name", name)
    if trainer:
        admin.choose("Trainer", trainer)
    admin.click("Add and make the slip")
    return _take_slip(admin)


def _take_slip(admin: Visitor) -> str:
    link = admin.card("card-slip").locator("code").inner_text()
    admin.click("Done")
    return link


def add_trainer(admin: Visitor, trainee: str, trainer: str) -> None:
    """Give a trainee one more trainer."""
    admin.open("/people")
    admin.follow("Open", within=admin.page.locator('[class*="st-key-person-"]').filter(has_text=trainee))
    admin.choose("Add a trainer", trainer)
    admin.click("Add")
    admin.see(f"{trainer} is their trainer now.")
