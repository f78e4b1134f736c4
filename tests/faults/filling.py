"""A process whose disk gets full: `python -m tests.faults.filling STORE`. Prints one line of JSON at the end.

The limit on the size of its files stands in for a full disk: the log cannot grow in the middle of a commit, and cannot
be moved into the file either. Then there is room again, and the same process goes on.
"""

import json
import logging
import resource
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from assessments.facts import Milestone
from assessments.service.learning import record_reflection
from curriculum.ids import ModuleId, ProgrammeId
from people.facts import FactId
from people.models import Actor
from store.duckdb_engine import IDLE_LOG_BYTES
from store.errors import NotRecordedError
from store.ledger import Store
from store.writer import IDLE_S
from tests.faults.house import actor_of

ROOM = IDLE_LOG_BYTES * 2


def write_until_full(store: Store, actor: Actor, kept: list[FactId]) -> str:
    """Write until the store refuses; return the sentence it says."""
    try:
        while True:
            kept.append(write_one(store, actor))
    except NotRecordedError as error:
        return str(error)


def write_one(store: Store, actor: Actor) -> FactId:
    """Write a reflection."""
    note = "I waited longer. I listened. " * 10
    now = datetime.now(UTC)
    return record_reflection(store, actor, ProgrammeId("alongside"), ModuleId("M1"), note, now=now).fact_id


def main(path: Path, *, is_idle: bool) -> None:
    """Fill the disk, look at what is there, make room, and go on."""
    logging.disable()
    store = Store.open(path, must_exist=True)
    account = store.find_account("trainee0")
    assert account is not None
    actor = actor_of(store, account.person_id)
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, hard))
    kept: list[FactId] = []
    sentence = write_until_full(store, actor, kept)
    if is_idle:
        time.sleep(IDLE_S * 1.5)  # the writer tries to move the log into the file meanwhile
    readable = {one.fact_id for one in store.list_facts(Milestone)}
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    later = write_one(store, actor)
    store.close()
    unreadable = [str(id_) for id_ in kept if id_ not in readable]
    told = {"sentence": sentence, "kept": [str(id_) for id_ in [*kept, later]], "unreadable": unreadable}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), is_idle=sys.argv[2:] == ["idle"])
