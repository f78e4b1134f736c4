"""Figures of a hub with the wrong people: each read behind the manager's pages, here, elsewhere and forged."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import pytest

from analytics.cohort_report import ReportPart, cohort_report
from analytics.hub_effort import Effort, see_effort
from analytics.issued_reports import drafting
from analytics.issued_reports.drafting import draft_report
from analytics.journeys import see_outlook
from analytics.research.gathering import ResearchExport, count_choices, export_research
from analytics.research.pseudonyms import Pseudonyms
from curriculum.models import Programme
from people.errors import NotAllowedError
from people.models import Actor, HubId
from people.service import choose_research
from store.ledger import Store
from tests.builders import NOW, PROGRAMME
from tests.rights.house import HERE, THERE, House, Stage, but, split
from tests.rights.recorded import make_recorded

_HUB: Final = "lead manager hats doubled operator"


def _export(store: Store, actor: Actor, programme: Programme, hub_id: HubId) -> ResearchExport:
    return export_research(store, actor, programme, hub_id, Pseudonyms(b"k" * 32))


def _effort(store: Store, actor: Actor, programme: Programme, hub_id: HubId) -> Effort:
    today = NOW.date()
    return see_effort(store, actor, programme, hub_id, first_day=today - timedelta(days=365), last_day=today)


@dataclass(frozen=True)
class Read:
    """One read, whom of the cast it answers, and how many people its answer is about."""

    does: Callable[..., Any]
    may: str
    n_of: Callable[[Any], int]


_MANAGERS: Final = "manager hats doubled operator"

OF_COHORTS: Final = (Read(see_outlook, _HUB, lambda seen: seen.n), Read(cohort_report, _HUB, lambda seen: seen.n))
"""Those that can be asked about one cohort."""

READS: Final = (
    *OF_COHORTS,
    Read(count_choices, _MANAGERS, lambda seen: seen.n_asked),
    Read(draft_report, _MANAGERS, lambda seen: seen.n_people),
    Read(_export, _MANAGERS, lambda seen: len(seen.people)),
    Read(_effort, f"{_HUB} coordinator", lambda seen: seen.n_trainers),
)

every_read = pytest.mark.parametrize("read", READS, ids=lambda read: read.does.__name__)


@pytest.fixture(scope="module")
def stage(house: House) -> Stage:
    """The clock stands still, so a report of a minute ago is one of now."""
    for stage in (house.stage() for _ in range(6)):
        choose_research(house.store, stage.trainee, agrees=True, now=NOW)
    return make_recorded(house)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafting, "SETTLED", timedelta())


@pytest.fixture(scope="module")
def programme(stage: Stage) -> Programme:
    return stage.store.programme(PROGRAMME, 1)


@every_read
def test_who_may_sees_and_who_may_not_is_refused(stage: Stage, programme: Programme, read: Read) -> None:
    for name in sorted(split(read.may)):
        assert read.n_of(read.does(stage.store, stage.cast[name], programme, HERE))
    for name in but(split(read.may), stage.cast):
        with pytest.raises(NotAllowedError):
            read.does(stage.store, stage.cast[name], programme, HERE)


@every_read
def test_offices_here_see_no_figure_of_there(stage: Stage, programme: Programme, read: Read) -> None:
    for name in stage.cast:
        if not name.startswith("there_") and name != "operator":
            for hub_id in (THERE, HubId("no-such"), HubId("")):
                with pytest.raises(NotAllowedError):
                    read.does(stage.store, stage.cast[name], programme, hub_id)


@pytest.mark.parametrize("read", OF_COHORTS, ids=lambda read: read.does.__name__)
def test_a_cohort_of_another_hub_is_nobody_in_this_one(stage: Stage, programme: Programme, read: Read) -> None:
    seen = read.does(stage.store, stage.cast["manager"], programme, HERE, cohort_id=stage.house.cohorts[THERE])
    assert read.n_of(seen) == 0


def test_a_manager_gets_the_report_without_what_they_may_not_see_of_so_few(stage: Stage, programme: Programme) -> None:
    hidden = (ReportPart.QUIZZES, ReportPart.ITEMS, ReportPart.LEVELS, ReportPart.RATERS)
    seen = cohort_report(stage.store, stage.cast["manager"], programme, HERE)
    assert seen.left_out == hidden
    assert not [figure for figure in seen.figures if figure.part in hidden]
    assert cohort_report(stage.store, stage.cast["lead"], programme, HERE).left_out == ()


def test_nobody_but_the_operator_exports_all_hubs(stage: Stage, programme: Programme) -> None:
    pseudonyms = Pseudonyms(b"k" * 32)
    for name in but({"operator"}, stage.cast):
        with pytest.raises(NotAllowedError):
            export_research(stage.store, stage.cast[name], programme, None, pseudonyms)
    assert export_research(stage.store, stage.cast["operator"], programme, None, pseudonyms).people
