"""Cohorts side by side: how many were signed off within so many weeks, and how much of the difference is chance.

A cohort is compared only by those who enrolled long enough ago: a young cohort is no worse than an old one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from analytics.statistics.shrinkage import ShrunkShare, shrink_shares
from curriculum.models import Programme
from curriculum.phrases import Phrase
from people.facts import CohortOpened
from people.models import Actor, CohortId, HubId
from people.rights import Record, Right, require_in_hub
from store.beside_gates import Journey, journeys
from store.ledger import Store

WEEKS: Final = (12, 26, 52)
"""Within how many weeks of enrolment a sign-off may be asked for."""


@dataclass(frozen=True, slots=True)
class CohortShare:
    """One cohort.

    Attributes:
        cohort_id: Which.
        title: Its title.
        n: How many enrolled at least so many weeks ago; who left is among them.
        n_signed: How many of them were signed off within these weeks.
        n_young: How many more enrolled too short a time ago to say.
        share: The share with Wilson's interval, and the one drawn towards the other cohorts.
    """

    cohort_id: CohortId
    title: str
    n: int
    n_signed: int
    n_young: int
    share: ShrunkShare


@dataclass(frozen=True, slots=True)
class Comparison:
    """Cohorts of one hub and programme, the one that began first standing first; or why nothing was shrunk."""

    weeks: int
    cohorts: tuple[CohortShare, ...]
    because: Phrase | None


def see_comparison(store: Store, actor: Actor, programme: Programme, hub_id: HubId, *, weeks: int) -> Comparison:
    """Return the cohorts of a hub side by side.

    Raises:
        NotAllowedError: The actor may not see where these people stand, one by one.
    """
    require_in_hub(actor, Right.SEE_STATUS, Record.READINESS, hub_id)
    now = store.clock()
    opened = store.list_facts(CohortOpened, hub_id=hub_id, programme_id=programme.head.id)
    titles = {one.cohort_id: one.title for one in sorted(opened, key=lambda one: (one.starts_on, one.title))}
    people = journeys(store, programme.head.id, hub_id=hub_id, as_of=now, known_at=now)
    return compare(people, titles, weeks, store.day_of(now))


def compare(people: Iterable[Journey], titles: Mapping[CohortId, str], weeks: int, today: date) -> Comparison:
    """Return the comparison.

    Args:
        people: Of all cohorts.
        titles: Of the cohorts, in the order to show them.
        weeks: Within which a sign-off counts.
        today: The day up to which people were watched.
    """
    by_cohort: dict[CohortId, list[Journey]] = {cohort_id: [] for cohort_id in titles}
    for one in people:
        by_cohort.setdefault(one.cohort_id, []).append(one)
    span = timedelta(weeks=weeks)
    watched = {
        cohort_id: [one for one in members if one.began_on + span <= today] for cohort_id, members in by_cohort.items()
    }
    signed = {cohort_id: sum(_is_signed(one, span) for one in members) for cohort_id, members in watched.items()}
    known = [cohort_id for cohort_id, members in watched.items() if members]
    found = shrink_shares([signed[one] for one in known], [len(watched[one]) for one in known])
    shares = dict(zip(known, found.cohorts, strict=True)) | {
        cohort_id: _nobody() for cohort_id in by_cohort if cohort_id not in known
    }
    return Comparison(
        weeks,
        tuple(
            CohortShare(
                cohort_id,
                titles.get(cohort_id, cohort_id),
                len(watched[cohort_id]),
                signed[cohort_id],
                len(members) - len(watched[cohort_id]),
                shares[cohort_id],
            )
            for cohort_id, members in by_cohort.items()
        ),
        found.because,
    )


def _is_signed(journey: Journey, span: timedelta) -> bool:
    return journey.signed_on is not None and journey.signed_on <= journey.began_on + span


def _nobody() -> ShrunkShare:
    return shrink_shares([0], [0]).cohorts[0]
