"""*Calibrate*: trainers rate short scenes and see how they agree with the panel; the hub sees how alike all see."""

from collections.abc import Iterable
from typing import Any

import streamlit as st

from analytics.figures import number_text, range_text
from analytics.gold import GoldAgreement, GoldPair, agree_with_gold, exact_share
from analytics.raters import see_own_figures
from analytics.raters.rounds import GoldLine, drift_from_gold
from analytics.statistics.estimates import Estimate
from assessments.facts import VignetteRated
from assessments.observations import lines_in
from assessments.service.calibrating import (
    Round,
    agreement_needed,
    list_rounds,
    may_begin_at,
    rate_vignette,
)
from curriculum.ids import BehaviourId, LineId
from curriculum.models import BehaviourKind, Checklist, Line, Programme, Vignette
from people.models import Office
from people.rights import Record, Right
from web.components import (
    card,
    count_of,
    day_text,
    empty_state,
    page_head,
    plain,
    say_after_rerun,
    small_note,
    try_action,
    view_link,
)
from web.context import Context, ProgrammeChoice
from web.memory import ask, recall
from web.rater_words import drift_words, gold_words, severity_words
from web.sentences import say
from web.tables import small_table
from web.texts import N_, _, ngettext
from web.view import View
from web.views.manager.hubs import list_hubs
from web.views.trainee.addressing import show_part
from web.wording import line_words, setting_words

URL = "calibrate"
Row = dict[str, Any]
_LEAST_RATERS = 3
"""So many raters a figure without names needs, or it would be somebody's."""


def render(context: Context) -> None:
    """Draw the reader's own rounds; the hub's figures for who looks after raters."""
    page_head(
        _("Calibrate"),
        note=_("Short invented scenes, the same for all. How you rate them shows whether trainers see alike."),
    )
    choice = context.choice
    if choice is None or not choice.programme.vignettes:
        empty_state(_("This programme has no scenes to rate"), _("The training lead can record who was checked."))
        return
    if context.actor.holds(Office.TRAINER):
        _draw_own(context, choice)
        _draw_beside_others(context, choice)
    for hub, title in list_hubs(context, Right.WRITE, Record.RATER).items():
        _draw_hub(context, choice, hub, title)
    for hub, title in list_hubs(context, Right.SEE_AGGREGATE, Record.RATER).items():
        _draw_pooled(context, choice, hub, title)


# ---------------------------------------------------------------- one's own rounds


def _draw_own(context: Context, choice: ProgrammeChoice) -> None:
    rounds = list_rounds(context.store, context.actor, choice.programme_id)
    newest = rounds[-1] if rounds else None
    if newest is not None and not newest.is_whole:
        programme = context.store.programme(choice.programme_id, newest.version_no)
        _draw_rating(
            context, choice, programme, programme.vignette_by_id[newest.waiting[0]], number=newest.number, begun=newest
        )
        return
    if newest is not None:
        _draw_result(context, choice, newest)
        if context.now() < may_begin_at(newest):
            day = day_text(context.store.day_of(may_begin_at(newest)))
            small_note(_("You have seen what is right: the next round can begin on {day}.").format(day=day))
            return
    _draw_beginning(context, choice, (newest.number if newest else 0) + 1)


def _draw_beginning(context: Context, choice: ProgrammeChoice, number: int) -> None:
    """Draw what a round is, and the way into it; the first scene follows."""
    key = f"begin-{choice.programme_id}-{number}"
    if not st.session_state.get(key):
        with card("begin"):
            n = len(choice.programme.vignettes)
            st.markdown(
                ngettext(
                    "**{n} scene**, about two minutes. Read it and tick what was seen.",
                    "**{n} scenes**, about two minutes each. Read one and tick what was seen. You can stop after each.",
                    n,
                ).format(n=n)
            )
            small_note(_("What is right stands at the end. You see your figures first; then the training lead does."))
            if st.button(_("Begin"), type="primary", key=f"button-{key}", width="stretch"):
                st.session_state[key] = True
                st.rerun()
        return
    _draw_rating(context, choice, choice.programme, choice.programme.vignettes[0], number=number, begun=None)


def _draw_rating(
    context: Context,
    choice: ProgrammeChoice,
    programme: Programme,
    vignette: Vignette,
    *,
    number: int,
    begun: Round | None,
) -> None:
    """Draw one scene and what is watched for on each of its lines."""
    n_done, n = len(begun.rated) if begun else 0, len(programme.vignettes)
    show_part(URL, f"{number} {vignette.id}")
    st.progress(n_done / n, text=_("{n} of {total} scenes rated").format(n=n_done, total=n))
    st.header(plain(vignette.title), anchor=False)
    checklist = programme.checklist_by_id[vignette.checklist]
    small_note(f"{checklist.title}, {setting_words(vignette.setting)}")
    with st.container(border=True):
        st.markdown(plain(vignette.text.strip()))
    small_note(_("Tick what was seen. What you leave empty was not seen."))
    ticks = {
        line.id: _draw_line(programme, checklist, line, f"{number}-{vignette.id}")
        for line in lines_in(checklist, vignette.setting)
    }
    if st.button(_("Save and go on"), type="primary", key=f"rate-{number}-{vignette.id}", width="stretch"):
        version_no = begun.version_no if begun else choice.version_no
        done = try_action(
            lambda: rate_vignette(
                context.store,
                context.actor,
                choice.programme_id,
                vignette.id,
                ticks,
                version_no=version_no,
                now=context.now(),
            )
        )
        if done is not None:
            say_after_rerun(_("Saved."))
            st.rerun()


def _draw_line(programme: Programme, checklist: Checklist, line: Line, key: str) -> list[BehaviourId]:
    """Draw what is watched for on a line; return what was ticked."""
    ticked: list[BehaviourId] = []
    with card(f"line-{key}-{line.id}"):
        st.markdown(f"**{plain(line.text)}**")
        for behaviour in programme.watched_on(checklist, line):
            is_unhelpful = behaviour.kind == BehaviourKind.UNHELPFUL
            text = f":red[{plain(behaviour.text)}]" if is_unhelpful else plain(behaviour.text)
            if st.checkbox(text, key=f"seen-{key}-{line.id}-{behaviour.id}", width="stretch", wrap=True):
                ticked.append(behaviour.id)
    return ticked


def _draw_beside_others(context: Context, choice: ProgrammeChoice) -> None:
    """Draw the reader's own figures beside those who rated the same sessions; nobody else's, and no other name."""
    key = (choice.programme_id, choice.version_no)
    found = recall(context, "own_rater", key, lambda: see_own_figures(context.store, context.actor, choice.programme))
    rounds = list_rounds(context.store, context.actor, choice.programme_id)
    gold = drift_from_gold(line for one in rounds if one.is_whole for line in _gold_lines(context, one))
    if not found and not gold.rounds:
        return
    st.header(_("How you see, over time"), anchor=False)
    with card("beside-others"):
        for own in found:
            st.markdown(f"**{_('Beside the others')}**: {plain(severity_words(own.severity))}")
            if own.drift is not None:
                st.markdown(f"**{_('Over time')}**: {plain(drift_words(own.drift))}")
        if gold.rounds:
            st.markdown(f"**{_('Beside the panel')}**: {plain(gold_words(gold))}")
        small_note(_("You see this first. The training lead sees it too; the manager sees no names."))


def _gold_lines(context: Context, one: Round) -> Iterable[GoldLine]:
    day = context.store.day_of(max(rated.occurred_at for rated in one.rated))
    for rated in one.rated:
        for line in rated.lines:
            yield GoldLine(one.number, day, f"{rated.vignette_id} {line.line_id}", line.level, line.gold)


# ---------------------------------------------------------------- what came of a round


def _pairs(rated: Iterable[VignetteRated]) -> list[GoldPair]:
    return [GoldPair(f"{one.vignette_id} {line.line_id}", line.level, line.gold) for one in rated for line in one.lines]


def _n_levels(programme: Programme) -> int:
    """Return the highest level of the scales that the vignettes are rated on."""
    return max(programme.scale_of(programme.checklist_by_id[one.checklist]).n_levels for one in programme.vignettes)


def _draw_result(context: Context, choice: ProgrammeChoice, whole: Round) -> None:
    programme = context.store.programme(choice.programme_id, whole.version_no)
    agreement = agree_with_gold(_pairs(whole.rated), _n_levels(programme))
    day = day_text(context.store.day_of(max(one.occurred_at for one in whole.rated)))
    st.header(_("Your last round, {day}").format(day=day), anchor=False)
    with card("result"):
        if whole.result is not None:
            badge = (
                f":green-badge[:material/check: {_('passed')}]"
                if whole.result.is_passed
                else f":orange-badge[{_('not yet')}]"
            )
            needed = agreement_needed(programme)
            words = _("The programme asks for {needed} lines in 100 at the right level.").format(needed=needed)
            st.markdown(f"**{_('Calibration')}** {badge}")
            small_note(words)
        _draw_agreement(agreement)
    _draw_differences(programme, whole)


def _draw_agreement(agreement: GoldAgreement) -> None:
    _draw_shares(agreement)
    with st.expander(_("How many lines of each level"), key="more-figures"):
        rows = [
            {_("Right level"): gold}
            | {
                _("you: {level}").format(level=level): str(agreement.counts[i, j])
                for j, level in enumerate(agreement.levels)
            }
            for i, gold in enumerate(agreement.levels)
        ]
        small_table(rows, "", alt=_("How many lines of each right level you gave which level"))
        small_note(_("These figures are about {n} lines, not about scenes.").format(n=agreement.n))


def _draw_shares(agreement: GoldAgreement) -> None:
    n_exact = sum(int(agreement.counts[i, i]) for i in range(len(agreement.levels)))
    st.markdown(f"**{_('At the right level')}**: {_exact_words(n_exact, agreement.n, agreement.exact)}")
    st.markdown(f"**{_('Lenient or strict')}**: {_leaning_words(agreement.difference)}")
    words = _("Weighted kappa (quadratic) {kappa}. AC1 {ac1}.")
    small_note(words.format(kappa=_figure(agreement.kappa), ac1=_figure(agreement.ac1)))


def _exact_words(k: int, n: int, exact: Estimate) -> str:
    if exact.value is None or exact.interval is None:
        return _figure(exact)
    words = _("{count} lines, {pct} in 100 (95 % interval {interval})")
    return words.format(
        count=count_of(k, n),
        pct=number_text(100 * exact.value, 0),
        interval=range_text(exact.interval, 0, 100),
    )


def _leaning_words(difference: Estimate) -> str:
    if difference.value is None or difference.interval is None:
        return _figure(difference)
    by = _("{n} levels on the mean (95 % interval {interval})").format(
        n=number_text(difference.value, 2), interval=range_text(difference.interval, 2)
    )
    low, high = difference.interval.low, difference.interval.high
    if low is not None and low > 0:
        return _("more lenient than the panel: {by}").format(by=by)
    if high is not None and high < 0:
        return _("stricter than the panel: {by}").format(by=by)
    return _("like the panel, as far as can be told: {by}").format(by=by)


def _figure(estimate: Estimate) -> str:
    if estimate.value is None:
        return _("cannot be worked out: {why}").format(why=say(estimate.because))
    shown = number_text(estimate.value, 2)
    return f"{shown} ({range_text(estimate.interval, 2)})" if estimate.interval else shown


def _draw_differences(programme: Programme, whole: Round) -> None:
    """Draw the lines that were seen differently, with the reason for the right level."""
    differing = [one for one in whole.rated if any(line.level != line.gold for line in one.lines)]
    st.header(_("Where you saw it differently"), anchor=False)
    sources = dict.fromkeys(vignette.gold_source for vignette in programme.vignettes)
    small_note(_("Who says what is right: {source}. Talk about a line you doubt.").format(source="; ".join(sources)))
    if not differing:
        st.markdown(f":green[:material/check: {_('Nowhere: every line is at the right level.')}]")
    for one in differing:
        vignette = programme.vignette_by_id[one.vignette_id]
        with st.expander(plain(vignette.title), key=f"differs-{whole.number}-{one.vignette_id}"):
            st.markdown(plain(vignette.text.strip()))
            _draw_differing_lines(programme, vignette, one)


def _draw_differing_lines(programme: Programme, vignette: Vignette, rated: VignetteRated) -> None:
    checklist = programme.checklist_by_id[vignette.checklist]
    scale = programme.scale_of(checklist)
    texts: dict[LineId, str] = {line.id: line.text for line in checklist.lines}
    why = {gold.line: gold.why.strip() for gold in vignette.gold}
    for line in rated.lines:
        if line.level != line.gold:
            given, right = line_words(scale, line.level, ""), line_words(scale, line.gold, "")
            words = _("you: {given}; right: {right}").format(given=given, right=right)
            st.markdown(f"- **{plain(texts[line.line_id])}**: {plain(words)}  \n  {plain(why[line.line_id])}")


# ---------------------------------------------------------------- the hub's


def _draw_hub(context: Context, choice: ProgrammeChoice, hub: str, title: str) -> None:
    st.header(_("Trainers of {hub}").format(hub=title), anchor=False)
    found = ask(context, "hub_vignettes", hub=hub, programme_id=choice.programme_id)
    by_person: dict[int, list[Row]] = {}
    newest = {row["person_no"]: row["round_no"] for row in found}
    for row in found:
        if row["round_no"] == newest[row["person_no"]]:
            by_person.setdefault(row["person_no"], []).append(row)
    if not by_person:
        st.markdown(f":gray[{_('Nobody has rated all scenes yet.')}]")
        return
    for person_no, lines in by_person.items():
        pairs = [GoldPair(f"{one['vignette_id']} {one['line_id']}", one["level"], one["gold"]) for one in lines]
        with card(f"rater-{hub}-{person_no}"):
            st.markdown(f"**{plain(lines[0]['name'])}**  \n:gray[{day_text(lines[0]['day'])}]")
            _draw_shares(agree_with_gold(pairs, _n_levels(choice.programme)))
    if context.actor.holds(Office.TRAINING_LEAD):
        view_link(context, "quality", _("How they see beside each other"), query={"look": "raters"})
    small_note(_("Each has seen their own figures before. They are for talking about, not for a ranking."))


def _draw_pooled(context: Context, choice: ProgrammeChoice, hub: str, title: str) -> None:
    st.header(_("How alike the trainers of {hub} see").format(hub=title), anchor=False)
    asked = {"hub": hub, "programme_id": choice.programme_id}
    [row] = ask(context, "hub_vignettes_pooled", **asked)
    words = _("{count} trainers have rated all scenes.").format(count=count_of(row["n_raters"], row["n_trainers"]))
    with card(f"pooled-{hub}"):
        st.markdown(plain(words))
        if row["n_raters"] < _LEAST_RATERS:
            need = _("Figures are shown from {n} trainers on, so that they are nobody's own.").format(n=_LEAST_RATERS)
            small_note(need)
            return
        exact = exact_share(row["n_exact"], row["n_lines"])
        st.markdown(f"**{_('At the right level')}**: {_exact_words(row['n_exact'], row['n_lines'], exact)}")
        small_note(_("Lines of one trainer are alike, so the interval is rather too narrow."))


VIEW = View(
    frozenset({Office.TRAINER, Office.TRAINING_LEAD, Office.MANAGER}),
    N_("Calibrate"),
    URL,
    render,
    ":material/visibility_lock:",
    rank=30,
)
