"""Every named query with everybody: a row for each in the table, for all offices of both hubs, and for forged ids."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import pytest

from people.errors import NotAllowedError
from people.models import Actor
from store.errors import QueryParameterError
from store.queries import NamedQuery, Reach, load_queries
from tests.assessments.world import TODAY
from tests.builders import PROGRAMME
from tests.rights.house import HERE, THERE, House, Stage, but, everywhere, split
from tests.rights.recorded import fact_ids_of, make_recorded, tells_of

Rows = list[dict[str, Any]]

_BOTH: Final = "hats doubled operator"
_SUPERVISION: Final = "trainee trainer lead coordinator manager"
_OBSERVATION: Final = "trainee trainer lead countersigner"
_SIGN_OFF: Final = "trainee trainer lead manager countersigner"

OF_PERSONS: Final = {
    "person_answers": _OBSERVATION,
    "person_attempts": "trainee trainer lead",
    "person_attendance": _SUPERVISION,
    "person_certificates": _SUPERVISION,
    "person_feedback": _SUPERVISION,
    "person_completions": _SIGN_OFF,
    "person_decisions": "lead countersigner",
    "person_disputes": "lead countersigner",
    "person_observations": _OBSERVATION,
    "person_ratings": _OBSERVATION,
    "person_sign_off_levels": _SIGN_OFF,
    "person_sign_offs": _SIGN_OFF,
    "person_supervision": _SUPERVISION,
}
"""Who of the cast may ask about the trainee, besides those with all hats."""

OF_HUBS: Final = {
    "cohorts_candidates": "coordinator manager admin",
    "cohorts_in_hub": "lead coordinator manager admin",
    "cohorts_people": "lead coordinator manager admin",
    "hub_buddies": "lead coordinator manager admin",
    "hub_contested": "lead",
    "hub_contacts": "lead coordinator manager",
    "hub_decisions": "lead",
    "hub_held": "lead",
    "hub_disputes": "lead",
    "hub_holds": "safeguarding deputy",
    "hub_meetings": "lead coordinator manager",
    "hub_observers": "lead",
    "hub_open_holds": "lead safeguarding deputy",
    "hub_sessions": "lead coordinator manager",
    "hub_vignettes": "lead",
    "hub_vignettes_pooled": "manager",
    "hub_texts": "trainer other_trainer lead",
    "people_arrivals": "manager admin",
    "people_in_hub": "lead manager admin",
    "people_trainers": "lead manager admin",
}
"""Who may ask about the hub here, besides those with all hats."""

OF_TRAINERS: Final = {
    "assigned_attendance",
    "assigned_contacts",
    "assigned_disputes",
    "assigned_harm",
    "assigned_loads",
    "assigned_meetings",
    "assigned_open_forms",
    "assigned_open_gates",
    "assigned_quiz_use",
    "assigned_requests",
    "assigned_sessions",
    "assigned_trainees",
}
OF_ONESELF: Final = {
    "modules_progress",
    "own_accesses",
    "own_cohort_sessions",
    "own_contacts",
    "own_holds",
    "own_log_answers",
    "own_meetings",
    "own_milestones",
    "own_partner_requests",
    "own_requests",
    "own_sessions",
}
"""One's own record: everybody's but a funder's, who has none."""

OF_EVERYBODY: Final = {
    "own_asked",
    "own_buddies",
    "own_evaluations",
    "own_fellows",
    "own_hubs",
    "own_load",
    "own_moves",
    "own_other_hubs",
    "own_supporters",
    "own_trainers",
    "people_waiting",
}
OF_ALL: Final = {"people_everywhere": "admin operator", "programme_hubs": "", "programme_versions": ""}
SYSTEM: Final = {
    "account",
    "cohort_reading",
    "confidence_pairs",
    "contact_response",
    "attempts_on_item",
    "enrolment_in_force",
    "open_work",
    "quiz_passes",
    "research_attempts",
    "research_attendance",
    "research_choices",
    "research_contacts",
    "research_meetings",
    "research_observations",
    "research_ratings",
    "research_responses",
    "research_sign_off_levels",
    "research_sign_offs",
    "research_supervision",
    "quiz_misses",
    "quiz_points",
    "rater_form_levels",
    "rater_forms",
    "rater_lines",
    "rater_trainers",
    "readiness_programmes",
    "retention_people",
    "retention_sessions",
    "retention_texts",
    "sign_off_record",
    "subject_hubs",
    "subject_trainers",
    "supervision_access",
    "supervision_gaps",
    "trainer_contacts",
    "trainer_load",
    "waiting_counts",
}
FUNDERS: Final = {"funder", "there_funder"}
NOT_OF_THE_TRAINEE: Final = {
    "cohorts_in_hub",
    "hub_observers",
    "hub_vignettes",
    "hub_vignettes_pooled",
    "people_arrivals",
}
"""What is told of a hub without its trainees."""

OF_THE_COHORT: Final = {"own_cohort_sessions"}
"""What all of a cohort are told, without names."""
BUT_ONES_OWN: Final = {"hub_disputes", "hub_texts"}
"""What is told of a hub without oneself."""

MAY_BE_EMPTY: Final = {"programme_hubs", "person_disputes", "people_arrivals", "person_completions"}
"""What there is none of on this stage."""

QUERIES: Final = load_queries()


def _who(name: str, cast: dict[str, Actor]) -> frozenset[str]:
    if name in OF_PERSONS or name in OF_HUBS:
        return split((OF_PERSONS | OF_HUBS)[name] + " " + _BOTH) - ({"admin"} if name in OF_PERSONS else set())
    if name in OF_TRAINERS:
        return split("trainer other_trainer there_trainer hats doubled operator")
    if name in OF_ONESELF:
        return frozenset(cast) - FUNDERS
    if name in OF_EVERYBODY:
        return frozenset(cast)
    if name in OF_ALL:
        return split(OF_ALL[name]) or frozenset(cast) - FUNDERS - {"nobody"}
    return frozenset()


@pytest.fixture(scope="module")
def stage(house: House) -> Stage:
    return make_recorded(house)


@pytest.fixture(scope="module")
def fact_ids(stage: Stage) -> frozenset[UUID]:
    return fact_ids_of(stage)


_GIVEN: Final = {
    "programme_no": ("programme_id", PROGRAMME),
    "session_no": ("session_id", "T1"),
    "login": ("login", ""),
    "first_day": ("first_day", TODAY),
    "last_day": ("last_day", TODAY + timedelta(days=60)),
    "cohort_no": ("cohort_no", -1),
    "limit_hours": ("limit_hours", 48),
    "item_no": ("item_id", "m1-c-0"),
}


def _params(query: NamedQuery, stage: Stage, hub: str = HERE) -> dict[str, Any]:
    known = {**_GIVEN, "person_no": ("person_id", stage.person_id), "hub_no": ("hub", hub)}
    return dict(known[name] for name in sorted(query.parameters) if name in known)


def _of(*reaches: Reach) -> pytest.MarkDecorator:
    found = [query for query in QUERIES.values() if query.reach in reaches]
    return pytest.mark.parametrize("query", found, ids=[query.name for query in found])


# ---------------------------------------------------------------- the table is whole


def test_every_query_has_its_place_in_the_table() -> None:
    tables = {
        Reach.PERSON: set(OF_PERSONS),
        Reach.HUB: set(OF_HUBS),
        Reach.ASSIGNED: OF_TRAINERS,
        Reach.OWN: OF_ONESELF | OF_EVERYBODY,
        Reach.ANYWHERE: set(OF_ALL),
        Reach.SYSTEM: SYSTEM,
    }
    for reach, names in tables.items():
        assert {name for name, query in QUERIES.items() if query.reach is reach} == names


# ---------------------------------------------------------------- who may, who may not


def _answered(stage: Stage, reach: Reach, cast: dict[str, Actor]) -> list[tuple[str, str]]:
    """Return which queries of a reach answer whom of those who may not ask them."""
    answered = []
    for query in QUERIES.values():
        if query.reach is not reach:
            continue
        for name in but(_who(query.name, cast), cast):
            try:
                stage.store.query(query.name, cast[name], **_params(query, stage))
            except NotAllowedError:
                continue
            answered.append((query.name, name))
    return answered


@pytest.mark.parametrize("reach", Reach)
def test_who_may_not_ask_is_refused(stage: Stage, reach: Reach) -> None:
    assert _answered(stage, reach, stage.cast) == []


@_of(Reach.PERSON, Reach.HUB, Reach.ANYWHERE)
def test_who_may_ask_is_answered(stage: Stage, fact_ids: frozenset[UUID], query: NamedQuery) -> None:
    for name in sorted(_who(query.name, stage.cast)):
        rows = stage.store.query(query.name, stage.cast[name], **_params(query, stage))
        if query.name in BUT_ONES_OWN and name == "hats":
            assert rows == []
            continue
        if query.name not in MAY_BE_EMPTY:
            assert rows
        if query.reach is Reach.HUB and query.name not in NOT_OF_THE_TRAINEE:
            assert tells_of(stage, rows, fact_ids)


@_of(Reach.ASSIGNED)
def test_trainers_are_told_of_their_own_trainees_alone(
    stage: Stage, fact_ids: frozenset[UUID], query: NamedQuery
) -> None:
    about = stage.house.stage() if query.name == "assigned_open_gates" else stage
    told = {
        name
        for name in _who(query.name, stage.cast)
        if tells_of(about, stage.store.query(query.name, stage.cast[name], **_params(query, stage)), fact_ids)
    }
    assert told == {"trainer", "doubled"}


@_of(Reach.OWN)
def test_people_are_told_of_themselves_alone(stage: Stage, query: NamedQuery) -> None:
    params = _params(query, stage)
    mine = stage.store.query(query.name, stage.trainee, **params)
    others = _who(query.name, stage.cast) - {"trainee", "hats"}
    for name in sorted(others):
        rows = stage.store.query(query.name, stage.cast[name], **params)
        if query.name == "own_hubs":
            held = {grant.hub_id for grant in stage.cast[name].grants}
            assert name == "admin" or {row["hub_id"] for row in rows} <= held
        elif query.name not in OF_THE_COHORT:
            assert rows == [] or rows != mine


def _people(stage: Stage, hub: str) -> set[int]:
    return {
        person_id
        for person_id in range(1, stage.store.next_person_id())
        if hub in stage.store.subject(person_id).hub_ids | stage.store.subject(person_id).office_hub_ids  # type: ignore[arg-type]
    }


@_of(Reach.HUB)
def test_a_hub_is_told_of_its_own_people_alone(stage: Stage, query: NamedQuery) -> None:
    here, there = _people(stage, HERE), _people(stage, THERE)
    assert stage.person_id in here - there
    for hub, prefix, people in ((HERE, "", here), (THERE, "there_", there)):
        for name in (prefix + office for office in (OF_HUBS[query.name].split()) if office != "admin"):
            if name not in stage.cast:
                continue
            rows = stage.store.query(query.name, stage.cast[name], **_params(query, stage, hub))
            assert {row["person_no"] for row in rows if "person_no" in row} <= people
            with pytest.raises(NotAllowedError):
                stage.store.query(query.name, stage.cast[name], **_params(query, stage, THERE if hub == HERE else HERE))


def test_the_questions_of_the_program_are_nobodys_to_ask(stage: Stage) -> None:
    assert _answered(stage, Reach.SYSTEM, {**stage.cast, "everywhere": everywhere(stage.house)}) == []


# ---------------------------------------------------------------- forged


def _strongest(stage: Stage) -> Iterator[Actor]:
    yield from (stage.cast[name] for name in stage.cast)
    yield everywhere(stage.house)


def _rows_or_none(stage: Stage, query: NamedQuery, actor: Actor, params: dict[str, Any]) -> Rows:
    try:
        return stage.store.query(query.name, actor, **params)
    except NotAllowedError:
        return []


@_of(Reach.PERSON)
def test_nobody_is_answered_about_a_person_that_there_is_not(stage: Stage, query: NamedQuery) -> None:
    for forged in (-1, 0, 999_999, 2**40, "1", None):
        for actor in _strongest(stage):
            rows = _rows_or_none(stage, query, actor, {**_params(query, stage), "person_id": forged})
            assert rows == [], (forged, actor.name)


@_of(Reach.PERSON)
def test_offices_here_are_not_answered_about_a_person_there(stage: Stage, query: NamedQuery) -> None:
    params = {**_params(query, stage), "person_id": stage.person_of("there_trainee")}
    for name in stage.cast:
        if not name.startswith("there_") and name != "operator":
            with pytest.raises(NotAllowedError):
                stage.store.query(query.name, stage.cast[name], **params)


@_of(Reach.HUB)
def test_nobody_is_answered_about_a_hub_that_there_is_not(stage: Stage, query: NamedQuery) -> None:
    for forged in ("no-such", "", "Riverside", None, 1):
        for actor in _strongest(stage):
            rows = _rows_or_none(stage, query, actor, {**_params(query, stage), "hub": forged})
            assert not any(row.get("person_no") == stage.person_id for row in rows), (forged, actor.name)


def test_nobody_names_the_actor_the_organisation_or_the_day(stage: Stage) -> None:
    through = []
    for query in QUERIES.values():
        for name in ("actor_id", "actor_no", "org_id", "org_no", "today"):
            try:
                stage.store.query(query.name, stage.cast["trainer"], **_params(query, stage), **{name: stage.person_id})
            except (QueryParameterError, NotAllowedError):
                continue
            through.append((query.name, name))
    assert through == []


@_of(Reach.PERSON, Reach.HUB)
def test_nobody_is_checked_on_one_and_answered_about_another(stage: Stage, query: NamedQuery) -> None:
    """Here the right is asked on somebody whom the actor may see; the second name says somebody else."""
    theirs = {"person_id": stage.person_of("there_trainee"), "hub": HERE}
    for name in sorted(_who(query.name, stage.cast) | {"there_lead", "there_manager", "there_trainer"}):
        for twice in ({"person_no": stage.person_id}, {"hub_id": THERE}, {"hub_no": stage.store.terms.find(HERE)}):
            for first in (_params(query, stage), {**_params(query, stage, THERE), **_theirs(query, theirs)}):
                for params in ({**first, **twice}, {**twice, **first}):
                    with pytest.raises((QueryParameterError, NotAllowedError)):
                        stage.store.query(query.name, stage.cast[name], **params)


def _theirs(query: NamedQuery, theirs: dict[str, Any]) -> dict[str, Any]:
    return {"person_id": theirs["person_id"]} if "person_no" in query.parameters else {}
