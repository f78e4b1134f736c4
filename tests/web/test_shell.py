"""What stands around every page: navigation, notices, the panel, and what a signed-out tab shows."""

from collections.abc import Iterator
from dataclasses import replace
from typing import cast

import pytest
from streamlit.testing.v1 import AppTest

from people import service
from people.facts import ContactKind
from people.models import Actor, HeldGrant, Office, PersonId
from tests.web.conftest import HUB, House
from tests.web.drawing import shown
from web import shell
from web.components import plain
from web.context import Context
from web.view import View
from web.views import VIEWS


class _Browser:
    """Stands in for `st.context`: the cookies and headers of the handshake."""

    def __init__(self, **cookies: str) -> None:
        self.cookies = cookies
        self.headers: dict[str, str] = {}


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[_Browser]:
    made = _Browser()
    monkeypatch.setattr(shell.st, "context", made)
    yield made


def _app() -> None:
    from web.shell import draw_shell

    draw_shell()


def _open() -> AppTest:
    page = AppTest.from_function(_app, default_timeout=20).run()
    assert not page.exception
    return page


def _see_notice(house: House) -> None:
    service.see_notice(house.store, house.actor(), house.clock())


def test_signed_out_tab_shows_nothing_but_the_way_in(house: House, browser: _Browser) -> None:
    page = _open()
    assert [title.value for title in page.title] == ["You are signed out"]
    assert not page.button


def test_open_tab_loses_the_page_when_the_session_ends(house: House, browser: _Browser) -> None:
    _see_notice(house)
    browser.cookies["practicum_session"] = house.token()
    page = _open()
    assert "You are signed out" not in shown(page)
    service.sign_out_everywhere(house.store, house.actor(), house.clock())
    page.run()
    assert "You are signed out" in shown(page)


def test_privacy_notice_comes_first_and_once(house: House, browser: _Browser) -> None:
    house.add("Grace", "grace", Office.TRAINER)
    browser.cookies["practicum_session"] = house.token("grace")
    page = _open()
    assert page.title[0].value == "What we keep about you"
    next(button for button in page.button if button.label == "I have read this").click().run()
    assert page.title[0].value != "What we keep about you"
    assert _open().title[0].value != "What we keep about you"
    assert service.has_seen_notice(house.store, house.actor("grace").person_id)


@pytest.mark.parametrize("is_demo", [True, False])
def test_demonstration_is_named_on_the_page(house: House, browser: _Browser, is_demo: bool) -> None:
    _see_notice(house)
    browser.cookies["practicum_session"] = house.token()
    assert ("Demonstration: invented people" in shown(_open())) is is_demo


def test_safeguarding_panel_says_whom_to_call(house: House, browser: _Browser) -> None:
    _see_notice(house)
    browser.cookies["practicum_session"] = house.token()
    assert "No contact is named here yet" in shown(_open())
    lead = ContactKind.SAFEGUARDING_LEAD
    service.set_contact(
        house.store, house.admin, HUB, lead, title="Nadia *Lead*", phone="020 7946 0001", now=house.clock()
    )
    text = shown(_open())
    assert r"Nadia \*Lead\*" in text
    assert "(tel:02079460001)" in text
    assert "No contact is named here yet" not in text


def test_text_size_is_that_of_the_browser(house: House, browser: _Browser) -> None:
    _see_notice(house)
    browser.cookies |= {"practicum_session": house.token(), "practicum_text_size": "largest"}
    page = _open()
    assert any("font-size: 25px" in str(element.proto.body) for element in page.get("html"))


def test_the_menu_is_drawn_once_it_is_opened(house: House, browser: _Browser) -> None:
    _see_notice(house)
    browser.cookies["practicum_session"] = house.token()
    page = _open()
    assert "Signed in as" not in shown(page)
    page.session_state["menu"] = True
    assert "Signed in as" in shown(page.run())


def test_a_choice_in_the_menu_holds_when_the_menu_is_closed(house: House, browser: _Browser) -> None:
    _see_notice(house)
    browser.cookies["practicum_session"] = house.token()
    page = _open()
    page.session_state["menu"] = True
    page.run()
    page.radio(key="menu_text_size").set_value("largest").run()
    assert any("practicum_text_size=largest" in str(element.proto.body) for element in page.get("html"))
    page.session_state["menu"] = False
    page.run().run()
    assert not page.radio
    assert any("font-size: 25px" in str(element.proto.body) for element in page.get("html"))


# ---------------------------------------------------------------- which pages


NO_CONTEXT = cast(Context, None)


def _view(path: str, rank: int, *, is_listed: bool = True) -> View:
    return View(frozenset(), path, path, lambda _: None, rank=rank, is_listed=is_listed)


def test_row_holds_the_three_smallest_ranks_in_order() -> None:
    views = [_view("a", 50), _view("b", 2), _view("c", 1), _view("d", 3), _view("e", 1, is_listed=False)]
    assert [view.url_path for view in shell.list_row(views, NO_CONTEXT)] == ["c", "b", "d"]


def test_a_page_whose_work_is_over_gives_way() -> None:
    over = replace(_view("a", 0), is_over=lambda _: True)
    going_on = replace(_view("b", 0), is_over=lambda _: False)
    views = [over, going_on, _view("c", 1), _view("d", 50)]
    assert [view.url_path for view in shell.list_row(views, NO_CONTEXT)] == ["b", "c", "d"]


@pytest.mark.parametrize("office", Office)
def test_everybody_finds_a_first_page(office: Office) -> None:
    actor = Actor(PersonId(1), "A", (HeldGrant(office),))
    views = [replace(view, is_over=None) for view in shell.list_views(actor)]
    assert shell.list_row(views, NO_CONTEXT)
    assert all(not view.offices or office in view.offices for view in views)


def test_paths_are_unique_and_leave_the_plain_routes_alone() -> None:
    paths = [view.url_path for view in VIEWS]
    assert len(set(paths)) == len(paths)
    assert [path for path in paths if "/" in path or path in {"account", "print", "app", "media", "static"}] == []


@pytest.mark.parametrize(
    ("text", "escaped"),
    [("Amina", "Amina"), ("*A* [b](c)", r"\*A\* \[b\]\(c\)"), (":red[x] $y$", r"\:red\[x\] \$y\$"), ("<b>", r"\<b\>")],
)
def test_names_are_shown_letter_by_letter(text: str, escaped: str) -> None:
    assert plain(text) == escaped
