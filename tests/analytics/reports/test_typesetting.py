"""Documents: text that can be read back, fonts inside, the same bytes again, and plain words when data are wrong."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from analytics.charts import levels_chart, levels_frame
from analytics.reports.errors import ChartError, ReportDataError, UnknownTemplateError, UnprintableSignError
from analytics.reports.pictures import png, svg
from analytics.reports.typesetting import Document, list_templates, preview, typeset
from tests.analytics.reports.reading import fonts_of, open_pdf, text_of

SCALE = {"domain": ["1", "2", "3", "4"], "range": "category"}
DOCUMENT = Document(
    "A small report", datetime(2026, 11, 27, 12, tzinfo=UTC), "Alongside", "3", as_of="26 Nov 2026", code="K7Q-M2F"
)
ARABIC = "مرحبا بكم في البرنامج 123"


def text(words: str) -> dict[str, str]:
    return {"kind": "text", "text": words}


def make(*parts: Any, document: Document = DOCUMENT, **more: Any) -> bytes:
    return typeset("plain", {"document": document, "parts": list(parts)}, **more)


@pytest.fixture(scope="module")
def whole() -> bytes:
    chart = svg(levels_chart(SCALE, "Level"), levels_frame([("Listening", (1, 2, 3, 4))]))
    return make(
        {"kind": "heading", "text": "What stands"},
        text("Figures ≥ 0.8 count ✓; the day is"),
        {"kind": "stats", "stats": [{"label": "Ready", "value": "5 of 14", "note": "n = 14, as of 26 Nov 2026"}]},
        {"kind": "table", "columns": ["Gate", "Met"], "rows": [["Modules", "9 of 10"]]},
        {"kind": "picture", "name": "levels", "alt": "Listening: one at level 1"},
        text(ARABIC),
        pictures={"levels": chart},
    )


def test_what_was_handed_in_can_be_read_back_out_of_the_pdf(whole: bytes) -> None:
    read = text_of(whole)
    for expected in ("A small report", "5 of 14", "9 of 10", "≥ 0.8", "Listening", "Alongside · Version 3"):
        assert expected in read
    assert "As of 26 Nov 2026" in read
    assert "Page 1 of 1" in read
    assert "K7Q-M2F" in read


def test_title_language_and_date_are_those_of_the_document(whole: bytes) -> None:
    pdf = open_pdf(whole)
    assert pdf.metadata is not None
    assert pdf.metadata.title == "A small report"
    assert pdf.metadata.creation_date == DOCUMENT.made_at
    root: Any = pdf.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_every_font_is_shipped_and_embedded(whole: bytes) -> None:
    fonts = fonts_of(whole)
    assert all(fonts.values())
    assert {name.split("+")[-1].split("-")[0] for name in fonts} <= {
        "NotoSans",
        "NotoNaskhArabic",
        "NotoSansMath",
        "NotoSansSymbols2",
    }
    assert any("NotoNaskhArabic" in name for name in fonts)


def test_a_repeat_gives_the_same_bytes(whole: bytes) -> None:
    assert make(text("Again")) == make(text("Again"))


def test_a_document_in_arabic_is_read_from_the_right() -> None:
    arabic = {
        "document": replace(DOCUMENT, title="تقرير", language="ar", is_right_to_left=True, programme=""),
        "parts": [text(ARABIC)],
    }
    assert open_pdf(typeset("plain", arabic)).trailer["/Root"]["/Lang"] == "ar"  # pyright: ignore[reportIndexIssue]
    page = Image.open(BytesIO(preview("plain", arabic, ppi=40)[0])).convert("L")
    below_head = page.crop((0, page.height // 12, page.width, page.height // 2))
    inked = below_head.point(lambda shade: 255 if shade < 160 else 0).getbbox()
    assert inked is not None
    assert inked[0] > page.width / 2


def test_invented_figures_say_so_on_each_page() -> None:
    long = [text("A line.")] * 100
    pages = open_pdf(make(*long, document=replace(DOCUMENT, is_synthetic=True))).pages
    assert len(pages) > 1
    assert all("Synthetic demonstration" in page.extract_text() for page in pages)


def test_text_is_never_read_as_markup() -> None:
    hostile = '#panic("x") *bold* $x^2$ \\ #image("/etc/passwd") <tag> @ref `code`'
    assert '#panic("x") *bold* $x^2$' in text_of(make(text(hostile)))


def test_a_sign_without_a_font_is_named() -> None:
    with pytest.raises(UnprintableSignError, match=r"🐘.*Take them out"):
        make(text("An elephant 🐘"))


def test_a_missing_part_is_named() -> None:
    with pytest.raises(ReportDataError, match=r"plain.*parts"):
        typeset("plain", {"document": DOCUMENT})


def test_a_document_must_say_what_it_is() -> None:
    with pytest.raises(ReportDataError, match="`document` is no `Document`"):
        typeset("plain", {"document": {"title": "x"}, "parts": []})
    with pytest.raises(ReportDataError, match="no title"):
        make(document=replace(DOCUMENT, title=""))


def test_what_json_cannot_hold_is_named() -> None:
    with pytest.raises(ReportDataError, match=r"`object` has no form in JSON"):
        make({"kind": "text", "text": object()})


def test_days_and_dataclasses_are_handed_in_as_they_are() -> None:
    assert "2026-11-27" in text_of(make({"kind": "text", "text": date(2026, 11, 27)}))


def test_a_picture_needs_words_and_must_be_there() -> None:
    with pytest.raises(ReportDataError, match="no picture `gone`"):
        make({"kind": "picture", "name": "gone", "alt": "x"})
    with pytest.raises(ReportDataError, match="no words for who cannot see it"):
        make({"kind": "picture", "name": "a", "alt": ""}, pictures={"a": b"<svg/>"})


def test_an_unknown_template_names_those_there_are() -> None:
    with pytest.raises(UnknownTemplateError, match="plain"):
        typeset("../house", {"document": DOCUMENT})
    assert "house" not in list_templates()


def test_a_document_can_be_looked_at_page_by_page() -> None:
    pages = preview("plain", {"document": DOCUMENT, "parts": [text("Seen")]}, ppi=30)
    assert [page[:4] for page in pages] == [b"\x89PNG"]


def test_a_chart_becomes_a_drawing_whose_text_stays_text_or_dots() -> None:
    chart, table = levels_chart(SCALE, "Level"), levels_frame([("Listening", (1, 2, 3, 4))])
    assert b"Listening" in svg(chart, table)
    dots = png(chart, table)
    assert dots[:4] == b"\x89PNG"
    assert "Page 1 of 1" in text_of(make({"kind": "picture", "name": "a", "alt": "Dots"}, pictures={"a": dots}))


def test_a_chart_that_is_none_is_refused_in_words() -> None:
    with pytest.raises(ChartError, match="could not be drawn"):
        svg({"mark": "no such mark"})
    with pytest.raises(ChartError, match="could not be drawn"):
        svg({"data": {"url": "https://example.org/x.csv"}, "mark": "bar", "encoding": {"x": {"field": "a"}}})
