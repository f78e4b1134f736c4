"""Everything that the page, its file and the command say about the raters of a hub: one reading for all three."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from analytics.rater_analysis import COEFFICIENTS, PairAgreement, agree_in_pairs, count_levels
from analytics.raters.burden import FormBurden, weigh_forms
from analytics.raters.pairing import Pair, Proposal, count_together, linked_groups, pair_of, propose_pairs, until_target
from analytics.raters.rounds import GoldDrift, GoldLine, drift_from_gold
from analytics.statistics.arrays import Ints
from analytics.statistics.estimates import Estimate, Method, not_computable
from analytics.statistics.proportions import wilson
from analytics.statistics.rater_needs import RaterNeed, rater_need
from analytics.statistics.ratings import Ratings
from analytics.statistics.severity import RaterDrift, RaterSeverity, rater_drifts, rater_severities
from analytics.statistics.thresholds import RATERS, Bearing, RaterThresholds
from curriculum.ids import ProgrammeId
from curriculum.models import Programme
from curriculum.phrases import N_
from people.models import Actor, CohortId, HubId, PersonId
from people.rights import Record, Right, may_in_hub, require_in_hub, require_on_person
from store.ledger import Store
from store.questions import number_of
from store.standing import names_of

Row = dict[str, Any]
Key = tuple[int, str, str]
"""A performance: one trainee, one checklist, one code of a session."""

DAYS: Final = 730
"""The figures are about the forms of two years: a small hub needs them all, and older ones tell of other people."""

OF_LINES: Final = (
    "exact_agreement",
    "adjacent_agreement",
    "gwet_ac1",
    "gwet_ac2_quadratic",
    "cohen_kappa",
    "cohen_kappa_quadratic",
    "fleiss_kappa",
    "krippendorff_alpha_ordinal",
)
"""What is worked out of the levels of single lines; intervals take all lines of one trainee together."""

OF_FORMS: Final = ("icc_1_1", "icc_2_1", "icc_3_1", "icc_1_k", "icc_2_k", "icc_3_k")
"""What is worked out of a form's mean level on the lines that all its raters rated."""


@dataclass(frozen=True, slots=True)
class RaterFigures:
    """One rater, for who may see names.

    Attributes:
        person_id: Who.
        name: The name.
        n_forms: Forms submitted in these days.
        severity: Beside the others on the same performances; None where the rater shares none.
        drift: Over time, likewise.
        gold: Beside the gold levels, round by round; None without a whole round.
    """

    person_id: PersonId
    name: str
    n_forms: int
    severity: RaterSeverity | None
    drift: RaterDrift | None
    gold: GoldDrift | None


@dataclass(frozen=True, slots=True)
class RaterBoard:
    """How alike the raters of a hub see, of the forms of some days.

    Attributes:
        first_day: The first of the days.
        last_day: The last.
        n_performances: Performances that anybody rated.
        n_double: Of these, rated by two or more.
        n_trainees: People of whom a performance was rated by two.
        n_raters: Raters who submitted a form.
        n_groups: Groups of today's trainers and raters between which nothing was rated together.
        share: The share rated by two, with Wilson's interval.
        target: What the share should be.
        n_more: So many of the next performances, rated by two each, would reach it.
        bearing: What so many people bear.
        levels: The scale.
        counts: How often two raters of one line gave which levels.
        coefficients: By name; below the threshold each says why there is none.
        pairs: Raters two by two; only for who may see names.
        raters: One by one; only for who may see names.
        need: How many raters a form would need.
        proposals: Who should rate with whom next; only for who may see names.
        burdens: What the forms of each checklist cost and tell.
        has_names: Whether the reader may see names.
        names: Of the raters and trainers.
    """

    first_day: date
    last_day: date
    n_performances: int
    n_double: int
    n_trainees: int
    n_raters: int
    n_groups: int
    share: Estimate
    target: float
    n_more: int
    bearing: Bearing
    levels: tuple[str, ...]
    counts: Ints
    coefficients: Mapping[str, Estimate]
    pairs: tuple[PairAgreement, ...]
    raters: tuple[RaterFigures, ...]
    need: RaterNeed | None
    proposals: tuple[Proposal, ...]
    burdens: tuple[FormBurden, ...]
    has_names: bool
    names: Mapping[PersonId, str]


@dataclass(frozen=True, slots=True)
class OwnFigures:
    """What a rater is told of themselves, before anybody else: nobody else's figures, and no other name.

    Attributes:
        n_forms: Forms submitted in these days.
        severity: Beside the others on the same performances; None where they share none.
        drift: Over time, likewise.
    """

    n_forms: int
    severity: RaterSeverity | None
    drift: RaterDrift | None


def see_raters(
    store: Store, actor: Actor, programme: Programme, hub_id: HubId, *, thresholds: RaterThresholds = RATERS
) -> RaterBoard:
    """Return how alike the raters of a hub see; with names for who may see them, without for who may see sums.

    Args:
        store: Where the facts are.
        actor: Who asks.
        programme: The programme.
        hub_id: The hub.
        thresholds: What each sample size bears.

    Raises:
        NotAllowedError: The actor may see neither the raters of the hub nor sums of them.
    """
    has_names = may_in_hub(actor, Right.SEE, Record.RATER, hub_id)
    if not has_names:
        require_in_hub(actor, Right.SEE_AGGREGATE, Record.RATER, hub_id)
    read = _read(store, programme.head.id, hub_id)
    gold = _read_gold(store, actor, programme.head.id, hub_id) if has_names else {}
    board = _board(read, programme, gold, names_of(store, read.people | set(gold)), thresholds)
    return board if has_names else _without_names(board)


def see_own_figures(
    store: Store, actor: Actor, programme: Programme, *, thresholds: RaterThresholds = RATERS
) -> tuple[OwnFigures, ...]:
    """Return the actor's own figures beside other raters, for each hub where they submitted a form.

    Raises:
        NotAllowedError: The actor is no rater.
    """
    require_on_person(actor, Right.SEE, Record.RATER, store.subject(actor.person_id))
    hubs = [row["hub_id"] for row in store.query("own_hubs", actor)]
    found: list[OwnFigures] = []
    for hub_id in hubs:
        read = _read(store, programme.head.id, hub_id)
        n_forms = sum(1 for row in read.forms if row["rater_no"] == actor.person_id)
        if n_forms:
            severities, drifts = _effects(read, thresholds)
            found.append(OwnFigures(n_forms, severities.get(actor.person_id), drifts.get(actor.person_id)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How alike trainers rated the lines of one performance, and of how many people; for who tells of a cohort."""

    n_trainees: int
    coefficients: Mapping[str, Estimate]


def agree_on_lines(
    store: Store,
    programme: Programme,
    hub_id: HubId,
    *,
    cohort_id: CohortId | None = None,
    among: Collection[PersonId] | None = None,
) -> Agreement:
    """Return the agreement of the same lines as on the board, of a cohort or of some people alone.

    That it may be seen has been checked before. It is there however few people were rated: see `RATERS`.
    """
    last_day = store.day_of(store.clock())
    rows = store.system_query(
        "rater_lines",
        programme_id=programme.head.id,
        hub=hub_id,
        first_day=last_day - timedelta(days=DAYS),
        last_day=last_day,
        cohort_no=number_of(store, cohort_id),
        among=None if among is None else sorted(among),
    )
    lines = _line_ratings(rows, programme)
    return Agreement(len({row["trainee_no"] for row in rows}), _of_lines(lines) if rows else {})


def _of_lines(lines: Ratings) -> dict[str, Estimate]:
    return {name: COEFFICIENTS[name](lines) for name in OF_LINES}


# ---------------------------------------------------------------- what is read


@dataclass(frozen=True, slots=True)
class _Read:
    """What the named queries say."""

    first_day: date
    last_day: date
    forms: Sequence[Row]
    lines: Sequence[Row]
    levels: Sequence[Row]
    shared: Mapping[Pair, int]
    trainers: frozenset[PersonId]

    @property
    def people(self) -> set[PersonId]:
        """Return all raters and trainers."""
        return {PersonId(row["rater_no"]) for row in self.forms} | self.trainers


def _read(store: Store, programme_id: ProgrammeId, hub_id: HubId) -> _Read:
    last_day = store.day_of(store.clock())
    first_day = last_day - timedelta(days=DAYS)
    asked: Row = {"programme_id": programme_id, "hub": hub_id, "first_day": first_day, "last_day": last_day}
    everybody: Row = {"cohort_no": number_of(store, None), "among": None}
    pairs = store.system_query("rater_trainers", hub=hub_id)
    trainers = frozenset(PersonId(row["one_no"]) for row in pairs)
    return _Read(
        first_day,
        last_day,
        forms=store.system_query("rater_forms", **asked),
        lines=store.system_query("rater_lines", **asked, **everybody),
        levels=store.system_query("rater_form_levels", **asked),
        shared={
            pair_of(PersonId(row["one_no"]), PersonId(row["other_no"])): row["n_shared"]
            for row in pairs
            if row["one_no"] != row["other_no"]
        },
        trainers=trainers,
    )


def _read_gold(store: Store, actor: Actor, programme_id: ProgrammeId, hub_id: HubId) -> dict[PersonId, GoldDrift]:
    lines: dict[PersonId, list[GoldLine]] = defaultdict(list)
    for row in store.query("hub_vignettes", actor, hub=hub_id, programme_id=programme_id):
        subject = f"{row['vignette_id']} {row['line_id']}"
        lines[PersonId(row["person_no"])].append(
            GoldLine(row["round_no"], row["day"], subject, row["level"], row["gold"])
        )
    return {person_id: drift_from_gold(found) for person_id, found in lines.items()}


def _key(row: Row) -> Key:
    return row["trainee_no"], row["checklist_id"], row["session_code"]


# ---------------------------------------------------------------- what follows


def _board(
    read: _Read,
    programme: Programme,
    gold: Mapping[PersonId, GoldDrift],
    names: Mapping[PersonId, str],
    thresholds: RaterThresholds,
) -> RaterBoard:
    raters_of: dict[Key, set[PersonId]] = defaultdict(set)
    for row in read.forms:
        raters_of[_key(row)].add(PersonId(row["rater_no"]))
    double = [key for key, raters in raters_of.items() if len(raters) > 1]
    together = count_together(frozenset(raters_of[key]) for key in double)
    lines = _line_ratings(read.lines, programme)
    n_trainees = len({trainee for trainee, *_ in double})
    bearing = thresholds.bearing(n_trainees)
    share = wilson(len(double), len(raters_of)) if raters_of else _no_forms()
    n_more = until_target(len(double), len(raters_of), thresholds.double_rated)
    coefficients = _coefficients(read, lines, bearing, n_trainees, thresholds)
    return RaterBoard(
        first_day=read.first_day,
        last_day=read.last_day,
        n_performances=len(raters_of),
        n_double=len(double),
        n_trainees=n_trainees,
        n_raters=len({row["rater_no"] for row in read.forms}),
        n_groups=len(set(linked_groups(read.people, together).values())),
        share=share,
        target=thresholds.double_rated,
        n_more=n_more,
        bearing=bearing,
        levels=lines.levels,
        counts=count_levels(lines),
        coefficients=coefficients,
        pairs=tuple(agree_in_pairs(lines, thresholds)) if bearing is not Bearing.COUNTS else (),
        raters=tuple(_figures(read, gold, names, thresholds)),
        need=rater_need(coefficients["icc_1_1"], len(double), sum(len(raters_of[key]) for key in double)),
        proposals=propose_pairs(read.shared, together, is_enough=n_more == 0),
        burdens=weigh_forms(read.forms, read.levels),
        has_names=True,
        names=names,
    )


def _without_names(board: RaterBoard) -> RaterBoard:
    return replace(board, pairs=(), raters=(), proposals=(), has_names=False, names={})


def _no_forms() -> Estimate:
    return not_computable(0, Method.WILSON, N_("no form was submitted in these days"))


def _line_ratings(rows: Iterable[Row], programme: Programme) -> Ratings:
    """Return the levels of single lines, each line of a performance a subject, those of one trainee together."""
    known = list(rows)
    n_levels = max((programme.scale_of(checklist).n_levels for checklist in programme.checklists), default=0)
    highest = max([n_levels, *(row["level"] for row in known)])
    subjects = {_line_name(row): row["trainee_no"] for row in known}
    records = ((_line_name(row), str(row["rater_no"]), str(row["level"])) for row in known)
    return Ratings.of(records, [str(level) for level in range(1, highest + 1)]).within(subjects)


def _line_name(row: Row) -> str:
    return "/".join(map(str, (*_key(row), row["line_id"])))


def _form_ratings(rows: Iterable[Row]) -> tuple[Ratings, list[float]]:
    """Return each rater's mean level on the lines that all raters of a performance rated, and the days of these."""
    by_key: dict[Key, dict[int, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    days: dict[Key, date] = {}
    for row in rows:
        by_key[_key(row)][row["rater_no"]][row["line_id"]] = row["level"]
        days[_key(row)] = min(days.get(_key(row), row["day"]), row["day"])
    records: list[tuple[str, str, str]] = []
    kept: list[float] = []
    for key, raters in by_key.items():
        common = set[str].intersection(*(set(levels) for levels in raters.values()))
        if len(raters) > 1 and common:
            kept.append(float(days[key].toordinal()))
            for rater, levels in raters.items():
                level = sum(levels[line] for line in common) / len(common)
                records.append(("/".join(map(str, key)), str(rater), f"{level:.6g}"))
    return Ratings.of(records), kept


def _coefficients(
    read: _Read, lines: Ratings, bearing: Bearing, n_trainees: int, thresholds: RaterThresholds
) -> dict[str, Estimate]:
    if bearing is Bearing.COUNTS:
        need = thresholds.coefficients
        reason = N_("{need} people rated by two are needed; there are {n}", need=need, n=n_trainees)
        return {name: not_computable(n_trainees, Method.COUNTED, reason) for name in (*OF_LINES, *OF_FORMS)}
    forms, _days = _form_ratings(read.lines)
    return _of_lines(lines) | {name: COEFFICIENTS[name](forms) for name in OF_FORMS}


def _effects(
    read: _Read, thresholds: RaterThresholds
) -> tuple[dict[PersonId, RaterSeverity], dict[PersonId, RaterDrift]]:
    forms, days = _form_ratings(read.lines)
    if not forms.subjects:
        return {}, {}
    severities = rater_severities(forms, thresholds)
    drifts = rater_drifts(forms, days, thresholds)
    by_id = {PersonId(int(one.rater)): one for one in severities}
    return by_id, {PersonId(int(one.rater)): one for one in drifts}


def _figures(
    read: _Read, gold: Mapping[PersonId, GoldDrift], names: Mapping[PersonId, str], thresholds: RaterThresholds
) -> list[RaterFigures]:
    severities, drifts = _effects(read, thresholds)
    n_forms = Counter(PersonId(row["rater_no"]) for row in read.forms)
    found = [
        RaterFigures(who, names[who], n_forms[who], severities.get(who), drifts.get(who), gold.get(who))
        for who in read.people | set(gold)
    ]
    return sorted(found, key=lambda one: (one.name, one.person_id))
