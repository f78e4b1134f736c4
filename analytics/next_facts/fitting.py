"""One fact in the place of several, where one can serve several gates."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from analytics.next_facts.drafts import ANYTHING, NextFact
from analytics.wording import setting_words, stage_words
from assessments.facts import (
    Attempt,
    Observation,
    Rating,
    Relation,
)
from curriculum.gates import LevelGate
from curriculum.ids import (
    LineId,
)
from curriculum.models import Programme
from curriculum.phrases import N_, Phrase


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
    agreed = all(getattr(first, name) == getattr(second, name) for name in ANYTHING - one.free - other.free)
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
