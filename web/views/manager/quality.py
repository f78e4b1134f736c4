"""*Quality*: how each question of a quiz does, or how alike the raters see; nothing that so few do not bear."""

from collections.abc import Sequence
from functools import cache
from typing import Final

import streamlit as st

from analytics.charts import Spec, shares_chart, shares_frame
from analytics.item_analysis import FormReport, ItemReport, analyse_quiz
from analytics.statistics.thresholds import ITEMS
from curriculum.ids import BlueprintId, ItemId
from curriculum.models import Programme
from people.models import Office
from web.components import card, empty_state, local_day, local_time, page_head, plain, small_note, view_link
from web.context import Context
from web.estimates import because_text, estimate_text, share_text
from web.look import SCALE
from web.memory import recall
from web.pictures import draw_chart
from web.sentences import say
from web.tables import table_behind
from web.texts import N_, _, ngettext
from web.view import View
from web.views.manager.hubs import choose
from web.views.manager.raters import RATERS_LOOK, draw_raters

_MOST_BARS: Final = 8
"""More do not fit on a telephone; the table has them all."""

_LETTERS: Final = 60


@cache
def _chart() -> Spec:
    return shares_chart(SCALE)


def render(context: Context) -> None:
    """Draw the page."""
    page_head(_("Quality"))
    programme = context.choice.programme if context.choice else None
    if programme is not None and choose(_("What?"), _looks(), "look") == RATERS_LOOK:
        draw_raters(context, programme)
        return
    small_note(_("How the questions of a quiz do. Nobody's answers are shown."))
    if programme is None or not programme.counting_quizzes:
        empty_state(_("There is no quiz to look at"), _("The programme you have chosen asks no questions."))
        return
    quizzes = sorted(programme.counting_quizzes, key=lambda one: not one.is_gate)
    titles = {str(blueprint.id): blueprint.title for blueprint in quizzes}
    blueprint_id = BlueprintId(choose(_("Quiz"), titles, "quiz_of"))
    report = recall(
        context,
        "items",
        (programme.head.id, blueprint_id),
        lambda: analyse_quiz(context.store, context.actor, programme.head.id, blueprint_id),
    )
    _note_whom(context, programme, report)
    if not report.form.n:
        empty_state(_("Nobody has taken it yet"), _("Once people hand in a first attempt, its questions stand here."))
        return
    _draw_flagged(context, programme, report)
    _draw_easiness(programme, report)
    _draw_form(report)


def _looks() -> dict[str, str]:
    return {"questions": _("Questions of a quiz"), RATERS_LOOK: _("Raters and their forms")}


def _note_whom(context: Context, programme: Programme, report: FormReport) -> None:
    n, now = report.form.n, context.now()
    parts = [
        ngettext("first attempt of {n} person", "first attempts of {n} people", n).format(n=n),
        _("all hubs and cohorts"),
        _("as of {day}, {time}").format(day=local_day(context, now), time=local_time(context, now)),
        f"{programme.head.title} {programme.head.version}",
    ]
    small_note(" · ".join(parts))
    if report.lost:
        n, listed = len(report.lost), ", ".join(map(str, report.lost))
        words = ngettext(
            "The store does not hold the questions of version number {listed}. The answers to them are kept, and are "
            "left out here. A backup that holds the version has to be put back.",
            "The store does not hold the questions of version numbers {listed}. The answers to them are kept, and are "
            "left out here. A backup that holds the versions has to be put back.",
            n,
        )
        st.warning(plain(words.format(listed=listed)))


# ---------------------------------------------------------------- the questions


def _draw_flagged(context: Context, programme: Programme, report: FormReport) -> None:
    flagged = [item for item in report.items if item.findings]
    st.subheader(_("To look at first"), anchor=False)
    if not flagged:
        st.markdown(f":gray[{_('No question stands out.')}]")
    for item in flagged:
        with card(f"item-{item.statistics.item}"):
            st.markdown(f"**{plain(_stem(programme, item))}**  \n:gray[{plain(_figures(item))}]")
            for finding in item.findings:
                st.markdown(f":material/flag: {plain(say(finding.words))}")
    small_note(
        _("Whether a question is too hard, or hardly belongs, is only said once {n} people have answered it.").format(
            n=ITEMS.flags
        )
    )
    if flagged:
        view_link(context, "programme", _("Go to the programme"), icon=":material/edit_document:")


def _figures(item: ItemReport) -> str:
    return _("{item}: right {share}, n = {n}").format(
        item=item.statistics.item, share=_share(item), n=item.statistics.n
    )


def _draw_easiness(programme: Programme, report: FormReport) -> None:
    ordered = sorted(report.items, key=lambda item: (not item.findings, _easiness(item)))
    shown = [item for item in ordered if item.statistics.n >= ITEMS.shown]
    st.subheader(_("How many get it right"), anchor=False)
    picture = None
    if not shown:
        words = _("No question has been answered by {n} people yet, so no share is shown.").format(n=ITEMS.shown)
        st.markdown(f":gray[{words}]")
    else:
        hardest = sorted(shown, key=_easiness)[:_MOST_BARS]
        rows = [(_title(programme, item), item.statistics.facility) for item in hardest]
        picture = draw_chart(shares_frame(rows), _chart(), alt=_alt(programme, hardest), key="items")
        words = ngettext("The question that fewest get right.", "The {n} questions that fewest get right.", len(rows))
        small_note(words.format(n=len(rows)))
        small_note(
            _("With the rest: whether those who get it right do better elsewhere, from -100 to 100. In brackets: 95 %.")
        )
    table_behind(
        [_short_row(programme, item) for item in ordered],
        "questions",
        is_open=not shown,
        in_file=[_row(programme, item) for item in ordered],
        picture=picture,
    )


def _easiness(item: ItemReport) -> float:
    facility = item.statistics.facility.value
    return 2.0 if facility is None or item.statistics.n < ITEMS.shown else facility


def _alt(programme: Programme, hardest: Sequence[ItemReport]) -> str:
    words = _("Shares of people who get a question right. The fewest, {share}, in: {question}")
    return words.format(share=_share(hardest[0]), question=_stem(programme, hardest[0]))


def _short_row(programme: Programme, item: ItemReport) -> dict[str, str]:
    """Return what fits on a telephone; why there is no figure stands in the file."""
    n = item.statistics.n
    index = item.statistics.discrimination_index
    is_known = n >= ITEMS.coefficients and index.is_computable
    return {
        _("Question"): _short(_stem(programme, item)),
        _("n"): str(n),
        _("Right"): _share(item),
        _("With the rest"): estimate_text(index) if is_known else _("not known"),
    }


def _row(programme: Programme, item: ItemReport) -> dict[str, str]:
    statistics = item.statistics
    return {
        _("Question"): _stem(programme, item),
        _("Name"): statistics.item,
        _("People"): str(statistics.n),
        _("Right, 95 % interval"): _share(item),
        _("Goes with the rest, -100 to 100"): _discrimination(item),
        _("Found"): " ".join(say(finding.words) for finding in item.findings) or "–",
    }


def _share(item: ItemReport) -> str:
    """Return the share of marks given: hidden while few have answered, marked as indicative while not many have."""
    n = item.statistics.n
    if n < ITEMS.shown:
        return _("not shown under {n}").format(n=ITEMS.shown)
    words = share_text(item.statistics.facility)
    return _("{figure}, indicative").format(figure=words) if n < ITEMS.coefficients else words


def _discrimination(item: ItemReport) -> str:
    if item.statistics.n < ITEMS.coefficients:
        return _("not shown under {n}").format(n=ITEMS.coefficients)
    return estimate_text(item.statistics.discrimination_index)


def _stem(programme: Programme, item: ItemReport) -> str:
    """Return the words of a question; its name where the version chosen has it no more."""
    item_id = ItemId(item.statistics.item.partition(",")[0])
    stems = {one.id: one.stem for one in programme.items}
    return stems.get(item_id, item.statistics.item)


def _title(programme: Programme, item: ItemReport) -> str:
    return f"{_short(_stem(programme, item), 40)} (n = {item.statistics.n})"


def _short(text: str, most: int = _LETTERS) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


# ---------------------------------------------------------------- the quiz as a whole


def _draw_form(report: FormReport) -> None:
    form = report.form
    st.subheader(_("The quiz as a whole, n = {n}").format(n=form.n), anchor=False)
    if form.n < ITEMS.shown:
        st.markdown(f":gray[{_('Too few people for any figure.')}]")
        return
    mean = because_text(form.totals.mean) if form.totals.mean.value is None else estimate_text(form.totals.mean, 1)
    for label, figure in (
        (_("Points, mean"), mean),
        (_("How far the questions measure one thing (alpha)"), estimate_text(form.alpha, 2)),
        (_("Points by which a result may be off by chance"), estimate_text(form.sem, 1)),
    ):
        st.markdown(f"**{plain(label)}**: {plain(figure)}")


VIEW = View(
    frozenset({Office.MANAGER, Office.TRAINING_LEAD}),
    N_("Quality"),
    "quality",
    render,
    ":material/fact_check:",
    layout="wide",
    rank=10,
)
