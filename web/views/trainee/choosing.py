"""What a trainee can do next, best first: what is begun, then reading and its quiz, then practice, then the rest.

What a gate still needs is said by `analytics`; here is only chosen what to put before a person.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from analytics.wording import next_action
from assessments.verdicts import GateState, GateVerdict, Verdict
from assessments.windows import AttemptWindow
from curriculum.blueprints import Blueprint, Purpose
from curriculum.gates import CriticalGate, EvaluationsGivenGate, Gate, QuizGate, Severity
from curriculum.ids import BlueprintId, GateId
from curriculum.models import Programme
from curriculum.phrases import Phrase
from web.views.trainee.reading import Place

_WATCHED: Final = frozenset({"practice", "level", "harm", "observers", "settings", "assessor"})
"""Kinds of gate that are met by being watched."""

_AT_ONCE: Final = frozenset(
    {"take_quiz", "read", "ask_watch", "watch_leader", "reflect", "evaluate", "ask_partner", "practise", "answer"}
)
"""Kinds of step that can be done in the app, alone and now."""

_LEARNED: Final = frozenset({"quiz", "critical"})
"""Kinds of gate that are met by quizzes."""


class StepKind(StrEnum):
    """What a step is."""

    GO_ON_QUIZ = "go_on_quiz"
    READ = "read"
    TAKE_QUIZ = "take_quiz"
    WAIT_QUIZ = "wait_quiz"
    ASK_WATCH = "ask_watch"
    WATCH_LEADER = "watch_leader"
    REFLECT = "reflect"
    EVALUATE = "evaluate"
    ASK_PARTNER = "ask_partner"
    PRACTISE = "practise"
    ASK_UNLOCK = "ask_unlock"
    TALK = "talk"
    MEET = "meet"
    ANSWER = "answer"


WITH_OTHERS: Final = frozenset({StepKind.TALK, StepKind.MEET})
"""Kinds of step for which somebody else has to have time."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A meeting that waits for the person's answer: who offers it, when and how it is, and whether that is soon."""

    name: str
    words: str
    is_near: bool


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to do.

    Attributes:
        kind: What it is.
        minutes: About how long it takes.
        gate: The gate it leads to, None when it leads to none.
        place: The place in the module to read.
        quiz: The quiz it is about.
        window: Where the person stands with that quiz.
        action: What `analytics` says is to be done for the gate.
        offer: The meeting to answer.
    """

    kind: StepKind
    minutes: int
    gate: Gate | None = None
    place: Place | None = None
    quiz: Blueprint | None = None
    window: AttemptWindow | None = None
    action: Phrase | None = None
    offer: Offer | None = None

    @property
    def gate_id(self) -> GateId | None:
        """Return the id of the gate, if there is one."""
        return self.gate.id if self.gate else None


@dataclass(frozen=True, slots=True)
class Situation:
    """All that the choice depends on.

    `windows` holds a window for each quiz that an open gate needs, and for those before and after teaching; `is_asked`
    says that a trainer was asked to watch and has not yet; `offer` is the first meeting that waits for an answer.
    """

    programme: Programme
    verdict: Verdict
    places: Sequence[Place]
    windows: Mapping[BlueprintId, AttemptWindow]
    is_asked: bool = False
    offer: Offer | None = None


def open_gates(programme: Programme, verdict: Verdict) -> list[tuple[Gate, GateVerdict]]:
    """Return the gates to work on, in the programme's order, what is only for information left out."""
    gates = {gate.id: gate for gate in programme.gates}
    return [(gates[g.gate_id], g) for g in verdict.gates if not g.is_open and g.severity is not Severity.INFO]


def needed_quizzes(programme: Programme, verdict: Verdict) -> list[Blueprint]:
    """Return the quizzes that open gates name, and those before and after teaching, in the order of their modules."""
    order = {module.id: module.order for module in programme.modules}
    named = {
        part.blueprint
        for gate, _ in open_gates(programme, verdict)
        if isinstance(gate, QuizGate | CriticalGate)
        for part in gate.parts
    } | {quiz.id for quiz in programme.counting_quizzes if not quiz.is_gate}
    return sorted((programme.blueprint_by_id[id_] for id_ in named), key=lambda quiz: (order[quiz.module], quiz.id))


def list_steps(situation: Situation) -> list[NextStep]:
    """Return everything the person can do now or has to wait for, the best to do first.

    A meeting that is offered and near is answered before anything else is begun: it goes by.
    """
    learning = _learning_steps(situation)
    begun = [step for step in learning if step.kind is StepKind.GO_ON_QUIZ]
    ready = [step for step in learning if step.kind in (StepKind.READ, StepKind.TAKE_QUIZ)]
    waiting = [step for step in learning if step.kind is StepKind.WAIT_QUIZ]
    locked = [step for step in learning if step.kind is StepKind.ASK_UNLOCK]
    later = [*ready, *waiting, *_gate_steps(situation), *locked, *_practice_questions(situation)]
    if situation.offer is None or not situation.offer.is_near:
        return [*begun, *later]
    answer = next((step for step in later if step.kind is StepKind.ANSWER), _answer(situation.offer))
    return [*begun, answer, *(step for step in later if step is not answer)]


def pick_other(steps: Sequence[NextStep]) -> NextStep | None:
    """Return something shorter than the first step that can be done at once, or None.

    When the first step is to talk with somebody, anything that can be done meanwhile will do.
    """
    first = steps[0]
    is_meanwhile = first.kind in WITH_OTHERS
    at_once = (step for step in steps[1:] if step.kind in _AT_ONCE)
    return next((step for step in at_once if is_meanwhile or step.minutes < first.minutes), None)


# ---------------------------------------------------------------- reading and quizzes


def _learning_steps(situation: Situation) -> list[NextStep]:
    steps: list[NextStep] = []
    for place in situation.places:
        quizzes = [quiz for quiz in _quizzes_of(situation, place) if quiz.is_gate]
        steps += _around_steps(situation, place, Purpose.PRE)
        due = [quiz for quiz in quizzes if quiz.id in situation.windows and not _is_passed(situation.windows[quiz.id])]
        steps += [
            step for quiz in due if (step := _quiz_step(situation, place, quiz, situation.windows[quiz.id])) is not None
        ]
        if not place.is_read and not place.missing and (due or not quizzes):
            steps.append(NextStep(StepKind.READ, place.minutes_left, _quiz_gate(situation, due), place))
        steps += _around_steps(situation, place, Purpose.POST)
    return steps


def _quizzes_of(situation: Situation, place: Place) -> list[Blueprint]:
    return [quiz for quiz in situation.programme.blueprints if quiz.module == place.module.id]


def _around_steps(situation: Situation, place: Place, purpose: Purpose) -> Iterator[NextStep]:
    """Yield the quiz before its first module is opened, and the one after all of its modules are read."""
    for quiz in _quizzes_of(situation, place):
        window = situation.windows.get(quiz.id)
        if quiz.purpose is not purpose or window is None:
            continue
        places = [one for one in situation.places if one.module.id in quiz.modules]
        if purpose is Purpose.PRE:
            is_time = not place.missing and not any(one.is_started or one.is_read for one in places)
        else:
            is_time = all(one.is_read for one in places)
        if window.open is not None:
            yield NextStep(StepKind.GO_ON_QUIZ, quiz.draw, place=place, quiz=quiz, window=window)
        elif is_time and window.may_start:
            yield NextStep(StepKind.TAKE_QUIZ, quiz.draw, place=place, quiz=quiz, window=window)


def _is_passed(window: AttemptWindow) -> bool:
    """Return whether the quiz needs nothing now: it was passed, and no further attempt was opened."""
    return window.passed is not None and window.open is None and not window.may_start


def _quiz_step(situation: Situation, place: Place, quiz: Blueprint, window: AttemptWindow) -> NextStep | None:
    """Return what to do about a quiz; None while its module is still to be read."""
    gate = _quiz_gate(situation, [quiz])
    if window.open is not None:
        return NextStep(StepKind.GO_ON_QUIZ, quiz.draw, gate, place, quiz, window)
    if window.is_locked:
        return NextStep(StepKind.ASK_UNLOCK, 5, gate, place, quiz, window)
    if window.opens_at is not None:
        return NextStep(StepKind.WAIT_QUIZ, quiz.practice_draw, gate, place, quiz, window)
    return NextStep(StepKind.TAKE_QUIZ, quiz.draw, gate, place, quiz, window) if place.is_read else None


def _quiz_gate(situation: Situation, quizzes: Sequence[Blueprint]) -> Gate | None:
    """Return the first open gate that one of the quizzes leads to."""
    wanted = {quiz.id for quiz in quizzes}
    return next(
        (
            gate
            for gate, _ in open_gates(situation.programme, situation.verdict)
            if isinstance(gate, QuizGate | CriticalGate) and wanted & {part.blueprint for part in gate.parts}
        ),
        None,
    )


def _practice_questions(situation: Situation) -> list[NextStep]:
    """Return practice questions on what was read: a mix of modules first, then the newest. They can always be done."""
    read = [place for place in situation.places if place.is_read]
    read_ids = {place.module.id for place in read}
    steps = [
        NextStep(StepKind.PRACTISE, quiz.n_practised, place=place, quiz=quiz)
        for place in reversed(read)
        for quiz in _quizzes_of(situation, place)
        if quiz.is_gate or (quiz.is_practice and read_ids.issuperset(quiz.modules))
    ]
    return sorted(steps, key=lambda step: not (step.quiz and step.quiz.is_practice))


# ---------------------------------------------------------------- other gates


def _gate_steps(situation: Situation) -> list[NextStep]:
    """Return a step for each open gate that quizzes do not meet: harm first, then what one can start oneself.

    Evaluations come after what they look back on, and what is only advised after what blocks.
    """
    steps = [
        _gate_step(situation, gate, verdict)
        for gate, verdict in open_gates(situation.programme, situation.verdict)
        if gate.kind not in _LEARNED
    ]
    return sorted((step for step in steps if step is not None), key=_rank)


def _rank(step: NextStep) -> int:
    is_advice = step.gate is not None and step.gate.severity is not Severity.BLOCK
    if step.kind in WITH_OTHERS:
        is_harm = step.gate is not None and step.gate.kind == "harm"
        return 0 if is_harm else 5 if is_advice else 4
    if is_advice:
        return 3
    return 2 if step.kind in (StepKind.EVALUATE, StepKind.ASK_PARTNER) else 1


def _gate_step(situation: Situation, gate: Gate, verdict: GateVerdict) -> NextStep | None:
    action = next_action(situation.programme, gate, verdict)
    if action is None:
        return None
    if gate.kind in _WATCHED and not (gate.kind == "harm" and verdict.state is GateState.NOT_MET):
        is_free = not situation.is_asked and situation.verdict.hold_since is None
        step = NextStep(StepKind.ASK_WATCH, 1, gate, action=action) if is_free else None
    elif gate.kind == "portfolio":
        step = NextStep(StepKind.REFLECT, 5, gate, _place_to_reflect(situation), action=action)
    elif gate.kind == "peer_model":
        step = NextStep(StepKind.WATCH_LEADER, 3, gate, action=action)
    elif isinstance(gate, EvaluationsGivenGate) and verdict.next_part is not None:
        is_own = gate.parts[verdict.next_part - 1].evaluator == "self"
        step = NextStep(StepKind.EVALUATE if is_own else StepKind.ASK_PARTNER, 8 if is_own else 1, gate, action=action)
    elif gate.kind == "supervision":
        return _answer(situation.offer, gate) if situation.offer else NextStep(StepKind.MEET, 2, gate, action=action)
    else:
        return NextStep(StepKind.TALK, 2, gate, action=action)
    return step if _has_begun(situation) else None


def _answer(offer: Offer, gate: Gate | None = None) -> NextStep:
    return NextStep(StepKind.ANSWER, 1, gate, offer=offer)


def _has_begun(situation: Situation) -> bool:
    """Return whether some module was read: before, practice would make no sense."""
    return any(place.is_read for place in situation.places) or not situation.places


def _place_to_reflect(situation: Situation) -> Place | None:
    """Return the module read last, else the first one."""
    seen = [place for place in situation.places if place.seen_at is not None]
    newest = max(seen, key=lambda place: str(place.seen_at), default=None)
    return newest or (situation.places[0] if situation.places else None)
