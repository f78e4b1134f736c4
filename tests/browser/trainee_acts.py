"""What a trainee does: read, answer, write down, look."""

import re
from collections.abc import Sequence

from assessments.items import right_choice
from curriculum.items import Item, ItemKind
from curriculum.models import Module, Programme
from tests.browser.pages import Visitor


def read_module(trainee: Visitor, module: Module) -> None:
    """Read a module from its first page to its last."""
    trainee.open(f"/modules?module={module.id}&step=1")
    _read_pages(trainee, module)


def finish_module(trainee: Visitor, module: Module) -> None:
    """Read the last page of a module alone, and say that the module is read."""
    trainee.open(f"/modules?module={module.id}&step={len(module.steps)}")
    _read_pages(trainee, module, first=len(module.steps) - 1)


def _read_pages(trainee: Visitor, module: Module, *, first: int = 0) -> None:
    for step in module.steps[first:-1]:
        trainee.see_title(step.title)
        trainee.click("I have read this: next")
    trainee.see_title(module.steps[-1].title)
    trainee.click("I have read this")
    trainee.see("You have read this module.")


def read_first_module(trainee: Visitor, programme: Programme) -> None:
    """Read the first module, led by buttons alone from the page that comes after signing in."""
    trainee.see_title(f"Read “{programme.modules[0].title}”")
    trainee.click("Start reading")
    _read_pages(trainee, programme.modules[0])


def pass_first_quiz(trainee: Visitor, programme: Programme) -> None:
    """Pass the quiz of the module that was just read, led by buttons alone."""
    quiz = programme.blueprints[0]
    trainee.click("Go to the quiz")
    trainee.click(re.compile("."), within=trainee.card(f"start-{quiz.id}"))
    _answer_to_the_end(trainee, programme, quiz.draw)


def start_quiz(trainee: Visitor, blueprint_id: str) -> None:
    """Start a quiz, or go on with it."""
    trainee.open("/quizzes")
    trainee.card(f"start-{blueprint_id}").get_by_role("button").click()
    trainee.settle()


def shown_item(trainee: Visitor, programme: Programme) -> Item:
    """Return the item on the page, found by its words."""
    for _ in range(20):
        text = _tidy(trainee.text())
        found = [
            item
            for item in programme.items
            if _tidy(item.stem) in text and all(_tidy(option.text) in text for option in item.options)
        ]
        if len(found) == 1:
            return found[0]
        # On a busy machine the old question may stand there a moment longer.
        trainee.page.wait_for_timeout(100)
    raise AssertionError((found, text))


def answer(trainee: Visitor, item: Item, *, rightly: bool = True) -> None:
    """Answer the item on the page."""
    right = right_choice(item)
    if item.kind == ItemKind.ORDERING:
        _put_in_order(trainee, item, right if rightly else right[::-1])
    elif item.kind == ItemKind.MULTIPLE:
        for number in right if rightly else right[:1]:
            trainee.tick(_exactly(item.options[number].text))
    else:
        number = right[0] if rightly else (right[0] + 1) % len(item.options)
        trainee.pick(_exactly(item.options[number].text))
    trainee.see(re.compile(r"Saved \d\d:\d\d"))


def _put_in_order(trainee: Visitor, item: Item, wanted: Sequence[int]) -> None:
    """Move the steps up until they stand as wanted."""
    for place, number in enumerate(wanted):
        while (at := _order(trainee, item).index(number)) > place:
            trainee.click("Up", nth=at)
    if trainee.button("Keep this order").count():
        trainee.click("Keep this order")


def _order(trainee: Visitor, item: Item) -> list[int]:
    rows = trainee.page.locator('[class*="st-key-answer-order"] [data-testid="stMarkdown"]').all_inner_texts()
    numbers = {_tidy(option.text): number for number, option in enumerate(item.options)}
    return [numbers[re.sub(r"^\d+\. ", "", _tidy(row))] for row in rows]


def answer_all(trainee: Visitor, programme: Programme, n_items: int, *, rightly: bool = True, first: int = 1) -> None:
    """Answer from the question `first` on, and come to the overview."""
    for number in range(first, n_items + 1):
        trainee.see(f"Question {number} of {n_items}")
        answer(trainee, shown_item(trainee, programme), rightly=rightly)
        trainee.click("Look over and hand in" if number == n_items else "Next question")


def hand_in(trainee: Visitor) -> None:
    """Hand in from the overview."""
    trainee.see("You have answered every question.")
    trainee.click("Hand in")


def take_quiz(trainee: Visitor, programme: Programme, blueprint_id: str, *, rightly: bool = True) -> None:
    """Take a quiz from the first question to its result."""
    start_quiz(trainee, blueprint_id)
    _answer_to_the_end(trainee, programme, programme.blueprint_by_id[blueprint_id].draw, rightly=rightly)


def _answer_to_the_end(trainee: Visitor, programme: Programme, n_items: int, *, rightly: bool = True) -> None:
    answer_all(trainee, programme, n_items, rightly=rightly)
    hand_in(trainee)
    trainee.see_title("You passed" if rightly else "Not passed yet")


def write_reflection(trainee: Visitor, module_id: str, note: str) -> None:
    """Write a reflection on the first page of a module."""
    trainee.open(f"/modules?module={module_id}&step=1")
    trainee.write("Your note", note)
    trainee.click("Save my note")
    trainee.see(re.compile(r"Your \d notes? on this module"))


def note_visit(trainee: Visitor, session: str) -> None:
    """Note that an experienced leader was watched."""
    trainee.open("/practice")
    if not trainee.page.get_by_label("Which session?", exact=True).is_visible():
        trainee.page.get_by_text("Note a visit").click()
        trainee.settle()
    trainee.write("Which session?", session)
    trainee.write("One thing I will borrow", "I will let a silence be.")
    trainee.click("Save the visit")
    trainee.see(session)


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _exactly(text: str) -> re.Pattern[str]:
    return re.compile(r"^\s*" + r"\s+".join(re.escape(word) for word in text.split()) + r"\s*$")
