"""Every use case with everybody: who may gets through, who may not is refused and nothing is written."""

from typing import Any, Final

import pytest

import assessments.service
import people.service
from assessments.facts import AppealGround
from assessments.service.appeals import list_open_appeals, list_own_appeals, make_appeal
from assessments.service.attempts import list_new_scores
from assessments.service.observations import list_open_forms
from curriculum.errors import PlatformError
from people.errors import NotAllowedError
from people.service import find_actor, has_seen_notice, see_notice, sign_out_everywhere, start_session
from tests.assessments.world import open_form, submit, tick
from tests.builders import NOW, PROGRAMME
from tests.rights import assessment_rows, people_rows
from tests.rights.house import House, but
from tests.rights.rows import Row, list_functions, name_of, takes_actor

ROWS: Final = (*assessment_rows.ROWS, *people_rows.ROWS)
FUNDERS: Final = {"funder", "there_funder"}
TABLES: Final = ((assessments.service, assessment_rows), (people.service, people_rows))

every_row = pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])


# ---------------------------------------------------------------- the tables are whole


@pytest.mark.parametrize(("package", "table"), TABLES, ids=["assessments", "people"])
def test_every_function_of_the_services_has_its_place_in_the_table(package, table) -> None:
    head = f"{package.__name__}."
    functions = {name.removeprefix(head): function for name, function in list_functions(package).items()}
    in_rows = {name_of(row.does).removeprefix(head) for row in table.ROWS}
    with_actor = {name for name, function in functions.items() if takes_actor(function)}
    assert with_actor == in_rows | set(table.OF_ONESELF) | set(table.PARTS)
    assert set(functions) - with_actor == set(table.WITHOUT_ACTOR)


def test_rows_are_told_apart() -> None:
    assert len({row.id for row in ROWS}) == len(ROWS)


# ---------------------------------------------------------------- who may, who may not


@every_row
def test_who_may_not_is_refused_and_nothing_is_written(house: House, row: Row) -> None:
    stage = house.stage()
    given = row.given(stage)
    position = house.store.position
    through = []
    for name in but(row.who, stage.cast):
        try:
            row.run(stage, stage.cast[name], given)
        except row.refusals:
            continue
        except PlatformError as error:
            through.append(f"{name}: {type(error).__name__} {error}")
            continue
        through.append(name)
    assert through == []
    assert house.store.position == position


@every_row
def test_who_may_gets_through(house: House, row: Row) -> None:
    """Each acts on a stage that nobody has acted on before; who only reads leaves it as it was for the next."""
    refused = []
    n_before = -1
    for name in sorted(row.who):
        if house.n_written != n_before:
            stage = house.stage()
            given = row.given(stage)
            n_before = house.n_written
        try:
            row.run(stage, stage.cast[name], given)
        except Exception as error:
            refused.append(f"{name}: {type(error).__name__} {error}")
    assert refused == []


# ---------------------------------------------------------------- about oneself


def test_begun_forms_are_listed_to_their_rater_alone(house: House) -> None:
    stage = house.stage()
    begun = open_form(stage.world)
    who = {name for name, actor in stage.cast.items() if begun in list_open_forms(house.store, actor)}
    assert who == {"trainer", "doubled"}


def test_new_scores_are_told_to_whom_they_concern_alone(house: House) -> None:
    stage = house.stage()
    attempt_id = assessment_rows.rescored(stage)["attempt_id"]

    def who() -> set[str]:
        told = {name: actor for name, actor in stage.cast.items() if name not in FUNDERS}
        found = {name: list_new_scores(house.store, actor, PROGRAMME) for name, actor in told.items()}
        return {name for name, new in found.items() if attempt_id in {one.attempt.fact_id for one in new}}

    assert who() == {"trainee", "hats"}
    for name in FUNDERS:
        with pytest.raises(NotAllowedError):
            list_new_scores(house.store, stage.cast[name], PROGRAMME)


def test_appeals_are_listed_to_who_made_them_and_to_who_decides(house: House) -> None:
    stage = house.stage()
    opened = open_form(stage.world)
    tick(stage.world, opened, ("L1", "D1.1-B1", "seen"))
    target_id = submit(stage.world, opened).fact_id
    mine = make_appeal(house.store, stage.trainee, target_id, AppealGround.NOT_NEUTRAL, "", now=NOW).fact_id

    def who(lists: Any) -> set[str]:
        told = {name: lists(house.store, actor, NOW) for name, actor in stage.cast.items() if name not in FUNDERS}
        return {name for name, cases in told.items() if mine in {case.appeal.fact_id for case in cases}}

    assert who(list_own_appeals) == {"trainee", "hats"}
    assert who(list_open_appeals) == {"lead", "doubled"}
    for name in FUNDERS:
        with pytest.raises(NotAllowedError):
            list_own_appeals(house.store, stage.cast[name], NOW)


def test_the_notice_is_noted_for_the_reader_alone(house: House) -> None:
    stage = house.stage()
    see_notice(house.store, stage.cast["other_trainer"], NOW)
    assert has_seen_notice(house.store, stage.person_of("other_trainer"))
    assert not has_seen_notice(house.store, stage.person_id)


def test_signing_out_everywhere_ends_the_own_sessions_alone(house: House) -> None:
    stage = house.stage()
    token = start_session(house.store, stage.person_id, NOW).token
    for name in but({"trainee", "hats"}, stage.cast):
        sign_out_everywhere(house.store, stage.cast[name], NOW)
    assert find_actor(house.store, token, NOW) is not None
    sign_out_everywhere(house.store, stage.trainee, NOW)
    assert find_actor(house.store, token, NOW) is None
