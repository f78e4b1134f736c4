"""A cohort's week of supervised practice: role-plays one by one, group sessions in pairs, and what harm leads to."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from analytics.simulation.ability import LED, PLAYED, REVIEWED
from analytics.simulation.calendar import Week
from analytics.simulation.forms import Frame, fill_in
from analytics.simulation.path import Occasion
from analytics.simulation.persons import Cohort, Trainee
from analytics.simulation.watching import Rater, perform
from assessments.facts import Debrief, Hold, Observation, ObservationRequest, Relation
from assessments.reasons import LiftReason
from assessments.service.amending import amend
from curriculum.ids import ScenarioId
from curriculum.models import Checklist, Setting
from people.facts import Change, FactId
from people.ids import derived_fact_id
from people.models import Actor, PersonId

RATED_TWICE: Final = 0.15
FORMATIVE: Final = 0.1
ALONE: Final = 0.02
ASKS: Final = 0.3
REFRESH_WEEKS: Final = {Setting.ROLEPLAY: 30, Setting.SUPERVISION: 16}
"""After so many weeks who is signed off plans to be seen in a setting again."""

REFRESHES: Final = 0.25
SLIP: Final = 0.05
WAITS_WEEKS: Final = 8
UPKEEP_WEEKS: Final = 11
"""Weeks between two watched sessions of who waits for a decision, and of who is signed off."""


def practise(cohort: Cohort, week: Week) -> None:
    """Let a cohort practise for a week."""
    able = [trainee for trainee in cohort.trainees if _may_practise(trainee, week)]
    leading: list[Trainee] = []
    for trainee in able:
        _refresh(trainee, week)
        if _is_due_to_lead(trainee, week):
            leading.append(trainee)
        elif occasion := trainee.flaws.harmful(week):
            _be_watched_alone(trainee, week, occasion)
        elif trainee.to_show and trainee.to_show[0].setting != Setting.LIVE:
            _practise_alone(trainee, week)
    for place in range(0, len(leading), 2):
        _lead_together(leading[place : place + 2], week, able, letter=chr(ord("A") + place // 2))


def _may_practise(trainee: Trainee, week: Week) -> bool:
    if trainee.flaws.harmful(week) is not None:
        return True
    if not trainee.is_running or trainee.holds or trainee.week_of_training(week) < 1:
        return False
    return trainee.n_modules_read * 2 >= len(trainee.path.modules)


def _is_due_to_lead(trainee: Trainee, week: Week) -> bool:
    planted = trainee.flaws.harmful(week)
    if planted is not None:
        return planted.setting == Setting.LIVE
    if trainee.to_show:
        is_read = trainee.n_modules_read * 4 >= len(trainee.path.modules) * 3
        return trainee.to_show[0].setting == Setting.LIVE and is_read and trainee.gets_round()
    rested = week.number - trainee.last_weeks[Setting.LIVE]
    due = WAITS_WEEKS if trainee.valid_until is None else UPKEEP_WEEKS
    return bool(trainee.path.occasions_in(Setting.LIVE)) and rested >= due and trainee.gets_round()


def _refresh(trainee: Trainee, week: Week) -> None:
    """Let who is signed off plan role-plays and reviews anew before the last ones are too old to count."""
    if trainee.valid_until is None or trainee.to_show:
        return
    for setting, weeks in REFRESH_WEEKS.items():
        rested = week.number - trainee.last_weeks[setting]
        if rested >= weeks and trainee.rng.random() < REFRESHES:
            trainee.last_weeks[setting] = week.number
            trainee.to_show.extend(trainee.path.occasions_in(setting))


# ---------------------------------------------------------------- role-plays and reviews


def _practise_alone(trainee: Trainee, week: Week) -> None:
    occasion = trainee.to_show[0]
    if not trainee.gets_round(0.9):
        if trainee.rng.random() < ASKS and not trainee.has_asked:
            _ask(trainee, week, occasion)
        return
    trainee.to_show.popleft()
    if not _be_watched_alone(trainee, week, occasion):
        trainee.to_show.appendleft(occasion)


def _be_watched_alone(trainee: Trainee, week: Week, occasion: Occasion) -> bool:
    at = week.at(4, 9 + 7 * trainee.rng.random())
    is_passed = _be_watched(trainee, week, occasion, at, f"Round {week.number}", has_co_leader=True)
    trainee.last_weeks[occasion.setting] = week.number
    share = PLAYED if occasion.setting == Setting.ROLEPLAY else REVIEWED
    trainee.ability.grow(trainee.course.domains_on(occasion.checklists, occasion.setting), share)
    return is_passed


def _ask(trainee: Trainee, week: Week, occasion: Occasion) -> None:
    at = week.at(0, 19 + trainee.rng.random())
    request = ObservationRequest(
        fact_id=trainee.new_id(at),
        person_id=trainee.person_id,
        actor_id=trainee.person_id,
        occurred_at=at,
        programme_id=trainee.course.programme_id,
        checklist_id=occasion.checklists[0].id,
        setting=occasion.setting,
        asked_id=trainee.rng.choice((None, trainee.trainer.person_id)),
    )
    trainee.has_asked = True
    trainee.pen.write(request)


# ---------------------------------------------------------------- group sessions


def _lead_together(pair: Sequence[Trainee], week: Week, fellows: Sequence[Trainee], letter: str) -> None:
    """Two lead a session; one alone leads it with an experienced leader."""
    rng = pair[0].rng
    at = week.at(5, 9 + 5 * rng.random())
    code = f"Group {letter} week {week.number}"
    for trainee in pair:
        occasion = trainee.flaws.harmful(week) or _next_live(trainee)
        has_co_leader = len(pair) > 1 or trainee.flaws.is_planted or trainee.rng.random() >= ALONE
        is_passed = _be_watched(trainee, week, occasion, at, code, has_co_leader=has_co_leader)
        trainee.n_live += 1
        trainee.last_weeks[Setting.LIVE] = week.number
        trainee.ability.grow(trainee.course.domains_on(occasion.checklists, Setting.LIVE), LED)
        if not is_passed:
            trainee.to_show.appendleft(occasion)
        partner = next((one for one in (*pair, *fellows) if one is not trainee), None)
        _evaluate(trainee, partner, occasion, code, at)


def _next_live(trainee: Trainee) -> Occasion:
    """Return what is to be shown next, or one of the sessions that keep somebody in practice."""
    if trainee.to_show and trainee.to_show[0].setting == Setting.LIVE:
        return trainee.to_show.popleft()
    live = trainee.path.occasions_in(Setting.LIVE)
    return live[-1 - trainee.n_live % len(live)]


def _evaluate(trainee: Trainee, partner: Trainee | None, occasion: Occasion, code: str, at: datetime) -> None:
    """Give the evaluations that the programme asks for: one's own, and the partner's."""
    evaluators: dict[Relation, PersonId | None] = {
        Relation.SELF: trainee.person_id,
        Relation.PARTNER: partner.person_id if partner is not None else None,
    }
    for relation, evaluator_id in evaluators.items():
        wanted = trainee.path.evaluations.get(relation, 0) - trainee.evaluations[relation]
        forms = [one for one in trainee.course.programme.forms_of(relation) if occasion.setting in one.settings]
        if wanted <= 0 or evaluator_id is None or not forms or not trainee.gets_round():
            continue
        frame = Frame(
            checklist=forms[0],
            setting=occasion.setting,
            stage=occasion.stage,
            scenario_id=None,
            session_code=code,
            counts=False,
            has_co_leader=True,
            relation=relation,
        )
        lenient = Rater(evaluator_id, -0.3, 0.0, at)
        later = at + timedelta(hours=3 + trainee.rng.random())
        fill_in(trainee, lenient, frame, perform(trainee.ability.now, trainee.rng), at=later)
        trainee.evaluations[relation] += 1


# ---------------------------------------------------------------- being watched


def _be_watched(
    trainee: Trainee, week: Week, occasion: Occasion, at: datetime, code: str, *, has_co_leader: bool
) -> bool:
    """Be watched on an occasion, at times by two raters; return whether all of them saw what was needed."""
    rng = trainee.rng
    performance = perform(trainee.ability.now, rng)
    first = trainee.raters[trainee.n_watched % len(trainee.raters)]
    raters = [first]
    if rng.random() < RATED_TWICE:
        raters += [rater for rater in trainee.raters if rater is not first][:1]
    trainee.n_watched += 1
    trainee.has_asked = False
    planted = trainee.flaws.harmful(week)
    counts = rng.random() >= FORMATIVE or planted is not None
    is_passed = counts and (occasion.setting != Setting.LIVE or has_co_leader)
    for checklist in occasion.checklists:
        scenario_id = _choose_scenario(trainee, checklist, occasion.setting)
        frame = Frame(
            checklist=checklist,
            setting=occasion.setting,
            stage=occasion.stage,
            scenario_id=scenario_id,
            session_code=code,
            counts=counts,
            has_co_leader=has_co_leader,
        )
        harm = trainee.flaws.harm if planted is not None else None
        seen = [fill_in(trainee, rater, frame, performance, at=at, harm=harm) for rater in raters]
        is_passed &= all(one.is_passed and not one.critical_unhelpful for one, _ in seen)
        for observation, holds in seen:
            if observation.critical_unhelpful:
                _deal_with_harm(trainee, week, observation, holds)
        if scenario_id is not None:
            trainee.played[checklist.id].append((scenario_id, is_passed))
        at += timedelta(minutes=3)
    return is_passed


def _choose_scenario(trainee: Trainee, checklist: Checklist, setting: Setting) -> ScenarioId | None:
    """Return a script that was not passed yet, rather another one than last time."""
    if setting != Setting.ROLEPLAY or not checklist.scenarios:
        return None
    played = trainee.played[checklist.id]
    passed = {scenario_id for scenario_id, is_passed in played if is_passed}
    last = played[-1][0] if played else None
    return min(checklist.scenarios, key=lambda one: (one in passed, one == last, checklist.scenarios.index(one)))


# ---------------------------------------------------------------- harm


def _deal_with_harm(trainee: Trainee, week: Week, observation: Observation, holds: Sequence[Hold]) -> None:
    """Plan what follows: a slip is taken back the same day, else there is a debrief, and a hold is lifted in time."""
    trainee.holds += holds
    if trainee.flaws.harmful(week) is not None:
        return
    if holds and trainee.rng.random() < SLIP:
        _take_back(trainee, observation, holds)
        return
    trainee.put_off(week, 1, partial(_debrief, trainee, observation, is_on_hold=bool(holds)))
    if holds:
        trainee.put_off(week, trainee.rng.randint(1, 3), partial(_lift, trainee, observation, tuple(holds)))


def _take_back(trainee: Trainee, observation: Observation, holds: Sequence[Hold]) -> None:
    at = observation.occurred_at + timedelta(hours=trainee.rng.uniform(0.5, 3))
    rater = _as_actor(observation.actor_id)
    targets: list[FactId] = [*(hold.fact_id for hold in holds), observation.fact_id]
    for target in targets:
        trainee.pen.write(amend(observation, rater, target, Change.VOID, reason="slip", now=at))
    trainee.holds = [hold for hold in trainee.holds if hold not in holds]


def _debrief(trainee: Trainee, observation: Observation, week: Week, *, is_on_hold: bool) -> None:
    at = week.at(1, 16 + trainee.rng.random())
    debrief = Debrief(
        fact_id=derived_fact_id(observation.fact_id, "debrief"),
        person_id=trainee.person_id,
        actor_id=observation.actor_id,
        occurred_at=at,
        observation_id=observation.fact_id,
        procedure_followed=True,
    )
    trainee.pen.write(debrief)
    rater = _as_actor(observation.actor_id)
    if not is_on_hold:
        trainee.pen.write(
            amend(observation, rater, observation.fact_id, Change.HARM_RESOLVED, reason="debriefed", now=at)
        )


def _lift(trainee: Trainee, observation: Observation, holds: Sequence[Hold], week: Week) -> None:
    at = week.at(2, 9 + 6 * trainee.rng.random())
    lead = _as_actor(next(one for one in trainee.hub.safeguarding if one != observation.actor_id))
    reason = trainee.rng.choice(list(LiftReason))
    for hold in holds:
        trainee.pen.write(amend(hold, lead, hold.fact_id, Change.LIFTED, reason=reason, now=at))
    resolved = amend(observation, lead, observation.fact_id, Change.HARM_RESOLVED, reason=reason, now=at)
    trainee.pen.write(resolved)
    trainee.holds = [hold for hold in trainee.holds if hold not in holds]


def _as_actor(person_id: PersonId) -> Actor:
    return Actor(person_id, "")
