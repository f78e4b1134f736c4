"""Importing a roster: what each line becomes, who may, and that a second import changes nothing."""

from collections.abc import Iterator
from typing import Any

import pytest

from people.errors import CohortClosedError, NotAllowedError, NotKnownError, ProgrammeNotActiveError
from people.facts import Assignment, ClockChange, ClockReason, CohortClosed, Enrolment, Grant, PersonAdded
from people.models import NOBODY, OPERATOR, Actor, CohortId, LiveVersion, Office, PersonId
from people.roster import Roster, read_roster
from people.service import (
    add_person,
    assign_trainer,
    change_clock,
    give_grant,
    open_cohort,
    open_hub,
    rename_person,
)
from people.service.importing import ImportPlan, Step, import_roster, plan_import
from people.service.importing.roster import BATCH
from people.service.reach import cohort_closed_id, list_assignments, list_grants
from store.ledger import Store
from tests.people.building import ALONGSIDE, ELSEWHERE, HERE, LEADER, NOW, OPERATOR_ACTOR, TODAY, World, make_world


@pytest.fixture
def world() -> World:
    world = make_world()
    for hub_id in (HERE, ELSEWHERE):
        world.ledger.live[ALONGSIDE, hub_id] = LiveVersion(3, (LEADER,))
    world.person("tom", Office.TRAINER)
    return world


def roster(*rows: str, columns: str = "name,login,role,trainer") -> Roster:
    return read_roster("\n".join([columns, *rows]).encode())


def plan(world: World, *rows: str, actor: Actor = OPERATOR_ACTOR, cohort_id: CohortId | None = None) -> ImportPlan:
    return plan_import(world.ledger, actor, cohort_id or world.cohort_id, roster(*rows), world.now)


def run(world: World, *rows: str, actor: Actor = OPERATOR_ACTOR, **how: Any) -> ImportPlan:
    return import_roster(world.ledger, actor, world.cohort_id, roster(*rows), now=world.now, **how)


def steps(found: ImportPlan) -> list[tuple[int, Step, str]]:
    return [(one.line.number, one.step, one.login) for one in found.planned]


def refusals(found: ImportPlan) -> list[tuple[int, str]]:
    return [(fault.line, fault.column) for fault in found.refused]


def person_of(world: World, login: str) -> PersonId:
    account = world.ledger.find_account(login)
    assert account is not None
    return account.person_id


# ---------------------------------------------------------------- what a line becomes


def test_a_plan_says_what_would_happen_and_changes_nothing(world: World) -> None:
    before = (dict(world.ledger.facts), dict(world.ledger.private))
    found = plan(world, "Ana,ana,leader,tom", "بهار,,,", ",bad,,")
    assert steps(found) == [(2, Step.NEW, "ana"), (3, Step.NEW, "person")]
    assert refusals(found) == [(4, "name")]
    assert (world.ledger.facts, world.ledger.private) == before


def test_new_people_get_name_enrolment_office_and_trainer(world: World) -> None:
    run(world, "Ana Silva,ana,,tom", "Zoë Ünal,,,")
    ana, zoe = person_of(world, "ana"), person_of(world, "zoe.unal")
    assert world.ledger.name_of(ana) == "Ana Silva"
    for person_id in (ana, zoe):
        (enrolment,) = world.ledger.list_facts(Enrolment, person_id)
        assert (enrolment.cohort_id, enrolment.role_id, enrolment.version_no) == (world.cohort_id, LEADER, 3)
        assert [(one.office, one.hub_id) for one in list_grants(world.ledger, person_id, NOW)] == [
            (Office.TRAINEE, HERE)
        ]
        assert world.ledger.list_facts(PersonAdded, person_id)[0].via == "roster"
    assert world.ledger.subject(ana).trainer_ids == {person_of(world, "tom")}
    assert world.ledger.subject(zoe).trainer_ids == frozenset()


def test_the_same_file_twice_changes_nothing(world: World) -> None:
    rows = ("Ana Silva,ana,,tom", "Zoë Ünal,,,tom", "Tom,tom,,")
    first = run(world, *rows)
    assert (first.n_changes, first.count(Step.NEW), first.count(Step.JOINS)) == (3, 2, 1)
    before = (dict(world.ledger.facts), dict(world.ledger.private))
    again = run(world, *rows)
    assert (again.n_changes, again.refused) == (0, ())
    assert [one.step for one in again.planned] == [Step.SAME] * 3
    assert (world.ledger.facts, world.ledger.private) == before


def test_somebody_who_is_here_already_joins(world: World) -> None:
    cora = world.person("cora", Office.COORDINATOR)
    found = run(world, "CORA,Cora,,tom")
    assert steps(found) == [(2, Step.JOINS, "cora")]
    assert {one.office for one in list_grants(world.ledger, cora, NOW)} == {Office.COORDINATOR, Office.TRAINEE}
    assert world.ledger.subject(cora).trainer_ids == {person_of(world, "tom")}


def test_somebody_in_the_cohort_gets_a_further_trainer(world: World) -> None:
    ann = world.trainee("ann")
    tia = world.person("tia", Office.TRAINER)
    assign_trainer(world.ledger, OPERATOR_ACTOR, ann, person_of(world, "tom"), NOW)
    assert steps(run(world, "Ann,ann,,tia")) == [(2, Step.TRAINER, "ann")]
    assert world.ledger.subject(ann).trainer_ids == {tia, person_of(world, "tom")}


def test_who_is_in_the_cohort_is_known_by_name_without_a_sign_in_name(world: World) -> None:
    world.trainee("ann")
    assert steps(plan(world, "ANN,,,")) == [(2, Step.SAME, "ann")]


def test_a_name_that_is_in_the_hub_but_not_in_the_cohort_has_to_be_told_apart(world: World) -> None:
    world.person("cora", Office.COORDINATOR)
    found = plan(world, "Cora,,,")
    assert refusals(found) == [(2, "name")]
    assert "sign-in name cora" in found.refused[0].found
    assert steps(plan(world, "Cora,cora2,,")) == [(2, Step.NEW, "cora2")]


def test_two_of_one_name_in_the_cohort_have_to_be_told_apart(world: World) -> None:
    for login in ("ann", "ann2"):
        rename_person(world.ledger, OPERATOR_ACTOR, world.trainee(login), name="Ann", login=login, now=NOW)
    assert refusals(plan(world, "Ann,,,")) == [(2, "name")]
    assert steps(plan(world, "Ann,ann2,,")) == [(2, Step.SAME, "ann2")]


def test_a_name_of_another_hub_is_no_hindrance_and_tells_nothing(world: World) -> None:
    world.trainee("ann", world.elsewhere_id)
    assert steps(plan(world, "Ann,,,", actor=world.acting("moe", Office.MANAGER))) == [(2, Step.NEW, "ann2")]


def test_a_sign_in_name_of_another_hub_is_taken_and_no_more_is_said(world: World) -> None:
    person_id = world.trainee("ann", world.elsewhere_id)
    rename_person(world.ledger, OPERATOR_ACTOR, person_id, name="Secret Person", login="ann", now=NOW)
    for row in ("Ann,ann,,", "Secret Person,ann,,"):
        found = plan(world, row, actor=world.acting(f"moe{len(row)}", Office.MANAGER))
        assert [(f.line, f.found, f.expected) for f in found.refused] == [
            (2, "`ann`, which is taken", "a sign-in name that is free")
        ]


def test_a_sign_in_name_of_somebody_else_here_is_named(world: World) -> None:
    world.trainee("ann")
    assert "belongs to Ann" in plan(world, "Anna Bell,ann,,").refused[0].found


# ---------------------------------------------------------------- an import never moves, changes or brings back


def _second_cohort(world: World) -> CohortId:
    return open_cohort(
        world.ledger, OPERATOR_ACTOR, HERE, ALONGSIDE, "Spring", starts_on=TODAY, active_version_no=3, now=NOW
    ).cohort_id


def test_an_import_moves_nobody_from_another_cohort(world: World) -> None:
    world.trainee("ann", _second_cohort(world))
    found = run(world, "Ann,ann,,", "Ben,ben,,")
    assert refusals(found) == [(2, "")]
    assert "another cohort of the programme" in found.refused[0].found
    assert steps(found) == [(3, Step.NEW, "ben")]


def test_an_import_brings_nobody_back_who_has_left(world: World) -> None:
    ann = world.trainee("ann")
    why = {"change": ClockChange.WITHDRAWN, "reason": ClockReason.OWN_WISH, "now": world.later(hours=1)}
    change_clock(world.ledger, OPERATOR_ACTOR, ann, ALONGSIDE, **why)
    assert "who has left the programme" in run(world, "Ann,ann,,").refused[0].found
    assert len(world.ledger.list_facts(Enrolment, ann)) == 1


def test_who_left_and_is_back_is_in_it(world: World) -> None:
    ann = world.trainee("ann")
    why = {"change": ClockChange.WITHDRAWN, "reason": ClockReason.OWN_WISH, "now": world.later(hours=1)}
    change_clock(world.ledger, OPERATOR_ACTOR, ann, ALONGSIDE, **why)
    world.later(hours=1)
    world.enrol(ann)
    assert [one.step for one in plan(world, "Ann,ann,,").planned] == [Step.SAME]


def test_an_import_changes_nobodys_role(world: World) -> None:
    world.ledger.live[ALONGSIDE, HERE] = LiveVersion(3, (LEADER, "assistant"))  # type: ignore[arg-type]
    world.trainee("ann")
    found = plan(world, "Ann,ann,assistant,", "Ben,ben,,", "Cy,cyn,king,", "Dee,dee,assistant,")
    assert [(f.line, f.column, f.expected) for f in found.refused] == [
        (2, "role", "leader, for which they train in this cohort"),
        (3, "role", "one of leader, assistant"),
        (4, "role", "one of leader, assistant"),
    ]
    assert steps(found) == [(5, Step.NEW, "dee")]


@pytest.mark.parametrize("trainer", ["nobody", "cora", "ella"])
def test_a_trainer_is_one_of_the_hub(world: World, trainer: str) -> None:
    world.person("cora", Office.COORDINATOR)
    world.person("ella", Office.TRAINER, hub_id=ELSEWHERE)
    found = plan(world, f"Ann,ann,,{trainer}")
    assert [(f.column, f.found) for f in found.refused] == [("trainer", f"`{trainer}`")]


def test_nobody_is_their_own_trainer(world: World) -> None:
    assert refusals(plan(world, "Tom,tom,,tom")) == [(2, "trainer")]


def test_a_sign_in_name_that_belongs_to_nobody_is_taken(world: World) -> None:
    world.ledger.private[PersonId(77)] = ("Ghost", "ghost")
    assert plan(world, "Ghost,ghost,,").refused[0].found == "`ghost`, which is taken"


# ---------------------------------------------------------------- sign-in names


def test_sign_in_names_are_made_free_of_the_file_and_of_the_store(world: World) -> None:
    world.person("ana.silva")
    found = plan(world, "Ana Silva,,,", "Other,ana.silva2,,", "李,,,", "王,,,", "Bo,,,")
    assert [one.login for one in found.planned] == ["ana.silva3", "ana.silva2", "person", "person2", "person3"]


# ---------------------------------------------------------------- who may, and where


@pytest.mark.parametrize("office", [Office.MANAGER, Office.ADMINISTRATOR])
def test_who_looks_after_people_and_cohorts_imports(world: World, office: Office) -> None:
    assert run(world, "Ann,ann,,tom", actor=world.acting("someone", office)).count(Step.NEW) == 1


@pytest.mark.parametrize(
    "office", [one for one in Office if one not in (Office.MANAGER, Office.ADMINISTRATOR, Office.COUNTERSIGNER)]
)
def test_nobody_else_imports_or_looks(world: World, office: Office) -> None:
    actor = world.acting("someone", office)
    for act in (plan, run):
        with pytest.raises(NotAllowedError):
            act(world, "Ann,ann,,", actor=actor)


def test_a_manager_imports_into_no_other_hub(world: World) -> None:
    with pytest.raises(NotAllowedError):
        plan(world, "Ann,ann,,", actor=world.acting("moe", Office.MANAGER), cohort_id=world.elsewhere_id)


def test_the_cohort_is_known_open_and_its_programme_live(world: World) -> None:
    with pytest.raises(NotKnownError, match="gone"):
        plan(world, "Ann,ann,,", cohort_id=CohortId("gone"))
    world.ledger.live.clear()
    with pytest.raises(ProgrammeNotActiveError):
        plan(world, "Ann,ann,,")
    world.ledger.live[ALONGSIDE, HERE] = LiveVersion(1, (LEADER,))
    closed = CohortClosed(
        fact_id=cohort_closed_id(world.cohort_id),
        person_id=NOBODY,
        actor_id=OPERATOR,
        occurred_at=NOW,
        cohort_id=world.cohort_id,
        n_people=0,
        board_hash="",
    )
    world.ledger.append(closed)
    with pytest.raises(CohortClosedError):
        plan(world, "Ann,ann,,")


# ---------------------------------------------------------------- others at the same time


def test_a_sign_in_name_taken_meanwhile_makes_the_plan_anew(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = world.ledger.append_named, []

    def late(names, *facts):
        if not calls:
            calls.append(names)
            add_person(world.ledger, OPERATOR_ACTOR, "Other Person", "ann", NOW)
        return real(names, *facts)

    monkeypatch.setattr(world.ledger, "append_named", late)
    found = run(world, "Ann,,,", "Ben,ben,,")
    assert found.refused == ()
    assert {one.login for one in world.ledger.list_logins(["ann", "ann2", "ben"])} == {"ann", "ann2", "ben"}


def test_two_who_import_the_same_file_at_once_add_nobody_twice(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = world.ledger.append_named, []

    def meanwhile(names, *facts):
        if not calls:
            calls.append(names)
            run(world, "Ann,,,tom", "Ben,ben,,")
        return real(names, *facts)

    monkeypatch.setattr(world.ledger, "append_named", meanwhile)
    assert run(world, "Ann,,,tom", "Ben,ben,,").refused == ()
    assert len(world.ledger.list_facts(Enrolment, cohort_id=world.cohort_id)) == 2


def test_a_store_that_never_comes_to_rest_is_said_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(world.ledger, "append_named", lambda *_: False)
    found = run(world, "Ann,ann,,")
    assert "a quiet moment" in found.refused[-1].expected


def test_who_may_not_join_any_more_is_refused_late_and_named(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.person("cora", Office.COORDINATOR)
    real = world.ledger.append_named

    def meanwhile(names, *facts):
        world.enrol(person_of(world, "cora"), world.elsewhere_id)
        return real(names, *facts)

    monkeypatch.setattr(world.ledger, "append_named", meanwhile)
    found = run(world, "Ann,ann,,", "Cora,cora,,")
    assert refusals(found) == [(3, "")]
    assert "have to agree first" in found.refused[0].expected
    assert steps(found) == [(2, Step.NEW, "ann")]


# ---------------------------------------------------------------- many, and on the store


def test_a_long_import_says_how_far_it_is(world: World) -> None:
    told: list[tuple[int, int]] = []
    rows = [f"Person {n},person-{n},,tom" for n in range(BATCH * 2 + 1)]
    run(world, *rows, progress=lambda done, of: told.append((done, of)))
    assert told == [(0, 201), (100, 201), (200, 201), (201, 201)]


@pytest.fixture
def store() -> Iterator[Store]:
    store = Store.memory(clock=lambda: NOW)
    yield store
    store.close()


def _furnish(store: Store, monkeypatch: pytest.MonkeyPatch) -> CohortId:
    monkeypatch.setattr(Store, "live_version", lambda *_: LiveVersion(1, (LEADER,)))
    open_hub(store, OPERATOR_ACTOR, HERE, "Riverside", NOW)
    tom = add_person(store, OPERATOR_ACTOR, "Tom", "tom", NOW)
    give_grant(store, OPERATOR_ACTOR, tom, Office.TRAINER, NOW, hub_id=HERE)
    return open_cohort(
        store, OPERATOR_ACTOR, HERE, ALONGSIDE, "Autumn", starts_on=TODAY, active_version_no=1, now=NOW
    ).cohort_id


def test_the_store_takes_a_batch_whole_or_not_at_all(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    cohort_id = _furnish(store, monkeypatch)
    rows = [f"Person {n},person-{n},,tom" for n in range(BATCH + 20)]
    first = import_roster(store, OPERATOR_ACTOR, cohort_id, roster(*rows), now=NOW)
    assert first.count(Step.NEW) == BATCH + 20
    position = store.position
    again = import_roster(store, OPERATOR_ACTOR, cohort_id, roster(*rows), now=NOW)
    assert (again.n_changes, again.refused, store.position) == (0, (), position)
    kinds = (Enrolment, Assignment, Grant, PersonAdded)
    assert [len(store.list_facts(kind)) for kind in kinds] == [120, 120, 121, 121]
    assert all(list_assignments(store, one.person_id) for one in store.list_facts(Enrolment))
