"""Who would stand elsewhere under a draft of other rules: seen before anything is saved."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from analytics.boards import PersonChange, find_changes
from analytics.rule_drafts import RuleDraft, drafted
from analytics.small_numbers import hide_small
from assessments.verdicts import Status, Verdict
from curriculum.gates import Severity
from curriculum.ids import GateId, ProgrammeId
from curriculum.models import Programme
from people.facts import CohortOpened
from people.models import Actor, CohortId
from people.rights import Record, Right, may_in_hub, require_anywhere
from store.ledger import Store
from store.readiness import verdicts
from store.rule_trials import try_rules
from store.standing import BoardRow, names_of

Moves = Mapping[tuple[Status, Status], int | None]
"""How many people go from one status to another; None for a number that is too small to show."""


@dataclass(frozen=True, slots=True)
class RulePreview:
    """What a draft would change, for people whose version is the one that it was made from.

    Attributes:
        n_seen: Of how many people the reader may see the status; `moves` and `changes` are about them.
        moves: How many of them would go from which status to which, those who stay included.
        changes: Who stands elsewhere, and which gates are the reason, by name.
        n_unseen: Of how many others there are only numbers, None when that is too small to show.
        unseen_moves: Theirs, with small numbers hidden.
        n_other_versions: People judged by another version, whom the draft does not concern.
        freed: Gates that would hold nobody back any more.
        bound: Gates that would begin to hold people back.
    """

    as_of: datetime
    n_seen: int
    moves: Moves
    changes: tuple[PersonChange, ...]
    n_unseen: int | None
    unseen_moves: Moves
    n_other_versions: int
    freed: tuple[GateId, ...] = ()
    bound: tuple[GateId, ...] = ()

    @property
    def n_moved(self) -> int:
        """Return how many of those seen would stand elsewhere."""
        return sum(change.is_of_status for change in self.changes)


def preview_rules(
    store: Store, actor: Actor, programme_id: ProgrammeId, version_no: int, draft: RuleDraft
) -> RulePreview:
    """Return what would change if a draft were the rules, as of now. Nothing is recorded or changed.

    Raises:
        NotAllowedError: The actor may not draft rules.
        UnknownChangeError: The draft names what the version does not have.
        BadChangeError: A value is outside of its limits.
    """
    require_anywhere(actor, Right.DRAFT, Record.PROGRAMME)
    now = store.clock()
    published = store.programme(programme_id, version_no)
    programme = drafted(published, draft)
    everybody = verdicts(store, programme_id, as_of=now, known_at=now)
    before = [verdict for verdict in everybody if verdict.version_no == version_no]
    after = {
        verdict.person_id: verdict
        for verdict in try_rules(store, programme, version_no, draft.cuts, as_of=now, known_at=now)
    }
    seen_cohorts = _cohorts_seen(store, actor, programme_id)
    seen = [verdict for verdict in before if verdict.cohort_id in seen_cohorts]
    unseen = [verdict for verdict in before if verdict.cohort_id not in seen_cohorts]
    names = names_of(store, [verdict.person_id for verdict in seen])
    rows = [BoardRow(names[verdict.person_id], verdict) for verdict in seen]
    then = [BoardRow(row.name, after[row.verdict.person_id]) for row in rows]
    min_cell = programme.head.privacy.min_cell
    return RulePreview(
        as_of=now,
        n_seen=len(seen),
        moves=_moves(seen, after.values()),
        changes=tuple(find_changes(rows, then)),
        n_unseen=hide_small({"all": len(unseen)}, min_cell)["all"],
        unseen_moves=hide_small(_moves(unseen, after.values()), min_cell),
        n_other_versions=len(everybody) - len(before),
        freed=_blocking_only_in(published, programme),
        bound=_blocking_only_in(programme, published),
    )


def _blocking_only_in(one: Programme, other: Programme) -> tuple[GateId, ...]:
    blocking = {gate.id for gate in other.gates if gate.severity is Severity.BLOCK}
    return tuple(gate.id for gate in one.gates if gate.severity is Severity.BLOCK and gate.id not in blocking)


def _cohorts_seen(store: Store, actor: Actor, programme_id: ProgrammeId) -> set[CohortId]:
    """Return the cohorts of whose people the actor may see where they stand."""
    return {
        opened.cohort_id
        for opened in store.list_facts(CohortOpened, programme_id=programme_id)
        if may_in_hub(actor, Right.SEE_STATUS, Record.READINESS, opened.hub_id)
    }


def _moves(before: Iterable[Verdict], after: Iterable[Verdict]) -> dict[tuple[Status, Status], int]:
    then = {verdict.person_id: verdict.status for verdict in after}
    counted = Counter((verdict.status, then[verdict.person_id]) for verdict in before)
    order = list(Status)
    return dict(sorted(counted.items(), key=lambda item: tuple(order.index(status) for status in item[0])))
