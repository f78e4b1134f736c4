"""A record as a device sends it: read strictly, so that nothing but the codes of a form can come in."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final, TypeVar, cast
from uuid import UUID
from zoneinfo import available_timezones

from assessments.errors import WrongInputError
from assessments.facts import DeviceAnswer, DeviceRecord, GlobalRating, Stage
from curriculum.ids import BehaviourId, ChecklistId, LineId, ProgrammeId, ScenarioId
from curriculum.models import Setting
from people.facts import FactId
from people.models import PersonId

MAX_BYTES: Final = 20_000
"""How much one record may be; the longest checklist that ships needs an eighth of it."""

_LARGEST: Final = 2_147_483_647
_LATEST_VERSION: Final = 32_767
_MOST_ANSWERS: Final = 500
_UUID7: Final = 7
_ADVICE: Final = "Copy the text of the form, and enter it anew on the page Observe."
_PARTS: Final = frozenset({"owner", "record", "sent_at"})
_OF_FRAME: Final = "programme version trainee checklist setting stage scenario session_code counts co_leader"
_OF_ANSWERS: Final = "answers overall help harm_confirmed begun_at finished_at zone"
_FIELDS: Final = frozenset(f"{_OF_FRAME} {_OF_ANSWERS}".split())

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a device sends: whose record it is, and the record."""

    owner: PersonId
    record: DeviceRecord


def read_number(text: str) -> FactId:
    """Return the record's number.

    Raises:
        WrongInputError: It is no UUID of version 7.
    """
    try:
        number = UUID(text)
    except ValueError:
        number = UUID(int=0)
    if number.version != _UUID7 or str(number) != text:
        raise WrongInputError("Number of the form", f"`{text[:50]}`", "a UUID of version 7", _ADVICE)
    return FactId(number)


def read_parcel(body: bytes, number: FactId, now: datetime) -> Parcel:
    """Return what was sent, read field by field; `now` is the time of its arrival.

    Raises:
        WrongInputError: It is no record, or a field of it is not as it should be.
    """
    try:
        parcel = _members(json.loads(body), _PARTS, "Form")
    except (ValueError, RecursionError):
        raise WrongInputError("Form", "no JSON", "a form of the field page", _ADVICE) from None
    owner = PersonId(_whole(parcel, "owner", _LARGEST))
    sent = _members(parcel["record"], _FIELDS, "Form")
    skew_s = round((now - _instant(parcel, "sent_at")).total_seconds())
    return Parcel(owner, _read_record(sent, number, owner, max(-_LARGEST, min(_LARGEST, skew_s))))


def digest_of(record: object) -> str:
    """Return the SHA-256 of the record's canonical JSON: two sendings of one record have the same."""
    text = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _read_record(sent: Json, number: FactId, owner: PersonId, skew_s: int) -> DeviceRecord:
    finished_at, zone = _instant(sent, "finished_at"), _text(sent, "zone")
    offset = finished_at.utcoffset()
    claimed_at = finished_at.astimezone(UTC)
    return DeviceRecord(
        fact_id=number,
        person_id=PersonId(_whole(sent, "trainee", _LARGEST)),
        actor_id=owner,
        occurred_at=claimed_at,
        programme_id=ProgrammeId(_text(sent, "programme")),
        version_no=_whole(sent, "version", _LATEST_VERSION),
        checklist_id=ChecklistId(_text(sent, "checklist")),
        setting=_code(sent, "setting", Setting),
        stage=_code(sent, "stage", Stage),
        scenario_id=None if sent["scenario"] is None else ScenarioId(_text(sent, "scenario")),
        session_code=_text(sent, "session_code").strip(),
        counts=_of_kind(sent, "counts", bool),
        has_co_leader=_of_kind(sent, "co_leader", bool),
        answers=_answers(sent),
        global_rating=_code(sent, "overall", GlobalRating),
        entrustment=_whole(sent, "help", _LATEST_VERSION),
        confirms_harm=_of_kind(sent, "harm_confirmed", bool),
        begun_at=_instant(sent, "begun_at").astimezone(UTC),
        claimed_at=claimed_at,
        offset_minutes=int(offset.total_seconds() // 60) if offset else 0,
        zone=zone if zone in available_timezones() else "",
        skew_s=skew_s,
        digest=digest_of(sent),
        held_for=None,
    )


def _answers(sent: Json) -> tuple[DeviceAnswer, ...]:
    found = cast("list[Any]", _of_kind(sent, "answers", list))
    if len(found) > _MOST_ANSWERS or not all(_is_answer(one) for one in found):
        raise _wrong("answers")
    return tuple(
        DeviceAnswer(LineId(line), None if behaviour is None else BehaviourId(behaviour), state)
        for line, behaviour, state in found
    )


def _is_answer(value: object) -> bool:
    match value:
        case [str() as line, str() | None as behaviour, str() as state]:
            return bool(line and state) and behaviour != ""
        case _:
            return False


def _members(value: Any, names: frozenset[str], where: str) -> Json:  # noqa: ANN401 - JSON holds anything
    if type(value) is not dict or frozenset(cast("Json", value)) != names:
        raise WrongInputError(where, "other parts than a form has", ", ".join(sorted(names)), _ADVICE)
    return cast("Json", value)


def _wrong(name: str) -> WrongInputError:
    return WrongInputError(f"Field `{name}`", "something else", "what the field page sends", _ADVICE)


def _of_kind(sent: Json, name: str, kind: type[T]) -> T:
    value = sent[name]
    if type(value) is not kind:
        raise _wrong(name)
    return value


def _text(sent: Json, name: str) -> str:
    return _of_kind(sent, name, str)


def _whole(sent: Json, name: str, largest: int) -> int:
    number = _of_kind(sent, name, int)
    if not 0 <= number <= largest:
        raise _wrong(name)
    return number


def _code(sent: Json, name: str, kind: type[E]) -> E:
    value = _text(sent, name)
    if value not in list(kind):
        raise _wrong(name)
    return kind(value)


def _instant(sent: Json, name: str) -> datetime:
    """Return an instant with its offset; one that no calendar holds in UTC is refused."""
    try:
        instant = datetime.fromisoformat(_text(sent, name))
        instant.astimezone(UTC)
    except (ValueError, OverflowError):
        raise _wrong(name) from None
    if instant.utcoffset() is None:
        raise _wrong(name)
    return instant
