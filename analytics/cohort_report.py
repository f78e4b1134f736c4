"""The figures of a cohort's report, gathered once: pages, papers, tables and whoever recomputes them share them.

Nothing is computed here that another page shows too: each figure comes from the function and the named query that the
page has it from, and says so.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from analytics.boards import LEFT, GateCount, count_gates
from analytics.item_analysis import analyse_recorded
from analytics.journeys import Milepost, count_steps, find_pace, list_mileposts
from analytics.levels import sees_ratings, whole_map
from analytics.raters.board import agree_on_lines
from analytics.small_numbers import shown_part
from analytics.statistics.estimates import Estimate, Interval, Method, not_computable
from analytics.statistics.proportions import wilson
from analytics.statistics.thresholds import ITEMS, RATERS
from analytics.supervision import see_access
from analytics.wording import status_words
from assessments.verdicts import Status
from curriculum.models import Programme
from curriculum.phrases import N_, Phrase
from people.models import Actor, CohortId, HubId, PersonId
from people.rights import Record, Right, may_in_hub, require_in_hub
from store.beside_gates import journeys
from store.ledger import Store
from store.questions import number_of
from store.readiness import verdicts
from store.rows import Row


class Unit(StrEnum):
    """What a figure is measured in."""

    PEOPLE = "people"
    SHARE = "share"
    COEFFICIENT = "coefficient"
    DAYS = "days"
    HOURS = "hours"
    WEEKS = "weeks"


class ReportPart(StrEnum):
    """A part of the report, in its order: what the hub gave stands before where its people stand."""

    SUPPORT = "support"
    PEOPLE = "people"
    STEPS = "steps"
    PACE = "pace"
    GATES = "gates"
    QUIZZES = "quizzes"
    ITEMS = "items"
    LEVELS = "levels"
    RATERS = "raters"


@dataclass(frozen=True, slots=True)
class ReportFigure:
    """One figure with all that has to stand beside it.

    Attributes:
        key: What it is called for programs, such as `steps/quiz`.
        part: Where it stands.
        label: What it is called for people.
        unit: What it is measured in.
        value: The figure; None when it is not computable. Shares and alphas as proportions.
        numerator: How many, where it is a share or a count.
        denominator: Of how many; for other figures how many stand behind it.
        interval: Where it may lie; None where none is defined.
        because: Why it is not computable.
        as_of: The instant it is of.
        version: The programme versions of those it is about.
        query: The named query or statement that it comes from.
        least: How many people it takes to show it.
        n_people: How many people stand behind it, where that is not the denominator.
    """

    key: str
    part: ReportPart
    label: Phrase
    unit: Unit
    value: float | None
    numerator: int | None
    denominator: int
    interval: Interval | None
    because: Phrase | None
    as_of: datetime
    version: str
    query: str
    least: int = 0
    n_people: int | None = None

    @property
    def is_shown(self) -> bool:
        """Return whether enough people stand behind it; for fewer, it is there to be recomputed alone."""
        n = self.denominator if self.n_people is None else self.n_people
        return self.value is None or n >= self.least

    @property
    def estimate(self) -> Estimate:
        """Return it with its interval, or the reason why there is none."""
        return Estimate(self.value, self.denominator, Method.COUNTED, self.interval, because=self.because)


@dataclass(frozen=True, slots=True)
class CohortReport:
    """The figures of some people of a hub; `left_out` are the parts that the reader may not see of so few people."""

    n: int
    as_of: datetime
    since: date
    version: str
    position: int
    figures: tuple[ReportFigure, ...]
    left_out: tuple[ReportPart, ...]

    def in_part(self, part: ReportPart) -> list[ReportFigure]:
        """Return the figures of a part."""
        return [figure for figure in self.figures if figure.part is part]


_STEPS: Final = {
    Milepost.SESSION: N_("Came to a training session"),
    Milepost.QUIZ: N_("Passed a quiz"),
    Milepost.ROLEPLAY: N_("Watched in a role-play"),
    Milepost.LIVE: N_("Watched in a live session"),
    Milepost.SIGNED_OFF: N_("Signed off"),
}

_AGREEMENT: Final = {
    "exact_agreement": N_("Trainers of one performance gave the same level"),
    "adjacent_agreement": N_("Trainers of one performance were at most one level apart"),
    "krippendorff_alpha_ordinal": N_("Krippendorff's alpha, ordinal"),
}
_COEFFICIENTS: Final = frozenset({"krippendorff_alpha_ordinal"})


def cohort_report(
    store: Store,
    actor: Actor,
    programme: Programme,
    hub_id: HubId,
    *,
    cohort_id: CohortId | None = None,
    among: Collection[PersonId] | None = None,
) -> CohortReport:
    """Return the figures of the people of a hub, or of one of its cohorts, as of now.

    Args:
        store: Where the facts are.
        actor: Who asks. Who may not see answers or ratings of single people gets the report without those parts.
        programme: The programme.
        hub_id: The hub.
        cohort_id: Only those of this cohort.
        among: Only these people, such as those who agreed to research.

    Raises:
        NotAllowedError: The actor may not see how the hub's people stand, one by one.
    """
    require_in_hub(actor, Right.SEE_STATUS, Record.READINESS, hub_id)
    gathering = _Gathering(store, programme, hub_id, cohort_id, among)
    parts = {
        ReportPart.SUPPORT: lambda: gathering.support(actor),
        ReportPart.PEOPLE: gathering.people,
        ReportPart.STEPS: gathering.steps,
        ReportPart.PACE: gathering.pace,
        ReportPart.GATES: gathering.gates,
        ReportPart.QUIZZES: gathering.quizzes,
        ReportPart.ITEMS: gathering.items,
        ReportPart.LEVELS: gathering.levels,
        ReportPart.RATERS: gathering.raters,
    }
    hidden = hidden_parts(actor, hub_id)
    figures = [figure for part, gather in parts.items() if part not in hidden for figure in gather()]
    return CohortReport(
        n=len(gathering.standing),
        as_of=gathering.as_of,
        since=gathering.since,
        version=gathering.version,
        position=store.position,
        figures=tuple(figures),
        left_out=tuple(part for part in ReportPart if part in hidden),
    )


def hidden_parts(actor: Actor, hub_id: HubId) -> set[ReportPart]:
    """Return the parts that the actor may not see of so few people: they are left out of their report."""
    hidden = set[ReportPart]()
    if not may_in_hub(actor, Right.SEE, Record.RESULTS, hub_id):
        hidden |= {ReportPart.QUIZZES, ReportPart.ITEMS}
    if not sees_ratings(actor, hub_id):
        hidden |= {ReportPart.LEVELS, ReportPart.RATERS}
    return hidden


class _Gathering:
    """The people, and what was found of them; each part once."""

    def __init__(
        self,
        store: Store,
        programme: Programme,
        hub_id: HubId,
        cohort_id: CohortId | None,
        among: Collection[PersonId] | None,
    ) -> None:
        as_of = store.clock()
        self._store = store
        self._programme = programme
        self._hub_id = hub_id
        self._cohort_id = cohort_id
        self.as_of = as_of
        found = verdicts(store, programme.head.id, cohort_id=cohort_id, hub_id=hub_id, as_of=as_of, known_at=as_of)
        self.standing = [one for one in found if among is None or one.person_id in among]
        self._people = {one.person_id for one in self.standing}
        everybody = journeys(store, programme.head.id, cohort_id=cohort_id, hub_id=hub_id, as_of=as_of, known_at=as_of)
        self._journeys = [one for one in everybody if one.person_id in self._people]
        self._among = None if among is None else self._people
        self.since = min((one.began_on for one in self._journeys), default=store.day_of(as_of))
        numbers = sorted({one.version_no for one in self.standing})
        self.version = ", ".join(store.programme(programme.head.id, number).head.version for number in numbers)

    # ------------------------------------------------------------ parts

    def people(self) -> Iterable[ReportFigure]:
        """Give how many people stand where."""
        counts = Counter(verdict.status for verdict in self.standing)
        for status in Status:
            yield self._count(
                ReportPart.PEOPLE, status.value, status_words(status), counts[status], "readiness: verdicts"
            )

    def steps(self) -> Iterable[ReportFigure]:
        """Give how many came to each step."""
        for step in count_steps(self._journeys, list_mileposts(self._programme)):
            label = _STEPS[step.milepost]
            yield self._share(ReportPart.STEPS, step.milepost.value, label, step.share, "readiness: journeys")

    def pace(self) -> Iterable[ReportFigure]:
        """Give how many weeks it took to a sign-off."""
        found = find_pace(self._journeys, self._store.day_of(self.as_of))
        for name, (label, weeks) in found.figures.items():
            yield self._figure(ReportPart.PACE, name, label, weeks, "readiness: journeys", unit=Unit.WEEKS)

    def gates(self) -> Iterable[ReportFigure]:
        """Give how many of those who need a gate have met it; who has left is not asked."""
        staying = [verdict for verdict in self.standing if verdict.status not in LEFT]
        counts = count_gates(gate for verdict in staying for gate in verdict.gates)
        for gate in self._programme.gates:
            found = counts.get(gate.id, GateCount(gate.id, 0, 0))
            share = wilson(found.n_needing - found.n_closed, found.n_needing)
            label = N_("{title}: met", title=gate.title)
            yield self._share(ReportPart.GATES, gate.id, label, share, "readiness: verdicts")

    def support(self, actor: Actor) -> Iterable[ReportFigure]:
        """Give what support there was since the first of these people began."""
        today = self._store.day_of(self.as_of)
        seen = see_access(
            self._store,
            actor,
            self._programme,
            self._hub_id,
            first_day=self.since,
            last_day=today,
            cohort_id=self._cohort_id,
            among=self._among,
        )
        part = ReportPart.SUPPORT
        hidden = N_("numbers under {n} are not shown", n=seen.min_cell)
        held = _plain_share(seen.n_held, seen.n_offered, N_("nothing was offered"), hidden)
        yield self._share(part, "held", N_("Supervision held, of what was offered"), held, "supervision_access")
        label, n = N_("Had supervision at least once"), len(self._people)
        found = None if seen.n_supervised is None else shown_part(seen.n_supervised, n, seen.min_cell)
        had = not_computable(n, Method.WILSON, hidden) if n and found is None else wilson(found or 0, n)
        yield self._share(part, "supervised", label, had, "supervision_gaps")
        gap = _plain(seen.median_gap_days, seen.n_gaps, N_("nobody had supervision twice"), hidden)
        label = N_("Median days between supervisions")
        yield self._figure(part, "median_gap_days", label, gap, "supervision_gaps", unit=Unit.DAYS)
        hours = _plain(seen.median_hours, seen.n_answered, N_("nobody asked and was answered"), hidden)
        label = N_("Median hours to an answer")
        yield self._figure(part, "median_hours", label, hours, "contact_response", unit=Unit.HOURS)
        n_asked = None if seen.n_answered is None or seen.n_open is None else seen.n_answered + seen.n_open
        answered = _plain_share(seen.n_answered, n_asked, N_("nobody asked to be contacted"), hidden)
        label = N_("Wishes to be contacted that were answered")
        yield self._share(part, "answered", label, answered, "contact_response")

    def quizzes(self) -> Iterable[ReportFigure]:
        """Give how many passed each quiz, of those who tried."""
        found = {row["blueprint_id"]: row for row in self._ask("quiz_passes")}
        for blueprint in self._programme.counting_quizzes:
            if not blueprint.is_gate:
                continue
            row = found.get(blueprint.id, {"n_tried": 0, "n_passed": 0, "n_first": 0})
            for name, label in (("passed", N_("passed")), ("first", N_("passed at the first try"))):
                share = wilson(row[f"n_{name}"], row["n_tried"])
                words = N_("{quiz}: {what}", quiz=blueprint.title, what=label)
                yield self._share(ReportPart.QUIZZES, f"{blueprint.id}/{name}", words, share, "quiz_passes")

    def items(self) -> Iterable[ReportFigure]:
        """Give how each quiz and each of its questions did at first attempts."""
        query, part = "item_statistics: recorded", ReportPart.ITEMS
        for blueprint in self._programme.counting_quizzes:
            report = analyse_recorded(self._store, self._programme.head.id, blueprint.id, among=self._people)
            if not report.items:
                continue
            label = N_("{quiz}: Cronbach's alpha", quiz=blueprint.title)
            yield self._figure(part, f"{blueprint.id}/alpha", label, report.form.alpha, query, unit=Unit.COEFFICIENT)
            for one in report.items:
                label = N_("{quiz}, question {item}: right", quiz=blueprint.title, item=one.statistics.item)
                key = f"{blueprint.id}/{one.statistics.item}/facility"
                yield self._figure(part, key, label, one.statistics.facility, query, unit=Unit.SHARE, least=ITEMS.shown)

    def levels(self) -> Iterable[ReportFigure]:
        """Give how many people's newest rating stands at each level."""
        found = whole_map(
            self._store,
            self._programme,
            self._hub_id,
            cohort_id=self._cohort_id,
            among=self._among,
            as_of=self.as_of,
        )
        for row in found.rows:
            total = sum(n or 0 for n in row.newest)
            for level, n in enumerate(row.newest, start=1):
                key = f"{row.setting.value}/{row.checklist_id}/{row.competency_id}/{level}"
                words = N_("{competency}, {checklist}: level {level}", competency=row.competency_id,
                           checklist=row.checklist_id, level=level)  # fmt: skip
                share = _plain_share(n, total, N_("nobody was rated"), N_("it is hidden"))
                yield self._share(ReportPart.LEVELS, key, words, share, "readiness: levels")

    def raters(self) -> Iterable[ReportFigure]:
        """Give how far trainers of one performance agree."""
        seen = agree_on_lines(self._store, self._programme, self._hub_id, cohort_id=self._cohort_id, among=self._among)
        nobody = not_computable(0, Method.COUNTED, N_("no performance was rated by two trainers"))
        for name, label in _AGREEMENT.items():
            unit = Unit.COEFFICIENT if name in _COEFFICIENTS else Unit.SHARE
            figure = self._figure(
                ReportPart.RATERS,
                name,
                label,
                seen.coefficients.get(name, nobody),
                "rater_lines",
                unit=unit,
                least=RATERS.coefficients,
            )
            yield replace(figure, n_people=seen.n_trainees)

    # ------------------------------------------------------------ one figure

    def _ask(self, query: str) -> list[Row]:
        return self._store.system_query(
            query,
            programme_id=self._programme.head.id,
            hub=self._hub_id,
            cohort_no=number_of(self._store, self._cohort_id),
            among=None if self._among is None else sorted(self._among),
        )

    def _count(self, part: ReportPart, key: str, label: Phrase, n: int, query: str) -> ReportFigure:
        total = len(self.standing)
        counted = Estimate(float(n), total, Method.COUNTED)
        return self._made(part, key, label, counted, query, unit=Unit.PEOPLE, numerator=n)

    def _share(self, part: ReportPart, key: str, label: Phrase, share: Estimate, query: str) -> ReportFigure:
        numerator = None if share.value is None else round(share.value * share.n)
        return self._made(part, key, label, share, query, unit=Unit.SHARE, numerator=numerator)

    def _figure(
        self, part: ReportPart, key: str, label: Phrase, estimate: Estimate, query: str, *, unit: Unit, least: int = 0
    ) -> ReportFigure:
        return replace(self._made(part, key, label, estimate, query, unit=unit), least=least)

    def _made(
        self,
        part: ReportPart,
        key: str,
        label: Phrase,
        estimate: Estimate,
        query: str,
        *,
        unit: Unit,
        numerator: int | None = None,
    ) -> ReportFigure:
        return ReportFigure(
            key=f"{part.value}/{key}",
            part=part,
            label=label,
            unit=unit,
            value=estimate.value,
            numerator=numerator,
            denominator=estimate.n,
            interval=estimate.interval,
            because=estimate.because,
            as_of=self.as_of,
            version=self.version,
            query=query,
        )


def _plain_share(n: int | None, total: int | None, because: Phrase, hidden: Phrase) -> Estimate:
    """Return a share without an interval: its cases, such as the meetings of one person, do not stand alone.

    `because` says why there is none at all, `hidden` why one that there is may not be seen.
    """
    if total == 0:
        return not_computable(0, Method.COUNTED, because)
    if n is None or total is None:
        return not_computable(total or 0, Method.COUNTED, hidden)
    return Estimate(n / total, total, Method.COUNTED)


def _plain(value: float | None, n: int | None, because: Phrase, hidden: Phrase) -> Estimate:
    if value is None or n is None:
        return not_computable(n or 0, Method.COUNTED, because if n == 0 else hidden)
    return Estimate(float(value), n, Method.COUNTED)
