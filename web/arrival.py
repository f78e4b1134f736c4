"""Who has come in, and what they work with: from the cookie's token to a context, on every run."""

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Final

from assessments.facts import ProgrammeActivated, ProgrammePublished
from curriculum.ids import ProgrammeId
from people import service
from people.codes import hash_session_token
from people.facts import Enrolment, HubContact
from people.models import Actor, HubId, PersonId, SessionRow
from people.service.sessions import is_open
from store.ledger import Store
from web.context import Context, ProgrammeChoice
from web.memory import memory_of
from web.open_store import get_store, now

TOUCH_AFTER: Final = timedelta(minutes=1)
"""How long a session may go unnoted in the store, as in `people.service.sessions`."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What follows from facts that rarely change: who the person is, what they work with, whom to call."""

    actor: Actor
    choices: tuple[ProgrammeChoice, ...]
    contacts: tuple[HubContact, ...]


def find_person(token: str) -> PersonId | None:
    """Return who is signed in by the token; None when the session is unknown or has ended."""
    session = _open_session(token)
    return session.person_id if session is not None else None


def find_context(token: str, wanted: ProgrammeId | None = None) -> Context | None:
    """Return what the pages of the person signed in by the token are given; None when nobody is.

    The session is read from the store every time; what follows from facts is kept while no such fact is added.
    `wanted` is the programme to put first, if the person works with it.
    """
    store = get_store()
    known = _find_known(store, token)
    if known is None:
        return None
    return Context(
        store=store,
        actor=known.actor,
        choices=tuple(sorted(known.choices, key=lambda choice: choice.programme_id != wanted)),
        clock=now,
        is_demo=store.is_synthetic,
        contacts=known.contacts,
        renew_actor=partial(_find_actor, store, token),
    )


def _open_session(token: str) -> SessionRow | None:
    session = get_store().find_session(hash_session_token(token)) if token else None
    return session if session is not None and is_open(session, now()) else None


def _find_actor(store: Store, token: str) -> Actor | None:
    known = _find_known(store, token)
    return known.actor if known is not None else None


def _find_known(store: Store, token: str) -> _Known | None:
    session = _open_session(token)
    if session is None:
        return None
    if now() - session.seen_at >= TOUCH_AFTER:
        service.find_actor(store, token, now())
    key = ("known", session.person_id, store.day_of(now()))
    return memory_of(store).recall_standing(key, now(), lambda: _read_known(store, token))


def _read_known(store: Store, token: str) -> _Known | None:
    actor = service.find_actor(store, token, now())
    if actor is None:
        return None
    choices = list_choices(store, actor)
    hub_ids = [choice.hub_id for choice in choices if choice.hub_id] + _granted_hubs(actor)
    return _Known(actor, choices, list_contacts(store, tuple(dict.fromkeys(hub_ids))))


def _granted_hubs(actor: Actor) -> list[HubId]:
    return [grant.hub_id for grant in actor.grants if grant.hub_id is not None]


def list_contacts(store: Store, hub_ids: tuple[HubId, ...]) -> tuple[HubContact, ...]:
    """Return the lines of the safeguarding panel of the hubs."""
    return tuple(line for hub_id in hub_ids for line in service.list_contacts(store, hub_id))


# ---------------------------------------------------------------- programmes


def list_choices(store: Store, actor: Actor) -> tuple[ProgrammeChoice, ...]:
    """Return the programmes the person works with: those they train in, then those their hubs run.

    Who works in all hubs and finds none running gets what is published, so that it can be put into use.
    """
    found = {choice.programme_id: choice for choice in _published(store, actor)}
    found |= {choice.programme_id: choice for choice in _opened(store, actor)}
    found |= {choice.programme_id: choice for choice in _active(store, actor)}
    found |= {choice.programme_id: choice for choice in _enrolled(store, actor.person_id)}
    return tuple(sorted(found.values(), key=lambda choice: (choice.enrolment_id is None, choice.programme_id)))


def _enrolled(store: Store, person_id: PersonId) -> list[ProgrammeChoice]:
    programme_ids = dict.fromkeys(fact.programme_id for fact in store.list_facts(Enrolment, person_id))
    enrolments = (store.enrolment(person_id, programme_id) for programme_id in programme_ids)
    return [
        ProgrammeChoice(
            one.programme_id,
            one.version_no,
            store.programme(one.programme_id, one.version_no),
            one.hub_id,
            one.fact_id,
            one.role_id,
        )
        for one in enrolments
        if one is not None
    ]


def _active(store: Store, actor: Actor) -> list[ProgrammeChoice]:
    works_everywhere = _works_everywhere(actor)
    hub_ids = set(_granted_hubs(actor))
    return [
        _choice(store, fact.programme_id, fact.version_no, fact.hub_id)
        for fact in store.list_facts(ProgrammeActivated)
        if works_everywhere or fact.hub_id in hub_ids
    ]


def _works_everywhere(actor: Actor) -> bool:
    """Return whether an office is held for all hubs; one opened record is no hub at all."""
    return any(grant.hub_id is None and grant.record_id is None for grant in actor.grants)


def _opened(store: Store, actor: Actor) -> list[ProgrammeChoice]:
    """Return the programmes of the records that were opened to somebody from outside, in the person's version."""
    records = [grant.record_id for grant in actor.grants if grant.record_id is not None]
    return [
        replace(choice, enrolment_id=None, role_id=None)
        for record_id in dict.fromkeys(records)
        for choice in _enrolled(store, record_id)
    ]


def _published(store: Store, actor: Actor) -> list[ProgrammeChoice]:
    if not _works_everywhere(actor):
        return []
    return [_choice(store, fact.programme_id, fact.version_no) for fact in store.list_facts(ProgrammePublished)]


def _choice(store: Store, programme_id: ProgrammeId, version_no: int, hub_id: HubId | None = None) -> ProgrammeChoice:
    return ProgrammeChoice(programme_id, version_no, store.programme(programme_id, version_no), hub_id)
