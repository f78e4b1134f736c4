"""Figures where there is nothing, or all of one kind, to count: right, or "not computable, because", never 0 of 0."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from analytics.cohort_report import CohortReport, ReportFigure, Unit, cohort_report
from analytics.journeys import find_pace, see_outlook
from analytics.readiness import see_whole_board, see_whole_flip
from assessments.facts import SignOff
from curriculum.bundle import to_bundle
from people.facts import Amendment, Change, ClockChange, CohortOpened, Enrolment, Pause
from people.models import NOBODY, CohortId, HubId, Office, PersonId
from store.beside_gates import journeys
from tests.analytics.place import COHORT, HUB, MANAGER, TRAINEE, Place, actor, all_gates
from tests.builders import PROGRAMME, ROLE

LEAD = actor(MANAGER, Office.TRAINING_LEAD)
THERE = HubId("hillside")


def nobody(place: Place) -> None:
    joined = place.store.list_facts(Enrolment, TRAINEE)[0]
    place.record(Amendment, target_id=joined.fact_id, change=Change.VOID)


def one_person(place: Place) -> None:
    place.attempt(-20)
    place.observe(-10)


def all_withdrawn(place: Place) -> None:
    place.attempt(-20)
    place.enrol(PersonId(11))
    for person_id in (TRAINEE, PersonId(11)):
        place.note(Pause, -5, person_id=person_id, change=ClockChange.WITHDRAWN)


def all_alike(place: Place) -> None:
    """Everybody did the same on the same day: nothing but ties."""
    for person_id in (TRAINEE, *map(PersonId, range(11, 16))):
        if person_id != TRAINEE:
            place.enrol(person_id)
        place.observe(-10, person_id=person_id)
        sign(place, person_id)


def two_versions(place: Place) -> None:
    second = place.programme.model_copy(update={"head": place.programme.head.model_copy(update={"version": "1.1.0"})})
    assert place.store.publish(second, to_bundle(second)) == 2
    chosen = {"cohort_id": COHORT, "role_id": ROLE, "version_no": 2}
    place.note(Enrolment, -30, person_id=PersonId(11), **chosen)


def moved_hub(place: Place) -> None:
    place.observe(-20)
    there = CohortId("hillside-spring")
    opened = {"cohort_id": there, "hub_id": THERE, "title": "There", "starts_on": date(2026, 1, 1), "ends_on": None}
    place.note(CohortOpened, -15, person_id=NOBODY, **opened)
    place.note(Enrolment, -5, cohort_id=there, role_id=ROLE, version_no=1)


def sign(place: Place, person_id: PersonId = TRAINEE, days: float = -1) -> None:
    place.note(
        SignOff,
        days,
        person_id=person_id,
        role_id=ROLE,
        version_no=1,
        is_granted=True,
        valid_months=12,
        needs_countersign=False,
        evidence_hash="",
        evidence=(),
        levels=(),
    )


SITUATIONS: dict[Callable[[Place], None], int] = {
    nobody: 0,
    one_person: 1,
    all_withdrawn: 2,
    all_alike: 6,
    two_versions: 2,
    moved_hub: 0,
}
"""What happened, and of how many people the hub's report is then."""


def report_of(happened: Callable[[Place], None]) -> CohortReport:
    place = Place(*all_gates())
    happened(place)
    found = cohort_report(place.store, LEAD, place.programme, HUB)
    place.store.close()
    return found


def is_honest(figure: ReportFigure) -> bool:
    """Return whether a figure has people behind it or says why there is none."""
    if figure.value is None:
        return figure.because is not None or (figure.interval is not None and figure.interval.low is not None)
    return figure.unit is Unit.PEOPLE or figure.denominator > 0


@pytest.mark.parametrize(("happened", "n"), SITUATIONS.items(), ids=lambda one: getattr(one, "__name__", str(one)))
def test_each_figure_has_people_behind_it_or_says_why_not(happened: Callable[[Place], None], n: int) -> None:
    report = report_of(happened)
    assert report.n == n
    assert [figure.key for figure in report.figures if not is_honest(figure)] == []
    if n == 0:
        assert all(figure.value is None or figure.unit is Unit.PEOPLE for figure in report.figures)


def test_gates_are_not_asked_of_those_who_have_left() -> None:
    gates = [figure for figure in report_of(all_withdrawn).figures if figure.key.startswith("gates/")]
    assert {(figure.value, figure.denominator) for figure in gates} == {(None, 0)}


def test_a_cohort_across_two_versions_names_both() -> None:
    assert report_of(two_versions).version == "1.0.0, 1.1.0"


def test_who_moved_is_counted_there_and_not_here() -> None:
    place = Place(*all_gates())
    moved_hub(place)
    there = cohort_report(place.store, actor(MANAGER, Office.TRAINING_LEAD, THERE), place.programme, THERE)
    assert there.n == 1
    place.store.close()


def test_in_the_week_in_which_all_are_signed_off_half_are() -> None:
    place = Place()
    all_alike(place)
    pace = see_outlook(place.store, LEAD, place.programme, HUB).pace
    # Enrolled 60 days ago, signed off 59 days later: in the ninth week.
    assert (pace.half.value, pace.signed_off.n_events, len(pace.signed_off.steps)) == (9, 6, 1)
    assert pace.mean_waiting.value == pace.horizon == 9
    place.store.close()


def test_weeks_are_seven_days_also_over_leap_day_and_the_change_of_clocks() -> None:
    place = Place()
    sign(place)
    (found,) = journeys(place.store, PROGRAMME, hub_id=HUB, as_of=place.now, known_at=place.now)
    for began in (date(2028, 2, 26), date(2028, 3, 24)):
        for days, week in ((6, 1), (7, 2), (13, 2), (14, 3)):
            moved = replace(found, began_on=began, signed_on=began + timedelta(days=days))
            assert find_pace([moved], began + timedelta(days=40)).half.value == week
    place.store.close()


def test_a_day_before_all_is_empty_and_a_day_that_lies_ahead_is_what_will_be() -> None:
    place = Place(*all_gates()[:2])
    sign(place)
    early, late = place.now - timedelta(days=4000), place.now + timedelta(days=4000)
    assert see_whole_board(place.store, LEAD, PROGRAMME, HUB, as_of=early).rows == ()
    assert see_whole_flip(place.store, LEAD, TRAINEE, PROGRAMME, as_of=early) is None
    (row,) = see_whole_board(place.store, LEAD, PROGRAMME, HUB, as_of=late).rows
    assert row.verdict.as_of == late
    assert row.verdict.valid_until is not None
    assert row.verdict.valid_until < late.date()
    ahead = see_whole_flip(place.store, LEAD, TRAINEE, PROGRAMME, as_of=late)
    assert ahead is not None
    assert ahead.flip.facts
    place.store.close()
