"""Gathering a person's record: every fact with its words, what was said about it since, and what is left out."""

from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, cast
from uuid import UUID

from analytics.own_record.codes import code_words
from analytics.own_record.kinds import KINDS, Section
from analytics.own_record.telling import tell_fact
from analytics.own_record.words import Told, Words
from assessments.facts import Observation, ObservationOpened, Tick
from curriculum.phrases import N_, Phrase, ngettext
from people.errors import NotAllowedError
from people.facts import Amendment, Change, Fact, FactId
from people.models import Actor, PersonId, Subject
from people.rights import Record, Right, may_on_person
from store.about import About, ActsAboutOthers, CheckIn, LoginTime, all_about
from store.ledger import Store
from store.reading import Recorded
from store.rows import Row, Value, tables

EXPORTED: Final = (Record.RESULTS, Record.OBSERVATION, Record.SIGN_OFF, Record.SUPERVISION, Record.WELLBEING)
"""What a copy holds: of each, the person has the right to one."""

_SECRETS: Final = frozenset({"password_hash", "token_hash"})
"""What would let somebody in; left out."""

_OTHERS: Final = frozenset({"other_id", "record_id", "buddy_id"})
"""Fields that name somebody else who assessed nothing; left out."""

_NAMED: Final = frozenset({"trainer_id", "supervisor_id", "asked_id"})
"""Fields that name somebody who trains or assesses; the name stands in their place."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact of the record, ready to be read."""

    section: Section
    kind: Phrase
    fact_id: FactId
    happened_at: datetime
    recorded_at: datetime
    day: date
    by: Phrase
    offices: tuple[Phrase, ...]
    words: Phrase
    details: tuple[Phrase, ...]
    notes: tuple[str, ...]
    states: tuple[Phrase, ...]
    values: Row


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """All that is kept about a person. `left_out` says what is not in it, and why."""

    person_id: PersonId
    name: str
    login: str
    made_at: datetime
    entries: tuple[Entry, ...]
    check_ins: tuple[CheckIn, ...]
    logins: tuple[LoginTime, ...]
    acts: tuple[tuple[Phrase, ActsAboutOthers], ...]
    left_out: tuple[Phrase, ...]
    about: Words

    def entries_of(self, section: Section) -> list[Entry]:
        """Return the entries of one part of the record, in the order of recording."""
        return [entry for entry in self.entries if entry.section == section]


def may_copy(actor: Actor, person_id: PersonId) -> bool:
    """Return whether the actor may have a copy: of the own record, or as the operator of any."""
    own = Subject(actor.person_id)
    is_own = actor.person_id == person_id and all(
        may_on_person(actor, Right.EXPORT, record, own) for record in EXPORTED
    )
    return actor.is_operator or is_own


def gather_record(store: Store, actor: Actor, person_id: PersonId, now: datetime) -> OwnRecord:
    """Return all that is kept about a person.

    Raises:
        NotAllowedError: The record is somebody else's, and the actor is not the operator.
    """
    if not may_copy(actor, person_id):
        raise NotAllowedError(f"take a copy of the record of person {person_id}, which only they and the operator can")
    found = all_about(store, person_id)
    words = Words(store, person_id, {recorded.fact.fact_id: recorded.fact for recorded in found.facts})
    account = store.account_of(person_id)
    shown, n_hidden = _without_open_forms(found)
    return OwnRecord(
        person_id=person_id,
        name=store.name_of(person_id),
        login=account.login if account else "",
        made_at=now,
        entries=tuple(_entry(recorded, words, _states(found)) for recorded in shown),
        check_ins=found.check_ins,
        logins=found.logins,
        acts=tuple((_kind_of(act), act) for act in found.acts),
        left_out=tuple(_left_out(n_hidden)),
        about=words,
    )


def _without_open_forms(found: About) -> tuple[list[Recorded], int]:
    """Return the facts without the ticks of forms that are being filled in, and how many those are."""
    done = {one.fact.opened_id for one in found.facts if isinstance(one.fact, Observation)}
    own = {
        one.fact.fact_id
        for one in found.facts
        if isinstance(one.fact, ObservationOpened) and one.fact.actor_id == one.fact.person_id
    }
    shown = [one for one in found.facts if not isinstance(one.fact, Tick) or one.fact.opened_id in done | own]
    return shown, len(found.facts) - len(shown)


def _left_out(n_hidden: int) -> list[Phrase]:
    told = [
        N_("Passwords and codes: they are kept in a scrambled form only, and would be of use to a thief alone."),
        N_("Names of other people, but for those who recorded something about you, trained or assessed you."),
        N_("What would have been the right answers in your quizzes: the app shows them once the quiz is over for you."),
        N_("What you recorded about others: it is their record. How many entries those are stands at the end."),
    ]
    if n_hidden:
        told.append(
            ngettext(
                "{n} tick on a form that somebody is still filling in: it follows when the form is handed in.",
                "{n} ticks on forms that somebody is still filling in: they follow when the forms are handed in.",
                n_hidden,
            )
        )
    return told


def _kind_of(act: ActsAboutOthers) -> Phrase:
    return KINDS[tables()[act.table].fact_class].title


# ---------------------------------------------------------------- one entry


def _states(found: About) -> dict[FactId, list[Phrase]]:
    """Return what amendments say about each fact, oldest first."""
    states: dict[FactId, list[Phrase]] = {}
    for recorded in found.facts:
        if isinstance(recorded.fact, Amendment) and recorded.fact.change != Change.ACKNOWLEDGED:
            states.setdefault(recorded.fact.target_id, []).append(code_words(recorded.fact.change))
    return states


def _entry(recorded: Recorded, words: Words, states: dict[FactId, list[Phrase]]) -> Entry:
    fact = recorded.fact
    told: Told = tell_fact(fact, words)
    kind = KINDS[type(fact)]
    return Entry(
        section=kind.section or Section.ACCOUNT,
        kind=kind.title,
        fact_id=fact.fact_id,
        happened_at=fact.occurred_at,
        recorded_at=recorded.recorded_at,
        day=recorded.day,
        by=words.name(fact.actor_id),
        offices=() if fact.actor_id == words.person_id else words.offices(fact.actor_id, fact.occurred_at),
        words=told.words,
        details=told.details,
        notes=tuple(note for note in _notes(fact) if note),
        states=tuple(states.get(fact.fact_id, ())),
        values=_values(fact, words),
    )


def _notes(fact: Fact) -> list[str]:
    return [getattr(fact, one.name) for one in fields(fact) if one.metadata.get("private")]


def _values(fact: Fact, words: Words) -> Row:
    """Return the fact's own fields for machines, without secrets and without numbers of other people."""
    common = {one.name for one in fields(Fact)}
    found: Row = {}
    for one in fields(fact):
        if one.name in common | _SECRETS | _OTHERS:
            continue
        value = getattr(fact, one.name)
        found[one.name] = words.name(value).text() if one.name in _NAMED and value is not None else _plain(value)
    return found


def _plain(value: Value) -> Value:
    match value:
        case StrEnum():
            return value.value
        case UUID():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case tuple():
            return [_plain(one) for one in cast("tuple[Value, ...]", value)]
        case _ if is_dataclass(value) and not isinstance(value, type):
            return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
        case _:
            return value
