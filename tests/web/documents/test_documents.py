"""Documents to take away: the rows of the page, nobody else's data, and only for who may see them."""

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from people.errors import NotAllowedError
from people.facts import RecordOpened
from people.rights import Record
from tests.web.drawing import draw
from tests.web.scene import Scene, open_scene
from web.documents.supervision_pack import make_pack
from web.documents.transcript import make_transcript
from web.documents.workbook import to_xlsx
from web.views.trainee.my_record import VIEW
from web.views.trainer.my_trainees import VIEW as MY_TRAINEES


@pytest.fixture(scope="module")
def scene(demonstration_file, tmp_path_factory) -> Iterator[Scene]:
    with open_scene(demonstration_file, tmp_path_factory.mktemp("documents")) as opened:
        yield opened


def words_of(pdf: bytes) -> str:
    return " ".join("\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_a_transcript_has_the_rows_of_the_page(scene: Scene) -> None:
    context = scene.context("priya")
    choice = context.own_choice
    assert choice is not None
    text = words_of(make_transcript(context, choice.programme))
    page = draw(VIEW, context)
    cells = {cell for table in page.table for row in table.value.to_dict("records") for cell in row.values()}
    assert "Transcript: Priya Nair" in text
    assert "Synthetic demonstration" in text
    days = [cell for cell in cells if cell.endswith("2026")]
    assert len(days) > 10
    assert all(day in text for day in days)


def test_a_transcript_names_nobody_but_who_assessed(scene: Scene) -> None:
    context = scene.context("priya")
    assert context.own_choice is not None
    text = words_of(make_transcript(context, context.own_choice.programme))
    trainees = scene.store.query("assigned_trainees", scene.actor("trainer"))
    others = [row["name"] for row in trainees if row["person_no"] != context.actor.person_id]
    assert others
    assert not [name for name in others if name in text]


def test_a_pack_is_for_ones_own_trainees_and_taking_it_is_recorded(scene: Scene) -> None:
    context = scene.context("trainer")
    row = scene.store.query("assigned_trainees", context.actor)[0]
    programme = scene.store.programme(row["programme_id"], 1)
    before = len(scene.store.list_facts(RecordOpened, row["person_no"]))
    text = words_of(make_pack(context, programme, row["person_no"]))
    assert f"Before you meet: {row['name']}" in text
    assert "Write nothing about a family" in text
    opened = scene.store.list_facts(RecordOpened, row["person_no"])
    assert len(opened) == before + 1
    assert opened[-1].what == Record.OBSERVATION
    for login in ("priya", "manager", "admin"):
        with pytest.raises(NotAllowedError):
            make_pack(scene.context(login), programme, row["person_no"])


def test_the_pages_offer_them(scene: Scene) -> None:
    labels = [button.proto.label for button in draw(VIEW, scene.context("priya")).get("download_button")]
    assert "Get my transcript as PDF" in labels
    row = scene.store.query("assigned_trainees", scene.actor("trainer"))[0]
    page = draw(MY_TRAINEES, scene.context("trainer"), person=f"{row['person_no']}")
    assert "Supervisor's pack (PDF)" in [button.proto.label for button in page.get("download_button")]


def test_a_workbook_keeps_texts_as_texts_and_its_sheets_apart() -> None:
    rows = [{"Name": "=1+1", "n": 3, "Share": 0.5}, {"Name": "سعاد", "n": None, "Share": 1}]
    name = "What the hub gave: all of it, in words"
    with ZipFile(BytesIO(to_xlsx([("As of", "27 Nov 2026")], [(name, rows), (name, rows), ("Empty", [])]))) as book:
        strings = book.read("xl/sharedStrings.xml").decode()
        sheet = book.read("xl/worksheets/sheet2.xml").decode()
        names = book.read("xl/workbook.xml").decode()
    assert "=1+1" in strings
    assert "سعاد" in strings
    assert "<f>" not in sheet
    assert "<v>3</v>" in sheet
    assert 'name="What the hub gave all of it, in"' in names
    assert 'name="What the hub gave all of it, 2"' in names
