"""What would open a gate: on random histories the facts that are named open it, as the plain reference says too, and
leaving out any one of them leaves it closed."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from random import Random
from zoneinfo import ZoneInfo

import pytest

from analytics.flips import Case, Flip, WholeFlip, case_of, find_flips, find_whole_flip
from analytics.next_facts.drafts import observers
from assessments.facts import Calibration, Mode, Supervision
from assessments.verdicts import Verdict
from curriculum.bundle import to_bundle
from curriculum.gates import Severity
from curriculum.ids import GateId, ProgrammeId
from people.facts import Amendment, Change, Fact
from store.ledger import Store
from store.readiness import verdicts
from tests.readiness.desk import ANNA, BEN, Desk, OpenDesk
from tests.readiness.histories import World, draw_questions, draw_world
from tests.readiness.past import Recorded
from tests.readiness.reference import Reference
from tests.readiness.rule_sets import KINDS, make_gate

ZONE = ZoneInfo("Europe/London")
NOW = datetime(2030, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Asked:
    """A person whose closed gates are asked about, in a world."""

    world: World
    verdict: Verdict
    flips: dict[GateId, Flip]

    def is_open(self, gate_id: GateId, facts: Sequence[Fact], case: Case) -> bool:
        """Return whether the reference finds the gate open once the facts are recorded."""
        return next(gate.is_open for gate in self.judge(facts, case).gates if gate.gate_id == gate_id)

    def judge(self, facts: Sequence[Fact], case: Case) -> Verdict:
        """Return what the reference says of the person once the facts are recorded."""
        verdict = self.verdict
        last = max(record.order for record in self.world.records)
        added = [*observers(case.asked()), *facts]
        about = (Calibration, Amendment)
        history = [
            *(r for r in self.world.records if r.fact.person_id == verdict.person_id or isinstance(r.fact, about)),
            *(Recorded(fact, verdict.known_at, last + n) for n, fact in enumerate(added, start=1)),
        ]
        reference = Reference(history, self.world.programmes, verdict.as_of, verdict.known_at, ZONE)
        found = reference.verdict(verdict.person_id, verdict.programme_id)
        assert found is not None
        return found


def tell(world: World) -> Store:
    store = Store.memory(clock=lambda: NOW)
    for programme in world.programmes.values():
        store.publish(programme, to_bundle(programme))
    records = sorted(world.records, key=lambda r: r.recorded_at)
    for recorded_at, delivery in groupby(records, key=lambda r: r.recorded_at):
        store.append_at(recorded_at, *(record.fact for record in delivery))
    return store


@pytest.fixture(scope="module", params=[21, 22])
def told(request: pytest.FixtureRequest) -> Iterator[tuple[World, Store]]:
    world = draw_world(request.param, n_trainees=6)
    store = tell(world)
    yield world, store
    store.close()


def ask(world: World, store: Store) -> Iterator[Asked]:
    """Yield the closed gates of everybody, about a person and programme each at an instant of their own."""
    programme_ids = sorted({programme_id for programme_id, _ in world.programmes})
    for programme_id, (as_of, known_at) in zip(programme_ids, draw_questions(Random(3), 2), strict=True):
        for verdict in verdicts(store, ProgrammeId(programme_id), as_of=as_of, known_at=known_at, with_evidence=True):
            programme = world.programmes[programme_id, verdict.version_no]
            yield Asked(world, verdict, find_flips(case_of(store, programme, verdict), verdict.gates))


@pytest.fixture(scope="module")
def everybody(told: tuple[World, Store]) -> tuple[Asked, ...]:
    """The closed gates of all, which only are looked at."""
    return tuple(ask(*told))


def test_the_facts_that_are_named_open_the_gate_and_none_can_be_left_out(
    told: tuple[World, Store], everybody: Sequence[Asked]
) -> None:
    world, store = told
    kinds: Counter[str] = Counter()
    for asked in everybody:
        programme = world.programmes[asked.verdict.programme_id, asked.verdict.version_no]
        case = case_of(store, programme, asked.verdict)
        assert set(asked.flips) == {gate.gate_id for gate in asked.verdict.gates if not gate.is_open}
        for gate_id, flip in asked.flips.items():
            if flip.waits_for is not None:
                assert not flip.facts
                continue
            facts = [one.fact for one in flip.facts]
            assert asked.is_open(gate_id, facts, case), (gate_id, asked.verdict.person_id, flip.things)
            for n in range(len(facts)):
                without = facts[:n] + facts[n + 1 :]
                assert not asked.is_open(gate_id, without, case), (gate_id, asked.verdict.person_id, flip.things)
            kinds[gate_id[3:]] += 1
        waiting = [gate_id for gate_id, flip in asked.flips.items() if flip.waits_for]
        assert not [gate_id for gate_id in waiting if "practice" not in gate_id], waiting
    assert kinds.total() > 40
    assert len(kinds) > 12, set(KINDS) - set(kinds)


def test_with_the_whole_set_nothing_blocks_any_more_and_with_less_something_does(
    told: tuple[World, Store], everybody: Sequence[Asked]
) -> None:
    world, store = told
    rng = Random(5)
    found: Counter[str] = Counter()
    for asked in everybody[:5]:
        verdict = asked.verdict
        case = case_of(store, world.programmes[verdict.programme_id, verdict.version_no], verdict)
        whole = find_whole_flip(case, [replace(gate, severity=Severity.BLOCK) for gate in verdict.gates])
        assert {*whole.gate_ids, *whole.waits_for} == _closed(verdict)
        facts = [one.fact for one in whole.facts]
        if not facts:
            continue
        left = set(whole.waits_for)
        assert _closed(asked.judge(facts, case)) == left, [thing.words.text() for thing in whole.things]
        for n in rng.sample(range(len(facts)), min(len(facts), 4)):
            without = asked.judge(facts[:n] + facts[n + 1 :], case)
            assert _closed(without) > left, whole.facts[n].words.text()
        one_by_one = [one.fact for gate_id in whole.gate_ids for one in asked.flips[gate_id].facts]
        assert len(facts) <= len(one_by_one)
        found["shared"] += len(facts) < len(one_by_one)
        if whole.is_smallest:
            found["smallest"] += 1
            for _ in range(2):
                fewer = rng.sample([*facts, *one_by_one], len(facts) - 1)
                assert _closed(asked.judge(fewer, case)) > left
    assert found["shared"] > 0, found
    assert found["smallest"] > 0, found


def _closed(verdict: Verdict) -> set[GateId]:
    return {gate.gate_id for gate in verdict.gates if not gate.is_open}


def test_asking_records_nothing(told: tuple[World, Store]) -> None:
    world, store = told
    position, terms = store.position, store.terms.unwritten()
    assert next(ask(world, store))
    assert store.position == position
    assert store.terms.unwritten() == terms


# ---------------------------------------------------------------- days and words


def words_of(flip: Flip) -> list[str]:
    return [f"{thing.times} × {thing.words.text()}" for thing in flip.things]


def flip_of(desk: Desk, kind: str, as_of: str, *, with_deadline: bool = True) -> Flip:
    verdict = desk.verdict(as_of)
    now = replace(verdict, known_at=verdict.as_of)
    case = case_of(desk.store, desk.store.programme(desk.programme_id, 1), now)
    return find_flips(case, verdict.gates, with_deadline=with_deadline)[GateId(kind)]


def test_meetings_that_leave_the_window_set_the_day_by_which_one_more_is_enough(open_desk: OpenDesk) -> None:
    desk = open_desk(make_gate("supervision", min=3, window_days=42, max_gap_days=21, min_minutes=30))
    desk.supervise("2028-01-20")
    desk.supervise("2028-01-25")
    flip = flip_of(desk, "supervision", "2028-02-01")
    assert words_of(flip) == ["1 × supervision of 30 minutes or more"]
    # The meeting of 20 January counts through 1 March, the 41st day after it: 2028 has a leap day.
    assert flip.by is not None
    assert flip.by.isoformat() == "2028-03-01"


def test_who_never_met_anybody_is_told_how_many_meetings_and_no_day(open_desk: OpenDesk) -> None:
    desk = open_desk(make_gate("supervision", min=2, window_days=42, max_gap_days=21))
    flip = flip_of(desk, "supervision", "2028-02-01")
    assert (words_of(flip), flip.by) == (["2 × supervision meeting"], None)


def test_a_level_1_is_outlived_by_as_many_good_ones_as_it_takes(open_desk: OpenDesk) -> None:
    desk = open_desk(make_gate("harm", last=3))
    desk.observe("2028-01-10", 1)
    desk.observe("2028-01-11", 3)
    flip = flip_of(desk, "harm", "2028-02-01")
    assert words_of(flip) == ["2 × observation: c1, in a role-play, nothing at level 1"]


def test_harm_is_settled_and_not_outnumbered(open_desk: OpenDesk) -> None:
    desk = open_desk(make_gate("harm", last=1))
    seen = desk.observe("2028-01-10", 3, critical_unhelpful=1)
    desk.observe("2028-01-11", 3)
    flip = flip_of(desk, "harm", "2028-02-01")
    assert words_of(flip) == ["1 × what was harmful talked through and settled: c1"]
    desk.amend(seen, Change.HARM_RESOLVED, "2028-02-02")
    assert desk.gate("harm", "2028-02-03").is_open


def test_no_story_left_in_the_programme_is_said(open_desk: OpenDesk) -> None:
    part = {"checklist": "c1", "setting": "roleplay", "min": 3, "distinct": "scenario"}
    flip = flip_of(open_desk(make_gate("practice", parts=[part])), "practice", "2028-02-01")
    assert not flip.facts
    assert flip.waits_for is not None
    assert "no story" in flip.waits_for.text()


def test_a_second_observer_is_asked_for_when_one_has_watched(open_desk: OpenDesk) -> None:
    desk = open_desk(make_gate("observers", min=2))
    desk.observe("2028-01-10", 3)
    flip = flip_of(desk, "observers", "2028-02-01")
    assert words_of(flip) == ["1 × observation passed, with an observer who has not watched yet"]


def whole_of(desk: Desk, as_of: str) -> WholeFlip:
    verdict = desk.verdict(as_of)
    now = replace(verdict, known_at=verdict.as_of)
    return find_whole_flip(case_of(desk.store, desk.store.programme(desk.programme_id, 1), now), verdict.gates)


def test_one_session_watched_serves_several_gates_and_says_all_that_it_has_to_be(open_desk: OpenDesk) -> None:
    part = {"checklist": "c1", "setting": "live", "min": 1}
    level = {"competencies": ["d1-1"], "setting": "live", "level": 3, "last": 1}
    desk = open_desk(
        make_gate("practice", parts=[part]),
        make_gate("level", parts=[level]),
        make_gate("observers", min=1),
        make_gate("assessor", min=1, months=6),
    )
    whole = whole_of(desk, "2028-02-01")
    assert len(whole.facts) == 1
    assert whole.is_smallest
    (thing,) = whole.things
    words = thing.words.text()
    assert "observation passed: c1" in words
    assert "level 3 or higher" in words
    assert "an observer who has not watched yet" in words


def test_the_quiz_with_every_key_question_right_is_not_asked_for_twice(open_desk: OpenDesk) -> None:
    parts = [{"blueprint": "b1"}]
    desk = open_desk(make_gate("quiz", parts=parts), make_gate("critical", parts=parts))
    whole = whole_of(desk, "2028-02-01")
    assert [thing.words.text() for thing in whole.things] == ["quiz passed with every key question right: b1"]
    assert whole.is_smallest


def test_good_practice_after_harm_is_asked_at_the_level_that_another_gate_holds(open_desk: OpenDesk) -> None:
    level = {"competencies": ["d1-1"], "setting": "roleplay", "level": 3, "last": 1}
    desk = open_desk(make_gate("harm", last=2), make_gate("level", parts=[level]))
    desk.observe("2028-01-10", 1)
    desk.observe("2028-01-11", 3)
    assert desk.gate("level", "2028-02-01").is_open
    whole = whole_of(desk, "2028-02-01")
    assert len(whole.facts) == 1
    assert "every line at level 3 or higher" in whole.things[0].words.text()


def test_who_has_every_gate_open_misses_nothing(open_desk: OpenDesk) -> None:
    desk = open_desk(make_gate("observers", min=1))
    desk.observe("2028-01-10", 3)
    assert whole_of(desk, "2028-02-01") == WholeFlip()


def test_what_is_named_opens_the_gate_once_it_is_recorded(open_desk: OpenDesk) -> None:
    desk = open_desk(make_gate("supervision", min=1, window_days=42, max_gap_days=21))
    (fact,) = [one.fact for one in flip_of(desk, "supervision", "2028-02-01").facts]
    assert isinstance(fact, Supervision)
    assert fact.person_id == desk.person(ANNA)
    desk.note(Supervision, "2028-02-01", supervisor_id=desk.person(BEN), minutes=fact.minutes, mode=Mode.PHONE)
    assert desk.gate("supervision", "2028-02-01").is_open
