"""The day of a fact is the date where the organisation is."""

from datetime import UTC, date, datetime

import pytest

from people.facts import PersonAdded
from store.ledger import Store
from tests.store.making import person_added

LONDON = "Europe/London"


@pytest.mark.parametrize(
    ("zone", "instant", "day"),
    [
        (LONDON, datetime(2028, 2, 29, 23, 59, tzinfo=UTC), date(2028, 2, 29)),
        (LONDON, datetime(2028, 3, 1, 0, 0, tzinfo=UTC), date(2028, 3, 1)),
        (LONDON, datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC), date(2026, 3, 29)),
        (LONDON, datetime(2026, 3, 29, 23, 30, tzinfo=UTC), date(2026, 3, 30)),
        (LONDON, datetime(2026, 6, 30, 22, 59, tzinfo=UTC), date(2026, 6, 30)),
        (LONDON, datetime(2026, 6, 30, 23, 0, tzinfo=UTC), date(2026, 7, 1)),
        (LONDON, datetime(2026, 10, 24, 23, 30, tzinfo=UTC), date(2026, 10, 25)),
        (LONDON, datetime(2026, 10, 25, 23, 30, tzinfo=UTC), date(2026, 10, 25)),
        ("Pacific/Auckland", datetime(2026, 1, 1, 11, 0, tzinfo=UTC), date(2026, 1, 2)),
        ("America/Los_Angeles", datetime(2028, 3, 1, 7, 59, tzinfo=UTC), date(2028, 2, 29)),
    ],
)
def test_a_day_begins_at_midnight_where_the_organisation_is(zone: str, instant: datetime, day: date) -> None:
    store = Store.memory(zone=zone)
    fact = person_added(occurred_at=instant)
    store.append(fact)
    assert store.engine.fetch("SELECT day, occurred_at FROM person_added") == [(day, instant.replace(tzinfo=None))]
    assert store.day_of(instant) == day
    assert store.find(PersonAdded, fact.fact_id) == fact
    store.close()


def test_an_organisation_keeps_its_zone(tmp_path: object) -> None:
    path = f"{tmp_path}/hub.duckdb"
    Store.open(path, zone="Asia/Kathmandu", is_synthetic=True).close()
    store = Store.open(path, zone=LONDON)
    assert store.day_of(datetime(2026, 1, 1, 18, 30, tzinfo=UTC)) == date(2026, 1, 2)
    assert store.is_synthetic
    store.close()


def test_organisations_of_one_file_do_not_see_each_other(tmp_path: object) -> None:
    path = f"{tmp_path}/hub.duckdb"
    here = Store.open(path, org="here")
    fact = person_added()
    here.append(fact)
    here.close()
    there = Store.open(path, org="there")
    assert (there.find(PersonAdded, fact.fact_id), there.list_facts(PersonAdded)) == (None, [])
    assert there.append(fact) is True
    there.close()
