"""What could be watched next towards a gate: observations that are passed, rated, or settle what was harmful."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from analytics.next_facts.drafts import ANYTHING, MOST, NextFact, OpenPart, Pen, count_missing
from analytics.rated_forms import rating_checklists
from analytics.wording import setting_words, stage_words, title_of
from assessments.facts import (
    Observation,
    Stage,
)
from curriculum.ids import (
    ChecklistId,
    CompetencyId,
    ScenarioId,
)
from curriculum.models import Programme, Setting
from curriculum.phrases import N_
from people.facts import Amendment, Change, Fact, FactId
from store.rules import GatePart

# ---------------------------------------------------------------- practice


def practised(pen: Pen, still_open: list[OpenPart], evidence: Mapping[FactId, Fact]) -> list[NextFact]:
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
            while n < count_missing(part):
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


def _passed(pen: Pen, rule: GatePart, story: ScenarioId | None) -> NextFact:
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


def at_levels(pen: Pen, still_open: list[OpenPart]) -> list[NextFact]:
    """Return observations that rate what is missing: each time the form that rates most of it."""
    found: list[NextFact] = []
    for setting in dict.fromkeys(rule.setting for _, rule in still_open):
        of_setting = [(part, rule) for part, rule in still_open if rule.setting == setting]
        missing: dict[str, int] = {}
        for part, rule in of_setting:
            missing[rule.references[0]] = max(missing.get(rule.references[0], 0), count_missing(part))
        level = max(rule.level or 1 for _, rule in of_setting)
        place = Setting(setting or Setting.LIVE)
        forms = _forms(pen.asked.programme, missing, place)
        while any(missing.values()) and len(found) <= MOST:
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


def _at_level(pen: Pen, form: str, setting: Setting, level: int, competencies: Iterable[str]) -> NextFact:
    title = title_of(pen.asked.programme, "practice", form)
    values: dict[str, Any] = {"title": title, "setting": setting_words(setting), "level": level}
    words = N_("observation: {title}, {setting}, every line at level {level} or higher", **values)
    return NextFact(words, pen.watched(setting, checklist=ChecklistId(form), level=level, competencies=competencies))


def again_unharmed(pen: Pen, still_open: list[OpenPart], evidence: Mapping[FactId, Fact]) -> list[NextFact]:
    """Return observations after which nothing at level 1 is recent, and the settling of what was harmful."""
    found: list[NextFact] = []
    for part, rule in still_open:
        seen = [fact for one in part.evidence if isinstance(fact := evidence.get(one), Observation)]
        if part.part_no == 2:
            found += [_settled(pen, one) for one in seen]
        elif not seen:
            words = N_("observation by a trainer that counts")
            found.append(NextFact(words, pen.watched(Setting.ROLEPLAY), ANYTHING))
        else:
            found += _good_again(pen, seen, rule.last_n or 1)
    return found


def _good_again(pen: Pen, seen: Iterable[Observation], times: int) -> list[NextFact]:
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


def _settled(pen: Pen, seen: Observation) -> NextFact:
    title = title_of(pen.asked.programme, "practice", seen.checklist_id)
    words = N_("what was harmful talked through and settled: {title}", title=title)
    settled = Amendment(**pen.who(), target_id=seen.fact_id, change=Change.HARM_RESOLVED, reason="debriefed")
    return NextFact(words, settled)
