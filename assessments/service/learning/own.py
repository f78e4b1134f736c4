"""What trainees record themselves: progress in a module, a leader watched, a reflection."""

from collections.abc import Mapping
from datetime import date, datetime

from assessments.errors import ModuleLockedError, WrongInputError
from assessments.facts import LogAnswer, Milestone, MilestoneKind, ModuleProgress
from assessments.ports import Ledger
from assessments.service.access import (
    get_enrolment,
    get_part,
    get_programme,
    is_fellow,
    record_once,
    require_own,
    tidy_code,
    tidy_text,
)
from assessments.service.dates import check_lateness, instant_on
from curriculum.ids import ModuleId, ProgrammeId, PromptId
from curriculum.models import Asks, Module, Programme
from people.facts import FactId
from people.ids import derived_fact_id, new_fact_id
from people.models import Actor, PersonId
from people.rights import Record, Right

CODE_MAX = 60
"""Characters of the name of a session or the code of a group."""


def record_progress(
    ledger: Ledger,
    actor: Actor,
    programme_id: ProgrammeId,
    module_id: ModuleId,
    step: int,
    *,
    is_read: bool,
    now: datetime,
) -> ModuleProgress:
    """Record that the actor reached a step of a module (from 0), or has read it; the same again adds nothing.

    Raises:
        ModuleLockedError: Modules that come before are not read.
        WrongInputError: The module has no such step.
    """
    require_own(actor, Right.WRITE, Record.RESULTS, actor.person_id)
    programme = get_programme(ledger, actor.person_id, programme_id)
    module = get_part(programme, programme.module_by_id, "module", module_id)
    if not 0 <= step < len(module.steps):
        expected = f"0 to {len(module.steps) - 1}"
        raise WrongInputError(f"Module `{module_id}`", f"step {step}", expected, "Open the module again.")
    earlier = ledger.list_facts(ModuleProgress, actor.person_id, programme_id=programme_id)
    _check_unlocked(module, earlier)
    of_module = [progress for progress in earlier if progress.module_id == module_id]
    if of_module and (of_module[-1].step, of_module[-1].is_read) == (step, is_read):
        return of_module[-1]
    progress = ModuleProgress(
        fact_id=new_fact_id(),
        person_id=actor.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        programme_id=programme_id,
        module_id=module_id,
        step=step,
        is_read=is_read,
    )
    return record_once(ledger, progress)


def _check_unlocked(module: Module, earlier: list[ModuleProgress]) -> None:
    read = {progress.module_id for progress in earlier if progress.is_read}
    missing = [module_id for module_id in module.prerequisites if module_id not in read]
    if missing:
        raise ModuleLockedError(module.id, missing)


def record_peer_model(
    ledger: Ledger,
    actor: Actor,
    programme_id: ProgrammeId,
    watched: str,
    note: str,
    *,
    watched_on: date,
    now: datetime,
    other_id: PersonId | None = None,
    answers: Mapping[PromptId, str] | None = None,
    late_reason: str = "",
    fact_id: FactId | None = None,
) -> Milestone:
    """Record that the actor watched an experienced peer leader.

    Args:
        ledger: Where facts are.
        actor: The trainee.
        programme_id: The programme.
        watched: The session's code, without names.
        note: One thing to borrow; about the leader's practice, short.
        watched_on: The day.
        now: The time.
        other_id: The leader, when they are known here.
        answers: What was written to the prompts of the programme's log, where it has one; empty ones are not kept.
        late_reason: A `LateReason`, needed long after the day.
        fact_id: Given by the page, so that a double click records it once.

    Raises:
        UnknownPartError: The programme's log has no such prompt.
        WrongInputError: The day has not come, the code is missing, a text is too long, or the leader is the actor.
        LateEntryError: The day is long ago and there is no reason.
    """
    require_own(actor, Right.WRITE, Record.RESULTS, actor.person_id)
    enrolment = get_enrolment(ledger, actor.person_id, programme_id)
    programme = ledger.programme(programme_id, enrolment.version_no)
    if other_id == actor.person_id:
        raise WrongInputError("Leader watched", "yourself", "another leader", "Choose whom you watched.")
    if other_id is not None and not is_fellow(ledger, other_id, enrolment):
        found = f"person {other_id}"
        raise WrongInputError("Leader watched", found, "somebody of your programme here", "Choose from the list.")
    code = tidy_code(watched, CODE_MAX, "Session")
    if not code:
        raise WrongInputError("Session", "nothing", "the session's code", "Say which session you watched.")
    milestone = Milestone(
        fact_id=fact_id or new_fact_id(),
        person_id=actor.person_id,
        actor_id=actor.person_id,
        occurred_at=instant_on(ledger, watched_on, now, "Day"),
        programme_id=programme_id,
        kind=MilestoneKind.PEER_MODEL,
        what=code,
        other_id=other_id,
        late_reason=check_lateness(ledger, watched_on, now, late_reason),
        note=tidy_text(note, programme.head.privacy.free_text_max, "Note"),
    )
    return record_once(ledger, milestone, *_log_answers(programme, milestone, answers or {}))


def _log_answers(programme: Programme, entry: Milestone, answers: Mapping[PromptId, str]) -> list[LogAnswer]:
    prompts = {prompt.id: prompt for prompt in programme.log.prompts} if programme.log else {}
    asked = {id_: prompt for id_, prompt in prompts.items() if prompt.asks is Asks.WORDS}
    tidy = {
        id_: tidy_text(words, programme.head.privacy.free_text_max, get_part(programme, asked, "prompt", id_).text)
        for id_, words in answers.items()
    }
    return [
        LogAnswer(
            fact_id=derived_fact_id(entry.fact_id, f"answer/{prompt_id}"),
            person_id=entry.person_id,
            actor_id=entry.actor_id,
            occurred_at=entry.occurred_at,
            entry_id=entry.fact_id,
            prompt_id=prompt_id,
            words=words,
        )
        for prompt_id, words in tidy.items()
        if words
    ]


def record_reflection(
    ledger: Ledger,
    actor: Actor,
    programme_id: ProgrammeId,
    module_id: ModuleId,
    note: str,
    *,
    now: datetime,
    fact_id: FactId | None = None,
) -> Milestone:
    """Record a reflection of the actor on their own practice after a module.

    Raises:
        UnknownPartError: There is no such module.
        WrongInputError: The note is empty or too long.
    """
    require_own(actor, Right.WRITE, Record.RESULTS, actor.person_id)
    programme = get_programme(ledger, actor.person_id, programme_id)
    get_part(programme, programme.module_by_id, "module", module_id)
    text = tidy_text(note, programme.head.privacy.free_text_max, "Reflection")
    if not text:
        raise WrongInputError("Reflection", "nothing", "a few words", "Write about your own practice.")
    milestone = Milestone(
        fact_id=fact_id or new_fact_id(),
        person_id=actor.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        programme_id=programme_id,
        kind=MilestoneKind.REFLECTION,
        what=module_id,
        note=text,
    )
    return record_once(ledger, milestone)
