"""A view: one page of the app, and who finds it in their navigation."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from people.models import Actor, Office
from web.context import Context

EVERYONE: frozenset[Office] = frozenset()
"""The offices of a view that every signed-in person has."""


def _always(_context: Context) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class View:
    """One page.

    Attributes:
        offices: Who finds it in the navigation; empty means everyone who is signed in. This hides and
            does not guard: the rights are checked where data is read and written.
        title: English text marked with `N_`; translated when drawn.
        url_path: Kebab-case, unique over all views.
        render: Draws the page.
        icon: A Material icon, such as ":material/menu_book:".
        layout: "centered" for reading, "wide" for boards.
        rank: The three smallest of a person stand in the row, the others in the menu. 1 is a role's first page.
        is_listed: False for a page that is only reached by a link.
        is_over: Says when the page's work is done, so that the others stand before it; None for never.
        has_use: Whether the page has anything to offer in the programme chosen; without, it is not listed either.
    """

    offices: frozenset[Office]
    title: str
    url_path: str
    render: Callable[[Context], None]
    icon: str = ""
    layout: Literal["centered", "wide"] = "centered"
    rank: int = 50
    is_listed: bool = True
    is_over: Callable[[Context], bool] | None = None
    has_use: Callable[[Context], bool] = _always

    def is_for(self, actor: Actor) -> bool:
        """Return whether the person finds the view in the navigation."""
        return not self.offices or bool(self.offices & actor.offices)
