"""A trainee's week beside learning and practice: proofs, visits, supervision, and time that stops."""

from datetime import date, datetime, timedelta
from typing import Final

from analytics.simulation.ability import REVIEWED
from analytics.simulation.calendar import Week
from analytics.simulation.persons import Trainee
from analytics.simulation.phrases import VISITS
from assessments.facts import Certificate, Milestone, MilestoneKind, Mode, ParticipantSummary, Supervision
from assessments.sign_off import add_months
from curriculum.ids import CertificateId
from people.facts import ClockChange, ClockReason, Pause
from people.ids import derived_fact_id
from people.models import PersonId

BRINGS: Final = 0.85
"""The chance that a proof is there in the first weeks; in later weeks it comes now and then."""

COMES_LATER: Final = 0.06
RENEWS: Final = 0.4
VISITS_A_PEER: Final = 0.16
LEAVES: Final = 0.0035
PAUSES: Final = 0.004
RETURNS: Final = 0.14
"""Chances a week. Leaving and pausing are more frequent where supervision is short."""

MEETS_EVERY: Final = 14
_SHORT: Final = 20
_WHY_PAUSED: Final = (ClockReason.NO_TIME, ClockReason.OWN_WISH, ClockReason.OTHER)
_WHY_LEFT: Final = (ClockReason.OWN_WISH, ClockReason.NO_TIME, ClockReason.MOVED_AWAY)


def keep_time(trainee: Trainee, week: Week) -> None:
    """Let a trainee pause, return or leave."""
    if trainee.flaws.is_planted or trainee.clock == ClockChange.WITHDRAWN:
        return
    draw = trainee.rng.random()
    if trainee.clock == ClockChange.PAUSED:
        if draw < RETURNS:
            _change_clock(trainee, week, ClockChange.RESUMED, ClockReason.BACK)
        return
    strain = 1.0 + 1.5 * (1.0 - trainee.hub.supply)
    if draw < LEAVES * strain:
        _change_clock(trainee, week, ClockChange.WITHDRAWN, trainee.rng.choice(_WHY_LEFT))
    elif draw < (LEAVES + PAUSES) * strain:
        _change_clock(trainee, week, ClockChange.PAUSED, trainee.rng.choice(_WHY_PAUSED))


def _change_clock(trainee: Trainee, week: Week, change: ClockChange, reason: ClockReason) -> None:
    pause = Pause(
        fact_id=derived_fact_id(trainee.enrolment.fact_id, f"clock/{trainee.n_clock_changes}"),
        person_id=trainee.person_id,
        actor_id=trainee.hub.manager,
        occurred_at=week.at(0, 9 + trainee.rng.random()),
        programme_id=trainee.course.programme_id,
        change=change,
        reason=reason,
    )
    trainee.clock = change
    trainee.n_clock_changes += 1
    trainee.pen.write(pause)


def support(trainee: Trainee, week: Week) -> None:
    """Live a week of proofs, visits and supervision."""
    n = trainee.week_of_training(week)
    _bring_prerequisites(trainee, week, n)
    for certificate_id in trainee.path.certificates:
        _bring_certificate(trainee, week, certificate_id)
    if n >= 3 and trainee.n_visits < trainee.path.n_peer_visits and trainee.rng.random() < VISITS_A_PEER:
        visit_a_peer(trainee, week)
    if trainee.practises:
        _meet(trainee, week)
        _lead_groups(trainee, week)


def _milestone(
    trainee: Trainee, kind: MilestoneKind, what: str, at: datetime, *, actor_id: PersonId, note: str = ""
) -> None:
    milestone = Milestone(
        fact_id=trainee.new_id(at),
        person_id=trainee.person_id,
        actor_id=actor_id,
        occurred_at=at,
        programme_id=trainee.course.programme_id,
        kind=kind,
        what=what,
        note=note,
    )
    trainee.pen.write(milestone)


# ---------------------------------------------------------------- proofs


def _bring_prerequisites(trainee: Trainee, week: Week, n: int) -> None:
    for prerequisite_id, least in trainee.path.prerequisites:
        while trainee.seen_before_start[prerequisite_id] < least:
            if trainee.rng.random() >= (0.97 if n <= 1 else COMES_LATER):
                break
            trainee.seen_before_start[prerequisite_id] += 1
            at = week.at(1, 9 + trainee.rng.random())
            trainer = trainee.trainer.person_id
            _milestone(trainee, MilestoneKind.PREREQUISITE, prerequisite_id, at, actor_id=trainer)


def _bring_certificate(trainee: Trainee, week: Week, certificate_id: CertificateId) -> None:
    """Bring a certificate that is missing; renew one that runs out within a month."""
    until = trainee.certificates.get(certificate_id)
    if until is not None:
        is_left_to_expire = trainee.flaws.expires == certificate_id
        if not is_left_to_expire and until < week.last_day + timedelta(days=30) and trainee.rng.random() < RENEWS:
            _see_certificate(trainee, week, certificate_id, week.first_day)
        return
    first_weeks = trainee.week_of_training(week) <= 2
    if trainee.flaws.is_planted or trainee.rng.random() < (BRINGS if first_weeks else COMES_LATER):
        _see_certificate(trainee, week, certificate_id, _issued_on(trainee, week, certificate_id))


def _issued_on(trainee: Trainee, week: Week, certificate_id: CertificateId) -> date:
    flaws = trainee.flaws
    months = _months(trainee, certificate_id)
    if flaws.expires == certificate_id and flaws.expires_on is not None:
        return add_months(flaws.expires_on, -months)
    days = round(months * 30.4 * trainee.rng.uniform(0.02, 0.75))
    return week.first_day - timedelta(days=days)


def _months(trainee: Trainee, certificate_id: CertificateId) -> int:
    kinds = trainee.course.programme.head.certificates
    return next(kind.months for kind in kinds if kind.id == certificate_id)


def _see_certificate(trainee: Trainee, week: Week, certificate_id: CertificateId, issued_on: date) -> None:
    seen_at = week.at(3, 11 + trainee.rng.random())
    certificate = Certificate(
        fact_id=trainee.new_id(seen_at),
        person_id=trainee.person_id,
        actor_id=trainee.trainer.person_id,
        occurred_at=trainee.calendar.noon(issued_on),
        certificate_id=certificate_id,
        issued_on=issued_on,
        expires_on=add_months(issued_on, _months(trainee, certificate_id)),
    )
    trainee.certificates[certificate_id] = certificate.expires_on
    trainee.pen.write(certificate, seen_at)


# ---------------------------------------------------------------- peers, groups, supervision


def visit_a_peer(trainee: Trainee, week: Week) -> None:
    """Watch an experienced leader."""
    if not trainee.is_running:
        return
    trainee.n_visits += 1
    at = week.at(6, 17 + trainee.rng.random())
    what = f"Visit week {week.number}"
    note = trainee.rng.choice(VISITS)
    _milestone(trainee, MilestoneKind.PEER_MODEL, what, at, actor_id=trainee.person_id, note=note)


def _lead_groups(trainee: Trainee, week: Week) -> None:
    """Finish a whole group, and get the feedback of one, where the programme asks for it."""
    rng = trainee.rng
    has_led = trainee.n_live >= 2
    at = week.at(6, 18 + rng.random())
    if has_led and trainee.n_groups < trainee.path.n_groups and rng.random() < 0.15:
        trainee.n_groups += 1
        what = f"Season of week {week.number}"
        _milestone(trainee, MilestoneKind.GROUP_DELIVERED, what, at, actor_id=trainee.trainer.person_id)
    if has_led and trainee.n_summaries < trainee.path.n_summaries and rng.random() < 0.2:
        trainee.n_summaries += 1
        summary = ParticipantSummary(
            fact_id=trainee.new_id(at),
            person_id=trainee.person_id,
            actor_id=trainee.trainer.person_id,
            occurred_at=at,
            programme_id=trainee.course.programme_id,
            group_code=f"Group week {week.number}",
            mean_hundredths=rng.randint(310, 490),
            n_answers=rng.randint(3, 10),
        )
        trainee.pen.write(summary)


def _meet(trainee: Trainee, week: Week) -> None:
    """Meet the supervisor every other week, as far as the hub has time; a meeting that fell out is due again."""
    last = trainee.last_supervised
    if last is not None and (week.first_day + timedelta(days=4) - last).days < MEETS_EVERY:
        return
    trainee.hub.n_offered += 1
    if trainee.rng.random() >= trainee.hub.supply:
        return
    trainee.hub.n_held += 1
    at = week.at(4, 16 + trainee.rng.random())
    rng = trainee.rng
    supervisor = trainee.raters[rng.randrange(len(trainee.raters))].person_id
    least = trainee.path.support.min_minutes
    minutes = _SHORT if rng.random() < 0.04 else rng.choice((max(least, 30), max(least, 45), 60))
    supervision = Supervision(
        fact_id=trainee.new_id(at),
        person_id=trainee.person_id,
        actor_id=supervisor,
        occurred_at=at,
        programme_id=trainee.course.programme_id,
        supervisor_id=supervisor,
        minutes=minutes,
        mode=rng.choice((Mode.IN_PERSON, Mode.IN_PERSON, Mode.PHONE, Mode.VIDEO, Mode.GROUP)),
    )
    trainee.supervisors.add(supervisor)
    trainee.last_supervised = week.first_day + timedelta(days=4)
    trainee.ability.grow(range(len(trainee.ability.now)), REVIEWED)
    trainee.pen.write(supervision)
