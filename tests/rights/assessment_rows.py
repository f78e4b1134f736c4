"""Who may use what of `assessments.service`: a row for each situation, from design section 8."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from assessments.errors import (
    InvolvedError,
    LedItError,
    NotDecidableError,
    NotEnrolledError,
    OtherRaterError,
    RaterOfItError,
    WrongInputError,
)
from assessments.facts import (
    AppealFinding,
    AppealGround,
    AppealOutcome,
    Attempt,
    Attendance,
    GlobalRating,
    Hold,
    KeyTreatment,
    Mode,
    ObservationOpened,
    Presence,
    Relation,
    Seen,
)
from assessments.facts import Stage as PartLed
from assessments.paper.codes import content_code, new_form_code, person_code
from assessments.reasons import (
    AdjudicationReason,
    CorrectionReason,
    InterestReason,
    KeyFault,
    LiftReason,
    RevokeReason,
    UnlockReason,
)
from assessments.service import (
    appeals,
    attempts,
    calibrating,
    closing,
    cuts,
    decisions,
    holds,
    interests,
    learning,
    leaving,
    observations,
    paper,
    programmes,
    reports,
    reshowing,
)
from assessments.service.amending import amend
from curriculum.bundle import to_bundle
from curriculum.ids import BehaviourId, CertificateId, ChecklistId, ItemId, LineId, ModuleId, PrerequisiteId, VignetteId
from curriculum.items import Pool
from curriculum.models import Setting
from people.facts import Change, ContactKind, FactId, ReportIssued
from people.ids import new_fact_id
from people.models import Actor, Office
from people.service import assign_trainer, open_cohort, set_contact
from people.service.reach import list_grants
from tests.assessments.world import (
    FORM_OF,
    TODAY,
    answer,
    days_later,
    observe_harm,
    open_form,
    start,
    submit,
    take,
    tick,
)
from tests.builders import NOW, PROGRAMME, QUIZ, SECTIONS, make_head, make_programme
from tests.rights import support_rows
from tests.rights.house import HERE, LEVELS, TEXTS, THE_OPERATOR, Stage
from tests.rights.recorded import hold_from_device, see_apart, send_from_device
from tests.rights.rows import Row

Given = dict[str, Any]

OWN: Final = "trainee hats"
RATER: Final = "trainer doubled"
WRITERS: Final = "trainer doubled coordinator operator"
PUBLISHERS: Final = "lead manager there_lead there_manager hats doubled operator"
NOW_: Final = {"now": NOW}


def _person(scene: Stage, **more: Any) -> Given:
    return {"person_id": scene.person_id, "programme_id": PROGRAMME, **NOW_, **more}


# ---------------------------------------------------------------- quizzes


def _quiz(_: Stage) -> Given:
    return {"programme_id": PROGRAMME, "blueprint_id": QUIZ, "pool": Pool.COUNTING, **NOW_}


def _form_of_mine(stage: Stage) -> Given:
    return {"started_id": start(stage.world).fact_id}


def _response(stage: Stage) -> Given:
    choice = {"position": 0, "chosen": (0,), "certainty": None, "is_flagged": False}
    return _form_of_mine(stage) | choice | NOW_


def _locked_quiz(stage: Stage) -> Given:
    for day in (0, 2, 4):
        take(stage.world, days_later(day), n_right=0)
    reason = UnlockReason.TALKED_THROUGH
    return {**_person(stage), "blueprint_id": QUIZ, "reason": reason, "now": days_later(4)}


def _submitted(stage: Stage) -> Given:
    attempt: Attempt = take(stage.world)
    return {"attempt_id": attempt.fact_id, **NOW_}


def _answered_in_practice(stage: Stage) -> Given:
    started = start(stage.world, pool=Pool.PRACTICE)
    answer(stage.world, started, 0, (0,))
    return {"started_id": started.fact_id, "position": 0, **NOW_}


def _text(stage: Stage) -> Given:
    """Hand in a text that waits for a mark."""
    where = {"now": NOW, "pool": Pool.COUNTING}
    started = attempts.start_attempt(stage.store, stage.trainee, PROGRAMME, TEXTS, **where)
    answer(stage.world, started, 0, (), text="I hear you.")
    attempts.submit_attempt(stage.store, stage.trainee, started.fact_id, NOW)
    return {"started_id": started.fact_id, "position": 0}


def rescored(stage: Stage) -> Given:
    """Give an attempt another score, as if a key had been corrected."""
    old: Attempt = take(stage.world)
    correction = attempts.correct_key(stage.store, stage.cast["lead"], **_correction(stage))
    new = replace(old, fact_id=new_fact_id(), score=0, replaces_id=old.fact_id, correction_id=correction.fact_id)
    stage.store.append(new, amend(old, stage.cast["lead"], old.fact_id, Change.REPLACED, reason="", now=NOW))
    return {"attempt_id": new.fact_id, **NOW_}


def _correction(_: Stage) -> Given:
    unclear = {"treatment": KeyTreatment.FULL_POINTS, "reason": KeyFault.UNCLEAR}
    return {"proposed": attempts.ProposedKey(PROGRAMME, 1, ItemId("m1-p-0"), **unclear), **NOW_}


def _sitting(_: Stage) -> Given:
    return {"hub_id": HERE, "programme_id": PROGRAMME, "blueprint_id": QUIZ, "version_no": 1, **NOW_}


def _open_sitting(stage: Stage) -> Given:
    opened = attempts.open_sitting(stage.store, stage.cast["trainer"], **_sitting(stage))
    return {"sitting_id": opened.fact_id, **NOW_}


MARKERS: Final = "trainer other_trainer doubled lead"
CORRECTORS: Final = "lead there_lead hats doubled"

QUIZZES: Final = (
    Row(attempts.start_attempt, _quiz, f"{OWN} fellow there_trainee", (NotEnrolledError,)),
    Row(attempts.load_sheet, _form_of_mine, OWN),
    Row(attempts.record_response, _response, OWN),
    Row(attempts.submit_attempt, lambda stage: _form_of_mine(stage) | NOW_, OWN),
    Row(attempts.unlock_attempts, _locked_quiz, f"{RATER} lead operator"),
    Row(attempts.review_attempt, _submitted, f"{OWN} {RATER} lead operator"),
    Row(attempts.read_new_score, rescored, OWN),
    Row(attempts.check_response, _answered_in_practice, OWN),
    Row(attempts.load_text, _text, f"{MARKERS} operator"),
    Row(attempts.mark_text, lambda stage: _text(stage) | {"levels": (1, 1), "asks_second": False, **NOW_}, MARKERS),
    Row(attempts.ask_second_mark, lambda stage: _text(stage) | NOW_, f"{OWN} {MARKERS} operator"),
    Row(attempts.preview_correction, _correction, CORRECTORS),
    Row(attempts.correct_key, _correction, CORRECTORS),
    Row(attempts.list_corrections, lambda _: {"programme_id": PROGRAMME, "version_no": 1}, f"{CORRECTORS} operator"),
    Row(attempts.open_sitting, _sitting, f"hats {MARKERS}"),
    Row(attempts.close_sitting, _open_sitting, RATER),
    Row(attempts.allow_time, lambda stage: _person(stage, time="half_more"), f"{RATER} lead operator"),
)

# ---------------------------------------------------------------- where a cut comes from


def _round(stage: Stage) -> Given:
    opened = cuts.open_cut_round(stage.store, stage.cast["lead"], **_sitting(stage))
    return {"cut_round_id": opened.fact_id, **NOW_}


def _judged(stage: Stage) -> Given:
    return {**_round(stage), "item_id": ItemId("m1-c-0"), "pct": 70}


_CUT_OF: Final = {"hub_id": HERE, "programme_id": PROGRAMME, "blueprint_id": QUIZ, "version_no": 1}
JUDGES: Final = "trainer other_trainer lead manager doubled"

CUTS: Final = (
    Row(cuts.open_cut_round, _sitting, "lead manager hats doubled"),
    Row(cuts.judge_item, _judged, JUDGES),
    Row(cuts.list_cut_rounds, lambda _: _CUT_OF, f"{JUDGES} hats operator"),
    Row(cuts.close_cut_round, _round, "lead manager hats doubled"),
)

# ---------------------------------------------------------------- observations


def _request(_: Stage) -> Given:
    asked = {"checklist_id": ChecklistId("C2"), "setting": Setting.ROLEPLAY, "asked_id": None}
    return {"programme_id": PROGRAMME, **asked, **NOW_}


def _partners_request(stage: Stage) -> Given:
    asked = {"checklist_id": ChecklistId("C9"), "setting": Setting.ROLEPLAY, "asked_id": stage.person_of("fellow")}
    return {"programme_id": PROGRAMME, **asked, **NOW_}


def _frame(relation: Relation) -> Any:
    def given(stage: Stage) -> Given:
        return _person(
            stage,
            checklist_id=FORM_OF[relation],
            setting="roleplay",
            stage="lead_part",
            scenario_id=None,
            session_code="G1",
            relation=relation,
            counts=False,
            has_co_leader=True,
        )

    return given


def _opened(stage: Stage) -> ObservationOpened:
    return open_form(stage.world)


def _pair(stage: Stage) -> Given:
    """Two trainees of the trainer, who lead a session together."""
    people = (stage.person_id, stage.house.stage().person_id)
    leaders = tuple(observations.Leader(person_id, PartLed.LEAD_PART) for person_id in people)
    about = {"leaders": leaders, "programme_id": PROGRAMME, "checklist_id": ChecklistId("C7")}
    return {**about, "session_code": "RIV-A 5", "counts": True, **NOW_}


def _begun(stage: Stage, **more: Any) -> Given:
    return {"opened_id": _opened(stage).fact_id, **more}


def _ticks(stage: Stage) -> Given:
    return _begun(stage, ticks=[(LineId("L1"), BehaviourId("D1.1-B1"), Seen.SEEN)], **NOW_)


def _ticked(stage: Stage) -> ObservationOpened:
    opened = _opened(stage)
    tick(stage.world, opened, ("L1", "D1.1-B1", Seen.SEEN))
    return opened


def _footer(stage: Stage) -> Given:
    words = {"global_rating": GlobalRating.PASS, "entrustment": 4, "strength": "", "next_step": ""}
    return {"opened_id": _ticked(stage).fact_id, **words, "confirms_harm": False, **NOW_}


def _watched(stage: Stage) -> ObservationOpened:
    opened = _ticked(stage)
    submit(stage.world, opened)
    return opened


def _partners_form(stage: Stage) -> Given:
    opened = open_form(stage.world, stage.cast["fellow"], relation=Relation.PARTNER)
    return {"opened_id": opened.fact_id, **NOW_}


def _partners_view(stage: Stage) -> Given:
    fellow = stage.cast["fellow"]
    opened = open_form(stage.world, fellow, relation=Relation.PARTNER)
    tick(stage.world, opened, ("L1", "D1.1-B1", Seen.SEEN), actor=fellow)
    submit(stage.world, opened, fellow)
    return {"opened_id": opened.fact_id}


def _target(stage: Stage) -> Given:
    observation = submit(stage.world, _ticked(stage))
    return {"target_id": observation.fact_id, "agrees": False, "note": "", **NOW_}


def _held(stage: Stage, **more: Any) -> Given:
    return {"record_id": hold_from_device(stage), **more}


OBSERVATIONS: Final = (
    Row(observations.request_observation, _request, f"{OWN} fellow there_trainee", (NotEnrolledError,)),
    Row(
        observations.request_observation,
        _partners_request,
        OWN,
        (NotEnrolledError, WrongInputError),
        when="of a fellow",
    ),
    Row(observations.open_observation, _frame(Relation.TRAINER), f"{RATER} operator", when="as trainer"),
    Row(observations.open_observation, _frame(Relation.SELF), OWN, when="as self"),
    Row(observations.open_observation, _frame(Relation.PARTNER), "fellow", when="as partner"),
    Row(observations.open_pair, _pair, f"{RATER} operator", (LedItError,)),
    Row(observations.load_form, _begun, RATER, when="begun"),
    Row(
        observations.load_form,
        lambda stage: {"opened_id": _watched(stage).fact_id},
        f"{OWN} {RATER} lead countersigner operator",
        when="submitted",
    ),
    Row(
        observations.load_form,
        _partners_view,
        f"fellow {OWN} {RATER} lead countersigner operator",
        when="submitted by a fellow",
    ),
    Row(observations.record_ticks, _ticks, RATER),
    Row(observations.answer_none_unhelpful, lambda stage: _begun(stage, **NOW_), RATER),
    Row(observations.answer_no_further, lambda stage: _begun(stage, **NOW_), RATER),
    Row(observations.answer_no_further, _partners_form, "fellow", when="of a partner"),
    Row(observations.answer_all_basic, lambda stage: _begun(stage, line_id=LineId("L1"), **NOW_), RATER),
    Row(observations.submit_observation, _footer, RATER),
    Row(observations.acknowledge, _target, OWN),
    Row(
        observations.receive_record,
        lambda stage: {"sent": send_from_device(stage), **NOW_},
        RATER,
        when="from a device",
    ),
    Row(observations.load_held, _held, "lead", (RaterOfItError,)),
    Row(
        observations.accept_held, lambda stage: _held(stage, reason="rater_confirms", **NOW_), "lead", (RaterOfItError,)
    ),
    Row(
        observations.set_aside_held, lambda stage: _held(stage, reason="too_unsure", **NOW_), "lead", (RaterOfItError,)
    ),
    Row(
        observations.adjudicate,
        lambda stage: {"chosen_id": see_apart(stage), "reason": AdjudicationReason.SAW_MORE, **NOW_},
        "lead",
        (RaterOfItError,),
    ),
)

# ---------------------------------------------------------------- interests


def _interest(stage: Stage) -> Given:
    return {"person_id": stage.person_id, "reason": InterestReason.KNOWN_PRIVATELY, **NOW_}


def _declared(stage: Stage) -> Given:
    found = interests.declare_interest(stage.store, stage.cast["trainer"], **_interest(stage))
    return {"interest_id": found.fact_id, **NOW_}


INTERESTS: Final = (
    Row(interests.declare_interest, _interest, f"{RATER} lead manager countersigner"),
    Row(interests.end_interest, _declared, "lead"),
    Row(
        interests.list_interests,
        lambda stage: {"person_id": stage.person_id},
        f"{OWN} {RATER} lead manager countersigner operator",
    ),
)

# ---------------------------------------------------------------- paper


class _SheetRow(Row):
    """A batch of one sheet: that its line is refused is how the use case says no."""

    def run(self, stage: Stage, actor: Actor, given: Mapping[str, Any]) -> Any:
        report = super().run(stage, actor, given)
        for line in report.lines:
            if line.refusal is not None:
                raise line.refusal
        return report


def _sheet(stage: Stage) -> Given:
    programme = stage.store.programme(PROGRAMME, 1)
    cells = {
        "form": new_form_code(),
        "checklist": "C2",
        "content": content_code(programme, programme.checklist_by_id[ChecklistId("C2")]),
        "trainee": person_code(stage.person_id),
        "observer": person_code(stage.cast["trainer"].person_id),
        "day": f"{TODAY}",
        "setting": "roleplay",
        "counts": "n",
        "L1/D1.1-B1": "s",
        "overall": "3",
        "help": "4",
    }
    content = f"{','.join(cells)}\n{','.join(cells.values())}\n".encode()
    return {"content": content, "saw": (), "is_dry": False, **NOW_}


PAPER: Final = (_SheetRow(paper.take_over, _sheet, "trainer doubled lead operator", (OtherRaterError,)),)

# ---------------------------------------------------------------- calibrating


def _scene(_: Stage) -> Given:
    return {"programme_id": PROGRAMME, "version_no": 1, "vignette_id": VignetteId("calm"), "ticks": {}, **NOW_}


CALIBRATING: Final = (
    Row(
        calibrating.list_rounds,
        lambda _: {"programme_id": PROGRAMME},
        "trainer other_trainer lead there_trainer there_lead hats doubled operator",
    ),
    Row(
        calibrating.rate_vignette,
        _scene,
        "trainer other_trainer lead there_trainer there_lead hats doubled",
    ),
)

# ---------------------------------------------------------------- holds


def _hold(stage: Stage) -> FactId:
    observe_harm(stage.world)
    return stage.store.list_facts(Hold, stage.person_id)[0].fact_id


def _harm_in_practice(stage: Stage) -> Given:
    observation = observe_harm(stage.world, setting=Setting.ROLEPLAY, counts=False)
    return {"observation_id": observation.fact_id, "procedure_followed": True, **NOW_}


HOLDS: Final = (
    Row(holds.withdraw_slip, lambda stage: {"hold_id": _hold(stage), **NOW_}, RATER),
    Row(
        holds.lift_hold,
        lambda stage: {"hold_id": _hold(stage), "reason": LiftReason.RETRAINED, **NOW_},
        "safeguarding deputy",
    ),
    Row(holds.record_debrief, _harm_in_practice, f"{RATER} operator"),
)

# ---------------------------------------------------------------- decisions

DECIDERS: Final = "trainer doubled lead"


def _ready(stage: Stage, **more: Any) -> Given:
    stage.make_ready()
    return _person(stage, **more)


def _signed(stage: Stage) -> Given:
    return {"sign_off_id": stage.sign().fact_id, **NOW_}


def _disputed(stage: Stage) -> Given:
    signed = stage.sign().fact_id
    observations.acknowledge(stage.store, stage.trainee, signed, agrees=False, note="", now=NOW)
    return {"sign_off_id": signed, **NOW_}


def _looked_at(stage: Stage) -> Given:
    disputed = _disputed(stage)
    decisions.give_second_look(stage.store, stage.cast["lead"], disputed["sign_off_id"], None, now=NOW)
    return disputed


SEERS: Final = f"{OWN} {DECIDERS} manager countersigner operator"

DECISIONS: Final = (
    Row(decisions.prepare_case, _ready, f"{OWN} {DECIDERS} countersigner operator"),
    Row(
        decisions.sign_off,
        lambda stage: _ready(stage, levels=dict(LEVELS), note=""),
        DECIDERS,
        (NotDecidableError,),
    ),
    Row(decisions.decline, lambda stage: _ready(stage, note=""), DECIDERS, (NotDecidableError,)),
    Row(
        decisions.ask_decision,
        lambda stage: _ready(stage) and {"programme_id": PROGRAMME, **NOW_},
        OWN,
        (NotDecidableError, NotEnrolledError),
    ),
    Row(reshowing.reshow, lambda stage: {"sign_off_id": stage.sign().fact_id}, SEERS),
    Row(decisions.see_sign_offs, lambda stage: _signed(stage) and _person(stage), SEERS),
    Row(decisions.see_sign_offs, lambda stage: _disputed(stage) and _person(stage), SEERS, when="disputed"),
    Row(
        decisions.give_second_look,
        lambda stage: _disputed(stage) | {"levels": dict(LEVELS)},
        "lead countersigner",
        (NotDecidableError,),
    ),
    Row(
        decisions.settle_dispute,
        lambda stage: _looked_at(stage) | {"outcome": "first_stands", "reason": AdjudicationReason.SAW_MORE},
        "countersigner",
        (NotDecidableError,),
    ),
    Row(decisions.countersign, _signed, "lead countersigner", (NotDecidableError,)),
    Row(
        decisions.revoke,
        lambda stage: _signed(stage) | {"reason": RevokeReason.EVIDENCE_WRONG},
        "lead doubled",
    ),
)

# ---------------------------------------------------------------- appeals


def _rating(stage: Stage) -> FactId:
    return submit(stage.world, _ticked(stage)).fact_id


def _appealed(stage: Stage, target_id: FactId) -> FactId:
    given = {"ground": AppealGround.NOT_NEUTRAL, "note": "", "now": NOW}
    return appeals.make_appeal(stage.store, stage.trainee, target_id, **given).fact_id


def _appeal_on(target: Any) -> Any:
    return lambda stage: {"appeal_id": _appealed(stage, target(stage)), **NOW_}


def _judged(target: Any) -> Any:
    outcome = {"outcome": AppealOutcome.DISMISSED, "finding": AppealFinding.STANDS}
    return lambda stage: _appeal_on(target)(stage) | outcome


INVOLVED: Final = (InvolvedError,)

APPEALS: Final = (
    Row(
        appeals.list_appealable,
        lambda _: {"programme_id": PROGRAMME, **NOW_},
        f"{OWN} fellow there_trainee",
        (NotEnrolledError,),
    ),
    Row(
        appeals.make_appeal,
        lambda stage: {"target_id": _rating(stage), "ground": AppealGround.NOT_NEUTRAL, "note": "", **NOW_},
        OWN,
    ),
    Row(appeals.see_target, lambda stage: {"target_id": _rating(stage), **NOW_}, OWN),
    Row(appeals.withdraw_appeal, _appeal_on(_rating), OWN),
    Row(appeals.prepare_appeal, _appeal_on(_rating), f"{OWN} lead doubled", when="on a rating"),
    Row(appeals.prepare_appeal, _appeal_on(_hold), f"{OWN} safeguarding deputy doubled", when="on a hold"),
    Row(appeals.decide_appeal, _judged(_rating), "lead", INVOLVED, when="on a rating"),
    Row(appeals.decide_appeal, _judged(_hold), "safeguarding deputy", INVOLVED, when="on a hold"),
    Row(
        appeals.list_appeal_notices,
        lambda _: {"hub_id": HERE, **NOW_},
        "manager hats doubled admin operator",
    ),
)

# ---------------------------------------------------------------- learning


def _session(stage: Stage) -> Given:
    return _person(stage, session_id="T1", presence=Presence.PRESENT, minutes=90, held_on=TODAY)


def _certificate(stage: Stage) -> Given:
    days = {"issued_on": TODAY, "expires_on": TODAY.replace(year=2027)}
    return _person(stage, certificate_id=CertificateId("safeguarding"), **days)


def _supervision(stage: Stage) -> Given:
    by = stage.person_of("trainer")
    return _person(stage, minutes=45, mode=Mode.PHONE, held_on=TODAY, supervisor_id=by)


def _calibration(stage: Stage) -> Given:
    person_id = stage.person_of("trainer")
    return {"person_id": person_id, "programme_id": PROGRAMME, "is_passed": True, "taken_on": TODAY, **NOW_}


def _summary(stage: Stage) -> Given:
    return _person(stage, group_code="RIV-A", mean_hundredths=420, n_answers=5, held_on=TODAY)


def _entry(stage: Stage) -> Given:
    entry: Attendance = learning.record_attendance(stage.store, stage.cast["trainer"], **_session(stage))
    return {"target_id": entry.fact_id, "reason": CorrectionReason.WRONG_PERSON, **NOW_}


def _module(stage: Stage, **more: Any) -> Given:
    return {"programme_id": PROGRAMME, "module_id": ModuleId("M1"), **NOW_, **more}


def _topics(stage: Stage) -> Given:
    return {"person_id": stage.person_id, "programme_id": PROGRAMME}


def _refresher(_: Stage) -> Given:
    answer = {"item_id": ItemId("m1-p-0"), "chosen": (0,), "text": ""}
    return {"programme_id": PROGRAMME, "section_id": SECTIONS[0], **answer, **NOW_}


def _visit_of_a_fellow(stage: Stage) -> Given:
    visit = {"watched": "RIV-B", "note": "", "watched_on": TODAY, "other_id": stage.person_of("fellow")}
    return {"programme_id": PROGRAMME, **visit, **NOW_}


LEARNERS: Final = f"{OWN} fellow there_trainee"
ENROLLED: Final = (NotEnrolledError,)

LEARNING: Final = (
    Row(learning.record_progress, lambda stage: _module(stage, step=0, is_read=False), LEARNERS, ENROLLED),
    Row(learning.record_reflection, lambda stage: _module(stage, note="I waited."), LEARNERS, ENROLLED),
    Row(
        learning.record_peer_model,
        lambda _: {"programme_id": PROGRAMME, "watched": "RIV-B", "note": "", "watched_on": TODAY, **NOW_},
        LEARNERS,
        ENROLLED,
    ),
    Row(learning.list_topics, _topics, f"{OWN} {RATER} lead operator"),
    Row(learning.list_due, lambda _: {"programme_id": PROGRAMME, **NOW_}, LEARNERS, ENROLLED),
    Row(learning.next_question, lambda _: {"programme_id": PROGRAMME, "section_id": SECTIONS[0]}, LEARNERS, ENROLLED),
    Row(learning.record_refresher, _refresher, LEARNERS, ENROLLED),
    Row(learning.record_peer_model, _visit_of_a_fellow, OWN, (NotEnrolledError, WrongInputError), when="of a fellow"),
    Row(learning.record_attendance, _session, WRITERS),
    Row(
        learning.record_prerequisite,
        lambda stage: _person(stage, prerequisite_id=PrerequisiteId("references"), seen_on=TODAY),
        WRITERS,
    ),
    Row(learning.record_certificate, _certificate, WRITERS),
    Row(learning.record_supervision, _supervision, WRITERS),
    Row(learning.record_group_delivered, lambda s: _person(s, group_code="RIV-A", held_on=TODAY), WRITERS),
    Row(learning.record_participant_summary, _summary, WRITERS),
    Row(learning.record_calibration, _calibration, "lead hats operator"),
    Row(learning.correct, _entry, RATER),
)

# ---------------------------------------------------------------- programmes


def _programme(stage: Stage) -> Given:
    programme = make_programme(head=make_head(version=f"1.{stage.house.n_trainees}.0"))
    return {"programme": programme, "bundle": to_bundle(programme), **NOW_}


def _version(stage: Stage) -> Given:
    new = _programme(stage)
    version_no = stage.store.publish(new["programme"], new["bundle"])
    named = {"approver_name": "Dr Reed", "qualification": "Designated lead"}
    return {"programme_id": PROGRAMME, "version_no": version_no, **named, **NOW_}


def _hub_with_contacts(stage: Stage) -> Given:
    for kind in (ContactKind.SAFEGUARDING_LEAD, ContactKind.EMERGENCY):
        set_contact(stage.store, THE_OPERATOR, HERE, kind, title="On call", phone="020 7946 0000", now=NOW)
    version = _version(stage)
    programmes.approve_safeguarding_text(stage.store, stage.cast["safeguarding"], **version)
    return {"programme_id": PROGRAMME, "version_no": version["version_no"], "hub_id": HERE, **NOW_}


PROGRAMMES: Final = (
    Row(programmes.publish_programme, _programme, PUBLISHERS),
    Row(
        programmes.approve_safeguarding_text,
        _version,
        "safeguarding deputy there_safeguarding there_deputy hats doubled operator",
    ),
    Row(programmes.activate_programme, _hub_with_contacts, "lead manager hats doubled operator"),
)

# ---------------------------------------------------------------- a hub's year


def _leaver(stage: Stage) -> Given:
    n = stage.house.n_trainees
    leaver = stage.house.hire(f"leaver_{n}", Office.TRAINER, HERE)
    assign_trainer(stage.store, THE_OPERATOR, stage.person_id, leaver.person_id, NOW)
    del stage.house.cast[f"leaver_{n}"]
    return {"grant_id": list_grants(stage.store, leaver.person_id, NOW)[0].fact_id, **NOW_}


def _handed(stage: Stage) -> Given:
    given = _leaver(stage)
    handings = leaving.prepare_leaving(stage.store, THE_OPERATOR, **given)
    return given | {"choices": {each.work.target_id: None for each in handings}}


def _cohort(stage: Stage) -> Given:
    cohort = open_cohort(
        stage.store, THE_OPERATOR, HERE, PROGRAMME, "Short", starts_on=TODAY, active_version_no=1, now=NOW
    )
    return {"cohort_id": cohort.cohort_id, **NOW_}


HUB_YEAR: Final = (
    Row(leaving.prepare_leaving, _leaver, "manager hats doubled admin operator"),
    Row(leaving.hand_over, _handed, "manager hats doubled admin operator"),
    Row(closing.prepare_closing, _cohort, "manager hats doubled operator"),
    Row(closing.close_cohort, lambda stage: _cohort(stage) | {"outcomes": {}}, "manager hats doubled operator"),
)


def _next_report(stage: Stage) -> Given:
    report_no = len(stage.store.list_facts(ReportIssued, hub_id=HERE)) + 1
    return {"hub_id": HERE, "programme_id": PROGRAMME, "report_no": report_no, "content": "{}", **NOW_}


def _reports(stage: Stage) -> Given:
    reports.issue_report(stage.store, THE_OPERATOR, **_next_report(stage))
    return {"hub_id": HERE}


REPORTS: Final = (
    Row(reports.issue_report, _next_report, "manager hats doubled operator"),
    Row(reports.list_reports, _reports, "manager hats doubled funder operator"),
)

ROWS: Final = (
    *QUIZZES,
    *CUTS,
    *OBSERVATIONS,
    *INTERESTS,
    *PAPER,
    *CALIBRATING,
    *HOLDS,
    *DECISIONS,
    *APPEALS,
    *LEARNING,
    *PROGRAMMES,
    *HUB_YEAR,
    *support_rows.ROWS,
    *REPORTS,
)

OF_ONESELF: Final = {
    "appeals.cases.list_own_appeals": "the actor's own appeals",
    "appeals.cases.list_open_appeals": "the appeals that the actor's offices decide, as prepare_appeal says",
    "decisions.asking.see_asked": "the actor's own wish for a decision",
    "observations.pairs.list_beside": "the forms that the actor has begun about the same session, and no others",
    "observations.forms.list_open_forms": "the forms that the actor has begun, and no others",
    "attempts.new_scores.list_new_scores": "the actor's own results, as review_attempt says",
    "attempts.sittings.list_sittings": "the sittings that the actor watches, and no others",
}
"""Use cases that name nobody but the actor: `test_use_cases_about_oneself` says what each gives away."""

WITHOUT_ACTOR: Final = {
    "interests.list_declared": "part of list_interests and of who may decide on an appeal",
    "interests.find_interest": "part of what asks whether somebody may judge a person",
    "appeals.evidence.gather_evidence": "part of prepare_appeal and see_target",
    "appeals.targets.list_targets": "part of list_appealable and make_appeal",
    "appeals.targets.counts_still": "a rule about changes",
    "appeals.targets.get_target": "part of make_appeal",
    "appeals.involved.list_deciders": "part of prepare_appeal",
    "appeals.involved.find_involved": "part of prepare_appeal and decide_appeal",
    "appeals.cases.state_of": "part of prepare_appeal",
    "appeals.cases.decision_id": "a rule about ids",
    "appeals.cases.find_decision": "part of prepare_appeal",
    "appeals.cases.is_open_hold": "a rule about changes",
    "appeals.cases.record_of": "a rule about records",
    "decisions.histories.find_asked": "part of prepare_case and ask_decision",
    "decisions.histories.find_dispute": "a rule about sign-offs",
    "decisions.histories.find_former": "a rule about sign-offs",
    "decisions.histories.find_owed": "a rule about sign-offs",
    "decisions.histories.find_revocation": "a rule about changes",
    "decisions.histories.list_histories": "part of prepare_case and see_sign_offs",
    "decisions.histories.read_answer": "part of prepare_case and see_sign_offs",
    "decisions.deciding.read_levels": "a rule about levels",
    "decisions.separation.list_near_raters": "part of prepare_case",
    "decisions.separation.list_separations": "part of prepare_case",
    "attempts.starting.attempt_window": "counts of a quiz; whoever draws it has asked for the right to see before",
    "attempts.starting.find_practice": "a form that is open; whoever draws it has asked for the right to see before",
    "attempts.results.attempt_id": "a rule about ids",
    "attempts.results.corrections_for": "part of every scoring",
    "attempts.results.current_attempt": "part of load_sheet, submit_attempt and review_attempt",
    "attempts.results.first_attempt": "part of submit_attempt",
    "attempts.results.given_by": "a rule about responses",
    "attempts.results.items_of": "a rule about forms",
    "attempts.results.late_responses": "part of load_sheet and review_attempt",
    "attempts.results.marks_for": "part of every scoring",
    "attempts.results.newest_responses": "part of load_sheet and review_attempt",
    "attempts.results.programme_of": "part of every use case about a form",
    "attempts.results.score_started": "part of submit_attempt, mark_text and correct_key",
    "attempts.sheets.sheet_of": "part of load_sheet",
    "attempts.sheets.standing_of": "a rule about responses",
    "attempts.sheets.tells_at_once": "a rule about items",
    "attempts.sittings.find_sitting": "part of start_attempt",
    "attempts.sittings.is_open": "part of start_attempt and list_sittings",
    "attempts.sittings.time_allowed": "how long a quiz is; whoever draws it has asked for the right to see before",
    "observations.forms.load_answers": "part of load_form and submit_observation",
    "calibrating.agreement_needed": "a rule about programmes",
    "calibrating.may_begin_at": "a rule about rounds",
    "observations.adjudicating.list_adjudicators": "part of who may decide on an appeal",
    "observations.forms.find_observation": "part of load_form",
    "learning.refreshing.questions_for": "a rule about programmes",
    "learning.seen.check_group_code": "a rule about text",
    "access.get_enrolment": "part of what every use case begins with",
    "access.is_fellow": "says who trains with whom, and nothing else",
    "access.get_running_enrolment": "part of what every use case begins with",
    "access.has_left": "part of what every use case begins with",
    "closing.hash_board": "a rule about hashes",
    "closing.list_fitting": "a rule about outcomes",
    "closing.list_kept": "a rule about days",
    "access.get_programme": "part of what every use case begins with",
    "access.get_part": "part of what every use case begins with",
    "access.is_void": "part of what every use case begins with",
    "access.get_fact": "part of what every use case begins with",
    "access.record_once": "part of what every use case ends with",
    "access.read_code": "a rule about text",
    "access.tidy_text": "a rule about text",
    "access.tidy_code": "a rule about text",
    "dates.instant_on": "a rule about days",
    "dates.check_lateness": "a rule about days",
    "dates.check_minutes": "a rule about minutes",
    "access.had_left": "a rule about the clock",
    "observations.forms.check_answers": "a rule about answers",
    "observations.forms.fill_form": "puts answers into a form, and reads none",
    "observations.opening.tidy_frame": "a rule about forms",
    "observations.submitting.check_entrustment": "a rule about answers",
    "observations.submitting.judge_form": "makes facts and records none",
    **support_rows.WITHOUT_ACTOR,
}
"""Functions that are told of no actor, and why they need none."""

PARTS: Final = {
    "interests.require_disinterested": "asks whether somebody may judge a person",
    "observations.opening.draft_form": "part of open_observation and open_pair, which record it",
    "appeals.involved.may_decide_kind": "asks for a right",
    "decisions.cases.why_not_look": "asks for a right",
    "decisions.cases.why_not_settle": "asks for a right",
    "decisions.seeing.is_blind": "a rule about who knows",
    "decisions.seeing.show_to": "a rule about who knows",
    "decisions.separation.has_observed": "a rule about who was there",
    "decisions.separation.has_supervised": "a rule about who was there",
    "decisions.separation.why_not_second": "asks for a right",
    "decisions.separation.why_not_signer": "asks for a right",
    "decisions.separation.why_too_near": "a rule about who was there",
    "access.require": "asks for a right",
    "access.require_own": "asks for a right",
    "access.require_then": "asks for a right",
    "access.require_other": "asks for a right",
    "access.require_named": "asks for a right",
    "amending.amend": "makes a fact and records none",
    "cuts.takes_quiz": "part of judge_item",
    "attempts.results.replacing": "makes facts and records none",
    "attempts.results.scored_anew": "makes a fact and records none",
    "observations.adjudicating.require_sighted": "asks for a right",
    "observations.forms.require_own_form": "asks for a right",
    "observations.raters.require_rater": "asks for a right",
    **support_rows.PARTS,
}
"""Functions that are told of the actor and are a part of the use cases in the rows."""
