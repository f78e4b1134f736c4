"""A seal that was kept elsewhere shows what the store's own digests cannot."""

from dataclasses import replace
from pathlib import Path

import pytest

from people.models import PersonId
from store import seals
from store.__main__ import main
from store.errors import SealFileError
from store.ledger import Store
from store.recording import digest_of
from store.rows import table_of
from store.seals import add_seal, broken_seals, make_seal, read_seals
from store.verify import verify
from tests.store.making import person_added, progress


@pytest.fixture
def told(store: Store) -> Store:
    """A store with five facts."""
    store.append(*(person_added(PersonId(number)) for number in range(1, 6)))
    return store


def test_a_seal_fits_for_as_long_as_facts_are_only_added(told: Store, tmp_path: Path) -> None:
    add_seal(make_seal(told), tmp_path / "seals")
    told.append(progress(1))
    add_seal(make_seal(told), tmp_path / "seals")
    told.append(progress(2))
    kept = read_seals(tmp_path / "seals")
    assert [seal.facts_up_to for seal in kept] == [5, 6]
    assert broken_seals(told, kept) == []


def test_a_forged_fact_with_a_forged_digest_breaks_the_seal_and_nothing_else(told: Store) -> None:
    before = make_seal(told)
    recorded = told.reader.recorded(table_of(type(person_added())), "f.person_no = 3", {})[0]
    forged = replace(recorded.fact, via="forged")
    digest = digest_of(table_of(type(forged)), forged, recorded.recorded_at, recorded.day, {})

    def forge(batch) -> None:
        batch.execute("UPDATE person_added SET via = 'forged' WHERE person_no = 3")
        batch.execute("UPDATE fact_key SET digest = $1 WHERE fact_no = 3", [digest])

    told.write(forge)
    assert verify(told).faults == ()
    assert broken_seals(told, [before]) == [before]


def test_a_fact_taken_out_with_its_key_breaks_the_seals_after_it(told: Store) -> None:
    early = make_seal(told)
    told.append(person_added(PersonId(6)))
    late = make_seal(told)

    def take_out(batch) -> None:
        batch.execute("DELETE FROM person_added WHERE person_no = 6")
        batch.execute("DELETE FROM fact_key WHERE fact_no = 6")

    told.write(take_out)
    assert verify(told).faults == ()
    assert broken_seals(told, [early, late]) == [late]


def test_the_facts_are_read_in_parts(told: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = make_seal(told)
    monkeypatch.setattr(seals, "_CHUNK", 2)
    assert make_seal(told).sha256 == whole.sha256


def test_an_erased_text_breaks_no_seal(store: Store) -> None:
    before = make_seal(store)
    store.put_private(PersonId(1), "Ann", "ann")
    store.write(lambda batch: batch.execute("DELETE FROM person_private"))
    assert broken_seals(store, [before]) == []


def test_seals_of_another_organisation_are_left_out(told: Store) -> None:
    assert broken_seals(told, [replace(make_seal(told), org="elsewhere", sha256="0" * 64)]) == []


@pytest.mark.parametrize("text", [None, "no seal", '{"org": "default"}', "[1]"])
def test_another_file_is_told(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "seals").write_text(text)
    with pytest.raises(SealFileError, match="store seal"):
        read_seals(tmp_path / "seals")


def test_the_command_line_seals_and_verifies_against(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, kept = str(tmp_path / "hub.duckdb"), str(tmp_path / "stick" / "seals.txt")
    store = Store.open(path)
    store.append(person_added())
    store.close()
    assert main(["seal", "--store", path, "--into", kept]) == 0
    assert "Facts up to number 2: " in capsys.readouterr().out
    assert main(["verify", "--store", path, "--against", kept]) == 0
    assert "everything is what was recorded and fits 1 seal." in capsys.readouterr().out
    store = Store.open(path)
    store.write(lambda batch: batch.execute("UPDATE fact_key SET fact_no = fact_no + 10 WHERE fact_no = 1"))
    store.write(lambda batch: batch.execute("UPDATE person_added SET fact_no = fact_no + 10 WHERE fact_no = 1"))
    store.close()
    assert main(["verify", "--store", path, "--against", kept]) == 1
    assert "are not those that were sealed" in capsys.readouterr().out
