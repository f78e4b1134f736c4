"""What the operator does on the server."""

import pytest

from people.commands import run_command
from people.errors import LoginTakenError, NotKnownError
from people.facts import OperatorAct, PersonAdded
from people.models import Office
from people.service import get_invitee, set_password, sign_in
from tests.people.building import HERE, NOW, OPERATOR_ACTOR, PASSWORD, World


def _run(world: World, command: str, **args: str) -> dict[str, str | int]:
    return run_command(world.ledger, OPERATOR_ACTOR, command, args, world.now)


def test_add_makes_a_person_with_an_office_and_an_invitation(world: World) -> None:
    result = _run(
        world, "add", name="Sunita Rao", login="sunita", office="trainer", hub=HERE, address="https://train.example.org"
    )
    assert (result["name"], result["login"], result["purpose"]) == ("Sunita Rao", "sunita", "invitation")
    assert result["address"] == f"https://train.example.org/account/welcome/{result['code']}"
    person_id = get_invitee(world.ledger, str(result["code"]), NOW).person_id
    assert person_id == result["person"]
    assert world.actor(person_id).offices == {Office.TRAINER}
    assert world.ledger.list_facts(PersonAdded, person_id)[0].via == "command"


def test_reset_gives_a_code_by_sign_in_name_or_number(world: World) -> None:
    trainee = world.trainee("ann")
    assert _run(world, "reset", person=str(trainee))["login"] == "ann"
    code = _run(world, "reset", person="ANN")["code"]
    set_password(world.ledger, str(code), PASSWORD, NOW)
    assert sign_in(world.ledger, "ann", PASSWORD, "", NOW, limiter=world.limiter)


def test_a_sign_in_name_of_digits_comes_before_a_number(world: World) -> None:
    world.trainee("ann")
    digits = world.trainee("111")
    assert _run(world, "reset", person="111")["person"] == digits


def test_assign_gives_a_trainee_a_trainer(world: World) -> None:
    trainee, trainer = world.trainee("ann"), world.person("tom", Office.TRAINER)
    result = _run(world, "assign", trainee="ann", trainer="tom")
    assert (result["trainee"], result["trainer"], result["trainer_name"]) == (trainee, trainer, "Tom")
    assert world.ledger.subject(trainee).trainer_ids == {trainer}


def test_every_command_is_recorded_with_the_system_user(world: World) -> None:
    world.trainee("ann")
    world.person("tom", Office.TRAINER)
    _run(world, "add", name="Bea", login="bea")
    _run(world, "assign", trainee="ann", trainer="tom")
    _run(world, "reset", person="ann")
    acts = [(act.command, act.system_user) for act in world.ledger.list_facts(OperatorAct)]
    assert acts == [("people add", "root"), ("people assign", "root"), ("people reset", "root")]


@pytest.mark.parametrize(
    ("command", "args", "named"),
    [
        ("reset", {"person": "nobody"}, "nobody"),
        ("reset", {"person": "4711"}, "4711"),
        ("reset", {"person": "²"}, "²"),
        ("assign", {"trainee": "nobody", "trainer": "tom"}, "nobody"),
        ("add", {"name": "A", "login": "abc", "hub": "nowhere", "office": "trainer"}, "nowhere"),
        ("add", {"name": "A", "login": "abc", "hub": "riverside", "office": "king"}, "king"),
        ("erase-all", {}, "erase-all"),
    ],
)
def test_what_is_not_known_is_named_and_nothing_is_done(
    world: World, command: str, args: dict[str, str], named: str
) -> None:
    before = len(world.ledger.facts)
    with pytest.raises(NotKnownError, match=named):
        _run(world, command, **args)
    assert len(world.ledger.facts) == before


def test_a_taken_sign_in_name_is_said(world: World) -> None:
    world.person("ann")
    with pytest.raises(LoginTakenError):
        _run(world, "add", name="Ann", login="ann")
