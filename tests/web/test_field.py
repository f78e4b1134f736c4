"""The field page over HTTP: its shell for everybody, its data for who is signed in, and each answer to a record."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from assessments.facts import DeviceRecord, Hold, Observation, Relation
from curriculum.models import Setting
from people.facts import ClockChange, Pause, PersonErased
from people.ids import new_fact_id
from people.service import sign_out, start_session
from tests.assessments.world import all_basics, open_form, submit, tick
from tests.builders import NOW, PROGRAMME
from tests.rights.house import House, Stage, make_house
from tests.web.browser import TestClient
from web import open_store
from web.arrival import find_person
from web.field.origin import PUBLIC_ADDRESS
from web.field.record import MAX_BYTES
from web.middleware import list_middleware
from web.routes import ROUTES
from web.sessions import COOKIE, LOCK_COOKIE

HOME = "http://testserver"
LATER = NOW + timedelta(hours=2)


async def _fallback(_: Request) -> Response:
    return HTMLResponse("the app's page, whatever was asked for")


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    made = make_house()
    made.store.clock = lambda: LATER
    yield made
    made.store.close()


@pytest.fixture
def stage(house: House) -> Iterator[Stage]:
    open_store.use_store(house.store)
    yield house.stage()
    open_store.forget_store()


@dataclass
class Device:
    """A browser on which somebody of the cast is signed in, or nobody."""

    client: TestClient
    token: str = ""

    def session(self) -> dict[str, Any]:
        return self.client.get("/field/api/session").json()

    def put(self, number: UUID | str, parcel: object, **headers: str) -> Any:
        """Send a record as the page does; `headers` come on top, an empty one is left out."""
        given = {"origin": HOME, "sec-fetch-site": "same-origin", "content-type": "application/json"}
        given["x-csrf-token"] = headers.pop("token", None) or self.session().get("csrf", "")
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        body = parcel if isinstance(parcel, bytes) else json.dumps(parcel).encode()
        return self.client.put(
            f"/field/api/records/{number}", content=body, headers={key: value for key, value in given.items() if value}
        )


def device(stage: Stage, name: str | None = "trainer") -> Device:
    rest = Route("/{path:path}", _fallback, methods=["GET", "PUT", "POST"])
    app = Starlette(routes=[*ROUTES, rest], middleware=list_middleware(find_person))
    found = Device(TestClient(app, base_url=HOME, follow_redirects=False))
    if name is not None:
        found.token = start_session(stage.store, stage.person_of(name), LATER).token
        found.client.cookies.set(COOKIE, found.token)
    return found


def parcel(stage: Stage, /, *, owner: int | None = None, sent_at: str = "", **changes: Any) -> dict[str, Any]:
    """Return what the page sends about the stage's trainee."""
    record = {
        "programme": PROGRAMME,
        "version": 1,
        "trainee": stage.person_id,
        "checklist": "C2",
        "setting": "roleplay",
        "stage": "lead_part",
        "scenario": None,
        "session_code": "",
        "counts": False,
        "co_leader": True,
        "answers": [[line, one, str(state)] for line, one, state in all_basics("L1", "D1.1")],
        "overall": "pass",
        "help": 4,
        "harm_confirmed": False,
        "begun_at": (NOW - timedelta(minutes=20)).isoformat(),
        "finished_at": NOW.isoformat(),
        "zone": "Europe/London",
    }
    own = stage.person_of("trainer") if owner is None else owner
    return {"owner": own, "record": record | changes, "sent_at": sent_at or LATER.isoformat()}


def kept(stage: Stage) -> list[DeviceRecord]:
    return stage.store.list_facts(DeviceRecord, stage.person_id)


def facts(stage: Stage) -> int:
    return stage.store.position


# ---------------------------------------------------------------- the shell


def test_the_shell_is_served_to_everybody_and_names_nobody(stage: Stage) -> None:
    nobody, trainer = device(stage, None).client, device(stage).client
    page = nobody.get("/field/", headers={"accept": "text/html"})
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert page.headers["cache-control"] == "no-cache"
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert "unsafe" not in page.headers["content-security-policy"]
    assert trainer.get("/field/").content == page.content
    assert "service-worker-allowed" not in nobody.get("/field/worker.js").headers


def test_the_address_without_a_slash_leads_to_the_page(stage: Stage) -> None:
    answer = device(stage, None).client.get("/field", headers={"accept": "text/html"})
    assert (answer.status_code, answer.headers["location"]) == (307, "/field/")


def _worker(client: TestClient) -> tuple[str, dict[str, str]]:
    version, files = client.get("/field/worker.js").text.split("\n")[:2]
    return version, json.loads(files.removeprefix("const FILES = ").removesuffix(";"))


def test_the_worker_keeps_files_that_there_are_of_the_type_that_it_says(stage: Stage) -> None:
    client = device(stage, None).client
    _, files = _worker(client)
    assert {"/field/", "/field/page.js", "/field/texts.json", "/field/field.css"} <= set(files)
    for path, media_type in files.items():
        answer = client.get(path)
        assert path.startswith("/field/")
        assert (answer.status_code, answer.headers["content-type"].startswith(media_type)) == (200, True), path


def test_every_script_that_the_page_imports_is_kept(stage: Stage) -> None:
    client = device(stage, None).client
    _, files = _worker(client)
    for path in (path for path in files if path.endswith(".js")):
        for line in client.get(path).text.splitlines():
            if line.startswith("import "):
                name = line.split('"')[1].removeprefix("./")
                assert f"/field/{name}" in files, line


def test_every_word_that_the_scripts_ask_for_is_there(stage: Stage) -> None:
    client = device(stage, None).client
    texts = client.get("/field/texts.json").json()["texts"]
    _, files = _worker(client)
    asked = set()
    for path in (path for path in files if path.endswith(".js")):
        asked |= {part.split('"')[0] for part in client.get(path).text.split('say("')[1:]}
    composed = {key for key in texts if key.startswith(("state_", "stage_", "overall_", "help_"))}
    assert asked <= set(texts)
    assert set(texts) - composed - asked <= {"further", "unhelpful"}


def test_what_is_not_there_is_not_the_apps_page(stage: Stage) -> None:
    client = device(stage).client
    for path in ("/field/nothing.js", "/field/api/nothing", "/field/a/b", "/field/../secrets"):
        answer = client.get(path)
        assert answer.status_code in {200, 404}
        assert answer.status_code == 404 or not path.startswith("/field/a")
        assert path == "/field/../secrets" or answer.status_code == 404, path
    assert client.post("/field/api/records/x").status_code == 405


def test_the_manifest_opens_the_page_and_keeps_signing_in_inside(stage: Stage) -> None:
    client = device(stage, None).client
    manifest = client.get("/field/field.webmanifest").json()
    assert (manifest["id"], manifest["start_url"], manifest["scope"]) == ("/field/", "/field/", "/")
    assert manifest["display"] == "standalone"
    for icon in manifest["icons"]:
        assert client.get(icon["src"]).content.startswith(b"\x89PNG")


# ---------------------------------------------------------------- who is signed in, and what they take along


def test_the_session_says_who_it_is_and_for_how_long_the_page_opens(stage: Stage) -> None:
    told = device(stage).session()
    assert told["person"]["id"] == stage.person_of("trainer")
    assert told["open_until"] == (LATER + timedelta(days=14)).isoformat()
    assert told["server_time"] == LATER.isoformat()
    assert told["csrf"] != device(stage).session()["csrf"]


@pytest.mark.parametrize("path", ["session", "work"])
def test_who_is_signed_out_is_told_so_in_json(stage: Stage, path: str) -> None:
    answer = device(stage, None).client.get(f"/field/api/{path}")
    assert (answer.status_code, answer.json()["code"]) == (401, "signed_out")
    assert answer.headers["cache-control"] == "no-store"


def test_a_session_that_was_ended_from_elsewhere_is_told_apart(stage: Stage) -> None:
    lost = device(stage)
    sign_out(stage.store, lost.token, LATER)
    answer = lost.client.get("/field/api/session").json()
    assert (answer["code"], answer["person"]) == ("revoked", stage.person_of("trainer"))


def test_a_trainer_takes_along_their_trainees_and_no_rating(stage: Stage) -> None:
    world = stage.world
    opened = open_form(world, counts=True, setting=Setting.LIVE)
    tick(world, opened, *all_basics("L1", "D1.1"))
    submit(world, opened)
    work = device(stage).client.get("/field/api/work").json()
    mine = next(one for one in work["work"] if one["trainee"]["id"] == stage.person_id)
    assert mine["trainee"]["name"] == stage.trainee.name
    assert set(mine) == {"id", "trainee", "programme", "version", "asked"}
    assert stage.person_of("fellow") not in {one["trainee"]["id"] for one in work["work"]}
    (programme,) = work["programmes"]
    assert all(one["kind"] != "log" for one in programme["checklists"])
    form = next(one for one in programme["checklists"] if one["id"] == "C2")
    assert form["lines"][0]["behaviours"][0].keys() == {"id", "text", "kind"}
    assert "C8" not in {one["id"] for one in programme["checklists"]}


@pytest.mark.parametrize("name", ["lead", "manager", "safeguarding", "coordinator"])
def test_others_take_nothing_along(stage: Stage, name: str) -> None:
    work = device(stage, name).client.get("/field/api/work").json()
    assert (work["work"], work["programmes"]) == ([], [])


# ---------------------------------------------------------------- kept


def test_a_record_is_kept_and_then_answered(stage: Stage) -> None:
    number = new_fact_id()
    answer = device(stage).put(number, parcel(stage))
    assert answer.status_code == 201
    told = answer.json()
    assert (told["id"], told["state"], told["duplicate"]) == (str(number), "recorded", False)
    (observation,) = stage.store.list_facts(Observation, stage.person_id)
    assert (observation.relation, observation.actor_id) == (Relation.TRAINER, stage.person_of("trainer"))


def test_the_same_again_is_answered_as_kept_before(stage: Stage) -> None:
    number, sender = new_fact_id(), device(stage)
    sender.put(number, parcel(stage))
    position = facts(stage)
    sent = parcel(stage, sent_at=(LATER - timedelta(minutes=3)).isoformat())
    sent["record"] = dict(reversed(sent["record"].items()))
    answer = sender.put(number, sent)
    assert (answer.status_code, answer.json()["duplicate"], facts(stage)) == (200, True, position)


def test_forty_at_once_are_one_record(stage: Stage) -> None:
    number, sender, sent = new_fact_id(), device(stage), parcel(stage)
    token = sender.session()["csrf"]

    def put(_: int) -> int:
        return sender.put(number, sent, token=token).status_code

    with ThreadPoolExecutor(40) as pool:
        found = sorted(pool.map(put, range(40)))
    assert found == [200] * 39 + [201]
    assert len(kept(stage)) == len(stage.store.list_facts(Observation, stage.person_id)) == 1


def test_how_wrong_the_clock_is_stands_beside_the_record(stage: Stage) -> None:
    wrong = {"sent_at": (LATER - timedelta(seconds=56_421)).isoformat(), "finished_at": "2025-03-09T11:00:00+03:00"}
    answer = device(stage).put(new_fact_id(), parcel(stage, **wrong, zone="Africa/Nairobi"))
    assert answer.status_code == 201
    (record,) = kept(stage)
    assert (record.skew_s, record.offset_minutes, record.zone) == (56_421, 180, "Africa/Nairobi")


def test_confirmed_harm_opens_a_hold(stage: Stage) -> None:
    harmful: dict[str, Any] = {"answers": [["L2", "D1.2-U1", "seen"]], "counts": True}
    refused = device(stage).put(new_fact_id(), parcel(stage, **harmful))
    assert (refused.status_code, kept(stage)) == (422, [])
    assert device(stage).put(new_fact_id(), parcel(stage, **harmful, harm_confirmed=True)).status_code == 201
    assert len(stage.store.list_facts(Hold, stage.person_id)) == 1


# ---------------------------------------------------------------- refused: who sends it


def test_who_is_signed_out_sends_nothing(stage: Stage) -> None:
    answer = device(stage, None).put(new_fact_id(), parcel(stage))
    assert (answer.status_code, answer.json()["code"], kept(stage)) == (401, "signed_out", [])


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://testserver:8502"},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"origin": ""},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "cross-site"},
    ],
)
def test_another_page_sends_nothing(stage: Stage, headers: dict[str, str]) -> None:
    answer = device(stage).put(new_fact_id(), parcel(stage), **headers)
    assert (answer.status_code, answer.json()["code"], kept(stage)) == (403, "foreign_origin", [])


def test_behind_a_proxy_the_address_is_the_one_that_was_named(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PUBLIC_ADDRESS, "https://practice.example.org/")
    sender = device(stage)
    assert sender.put(new_fact_id(), parcel(stage)).json()["code"] == "foreign_origin"
    assert sender.put(new_fact_id(), parcel(stage), origin="https://practice.example.org").status_code == 201


def test_the_token_of_an_older_session_sends_nothing(stage: Stage) -> None:
    old = device(stage).session()["csrf"]
    answer = device(stage).put(new_fact_id(), parcel(stage), token=old)
    assert (answer.status_code, answer.json()["code"], kept(stage)) == (403, "csrf", [])


def test_nobody_sends_what_another_person_has_filled_in(stage: Stage) -> None:
    answer = device(stage, "other_trainer").put(new_fact_id(), parcel(stage))
    assert (answer.status_code, answer.json()["code"], kept(stage)) == (403, "wrong_person", [])


def test_a_number_of_another_person_tells_nothing(stage: Stage) -> None:
    number = new_fact_id()
    device(stage).put(number, parcel(stage))
    answer = device(stage, "other_trainer").put(number, parcel(stage, owner=stage.person_of("other_trainer")))
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert stage.trainee.name not in answer.text


def test_who_is_no_trainer_of_the_person_sends_nothing(stage: Stage) -> None:
    for name in ("other_trainer", "lead", "manager", "fellow"):
        answer = device(stage, name).put(new_fact_id(), parcel(stage, owner=stage.person_of(name)))
        assert (answer.status_code, kept(stage)) == (422, []), name


# ---------------------------------------------------------------- refused: what is sent


def test_other_content_under_the_same_number_is_not_kept(stage: Stage) -> None:
    number = new_fact_id()
    device(stage).put(number, parcel(stage))
    position = facts(stage)
    answer = device(stage).put(number, parcel(stage, help=1)).json()
    assert (answer["code"], answer["kept"], answer["id"]) == ("different_content", False, str(number))
    assert facts(stage) == position


def test_what_is_no_json_is_refused(stage: Stage) -> None:
    answer = device(stage).put(new_fact_id(), parcel(stage), content_type="text/plain")
    assert (answer.status_code, answer.json()["kept"]) == (415, False)


def test_what_is_too_large_is_refused(stage: Stage) -> None:
    answer = device(stage).put(new_fact_id(), b" " * (MAX_BYTES + 1))
    assert (answer.status_code, answer.json()["kept"]) == (413, False)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"[" * 15_000, b"\xff", b'{"owner": 1}', b"1e999999"])
def test_what_is_no_record_is_refused(stage: Stage, body: bytes) -> None:
    answer = device(stage).put(new_fact_id(), body)
    assert (answer.status_code, answer.json()["code"], answer.json()["kept"]) == (422, "not_valid", False)


@pytest.mark.parametrize(
    "changes",
    [
        {"trainee": "1"},
        {"trainee": -1},
        {"trainee": 2**40},
        {"trainee": True},
        {"version": 99},
        {"programme": "no-such"},
        {"checklist": "C9"},
        {"checklist": "no-such"},
        {"setting": "street"},
        {"stage": ""},
        {"scenario": "no-such"},
        {"session_code": "Ann & Bob"},
        {"session_code": "x" * 300},
        {"counts": 1},
        {"answers": [["L1", "D1.1-B1"]]},
        {"answers": [["L1", "", "seen"]]},
        {"answers": [["L1", "D1.1-B1", "seen"]] * 501},
        {"answers": {}},
        {"answers": []},
        {"overall": "fine"},
        {"help": 0},
        {"finished_at": "yesterday"},
        {"finished_at": "2025-03-10T10:00:00"},
        {"finished_at": "0001-01-01T00:00:00+23:00"},
        {"begun_at": 5},
        {"zone": None},
        {"strength": "She listened to the mother."},
    ],
)
def test_a_field_that_is_not_as_it_should_be_is_refused_and_nothing_is_kept(stage: Stage, changes: Any) -> None:
    position = facts(stage)
    answer = device(stage).put(new_fact_id(), parcel(stage, **changes))
    assert (answer.status_code, answer.json()["kept"], facts(stage)) == (422, False, position)
    assert len(answer.json()["explain"]) > 20


@pytest.mark.parametrize("number", ["x", "", UUID(int=0), UUID("9f1b5c1e-7b1d-4a6e-9c62-3f2a9d1f0a55")])
def test_a_number_that_is_no_uuid7_is_refused(stage: Stage, number: UUID | str) -> None:
    assert device(stage).put(number, parcel(stage)).status_code in {404, 422}
    assert kept(stage) == []


# ---------------------------------------------------------------- kept for the lead, or not at all


def test_a_record_about_who_had_left_is_kept_for_the_lead(stage: Stage) -> None:
    base = {"person_id": stage.person_id, "actor_id": stage.person_of("manager"), "fact_id": new_fact_id()}
    gone = {"programme_id": PROGRAMME, "change": ClockChange.WITHDRAWN, "reason": "own_wish"}
    stage.store.append(Pause(**base, **gone, occurred_at=NOW + timedelta(minutes=1)))
    number, late = new_fact_id(), {"finished_at": (NOW + timedelta(minutes=5)).isoformat()}
    for _ in range(2):
        answer = device(stage).put(number, parcel(stage, **late))
        told = answer.json()
        assert (answer.status_code, told["code"], told["kept"]) == (409, "trainee_withdrawn", True)
    assert (len(kept(stage)), stage.store.list_facts(Observation, stage.person_id)) == (1, [])
    assert device(stage).put(new_fact_id(), parcel(stage)).status_code == 201


def test_a_record_of_long_ago_is_kept_for_the_lead(stage: Stage) -> None:
    long_ago = (NOW - timedelta(days=90)).isoformat()
    answer = device(stage).put(new_fact_id(), parcel(stage, begun_at=long_ago, finished_at=long_ago))
    assert (answer.status_code, answer.json()["code"]) == (409, "too_long_ago")


def test_a_record_about_who_was_erased_is_gone(stage: Stage) -> None:
    base = {"person_id": stage.person_id, "actor_id": stage.person_of("manager"), "occurred_at": NOW}
    stage.store.append(PersonErased(fact_id=new_fact_id(), **base))
    answer = device(stage).put(new_fact_id(), parcel(stage))
    assert (answer.status_code, answer.json()["code"], answer.json()["kept"]) == (410, "erased", False)
    assert kept(stage) == []


# ---------------------------------------------------------------- signing out


def test_signing_out_locks_the_page_and_leaves_what_waits(stage: Stage) -> None:
    client = device(stage).client
    form = client.get("/account/bye").text.split('name="form_token" value="')[1].split('"')[0]
    answer = client.post("/account/sign-out", data={"form_token": form})
    assert answer.status_code == 200
    assert "clear-site-data" not in answer.headers
    lock = next(line for line in answer.headers.get_list("set-cookie") if line.startswith(LOCK_COOKIE))
    assert "Path=/field/" in lock
    assert "HttpOnly" not in lock
