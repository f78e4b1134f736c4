"""Checklists on paper and for tablets: every one of both programmes, with all that comes back."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pyxform.xls2xform import convert

from analytics.reports.checklists import Sheets, print_checklist
from analytics.reports.xlsforms import make_xlsform
from assessments.paper.batch import column_key
from assessments.paper.codes import content_code, new_form_code, person_code
from assessments.paper.columns import answer_columns
from curriculum.ids import ChecklistId
from curriculum.loading import load_programme
from curriculum.models import Programme
from people.models import PersonId
from tests.analytics.reports.reading import fonts_of, open_pdf, text_of, texts_of

ROOT = Path(__file__).parents[3] / "programmes"
IDS = [f"{path.parents[1].name}/{path.stem.upper()}" for path in sorted(ROOT.glob("*/checklists/*.yaml"))]
MADE_AT = datetime(2026, 11, 27, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def programmes() -> dict[str, Programme]:
    found = {folder: load_programme(ROOT / folder)[0] for folder in ("alongside", "carers-table")}
    return {folder: programme for folder, programme in found.items() if programme is not None}


def pdf_of(programme: Programme, checklist_id: str, codes: list[str], **more: Any) -> bytes:
    checklist = programme.checklist_by_id[ChecklistId(checklist_id)]
    return print_checklist(Sheets(programme, checklist, codes, MADE_AT, **more))


@pytest.mark.parametrize("name", IDS)
def test_every_checklist_prints_with_all_its_codes(programmes: dict[str, Programme], name: str) -> None:
    folder, id_ = name.split("/")
    programme = programmes[folder]
    checklist = programme.checklist_by_id[ChecklistId(id_)]
    code = new_form_code()
    made = pdf_of(programme, id_, [code])
    pages = texts_of(made)
    read = " ".join(pages)
    for line in checklist.lines:
        # A long code may stand on two lines.
        assert line.id in read.replace("- ", "-")
        assert line.text in read
        for behaviour in programme.watched_on(checklist, line):
            assert behaviour.id in read
            assert behaviour.text in read
    assert all(prompt.text in read for prompt in checklist.prompts)
    assert content_code(programme, checklist) in read
    assert f"Version {programme.head.version}" in read
    assert "nothing about a family" in read
    assert len(pages) <= 3
    assert all(code in page for page in pages)
    assert all(fonts_of(made).values())


def test_each_copy_has_its_own_code_and_pages_of_its_own(programmes: dict[str, Programme]) -> None:
    codes = [new_form_code() for _ in range(3)]
    pages = open_pdf(pdf_of(programmes["alongside"], "C4", codes, trainee=person_code(PersonId(17)))).pages
    texts = [page.extract_text() for page in pages]
    assert [code for text in texts for code in codes if code in text] == [code for code in codes for _ in range(2)]
    assert ["Page 1 of 2" in text for text in texts] == [True, False] * 3
    assert sum(person_code(PersonId(17)) in text for text in texts) == 3


def test_where_no_chance_is_not_offered_it_is_not_printed(programmes: dict[str, Programme]) -> None:
    assert "no chance" in text_of(pdf_of(programmes["alongside"], "C4", [new_form_code()]))
    assert "no chance" not in text_of(pdf_of(programmes["alongside"], "C6", [new_form_code()]))


def test_sheets_of_the_demonstration_say_so(programmes: dict[str, Programme]) -> None:
    made = pdf_of(programmes["alongside"], "C7", [new_form_code()], is_synthetic=True)
    assert "Synthetic demonstration" in text_of(made)


@pytest.mark.parametrize("name", IDS)
def test_every_xlsform_is_valid_and_asks_for_every_item(programmes: dict[str, Programme], name: str) -> None:
    folder, id_ = name.split("/")
    programme = programmes[folder]
    checklist = programme.checklist_by_id[ChecklistId(id_)]
    if not checklist.lines:
        pytest.skip("a log is written in the app")
    made = make_xlsform(programme, checklist)
    result = convert(BytesIO(made), validate=False, file_type=".xlsx")
    assert result.warnings == []
    for column in answer_columns(programme, checklist):
        assert f"/items/{column_key(column.name)}" in result.xform
    assert content_code(programme, checklist) in result.xform
    assert made == make_xlsform(programme, checklist)
