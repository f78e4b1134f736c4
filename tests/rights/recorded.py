"""A stage on which something of every kind is recorded, and a way to see whether rows tell of it."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from assessments.facts import Mode, Presence
from assessments.service.attempts import start_attempt, submit_attempt
from assessments.service.learning import (
    record_attendance,
    record_calibration,
    record_certificate,
    record_progress,
    record_supervision,
)
from assessments.service.observations import request_observation
from curriculum.ids import CertificateId, ChecklistId, ModuleId
from curriculum.items import Pool
from curriculum.models import Setting
from people.rights import Record
from people.service.audit import open_record
from store.rows import fact_classes
from tests.assessments.world import TODAY, answer, observe_harm, open_form, submit, take, tick
from tests.builders import NOW, PROGRAMME, QUIZ
from tests.rights.house import TEXTS, House, Stage

SECRET = "You waited longer than last week."
"""A private text about the trainee."""


def make_recorded(house: House) -> Stage:
    """Return a stage whose trainee was signed off, and has a hold, a half-done form, a request, and other records."""
    stage = house.stage()
    _learn(stage)
    stage.sign()
    _practise(stage)
    open_record(stage.store, stage.cast["trainer"], stage.person_id, Record.RESULTS, NOW)
    return stage


def _learn(stage: Stage) -> None:
    store, trainer, person_id = stage.store, stage.cast["trainer"], stage.person_id
    take(stage.world, n_right=0)
    start_attempt(store, stage.trainee, PROGRAMME, QUIZ, Pool.PRACTICE, now=NOW)
    text = start_attempt(store, stage.trainee, PROGRAMME, TEXTS, Pool.COUNTING, now=NOW)
    answer(stage.world, text, 0, (), text="I hear you.")
    submit_attempt(store, stage.trainee, text.fact_id, NOW)
    record_progress(store, stage.trainee, PROGRAMME, ModuleId("M1"), 1, is_read=True, now=NOW)
    seen = {"presence": Presence.PRESENT, "minutes": 90, "held_on": TODAY, "now": NOW}
    record_attendance(store, trainer, person_id, PROGRAMME, "T1", **seen)
    record_supervision(store, trainer, person_id, PROGRAMME, 45, mode=Mode.PHONE, held_on=TODAY, now=NOW)
    until = TODAY.replace(year=2027)
    record_certificate(store, trainer, person_id, CertificateId("safeguarding"), TODAY, expires_on=until, now=NOW)
    record_calibration(store, stage.cast["lead"], trainer.person_id, PROGRAMME, True, taken_on=TODAY, now=NOW)


def _practise(stage: Stage) -> None:
    watched = open_form(stage.world)
    tick(stage.world, watched, ("L1", "D1.1-B1", "seen"))
    submit(stage.world, watched, strength=SECRET)
    observe_harm(stage.world)
    open_form(stage.world)
    request_observation(stage.store, stage.trainee, PROGRAMME, ChecklistId("C7"), Setting.LIVE, asked_id=None, now=NOW)


def fact_ids_of(stage: Stage) -> frozenset[UUID]:
    """Return the ids of all that is recorded about the trainee."""
    kinds = fact_classes()
    return frozenset(fact.fact_id for kind in kinds for fact in stage.store.list_facts(kind, stage.person_id))


def tells_of(stage: Stage, rows: Iterable[Mapping[str, Any]], fact_ids: frozenset[UUID]) -> bool:
    """Return whether any row names the trainee, by number or name, or a fact about them."""
    name = stage.trainee.name
    return any(
        (column == "person_no" and value == stage.person_id) or value == name or value in fact_ids
        for row in rows
        for column, value in row.items()
        if isinstance(value, int | str | UUID)
    )
