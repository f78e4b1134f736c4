"""Every page with everybody: who finds it, and what it gives to who opens it all the same."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import pytest
from streamlit.testing.v1 import AppTest

from assessments.facts import Attempt, AttemptStarted, Hold, ObservationOpened
from assessments.service.programmes import activate_programme, approve_safeguarding_text
from people.facts import ContactKind
from people.models import Actor, Office
from people.service import list_contacts, see_notice, set_contact, start_session
from store.ledger import Store
from tests.builders import NOW, PROGRAMME
from tests.rights.house import HERE, SURNAMES, THE_OPERATOR, THERE, House, Stage
from tests.rights.recorded import SECRET, make_recorded
from web import open_store, shell
from web.arrival import list_choices
from web.context import Context
from web.sessions import COOKIE
from web.view import View
from web.views import VIEWS

_TRAINEE: Final = {Office.TRAINEE}
_TRAINER: Final = {Office.TRAINER}
_EVERYBODY: Final = set(Office)

_ARRANGERS: Final = {Office.TRAINING_LEAD, Office.COORDINATOR, Office.MANAGER}

FINDS: Final[dict[str, set[Office]]] = {
    "next": _TRAINEE,
    "modules": _TRAINEE,
    "quizzes": _TRAINEE,
    "quiz": _TRAINEE,
    "quiz-result": _TRAINEE,
    "practice": _TRAINEE,
    "evaluate": _TRAINEE,
    "my-record": _TRAINEE,
    "manual": _EVERYBODY - {Office.FUNDER},
    "my-supervision": _TRAINEE,
    "my-times": _TRAINEE | _TRAINER,
    "how-i-am": _TRAINEE,
    "my-sessions": _TRAINEE,
    "our-group": _TRAINEE,
    "supervision": _TRAINER,
    "support": _ARRANGERS,
    "plan-meetings": _ARRANGERS,
    "calendar": _ARRANGERS,
    "today": _TRAINER | {Office.TRAINING_LEAD},
    "record": _TRAINER | {Office.TRAINING_LEAD},
    "observe": _TRAINER,
    "paper": _TRAINER | {Office.TRAINING_LEAD},
    "calibrate": _TRAINER | {Office.TRAINING_LEAD, Office.MANAGER},
    "two-views": {Office.TRAINING_LEAD},
    "held-forms": {Office.TRAINING_LEAD},
    "my-trainees": _TRAINER,
    "refreshers": _TRAINEE,
    "misconceptions": {Office.TRAINING_LEAD},
    "mark": _TRAINER | {Office.TRAINING_LEAD},
    "correct-key": {Office.TRAINING_LEAD},
    "bring-in-questions": {Office.TRAINING_LEAD, Office.MANAGER},
    "pass-mark": _TRAINER | {Office.TRAINING_LEAD, Office.MANAGER},
    "design-quiz": {Office.TRAINING_LEAD, Office.MANAGER},
    "decide": {Office.TRAINER, Office.TRAINING_LEAD, Office.COUNTERSIGNER},
    "holds": {Office.SAFEGUARDING_LEAD, Office.SAFEGUARDING_DEPUTY},
    "appeals": _TRAINEE,
    "appeals-to-decide": {
        Office.TRAINING_LEAD,
        Office.SAFEGUARDING_LEAD,
        Office.SAFEGUARDING_DEPUTY,
        Office.MANAGER,
    },
    "keeping": {Office.MANAGER, Office.ADMINISTRATOR},
    "setting-up": {Office.ADMINISTRATOR},
    "readiness": {Office.MANAGER, Office.TRAINING_LEAD},
    "competencies": {Office.MANAGER, Office.TRAINING_LEAD},
    "forecast": {Office.MANAGER, Office.TRAINING_LEAD},
    "quality": {Office.MANAGER, Office.TRAINING_LEAD},
    "reports": {Office.MANAGER, Office.TRAINING_LEAD, Office.FUNDER},
    "cohorts": {Office.MANAGER, Office.COORDINATOR, Office.ADMINISTRATOR},
    "people": {Office.MANAGER, Office.ADMINISTRATOR},
    "programme": {
        Office.MANAGER,
        Office.TRAINING_LEAD,
        Office.SAFEGUARDING_LEAD,
        Office.SAFEGUARDING_DEPUTY,
        Office.ADMINISTRATOR,
        Office.COORDINATOR,
        Office.TRAINER,
    },
    "rules": _EVERYBODY - {Office.FUNDER},
    "my-account": _EVERYBODY,
    "privacy": _EVERYBODY,
}
"""Who finds which page in the navigation."""

BY_PATH: Final = {view.url_path: view for view in VIEWS}


@pytest.fixture(scope="module")
def stage(house: House) -> Stage:
    store = house.store
    named = {"approver_name": "Dr Reed", "qualification": "Lead", "now": NOW}
    approve_safeguarding_text(store, THE_OPERATOR, PROGRAMME, 1, **named)
    for hub_id in (HERE, THERE):
        for kind in (ContactKind.SAFEGUARDING_LEAD, ContactKind.EMERGENCY):
            set_contact(store, THE_OPERATOR, hub_id, kind, title="On call", phone="020 7946 0000", now=NOW)
        activate_programme(store, THE_OPERATOR, PROGRAMME, 1, hub_id, now=NOW)
    return make_recorded(house)


# ---------------------------------------------------------------- the navigation


def test_every_page_has_its_place_in_the_table() -> None:
    assert set(FINDS) == set(BY_PATH)


def test_people_find_the_pages_of_their_offices(stage: Stage) -> None:
    for name, actor in stage.cast.items():
        expected = {path for path, offices in FINDS.items() if offices == _EVERYBODY or offices & actor.offices}
        assert {view.url_path for view in shell.list_views(actor)} == expected, name


class _Browser:
    """Stands in for `st.context`: the cookies and headers of the handshake."""

    def __init__(self, token: str) -> None:
        self.cookies = {COOKIE: token}
        self.headers: dict[str, str] = {}


def _app() -> None:
    from web.shell import draw_shell

    draw_shell()


@pytest.fixture
def opened(stage: Stage) -> Iterator[Store]:
    open_store.use_store(stage.store)
    yield stage.store
    open_store.forget_store()


@pytest.mark.parametrize(
    "name", ["trainee", "trainer", "lead", "safeguarding", "coordinator", "manager", "funder", "admin"]
)
def test_only_the_own_pages_can_be_opened(
    stage: Stage, opened: Store, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """What is not registered has no address: opening it leads to the first page."""
    actor = stage.cast[name]
    see_notice(opened, actor, NOW)
    registered: list[str] = []
    draw = shell.st.navigation

    def navigation(pages: list[Any], **how: Any) -> Any:
        registered[:] = [page.url_path for page in pages]
        return draw(pages, **how)

    monkeypatch.setattr(shell.st, "context", _Browser(start_session(opened, actor.person_id, NOW).token))
    monkeypatch.setattr(shell.st, "navigation", navigation)
    assert not AppTest.from_function(_app, default_timeout=20).run().exception
    expected = {path for path, offices in FINDS.items() if offices == _EVERYBODY or offices & actor.offices}
    assert set(registered) == expected | {""}


def test_a_made_up_session_is_shown_no_page(stage: Stage, opened: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for token in ("", "x" * 43):
        monkeypatch.setattr(shell.st, "context", _Browser(token))
        page = AppTest.from_function(_app, default_timeout=20).run()
        assert [title.value for title in page.title] == ["You are signed out"]


# ---------------------------------------------------------------- what a page gives away


def _context(stage: Stage, actor: Actor) -> Context:
    lines = tuple(list_contacts(stage.store, HERE))
    choices = list_choices(stage.store, actor)
    return Context(store=stage.store, actor=actor, choices=choices, clock=lambda: NOW, contacts=lines)


def _newest(stage: Stage, kind: type[Any]) -> str:
    return str(stage.store.list_facts(kind, stage.person_id)[-1].fact_id)


def _addresses(stage: Stage, path: str) -> dict[str, str]:
    """Return what stands behind the page's address when it is opened about the trainee."""
    person = str(stage.person_id)
    match path:
        case "quiz":
            return {"form": _newest(stage, AttemptStarted)}
        case "quiz-result":
            return {"attempt": _newest(stage, Attempt)}
        case "evaluate":
            return {"about": person}
        case "observe":
            return {"form": _newest(stage, ObservationOpened)}
        case _:
            cohort, hold = str(stage.house.cohorts[HERE]), _newest(stage, Hold)
            names = {"person": person, "in": PROGRAMME, "trainee": person, "cohort": cohort, "hub": HERE, "hold": hold}
            return {**names, "readiness_hub": HERE, "readiness_cohort": cohort}


def _everything_on(page: AppTest) -> str:
    """Return all that was sent to the browser, hidden or not: texts, labels, options, tables."""
    waiting: list[Any] = [page._tree]
    sent: list[str] = []
    while waiting:
        node = waiting.pop()
        sent.append(str(getattr(node, "proto", "")))
        waiting += list(getattr(node, "children", {}).values())
    return "\n".join(sent)


def _render(view, context):
    view.render(context)


def _open(stage: Stage, view: View, actor: Actor, **address: str) -> str:
    """Draw the page as if its address led there, for whoever it is: who does not find it may meet a refusal."""
    page = AppTest.from_function(_render, kwargs={"view": view, "context": _context(stage, actor)}, default_timeout=20)
    for name, value in (address or _addresses(stage, view.url_path)).items():
        page.query_params[name] = value
    page.run()
    assert not (page.exception and view.is_for(actor)), page.exception
    return _everything_on(page)


every_view = pytest.mark.parametrize("view", VIEWS, ids=[view.url_path for view in VIEWS])

SHOWN_TO: Final = {
    "calendar": "coordinator",
    "supervision": "trainer",
    "support": "manager",
    "decide": "trainer",
    "my-trainees": "trainer",
    "record": "trainer",
    "today": "trainer",
    "holds": "safeguarding",
    "readiness": "manager",
    "cohorts": "coordinator",
    "people": "manager",
}
"""Pages that name the trainee, and one to whom they do: the tests below look for a name that is shown."""


@pytest.mark.parametrize(("path", "name"), SHOWN_TO.items())
def test_pages_name_the_trainee_to_who_may_see(stage: Stage, path: str, name: str) -> None:
    assert stage.trainee.name in _open(stage, BY_PATH[path], stage.cast[name])


THERE_OFFICES: Final = (
    "manager",
    "lead",
    "safeguarding",
    "coordinator",
    "trainer",
    "trainee",
    "funder",
    "countersigner",
)
STRANGERS: Final = ("fellow", "other_trainer", "safeguarding", "funder", "nobody")
"""Who of this hub may not know how the trainee does; the safeguarding offices learn of the hold."""


def _openers(stage: Stage, view: View, names: Sequence[str], *, always: str) -> Iterator[tuple[str, str]]:
    """Open a page as each of the names who finds it, and as `always` in any case; give who, and what was sent.

    For the others it has no address, which is proved above.
    """
    for name in names:
        if view.is_for(stage.cast[name]) or name == always:
            yield name, _open(stage, view, stage.cast[name])


@every_view
def test_the_other_hub_sees_nobody_of_this_one(stage: Stage, view: View) -> None:
    names = [f"there_{name}" for name in THERE_OFFICES]
    for name, sent in _openers(stage, view, names, always="there_manager"):
        assert SURNAMES[HERE] not in sent, name
        assert SECRET not in sent, name


NAMED_TO: Final = {
    ("holds", "safeguarding"),
    *((path, "fellow") for path in ("next", "practice", "evaluate")),
    ("our-group", "fellow"),
}
"""Where a stranger of this hub reads the trainee's name: who trains with them may be asked for a view of them, and is
told who their buddy is."""


@every_view
def test_strangers_of_this_hub_see_nothing_of_the_trainee(stage: Stage, view: View) -> None:
    for name, sent in _openers(stage, view, STRANGERS, always="other_trainer"):
        assert SECRET not in sent, name
        assert stage.trainee.name not in sent or (view.url_path, name) in NAMED_TO, name


def test_a_fellow_is_told_what_they_were_asked_and_what_they_wrote_alone(stage: Stage) -> None:
    """The partner's words are theirs; what the trainee, the trainer or the log says is not shown to them."""
    fellow = stage.cast["fellow"]
    forms = stage.store.list_facts(ObservationOpened, stage.person_id)
    [written] = [one for one in forms if one.actor_id == fellow.person_id]
    sent = _open(stage, BY_PATH["practice"], fellow)
    assert "asks for your view of them" in sent
    assert "not passed yet" not in sent
    assert "It never counts." in _open(stage, BY_PATH["evaluate"], fellow, form=str(written.fact_id))
    others = [_open(stage, BY_PATH["evaluate"], fellow, form=str(one.fact_id)) for one in forms if one != written]
    assert len(others) > 3
    assert all("You may not do this" in page or "Only the rater" in page for page in others)


@pytest.mark.parametrize("path", ["my-record", "my-trainees", "decide", "record", "readiness", "cohorts", "people"])
def test_who_looks_after_the_hub_reads_no_words_about_practice(stage: Stage, path: str) -> None:
    for name in ("coordinator", "manager", "admin"):
        assert SECRET not in _open(stage, BY_PATH[path], stage.cast[name]), name
