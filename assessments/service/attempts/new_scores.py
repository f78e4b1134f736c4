"""New scores after a corrected key: told to whom they concern until they say that they have read it."""

from dataclasses import dataclass
from datetime import datetime

from assessments.facts import Attempt
from assessments.ports import Ledger
from assessments.service.access import get_fact, require_own
from assessments.service.amending import amend
from curriculum.ids import ProgrammeId
from people.facts import Amendment, Change, FactId
from people.models import Actor
from people.rights import Record, Right


@dataclass(frozen=True, slots=True)
class NewScore:
    """An attempt that was scored anew since it was handed in, and how it stood before."""

    attempt: Attempt
    before: Attempt


def list_new_scores(ledger: Ledger, actor: Actor, programme_id: ProgrammeId) -> list[NewScore]:
    """Return the actor's own attempts with a new score that they have not marked as read, the newest first.

    Raises:
        NotAllowedError: The actor has no results of their own.
    """
    require_own(actor, Right.SEE, Record.RESULTS, actor.person_id)
    found: list[NewScore] = []
    for attempt in reversed(ledger.list_facts(Attempt, actor.person_id, programme_id=programme_id)):
        if attempt.correction_id is None or attempt.replaces_id is None or _is_read(ledger, attempt.fact_id):
            continue
        before = ledger.find(Attempt, attempt.replaces_id)
        if before is not None:
            found.append(NewScore(attempt, before))
    return found


def _is_read(ledger: Ledger, attempt_id: FactId) -> bool:
    return any(one.change is Change.ACKNOWLEDGED for one in ledger.changes_to(attempt_id))


def read_new_score(ledger: Ledger, actor: Actor, attempt_id: FactId, now: datetime) -> Amendment:
    """Record that the actor has read of a new score. Twice changes nothing; it says nothing of whether they agree.

    Raises:
        NotAllowedError: The attempt is somebody else's.
        UnknownFactError: There is no such attempt, or it has a newer score.
    """
    attempt = get_fact(ledger, Attempt, attempt_id, "result")
    require_own(actor, Right.SEE, Record.RESULTS, attempt.person_id)
    read = amend(attempt, actor, attempt_id, Change.ACKNOWLEDGED, reason="", now=now)
    ledger.append(read)
    return read
