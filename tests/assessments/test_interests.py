"""Conflicts of interest: who has one rates nothing that counts, signs nothing, and does not end it themselves."""

from dataclasses import replace

import pytest

from assessments.errors import InterestedError, NotDecidableError, OwnRecordError, WrongInputError
from assessments.facts import Hold, InterestDeclared, Relation, Seen
from assessments.reasons import AdjudicationReason, InterestReason
from assessments.service.decisions import countersign, prepare_case, sign_off
from assessments.service.interests import declare_interest, end_interest, find_interest, list_interests
from assessments.service.observations import adjudicate
from curriculum.models import Setting
from people.errors import NotAllowedError
from people.facts import Assignment
from people.models import Actor, HeldGrant, Office
from tests.assessments.world import HUB, World, all_basics, open_form, rate_twice, submit, tick
from tests.builders import NOW, PROGRAMME

PRIVATELY = InterestReason.KNOWN_PRIVATELY.value


def declare(world: World, actor: Actor) -> InterestDeclared:
    return declare_interest(world.ledger, actor, world.trainee.person_id, PRIVATELY, now=NOW)


def why_not(world: World, actor: Actor) -> str:
    return str(prepare_case(world.ledger, actor, world.trainee.person_id, PROGRAMME, NOW).why_not)


def test_a_declared_interest_makes_every_further_form_practice_only(world: World) -> None:
    assert open_form(world, counts=True).counts
    declare(world, world.trainer)
    assert not open_form(world, counts=True).counts
    assert open_form(world, world.second_trainer, counts=True).counts


def test_a_form_that_was_begun_before_is_practice_and_harm_on_it_still_stops_practice(world: World) -> None:
    calm, harmful = open_form(world, counts=True), open_form(world, counts=True, session_code="G1 S3")
    tick(world, calm, *all_basics("L1", "D1.1"))
    tick(world, harmful, ("L2", "D1.2-U1", Seen.SEEN))
    declare(world, world.trainer)
    assert not submit(world, calm).counts
    seen = submit(world, harmful, confirms_harm=True)
    assert not seen.counts
    assert [hold.observation_id for hold in world.ledger.list_facts(Hold, seen.person_id)] == [seen.fact_id]


def test_what_counted_before_counts_on_and_is_named_to_who_decides(world: World) -> None:
    opened = open_form(world, counts=True)
    tick(world, opened, *all_basics("L1", "D1.1"))
    seen = submit(world, opened)
    verdict = world.ledger.verdicts[seen.person_id, PROGRAMME]
    gates = tuple(replace(gate, evidence=(seen.fact_id,)) for gate in verdict.gates)
    world.ledger.verdicts[seen.person_id, PROGRAMME] = replace(verdict, gates=gates)
    assert seen.counts
    assert prepare_case(world.ledger, world.lead, seen.person_id, PROGRAMME, NOW).near_raters == ()
    declare(world, world.trainer)
    [near] = prepare_case(world.ledger, world.lead, seen.person_id, PROGRAMME, NOW).near_raters
    assert (near.person_id, near.n_forms) == (world.trainer.person_id, 1)


def test_who_declared_an_interest_cannot_sign_and_is_told_before(world: World) -> None:
    declare(world, world.trainer)
    assert "declared an interest" in why_not(world, world.trainer)
    assert why_not(world, world.second_trainer) == ""
    with pytest.raises(NotDecidableError, match="declared an interest"):
        sign_off(world.ledger, world.trainer, world.trainee.person_id, PROGRAMME, {}, note="", now=NOW)


def test_who_declared_an_interest_cannot_countersign(world: World) -> None:
    case = prepare_case(world.ledger, world.trainer, world.trainee.person_id, PROGRAMME, NOW)
    levels = {one.id: one.required_level for one in case.activities}
    signed = sign_off(world.ledger, world.trainer, world.trainee.person_id, PROGRAMME, levels, note="", now=NOW)
    declare(world, world.lead)
    with pytest.raises(NotDecidableError, match="declared an interest"):
        countersign(world.ledger, world.lead, signed.fact_id, NOW)


def test_who_declared_an_interest_does_not_settle_between_views(world: World) -> None:
    chosen, _ = rate_twice(world)
    declare(world, world.lead)
    with pytest.raises(InterestedError, match="Another training lead has to settle it"):
        adjudicate(world.ledger, world.lead, chosen.fact_id, AdjudicationReason.SAW_MORE.value, now=NOW)


def test_it_is_declared_once_and_only_about_others_with_a_known_reason(world: World) -> None:
    assert declare(world, world.trainer) == declare(world, world.trainer)
    with pytest.raises(OwnRecordError):
        declare(world, world.trainee)
    with pytest.raises(WrongInputError):
        declare_interest(world.ledger, world.lead, world.trainee.person_id, "cousin of Ann", now=NOW)
    with pytest.raises(NotAllowedError):
        declare(world, world.outsider)


def test_the_training_lead_ends_it_and_never_who_declared_it(world: World) -> None:
    declared = declare(world, world.trainer)
    with pytest.raises(NotAllowedError):
        end_interest(world.ledger, world.trainer, declared.fact_id, now=NOW)
    assert end_interest(world.ledger, world.lead, declared.fact_id, now=NOW) == end_interest(
        world.ledger, world.lead, declared.fact_id, now=NOW
    )
    assert find_interest(world.ledger, world.trainer.person_id, world.trainee.person_id) is None
    assert open_form(world, counts=True).counts
    own = declare(world, world.lead)
    with pytest.raises(NotAllowedError, match="declared themselves"):
        end_interest(world.ledger, world.lead, own.fact_id, now=NOW)


def test_a_new_declaration_after_the_end_holds_again(world: World) -> None:
    end_interest(world.ledger, world.lead, declare(world, world.trainer).fact_id, now=NOW)
    declare(world, world.trainer)
    assert not open_form(world, counts=True).counts


def test_the_lead_sees_all_of_them_and_a_trainer_their_own(world: World) -> None:
    one, other = declare(world, world.trainer), declare(world, world.second_trainer)
    trainee = world.trainee.person_id
    assert list_interests(world.ledger, world.trainer, trainee) == [one]
    assert list_interests(world.ledger, world.lead, trainee) == [one, other]


def fellow_as_trainer(world: World) -> Actor:
    """Return the fellow, who has become the trainee's trainer since."""
    grants = (*world.fellow.grants, HeldGrant(Office.TRAINING_LEAD, HUB))
    return Actor(world.fellow.person_id, world.fellow.name, grants)


def test_a_partner_does_not_sign_for_the_partner(world: World) -> None:
    open_form(world, world.fellow, relation=Relation.PARTNER)
    assert "led sessions with somebody" in why_not(world, fellow_as_trainer(world))


def test_two_watched_in_one_live_session_led_it_together(world: World) -> None:
    assert why_not(world, fellow_as_trainer(world)) == ""
    fellow = world.fellow
    world.record(Assignment, fellow, world.manager, trainer_id=world.trainer.person_id)
    for person in (world.trainee, fellow):
        open_form(world, person=person, setting=Setting.LIVE, checklist_id="C7", session_code="RIV-A 5")
    assert "led sessions with somebody" in why_not(world, fellow_as_trainer(world))
    assert find_interest(world.ledger, world.trainer.person_id, fellow.person_id) is None
