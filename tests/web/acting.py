"""What people do in tests of pages, through the services, before somebody looks."""

from typing import Any

from streamlit.testing.v1 import AppTest

from assessments.facts import GlobalRating, Observation, ObservationOpened, Relation, SignOff, Stage
from assessments.service import decisions, observations
from curriculum.ids import ChecklistId, ScenarioId
from curriculum.models import Setting
from people.facts import FactId
from people.models import Actor, HubId, Office, PersonId
from people.service import add_person, give_grant
from tests.web.scene import ALONGSIDE, HUB
from tests.web.walking import Walker

OPERATOR = Actor(PersonId(0), "operator", is_operator=True)


def begin_form(walker: Walker, trainer: str, login: str, checklist: str = "C2", **changes: Any) -> FactId:
    """Begin a live form that counts, unless said otherwise, and return its id."""
    scene = walker.scene
    frame: dict[str, Any] = {
        "setting": Setting.LIVE,
        "stage": Stage.LEAD_PART,
        "scenario_id": None,
        "session_code": "RIV-A week 9",
        "relation": Relation.TRAINER,
        "counts": True,
        "has_co_leader": True,
    }
    opened = observations.open_observation(
        scene.store,
        scene.actor(trainer),
        walker.person(login),
        ALONGSIDE,
        ChecklistId(checklist),
        now=scene.now,
        **frame | changes,
    )
    return opened.fact_id


def roleplay(story: str) -> dict[str, Any]:
    """Return what differs in a role-play."""
    return {"setting": Setting.ROLEPLAY, "scenario_id": ScenarioId(story), "session_code": ""}


def load(walker: Walker, trainer: str, form_id: FactId) -> observations.Form:
    return observations.load_form(walker.scene.store, walker.scene.actor(trainer), form_id)


def fill(walker: Walker, form_id: FactId, *unhelpful: tuple[str, str], lines: int | None = None) -> None:
    """Let `trainer` answer all (or the first) lines as well done, and tick what is named as (line, behaviour)."""
    store, actor, now = walker.scene.store, walker.scene.actor("trainer"), walker.scene.now
    form = load(walker, "trainer", form_id)
    for line in form.lines[:lines]:
        observations.answer_all_basic(store, actor, form_id, line.id, now)
    observations.record_ticks(store, actor, form_id, [(line, seen, "seen") for line, seen in unhelpful], now)
    observations.answer_none_unhelpful(store, actor, form_id, now)
    observations.answer_no_further(store, actor, form_id, now)


def forms_about(walker: Walker, login: str) -> list[ObservationOpened]:
    return walker.scene.store.list_facts(ObservationOpened, walker.person(login))


def submit(walker: Walker, form_id: FactId) -> Observation:
    """Let `trainer` submit a form and confirm the harm that was seen."""
    return observations.submit_observation(
        walker.scene.store,
        walker.scene.actor("trainer"),
        form_id,
        global_rating=GlobalRating.NOT_YET,
        entrustment=2,
        strength="",
        next_step="",
        confirms_harm=True,
        now=walker.scene.now,
    )


def sign(walker: Walker, login: str, by: str = "trainer") -> SignOff:
    """Let somebody be signed off, each activity at the level that is asked for."""
    store, now = walker.scene.store, walker.scene.now
    enrolment = store.enrolment(walker.person(login), ALONGSIDE)
    assert enrolment is not None
    activities = store.programme(ALONGSIDE, enrolment.version_no).head.activities
    levels = {one.id: one.required_level for one in activities if enrolment.role_id in one.roles}
    return decisions.sign_off(store, walker.scene.actor(by), walker.person(login), ALONGSIDE, levels, note="", now=now)


def seen_of(walker: Walker, login: str) -> list[Observation]:
    return walker.scene.store.list_facts(Observation, walker.person(login))


def box(page: AppTest, label: str) -> Any:
    """Return the one list, field, date or check box of this label."""
    kinds = ("selectbox", "text_input", "number_input", "date_input", "checkbox", "text_area", "radio", "button_group")
    found = [one for kind in kinds for one in page.get(kind) if one.label == label]
    assert len(found) == 1, f"{len(found)} fields are called {label!r}"
    return found[0]


def pick(page: AppTest, label: str, option: object) -> AppTest:
    """Choose one of several segments or pills that allow one."""
    return box(page, label).set_value(option).run()


def hire(walker: Walker, login: str, office: Office, hub_id: HubId | None = HUB, **grant: Any) -> PersonId:
    """Add a person in an office; they are called as their login, with a capital."""
    store, now = walker.scene.store, walker.scene.now
    person_id = add_person(store, OPERATOR, login.title(), login, now)
    give_grant(store, OPERATOR, person_id, office, now, hub_id=hub_id, **grant)
    return person_id


def erase_name(walker: Walker, login: str) -> PersonId:
    """Let a person's name go, as an erasure does."""
    store, person_id = walker.scene.store, walker.person(login)
    store.write(lambda batch: batch.execute("DELETE FROM person_private WHERE person_no = ?", [person_id]))
    store.reader.recent.forget()
    return person_id
