"""What a reader finds in a PDF."""

import re
from io import BytesIO
from typing import Any

from pypdf import PdfReader


def open_pdf(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def texts_of(content: bytes) -> list[str]:
    """Return the text of each page, its white space made plain. To read a page takes longer than to set it."""
    return [re.sub(r"\s+", " ", page.extract_text()) for page in open_pdf(content).pages]


def text_of(content: bytes) -> str:
    """Return the text of all pages, its white space made plain."""
    return " ".join(texts_of(content))


def fonts_of(content: bytes) -> dict[str, bool]:
    """Return the fonts of all pages, and whether each is embedded."""
    found: dict[str, bool] = {}
    for page in open_pdf(content).pages:
        resources: Any = page["/Resources"]
        for font in resources.get("/Font", {}).values():
            whole = font.get_object()
            inner = whole.get("/DescendantFonts", [whole])[0].get_object()
            descriptor = inner.get("/FontDescriptor", {})
            found[whole["/BaseFont"]] = bool({"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor))
    return found
