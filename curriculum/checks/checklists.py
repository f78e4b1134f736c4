"""Checklists and the role-plays they are used in fit each other and can be filled in on one screen."""

from collections.abc import Iterator
from typing import assert_never

from curriculum.draft import Draft
from curriculum.errors import Problem
from curriculum.markdown import words_of
from curriculum.models import Behaviour, BehaviourKind, Checklist, Line, Scale, Setting
from curriculum.places import Kind

MAX_WORDS = 350
N_PROMPTS = 3


def check_checklists(draft: Draft) -> Iterator[Problem]:
    """Yield problems of each checklist and its lines."""
    for checklist in draft.checklists:
        yield from _check_rule(draft, checklist)
        yield from _check_settings(draft, checklist)
        yield from _check_length(draft, checklist)
        for line in checklist.lines:
            yield from _check_line(draft, checklist, line)


def _check_rule(draft: Draft, checklist: Checklist) -> Iterator[Problem]:
    place, rule = draft.place(Kind.CHECKLIST, checklist.id), checklist.passes
    if not checklist.lines:
        yield place.error("has no lines", "Add what the observer answers.", ("lines",))
    match checklist.scale:
        case Scale.BEHAVIOUR4:
            needed, other = "min_level", "pct"
        case Scale.FIDELITY:
            needed, other = "pct", "min_level"
        case _:
            assert_never(checklist.scale)
    if getattr(rule, needed) is None:
        message = f"`passes` has no `{needed}`, which scale `{checklist.scale}` needs"
        yield place.error(message, f"Add `{needed}:`.", ("passes",))
    if getattr(rule, other) is not None:
        message = f"`passes` has `{other}`, which scale `{checklist.scale}` does not use"
        yield place.error(message, f"Remove `{other}:`.", ("passes", other))


def _check_settings(draft: Draft, checklist: Checklist) -> Iterator[Problem]:
    place = draft.place(Kind.CHECKLIST, checklist.id)
    plays = Setting.ROLEPLAY in checklist.settings
    if not checklist.settings:
        yield place.error("has no settings", "Say where it is used: roleplay, live or supervision.", ("settings",))
    if plays and not checklist.scenarios:
        yield place.error("is used in role-play but has no scenarios", "Name them under `scenarios`.", ("scenarios",))
    if checklist.scenarios and not plays:
        message = "has scenarios but is not used in role-play"
        yield place.error(message, "Remove them, or add `roleplay` to `settings`.", ("scenarios",))
    only_plays = checklist.settings == (Setting.ROLEPLAY,)
    if only_plays and checklist.no_opportunity and any(line.critical for line in checklist.lines):
        message = "lets an observer answer `no opportunity` on critical lines of a role-play"
        yield place.error(
            message, "The script gives the opportunity: write `no_opportunity: false`.", ("no_opportunity",)
        )


def _check_length(draft: Draft, checklist: Checklist) -> Iterator[Problem]:
    texts = [checklist.title, checklist.explain]
    for line in checklist.lines:
        texts += [line.text, *(behaviour.text for behaviour in _behaviours(draft, checklist, line))]
    n_words = sum(len(words_of(text)) for text in texts)
    if n_words > MAX_WORDS:
        message = f"has {n_words} words; expected at most {MAX_WORDS}"
        yield draft.place(Kind.CHECKLIST, checklist.id).warning(message, "Shorten or split it.", ("lines",))


def _behaviours(draft: Draft, checklist: Checklist, line: Line) -> list[Behaviour]:
    """Return what an observer watches for on a line."""
    if checklist.scale is Scale.FIDELITY:
        return []
    everything = [b for competency in draft.competencies for b in competency.behaviours]
    if line.behaviours:
        return [behaviour for behaviour in everything if behaviour.id in line.behaviours]
    return [b for competency in draft.competencies if competency.id == line.competency for b in competency.behaviours]


def _check_line(draft: Draft, checklist: Checklist, line: Line) -> Iterator[Problem]:
    place = draft.place(Kind.LINE, line.id)
    for setting in line.settings:
        if setting not in checklist.settings:
            message = f"is used in setting `{setting}`, which checklist `{checklist.id}` does not have"
            yield place.error(message, "Add it there, or remove it here.", ("settings",))
    if checklist.scale is Scale.FIDELITY:
        if line.behaviours:
            message = "has behaviours; expected none on scale `fidelity`"
            yield place.error(
                message, "Remove them: the line is answered as done, partly or not done.", ("behaviours",)
            )
        return
    competency = next((c for c in draft.competencies if c.id == line.competency), None)
    if competency is None:
        return
    own = {behaviour.id: behaviour for behaviour in competency.behaviours}
    for i, id_ in enumerate(line.behaviours):
        if id_ not in own and id_ in draft.places[Kind.BEHAVIOUR]:
            message = f"behaviour `{id_}` is not of competency `{line.competency}`"
            yield place.error(message, "Choose one of its own, or make another line.", ("behaviours", i))
    watched = {own[id_].kind for id_ in line.behaviours or own if id_ in own}
    for kind in (BehaviourKind.UNHELPFUL, BehaviourKind.BASIC):
        if kind not in watched:
            message = f"has no {kind} behaviour to watch for, so that it can have no level"
            yield place.error(message, f"Add one of competency `{line.competency}`.", ("behaviours",))
    if competency.critical and not line.critical:
        message = f"is not critical, but competency `{competency.id}` is"
        yield place.warning(message, "Write `critical: true`.", ("critical",))


def check_scenarios(draft: Draft) -> Iterator[Problem]:
    """Yield problems of each scenario, and where scenarios and checklists do not name each other."""
    checklists = {checklist.id: checklist for checklist in draft.checklists}
    scenarios = {scenario.id: scenario for scenario in draft.scenarios}
    for scenario in draft.scenarios:
        place = draft.place(Kind.SCENARIO, scenario.id)
        if len(scenario.prompts) < N_PROMPTS:
            message = f"has {len(scenario.prompts)} prompts; expected {N_PROMPTS}"
            yield place.error(message, "Add them, so that every behaviour has its opportunity.", ("prompts",))
        if not scenario.checklists:
            yield place.error("belongs to no checklist", "Name the checklists it is used with.", ("checklists",))
        for i, id_ in enumerate(scenario.checklists):
            if id_ in checklists and scenario.id not in checklists[id_].scenarios:
                message = f"names checklist `{id_}`, which does not name it"
                yield place.error(message, f"Add it to `scenarios` of `{id_}`.", ("checklists", i))
    for checklist in draft.checklists:
        place = draft.place(Kind.CHECKLIST, checklist.id)
        for i, id_ in enumerate(checklist.scenarios):
            if id_ in scenarios and checklist.id not in scenarios[id_].checklists:
                message = f"names scenario `{id_}`, which does not name it"
                yield place.error(message, f"Add it to `checklists` of `{id_}`.", ("scenarios", i))
