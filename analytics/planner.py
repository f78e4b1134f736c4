"""Who meets whom when: the assignment of people to free times that gets most of them supervised in time, exactly.

The problem is a small integer programme, solved by HiGHS through `scipy.optimize.milp` to a proved optimum: first as
many as possible in time, then as many as possible at all, then at times of which people have said that they are free,
then as early as possible. Nothing is decided here: what comes out is a proposal.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from assessments.facts import Mode
from assessments.free_times import Slot
from assessments.local_time import Span
from people.models import PersonId

Floats = np.ndarray[tuple[int], np.dtype[np.float64]]

_SOLVED: Final = 0
"""The status of a solver that has proved an optimum."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is to be supervised. What is None or empty was not said, and so is no hindrance.

    Attributes:
        person_id: Who.
        name: For those who read the proposal.
        supervisor_ids: Whom they may meet.
        due_day: The last day that is in time; None when any day is late already.
        free: The spans of time in which they are free; None when they have said nothing.
        modes: The ways in which they can meet; None when they have said nothing.
        languages: Languages that they can be supervised in; empty for any.
        latest_day: Only meetings until then help, since a later one is arranged already; None when any helps.
    """

    person_id: PersonId
    name: str
    supervisor_ids: frozenset[PersonId]
    due_day: date | None
    free: tuple[Span, ...] | None = None
    modes: frozenset[Mode] | None = None
    languages: frozenset[str] = frozenset()
    latest_day: date | None = None

    def is_in_time(self, slot: Slot) -> bool:
        """Return whether a meeting then would be in time."""
        return self.due_day is not None and slot.day <= self.due_day


@dataclass(frozen=True, slots=True)
class Placed:
    """One line of a proposal. `is_sure` says that the person has said that they are free then."""

    person: Person
    slot: Slot
    mode: Mode
    is_in_time: bool
    is_sure: bool


class WhyNot(StrEnum):
    """Why somebody is left out: the first thing that no free time gets past, or that they meet too late."""

    NO_SUPERVISOR = "no_supervisor"
    NO_FREE_TIME = "no_free_time"
    NO_COMMON_MODE = "no_common_mode"
    NO_COMMON_LANGUAGE = "no_common_language"
    NO_COMMON_TIME = "no_common_time"
    ALL_TAKEN = "all_taken"
    MEETS_LATER = "meets_later"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody without a meeting, and why. `n_slots` free times would have fitted, of `n_of_supervisors`."""

    person: Person
    why: WhyNot
    n_of_supervisors: int
    n_slots: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A proposal. `gap` is how far the solver's proof is from its best answer: 0 when the optimum is proved."""

    placed: tuple[Placed, ...]
    left_out: tuple[LeftOut, ...]
    gap: float

    @property
    def n_in_time(self) -> int:
        """Return how many are supervised in time."""
        return sum(one.is_in_time for one in self.placed)


class NoPlanError(RuntimeError):
    """The solver found no optimum: a fault of the program, since to place nobody is always possible."""


# ---------------------------------------------------------------- what fits


def common_modes(person: Person, slot: Slot) -> frozenset[Mode]:
    """Return the ways in which both can meet."""
    return slot.modes if person.modes is None else slot.modes & person.modes


def shares_language(person: Person, slot: Slot) -> bool:
    """Return whether there is a language for both; who has named none takes any."""
    return not person.languages or not slot.languages or bool(person.languages & slot.languages)


def is_free(person: Person, slot: Slot) -> bool:
    """Return whether the person is free then, or has not said when they are."""
    return person.free is None or any(span.holds(slot.span) for span in person.free)


def fits(person: Person, slot: Slot) -> bool:
    """Return whether the person could be met in this slot."""
    return (
        slot.supervisor_id in person.supervisor_ids
        and bool(common_modes(person, slot))
        and shares_language(person, slot)
        and is_free(person, slot)
        and (person.latest_day is None or slot.day <= person.latest_day)
    )


def explain_left_out(person: Person, slots: Sequence[Slot]) -> LeftOut:
    """Return why a person has no meeting: the first thing that leaves no slot."""
    own = [slot for slot in slots if slot.supervisor_id in person.supervisor_ids]
    how = [slot for slot in own if common_modes(person, slot)]
    spoken = [slot for slot in how if shares_language(person, slot)]
    fitting = [slot for slot in spoken if fits(person, slot)]
    steps = (
        (person.latest_day is None, WhyNot.MEETS_LATER),
        (bool(person.supervisor_ids), WhyNot.NO_SUPERVISOR),
        (bool(own), WhyNot.NO_FREE_TIME),
        (bool(how), WhyNot.NO_COMMON_MODE),
        (bool(spoken), WhyNot.NO_COMMON_LANGUAGE),
        (bool(fitting), WhyNot.NO_COMMON_TIME),
    )
    why = next((reason for is_past, reason in steps if not is_past), WhyNot.ALL_TAKEN)
    return LeftOut(person, why, len(own), len(fitting))


# ---------------------------------------------------------------- the programme


@dataclass(frozen=True, slots=True)
class _Choice:
    """A variable: this person in this slot, alone or in its group."""

    person_no: int
    slot_no: int
    is_group: bool


class _Programme:
    """The variables and constraints.

    A person meets at most once. A slot takes one alone, or (when its group is open) as many as have a place.
    """

    def __init__(self, people: Sequence[Person], slots: Sequence[Slot], first: date) -> None:
        self.people, self.slots, self.first = people, slots, first
        self.choices = list(_choices(people, slots))
        groups = sorted({choice.slot_no for choice in self.choices if choice.is_group})
        self.group_column = {slot_no: len(self.choices) + n for n, slot_no in enumerate(groups)}
        self.n_columns = len(self.choices) + len(groups)
        self.constraint = self._constraint()

    def _constraint(self) -> LinearConstraint:
        rows: list[tuple[int, int, float]] = []
        limits: list[float] = []
        by_person: dict[int, list[int]] = defaultdict(list)
        alone: dict[int, list[int]] = defaultdict(list)
        grouped: dict[int, list[int]] = defaultdict(list)
        for column, choice in enumerate(self.choices):
            by_person[choice.person_no].append(column)
            (grouped if choice.is_group else alone)[choice.slot_no].append(column)
        for columns in by_person.values():
            rows += [(len(limits), column, 1.0) for column in columns]
            limits.append(1.0)
        for slot_no, columns in alone.items():
            rows += [(len(limits), column, 1.0) for column in columns]
            if slot_no in self.group_column:
                rows.append((len(limits), self.group_column[slot_no], 1.0))
            limits.append(1.0)
        for slot_no, columns in grouped.items():
            rows += [(len(limits), column, 1.0) for column in columns]
            rows.append((len(limits), self.group_column[slot_no], -float(self.slots[slot_no].n_places)))
            limits.append(0.0)
        return _at_most(rows, limits, self.n_columns)

    def in_time(self) -> Floats:
        """Return 1 for each choice that is in time."""
        return self._of_choices(lambda person, slot: float(person.is_in_time(slot)))

    def placed_sure_and_early(self) -> Floats:
        """Return what each choice is worth once as many as possible are in time.

        A meeting outweighs all that could be had by sure times, and a sure time all that could be had by early ones.
        """
        days = [(slot.day - self.first).days for slot in self.slots]
        sure = len(self.people) * (max(days, default=0) + 1)
        placed = len(self.people) * (sure + max(days, default=0) + 1)
        return self._of_choices(
            lambda person, slot: placed + sure * (person.free is not None) - (slot.day - self.first).days
        )

    def _of_choices(self, value: Callable[[Person, Slot], float]) -> Floats:
        values = np.zeros(self.n_columns)
        for column, choice in enumerate(self.choices):
            values[column] = value(self.people[choice.person_no], self.slots[choice.slot_no])
        return values

    def solve(self, worth: Floats, *more: LinearConstraint) -> tuple[Floats, float]:
        """Return the best choice of 0 and 1, and the gap of its proof.

        Raises:
            NoPlanError: The solver gave up.
        """
        if not self.choices:
            return np.zeros(0), 0.0
        answer = milp(
            -worth,
            integrality=np.ones(self.n_columns, dtype=np.int64),
            bounds=Bounds(0, 1),
            constraints=[self.constraint, *more],
            options={"mip_rel_gap": 0.0},
        )
        if answer.status != _SOLVED:
            raise NoPlanError(answer.message)
        return np.round(answer.x), float(answer.mip_gap or 0.0)


def _choices(people: Sequence[Person], slots: Sequence[Slot]) -> Iterable[_Choice]:
    for person_no, person in enumerate(people):
        for slot_no, slot in enumerate(slots):
            if fits(person, slot):
                modes = common_modes(person, slot)
                if modes - {Mode.GROUP}:
                    yield _Choice(person_no, slot_no, is_group=False)
                if Mode.GROUP in modes:
                    yield _Choice(person_no, slot_no, is_group=True)


def _at_most(rows: Sequence[tuple[int, int, float]], limits: Sequence[float], n_columns: int) -> LinearConstraint:
    at = np.array([(row, column) for row, column, _ in rows], dtype=np.int64).reshape(-1, 2)
    values = np.array([value for _, _, value in rows])
    matrix = coo_array((values, (at[:, 0], at[:, 1])), shape=(len(limits), n_columns)).tocsr()
    return LinearConstraint(matrix, -np.inf, np.array(limits))


# ---------------------------------------------------------------- the proposal


def propose(people: Sequence[Person], slots: Sequence[Slot]) -> Plan:
    """Return the proposal that gets most people supervised in time, then most at all, then all as early as possible.

    Args:
        people: Who is to be supervised; each is placed at most once.
        slots: Free times that do not overlap for one supervisor.

    Raises:
        NoPlanError: The solver gave up.
    """
    first = min((slot.day for slot in slots), default=date.min)
    programme = _Programme(people, slots, first)
    in_time = programme.in_time()
    best, gap = programme.solve(in_time)
    n_in_time = float(in_time @ best) if len(best) else 0.0
    keep = LinearConstraint(in_time.reshape(1, -1), n_in_time - 0.5, np.inf)
    chosen, second_gap = programme.solve(programme.placed_sure_and_early(), keep)
    taken = [choice for choice, value in zip(programme.choices, chosen, strict=False) if value > 0.5]
    placed = [_placed(people[choice.person_no], slots[choice.slot_no], is_group=choice.is_group) for choice in taken]
    out = {person.person_id for person in people} - {one.person.person_id for one in placed}
    return Plan(
        placed=tuple(sorted(placed, key=lambda one: (one.slot.starts_at, one.slot.supervisor_id, one.person.name))),
        left_out=tuple(explain_left_out(person, slots) for person in people if person.person_id in out),
        gap=max(gap, second_gap),
    )


def _placed(person: Person, slot: Slot, *, is_group: bool) -> Placed:
    alone = [mode for mode in Mode if mode in common_modes(person, slot) and mode is not Mode.GROUP]
    mode = Mode.GROUP if is_group else alone[0]
    return Placed(person, slot, mode, person.is_in_time(slot), is_sure=person.free is not None)


# ---------------------------------------------------------------- what one more would buy


@dataclass(frozen=True, slots=True)
class Gain:
    """What further free times would bring: how many more in time and at all, and who."""

    n_in_time: int
    n_placed: int
    names: tuple[str, ...]


def gain_of(people: Sequence[Person], slots: Sequence[Slot], more: Sequence[Slot], before: Plan) -> Gain:
    """Return what would change if there were further free times as well.

    Raises:
        NoPlanError: The solver gave up.
    """
    after = propose(people, [*slots, *more])
    known = {one.person.person_id for one in before.placed}
    names = sorted(one.person.name for one in after.placed if one.person.person_id not in known)
    return Gain(after.n_in_time - before.n_in_time, len(after.placed) - len(before.placed), tuple(names))
