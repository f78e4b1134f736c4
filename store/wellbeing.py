"""How people are, by their own word: rows that may be deleted, and of which nothing stays. No fact names them."""

from uuid import UUID

from assessments.check_ins import CheckIn
from people.models import PersonId
from store.batches import FactBatch
from store.duckdb_engine import Engine
from store.rows import read_instant, stored_instant


def put(batch: FactBatch, org_id: int, person_id: PersonId, entry: CheckIn) -> None:
    """Keep an entry; one of the same id stays as it is."""
    sql = "INSERT INTO wellbeing VALUES ($1, $2, $3, $4, $5, $6, '') ON CONFLICT DO NOTHING"
    row = [org_id, person_id, entry.entry_id, stored_instant(entry.recorded_at), entry.day, entry.level]
    batch.execute(sql, row)


def list_of(engine: Engine, org_id: int, person_id: PersonId) -> list[CheckIn]:
    """Return the entries of a person, oldest first."""
    names = "SELECT entry_id, recorded_at, day, level FROM wellbeing"
    sql = f"{names} WHERE org_id = $1 AND person_no = $2 ORDER BY recorded_at, entry_id"
    rows = engine.fetch(sql, [org_id, person_id])
    return [CheckIn(entry_id, read_instant(at), day, level) for entry_id, at, day, level in rows]


def delete(batch: FactBatch, org_id: int, person_id: PersonId, entry_id: UUID | None) -> int:
    """Delete one entry of a person, or all; return how many there were."""
    of_person = "DELETE FROM wellbeing WHERE org_id = $1 AND person_no = $2"
    if entry_id is None:
        return int(batch.execute(of_person, [org_id, person_id])[0][0])
    return int(batch.execute(f"{of_person} AND entry_id = $3", [org_id, person_id, entry_id])[0][0])
