"""A cohort closes: an outcome for everybody, a board that stays as it was, and records that begin to age."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count

import pytest

from analytics.boards import summarise
from analytics.closed_cohorts import see_closed_board, verdict_then
from analytics.readiness import see_whole_board
from assessments.errors import HasLeftError, OutcomesError, WrongInputError
from assessments.facts import CohortOutcome, KeepUntil, Outcome, ProgrammeActivated, SignOff
from assessments.reasons import RevokeReason
from assessments.service.closing import close_cohort, hash_board, list_fitting, list_kept, prepare_closing
from assessments.service.decisions import countersign, revoke
from assessments.verdicts import GateState, Status
from people.errors import CohortClosedError, NotAllowedError, NotKnownError
from people.facts import ClockChange, ClockReason, CohortClosed, Pause
from people.ids import new_fact_id
from people.models import NOBODY, CohortId, PersonId
from people.service import accept_move, change_clock, consent_to_move, enrol, open_cohort
from store.readiness import verdicts
from store.verify import verify
from tests.assessments.world import TODAY, open_form, start
from tests.builders import NOW, PROGRAMME, ROLE, make_head, make_programme
from tests.rights.house import HERE, THE_OPERATOR, THERE, House, Stage, make_house

pytestmark = pytest.mark.slow

LATER = NOW + timedelta(hours=1)
_NUMBERS = count(1)


@dataclass
class Group:
    """A cohort of its own, and its trainees by what became of them."""

    house: House
    cohort_id: CohortId
    stages: dict[str, Stage] = field(default_factory=dict)

    @property
    def store(self):
        return self.house.store

    def person(self, name: str) -> PersonId:
        return self.stages[name].person_id

    def join(self, name: str) -> Stage:
        stage = self.stages[name] = self.house.stage()
        given = {"cohort_id": self.cohort_id, "role_id": ROLE, "version_no": 1, "now": NOW}
        enrol(self.store, THE_OPERATOR, stage.person_id, **given)
        return stage

    def change_clock(self, name: str, change: ClockChange) -> None:
        why = {"change": change, "reason": ClockReason.NO_TIME, "now": NOW}
        change_clock(self.store, THE_OPERATOR, self.person(name), PROGRAMME, **why)

    def close(self, actor: str = "manager", **outcomes: Outcome) -> CohortClosed:
        chosen = {self.person(name): outcome for name, outcome in outcomes.items()}
        return close_cohort(self.store, self.house.cast[actor], self.cohort_id, chosen, now=LATER)

    def kept(self, name: str) -> CohortOutcome:
        (found,) = self.store.list_facts(CohortOutcome, self.person(name))
        return found


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    made = make_house()
    yield made
    made.store.close()


def make_group(house: House) -> Group:
    """`done` is signed off, `nearly` has begun, `gone` has left, `resting` has paused."""
    title = f"Group {next(_NUMBERS)}"
    cohort = open_cohort(
        house.store, THE_OPERATOR, HERE, PROGRAMME, title, starts_on=TODAY, active_version_no=1, now=NOW
    )
    group = Group(house, cohort.cohort_id)
    for name in ("done", "nearly", "gone", "resting"):
        group.join(name)
    signed = group.stages["done"].sign()
    countersign(house.store, house.cast["lead"], signed.fact_id, NOW)
    group.stages["nearly"].make_ready()
    group.change_clock("gone", ClockChange.WITHDRAWN)
    group.change_clock("resting", ClockChange.PAUSED)
    return group


@pytest.fixture
def group(house: House) -> Group:
    """A group of the test's own."""
    return make_group(house)


@pytest.fixture(scope="module")
def open_group(house: House) -> Group:
    """A group that tests look at or are refused to change."""
    return make_group(house)


@pytest.fixture(scope="module")
def closed_group(house: House) -> Group:
    """The same, closed as usual."""
    group = make_group(house)
    group.close(**USUAL)
    return group


def move(group: Group, name: str) -> None:
    """Let somebody move to the other hub, with their consent."""
    activated = ProgrammeActivated(
        fact_id=new_fact_id(),
        person_id=NOBODY,
        actor_id=NOBODY,
        occurred_at=NOW,
        programme_id=PROGRAMME,
        version_no=1,
        hub_id=THERE,
    )
    group.store.append(activated)
    consent = consent_to_move(group.store, group.stages[name].trainee, PROGRAMME, THERE, LATER)
    accept_move(
        group.store,
        group.house.cast["there_manager"],
        consent.fact_id,
        cohort_id=group.house.cohorts[THERE],
        role_id=ROLE,
        trainer_id=group.house.cast["there_trainer"].person_id,
        now=LATER,
    )


USUAL = {
    "done": Outcome.SIGNED_OFF,
    "nearly": Outcome.NOT_YET,
    "gone": Outcome.STOPPED,
    "resting": Outcome.CONTINUES_ELSEWHERE,
}

# ---------------------------------------------------------------- outcomes


def test_each_person_has_outcomes_that_fit_the_likeliest_first(open_group: Group) -> None:
    leavers = prepare_closing(open_group.store, open_group.house.cast["manager"], open_group.cohort_id, NOW)
    first = {leaver.verdict.person_id: leaver.outcomes[0] for leaver in leavers}
    assert first == {
        open_group.person("done"): Outcome.SIGNED_OFF,
        open_group.person("nearly"): Outcome.NOT_YET,
        open_group.person("gone"): Outcome.STOPPED,
        open_group.person("resting"): Outcome.NOT_YET,
    }


@pytest.mark.parametrize("status", [status for status in Status if status not in (Status.SIGNED_OFF, Status.DUE_SOON)])
def test_no_outcome_makes_anybody_signed_off(status: Status) -> None:
    assert Outcome.SIGNED_OFF not in list_fitting(status)
    assert list_fitting(status)


def test_every_outcome_that_is_missing_or_does_not_fit_is_named(group: Group) -> None:
    outside = group.house.stage()
    group.stages["outside"] = outside
    position = group.store.position
    with pytest.raises(OutcomesError) as caught:
        group.close(nearly=Outcome.SIGNED_OFF, gone=Outcome.NOT_YET, resting=Outcome.NOT_YET, outside=Outcome.STOPPED)
    faults = caught.value.faults
    assert [fault.split(":")[0] for fault in faults] == [
        group.stages["done"].trainee.name,
        group.stages["nearly"].trainee.name,
        group.stages["gone"].trainee.name,
        f"person {outside.person_id}",
    ]
    assert "does not fit, they are ready for decision; choose not_yet" in faults[1]
    assert group.store.position == position


def test_an_outcome_in_ones_own_words_is_refused(open_group: Group) -> None:
    with pytest.raises(WrongInputError, match="one of signed_off"):
        open_group.close(**USUAL | {"nearly": "her son is ill"})  # type: ignore[arg-type]


def test_an_empty_cohort_can_be_closed(open_group: Group) -> None:
    cohort = open_cohort(
        open_group.store, THE_OPERATOR, HERE, PROGRAMME, "Empty", starts_on=TODAY, active_version_no=1, now=NOW
    )
    closing = close_cohort(open_group.store, THE_OPERATOR, cohort.cohort_id, {}, now=LATER)
    assert (closing.n_people, closing.board_hash) == (0, hash_board([]))


@pytest.mark.parametrize(
    "name", ["trainer", "lead", "coordinator", "admin", "safeguarding", "funder", "there_manager", "nobody"]
)
def test_only_who_looks_after_cohorts_and_sees_where_people_stand_closes_one(open_group: Group, name: str) -> None:
    for act in (
        lambda: open_group.close(name, **USUAL),
        lambda: prepare_closing(open_group.store, open_group.house.cast[name], open_group.cohort_id, NOW),
    ):
        with pytest.raises(NotAllowedError):
            act()


# ---------------------------------------------------------------- what is kept


def test_where_everybody_stood_is_kept_with_every_gate(group: Group) -> None:
    now = group.store.cohort_verdicts(PROGRAMME, group.cohort_id, NOW)
    closing = group.close(**USUAL)
    assert closing.n_people == 4
    kept = {group.person(name): verdict_then(group.kept(name)) for name in USUAL}
    for verdict in now:
        then = kept[verdict.person_id]
        assert (then.status, then.gates, then.valid_until) == (verdict.status, verdict.gates, verdict.valid_until)
    assert kept[group.person("done")].status == Status.SIGNED_OFF
    assert kept[group.person("nearly")].gates[0].state == GateState.MET


def test_the_board_that_is_kept_is_what_the_facts_said_then(group: Group) -> None:
    closing = group.close(**USUAL | {"nearly": Outcome.STOPPED})
    found = verdicts(
        group.store,
        PROGRAMME,
        cohort_id=group.cohort_id,
        as_of=closing.occurred_at,
        known_at=group.store.clock(),
    )
    board = see_closed_board(group.store, group.house.cast["manager"], group.cohort_id)
    assert [(v.status, v.gates) for v in found] == [(row.verdict.status, row.verdict.gates) for row in board.rows]


def test_later_facts_change_nothing_of_the_board_that_is_kept(group: Group) -> None:
    group.close(**USUAL)
    before = see_closed_board(group.store, group.house.cast["manager"], group.cohort_id)
    (signed,) = group.store.list_facts(SignOff, group.person("done"))
    revoke(group.store, group.house.cast["lead"], signed.fact_id, RevokeReason.LEFT_ROLE, LATER)
    group.stages["nearly"].sign()
    after = see_closed_board(group.store, group.house.cast["manager"], group.cohort_id)
    assert after == before
    assert after.is_as_it_was


def test_a_board_that_was_tampered_with_is_not_called_as_it_was(closed_group: Group) -> None:
    (closing,) = closed_group.store.list_facts(CohortClosed, cohort_id=closed_group.cohort_id)
    kept = [closed_group.kept(name) for name in USUAL]
    assert hash_board(kept) == hash_board(kept[::-1]) == closing.board_hash
    for changed in (
        {"status": Status.SIGNED_OFF},
        {"outcome": Outcome.SIGNED_OFF},
        {"gates": ()},
        {"valid_until": TODAY},
        {"role_id": "another"},
    ):
        assert hash_board([replace(kept[1], **changed), *kept[2:], kept[0]]) != closing.board_hash


def test_the_store_proves_what_is_kept(closed_group: Group) -> None:
    assert verify(closed_group.store).faults == ()


# ---------------------------------------------------------------- what follows


def test_who_stops_has_left_and_the_others_have_not(group: Group) -> None:
    group.close(**USUAL | {"nearly": Outcome.STOPPED})
    reasons = {name: [one.reason for one in group.store.list_facts(Pause, group.person(name))] for name in USUAL}
    assert reasons == {
        "done": [],
        "nearly": [ClockReason.COHORT_CLOSED],
        "gone": [ClockReason.NO_TIME],
        "resting": [ClockReason.NO_TIME],
    }
    verdict = group.store.verdict(group.person("nearly"), PROGRAMME, LATER, group.store.clock() + timedelta(hours=2))
    assert verdict is not None
    assert verdict.status == Status.WITHDRAWN


def test_nobody_joins_any_more(group: Group) -> None:
    group.close(**USUAL)
    given = {"cohort_id": group.cohort_id, "role_id": ROLE, "version_no": 1, "now": LATER}
    for person_id in (group.house.stage().person_id, group.person("gone")):
        with pytest.raises(CohortClosedError):
            enrol(group.store, THE_OPERATOR, person_id, **given)


def test_a_second_closing_changes_nothing(group: Group) -> None:
    first = group.close(**USUAL)
    position = group.store.position
    assert group.close(**USUAL | {"nearly": Outcome.STOPPED}) == first
    assert group.store.position == position


def test_records_begin_to_age_on_the_day_of_the_closing(group: Group) -> None:
    programme = make_programme(head=make_head(privacy={"retention_days": {"wellbeing": 90, "signoff": 2190}}))
    assert list_kept(programme, TODAY) == (
        KeepUntil("wellbeing", TODAY + timedelta(days=90)),
        KeepUntil("signoff", TODAY + timedelta(days=2190)),
    )
    group.close(**USUAL)
    rule = group.store.programme(PROGRAMME, 1).head.privacy.retention_days
    closed_on = group.store.day_of(LATER)
    expected = tuple(KeepUntil(name, closed_on + timedelta(days=n)) for name, n in rule.items())
    assert group.kept("done").kept == expected


# ---------------------------------------------------------------- who sees the board later


@pytest.mark.parametrize("name", ["manager", "lead"])
def test_who_may_see_where_people_stand_sees_the_board_of_then(closed_group: Group, name: str) -> None:
    board = see_closed_board(closed_group.store, closed_group.house.cast[name], closed_group.cohort_id)
    assert {row.name: row.outcome for row in board.rows} == {
        closed_group.stages[each].trainee.name: outcome for each, outcome in USUAL.items()
    }
    assert (board.closed_by, board.n_moved) == (closed_group.house.cast["manager"].name, 0)


@pytest.mark.parametrize(
    "name", ["trainer", "coordinator", "admin", "safeguarding", "funder", "there_manager", "trainee"]
)
def test_nobody_else_sees_it(closed_group: Group, name: str) -> None:
    actor = closed_group.stages["done"].cast[name]
    with pytest.raises(NotAllowedError):
        see_closed_board(closed_group.store, actor, closed_group.cohort_id)


def test_an_open_cohort_has_no_such_board(open_group: Group) -> None:
    with pytest.raises(NotKnownError):
        see_closed_board(open_group.store, open_group.house.cast["manager"], open_group.cohort_id)


# ---------------------------------------------------------------- who has left begins nothing new


def test_who_has_left_begins_no_quiz_and_is_not_watched(group: Group) -> None:
    stage = group.stages["gone"]
    for act in (lambda: start(stage.world), lambda: open_form(stage.world)):
        with pytest.raises(HasLeftError, match="put into a cohort again"):
            act()


def test_who_has_paused_may_go_on_learning(group: Group) -> None:
    assert start(group.stages["resting"].world)


def test_a_board_of_the_past_shows_nobody_who_has_moved_since(group: Group, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(group.store, "clock", lambda: LATER + timedelta(hours=1))
    manager = group.house.cast["manager"]
    asked = {"cohort_id": group.cohort_id, "as_of": NOW}
    before = see_whole_board(group.store, manager, PROGRAMME, HERE, **asked)
    move(group, "nearly")
    after = see_whole_board(group.store, manager, PROGRAMME, HERE, **asked)
    gone = {row.verdict.person_id for row in before.rows} - {row.verdict.person_id for row in after.rows}
    assert gone == {group.person("nearly")}
    assert (before.n_moved, after.n_moved) == (0, 1)
    assert summarise(after.rows, after.n_moved).n_moved == 1


def test_who_moved_to_another_hub_is_counted_and_not_shown(group: Group) -> None:
    group.close(**USUAL)
    move(group, "nearly")
    board = see_closed_board(group.store, group.house.cast["manager"], group.cohort_id)
    assert board.n_moved == 1
    assert group.stages["nearly"].trainee.name not in {row.name for row in board.rows}
    assert board.is_as_it_was
    with pytest.raises(NotAllowedError):
        see_closed_board(group.store, group.house.cast["there_manager"], group.cohort_id)
