"""The accounts of a demonstration store, listed on its sign-in page. A real store lists nobody."""

from dataclasses import dataclass
from itertools import islice
from typing import Final
from urllib.parse import urlencode

from analytics.demonstration.cast import PASSWORD
from people.models import Office, PersonId
from people.service import held_grants
from people.service.accounts import list_password_owners
from people.service.reach import list_newest_enrolments
from store.ledger import Store
from store.standing import standing_of
from web.office_names import office_names
from web.open_store import now
from web.wording import status_words

_MOST: Final = 30


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account that may be tried. `query` fills it into the sign-in form."""

    login: str
    password: str
    name: str
    what: str
    query: str


def list_accounts(store: Store, path: str = "/") -> list[DemoAccount]:
    """Return the accounts of a demonstration store, trainees last; nothing for a real store.

    Simulated people, who may be many, have no passwords.
    """
    if not store.is_synthetic:
        return []
    offices = {person_id: _offices(store, person_id) for person_id in list_password_owners(store)}
    people = sorted(filter(offices.get, offices), key=lambda one: (offices[one] == [Office.TRAINEE], one))
    made = (_account(store, person_id, offices[person_id], path) for person_id in people)
    return list(islice((account for account in made if account is not None), _MOST))


def _offices(store: Store, person_id: PersonId) -> list[Office]:
    held = {grant.office for grant in held_grants(store, person_id, now())}
    return [office for office in Office if office in held]


def find_account(store: Store, login: str) -> DemoAccount | None:
    """Return the account with this sign-in name, when the store is a demonstration."""
    return next((account for account in list_accounts(store) if account.login == login), None) if login else None


def _account(store: Store, person_id: PersonId, offices: list[Office], path: str) -> DemoAccount | None:
    account = store.account_of(person_id)
    if account is None or account.password_hash is None:
        return None
    names = office_names()
    query = urlencode({"as": account.login} | ({"next": path} if path != "/" else {}))
    what = " · ".join((", ".join(names[office] for office in offices), *_standings(store, person_id)))
    return DemoAccount(account.login, PASSWORD, store.name_of(person_id), what, query)


def _standings(store: Store, person_id: PersonId) -> list[str]:
    """Return where a trainee stands in each of their programmes, so that one may choose by story."""
    enrolments = list_newest_enrolments(store, person_id)
    found = (standing_of(store, one.programme_id, person_id) for one in enrolments)
    return [status_words(verdict.status) for verdict in found if verdict is not None]
