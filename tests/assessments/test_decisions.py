from datetime import date, timedelta
from typing import Any

import pytest

from assessments.errors import (
    AlreadyDecidedError,
    NotDecidableError,
    NotEnrolledError,
    UnknownFactError,
    WrongInputError,
)
from assessments.facts import (
    ActivityLevel,
    Countersign,
    DisputeOutcome,
    DisputeSettled,
    Mode,
    ObservationOpened,
    SecondLook,
    SignOff,
    Supervision,
)
from assessments.reasons import AdjudicationReason, RevokeReason
from assessments.service.decisions import (
    Case,
    ask_decision,
    countersign,
    decline,
    give_second_look,
    prepare_case,
    revoke,
    see_sign_offs,
    settle_dispute,
    sign_off,
)
from assessments.service.observations import acknowledge
from assessments.sign_off import DisputeStep, SignOffState, StepKind, evidence_hash
from assessments.verdicts import GateState, Status
from curriculum.gates import Severity
from curriculum.ids import ActivityId
from curriculum.models import Decision
from people.errors import NotAllowedError
from people.facts import Fact, Grant
from people.models import Actor, HeldGrant, Office, Scope
from tests.assessments.world import HUB, World, days_later, make_world, open_form, some_fact_id, submit, tick
from tests.builders import NOW, PROGRAMME, make_gate_verdict, make_head, make_programme, make_verdict

E2, E6 = ActivityId("E2"), ActivityId("E6")
LEVELS = {E2: 4, E6: 3}


def _case(world: World, actor: Actor | None = None, now=NOW) -> Case:
    return prepare_case(world.ledger, actor or world.trainer, world.trainee.person_id, PROGRAMME, now)


def _sign(
    world: World, actor: Actor | None = None, levels: dict[ActivityId, int] = LEVELS, note: str = "", now=NOW
) -> SignOff:
    person_id = world.trainee.person_id
    return sign_off(world.ledger, actor or world.trainer, person_id, PROGRAMME, levels, note=note, now=now)


def _decline(world: World, now=NOW) -> SignOff:
    return decline(world.ledger, world.trainer, world.trainee.person_id, PROGRAMME, "More live practice.", now=now)


def _set_verdict(world: World, **changes: Any) -> None:
    person_id = world.trainee.person_id
    world.ledger.verdicts[person_id, PROGRAMME] = make_verdict(person_id, **changes)


def _both(person: Actor, *offices: Office) -> Actor:
    return Actor(person.person_id, person.name, (*person.grants, *(HeldGrant(office, HUB) for office in offices)))


# ---------------------------------------------------------------- who may decide, and when


@pytest.mark.parametrize("who", ["trainer", "second_trainer", "lead"])
def test_own_trainers_and_the_training_lead_may_decide(world: World, who: str):
    case = _case(world, getattr(world, who))
    assert (case.may_decide, case.why_not) == (True, "")


def test_nobody_decides_on_their_own_record(world: World):
    case = _case(world, _both(world.trainee, Office.TRAINING_LEAD))
    assert not case.may_decide
    assert "Nobody decides on their own record" in str(case.why_not)


def test_external_countersigner_sees_the_case_and_may_not_decide(world: World):
    assert "Only the person's trainers" in str(_case(world, world.countersigner).why_not)


def test_command_line_does_not_decide(world: World):
    assert "bears a name" in str(_case(world, world.operator).why_not)


def test_case_is_closed_to_others(world: World):
    for actor in (world.fellow, world.outsider, world.coordinator, world.safeguarding):
        with pytest.raises(NotAllowedError):
            _case(world, actor)


def test_open_blocking_gate_stands_in_the_way_and_is_named(world: World):
    _set_verdict(world, status=Status.PRACTISING, gates=(make_gate_verdict(state=GateState.NOT_MET),))
    assert str(_case(world).why_not) == "Not ready for decision. Still open: Reflections written."
    with pytest.raises(NotDecidableError, match="Reflections written"):
        _sign(world)


def test_gate_that_cannot_be_computed_stands_in_the_way(world: World):
    _set_verdict(world, gates=(make_gate_verdict(state=GateState.NOT_COMPUTABLE),))
    assert not _case(world).may_decide


def test_hold_stands_in_the_way(world: World):
    _set_verdict(world, status=Status.ON_HOLD, hold_since=date(2025, 3, 1))
    assert "On hold since 1 Mar 2025" in str(_case(world).why_not)


@pytest.mark.parametrize("status", [Status.PAUSED, Status.WITHDRAWN, Status.SIGNED_OFF])
def test_other_statuses_leave_nothing_to_decide(world: World, status: Status):
    _set_verdict(world, status=status)
    assert "There is nothing to decide" in str(_case(world).why_not)


@pytest.mark.parametrize("status", [Status.DUE_SOON, Status.LAPSED])
def test_sign_off_can_be_renewed_while_all_gates_are_met(world: World, status: Status):
    _set_verdict(world, status=status)
    assert _case(world).may_decide


def test_revoked_person_is_decided_on_by_the_training_lead_only(world: World):
    _set_verdict(world, status=Status.REVOKED)
    assert "only the training lead can decide anew" in str(_case(world).why_not)
    assert _case(world, world.lead).may_decide


def test_supervisor_does_not_sign_where_the_programme_asks_for_independence():
    head = make_head(decision=Decision(independent_of_supervisor=True))
    world = make_world(make_programme(head=head))
    supervised = {"programme_id": PROGRAMME, "minutes": 60, "mode": Mode.PHONE}
    world.record(Supervision, world.trainee, world.trainer, supervisor_id=world.trainer.person_id, **supervised)
    assert "has not supervised" in str(_case(world).why_not)
    assert _case(world, world.second_trainer).may_decide


def test_person_outside_the_programme_has_no_case(world: World):
    with pytest.raises((NotEnrolledError, NotAllowedError)):
        prepare_case(world.ledger, world.trainer, world.manager.person_id, PROGRAMME, NOW)


# ---------------------------------------------------------------- sign off


def test_sign_off_freezes_its_evidence(world: World):
    evidence = [world.record(Fact, world.trainee).fact_id for _ in range(3)]
    _set_verdict(world, gates=(make_gate_verdict(evidence=tuple(evidence)),))
    signed = _sign(world)
    assert signed.evidence == tuple(evidence)
    assert signed.evidence_hash == evidence_hash(world.ledger.digests(evidence))


def test_sign_off_keeps_what_it_was_judged_by(world: World):
    warning = make_gate_verdict("support", severity=Severity.WARN, state=GateState.NOT_MET)
    _set_verdict(world, gates=(make_gate_verdict(), warning))
    signed = _sign(world, note=" Steady. ")
    assert (signed.version_no, signed.valid_months, signed.needs_countersign) == (1, 12, True)
    assert (signed.warned_gates, signed.note) == (("support",), "Steady.")
    assert signed.levels == (ActivityLevel(E2, 4), ActivityLevel(E6, 3))


@pytest.mark.parametrize(
    ("levels", "found"),
    [
        ({E2: 4}, "`E6` is missing"),
        ({**LEVELS, ActivityId("E9"): 4}, "`E9` is no activity of the role"),
        ({E2: 4, E6: 4}, "`E6` is 4, not 3 to 3"),
        ({E2: 0, E6: 3}, "`E2` is 0, not 4 to 5"),
        ({E2: 3, E6: 3}, "`E2` is 3, not 4 to 5"),
        ({}, "`E2` is missing, `E6` is missing"),
    ],
)
def test_every_activity_has_a_level_in_its_range(world: World, levels: dict[ActivityId, int], found: str):
    with pytest.raises(WrongInputError, match=found):
        _sign(world, levels=levels)


def test_long_note_is_refused(world: World):
    with pytest.raises(WrongInputError, match="Note"):
        _sign(world, note="x" * 101)


def test_double_click_signs_once(world: World):
    assert _sign(world) == _sign(world, now=NOW + timedelta(seconds=1))
    assert world.ledger.count(SignOff) == 1


def test_second_sign_off_while_one_waits_is_refused(world: World):
    _sign(world)
    with pytest.raises(NotDecidableError, match="waits for its countersignature"):
        _sign(world, world.second_trainer)


def test_of_two_signers_at_once_one_is_first(world: World, monkeypatch: pytest.MonkeyPatch):
    append = world.ledger.append

    def append_second(*facts: Fact) -> bool:
        monkeypatch.setattr(world.ledger, "append", append)
        _sign(world, world.second_trainer)
        return append(*facts)

    monkeypatch.setattr(world.ledger, "append", append_second)
    with pytest.raises(AlreadyDecidedError, match="Person 4 has decided this"):
        _sign(world)
    assert [one.actor_id for one in world.ledger.list_facts(SignOff)] == [world.second_trainer.person_id]


def test_not_yet_is_a_decision_of_its_own_and_leaves_the_way_open(world: World):
    declined = _decline(world)
    assert (declined.is_granted, declined.levels, declined.needs_countersign) == (False, (), False)
    case = _case(world)
    assert [view.state for view in case.sign_offs] == [SignOffState.DECLINED]
    assert case.may_decide


def test_declining_twice_within_minutes_is_one_decision(world: World):
    assert _decline(world) == _decline(world, now=NOW + timedelta(minutes=5))
    assert _decline(world) != _decline(world, now=NOW + timedelta(hours=1))


# ---------------------------------------------------------------- countersign


@pytest.mark.parametrize("who", ["lead", "countersigner"])
def test_second_person_countersigns(world: World, who: str):
    signed = _sign(world)
    actor = getattr(world, who)
    assert _case(world, actor).sign_offs[0].may_countersign
    assert countersign(world.ledger, actor, signed.fact_id, NOW).sign_off_id == signed.fact_id
    assert _case(world).sign_offs[0].state == SignOffState.IN_FORCE


def test_signer_does_not_countersign(world: World):
    signed = _sign(world, world.lead)
    assert "Who signed does not countersign" in str(_case(world, world.lead).sign_offs[0].why_not_countersign)
    with pytest.raises(NotDecidableError):
        countersign(world.ledger, world.lead, signed.fact_id, NOW)


def test_trainee_does_not_countersign(world: World):
    signed = _sign(world)
    trainee = _both(world.trainee, Office.TRAINING_LEAD)
    with pytest.raises(NotDecidableError, match="their own sign-off"):
        countersign(world.ledger, trainee, signed.fact_id, NOW)


def test_another_trainer_does_not_countersign(world: World):
    signed = _sign(world)
    with pytest.raises(NotDecidableError, match="Only the training lead"):
        countersign(world.ledger, world.second_trainer, signed.fact_id, NOW)


def test_countersigning_twice_changes_nothing(world: World):
    signed = _sign(world)
    assert countersign(world.ledger, world.lead, signed.fact_id, NOW) == countersign(
        world.ledger, world.lead, signed.fact_id, days_later(1)
    )
    assert world.ledger.count(Countersign) == 1


def test_countersigned_sign_off_waits_for_nobody_else(world: World):
    signed = _sign(world)
    countersign(world.ledger, world.lead, signed.fact_id, NOW)
    with pytest.raises(NotDecidableError, match="waits for no countersignature"):
        countersign(world.ledger, world.countersigner, signed.fact_id, NOW)


def test_nothing_is_countersigned_during_a_hold(world: World):
    signed = _sign(world)
    _set_verdict(world, status=Status.ON_HOLD, hold_since=date(2025, 3, 10))
    with pytest.raises(NotDecidableError, match="On hold"):
        countersign(world.ledger, world.lead, signed.fact_id, NOW)


def test_declined_is_not_countersigned(world: World):
    with pytest.raises(NotDecidableError, match="How it stands: declined"):
        countersign(world.ledger, world.lead, _decline(world).fact_id, NOW)


def test_unknown_sign_off_is_refused(world: World):
    with pytest.raises(UnknownFactError):
        countersign(world.ledger, world.lead, some_fact_id(), NOW)


def test_older_sign_off_holds_until_the_newer_is_complete(world: World):
    first = _sign(world)
    countersign(world.ledger, world.lead, first.fact_id, NOW)
    _set_verdict(world, status=Status.DUE_SOON)
    second = _sign(world, now=days_later(350))
    states = [view.state for view in _case(world, now=days_later(350)).sign_offs]
    assert states == [SignOffState.DUE_SOON, SignOffState.AWAITING_COUNTERSIGN]
    countersign(world.ledger, world.lead, second.fact_id, days_later(350))
    states = [view.state for view in _case(world, now=days_later(350)).sign_offs]
    assert states == [SignOffState.RENEWED, SignOffState.IN_FORCE]
    assert (first.renews_id, second.renews_id) == (None, first.fact_id)


# ---------------------------------------------------------------- revoke


def test_training_lead_revokes_with_a_coded_reason(world: World):
    signed = _sign(world)
    assert _case(world, world.lead).sign_offs[0].may_revoke
    revoked = revoke(world.ledger, world.lead, signed.fact_id, RevokeReason.EVIDENCE_WRONG, NOW)
    assert revoked.reason == "evidence_wrong"
    view = _case(world, world.lead).sign_offs[0]
    assert (view.state, view.may_revoke, view.revoked) == (SignOffState.REVOKED, False, revoked)


def test_revoking_needs_a_known_reason(world: World):
    signed = _sign(world)
    with pytest.raises(WrongInputError, match="expected one of practice_concern"):
        revoke(world.ledger, world.lead, signed.fact_id, "", NOW)


def test_revoking_twice_changes_nothing(world: World):
    signed = _sign(world)
    first = revoke(world.ledger, world.lead, signed.fact_id, RevokeReason.LEFT_ROLE, NOW)
    assert revoke(world.ledger, world.lead, signed.fact_id, RevokeReason.EVIDENCE_WRONG, days_later(1)) == first


def test_no_other_office_revokes(world: World):
    signed = _sign(world)
    for actor in (world.trainer, world.trainee, world.manager, world.countersigner, world.outsider, world.operator):
        with pytest.raises(NotAllowedError):
            revoke(world.ledger, actor, signed.fact_id, RevokeReason.LEFT_ROLE, NOW)


def test_declined_cannot_be_revoked(world: World):
    with pytest.raises(WrongInputError, match="nothing to revoke"):
        revoke(world.ledger, world.lead, _decline(world).fact_id, RevokeReason.LEFT_ROLE, NOW)


# ---------------------------------------------------------------- renew


def _complete(world: World, now=NOW) -> SignOff:
    signed = _sign(world, now=now)
    countersign(world.ledger, world.lead, signed.fact_id, now)
    return signed


def test_what_has_run_out_is_renewed_and_what_was_revoked_is_not(world: World):
    first = _complete(world)
    _set_verdict(world, status=Status.LAPSED)
    second = _complete(world, days_later(400))
    assert second.renews_id == first.fact_id
    revoke(world.ledger, world.lead, second.fact_id, RevokeReason.LEFT_ROLE, days_later(401))
    _set_verdict(world, status=Status.REVOKED)
    third = _sign(world, world.lead, now=days_later(402))
    assert third.renews_id == first.fact_id


def test_who_is_signed_off_is_told_from_when_it_can_be_renewed(world: World):
    _complete(world)
    _set_verdict(world, status=Status.SIGNED_OFF)
    assert "signed off until 10 Mar 2026. It can be renewed from 8 Feb 2026 on" in str(_case(world).why_not)


# ---------------------------------------------------------------- who may take part, said before


def test_all_who_could_take_part_are_listed_with_what_keeps_them_from_it(world: World):
    lead = world.lead
    world.record(Grant, lead, world.manager, office=Office.TRAINING_LEAD, scope=Scope.HUB, hub_id=HUB)
    listed = {one.person_id: one for one in _case(world).separations}
    assert set(listed) == {world.trainer.person_id, world.second_trainer.person_id, lead.person_id}
    assert "Only the training lead" in str(listed[world.trainer.person_id].why_not_countersign)
    assert (listed[lead.person_id].why_not_sign, listed[lead.person_id].why_not_countersign) == ("", "")
    assert not _case(world).lacks_second
    _sign(world, lead)
    after = {one.person_id: one for one in _case(world).separations}
    assert "Who signed does not countersign" in str(after[lead.person_id].why_not_countersign)
    assert _case(world).lacks_second


def test_a_hub_in_which_nobody_could_countersign_is_found_before_anybody_signs(world: World):
    assert _case(world).lacks_second


def test_who_observed_what_counts_neither_signs_nor_countersigns_where_the_programme_says_so():
    world = make_world(make_programme(head=make_head(decision=Decision(independent_of_observer=True))))
    observation = submit(world, _filled(world))
    _set_verdict(world, gates=(make_gate_verdict(evidence=(observation.fact_id,)),))
    assert "has not observed what counts" in str(_case(world).why_not)
    assert _case(world, world.second_trainer).may_decide
    _set_verdict(world, gates=(make_gate_verdict(),))
    assert _case(world).may_decide


def _filled(world: World) -> ObservationOpened:
    opened = open_form(world)
    tick(world, opened, ("L1", "D1.1-B1", "seen"))
    return opened


# ---------------------------------------------------------------- ask


def test_asking_freezes_the_evidence_and_a_second_click_asks_once(world: World):
    evidence = (world.record(Fact, world.trainee).fact_id,)
    _set_verdict(world, gates=(make_gate_verdict(evidence=evidence),))
    asked = ask_decision(world.ledger, world.trainee, PROGRAMME, NOW)
    assert asked == ask_decision(world.ledger, world.trainee, PROGRAMME, days_later(1))
    assert (asked.evidence, asked.evidence_hash) == (evidence, evidence_hash(world.ledger.digests(evidence)))
    assert _case(world).asked == asked
    _sign(world, now=days_later(2))
    assert _case(world, now=days_later(2)).asked is None


def test_nobody_asks_while_a_gate_is_open_or_a_decision_waits(world: World):
    _sign(world)
    with pytest.raises(NotDecidableError, match="You can ask once"):
        ask_decision(world.ledger, world.trainee, PROGRAMME, days_later(1))
    _set_verdict(world, status=Status.LAPSED, gates=(make_gate_verdict(state=GateState.NOT_MET),))
    with pytest.raises(NotDecidableError, match="You can ask once"):
        ask_decision(world.ledger, world.trainee, PROGRAMME, days_later(1))


# ---------------------------------------------------------------- dispute


def _say(world: World, signed: SignOff, *, agrees: bool, now=NOW) -> None:
    acknowledge(world.ledger, world.trainee, signed.fact_id, agrees, "", now=now)


def _look(
    world: World, signed: SignOff, levels: dict[ActivityId, int] | None, actor: Actor | None = None
) -> SecondLook:
    return give_second_look(world.ledger, actor or world.second_trainer, signed.fact_id, levels, now=days_later(1))


def _settle(world: World, signed: SignOff, outcome: DisputeOutcome, actor: Actor | None = None) -> DisputeSettled:
    reason = AdjudicationReason.SAW_MORE
    return settle_dispute(
        world.ledger, actor or world.countersigner, signed.fact_id, outcome, reason, now=days_later(2)
    )


@pytest.fixture
def disputed(world: World) -> SignOff:
    signed = _complete(world)
    _set_verdict(world, status=Status.SIGNED_OFF)
    _say(world, signed, agrees=False)
    return signed


def test_who_gives_the_second_look_does_not_see_the_first_decision_until_then(world: World, disputed: SignOff):
    blind = _case(world, world.second_trainer).sign_offs[0]
    assert (blind.is_blind, blind.sign_off.levels, blind.sign_off.note) == (True, (), "")
    for actor in (world.trainee, world.trainer, world.lead):
        assert _case(world, actor).sign_offs[0].sign_off.levels == disputed.levels
    [seen] = see_sign_offs(world.ledger, world.manager, world.trainee.person_id, PROGRAMME, NOW)
    assert (seen.is_blind, seen.sign_off.levels) == (True, ())
    _look(world, disputed, None)
    assert _case(world, world.second_trainer).sign_offs[0].sign_off.levels == disputed.levels


def test_two_that_agree_settle_the_dispute_at_once(world: World, disputed: SignOff):
    _look(world, disputed, LEVELS)
    [seen] = see_sign_offs(world.ledger, world.trainee, world.trainee.person_id, PROGRAMME, days_later(1))
    assert seen.history.answer.step == DisputeStep.SETTLED
    assert seen.history.answer.waits_for_word
    _say(world, disputed, agrees=True, now=days_later(2))
    [seen] = see_sign_offs(world.ledger, world.trainee, world.trainee.person_id, PROGRAMME, days_later(2))
    assert [step.kind for step in seen.steps] == [
        StepKind.SIGNED,
        StepKind.COUNTERSIGNED,
        StepKind.DISPUTED,
        StepKind.LOOKED,
        StepKind.SETTLED,
        StepKind.AGREED,
        StepKind.DUE,
        StepKind.RUNS_OUT,
    ]
    assert not seen.history.answer.waits_for_word


def test_second_look_of_not_yet_that_counts_sets_the_sign_off_aside(world: World, disputed: SignOff):
    _look(world, disputed, None)
    assert _case(world).sign_offs[0].state == SignOffState.IN_FORCE
    _settle(world, disputed, DisputeOutcome.SECOND_COUNTS)
    case = _case(world)
    assert case.sign_offs[0].state == SignOffState.SET_ASIDE
    assert case.owed is case.sign_offs[0]


def test_other_levels_that_count_hold_the_sign_off_until_a_new_one_takes_its_place(world: World, disputed: SignOff):
    _look(world, disputed, {E2: 5, E6: 3})
    assert "A second look has to settle that first" in _why_not_when_due(world)
    _settle(world, disputed, DisputeOutcome.SECOND_COUNTS)
    case = _case(world, world.second_trainer)
    assert (case.sign_offs[0].state, case.may_decide) == (SignOffState.IN_FORCE, True)
    again = _sign(world, world.second_trainer, {E2: 5, E6: 3}, now=days_later(3))
    countersign(world.ledger, world.lead, again.fact_id, days_later(3))
    states = [view.state for view in _case(world, now=days_later(3)).sign_offs]
    assert states == [SignOffState.SUPERSEDED, SignOffState.IN_FORCE]
    assert again.renews_id == disputed.fact_id


def _why_not_when_due(world: World) -> str:
    _set_verdict(world, status=Status.DUE_SOON)
    why_not = str(_case(world).why_not)
    _set_verdict(world, status=Status.SIGNED_OFF)
    return why_not


def test_first_decision_that_stands_stays_in_force(world: World, disputed: SignOff):
    _look(world, disputed, None)
    _settle(world, disputed, DisputeOutcome.FIRST_STANDS)
    case = _case(world)
    assert (case.sign_offs[0].state, case.owed, case.dispute) == (SignOffState.IN_FORCE, None, None)


def test_not_yet_can_be_disputed_too(world: World):
    declined = _decline(world)
    _say(world, declined, agrees=False)
    assert "A second look has to settle that first" in str(_case(world).why_not)
    _look(world, declined, LEVELS)
    _settle(world, declined, DisputeOutcome.SECOND_COUNTS)
    assert _case(world, world.second_trainer).may_decide


def test_nothing_is_countersigned_while_it_is_disputed(world: World):
    signed = _sign(world)
    _say(world, signed, agrees=False)
    with pytest.raises(NotDecidableError, match="A second look has to settle"):
        countersign(world.ledger, world.lead, signed.fact_id, NOW)
    _say(world, signed, agrees=True, now=days_later(1))
    assert countersign(world.ledger, world.lead, signed.fact_id, days_later(1))


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("trainer", "You took this decision yourself"),
        ("lead", "You countersigned this decision"),
        ("operator", "bears a name"),
    ],
)
def test_who_took_part_gives_no_second_look(world: World, disputed: SignOff, who: str, why: str):
    with pytest.raises(NotDecidableError, match=why):
        _look(world, disputed, LEVELS, getattr(world, who))


@pytest.mark.parametrize("who", ["trainee", "manager", "fellow", "outsider", "coordinator"])
def test_others_give_no_second_look(world: World, disputed: SignOff, who: str):
    with pytest.raises((NotDecidableError, NotAllowedError)):
        _look(world, disputed, LEVELS, getattr(world, who))


def test_somebody_from_outside_may_look_and_somebody_else_has_to_choose(world: World, disputed: SignOff):
    _look(world, disputed, None, world.countersigner)
    for actor in (world.countersigner, world.trainer, world.lead, world.second_trainer):
        with pytest.raises(NotDecidableError):
            _settle(world, disputed, DisputeOutcome.FIRST_STANDS, actor)
    assert world.ledger.count(DisputeSettled) == 0


def test_there_is_no_look_without_a_dispute_and_none_at_what_has_run_out(world: World):
    signed = _complete(world)
    with pytest.raises(NotDecidableError, match="No second look is wanted"):
        _look(world, signed, LEVELS)
    _say(world, signed, agrees=False)
    with pytest.raises(NotDecidableError, match="No second look is wanted"):
        give_second_look(world.ledger, world.second_trainer, signed.fact_id, LEVELS, now=days_later(500))


def test_second_clicks_and_second_tabs_change_nothing(world: World, disputed: SignOff):
    assert _look(world, disputed, None) == _look(world, disputed, None)
    with pytest.raises(AlreadyDecidedError):
        _look(world, disputed, LEVELS)
    with pytest.raises(AlreadyDecidedError):
        _look(world, disputed, None, world.countersigner)
    first = _settle(world, disputed, DisputeOutcome.FIRST_STANDS)
    assert first == _settle(world, disputed, DisputeOutcome.FIRST_STANDS)
    with pytest.raises(AlreadyDecidedError):
        _settle(world, disputed, DisputeOutcome.SECOND_COUNTS)
    assert (world.ledger.count(SecondLook), world.ledger.count(DisputeSettled)) == (1, 1)


def test_second_look_may_find_any_level_up_to_the_ceiling(world: World, disputed: SignOff):
    with pytest.raises(WrongInputError, match="`E6` is 4, not 1 to 3"):
        _look(world, disputed, {E2: 1, E6: 4})
    assert _look(world, disputed, {E2: 1, E6: 1}).levels == (ActivityLevel(E2, 1), ActivityLevel(E6, 1))
