"""Walks through the pages of the demonstration: opens one as somebody, and notes where its buttons and links lead."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
import streamlit as st
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.testing.v1 import AppTest

from people.models import PersonId
from tests.web import drawing
from tests.web.scene import Scene
from tests.web.unwritten import Stages
from web.components import plain
from web.context import Context
from web.views import VIEWS

PAGES: dict[str, Any] = {view.url_path: view.url_path for view in VIEWS}


@dataclass
class Walker:
    """Somebody at the pages. `went` holds the addresses that clicks have led to, the newest last.

    At the end of a test no page that was opened may show an exception.
    """

    scene: Scene
    went: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    opened: list[AppTest] = field(default_factory=list)

    def open(self, url_path: str, login: str, *, context: Context | None = None, **query: str) -> AppTest:
        view = next(view for view in VIEWS if view.url_path == url_path)
        page = drawing.draw(view, replace(context or self.scene.context(login), pages=PAGES), **query)
        self.opened.append(page)
        return page

    def follow(self, login: str) -> AppTest:
        """Open the page that the last click led to."""
        url_path, query = self.went[-1]
        return self.open(url_path, login, **query)

    def person(self, login: str) -> PersonId:
        return self.scene.person(login)


def shown(page: AppTest) -> str:
    """Return all text of the page as a reader sees it, without the backslashes of Markdown."""
    return drawing.shown(page).replace("\\", "")


def said(page: AppTest) -> str:
    """Return what the shell will say once at the top of the next page."""
    return page.session_state["flash"].text if "flash" in page.session_state else ""


def labels(page: AppTest) -> list[str]:
    return [button.label for button in page.button]


def click_twice(page: AppTest, label: str) -> None:
    """Click a button, and let the very same click arrive a second time."""
    next(button for button in page.button if button.label == label).click()
    states = page._tree.get_widget_states()
    clicked = [state for state in states.widgets if state.WhichOneof("value") != "trigger_value" or state.trigger_value]
    for _ in range(2):
        page._run(WidgetStates(widgets=clicked))


def click(page: AppTest, label: str) -> AppTest:
    """Click the one button of this label."""
    found = [button for button in page.button if button.label == label]
    assert len(found) == 1, f"{len(found)} buttons are called {label!r} among {labels(page)}"
    found[0].click().run()
    assert not page.exception, page.exception[0].value
    return page


def choose(page: AppTest, label: str, option: object) -> AppTest:
    """Choose from a list, or from segments, by what stands on the page."""
    boxes = [box for kind in ("selectbox", "button_group", "radio") for box in page.get(kind) if box.label == label]
    assert len(boxes) == 1, f"{len(boxes)} choices are called {label!r}"
    box: Any = boxes[0]
    return (box.select(option) if hasattr(box, "select") else box.set_value(option)).run()


@pytest.fixture
def scene(scenes: Stages[Scene]) -> Iterator[Scene]:
    with scenes.lend() as lent:
        yield lent


@pytest.fixture
def walker(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Iterator[Walker]:
    walker = Walker(scene)

    def switch_page(url_path: str, *, query_params: dict[str, str] | None = None) -> None:
        walker.went.append((url_path, query_params or {}))
        st.stop()

    def page_link(
        url_path: str, *, label: str, icon: object = None, query_params: dict[str, str] | None = None
    ) -> None:
        query = "&".join(f"{name}={value}" for name, value in (query_params or {}).items())
        st.markdown(f"[{plain(label)}](/{url_path}?{query})")

    monkeypatch.setattr(st, "switch_page", switch_page)
    monkeypatch.setattr(st, "page_link", page_link)
    yield walker
    assert [page.exception[0].value for page in walker.opened if page.exception] == []
