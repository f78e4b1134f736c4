"""The research export: only those who agreed, nobody to be recognised, and files that say all about themselves."""

import csv
import io
import json
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID
from zipfile import ZipFile

import pyarrow.parquet
import pytest

from analytics.commands import COMMANDS
from analytics.research.errors import BadKeyError, NobodyAgreedError
from analytics.research.files import MISSING, pack, to_files, write_files
from analytics.research.gathering import count_choices, export_research
from analytics.research.pseudonyms import Pseudonyms, load_key
from analytics.research.tables import TABLES, How
from people.facts import CohortOpened, Enrolment, PersonAdded, PersonErased, RecordOpened
from people.models import OPERATOR, PersonId
from store.errors import StoreExistsError
from tests.analytics.place import HUB, Place
from tests.analytics.research.conftest import OPERATOR_ACTOR, PSEUDONYMS, Hub, choose

pytestmark = pytest.mark.xdist_group("research")
FILES: Final = {"datapackage.json", "codebook.md", "receipt.json"}


@pytest.fixture(scope="module")
def files(hub: Hub) -> dict[str, bytes]:
    return to_files(hub.export)


def _csv(files: dict[str, bytes], table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[f"{table}.csv"].decode())))


# ---------------------------------------------------------------- who is in it


def test_only_those_who_agreed_are_in_it_and_small_cohorts_are_withheld(hub: Hub) -> None:
    cohorts = {one.person_id: one.cohort_id for one in hub.store.list_facts(Enrolment) if one.person_id in hub.agreed}
    of_cohort = Counter(cohorts.values())
    expected = {person_id for person_id, cohort in cohorts.items() if of_cohort[cohort] >= 5}
    receipt = hub.export.receipt
    assert hub.export.people == expected
    assert (receipt.n_agreed, receipt.n_withheld) == (len(hub.agreed), len(hub.agreed) - len(expected))
    assert receipt.n_exported == len(expected) == len(hub.export.rows["people"])
    assert receipt.n_withheld > 0
    assert min(Counter(row["cohort"] for row in hub.export.rows["people"]).values()) >= receipt.min_cell


def test_who_never_chose_said_no_or_was_erased_is_not_in_it() -> None:
    place = Place()
    for number in range(10, 17):
        choose(place.store, place.enrol(PersonId(number)), agrees=True)
    place.enrol(PersonId(17))
    said_no = place.enrol(PersonId(18))
    choose(place.store, said_no, agrees=True)
    choose(place.store, said_no, agrees=False, n=1)
    place.record(PersonErased, person_id=PersonId(10))
    export = export_research(place.store, OPERATOR_ACTOR, place.programme, HUB, PSEUDONYMS)
    assert export.people == {PersonId(number) for number in range(11, 17)}
    assert (export.receipt.n_asked, export.receipt.n_agreed) == (10, 6)


def test_who_changes_their_mind_is_in_no_later_file() -> None:
    place = Place()
    enrolments = [place.enrol(PersonId(number)) for number in range(10, 16)]
    for one in enrolments:
        choose(place.store, one, agrees=True)
    before = export_research(place.store, OPERATOR_ACTOR, place.programme, HUB, PSEUDONYMS)
    choose(place.store, enrolments[0], agrees=False, n=1)
    after = export_research(place.store, OPERATOR_ACTOR, place.programme, HUB, PSEUDONYMS)
    assert before.people - after.people == {PersonId(10)}
    choose(place.store, enrolments[1], agrees=False, n=1)
    with pytest.raises(NobodyAgreedError, match=r"4 of 7 people agreed .* no cohort has 5 who did"):
        export_research(place.store, OPERATOR_ACTOR, place.programme, HUB, PSEUDONYMS)
    assert count_choices(place.store, OPERATOR_ACTOR, place.programme, HUB).n_exported == 0


# ---------------------------------------------------------------- nobody can be recognised


def test_there_is_no_name_date_number_or_word_in_it(hub: Hub, files: dict[str, bytes]) -> None:
    store = hub.store
    people = sorted(hub.export.people)
    names = {one.name for one in store.list_names(people)} | {one.login for one in store.list_names(people)}
    texts = {text for (text,) in store.engine.fetch("SELECT text FROM private_text") if text}
    cohorts = {one.cohort_id for one in store.list_facts(CohortOpened)} | {
        one.title for one in store.list_facts(CohortOpened)
    }
    values = {
        value for name in files if name.endswith(".csv") for row in _csv(files, name[:-4]) for value in row.values()
    }
    assert names
    assert not values & (names | texts | cohorts)
    assert not [value for value in values if _is_date(value) or _is_uuid(value)]
    assert not [row for rows in hub.export.rows.values() for row in rows for v in row.values() if isinstance(v, date)]


def _is_date(value: str) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return not value.isdigit()


def _is_uuid(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return True


def test_no_column_holds_a_number_of_the_store() -> None:
    """Whoever is named, and every record, stands as a code."""
    hidden = {"person_no", "actor_no", "fact_no", "cohort_id", "session_code", "day", "occurred_at", "recorded_at"}
    for table in TABLES:
        for variable in table.variables:
            assert variable.how is not How.PLAIN or variable.column not in hidden, (table.name, variable.name)


def test_codes_are_the_same_in_every_export_and_others_with_another_key(hub: Hub) -> None:
    again = export_research(hub.store, OPERATOR_ACTOR, hub.programme, hub.hub_id, PSEUDONYMS)
    elsewhere = export_research(hub.store, OPERATOR_ACTOR, hub.programme, hub.hub_id, Pseudonyms(b"other" * 8))
    codes = [{row["person"] for row in one.rows["people"]} for one in (hub.export, again, elsewhere)]
    assert codes[0] == codes[1]
    assert not codes[0] & codes[2]
    assert len({PSEUDONYMS.code(kind, 1) for kind in ("person", "fact", "cohort")}) == 3


def test_the_key_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "secrets" / "research.key"
    key = load_key(path)
    assert load_key(path) == key
    assert len(key) == 32
    assert path.stat().st_mode & 0o777 == 0o600
    path.write_bytes(b"short")
    with pytest.raises(BadKeyError, match="holds 5 bytes; expected the 32"):
        load_key(path)


# ---------------------------------------------------------------- the files


def test_the_same_facts_give_the_same_bytes(hub: Hub, files: dict[str, bytes]) -> None:
    again = export_research(hub.store, OPERATOR_ACTOR, hub.programme, hub.hub_id, PSEUDONYMS)
    assert to_files(again) == files
    assert pack(again) == pack(hub.export)


def test_each_table_is_there_as_csv_and_as_parquet_with_the_same_values(files: dict[str, bytes]) -> None:
    assert set(files) == FILES | {f"{table.name}.{ending}" for table in TABLES for ending in ("csv", "parquet")}
    for table in TABLES:
        arrow: Any = pyarrow.parquet.read_table(io.BytesIO(files[f"{table.name}.parquet"]))
        rows = _csv(files, table.name)
        assert [variable.name for variable in table.variables] == list(arrow.column_names)
        assert [_as_text(row) for row in arrow.to_pylist()] == rows


def _as_text(row: dict[str, Any]) -> dict[str, str]:
    return {
        name: MISSING if value is None else str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in row.items()
    }


def test_the_package_describes_the_files_as_they_are(files: dict[str, bytes]) -> None:
    package = json.loads(files["datapackage.json"])
    tables = {one["name"]: one for one in package["resources"]}
    assert set(tables) == {table.name for table in TABLES}
    for name, resource in tables.items():
        schema, rows = resource["schema"], _csv(files, name)
        assert [field["name"] for field in schema["fields"]] == files[resource["path"]].decode().split("\n", 1)[
            0
        ].split(",")
        keys = [tuple(row[part] for part in schema["primaryKey"]) for row in rows]
        assert len(set(keys)) == len(keys), name
        for field in schema["fields"]:
            _check_field(field, [row[field["name"]] for row in rows], schema["missingValues"])
        for key in schema["foreignKeys"]:
            there = _csv(files, key["reference"]["resource"])
            known = {tuple(row[part] for part in key["reference"]["fields"]) for row in there}
            assert {tuple(row[part] for part in key["fields"]) for row in rows} <= known, name


def _check_field(field: dict[str, Any], values: list[str], missing: list[str]) -> None:
    constraints = field.get("constraints", {})
    present = [value for value in values if value not in missing]
    assert not constraints.get("required") or len(present) == len(values), field["name"]
    assert set(present) <= set(constraints.get("enum", present)), field["name"]
    match field["type"]:
        case "integer":
            assert all(str(int(value)) == value for value in present), field["name"]
        case "number":
            assert all(isinstance(float(value), float) for value in present)
        case "boolean":
            assert set(present) <= {"true", "false"}
        case "string":
            assert field["description"]


def test_the_codebook_has_a_line_for_every_variable(files: dict[str, bytes]) -> None:
    book = files["codebook.md"].decode()
    for table in TABLES:
        part = book.split(f"## {table.name}\n")[1].split("\n## ")[0]
        assert f"From `{table.query}`." in part
        for variable in table.variables:
            [line] = [line for line in part.splitlines() if line.startswith(f"| `{variable.name}` |")]
            assert variable.meaning in line
            assert all(f"`{code}` {meaning}" in line for code, meaning in variable.codes.items())


def test_weeks_count_from_the_first_enrolment(hub: Hub) -> None:
    for row in hub.export.rows["people"]:
        weeks = [row[name] for name in row if name.endswith("_week") and row[name] is not None]
        assert all(0 <= week <= row["weeks_watched"] for week in weeks)


def test_folder_and_zip_hold_the_same_files(hub: Hub, files: dict[str, bytes], tmp_path: Path) -> None:
    folder = write_files(hub.export, tmp_path)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == files
    assert folder.stat().st_mode & 0o777 == 0o700
    with ZipFile(io.BytesIO(pack(hub.export))) as archive:
        assert {name.rpartition("/")[2]: archive.read(name) for name in archive.namelist()} == files
    with pytest.raises(StoreExistsError):
        write_files(hub.export, tmp_path)


# ---------------------------------------------------------------- the command


def test_the_command_writes_a_folder_says_how_many_and_leaves_a_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRACTICUM_HOME", str(tmp_path / "home"))
    place = Place()
    for number in range(10, 16):
        place.record(PersonAdded, -70, person_id=PersonId(number))
        choose(place.store, place.enrol(PersonId(number)), agrees=True)
    args = {"programme": place.programme.head.id, "into": str(tmp_path / "out")}
    receipt = COMMANDS["analytics research"](place.store, OPERATOR_ACTOR, args)
    assert (receipt["n_asked"], receipt["n_agreed"], receipt["n_exported"]) == (7, 6, 6)
    assert (Path(receipt["folder"]) / "people.parquet").exists()
    assert (tmp_path / "home" / "secrets" / "research.key").exists()
    looks = place.store.list_facts(RecordOpened)
    assert {(one.person_id, one.actor_id, one.what) for one in looks} == {
        (PersonId(number), OPERATOR, "research") for number in range(10, 16)
    }
