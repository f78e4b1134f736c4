"""What could be recorded next towards a gate: facts of the kinds that it counts, as many as its open parts miss.

These are proposals. `analytics.flips` asks the statement of readiness whether they are enough and all of them needed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any, Final

from analytics.rated_forms import rating_checklists
from analytics.wording import setting_words, stage_words, title_of
from assessments.facts import (
    Attempt,
    Attendance,
    Calibration,
    Certificate,
    GlobalRating,
    Milestone,
    MilestoneKind,
    Mode,
    Observation,
    ParticipantSummary,
    Presence,
    Rating,
    Relation,
    Stage,
    Supervision,
)
from assessments.verdicts import GateVerdict, PartVerdict
from curriculum.gates import Gate, LevelGate
from curriculum.ids import (
    BlueprintId,
    CertificateId,
    ChecklistId,
    CompetencyId,
    LineId,
    ProgrammeId,
    ScenarioId,
)
from curriculum.models import Programme, Setting
from curriculum.phrases import N_, Phrase, ngettext
from people.facts import Amendment, Change, Fact, FactId
from people.ids import new_fact_id
from people.models import PersonId
from store.rules import GatePart, gate_parts

FIRST_OBSERVER: Final = 2_100_000_000
"""Observers who have not watched the person yet, invented for a trial, are numbered from here."""

_WHOLE_SESSION_MINUTES: Final = 120
"""For a session of which the programme does not say how long it takes."""

_MOST: Final = 60
"""A gate that misses more than this is far away: no list of single facts helps."""


@dataclass(frozen=True, slots=True)
class NextFact:
    """A fact that could be recorded, and what it is in plain words.

    Attributes:
        words: What it is.
        fact: The fact itself.
        free: Fields of an observation that may hold anything: the gate does not look at them.
        asks_observer: Whether it has to be watched by somebody who has not watched the person yet.
    """

    words: Phrase
    fact: Fact
    free: frozenset[str] = frozenset()
    asks_observer: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose gate is asked about, under which rules, and when the facts would happen."""

    programme: Programme
    version_no: int
    person_id: PersonId
    at: datetime
    today: date

    @property
    def programme_id(self) -> ProgrammeId:
        """Return the programme's id."""
        return self.programme.head.id


def observers(asked: Asked, n: int = 20) -> list[Fact]:
    """Return the calibrations of invented observers, passed on the very day: whoever watches has checked their eye."""
    return [
        Calibration(
            fact_id=new_fact_id(),
            person_id=PersonId(FIRST_OBSERVER + number),
            actor_id=PersonId(FIRST_OBSERVER + number),
            occurred_at=asked.at,
            programme_id=asked.programme_id,
            is_passed=True,
        )
        for number in range(n)
    ]


def propose(asked: Asked, gate: Gate, verdict: GateVerdict, evidence: Mapping[FactId, Fact]) -> list[NextFact]:
    """Return facts that ought to open a closed gate; none when nobody can tell which.

    Args:
        asked: Whose gate, and when.
        gate: The gate.
        verdict: How it stands, with its parts.
        evidence: The facts that its parts rest on.
    """
    still_open = [(part, rule) for part, rule in zip(verdict.parts, gate_parts(gate), strict=True) if not part.is_met]
    pen = _Pen(asked)
    match gate.kind:
        case "dose":
            found = _sessions(pen, still_open, evidence)
        case "practice":
            found = _practice(pen, still_open, evidence)
        case "level":
            found = _levels(pen, still_open)
        case "harm":
            found = _harm(pen, still_open, evidence)
        case "supervision":
            found = _meetings(pen, still_open)
        case _:
            found = [one for part, rule in still_open for one in _single(pen, gate.kind, part, rule)]
    return found if len(found) <= _MOST else []


_OpenPart = tuple[PartVerdict, GatePart]


def _missing(part: PartVerdict) -> int:
    return max(part.need - part.have, 1)


def _single(pen: "_Pen", kind: str, part: PartVerdict, rule: GatePart) -> Iterator[NextFact]:
    """Yield what a part misses, where no fact serves two parts."""
    make = _shown if kind in _SHOWN else _done
    for _ in range(_missing(part)):
        yield make(pen, kind, rule)


_SHOWN: Final = frozenset({"observers", "settings", "assessor", "evaluations_given"})
"""Kinds of gate that somebody has to watch for."""

_ANY_FORM: Final = frozenset({"checklist_id"})
_ANYTHING: Final = _ANY_FORM | {"setting"}
"""What gates that count any observation do not look at."""


def _done(pen: "_Pen", kind: str, rule: GatePart) -> NextFact:
    reference = rule.references[0] if rule.references else ""
    title = title_of(pen.asked.programme, kind, reference)
    match kind:
        case "prerequisite":
            words = N_("{title}, seen by a trainer", title=title)
            return NextFact(words, pen.milestone(MilestoneKind.PREREQUISITE, reference))
        case "quiz":
            return NextFact(N_("quiz passed: {title}", title=title), pen.attempt(reference))
        case "critical":
            words = N_("quiz passed with every key question right: {title}", title=title)
            return NextFact(words, pen.attempt(reference))
        case "certificate":
            return NextFact(N_("certificate in date: {title}", title=title), pen.certificate(reference))
        case "peer_model":
            return NextFact(N_("experienced leader watched"), pen.milestone(MilestoneKind.PEER_MODEL, "next"))
        case "portfolio":
            return NextFact(N_("reflection written"), pen.milestone(MilestoneKind.REFLECTION, "next"))
        case "groups_delivered":
            return NextFact(N_("whole group led"), pen.milestone(MilestoneKind.GROUP_DELIVERED, pen.new_code()))
        case _:
            return _summary(pen, rule)


def _shown(pen: "_Pen", kind: str, rule: GatePart) -> NextFact:
    match kind:
        case "observers":
            words = N_("observation passed, with an observer who has not watched yet")
            seen = pen.watched(Setting.ROLEPLAY, observer=pen.new_observer())
            return NextFact(words, seen, _ANYTHING, asks_observer=True)
        case "settings":
            setting = Setting(rule.setting or Setting.LIVE)
            words = N_("observation passed, {setting}", setting=setting_words(setting))
            return NextFact(words, pen.watched(setting), _ANY_FORM)
        case "assessor":
            words = N_("observation by somebody who has checked their eye")
            return NextFact(words, pen.watched(Setting.ROLEPLAY), _ANYTHING)
        case _:
            return _evaluation(pen, Relation(rule.relation or Relation.SELF))


def _evaluation(pen: "_Pen", relation: Relation) -> NextFact:
    is_own = relation is Relation.SELF
    words = N_("evaluation of oneself") if is_own else N_("evaluation by the partner")
    observer = pen.asked.person_id if is_own else pen.new_observer()
    return NextFact(words, replace(pen.watched(Setting.LIVE, observer=observer), relation=relation, counts=False))


def _summary(pen: "_Pen", rule: GatePart) -> NextFact:
    answers, mean = rule.min_answers or 1, rule.min_mean_hundredths or 100
    words = ngettext(
        "feedback of a group, {n} answer or more, mean {mean} or more",
        "feedback of a group, {n} answers or more, mean {mean} or more",
        answers,
        mean=f"{mean / 100:.2f}",
    )
    summary = ParticipantSummary(**pen.common(), group_code=pen.new_code(), mean_hundredths=mean, n_answers=answers)
    return NextFact(words, summary)


# ---------------------------------------------------------------- one fact for several gates


def fit_together(facts: Mapping[str, Iterable[NextFact]]) -> list[NextFact]:
    """Return the facts of several gates, with one in the place of several where one can serve them all.

    Each gate's own facts stay apart: it needs every one of them.

    Args:
        facts: What would open each gate, by its kind and id, in the order in which gates find their place.
    """
    places: list[NextFact] = []
    for of_gate in facts.values():
        taken: set[int] = set()
        for one in of_gate:
            fits = ((n, fit(place, one)) for n, place in enumerate(places) if n not in taken)
            place, both = next(((n, both) for n, both in fits if both is not None), (len(places), one))
            taken.add(place)
            places[place : place + 1] = [both]
    return places


def fit(one: NextFact, other: NextFact) -> NextFact | None:
    """Return the one fact that is both, and says so; None when none can be."""
    match one.fact, other.fact:
        case Attempt() as first, Attempt() as second if first.blueprint_id == second.blueprint_id:
            return one
        case Observation() as first, Observation() as second if first.relation is second.relation is Relation.TRAINER:
            return _fit_observations(one, first, other, second)
        case _:
            return None


def _fit_observations(one: NextFact, first: Observation, other: NextFact, second: Observation) -> NextFact | None:
    wants = one.asks_observer and other.asks_observer
    stories = {story for story in (first.scenario_id, second.scenario_id) if story is not None}
    agreed = all(getattr(first, name) == getattr(second, name) for name in _ANYTHING - one.free - other.free)
    if wants or len(stories) > 1 or not agreed:
        return None
    levels: dict[LineId, Rating] = {}
    for rating in (*first.ratings, *second.ratings):
        if (known := levels.get(rating.line_id)) is None or (known.level or 0) < (rating.level or 0):
            levels[rating.line_id] = rating
    stage = max(first.stage, second.stage, key=lambda each: each.rank)
    fact = replace(
        first,
        checklist_id=second.checklist_id if "checklist_id" in one.free else first.checklist_id,
        setting=second.setting if "setting" in one.free else first.setting,
        actor_id=second.actor_id if other.asks_observer else first.actor_id,
        scenario_id=next(iter(stories), None),
        stage=stage,
        stage_rank=stage.rank,
        ratings=tuple(levels.values()),
        min_level=min((rating.level for rating in levels.values() if rating.level is not None), default=None),
    )
    free, asks_observer = one.free & other.free, one.asks_observer or other.asks_observer
    title = _title_in(one.words) or _title_in(other.words)
    return NextFact(_words_of(fact, title, free, asks_observer=asks_observer), fact, free, asks_observer)


def _title_in(words: Phrase) -> str:
    """Return the title of the form that words name, or nothing where any form will do."""
    inner = words.values.get("one")
    return _title_in(inner) if isinstance(inner, Phrase) else str(words.values.get("title", ""))


def _words_of(fact: Observation, title: str, free: frozenset[str], *, asks_observer: bool) -> Phrase:
    """Return all that an observation has to be which stands for several."""
    setting = setting_words(fact.setting)
    if title:
        words = N_("observation passed: {title}, {setting}", title=title, setting=setting)
    elif "setting" not in free:
        words = N_("observation passed, {setting}", setting=setting)
    else:
        words = N_("observation passed")
    more: list[Phrase] = []
    if fact.scenario_id is not None:
        more.append(N_("in another story"))
    if fact.stage_rank:
        more.append(stage_words(fact.stage))
    if fact.min_level is not None:
        more.append(_level_words(fact.min_level))
    if asks_observer:
        more.append(N_("with an observer who has not watched yet"))
    for one in more:
        words = N_("{one}, {other}", one=words, other=one)
    return words


def _level_words(level: int) -> Phrase:
    return (
        N_("nothing at level 1") if level == _NOT_HARMFUL else N_("every line at level {level} or higher", level=level)
    )


_NOT_HARMFUL: Final = 2
"""The lowest level at which nothing is harmful."""


def lift(programme: Programme, found: NextFact) -> NextFact:
    """Return the fact with levels no lower than the programme's gates ask of levels: it must not close one of them."""
    levels = [part.level for gate in programme.gates if isinstance(gate, LevelGate) for part in gate.parts]
    asked = max(levels, default=1)
    fact = found.fact
    if not isinstance(fact, Observation) or fact.min_level is None or fact.min_level >= asked:
        return found
    ratings = tuple(replace(one, level=max(one.level or asked, asked)) for one in fact.ratings)
    lifted = replace(fact, ratings=ratings, min_level=asked)
    title = _title_in(found.words)
    words = _words_of(lifted, title, found.free, asks_observer=found.asks_observer)
    return replace(found, words=words, fact=lifted)


def fewest(gates: Iterable[tuple[Gate, GateVerdict]]) -> int:
    """Return a number of facts below which no set opens all of these closed gates, whatever the facts.

    A fact is of one class, and adds at most one to what a part counts. So of each thing that has to be there under its
    own name as many are needed as the part that misses most of it, and what is watched happens in one setting.
    """
    named: dict[tuple[str, str], int] = {}
    watched: dict[tuple[str | None, str], int] = {}
    for gate, verdict in gates:
        for part, rule in zip(verdict.parts, gate_parts(gate), strict=True):
            if part.is_met:
                continue
            n = _missing(part)
            if gate.kind == "harm" and part.part_no == 2:
                named["harm", "settled"] = len(part.evidence)
            elif gate.kind in _WATCHED:
                form = rule.references[0] if gate.kind == "practice" else gate.kind
                at = rule.setting, f"{gate.kind} {form}"
                watched[at] = max(watched.get(at, 0), n)
            else:
                thing = _thing(gate.kind, rule)
                named[thing] = max(named.get(thing, 0), n)
    return sum(named.values()) + _fewest_watched(watched)


_WATCHED: Final = frozenset({"practice", "level", "harm", "observers", "settings", "assessor"})
"""Kinds of gate that count what a trainer watched."""


def _thing(kind: str, rule: GatePart) -> tuple[str, str]:
    """Return what a fact has to be to add to the part: facts of two different things are two facts."""
    match kind:
        case "quiz" | "critical":
            return "quiz", rule.references[0]
        case "prerequisite" | "certificate":
            return kind, rule.references[0]
        case "evaluations_given":
            return kind, rule.relation or ""
        case _:
            return kind, ""


def _fewest_watched(watched: Mapping[tuple[str | None, str], int]) -> int:
    settings = {setting for setting, _ in watched if setting is not None}
    by_setting = 0
    for setting in settings:
        here = {what: n for (place, what), n in watched.items() if place == setting}
        forms = sum(n for what, n in here.items() if what.startswith("practice "))
        by_setting += max(forms, *here.values())
    return max([by_setting, *(n for (place, _), n in watched.items() if place is None)])


# ---------------------------------------------------------------- sessions, meetings


def _sessions(pen: "_Pen", still_open: list[_OpenPart], evidence: Mapping[FactId, Fact]) -> list[NextFact]:
    """Return sessions to go to: those that serve most open parts first, no more than the parts miss."""
    attended = {
        fact.session_id: fact.minutes
        for part, _ in still_open
        for fact_id in part.evidence
        if isinstance(fact := evidence.get(fact_id), Attendance)
    }
    lengths = {session.id: session.minutes for session in pen.asked.programme.head.sessions}
    serves = Counter(session for _, rule in still_open for session in dict.fromkeys(rule.references))
    missing = {part.part_no: part.need - part.have for part, _ in still_open}
    short = {part.part_no: _minutes_short(rule, attended) for part, rule in still_open}
    chosen: list[NextFact] = []
    for session, _ in serves.most_common():
        served = [part.part_no for part, rule in still_open if session in rule.references]
        length = lengths.get(session, _WHOLE_SESSION_MINUTES)
        is_new = session not in attended
        gained = length if is_new else length - attended[session]
        if not any((is_new and missing[no] > 0) or (short[no] > 0 and gained > 0) for no in served):
            continue
        for no in served:
            missing[no] -= is_new
            short[no] -= gained
        words = N_("training session: {title}", title=title_of(pen.asked.programme, "dose", session))
        present = Attendance(**pen.common(), session_id=session, presence=Presence.PRESENT, minutes=length)
        chosen.append(NextFact(words, present))
    return chosen


def _minutes_short(rule: GatePart, attended: Mapping[str, int]) -> int:
    return (rule.minutes or 0) - sum(attended.get(session, 0) for session in dict.fromkeys(rule.references))


def _meetings(pen: "_Pen", still_open: list[_OpenPart]) -> list[NextFact]:
    """Return meetings: one that is new ends the wait too."""
    minutes = max((rule.minutes or 0 for _, rule in still_open), default=0)
    if minutes:
        words = ngettext("supervision of {n} minute or more", "supervision of {n} minutes or more", minutes)
    else:
        words = N_("supervision meeting")
    n = max((_missing(part) for part, _ in still_open), default=0)
    supervisor = PersonId(FIRST_OBSERVER)
    return [
        NextFact(words, Supervision(**pen.common(), supervisor_id=supervisor, minutes=minutes, mode=Mode.IN_PERSON))
        for _ in range(n)
    ]


# ---------------------------------------------------------------- practice


def _practice(pen: "_Pen", still_open: list[_OpenPart], evidence: Mapping[FactId, Fact]) -> list[NextFact]:
    """Return observations to pass: the same one serves every part of its form and setting whose stage it reaches."""
    found: list[NextFact] = []
    places = dict.fromkeys((rule.references[0], rule.setting) for _, rule in still_open)
    for checklist, setting in places:
        parts = [(p, r) for p, r in still_open if (r.references[0], r.setting) == (checklist, setting)]
        parts.sort(key=lambda each: -(each[1].stage_rank or 0))
        needs_story = any(rule.distinct_by == "scenario" for _, rule in parts)
        counted = (evidence.get(fact_id) for part, _ in parts for fact_id in part.evidence)
        known = {fact.scenario_id for fact in counted if isinstance(fact, Observation)}
        stories = _stories(pen.asked.programme, ChecklistId(checklist), known) if needs_story else iter(())
        n = 0
        for part, rule in parts:
            while n < _missing(part):
                n += 1
                story = next(stories, None)
                if needs_story and story is None:
                    return []
                found.append(_passed(pen, rule, story))
    return found


def _stories(programme: Programme, checklist: ChecklistId, known: Iterable[object]) -> Iterator[ScenarioId]:
    """Yield the stories of a checklist that nothing counted was shown in yet."""
    used = set(known)
    return (one.id for one in programme.scenarios if checklist in one.checklists and one.id not in used)


def _passed(pen: "_Pen", rule: GatePart, story: ScenarioId | None) -> NextFact:
    title = title_of(pen.asked.programme, "practice", rule.references[0])
    stage = list(Stage)[rule.stage_rank or 0]
    setting = Setting(rule.setting or Setting.LIVE)
    values: dict[str, Any] = {"title": title, "setting": setting_words(setting)}
    if story is not None:
        words = N_("observation passed: {title}, {setting}, in another story", **values)
    elif rule.stage_rank:
        words = N_("observation passed: {title}, {setting}, {stage}", **values, stage=stage_words(stage))
    else:
        words = N_("observation passed: {title}, {setting}", **values)
    seen = pen.watched(setting, checklist=ChecklistId(rule.references[0]))
    return NextFact(words, replace(seen, stage=stage, stage_rank=stage.rank, scenario_id=story))


# ---------------------------------------------------------------- levels and harm


def _levels(pen: "_Pen", still_open: list[_OpenPart]) -> list[NextFact]:
    """Return observations that rate what is missing: each time the form that rates most of it."""
    found: list[NextFact] = []
    for setting in dict.fromkeys(rule.setting for _, rule in still_open):
        of_setting = [(part, rule) for part, rule in still_open if rule.setting == setting]
        missing: dict[str, int] = {}
        for part, rule in of_setting:
            missing[rule.references[0]] = max(missing.get(rule.references[0], 0), _missing(part))
        level = max(rule.level or 1 for _, rule in of_setting)
        place = Setting(setting or Setting.LIVE)
        forms = _forms(pen.asked.programme, missing, place)
        while any(missing.values()) and len(found) <= _MOST:
            wanted = {competency for competency, n in missing.items() if n > 0}
            form = max(forms, key=lambda one: len(forms[one] & wanted), default=None)
            if form is None or not forms[form] & wanted:
                return []
            for competency in forms[form] & wanted:
                missing[competency] -= 1
            found.append(_at_level(pen, form, place, level, sorted(forms[form])))
    return found


def _forms(programme: Programme, competencies: Iterable[str], setting: Setting) -> dict[str, set[str]]:
    """Return the forms that rate any of the competencies in the setting, with those of them that they rate."""
    forms: dict[str, set[str]] = {}
    for competency in competencies:
        for form in rating_checklists(programme, CompetencyId(competency), setting):
            forms.setdefault(form.id, set()).add(competency)
    return forms


def _at_level(pen: "_Pen", form: str, setting: Setting, level: int, competencies: Iterable[str]) -> NextFact:
    title = title_of(pen.asked.programme, "practice", form)
    values: dict[str, Any] = {"title": title, "setting": setting_words(setting), "level": level}
    words = N_("observation: {title}, {setting}, every line at level {level} or higher", **values)
    return NextFact(words, pen.watched(setting, checklist=ChecklistId(form), level=level, competencies=competencies))


def _harm(pen: "_Pen", still_open: list[_OpenPart], evidence: Mapping[FactId, Fact]) -> list[NextFact]:
    """Return observations after which nothing at level 1 is recent, and the settling of what was harmful."""
    found: list[NextFact] = []
    for part, rule in still_open:
        seen = [fact for one in part.evidence if isinstance(fact := evidence.get(one), Observation)]
        if part.part_no == 2:
            found += [_settled(pen, one) for one in seen]
        elif not seen:
            words = N_("observation by a trainer that counts")
            found.append(NextFact(words, pen.watched(Setting.ROLEPLAY), _ANYTHING))
        else:
            found += _good_again(pen, seen, rule.last_n or 1)
    return found


def _good_again(pen: "_Pen", seen: Iterable[Observation], times: int) -> list[NextFact]:
    low: dict[tuple[ChecklistId, Setting], set[str]] = {}
    for one in seen:
        harmed = {rating.competency_id for rating in one.ratings if rating.level == 1}
        low.setdefault((one.checklist_id, one.setting), set()).update(harmed)
    found: list[NextFact] = []
    for (checklist, setting), competencies in low.items():
        title = title_of(pen.asked.programme, "practice", checklist)
        words = N_("observation: {title}, {setting}, nothing at level 1", title=title, setting=setting_words(setting))
        again = [
            pen.watched(setting, checklist=checklist, level=2, competencies=sorted(competencies)) for _ in range(times)
        ]
        found += [NextFact(words, one) for one in again]
    return found


def _settled(pen: "_Pen", seen: Observation) -> NextFact:
    title = title_of(pen.asked.programme, "practice", seen.checklist_id)
    words = N_("what was harmful talked through and settled: {title}", title=title)
    settled = Amendment(**pen.who(), target_id=seen.fact_id, change=Change.HARM_RESOLVED, reason="debriefed")
    return NextFact(words, settled)


# ---------------------------------------------------------------- the pen


class _Pen:
    """Writes facts about the person that happen at the instant asked for."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self._numbers = count(1)
        self._observers = count(1)

    def who(self) -> dict[str, Any]:
        observer = PersonId(FIRST_OBSERVER)
        return {
            "fact_id": new_fact_id(),
            "person_id": self.asked.person_id,
            "actor_id": observer,
            "occurred_at": self.asked.at,
        }

    def common(self) -> dict[str, Any]:
        return self.who() | {"programme_id": self.asked.programme_id}

    def new_code(self) -> str:
        """Return a code that no session or group has."""
        return f"next-{new_fact_id()}"

    def new_observer(self) -> PersonId:
        return PersonId(FIRST_OBSERVER + next(self._observers))

    def milestone(self, kind: MilestoneKind, what: str) -> Milestone:
        return Milestone(**self.common(), kind=kind, what=what)

    def attempt(self, blueprint: str) -> Attempt:
        common = self.common()
        return Attempt(
            **common,
            started_id=common["fact_id"],
            blueprint_id=BlueprintId(blueprint),
            counts=True,
            score=1,
            max_score=1,
            critical_total=1,
            critical_missed=0,
            pass_pct=100,
            items=(),
        )

    def certificate(self, certificate: str) -> Certificate:
        today = self.asked.today
        return Certificate(
            **self.who(),
            certificate_id=CertificateId(certificate),
            issued_on=today,
            expires_on=today + timedelta(days=3660),
        )

    def watched(
        self,
        setting: Setting,
        *,
        checklist: ChecklistId | None = None,
        observer: PersonId | None = None,
        level: int = 3,
        competencies: Iterable[str] = (),
    ) -> Observation:
        """Return an observation that counts and is passed, in a session of its own."""
        programme = self.asked.programme
        common: dict[str, Any] = self.common()
        if observer is not None:
            common["actor_id"] = observer
        any_form = programme.checklists[0].id if programme.checklists else ChecklistId(programme.head.id)
        return Observation(
            **common,
            opened_id=common["fact_id"],
            version_no=self.asked.version_no,
            checklist_id=checklist or any_form,
            setting=setting,
            stage=Stage.OBSERVE,
            stage_rank=0,
            scenario_id=None,
            session_code=self.new_code(),
            relation=Relation.TRAINER,
            counts=True,
            has_co_leader=True,
            pct=100,
            min_level=level if competencies else None,
            is_passed=True,
            critical_unhelpful=0,
            global_rating=GlobalRating.PASS,
            entrustment=3,
            seconds=600,
            ratings=tuple(Rating(LineId(one), CompetencyId(one), level) for one in competencies),
        )
