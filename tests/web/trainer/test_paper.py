"""Paper: sheets to print, and filled-in ones that come back after a look at what they would do."""

import csv
import io
from typing import Any

from streamlit.testing.v1 import AppTest

from assessments.facts import Hold, Observation, SheetTakenOver
from assessments.paper.codes import content_code, new_form_code, person_code
from curriculum.ids import ChecklistId, ProgrammeId
from tests.web.scene import NOW
from tests.web.walking import Walker, click, labels, said, shown

ALONGSIDE = ProgrammeId("alongside")


def sheet(walker: Walker, login: str = "erik", **cells: str) -> dict[str, str]:
    """Return a sheet of C6 about somebody, played today, nothing but one answer on it unless said otherwise."""
    store, person_id = walker.scene.store, walker.person(login)
    enrolment = store.enrolment(person_id, ALONGSIDE)
    assert enrolment is not None
    programme = store.programme(ALONGSIDE, enrolment.version_no)
    return {
        "form": new_form_code(),
        "checklist": "C3",
        "content": content_code(programme, programme.checklist_by_id[ChecklistId("C3")]),
        "trainee": person_code(person_id),
        "day": f"{NOW.date()}",
        "setting": "1",
        "scenario": "1",
        "counts": "y",
        "C3-questions/all": "y",
        "none_unhelpful": "y",
        "no_further": "y",
        "overall": "3",
        "help": "3",
    } | cells


def batch(*rows: dict[str, str]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(dict.fromkeys(name for row in rows for name in row)), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def choose_file(walker: Walker, content: bytes, login: str = "trainer") -> AppTest:
    page = walker.open("paper", login)
    page.file_uploader[0].upload("batch.csv", content, "text/csv")
    return page.run()


def about(walker: Walker, kind: Any, login: str = "erik") -> list[Any]:
    return walker.scene.store.list_facts(kind, walker.person(login))


def test_nothing_is_kept_before_the_click_and_the_refused_line_is_named(walker: Walker) -> None:
    n_before = len(about(walker, Observation))
    page = choose_file(walker, batch(sheet(walker), sheet(walker, help="9")))
    assert "1 to take over" in shown(page)
    assert "Line 3" in page.error[0].value
    assert "expected 1 to 5" in page.error[0].value
    assert len(about(walker, Observation)) == n_before
    click(page, "Take over 1 sheet")
    assert said(page).startswith("Taken over: 1 sheet.")
    assert len(about(walker, Observation)) == n_before + 1
    assert len(about(walker, SheetTakenOver)) == 1


def test_the_same_file_again_offers_nothing(walker: Walker) -> None:
    content = batch(sheet(walker))
    click(choose_file(walker, content), "Take over 1 sheet")
    page = choose_file(walker, content)
    assert "1 here already" in shown(page)
    assert not [label for label in labels(page) if label.startswith("Take over")]


def test_harm_is_confirmed_on_a_second_screen(walker: Walker) -> None:
    n_before = len(about(walker, Hold))
    harm = {"checklist": "C6", "scenario": "1", "C6-receives/D10.2-U1": "s"}
    basics = {f"C6-{name}/all": "y" for name in ("notices", "receives", "passes-on", "leaves")}
    given = sheet(walker, **harm, **basics)
    programme = walker.scene.store.programme(
        ALONGSIDE, walker.scene.store.enrolment(walker.person("erik"), ALONGSIDE).version_no
    )
    given["content"] = content_code(programme, programme.checklist_by_id[ChecklistId("C6")])
    del given["C3-questions/all"]
    page = choose_file(walker, batch(given))
    assert not [label for label in labels(page) if label.startswith("Take over")]
    click(page, "Look at what was seen")
    assert "Was this seen?" in shown(page)
    assert "Promises to keep it secret" in shown(page)
    click(page, "Back to the file")
    assert "still at the file" in shown(page)
    click(page, "Look at what was seen")
    page.checkbox[0].check().run()
    click(page, "Take over 1 sheet")
    assert len(about(walker, Hold)) == n_before + 1


def test_a_file_of_something_else_is_refused_as_a_whole(walker: Walker) -> None:
    page = choose_file(walker, b"name,age\nAna,4\n")
    assert "cannot be taken over" in page.error[0].value


def test_sheets_can_be_printed_on_both_pages(walker: Walker) -> None:
    for url_path in ("paper", "observe"):
        page = walker.open(url_path, "trainer")
        names = [button.label for button in page.get("download_button")]
        assert names == ["Sheets to print (PDF)", "File to type them into (CSV)", "Form for tablets (XLSForm)"]
        assert person_code(walker.person("trainer")) in shown(page)


def test_a_training_lead_finds_the_page_too(walker: Walker) -> None:
    page = choose_file(walker, batch(sheet(walker, observer=person_code(walker.person("trainer")))), "lead")
    assert "1 to take over" in shown(page)
