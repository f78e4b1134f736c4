"""Ratings that somebody wrote elsewhere: a CSV file with a rating a row."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from store.csv_files import CsvColumn, CsvKind, CsvRule, read_csv

COLUMNS: Final = (
    CsvColumn("subject", CsvKind.TEXT),
    CsvColumn("rater", CsvKind.TEXT),
    CsvColumn("rating", CsvKind.TEXT),
    CsvColumn("on", CsvKind.DAY, "CAST(NULL AS DATE)"),
)
"""Of a file of ratings."""

RULES: Final = (
    CsvRule("subject IS NULL", "`subject` is empty; expected what was rated"),
    CsvRule("rater IS NULL", "`rater` is empty; expected who rated"),
    CsvRule("rating IS NULL", "`rating` is empty; expected a level", "Leave the row out where there is no rating."),
    CsvRule(
        "row_no IN (SELECT max(row_no) FROM given GROUP BY subject, rater HAVING count(*) > 1)",
        "rater `{rater}` rated `{subject}` twice; expected one rating of each subject by each rater",
        "Keep the one that counts, or give the second occasion a subject of its own.",
    ),
)

_ROWS: Final = 'SELECT subject, rater, rating, "on" FROM given ORDER BY row_no'


@dataclass(frozen=True, slots=True)
class RatingRow:
    """One rating; `on` is its day, when the file says it."""

    subject: str
    rater: str
    rating: str
    on: date | None


def read_ratings(path: Path) -> tuple[list[RatingRow], tuple[str, ...]]:
    """Return the ratings of a file, and the columns that nothing was made of.

    Args:
        path: Columns `subject,rater,rating`, and `on` (a day) when known.

    Raises:
        FileMissingError: There is no such file.
        CsvProblemsError: It cannot be used; each problem has its line.
    """
    with read_csv(path, COLUMNS) as table:
        table.check(RULES)
        return [RatingRow(*row) for row in table.engine.fetch(_ROWS)], table.unused
