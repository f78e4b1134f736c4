"""*Bring in questions*: a report of all that was read, and a file to take away; nothing is written."""

from streamlit.testing.v1 import AppTest

from tests.web.walking import Walker, shown

GIFT = "::One::Ask? {=yes ~no}\n\n::Bad::Broken {=yes\n"


def upload(walker: Walker, name: str, data: bytes, login: str = "lead") -> AppTest:
    page = walker.open("bring-in-questions", login)
    page.file_uploader[0].upload(name, data, "application/octet-stream")
    return page.run()


def test_the_report_says_what_was_read_taken_and_refused(walker: Walker) -> None:
    position = walker.scene.store.position
    page = upload(walker, "quiz.gift", GIFT.encode())
    text = shown(page)
    assert "2 questions read · 1 can be taken · 1 refused" in text
    assert "quiz.gift:3: question `::Bad::" in text
    assert "1 question still needs its section and competency" in text
    assert [button.label for button in page.get("download_button")] == ["Get from-quiz.yaml", "Get it as CSV"]
    assert walker.scene.store.position == position


def test_a_zip_that_was_cut_off_gives_a_clear_answer_and_no_file(walker: Walker) -> None:
    page = upload(walker, "cut.zip", b"PK\x03\x04" + bytes(40), "manager")
    assert "Nothing can be taken from this file." in shown(page)
    assert [button.label for button in page.get("download_button")] == ["Get it as CSV"]
