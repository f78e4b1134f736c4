"""Decide: who may not is told why before the click; sign-off, countersignature by another, revocation with a reason."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from assessments.facts import Countersign, SignOff
from people.facts import Change, OfficeChange
from people.models import HubId, Office
from people.service import give_grant, open_hub
from tests.web.scene import ALONGSIDE, HUB
from tests.web.trainer.acts import OPERATOR, box, erase_name, hire
from tests.web.walking import Walker, click, click_twice, labels, said, shown


def open_case(walker: Walker, login: str, whom: str) -> AppTest:
    return walker.open("decide", login, **{"person": str(walker.person(whom)), "in": ALONGSIDE})


def sign_offs(walker: Walker, login: str) -> list[SignOff]:
    return walker.scene.store.list_facts(SignOff, walker.person(login))


def listed(page: AppTest) -> list[str]:
    """Return the names on the list of decisions, in their order."""
    return [text.split("**")[1] for text in shown(page).splitlines() if text.startswith("**")]
