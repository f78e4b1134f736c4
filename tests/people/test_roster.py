"""Reading a CSV roster: encodings, delimiters, columns, cells; every fault in its place."""

import pytest

from people.csv_text import MAX_BYTES
from people.roster import EXAMPLE, MAX_LINES, Column, Line, Roster, read_roster

NAMES = "name,login\nZoë Ünal,zoe\nAna Silva,ana\n"


def _sentences(content: bytes | str) -> list[str]:
    raw = content.encode() if isinstance(content, str) else content
    return [fault.sentence for fault in read_roster(raw).faults]


def _names(roster: Roster) -> list[str]:
    return [line.name for line in roster.lines]


# ---------------------------------------------------------------- encodings


@pytest.mark.parametrize(
    ("codec", "words"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8 with a byte order mark"),
        ("cp1252", "Windows-1252 (Western European); check the names"),
        ("utf-16", "UTF-16, little-endian"),
        ("utf-16-le", "UTF-16, little-endian, without a byte order mark"),
        ("utf-16-be", "UTF-16, big-endian, without a byte order mark"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_each_encoding_is_read_and_said(codec: str, words: str, end: str) -> None:
    roster = read_roster(NAMES.replace("\n", end).encode(codec))
    assert (roster.encoding, roster.faults) == (words, ())
    assert [(line.name, line.login) for line in roster.lines] == [("Zoë Ünal", "zoe"), ("Ana Silva", "ana")]


def test_utf_16_with_the_big_end_first_is_read() -> None:
    roster = read_roster(b"\xfe\xff" + NAMES.encode("utf-16-be"))
    assert (roster.encoding, _names(roster)) == ("UTF-16, big-endian", ["Zoë Ünal", "Ana Silva"])


def test_a_byte_that_is_no_sign_is_named_with_its_line() -> None:
    (sentence,) = _sentences(b"name\nZo\xe9\n\x81\n")
    assert sentence.startswith("Line 3: found the byte 0x81, which is no sign in Windows-1252")
    assert "CSV UTF-8" in sentence


def test_half_a_sign_in_utf_16_is_named() -> None:
    (sentence,) = _sentences(NAMES.encode("utf-16")[:-1])
    assert "no sign in UTF-16, little-endian" in sentence


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"PK\x03\x04\x14\x00", "a workbook or an archive"),
        (b"", "an empty file"),
        (b"\n \r\n,,\n", "an empty file"),
        (b"name\nA\x00na\n", "a sign that stands in no text (NUL)"),
        (b"name\n" + b"x" * MAX_BYTES, "a file of 5,000,005 bytes"),
    ],
)
def test_what_is_no_roster_is_said_to_be_none(content: bytes, found: str) -> None:
    roster = read_roster(content)
    assert (roster.is_readable, roster.lines, roster.n_read) == (False, (), 0)
    assert [fault.found for fault in roster.faults] == [found]


def test_a_file_of_too_many_lines_is_refused_before_it_is_read() -> None:
    roster = read_roster(b"name\n" + b"Ana\n" * MAX_LINES)
    assert (roster.is_readable, roster.lines) == (False, ())
    assert "more than 20,000 lines" in roster.faults[0].found


# ---------------------------------------------------------------- delimiters and columns


@pytest.mark.parametrize(("sign", "words"), [(",", "comma"), (";", "semicolon"), ("\t", "tab")])
def test_each_delimiter_is_read_and_said(sign: str, words: str) -> None:
    roster = read_roster(NAMES.replace(",", sign).encode())
    assert (roster.delimiter, roster.faults, _names(roster)) == (words, (), ["Zoë Ünal", "Ana Silva"])


def test_one_column_needs_no_delimiter() -> None:
    roster = read_roster("Name\nRao, Sunita\n".replace("Rao, Sunita", '"Rao, Sunita"').encode())
    assert _names(roster) == ["Rao, Sunita"]


def test_another_delimiter_is_named_with_what_was_found() -> None:
    (sentence,) = _sentences("name|login\nAna|ana\n")
    assert sentence == (
        "Line 1: found the first line “name|login”; expected the columns name, login, role, trainer, "
        "parted by a comma, a semicolon or a tab."
    )


def test_a_row_parted_otherwise_than_the_first_line_is_named() -> None:
    roster = read_roster(b"name,login\nAna;ana\nBen,ben\n")
    assert [fault.sentence for fault in roster.faults] == [
        "Line 2: found 1 cell (“Ana;ana”); expected 2, parted by a comma."
    ]
    assert _names(roster) == ["Ben"]


def test_columns_may_be_in_any_order_and_spelt_in_capitals() -> None:
    roster = read_roster(b" TRAINER ,Sign-In  Name,Name\nruth,ana,Ana\n")
    assert roster.columns == (Column.TRAINER, Column.LOGIN, Column.NAME)
    assert roster.lines == (Line(2, "Ana", "ana", "", "ruth"),)


@pytest.mark.parametrize("column", ["child", "parent name", "date of birth", "notes", "email", ""])
def test_any_other_column_refuses_the_file_by_name(column: str) -> None:
    roster = read_roster(f"name,{column}\nAna,secret\n".encode())
    assert (roster.is_readable, roster.lines) == (False, ())
    (fault,) = roster.faults
    assert fault.found == f"a column called “{column}”"
    assert "nothing about a family may stand here" in fault.expected
    assert "secret" not in fault.sentence


def test_a_column_spelt_wrongly_is_guessed_but_not_read() -> None:
    assert "did you mean trainer?" in _sentences("name,trainor\nAna,ruth\n")[0]


def test_every_fault_of_the_columns_is_named_at_once() -> None:
    found = [fault.found for fault in read_roster(b"login,login,child,school\nana,ana,x,y\n").faults]
    assert found == [
        "a column called “child”",
        "a column called “school”",
        "the column 2 times",
        "the columns login, login",
    ]


# ---------------------------------------------------------------- cells


def test_names_of_any_script_are_read() -> None:
    names = ["نور الحسن", "בתיה כהן", "李小龙", "Ďurica Łukasz", "بهار رضایی"]
    roster = read_roster(("name\n" + "\n".join(names)).encode())
    assert (_names(roster), roster.faults) == (names, ())


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (f"{'a' * 81},ana", "name", "at most 80 fit"),
        (",ana", "name", "it is empty"),
        ("--,ana", "name", "no letter or digit"),
        ("\u202eana,ana", "name", "turn the direction of writing"),
        ('"An\na",ana', "name", "signs that cannot be seen"),
        ("Ana,an", "login", "3 to 32 small letters"),
        (f"Ana,{'a' * 33}", "login", "3 to 32 small letters"),
        ("Ana,ána", "login", "3 to 32 small letters"),
    ],
)
def test_a_cell_that_cannot_be_kept_is_named_with_line_and_reason(row: str, column: str, reason: str) -> None:
    roster = read_roster(f"name,login\nBen,ben\n{row}\n".encode())
    (fault,) = roster.faults
    assert (fault.line, fault.column) == (3, column)
    assert reason in fault.expected
    assert _names(roster) == ["Ben"]


def test_a_long_cell_is_shown_shortened_and_hidden_signs_as_dots() -> None:
    (fault,) = read_roster(b"name\n" + b"a" * 500 + b"\n").faults
    assert fault.found == "“" + "a" * 40 + "…”"
    (fault,) = read_roster("name\na\u202eb\n".encode()).faults
    assert fault.found == "“a·b”"


def test_every_fault_of_a_row_is_named() -> None:
    faults = read_roster(b"name,login,trainer\n,x,y\n").faults
    assert [(fault.line, fault.column) for fault in faults] == [(2, "name"), (2, "login"), (2, "trainer")]


def test_line_numbers_are_those_of_the_file() -> None:
    roster = read_roster(b'\n\nname,login\n\n"Ana\nMaria",ana\n\n,\nBen,ben\n,cy2\n')
    assert [(fault.line, fault.column) for fault in roster.faults] == [(5, "name"), (10, "name")]
    assert [line.number for line in roster.lines] == [9]
    assert roster.n_read == 3


def test_spaces_around_cells_and_empty_cells_at_the_end_are_no_faults() -> None:
    roster = read_roster(b"name,login,role,trainer\n  Ana  Maria , ANA ,,,,\nBen\n".replace(b"\nBen\n", b"\nBen,,\n"))
    assert roster.lines == (Line(2, "Ana Maria", "ana"), Line(3, "Ben"))


def test_too_many_cells_are_named() -> None:
    (fault,) = read_roster(b"name,login\nAna,ana,her son\n").faults
    assert fault.expected == "2, parted by a comma"


def test_a_quote_that_is_never_closed_ends_the_reading_and_is_named() -> None:
    roster = read_roster(b'name,login\nAna,ana\n"Ben,ben\nCy,cyn\n')
    (fault,) = roster.faults
    assert fault.line == 3
    assert "and nothing after it" in fault.found
    assert _names(roster) == ["Ana"]


# ---------------------------------------------------------------- doubles


def test_the_same_person_twice_is_refused_the_second_time() -> None:
    roster = read_roster(b"name,login\nAna,ana\nBen,ben\nAna,ANA\n")
    assert [fault.sentence for fault in roster.faults] == [
        "Line 4, login: found “ana”, as on line 2; expected each person once."
    ]
    assert _names(roster) == ["Ana", "Ben"]


def test_two_of_one_name_need_a_sign_in_name_each() -> None:
    roster = read_roster(b"name,login\nAna,\nBen,\nANA,\nCy,cy1\nCy,cy2\nBen,ben\n")
    assert [(fault.line, fault.column) for fault in roster.faults] == [(2, "name"), (3, "name"), (4, "name")]
    assert [(line.name, line.login) for line in roster.lines] == [("Cy", "cy1"), ("Cy", "cy2"), ("Ben", "ben")]


def test_the_example_is_a_roster() -> None:
    roster = read_roster(EXAMPLE.encode())
    assert roster.faults == ()
    assert len(roster.lines) == 2
