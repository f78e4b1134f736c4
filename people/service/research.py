"""Whether a person's record may go into research: they alone say so, here, and can change their mind at any time."""

from datetime import datetime

from people.errors import NothingToShareError
from people.facts import Enrolment, ResearchChoice
from people.ids import derived_fact_id
from people.models import Actor, PersonId
from people.notice import RESEARCH_VERSION
from people.ports import FactLedger
from people.service.reach import get_person


def find_research_choice(ledger: FactLedger, person_id: PersonId) -> ResearchChoice | None:
    """Return what the person chose last, or None when they never chose: then they do not agree."""
    choices = ledger.list_facts(ResearchChoice, person_id)
    return choices[-1] if choices else None


def choose_research(ledger: FactLedger, actor: Actor, *, agrees: bool, now: datetime) -> ResearchChoice:
    """Record that the actor agrees to research, or no longer does; the same twice is one.

    It counts for exports to come.

    Raises:
        NothingToShareError: The actor trains in no programme, so that there is nothing to share.
    """
    if not ledger.list_facts(Enrolment, actor.person_id):
        raise NothingToShareError
    before = ledger.list_facts(ResearchChoice, actor.person_id)
    if before and (before[-1].agrees, before[-1].words_version) == (agrees, RESEARCH_VERSION):
        return before[-1]
    parent = get_person(ledger, actor.person_id).fact_id
    choice = ResearchChoice(
        fact_id=derived_fact_id(parent, f"research/{len(before)}"),
        person_id=actor.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        agrees=agrees,
        words_version=RESEARCH_VERSION,
    )
    if ledger.append(choice):
        return choice
    return ledger.find(ResearchChoice, choice.fact_id) or choice
