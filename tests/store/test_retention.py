"""What is past its time is listed, and goes when the operator says so; everything else stays."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from assessments.facts import Acknowledgement, Appeal, Milestone, MilestoneKind, Observation, SignOff
from curriculum.bundle import to_bundle
from curriculum.ids import ProgrammeId
from people.errors import NotAllowedError
from people.facts import (
    CohortOpened,
    Destruction,
    Enrolment,
    FactId,
    Grant,
    OperatorAct,
    PersonAdded,
    PersonErased,
    RetentionCategory,
)
from people.ids import new_fact_id
from people.models import NOBODY, OPERATOR, Actor, CohortId, HeldGrant, HubId, Office, PersonId, Scope, SessionRow
from people.retention import RULES, clock_start, due_on, period_days
from store.__main__ import main
from store.backup import copy_to
from store.erasures import RetentionRun, read_entries
from store.ledger import Store
from store.queries import get_query
from store.restoring import restore
from store.retention import destroy_due, list_due, list_stock, see_destructions, see_stock
from store.rows import tables
from store.verify import verify
from tests.builders import PROGRAMME, ROLE, make_head, make_programme

START = datetime(2025, 1, 6, 9, tzinfo=UTC)
END = date(2025, 4, 30)
HERE, THERE = HubId("riverside"), HubId("hilltop")
ROOT = Actor(OPERATOR, "root", is_operator=True)
SECOND = ProgrammeId("second")


def on(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def after(n_days: int) -> datetime:
    """Return an instant so many days after the end of the cohort."""
    return on(END + timedelta(days=n_days))


@dataclass
class Hub:
    """A store in which facts are put straight: who may record them is tested elsewhere."""

    store: Store
    cohorts: dict[str, CohortId] = field(default_factory=dict)

    def base(self, person_id: PersonId = NOBODY) -> dict[str, Any]:
        return {"fact_id": new_fact_id(), "person_id": person_id, "actor_id": OPERATOR, "occurred_at": START}

    def cohort(self, name: str, ends_on: date | None, hub_id: HubId = HERE, programme_id: ProgrammeId = PROGRAMME):
        self.cohorts[name] = CohortId(name)
        opened = {"cohort_id": CohortId(name), "hub_id": hub_id, "programme_id": programme_id, "title": name}
        self.store.append(CohortOpened(**self.base(), **opened, starts_on=START.date(), ends_on=ends_on))

    def trainee(self, *names: str) -> PersonId:
        """Add a person to cohorts, with two reflections in each."""
        person_id = self.store.next_person_id()
        self.store.put_private(person_id, f"Name {person_id}", f"login{person_id}")
        self.store.append(PersonAdded(**self.base(person_id)))
        for name in names:
            self.join(person_id, name)
        return person_id

    def join(self, person_id: PersonId, name: str) -> None:
        cohort = self.store.list_facts(CohortOpened, cohort_id=CohortId(name))[0]
        where = {"programme_id": cohort.programme_id, "cohort_id": cohort.cohort_id}
        self.store.append(Enrolment(**self.base(person_id), **where, role_id=ROLE, version_no=1))
        for n in range(2):
            self.reflect(person_id, cohort.programme_id, f"Thought {n}.")

    def reflect(self, person_id: PersonId, programme_id: ProgrammeId, note: str) -> FactId:
        what = {"programme_id": programme_id, "kind": MilestoneKind.REFLECTION, "what": "M1", "note": note}
        fact = Milestone(**self.base(person_id), **what)
        self.store.append(fact)
        return fact.fact_id

    def check_in(self, person_id: PersonId) -> None:
        row = "INSERT INTO wellbeing VALUES (1, $1, uuidv7(), now()::TIMESTAMP, current_date, 3, 'tired')"
        self.store.write(lambda batch: batch.execute(row, [person_id]))

    def count(self, table: str, person_id: PersonId) -> int:
        sql = f"SELECT count(*) FROM {table} WHERE person_no = $1"
        return self.store.engine.fetch(sql, [person_id])[0][0]


def make_hub(store: Store) -> Hub:
    hub = Hub(store)
    days = {"wellbeing": 90, "comments": 365, "signoff": 2190}
    for programme_id in (PROGRAMME, SECOND):
        privacy = make_head().privacy.model_copy(update={"retention_days": days})
        programme = make_programme(head=make_head(id=programme_id, privacy=privacy))
        store.publish(programme, to_bundle(programme))
    hub.cohort("spring", END)
    return hub


@pytest.fixture
def hub() -> Iterator[Hub]:
    store = Store.memory(clock=lambda: START)
    yield make_hub(store)
    store.close()


def _told(hub: Hub, at: datetime) -> list[tuple[str, int]]:
    return [(stock.category.value, stock.n) for stock in list_due(hub.store, at)]


# ---------------------------------------------------------------- the rules


def test_every_category_has_a_period_a_reason_and_an_action() -> None:
    assert set(RULES) == set(RetentionCategory)
    assert all(rule.default_days > 0 and rule.what and rule.basis for rule in RULES.values())


def test_the_clock_starts_at_the_end_of_the_cohort(hub: Hub) -> None:
    hub.cohort("open", None)
    cohorts = {one.cohort_id: one for one in hub.store.list_facts(CohortOpened)}
    assert clock_start(cohorts[CohortId("spring")]) == END
    assert clock_start(cohorts[CohortId("open")]) is None


def test_a_programmes_days_come_before_the_usual_ones() -> None:
    assert period_days(RetentionCategory.COMMENTS, {"comments": 30}) == 30
    assert period_days(RetentionCategory.COMMENTS, {}) == RULES[RetentionCategory.COMMENTS].default_days
    assert due_on(date(2025, 1, 1), 1) == date(2025, 1, 3)


def test_every_private_text_has_a_time() -> None:
    """A new kind of private text must be named in both questions."""
    with_texts = {plan.name for plan in tables().values() if plan.private_fields}
    of_practice = {"acknowledgement", "appeal", "log_answer", "milestone", "observation", "sign_off"}
    assert with_texts == of_practice | {"response", "refresher_answer"}
    for name in ("retention_people", "retention_texts"):
        sql = get_query(name).sql
        assert [table for table in with_texts if f"FROM {table} " not in sql] == [], name


# ---------------------------------------------------------------- what is due when


def test_each_category_is_due_the_day_after_its_last_day(hub: Hub) -> None:
    person_id = hub.trainee("spring")
    hub.check_in(person_id)
    assert _told(hub, after(90)) == []
    assert _told(hub, after(91)) == [("wellbeing", 1)]
    assert _told(hub, after(365)) == [("wellbeing", 1)]
    assert _told(hub, after(366)) == [("wellbeing", 1), ("comments", 2)]
    assert _told(hub, after(2191)) == [("wellbeing", 1), ("comments", 2), ("signoff", 1)]


def test_a_cohort_without_an_end_has_no_due_day(hub: Hub) -> None:
    hub.cohort("open", None)
    hub.trainee("open")
    assert _told(hub, after(9999)) == []
    stock = [(one.category.value, one.due_on) for one in list_stock(hub.store, after(9999))]
    assert stock == [("comments", None), ("signoff", None)]


def test_of_two_programmes_each_comment_follows_its_own_and_the_name_the_last(hub: Hub) -> None:
    hub.cohort("later", date(2026, 4, 30), programme_id=SECOND)
    person_id = hub.trainee("spring", "later")
    hub.check_in(person_id)
    assert _told(hub, after(366)) == [("comments", 2)]
    assert _told(hub, on(date(2026, 4, 30) + timedelta(days=366))) == [
        ("comments", 2),
        ("wellbeing", 1),
        ("comments", 2),
    ]
    assert ("signoff", 1) not in _told(hub, after(2191))


def test_who_moved_to_another_cohort_is_counted_there(hub: Hub) -> None:
    hub.cohort("later", date(2026, 4, 30))
    person_id = hub.trainee("spring")
    hub.join(person_id, "later")
    assert _told(hub, after(366)) == []
    assert [stock.n for stock in list_due(hub.store, on(date(2027, 5, 2)))] == [4]


def test_who_still_serves_keeps_the_name(hub: Hub) -> None:
    person_id = hub.trainee("spring")
    grant = Grant(**hub.base(person_id), office=Office.TRAINER, scope=Scope.ASSIGNED, hub_id=HERE)
    hub.store.append(grant)
    assert _told(hub, after(2191)) == [("comments", 2)]


def test_words_about_an_observation_and_a_sign_off_are_counted(hub: Hub) -> None:
    person_id = hub.trainee("spring")
    target_id = hub.reflect(person_id, PROGRAMME, "")
    appealed = {"programme_id": PROGRAMME, "target_id": target_id, "about": "rating", "ground": "not_neutral"}
    hub.store.append(Appeal(**hub.base(person_id), **appealed, note="I was not asked."))
    assert _told(hub, after(366)) == [("comments", 3)]
    assert {Observation, SignOff, Acknowledgement}  # named by the questions; their rows are made elsewhere


def test_sessions_go_a_month_after_they_ended(hub: Hub) -> None:
    person_id = hub.trainee()
    ended, open_ = START + timedelta(days=14), START + timedelta(days=400)
    hub.store.save_session(SessionRow("a", person_id, START, START, ended))
    hub.store.save_session(SessionRow("b", person_id, START, START, open_, START + timedelta(days=1)))
    hub.store.save_session(SessionRow("c", person_id, START, START, open_))
    assert _told(hub, START + timedelta(days=30)) == []
    assert _told(hub, START + timedelta(days=32)) == [("sessions", 1)]
    assert _told(hub, START + timedelta(days=45)) == [("sessions", 2)]
    destroy_due(hub.store, ROOT, START + timedelta(days=45))
    assert hub.count("login_session", person_id) == 1


# ---------------------------------------------------------------- destruction


def test_only_what_is_due_goes_and_every_proof_stays(hub: Hub) -> None:
    early = hub.trainee("spring")
    hub.cohort("later", date(2026, 4, 30))
    late = hub.trainee("later")
    for person_id in (early, late):
        hub.check_in(person_id)
    lines = destroy_due(hub.store, ROOT, after(366))
    assert [(line.category.value, line.cohort_id, line.n_destroyed, line.period_days) for line in lines] == [
        ("wellbeing", "spring", 1, 90),
        ("comments", "spring", 2, 365),
    ]
    assert [hub.count(table, early) for table in ("wellbeing", "private_text", "person_private")] == [0, 0, 1]
    assert [hub.count(table, late) for table in ("wellbeing", "private_text", "person_private")] == [1, 2, 1]
    assert hub.store.list_facts(Destruction) == lines
    assert [fact.note for fact in hub.store.list_facts(Milestone, early)] == ["", ""]
    assert verify(hub.store).faults == ()
    assert destroy_due(hub.store, ROOT, after(366)) == []


def test_names_go_as_in_an_erasure(hub: Hub) -> None:
    person_id = hub.trainee("spring")
    destroy_due(hub.store, ROOT, after(2191))
    assert hub.store.name_of(person_id) == f"Person {person_id}"
    assert len(hub.store.list_facts(PersonErased, person_id)) == 1
    assert [line.category.value for line in hub.store.list_facts(Destruction)] == ["comments", "signoff"]


def test_nobody_but_the_operator_destroys(hub: Hub) -> None:
    hub.trainee("spring")
    manager = Actor(PersonId(99), "Manager", (HeldGrant(Office.MANAGER, HERE), HeldGrant(Office.ADMINISTRATOR)))
    with pytest.raises(NotAllowedError):
        destroy_due(hub.store, manager, after(366))
    assert _told(hub, after(366)) == [("comments", 2)]


# ---------------------------------------------------------------- who may look


def _actor(office: Office, hub_id: HubId | None) -> Actor:
    return Actor(PersonId(99), "Somebody", (HeldGrant(office, hub_id),))


def test_managers_see_their_hub_and_administrators_all(hub: Hub) -> None:
    hub.cohort("far", END, THERE)
    hub.trainee("spring")
    hub.trainee("far")
    destroy_due(hub.store, ROOT, after(366))
    hub.trainee("spring")

    def seen(actor: Actor, hub_id: HubId | None) -> tuple[set[Any], set[Any]]:
        stock = see_stock(hub.store, actor, hub_id, after(366))
        lines = see_destructions(hub.store, actor, hub_id)
        return {one.cohort.cohort_id for one in stock if one.cohort}, {one.cohort_id for one in lines}

    assert seen(_actor(Office.MANAGER, HERE), HERE) == ({"spring"}, {"spring"})
    assert seen(_actor(Office.ADMINISTRATOR, None), None) == ({"spring", "far"}, {"spring", "far"})
    assert seen(_actor(Office.ADMINISTRATOR, None), THERE) == ({"far"}, {"far"})


def test_others_see_neither_list(hub: Hub) -> None:
    others = [_actor(office, HERE) for office in set(Office) - {Office.MANAGER, Office.ADMINISTRATOR}]
    for actor in (*others, _actor(Office.MANAGER, THERE), Actor(PersonId(99), "Nobody")):
        for hub_id in (HERE, None):
            with pytest.raises(NotAllowedError):
                see_stock(hub.store, actor, hub_id, START)
            with pytest.raises(NotAllowedError):
                see_destructions(hub.store, actor, hub_id)


# ---------------------------------------------------------------- the command line, and an older backup


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store's file in which two comments are past their time by the real clock."""
    path = tmp_path / "hub.duckdb"
    with closing(Store.open(path, clock=lambda: START)) as store:
        make_hub(store).trainee("spring")
    return path


def _n_texts(path: Path) -> int:
    with closing(Store.open(path)) as store:
        return store.engine.fetch("SELECT count(*) FROM private_text")[0][0]


def test_a_dry_run_changes_nothing_and_a_word_is_asked_for(path: Path, capsys, monkeypatch) -> None:
    given = ["retention", "--store", str(path)]
    assert main([*given, "--dry-run", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["destroyed"], told["due"][0]["category"], told["due"][0]["n"]) == (False, "comments", 2)
    monkeypatch.setattr("sys.stdin", StringIO("no\n"))
    assert main(given) == 1
    assert "comments, cohort spring: 2, kept 365 days" in capsys.readouterr().err
    assert _n_texts(path) == 2
    monkeypatch.setattr("sys.stdin", StringIO("destroy\n"))
    assert main(given) == 0
    assert "Destroyed:\n  comments, cohort spring: 2" in capsys.readouterr().out
    assert _n_texts(path) == 0
    assert main([*given, "--yes"]) == 0
    assert "Nothing is past its time." in capsys.readouterr().out
    with closing(Store.open(path)) as store:
        assert {act.command for act in store.list_facts(OperatorAct)} == {"store retention"}


def test_what_was_destroyed_is_destroyed_again_when_an_older_backup_is_restored(path: Path, tmp_path: Path) -> None:
    with closing(Store.open(path, clock=lambda: after(366))) as store:
        copy_to(store.engine, tmp_path / "copy.duckdb")
        destroy_due(store, ROOT, after(366))
    assert read_entries(path) == [RetentionRun(1, after(366))]
    path.unlink()
    done = restore(tmp_path / "copy.duckdb", path)
    assert (done.n_destroyed, done.proof.faults) == (2, ())
    assert _n_texts(path) == 0
