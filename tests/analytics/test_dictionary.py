"""The data dictionary is what the code says, and names every table and every free text."""

import re
from pathlib import Path

from analytics.own_record.dictionary import dictionary
from store.ledger import Store
from store.rows import tables

PAGE = Path(__file__).parents[2] / "docs" / "privacy" / "data-dictionary.md"


def test_the_page_is_what_the_code_says() -> None:
    """After a change: `python -m analytics.own_record > docs/privacy/data-dictionary.md`."""
    assert PAGE.read_text("utf-8") == dictionary() + "\n"


def test_every_table_and_every_field_of_a_store_is_named() -> None:
    text = dictionary()
    store = Store.memory()
    sql = "SELECT table_name, column_name FROM information_schema.columns"
    columns = store.engine.fetch(sql)
    store.close()
    children = {child.name for plan in tables().values() for child in plan.children}
    named = set(re.findall(r"`(\w+)[`.]", text))
    assert {table for table, _ in columns} <= named
    facts = set(tables()) | children
    common = {"org_id", "fact_no", "person_no", "actor_no", "occurred_at", "recorded_at", "day", "position"}
    missing = [
        f"{table}.{column}"
        for table, column in columns
        if table in facts and column not in common and f"`{column}`" not in text and f".{column}`" not in text
    ]
    assert missing == []


def test_no_text_stands_there_without_saying_what_it_is() -> None:
    assert re.findall(r"^\| `\S+` \| text\b.*$", dictionary(), flags=re.M) == []


def test_what_can_be_erased_and_when_stands_there() -> None:
    text = dictionary()
    for name in ("person_private", "private_text", "wellbeing", "login_session"):
        row = next(line for line in text.splitlines() if line.startswith(f"| `{name}` |"))
        assert "days after" in row
        assert "deleted" in row
