"""The planner: the best proposal there is, what it does to nobody, and why somebody is left out."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import product
from random import Random

import pytest

from analytics.planner import Person, Plan, WhyNot, common_modes, explain_left_out, fits, gain_of, propose
from assessments.facts import Mode
from assessments.free_times import Slot
from assessments.local_time import Span
from benchmarks.planner import draw_problem
from people.models import PersonId

MONDAY = date(2026, 3, 23)
GRACE, TOM = PersonId(101), PersonId(102)
PHONE = frozenset({Mode.PHONE})


def slot(n: int = 0, supervisor: PersonId = GRACE, **changes) -> Slot:
    day = MONDAY + timedelta(days=n)
    given = {
        "supervisor_id": supervisor,
        "day": day,
        "start_minute": 18 * 60,
        "zone": "UTC",
        "minutes": 45,
        "modes": PHONE,
        "languages": frozenset(),
        "n_places": 1,
        "starts_at": datetime(day.year, day.month, day.day, 18, tzinfo=UTC),
    }
    return Slot(**given | changes)


def person(n: int, due: int | None = 30, **changes) -> Person:
    given = {
        "person_id": PersonId(n),
        "name": f"P{n}",
        "supervisor_ids": frozenset({GRACE}),
        "due_day": None if due is None else MONDAY + timedelta(days=due),
    }
    return Person(**given | changes)


def why(plan: Plan) -> dict[str, WhyNot]:
    return {out.person.name: out.why for out in plan.left_out}


# ---------------------------------------------------------------- the best there is


def brute_force(people: Sequence[Person], slots: Sequence[Slot]) -> tuple[int, int]:
    """Return how many can be in time, and of those proposals how many can be placed: by trying all."""
    return max(
        (
            sum(person.is_in_time(slots[n]) for person, n in zip(people, chosen, strict=True) if n is not None),
            sum(n is not None for n in chosen),
        )
        for chosen in every_choice(people, slots)
    )


def every_choice(people: Sequence[Person], slots: Sequence[Slot]) -> Iterator[tuple[int | None, ...]]:
    options = [[None, *(n for n, one in enumerate(slots) if fits(who, one))] for who in people]
    for chosen in product(*options):
        takes = {n: [who for who, m in zip(people, chosen, strict=True) if m == n] for n in set(chosen) - {None}}
        if all(can_share(members, slots[n]) for n, members in takes.items() if n is not None):
            yield chosen


def can_share(members: Sequence[Person], one: Slot) -> bool:
    if len(members) == 1:
        return True
    return len(members) <= one.n_places and all(Mode.GROUP in common_modes(who, one) for who in members)


@pytest.mark.parametrize("seed", range(40))
def test_no_proposal_is_better_than_the_one_that_is_made(seed: int) -> None:
    people, slots = draw_problem(Random(seed), n_people=5, n_slots=4)
    people = [Person(**{**_fields(one), "supervisor_ids": frozenset(s.supervisor_id for s in slots)}) for one in people]
    plan = propose(people, slots)
    assert (plan.n_in_time, len(plan.placed)) == brute_force(people, slots)
    assert plan.gap == 0.0


def _fields(one: Person) -> dict:
    names = ("person_id", "name", "supervisor_ids", "due_day", "free", "modes", "languages")
    return {name: getattr(one, name) for name in names}


def test_a_large_hub_is_solved_to_a_proved_optimum() -> None:
    people, slots = draw_problem(Random(3))
    plan = propose(people, slots)
    assert (len(people), len(slots), plan.gap) == (200, 60, 0.0)
    assert len(plan.placed) + len(plan.left_out) == 200


@pytest.mark.parametrize("seed", range(6))
def test_a_proposal_keeps_to_what_everybody_has_said(seed: int) -> None:
    people, slots = draw_problem(Random(100 + seed), n_people=40, n_slots=18)
    plan = propose(people, slots)
    assert len({one.person.person_id for one in plan.placed}) == len(plan.placed)
    for one in plan.placed:
        assert fits(one.person, one.slot)
        assert one.mode in common_modes(one.person, one.slot)
    for taken, members in _by_slot(plan).items():
        assert len(members) == 1 or (set(members) == {Mode.GROUP} and len(members) <= taken.n_places)
    for out in plan.left_out:
        assert out.why is explain_left_out(out.person, slots).why
        assert (out.why is WhyNot.ALL_TAKEN) == any(fits(out.person, one) for one in slots)


def _by_slot(plan: Plan) -> dict[Slot, Counter[Mode]]:
    found: dict[Slot, Counter[Mode]] = {}
    for one in plan.placed:
        found.setdefault(one.slot, Counter())[one.mode] += 1
    return {one: Counter(list(modes.elements())) for one, modes in found.items()}


def test_in_time_comes_before_early_and_before_many() -> None:
    urgent, calm = person(1, due=0), person(2, due=30)
    plan = propose([calm, urgent], [slot(0), slot(5)])
    assert {one.person.name: one.slot.day for one in plan.placed} == {"P1": MONDAY, "P2": MONDAY + timedelta(days=5)}


def test_who_is_late_already_is_placed_as_early_as_can_be() -> None:
    plan = propose([person(1, due=None)], [slot(9), slot(2), slot(4)])
    assert [(one.slot.day, one.is_in_time) for one in plan.placed] == [(MONDAY + timedelta(days=2), False)]


def test_a_time_that_somebody_has_said_comes_before_one_that_is_hoped_for() -> None:
    said = Span(slot(5).starts_at, slot(5).span.ends_at)
    plan = propose([person(1, free=(said,)), person(2)], [slot(5)])
    assert [one.person.name for one in plan.placed] == ["P1"]
    assert plan.placed[0].is_sure


def test_a_group_takes_as_many_as_have_a_place() -> None:
    group = slot(1, modes=frozenset({Mode.GROUP}), n_places=3)
    plan = propose([person(n) for n in range(5)], [group])
    assert [one.mode for one in plan.placed] == [Mode.GROUP] * 3
    assert list(why(plan).values()) == [WhyNot.ALL_TAKEN] * 2


def test_a_time_is_used_alone_or_by_its_group() -> None:
    both = slot(1, modes=frozenset({Mode.GROUP, Mode.PHONE}), n_places=2)
    alone = person(1, modes=PHONE)
    together = [person(n, modes=frozenset({Mode.GROUP})) for n in (2, 3)]
    plan = propose([alone, *together], [both])
    assert sorted(one.person.name for one in plan.placed) == ["P2", "P3"]


def test_nobody_and_nothing_make_an_empty_proposal() -> None:
    for people, slots in (([], []), ([], [slot()]), ([person(1)], [])):
        plan = propose(people, slots)
        assert (plan.placed, plan.gap) == ((), 0.0)


# ---------------------------------------------------------------- why not


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"supervisor_ids": frozenset()}, WhyNot.NO_SUPERVISOR),
        ({"supervisor_ids": frozenset({TOM})}, WhyNot.NO_FREE_TIME),
        ({"modes": frozenset({Mode.VIDEO})}, WhyNot.NO_COMMON_MODE),
        ({"languages": frozenset({"ar"})}, WhyNot.NO_COMMON_LANGUAGE),
        ({"free": ()}, WhyNot.NO_COMMON_TIME),
    ],
)
def test_everybody_who_is_left_out_is_told_why(changes: dict, reason: WhyNot) -> None:
    plan = propose([person(1, **changes)], [slot(1, languages=frozenset({"en"}))])
    assert why(plan) == {"P1": reason}


def test_who_fits_but_finds_all_taken_is_told_how_many_there_were() -> None:
    plan = propose([person(1), person(2)], [slot(1)])
    (out,) = plan.left_out
    assert (out.why, out.n_of_supervisors, out.n_slots) == (WhyNot.ALL_TAKEN, 1, 1)


# ---------------------------------------------------------------- one more


def test_one_more_time_buys_whom_it_buys() -> None:
    people, slots = [person(1), person(2), person(3, modes=frozenset({Mode.VIDEO}))], [slot(1)]
    before = propose(people, slots)
    gain = gain_of(people, slots, [slot(8)], before)
    assert (gain.n_in_time, gain.n_placed, len(gain.names)) == (1, 1, 1)
    assert gain_of(people, slots, [slot(8, TOM)], before).n_placed == 0
    late = gain_of(
        [person(1, due=3), person(2, due=3)], slots, [slot(8)], propose([person(1, due=3), person(2, due=3)], slots)
    )
    assert (late.n_in_time, late.n_placed) == (0, 1)
