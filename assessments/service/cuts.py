"""Standard setting: judges of a hub say item by item how many of 100 people who are just ready get it right.

Until a round is closed nobody is told what others said, neither here nor on a page. What a round proposes is worked out
from its facts; a cut itself changes only with a new version of the programme.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from assessments.errors import OwnRecordError, RoundClosedError, WrongInputError
from assessments.facts import Attempt, CutJudgement, CutRound
from assessments.forms import pool_of
from assessments.ports import Ledger
from assessments.scoring import has_passed
from assessments.service.access import get_fact, get_part, record_once, require_named
from assessments.service.amending import amend
from curriculum.ids import BlueprintId, ItemId, ProgrammeId
from curriculum.items import Pool
from people import rights
from people.facts import Amendment, Change, FactId
from people.ids import ROOT, derived_fact_id, new_fact_id
from people.models import NOBODY, Actor, HubId, PersonId
from people.rights import Record, Right
from people.service.reach import get_hub


@dataclass(frozen=True, slots=True)
class CutRoundNow:
    """A round as it stands for the actor.

    Attributes:
        opened: The round.
        closed_at: When it was closed; None while it is open.
        mine: What the actor said so far, by item.
        n_begun: How many judges have begun.
        n_whole: How many have judged every item: they alone count.
        judged: What each of those said, in the order of the round's items, no names; empty while the round is open.
    """

    opened: CutRound
    closed_at: datetime | None
    mine: Mapping[ItemId, int]
    n_begun: int
    n_whole: int
    judged: tuple[tuple[int, ...], ...] = field(default=())

    @property
    def waiting(self) -> list[ItemId]:
        """Return the items that the actor has not judged."""
        return [item_id for item_id in self.opened.item_ids if item_id not in self.mine]


def open_cut_round(
    ledger: Ledger,
    actor: Actor,
    hub_id: HubId,
    programme_id: ProgrammeId,
    blueprint_id: BlueprintId,
    *,
    version_no: int,
    now: datetime,
) -> CutRound:
    """Open the next round on the counting items of a quiz, or return the one that is open.

    Args:
        ledger: Where facts are.
        actor: The training lead or the manager of the hub.
        hub_id: The hub whose people judge.
        programme_id: The programme.
        blueprint_id: The quiz.
        version_no: The version whose items are looked at.
        now: The time.

    Raises:
        NotAllowedError: The actor may not open rounds in this hub.
        NotKnownError: There is no such hub.
        UnknownPartError: The programme has no such quiz.
        WrongInputError: The quiz has no counting items.
    """
    require_named(actor, "open a round of judging")
    get_hub(ledger, hub_id)
    rights.require_in_hub(actor, Right.OPEN, Record.PROGRAMME, hub_id)
    programme = ledger.programme(programme_id, version_no)
    blueprint = get_part(programme, programme.blueprint_by_id, "quiz", blueprint_id)
    rounds = _rounds(ledger, hub_id, programme_id, blueprint_id, version_no)
    if rounds and _closed_at(ledger, rounds[-1]) is None:
        return rounds[-1]
    items = pool_of(programme, blueprint, Pool.COUNTING)
    if not items:
        raise WrongInputError(f"Quiz `{blueprint_id}`", "no question that counts", "one or more", "Choose another.")
    number = len(rounds) + 1
    opened = CutRound(
        # Two who open a round at once open one.
        fact_id=derived_fact_id(ROOT, f"cut/{hub_id}/{programme_id}/{version_no}/{blueprint_id}/{number}"),
        person_id=NOBODY,
        actor_id=actor.person_id,
        occurred_at=now,
        programme_id=programme_id,
        version_no=version_no,
        blueprint_id=blueprint_id,
        hub_id=hub_id,
        round_no=number,
        item_ids=tuple(item.id for item in items),
    )
    ledger.append(opened)
    return opened


def judge_item(
    ledger: Ledger, actor: Actor, cut_round_id: FactId, item_id: ItemId, pct: int, *, now: datetime
) -> CutJudgement:
    """Record how many of 100 people who are just ready get an item right; the same again adds nothing.

    Raises:
        NotAllowedError: The actor judges nothing in this hub.
        OwnRecordError: The actor trains in the programme and has not passed the quiz.
        UnknownFactError: There is no such round.
        RoundClosedError: The round is over.
        WrongInputError: The round has no such item, or the number is not within 0 and 100.
    """
    require_named(actor, "judge a question")
    opened = get_fact(ledger, CutRound, cut_round_id, "round")
    rights.require_in_hub(actor, Right.JUDGE, Record.PROGRAMME, opened.hub_id)
    if takes_quiz(ledger, actor, opened.programme_id, opened.blueprint_id):
        raise OwnRecordError(actor.person_id, "judge a quiz that they take themselves")
    if _closed_at(ledger, opened) is not None:
        raise RoundClosedError(opened.round_no)
    if item_id not in opened.item_ids:
        raise WrongInputError("Question", f"`{item_id}`", "one of the round's", "Open the page again.")
    if not 0 <= pct <= 100:
        raise WrongInputError("How many of 100", str(pct), "0 to 100", "Write a number of people.")
    before = ledger.list_facts(CutJudgement, actor.person_id, cut_round_id=cut_round_id, item_id=item_id)
    if before and before[-1].pct == pct:
        return before[-1]
    judgement = CutJudgement(
        fact_id=new_fact_id(),
        person_id=actor.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        cut_round_id=cut_round_id,
        item_id=item_id,
        pct=pct,
    )
    return record_once(ledger, judgement)


def takes_quiz(ledger: Ledger, actor: Actor, programme_id: ProgrammeId, blueprint_id: BlueprintId) -> bool:
    """Return whether the actor still has to pass the quiz, and so may not be shown what is right in it."""
    if ledger.enrolment(actor.person_id, programme_id) is None:
        return False
    attempts = ledger.list_facts(Attempt, actor.person_id, programme_id=programme_id, blueprint_id=blueprint_id)
    return not any(one.counts and has_passed(one) for one in attempts)


def close_cut_round(ledger: Ledger, actor: Actor, cut_round_id: FactId, now: datetime) -> Amendment:
    """End a round: what was said can be seen, and nothing more can be said. Twice changes nothing.

    Raises:
        NotAllowedError: The actor may not close rounds in this hub.
        UnknownFactError: There is no such round.
    """
    require_named(actor, "close a round of judging")
    opened = get_fact(ledger, CutRound, cut_round_id, "round")
    rights.require_in_hub(actor, Right.OPEN, Record.PROGRAMME, opened.hub_id)
    ended = amend(opened, actor, cut_round_id, Change.ENDED, reason="", now=now)
    ledger.append(ended)
    return ended


def list_cut_rounds(
    ledger: Ledger,
    actor: Actor,
    hub_id: HubId,
    programme_id: ProgrammeId,
    blueprint_id: BlueprintId,
    *,
    version_no: int,
) -> list[CutRoundNow]:
    """Return the rounds on a quiz in a hub, the first one first; of an open one no more than the actor's own words.

    Raises:
        NotKnownError: There is no such hub.
        NotAllowedError: The actor judges nothing in this hub.
    """
    rights.require_in_hub(actor, Right.JUDGE, Record.PROGRAMME, hub_id)
    get_hub(ledger, hub_id)
    rounds = _rounds(ledger, hub_id, programme_id, blueprint_id, version_no)
    return [_round_now(ledger, actor, opened) for opened in rounds]


def _rounds(
    ledger: Ledger, hub_id: HubId, programme_id: ProgrammeId, blueprint_id: BlueprintId, version_no: int
) -> list[CutRound]:
    same = {"programme_id": programme_id, "blueprint_id": blueprint_id, "version_no": version_no, "hub_id": hub_id}
    return sorted(ledger.list_facts(CutRound, NOBODY, **same), key=lambda one: one.round_no)


def _closed_at(ledger: Ledger, opened: CutRound) -> datetime | None:
    changes: Sequence[Amendment] = ledger.changes_to(opened.fact_id)
    return next((one.occurred_at for one in changes if one.change is Change.ENDED), None)


def _round_now(ledger: Ledger, actor: Actor, opened: CutRound) -> CutRoundNow:
    closed_at = _closed_at(ledger, opened)
    said: dict[PersonId, dict[ItemId, int]] = defaultdict(dict)
    for one in ledger.list_facts(CutJudgement, cut_round_id=opened.fact_id):
        # What arrived while the round was being closed would change what came of it.
        if closed_at is None or one.occurred_at <= closed_at:
            said[one.person_id][one.item_id] = one.pct
    whole = [judge for judge in said.values() if len(judge) == len(opened.item_ids)]
    judged = [tuple(judge[item_id] for item_id in opened.item_ids) for judge in whole] if closed_at else []
    return CutRoundNow(
        opened=opened,
        closed_at=closed_at,
        mine=said.get(actor.person_id, {}),
        n_begun=len(said),
        n_whole=len(whole),
        # By their sums: the order in which judges handed in would tell who said what.
        judged=tuple(sorted(judged, key=lambda pcts: (sum(pcts), pcts))),
    )
