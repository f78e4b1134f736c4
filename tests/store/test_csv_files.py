"""Files that somebody wrote elsewhere: what is wrong is told with its line, what was found and what is expected."""

from pathlib import Path

import pytest

from store.csv_files import SHOWN
from store.errors import CsvProblemsError, FileMissingError
from store.item_files import count_file
from store.rating_files import read_ratings

HEAD = b"person,item,mark,max_mark\n"
RATINGS = b"subject,rater,rating\n"


def _problems(path: Path, content: bytes) -> list[str]:
    """Return what is said of a file of responses, each as `line: sentence`."""
    path.write_bytes(content)
    with pytest.raises(CsvProblemsError) as refusal, count_file(path):
        pass
    return [f"{problem.line}: {problem.sentence}" for problem in refusal.value.problems]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "responses.csv"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "1: the file is empty. Expected a header with person,item,mark,max_mark, and a row for each response."),
        (
            b"\n \n",
            "1: the file is empty. Expected a header with person,item,mark,max_mark, and a row for each response.",
        ),
        (HEAD, "1: there is no row below the header. Write a row for each response."),
        (
            b"person,item,mark\n1,q,1\n",
            "1: no column `max_mark`; found `person,item,mark`, expected `person,item,mark,max_mark`. "
            "Write these names into the first line.",
        ),
        (
            b"person;item;mark;max_mark\n1;q;1;1\n",
            "1: no column `person`, `item`, `mark`, `max_mark`; found `person;item;mark;max_mark`, expected "
            "`person,item,mark,max_mark`. The columns seem to be separated by `;`: save the file with commas.",
        ),
        (
            b"person\titem\tmark\tmax_mark\n1\tq\t1\t1\n",
            "1: no column `person`, `item`, `mark`, `max_mark`; found `person\titem\tmark\tmax_mark`, expected "
            "`person,item,mark,max_mark`. The columns seem to be separated by a tab: save the file with commas.",
        ),
        (b"person,item,mark,mark,max_mark\n", "1: the column `mark` stands there twice. Keep one of them."),
        (b"PK\x03\x04\x00\x00", "1: this is a workbook, no CSV file. Save the sheet as “CSV UTF-8”."),
        (HEAD.decode().encode("utf-16"), "1: this is no text in UTF-8. Save it as “CSV UTF-8”."),
        ("né,item,mark\n".encode("latin-1"), "1: the header cannot be read. Save the file as “CSV UTF-8”."),
    ],
)
def test_a_file_that_is_none_is_told_what_is_expected(path: Path, content: bytes, said: str) -> None:
    assert _problems(path, content) == [said]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (b"1,q,1,1\n2,q,yes,1\n", "3: `mark` is not a number with a decimal point, such as 0.5; found `2,q,yes,1`."),
        (b'1,q,"0,5",1\n', '2: `mark` is not a number with a decimal point, such as 0.5; found `1,q,"0,5",1`.'),
        (b"1,q,1\n", "2: expected 4 values (person,item,mark,max_mark); found `1,q,1`."),
        (b"1,q,1,1,9,9\n", "2: expected 4 values (person,item,mark,max_mark); found `1,q,1,1,9,9`."),
        (b'1,"q,1,1\n2,q,1,1\n', '2: a quotation mark is not closed; found `1,"q,1,1…`.'),
        (b"Jos\xe9,q,1,1\n", "2: not text in UTF-8; found `Jos??q,1,1`."),
        (b"1,q,,1\n", "2: `mark` is ``; expected a number. An item that was left out gets the mark 0."),
        (b"1,q,nan,1\n", "2: `mark` is `nan`; expected a number. An item that was left out gets the mark 0."),
        (b"1,q,0,inf\n", "2: `max_mark` is `inf`; expected 0 or more."),
        (b"1,q,-2,-1\n", "2: `max_mark` is `-1`; expected 0 or more."),
        (b"\n1,q,1,1\n\n2,q,3,1\n", "5: `mark` is 3, above the `max_mark` of 1."),
        (b'1,"q\n1",1,1\n2,"q\n1",5,1\n', "4: `mark` is 5, above the `max_mark` of 1."),
        (b" ,q,1,1\n", "2: `person` is empty; expected who answered."),
        (b"1,,1,1\n", "2: `item` is empty; expected which item was answered."),
        (
            b"1,q,1,1\n2,q,0,1\n1,q,0,1\n",
            "4: person `1` has item `q` twice in attempt 1; expected one row for each. "
            "Keep the row that counts, or number the attempts in a column `attempt`.",
        ),
        (
            b"1,q,1,1\n2,q,1,2\n",
            "3: `max_mark` of item `q` is 2, and another elsewhere; expected the same for each item. "
            "Give an item that was changed another name.",
        ),
    ],
)
@pytest.mark.parametrize("line_break", [b"\n", b"\r\n"])
def test_a_row_at_fault_is_told_with_its_line(path: Path, rows: bytes, said: str, line_break: bytes) -> None:
    content = (HEAD + rows).replace(b"\n", line_break)
    assert _problems(path, content) == [said]


def test_attempts_and_keys_are_checked_too(path: Path) -> None:
    head = b"person,item,mark,max_mark,attempt,key\n"
    assert _problems(path, head + b"1,q,1,1,0,a\n2,q,1,1,1.5,a\n3,q,1,1,1,b\n4,q,1,1,,a\n") == [
        "2: `attempt` is `0`; expected 1, 2, 3 ….",
        "3: `attempt` is `1.5`; expected 1, 2, 3 ….",
        "4: `key` of item `q` is `b`, and another elsewhere; expected the same for each item. "
        "Give an item that was changed another name.",
        "5: `attempt` is ``; expected 1, 2, 3 ….",
    ]


def test_the_first_faults_are_listed_and_the_rest_counted(path: Path) -> None:
    path.write_bytes(HEAD + b"".join(b"%d,q,9,1\n" % i for i in range(50)))
    with pytest.raises(CsvProblemsError) as refusal, count_file(path):
        pass
    assert [problem.line for problem in refusal.value.problems] == list(range(2, 2 + SHOWN))
    assert refusal.value.n_more == 50 - SHOWN
    assert str(refusal.value).endswith("… and 30 more. Nothing was computed.")


def test_a_byte_order_mark_capitals_and_other_columns_do_no_harm(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbfHub, Person ,ITEM,mark,max_mark\nx,1,q,1,1\nx,2,q,0,1\n")
    with count_file(path) as (table, counts):
        assert table.unused == ("hub",)
        assert counts.form_sums().items[0].mean == 0.5


def test_items_keep_the_order_of_the_file(path: Path) -> None:
    path.write_bytes(HEAD + b"1,zeta,1,1\n1,alpha,0,1\n2,alpha,1,1\n2,zeta,1,1\n")
    with count_file(path) as (_, counts):
        assert [item.item for item in counts.form_sums().items] == ["zeta", "alpha"]


@pytest.mark.parametrize("name", ["none.csv", "."])
def test_a_file_that_is_not_there_is_missing(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileMissingError, match="cannot be read"), count_file(tmp_path / name):
        pass


def test_faults_in_a_large_file_have_their_lines(path: Path) -> None:
    rows = [b"%d,q%d,1,1\n" % divmod(i, 20) for i in range(60_000)]
    rows[43_210] = b"2160,q10,x,1\n"
    assert _problems(path, HEAD + b"".join(rows)) == [
        "43212: `mark` is not a number with a decimal point, such as 0.5; found `2160,q10,x,1`."
    ]
    rows[43_210] = b"2160,q10,2,1\n"
    assert _problems(path, HEAD + b"".join(rows)) == ["43212: `mark` is 2, above the `max_mark` of 1."]


# ---------------------------------------------------------------- ratings


def test_ratings_are_read_in_their_order_with_their_days(path: Path) -> None:
    path.write_bytes(b"on,rater,subject,rating\n2026-03-01,tom,film 1,3\n,mary,film 1,2\n")
    rows, unused = read_ratings(path)
    assert [(row.subject, row.rater, row.rating, row.on and row.on.isoformat()) for row in rows] == [
        ("film 1", "tom", "3", "2026-03-01"),
        ("film 1", "mary", "2", None),
    ]
    assert unused == ()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            RATINGS + b"a,x,1\na,y,2\na,x,3\n",
            "rater `x` rated `a` twice; expected one rating of each subject by each rater",
        ),
        (RATINGS + b"a,x,\n", "`rating` is empty; expected a level. Leave the row out where there is no rating"),
        (b"subject,rater,rating,on\na,x,1,1st May\n", "`on` is not a day such as 2026-11-23; found `a,x,1,1st May`"),
        (b"subject,rater,mark\na,x,1\n", "no column `rating`; found `subject,rater,mark`"),
    ],
)
def test_ratings_at_fault_are_told(path: Path, content: bytes, said: str) -> None:
    path.write_bytes(content)
    with pytest.raises(CsvProblemsError) as refusal:
        read_ratings(path)
    assert said in str(refusal.value)
