"""A person's own record: everything, in plain words, about nobody else."""

import csv
import inspect
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import is_dataclass
from datetime import timedelta
from enum import StrEnum
from html.parser import HTMLParser
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any, get_args, get_type_hints
from zipfile import ZipFile

import pytest

from analytics.own_record.codes import LISTS, code_words, reason_words
from analytics.own_record.commands import run_export
from analytics.own_record.files import pack, write_zip
from analytics.own_record.gathering import OwnRecord, gather_record, may_copy
from analytics.own_record.kinds import KINDS, TITLES, Section
from analytics.own_record.telling import TELLERS
from assessments import reasons
from assessments.facts import AppealGround, Observation, Response
from assessments.service.appeals import decide_appeal, make_appeal
from assessments.service.learning import record_peer_model
from people.__main__ import main
from people.errors import NotAllowedError
from people.facts import OperatorAct, RecordOpened, TokenPurpose
from people.models import PersonId
from people.service import change_clock, erase_person, issue_token, see_notice, set_password, start_session
from store.errors import StoreExistsError
from store.rows import fact_classes, table_of
from tests.assessments.world import TODAY, open_form, submit, tick
from tests.builders import NOW, PROGRAMME
from tests.rights.house import SURNAMES, THE_OPERATOR, House, Stage, make_house
from tests.rights.recorded import SECRET, make_recorded

LATER = NOW + timedelta(hours=1)
ABOUT_NOBODY = {kind for kind, one in KINDS.items() if one.section is None}


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    made = make_house()
    yield made
    made.store.close()


@pytest.fixture(scope="module")
def stage(house: House) -> Stage:
    """A trainee with something of nearly every kind."""
    stage = make_recorded(house)
    store = stage.store
    code = issue_token(store, THE_OPERATOR, stage.person_id, TokenPurpose.INVITATION, NOW)
    set_password(store, code.code, "four green kettles sing", NOW)
    start_session(store, stage.person_id, NOW)
    see_notice(store, stage.trainee, NOW)
    change_clock(store, THE_OPERATOR, stage.person_id, PROGRAMME, change="paused", reason="no_time", now=NOW)
    record_peer_model(store, stage.trainee, PROGRAMME, "RIV-B", "=SUM(A1)", watched_on=TODAY, now=NOW)
    rating = next(one for one in store.list_facts(Observation, stage.person_id) if not one.critical_unhelpful)
    appeal = make_appeal(store, stage.trainee, rating.fact_id, AppealGround.NOT_NEUTRAL, "I was not asked.", now=NOW)
    given = {"outcome": "changed", "finding": "not_neutral", "now": NOW}
    decide_appeal(store, stage.cast["lead"], appeal.fact_id, **given)
    return stage


@pytest.fixture(scope="module")
def record(stage: Stage) -> OwnRecord:
    return gather_record(stage.store, stage.trainee, stage.person_id, LATER)


def _files(packed: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(packed)) as archive:
        return {name.split("/")[-1]: archive.read(name).decode() for name in archive.namelist()}


@pytest.fixture(scope="module")
def files(record: OwnRecord) -> dict[str, str]:
    return _files(pack(record))


# ---------------------------------------------------------------- every kind has its words


def test_every_kind_of_fact_has_a_place_and_every_one_about_people_its_words() -> None:
    """A new kind of fact fails here until somebody has said how it is told."""
    real = {
        kind
        for kind in fact_classes()
        if kind.__module__ in ("people.facts", "assessments.facts", "assessments.support")
    }
    assert set(KINDS) == real
    assert set(TELLERS) == real - ABOUT_NOBODY
    assert {one.section for one in KINDS.values()} - {None} == set(Section) == set(TITLES)


def _enums(hint: Any) -> Iterator[type[StrEnum]]:
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        yield hint
    for part in get_args(hint):
        yield from _enums(part)


def test_every_code_that_a_fact_holds_has_words() -> None:
    kinds = [*fact_classes(), *(arg for kind in fact_classes() for arg in _parts(kind))]
    used = {enum for kind in kinds for hint in get_type_hints(kind).values() for enum in _enums(hint)}
    assert used <= LISTS
    assert all(code_words(code).text() for enum in LISTS for code in enum)


def _parts(kind: type[Any]) -> Iterator[type[Any]]:
    for hint in get_type_hints(kind).values():
        yield from (part for part in get_args(hint) if is_dataclass(part) and isinstance(part, type))


def test_every_coded_reason_has_words() -> None:
    lists = [
        one
        for one in vars(reasons).values()
        if inspect.isclass(one) and issubclass(one, StrEnum) and one is not StrEnum
    ]
    assert len(lists) > 4
    assert [code for one in lists for code in one if reason_words(code) is None] == []
    written = {word for path in ("assessments", "people") for word in _literal_reasons(Path(path))}
    assert {"slip", "lifted", "debriefed"} <= written
    assert [word for word in written if reason_words(word) is None] == []


def _literal_reasons(folder: Path) -> set[str]:
    root = Path(__file__).parents[2] / folder
    return {word for path in root.rglob("*.py") for word in re.findall(r'reason="(\w+)"', path.read_text("utf-8"))}


def test_each_kind_of_the_recorded_trainee_is_told_and_none_is_lost(stage: Stage, record: OwnRecord) -> None:
    kept = {fact.fact_id: type(fact) for kind in fact_classes() for fact in _all_facts(stage, kind)}
    told = {entry.fact_id for entry in record.entries}
    hidden = {kind.__name__ for fact_id, kind in kept.items() if fact_id not in told}
    assert hidden <= {"Tick"}
    assert len({kept[fact_id] for fact_id in told}) > 25
    assert all(entry.words.text() for entry in record.entries)


def _all_facts(stage: Stage, kind: type[Any]) -> list[Any]:
    asked = {"person_no": stage.person_id}
    return [one.fact for one in stage.store.reader.recorded(table_of(kind), "f.person_no = $person_no", asked)]


# ---------------------------------------------------------------- what stands in it


def test_the_copy_holds_four_files_in_one_folder(record: OwnRecord, stage: Stage) -> None:
    with ZipFile(BytesIO(pack(record))) as archive:
        names = archive.namelist()
    folder = f"practicum-person-{stage.person_id}-2025-03-10"
    assert names == [f"{folder}/{name}" for name in ("README.txt", "record.html", "record.csv", "record.json")]


def test_answers_and_lines_stand_in_the_words_of_their_day(stage: Stage, record: OwnRecord, files) -> None:
    for text in (
        "What do you say?",
        "Your answer: Option 1",
        "Line L1: basic B1: seen.",
        "Line L1: level",
        "Signed off for the role Leader.",
        "Open: level 4 of 5",
        "First: present, 90 minutes.",
        "Safeguarding: issued 10 Mar 2025, valid until 10 Mar 2027.",
        "Your practice was put on hold.",
        "What was seen: unhelpful U1",
        "You appealed against a rating.",
        "Decided on your appeal: the appeal is partly right.",
        "Your time in Alongside: Paused.",
        SECRET,
        "I was not asked.",
        "I waited longer, 0.",
    ):
        assert text in files["record.html"].replace("&#39;", "'"), text
        assert text in files["record.csv"], text
        assert json.dumps(text, ensure_ascii=False)[1:-1] in files["record.json"], text


def test_each_entry_says_when_and_who_recorded_it(stage: Stage, record: OwnRecord) -> None:
    observations = [entry for entry in record.entries if entry.kind == KINDS[Observation].title]
    assert {entry.by.text() for entry in observations} == {
        stage.cast["trainer"].name,
        stage.cast["other_trainer"].name,
        stage.cast["fellow"].name,
        "yourself",
    }
    assert {office.text() for entry in observations for office in entry.offices} == {"Trainer", "Trainee"}
    answers = [entry for entry in record.entries if entry.kind == KINDS[Response].title]
    assert {(entry.by.text(), entry.offices) for entry in answers} == {("yourself", ())}
    assert {entry.day for entry in record.entries} == {TODAY, TODAY - timedelta(days=70)}


def test_what_was_taken_back_says_so(stage: Stage, record: OwnRecord) -> None:
    states = {state.text() for entry in record.entries for state in entry.states}
    assert "revoked" in states
    assert "holds" in {row["state"] for row in csv.DictReader(StringIO(_files(pack(record))["record.csv"]))}


def test_the_json_and_the_table_tell_of_the_same_entries(record: OwnRecord, files: dict[str, str]) -> None:
    told = json.loads(files["record.json"])
    rows = list(csv.DictReader(StringIO(files["record.csv"])))
    ids = [str(entry.fact_id) for entry in record.entries]
    assert [one["entry"] for one in told["entries"]] == ids
    assert [row["entry"] for row in rows] == ids
    assert [one["what"] for one in told["entries"]] == [row["what"] for row in rows]
    assert told["sessions"]


def test_no_cell_of_the_table_is_a_formula(files: dict[str, str]) -> None:
    cells = [cell for row in csv.reader(StringIO(files["record.csv"])) for cell in row]
    assert "'=SUM(A1)" in cells
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []


class _Page(HTMLParser):
    """Collects what a page would fetch, and whether its tags are closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.open: list[str] = []
        self.ids: set[str] = set()
        self.links: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.fetched += [value or "" for name, value in attrs if name in ("src", "srcset", "action", "data")]
        self.ids |= {value for name, value in attrs if name == "id" and value}
        self.links |= {value for name, value in attrs if name == "href" and value}
        if tag in ("link", "script", "iframe", "img", "form") or (tag == "meta" and "http-equiv" in given):
            self.fetched.append(tag)
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_opens_without_a_network_and_is_well_formed(files: dict[str, str]) -> None:
    page = _Page()
    page.feed(files["record.html"])
    assert (page.fetched, page.open) == ([], [])
    assert {link[1:] for link in page.links} <= page.ids
    assert "url(" not in files["record.html"]


def test_a_name_cannot_put_markup_into_the_page(stage: Stage) -> None:
    store = stage.store
    name, login = store.name_of(stage.person_id), store.account_of(stage.person_id).login
    store.put_private(stage.person_id, "<script>alert(1)</script>", login)
    page = _files(pack(gather_record(store, stage.trainee, stage.person_id, LATER)))["record.html"]
    store.put_private(stage.person_id, name, login)
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


# ---------------------------------------------------------------- what does not


def test_no_other_persons_data_stands_in_it(stage: Stage, files: dict[str, str]) -> None:
    """Only those are named who recorded something about the trainee, trained them or looked."""
    store = stage.store
    about = {fact.actor_id for kind in fact_classes() for fact in _all_facts(stage, kind)}
    allowed = about | {stage.person_id} | set(store.subject(stage.person_id).trainer_ids)
    people = [PersonId(number) for number in range(1, store.next_person_id())]
    others = [store.name_of(one) for one in people if one not in allowed]
    assert len(others) > 5
    for name, text in files.items():
        assert [other for other in others if other in text] == [], name
        assert SURNAMES["hilltop"] not in text


def test_no_secret_stands_in_it(stage: Stage, files: dict[str, str]) -> None:
    rows = stage.store.engine.fetch(
        "SELECT password_hash FROM password_set UNION ALL SELECT token_hash FROM token_issued "
        "UNION ALL SELECT token_hash FROM login_session"
    )
    assert len(rows) >= 3
    for (secret,) in rows:
        assert not [name for name, text in files.items() if secret in text]


def test_the_ticks_of_a_form_that_is_being_filled_in_are_counted_and_not_told(house: House) -> None:
    stage = house.stage()
    opened = open_form(stage.world)
    tick(stage.world, opened, ("L1", "D1.1-B1", "seen"))
    told = _files(pack(gather_record(stage.store, stage.trainee, stage.person_id, LATER)))
    assert "Line L1: basic B1" not in told["record.json"]
    assert "1 tick on a form that somebody is still filling in" in told["record.html"]
    submit(stage.world, opened)
    told = _files(pack(gather_record(stage.store, stage.trainee, stage.person_id, LATER)))
    assert "Line L1: basic B1: seen." in told["record.json"]
    assert "still filling in" not in told["record.html"]


def test_what_somebody_recorded_about_others_is_only_counted(stage: Stage) -> None:
    trainer = stage.cast["trainer"]
    told = json.loads(_files(pack(gather_record(stage.store, trainer, trainer.person_id, LATER)))["record.json"])
    assert {one["kind"]: one["n"] for one in told["recorded_about_others"]}["Observations"] >= 2
    assert stage.trainee.name not in json.dumps(told)
    assert SECRET not in json.dumps(told)


def test_who_was_erased_has_a_record_without_words(house: House) -> None:
    stage = make_recorded(house)
    erase_person(stage.store, THE_OPERATOR, stage.person_id, LATER)
    told = _files(pack(gather_record(stage.store, THE_OPERATOR, stage.person_id, LATER)))
    for text in told.values():
        assert stage.trainee.name not in text
        assert SECRET not in text
    assert f"<strong>Person {stage.person_id}</strong>" in told["record.html"]


# ---------------------------------------------------------------- who may, and the command


def test_only_the_person_and_the_operator_take_a_copy(stage: Stage) -> None:
    allowed = {name for name, actor in stage.cast.items() if may_copy(actor, stage.person_id)}
    assert allowed == {"trainee", "hats", "operator"}
    for name in set(stage.cast) - allowed:
        with pytest.raises(NotAllowedError):
            gather_record(stage.store, stage.cast[name], stage.person_id, LATER)
    assert may_copy(stage.cast["manager"], stage.person_of("manager"))
    assert not may_copy(stage.cast["funder"], stage.person_of("funder"))


def test_the_command_writes_a_file_of_its_owner_and_the_person_can_see_that_it_was_opened(
    house: House, tmp_path: Path
) -> None:
    stage = make_recorded(house)
    into = tmp_path / "out"
    told = run_export(stage.store, THE_OPERATOR, {"person": str(stage.person_id), "into": str(into)})
    path = Path(told["file"])
    assert path.parent == into
    assert path.stat().st_mode & 0o777 == 0o600
    assert SECRET in _files(path.read_bytes())["record.json"]
    looks = {fact.what for fact in stage.store.list_facts(RecordOpened, stage.person_id, actor_id=0)}
    assert looks == {"results", "observation", "sign_off", "supervision", "wellbeing"}
    assert "people export" in {act.command for act in stage.store.list_facts(OperatorAct)}
    with pytest.raises(StoreExistsError):
        run_export(stage.store, THE_OPERATOR, {"person": str(stage.person_id), "into": str(path)})


def test_the_file_may_be_named(record: OwnRecord, tmp_path: Path) -> None:
    assert write_zip(record, tmp_path / "ann.zip") == tmp_path / "ann.zip"


def test_the_command_line_writes_it(demonstration_file: Path, tmp_path: Path, capsys) -> None:
    path = tmp_path / "hub.duckdb"
    shutil.copy(demonstration_file, path)
    assert main(["export", "priya", "--into", str(tmp_path / "priya.zip"), "--store", str(path)]) == 0
    assert "It holds personal data: hand it over in person." in capsys.readouterr().out
    told = _files((tmp_path / "priya.zip").read_bytes())
    assert "Priya Nair" in told["record.html"]
    assert main(["export", "nobody", "--into", str(tmp_path), "--store", str(path)]) == 1
    assert "There is no person" in capsys.readouterr().err
