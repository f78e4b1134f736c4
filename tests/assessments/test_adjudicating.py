"""Several raters of one performance: blind until both have submitted, and settled by who rated nothing of it."""

from collections.abc import Iterator
from typing import Any

import pytest

from assessments.errors import (
    NotContestedError,
    OwnRecordError,
    RaterOfItError,
    SettledError,
    StillBlindError,
    UnknownFactError,
    WrongInputError,
)
from assessments.facts import AppealGround, Relation, Seen
from assessments.reasons import AdjudicationReason
from assessments.service.appeals import list_open_appeals, make_appeal
from assessments.service.learning import correct
from assessments.service.observations import adjudicate, load_form
from curriculum.bundle import to_bundle
from people.errors import NotAllowedError
from people.facts import Amendment, Change, FactId
from people.models import Actor, Office
from store.ledger import Store
from tests.assessments.world import (
    HUB,
    World,
    all_basics,
    days_later,
    find_all,
    make_actor,
    make_world_on,
    open_form,
    rate_twice,
    some_fact_id,
    submit,
    tick,
)
from tests.builders import NOW, PROGRAMME, make_programme

OF_THE_TRAINEE = {"programme_id": PROGRAMME}
NAMES = ("person_observations", "person_ratings", "person_answers")


@pytest.fixture
def world() -> Iterator[World]:
    """The hub of `world` on a store in memory."""
    store = Store.memory(clock=lambda: NOW)
    programme = make_programme()
    store.publish(programme, to_bundle(programme))
    yield make_world_on(store)
    store.close()


def settle(world: World, chosen_id: FactId, actor: Actor | None = None, reason: str = "saw_more") -> Amendment:
    return adjudicate(world.ledger, actor or world.lead, chosen_id, reason, now=NOW)


def decisions(world: World) -> list[Amendment]:
    return [one for one in find_all(world, Amendment) if one.change == Change.ADJUDICATED]


def raters_seen(world: World, actor: Actor) -> set[int]:
    """Return whose ratings the actor is told of, by the query and by the lines."""
    asked = {"person_id": world.trainee.person_id, **OF_THE_TRAINEE}
    seen = world.ledger.query("person_observations", actor, **asked)
    lines = {row["fact_id"] for row in world.ledger.query("person_ratings", actor, **asked)}
    assert lines == {row["fact_id"] for row in seen}
    return {row["rater_no"] for row in seen}


def contested(world: World) -> list[dict[str, Any]]:
    return world.ledger.query("hub_contested", world.lead, hub=HUB)


# ---------------------------------------------------------------- blind


def test_a_rater_is_blind_to_the_other_until_both_have_submitted(world: World) -> None:
    first = open_form(world, counts=True)
    second = open_form(world, world.second_trainer, counts=True)
    tick(world, first, *all_basics("L1", "D1.1"))
    submit(world, first)
    assert raters_seen(world, world.second_trainer) == set()
    with pytest.raises(StillBlindError, match="Submit it"):
        load_form(world.ledger, world.second_trainer, first.fact_id)
    tick(world, second, ("L1", "D1.1-U1", Seen.SEEN), actor=world.second_trainer)
    submit(world, second, world.second_trainer)
    both = {world.trainer.person_id, world.second_trainer.person_id}
    assert raters_seen(world, world.second_trainer) == raters_seen(world, world.trainer) == both
    assert load_form(world.ledger, world.second_trainer, first.fact_id).is_submitted


def test_who_does_not_rate_it_is_not_blind(world: World) -> None:
    first = open_form(world)
    open_form(world, world.second_trainer)
    tick(world, first, *all_basics("L1", "D1.1"))
    submit(world, first)
    for actor in (world.trainee, world.trainer, world.lead):
        assert raters_seen(world, actor) == {world.trainer.person_id}
        assert load_form(world.ledger, actor, first.fact_id).is_submitted


@pytest.mark.parametrize("other", [{"session_code": "another"}, {"session_code": ""}, {"checklist_id": "C1"}])
def test_another_session_or_checklist_blinds_nobody(world: World, other: dict[str, Any]) -> None:
    first = open_form(world)
    tick(world, first, *all_basics("L1", "D1.1"))
    submit(world, first)
    if "checklist_id" in other:
        other = {"checklist_id": "C7", "setting": "live"}
    open_form(world, world.second_trainer, **other)
    assert raters_seen(world, world.second_trainer) == {world.trainer.person_id}


def test_a_form_given_up_blinds_nobody(world: World) -> None:
    first = open_form(world)
    tick(world, first, *all_basics("L1", "D1.1"))
    submit(world, first)
    mine = open_form(world, world.second_trainer)
    correct(world.ledger, world.second_trainer, mine.fact_id, "duplicate", NOW)
    assert raters_seen(world, world.second_trainer) == {world.trainer.person_id}
    assert load_form(world.ledger, world.second_trainer, first.fact_id).is_submitted


def test_an_evaluation_of_the_same_session_is_not_hidden(world: World) -> None:
    own = open_form(world, world.trainee, relation=Relation.SELF)
    tick(world, own, ("L1", "D1.1-B1", Seen.SEEN), actor=world.trainee)
    submit(world, own, world.trainee)
    open_form(world)
    assert raters_seen(world, world.trainer) == {world.trainee.person_id}


# ---------------------------------------------------------------- far apart


def test_two_views_two_levels_apart_are_listed_for_the_lead(world: World) -> None:
    first, second = rate_twice(world)
    assert [row["fact_id"] for row in contested(world)] == [first.fact_id, second.fact_id]
    assert {row["settled_on"] for row in contested(world)} == {None}


def test_one_level_apart_practice_only_or_without_a_code_is_not_listed(world: World) -> None:
    rate_twice(world, counts=False)
    rate_twice(world, session_code="")
    near = [open_form(world, actor, counts=True) for actor in (world.trainer, world.second_trainer)]
    tick(world, near[0], *all_basics("L1", "D1.1"))
    tick(world, near[1], *all_basics("L1", "D1.1")[:-1], ("L1", "D1.1-F1", Seen.SEEN), actor=world.second_trainer)
    submit(world, near[0])
    submit(world, near[1], world.second_trainer)
    assert contested(world) == []


def test_the_lead_says_which_view_counts_and_both_stay(world: World) -> None:
    first, second = rate_twice(world)
    decided = settle(world, second.fact_id)
    assert (decided.target_id, decided.reason) == (second.fact_id, AdjudicationReason.SAW_MORE)
    rows = {row["fact_id"]: row for row in contested(world)}
    assert set(rows) == {first.fact_id, second.fact_id}
    assert (rows[first.fact_id]["settled_on"], rows[second.fact_id]["reason"]) == (None, "saw_more")


def test_the_trainee_sees_that_it_was_settled(world: World) -> None:
    first, second = rate_twice(world)
    asked = {"person_id": world.trainee.person_id, **OF_THE_TRAINEE}

    def told() -> dict[FactId, tuple[bool, bool, bool]]:
        rows = world.ledger.query("person_observations", world.trainee, **asked)
        return {row["fact_id"]: (row["is_contested"], row["is_chosen"], row["settled_on"] is not None) for row in rows}

    assert told() == {first.fact_id: (True, False, False), second.fact_id: (True, False, False)}
    settle(world, first.fact_id)
    assert told() == {first.fact_id: (True, True, True), second.fact_id: (True, False, True)}


def test_settling_twice_changes_nothing(world: World) -> None:
    first, _ = rate_twice(world)
    assert settle(world, first.fact_id) == settle(world, first.fact_id)
    assert len(decisions(world)) == 1


def test_what_is_settled_is_not_settled_otherwise(world: World) -> None:
    first, second = rate_twice(world)
    settle(world, first.fact_id)
    other_lead = make_actor(21, Office.TRAINING_LEAD)
    for actor, chosen_id in ((world.lead, second.fact_id), (other_lead, first.fact_id), (other_lead, second.fact_id)):
        with pytest.raises(SettledError):
            settle(world, chosen_id, actor)
    assert len(decisions(world)) == 1


def test_two_leads_at_once_settle_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = rate_twice(world)
    monkeypatch.setattr("assessments.service.observations.adjudicating._adjudications", lambda *_: [])
    settle(world, first.fact_id)
    with pytest.raises(SettledError):
        settle(world, second.fact_id, make_actor(21, Office.TRAINING_LEAD))
    assert len(decisions(world)) == 1


def test_a_chosen_view_that_is_withdrawn_makes_room_for_another_decision(world: World) -> None:
    first, second = rate_twice(world)
    settle(world, second.fact_id)
    correct(world.ledger, world.second_trainer, second.fact_id, "wrong_entry", NOW)
    assert contested(world) == []
    third = open_form(world, world.second_trainer, counts=True)
    tick(world, third, ("L1", "D1.1-U1", Seen.SEEN), actor=world.second_trainer)
    submit(world, third, world.second_trainer)
    settle(world, first.fact_id)
    assert [one.target_id for one in decisions(world)] == [second.fact_id, first.fact_id]


# ---------------------------------------------------------------- who may


def test_only_a_training_lead_of_the_hub_settles(world: World) -> None:
    first, _ = rate_twice(world)
    for actor in (world.trainer, world.safeguarding, world.manager, world.coordinator, world.outsider, world.operator):
        with pytest.raises(NotAllowedError):
            settle(world, first.fact_id, actor)
    assert decisions(world) == []


def test_a_rater_who_is_lead_too_leaves_it_to_another(world: World) -> None:
    first, second = rate_twice(world)
    both = make_actor(world.trainer.person_id, Office.TRAINER, Office.TRAINING_LEAD)
    for chosen in (first, second):
        with pytest.raises(RaterOfItError, match="another training lead"):
            settle(world, chosen.fact_id, both)


def test_nobody_settles_how_they_were_rated(world: World) -> None:
    first, _ = rate_twice(world)
    with pytest.raises(OwnRecordError):
        settle(world, first.fact_id, make_actor(world.trainee.person_id, Office.TRAINEE, Office.TRAINING_LEAD))


def test_one_view_alone_is_nothing_to_settle(world: World) -> None:
    form = open_form(world, counts=True)
    tick(world, form, *all_basics("L1", "D1.1"))
    with pytest.raises(NotContestedError, match="nothing to settle"):
        settle(world, submit(world, form).fact_id)


def test_a_reason_is_one_of_the_list(world: World) -> None:
    first, _ = rate_twice(world)
    with pytest.raises(WrongInputError, match="one of fits_the_wording"):
        settle(world, first.fact_id, reason="because")


def test_what_is_not_there_is_not_settled(world: World) -> None:
    with pytest.raises(UnknownFactError):
        settle(world, some_fact_id())


def test_who_settled_it_does_not_decide_on_the_appeal(world: World) -> None:
    first, second = rate_twice(world)
    settle(world, first.fact_id)
    make_appeal(world.ledger, world.trainee, second.fact_id, ground=AppealGround.NOT_NEUTRAL, note="", now=NOW)
    [case] = list_open_appeals(world.ledger, world.lead, days_later(1))
    assert "You settled between two raters" in str(case.why_not)
