"""Persons: added, named, and shown the privacy notice."""

from datetime import datetime

from people.errors import LoginTakenError, NotAllowedError
from people.facts import NoticeSeen, OperatorAct, PersonAdded
from people.ids import derived_fact_id, new_fact_id
from people.models import NOBODY, Actor, PersonId, PersonName
from people.names import check_login, check_name, login_stem
from people.notice import VERSION
from people.ports import FactLedger, PeopleLedger
from people.rights import Record, Right, may_in_some_hub
from people.service.offices import require_no_wider_offices
from people.service.reach import get_known_person, get_person, require_reach


def add_person(ledger: PeopleLedger, actor: Actor, name: str, login: str, now: datetime) -> PersonId:
    """Record a new person, who has no office and no password yet.

    Raises:
        NotAllowedError: The actor looks after no hub's people.
        TextRefusedError: The name or the sign-in name cannot be kept.
        LoginTakenError: Somebody has the sign-in name.
    """
    if not may_in_some_hub(actor, Right.WRITE, Record.PEOPLE):
        raise NotAllowedError("add a person")
    kept_name, kept_login = check_name(name), check_login(login)
    if ledger.find_account(kept_login) is not None:
        raise LoginTakenError(kept_login)
    person_id = ledger.next_person_id()
    added = PersonAdded(
        fact_id=new_fact_id(),
        person_id=person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        via="command" if actor.is_operator else "page",
    )
    if not ledger.append_named([PersonName(person_id, kept_name, kept_login)], added):
        raise LoginTakenError(kept_login)
    return person_id


def suggest_login(ledger: PeopleLedger, name: str) -> str:
    """Return a free sign-in name made from a name: its letters, and a number when others have it."""
    stem = login_stem(name)
    login, n = stem, 1
    while ledger.find_account(login) is not None:
        n += 1
        login = f"{stem}{n}"
    return login


def rename_person(
    ledger: PeopleLedger, actor: Actor, person_id: PersonId, *, name: str, login: str, now: datetime
) -> None:
    """Change a name and sign-in name: one's own, or those of a person one looks after.

    Raises:
        OtherHubError: The person is not within the actor's reach.
        NotAllowedError: The person holds offices beyond the actor's reach.
        TextRefusedError: The name or the sign-in name cannot be kept.
        LoginTakenError: Somebody else has the sign-in name.
    """
    get_known_person(ledger, person_id)
    if person_id != actor.person_id:
        require_reach(ledger, actor, Record.PEOPLE, person_id, now)
        require_no_wider_offices(ledger, actor, person_id, now)
    kept_login = check_login(login)
    if not ledger.put_private(person_id, check_name(name), kept_login):
        raise LoginTakenError(kept_login)


def see_notice(ledger: FactLedger, actor: Actor, now: datetime, version: str = VERSION) -> NoticeSeen:
    """Record that the actor was shown this version of the privacy notice; once is enough."""
    seen = NoticeSeen(
        fact_id=derived_fact_id(get_person(ledger, actor.person_id).fact_id, f"notice/{version}"),
        person_id=actor.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        version=version,
    )
    if ledger.append(seen):
        return seen
    return ledger.find(NoticeSeen, seen.fact_id) or seen


def has_seen_notice(ledger: FactLedger, person_id: PersonId, version: str = VERSION) -> bool:
    """Return whether the person was shown this version of the privacy notice."""
    return bool(ledger.list_facts(NoticeSeen, person_id, version=version))


def record_operator_act(ledger: FactLedger, actor: Actor, command: str, now: datetime) -> OperatorAct:
    """Record that a command was given on the server; the operator's name is that of the system user.

    Raises:
        NotAllowedError: The actor is not the operator.
    """
    if not actor.is_operator:
        raise NotAllowedError("give commands on the server")
    act = OperatorAct(
        fact_id=new_fact_id(),
        person_id=NOBODY,
        actor_id=actor.person_id,
        occurred_at=now,
        command=command,
        system_user=actor.name,
    )
    ledger.append(act)
    return act
