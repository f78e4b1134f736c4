"""What is past its time: listed, and destroyed with a line in the log. Nothing is destroyed unless somebody asks."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final

from curriculum.ids import ProgrammeId
from people.errors import NotAllowedError
from people.facts import CohortOpened, Destruction, RetentionCategory
from people.ids import new_fact_id
from people.models import NOBODY, OPERATOR, Actor, CohortId, HubId, PersonId
from people.retention import clock_start, due_on, period_days
from people.rights import Record, Right, require_anywhere, require_in_hub
from people.service import erase_person
from people.service.reach import find_last_day
from store.batches import FactBatch
from store.erasures import RetentionRun, add_entries
from store.ledger import Store
from store.rows import Row, stored_instant

_TEXTS: Final = "DELETE FROM private_text WHERE org_id = $1 AND fact_no IN (SELECT unnest($2::BIGINT[]))"
_CHECK_INS: Final = "DELETE FROM wellbeing WHERE org_id = $1 AND person_no IN (SELECT unnest($2::INTEGER[]))"
_SESSIONS: Final = (
    "DELETE FROM login_session WHERE org_id = $1 AND least(expires_at, coalesce(revoked_at, expires_at)) < $2"
)


@dataclass(frozen=True, slots=True)
class Stock:
    """What one cohort keeps of one category. `n` counts rows, for names people.

    `due_on` is the first day on which it is past its time; None while the cohort has no last day. Sessions belong to no
    cohort.
    """

    category: RetentionCategory
    cohort: CohortOpened | None
    n: int
    period_days: int
    due_on: date | None
    person_ids: tuple[PersonId, ...] = ()

    def is_due(self, today: date) -> bool:
        """Return whether its time is over."""
        return self.due_on is not None and self.due_on <= today


# ---------------------------------------------------------------- what there is


def list_stock(store: Store, now: datetime) -> list[Stock]:
    """Return all that has a time, the earliest due first, what has no day yet last."""
    opened = store.list_facts(CohortOpened)
    cohorts = {cohort.cohort_id: replace(cohort, ends_on=find_last_day(store, cohort)) for cohort in opened}
    rows = [row for row in store.system_query("retention_people") if row["cohort_id"] in cohorts]
    people = [list(own) for _, own in groupby(rows, key=lambda row: row["person_no"])]
    found = [*_comments(store, rows, cohorts), *_of_people(store, people, cohorts), *_sessions(store, now)]
    return sorted(found, key=lambda stock: (stock.due_on is None, stock.due_on or date.max, stock.category))


def list_due(store: Store, now: datetime) -> list[Stock]:
    """Return what is past its time."""
    today = store.day_of(now)
    return [stock for stock in list_stock(store, now) if stock.is_due(today)]


def _days(store: Store, row: Row, category: RetentionCategory) -> int:
    head = store.programme(ProgrammeId(row["programme_id"]), row["version_no"]).head
    return period_days(category, head.privacy.retention_days)


def _comments(store: Store, rows: Iterable[Row], cohorts: dict[CohortId, CohortOpened]) -> list[Stock]:
    by_place: dict[tuple[CohortId, int], list[Row]] = defaultdict(list)
    for row in rows:
        if row["n_texts"]:
            days = _days(store, row, RetentionCategory.COMMENTS)
            by_place[CohortId(row["cohort_id"]), days].append(row)
    return [
        _stock(RetentionCategory.COMMENTS, cohorts[cohort_id], days, found, sum(row["n_texts"] for row in found))
        for (cohort_id, days), found in by_place.items()
    ]


def _of_people(store: Store, people: Iterable[list[Row]], cohorts: dict[CohortId, CohortOpened]) -> list[Stock]:
    """Return what belongs to a person and no programme: it waits for the last of their cohorts."""
    check_ins, names = RetentionCategory.WELLBEING, RetentionCategory.SIGNOFF
    by_place: dict[tuple[RetentionCategory, CohortId, int], list[Row]] = defaultdict(list)
    for rows in people:
        last = _last(rows, cohorts)
        cohort_id = CohortId(last["cohort_id"])
        if last["n_check_ins"]:
            by_place[check_ins, cohort_id, _days(store, last, check_ins)].append(last)
        if last["has_name"] and not last["holds_office"]:
            by_place[names, cohort_id, _days(store, last, names)].append(last)
    counted: dict[RetentionCategory, Callable[[Row], int]] = {
        check_ins: lambda row: row["n_check_ins"],
        names: lambda _: 1,
    }
    return [
        _stock(category, cohorts[cohort_id], days, found, sum(map(counted[category], found)))
        for (category, cohort_id, days), found in by_place.items()
    ]


def _last(rows: Sequence[Row], cohorts: dict[CohortId, CohortOpened]) -> Row:
    """Return the row of the cohort that ends last; one without an end is later than all."""
    return max(rows, key=lambda row: clock_start(cohorts[CohortId(row["cohort_id"])]) or date.max)


def _stock(category: RetentionCategory, cohort: CohortOpened, days: int, rows: Sequence[Row], n: int) -> Stock:
    start = clock_start(cohort)
    people = tuple(PersonId(row["person_no"]) for row in rows)
    return Stock(category, cohort, n, days, None if start is None else due_on(start, days), people)


def _sessions(store: Store, now: datetime) -> list[Stock]:
    days = period_days(RetentionCategory.SESSIONS, {})
    row = store.system_query("retention_sessions", n_days=days, now=now)[0]
    if not row["n"]:
        return []
    since = due_on(store.day_of(row["first_ended_at"]), days)
    return [Stock(RetentionCategory.SESSIONS, None, row["n"], days, min(since, store.day_of(now)))]


# ---------------------------------------------------------------- who may look


def see_stock(store: Store, actor: Actor, hub_id: HubId | None, now: datetime) -> list[Stock]:
    """Return what a hub's cohorts keep that has a time; of all hubs, with sessions, when no hub is named.

    Raises:
        NotAllowedError: The actor does not look after the people there.
    """
    _require(actor, hub_id)
    return [stock for stock in list_stock(store, now) if _is_of(stock.cohort, hub_id)]


def see_destructions(store: Store, actor: Actor, hub_id: HubId | None) -> list[Destruction]:
    """Return the destruction log of a hub's cohorts, or of all, newest first.

    Raises:
        NotAllowedError: The actor does not look after the people there.
    """
    _require(actor, hub_id)
    cohorts = {cohort.cohort_id: cohort for cohort in store.list_facts(CohortOpened)}
    lines = store.list_facts(Destruction)
    return [line for line in reversed(lines) if _is_of(cohorts.get(line.cohort_id or CohortId("")), hub_id)]


def _require(actor: Actor, hub_id: HubId | None) -> None:
    if hub_id is None:
        require_anywhere(actor, Right.WRITE, Record.PEOPLE)
    else:
        require_in_hub(actor, Right.WRITE, Record.PEOPLE, hub_id)


def _is_of(cohort: CohortOpened | None, hub_id: HubId | None) -> bool:
    return hub_id is None or (cohort is not None and cohort.hub_id == hub_id)


# ---------------------------------------------------------------- destruction


def destroy_due(store: Store, actor: Actor, now: datetime) -> list[Destruction]:
    """Destroy what is past its time; return the lines of the log, one for each category and cohort.

    Each line is recorded in the same transaction as what it tells of. Names go as in an erasure.

    Raises:
        NotAllowedError: The actor is not the operator.
    """
    if not actor.is_operator:
        raise NotAllowedError("destroy records; the operator does it on the server")
    due = list_due(store, now)
    if due and store.engine.path is not None:
        add_entries(store.engine.path, [RetentionRun(store.org.org_id, now)])
    lines = [line for stock in due for line in _destroy(store, actor, stock, now)]
    store.reader.recent.forget()
    return lines


def destroy_again(store: Store, at: datetime) -> int:
    """Destroy in a restored store what was past its time at an instant; return how much."""
    operator = Actor(OPERATOR, "", is_operator=True)
    return sum(line.n_destroyed for line in destroy_due(store, operator, at))


def _destroy(store: Store, actor: Actor, stock: Stock, now: datetime) -> list[Destruction]:
    org_id = store.org.org_id
    match stock.category:
        case RetentionCategory.SIGNOFF:
            for person_id in stock.person_ids:
                erase_person(store, actor, person_id, now)
            line = _line(actor, stock, stock.n, now)
            store.append(line)
            return [line]
        case RetentionCategory.COMMENTS:
            return _delete(store, actor, stock, now, (_TEXTS, [org_id, _texts_of(store, stock)]))
        case RetentionCategory.WELLBEING:
            return _delete(store, actor, stock, now, (_CHECK_INS, [org_id, list(stock.person_ids)]))
        case RetentionCategory.SESSIONS:
            before = stored_instant(now - timedelta(days=stock.period_days))
            return _delete(store, actor, stock, now, (_SESSIONS, [org_id, before]))


def _texts_of(store: Store, stock: Stock) -> list[int]:
    people = set(stock.person_ids)
    programme_id = stock.cohort.programme_id if stock.cohort else ""
    rows = store.system_query("retention_texts", programme_id=programme_id)
    return [row["fact_no"] for row in rows if row["person_no"] in people]


def _delete(
    store: Store, actor: Actor, stock: Stock, now: datetime, statement: tuple[str, list[object]]
) -> list[Destruction]:
    line = _line(actor, stock, stock.n, now)

    def delete(batch: FactBatch) -> None:
        batch.execute(*statement)

    store.append_and(delete, line)
    return [line]


def _line(actor: Actor, stock: Stock, n: int, now: datetime) -> Destruction:
    return Destruction(
        fact_id=new_fact_id(),
        person_id=NOBODY,
        actor_id=actor.person_id,
        occurred_at=now,
        category=stock.category,
        cohort_id=stock.cohort.cohort_id if stock.cohort else None,
        n_destroyed=n,
        period_days=stock.period_days,
    )
