"""Every page of every office on the demonstration: no exception, nothing sideways on a phone, nothing that shuts out.

Each page is looked at on a desktop and on a phone, with axe's rules for WCAG 2.0 to 2.2 A and AA and its best
practices; one half of each person's pages in the light, the other in the dark: they are made of the same pieces.
Serious and critical findings fail; `BARE_STREAMLIT` names what bare Streamlit has as well. In the second of the two
windows only those rules are asked that look at sizes and places, unless it shows other elements than the first one. A
page that one office was shown in both is shown to one more on the phone alone, without axe.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from _pytest.mark import ParameterSet

from analytics.demonstration.cast import PASSWORD
from people.models import Office
from tests.browser.axe import OF_SIZES, find_violations
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.pages import Visitor
from web.views import VIEWS

BARE_STREAMLIT: dict[str, str] = {"scrollable-region-focusable": 'data-testid="stPopover'}
"""Findings by axe's rule, with the words of the element, that a page of bare Streamlit has as well."""

_SHOWN = """
() => [...document.body.querySelectorAll('*')].filter((one) => one.checkVisibility({visibilityProperty: true}))
  .map((one) => one.localName + (one.getAttribute('role') || '')).join()
"""
"""The elements that are shown."""

Show = Callable[[Visitor], object]


@dataclass(frozen=True)
class Account:
    """Somebody of the demonstration, their offices, and the pages that are reached from others."""

    login: str
    offices: frozenset[Office]
    deeper: dict[str, Show]


def _go(place: str) -> Show:
    """Open an address, and stay there."""

    def show(visitor: Visitor) -> None:
        visitor.open(place)
        assert urlsplit(visitor.page.url).path == urlsplit(place).path

    return show


def _look(place: str, name: str) -> Show:
    """Open an address, then press a button on it."""

    def show(visitor: Visitor) -> None:
        visitor.open(place)
        visitor.click(name)

    return show


def _start(place: str, key: str) -> Show:
    """Open an address, then press the button of a key."""

    def show(visitor: Visitor) -> None:
        visitor.open(place)
        visitor.card(key).get_by_role("button").click()
        visitor.settle()

    return show


def _go_on_with_form(visitor: Visitor) -> None:
    visitor.open("/observe")
    if not visitor.button("Go on with this form").count():
        visitor.click("Start")
    else:
        visitor.click("Go on with this form")


def _review_form(visitor: Visitor) -> None:
    _go_on_with_form(visitor)
    visitor.click("Look over and submit")


def _begin_evaluation(visitor: Visitor) -> None:
    visitor.open("/evaluate")
    visitor.pick("RIV-A week 2")
    visitor.click("Start")


def _pick(place: str, choice: str) -> Show:
    def show(visitor: Visitor) -> None:
        visitor.open(place)
        visitor.pick(choice)

    return show


def _follow(place: str, link: str) -> Show:
    def show(visitor: Visitor) -> None:
        visitor.open(place)
        visitor.follow(link)

    return show


ACCOUNTS = (
    Account(
        "priya",
        frozenset({Office.TRAINEE}),
        {
            "a module": _look("/modules", "Read M1 again"),
            "a question": _start("/quizzes", "practise-quiz-m9"),
            "a result": _follow("/quizzes", "See the last result"),
            "a section": _go("/manual?section=M9.3"),
            "the menu": _look("/next", "Menu"),
            "whom to call": _look("/next", "Worried about a child?"),
            "why a gate is open": _look("/next", "Why"),
        },
    ),
    Account("amina", frozenset(), {"views side by side": _go("/practice"), "an evaluation": _begin_evaluation}),
    Account("luis", frozenset(), {"on hold": _go("/next"), "practice on hold": _go("/practice")}),
    Account(
        "trainer",
        frozenset({Office.TRAINER}),
        {
            "a form": _go_on_with_form,
            "a review": _review_form,
            "a case": _look("/decide", "Look"),
            "a trainee": _look("/my-trainees", "Look"),
            **{kind: _pick("/record", kind) for kind in ("Supervision", "Certificate", "Before start")},
        },
    ),
    Account("lead", frozenset({Office.TRAINING_LEAD}), {"a case": _look("/decide", "Look")}),
    Account("safeguarding", frozenset({Office.SAFEGUARDING_LEAD}), {}),
    Account(
        "manager",
        frozenset({Office.MANAGER}),
        {
            "by person": _pick("/readiness", "By person"),
            "matrix": _pick("/readiness", "Matrix"),
            "a person": _follow("/people", "Open"),
            "a cohort": _follow("/cohorts", "Open"),
        },
    ),
    Account("coordinator", frozenset({Office.COORDINATOR}), {"a cohort": _follow("/cohorts", "Open")}),
    Account("funder", frozenset({Office.FUNDER}), {"what a funder is shown": _go("/reports")}),
    Account("admin", frozenset({Office.ADMINISTRATOR}), {"a person": _follow("/people", "Open")}),
)
_SHOWN_TO = {
    view.url_path: [one for one in ACCOUNTS if view.offices & one.offices][:2] or list(ACCOUNTS[:1]) for view in VIEWS
}
"""By a page's path the first two of the accounts that have it."""

_SIGNED_OUT = ("/account/sign-in", "/account/code", "/account/welcome/no-such-code")


def paths_of(account: Account) -> list[str]:
    """Return the addresses of the account's pages; those that are everybody's belong to the first account."""
    own = [view.url_path for view in VIEWS if view.offices & account.offices]
    return own if account is not ACCOUNTS[0] else own + [view.url_path for view in VIEWS if not view.offices]


def test_every_view_is_somebodys() -> None:
    assert {path for account in ACCOUNTS for path in paths_of(account)} == {view.url_path for view in VIEWS}


def _shared_out() -> list[ParameterSet]:
    """Return the accounts, each with the worker that has it: two halves that take as long as each other."""
    first, names = {"priya", "trainer", "lead", "luis"}, ("pages and tabs", "pages")
    return [
        pytest.param(account, id=account.login, marks=pytest.mark.xdist_group(names[account.login in first]))
        for account in ACCOUNTS
    ]


@pytest.mark.parametrize("account", _shared_out())
def test_pages_of(account: Account, desk: Visitor) -> None:
    desk.sign_in(account.login, PASSWORD)
    own = [path for path in paths_of(account) if account in _SHOWN_TO[path]]
    new = [path for path in own if _SHOWN_TO[path][0] is account]
    shows = {**{f"/{path}": _go(f"/{path}") for path in new}, **account.deeper}
    faults: list[str] = []
    for number, (name, show) in enumerate(shows.items()):
        if number == len(shows) // 2:
            desk.change_window(DESKTOP, "dark")
        show(desk)
        faults += [f"{name}: {fault}" for fault in _faults(desk)]
    desk.change_window(PHONE, "dark")
    for path in own:
        if path not in new:
            _go(f"/{path}")(desk)
            faults += [f"/{path}: {fault}" for fault in (*_too_wide(desk), *_complaints(desk))]
    assert faults == []


@pytest.mark.xdist_group("pages and tabs")
def test_pages_before_signing_in(desk: Visitor) -> None:
    faults: list[str] = []
    for path in _SIGNED_OUT:
        desk.open(path)
        faults += [f"{path}: {fault}" for fault in _faults(desk)]
    assert faults == []


def _faults(visitor: Visitor) -> list[str]:
    """Return what is wrong with the page in the window as it is and in one of the other size, which then stays."""
    seen = visitor.page.evaluate(_SHOWN)
    faults = _faults_here(visitor)
    visitor.resize(DESKTOP if visitor.page.viewport_size == PHONE else PHONE)
    is_same = visitor.page.evaluate(_SHOWN) == seen
    return [*faults, *_faults_here(visitor, OF_SIZES if is_same else ()), *_complaints(visitor)]


def _complaints(visitor: Visitor) -> list[str]:
    """Return what the browser has complained about, and whether an exception is shown."""
    complaints = visitor.complaints + ["an exception is shown"] * visitor.page.get_by_test_id("stException").count()
    visitor.complaints.clear()
    return complaints


def _faults_here(visitor: Visitor, rules: Sequence[str] = ()) -> list[str]:
    """Return what axe finds by the rules, by all of them when none are named, and whether the page is too wide."""
    return _too_wide(visitor) + [
        f"{_width(visitor)}: {violation['impact']} {violation['id']}: {node['target'][0]} {node['html'][:160]}"
        for violation in find_violations(visitor.page, rules)
        if violation["impact"] in {"serious", "critical"}
        for node in violation["nodes"]
        if BARE_STREAMLIT.get(violation["id"], "\n") not in node["html"]
    ]


def _too_wide(visitor: Visitor) -> list[str]:
    """Return whether the page is wider than the window."""
    over = visitor.width_over()
    return [f"{_width(visitor)}: {over} pixels too wide"] * (over > 0)


def _width(visitor: Visitor) -> int:
    return visitor.page.evaluate("innerWidth")
