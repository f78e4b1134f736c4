"""The accounts of a demonstration store, listed on its sign-in page. A real store lists nobody."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from analytics.demonstration.cast import PASSWORD
from people.models import Office, PersonId
from people.service.reach import list_holders
from store.ledger import Store
from web.office_names import office_names
from web.open_store import now

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
    """Return the accounts of a demonstration store, those with more offices first; nothing for a real store."""
    if not store.is_synthetic:
        return []
    offices: defaultdict[PersonId, list[Office]] = defaultdict(list)
    for office in Office:
        for grant in list_holders(store, office, now()):
            if office not in offices[grant.person_id]:
                offices[grant.person_id].append(office)
    people = sorted(offices, key=lambda person_id: (offices[person_id] == [Office.TRAINEE], person_id))
    made = (_account(store, person_id, offices[person_id], path) for person_id in people[:_MOST])
    return [account for account in made if account is not None]


def find_account(store: Store, login: str) -> DemoAccount | None:
    """Return the account with this sign-in name, when the store is a demonstration."""
    return next((account for account in list_accounts(store) if account.login == login), None) if login else None


def _account(store: Store, person_id: PersonId, offices: list[Office], path: str) -> DemoAccount | None:
    account = store.account_of(person_id)
    if account is None or account.password_hash is None:
        return None
    names = office_names()
    query = urlencode({"as": account.login} | ({"next": path} if path != "/" else {}))
    what = ", ".join(names[office] for office in offices)
    return DemoAccount(account.login, PASSWORD, store.name_of(person_id), what, query)
