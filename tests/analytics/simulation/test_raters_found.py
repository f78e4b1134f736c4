"""The raters of a hub as page, file and command have them: the planted ones are found by name, by who may see names."""

import pytest

from analytics.raters import RaterBoard, see_own_figures, see_raters
from analytics.raters.report import board_json, board_lines
from analytics.simulation.truth import DriftingRater, LenientRater
from analytics.statistics.severity import Leaning
from people.errors import NotAllowedError
from people.models import Actor, HeldGrant, HubId, Office, PersonId
from tests.analytics.simulation.population import Population

pytestmark = pytest.mark.xdist_group("simulation")


def board_of(population: Population, hub: str, office: Office, person: int = 1) -> RaterBoard:
    actor = Actor(PersonId(person), "", (HeldGrant(office, HubId(hub)),))
    return see_raters(population.store, actor, population.programme, HubId(hub))


def name_of(population: Population, person: int) -> str:
    return population.store.name_of(PersonId(person))


def test_the_training_lead_finds_the_lenient_rater_by_name(population):
    fault = population.fault(LenientRater)
    board = board_of(population, fault.hub, Office.TRAINING_LEAD)
    lenient = [one.name for one in board.raters if one.severity and one.severity.leaning is Leaning.LENIENT]
    assert lenient == [name_of(population, fault.person)]


def test_the_training_lead_finds_the_drifting_rater_by_name_and_the_way_of_the_drift(population):
    fault = population.fault(DriftingRater)
    board = board_of(population, fault.hub, Office.TRAINING_LEAD)
    drifting = [one for one in board.raters if one.drift and one.drift.is_drifting]
    assert [one.name for one in drifting] == [name_of(population, fault.person)]
    [found] = drifting
    assert found.drift
    assert found.drift.drift.value is not None
    assert fault.drift_per_year > 0 > found.drift.drift.value


def test_a_manager_gets_the_same_agreement_and_nobodys_name_or_figure(population):
    hub = population.fault(LenientRater).hub
    named, nameless = (board_of(population, hub, office) for office in (Office.TRAINING_LEAD, Office.MANAGER))
    assert nameless.coefficients == named.coefficients
    assert nameless.share == named.share
    assert not (nameless.raters or nameless.pairs or nameless.proposals or nameless.names)
    text = "\n".join(board_lines(nameless)) + str(board_json(nameless))
    assert not any(one.name in text for one in named.raters)
    assert all(one.name in "\n".join(board_lines(named)) for one in named.raters)


def test_who_is_not_of_the_hub_gets_nothing(population):
    lenient, drifting = population.fault(LenientRater).hub, population.fault(DriftingRater).hub
    for office in (Office.TRAINER, Office.COORDINATOR, Office.FUNDER, Office.SAFEGUARDING_LEAD):
        with pytest.raises(NotAllowedError):
            board_of(population, lenient, office)
    lead = Actor(PersonId(1), "", (HeldGrant(Office.TRAINING_LEAD, HubId(drifting)),))
    with pytest.raises(NotAllowedError):
        see_raters(population.store, lead, population.programme, HubId(lenient))


def test_a_trainer_gets_their_own_figures_as_the_lead_has_them(population):
    fault = population.fault(LenientRater)
    [in_board] = [
        one for one in board_of(population, fault.hub, Office.TRAINING_LEAD).raters if one.person_id == fault.person
    ]
    trainer = Actor(PersonId(fault.person), "", (HeldGrant(Office.TRAINER, HubId(fault.hub)),))
    [own] = see_own_figures(population.store, trainer, population.programme)
    assert (own.n_forms, own.severity, own.drift) == (in_board.n_forms, in_board.severity, in_board.drift)
