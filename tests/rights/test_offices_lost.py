"""Rights end with what gave them: a move to another hub, an office lost, a hat worn in one's own case."""

from dataclasses import replace
from datetime import timedelta

import pytest

from assessments.errors import NotDecidableError, NotTheRaterError, OwnRecordError
from assessments.facts import Hold, Presence, Relation, Seen
from assessments.reasons import CorrectionReason, RevokeReason
from assessments.service.decisions import countersign, prepare_case, revoke
from assessments.service.holds import record_debrief, withdraw_slip
from assessments.service.learning import correct, record_attendance, record_certificate
from assessments.service.observations import load_form, record_ticks
from assessments.service.programmes import publish_programme
from curriculum.bundle import to_bundle
from curriculum.errors import PlatformError
from curriculum.ids import CertificateId, LineId, ProgrammeId
from people.errors import NotAllowedError, OtherHubError, TextRefusedError
from people.facts import ClockChange
from people.models import HeldGrant, HubId, Office
from people.service import (
    assign_trainer,
    change_clock,
    consent_to_move,
    end_assignment,
    end_grant,
    enrol,
    give_grant,
    held_grants,
    open_cohort,
)
from people.service.reach import list_assignments, list_grants
from tests.assessments.world import TODAY, observe_harm, open_form, submit, tick
from tests.builders import NOW, PROGRAMME, ROLE, make_head, make_programme
from tests.rights.house import HERE, THE_OPERATOR, THERE, House, Stage
from tests.rights.people_rows import run_programme_in

LATER = NOW + timedelta(hours=1)


def _enrol(stage: Stage, hub_id: HubId, actor: str = "admin", cohort_id: str = "") -> None:
    if hub_id == THERE:
        run_programme_in(stage, THERE)
        consent_to_move(stage.store, stage.trainee, PROGRAMME, THERE, NOW)
    enrol(
        stage.store,
        stage.cast[actor],
        stage.person_id,
        cohort_id=cohort_id or stage.house.cohorts[hub_id],
        role_id=ROLE,
        version_no=1,
        now=LATER,
    )


# ---------------------------------------------------------------- a trainee moves


def test_who_moves_to_another_hub_leaves_the_trainers_behind(house: House) -> None:
    stage = house.stage()
    _enrol(stage, THERE)
    assert list_assignments(house.store, stage.person_id) == []
    listed = house.store.query("assigned_trainees", stage.cast["trainer"])
    assert stage.person_id not in {row["person_no"] for row in listed}
    for name in ("trainer", "lead", "doubled"):
        with pytest.raises(NotAllowedError):
            prepare_case(house.store, stage.cast[name], stage.person_id, PROGRAMME, LATER)
    assert prepare_case(house.store, stage.cast["there_lead"], stage.person_id, PROGRAMME, LATER)


def test_who_moves_within_the_hub_keeps_the_trainers(house: House) -> None:
    stage = house.stage()
    cohort = open_cohort(
        house.store, THE_OPERATOR, HERE, PROGRAMME, "Winter", starts_on=TODAY, active_version_no=1, now=NOW
    )
    _enrol(stage, HERE, cohort_id=cohort.cohort_id)
    assert [one.trainer_id for one in list_assignments(house.store, stage.person_id)] == [stage.person_of("trainer")]


def test_a_trainer_of_both_hubs_goes_along(house: House) -> None:
    stage = house.stage()
    both = house.hire(f"both_{house.n_trainees}", Office.TRAINER, THERE)
    give_grant(house.store, THE_OPERATOR, both.person_id, Office.TRAINER, NOW, hub_id=HERE)
    assign_trainer(house.store, THE_OPERATOR, stage.person_id, both.person_id, NOW)
    _enrol(stage, THERE)
    assert [one.trainer_id for one in list_assignments(house.store, stage.person_id)] == [both.person_id]


def test_one_hub_cannot_draw_a_record_of_another_into_its_own(house: House) -> None:
    stage = house.stage()
    second = ProgrammeId("second")
    programme = make_programme(head=make_head(id=second))
    publish_programme(house.store, THE_OPERATOR, programme, to_bundle(programme), NOW)
    opened = {
        hub_id: open_cohort(
            house.store, THE_OPERATOR, hub_id, second, "Second", starts_on=TODAY, active_version_no=1, now=NOW
        ).cohort_id
        for hub_id in (HERE, THERE)
    }
    _enrol(stage, THERE, cohort_id=opened[THERE])
    with pytest.raises(OtherHubError):
        _enrol(stage, HERE, actor="coordinator", cohort_id=opened[HERE])


# ---------------------------------------------------------------- an office is lost


def test_a_trainer_without_the_trainee_can_neither_go_on_nor_take_back(house: House) -> None:
    stage = house.stage()
    trainer = stage.cast["trainer"]
    begun = open_form(stage.world)
    entry = record_attendance(
        house.store,
        trainer,
        stage.person_id,
        PROGRAMME,
        "T1",
        presence=Presence.PRESENT,
        minutes=90,
        held_on=TODAY,
        now=NOW,
    )
    observe_harm(stage.world)
    hold = house.store.list_facts(Hold, stage.person_id)[0]
    end_assignment(house.store, THE_OPERATOR, list_assignments(house.store, stage.person_id)[0].fact_id, LATER)
    for act in (
        lambda: record_ticks(house.store, trainer, begun.fact_id, [], LATER),
        lambda: correct(house.store, trainer, entry.fact_id, CorrectionReason.DUPLICATE, LATER),
        lambda: withdraw_slip(house.store, trainer, hold.fact_id, LATER),
        lambda: prepare_case(house.store, trainer, stage.person_id, PROGRAMME, LATER),
    ):
        with pytest.raises(NotAllowedError):
            act()


def test_who_holds_no_office_any_more_settles_nothing(house: House) -> None:
    stage = house.stage()
    observation = observe_harm(stage.world)
    gone = replace(stage.cast["trainer"], grants=())
    with pytest.raises(NotAllowedError):
        record_debrief(house.store, gone, observation.fact_id, True, LATER)


def test_a_partner_settles_no_harm(house: House) -> None:
    stage = house.stage()
    fellow = stage.cast["fellow"]
    opened = open_form(stage.world, fellow, relation=Relation.PARTNER)
    tick(stage.world, opened, ("L2", "D1.2-U1", Seen.SEEN), actor=fellow)
    observation = submit(stage.world, opened, fellow)
    with pytest.raises(NotAllowedError):
        record_debrief(house.store, fellow, observation.fact_id, True, LATER)


def test_a_partner_who_left_the_hub_cannot_go_on(house: House) -> None:
    stage, partner = house.stage(), house.stage()
    opened = open_form(stage.world, partner.trainee, relation=Relation.PARTNER)
    _enrol(partner, THERE)
    with pytest.raises(NotAllowedError):
        record_ticks(house.store, partner.trainee, opened.fact_id, [(LineId("L1"), None, "")], LATER)
    with pytest.raises(NotTheRaterError):
        load_form(house.store, stage.trainee, opened.fact_id)


def test_an_ended_office_is_gone_from_who_acts(house: House) -> None:
    stage = house.stage()
    given = give_grant(house.store, THE_OPERATOR, stage.person_id, Office.MANAGER, NOW, hub_id=HERE)
    assert HeldGrant(Office.MANAGER, HERE) in held_grants(house.store, stage.person_id, NOW)
    end_grant(house.store, THE_OPERATOR, given.fact_id, LATER)
    assert held_grants(house.store, stage.person_id, LATER) == stage.trainee.grants


def test_an_office_of_the_past_day_is_gone(house: House) -> None:
    stage = house.stage()
    give_grant(house.store, THE_OPERATOR, stage.person_id, Office.MANAGER, NOW, hub_id=HERE, until_on=TODAY)
    assert len(held_grants(house.store, stage.person_id, NOW)) == 2
    assert held_grants(house.store, stage.person_id, NOW + timedelta(days=1)) == stage.trainee.grants


# ---------------------------------------------------------------- in one's own case


def test_nobody_revokes_or_countersigns_their_own(house: House) -> None:
    stage = house.stage()
    signed = stage.sign()
    hats = stage.cast["hats"]
    view = prepare_case(house.store, hats, stage.person_id, PROGRAMME, LATER).sign_offs[-1]
    assert (view.may_revoke, view.may_countersign) == (False, False)
    with pytest.raises(OwnRecordError):
        revoke(house.store, hats, signed.fact_id, RevokeReason.LEFT_ROLE, LATER)
    with pytest.raises(NotDecidableError):
        countersign(house.store, hats, signed.fact_id, LATER)


# ---------------------------------------------------------------- coded reasons, told in no words


def test_reasons_about_people_are_chosen_from_a_list(house: House) -> None:
    stage = house.stage()
    words = "her son is ill"
    assignment, grant = (
        list_assignments(house.store, stage.person_id)[0],
        list_grants(house.store, stage.person_id, NOW),
    )
    position = house.store.position
    for act in (
        lambda: end_assignment(house.store, THE_OPERATOR, assignment.fact_id, NOW, words),
        lambda: end_grant(house.store, THE_OPERATOR, grant[0].fact_id, NOW, words),
        lambda: change_clock(
            house.store, THE_OPERATOR, stage.person_id, PROGRAMME, change=ClockChange.PAUSED, reason=words, now=NOW
        ),
    ):
        with pytest.raises(TextRefusedError):
            act()
    assert house.store.position == position


def test_a_certificate_is_of_a_kind_that_a_programme_lists(house: House) -> None:
    stage = house.stage()
    days = {"expires_on": TODAY, "now": NOW}
    with pytest.raises(PlatformError, match="no certificate"):
        record_certificate(
            house.store, stage.cast["trainer"], stage.person_id, CertificateId("her son is ill"), TODAY, **days
        )
