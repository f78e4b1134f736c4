"""What a fact needs to be told in plain words: names, the programme of its day, and the facts it follows from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from analytics.own_record.codes import code_words
from assessments.errors import UnknownVersionError
from curriculum.ids import ProgrammeId
from curriculum.models import Programme
from curriculum.phrases import N_, Phrase
from people.facts import Amendment, Change, Enrolment, Fact, FactId, Grant
from people.models import OPERATOR, PersonId
from store.ledger import Store

F = TypeVar("F", bound=Fact)


@dataclass(frozen=True, slots=True)
class Told:
    """A fact in a sentence, and more lines about it."""

    words: Phrase
    details: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """Looks up what facts about one person name. `facts` are all of them, by id."""

    store: Store
    person_id: PersonId
    facts: Mapping[FactId, Fact]

    def name(self, person_id: PersonId) -> Phrase:
        """Return whom a number stands for, as the person reads it."""
        if person_id == self.person_id:
            return N_("yourself")
        if person_id == OPERATOR:
            return N_("the operator of the server")
        return N_("{name}", name=self.store.name_of(person_id))

    def offices(self, person_id: PersonId, at: datetime) -> tuple[Phrase, ...]:
        """Return the offices that somebody held at an instant, each once."""
        day = self.store.day_of(at)
        ended = {
            one.target_id
            for one in self.store.list_facts(Amendment, person_id, change=Change.ENDED)
            if one.occurred_at <= at
        }
        held = [
            grant.office
            for grant in self.store.list_facts(Grant, person_id)
            if grant.occurred_at <= at
            and grant.fact_id not in ended
            and (grant.until_on is None or grant.until_on >= day)
        ]
        return tuple(code_words(office) for office in dict.fromkeys(held))

    def find(self, kind: type[F], fact_id: FactId) -> F | None:
        """Return a fact about the person, withdrawn or not, or None."""
        fact = self.facts.get(fact_id)
        return fact if isinstance(fact, kind) else None

    def programme(self, programme_id: ProgrammeId, at: datetime, version_no: int | None = None) -> Programme | None:
        """Return a version of a programme: the one named, else the one that held for the person at an instant.

        None when there is no such version in the store.
        """
        number = version_no if version_no is not None else self._version(programme_id, at)
        try:
            return self.store.programme(programme_id, number)
        except UnknownVersionError:
            return None

    def _version(self, programme_id: ProgrammeId, at: datetime) -> int:
        joined = [one for one in self.store.list_facts(Enrolment, self.person_id) if one.programme_id == programme_id]
        before = [one for one in joined if one.occurred_at <= at]
        newest = (before or joined)[-1:]
        return newest[0].version_no if newest else 1
