"""A seal: one number over all facts up to one, to be kept where who can write the store cannot reach.

The store's own digests show that a fact was changed by accident. Who can write the file could write the digests anew
too; that shows only beside a seal that was kept elsewhere: on paper, in a letter, on another machine.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from store.errors import SealFileError
from store.ledger import Store
from store.room import make_folder, writing
from store.rows import Row, Value

_CHUNK: Final = 100_000
_FACTS: Final = (
    "SELECT fact_no, fact_id, kind, digest FROM fact_key WHERE org_id = $1 AND fact_no > $2 AND fact_no <= $3 "
    "ORDER BY fact_no LIMIT $4"
)


@dataclass(frozen=True, slots=True)
class Seal:
    """SHA-256 over number, id, kind and digest of each fact of an organisation up to a number, in order."""

    org: str
    facts_up_to: int
    sha256: str
    made_at: datetime

    def as_dict(self) -> Row:
        """Return the seal for JSON."""
        made_at = self.made_at.isoformat()
        return {"org": self.org, "facts_up_to": self.facts_up_to, "sha256": self.sha256, "made_at": made_at}


def make_seal(store: Store) -> Seal:
    """Return the seal over all facts there are now."""
    position = store.position
    return Seal(store.org.name, position, _hashes(store, [position])[position], store.clock())


def add_seal(seal: Seal, path: Path) -> None:
    """Write a seal at the end of a file, which is made when it is missing."""
    with writing(path, n_bytes=0):
        make_folder(path)
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(seal.as_dict()) + "\n")


def read_seals(path: Path) -> list[Seal]:
    """Return the seals of a file.

    Raises:
        SealFileError: There is no such file, or it holds something else.
    """
    try:
        rows: list[Row] = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        return [
            Seal(str(row["org"]), int(row["facts_up_to"]), str(row["sha256"]), datetime.fromisoformat(row["made_at"]))
            for row in rows
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SealFileError(path) from error


def broken_seals(store: Store, seals: Sequence[Seal]) -> list[Seal]:
    """Return the seals that do not fit the store's facts, by number; those of other organisations are left out."""
    own = sorted((seal for seal in seals if seal.org == store.org.name), key=lambda seal: seal.facts_up_to)
    hashes = _hashes(store, [seal.facts_up_to for seal in own])
    return [seal for seal in own if hashes[seal.facts_up_to] != seal.sha256]


def _hashes(store: Store, positions: Sequence[int]) -> dict[int, str]:
    """Return the hash of the facts up to each of the positions, which rise; the facts are read once."""
    found: dict[int, str] = {}
    running, last_no = hashlib.sha256(), 0
    for position in positions:
        while rows := _next_facts(store, last_no, position):
            for fact_no, fact_id, kind, digest in rows:
                running.update(f"{fact_no} {fact_id} {kind} {digest}\n".encode())
            last_no = rows[-1][0]
        found[position] = running.copy().hexdigest()
    return found


def _next_facts(store: Store, after: int, up_to: int) -> list[tuple[Value, ...]]:
    return store.engine.fetch(_FACTS, [store.org.org_id, after, up_to, _CHUNK])
