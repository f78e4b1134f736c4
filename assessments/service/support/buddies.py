"""Buddies: two of a cohort who look out for each other."""

from datetime import datetime

from assessments.errors import WrongInputError
from assessments.ports import Ledger
from assessments.service.access import get_fact, record_once
from assessments.service.amending import amend
from assessments.support import BuddyPaired
from people.facts import Amendment, Change, FactId
from people.ids import derived_fact_id
from people.models import Actor, CohortId, PersonId
from people.rights import Record, Right, require_in_hub
from people.service.reach import find_enrolment, get_cohort


def pair_buddies(
    ledger: Ledger, actor: Actor, cohort_id: CohortId, person_id: PersonId, buddy_id: PersonId, *, now: datetime
) -> BuddyPaired:
    """Record that two of a cohort are buddies; the same pair again adds nothing.

    Raises:
        NotKnownError: There is no such cohort.
        NotAllowedError: The actor does not look after the cohorts of the hub.
        WrongInputError: They are not two people of this cohort.
    """
    cohort = get_cohort(ledger, cohort_id)
    require_in_hub(actor, Right.WRITE, Record.COHORT, cohort.hub_id)
    first, second = sorted((person_id, buddy_id))
    for one in (first, second):
        enrolment = find_enrolment(ledger, one, cohort.programme_id)
        if enrolment is None or enrolment.cohort_id != cohort_id or first == second:
            raise WrongInputError(
                "Buddies", f"persons {first} and {second}", "two people of this cohort", "Choose two."
            )
    paired = ledger.list_facts(BuddyPaired, first, cohort_id=cohort_id, buddy_id=second)
    in_force = [one for one in paired if not ledger.changes_to(one.fact_id)]
    if in_force:
        return in_force[-1]
    pair = BuddyPaired(
        fact_id=derived_fact_id(cohort.fact_id, f"buddies/{first}/{second}/{len(paired)}"),
        person_id=first,
        actor_id=actor.person_id,
        occurred_at=now,
        cohort_id=cohort_id,
        buddy_id=second,
    )
    return record_once(ledger, pair)


def end_buddies(ledger: Ledger, actor: Actor, pair_id: FactId, now: datetime) -> Amendment:
    """Record that two are buddies no more; twice changes nothing.

    Raises:
        UnknownFactError: There is no such pair.
        NotAllowedError: The actor does not look after the cohorts of the hub.
    """
    pair = get_fact(ledger, BuddyPaired, pair_id, "pair of buddies")
    cohort = get_cohort(ledger, pair.cohort_id)
    require_in_hub(actor, Right.WRITE, Record.COHORT, cohort.hub_id)
    return record_once(ledger, amend(pair, actor, pair_id, Change.ENDED, reason="", now=now))
