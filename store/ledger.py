# ruff: noqa: S608  the names come from the plans of facts, never from people
"""The store as others see it: append facts, read them back, ask named questions."""

import weakref
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from threading import Lock, Thread
from typing import Final, Self, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from assessments.check_ins import CheckIn
from assessments.facts import Attempt, ProgrammeActivated
from assessments.ports import EnrolmentNow
from assessments.verdicts import Verdict
from curriculum.ids import ItemId, ProgrammeId, RoleId
from curriculum.models import Programme
from people.facts import Amendment, Fact, FactId, Grant, PersonAdded, PersonErased, WorkKind
from people.models import (
    NOBODY,
    Account,
    Actor,
    CohortId,
    HubId,
    LiveVersion,
    PersonId,
    PersonName,
    PrivateRows,
    SessionRow,
    Subject,
)
from people.ports import OpenWork
from store import private, publishing, wellbeing
from store.batches import FactBatch, Register
from store.duckdb_engine import Engine, parsed
from store.erasures import ErasedPerson, add_entries
from store.errors import NotSyntheticError, StoreMissingError
from store.leftovers import list_leftovers
from store.migrations import migrate
from store.queries import Binder, NamedQuery, as_dicts, get_query, load_queries, require
from store.reading import Reader
from store.recording import Dated, NewNonce, Org, Preparer
from store.rows import Row, Value
from store.terms import FactNumbers, Terms
from store.writer import Writer

F = TypeVar("F", bound=Fact)
T = TypeVar("T")
Clock = Callable[[], datetime]

DEFAULT_ORG: Final = "default"
DEFAULT_ZONE: Final = "Europe/London"


@dataclass(frozen=True, slots=True)
class NewOrg:
    """The organisation that is asked for, and how it is made when the store does not know it."""

    name: str
    zone: str
    is_synthetic: bool


def utc_now() -> datetime:
    """Return the present instant."""
    return datetime.now(UTC)


class Store:
    """One organisation's facts in one database. Safe to use from many threads.

    Attributes:
        engine: The open database, for the store's own modules.
        org: The organisation.
        clock: Where `recorded_at` and the day of today come from.
    """

    def __init__(self, engine: Engine, org: NewOrg, clock: Clock) -> None:
        """Migrate the database, then start the writer."""
        load_queries()
        migrate(engine, clock())
        self.engine = engine
        self.clock = clock
        self.org = _open_org(engine, org)
        self.terms = Terms(engine)
        self.fact_numbers = FactNumbers(engine, self.org.org_id)
        self.reader = Reader(engine, self.org, self.terms, self.fact_numbers)
        self._preparer = Preparer(self.org, self.terms, self.fact_numbers)
        self._register = Register(engine, self.org, self.terms, self.fact_numbers)
        self._register.listeners.append(self.reader.recent.note)
        self._writer: Writer[FactBatch] = Writer(engine, self._register.new_batch)
        self._binder = Binder(self.terms.find, self.fact_numbers.find)
        self._programmes: dict[tuple[ProgrammeId, int], Programme] = {}
        self._person_lock = Lock()
        self._last_person: int | None = None
        self._end = weakref.finalize(self, _end, self._writer, engine)

    @classmethod
    def open(
        cls,
        path: Path | str,
        *,
        org: str = DEFAULT_ORG,
        clock: Clock = utc_now,
        zone: str = DEFAULT_ZONE,
        is_synthetic: bool = False,
        must_exist: bool = False,
    ) -> Self:
        """Return the store of a file; it is made when it is missing, and migrated when it is old.

        Args:
            path: The file.
            org: The organisation's name; it is added when the store does not know it.
            clock: Says what time it is.
            zone: Where a new organisation's days begin and end.
            is_synthetic: Whether a new organisation's people are invented.
            must_exist: Whether a missing file is a mistake.

        Raises:
            StoreMissingError: It must exist and does not.
            StoreBusyError: Another process has it open.
            NotAStoreError: The file is no database.
        """
        if must_exist and not Path(path).is_file():
            raise StoreMissingError(Path(path))
        return cls._over(Engine.open(Path(path)), NewOrg(org, zone, is_synthetic), clock)

    @classmethod
    def memory(
        cls,
        *,
        org: str = DEFAULT_ORG,
        clock: Clock = utc_now,
        zone: str = DEFAULT_ZONE,
        is_synthetic: bool = False,
    ) -> Self:
        """Return a store that is gone when it is closed."""
        return cls._over(Engine.memory(), NewOrg(org, zone, is_synthetic), clock)

    @classmethod
    def _over(cls, engine: Engine, org: NewOrg, clock: Clock) -> Self:
        try:
            return cls(engine, org, clock)
        except BaseException:
            engine.close()
            raise

    def close(self) -> None:
        """Write what waits, then close the file. A store that is forgotten or left open at the exit closes itself."""
        self._end()

    @property
    def is_synthetic(self) -> bool:
        """Return whether the organisation's people are invented: for demonstrations and simulations."""
        return self.org.is_synthetic

    def invent_nonces(self, new_nonce: NewNonce) -> None:
        """Give private texts these nonces from now on: invented texts need no secret, and are the same in every run.

        Raises:
            NotSyntheticError: The people are real.
        """
        if not self.is_synthetic:
            raise NotSyntheticError(self.org.name)
        self._preparer = Preparer(self.org, self.terms, self.fact_numbers, new_nonce)

    # ------------------------------------------------------------ facts

    @property
    def position(self) -> int:
        """Return the number of the last durable fact: what is cached for it holds until it rises."""
        return self._register.position

    def append(self, *facts: Fact) -> bool:
        """Record the facts together; return once they are durable. See `assessments.ports.Ledger`.

        Raises:
            UnknownFactError: A fact names one that does not exist.
            DuplicateFactError: A later fact was recorded before, the first was not.
            NotRecordedError: The database refused; nothing was kept.
        """
        return self.append_at(self.clock(), *facts)

    def append_at(self, recorded_at: datetime, *facts: Fact) -> bool:
        """Record the facts as if at that instant: for simulated histories."""
        if not facts or self.fact_numbers.is_known(facts[0].fact_id):
            return False
        return self.append_history([(recorded_at, fact) for fact in facts])

    def append_history(self, records: Sequence[Dated]) -> bool:
        """Record facts together, each as if at an instant of its own: for simulated histories. See `append`."""
        prepared = self._preparer.prepare(records)
        return self._writer.write(lambda batch, is_alone: batch.add(prepared, is_alone=is_alone))

    def append_named(self, names: Sequence[PersonName], *facts: Fact) -> bool:
        """Record facts about new people together with their names. See `people.ports.PeopleLedger`."""
        now = self.clock()
        prepared = self._preparer.prepare([(now, fact) for fact in facts])

        def apply(batch: FactBatch, is_alone: bool) -> bool:
            if is_alone and self.fact_numbers.find(facts[0].fact_id) is not None:
                return False
            kept = private.put_new_names(batch, self.org.org_id, names)
            return kept and batch.add(prepared, is_alone=is_alone)

        return self._writer.write(apply)

    def write(self, apply: Callable[[FactBatch], T]) -> T:
        """Return what `apply` returns, once what it did in the writer's transaction is durable.

        It may be called twice, and must not append facts or wait for the writer.
        """
        return self._writer.write(lambda batch, _: apply(batch))

    def append_and(self, apply: Callable[[FactBatch], T], *facts: Fact) -> T:
        """Record the facts and do something else in one transaction; return what `apply` returns, once durable.

        When the first fact was recorded before, none is added, and `apply` is done all the same. It may run twice.
        """
        now = self.clock()
        prepared = self._preparer.prepare([(now, fact) for fact in facts])

        def write(batch: FactBatch, is_alone: bool) -> T:
            batch.add(prepared, is_alone=is_alone)
            return apply(batch)

        return self._writer.write(write)

    def on_commit(self, listener: Callable[[Sequence[Fact]], None]) -> None:
        """Call the listener, in the writer's thread, with the facts of each commit; it must be quick."""
        self._register.listeners.append(listener)

    def find(self, kind: type[F], fact_id: FactId) -> F | None:
        """Return the fact, amended or not, or None."""
        return self.reader.find(kind, fact_id)

    def list_facts(self, kind: type[F], person_id: PersonId | None = None, **equal: object) -> list[F]:
        """Return the facts of a kind that are in force (not void or replaced), in the order of recording."""
        return self.reader.list_facts(kind, person_id, equal)

    def changes_to(self, fact_id: FactId) -> list[Amendment]:
        """Return the amendments that name the fact, oldest first."""
        return self.reader.changes_to(fact_id)

    def digests(self, fact_ids: Sequence[FactId]) -> list[str]:
        """Return the digest of each fact's content as recorded, in the order asked.

        Raises:
            UnknownFactError: One was never recorded.
        """
        return self.reader.digests(fact_ids)

    def day_of(self, instant: datetime) -> date:
        """Return the day at the organisation's place."""
        return self._preparer.day(instant)

    # ------------------------------------------------------------ people

    def subject(self, person_id: PersonId) -> Subject:
        """Return the person's hubs and trainers as of now. See `people.ports.FactLedger`."""
        today = self.day_of(self.clock())
        ends = (grant.until_on for grant in self.list_facts(Grant, person_id) if grant.until_on)
        # Of what is asked, only last days of offices make a difference between two days.
        name = f"subject until {min((day for day in ends if day >= today), default='further notice')}"
        return self.reader.recent.derived(name, person_id, lambda: self._subject(person_id))

    def _subject(self, person_id: PersonId) -> Subject:
        hubs = self.system_query("subject_hubs", person_id=person_id)
        trainers = self.system_query("subject_trainers", person_id=person_id)
        return Subject(
            person_id,
            frozenset(HubId(row["hub_id"]) for row in hubs if not row["is_office"]),
            frozenset(PersonId(row["trainer_no"]) for row in trainers),
            frozenset(HubId(row["hub_id"]) for row in hubs if row["is_office"]),
        )

    def enrolment(self, person_id: PersonId, programme_id: ProgrammeId) -> EnrolmentNow | None:
        """Return the enrolment in force, or None."""
        name = f"enrolment in {programme_id}"
        return self.reader.recent.derived(name, person_id, lambda: self._enrolment(person_id, programme_id))

    def _enrolment(self, person_id: PersonId, programme_id: ProgrammeId) -> EnrolmentNow | None:
        rows = self.system_query("enrolment_in_force", person_id=person_id, programme_id=programme_id)
        for row in rows:
            cohort_id, hub_id, role_id = CohortId(row["cohort_id"]), HubId(row["hub_id"]), RoleId(row["role_id"])
            fact_id = FactId(row["fact_id"])
            return EnrolmentNow(fact_id, person_id, programme_id, cohort_id, hub_id, role_id, row["version_no"])
        return None

    def open_work(self, trainer_id: PersonId) -> list[OpenWork]:
        """Return all that waits for a trainer. See `people.ports.FactLedger`."""
        return [
            OpenWork(
                WorkKind(row["kind"]),
                FactId(row["fact_id"]),
                PersonId(row["person_no"]),
                row["since"],
                None if row["programme_id"] is None else ProgrammeId(row["programme_id"]),
            )
            for row in self.system_query("open_work", trainer_id=trainer_id)
        ]

    def next_person_id(self) -> PersonId:
        """Return a number for a new person, never given before; 1 in an empty store."""
        with self._person_lock:
            last = _last_person(self.engine) if self._last_person is None else self._last_person
            self._last_person = last + 1
            return PersonId(self._last_person)

    def put_private(self, person_id: PersonId, name: str, login: str) -> bool:
        """Keep or change a name and sign-in name; return False when another person has the sign-in name."""
        return self.write(lambda batch: private.put_name(batch, self.org.org_id, person_id, name, login))

    def put_new_names(self, names: Sequence[PersonName]) -> bool:
        """Keep the names of new people at once; False, and none is kept, when a sign-in name is taken."""
        return self.write(lambda batch: private.put_new_names(batch, self.org.org_id, names))

    def name_of(self, person_id: PersonId) -> str:
        """Return the name, or `Person 12` for an erased person."""
        name = private.find_name(self.engine, self.org.org_id, person_id)
        return f"Person {person_id}" if name is None else name

    def list_names(self, person_ids: Iterable[PersonId]) -> list[PersonName]:
        """Return the names of people, by number; erased people are left out."""
        return private.list_names(self.engine, self.org.org_id, person_ids)

    def list_logins(self, logins: Iterable[str]) -> list[PersonName]:
        """Return those who have one of the sign-in names, by number."""
        return private.list_logins(self.engine, self.org.org_id, logins)

    def find_account(self, login: str) -> Account | None:
        """Return the account with the sign-in name, or None."""
        return self._account(login=login, person_id=None) if login else None

    def account_of(self, person_id: PersonId) -> Account | None:
        """Return the account of a person, or None (erased, or never known)."""
        return self._account(login=None, person_id=person_id)

    def _account(self, *, login: str | None, person_id: PersonId | None) -> Account | None:
        for row in self.system_query("account", login=login, person_id=person_id):
            return Account(PersonId(row["person_no"]), row["login"], row["password_hash"], is_active=True)
        return None

    def save_session(self, session: SessionRow) -> None:
        """Keep a new login session."""
        self.write(lambda batch: private.save_session(batch, self.org.org_id, session))

    def find_session(self, token_hash: str) -> SessionRow | None:
        """Return the session, ended or not, or None."""
        load = partial(private.find_session, self.engine, self.org.org_id, token_hash)
        return self.reader.recent.session(token_hash, load)

    def touch_session(self, token_hash: str, seen_at: datetime) -> None:
        """Note that the session was used."""
        self._change_sessions(lambda batch: private.touch_session(batch, self.org.org_id, token_hash, seen_at))

    def revoke_session(self, token_hash: str, revoked_at: datetime) -> None:
        """End the session; an ended one keeps its time."""
        self._change_sessions(lambda batch: private.revoke_session(batch, self.org.org_id, token_hash, revoked_at))

    def revoke_sessions(self, person_id: PersonId, revoked_at: datetime) -> int:
        """End all sessions of the person that are not ended. Return how many."""
        return self._change_sessions(
            lambda batch: private.revoke_sessions(batch, self.org.org_id, person_id, revoked_at)
        )

    def _change_sessions(self, change: Callable[[FactBatch], T]) -> T:
        try:
            return self.write(change)
        finally:
            self.reader.recent.forget_sessions()

    def count_private(self, person_id: PersonId) -> PrivateRows:
        """Return how many rows may be erased of the person."""
        return private.count_rows(self.engine, self.org.org_id, person_id)

    def erase(self, erased: PersonErased, *more: Fact) -> PrivateRows:
        """Delete all that may be erased of the person and record the facts. See `people.ports.PeopleLedger`."""
        org_id, person_id = self.org.org_id, erased.person_id
        added = self.list_facts(PersonAdded, person_id)
        if self.engine.path is not None and added:
            entry = ErasedPerson(org_id, person_id, added[0].occurred_at, erased.occurred_at)
            add_entries(self.engine.path, [entry])
        rows = self.append_and(lambda batch: private.erase_rows(batch, org_id, person_id), erased, *more)
        self.reader.recent.forget()
        return rows

    def leftovers(self) -> list[str]:
        """Return sentences that say which files may still hold words that were erased."""
        return list_leftovers(self.engine.path)

    # ------------------------------------------------------------ programmes and readiness

    def publish(self, programme: Programme, bundle: bytes, media: Mapping[str, bytes] | None = None) -> int:
        """Return the version's number, once bundle, rules and files are durable; the same bytes keep their number."""
        now = self.clock()
        org_id, files = self.org.org_id, media or {}
        return self.write(
            lambda batch: publishing.publish(batch, org_id, self.terms, programme, bundle=bundle, media=files, now=now)
        )

    def media(self, digest: str) -> publishing.MediaContent | None:
        """Return the file of a published programme whose bytes have this SHA-256, or None."""
        return publishing.load_media(self.engine, self.org.org_id, digest)

    def attempts_on(self, programme_id: ProgrammeId, item_id: ItemId) -> list[Attempt]:
        """Return the counting attempts in force, of everybody, whose form holds the item."""
        rows = self.system_query("attempts_on_item", programme_id=programme_id, item_id=item_id)
        return self.reader.of_numbers(Attempt, [row["fact_no"] for row in rows])

    def what_if(
        self, programme_id: ProgrammeId, facts: Sequence[Fact], as_of: datetime
    ) -> list[tuple[Verdict, Verdict]]:
        """Return where people stand without and with attempts and amendments that nobody records. See `Ledger`."""
        from store.trials import what_if

        return what_if(self, self._preparer.prepare([(as_of, fact) for fact in facts]), programme_id, as_of)

    def try_cases(
        self,
        programme_id: ProgrammeId,
        person_id: PersonId,
        cases: Sequence[Sequence[Fact]],
        *,
        as_of: datetime,
        known_at: datetime,
        kinds: Collection[str] | None = None,
    ) -> list[Verdict]:
        """Return a person's verdict in each case of facts that nobody records. See `store.hypotheses`."""
        from store.hypotheses import try_cases

        prepare = self._preparer.prepare
        return try_cases(self, prepare, programme_id, person_id, cases, as_of=as_of, known_at=known_at, kinds=kinds)

    def programme(self, programme_id: ProgrammeId, version_no: int) -> Programme:
        """Return a published version, read once.

        Raises:
            UnknownVersionError: It was never published.
        """
        known = self._programmes.get((programme_id, version_no))
        if known is None:
            known = publishing.load_programme(
                self.engine, self.org.org_id, self.terms.find(programme_id), programme_id, version_no
            )
            self._programmes[programme_id, version_no] = known
        return known

    def live_version(self, programme_id: ProgrammeId, hub_id: HubId) -> LiveVersion | None:
        """Return the version that the hub has gone live with, or None."""
        found = self.list_facts(ProgrammeActivated, NOBODY, programme_id=programme_id, hub_id=hub_id)
        if not found:
            return None
        version_no = sorted(found, key=lambda fact: fact.occurred_at)[-1].version_no
        return LiveVersion(version_no, tuple(role.id for role in self.programme(programme_id, version_no).head.roles))

    def cohort_verdicts(self, programme_id: ProgrammeId, cohort_id: CohortId, as_of: datetime) -> list[Verdict]:
        """Return where the people of a cohort stand, as of an instant and as known then; by person, no evidence."""
        from store.readiness import verdicts

        return verdicts(self, programme_id, cohort_id=cohort_id, as_of=as_of, known_at=as_of)

    def verdict(
        self, person_id: PersonId, programme_id: ProgrammeId, as_of: datetime, known_at: datetime
    ) -> Verdict | None:
        """Return the person's verdict from the facts, opened down to evidence; None when not enrolled."""
        from store.readiness import verdicts

        found = verdicts(self, programme_id, person_id=person_id, as_of=as_of, known_at=known_at, with_evidence=True)
        return found[0] if found else None

    # ------------------------------------------------------------ how people are

    def put_check_in(self, person_id: PersonId, entry: CheckIn) -> None:
        """Keep how somebody is, durably; an entry of the same id is kept once."""
        self.write(lambda batch: wellbeing.put(batch, self.org.org_id, person_id, entry))

    def list_check_ins(self, person_id: PersonId) -> list[CheckIn]:
        """Return the entries of a person, oldest first."""
        return wellbeing.list_of(self.engine, self.org.org_id, person_id)

    def delete_check_ins(self, person_id: PersonId, entry_id: UUID | None) -> int:
        """Delete one entry of a person, or all; return how many there were."""
        return self.write(lambda batch: wellbeing.delete(batch, self.org.org_id, person_id, entry_id))

    # ------------------------------------------------------------ named questions

    def query(self, name: str, actor: Actor, **params: Value) -> list[Row]:
        """Return the rows of a named query that the actor may ask.

        Raises:
            NotAllowedError: The actor may not.
            UnknownQueryError: There is no such query.
            QueryParameterError: It was given too much or too little.
        """
        query = self._allowed(name, actor, params)
        return self._rows(query, self._bound(query, params, actor.person_id))

    def system_query(self, name: str, **params: Value) -> list[Row]:
        """Return the rows of a query without asking who asks: for sign-in, services and the operator."""
        query = get_query(name)
        return self._rows(query, self._bound(query, params, None))

    def _allowed(self, name: str, actor: Actor, params: Row) -> NamedQuery:
        query = get_query(name)
        person = params.get("person_no", params.get("person_id"))
        subject = self.subject(PersonId(person)) if person is not None and "person_no" in query.parameters else None
        require(query, actor, subject, params.get("hub"))
        if query.reads_standing:
            self._catch_up()
        return query

    def _catch_up(self) -> None:
        from store.standing import catch_up

        catch_up(self)

    def _bound(self, query: NamedQuery, params: Row, actor_id: PersonId | None) -> Row:
        now = params.get("now") or self.clock()
        always: Row = {"org_no": self.org.org_id, "now": now.astimezone(UTC).replace(tzinfo=None)}
        always["today"] = self.day_of(now)
        return self._binder.bind(query, params, always if actor_id is None else always | {"actor_no": actor_id})

    def _rows(self, query: NamedQuery, bound: Row) -> list[Row]:
        with self.engine.reading() as cursor:
            rows = cursor.execute(parsed(query.sql), bound).fetchall()
            return as_dicts([column[0] for column in cursor.description or ()], rows)


def _end(writer: Writer[FactBatch], engine: Engine) -> None:
    if writer.is_this_thread:
        # The last reference was dropped by the writer's own thread, which cannot wait for itself.
        Thread(target=_end, args=(writer, engine), daemon=True).start()
        return
    writer.close()
    engine.close()


def _open_org(engine: Engine, asked: NewOrg) -> Org:
    found = engine.fetch("SELECT org_id, timezone, is_synthetic FROM org WHERE name = $1", [asked.name])
    if found:
        org_id, zone, is_synthetic = found[0]
        return Org(org_id, asked.name, ZoneInfo(zone), is_synthetic)
    number: int = engine.fetch("SELECT coalesce(max(org_id), 0) + 1 FROM org")[0][0]
    columns = ("org_id", "name", "timezone", "is_synthetic")
    engine.insert("org", columns, [[number, asked.name, asked.zone, asked.is_synthetic]])
    return Org(number, asked.name, ZoneInfo(asked.zone), asked.is_synthetic)


def _last_person(engine: Engine) -> int:
    tables = ("person_added", "person_private", "enrolment", "office_grant", "person_erased")
    newest = " UNION ALL ".join(f"SELECT max(person_no) AS last FROM {name}" for name in tables)
    return int(engine.fetch(f"SELECT coalesce(max(last), 0) FROM ({newest}) t")[0][0])
