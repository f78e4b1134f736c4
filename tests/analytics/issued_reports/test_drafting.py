"""A report: drafted from the facts, issued by the manager, and the same for ever after."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

import pytest

from analytics.issued_reports.content import ReportContent, of_text, to_text
from analytics.issued_reports.drafting import beside_status, draft_report, issue, protect_together
from analytics.issued_reports.errors import TooFewPeopleError
from analytics.issued_reports.people import STATUS, dimensions_of, values_of_people
from analytics.issued_reports.protecting import Counted, protect
from analytics.statistics.suppression import IssuedTable, SuppressionRule
from assessments.errors import ReportDamagedError, ReportMeanwhileError
from assessments.facts import ModuleProgress
from assessments.service.reports import issue_report, list_reports
from curriculum.ids import ModuleId
from people.errors import NotAllowedError
from people.facts import ClockChange, Enrolment, Pause, ReportIssued
from people.models import Office, PersonId
from tests.analytics.issued_reports.attack import Reader, assert_safe
from tests.analytics.place import COHORT, HUB, MANAGER, Place, actor, all_gates
from tests.builders import ROLE

FUNDER = actor(PersonId(900), Office.FUNDER)
WHO = actor(MANAGER, Office.MANAGER)


@pytest.fixture
def place() -> Place:
    """Twenty people, of whom eight have begun and three have left."""
    place = Place(*all_gates()[:4])
    for number in range(100, 119):
        place.enrol(PersonId(number))
    for number in range(100, 108):
        place.note(ModuleProgress, -20, person_id=PersonId(number), module_id=ModuleId("M1"), step=1)
    for number in range(100, 103):
        _leave(place, number, -10)
    return place


def _leave(place: Place, number: int, days: float) -> None:
    place.note(Pause, days, person_id=PersonId(number), change=ClockChange.WITHDRAWN)


def _draft(place: Place) -> ReportContent:
    return draft_report(place.store, WHO, place.programme, HUB)


def test_a_draft_records_nothing(place: Place) -> None:
    position = place.store.position
    assert _draft(place).report_no == 1
    assert place.store.position == position


def test_small_numbers_and_what_gives_them_away_are_hidden_and_counted(place: Place) -> None:
    draft = _draft(place)
    status = draft.breakdown("status")
    assert status is not None
    cells = {(table.dimensions, cell.values): cell.n for table in status.tables for cell in table.cells}
    assert draft.n_people == 20
    assert cells[("status",), ("left",)] is None
    assert cells[("status",), ("in_training",)] is None
    assert cells[("cohort",), ("riverside-spring",)] == 20
    assert (status.n_small, status.n_besides, status.n_earlier) == (2, 2, 0)
    assert draft.n_hidden >= 4


def test_every_gate_that_blocks_and_every_step_is_in_it(place: Place) -> None:
    keys = {one.key for one in _draft(place).breakdowns}
    assert {f"gate/{gate.id}" for gate in place.programme.gates} <= keys
    assert {"status", "hold", "step/session", "step/signed_off"} <= keys


def test_what_was_issued_is_read_back_to_the_letter_and_stays(place: Place) -> None:
    draft = _draft(place)
    issue(place.store, WHO, draft)
    place.now += timedelta(days=30)
    for number in range(110, 115):
        _leave(place, number, -1)
    [report] = list_reports(place.store, FUNDER, HUB)
    assert of_text(report.report) == draft
    assert to_text(of_text(report.report)) == report.report
    assert report.report_no == 1


def test_reports_are_numbered_and_the_newest_comes_first(place: Place) -> None:
    for _ in range(2):
        issue(place.store, WHO, _draft(place))
        place.now += timedelta(days=1)
    assert [one.report_no for one in list_reports(place.store, WHO, HUB)] == [2, 1]


def test_a_second_report_of_the_same_people_says_the_same(place: Place) -> None:
    first = _draft(place)
    issue(place.store, WHO, first)
    place.now += timedelta(hours=1)
    second = _draft(place)
    assert [one.tables for one in second.breakdowns] == [one.tables for one in first.breakdowns]
    assert second.not_compared == ()


def test_a_later_report_is_held_against_the_earlier_one(place: Place) -> None:
    """Who joins would be told by subtraction if the number of those who have left were now shown."""
    issue(place.store, WHO, _draft(place))
    place.now += timedelta(days=10)
    for number in range(103, 106):
        _leave(place, number, -1)
    draft = _draft(place)
    assert draft.not_compared == ()
    status = draft.breakdown("status")
    assert status is not None or draft.left_out == ("Where people stand",)


def test_no_hidden_number_comes_out_of_all_that_was_issued(place: Place) -> None:
    """Attacked from the reports as they were issued, and from who was counted where by the facts of each day."""
    for number in range(3):
        place.now += timedelta(days=20)
        _leave(place, 103 + number, -1)
        place.note(ModuleProgress, -1, person_id=PersonId(115 + number), module_id=ModuleId("M1"), step=1)
        joined = {"cohort_id": COHORT, "role_id": ROLE, "version_no": 1}
        place.note(Enrolment, -1, person_id=PersonId(200 + number), **joined)
        issue(place.store, WHO, _draft(place))
    reports = [of_text(one.report) for one in reversed(list_reports(place.store, FUNDER, HUB))]
    assert len(reports) == 3
    assert sum(one.n_hidden for one in reports) >= 4
    assert all(one.not_compared == () for one in reports)
    issued: dict[str, list[Counted]] = {}
    for report in reports:
        for key, counted in _counted(place, report).items():
            issued.setdefault(key, []).append(counted)
    assert len(issued) > 10
    for of_key in issued.values():
        assert_safe(of_key, SuppressionRule(5, 5))


def _counted(place: Place, report: ReportContent) -> dict[str, Counted]:
    """Return each breakdown of a report beside where people stand, as a reader has both."""
    keys = {one.key for one in report.breakdowns}
    values = values_of_people(place.store, place.programme.head.id, HUB, report.as_of, {STATUS, *keys})
    return {key: _seen_beside_status(report, values, key) for key in keys}


def _seen_beside_status(
    report: ReportContent, values: Mapping[str, Mapping[PersonId, tuple[str, ...]]], key: str
) -> Counted:
    shown = [one for one in (report.breakdown(name) for name in dict.fromkeys((STATUS, key))) if one]
    tables = [table for one in shown for table in one.tables]
    issued = [IssuedTable(one.dimensions, {cell.values: cell.n for cell in one.cells}) for one in tables]
    return beside_status(report.report_no, values, key, tuple(issued))


STANDS: Final = {
    ("spring", "signed_off"): 6,
    ("spring", "ended"): 2,
    ("spring", "in_training"): 9,
    ("spring", "left"): 3,
}
STEP: Final = "step/signed_off"


def _standing() -> dict[str, dict[PersonId, tuple[str, ...]]]:
    """Return twenty people; whoever is signed off, or was, has come to that step: eight."""
    values = [value for value, n in STANDS.items() for _ in range(n)]
    stands = {PersonId(n): value for n, value in enumerate(values, start=1)}
    came = {person: ("yes" if value[1] in ("signed_off", "ended") else "no",) for person, value in stands.items()}
    return {STATUS: stands, STEP: came}


def test_two_breakdowns_of_one_report_do_not_open_each_other() -> None:
    """Eight came to the step and six are signed off: so two sign-offs have ended, though that cell is hidden."""
    rule, values = SuppressionRule(5, 5), _standing()
    alone = {key: protect(Counted(1, dimensions_of(key), values[key]), [], rule) for key in (STATUS, STEP)}
    naive = [table for one in alone.values() if one is not None for table in one.tables]
    reader = Reader([beside_status(1, values, STEP, tuple(naive))])
    ended = (1, ("status",), ("ended",))
    assert ended in [cell for cell, _ in reader.hidden()]
    least, most = reader.range_of(ended)
    assert most - least < rule.width
    together = protect_together(1, values, lambda _key: [], rule)
    tables = [table for one in together.values() if one is not None for table in one.tables]
    assert_safe([beside_status(1, values, STEP, tuple(tables))], rule)


def test_nor_does_a_later_report_of_one_open_an_earlier_one_of_the_other() -> None:
    rule, values = SuppressionRule(5, 5), _standing()
    step = protect(Counted(1, dimensions_of(STEP), values[STEP]), [], rule)
    assert step is not None
    first = beside_status(1, values, STEP, step.tables)
    together = protect_together(2, values, lambda key: [first] if key == STEP else [], rule)
    tables = [table for one in together.values() if one is not None for table in one.tables]
    assert_safe([first, beside_status(2, values, STEP, tuple(tables))], rule)


def test_a_report_whose_numbers_the_records_do_not_bear_out_is_named(place: Place) -> None:
    """A report of numbers that never were stands for one whose records were destroyed after their time."""
    issued = to_text(_draft(place)).replace('"n_people":20', '"n_people":31')
    issue_report(place.store, WHO, HUB, place.programme.head.id, report_no=1, content=issued, now=place.store.clock())
    assert _draft(place).not_compared == (1,)


def test_two_who_issue_at_once_are_told(place: Place) -> None:
    draft = _draft(place)
    issue(place.store, WHO, draft)
    with pytest.raises(ReportMeanwhileError, match="Report 1 was issued meanwhile"):
        issue(place.store, WHO, draft)
    assert len(place.store.list_facts(ReportIssued)) == 1


def test_of_few_people_there_is_no_report() -> None:
    with pytest.raises(TooFewPeopleError, match="1 people are enrolled"):
        _draft(Place(*all_gates()))


def test_a_report_that_was_tampered_with_is_not_shown(place: Place) -> None:
    issue(place.store, WHO, _draft(place))
    place.store.engine.fetch("UPDATE report_issued SET report = replace(report, '20', '21')")
    with pytest.raises(ReportDamagedError, match="Report 1 is not what was issued"):
        list_reports(place.store, FUNDER, HUB)


def test_funders_read_and_do_not_draft(place: Place) -> None:
    with pytest.raises(NotAllowedError):
        draft_report(place.store, FUNDER, place.programme, HUB)
    assert list_reports(place.store, FUNDER, HUB) == []
