"""Tables as a workbook for spreadsheets: a sheet a table, texts stay texts, and the first says what it is of."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any, Final

import xlsxwriter
from babel import Locale
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from web.texts import _, current_language

MIME: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_WORKBOOK: Final[Any] = xlsxwriter.Workbook
"""Whose types are half there."""

_LONGEST_NAME: Final = 31
"""Signs in the name of a sheet; the format allows no more."""

_FORBIDDEN: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_WIDEST: Final = 60

Cell = str | float | int | None
Sheet = tuple[str, Sequence[Mapping[str, Cell]]]


def to_xlsx(about: Sequence[tuple[str, str]], sheets: Sequence[Sheet]) -> bytes:
    """Return a workbook.

    Args:
        about: What stands on the first sheet: label and text, such as whom it is about and as of when.
        sheets: Title and rows by column title. A number stays a number; a text is never taken for a formula.
    """
    file = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with _WORKBOOK(file, options) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        names = set[str]()
        is_rtl = Locale.parse(current_language(), sep="-").text_direction == "rtl"
        first = [{_("What"): label, _("Value"): text} for label, text in about]
        for title, rows in ((_("About"), first), *sheets):
            sheet = book.add_worksheet(_name_of(title, names))
            if is_rtl:
                sheet.right_to_left()
            _write(sheet, rows, bold)
    return file.getvalue()


def _name_of(title: str, taken: set[str]) -> str:
    plain = " ".join(title.translate(_FORBIDDEN).split())[:_LONGEST_NAME].strip() or "-"
    name, n = plain, 1
    while name.casefold() in taken:
        n += 1
        name = f"{plain[: _LONGEST_NAME - len(str(n)) - 1].rstrip()} {n}"
    taken.add(name.casefold())
    return name


def _write(sheet: Worksheet, rows: Sequence[Mapping[str, Cell]], bold: Format) -> None:
    if not rows:
        return
    columns = list(rows[0])
    sheet.freeze_panes(1, 0)
    for number, column in enumerate(columns):
        sheet.write_string(0, number, column, bold)
        widest = max(len(column), *(len(str(row.get(column) or "")) for row in rows))
        sheet.set_column(number, number, min(widest + 2, _WIDEST))
    for line, row in enumerate(rows, start=1):
        for number, column in enumerate(columns):
            cell = row.get(column)
            if isinstance(cell, str):
                sheet.write_string(line, number, cell)
            elif cell is not None:
                sheet.write_number(line, number, cell)
