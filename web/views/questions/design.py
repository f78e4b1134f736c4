"""*Design a quiz*: what its length and pass mark do to people, what its questions cover, and how they are written."""

from functools import cache
from typing import Final

import streamlit as st

from analytics.charts import Spec, cuts_chart, cuts_frame
from analytics.figures import number_text
from analytics.quiz_plan import (
    MOST_ITEMS,
    Gap,
    GapKind,
    Neighbour,
    PoolReport,
    SecondTry,
    Trial,
    has_cut,
    mastery_asked,
    points_to_pass,
    report_pool,
    try_out,
)
from assessments.forms import pool_of
from curriculum.blueprints import Blueprint
from curriculum.items import Pool
from curriculum.models import Programme
from people.models import Office
from web.components import card, figure, page_head, plain, small_note, view_link
from web.context import Context, ProgrammeChoice
from web.look import SCALE
from web.memory import recall
from web.pictures import draw_chart
from web.tables import small_table, table_behind
from web.texts import N_, _, ngettext
from web.view import View
from web.views.questions.quizzes import choose_quiz, section_title

_FEWEST: Final = 3
_FINDINGS: Final = 12


@cache
def _chart(points: str) -> Spec:
    return cuts_chart(SCALE, points)


def render(context: Context) -> None:
    """Draw the page."""
    page_head(
        _("Design a quiz"),
        note=_("Try out a length and a pass mark, and see what they do to people. Nothing here is saved."),
    )
    chosen = choose_quiz(context)
    if chosen is None:
        return
    choice, blueprint = chosen
    n_items = blueprint.draw
    if has_cut(blueprint):
        n_items = _draw_trial(choice.programme, blueprint)
    else:
        st.markdown(_("Nothing is passed in this quiz: it shows what people know before or after teaching."))
    report = recall(
        context,
        "pool",
        (choice.programme_id, choice.version_no, blueprint.id, n_items),
        lambda: report_pool(context.actor, choice.programme, blueprint, n_items),
    )
    _draw_coverage(choice.programme, report)
    _draw_writing(report)
    _draw_where_next(context, choice, blueprint)


# ---------------------------------------------------------------- length and pass mark


def _draw_trial(programme: Programme, blueprint: Blueprint) -> int:
    """Draw what a length and a pass mark do; return the length."""
    with card("try"), st.grid(2, min_column_width=240):
        n_items = st.slider(_("Questions in the quiz"), _FEWEST, MOST_ITEMS, blueprint.draw, key=f"n-{blueprint.id}")
        points = st.slider(
            _("Right answers to pass"),
            1,
            n_items,
            points_to_pass(n_items, blueprint.pass_pct),
            key=f"points-{blueprint.id}-{n_items}",
        )
    trial = try_out(n_items, points, mastery_asked(blueprint), len(pool_of(programme, blueprint, Pool.COUNTING)))
    now = _("The programme has {n} questions, {points} right to pass ({pct} %). Where that comes from: {source}")
    small_note(
        now.format(
            n=blueprint.draw,
            points=points_to_pass(blueprint.draw, blueprint.pass_pct),
            pct=blueprint.pass_pct,
            source=blueprint.cut_source,
        )
    )
    _draw_errors(blueprint, trial)
    _draw_second_try(trial)
    _draw_alike(trial)
    return n_items


def _hundred(share: float) -> str:
    return number_text(share * 100, 0)


def _draw_errors(blueprint: Blueprint, trial: Trial) -> None:
    st.header(_("Whom it lets through, and whom it fails"), anchor=False)
    passing = _("Of 100 people who do not yet know this well enough, about {n} would pass.").format(
        n=_hundred(trial.errors.false_pass)
    )
    failing = _("Of 100 people who do know it well enough, about {n} would fail.").format(
        n=_hundred(trial.errors.false_fail)
    )
    titles = (_("Not ready, yet pass"), _("Ready, yet fail"))
    with st.grid(2, min_column_width=240):
        figure(titles[0], _hundred(trial.errors.false_pass), passing)
        figure(titles[1], _hundred(trial.errors.false_fail), failing)
    shown = [one for one in trial.by_points if 2 * one.points >= trial.n_items]
    picture = draw_chart(
        cuts_frame(shown, trial.points, titles),
        _chart(_("Right answers to pass, of {n}").format(n=trial.n_items)),
        alt=f"{passing} {failing}",
        key="cuts",
    )
    small_note(_("The broken upright line is the pass mark you are trying out. One line falls where the other rises."))
    st.subheader(_("Beside other lengths and pass marks"), anchor=False)
    small_table([_neighbour_row(one) for one in trial.neighbours], "")
    every = [Neighbour(trial.n_items, one, is_this=one.points == trial.points) for one in trial.by_points]
    table_behind([_neighbour_row(one) for one in every], "pass-marks", picture=picture)
    _draw_assumptions(blueprint, trial)


def _neighbour_row(one: Neighbour) -> dict[str, str]:
    right = _("{have} of {need}").format(have=one.errors.points, need=one.n_items)
    return {
        _("Right to pass"): _("{what} (this)").format(what=right) if one.is_this else right,
        _("Not ready, yet pass, of 100"): _hundred(one.errors.false_pass),
        _("Ready, yet fail, of 100"): _hundred(one.errors.false_fail),
    }


def _draw_assumptions(blueprint: Blueprint, trial: Trial) -> None:
    with st.expander(_("What these figures assume"), icon=":material/info:", key="assumed"):
        knows = _("To know it well enough means here: to get {n} of 100 such questions right.")
        st.markdown(plain(knows.format(n=_hundred(trial.mastery))))
        st.markdown(
            _(
                "Nobody was measured. It is assumed that people come with three quarters known on average, some with "
                "much less and some with nearly all (a beta distribution, 6 and 2), and that a question is as hard as "
                "any other and earns one point."
            )
        )
        if blueprint.critical:
            st.markdown(
                _("Safeguarding questions have to be right besides: so a few more fail than these figures say.")
            )


# ---------------------------------------------------------------- a second try


def _draw_second_try(trial: Trial) -> None:
    st.header(_("If somebody tries again"), anchor=False)
    words = _(
        "Take somebody who knows {share} of 100, and who has seen the answers of their first try. "
        "How often of 100 they pass the second one depends on how many questions there are to draw from."
    )
    st.markdown(words.format(share=_hundred(trial.short_of)))
    small_table([_try_row(one) for one in trial.second_tries], "")
    small_note(
        _(
            "Forms here take unseen questions first, and show no answers before a pass or the last try. The figures "
            "say what happens where answers get about all the same."
        )
    )


def _try_row(one: SecondTry) -> dict[str, str]:
    pool = ngettext("{n} question", "{n} questions", one.pool).format(n=one.pool)
    return {
        _("To draw from"): _("{what} (this)").format(what=pool) if one.is_this else pool,
        _("Pass, unseen first"): _hundred(one.unseen_first),
        _("Pass, drawn by chance"): _hundred(one.at_random),
    }


# ---------------------------------------------------------------- two quizzes alike


def _draw_alike(trial: Trial) -> None:
    st.header(_("Would a second quiz say the same?"), anchor=False)
    (reliability, alike), *others = trial.at_reliabilities
    words = _("Of 100 people who take two such quizzes, about {n} would hear the same both times.")
    st.markdown(plain(words.format(n=_hundred(alike.agreement))))
    rows = [
        {
            _("Assumed reliability"): number_text(one, 2),
            _("Same both times, of 100"): _hundred(found.agreement),
            _("Better than chance (kappa)"): "–" if found.kappa is None else number_text(found.kappa, 2),
        }
        for one, found in [(reliability, alike), *others]
    ]
    table_behind(rows, "same-twice")
    note = _(
        "A design figure (Peng-Subkoviak) at an assumed reliability of {reliability}, which is what {n} such questions "
        "give if people come as assumed above. It is no estimate: nobody has taken the quiz for it. "
        "Worked out exactly (Huynh) it is {exact}."
    )
    small_note(
        note.format(reliability=number_text(reliability, 2), n=trial.n_items, exact=_hundred(trial.expected.agreement))
    )


# ---------------------------------------------------------------- the pool


def _draw_coverage(programme: Programme, report: PoolReport) -> None:
    st.header(_("What its questions cover"), anchor=False)
    n = report.n_items
    small_note(ngettext("{n} question to draw from.", "{n} questions to draw from.", n).format(n=n))
    if not report.gaps:
        st.markdown(f":green[:material/check: {_('No gap was found.')}]")
    for gap in report.gaps:
        st.markdown(f":material/flag: {plain(_gap_words(programme, gap))}")
    titles = {one.id: one.title for one in programme.iter_competencies()}
    rows = [
        {
            _("Section"): section_title(programme, spot.section),
            _("Competency"): f"{spot.competency} {titles.get(spot.competency, '')}".strip(),
            _("Theme"): spot.theme or "–",
            _("Questions"): str(spot.n_items),
        }
        for spot in report.spots
    ]
    table_behind(rows, "coverage")


def _gap_words(programme: Programme, gap: Gap) -> str:
    match gap.kind:
        case GapKind.POOL:
            words = _("{have} questions to draw from; this length needs {need}, so that a second try is new.")
        case GapKind.THEME:
            words = _("Safeguarding theme {what}: {have} questions; {need} are needed.")
        case GapKind.CELL:
            words = _("{what}: {have} questions; {need} are needed, so that a second try is new.")
        case GapKind.SECTION_UNASKED:
            words = _("Taught, and never asked about: section {what}.")
        case GapKind.COMPETENCY_UNASKED:
            words = _("Taught, and never asked about: competency {what}.")
        case GapKind.SECTION_ONCE:
            words = _("One question only, so that a second try repeats it: section {what}.")
    return words.format(what=_gap_names(programme, gap), have=gap.have, need=gap.need)


def _gap_names(programme: Programme, gap: Gap) -> str:
    if gap.kind in (GapKind.SECTION_UNASKED, GapKind.SECTION_ONCE):
        return section_title(programme, gap.names[0])
    titles = {str(one.id): f"{one.id} {one.title}" for one in programme.iter_competencies()}
    return ", ".join(titles.get(name, name) for name in gap.names)


# ---------------------------------------------------------------- how the questions are written


def _draw_writing(report: PoolReport) -> None:
    st.header(_("How its questions are written"), anchor=False)
    if report.grade is not None:
        words = _("Reading level {grade}; the programme asks for {most} at most.")
        small_note(words.format(grade=number_text(report.grade, 1), most=number_text(report.grade_max, 1)))
    if not report.findings:
        words = _("Neither length, place nor wording gives an answer away, and no question asks with a hidden *not*.")
        st.markdown(f":green[:material/check:] {words}")
    for finding in report.findings[:_FINDINGS]:
        st.markdown(f":material/flag: {plain(finding.sentence)}")
    rest = len(report.findings) - _FINDINGS
    if rest > 0:
        small_note(_("And {n} more. Mend these first.").format(n=rest))


def _draw_where_next(context: Context, choice: ProgrammeChoice, blueprint: Blueprint) -> None:
    words = _("To change the quiz, change {file} in the folder of {programme}, then publish a new version.")
    st.markdown(plain(words.format(file=f"blueprints/{blueprint.id}.yaml", programme=choice.programme.head.title)))
    view_link(context, "programme", _("Go to the programme"), icon=":material/edit_document:")


VIEW = View(
    frozenset({Office.TRAINING_LEAD, Office.MANAGER}),
    N_("Design a quiz"),
    "design-quiz",
    render,
    ":material/straighten:",
    rank=33,
)
