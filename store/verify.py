# ruff: noqa: S608  the names come from the plans of facts, never from people
"""The proof that what is kept is what was recorded, and that what is derived follows from it."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from people.facts import PersonAdded
from store.erasures import ErasedPerson, read_entries
from store.ledger import Store
from store.reading import Recorded
from store.recording import digest_of, private_hash
from store.rows import Column, ColumnKind, FactTable, Value, tables
from store.standing import differing

_CHUNK: Final = 20_000
_TOLD_EVERY: Final = 10
"""So many chunks, about twenty seconds, are read before it is said how far it is."""

Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it was recorded: where, and what is wrong."""

    where: str
    message: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What was checked, and every fault that was found. `n_erased` private texts are gone, which is allowed."""

    n_facts: int
    n_erased: int
    faults: tuple[Fault, ...]

    def as_dict(self) -> dict[str, Value]:
        """Return the proof for JSON."""
        faults = [{"where": fault.where, "message": fault.message} for fault in self.faults]
        return {"facts": self.n_facts, "erased_texts": self.n_erased, "problems": faults}


def _silent(_table: str, _n: int) -> None:
    """Say nothing."""


def verify(store: Store, progress: Progress = _silent) -> Proof:
    """Return the proof: digests, references, private texts, bundles and the derived tables.

    Args:
        store: It may go on being written to; facts recorded meanwhile are left out.
        progress: Told each table's name and how many of its facts were read: at its end, and now and then before.
    """
    last_no = store.position
    in_use = _in_use(store)
    faults: list[Fault] = [*_doubled_numbers(store), *_missing_rows(store, in_use, last_no)]
    n_facts = 0
    n_erased = 0
    for plan in tables().values():
        if plan.name not in in_use:
            progress(plan.name, 0)
            continue
        faults += _orphans(store, plan)
        n, erased, found = _check_facts(store, plan, last_no, progress)
        n_facts += n
        n_erased += erased
        faults += found
        progress(plan.name, n)
    faults += [*_strange_texts(store), *_bundles(store), *_media(store), *_not_erased(store)]
    faults += [
        Fault(f"person {person_id}", "the derived gates are not what the facts say; run `python -m store rebuild`")
        for person_id in differing(store)
    ]
    return Proof(n_facts, n_erased, tuple(faults))


def _in_use(store: Store) -> set[str]:
    """Return the kinds of which there is a fact, a part of one, or a key: nothing can be wrong with the others.

    A hub uses half of them, and each costs some ten questions.
    """
    kind_of = {name: plan.name for plan in tables().values() for name in (plan.name, *(c.name for c in plan.children))}
    filled = " UNION ALL ".join(f"(SELECT '{name}' FROM {name} LIMIT 1)" for name in kind_of)
    keyed = {row[0] for row in store.engine.fetch("SELECT DISTINCT kind FROM fact_key")}
    return keyed | {kind_of[row[0]] for row in store.engine.fetch(filled)}


# ---------------------------------------------------------------- facts


def _check_facts(store: Store, plan: FactTable, last_no: int, progress: Progress) -> tuple[int, int, list[Fault]]:
    faults: list[Fault] = []
    n = 0
    n_erased = 0

    def note_unreadable(fact_no: int, error: Exception) -> None:
        faults.append(Fault(f"{plan.name} {fact_no}", f"a value in it cannot be read ({error})"))

    for number, (first, last) in enumerate(_ranges(store, plan, last_no)):
        if number and number % _TOLD_EVERY == 0:
            progress(plan.name, n)
        digests = _digests(store, plan, first, last)
        condition = "f.fact_no BETWEEN $first AND $last"
        bounds = {"first": first, "last": last}
        facts = store.reader.recorded(plan, condition, bounds, note_unreadable)
        texts = _texts(store, first, last)
        n += len(facts)
        for recorded in facts:
            erased, found = _check_fact(plan, recorded, digests.get(recorded.fact_no), texts)
            n_erased += erased
            faults += found
    return n, n_erased, faults


def _check_fact(
    plan: FactTable, recorded: Recorded, digest: str | None, texts: dict[tuple[int, str], tuple[str, str]]
) -> tuple[int, list[Fault]]:
    where = f"{plan.name} {recorded.fact_no} ({recorded.fact.fact_id})"
    faults: list[Fault] = []
    if digest_of(plan, recorded.fact, recorded.recorded_at, recorded.day, recorded.hashes) != digest:
        faults.append(Fault(where, "its content is not what was recorded: the digest differs"))
    n_erased = 0
    for field, kept in recorded.hashes.items():
        nonce, text = texts.get((recorded.fact_no, field), ("", ""))
        if kept and not nonce:
            n_erased += 1
        elif nonce and private_hash(nonce, text) != kept:
            faults.append(Fault(where, f"the private text `{field}` is not what was recorded"))
    return n_erased, faults


def _ranges(store: Store, plan: FactTable, last_no: int) -> Iterator[tuple[int, int]]:
    sql = f"SELECT fact_no FROM {plan.name} WHERE org_id = $1 AND fact_no <= $2 ORDER BY fact_no"
    numbers: list[int] = [row[0] for row in store.engine.fetch(sql, [store.org.org_id, last_no])]
    for start in range(0, len(numbers), _CHUNK):
        part = numbers[start : start + _CHUNK]
        yield part[0], part[-1]


def _digests(store: Store, plan: FactTable, first: int, last: int) -> dict[int, str]:
    sql = "SELECT fact_no, digest FROM fact_key WHERE org_id = $1 AND kind = $2 AND fact_no BETWEEN $3 AND $4"
    return dict(store.engine.fetch(sql, [store.org.org_id, plan.name, first, last]))


def _texts(store: Store, first: int, last: int) -> dict[tuple[int, str], tuple[str, str]]:
    sql = "SELECT fact_no, field, nonce, text FROM private_text WHERE org_id = $1 AND fact_no BETWEEN $2 AND $3"
    rows = store.engine.fetch(sql, [store.org.org_id, first, last])
    return {(row[0], row[1]): (row[2], row[3]) for row in rows}


# ---------------------------------------------------------------- keys and references


def _doubled_numbers(store: Store) -> Iterator[Fault]:
    sql = "SELECT fact_no, count(*) FROM fact_key GROUP BY fact_no HAVING count(*) > 1 ORDER BY fact_no"
    for fact_no, n in store.engine.fetch(sql):
        yield Fault(f"fact {fact_no}", f"{n} facts have this number")


def _missing_rows(store: Store, in_use: Collection[str], last_no: int) -> Iterator[Fault]:
    asked = {"org": store.org.org_id, "last": last_no}
    for kind in tables():
        if kind in in_use:
            yield from _missing_of(store, kind, asked | {"kind": kind})
    sql = "SELECT kind, count(*) FROM fact_key WHERE org_id = $org AND fact_no <= $last GROUP BY kind ORDER BY kind"
    for kind, n in store.engine.fetch(sql, asked):
        if kind not in tables():
            yield Fault(kind, f"there is no such kind of facts, yet {n} keys name it")


def _missing_of(store: Store, table: str, asked: dict[str, Value]) -> Iterator[Fault]:
    """Find facts without a key, keys without a fact, and facts that stand there twice; the engine compares them."""
    keys = "FROM fact_key WHERE org_id = $org AND kind = $kind AND fact_no <= $last"
    rows = f"FROM {table} WHERE org_id = $org AND fact_no <= $last"
    gone = f"SELECT fact_no, fact_id {keys} AND fact_no NOT IN (SELECT fact_no {rows}) ORDER BY fact_no"
    for fact_no, fact_id in store.engine.fetch(gone, asked):
        yield Fault(f"{table} {fact_no} ({fact_id})", "the fact is gone")
    unknown = f"SELECT DISTINCT fact_no {rows} AND fact_no NOT IN (SELECT fact_no {keys}) ORDER BY fact_no"
    for (fact_no,) in store.engine.fetch(unknown, asked):
        yield Fault(f"{table} {fact_no}", "the fact has no key: nobody recorded it")
    doubled = f"SELECT fact_no, count(*) {rows} GROUP BY fact_no HAVING count(*) > 1 ORDER BY fact_no"
    for fact_no, n in store.engine.fetch(doubled, {"org": asked["org"], "last": asked["last"]}):
        yield Fault(f"{table} {fact_no}", f"the fact stands there {n} times")


def _orphans(store: Store, plan: FactTable) -> Iterator[Fault]:
    yield from _strange_references(store, plan.name, plan.columns)
    for child in plan.children:
        yield from _strange_references(store, child.name, child.columns)
        parents = f"SELECT fact_no FROM {plan.name} WHERE org_id = $1"
        sql = f"SELECT DISTINCT fact_no FROM {child.name} WHERE org_id = $1 AND fact_no NOT IN ({parents})"
        for (fact_no,) in store.engine.fetch(sql, [store.org.org_id]):
            yield Fault(f"{child.name} {fact_no}", f"there is no {plan.name} of this number")


def _strange_references(store: Store, table: str, columns: Iterable[Column]) -> Iterator[Fault]:
    known = {
        ColumnKind.FACT: "SELECT fact_no FROM fact_key WHERE org_id = $1",
        ColumnKind.TERM: "SELECT term_no FROM term WHERE $1 = $1",
    }
    for column in columns:
        if column.kind not in known:
            continue
        what = f"SELECT fact_no, {column.name} FROM {table} WHERE org_id = $1 AND {column.name} IS NOT NULL"
        sql = f"{what} AND {column.name} NOT IN ({known[column.kind]}) ORDER BY fact_no"
        for fact_no, number in store.engine.fetch(sql, [store.org.org_id]):
            yield Fault(f"{table} {fact_no}", f"`{column.name}` names {number}, which does not exist")


def _strange_texts(store: Store) -> Iterator[Fault]:
    keys = "SELECT fact_no FROM fact_key WHERE org_id = $1"
    sql = f"SELECT fact_no, field FROM private_text WHERE org_id = $1 AND fact_no NOT IN ({keys}) ORDER BY fact_no"
    for fact_no, field in store.engine.fetch(sql, [store.org.org_id]):
        yield Fault(f"private_text {fact_no}", f"the text `{field}` belongs to no fact")


def _not_erased(store: Store) -> Iterator[Fault]:
    """Find people whom the erasure log names and who are there all the same: a process was killed in between."""
    entries = [] if store.engine.path is None else read_entries(store.engine.path)
    for entry in entries:
        if isinstance(entry, ErasedPerson) and entry.org_id == store.org.org_id:
            added = store.list_facts(PersonAdded, entry.person_id)
            is_same = bool(added) and added[0].occurred_at == entry.known_since
            if is_same and store.count_private(entry.person_id).n_names:
                message = (
                    f"stands in the erasure log and was not erased; run `python -m people erase {entry.person_id}`"
                )
                yield Fault(f"person {entry.person_id}", message)


def _bundles(store: Store) -> Iterator[Fault]:
    sql = "SELECT programme_no, version_no, digest, bundle FROM programme_version WHERE org_id = $1 ORDER BY 1, 2"
    for programme_no, version_no, digest, bundle in store.engine.fetch(sql, [store.org.org_id]):
        if sha256(bundle).hexdigest() != digest:
            where = f"programme {store.terms.text(programme_no)}, version {version_no}"
            yield Fault(where, "the bundle is not what was published")


def _media(store: Store) -> Iterator[Fault]:
    sql = "SELECT digest, content FROM media WHERE org_id = $1 ORDER BY 1"
    for digest, content in store.engine.fetch(sql, [store.org.org_id]):
        if sha256(content).hexdigest() != digest:
            yield Fault(f"media {digest}", "the file is not what was published")
