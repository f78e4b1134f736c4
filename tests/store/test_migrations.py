"""Numbered files, applied once and never edited."""

from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from people.facts import PersonAdded
from store import ledger
from store.duckdb_engine import FILE_FORMAT, Engine
from store.errors import MigrationEditedError, NotAStoreError, StoreMissingError, StoreTooNewError
from store.ledger import Store
from store.migrations import Migration, load_migrations, migrate
from tests.store.making import NOW, person_added

FIRST = load_migrations()[0]
SECOND = Migration(9001, "9001_colour.sql", "CREATE TABLE colour (org_id INTEGER NOT NULL, name TEXT NOT NULL);")


@pytest.fixture(autouse=True)
def _new_files_are_migrated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a new file get its tables here as it does outside of tests."""
    monkeypatch.setattr(ledger, "Engine", Engine)


def _engine(folder: Path) -> Engine:
    return Engine.open(folder / "hub.duckdb")


def test_each_file_is_applied_once(tmp_path: Path) -> None:
    engine = _engine(tmp_path)
    assert migrate(engine, NOW, [FIRST, SECOND]) == [FIRST, SECOND]
    assert migrate(engine, NOW, [FIRST, SECOND]) == []
    rows = engine.fetch("SELECT version, name, checksum, applied_at FROM schema_migration ORDER BY version")
    assert rows == [(one.version, one.name, one.checksum, NOW.replace(tzinfo=None)) for one in (FIRST, SECOND)]
    engine.close()


def test_an_edited_file_is_refused(tmp_path: Path) -> None:
    engine = _engine(tmp_path)
    migrate(engine, NOW, [FIRST, SECOND])
    edited = Migration(SECOND.version, SECOND.name, f"{SECOND.sql} -- a small change")
    third = Migration(9002, "9002_shape.sql", "CREATE TABLE shape (org_id INTEGER NOT NULL)")
    with pytest.raises(MigrationEditedError, match=r"9001_colour\.sql"):
        migrate(engine, NOW, [FIRST, edited, third])
    assert engine.fetch("SELECT count(*) FROM schema_migration") == [(2,)]
    engine.close()


def test_a_store_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    engine = _engine(tmp_path)
    migrate(engine, NOW, [FIRST, SECOND])
    with pytest.raises(StoreTooNewError, match="9001"):
        migrate(engine, NOW, [FIRST])
    engine.close()


def test_a_file_that_fails_leaves_nothing(tmp_path: Path) -> None:
    engine = _engine(tmp_path)
    migrate(engine, NOW, [FIRST])
    broken = Migration(9001, "9001_broken.sql", "CREATE TABLE shape (org_id INTEGER); CREATE TABLE shape (x INTEGER);")
    with pytest.raises(duckdb.Error, match="shape"):
        migrate(engine, NOW, [FIRST, broken])
    assert engine.fetch("SELECT count(*) FROM information_schema.tables WHERE table_name = 'shape'") == [(0,)]
    assert migrate(engine, NOW + timedelta(minutes=1), [FIRST, SECOND]) == [SECOND]
    engine.close()


def test_a_file_with_facts_is_copied_first(tmp_path: Path) -> None:
    fact = person_added()
    store = Store.open(tmp_path / "hub.duckdb")
    store.append(fact)
    store.close()
    engine = _engine(tmp_path)
    migrate(engine, NOW, [*load_migrations(), SECOND])
    engine.close()
    copies = list(tmp_path.glob("hub.duckdb.before-9001-*"))
    assert [copy.name for copy in copies] == ["hub.duckdb.before-9001-20261123T093000"]
    before = Store.open(copies[0])
    assert before.list_facts(PersonAdded) == [fact]
    before.close()


def test_a_new_file_needs_no_copy(tmp_path: Path) -> None:
    Store.open(tmp_path / "hub.duckdb").close()
    assert [path.name for path in tmp_path.iterdir()] == ["hub.duckdb"]


def test_numbers_do_not_repeat() -> None:
    versions = [migration.version for migration in load_migrations()]
    assert versions == sorted(set(versions))


def test_a_file_can_be_opened_by_the_engine_before(tmp_path: Path) -> None:
    Store.open(tmp_path / "hub.duckdb").close()
    engine = _engine(tmp_path)
    tags = engine.fetch("SELECT tags FROM duckdb_databases() WHERE NOT internal")
    assert FILE_FORMAT.removesuffix(".0") in str(tags)
    engine.close()


def test_what_is_no_store_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear Ann, " * 1000)
    with pytest.raises(NotAStoreError, match=r"letter\.txt"):
        Store.open(path)
    with pytest.raises(StoreMissingError, match=r"none\.duckdb"):
        Store.open(tmp_path / "none.duckdb", must_exist=True)
