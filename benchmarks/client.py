"""A browser without a screen: signs in, opens a page, clicks, and waits until the script has finished.

It speaks Streamlit's own websocket protocol, so that the server does all that it does for a browser.
"""

import re
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Final
from urllib.parse import urlsplit

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect

_ANSWER_S: Final = 60.0
_FORM_TOKEN: Final = re.compile(r'name="form_token" value="([^"]+)"')
_TRIGGERS: Final = ("trigger_value",)


class PageError(RuntimeError):
    """The server did not show what was expected of it."""


@dataclass(frozen=True, slots=True)
class Element:
    """What a run drew: its kind (such as "radio"), its protobuf message, and the fragment it belongs to."""

    kind: str
    proto: Any
    fragment_id: str


def sign_in(url: str, login: str, password: str) -> str:
    """Return the Cookie header of a new login session, got through the sign-in form.

    Raises:
        PageError: The app refused.
    """
    with httpx.Client(base_url=url) as http:
        token = _FORM_TOKEN.search(http.get("/account/sign-in").text)
        fields = {"form_token": token.group(1) if token else "", "login": login, "password": password, "next": "/"}
        answer = http.post("/account/sign-in", data=fields)
        if answer.status_code != 303:
            raise PageError(f"{login} could not sign in: status {answer.status_code}")
        return "; ".join(f"{name}={value}" for name, value in http.cookies.items())


class Tab:
    """One page, open in one tab."""

    def __init__(self, socket: ClientConnection) -> None:
        """Show nothing yet."""
        self._socket = socket
        self._sent = BackMsg()
        self._states: dict[str, WidgetState] = {}
        self._kept: dict[str, Delta] = {}
        self.elements: list[Element] = []

    def open(self, page: str, query: str = "") -> float:
        """Load a page anew and return the seconds that took."""
        self._sent = BackMsg()
        self._sent.rerun_script.page_name = page
        self._sent.rerun_script.query_string = query
        self._states.clear()
        return self.rerun()

    def click(self, label: str) -> float:
        """Click a button and return the seconds until the script has finished."""
        button = self.find("button", label)
        return self._change(button, WidgetState(id=button.proto.id, trigger_value=True))

    def choose(self, radio: Element, option: str) -> float:
        """Choose an option of a radio and return the seconds until the script has finished."""
        return self._change(radio, WidgetState(id=radio.proto.id, string_value=option))

    def rerun(self, fragment_id: str = "") -> float:
        """Ask for a run of the page, or of one fragment, and return the seconds until it has finished."""
        rerun = self._sent.rerun_script
        rerun.fragment_id = fragment_id
        del rerun.widget_states.widgets[:]
        rerun.widget_states.widgets.extend(self._states.values())
        del rerun.cached_message_hashes[:]
        rerun.cached_message_hashes.extend(self._kept)
        begun = perf_counter()
        self._socket.send(self._sent.SerializeToString())
        while not self._take(self._next()):
            pass
        return perf_counter() - begun

    def find(self, kind: str, label: str = "") -> Element:
        """Return the newest element of a kind whose label starts with these words.

        Raises:
            PageError: Nothing like it was drawn.
        """
        for element in reversed(self.elements):
            if element.kind == kind and (not label or element.proto.label.startswith(label)):
                return element
        raise PageError(f"No {kind} `{label}` on the page: {self.text[:300]}")

    @property
    def text(self) -> str:
        """Return all that is written on the page in Markdown."""
        return "\n".join(element.proto.body for element in self.elements if element.kind == "markdown")

    def _change(self, element: Element, state: WidgetState) -> float:
        self._states[state.id] = state
        seconds = self.rerun(element.fragment_id)
        if state.WhichOneof("value") in _TRIGGERS:
            del self._states[state.id]
        return seconds

    def _next(self) -> ForwardMsg:
        data = self._socket.recv(timeout=_ANSWER_S)
        return ForwardMsg.FromString(data if isinstance(data, bytes) else data.encode())

    def _take(self, message: ForwardMsg) -> bool:
        """Take up a message; return whether the run has ended."""
        match message.WhichOneof("type"):
            case "new_session":
                self._sent.rerun_script.page_script_hash = message.new_session.page_script_hash
                again = set(message.metadata.run.fragment_ids)
                self.elements = [one for one in self.elements if one.fragment_id not in again] if again else []
            case "navigation":
                self._sent.rerun_script.page_script_hash = message.navigation.page_script_hash
            case "page_info_changed":
                self._sent.rerun_script.query_string = message.page_info_changed.query_string
            case "delta":
                if message.metadata.cacheable:
                    self._kept[message.hash] = message.delta
                self._draw(message.delta)
            case "ref_hash":
                self._draw(self._kept[message.ref_hash])
            case "script_finished":
                return message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
            case _:
                pass
        return False

    def _draw(self, delta: Delta) -> None:
        kind = delta.new_element.WhichOneof("type") if delta.HasField("new_element") else None
        if kind is not None:
            self.elements.append(Element(kind, getattr(delta.new_element, kind), delta.fragment_id))


@contextmanager
def open_tab(url: str, cookie: str = "") -> Generator[Tab]:
    """Give a tab with a websocket of its own, closed at the end of the block."""
    host = urlsplit(url).netloc
    headers = {"Cookie": cookie} if cookie else {}
    with connect(
        f"ws://{host}/_stcore/stream",
        origin=f"http://{host}",  # pyright: ignore[reportArgumentType]
        subprotocols=["streamlit"],  # pyright: ignore[reportArgumentType]
        additional_headers=headers,
        max_size=None,
        compression=None,
    ) as socket:
        yield Tab(socket)
