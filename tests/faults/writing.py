"""A process that writes through the services and says what was acknowledged.

Four threads, one a trainee, take practice quizzes; a fifth keeps the register, where each entry replaces the one
before. After every answer of the store one line is printed: what it was, its id, and what it holds. The parent kills
this process at any moment.
"""

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread

from assessments.facts import Presence
from assessments.items import right_given
from assessments.service.attempts import load_sheet, record_response, start_attempt, submit_attempt
from assessments.service.learning import record_attendance
from curriculum.ids import ProgrammeId
from curriculum.items import Pool
from people.models import PersonId
from store.ledger import Store
from tests.faults.house import actor_of

PROGRAMME = ProgrammeId("alongside")


def say(kind: str, fact_id: object, holds: object = None) -> None:
    """Print one line in one write, so that a kill cuts no line in two but the last."""
    os.write(1, (json.dumps([kind, str(fact_id), holds]) + "\n").encode())


def now() -> datetime:
    """Return the present instant."""
    return datetime.now(UTC)


def answer_for_ever(store: Store, person_id: PersonId) -> None:
    """Take practice quizzes one after the other."""
    actor = actor_of(store, person_id)
    quizzes = store.programme(PROGRAMME, 1).blueprints
    for n in count():
        started = start_attempt(store, actor, PROGRAMME, quizzes[n % len(quizzes)].id, Pool.PRACTICE, now=now())
        say("AttemptStarted", started.fact_id, len(started.item_ids))
        for position, item in enumerate(load_sheet(store, actor, started.fact_id).items):
            given = right_given(item)
            response = record_response(
                store,
                actor,
                started.fact_id,
                position,
                given.chosen,
                text=given.text,
                certainty=None,
                is_flagged=False,
                now=now(),
            )
            say("Response", response.fact_id, [position, list(response.chosen)])
        attempt = submit_attempt(store, actor, started.fact_id, now())
        say("Attempt", attempt.fact_id, [attempt.score, len(attempt.items)])


def keep_register_for_ever(store: Store, trainer_id: PersonId, trainee_id: PersonId) -> None:
    """Enter the same session again and again: two facts an entry, the new one and that it replaces the old one."""
    actor = actor_of(store, trainer_id)
    head = store.programme(PROGRAMME, 1).head
    for n in count():
        entry = record_attendance(
            store,
            actor,
            trainee_id,
            PROGRAMME,
            head.sessions[0].id,
            presence=Presence.PRESENT,
            minutes=n % 60 + 1,
            held_on=store.day_of(now()),
            now=now(),
        )
        say("Attendance", entry.fact_id, n % 60 + 1)


def write_until_killed(path: Path, said: Connection) -> None:
    """Write to the store, and say all to the other end of the pipe."""
    os.dup2(said.fileno(), 1)
    store = Store.open(path, must_exist=True)
    trainees = [store.find_account(f"trainee{n}") for n in range(4)]
    trainer = store.find_account("trainer")
    ids = [account.person_id for account in trainees if account is not None]
    assert len(ids) == 4 and trainer is not None
    work: list[tuple[Callable[..., None], tuple[object, ...]]] = [(answer_for_ever, (store, id_)) for id_ in ids]
    work.append((keep_register_for_ever, (store, trainer.person_id, ids[0])))
    threads = [Thread(target=act, args=args, daemon=True) for act, args in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
