"""Checklists and the role-plays they are used in fit each other and can be filled in on one screen."""

from collections.abc import Iterator

from curriculum.draft import Draft
from curriculum.errors import Problem
from curriculum.markdown import words_of
from curriculum.models import Behaviour, BehaviourKind, Checklist, Line, Relation, Scale, ScaleKind, Setting
from curriculum.places import Kind, Place, counted

MAX_WORDS = 350
N_PROMPTS = 3


def check_checklists(draft: Draft) -> Iterator[Problem]:
    """Yield problems of each checklist and its lines; logs are looked at elsewhere."""
    for checklist in draft.checklists:
        scale = draft.scale_of(checklist)
        if scale is None or scale.kind is ScaleKind.LOG:
            continue
        if not checklist.lines and not checklist.lines_from:
            place = draft.place(Kind.CHECKLIST, checklist.id)
            yield place.error("has no lines", "Add what the observer answers.", ("lines",))
        yield from _check_rule(draft, checklist, scale)
        yield from _check_settings(draft, checklist)
        yield from _check_length(draft, checklist, scale)
        for line in checklist.lines:
            yield from _check_line(draft, checklist, scale, line)


def _check_rule(draft: Draft, checklist: Checklist, scale: Scale) -> Iterator[Problem]:
    place, rule = draft.place(Kind.CHECKLIST, checklist.id), checklist.passes
    if checklist.rater is not Relation.TRAINER:
        if rule.min_level is not None or rule.pct is not None:
            message = "has `passes`, but only what a trainer fills in can pass"
            yield place.error(message, "Remove `passes:`.", ("passes",))
        return
    is_levelled = scale.kind is ScaleKind.BEHAVIOURS
    needed, other = ("min_level", "pct") if is_levelled else ("pct", "min_level")
    if getattr(rule, needed) is None:
        message = f"`passes` has no `{needed}`, which scale `{scale.id}` needs"
        yield place.error(message, f"Add `{needed}:`.", ("passes",))
    if getattr(rule, other) is not None:
        message = f"`passes` has `{other}`, which scale `{scale.id}` does not use"
        yield place.error(message, f"Remove `{other}:`.", ("passes", other))
    if is_levelled and rule.min_level is not None and rule.min_level > scale.n_levels:
        message = f"`min_level` is {rule.min_level}, but scale `{scale.id}` has {scale.n_levels} levels"
        yield place.error(message, "Nobody could pass: lower it.", ("passes", "min_level"))


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


def _check_length(draft: Draft, checklist: Checklist, scale: Scale) -> Iterator[Problem]:
    """Yield a warning for a long form; lines taken from others are shown apart, checklist by checklist."""
    texts = [checklist.title, checklist.explain]
    for line in checklist.lines:
        texts += [line.text, *(behaviour.text for behaviour in list_watched(draft, scale, line))]
    n_words = sum(len(words_of(text)) for text in texts)
    if n_words > MAX_WORDS:
        message = f"has {n_words} words; expected at most {MAX_WORDS}"
        yield draft.place(Kind.CHECKLIST, checklist.id).warning(message, "Shorten or split it.", ("lines",))


def list_watched(draft: Draft, scale: Scale, line: Line) -> list[Behaviour]:
    """Return what an observer watches for on a line."""
    if scale.kind is not ScaleKind.BEHAVIOURS:
        return []
    everything = [(c.id, b) for c in draft.competencies for b in c.behaviours]
    watched = [b for id_, b in everything if (b.id in line.behaviours if line.behaviours else id_ == line.competency)]
    return [b for b in watched if scale.n_levels > 3 or b.kind is not BehaviourKind.FURTHER]


def _check_line(draft: Draft, checklist: Checklist, scale: Scale, line: Line) -> Iterator[Problem]:
    place = draft.place(Kind.LINE, line.id)
    for setting in line.settings:
        if setting not in checklist.settings:
            message = f"is used in setting `{setting}`, which checklist `{checklist.id}` does not have"
            yield place.error(message, "Add it there, or remove it here.", ("settings",))
    if scale.kind is not ScaleKind.BEHAVIOURS:
        if line.behaviours:
            answers = "yes or no" if scale.kind is ScaleKind.YES_NO else "done, partly or not done"
            message = f"has behaviours; expected none on scale `{scale.id}`"
            yield place.error(message, f"Remove them: the line is answered as {answers}.", ("behaviours",))
        return
    yield from _check_behaviours(draft, scale, line, place)


def _check_behaviours(draft: Draft, scale: Scale, line: Line, place: Place) -> Iterator[Problem]:
    competency = next((c for c in draft.competencies if c.id == line.competency), None)
    if competency is None:
        return
    own = {behaviour.id: behaviour for behaviour in competency.behaviours}
    for i, id_ in enumerate(line.behaviours):
        if id_ not in own and id_ in draft.places[Kind.BEHAVIOUR]:
            message = f"behaviour `{id_}` is not of competency `{line.competency}`"
            yield place.error(message, "Choose one of its own, or make another line.", ("behaviours", i))
        elif id_ in own and own[id_].kind is BehaviourKind.FURTHER and scale.n_levels == 3:
            message = f"behaviour `{id_}` goes further, which scale `{scale.id}` does not rate with its 3 levels"
            yield place.error(message, "Remove it here, or name a fourth level.", ("behaviours", i))
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
            message = f"has {counted(len(scenario.prompts), 'prompt')}; expected {N_PROMPTS}"
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
