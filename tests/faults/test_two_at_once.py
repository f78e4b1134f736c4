"""Two people, two tabs, two clicks at the same moment: one of them counts, and the other one is told clearly."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from assessments.errors import AlreadyDecidedError, AttemptClosedError, NotDecidableError
from assessments.facts import (
    Attempt,
    AttemptStarted,
    Countersign,
    Hold,
    Observation,
    Relation,
    Response,
    SignOff,
    Stage,
)
from assessments.service.attempts import record_response, start_attempt, submit_attempt
from assessments.service.decisions import countersign, sign_off
from assessments.service.observations import (
    answer_all_basic,
    answer_no_further,
    answer_none_unhelpful,
    load_form,
    open_observation,
    record_ticks,
    submit_observation,
)
from assessments.verdicts import Status
from curriculum.errors import PlatformError
from curriculum.ids import ActivityId, BehaviourId, BlueprintId, ChecklistId, LineId
from curriculum.items import Pool
from curriculum.models import Setting
from people.facts import FactId
from people.models import Actor
from store.ledger import Store
from store.verify import verify
from tests.builders import make_programme
from tests.faults.house import House, build_house, now, reflect_twice

QUIZ = BlueprintId("quiz")
LEVELS = {ActivityId("E2"): 4, ActivityId("E6"): 3}
N_ROUNDS = 8


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, House]:
    """The file of a hub with the small programme, and who is in it; nobody has it open."""
    path = tmp_path_factory.mktemp("two-at-once") / "hub.duckdb"
    store = Store.open(path)
    house = build_house(store, make_programme(), [f"trainee{n}" for n in range(N_ROUNDS)])
    store.close()
    return path, house


@pytest.fixture
def house(built: tuple[Path, House], tmp_path: Path) -> Iterator[House]:
    """The hub on a file of its own."""
    path, house = built
    store = Store.open(Path(shutil.copy(path, tmp_path)))
    yield replace(house, store=store)
    store.close()


def at_once(*acts: Callable[[], Any], times: int = 1) -> list[Any]:
    """Return what each act returns or raises; all of them begin at the same moment, in threads of their own."""
    every = acts * times
    barrier = Barrier(len(every))

    def run(act: Callable[[], Any]) -> Any:
        barrier.wait()
        try:
            return act()
        except PlatformError as error:
            return error

    with ThreadPoolExecutor(len(every)) as pool:
        return list(pool.map(run, every))


# ---------------------------------------------------------------- two signers


def test_of_two_trainers_who_sign_at_once_one_is_first(house: House) -> None:
    for login in house.trainees:
        reflect_twice(house, login)
        signers = [house.actor("trainer"), house.actor("trainer2")]
        results = at_once(*(partial(_sign, house, actor, login) for actor in signers))
        kept = house.store.list_facts(SignOff, house.people[login])
        assert [type(one) for one in kept] == [SignOff]
        told = [one for one in results if isinstance(one, PlatformError)]
        assert len(told) == 1
        assert isinstance(told[0], AlreadyDecidedError | NotDecidableError)
        assert "has decided this at" in str(told[0]) or "waits for its countersignature" in str(told[0])
        assert kept[0] in results
    assert verify(house.store).faults == ()


def test_of_two_leads_who_countersign_at_once_one_is_first(house: House) -> None:
    head = house.programme.head
    login = house.trainees[0]
    reflect_twice(house, login)
    signed = _sign(house, house.actor("trainer"), login)
    lead = house.actor("lead")
    results = at_once(lambda: countersign(house.store, lead, signed.fact_id, now()), times=4)
    assert [type(one) for one in results] == [Countersign] * 4
    assert house.store.list_facts(Countersign) == [results[0]]
    verdict = house.store.verdict(house.people[login], head.id, now(), now())
    assert verdict is not None
    assert verdict.status == Status.SIGNED_OFF


def test_a_trainer_who_clicks_twice_signs_once(house: House) -> None:
    login = house.trainees[0]
    reflect_twice(house, login)
    results = at_once(partial(_sign, house, house.actor("trainer"), login), times=2)
    assert results == house.store.list_facts(SignOff) * 2


def _sign(house: House, actor: Actor, login: str) -> SignOff:
    head = house.programme.head
    return sign_off(house.store, actor, house.people[login], head.id, LEVELS, note="", now=now())


# ---------------------------------------------------------------- two tabs with a quiz


def test_two_tabs_start_the_same_form(house: House) -> None:
    for login in house.trainees:
        results = at_once(partial(_start, house, house.actor(login)), times=3)
        kept = house.store.list_facts(AttemptStarted, house.people[login])
        assert [one.fact_id for one in results] == [one.fact_id for one in kept] * 3
        assert {one.item_ids for one in results} == {kept[0].item_ids}


def test_a_quiz_handed_in_twice_at_once_is_one_attempt(house: House) -> None:
    for login in house.trainees:
        actor, started_id = _answered(house, login)
        results = at_once(partial(submit_attempt, house.store, actor, started_id, now()), times=4)
        kept = house.store.list_facts(Attempt, actor.person_id)
        assert [one.fact_id for one in results] == [one.fact_id for one in kept] * 4
    assert verify(house.store).faults == ()


def test_an_answer_after_handing_in_is_refused_clearly(house: House) -> None:
    actor, started_id = _answered(house, house.trainees[0])
    answer = partial(_answer, house, actor, started_id, 0)
    results = at_once(partial(submit_attempt, house.store, actor, started_id, now()), answer)
    assert isinstance(results[0], Attempt)
    assert isinstance(results[1], Response | AttemptClosedError)
    with pytest.raises(AttemptClosedError):
        answer()


def _start(house: House, actor: Actor) -> AttemptStarted:
    return start_attempt(house.store, actor, house.programme.head.id, QUIZ, Pool.COUNTING, now=now())


def _answer(house: House, actor: Actor, started_id: FactId, position: int) -> Response:
    given = {"certainty": None, "is_flagged": False, "now": now()}
    return record_response(house.store, actor, started_id, position, (0,), **given)


def _answered(house: House, login: str) -> tuple[Actor, FactId]:
    """Return a trainee and their form, every item of it answered."""
    actor = house.actor(login)
    started = _start(house, actor)
    for position in range(len(started.item_ids)):
        _answer(house, actor, started.fact_id, position)
    return actor, started.fact_id


# ---------------------------------------------------------------- two tabs with an observation


def test_an_observation_submitted_twice_at_once_is_one(house: House) -> None:
    for login in house.trainees:
        form_id = _form(house, login)
        trainer = house.actor("trainer")
        for line in load_form(house.store, trainer, form_id).lines:
            answer_all_basic(house.store, trainer, form_id, line.id, now())
        answer_none_unhelpful(house.store, trainer, form_id, now())
        answer_no_further(house.store, trainer, form_id, now())
        results = at_once(partial(_submit, house, form_id), times=4)
        kept = house.store.list_facts(Observation, house.people[login])
        assert [one.fact_id for one in results] == [one.fact_id for one in kept] * 4
    assert verify(house.store).faults == ()


def test_harm_submitted_twice_at_once_is_one_hold(house: House) -> None:
    for login in house.trainees:
        form_id = _form(house, login)
        seen = [(LineId("L2"), BehaviourId("D1.2-U1"), "seen")]
        record_ticks(house.store, house.actor("trainer"), form_id, seen, now())
        at_once(partial(_submit, house, form_id, confirms_harm=True), times=3)
        assert len(house.store.list_facts(Hold, house.people[login])) == 1


def test_two_tabs_tick_one_form_together(house: House) -> None:
    form_id = _form(house, house.trainees[0])
    trainer = house.actor("trainer")
    lines = load_form(house.store, trainer, form_id).lines
    acts = [partial(answer_all_basic, house.store, trainer, form_id, line.id, now()) for line in lines]
    at_once(*acts, partial(answer_none_unhelpful, house.store, trainer, form_id, now()))
    states = Counter(load_form(house.store, trainer, form_id).states.values())
    assert states == {"seen": 4, "not_seen": 2}


def _form(house: House, login: str) -> FactId:
    return open_observation(
        house.store,
        house.actor("trainer"),
        house.people[login],
        house.programme.head.id,
        ChecklistId("C2"),
        setting=Setting.LIVE,
        stage=Stage.LEAD_PART,
        scenario_id=None,
        session_code="RIV-A 14 Nov",
        relation=Relation.TRAINER,
        counts=True,
        has_co_leader=True,
        now=now(),
    ).fact_id


def _submit(house: House, form_id: FactId, *, confirms_harm: bool = False) -> Observation:
    return submit_observation(
        house.store,
        house.actor("trainer"),
        form_id,
        global_rating="pass",
        entrustment=3,
        strength="",
        next_step="",
        confirms_harm=confirms_harm,
        now=now(),
    )
