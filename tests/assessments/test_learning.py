from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from assessments.errors import (
    FormClosedError,
    LateEntryError,
    ModuleLockedError,
    OwnRecordError,
    SlipTooLateError,
    UnknownFactError,
    UnknownPartError,
    WrongInputError,
)
from assessments.facts import (
    Attendance,
    Calibration,
    Certificate,
    LogAnswer,
    Milestone,
    MilestoneKind,
    Mode,
    ModuleProgress,
    Observation,
    ParticipantSummary,
    Presence,
    Supervision,
)
from assessments.reasons import CorrectionReason, LateReason
from assessments.service.learning import (
    correct,
    record_attendance,
    record_calibration,
    record_certificate,
    record_group_delivered,
    record_participant_summary,
    record_peer_model,
    record_prerequisite,
    record_progress,
    record_reflection,
    record_supervision,
)
from curriculum.ids import CertificateId, ModuleId, PrerequisiteId, PromptId
from people.errors import NotAllowedError
from people.facts import Change, FactId
from people.ids import new_fact_id
from people.models import Actor
from tests.assessments.world import (
    TODAY,
    World,
    all_basics,
    days_later,
    make_world,
    observe_harm,
    open_form,
    some_fact_id,
    submit,
    tick,
)
from tests.builders import NOW, PROGRAMME, make_checklist, make_programme

M1, M2 = ModuleId("M1"), ModuleId("M2")
BORROW = PromptId("borrow")
YESTERDAY = TODAY - timedelta(days=1)


# ---------------------------------------------------------------- own


def _progress(world: World, module_id: ModuleId = M1, step: int = 0, is_read: bool = False) -> ModuleProgress:
    return record_progress(world.ledger, world.trainee, PROGRAMME, module_id, step, is_read=is_read, now=NOW)


def test_same_step_again_adds_nothing(world: World):
    assert _progress(world) == _progress(world)
    assert world.ledger.count(ModuleProgress) == 1


def test_going_back_a_step_is_kept(world: World):
    for step in (0, 1, 0):
        _progress(world, step=step)
    assert [one.step for one in world.ledger.list_facts(ModuleProgress)] == [0, 1, 0]


@pytest.mark.parametrize("step", [-1, 2])
def test_step_must_be_one_of_the_module(world: World, step: int):
    with pytest.raises(WrongInputError, match=f"step {step}; expected 0 to 1"):
        _progress(world, step=step)


def test_module_stays_locked_until_those_before_are_read(world: World):
    _progress(world, M1, 1)
    with pytest.raises(ModuleLockedError, match="First read to the end: M1"):
        _progress(world, M2)
    _progress(world, M1, 1, is_read=True)
    assert _progress(world, M2).module_id == M2


def test_unknown_module_is_refused(world: World):
    with pytest.raises(UnknownPartError, match="no module `M7`"):
        _progress(world, ModuleId("M7"))


def _watch(world: World, watched: str = "G1 S2", watched_on: date = YESTERDAY, **changes: Any) -> Milestone:
    given = {"watched_on": watched_on, "now": NOW} | changes
    return record_peer_model(world.ledger, world.trainee, PROGRAMME, watched, "I borrow the pause.", **given)


def test_peer_leader_watched_is_recorded_on_its_day(world: World):
    milestone = _watch(world)
    assert (milestone.kind, milestone.what) == (MilestoneKind.PEER_MODEL, "G1 S2")
    assert world.ledger.day_of(milestone.occurred_at) == YESTERDAY


def test_form_id_makes_a_double_click_one_record(world: World):
    fact_id = new_fact_id()
    assert _watch(world, fact_id=fact_id) == _watch(world, fact_id=fact_id)
    assert world.ledger.count(Milestone) == 1


def test_nobody_watches_themselves(world: World):
    with pytest.raises(WrongInputError, match="another leader"):
        _watch(world, other_id=world.trainee.person_id)


def test_a_leader_watched_trains_here_too(world: World):
    assert _watch(world, other_id=world.fellow.person_id).other_id == world.fellow.person_id
    for stranger in (world.manager, world.outsider):
        with pytest.raises(WrongInputError, match="somebody of your programme here"):
            _watch(world, other_id=stranger.person_id)


def test_what_is_written_to_the_prompts_of_a_log_is_kept_prompt_by_prompt(world: World):
    fact_id = new_fact_id()
    for _ in range(2):
        _watch(world, fact_id=fact_id, answers={BORROW: " The pause. ", PromptId("ask"): " "})
    [answer] = world.ledger.list_facts(LogAnswer)
    assert (answer.entry_id, answer.prompt_id, answer.words) == (fact_id, BORROW, "The pause.")


@pytest.mark.parametrize("prompt", ["session", "who", "no-such"])
def test_only_prompts_that_ask_for_words_are_answered(world: World, prompt: str):
    with pytest.raises(UnknownPartError, match="no prompt"):
        _watch(world, answers={PromptId(prompt): "Words"})
    assert world.ledger.count(Milestone) == 0


def test_long_answer_is_refused_by_the_words_of_its_prompt(world: World):
    with pytest.raises(WrongInputError, match=r"What will you borrow\?: 101 characters; expected at most 100"):
        _watch(world, answers={BORROW: "x" * 101})


def test_programme_without_a_log_has_no_prompts():
    world = make_world(make_programme(checklists=(make_checklist(),)))
    with pytest.raises(UnknownPartError):
        _watch(world, answers={BORROW: "Words"})


def test_session_watched_is_named(world: World):
    with pytest.raises(WrongInputError, match="the session's code"):
        _watch(world, watched=" ")


def test_reflection_needs_words_and_a_module(world: World):
    assert record_reflection(world.ledger, world.trainee, PROGRAMME, M1, "I talk less.", now=NOW).what == "M1"
    with pytest.raises(WrongInputError, match="a few words"):
        record_reflection(world.ledger, world.trainee, PROGRAMME, M1, " ", now=NOW)
    with pytest.raises(UnknownPartError):
        record_reflection(world.ledger, world.trainee, PROGRAMME, ModuleId("M7"), "Words", now=NOW)


def test_long_reflection_is_refused(world: World):
    with pytest.raises(WrongInputError, match="at most 100"):
        record_reflection(world.ledger, world.trainee, PROGRAMME, M1, "x" * 101, now=NOW)


# ---------------------------------------------------------------- seen by others


def _attend(world: World, actor: Actor | None = None, **changes: Any) -> Attendance:
    given: dict[str, Any] = {"presence": Presence.PRESENT, "minutes": 120, "held_on": YESTERDAY, "now": NOW} | changes
    session_id = given.pop("session_id", "T1")
    return record_attendance(
        world.ledger, actor or world.trainer, world.trainee.person_id, PROGRAMME, session_id, **given
    )


def _supervise(world: World, actor: Actor | None = None, minutes: int = 60, **changes: Any) -> Supervision:
    given = {"mode": Mode.PHONE, "held_on": YESTERDAY, "now": NOW} | changes
    person_id = world.trainee.person_id
    return record_supervision(world.ledger, actor or world.trainer, person_id, PROGRAMME, minutes, **given)


def _prerequisite(world: World, actor: Actor | None = None, fact_id: FactId | None = None, what: str = "references"):
    return record_prerequisite(
        world.ledger,
        actor or world.trainer,
        world.trainee.person_id,
        PROGRAMME,
        PrerequisiteId(what),
        seen_on=YESTERDAY,
        now=NOW,
        fact_id=fact_id,
    )


def test_attendance_the_same_again_adds_nothing(world: World):
    assert _attend(world) == _attend(world)
    assert world.ledger.count(Attendance) == 1


def test_new_attendance_replaces_the_old_whatever_its_day(world: World):
    _attend(world)
    newer = _attend(world, held_on=YESTERDAY - timedelta(days=7), presence=Presence.MADE_UP)
    assert world.ledger.list_facts(Attendance) == [newer]
    assert world.ledger.count(Attendance) == 2


def test_absence_has_no_minutes(world: World):
    assert _attend(world, presence=Presence.ABSENT).minutes == 0


@pytest.mark.parametrize("minutes", [-1, 1441])
def test_minutes_fit_into_a_day(world: World, minutes: int):
    with pytest.raises(WrongInputError, match="expected 0 to 1440"):
        _attend(world, minutes=minutes)
    with pytest.raises(WrongInputError, match="expected 0 to 1440"):
        _supervise(world, minutes=minutes)


def test_unknown_session_is_refused(world: World):
    with pytest.raises(UnknownPartError, match=r"no session `T11`\. Did you mean `T1`\?"):
        _attend(world, session_id="T11")


def test_prerequisites_seen_are_counted_one_by_one(world: World):
    assert _prerequisite(world) != _prerequisite(world)
    fact_id = new_fact_id()
    assert _prerequisite(world, fact_id=fact_id) == _prerequisite(world, fact_id=fact_id)
    assert world.ledger.count(Milestone) == 3


def test_unknown_prerequisite_is_refused(world: World):
    with pytest.raises(UnknownPartError):
        _prerequisite(world, what="passport")


def test_supervisor_is_who_records(world: World):
    assert _supervise(world).supervisor_id == world.trainer.person_id


def test_coordinator_names_the_supervisor(world: World):
    trainer_id = world.trainer.person_id
    assert _supervise(world, world.coordinator, supervisor_id=trainer_id).supervisor_id == trainer_id
    with pytest.raises(WrongInputError, match="one of their trainers"):
        _supervise(world, world.coordinator)


def test_group_delivered_counts_once(world: World):
    given = {"held_on": YESTERDAY, "now": NOW}
    for _ in range(2):
        record_group_delivered(world.ledger, world.trainer, world.trainee.person_id, PROGRAMME, "G1", **given)
    assert world.ledger.count(Milestone) == 1


@pytest.mark.parametrize("code", ["", "x" * 61, "anna@home"])
def test_group_code_stays_a_code(world: World, code: str):
    with pytest.raises(WrongInputError, match="Group"):
        record_group_delivered(
            world.ledger, world.trainer, world.trainee.person_id, PROGRAMME, code, held_on=YESTERDAY, now=NOW
        )


def test_only_trainers_and_coordinators_record(world: World):
    assert _attend(world, world.coordinator).actor_id == world.coordinator.person_id
    for actor in (world.outsider, world.fellow, world.manager, world.lead, world.safeguarding):
        for record in (_attend, _supervise, _prerequisite, _certify, _summarise):
            with pytest.raises(NotAllowedError):
                record(world, actor)


def test_nobody_records_about_themselves(world: World):
    for record in (_attend, _supervise, _prerequisite, _certify, _summarise):
        with pytest.raises(OwnRecordError):
            record(world, world.trainee)


# ---------------------------------------------------------------- days


def test_day_to_come_is_refused(world: World):
    with pytest.raises(WrongInputError, match="2025-03-11 has not come yet; expected 2025-03-10 or earlier"):
        _attend(world, held_on=TODAY + timedelta(days=1))


def test_today_is_the_day_at_the_organisations_place(world: World):
    """At 23:30 UTC in summer it is the next day in London."""
    now = datetime(2025, 6, 10, 23, 30, tzinfo=UTC)
    attendance = _attend(world, held_on=date(2025, 6, 11), now=now)
    assert (attendance.occurred_at, world.ledger.day_of(attendance.occurred_at)) == (now, date(2025, 6, 11))


def test_old_entry_needs_a_reason(world: World):
    old = TODAY - timedelta(days=61)
    with pytest.raises(LateEntryError, match="more than 60 days ago"):
        _attend(world, held_on=old)
    assert _attend(world, held_on=old, late_reason=LateReason.PAPER_RECORD).late_reason == "paper_record"


def test_entry_of_sixty_days_ago_needs_none(world: World):
    assert _supervise(world, held_on=TODAY - timedelta(days=60)).late_reason == ""


def test_late_reason_is_coded(world: World):
    with pytest.raises(WrongInputError, match="`well` is not known"):
        _supervise(world, late_reason="well")


# ---------------------------------------------------------------- outside proof


def _certify(world: World, actor: Actor | None = None, **changes: Any) -> Certificate:
    given: dict[str, Any] = {"expires_on": date(2026, 9, 1), "now": NOW, "programme_id": PROGRAMME} | changes
    issued_on = given.pop("issued_on", date(2024, 9, 1))
    kind = CertificateId(given.pop("kind", "safeguarding"))
    return record_certificate(world.ledger, actor or world.trainer, world.trainee.person_id, kind, issued_on, **given)


def _summarise(world: World, actor: Actor | None = None, mean: int = 420, n: int = 6) -> ParticipantSummary:
    return record_participant_summary(
        world.ledger,
        actor or world.trainer,
        world.trainee.person_id,
        PROGRAMME,
        "G1",
        mean_hundredths=mean,
        n_answers=n,
        held_on=YESTERDAY,
        now=NOW,
    )


def _calibrate(world: World, actor: Actor | None = None, person: Actor | None = None) -> Calibration:
    person_id = (person or world.trainer).person_id
    return record_calibration(
        world.ledger, actor or world.lead, person_id, PROGRAMME, True, taken_on=YESTERDAY, now=NOW
    )


def test_certificate_holds_from_its_issue_and_is_recorded_once(world: World):
    certificate = _certify(world)
    assert world.ledger.day_of(certificate.occurred_at) == date(2024, 9, 1)
    assert _certify(world) == certificate


def test_certificate_that_expires_before_its_issue_is_refused(world: World):
    with pytest.raises(WrongInputError, match="expires on 2024-08-31, before its issue on 2024-09-01"):
        _certify(world, expires_on=date(2024, 8, 31))


def test_certificate_issued_in_the_future_is_refused(world: World):
    with pytest.raises(WrongInputError, match="has not come yet"):
        _certify(world, issued_on=TODAY + timedelta(days=1))


def test_unknown_kind_of_certificate_is_refused(world: World):
    with pytest.raises(UnknownPartError):
        _certify(world, kind="first-aid")


def test_training_lead_records_a_calibration_once(world: World):
    assert _calibrate(world) == _calibrate(world)
    assert world.ledger.count(Calibration) == 1


def test_nobody_records_their_own_calibration(world: World):
    with pytest.raises(OwnRecordError):
        _calibrate(world, world.lead, world.lead)


def test_no_other_office_records_a_calibration(world: World):
    for actor in (world.second_trainer, world.outsider, world.manager, world.trainee):
        with pytest.raises(NotAllowedError):
            _calibrate(world, actor)


@pytest.mark.parametrize(("mean", "n"), [(99, 5), (501, 5), (400, 0)])
def test_feedback_outside_its_scale_is_refused(world: World, mean: int, n: int):
    with pytest.raises(WrongInputError, match="Feedback"):
        _summarise(world, mean=mean, n=n)


def test_feedback_of_a_group_counts_once(world: World):
    assert _summarise(world) == _summarise(world)
    assert world.ledger.count(ParticipantSummary) == 1


def test_feedback_entered_anew_replaces_the_old(world: World):
    old, new = _summarise(world), _summarise(world, mean=380)
    assert world.ledger.list_facts(ParticipantSummary) == [new]
    assert [change.change for change in world.ledger.changes_to(old.fact_id)] == [Change.REPLACED]


def test_only_trainers_and_coordinators_record_feedback(world: World):
    for actor in (world.outsider, world.lead, world.fellow, world.manager, world.safeguarding):
        with pytest.raises(NotAllowedError):
            _summarise(world, actor)
    with pytest.raises(OwnRecordError):
        _summarise(world, world.trainee)


# ---------------------------------------------------------------- corrections


def _correct(world: World, target_id: FactId, actor: Actor | None = None, now=NOW, reason=CorrectionReason.WRONG_ENTRY):
    return correct(world.ledger, actor or world.trainer, target_id, reason, now)


def test_entry_taken_back_is_no_longer_in_force(world: World):
    target = _supervise(world)
    assert _correct(world, target.fact_id).reason == "wrong_entry"
    assert world.ledger.list_facts(Supervision) == []


def test_taking_back_twice_changes_nothing(world: World):
    target = _supervise(world)
    assert _correct(world, target.fact_id) == _correct(world, target.fact_id)


def test_only_who_recorded_takes_back(world: World):
    target = _supervise(world)
    for actor in (world.second_trainer, world.lead, world.trainee, world.coordinator):
        with pytest.raises(NotAllowedError):
            _correct(world, target.fact_id, actor)


def test_trainee_takes_own_entry_back(world: World):
    _correct(world, _watch(world).fact_id, world.trainee)
    assert world.ledger.list_facts(Milestone) == []


def test_correction_needs_a_coded_reason(world: World):
    with pytest.raises(WrongInputError):
        correct(world.ledger, world.trainer, _supervise(world).fact_id, "oops", NOW)


def test_unknown_entry_is_not_taken_back(world: World):
    with pytest.raises(UnknownFactError):
        _correct(world, some_fact_id())


def test_form_is_dropped_before_it_is_submitted_only(world: World):
    opened = open_form(world)
    tick(world, opened, *all_basics("L1", "D1.1"))
    dropped = open_form(world)
    _correct(world, dropped.fact_id)
    submit(world, opened)
    with pytest.raises(FormClosedError):
        _correct(world, opened.fact_id)


def test_observation_is_taken_back_within_a_day(world: World):
    opened = open_form(world)
    tick(world, opened, *all_basics("L1", "D1.1"))
    observation = submit(world, opened)
    with pytest.raises(SlipTooLateError):
        _correct(world, observation.fact_id, now=days_later(1.1))
    _correct(world, observation.fact_id, now=days_later(0.9))
    assert world.ledger.list_facts(Observation) == []


def test_observation_under_a_hold_is_withdrawn_through_the_hold(world: World):
    with pytest.raises(WrongInputError, match="Withdraw the hold as a slip"):
        _correct(world, observe_harm(world).fact_id)
