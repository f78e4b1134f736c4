from datetime import timedelta

import pytest

from assessments.errors import (
    FormClosedError,
    HarmNotConfirmedError,
    IdTakenError,
    NotEnrolledError,
    NotTheRaterError,
    OwnRecordError,
    UnansweredLinesError,
    UnknownFactError,
    UnknownPartError,
    WrongInputError,
)
from assessments.facts import (
    Acknowledgement,
    Hold,
    Observation,
    ObservationOpened,
    ObservationRequest,
    Relation,
    Seen,
    Tick,
)
from assessments.service.observations import (
    acknowledge,
    answer_all_basic,
    answer_no_further,
    answer_none_unhelpful,
    list_open_forms,
    load_form,
    request_observation,
)
from curriculum.ids import ChecklistId, LineId, ScenarioId
from curriculum.models import Setting
from people.errors import NotAllowedError
from people.facts import Amendment, Change
from people.ids import derived_fact_id, new_fact_id
from people.models import Actor, CohortId
from tests.assessments.world import (
    World,
    all_basics,
    days_later,
    enrol,
    observe_harm,
    open_form,
    some_fact_id,
    submit,
    tick,
)
from tests.builders import NOW, PROGRAMME

C2, C6, C7, C9 = ChecklistId("C2"), ChecklistId("C6"), ChecklistId("C7"), ChecklistId("C9")
SORE_ARM = ScenarioId("sore-arm")


# ---------------------------------------------------------------- ask


def _request(world: World, checklist_id=C2, setting=Setting.LIVE, asked_id=None, now=NOW) -> ObservationRequest:
    return request_observation(
        world.ledger, world.trainee, PROGRAMME, checklist_id, setting, asked_id=asked_id, now=now
    )


def test_open_request_is_not_made_twice(world: World):
    assert _request(world) == _request(world, now=days_later(1))
    assert world.ledger.count(ObservationRequest) == 1


def test_request_is_done_when_an_observation_follows(world: World):
    first = _request(world)
    open_form(world, setting=Setting.LIVE, now=days_later(1))
    assert _request(world, now=days_later(2)) != first


def test_request_for_a_setting_that_is_not_offered_is_refused(world: World):
    with pytest.raises(WrongInputError, match="setting supervision; expected roleplay or live"):
        _request(world, setting=Setting.SUPERVISION)


def test_only_own_trainers_can_be_asked(world: World):
    assert _request(world, asked_id=world.trainer.person_id).asked_id == world.trainer.person_id
    with pytest.raises(WrongInputError, match="one of your trainers"):
        _request(world, asked_id=world.outsider.person_id)


def _ask_partner(world: World, asked: Actor | None = None, now=NOW) -> ObservationRequest:
    return _request(world, C9, asked_id=asked.person_id if asked else None, now=now)


def test_a_partner_is_asked_for_their_view(world: World):
    first = _ask_partner(world, world.fellow)
    assert (first.checklist_id, first.asked_id) == ("C9", world.fellow.person_id)
    assert _ask_partner(world, world.fellow, days_later(1)) == first
    open_form(world, world.fellow, relation=Relation.PARTNER, setting=Setting.LIVE, now=days_later(1))
    assert _ask_partner(world, world.fellow, days_later(2)) != first


def test_another_partners_form_leaves_a_request_open(world: World):
    first = _ask_partner(world, world.fellow)
    enrol(world, world.second_trainer)
    open_form(world, world.second_trainer, relation=Relation.PARTNER, setting=Setting.LIVE, now=days_later(1))
    assert _ask_partner(world, world.fellow, days_later(2)) == first


def test_only_who_trains_here_too_is_asked_as_a_partner(world: World):
    enrol(world, world.outsider, CohortId("autumn"))
    for asked in (None, world.trainee, world.trainer, world.outsider):
        with pytest.raises(WrongInputError, match="somebody who trains with you here"):
            _ask_partner(world, asked)


def test_nobody_is_asked_for_ones_own_view_or_for_a_log(world: World):
    with pytest.raises(WrongInputError, match="nobody: you fill it in yourself"):
        _request(world, ChecklistId("C8"), asked_id=world.fellow.person_id)
    with pytest.raises(WrongInputError, match="none: it is a log"):
        _request(world, ChecklistId("C10"))


# ---------------------------------------------------------------- begin


@pytest.mark.parametrize(
    ("checklist_id", "relation", "expected"),
    [
        ("C2", Relation.SELF, "a form by the person themselves; expected a trainer"),
        ("C8", Relation.TRAINER, "a form by a trainer; expected the person themselves"),
        ("C8", Relation.PARTNER, "a form by the partner; expected the person themselves"),
        ("C9", Relation.SELF, "a form by the person themselves; expected the partner"),
    ],
)
def test_a_checklist_is_filled_in_by_whom_it_is_for(world: World, checklist_id: str, relation: Relation, expected: str):
    actor = {Relation.TRAINER: world.trainer, Relation.SELF: world.trainee, Relation.PARTNER: world.fellow}[relation]
    with pytest.raises(WrongInputError, match=expected):
        open_form(world, actor, relation=relation, checklist_id=ChecklistId(checklist_id))


def test_a_log_is_no_form(world: World):
    with pytest.raises(WrongInputError, match="none: it is a log"):
        open_form(world, world.trainee, relation=Relation.SELF, checklist_id=ChecklistId("C10"))


def test_trainer_opens_a_form_on_the_pinned_version(world: World):
    opened = open_form(world)
    assert (opened.version_no, opened.actor_id, opened.counts) == (1, world.trainer.person_id, False)


def test_double_click_opens_one_form(world: World):
    fact_id = new_fact_id()
    assert open_form(world, fact_id=fact_id) == open_form(world, fact_id=fact_id)
    assert world.ledger.count(ObservationOpened) == 1


def test_anothers_form_id_is_not_taken_over(world: World):
    opened = open_form(world)
    with pytest.raises(IdTakenError):
        open_form(world, world.second_trainer, fact_id=opened.fact_id)


def test_nobody_rates_themselves_as_trainer(world: World):
    enrol(world, world.trainer)
    with pytest.raises(OwnRecordError, match="cannot rate their own practice as a trainer"):
        open_form(world, world.trainer, world.trainer)


def test_only_assigned_trainers_rate(world: World):
    for actor in (world.outsider, world.lead, world.fellow, world.manager, world.coordinator, world.safeguarding):
        with pytest.raises(NotAllowedError):
            open_form(world, actor)


def test_person_outside_the_programme_is_not_observed(world: World):
    with pytest.raises((NotEnrolledError, NotAllowedError)):
        open_form(world, person=world.manager)


def test_unknown_checklist_is_refused(world: World):
    with pytest.raises(UnknownPartError, match="no checklist `C99`"):
        open_form(world, checklist_id=ChecklistId("C99"))


def test_setting_must_be_offered_by_the_checklist(world: World):
    with pytest.raises(WrongInputError, match="expected live"):
        open_form(world, checklist_id=C7, setting=Setting.ROLEPLAY)


def test_role_play_with_scripts_needs_one(world: World):
    with pytest.raises(WrongInputError, match="no scenario; expected sore-arm or secret"):
        open_form(world, checklist_id=C6)


def test_scenario_must_be_one_of_the_checklist(world: World):
    with pytest.raises(WrongInputError, match="scenario `other`"):
        open_form(world, checklist_id=C6, scenario_id=ScenarioId("other"))
    assert open_form(world, checklist_id=C6, scenario_id=SORE_ARM).scenario_id == SORE_ARM


def test_scenario_where_none_is_played_is_refused(world: World):
    with pytest.raises(WrongInputError, match="expected none here"):
        open_form(world, setting=Setting.LIVE, scenario_id=SORE_ARM)


def test_live_session_needs_its_code(world: World):
    with pytest.raises(WrongInputError, match="Session code"):
        open_form(world, setting=Setting.LIVE, session_code="  ")


def test_role_play_may_go_without_a_code(world: World):
    assert open_form(world, session_code="").session_code == ""


@pytest.mark.parametrize("code", ["x" * 61, "mail@home", "tel +44"])
def test_session_code_stays_a_code(world: World, code: str):
    with pytest.raises(WrongInputError, match="Session code"):
        open_form(world, session_code=code)


def test_live_observation_without_co_leader_does_not_count(world: World):
    assert not open_form(world, setting=Setting.LIVE, counts=True, has_co_leader=False).counts
    assert open_form(world, setting=Setting.LIVE, counts=True, has_co_leader=True).counts


def test_self_evaluation_never_counts(world: World):
    opened = open_form(world, world.trainee, relation=Relation.SELF, counts=True)
    assert (opened.counts, opened.actor_id) == (False, world.trainee.person_id)


def test_self_evaluation_is_only_ones_own(world: World):
    with pytest.raises(NotAllowedError):
        open_form(world, world.trainer, relation=Relation.SELF)


def test_partner_evaluation_comes_from_a_fellow_and_never_counts(world: World):
    opened = open_form(world, world.fellow, relation=Relation.PARTNER, counts=True)
    assert not opened.counts


def test_nobody_is_their_own_partner(world: World):
    with pytest.raises(OwnRecordError):
        open_form(world, world.trainee, relation=Relation.PARTNER)


def test_partner_from_another_hub_is_refused(world: World):
    enrol(world, world.outsider, CohortId("autumn"))
    for stranger in (world.outsider, world.manager):
        with pytest.raises(NotAllowedError):
            open_form(world, stranger, relation=Relation.PARTNER)


# ---------------------------------------------------------------- tick


def test_ticks_survive_and_the_newest_holds(world: World):
    opened = open_form(world)
    tick(world, opened, ("L1", "D1.1-B1", Seen.SEEN))
    tick(world, opened, ("L1", "D1.1-B1", Seen.NOT_SEEN))
    form = load_form(world.ledger, world.trainer, opened.fact_id)
    assert form.states == {("L1", "D1.1-B1"): "not_seen"}
    assert form.n_unanswered == 2


def test_same_tick_again_adds_no_fact(world: World):
    opened = open_form(world)
    assert len(tick(world, opened, ("L1", "D1.1-B1", Seen.SEEN))) == 1
    assert tick(world, opened, ("L1", "D1.1-B1", Seen.SEEN)) == ()
    assert world.ledger.count(Tick) == 1


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        (("L9", "D1.1-B1", "seen"), "line `L9`"),
        (("L1", "D1.2-B1", "seen"), "behaviour `D1.2-B1`"),
        (("L1", "", "done"), "behaviour `None`"),
        (("L1", "D1.1-B1", "done"), "`done`"),
    ],
)
def test_tick_that_is_not_on_the_form_is_refused(world: World, answer: tuple[str, str, str], found: str):
    with pytest.raises(WrongInputError, match=found):
        tick(world, open_form(world), answer)


def test_one_wrong_tick_records_none(world: World):
    with pytest.raises(WrongInputError):
        tick(world, open_form(world), ("L1", "D1.1-B1", Seen.SEEN), ("L9", "D1.1-B1", Seen.SEEN))
    assert world.ledger.count(Tick) == 0


def test_no_opportunity_is_refused_where_the_checklist_forbids_it(world: World):
    opened = open_form(world, checklist_id=C6, scenario_id=SORE_ARM)
    with pytest.raises(WrongInputError, match="expected one of seen, not_seen"):
        tick(world, opened, ("L6", "D1.3-B1", Seen.NO_OPPORTUNITY))


def test_fidelity_line_takes_done_without_a_behaviour(world: World):
    opened = open_form(world, checklist_id=C7, setting=Setting.LIVE)
    tick(world, opened, ("F1", "", "partly"))
    with pytest.raises(WrongInputError):
        tick(world, opened, ("F1", "D1.1-B1", "seen"))


def test_only_the_rater_ticks_and_looks(world: World):
    opened = open_form(world)
    for actor in (world.second_trainer, world.trainee, world.lead, world.operator):
        with pytest.raises(NotTheRaterError):
            tick(world, opened, ("L1", "D1.1-B1", Seen.SEEN), actor=actor)
        with pytest.raises(NotTheRaterError):
            load_form(world.ledger, actor, opened.fact_id)


def test_rater_who_is_no_trainer_any_more_cannot_go_on(world: World):
    opened = open_form(world)
    assignment = next(
        f for f in world.ledger.facts.values() if getattr(f, "trainer_id", None) == world.trainer.person_id
    )
    world.record(Amendment, world.trainee, world.manager, target_id=assignment.fact_id, change=Change.ENDED)
    with pytest.raises(NotAllowedError):
        tick(world, opened, ("L1", "D1.1-B1", Seen.SEEN))


def test_none_unhelpful_answers_all_lines_and_keeps_what_was_ticked(world: World):
    opened = open_form(world)
    tick(world, opened, ("L1", "D1.1-U1", Seen.SEEN))
    answer_none_unhelpful(world.ledger, world.trainer, opened.fact_id, NOW)
    states = load_form(world.ledger, world.trainer, opened.fact_id).states
    assert states == {("L1", "D1.1-U1"): "seen", ("L2", "D1.2-U1"): "not_seen"}


def test_nothing_unhelpful_answers_the_lines_named_and_no_others(world: World):
    opened = open_form(world)
    answer_none_unhelpful(world.ledger, world.trainer, opened.fact_id, NOW, line_ids=[LineId("L1")])
    answer_no_further(world.ledger, world.trainer, opened.fact_id, NOW, line_ids=[LineId("L2")])
    states = load_form(world.ledger, world.trainer, opened.fact_id).states
    assert set(states) == {("L1", "D1.1-U1"), ("L2", "D1.2-F1")}


def test_all_basic_sees_every_basic_of_one_line(world: World):
    opened = open_form(world)
    tick(world, opened, ("L1", "D1.1-B1", Seen.NOT_SEEN))
    answer_all_basic(world.ledger, world.trainer, opened.fact_id, LineId("L1"), NOW)
    states = load_form(world.ledger, world.trainer, opened.fact_id).states
    assert states == {("L1", "D1.1-B1"): "seen", ("L1", "D1.1-B2"): "seen"}


def test_a_form_is_done_in_one_tap_a_line_and_two(world: World):
    opened = open_form(world)
    answer_none_unhelpful(world.ledger, world.trainer, opened.fact_id, NOW)
    answer_no_further(world.ledger, world.trainer, opened.fact_id, NOW)
    for line in ("L1", "L2"):
        answer_all_basic(world.ledger, world.trainer, opened.fact_id, LineId(line), NOW)
    assert load_form(world.ledger, world.trainer, opened.fact_id).n_unanswered == 0
    assert [rating.level for rating in submit(world, opened).ratings] == [3, 3]


def test_open_forms_are_the_raters_own_and_not_submitted(world: World):
    first, second = open_form(world), open_form(world)
    open_form(world, world.second_trainer)
    tick(world, first, *all_basics("L1", "D1.1"))
    submit(world, first)
    assert list_open_forms(world.ledger, world.trainer) == [second]


# ---------------------------------------------------------------- submit


def test_submit_derives_levels_and_measures_the_time(world: World):
    opened = open_form(world, counts=True)
    tick(world, opened, *all_basics("L1", "D1.1"), *all_basics("L2", "D1.2"))
    observation = submit(world, opened, now=NOW + timedelta(minutes=4), strength=" Warm ", next_step="Wait longer")
    assert (observation.is_passed, observation.min_level, observation.pct, observation.seconds) == (True, 3, 100, 240)
    assert (observation.strength, observation.stage_rank, observation.counts) == ("Warm", 2, True)


def test_line_left_unanswered_has_no_level(world: World):
    opened = open_form(world)
    tick(world, opened, *all_basics("L1", "D1.1"))
    assert [rating.level for rating in submit(world, opened).ratings] == [3, None]


def test_submitting_twice_changes_nothing(world: World):
    opened = open_form(world)
    tick(world, opened, *all_basics("L1", "D1.1"))
    assert submit(world, opened) == submit(world, opened, now=days_later(1), strength="Other")
    assert world.ledger.count(Observation) == 1


def test_submitted_form_takes_no_more_ticks(world: World):
    opened = open_form(world)
    tick(world, opened, *all_basics("L1", "D1.1"))
    submit(world, opened)
    with pytest.raises(FormClosedError):
        tick(world, opened, ("L2", "D1.2-B1", Seen.SEEN))


def test_empty_form_is_not_submitted(world: World):
    with pytest.raises(WrongInputError, match="no answers"):
        submit(world, open_form(world))


def test_safeguarding_form_is_not_submitted_with_open_lines(world: World):
    opened = open_form(world, checklist_id=C6, scenario_id=SORE_ARM)
    tick(world, opened, ("L6", "D1.3-B1", Seen.SEEN))
    with pytest.raises(UnansweredLinesError, match="Line L6"):
        submit(world, opened)


def test_long_text_is_refused(world: World):
    opened = open_form(world)
    tick(world, opened, *all_basics("L1", "D1.1"))
    with pytest.raises(WrongInputError, match="Next step: 101 characters; expected at most 100"):
        submit(world, opened, next_step="x" * 101)


@pytest.mark.parametrize("entrustment", [0, 6])
def test_entrustment_level_is_one_to_five(world: World, entrustment: int):
    opened = open_form(world)
    tick(world, opened, *all_basics("L1", "D1.1"))
    with pytest.raises(WrongInputError, match="expected 1 to 5"):
        submit(world, opened, entrustment=entrustment)


def test_submitted_form_is_seen_by_whom_it_concerns(world: World):
    opened = open_form(world)
    tick(world, opened, *all_basics("L1", "D1.1"))
    submit(world, opened)
    for actor in (world.trainee, world.second_trainer, world.lead):
        assert load_form(world.ledger, actor, opened.fact_id).is_submitted
    for actor in (world.fellow, world.outsider, world.manager, world.coordinator):
        with pytest.raises(NotAllowedError):
            load_form(world.ledger, actor, opened.fact_id)


# ---------------------------------------------------------------- harm


def _tick_harm(world: World, **changes) -> ObservationOpened:
    opened = open_form(world, **changes)
    tick(world, opened, ("L2", "D1.2-U1", Seen.SEEN))
    return opened


@pytest.mark.parametrize("changes", [{"setting": Setting.LIVE}, {"counts": True}])
def test_harm_live_or_counting_has_to_be_confirmed(world: World, changes: dict[str, object]):
    opened = _tick_harm(world, **changes)
    assert load_form(world.ledger, world.trainer, opened.fact_id).needs_confirmation
    with pytest.raises(HarmNotConfirmedError, match="unhelpful U1"):
        submit(world, opened)
    assert world.ledger.count(Observation) == 0


def test_confirmed_harm_opens_a_hold(world: World):
    observation = observe_harm(world)
    hold = world.ledger.find(Hold, derived_fact_id(observation.fact_id, "hold/D1.2-U1"))
    assert hold is not None
    assert (hold.person_id, hold.actor_id) == (world.trainee.person_id, world.trainer.person_id)
    assert (observation.critical_unhelpful, observation.is_passed) == (1, False)


def test_harm_in_a_practice_round_opens_no_hold(world: World):
    observation = submit(world, _tick_harm(world))
    assert (observation.critical_unhelpful, world.ledger.count(Hold)) == (1, 0)


def test_harm_on_a_line_that_is_not_critical_opens_no_hold(world: World):
    opened = open_form(world, counts=True)
    tick(world, opened, ("L1", "D1.1-U1", Seen.SEEN))
    assert submit(world, opened).min_level == 1
    assert world.ledger.count(Hold) == 0


def test_confirming_without_harm_opens_no_hold(world: World):
    opened = open_form(world, counts=True)
    tick(world, opened, *all_basics("L2", "D1.2"))
    submit(world, opened, confirms_harm=True)
    assert world.ledger.count(Hold) == 0


def test_partner_evaluation_opens_no_hold(world: World):
    opened = open_form(world, world.fellow, relation=Relation.PARTNER, setting=Setting.LIVE)
    tick(world, opened, ("L2", "D1.2-U1", Seen.SEEN), actor=world.fellow)
    assert submit(world, opened, world.fellow).critical_unhelpful == 1
    assert world.ledger.count(Hold) == 0


# ---------------------------------------------------------------- acknowledge


def _observed(world: World) -> Observation:
    opened = open_form(world)
    tick(world, opened, *all_basics("L1", "D1.1"))
    return submit(world, opened)


def test_trainee_acknowledges_once(world: World):
    observation = _observed(world)
    for _ in range(2):
        acknowledge(world.ledger, world.trainee, observation.fact_id, True, "", now=NOW)
    assert world.ledger.count(Acknowledgement) == 1


def test_trainee_may_dispute_later(world: World):
    observation = _observed(world)
    acknowledge(world.ledger, world.trainee, observation.fact_id, True, "", now=NOW)
    disputed = acknowledge(world.ledger, world.trainee, observation.fact_id, False, "I did ask.", now=days_later(1))
    assert (disputed.agrees, disputed.note) == (False, "I did ask.")
    assert world.ledger.count(Acknowledgement) == 2


def test_only_whom_it_concerns_acknowledges(world: World):
    observation = _observed(world)
    for actor in (world.trainer, world.fellow, world.lead):
        with pytest.raises(NotAllowedError):
            acknowledge(world.ledger, actor, observation.fact_id, True, "", now=NOW)


def test_unknown_observation_is_not_acknowledged(world: World):
    with pytest.raises(UnknownFactError):
        acknowledge(world.ledger, world.trainee, some_fact_id(), True, "", now=NOW)


def test_long_note_is_refused(world: World):
    with pytest.raises(WrongInputError, match="Note"):
        acknowledge(world.ledger, world.trainee, _observed(world).fact_id, False, "x" * 101, now=NOW)
