"""Somebody in two programmes: the menu offers both, pages follow the choice, a shared certificate counts in both."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from people import service
from people.models import PersonId
from tests.builders import NOW
from tests.two_programmes import ALONGSIDE, SAFEGUARDING, TABLE, TODAY, House
from tests.web.walking import shown
from web import open_store, shell
from web.arrival import list_choices
from web.context import Context, ProgrammeChoice
from web.sessions import COOKIE


class _Browser:
    """Stands in for `st.context`: the cookies and headers of the handshake."""

    def __init__(self, **cookies: str) -> None:
        self.cookies = cookies
        self.headers: dict[str, str] = {}


@pytest.fixture
def browser(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[_Browser]:
    made = _Browser()
    monkeypatch.setattr(shell.st, "context", made)
    open_store.use_store(house.store)
    yield made
    open_store.forget_store()


def _app() -> None:
    from web.shell import draw_shell

    draw_shell()


def sign_in(house: House, browser: _Browser, person_id: PersonId) -> None:
    service.see_notice(house.store, house.actor(person_id), NOW)
    browser.cookies[COOKIE] = service.start_session(house.store, person_id, NOW).token


def open_app(**address: str) -> AppTest:
    """Open the app, and its menu."""
    page = AppTest.from_function(_app, default_timeout=20)
    for name, value in address.items():
        page.query_params[name] = value
    page.session_state["menu"] = True
    page.run()
    assert not page.exception
    return page


def remembered(page: AppTest) -> list[str]:
    """Return the programmes that scripts of this run keep in the browser."""
    scripts = [str(element.proto.body) for element in page.get("html")]
    return [
        script.split("practicum_programme=")[1].split(";")[0] for script in scripts if "practicum_programme" in script
    ]


def test_the_menu_offers_both_and_every_page_follows(house: House, browser: _Browser, anna) -> None:
    sign_in(house, browser, anna)
    page = open_app()
    box = page.selectbox(key="menu_programme")
    assert (box.options, box.value) == (["Alongside", "Carers' Table"], ALONGSIDE)
    assert "The role of a peer leader" in shown(page)
    box.select("Carers' Table").run()
    assert "Your chair at the table" in shown(page)
    assert page.selectbox(key="menu_programme").value == TABLE
    assert page.selectbox(key="menu_programme").options == ["Alongside", "Carers' Table"]


def test_the_choice_stays_while_the_tab_is_open_and_there_is_a_way_back(house, browser: _Browser, anna) -> None:
    sign_in(house, browser, anna)
    page = open_app()
    page.selectbox(key="menu_programme").select("Carers' Table").run()
    page.run()
    assert "Your chair at the table" in shown(page)
    page.selectbox(key="menu_programme").select("Alongside").run()
    assert "The role of a peer leader" in shown(page)


def test_the_choice_is_kept_in_the_browser_once(house: House, browser: _Browser, anna) -> None:
    sign_in(house, browser, anna)
    page = open_app()
    assert remembered(page) == []
    page.selectbox(key="menu_programme").select("Carers' Table").run()
    assert remembered(page) == [TABLE]
    page.run()
    assert remembered(page) == []
    browser.cookies["practicum_programme"] = TABLE
    assert "Your chair at the table" in shown(open_app())


def test_an_address_that_names_a_programme_does_not_hold_the_choice(house: House, browser: _Browser, anna) -> None:
    sign_in(house, browser, anna)
    page = open_app(programme=TABLE)
    assert page.selectbox(key="menu_programme").value == TABLE
    page.selectbox(key="menu_programme").select("Alongside").run()
    assert page.selectbox(key="menu_programme").value == ALONGSIDE
    assert "programme" not in page.query_params


def test_the_programme_is_named_above_the_page(house: House, browser: _Browser, anna, ben) -> None:
    sign_in(house, browser, anna)
    page = open_app()
    assert ":small[:gray[Alongside]]" in [element.value for element in page.markdown]
    sign_in(house, browser, ben)
    page = open_app()
    assert not [box for box in page.selectbox if box.key == "menu_programme"]
    assert ":small[:gray[Carers' Table]]" not in [element.value for element in page.markdown]


def test_a_programme_without_quizzes_lists_no_quizzes(house: House, anna) -> None:
    choices = list_choices(house.store, house.actor(anna))
    contexts = {choice.programme_id: _context(house, anna, choice) for choice in choices}
    paths = {
        programme_id: [view.url_path for view in shell.list_row(shell.list_menu(context), context)]
        for programme_id, context in contexts.items()
    }
    assert paths == {ALONGSIDE: ["next", "modules", "quizzes"], TABLE: ["next", "modules", "manual"]}


def _context(house: House, person_id: PersonId, choice: ProgrammeChoice) -> Context:
    return Context(store=house.store, actor=house.actor(person_id), choices=(choice,))


@pytest.mark.parametrize("cookie", ["no-such", "", "carers-table; x"])
def test_a_programme_that_one_is_not_in_is_not_opened(house: House, browser: _Browser, ben, cookie: str) -> None:
    sign_in(house, browser, ben)
    browser.cookies["practicum_programme"] = cookie
    assert "Your chair at the table" in shown(open_app())
    assert "Your chair at the table" in shown(open_app(programme=ALONGSIDE))


def test_one_certificate_is_shown_as_met_in_both(house: House, browser: _Browser, anna) -> None:
    sign_in(house, browser, anna)
    page = open_app()
    wanted = "Show your trainer a certificate in date: Safeguarding certificate."
    for title in ("Alongside", "Carers' Table"):
        page.selectbox(key="menu_programme").select(title).run()
        assert wanted in shown(page), title
    house.certify(anna, SAFEGUARDING, TODAY + timedelta(days=100))
    for title in ("Alongside", "Carers' Table"):
        page.selectbox(key="menu_programme").select(title).run()
        assert wanted not in shown(page), title
        assert "Safeguarding certificate in date" in shown(page), title
