"""Facts about training and practice in plain words, in the wording of their day. The reader is the trainee."""

from analytics.own_record.about_people import certificate_title
from analytics.own_record.codes import code_words, reason_words
from analytics.own_record.kinds import KINDS
from analytics.own_record.words import Told, Words
from analytics.wording import title_of
from assessments.facts import (
    Accommodation,
    Acknowledgement,
    Appeal,
    AppealDecided,
    Attempt,
    AttemptStarted,
    Attendance,
    Calibration,
    Certificate,
    CohortOutcome,
    Countersign,
    CutJudgement,
    Debrief,
    DecisionAsked,
    DeviceAnswer,
    DeviceRecord,
    DeviceRecordSettled,
    DisputeSettled,
    Done,
    Hold,
    InterestDeclared,
    LogAnswer,
    Milestone,
    MilestoneKind,
    ModuleProgress,
    Observation,
    ObservationOpened,
    ObservationRequest,
    ParticipantSummary,
    RefresherAnswer,
    Response,
    SecondLook,
    SecondMarkAsked,
    Seen,
    SheetSource,
    SheetTakenOver,
    SignOff,
    Sitting,
    Supervision,
    TextMark,
    Tick,
    Unlock,
    VignetteRated,
    YesNo,
)
from assessments.items import Given, answer_texts
from assessments.reasons import InterestReason
from assessments.service.attempts.results import given_by
from curriculum.ids import BlueprintId, ModuleId
from curriculum.items import BranchingItem, ExtendedTextItem, OrderingItem
from curriculum.models import Programme
from curriculum.phrases import N_, Phrase, ngettext

# ---------------------------------------------------------------- training


def tell_progress(fact: ModuleProgress, words: Words) -> Told:
    """Tell how far a module was read."""
    programme = words.programme(fact.programme_id, fact.occurred_at)
    module = programme.module_by_id.get(fact.module_id) if programme else None
    title = module.title if module else fact.module_id
    if fact.is_read:
        return Told(N_("Page {n} of “{title}”: read.", n=fact.step + 1, title=title))
    return Told(N_("Page {n} of “{title}”: opened.", n=fact.step + 1, title=title))


def _title(words: Words, fact: Attendance | Milestone, kind: str, reference: str) -> str:
    programme = words.programme(fact.programme_id, fact.occurred_at)
    return title_of(programme, kind, reference) if programme else reference


def tell_attendance(fact: Attendance, words: Words) -> Told:
    """Tell how a taught session was taken part in."""
    title = _title(words, fact, "dose", fact.session_id)
    late = reason_words(fact.late_reason)
    return Told(
        N_("{title}: {presence}, {n} minutes.", title=title, presence=code_words(fact.presence), n=fact.minutes),
        (N_("Entered late: {reason}", reason=late),) if late else (),
    )


def tell_milestone(fact: Milestone, words: Words) -> Told:
    """Tell of a step done. A leader who was watched is not named: that is their record."""
    what = fact.what
    if fact.kind == MilestoneKind.PREREQUISITE:
        what = _title(words, fact, "prerequisite", fact.what)
    elif fact.kind == MilestoneKind.REFLECTION:
        programme = words.programme(fact.programme_id, fact.occurred_at)
        module = programme.module_by_id.get(ModuleId(fact.what)) if programme else None
        what = module.title if module else fact.what
    late = reason_words(fact.late_reason)
    return Told(
        N_("{kind}: {what}.", kind=code_words(fact.kind), what=what),
        (N_("Entered late: {reason}", reason=late),) if late else (),
    )


def tell_log_answer(fact: LogAnswer, words: Words) -> Told:
    """Tell which prompt was answered; the words stand below as a note."""
    entry = words.find(Milestone, fact.entry_id)
    programme = words.programme(entry.programme_id, entry.occurred_at) if entry else None
    prompts = programme.log.prompts if programme and programme.log else ()
    text = next((prompt.text for prompt in prompts if prompt.id == fact.prompt_id), fact.prompt_id)
    return Told(N_("After watching a leader: {prompt}", prompt=text))


# ---------------------------------------------------------------- quizzes


def _quiz_title(programme: Programme | None, blueprint_id: BlueprintId) -> str:
    return title_of(programme, "quiz", blueprint_id) if programme else blueprint_id


def tell_started(fact: AttemptStarted, words: Words) -> Told:
    """Tell that a quiz was begun."""
    programme = words.programme(fact.programme_id, fact.occurred_at, fact.version_no)
    n = len(fact.item_ids)
    return Told(
        ngettext(
            "{title}: {n} question, {pool}.",
            "{title}: {n} questions, {pool}.",
            n,
            title=_quiz_title(programme, fact.blueprint_id),
            pool=code_words(fact.pool),
        )
    )


def tell_response(fact: Response, words: Words) -> Told:
    """Tell an answer in the wording that was shown: the question and what was chosen, not what is right."""
    started = words.find(AttemptStarted, fact.started_id)
    programme = words.programme(started.programme_id, started.occurred_at, started.version_no) if started else None
    item = programme.item_by_id.get(fact.item_id) if programme else None
    if item is None:
        return Told(N_("Question {n}: answered.", n=fact.position + 1))
    chosen = answer_texts(item, given_by(fact))
    joined = (" → " if isinstance(item, OrderingItem | BranchingItem) else "; ").join(chosen)
    details: list[Phrase] = [
        N_("Your answer: {answer}", answer=joined) if chosen else N_("You left it for later."),
    ]
    if fact.certainty is not None:
        sure = {1: N_("a guess"), 2: N_("fairly sure"), 3: N_("sure")}
        details.append(N_("How sure you were: {sure}", sure=sure.get(fact.certainty, N_("not said"))))
    if fact.is_late:
        details.append(N_("It came after the time was up, and does not count."))
    return Told(N_("Question {n}: {stem}", n=fact.position + 1, stem=item.stem), tuple(details))


def tell_attempt(fact: Attempt, words: Words) -> Told:
    """Tell the mark of a quiz, and which questions got their points."""
    started = words.find(AttemptStarted, fact.started_id)
    version_no = started.version_no if started else None
    programme = words.programme(fact.programme_id, fact.occurred_at, version_no)
    title = _quiz_title(programme, fact.blueprint_id)
    details: list[Phrase] = [
        N_("{pct} in 100 were needed to pass.", pct=fact.pass_pct),
        N_("Key questions missed: {n} of {all}", n=fact.critical_missed, all=fact.critical_total),
    ]
    if not fact.counts:
        details.append(N_("It was practice and does not count."))
    details += [
        N_(
            "Question {n}: {points} of {all} points",
            n=one.position + 1,
            points=_points(one.points, fact),
            all=_points(one.max_points, fact),
        )
        for one in fact.items
    ]
    return Told(
        N_(
            "{title}: {score} of {all} points.",
            title=title,
            score=_points(fact.score, fact),
            all=_points(fact.max_score, fact),
        ),
        tuple(details),
    )


def _points(parts: int, attempt: Attempt) -> str:
    return f"{parts / attempt.per_point:g}"


def tell_time(fact: Accommodation, words: Words) -> Told:
    """Tell how much time the person has in quizzes."""
    del words
    return Told(N_("In quizzes with a time limit you have {time}.", time=code_words(fact.time)))


def tell_sitting(fact: Sitting, words: Words) -> Told:
    """Tell that the person watched a quiz."""
    programme = words.programme(fact.programme_id, fact.occurred_at)
    return Told(N_("You watched a quiz: {title}.", title=_quiz_title(programme, fact.blueprint_id)))


def tell_mark(fact: TextMark, words: Words) -> Told:
    """Tell what a marker said of a text, line by line of the rubric."""
    started = words.find(AttemptStarted, fact.started_id)
    programme = words.programme(started.programme_id, started.occurred_at, started.version_no) if started else None
    item = programme.item_by_id.get(fact.item_id) if programme else None
    rubric = item.rubric if isinstance(item, ExtendedTextItem) else ()
    lines = [
        N_("{line} {level}", line=one.text, level=one.levels[level])
        for one, level in zip(rubric, fact.levels, strict=False)
    ]
    return Told(N_("Your text of question {n} was marked.", n=fact.position + 1), tuple(lines))


def tell_second_mark(fact: SecondMarkAsked, words: Words) -> Told:
    """Tell that a second mark was asked for."""
    del words
    return Told(N_("A second mark was asked for: question {n}.", n=fact.position + 1))


def tell_refresher(fact: RefresherAnswer, words: Words) -> Told:
    """Tell a refresher: the question, what was answered, and whether it was right."""
    programme = words.programme(fact.programme_id, fact.occurred_at, fact.version_no)
    item = programme.item_by_id.get(fact.item_id) if programme else None
    result = N_("It was right.") if fact.is_right else N_("It was not right.")
    if item is None:
        return Told(N_("A question was answered again."), (result,))
    answer = "; ".join(answer_texts(item, Given(fact.chosen, fact.text)))
    return Told(N_("{stem}", stem=item.stem), (N_("Your answer: {answer}", answer=answer), result))


def tell_unlock(fact: Unlock, words: Words) -> Told:
    """Tell that a quiz was opened again."""
    programme = words.programme(fact.programme_id, fact.occurred_at)
    reason = reason_words(fact.reason)
    return Told(
        N_("{title}: you were given new attempts.", title=_quiz_title(programme, fact.blueprint_id)),
        (N_("Reason: {reason}", reason=reason),) if reason else (),
    )


# ---------------------------------------------------------------- practice


def _checklist(programme: Programme | None, checklist_id: str) -> str:
    return title_of(programme, "practice", checklist_id) if programme else checklist_id


def tell_judgement(fact: CutJudgement, words: Words) -> Told:
    """Tell how hard the person, as a judge, said that a question is."""
    del words
    return Told(
        N_("You said of question {item}: {n} of 100 who are just ready get it right.", item=fact.item_id, n=fact.pct)
    )


def tell_request(fact: ObservationRequest, words: Words) -> Told:
    """Tell what the person asked to be watched with, and whom they asked."""
    programme = words.programme(fact.programme_id, fact.occurred_at)
    whom = words.name(fact.asked_id) if fact.asked_id is not None else N_("any of your trainers")
    title = _checklist(programme, fact.checklist_id)
    return Told(
        N_("You asked to be watched {setting}: {title}.", setting=code_words(fact.setting), title=title),
        (N_("You asked: {name}", name=whom),),
    )


def tell_form(fact: ObservationOpened, words: Words) -> Told:
    """Tell the frame of what was watched."""
    programme = words.programme(fact.programme_id, fact.occurred_at, fact.version_no)
    is_done = any(isinstance(one, Observation) and one.opened_id == fact.fact_id for one in words.facts.values())
    details = [*_frame(fact, programme)]
    if not is_done:
        details.append(N_("The form was not handed in yet: what is ticked on it follows when it is."))
    title = _checklist(programme, fact.checklist_id)
    return Told(
        N_("A form was begun {setting}: {title}.", setting=code_words(fact.setting), title=title), tuple(details)
    )


def _frame(fact: ObservationOpened | Observation, programme: Programme | None) -> list[Phrase]:
    details: list[Phrase] = [
        N_("{stage}, {relation}", stage=code_words(fact.stage), relation=code_words(fact.relation))
    ]
    if fact.scenario_id is not None:
        scenario = programme.scenario_by_id.get(fact.scenario_id) if programme else None
        details.append(N_("Scenario: {title}", title=scenario.title if scenario else fact.scenario_id))
    if fact.session_code:
        details.append(N_("Session: {code}", code=fact.session_code))
    details.append(N_("It counts.") if fact.counts else N_("It was practice and does not count."))
    details.append(N_("A co-leader was there.") if fact.has_co_leader else N_("No co-leader was there."))
    return details


def tell_tick(fact: Tick, words: Words) -> Told:
    """Tell what was ticked, in the wording of the form; nothing while the form is being filled in."""
    opened = words.find(ObservationOpened, fact.opened_id)
    programme = words.programme(opened.programme_id, opened.occurred_at, opened.version_no) if opened else None
    checklist = programme.checklist_by_id.get(opened.checklist_id) if programme and opened else None
    line = next((one for one in checklist.lines if one.id == fact.line_id), None) if checklist else None
    text = line.text if line else fact.line_id
    if programme is not None and fact.behaviour_id is not None:
        behaviour = programme.behaviour_by_id.get(fact.behaviour_id)
        text = f"{text}: {behaviour.text}" if behaviour else text
    return Told(N_("{text}: {state}.", text=text, state=_state_words(fact.state)))


def _state_words(state: str) -> Phrase:
    for kind in (Seen, Done, YesNo):
        if state in list(kind):
            return code_words(kind(state))
    return N_("answer taken back")


def tell_observation(fact: Observation, words: Words) -> Told:
    """Tell an observation line by line."""
    programme = words.programme(fact.programme_id, fact.occurred_at, fact.version_no)
    checklist = programme.checklist_by_id.get(fact.checklist_id) if programme else None
    texts = {line.id: line.text for line in checklist.lines} if checklist else {}
    highest = programme.scale_of(checklist).n_levels if programme and checklist else 4
    outcome = N_("passed") if fact.is_passed else N_("not passed yet")
    details: list[Phrase] = [
        N_("Result: {outcome}, {pct} in 100 of the lines", outcome=outcome, pct=fact.pct),
        N_("Overall: {rating}", rating=code_words(fact.global_rating)),
        N_("How far with help: {n} of 5", n=fact.entrustment),
        *_frame(fact, programme),
    ]
    if fact.critical_unhelpful:
        details.append(N_("Unhelpful behaviours seen on critical lines: {n}", n=fact.critical_unhelpful))
    for rating in fact.ratings:
        text = texts.get(rating.line_id, rating.line_id)
        details.append(
            N_("{text}: no level", text=text)
            if rating.level is None
            else N_("{text}: level {n} of {highest}", text=text, n=rating.level, highest=highest)
        )
    title = _checklist(programme, fact.checklist_id)
    return Told(N_("Watched {setting}: {title}.", setting=code_words(fact.setting), title=title), tuple(details))


def tell_device_record(fact: DeviceRecord, words: Words) -> Told:
    """Tell that a form came from a device; of a held one also what it says, for no observation tells it."""
    programme = words.programme(fact.programme_id, fact.occurred_at, fact.version_no)
    details: list[Phrase] = []
    if fact.held_for is not None:
        details.append(N_("It waits for the training lead: {why}.", why=code_words(fact.held_for)))
        details += [_answer_words(programme, one) for one in fact.answers]
    title = _checklist(programme, fact.checklist_id)
    return Told(N_("A form filled in without signal has arrived: {title}.", title=title), tuple(details))


def _answer_words(programme: Programme | None, answer: DeviceAnswer) -> Phrase:
    behaviour = programme.behaviour_by_id.get(answer.behaviour_id) if programme and answer.behaviour_id else None
    text = behaviour.text if behaviour else answer.line_id
    return N_("{text}: {state}.", text=text, state=_state_words(answer.state))


def tell_device_record_settled(fact: DeviceRecordSettled, words: Words) -> Told:
    """Tell whether a held form counts, and why."""
    del words
    why = reason_words(fact.reason)
    details = (why,) if why else ()
    if fact.is_accepted:
        return Told(N_("The held form counts."), details)
    return Told(N_("The held form was set aside: it does not count."), details)


def tell_taken_over(fact: SheetTakenOver, words: Words) -> Told:
    """Tell that a form came from a file, and from which sheet."""
    del words
    late = reason_words(fact.late_reason)
    details = (N_("Entered late: {reason}", reason=late),) if late is not None else ()
    if fact.source == SheetSource.TABLET:
        return Told(N_("A form from a tablet was taken over: {sheet}.", sheet=fact.sheet), details)
    return Told(N_("A form from paper was taken over: {sheet}.", sheet=fact.sheet), details)


def tell_acknowledgement(fact: Acknowledgement, words: Words) -> Told:
    """Tell whether the person agreed, and with what."""
    target = words.facts.get(fact.target_id)
    what = KINDS[type(target)].title if target is not None else N_("an entry")
    if fact.agrees:
        return Told(N_("{what}: you have seen it and agree.", what=what))
    return Told(N_("{what}: you see it differently.", what=what))


def tell_calibration(fact: Calibration, words: Words) -> Told:
    """Tell whether the person's eye was checked, as a rater."""
    del words
    return Told(N_("You passed a calibration.") if fact.is_passed else N_("You did not pass a calibration."))


def tell_interest(fact: InterestDeclared, words: Words) -> Told:
    """Tell who may not judge the person, and why."""
    return Told(
        N_(
            "{name} declared an interest, and so rates nothing that counts and signs nothing.",
            name=words.name(fact.holder_id),
        ),
        (code_words(InterestReason(fact.reason)),),
    )


def tell_vignette(fact: VignetteRated, words: Words) -> Told:
    """Tell how the person rated an invented scene, as a rater, beside the right level of each line."""
    programme = words.programme(fact.programme_id, fact.occurred_at, fact.version_no)
    vignette = programme.vignette_by_id.get(fact.vignette_id) if programme else None
    checklist = programme.checklist_by_id.get(vignette.checklist) if programme and vignette else None
    texts = {line.id: line.text for line in checklist.lines} if checklist else {}
    behaviours = programme.behaviour_by_id if programme else {}
    details: list[Phrase] = [
        N_(
            "{text}: level {n}; right: level {gold}",
            text=texts.get(one.line_id, one.line_id),
            n=one.level,
            gold=one.gold,
        )
        for one in fact.lines
    ]
    for one in fact.seen:
        known = behaviours.get(one.behaviour_id)
        details.append(N_("You saw: {text}", text=known.text if known else one.behaviour_id))
    title = vignette.title if vignette else fact.vignette_id
    return Told(N_("You rated the scene {title}, round {n}.", title=title, n=fact.round_no), tuple(details))


def tell_summary(fact: ParticipantSummary, words: Words) -> Told:
    """Tell the feedback of a group: a mean and a number."""
    del words
    mean = f"{fact.mean_hundredths / 100:.2f}"
    return Told(
        N_(
            "Feedback of group {code}: mean {mean} of 5, {n} answers.",
            code=fact.group_code,
            mean=mean,
            n=fact.n_answers,
        )
    )


def tell_hold(fact: Hold, words: Words) -> Told:
    """Tell that practice stopped, and what was seen."""
    observation = words.find(Observation, fact.observation_id)
    version_no = observation.version_no if observation else None
    programme = words.programme(fact.programme_id, fact.occurred_at, version_no)
    behaviour = programme.behaviour_by_id.get(fact.behaviour_id) if programme else None
    text = behaviour.text if behaviour else fact.behaviour_id
    return Told(N_("Your practice was put on hold."), (N_("What was seen: {text}", text=text),))


def tell_debrief(fact: Debrief, words: Words) -> Told:
    """Tell that something was talked through."""
    del words
    asked = N_("The procedure was followed.") if fact.procedure_followed else N_("The procedure was not followed.")
    return Told(N_("It was talked through with you."), (asked,))


def tell_supervision(fact: Supervision, words: Words) -> Told:
    """Tell of a meeting with a supervisor."""
    late = reason_words(fact.late_reason)
    return Told(
        N_(
            "Supervision with {name}: {n} minutes, {mode}.",
            name=words.name(fact.supervisor_id),
            n=fact.minutes,
            mode=code_words(fact.mode),
        ),
        (N_("Entered late: {reason}", reason=late),) if late else (),
    )


def tell_certificate(fact: Certificate, words: Words) -> Told:
    """Tell which certificate was seen."""
    title = certificate_title(words, fact.certificate_id)
    return Told(
        N_("{title}: issued {issued}, valid until {until}.", title=title, issued=fact.issued_on, until=fact.expires_on)
    )


# ---------------------------------------------------------------- decisions and appeals


def tell_sign_off(fact: SignOff, words: Words) -> Told:
    """Tell a decision, with what it rests on."""
    programme = words.programme(fact.programme_id, fact.occurred_at, fact.version_no)
    role, activities = str(fact.role_id), {}
    if programme is not None:
        role = next((one.title for one in programme.head.roles if one.id == fact.role_id), role)
        activities = {one.id: one.title for one in programme.head.activities}
    n = len(fact.evidence)
    details: list[Phrase] = [
        ngettext("It rests on {n} entry of this record.", "It rests on {n} entries of this record.", n),
        N_("Seal of the evidence: {seal}", seal=fact.evidence_hash),
    ]
    details += [
        N_("{activity}: level {n} of 5", activity=activities.get(one.activity_id, one.activity_id), n=one.level)
        for one in fact.levels
    ]
    if not fact.is_granted:
        return Told(N_("Decided: not yet, for the role {role}.", role=role), tuple(details))
    details.append(N_("It holds for {n} months.", n=fact.valid_months))
    if fact.renews_id is not None:
        details.append(N_("It takes the place of the sign-off before."))
    if fact.needs_countersign:
        details.append(N_("A second person has to confirm it."))
    return Told(N_("Signed off for the role {role}.", role=role), tuple(details))


def tell_countersign(fact: Countersign, words: Words) -> Told:
    """Tell that a second person confirmed a decision."""
    del fact, words
    return Told(N_("A second person confirmed the sign-off."))


def tell_decision_asked(fact: DecisionAsked, words: Words) -> Told:
    """Tell that the person asked for a decision, with what it would have rested on."""
    del words
    n = len(fact.evidence)
    rests = ngettext("It would rest on {n} entry of this record.", "It would rest on {n} entries of this record.", n)
    return Told(N_("You asked for the decision."), (rests, N_("Seal of the evidence: {seal}", seal=fact.evidence_hash)))


def tell_second_look(fact: SecondLook, words: Words) -> Told:
    """Tell what somebody else decided on the same evidence."""
    signed = words.find(SignOff, fact.sign_off_id)
    programme = words.programme(signed.programme_id, signed.occurred_at, signed.version_no) if signed else None
    activities = {one.id: one.title for one in programme.head.activities} if programme else {}
    details = tuple(
        N_("{activity}: level {n} of 5", activity=activities.get(one.activity_id, one.activity_id), n=one.level)
        for one in fact.levels
    )
    if not fact.is_granted:
        return Told(N_("Somebody else looked at it, blind to the first decision: not yet."), details)
    return Told(N_("Somebody else looked at it, blind to the first decision: signed off."), details)


def tell_dispute_settled(fact: DisputeSettled, words: Words) -> Told:
    """Tell which of two decisions counts, and why."""
    del words
    reason = reason_words(fact.reason)
    return Told(
        N_("Your dispute was settled: {outcome}.", outcome=code_words(fact.outcome)),
        (N_("Reason: {reason}", reason=reason),) if reason else (),
    )


def tell_appeal(fact: Appeal, words: Words) -> Told:
    """Tell against what the person appealed, and why."""
    del words
    return Told(
        N_("You appealed against {about}.", about=code_words(fact.about)),
        (N_("Reason: {reason}", reason=code_words(fact.ground)),),
    )


def tell_appeal_decided(fact: AppealDecided, words: Words) -> Told:
    """Tell what came of an appeal."""
    del words
    return Told(
        N_("Decided on your appeal: {outcome}.", outcome=code_words(fact.outcome)),
        (N_("What was found: {finding}", finding=code_words(fact.finding)),),
    )


# ---------------------------------------------------------------- the end of a cohort


def tell_outcome(fact: CohortOutcome, words: Words) -> Told:
    """Tell how the person left a cohort, and where they stood, gate by gate."""
    programme = words.programme(fact.programme_id, fact.occurred_at, fact.version_no)
    titles = {gate.id: gate.title for gate in programme.gates} if programme else {}
    details: list[Phrase] = [N_("Where you stood: {status}", status=code_words(fact.status))]
    if fact.valid_until is not None:
        details.append(N_("Signed off until {day}", day=fact.valid_until))
    if fact.hold_since is not None:
        details.append(N_("On hold since {day}", day=fact.hold_since))
    details += [
        N_(
            "{gate}: {state}, {have} of {need}",
            gate=titles.get(one.gate_id, one.gate_id),
            state=code_words(one.state),
            have=one.have,
            need=one.need,
        )
        for one in fact.gates
    ]
    return Told(N_("Your cohort closed: {outcome}.", outcome=code_words(fact.outcome)), tuple(details))
