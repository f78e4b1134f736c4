"""A form in progress: its answers, and what they amount to so far."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from assessments.errors import (
    FormClosedError,
    NotTheRaterError,
    WrongInputError,
)
from assessments.facts import (
    Observation,
    ObservationOpened,
    Relation,
    Seen,
    Tick,
)
from assessments.observations import (
    answers_of,
    fold_ticks,
    is_unanswered,
    lines_in,
    list_critical_seen,
    list_unhelpful_seen,
)
from assessments.ports import Ledger
from assessments.service.access import (
    get_fact,
    require,
)
from assessments.service.observations.adjudicating import require_sighted
from assessments.service.observations.raters import require_rater
from assessments.submitted import observation_id
from curriculum.ids import BehaviourId, LineId
from curriculum.models import Behaviour, BehaviourKind, Checklist, Line, Part, Programme, Scale, Setting
from people.facts import FactId
from people.ids import new_fact_id
from people.models import Actor
from people.rights import Record, Right

Answer = tuple[LineId, BehaviourId | None, str]
"""What a rater ticks: the line, the behaviour (None on a line without), and the state (empty takes it back)."""

FORM: Final = "form"


@dataclass(frozen=True, slots=True)
class Form:
    """An observation form with what was ticked so far.

    `lines` are those of the setting; `states` the answers by line and behaviour; `unanswered` the lines that will have
    no level (or no answer) if it is submitted now.
    """

    opened: ObservationOpened
    checklist: Checklist
    programme: Programme
    lines: tuple[Line, ...]
    states: dict[tuple[LineId, BehaviourId | None], str]
    unanswered: tuple[Line, ...]
    unhelpful_seen: tuple[Behaviour, ...]
    critical_seen: tuple[Behaviour, ...]
    is_submitted: bool

    @property
    def scale(self) -> Scale:
        """Return how the form is answered and judged."""
        return self.programme.scale_of(self.checklist)

    def watched_on(self, line: Line) -> tuple[Behaviour, ...]:
        """Return the behaviours by which a line is answered; none on a scale without."""
        return self.programme.watched_on(self.checklist, line)

    @property
    def parts(self) -> tuple[Part, ...]:
        """Return the form's lines by the checklist that they come from; no part is without lines."""
        kept = {line.id for line in self.lines}
        parts = (
            Part(part.title, tuple(line for line in part.lines if line.id in kept))
            for part in self.programme.parts_of(self.checklist)
        )
        return tuple(part for part in parts if part.lines)

    @property
    def n_unanswered(self) -> int:
        """Return how many lines still need an answer."""
        return len(self.unanswered)

    @property
    def needs_confirmation(self) -> bool:
        """Return whether submitting opens a hold, so that the rater has to confirm what was seen."""
        stops_practice = self.opened.setting == Setting.LIVE or self.opened.counts
        return bool(self.critical_seen) and stops_practice and self.opened.relation == Relation.TRAINER


def load_form(ledger: Ledger, actor: Actor, opened_id: FactId) -> Form:
    """Return a form with its answers: to the rater always, to others who may see it once it is submitted.

    Raises:
        UnknownFactError: There is no such form.
        NotTheRaterError: It is another rater's and not submitted.
        NotAllowedError: The actor may not see observations of the person.
        StillBlindError: The actor rates the same performance and has not submitted yet.
    """
    opened = get_fact(ledger, ObservationOpened, opened_id, FORM)
    is_submitted = find_observation(ledger, opened_id) is not None
    if actor.person_id != opened.actor_id:
        if not is_submitted:
            raise NotTheRaterError(opened_id, opened.actor_id)
        require(ledger, actor, Right.SEE, Record.OBSERVATION, opened.person_id)
        require_sighted(ledger, actor, opened)
    return load_answers(ledger, opened, is_submitted=is_submitted)


def load_answers(ledger: Ledger, opened: ObservationOpened, *, is_submitted: bool) -> Form:
    """Return the form with its answers, whoever asks."""
    programme = ledger.programme(opened.programme_id, opened.version_no)
    ticks = ledger.list_facts(Tick, opened.person_id, opened_id=opened.fact_id)
    return fill_form(programme, opened, ticks, is_submitted=is_submitted)


def fill_form(
    programme: Programme, opened: ObservationOpened, ticks: Iterable[Tick], *, is_submitted: bool = False
) -> Form:
    """Return the form with what these ticks say, oldest first."""
    checklist = programme.checklist_by_id[opened.checklist_id]
    lines = lines_in(checklist, opened.setting)
    states = fold_ticks(ticks)
    return Form(
        opened=opened,
        checklist=checklist,
        programme=programme,
        lines=lines,
        states=states,
        unanswered=tuple(line for line in lines if is_unanswered(programme, checklist, line, states)),
        unhelpful_seen=list_unhelpful_seen(programme, checklist, lines, states),
        critical_seen=list_critical_seen(programme, checklist, lines, states),
        is_submitted=is_submitted,
    )


def find_observation(ledger: Ledger, opened_id: FactId) -> Observation | None:
    """Return what the form was submitted as, withdrawn or not, or None."""
    return ledger.find(Observation, observation_id(opened_id))


def _load_own(ledger: Ledger, actor: Actor, opened_id: FactId) -> Form:
    """Return the actor's form in progress."""
    opened = get_fact(ledger, ObservationOpened, opened_id, FORM)
    require_own_form(ledger, actor, opened)
    if find_observation(ledger, opened_id) is not None:
        raise FormClosedError(opened_id)
    return load_answers(ledger, opened, is_submitted=False)


def require_own_form(ledger: Ledger, actor: Actor, opened: ObservationOpened) -> None:
    """Return when the actor is the form's rater and may still rate the person.

    Raises:
        NotTheRaterError: It is another rater's form.
        NotAllowedError: The actor is no trainer, or no fellow, of the person any more.
    """
    if actor.person_id != opened.actor_id:
        raise NotTheRaterError(opened.fact_id, opened.actor_id)
    require_rater(ledger, actor, opened.person_id, opened.programme_id, opened.relation)


def record_ticks(
    ledger: Ledger, actor: Actor, opened_id: FactId, ticks: Sequence[Answer], now: datetime
) -> tuple[Tick, ...]:
    """Record the rater's answers together and return those that changed something.

    Raises:
        NotTheRaterError: It is another rater's form.
        FormClosedError: It was submitted.
        WrongInputError: A line, behaviour or state is not on the form; then nothing is recorded.
    """
    form = _load_own(ledger, actor, opened_id)
    check_answers(form, ticks)
    return _append_ticks(ledger, form, ticks, now)


def check_answers(form: Form, answers: Iterable[Answer]) -> None:
    """Return when the form offers each of the answers.

    Raises:
        WrongInputError: A line, behaviour or state is not on the form.
    """
    for answer in answers:
        _check_answer(form, answer)


def answer_none_unhelpful(
    ledger: Ledger, actor: Actor, opened_id: FactId, now: datetime, *, line_ids: Collection[LineId] | None = None
) -> tuple[Tick, ...]:
    """Record "I watched for the unhelpful behaviours and saw none": the unanswered ones become not seen.

    `line_ids` are the lines that the rater had before them; all when left out.
    """
    return _answer_unanswered(ledger, actor, opened_id, BehaviourKind.UNHELPFUL, line_ids, now=now)


def answer_no_further(
    ledger: Ledger, actor: Actor, opened_id: FactId, now: datetime, *, line_ids: Collection[LineId] | None = None
) -> tuple[Tick, ...]:
    """Record "I saw no more than what I ticked": unanswered further behaviours become not seen.

    `line_ids` as above.
    """
    return _answer_unanswered(ledger, actor, opened_id, BehaviourKind.FURTHER, line_ids, now=now)


def _answer_unanswered(
    ledger: Ledger,
    actor: Actor,
    opened_id: FactId,
    kind: BehaviourKind,
    line_ids: Collection[LineId] | None,
    *,
    now: datetime,
) -> tuple[Tick, ...]:
    form = _load_own(ledger, actor, opened_id)
    answers: list[Answer] = [
        (line.id, behaviour.id, Seen.NOT_SEEN)
        for line in form.lines
        if line_ids is None or line.id in line_ids
        for behaviour in form.watched_on(line)
        if behaviour.kind == kind and (line.id, behaviour.id) not in form.states
    ]
    return _append_ticks(ledger, form, answers, now)


def answer_all_basic(
    ledger: Ledger, actor: Actor, opened_id: FactId, line_id: LineId, now: datetime
) -> tuple[Tick, ...]:
    """Record "all basics seen" on a line: each of its basic behaviours becomes seen.

    Raises:
        WrongInputError: The line is not on the form.
    """
    form = _load_own(ledger, actor, opened_id)
    answers: list[Answer] = [
        (line_id, behaviour.id, Seen.SEEN)
        for behaviour in form.watched_on(_get_line(form, line_id))
        if behaviour.kind == BehaviourKind.BASIC
    ]
    return _append_ticks(ledger, form, answers, now)


def _get_line(form: Form, line_id: LineId) -> Line:
    found = next((line for line in form.lines if line.id == line_id), None)
    if found is None:
        expected = "one of " + ", ".join(line.id for line in form.lines)
        raise WrongInputError(f"Checklist `{form.checklist.id}`", f"line `{line_id}`", expected, "Open the form again.")
    return found


def _check_answer(form: Form, answer: Answer) -> None:
    line_id, behaviour_id, state = answer
    line = _get_line(form, line_id)
    where = f"Line `{line_id}`"
    expected: Iterable[BehaviourId | None] = [behaviour.id for behaviour in form.watched_on(line)] or [None]
    if behaviour_id not in expected:
        names = "one of " + ", ".join(id_ or "none" for id_ in expected)
        raise WrongInputError(where, f"behaviour `{behaviour_id}`", names, "Open the form again.")
    states = answers_of(form.scale, form.checklist)
    if state and state not in states:
        raise WrongInputError(where, f"`{state}`", "one of " + ", ".join(states), "Choose one that the form offers.")


def _append_ticks(ledger: Ledger, form: Form, answers: Iterable[Answer], now: datetime) -> tuple[Tick, ...]:
    newest = {(line_id, behaviour_id): state for line_id, behaviour_id, state in answers}
    ticks = tuple(
        Tick(
            fact_id=new_fact_id(),
            person_id=form.opened.person_id,
            actor_id=form.opened.actor_id,
            occurred_at=now,
            opened_id=form.opened.fact_id,
            line_id=line_id,
            behaviour_id=behaviour_id,
            state=str(state),
        )
        for (line_id, behaviour_id), state in newest.items()
        if form.states.get((line_id, behaviour_id), "") != state
    )
    if ticks:
        ledger.append(*ticks)
    return ticks


def list_open_forms(ledger: Ledger, actor: Actor) -> list[ObservationOpened]:
    """Return the actor's forms that are not submitted, oldest first."""
    mine = ledger.list_facts(ObservationOpened, actor_id=actor.person_id)
    return [opened for opened in mine if find_observation(ledger, opened.fact_id) is None]
