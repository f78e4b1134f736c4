"""What a page is given: the store, the acting person, the programme chosen, the clock, and the hub's contacts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, Final, ParamSpec
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from curriculum.errors import PlatformError
from curriculum.ids import ProgrammeId, RoleId
from curriculum.models import Programme
from people.facts import FactId, HubContact
from people.models import Actor, HubId
from store.ledger import Store
from web.texts import session_language, speaking

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

P = ParamSpec("P")
_HOME_ZONE: Final = "Europe/London"


@dataclass(frozen=True, slots=True)
class ProgrammeChoice:
    """A programme that the person works with now.

    `enrolment_id` and `role_id` are set when the person trains in it; then `version_no` is the version
    pinned by the enrolment. For everybody else it is the newest version that is active in `hub_id`.
    """

    programme_id: ProgrammeId
    version_no: int
    programme: Programme
    hub_id: HubId | None = None
    enrolment_id: FactId | None = None
    role_id: RoleId | None = None


def _no_pages() -> dict[str, "StreamlitPage"]:
    return {}


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Context:
    """All that a page may know. Made anew on every run, so that the actor's grants are never stale.

    Attributes:
        store: Reads by `store.query(name, actor, …)`; the first argument of every service.
        actor: The signed-in person with the grants in force.
        choices: The programmes the person works with, the one chosen first.
        clock: The time now, UTC with its zone.
        is_demo: Whether all people in the store are invented.
        contacts: The lines of the safeguarding panel, for the person's hubs.
        pages: The person's pages by `url_path`, to link to; empty when a page is drawn alone in a test.
        renew_actor: Reads the session again; None once it has ended.
    """

    store: Store
    actor: Actor
    choices: tuple[ProgrammeChoice, ...] = ()
    clock: Callable[[], datetime] = _utc_now
    is_demo: bool = False
    contacts: tuple[HubContact, ...] = ()
    pages: Mapping[str, "StreamlitPage"] = field(default_factory=_no_pages)
    renew_actor: Callable[[], Actor | None] | None = None

    @property
    def choice(self) -> ProgrammeChoice | None:
        """Return the programme chosen, None while the person has none."""
        return self.choices[0] if self.choices else None

    @property
    def own_choice(self) -> ProgrammeChoice | None:
        """Return the first programme in which the person trains, the chosen one before others."""
        return next((choice for choice in self.choices if choice.enrolment_id is not None), None)

    @property
    def hub_ids(self) -> tuple[HubId, ...]:
        """Return the hubs in which the person holds an office or trains, each once."""
        granted = [grant.hub_id for grant in self.actor.grants if grant.hub_id is not None]
        trained = [choice.hub_id for choice in self.choices if choice.hub_id is not None]
        return tuple(dict.fromkeys([*granted, *trained]))

    @property
    def zone(self) -> ZoneInfo:
        """Return the time zone of the programme chosen."""
        return ZoneInfo(self.choice.programme.head.timezone if self.choice else _HOME_ZONE)

    def now(self) -> datetime:
        """Return the instant now, in UTC with its zone."""
        return self.clock()

    def today(self) -> date:
        """Return the local day now."""
        return self.now().astimezone(self.zone).date()

    def renewed(self) -> "Context":
        """Return the context with the actor read again; when the session has ended, draw the whole page again."""
        if self.renew_actor is None:
            return self
        actor = self.renew_actor()
        if actor is None:
            st.rerun(scope="app")
        return replace(self, actor=actor)

    def acting_now(self) -> "Context":
        """Return the context with the actor read again, for what a click calls: a page cannot be drawn there.

        Raises:
            SessionEndedError: The session has ended since the page was drawn.
        """
        actor = self.renew_actor() if self.renew_actor else self.actor
        if actor is None:
            raise SessionEndedError
        return replace(self, actor=actor)


class SessionEndedError(PlatformError):
    """Something was clicked on a page whose session has ended."""

    def __init__(self) -> None:
        """Compose the sentence."""
        super().__init__("You are signed out. This click changed nothing. Sign in, then try again.")


def guarded_fragment(draw: Callable[Concatenate[Context, P], None]) -> Callable[Concatenate[Context, P], None]:
    """Return `draw` as a fragment that looks at the session again whenever it runs on its own.

    A rerun of a bare fragment skips the entry page, and so the check whether the session still holds.
    """

    @st.fragment
    @wraps(draw)
    def run(context: Context, *args: P.args, **kwargs: P.kwargs) -> None:
        script_run = get_script_run_ctx(suppress_warning=True)
        is_alone = script_run is not None and bool(script_run.fragment_ids_this_run)
        with speaking(session_language()):
            draw(context.renewed() if is_alone else context, *args, **kwargs)

    return run
