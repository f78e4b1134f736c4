"""What a trainer leaves behind when their office ends."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from people.facts import Grant, WorkKind
from people.models import HubId, Office, PersonId
from people.ports import FactLedger, OpenWork
from people.service.reach import list_grants

_WORDS: Final = {
    WorkKind.TRAINEE: ("trainee", "trainees"),
    WorkKind.REQUEST: ("request to be watched", "requests to be watched"),
    WorkKind.FORM: ("form that was begun", "forms that were begun"),
    WorkKind.HOLD: ("hold", "holds"),
    WorkKind.DEBRIEF: ("talk that is owed", "talks that are owed"),
    WorkKind.COUNTERSIGN: ("countersignature wanted", "countersignatures wanted"),
}


def list_left_behind(ledger: FactLedger, grant: Grant, now: datetime) -> list[OpenWork]:
    """Return what waits for a trainer about people whom no other grant of theirs reaches; by person.

    Nothing for other offices, and nothing when the grant is not in force.
    """
    held = [one for one in list_grants(ledger, grant.person_id, now) if one.office == Office.TRAINER]
    if grant not in held:
        return []
    others = {one.hub_id for one in held if one != grant}
    if None in others:
        return []
    return [work for work in ledger.open_work(grant.person_id) if _is_left(ledger, work.person_id, grant, others)]


def _is_left(ledger: FactLedger, person_id: PersonId, grant: Grant, others: set[HubId | None]) -> bool:
    hubs = ledger.subject(person_id).hub_ids
    return others.isdisjoint(hubs) and (grant.hub_id is None or grant.hub_id in hubs)


def work_words(open_work: Sequence[OpenWork], name_of: Callable[[PersonId], str]) -> list[str]:
    """Return a phrase for each kind: how many, and about whom."""
    names: dict[WorkKind, list[str]] = defaultdict(list)
    for work in open_work:
        names[work.kind].append(name_of(work.person_id))
    found: list[str] = []
    for kind in WorkKind:
        if kind in names:
            one, many = _WORDS[kind]
            n = len(names[kind])
            found.append(f"{n} {one if n == 1 else many} ({', '.join(dict.fromkeys(names[kind]))})")
    return found
