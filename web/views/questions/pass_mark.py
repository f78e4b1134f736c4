"""*Set a pass mark*: judges look at each question, blind to each other; what comes of it keeps where it comes from."""

import json
from functools import cache
from typing import Final

import streamlit as st

from analytics.charts import Spec, shares_chart, shares_frame
from analytics.cut_proposal import CutProposal, ItemSpread, propose_cut, spread_of
from analytics.figures import number_text
from analytics.statistics.estimates import Estimate, Interval, Method
from analytics.statistics.thresholds import JUDGES_FOR_A_CUT
from assessments.service.cuts import (
    CutRoundNow,
    close_cut_round,
    judge_item,
    list_cut_rounds,
    open_cut_round,
    takes_quiz,
)
from curriculum.blueprints import Blueprint
from curriculum.ids import ItemId
from curriculum.models import Programme
from people.models import HubId, Office
from people.rights import Record, Right, may_in_hub
from web.components import (
    card,
    day_text,
    empty_state,
    local_day,
    page_head,
    plain,
    say_after_rerun,
    small_note,
    try_action,
    view_link,
)
from web.context import Context, ProgrammeChoice
from web.look import SCALE
from web.pictures import Picture, draw_chart
from web.tables import table_behind
from web.texts import N_, _, ngettext
from web.view import View
from web.views.manager.hubs import choose, list_hubs
from web.views.questions.quizzes import choose_quiz
from web.views.trainee.answers import draw_with_key

_BARS: Final = 8
_LETTERS: Final = 40


@cache
def _chart() -> Spec:
    return shares_chart(SCALE)


def render(context: Context) -> None:
    """Draw the page."""
    page_head(
        _("Set a pass mark"),
        note=_(
            "Several people look at each question and say how hard it is. Nobody sees the others until all are done."
        ),
    )
    hubs = list_hubs(context, Right.JUDGE, Record.PROGRAMME)
    if not hubs:
        empty_state(_("You have no hub yet"), _("Ask an administrator to give you an office in one."))
        return
    hub_id = HubId(choose(_("Hub"), hubs, "hub"))
    chosen = choose_quiz(context, only_passed=True)
    if chosen is None:
        return
    choice, blueprint = chosen
    if takes_quiz(context.store, context.actor, choice.programme_id, blueprint.id):
        empty_state(_("You take this quiz yourself"), _("Right answers stand here, so others have to judge it."))
        return
    rounds = list_cut_rounds(
        context.store,
        context.actor,
        hub_id,
        choice.programme_id,
        blueprint.id,
        version_no=choice.version_no,
    )
    is_open = bool(rounds) and rounds[-1].closed_at is None
    may_open = may_in_hub(context.actor, Right.OPEN, Record.PROGRAMME, hub_id)
    if is_open:
        _draw_judging(context, choice.programme, rounds, may_close=may_open)
    elif may_open:
        _draw_opening(context, choice, blueprint, hub_id, len(rounds))
    elif not rounds:
        empty_state(_("No round is open"), _("The training lead or the programme manager opens one."))
    closed = [one for one in rounds if one.closed_at is not None]
    for number, one in enumerate(reversed(closed)):
        _draw_result(context, choice.programme, blueprint, one, is_newest=number == 0 and not is_open)


# ---------------------------------------------------------------- opening


def _draw_opening(
    context: Context, choice: ProgrammeChoice, blueprint: Blueprint, hub_id: HubId, n_rounds: int
) -> None:
    with card("open"):
        if n_rounds:
            st.markdown(
                _("Talk about the questions on which you are far apart. Then open another round: the newest one holds.")
            )
        else:
            st.markdown(
                _(
                    "Ask at least {n} people who know the work: trainers, the training lead, the manager. Each of them "
                    "opens this page and judges alone. Two rounds are usual."
                ).format(n=JUDGES_FOR_A_CUT)
            )
        label = _("Open round {n}").format(n=n_rounds + 1)
        if st.button(label, type="primary", width="stretch", key=f"open-{n_rounds}"):
            done = try_action(
                lambda: open_cut_round(
                    context.store,
                    context.actor,
                    hub_id,
                    choice.programme_id,
                    blueprint.id,
                    version_no=choice.version_no,
                    now=context.now(),
                )
            )
            if done is not None:
                say_after_rerun(_("Round {n} is open.").format(n=done.round_no))
                st.rerun()


# ---------------------------------------------------------------- judging


def _draw_judging(context: Context, programme: Programme, rounds: list[CutRoundNow], *, may_close: bool) -> None:
    now, before = rounds[-1], rounds[-2] if len(rounds) > 1 else None
    item_ids = now.opened.item_ids
    n_done = len(item_ids) - len(now.waiting)
    st.header(_("Round {n}").format(n=now.opened.round_no), anchor=False)
    st.progress(
        n_done / len(item_ids), _("You have judged {n} of {all} questions.").format(n=n_done, all=len(item_ids))
    )
    if now.waiting:
        _draw_question(context, programme, now, before, _choose_item(programme, now))
    else:
        st.markdown(
            f":green[:material/check_circle: {_('You are done. Your answers count when the round is closed.')}]"
        )
        with st.expander(_("Change an answer"), key="change"):
            _draw_question(context, programme, now, before, _choose_item(programme, now))
    n = now.n_whole
    words = ngettext("{n} person has judged every question", "{n} people have judged every question", n).format(n=n)
    more = now.n_begun - n
    begun = ngettext("{n} has begun", "{n} have begun", more).format(n=more)
    small_note(f"{words} · {begun}" if more else words)
    if may_close:
        _draw_closing(context, now)


def _choose_item(programme: Programme, now: CutRoundNow) -> ItemId:
    """Draw the choice of a question, the first one that waits at first; return it."""
    item_ids = now.opened.item_ids
    first = now.waiting[0] if now.waiting else item_ids[0]
    key = f"item-{now.opened.fact_id}-{first}"
    return st.selectbox(
        _("Question"),
        item_ids,
        index=item_ids.index(first),
        format_func=lambda item_id: f"{item_ids.index(item_id) + 1}. {_stem(programme, item_id)}",
        key=key,
    )


def _stem(programme: Programme, item_id: ItemId) -> str:
    stem = programme.item_by_id[item_id].stem
    return stem if len(stem) <= _LETTERS else stem[: _LETTERS - 1].rstrip() + "…"


def _draw_question(
    context: Context, programme: Programme, now: CutRoundNow, before: CutRoundNow | None, item_id: ItemId
) -> None:
    item = programme.item_by_id[item_id]
    with card(f"judge-{item_id}"):
        st.markdown(f"**{plain(item.stem)}**")
        draw_with_key(item)
        view_link(context, "manual", _("The passage it rests on"), query={"section": item.section})
    if before is not None:
        _draw_before(before, item_id)
    pct = st.number_input(
        _("Think of 100 people who are only just ready. How many of them get it right?"),
        0,
        100,
        now.mine.get(item_id),
        step=5,
        placeholder=_("0 to 100"),
        key=f"pct-{now.opened.fact_id}-{item_id}",
    )
    label = _("Save and go on") if now.waiting else _("Save")
    if (
        st.button(label, type="primary", width="stretch", disabled=pct is None, key=f"judge-{item_id}")
        and pct is not None
    ):
        done = try_action(
            lambda: judge_item(context.store, context.actor, now.opened.fact_id, item_id, int(pct), now=context.now())
        )
        if done is not None:
            st.rerun()


def _draw_before(before: CutRoundNow, item_id: ItemId) -> None:
    spread = next((one for one in spread_of(before) if one.item_id == item_id), None)
    if spread is None:
        return
    words = _("Round {n}: from {low} to {high}, mean {mean}.").format(
        n=before.opened.round_no, low=spread.lowest, high=spread.highest, mean=number_text(spread.mean, 0)
    )
    mine = before.mine.get(item_id)
    small_note(words if mine is None else f"{words} {_('You said {n}.').format(n=mine)}")


def _draw_closing(context: Context, now: CutRoundNow) -> None:
    with st.expander(_("Close the round"), icon=":material/lock:", key="closing"):
        st.markdown(
            _("Only those who have judged every question count. Nobody can change anything after that, and all see it.")
        )
        if now.n_whole < JUDGES_FOR_A_CUT:
            words = _("With fewer than {n} judges the result is provisional.").format(n=JUDGES_FOR_A_CUT)
            st.markdown(f":orange[:material/warning: {words}]")
        label = _("Close round {n} now").format(n=now.opened.round_no)
        if st.button(label, width="stretch", key="close-now"):
            done = try_action(lambda: close_cut_round(context.store, context.actor, now.opened.fact_id, context.now()))
            if done is not None:
                say_after_rerun(_("Round {n} is closed.").format(n=now.opened.round_no))
                st.rerun()


# ---------------------------------------------------------------- what came of it


def _draw_result(
    context: Context, programme: Programme, blueprint: Blueprint, one: CutRoundNow, *, is_newest: bool
) -> None:
    closed_at = one.closed_at
    if closed_at is None:
        return
    words = _("Round {n}, closed on {day}").format(n=one.opened.round_no, day=local_day(context, closed_at))
    st.header(words, anchor=False)
    found = propose_cut(one, blueprint.draw)
    if found is None:
        st.markdown(f":gray[{_('Nobody judged every question, so there is no result.')}]")
        return
    n = len(one.judged)
    judges = ngettext("{n} judge", "{n} judges", n).format(n=n)
    st.markdown(f"**{plain(_cut_words(found))}**  \n{plain(judges)} · {plain(_error_words(found))}")
    if found.angoff.is_provisional:
        words = _("Provisional: fewer than {n} judges.").format(n=JUDGES_FOR_A_CUT)
        st.markdown(f":orange[:material/warning: {words}]")
    picture = _draw_spread(programme, found) if is_newest else None
    rows = [_spread_row(programme, item) for item in found.items]
    table_behind(rows, f"round-{one.opened.round_no}", picture=picture)
    if is_newest:
        _draw_proposal(context, blueprint, one, found)


def _cut_words(found: CutProposal) -> str:
    words = _("Proposed pass mark: {pct} %, which is {points} of {draw} right.")
    return words.format(pct=found.pass_pct, points=found.points, draw=found.of_points)


def _error_words(found: CutProposal) -> str:
    if found.se_pct is None or found.low_pct is None or found.high_pct is None:
        return _("one judge alone says nothing of how sure this is")
    words = _("with other judges it might lie from {low} to {high} % (95 %); standard error {se}")
    return words.format(
        low=number_text(found.low_pct, 0), high=number_text(found.high_pct, 0), se=number_text(found.se_pct, 1)
    )


def _draw_spread(programme: Programme, found: CutProposal) -> Picture | None:
    n = len(found.angoff.judge_cuts)
    apart = [item for item in found.items if item.highest > item.lowest][:_BARS]
    if not apart:
        return None
    st.subheader(_("Where the judges are farthest apart"), anchor=False)
    rows = [
        (
            _stem(programme, item.item_id),
            Estimate(
                item.mean / 100, n, Method.COUNTED, Interval(item.lowest / 100, item.highest / 100, Method.COUNTED)
            ),
        )
        for item in apart
    ]
    words = _("{question}: from {low} to {high} of 100")
    first = words.format(question=_stem(programme, apart[0].item_id), low=apart[0].lowest, high=apart[0].highest)
    picture = draw_chart(shares_frame(rows), _chart(), alt=first, key="spread")
    small_note(_("The line goes from the lowest judge to the highest; the dot is their mean."))
    return picture


def _spread_row(programme: Programme, item: ItemSpread) -> dict[str, str]:
    return {
        _("Question"): _stem(programme, item.item_id),
        _("Lowest"): str(item.lowest),
        _("Mean"): number_text(item.mean, 0),
        _("Highest"): str(item.highest),
    }


def _draw_proposal(context: Context, blueprint: Blueprint, one: CutRoundNow, found: CutProposal) -> None:
    st.subheader(_("To put it into the programme"), anchor=False)
    words = _("A pass mark changes only with a new version of the programme. Put these lines into {file}:")
    st.markdown(plain(words.format(file=f"blueprints/{blueprint.id}.yaml")))
    st.code(_lines(context, one, found), language="yaml", wrap_lines=True)
    view_link(context, "design-quiz", _("See what this pass mark would do"), query={"quiz_of": blueprint.id})


def _lines(context: Context, one: CutRoundNow, found: CutProposal) -> str:
    """Return what a blueprint says of its cut, with where it comes from."""
    closed_at = one.closed_at or one.opened.occurred_at
    day = day_text(closed_at.astimezone(context.zone).date())
    n = len(one.judged)
    source = _("Angoff, round {round}, {judges} on {n} questions, {day}: {share} % of the points{error}. Round {id}.")
    error = "" if found.se_pct is None else _(", standard error {se}").format(se=number_text(found.se_pct, 1))
    text = source.format(
        round=one.opened.round_no,
        judges=ngettext("{n} judge", "{n} judges", n).format(n=n),
        n=found.n_items,
        day=day,
        share=number_text(100 * found.angoff.share, 1),
        error=error,
        id=one.opened.fact_id,
    )
    return f"pass_pct: {found.pass_pct}\ncut_source: {json.dumps(text, ensure_ascii=False)}\n"


VIEW = View(
    frozenset({Office.TRAINER, Office.TRAINING_LEAD, Office.MANAGER}),
    N_("Set a pass mark"),
    "pass-mark",
    render,
    ":material/how_to_vote:",
    rank=34,
)
