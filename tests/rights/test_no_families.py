"""Nothing about families: no field, column, log line or export has a place for it; free text can be deleted."""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, get_args, get_type_hints
from uuid import UUID

import assessments.facts
import assessments.reasons
import people.facts
from analytics.commands import COMMANDS
from people.facts import Fact
from store.queries import Reach, load_queries
from store.rows import fact_classes, table_name
from tests.builders import PROGRAMME
from tests.rights.house import THE_OPERATOR, House
from tests.rights.recorded import SECRET, make_recorded

_FAMILIES: Final = """
    abuse address allegation baby birth birthday born boy child children childs concern diagnosis disability disclosure
    dob email ethnicity families family father gender girl harmed health husband illness incident injury kid kids
    medical mother nationality neglect parent parents postcode pregnancy referral relative religion school sex sibling
    son daughter spouse symptom victim wife
"""
FORBIDDEN: Final = frozenset(_FAMILIES.split())
"""Words that no name of a field or column holds."""

LOGS: Final = {"log", "logger", "logging"}
LEVELS: Final = {"debug", "info", "warning", "error", "exception", "critical", "log"}
ROOT: Final = Path(__file__).parents[2]
_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")

PRIVATE_FIELDS: Final = {
    ("Acknowledgement", "note"),
    ("LogAnswer", "words"),
    ("Appeal", "note"),
    ("Milestone", "note"),
    ("Observation", "next_step"),
    ("Observation", "strength"),
    ("RefresherAnswer", "text"),
    ("Response", "text"),
    ("SignOff", "note"),
}
"""All free text about practice: kept apart, and deletable."""

BOUNDED: Final = {
    ("Amendment", "reason"): "coded: EndReason and assessments.reasons",
    ("Availability", "zone"): "the name of a time zone",
    ("Attendance", "late_reason"): "coded: LateReason",
    ("Attendance", "session_id"): "a taught session that the programme lists",
    ("CohortClosed", "board_hash"): "a hash",
    ("CohortOpened", "title"): "the name of a group, seen by the hub",
    ("DeviceAnswer", "state"): "coded: Seen, Done or YesNo",
    ("DeviceRecord", "digest"): "a hash",
    ("DeviceRecord", "session_code"): "a code of a session",
    ("DeviceRecord", "zone"): "the name of a time zone",
    ("DeviceRecordSettled", "reason"): "coded: AcceptReason or SetAsideReason",
    ("FreeException", "zone"): "the name of a time zone",
    ("InterestDeclared", "reason"): "coded: InterestReason",
    ("HubContact", "phone"): "a telephone number of the hub",
    ("HubContact", "title"): "whom to call, seen by everybody",
    ("HubOpened", "title"): "the name of a hub",
    ("KeyCorrection", "accepts"): "a word or a number that counts as right too, at most 100 signs, of a published item",
    ("KeyCorrection", "reason"): "coded: KeyFault",
    ("KeepUntil", "category"): "a category of the programme's privacy rules",
    ("MeetingOffered", "language"): "a code of a language",
    ("MeetingOffered", "zone"): "the name of a time zone",
    ("Milestone", "late_reason"): "coded: LateReason",
    ("Milestone", "what"): "an id of the programme, or a code of a session or group",
    ("NoticeSeen", "version"): "a version",
    ("Observation", "session_code"): "a code of a session",
    ("ObservationOpened", "session_code"): "a code of a session",
    ("OperatorAct", "command"): "a command's name",
    ("OperatorAct", "system_user"): "the system user's name",
    ("ParticipantSummary", "group_code"): "a code of a group",
    ("PasswordSet", "password_hash"): "a hash",
    ("Pause", "reason"): "coded: ClockReason",
    ("PersonAdded", "via"): "coded: page, command, roster or setup",
    ("ProgrammePublished", "digest"): "a hash",
    ("ProgrammePublished", "version"): "a version",
    ("RecordOpened", "what"): "coded: people.rights.Record",
    ("ReportIssued", "report"): "sums that the app counted itself, as JSON",
    ("ReportIssued", "report_hash"): "a hash",
    ("ResearchChoice", "words_version"): "a version",
    ("SafeguardingApproved", "approver_name"): "who vouches for the text, by office",
    ("SafeguardingApproved", "qualification"): "by what right they vouch",
    ("SessionPlanned", "session_code"): "a code of a session",
    ("SessionPlanned", "zone"): "the name of a time zone",
    ("DecisionAsked", "evidence_hash"): "a hash",
    ("DisputeSettled", "reason"): "coded: AdjudicationReason, or DisputeReason",
    ("SignOff", "evidence_hash"): "a hash",
    ("SheetTakenOver", "content"): "a hash",
    ("SheetTakenOver", "late_reason"): "coded: LateReason",
    ("SheetTakenOver", "sheet"): "a code made by chance",
    ("Sitting", "code"): "a code made by chance",
    ("Supervision", "late_reason"): "coded: LateReason",
    ("Tick", "state"): "coded: Seen, Done or YesNo",
    ("TokenIssued", "token_hash"): "a hash",
    ("Unlock", "reason"): "coded: UnlockReason, or an appeal",
}
"""Texts that stay for good, and what keeps each from being free."""

TEXTS_OF_PRACTICE: Final = {
    "assigned_loads": "wellbeing",
    "person_observations": "observation",
    "own_milestones": "results",
    "own_log_answers": "results",
}
"""The only queries that give free text, or how somebody is, and the record whose right they ask."""

COUNTED: Final = {"retention_people", "retention_texts"}
"""The program's own questions that count texts, and give none."""


def _words(name: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(name)}


def _parts(kind: type[Any]) -> Iterator[type[Any]]:
    """Return the class, and the dataclasses that its fields hold."""
    yield kind
    for hint in get_type_hints(kind).values():
        yield from (part for part in get_args(hint) if is_dataclass(part) and isinstance(part, type))


def _free_texts() -> Iterator[tuple[str, str, bool]]:
    for kind in fact_classes():
        for part in _parts(kind):
            hints = get_type_hints(part)
            for field in fields(part):
                if hints[field.name] is str:
                    yield part.__name__, field.name, bool(field.metadata.get("private"))


# ---------------------------------------------------------------- names of fields and columns


def test_the_walk_sees_every_fact() -> None:
    assert len(fact_classes()) > 35
    assert all(issubclass(kind, Fact) for kind in fact_classes())
    assert {"person", "gate", "notes"} == _words("personGate_notes")


def test_no_field_of_a_fact_is_about_families() -> None:
    names = [
        f"{part.__name__}.{field.name}" for kind in fact_classes() for part in _parts(kind) for field in fields(part)
    ]
    assert [name for name in names if _words(name) & FORBIDDEN] == []


def test_no_column_of_any_table_is_about_families(house: House) -> None:
    sql = "SELECT table_name, column_name FROM information_schema.columns"
    columns = [f"{table}.{column}" for table, column in house.store.engine.fetch(sql)]
    assert len(columns) > 300
    assert [name for name in columns if _words(name) & FORBIDDEN] == []


def test_no_query_names_a_result_after_families(house: House) -> None:
    days = dict.fromkeys(("today", "first_day", "last_day"), "2025-03-10")
    ids = dict.fromkeys(("code_from", "code_to"), str(UUID(int=1)))
    given = {**days, **ids, "now": "2025-03-10 10:00:00", "login": "", "among": [1], "left_out": ["x"]}
    with house.store.engine.reading() as cursor:
        for name, query in load_queries().items():
            cursor.execute(query.sql, {key: given.get(key, 1) for key in query.parameters})
            found = [column[0] for column in cursor.description or ()]
            assert found
            assert [column for column in found if _words(column) & FORBIDDEN] == [], name


def test_no_coded_reason_is_about_families() -> None:
    kinds = [
        value
        for module in (assessments.facts, assessments.reasons, people.facts)
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, StrEnum) and value is not StrEnum
    ]
    values = {f"{kind.__name__}.{value.value}" for kind in kinds for value in kind}
    assert {value for value in values if _words(value) & FORBIDDEN} == {"RevokeReason.practice_concern"}


# ---------------------------------------------------------------- free text


def test_every_text_of_a_fact_is_private_or_bounded() -> None:
    found = set(_free_texts())
    assert {(kind, name) for kind, name, is_private in found if is_private} == PRIVATE_FIELDS
    assert {(kind, name) for kind, name, is_private in found if not is_private} == set(BOUNDED)


def test_private_texts_stand_in_their_own_table_alone(house: House) -> None:
    kinds = {kind.__name__: kind for kind in fact_classes()}
    sql = "SELECT column_name FROM information_schema.columns WHERE table_name = $1"
    for kind, name in PRIVATE_FIELDS:
        columns = {column for (column,) in house.store.engine.fetch(sql, [table_name(kinds[kind])])}
        assert f"{name}_hash" in columns
        assert name not in columns


def test_free_text_is_given_by_few_queries_and_under_their_right() -> None:
    found = {
        name: query.record.value if query.record else ""
        for name, query in load_queries().items()
        if re.search(r"\b(private_text|wellbeing)\b", query.sql)
    }
    assert {name for name, query in load_queries().items() if name in found and query.reach is Reach.SYSTEM} == COUNTED
    found = {name: record for name, record in found.items() if name not in COUNTED}
    assert found == TEXTS_OF_PRACTICE
    assert {load_queries()[name].reach for name in found} == {Reach.ASSIGNED, Reach.PERSON, Reach.OWN}


def test_readiness_reads_no_free_text() -> None:
    texts = [path.read_text("utf-8") for path in (ROOT / "store" / "gates").glob("*.sql")]
    assert len(texts) > 20
    assert not [text for text in texts if re.search(r"\b(private_text|wellbeing)\b", text)]


# ---------------------------------------------------------------- logs and exports


def _calls_of_logs() -> Iterator[tuple[str, ast.Call]]:
    for package in ("analytics", "assessments", "curriculum", "people", "store", "web"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                    target = node.func.value
                    if isinstance(target, ast.Name) and target.id in LOGS and node.func.attr in LEVELS:
                        yield f"{path}:{node.lineno}", node


def test_logs_hold_sentences_and_faults_and_no_values() -> None:
    """A log line is a fixed sentence, at most with the error beside it: never a person, a name or a text."""
    calls = list(_calls_of_logs())
    assert len(calls) > 5
    for place, call in calls:
        first, *rest = call.args
        assert isinstance(first, ast.Constant) and isinstance(first.value, str), place
        assert all(isinstance(one, ast.Name) and one.id == "error" for one in rest), place


def test_the_export_of_readiness_holds_no_free_text(house: House) -> None:
    stage = make_recorded(house)
    asked = {"programme": PROGRAMME, "person": str(stage.person_id), "explain": "yes", "named": "yes"}
    told = json.dumps(COMMANDS["analytics readiness"](house.store, THE_OPERATOR, asked), default=str)
    assert stage.trainee.name in told
    assert SECRET not in told
    assert "I waited longer" not in told
