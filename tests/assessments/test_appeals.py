"""Appeals: against what and until when, who decides, and what follows."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from assessments.errors import (
    AlreadyDecidedError,
    AppealClosedError,
    AppealTooLateError,
    InvolvedError,
    NotAppealableError,
    OwnRecordError,
    WrongInputError,
)
from assessments.facts import (
    Appeal,
    AppealAbout,
    AppealDecided,
    AppealFinding,
    AppealGround,
    AppealOutcome,
    Hold,
    Mode,
    Observation,
    Relation,
    Supervision,
)
from assessments.reasons import InterestReason, LiftReason, RevokeReason, UnlockReason
from assessments.service.appeals import (
    AppealState,
    decide_appeal,
    list_appeal_notices,
    list_appealable,
    list_open_appeals,
    list_own_appeals,
    make_appeal,
    prepare_appeal,
    withdraw_appeal,
)
from assessments.service.attempts import attempt_window, unlock_attempts
from assessments.service.decisions import countersign, prepare_case, revoke
from assessments.service.holds import lift_hold, withdraw_slip
from assessments.service.interests import declare_interest
from assessments.sign_off import SignOffState
from assessments.verdicts import Status
from people.errors import NotAllowedError
from people.facts import Amendment, Change, FactId
from people.models import Actor, Office
from people.service import assign_trainer
from tests.assessments.world import TODAY, all_basics, days_later, observe_harm, open_form, submit, take, tick
from tests.builders import NOW, PROGRAMME, QUIZ
from tests.rights.house import HERE, THE_OPERATOR, THERE, House, Stage, make_house

LATER = days_later(2)
WORDS = "I was not asked what I meant."


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    """Two hubs; each test has a trainee of its own. `second_lead` is another training lead of the hub here."""
    made = make_house()
    made.hire("second_lead", Office.TRAINING_LEAD, HERE)
    yield made
    made.store.close()


@pytest.fixture
def stage(house: House) -> Stage:
    return house.stage()


def _rate(stage: Stage, *, actor: Actor | None = None, counts: bool = True, **changes: Any) -> Observation:
    opened = open_form(stage.world, actor, counts=counts, **changes)
    tick(stage.world, opened, *all_basics("L1", "D1.1"), ("L2", "D1.2-U1", "not_seen"), actor=actor)
    return submit(stage.world, opened, actor)


def _lock(stage: Stage) -> FactId:
    """Let the trainee use up all attempts; return the last one."""
    return [take(stage.world, days_later(day), n_right=0) for day in (0, 2, 4)][-1].fact_id


def _revoke(stage: Stage, by: str = "lead") -> FactId:
    """Let the trainee be signed off, and the sign-off be revoked; return what revoked it."""
    signed = stage.sign()
    countersign(stage.store, stage.cast["countersigner"], signed.fact_id, NOW)
    return revoke(stage.store, stage.cast[by], signed.fact_id, RevokeReason.PRACTICE_CONCERN, NOW).fact_id


def _appeal(stage: Stage, target_id: FactId, now: Any = LATER, **changes: Any) -> Appeal:
    given = {"ground": AppealGround.NOT_WHAT_HAPPENED, "note": WORDS} | changes
    return make_appeal(stage.store, stage.trainee, target_id, **given, now=now)


def _decide(
    stage: Stage, appeal: Appeal, by: str, outcome: AppealOutcome, now: Any = LATER, **changes: Any
) -> AppealDecided:
    finding = AppealFinding.STANDS if outcome == AppealOutcome.DISMISSED else AppealFinding.RECORD_WRONG
    given = {"finding": finding} | changes
    return decide_appeal(stage.store, stage.cast[by], appeal.fact_id, outcome, **given, now=now)


def _supervise(stage: Stage, name: str) -> None:
    """Let somebody have supervised the trainee, who may be no trainer of theirs any more."""
    held = {"programme_id": PROGRAMME, "supervisor_id": stage.person_of(name), "minutes": 45, "mode": Mode.PHONE}
    stage.world.record(Supervision, stage.trainee, stage.cast[name], **held)


def _about(stage: Stage, now: Any = LATER) -> list[AppealAbout]:
    return [target.about for target in list_appealable(stage.store, stage.trainee, PROGRAMME, now)]


def _status(stage: Stage, at: Any = LATER) -> Status:
    verdict = stage.store.verdict(stage.person_id, PROGRAMME, at, at)
    assert verdict is not None
    return verdict.status


# ---------------------------------------------------------------- against what, and until when


def test_ratings_holds_revocations_and_lock_outs_can_be_appealed_against(stage: Stage) -> None:
    _revoke(stage)
    _rate(stage)
    observe_harm(stage.world)
    _lock(stage)
    assert sorted(_about(stage, days_later(5))) == ["hold", "lock_out", "rating", "revocation"]


def test_a_self_rating_and_an_open_quiz_cannot(stage: Stage) -> None:
    _rate(stage, actor=stage.trainee, relation=Relation.SELF, counts=False)
    take(stage.world, n_right=0)
    assert _about(stage) == []


def test_the_last_day_is_the_programmes_number_of_days_later(stage: Stage) -> None:
    rating = _rate(stage)
    target = list_appealable(stage.store, stage.trainee, PROGRAMME, LATER)[0]
    assert (target.since, target.until) == (TODAY, TODAY + timedelta(days=28))
    with pytest.raises(AppealTooLateError, match="for 28 days, until 2025-04-07"):
        _appeal(stage, rating.fact_id, now=days_later(29))
    assert _appeal(stage, rating.fact_id, now=days_later(28))


@pytest.mark.parametrize("given", [{"ground": "spite"}, {"note": "x" * 101}])
def test_the_ground_is_coded_and_the_note_short(stage: Stage, given: dict[str, Any]) -> None:
    rating = _rate(stage)
    with pytest.raises(WrongInputError):
        _appeal(stage, rating.fact_id, **given)


def test_something_else_cannot_be_appealed_against(stage: Stage) -> None:
    signed = stage.sign()
    with pytest.raises(NotAppealableError, match="You can appeal against a rating"):
        _appeal(stage, signed.fact_id)


def test_nobody_appeals_for_somebody_else(stage: Stage) -> None:
    rating = _rate(stage)
    for name in ("fellow", "trainer", "lead", "operator"):
        with pytest.raises(NotAllowedError):
            make_appeal(stage.store, stage.cast[name], rating.fact_id, AppealGround.NOT_NEUTRAL, "", now=LATER)


def test_a_second_click_is_one_appeal(stage: Stage) -> None:
    rating = _rate(stage)
    first = _appeal(stage, rating.fact_id)
    assert _appeal(stage, rating.fact_id, ground=AppealGround.NOT_NEUTRAL) == first


# ---------------------------------------------------------------- while it is open


def test_what_is_appealed_against_counts_until_it_is_decided(stage: Stage) -> None:
    rating = _rate(stage)
    before = stage.store.verdict(stage.person_id, PROGRAMME, LATER, LATER)
    _appeal(stage, rating.fact_id)
    assert stage.store.verdict(stage.person_id, PROGRAMME, LATER, LATER) == before
    hold = observe_harm(stage.world)
    _appeal(stage, stage.store.list_facts(Hold, stage.person_id)[0].fact_id)
    assert _status(stage) == Status.ON_HOLD
    assert hold in stage.store.list_facts(Observation, stage.person_id)


def test_it_can_be_taken_back_and_made_anew_within_the_time(stage: Stage) -> None:
    rating = _rate(stage)
    first = _appeal(stage, rating.fact_id)
    assert withdraw_appeal(stage.store, stage.trainee, first.fact_id, LATER) == withdraw_appeal(
        stage.store, stage.trainee, first.fact_id, LATER
    )
    assert list_own_appeals(stage.store, stage.trainee, LATER)[0].state == AppealState.WITHDRAWN
    second = _appeal(stage, rating.fact_id)
    assert second != first
    assert [case.state for case in list_own_appeals(stage.store, stage.trainee, LATER)] == [
        AppealState.OPEN,
        AppealState.WITHDRAWN,
    ]
    with pytest.raises(AppealClosedError):
        _decide(stage, first, "lead", AppealOutcome.UPHELD)


@pytest.mark.parametrize("how", ["slip", "unlock"])
def test_what_was_taken_back_meanwhile_settles_it(stage: Stage, how: str) -> None:
    if how == "slip":
        observe_harm(stage.world)
        target_id = stage.store.list_facts(Hold, stage.person_id)[0].fact_id
        appeal = _appeal(stage, target_id, now=NOW)
        withdraw_slip(stage.store, stage.cast["trainer"], target_id, NOW)
        by, at = "safeguarding", LATER
    else:
        appeal, at, by = _appeal(stage, _lock(stage), now=days_later(5)), days_later(6), "lead"
        given = {"reason": UnlockReason.ACCESS_NEED, "now": at}
        unlock_attempts(stage.store, stage.cast["trainer"], stage.person_id, PROGRAMME, QUIZ, **given)
    assert prepare_appeal(stage.store, stage.trainee, appeal.fact_id, at).state == AppealState.SETTLED
    with pytest.raises(AppealClosedError):
        _decide(stage, appeal, by, AppealOutcome.UPHELD, now=at)
    with pytest.raises(AppealClosedError):
        withdraw_appeal(stage.store, stage.trainee, appeal.fact_id, at)


def test_the_trainee_sees_all_the_evidence(stage: Stage) -> None:
    rating = _rate(stage)
    case = prepare_appeal(stage.store, stage.trainee, _appeal(stage, rating.fact_id).fact_id, LATER)
    assert case.evidence.observation == rating
    assert case.evidence.form is not None and len(case.evidence.form.states) == 5
    locked = _lock(stage)
    appeal = _appeal(stage, locked, now=days_later(5))
    assert len(prepare_appeal(stage.store, stage.trainee, appeal.fact_id, days_later(5)).evidence.attempts) == 3
    assert set(case.decider_ids) == {stage.person_of("lead"), stage.person_of("second_lead")}


# ---------------------------------------------------------------- who decides


def test_who_rated_does_not_decide_and_is_told_who_can(house: House, stage: Stage) -> None:
    lead = stage.cast["lead"]
    assign_trainer(stage.store, THE_OPERATOR, stage.person_id, stage.person_of("other_trainer"), NOW)
    rating = _rate(stage, actor=stage.cast["doubled"])
    appeal = _appeal(stage, rating.fact_id)
    with pytest.raises(InvolvedError, match="You rated this yourself") as caught:
        _decide(stage, appeal, "doubled", AppealOutcome.DISMISSED)
    free = {lead.person_id, stage.person_of("second_lead")}
    assert set(caught.value.decider_ids) == free
    assert all(f"person {person_id}" in str(caught.value) for person_id in free)


def test_who_supervised_does_not_decide(stage: Stage) -> None:
    rating = _rate(stage)
    _supervise(stage, "lead")
    appeal = _appeal(stage, rating.fact_id)
    with pytest.raises(InvolvedError, match="You train or supervise this person"):
        _decide(stage, appeal, "lead", AppealOutcome.UPHELD)
    assert _decide(stage, appeal, "second_lead", AppealOutcome.DISMISSED)


def test_who_declared_an_interest_does_not_decide(stage: Stage) -> None:
    appeal = _appeal(stage, _rate(stage).fact_id)
    lead = stage.cast["lead"]
    declare_interest(stage.store, lead, stage.person_id, InterestReason.KNOWN_PRIVATELY.value, now=NOW)
    with pytest.raises(InvolvedError, match="declared an interest"):
        _decide(stage, appeal, "lead", AppealOutcome.DISMISSED)


def test_who_signed_on_a_rating_does_not_decide_on_it(stage: Stage) -> None:
    target = _revoke(stage, by="lead")
    appeal = _appeal(stage, target)
    with pytest.raises(InvolvedError, match="You revoked this sign-off yourself"):
        _decide(stage, appeal, "lead", AppealOutcome.UPHELD)
    case = prepare_appeal(stage.store, stage.cast["second_lead"], appeal.fact_id, LATER)
    assert case.decider_ids == (stage.person_of("second_lead"),)


def test_who_lifted_a_hold_does_not_decide_on_it(stage: Stage) -> None:
    observe_harm(stage.world)
    hold = stage.store.list_facts(Hold, stage.person_id)[0]
    lift_hold(stage.store, stage.cast["safeguarding"], hold.fact_id, LiftReason.RETRAINED, NOW)
    appeal = _appeal(stage, hold.fact_id)
    with pytest.raises(InvolvedError, match="You lifted or debriefed this yourself"):
        _decide(stage, appeal, "safeguarding", AppealOutcome.UPHELD)
    with pytest.raises(WrongInputError, match="The hold is over"):
        _decide(stage, appeal, "deputy", AppealOutcome.CHANGED)
    assert _decide(stage, appeal, "deputy", AppealOutcome.UPHELD)


def test_nobody_decides_on_their_own_and_other_offices_do_not_see_it(stage: Stage) -> None:
    appeal = _appeal(stage, _rate(stage).fact_id)
    with pytest.raises((InvolvedError, NotAllowedError, OwnRecordError)):
        _decide(stage, appeal, "hats", AppealOutcome.UPHELD)
    for name in ("trainer", "manager", "coordinator", "safeguarding", "admin", "fellow", "there_lead", "countersigner"):
        with pytest.raises(NotAllowedError):
            prepare_appeal(stage.store, stage.cast[name], appeal.fact_id, LATER)
        assert list_open_appeals(stage.store, stage.cast[name], LATER) == [
            case
            for case in list_open_appeals(stage.store, stage.cast[name], LATER)
            if case.appeal.fact_id != appeal.fact_id
        ]
    with pytest.raises(NotAllowedError):
        _decide(stage, appeal, "operator", AppealOutcome.UPHELD)


def test_a_hub_where_nobody_is_free_is_told_what_to_do(house: House) -> None:
    stage = house.stage()
    for name in ("lead", "second_lead"):
        _supervise(stage, name)
    appeal = _appeal(stage, _rate(stage).fact_id)
    case = prepare_appeal(stage.store, stage.trainee, appeal.fact_id, LATER)
    assert case.decider_ids == ()
    with pytest.raises(InvolvedError, match="Nobody here can decide without being involved"):
        _decide(stage, appeal, "lead", AppealOutcome.DISMISSED)
    notices = list_appeal_notices(stage.store, stage.cast["manager"], HERE, LATER)
    mine = [one for one in notices if one.person_id == stage.person_id]
    assert [(one.about, one.appealed_on, one.decider_ids) for one in mine] == [
        (AppealAbout.RATING, TODAY + timedelta(days=2), ())
    ]
    assert list_appeal_notices(stage.store, stage.cast["there_manager"], THERE, LATER) == []


def test_who_may_decide_comes_first_and_the_involved_read_no_note(stage: Stage) -> None:
    target = _revoke(stage, by="lead")
    appeal = _appeal(stage, target)

    def mine(name: str) -> Any:
        found = list_open_appeals(stage.store, stage.cast[name], LATER)
        assert [bool(case.why_not) for case in found] == sorted(bool(case.why_not) for case in found)
        return next(case for case in found if case.appeal.fact_id == appeal.fact_id)

    assert (mine("second_lead").why_not, mine("second_lead").appeal.note) == ("", WORDS)
    assert str(mine("lead").why_not).startswith("You revoked this sign-off yourself")
    assert mine("lead").appeal.note == ""
    assert prepare_appeal(stage.store, stage.trainee, appeal.fact_id, LATER).appeal.note == WORDS


# ---------------------------------------------------------------- what follows


def _changes(stage: Stage, fact_id: FactId) -> list[Change]:
    return [one.change for one in stage.store.changes_to(fact_id)]


@pytest.mark.parametrize(
    ("outcome", "change", "is_kept"),
    [
        (AppealOutcome.UPHELD, [Change.VOID], False),
        (AppealOutcome.CHANGED, [Change.REVOKED], True),
        (AppealOutcome.DISMISSED, [], True),
    ],
)
def test_a_rating(stage: Stage, outcome: AppealOutcome, change: list[Change], is_kept: bool) -> None:
    rating = _rate(stage)
    assert _status(stage) == Status.PRACTISING
    appeal = _appeal(stage, rating.fact_id)
    decided = _decide(stage, appeal, "lead", outcome)
    assert _changes(stage, rating.fact_id) == change
    assert (rating in stage.store.list_facts(Observation, stage.person_id)) is is_kept
    assert (_status(stage) == Status.PRACTISING) is (outcome == AppealOutcome.DISMISSED)
    assert _status(stage, NOW) == (Status.PRACTISING if is_kept else Status.NOT_STARTED)
    case = prepare_appeal(stage.store, stage.trainee, appeal.fact_id, LATER)
    assert (case.state, case.decided) == (AppealState.DECIDED, decided)


@pytest.mark.parametrize("outcome", AppealOutcome)
def test_a_hold(stage: Stage, outcome: AppealOutcome) -> None:
    harm = observe_harm(stage.world)
    hold = stage.store.list_facts(Hold, stage.person_id)[0]
    assert _about(stage) == [AppealAbout.HOLD]
    appeal = _appeal(stage, hold.fact_id)
    _decide(stage, appeal, "deputy", outcome)
    assert (_status(stage) == Status.ON_HOLD) is (outcome == AppealOutcome.DISMISSED)
    assert _status(stage, NOW) == (Status.NOT_STARTED if outcome == AppealOutcome.UPHELD else Status.ON_HOLD)
    expected = {
        AppealOutcome.UPHELD: ([Change.VOID], [Change.VOID]),
        AppealOutcome.CHANGED: ([Change.LIFTED], [Change.HARM_RESOLVED]),
        AppealOutcome.DISMISSED: ([], []),
    }
    assert (_changes(stage, hold.fact_id), _changes(stage, harm.fact_id)) == expected[outcome]


def _sign_off_state(stage: Stage) -> SignOffState:
    return prepare_case(stage.store, stage.cast["lead"], stage.person_id, PROGRAMME, LATER).sign_offs[-1].state


def test_a_revocation_that_is_struck_out_restores_the_sign_off(stage: Stage) -> None:
    target = _revoke(stage, by="lead")
    assert _status(stage) == Status.REVOKED
    _decide(stage, _appeal(stage, target), "second_lead", AppealOutcome.UPHELD)
    assert (_status(stage), _sign_off_state(stage)) == (Status.SIGNED_OFF, SignOffState.IN_FORCE)
    assert _status(stage, days_later(1)) == Status.REVOKED  # what was so meanwhile stays so
    rows = stage.store.query("person_sign_offs", stage.trainee, person_id=stage.person_id, programme_id=PROGRAMME)
    assert [row["revoked_at"] for row in rows] == [None]


def test_a_restored_sign_off_can_be_revoked_once_more_and_appealed_against_again(stage: Stage) -> None:
    target = _revoke(stage, by="lead")
    _decide(stage, _appeal(stage, target), "second_lead", AppealOutcome.UPHELD)
    signed = prepare_case(stage.store, stage.cast["lead"], stage.person_id, PROGRAMME, LATER).sign_offs[-1].sign_off
    again = revoke(stage.store, stage.cast["lead"], signed.fact_id, RevokeReason.LEFT_ROLE, days_later(3))
    assert again.fact_id != target
    assert _status(stage, days_later(3)) == Status.REVOKED
    appeal = _appeal(stage, again.fact_id, now=days_later(4))
    _decide(stage, appeal, "second_lead", AppealOutcome.UPHELD, now=days_later(4))
    assert _status(stage, days_later(4)) == Status.SIGNED_OFF


def test_a_revocation_that_is_changed_stands_for_another_reason(stage: Stage) -> None:
    target = _revoke(stage, by="lead")
    appeal = _appeal(stage, target)
    for reason in ("", "spite", RevokeReason.PRACTICE_CONCERN):
        with pytest.raises(WrongInputError, match="Reason"):
            _decide(stage, appeal, "second_lead", AppealOutcome.CHANGED, reason=reason)
    _decide(stage, appeal, "second_lead", AppealOutcome.CHANGED, reason=RevokeReason.LEFT_ROLE)
    assert (_status(stage), _sign_off_state(stage)) == (Status.REVOKED, SignOffState.REVOKED)
    rows = stage.store.query("person_sign_offs", stage.trainee, person_id=stage.person_id, programme_id=PROGRAMME)
    assert [row["revoke_reason"] for row in rows] == ["left_role"]


@pytest.mark.parametrize(
    ("outcome", "used", "may_start"),
    [(AppealOutcome.UPHELD, 2, True), (AppealOutcome.CHANGED, 0, True), (AppealOutcome.DISMISSED, 3, False)],
)
def test_a_lock_out(stage: Stage, outcome: AppealOutcome, used: int, may_start: bool) -> None:
    appeal = _appeal(stage, _lock(stage), now=days_later(5))
    _decide(stage, appeal, "lead", outcome, now=days_later(6))
    window = attempt_window(stage.store, stage.person_id, PROGRAMME, QUIZ, days_later(6))
    assert (window.used, window.may_start, window.open) == (used, may_start, None)
    if may_start:
        assert take(stage.world, days_later(6), n_right=0)


def test_the_effect_is_recorded_with_the_decision_or_not_at_all(stage: Stage) -> None:
    rating = _rate(stage)
    appeal = _appeal(stage, rating.fact_id)
    position = stage.store.position
    _decide(stage, appeal, "lead", AppealOutcome.UPHELD)
    assert stage.store.position == position + 2
    assert [one.reason for one in stage.store.list_facts(Amendment, stage.person_id)] == ["appeal"]


# ---------------------------------------------------------------- once


def test_a_decision_is_taken_once(stage: Stage) -> None:
    appeal = _appeal(stage, _rate(stage).fact_id)
    first = _decide(stage, appeal, "lead", AppealOutcome.DISMISSED)
    assert _decide(stage, appeal, "lead", AppealOutcome.DISMISSED) == first
    with pytest.raises(AlreadyDecidedError):
        _decide(stage, appeal, "lead", AppealOutcome.UPHELD)
    with pytest.raises(AlreadyDecidedError):
        _decide(stage, appeal, "second_lead", AppealOutcome.DISMISSED)
    with pytest.raises(AppealClosedError):
        withdraw_appeal(stage.store, stage.trainee, appeal.fact_id, LATER)
    with pytest.raises(AppealClosedError):
        _appeal(stage, appeal.target_id)


@pytest.mark.parametrize(
    ("outcome", "finding"),
    [("upheld", "stands"), ("dismissed", "record_wrong"), ("maybe", "stands"), ("upheld", "hunch")],
)
def test_outcome_and_finding_have_to_fit(stage: Stage, outcome: str, finding: str) -> None:
    appeal = _appeal(stage, _rate(stage).fact_id)
    with pytest.raises(WrongInputError):
        decide_appeal(stage.store, stage.cast["lead"], appeal.fact_id, outcome, finding, now=LATER)
