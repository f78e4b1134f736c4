"""Named questions: one SQL file each, whose header says who may ask it.

What several questions begin with stands once, in `queries/relations`: `with: gone, here` in a header puts it in front.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final
from uuid import UUID

import pyarrow

from people.errors import NotAllowedError
from people.models import Actor, HubId, PersonId, Scope, Subject
from people.rights import RIGHTS, Record, Right, require_anywhere, require_in_hub, require_on_person
from store.errors import QueryHeaderError, QueryParameterError, UnknownQueryError
from store.rows import Row, Value, read_instant, stored_instant

_NAMED: Final = re.compile(r"\$([a-z_][a-z0-9_]*)")
_COMMENT: Final = re.compile(r"--[^\n]*")
_HEADER: Final = re.compile(r"--\s*(record|right|reach):\s*(\w+)")
_SHARED: Final = re.compile(r"--\s*with:\s*([\w, ]+)")
_FILES: Final = files("store").joinpath("queries")
_ARROW: Final[Value] = pyarrow
_STANDING: Final = re.compile(r"\bperson_(status|gate)\b")
_BOUND_HERE: Final = frozenset({"org_no", "actor_no", "today"})
"""What only the store binds: a caller who could name the actor would be somebody else."""


class Reach(StrEnum):
    """Whose rows a query reads, and so how its right is checked."""

    PERSON = "person"
    HUB = "hub"
    ASSIGNED = "assigned"
    OWN = "own"
    ANYWHERE = "anywhere"
    SYSTEM = "system"


_NEEDS: Final = {
    Reach.PERSON: "person_no",
    Reach.HUB: "hub_no",
    Reach.ASSIGNED: "actor_no",
    Reach.OWN: "actor_no",
}


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query without its comments, the names it binds, and who may run it."""

    name: str
    sql: str
    parameters: frozenset[str]
    reach: Reach
    record: Record | None
    right: Right | None

    @property
    def reads_standing(self) -> bool:
        """Return whether it reads what readiness says today, which has to be brought up to date first."""
        return _STANDING.search(self.sql) is not None


def parse_query(name: str, text: str) -> NamedQuery:
    """Return the query of a file.

    Raises:
        QueryHeaderError: The header is incomplete, or the SQL does not do what it says.
    """
    header: dict[str, str] = dict(_HEADER.findall(text))
    missing = [key for key in ("record", "right", "reach") if key not in header]
    if missing:
        raise QueryHeaderError(name, f"the header lacks `-- {missing[0]}: …`")
    sql = _with_shared(name, text)
    names = frozenset(_NAMED.findall(sql))
    try:
        reach = Reach(header["reach"])
        record = None if header["record"] == "none" else Record(header["record"])
        right = None if header["right"] == "none" else Right(header["right"])
    except ValueError as error:
        raise QueryHeaderError(name, str(error)) from error
    query = NamedQuery(name, sql, names, reach, record, right)
    _check(query)
    return query


def _with_shared(name: str, text: str) -> str:
    """Return the statement of a file without its comments, the relations that its header names in front."""
    sql = _plain(text)
    named = _SHARED.search(text)
    if named is None:
        return sql
    relations: list[str] = []
    for relation in named[1].split(","):
        file = _FILES.joinpath("relations", f"{relation.strip()}.sql")
        if not file.is_file():
            raise QueryHeaderError(name, f"there is no `relations/{relation.strip()}.sql`")
        relations.append(_plain(file.read_text("utf-8")))
    together = ",\n".join(relations)
    return f"WITH {together},\n{sql.removeprefix('WITH ')}" if sql.startswith("WITH ") else f"WITH {together}\n{sql}"


def _plain(text: str) -> str:
    return _COMMENT.sub("", text).strip()


def _check(query: NamedQuery) -> None:
    needed = _NEEDS.get(query.reach)
    if needed and needed not in query.parameters:
        raise QueryHeaderError(query.name, f"reach {query.reach.value} needs `${needed}` in the SQL")
    if "org_no" not in query.parameters:
        raise QueryHeaderError(query.name, "every query needs `$org_no` in the SQL")
    if query.reach is Reach.OWN and query.parameters & {"person_no", "hub_no"}:
        raise QueryHeaderError(query.name, "reach own may name nobody but `$actor_no`")
    if (query.record is None) != (query.right is None):
        raise QueryHeaderError(query.name, "record and right are both none, or neither is")
    if query.record is None and query.reach not in (Reach.OWN, Reach.SYSTEM):
        raise QueryHeaderError(query.name, f"reach {query.reach.value} needs a record and a right")


@cache
def load_queries() -> dict[str, NamedQuery]:
    """Return all the queries of the program by name.

    Raises:
        QueryHeaderError: A file does not say who may run it.
    """
    entries = [entry for entry in _FILES.iterdir() if entry.name.endswith(".sql")]
    names = {entry.name.removesuffix(".sql"): entry for entry in entries}
    return {name: parse_query(name, names[name].read_text("utf-8")) for name in sorted(names)}


def get_query(name: str) -> NamedQuery:
    """Return the query of a name.

    Raises:
        UnknownQueryError: There is none.
    """
    try:
        return load_queries()[name]
    except KeyError:
        raise UnknownQueryError(name) from None


# ---------------------------------------------------------------- who may ask


def require(query: NamedQuery, actor: Actor, subject: Subject | None, hub_id: HubId | None) -> None:
    """Return when the actor may run the query on this person or hub.

    Raises:
        NotAllowedError: The actor may not, or only the program itself may.
    """
    if query.reach is Reach.SYSTEM:
        raise NotAllowedError(f"read `{query.name}`")
    if query.record is None or query.right is None:
        return
    match query.reach:
        case Reach.PERSON:
            require_on_person(actor, query.right, query.record, subject or Subject(PersonId(-1)))
        case Reach.OWN:
            require_on_person(actor, query.right, query.record, Subject(actor.person_id))
        case Reach.HUB:
            require_in_hub(actor, query.right, query.record, hub_id or HubId(""))
        case Reach.ASSIGNED:
            _require_assigned(actor, query.right, query.record)
        case Reach.ANYWHERE:
            require_anywhere(actor, query.right, query.record)


def _require_assigned(actor: Actor, right: Right, record: Record) -> None:
    rules = [rule for office in actor.offices for rule in RIGHTS.get(office, {}).get(record, ())]
    if not actor.is_operator and not any(scope is Scope.ASSIGNED and right in rights for scope, rights in rules):
        raise NotAllowedError(f"{right.value} the {record.value} of assigned trainees")


# ---------------------------------------------------------------- what is bound


@dataclass(frozen=True, slots=True)
class Binder:
    """Turns what callers give (ids, instants) into what the SQL binds (numbers, UTC)."""

    term_no: Callable[[str], int | None]
    fact_no: Callable[[UUID], int | None]

    def bind(self, query: NamedQuery, given: Mapping[str, Value], always: Mapping[str, Value]) -> Row:
        """Return the query's parameters; an id that is not known becomes -1, which no row has.

        Rights were checked on what was given: so one name may be given once, and never one that the store itself binds.

        Raises:
            QueryParameterError: Something is missing, not known, given twice or not the caller's to give.
        """
        pairs = [self._one(name, value) for name, value in given.items()]
        named = dict(pairs)
        known = (query.parameters | {"now"}) - _BOUND_HERE
        unknown = sorted(name for name, n in Counter(name for name, _ in pairs).items() if name not in known or n > 1)
        everything = {**always, **named}
        missing = sorted(name for name in query.parameters if name not in everything)
        if missing or unknown:
            raise QueryParameterError(query.name, missing, unknown)
        return {name: everything[name] for name in query.parameters}

    def _one(self, name: str, value: Value) -> tuple[str, Value]:
        if name == "hub" or name.endswith("_id"):
            return f"{name.removesuffix('_id')}_no", self._number(value)
        if isinstance(value, datetime):
            return name, stored_instant(value, name)
        return name, value.value if isinstance(value, StrEnum) else value

    def _number(self, value: Value) -> int | None:
        if value is None or isinstance(value, int):
            return value
        number: int | None = self.fact_no(value) if isinstance(value, UUID) else self.term_no(value)
        return -1 if number is None else number


# ---------------------------------------------------------------- what comes back


def as_dicts(names: Sequence[str], rows: Sequence[Sequence[Value]]) -> list[Row]:
    """Return rows by column name, instants with their zone."""
    return [{name: _zoned(value) for name, value in zip(names, row, strict=True)} for row in rows]


def _zoned(value: Value) -> Value:
    return read_instant(value) if isinstance(value, datetime) else value
