"""Who may use what of `people.service`: a row for each situation, from design section 8."""

from typing import Any, Final

from assessments.facts import ProgrammeActivated
from people import service
from people.errors import ConsentMissingError, GrantShapeError, NotEnrolledError, NothingToShareError
from people.facts import ClockChange, ClockReason, ContactKind, Grant, MoveConsent, TokenPurpose
from people.ids import new_fact_id
from people.models import NOBODY, HubId, Office, PersonId
from people.rights import Record
from people.roster import read_roster
from people.service.audit import open_record
from people.service.importing import import_roster, plan_import
from people.service.reach import list_assignments, list_grants
from tests.assessments.world import TODAY
from tests.builders import NOW, PROGRAMME, ROLE
from tests.rights.house import HERE, THE_OPERATOR, THERE, Stage
from tests.rights.rows import Row

Given = dict[str, Any]

NOW_: Final = {"now": NOW}
ADMINISTRATORS: Final = "admin operator"
HUB_PEOPLE: Final = f"manager hats doubled {ADMINISTRATORS}"
"""Those who look after the people of the hub here."""

HUB_COHORTS: Final = f"coordinator {HUB_PEOPLE}"
"""Those who look after the cohorts of the hub here."""


def _trainee(stage: Stage, **more: Any) -> Given:
    return {"person_id": stage.person_id, **NOW_, **more}


# ---------------------------------------------------------------- accounts and persons


def _with_password(stage: Stage) -> Given:
    code = service.issue_token(stage.store, THE_OPERATOR, stage.person_id, TokenPurpose.INVITATION, NOW)
    service.set_password(stage.store, code.code, "four green kettles sing", NOW)
    return _trainee(stage, purpose=TokenPurpose.RESET)


def _named(stage: Stage, person_id: PersonId) -> Given:
    n = stage.house.n_trainees
    return {"person_id": person_id, "name": f"New Name {n}", "login": f"new-name-{n}", **NOW_}


def _leader_who_trains(stage: Stage) -> Given:
    """Let the trainee hold an office in the other hub: their account opens more than this hub."""
    service.give_grant(stage.store, THE_OPERATOR, stage.person_id, Office.MANAGER, NOW, hub_id=THERE)
    return _trainee(stage)


ACCOUNTS: Final = (
    Row(service.issue_token, lambda s: _trainee(s, purpose=TokenPurpose.INVITATION), HUB_PEOPLE, when="invitation"),
    Row(service.issue_token, _with_password, f"trainer doubled {ADMINISTRATORS}", when="reset"),
    Row(
        service.issue_token,
        lambda s: _leader_who_trains(s) | {"purpose": TokenPurpose.INVITATION},
        ADMINISTRATORS,
        when="invitation to a wider office",
    ),
    Row(
        service.issue_token,
        lambda s: _leader_who_trains(s) | {"purpose": TokenPurpose.RESET},
        ADMINISTRATORS,
        when="reset of a wider office",
    ),
    Row(service.issue_token, lambda s: _trainee(s, purpose=TokenPurpose.FIRST_ADMINISTRATOR), "", when="administrator"),
    Row(
        service.add_person,
        lambda s: {key: value for key, value in _named(s, s.person_id).items() if key != "person_id"},
        f"there_manager {HUB_PEOPLE}",
    ),
    Row(service.rename_person, lambda s: _named(s, s.person_id), f"trainee {HUB_PEOPLE}"),
    Row(
        service.rename_person,
        lambda s: _named(s, s.person_of("there_manager")),
        f"there_manager {ADMINISTRATORS}",
        when="of another hub",
    ),
    Row(service.record_operator_act, lambda _: {"command": "people add", **NOW_}, "operator"),
    Row(
        open_record,
        lambda s: _trainee(s, what=Record.RESULTS),
        "trainee hats trainer doubled lead operator",
        when="results",
    ),
    Row(
        open_record,
        lambda s: _trainee(s, what=Record.RESEARCH),
        "trainee hats doubled manager operator",
        when="research",
    ),
    Row(
        open_record,
        lambda s: _trainee(s, what=Record.SUPERVISION),
        "trainee hats trainer doubled lead coordinator manager operator",
        when="supervision",
    ),
)

# ---------------------------------------------------------------- hubs and offices


def _office(stage: Stage, office: Office, **more: Any) -> Given:
    return {"person_id": stage.person_id, "office": office, **NOW_, **more}


def _contact(_: Stage) -> Given:
    return {"hub_id": HERE, "kind": ContactKind.EMERGENCY, "title": "Emergency", "phone": "999", **NOW_}


def _spare_trainer(stage: Stage) -> Given:
    grant = service.give_grant(stage.store, THE_OPERATOR, stage.person_id, Office.TRAINER, NOW, hub_id=HERE)
    return {"grant_id": grant.fact_id, **NOW_}


def _grant_of(stage: Stage) -> Given:
    grant: Grant = list_grants(stage.store, stage.person_id, NOW)[0]
    return {"grant_id": grant.fact_id, **NOW_}


OFFICES: Final = (
    Row(
        service.open_hub,
        lambda s: {"hub_id": f"hub-{s.house.n_trainees}", "title": "New", **NOW_},
        ADMINISTRATORS,
    ),
    Row(service.set_contact, _contact, HUB_PEOPLE),
    Row(service.give_grant, lambda s: _office(s, Office.TRAINER, hub_id=HERE), HUB_PEOPLE, when="trainer"),
    Row(
        service.give_grant,
        lambda s: _office(s, Office.SAFEGUARDING_LEAD, hub_id=HERE),
        HUB_PEOPLE,
        when="safeguarding lead",
    ),
    Row(service.give_grant, lambda s: _office(s, Office.MANAGER), ADMINISTRATORS, when="in all hubs"),
    Row(service.give_grant, lambda s: _office(s, Office.ADMINISTRATOR), ADMINISTRATORS, when="administrator"),
    Row(
        service.give_grant,
        lambda s: _office(s, Office.TRAINER, hub_id=THERE),
        ADMINISTRATORS,
        when="in the other hub",
    ),
    Row(
        service.give_grant,
        lambda s: (
            _office(s, Office.COUNTERSIGNER, until_on=TODAY)
            | {"person_id": s.person_of("fellow"), "record_id": s.person_id}
        ),
        HUB_PEOPLE,
        when="countersigner",
    ),
    Row(service.end_grant, _grant_of, HUB_PEOPLE),
    Row(service.list_open_work, _spare_trainer, HUB_PEOPLE),
)

# ---------------------------------------------------------------- somebody from outside, and erasure

INVITERS: Final = f"lead {HUB_PEOPLE}"
"""Those who may ask somebody from outside to confirm a sign-off of the hub here."""

OUT_OF: Final = (GrantShapeError,)
"""How who would open their own record is refused."""


def _somebody_new(stage: Stage) -> Given:
    n = stage.house.n_trainees
    return {"record_id": stage.person_id, "until_on": TODAY, "name": f"Outsider {n}", "login": f"outsider-{n}", **NOW_}


def _invited(stage: Stage) -> service.Invited:
    return service.invite_countersigner(stage.store, THE_OPERATOR, **_somebody_new(stage))


def _somebody_known(stage: Stage) -> Given:
    return {"record_id": stage.person_id, "until_on": TODAY, "person_id": _invited(stage).person_id, **NOW_}


def _open_record(stage: Stage) -> Given:
    _invited(stage)
    return {"record_id": stage.person_id, **NOW_}


OUTSIDERS: Final = (
    Row(service.invite_countersigner, _somebody_new, INVITERS.replace("hats ", ""), OUT_OF, when="new"),
    Row(service.invite_countersigner, _somebody_known, INVITERS.replace("hats ", ""), OUT_OF, when="known"),
    Row(service.list_countersigners, _open_record, INVITERS),
    Row(service.list_known_countersigners, _open_record, INVITERS),
    Row(service.end_countersigner, lambda s: {"grant_id": _invited(s).grant.fact_id, **NOW_}, INVITERS),
    Row(service.plan_erasure, _trainee, "operator"),
    Row(service.erase_person, _trainee, "operator"),
)

# ---------------------------------------------------------------- cohorts and trainers


def _cohort(_: Stage) -> Given:
    named = {"hub_id": HERE, "programme_id": PROGRAMME, "title": "Spring group"}
    return {**named, "starts_on": TODAY, "active_version_no": 1, **NOW_}


def _second_cohort(stage: Stage) -> Given:
    cohort = service.open_cohort(stage.store, THE_OPERATOR, **_cohort(stage))
    return _trainee(stage, cohort_id=cohort.cohort_id, role_id=ROLE, version_no=1)


def _cohort_there(stage: Stage) -> Given:
    cohort_id = stage.house.cohorts[THERE]
    return _trainee(stage, cohort_id=cohort_id, role_id=ROLE, version_no=1)


def run_programme_in(stage: Stage, hub_id: HubId) -> None:
    """Let a hub go live with the programme."""
    base = {"fact_id": new_fact_id(), "person_id": NOBODY, "actor_id": NOBODY, "occurred_at": NOW}
    stage.store.append(ProgrammeActivated(**base, programme_id=PROGRAMME, version_no=1, hub_id=hub_id))


def _agreed(stage: Stage) -> MoveConsent:
    run_programme_in(stage, THERE)
    return service.consent_to_move(stage.store, stage.trainee, PROGRAMME, THERE, NOW)


def _arriving(stage: Stage) -> Given:
    place = {"cohort_id": stage.house.cohorts[THERE], "role_id": ROLE}
    return {"consent_id": _agreed(stage).fact_id, "trainer_id": stage.person_of("there_trainer"), **place, **NOW_}


def _agreeing(stage: Stage) -> Given:
    for hub_id in (HERE, THERE):
        run_programme_in(stage, hub_id)
    third = HubId(f"third-{stage.house.n_trainees}")
    service.open_hub(stage.store, THE_OPERATOR, third, "Third", NOW)
    run_programme_in(stage, third)
    return {"programme_id": PROGRAMME, "hub_id": third, **NOW_}


def _roster(stage: Stage) -> Given:
    run_programme_in(stage, HERE)
    n = stage.house.n_trainees
    content = f"name,login\nSomebody New,somebody-{n}\n".encode()
    return {"cohort_id": stage.house.cohorts[HERE], "roster": read_roster(content), **NOW_}


def _clock(stage: Stage) -> Given:
    return _trainee(stage, programme_id=PROGRAMME, change=ClockChange.PAUSED, reason=ClockReason.NO_TIME)


COHORTS: Final = (
    Row(service.open_cohort, _cohort, HUB_COHORTS),
    Row(
        service.set_last_day,
        lambda s: {"cohort_id": s.house.cohorts[HERE], "ends_on": TODAY.replace(year=TODAY.year + 1), **NOW_},
        HUB_COHORTS,
    ),
    Row(service.enrol, _second_cohort, HUB_COHORTS, when="anew in the hub"),
    Row(service.enrol, _cohort_there, "", (ConsentMissingError,), when="into the other hub without consent"),
    Row(
        service.enrol,
        lambda s: (_agreed(s), _cohort_there(s))[1],
        f"there_manager {ADMINISTRATORS}",
        when="into the other hub with consent",
    ),
    Row(
        service.consent_to_move,
        _agreeing,
        "trainee hats fellow there_trainee",
        (NotEnrolledError,),
    ),
    Row(service.take_back_consent, lambda s: {"consent_id": _agreed(s).fact_id, **NOW_}, "trainee hats"),
    Row(
        service.choose_research,
        lambda _: {"agrees": True, **NOW_},
        "trainee hats fellow there_trainee",
        (NothingToShareError,),
    ),
    Row(service.accept_move, _arriving, f"there_manager {ADMINISTRATORS}"),
    Row(plan_import, _roster, HUB_PEOPLE),
    Row(import_roster, _roster, HUB_PEOPLE),
    Row(service.assign_trainer, lambda s: _trainee(s, trainer_id=s.person_of("other_trainer")), HUB_PEOPLE),
    Row(
        service.end_assignment,
        lambda s: {"assignment_id": list_assignments(s.store, s.person_id)[0].fact_id, **NOW_},
        HUB_PEOPLE,
    ),
    Row(service.change_clock, _clock, HUB_COHORTS),
)

ROWS: Final = (*ACCOUNTS, *OFFICES, *OUTSIDERS, *COHORTS)

OF_ONESELF: Final = {
    "accounts.change_password": "the actor's own password; the old one is asked for",
    "persons.see_notice": "the actor was shown the notice",
    "sessions.sign_out_everywhere": "the actor's own sessions",
}
"""Use cases that name nobody but the actor."""

WITHOUT_ACTOR: Final = {
    "accounts.has_administrator": "asked by the start of the server, which has no actor",
    "accounts.list_password_owners": "asked by the sign-in page of a demonstration, where nobody is signed in",
    "accounts.create_first_administrator": "called by the start of the server; refuses once there is one",
    "accounts.get_invitee": "the code is the right",
    "accounts.set_password": "the code is the right",
    "accounts.make_token": "makes a fact and records none",
    "reach.subject_then": "asked for rights",
    "erasing.repeat_erasure": "called by restoring alone: repeats what the operator did",
    "hubs.list_contacts": "whom to call is for everybody",
    "persons.has_seen_notice": "asked by the page about who is signed in",
    "sessions.sign_in": "makes the actor",
    "sessions.start_session": "makes the actor; called by sign-in alone",
    "sessions.find_actor": "makes the actor",
    "sessions.is_open": "a rule about sessions",
    "sessions.held_grants": "makes the actor",
    "sessions.sign_out": "the token is the right",
    "offices.can_sign_in": "part of has_administrator and end_grant",
    "cohorts.count_assignments": "part of assign_trainer, enrol and hand_over",
    "offices.check_until": "a rule about days",
    "offices.require_other_administrator": "part of end_grant and erase_person",
    "reach.get_person": "part of what use cases begin with",
    "reach.get_known_person": "part of what use cases begin with",
    "reach.hub_fact_id": "a rule about ids",
    "reach.get_hub": "part of what use cases begin with",
    "reach.get_cohort": "part of what use cases begin with",
    "reach.find_enrolment": "part of what use cases begin with",
    "reach.list_grants": "makes the actor",
    "reach.list_holders": "part of has_administrator, enrol and hand_over",
    "reach.cohort_closed_id": "a rule about ids",
    "reach.find_last_day": "part of early warnings and retention",
    "reach.find_closing": "part of enrol and close_cohort",
    "research.find_research_choice": "asked by the page about who is signed in, and told in one's own record",
    "reach.find_consent": "part of enrol and the use cases of moving",
    "reach.clock_of": "a rule about pauses",
    "reach.list_newest_enrolments": "part of enrol and hand_over",
    "reach.is_trainer_in": "part of enrol and hand_over",
    "persons.suggest_login": "part of adding a person",
    "work.list_left_behind": "part of end_grant, list_open_work and hand_over",
    "work.work_words": "a rule about words",
    "cohorts.trainee_grant": "makes a fact and records none",
    "importing.logins.with_logins": "part of plan_import",
    "reach.list_assignments": "part of assign_trainer",
    "reach.hubs_of": "part of may_reach",
}
"""Functions that are told of no actor, and why they need none."""

PARTS: Final = {
    "erasing.erasure_of": "makes a fact and records none",
    "offices.make_grant": "makes a fact and records none",
    "offices.require_no_wider_offices": "asks for a right",
    "reach.actor_then": "who somebody was; asks for nothing",
    "reach.end_of": "makes a fact and records none",
    "clock.make_pause": "makes a fact and records none",
    "cohorts.check_bring_in": "asks for a right",
    "cohorts.make_enrolment": "makes a fact and records none",
    "cohorts.make_assignment": "makes a fact and records none",
    "importing.roster.require_import": "asks for a right",
    "offices.get_ending_grant": "asks for a right",
    "reach.may_reach": "asks for a right",
    "reach.require_reach": "asks for a right",
}
"""Functions that are told of the actor and are a part of the use cases in the rows."""
