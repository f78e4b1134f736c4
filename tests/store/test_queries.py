"""Named questions say who may ask them, and are held to it."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any
from uuid import UUID

import duckdb
import pytest
import sqlglot

from curriculum.ids import RoleId
from people.errors import NotAllowedError
from people.facts import Assignment, CohortOpened, Enrolment, Grant
from people.ids import new_fact_id
from people.models import OPERATOR, Actor, CohortId, HeldGrant, HubId, Office, PersonId, Scope
from store.errors import QueryHeaderError, QueryParameterError, UnknownQueryError
from store.ledger import Store
from store.queries import NamedQuery, load_queries, parse_query
from tests.store.making import ANN, NOW, PROGRAMME, TOM, amendment, progress

HERE, THERE = HubId("here"), HubId("there")
SQL_FILES = sorted(Path(str(files("store"))).glob("**/*.sql"))
WHOLE_FILES = [path for path in SQL_FILES if path.parent.name in ("queries", "migrations", "item_statistics")]

_HEAD = "-- What it is.\n-- record: {record}\n-- right: {right}\n-- reach: {reach}\n"


def _text(record: str, right: str, reach: str, sql: str) -> str:
    return _HEAD.format(record=record, right=right, reach=reach) + sql


def _actor(person_id: PersonId, *grants: HeldGrant) -> Actor:
    return Actor(person_id, "Somebody", grants)


# ---------------------------------------------------------------- headers


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("SELECT $org_no", "lacks `-- record"),
        ("-- record: results\n-- reach: person\nSELECT $org_no, $person_no", "lacks `-- right"),
        ("-- record: results\n-- right: see\nSELECT $org_no", "lacks `-- reach"),
        (_text("secrets", "see", "person", "SELECT $org_no, $person_no"), "secrets"),
        (_text("results", "look", "person", "SELECT $org_no, $person_no"), "look"),
        (_text("results", "see", "everywhere", "SELECT $org_no"), "everywhere"),
        (_text("results", "see", "person", "SELECT $org_no"), r"needs `\$person_no`"),
        (_text("results", "see", "hub", "SELECT $org_no"), r"needs `\$hub_no`"),
        (_text("results", "see", "assigned", "SELECT $org_no"), r"needs `\$actor_no`"),
        (_text("results", "see", "own", "SELECT $org_no"), r"needs `\$actor_no`"),
        (_text("results", "see", "own", "SELECT $org_no, $actor_no, $person_no"), "nobody but"),
        (_text("results", "see", "person", "SELECT $person_no -- $org_no"), r"needs `\$org_no`"),
        (_text("none", "none", "person", "SELECT $org_no, $person_no"), "needs a record"),
        (_text("none", "none", "anywhere", "SELECT $org_no"), "needs a record"),
        (_text("results", "none", "system", "SELECT $org_no"), "both none"),
    ],
)
def test_a_header_that_does_not_say_who_may_ask_is_refused(text: str, reason: str) -> None:
    with pytest.raises(QueryHeaderError, match=reason):
        parse_query("x", text)


def test_a_header_puts_shared_relations_in_front() -> None:
    head = _HEAD.format(record="none", right="none", reach="own") + "-- with: gone\n"
    alone = parse_query("x", head + "SELECT g.target_no FROM gone g WHERE $actor_no > 0")
    more = parse_query("x", head + "WITH one AS (SELECT $actor_no AS n) SELECT o.n FROM one o, gone g")
    assert alone.sql.startswith("WITH gone AS (")
    assert alone.sql.endswith(")\nSELECT g.target_no FROM gone g WHERE $actor_no > 0")
    assert more.sql.count("WITH ") == 1
    assert {"org_no", "actor_no"} == alone.parameters == more.parameters


def test_a_shared_relation_that_does_not_exist_is_refused() -> None:
    head = _HEAD.format(record="none", right="none", reach="own") + "-- with: gone, elsewhere\n"
    with pytest.raises(QueryHeaderError, match=r"relations/elsewhere\.sql"):
        parse_query("x", head + "SELECT $org_no, $actor_no")


def test_every_shared_relation_is_used_by_several_queries() -> None:
    heads = [path.read_text("utf-8").partition("-- with: ")[2].partition("\n")[0] for path in SQL_FILES]
    used = Counter(name.strip() for head in heads for name in head.split(",") if name)
    written = {path.stem for path in SQL_FILES if path.parent.name == "relations"}
    assert {name for name, n in used.items() if n > 1} == written


def test_comments_are_no_parameters() -> None:
    query = parse_query("x", _text("none", "none", "own", "SELECT $org_no, $actor_no -- for $nobody, 100 %"))
    assert query.parameters == {"org_no", "actor_no"}
    assert "--" not in query.sql


def test_all_headers_of_the_program_are_right() -> None:
    assert len(load_queries()) == len([path for path in SQL_FILES if path.parent.name == "queries"])


def statements_of(text: str, dialect: str) -> list[sqlglot.exp.Expression]:
    """Return the statements of a text as one of the engines reads it."""
    if dialect == "postgres":
        text = re.sub(r"\$([a-z_]+)", r"%(\1)s", text.replace("%", "%%"))
    return [one for one in sqlglot.parse(text, dialect=dialect) if one is not None]


@pytest.mark.parametrize("path", WHOLE_FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("dialect", ["duckdb", "postgres"])
def test_every_file_is_sql_of_both_engines(path: Path, dialect: str) -> None:
    found = statements_of(re.sub(r"--[^\n]*", "", path.read_text("utf-8")), dialect)
    assert found != []
    assert not any(isinstance(one, sqlglot.exp.Command) for one in found)


@pytest.mark.parametrize("dialect", ["duckdb", "postgres"])
def test_every_query_with_what_it_shares_is_one_statement_of_both_engines(dialect: str) -> None:
    shared = [query.sql for query in load_queries().values() if query.sql.startswith("WITH gone AS")]
    assert [len(statements_of(sql, dialect)) for sql in shared] == [1] * len(shared)
    assert len(shared) > 5


def test_every_query_runs_on_an_empty_store(store: Store) -> None:
    days = dict.fromkeys(("today", "first_day", "last_day"), NOW.date())
    ids = dict.fromkeys(("code_from", "code_to"), UUID(int=1))
    known: dict[str, Any] = {**days, **ids, "now": NOW.replace(tzinfo=None), "among": [1], "left_out": ["x"]}
    failed = {}
    for name, query in load_queries().items():
        bound = {parameter: known.get(parameter, 1) for parameter in query.parameters}
        try:
            with store.engine.reading() as cursor:
                assert cursor.execute(query.sql, bound).description, "it returns no columns"
        except (AssertionError, duckdb.Error) as error:
            failed[name] = str(error)
    assert failed == {}


# ---------------------------------------------------------------- rights


@dataclass(frozen=True)
class Asked:
    """A query made for the test, and what it is given."""

    reach: str
    sql: str
    params: dict[str, Any]


STEPS = "SELECT step FROM module_progress WHERE org_id = $org_no"
PERSON = Asked("person", f"{STEPS} AND person_no = $person_no", {"person_id": ANN})
HUB = Asked("hub", f"{STEPS} AND $hub_no > 0", {"hub": HERE})
ASSIGNED = Asked("assigned", f"{STEPS} AND $actor_no > 0", {})
OWN = Asked("own", f"{STEPS} AND person_no = $actor_no", {})
ANYWHERE = Asked("anywhere", STEPS, {})
SYSTEM = Asked("system", STEPS, {})

TRAINEE = _actor(ANN, HeldGrant(Office.TRAINEE, HERE))
TRAINER = _actor(TOM, HeldGrant(Office.TRAINER, HERE))
OTHER_TRAINER = _actor(PersonId(3), HeldGrant(Office.TRAINER, HERE))
LEAD_HERE = _actor(PersonId(4), HeldGrant(Office.TRAINING_LEAD, HERE))
LEAD_THERE = _actor(PersonId(4), HeldGrant(Office.TRAINING_LEAD, THERE))
FUNDER = _actor(PersonId(5), HeldGrant(Office.FUNDER, HERE))
NOBODY = _actor(PersonId(6))
THE_OPERATOR = Actor(OPERATOR, "root", is_operator=True)


@pytest.fixture
def house(store: Store) -> Store:
    """Ann trains here; Tom is her trainer."""
    store.append(progress(7))
    store.append(_cohort("autumn", HERE), _enrolment("autumn"), _assignment())
    return store


def _cohort(cohort_id: str, hub_id: HubId) -> CohortOpened:
    return CohortOpened(
        **_base(),
        cohort_id=CohortId(cohort_id),
        hub_id=hub_id,
        programme_id=PROGRAMME,
        title="Autumn",
        starts_on=NOW.date(),
    )


def _enrolment(cohort_id: str, **changes: Any) -> Enrolment:
    base = _base(**changes)
    return Enrolment(**base, programme_id=PROGRAMME, cohort_id=CohortId(cohort_id), role_id=RoleId("r"), version_no=1)


def _assignment() -> Assignment:
    return Assignment(**_base(), trainer_id=TOM)


def _base(**changes: Any) -> dict[str, Any]:
    return {"fact_id": new_fact_id(), "person_id": ANN, "actor_id": TOM, "occurred_at": NOW} | changes


def _offer(monkeypatch: pytest.MonkeyPatch, query: NamedQuery) -> None:
    """Let the program know one more query."""
    known = {**load_queries(), query.name: query}
    monkeypatch.setattr("store.ledger.get_query", known.__getitem__)


def _ask(store: Store, monkeypatch: pytest.MonkeyPatch, asked: Asked, actor: Actor, record: str = "results") -> object:
    query = parse_query("steps", _text(record, "see", asked.reach, asked.sql))
    _offer(monkeypatch, query)
    return store.query("steps", actor, **asked.params)


@pytest.mark.parametrize(
    ("asked", "actor"),
    [
        *((PERSON, actor) for actor in (TRAINEE, TRAINER, LEAD_HERE, THE_OPERATOR)),
        *((HUB, actor) for actor in (LEAD_HERE, THE_OPERATOR)),
        *((ASSIGNED, actor) for actor in (TRAINER, OTHER_TRAINER)),
        *((OWN, actor) for actor in (TRAINEE, TRAINER, LEAD_HERE)),
        (ANYWHERE, THE_OPERATOR),
    ],
)
def test_who_has_the_right_is_answered(
    house: Store, monkeypatch: pytest.MonkeyPatch, asked: Asked, actor: Actor
) -> None:
    rows = _ask(house, monkeypatch, asked, actor)
    assert rows == ([{"step": 7}] if asked is not OWN or actor is TRAINEE else [])


@pytest.mark.parametrize(
    ("asked", "actor"),
    [
        *((PERSON, actor) for actor in (OTHER_TRAINER, LEAD_THERE, FUNDER, NOBODY)),
        *((HUB, actor) for actor in (TRAINEE, TRAINER, LEAD_THERE, FUNDER, NOBODY)),
        *((ASSIGNED, actor) for actor in (TRAINEE, LEAD_HERE, FUNDER, NOBODY)),
        (OWN, FUNDER),
        *((ANYWHERE, actor) for actor in (TRAINEE, TRAINER, LEAD_HERE, NOBODY)),
        *((SYSTEM, actor) for actor in (TRAINEE, TRAINER, LEAD_HERE, THE_OPERATOR)),
    ],
)
def test_who_lacks_the_right_is_refused(
    house: Store, monkeypatch: pytest.MonkeyPatch, asked: Asked, actor: Actor
) -> None:
    with pytest.raises(NotAllowedError):
        _ask(house, monkeypatch, asked, actor)


def test_a_query_without_a_person_is_refused(house: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotAllowedError):
        _ask(house, monkeypatch, Asked("person", PERSON.sql, {}), LEAD_HERE)
    with pytest.raises(NotAllowedError):
        _ask(house, monkeypatch, Asked("person", PERSON.sql, {"person_no": None}), LEAD_HERE)


def test_a_question_that_does_not_exist_is_told(store: Store) -> None:
    with pytest.raises(UnknownQueryError, match="no-such"):
        store.query("no-such", TRAINEE)


# ---------------------------------------------------------------- what is bound, what comes back


def _system(store: Store, monkeypatch: pytest.MonkeyPatch, sql: str, **params: Any) -> list[dict[str, Any]]:
    _offer(monkeypatch, parse_query("x", _text("none", "none", "system", sql)))
    return store.system_query("x", **params)


def test_ids_are_bound_as_numbers(house: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    step = progress(8)
    house.append(step)
    sql = "SELECT $org_no AS org, $programme_no AS programme, $fact_no AS fact, $person_no AS person, $x_no AS x"
    rows = _system(
        house, monkeypatch, sql, programme_id=PROGRAMME, fact_id=step.fact_id, person_id=ANN, x_id="unheard-of"
    )
    numbers = house.terms.find(PROGRAMME), house.fact_numbers.find(step.fact_id)
    assert rows == [{"org": 1, "programme": numbers[0], "fact": numbers[1], "person": 1, "x": -1}]


def test_time_is_the_clocks_unless_given(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    sql = "SELECT CAST($now AS TIMESTAMP) AS at, CAST($today AS DATE) AS day, $org_no AS org"
    assert _system(store, monkeypatch, sql) == [{"at": NOW, "day": NOW.date(), "org": 1}]
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    next_day = (late + timedelta(hours=1)).date()
    assert _system(store, monkeypatch, sql, now=late) == [{"at": late, "day": next_day, "org": 1}]


def test_too_much_and_too_little_are_told_together(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(QueryParameterError) as caught:
        _system(store, monkeypatch, "SELECT $org_no, $step, $hub_no", colour="red")
    assert (caught.value.missing, caught.value.unknown) == (("hub_no", "step"), ("colour",))


def test_instants_come_back_with_their_zone(house: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    sql = "SELECT occurred_at, step FROM module_progress WHERE org_id = $org_no AND person_no = $actor_no"
    _offer(monkeypatch, parse_query("x", _text("results", "see", "own", sql)))
    assert house.query("x", TRAINEE) == [{"occurred_at": NOW, "step": 7}]


# ---------------------------------------------------------------- the subject of rights


def test_a_person_belongs_to_the_hub_of_the_newest_enrolment(house: Store) -> None:
    house.append(_cohort("spring", THERE))
    assert house.subject(ANN).hub_ids == {HERE}
    moved = _enrolment("spring", occurred_at=NOW + timedelta(days=1))
    house.append(moved)
    assert house.subject(ANN).hub_ids == {THERE}
    house.append(amendment(moved))
    assert house.subject(ANN).hub_ids == {HERE}


def test_the_enrolment_in_force_is_the_newest(house: Store) -> None:
    assert house.enrolment(TOM, PROGRAMME) is None
    first = house.enrolment(ANN, PROGRAMME)
    assert first is not None and (first.cohort_id, first.hub_id, first.version_no) == ("autumn", HERE, 1)
    house.append(_cohort("spring", THERE))
    moved = _enrolment("spring", occurred_at=NOW + timedelta(days=1))
    house.append(moved)
    found = house.enrolment(ANN, PROGRAMME)
    assert found is not None and (found.fact_id, found.hub_id) == (moved.fact_id, THERE)


def test_an_office_holds_through_its_last_day() -> None:
    day = [NOW]
    store = Store.memory(clock=lambda: day[0])
    until = NOW.date()
    office = Grant(**_base(), office=Office.TRAINER, scope=Scope.ASSIGNED, hub_id=HERE, until_on=until)
    store.append(office)
    assert store.subject(ANN).office_hub_ids == {HERE}
    day[0] = NOW + timedelta(days=1)
    assert store.subject(ANN).office_hub_ids == frozenset()
    store.close()
