"""A stage on which something of every kind is recorded, and a way to see whether rows tell of it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from assessments.facts import DeviceRecord, Mode, Presence, Relation, SignOff
from assessments.reasons import SetAsideReason
from assessments.service.attempts import start_attempt, submit_attempt
from assessments.service.calibrating import rate_vignette
from assessments.service.learning import (
    record_attendance,
    record_calibration,
    record_certificate,
    record_participant_summary,
    record_peer_model,
    record_progress,
    record_supervision,
)
from assessments.service.observations import acknowledge, receive_record, request_observation, set_aside_held
from assessments.service.support import (
    ask_contact,
    check_in,
    choose_check_in,
    note_preparation,
    pair_buddies,
    rate_confidence,
)
from assessments.support import PreparationState
from curriculum.ids import CertificateId, ChecklistId, ModuleId, PromptId, VignetteId
from curriculum.items import Pool
from curriculum.models import Preparation, Setting
from people.facts import FactId
from people.ids import derived_fact_id
from people.rights import Record
from people.service import assign_trainer, end_assignment
from people.service.audit import open_record
from store.rows import fact_classes
from tests.assessments.world import (
    TODAY,
    answer,
    make_device_record,
    observe_harm,
    open_form,
    rate_twice,
    submit,
    take,
    tick,
)
from tests.builders import NOW, PROGRAMME, QUIZ
from tests.rights import support_rows
from tests.rights.house import TEXTS, THE_OPERATOR, House, Stage

LATER = NOW + timedelta(minutes=1)
SECRET = "You waited longer than last week."
"""A private text about the trainee."""


def make_recorded(house: House) -> Stage:
    """Return a stage whose trainee was signed off, and has a hold, a half-done form, a request, and other records."""
    stage = house.stage()
    _learn(stage)
    _disagree(stage, stage.sign())
    _practise(stage)
    _be_supported(stage)
    open_record(stage.store, stage.cast["trainer"], stage.person_id, Record.RESULTS, NOW)
    return stage


def _disagree(stage: Stage, signed: SignOff) -> None:
    """Let somebody who trains them no more decide "not yet" as the newest, and the trainee see that differently."""
    fact_id = derived_fact_id(signed.fact_id, "not yet")
    by = {"actor_id": stage.person_of("other_trainer"), "occurred_at": LATER}
    declined = replace(signed, **by, fact_id=fact_id, is_granted=False, needs_countersign=False, levels=(), note="")
    stage.store.append(declined)
    acknowledge(stage.store, stage.trainee, fact_id, agrees=False, note="", now=LATER)


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
    summary = {"mean_hundredths": 420, "n_answers": 6, "held_on": TODAY, "now": NOW}
    record_participant_summary(store, trainer, person_id, PROGRAMME, "RIV-A", **summary)
    for scene in ("calm", "rushed"):
        rate_vignette(store, trainer, PROGRAMME, VignetteId(scene), {}, version_no=1, now=NOW)
    record_calibration(store, stage.cast["lead"], trainer.person_id, PROGRAMME, True, taken_on=TODAY, now=NOW)


def _practise(stage: Stage) -> None:
    watched = open_form(stage.world)
    tick(stage.world, watched, ("L1", "D1.1-B1", "seen"))
    submit(stage.world, watched, strength=SECRET)
    whole = open_form(stage.world, checklist_id=ChecklistId("C7"), setting=Setting.LIVE)
    tick(stage.world, whole, ("F1", "", "done"))
    submit(stage.world, whole)
    observe_harm(stage.world)
    see_apart(stage)
    receive_record(stage.store, stage.cast["trainer"], send_from_device(stage), now=NOW)
    set_aside_held(stage.store, stage.cast["lead"], hold_from_device(stage), SetAsideReason.TOO_UNSURE, now=NOW)
    hold_from_device(stage)
    _evaluate(stage)
    open_form(stage.world)
    asked = {"asked_id": None, "now": LATER}
    request_observation(stage.store, stage.trainee, PROGRAMME, ChecklistId("C7"), Setting.LIVE, **asked)


def see_apart(stage: Stage) -> FactId:
    """Let another trainer, for as long as it takes, rate what the trainer rates, two levels apart; return a view."""
    other, trainee = stage.cast["other_trainer"].person_id, stage.person_id
    assigned = assign_trainer(stage.store, THE_OPERATOR, trainee, other, NOW)
    first, _ = rate_twice(stage.world, session_code="apart")
    end_assignment(stage.store, THE_OPERATOR, assigned.fact_id, NOW)
    return first.fact_id


def send_from_device(stage: Stage, **changes: Any) -> DeviceRecord:
    """Return a form of the trainer about the trainee, as a device sends it."""
    return make_device_record(stage.person_id, stage.cast["trainer"].person_id, **changes)


def hold_from_device(stage: Stage) -> FactId:
    """Let a form arrive that was filled in longer ago than may be entered without a reason; return its number."""
    at = NOW - timedelta(days=70)
    sent = send_from_device(stage, begun_at=at, claimed_at=at, occurred_at=at)
    return receive_record(stage.store, stage.cast["trainer"], sent, now=NOW).record.fact_id


def _evaluate(stage: Stage) -> None:
    """Let the trainee evaluate themselves, ask a fellow for it, be evaluated by them, and watch them lead."""
    fellow = stage.cast["fellow"]
    for actor, relation in ((stage.trainee, Relation.SELF), (fellow, Relation.PARTNER)):
        seen = open_form(stage.world, actor, relation=relation)
        tick(stage.world, seen, ("L1", "D1.1-B1", "seen"), actor=actor)
        submit(stage.world, seen, actor, next_step=SECRET)
    asked = {"asked_id": fellow.person_id, "now": LATER}
    request_observation(stage.store, stage.trainee, PROGRAMME, ChecklistId("C9"), Setting.LIVE, **asked)
    note = {"watched_on": TODAY, "other_id": fellow.person_id, "answers": {PromptId("borrow"): SECRET}, "now": NOW}
    record_peer_model(stage.store, stage.trainee, PROGRAMME, "RIV-B", "", **note)


def _be_supported(stage: Stage) -> None:
    store, trainee, coordinator = stage.store, stage.trainee, stage.cast["coordinator"]
    support_rows.offered(stage)
    ask_contact(store, trainee, **support_rows.asking(stage))
    choose_check_in(store, trainee, True, NOW)
    for level in (4, 5):
        check_in(store, trainee, level, NOW)
    rate_confidence(store, trainee, **support_rows.levels(stage))
    pair_buddies(store, coordinator, **support_rows.pair(stage))
    session = support_rows.planned(stage)
    note_preparation(store, trainee, session.fact_id, Preparation.VENUE, PreparationState.READY, now=NOW)


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
