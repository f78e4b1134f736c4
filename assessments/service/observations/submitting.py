"""Submitting a form, and what the person says to it."""

from dataclasses import replace
from datetime import datetime

from assessments.errors import (
    HarmNotConfirmedError,
    UnansweredLinesError,
    WrongInputError,
)
from assessments.facts import (
    Acknowledgement,
    GlobalRating,
    Hold,
    Observation,
    ObservationOpened,
    Relation,
    SignOff,
)
from assessments.observations import judge
from assessments.ports import Ledger
from assessments.service.access import (
    get_fact,
    is_void,
    read_code,
    record_once,
    require_own,
    tidy_text,
)
from assessments.service.interests import find_interest
from assessments.service.observations.forms import (
    FORM,
    Form,
    find_observation,
    load_answers,
    require_own_form,
)
from assessments.submitted import Judgement, holds_of, observation_of
from people.facts import FactId
from people.ids import derived_fact_id
from people.models import Actor
from people.rights import Record, Right


def submit_observation(
    ledger: Ledger,
    actor: Actor,
    opened_id: FactId,
    *,
    global_rating: GlobalRating,
    entrustment: int,
    strength: str,
    next_step: str,
    confirms_harm: bool,
    now: datetime,
) -> Observation:
    """Submit the rater's form and return what it amounts to. A second time changes nothing.

    An unhelpful behaviour seen on a critical line, live or where it counts, opens a hold for each such behaviour in
    the same append.

    Args:
        ledger: Where facts are.
        actor: The rater.
        opened_id: The form.
        global_rating: The overall judgement.
        entrustment: 1 to 5: how much help the person needs next time.
        strength: One strength, short, about the person's own practice.
        next_step: One next step, likewise.
        confirms_harm: The rater has confirmed the unhelpful behaviours on a second screen.
        now: The time.

    Raises:
        HarmNotConfirmedError: A hold would follow, and it was not confirmed.
        UnansweredLinesError: The form leaves no line out, and some are unanswered.
        WrongInputError: Nothing is ticked, or the footer does not fit.
    """
    opened = get_fact(ledger, ObservationOpened, opened_id, FORM)
    require_own_form(ledger, actor, opened)
    found = find_observation(ledger, opened_id)
    if found is not None:
        return found
    form = load_answers(ledger, opened, is_submitted=False)
    text_max = form.programme.head.privacy.free_text_max
    observation, *holds = judge_form(
        form,
        Judgement(
            global_rating=read_code(GlobalRating, global_rating, "Overall"),
            entrustment=check_entrustment(entrustment),
            strength=tidy_text(strength, text_max, "Strength"),
            next_step=tidy_text(next_step, text_max, "Next step"),
            confirms_harm=confirms_harm,
        ),
        seen_at=now,
        now=now,
    )
    if opened.relation is Relation.TRAINER and find_interest(ledger, actor.person_id, opened.person_id) is not None:
        # An interest that became known after the form was begun. A hold follows all the same: safety comes first.
        observation = replace(observation, counts=False)
    return record_once(ledger, observation, *holds)


def judge_form(
    form: Form, judgement: Judgement, *, seen_at: datetime, now: datetime
) -> tuple[Observation, *tuple[Hold, ...]]:
    """Return what a form amounts to, and the holds that follow: practice was seen then, and stops now.

    Raises:
        HarmNotConfirmedError: A hold would follow, and it was not confirmed.
        UnansweredLinesError: The form leaves no line out, and some are unanswered.
        WrongInputError: Nothing is ticked.
    """
    _check_complete(form)
    if form.needs_confirmation and not judgement.confirms_harm:
        raise HarmNotConfirmedError([behaviour.text for behaviour in form.critical_seen])
    result = judge(form.programme, form.checklist, form.opened.setting, form.states)
    observation = observation_of(form.opened, result, judgement, seen_at)
    harmful = [behaviour.id for behaviour in form.critical_seen] if form.needs_confirmation else []
    holds = holds_of(observation, harmful, now)
    return observation, *holds


def _check_complete(form: Form) -> None:
    if not form.states:
        raise WrongInputError("Form", "no answers", "at least one", "Tick what you saw, or leave the form.")
    if form.unanswered and not form.checklist.no_opportunity:
        raise UnansweredLinesError([line.text for line in form.unanswered])


def check_entrustment(entrustment: int) -> int:
    """Return how much help the person needs next time.

    Raises:
        WrongInputError: It is not 1 to 5.
    """
    if not 1 <= entrustment <= 5:
        raise WrongInputError("Help needed next time", str(entrustment), "1 to 5", "Choose from the list.")
    return entrustment


def acknowledge(
    ledger: Ledger, actor: Actor, target_id: FactId, agrees: bool, note: str, *, now: datetime
) -> Acknowledgement:
    """Record that the actor has seen an observation or sign-off about them, and agrees or disputes it.

    Raises:
        UnknownFactError: There is no such observation or sign-off.
        NotAllowedError: It is about somebody else.
        WrongInputError: The note is too long.
    """
    target, record = _get_target(ledger, target_id)
    require_own(actor, Right.ACKNOWLEDGE, record, target.person_id)
    programme = ledger.programme(target.programme_id, target.version_no)
    text = tidy_text(note, programme.head.privacy.free_text_max, "Note")
    earlier = ledger.list_facts(Acknowledgement, actor.person_id, target_id=target_id)
    if earlier and earlier[-1].agrees == agrees and text in {"", earlier[-1].note}:
        return earlier[-1]
    acknowledgement = Acknowledgement(
        fact_id=derived_fact_id(target_id, f"acknowledgement/{len(earlier)}"),
        person_id=actor.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        target_id=target_id,
        agrees=agrees,
        note=text,
    )
    return record_once(ledger, acknowledgement)


def _get_target(ledger: Ledger, target_id: FactId) -> tuple[Observation | SignOff, Record]:
    observation = ledger.find(Observation, target_id)
    if observation is not None and not is_void(ledger, target_id):
        return observation, Record.OBSERVATION
    return get_fact(ledger, SignOff, target_id, "observation or sign-off"), Record.SIGN_OFF
