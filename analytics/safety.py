"""How safe a set of rules is, on simulated people whose truth is known: whom all gates would let through or hold.

Everybody is judged on the last day of their cohort. The truth is what they could do when the simulation ended: nobody
loses an ability in it, so who is below standard then was below it before. It says something about rules in an invented
world, and nothing about real people.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from analytics.rule_drafts import RuleDraft, Value, drafted
from analytics.simulation.making import Request, make_store
from analytics.simulation.truth import TraineeTruth, Truth
from analytics.statistics.estimates import Estimate, Method, not_computable
from analytics.statistics.proportions import wilson
from assessments.verdicts import Status, Verdict
from curriculum.ids import BlueprintId, ProgrammeId
from curriculum.models import Programme
from curriculum.phrases import N_
from people.facts import CohortOpened
from people.models import CohortId
from store.ledger import Store
from store.places import hub_folder
from store.readiness import verdicts
from store.rule_trials import try_rules

_GONE: Final = frozenset({Status.WITHDRAWN, Status.PAUSED})
"""Whom no rule lets through or holds: they are not there."""


@dataclass(frozen=True, slots=True)
class Errors:
    """The two ways to be wrong, counted over simulated people whose cohort is over.

    `below` are those who are truly below standard, `let_through` those of them whom no blocking gate holds back; `good`
    are those at standard, `held` those of them whom a gate holds back.
    """

    let_through: int
    below: int
    held: int
    good: int

    @property
    def wrongly_through(self) -> Estimate:
        """Return the share of people below standard whom the gates would let through."""
        return _share(self.let_through, self.below)

    @property
    def wrongly_held(self) -> Estimate:
        """Return the share of people at standard whom the gates would hold."""
        return _share(self.held, self.good)

    def __add__(self, other: "Errors") -> "Errors":
        """Return the counts of both together."""
        return Errors(
            self.let_through + other.let_through,
            self.below + other.below,
            self.held + other.held,
            self.good + other.good,
        )


def _share(k: int, n: int) -> Estimate:
    if n == 0:
        return not_computable(0, Method.COUNTED, N_("no simulated person of this kind had come to the end of a cohort"))
    return wilson(k, n)


@dataclass(frozen=True, slots=True)
class Safety:
    """What was found: with the rules as they are, and with the draft's when there is one."""

    programme_id: ProgrammeId
    version: str
    seeds: tuple[int, ...]
    n_trainees: int
    until: date
    draft: RuleDraft
    before: Errors
    after: Errors | None


Tell = Callable[[int, int, int, int], None]
"""Told which seed of how many it is, and how many weeks of how many are over."""


def measure(
    programme: Programme,
    draft: RuleDraft,
    *,
    seeds: Sequence[int],
    n_trainees: int,
    until: date,
    tell: Tell,
) -> Safety:
    """Simulate cohorts under the programme's rules and count both errors, under these rules and under the draft's.

    What simulated people do follows the rules as they are: the draft judges the same deeds once more.

    Raises:
        UnknownChangeError: The draft names what the programme does not have.
        BadChangeError: A value of the draft is outside of its limits.
    """
    drafted(programme, draft)
    before, after = Errors(0, 0, 0, 0), Errors(0, 0, 0, 0)
    for number, seed in enumerate(seeds, start=1):
        with TemporaryDirectory() as folder:
            path = Path(folder) / "simulated.duckdb"
            request = Request(n_trainees, seed, until, (programme,), keeps_all_answers=False, is_bulk=True)
            made = make_store(path, request, lambda week, n, _, at=number: tell(at, len(seeds), week, n))
            store = Store.open(path)
            try:
                found, under_draft = count_errors(store, programme, made.truth, draft)
            finally:
                store.close()
            before += found
            after += under_draft
    return Safety(
        programme.head.id,
        programme.head.version,
        tuple(seeds),
        n_trainees,
        until,
        draft,
        before,
        None if draft.is_empty else after,
    )


def count_errors(store: Store, programme: Programme, truth: Truth, draft: RuleDraft) -> tuple[Errors, Errors]:
    """Return both errors in one simulated store, under the rules as they are and under the draft's."""
    judged = _Judged(store, programme, truth.until)
    now = judged.errors(truth.trainees, judged.verdicts())
    if draft.is_empty:
        return now, now
    return now, judged.errors(truth.trainees, judged.drafted(drafted(programme, draft), draft))


class _Judged:
    """One simulated store: everybody is judged on the last evening of their cohort, if that is over."""

    def __init__(self, store: Store, programme: Programme, until: date) -> None:
        self._store = store
        self._programme_id = programme.head.id
        self._cohorts: dict[date, set[CohortId]] = {}
        for one in store.list_facts(CohortOpened, programme_id=programme.head.id):
            if one.ends_on is not None and one.ends_on < until:
                self._cohorts.setdefault(one.ends_on, set()).add(one.cohort_id)

    def verdicts(self) -> list[Verdict]:
        """Return how everybody stood."""
        return self._each(lambda at: verdicts(self._store, self._programme_id, as_of=at, known_at=at))

    def drafted(self, programme: Programme, draft: RuleDraft) -> list[Verdict]:
        """Return how everybody would have stood under the draft."""
        return self._each(lambda at: try_rules(self._store, programme, 1, draft.cuts, as_of=at, known_at=at))

    def _each(self, ask: Callable[[datetime], list[Verdict]]) -> list[Verdict]:
        zone = self._store.org.zone
        found: list[Verdict] = []
        for day, cohorts in self._cohorts.items():
            evening = datetime.combine(day + timedelta(days=1), time(), zone) - timedelta(microseconds=1)
            found += [verdict for verdict in ask(evening) if verdict.cohort_id in cohorts]
        return found

    def errors(self, truths: Iterable[TraineeTruth], found: Iterable[Verdict]) -> Errors:
        """Return both errors over the people who were there."""
        is_good = {truth.person: truth.is_at_standard for truth in truths}
        counted = [
            (is_good[verdict.person_id], not verdict.open_blocks) for verdict in found if verdict.status not in _GONE
        ]
        return Errors(
            let_through=sum(passes and not good for good, passes in counted),
            below=sum(not good for good, _ in counted),
            held=sum(good and not passes for good, passes in counted),
            good=sum(good for good, _ in counted),
        )


# ---------------------------------------------------------------- kept beside the store


def safety_path(programme_id: ProgrammeId, version: str) -> Path:
    """Return where the result about a version is kept: in the hub's folder."""
    return hub_folder() / "safety" / f"{programme_id}-{version}.json"


def to_json(found: Safety) -> dict[str, Any]:
    """Return the result for JSON: counts, shares with intervals, and what stands behind them."""
    return {
        "what": "simulated people, not evidence about real ones",
        "programme": found.programme_id,
        "version": found.version,
        "seeds": list(found.seeds),
        "trainees_each": found.n_trainees,
        "until": found.until.isoformat(),
        "draft": {
            "changes": {gate: dict(values) for gate, values in found.draft.changes.items()},
            "cuts": dict(found.draft.cuts),
        },
        "before": _errors_json(found.before),
        "after": _errors_json(found.after) if found.after else None,
    }


def _errors_json(errors: Errors) -> dict[str, Any]:
    return {
        **asdict(errors),
        "below_standard_let_through": _estimate_json(errors.wrongly_through),
        "at_standard_held": _estimate_json(errors.wrongly_held),
    }


def _estimate_json(estimate: Estimate) -> dict[str, Any]:
    interval = estimate.interval
    return {
        "value": estimate.value,
        "n": estimate.n,
        "low": interval.low if interval else None,
        "high": interval.high if interval else None,
        "because": estimate.because.text() if estimate.because else None,
    }


def keep(found: Safety) -> Path:
    """Write the result where the page finds it, and return where that is."""
    path = safety_path(found.programme_id, found.version)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(to_json(found), indent=2, ensure_ascii=False), "utf-8")
    return path


def read_kept(programme_id: ProgrammeId, version: str) -> Safety | None:
    """Return the result about a version that was computed last, or None."""
    path = safety_path(programme_id, version)
    if not path.is_file():
        return None
    raw: dict[str, Any] = json.loads(path.read_text("utf-8"))
    changes: dict[str, dict[str, Value]] = raw["draft"]["changes"]
    cuts: dict[BlueprintId, int] = raw["draft"]["cuts"]
    after: dict[str, Any] | None = raw["after"]
    return Safety(
        programme_id,
        version,
        tuple(raw["seeds"]),
        raw["trainees_each"],
        date.fromisoformat(raw["until"]),
        RuleDraft(changes, cuts),
        _errors_of(raw["before"]),
        _errors_of(after) if after else None,
    )


def _errors_of(raw: dict[str, Any]) -> Errors:
    return Errors(raw["let_through"], raw["below"], raw["held"], raw["good"])
