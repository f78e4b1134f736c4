"""Every planted fault leaves the trace by which it can be found, and nothing else looks like it."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from statistics import mean

import pytest

from analytics.simulation.truth import (
    DriftingRater,
    ExpiredCertificate,
    GateOutOfReach,
    HubShortOfSupervision,
    LenientRater,
    MisKeyedItem,
    UnresolvedHold,
)
from assessments.facts import Certificate, Hold, Observation, Relation, Response, Supervision
from assessments.items import right_choice
from assessments.verdicts import Status, Verdict
from curriculum.gates import CertificateGate, DoseGate
from people.facts import CohortOpened, Enrolment
from people.models import HubId, PersonId
from store.standing import standing_of
from tests.analytics.simulation.population import UNTIL, Population

pytestmark = pytest.mark.xdist_group("simulation")

LEAST_ANSWERS = 12


def verdict_of(population: Population, person: int) -> Verdict:
    verdict = standing_of(population.store, population.programme.head.id, PersonId(person))
    assert verdict is not None
    return verdict


def test_nothing_was_left_unplanted(population):
    truth = population.truth
    assert len(truth.faults) == 7
    assert not truth.not_planted


# ---------------------------------------------------------------- items and raters


def test_most_people_choose_one_wrong_option_of_the_mis_keyed_item(population):
    chosen: defaultdict[str, Counter[tuple[int, ...]]] = defaultdict(Counter)
    for response in population.facts(Response):
        chosen[response.item_id][response.chosen] += 1
    suspects: dict[str, tuple[int, ...]] = {}
    for item in population.programme.items:
        n_answers = chosen[item.id].total()
        for option, n in chosen[item.id].items():
            if n_answers >= LEAST_ANSWERS and option != right_choice(item) and n > 0.6 * n_answers:
                suspects[item.id] = option
    fault = population.fault(MisKeyedItem)
    assert suspects == {fault.item: fault.answered_key}
    assert fault.key == right_choice(population.programme.item_by_id[fault.item])


def watched_by(population: Population, hub: str) -> dict[int, list[Observation]]:
    """Return what each trainer of a hub filled in."""
    raters = {one.person for one in population.truth.raters if one.hub == hub}
    forms: defaultdict[int, list[Observation]] = defaultdict(list)
    for observation in population.facts(Observation):
        if observation.relation is Relation.TRAINER and observation.actor_id in raters:
            forms[observation.actor_id].append(observation)
    return dict(forms)


def test_the_lenient_rater_passes_more_than_all_the_others_of_the_hub(population):
    fault = population.fault(LenientRater)
    passed = {rater: mean(one.is_passed for one in forms) for rater, forms in watched_by(population, fault.hub).items()}
    assert max(passed, key=lambda rater: passed[rater]) == fault.person
    others = [share for rater, share in passed.items() if rater != fault.person]
    assert passed[fault.person] - max(others) > 0.05


def slope_a_year(forms: Sequence[Observation]) -> float:
    """Return by how much the per cent seen changes in a year."""
    begun = min(one.occurred_at for one in forms)
    years = [(one.occurred_at - begun) / timedelta(days=365) for one in forms]
    middle, height = mean(years), mean(one.pct for one in forms)
    product = sum((year - middle) * (one.pct - height) for year, one in zip(years, forms, strict=True))
    return product / sum((year - middle) ** 2 for year in years)


def test_the_drifting_rater_sees_less_from_month_to_month(population):
    fault = population.fault(DriftingRater)
    slopes = {rater: slope_a_year(forms) for rater, forms in watched_by(population, fault.hub).items()}
    assert min(slopes, key=lambda rater: slopes[rater]) == fault.person
    assert slopes[fault.person] < -10
    assert all(slope > -10 for rater, slope in slopes.items() if rater != fault.person)


# ---------------------------------------------------------------- a hub


def days_between_meetings(population: Population) -> Mapping[HubId, float]:
    """Return the mean number of days from one supervision meeting of a trainee to the next, by hub."""
    hub_of_cohort = {opened.cohort_id: opened.hub_id for opened in population.facts(CohortOpened)}
    hub_of = {one.person_id: hub_of_cohort[one.cohort_id] for one in population.facts(Enrolment)}
    last: dict[PersonId, Supervision] = {}
    gaps: defaultdict[HubId, list[float]] = defaultdict(list)
    for meeting in population.facts(Supervision):
        if meeting.person_id in last:
            gap = meeting.occurred_at - last[meeting.person_id].occurred_at
            gaps[hub_of[meeting.person_id]].append(gap / timedelta(days=1))
        last[meeting.person_id] = meeting
    return {hub: mean(days) for hub, days in gaps.items()}


def test_the_hub_short_of_supervision_has_the_longest_gaps(population):
    fault = population.fault(HubShortOfSupervision)
    gaps = days_between_meetings(population)
    assert max(gaps, key=lambda hub: gaps[hub]) == fault.hub
    others = [days for hub, days in gaps.items() if hub != fault.hub]
    assert gaps[HubId(fault.hub)] > 1.2 * max(others)
    truth = next(hub for hub in population.truth.hubs if hub.hub == fault.hub)
    assert truth.n_held < truth.n_offered / 2


# ---------------------------------------------------------------- trainees


def test_the_unresolved_hold_stands_on_the_board(population):
    fault = population.fault(UnresolvedHold)
    verdict = verdict_of(population, fault.person)
    assert verdict.status is Status.ON_HOLD
    assert verdict.hold_since == fault.held_on
    (hold,) = (one for one in population.facts(Hold) if str(one.fact_id) == fault.hold)
    assert (hold.person_id, hold.behaviour_id) == (fault.person, fault.behaviour)


def test_the_expired_certificate_closes_its_gate(population):
    fault = population.fault(ExpiredCertificate)
    seen = [one for one in population.facts(Certificate) if one.person_id == fault.person]
    newest = max(one.expires_on for one in seen if one.certificate_id == fault.certificate)
    assert newest == fault.expired_on < UNTIL
    closed = {gate.gate_id for gate in verdict_of(population, fault.person).open_blocks}
    asking = {gate.id for gate in population.programme.gates if isinstance(gate, CertificateGate)}
    assert closed & asking


def test_who_can_no_longer_reach_a_gate_lacks_sessions_when_the_cohort_ends(population):
    fault = population.fault(GateOutOfReach)
    gates = {gate.gate_id: gate for gate in verdict_of(population, fault.person).gates}
    found = next(gate for gate_id, gate in gates.items() if gate_id == fault.gate)
    assert (found.have, found.need) == (fault.have, fault.need)
    assert fault.have < fault.need
    assert isinstance(next(one for one in population.programme.gates if one.id == fault.gate), DoseGate)
    assert timedelta() <= fault.ends_on - UNTIL <= timedelta(days=14)
