"""The report of a cohort, on paper and as a workbook: each figure is one of `analytics.cohort_report`, as it stands."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from analytics.charts import (
    gates_closed_chart,
    gates_closed_frame,
    levels_chart,
    levels_frame,
    shares_chart,
    shares_frame,
    waiting_chart,
    waiting_frame,
)
from analytics.cohort_report import CohortReport, ReportFigure, ReportPart, Unit, cohort_report
from analytics.figures import number_text
from analytics.journeys import Pace, see_outlook
from analytics.statistics.estimates import Estimate
from curriculum.ids import CompetencyId
from curriculum.models import Programme, Setting
from people.models import CohortId, HubId
from web.components import count_of, day_text, local_day, local_time
from web.context import Context
from web.documents.parts import Paper, to_pdf
from web.documents.workbook import Cell, to_xlsx
from web.estimates import because_text, estimate_text, interval_text
from web.look import SCALE
from web.pictures import Picture
from web.sentences import say
from web.texts import N_, _, ngettext
from web.wording import setting_words

Rows = list[dict[str, str]]

_MOST_BARS: Final = 8
_LEVELS: Final = range(1, 5)
_LOW: Final = 2
"""Charts of levels show those in which most people are at this level or below."""

_WIDTHS: Final = (12, 6, 4, 4)
_QUESTION_WIDTHS: Final = (9, 6, 3, 4, 4)
_FORM_WIDTHS: Final = (8, 11, 3, 3)
_LEVEL_WIDTHS: Final = (9, 4, 3, 3, 3, 3, 4)
"""How the columns of tables share the width of the sheet."""

_TITLES: Final = {
    ReportPart.SUPPORT: N_("What the hub gave"),
    ReportPart.PEOPLE: N_("Where people stand"),
    ReportPart.STEPS: N_("How far people come"),
    ReportPart.PACE: N_("Weeks to sign-off"),
    ReportPart.GATES: N_("Gates"),
    ReportPart.QUIZZES: N_("Quizzes"),
    ReportPart.ITEMS: N_("Questions of the quizzes"),
    ReportPart.LEVELS: N_("Levels"),
    ReportPart.RATERS: N_("How alike trainers see"),
}


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom a report is about; `cohort_id` None means all cohorts."""

    programme: Programme
    hub_id: HubId
    cohort_id: CohortId | None
    title: str


def part_title(part: ReportPart) -> str:
    """Return what a part is called."""
    return _(_TITLES[part])


def make_report(context: Context, whom: Whom) -> bytes:
    """Return the report as a PDF.

    Raises:
        NotAllowedError: The actor may not see how the hub's people stand, one by one.
    """
    report, pace = _gather(context, whom)
    paper = Paper(_("Cohort report: {title}").format(title=whom.title))
    paper.add_text(_about(context, report))
    paper.add_text(left_out_words(report.left_out))
    paper.add_small(_how_to_read())
    for part in ReportPart:
        figures = report.in_part(part)
        if part is ReportPart.SUPPORT:
            _add_support(paper, report, context.store.day_of(report.as_of))
        elif part is ReportPart.PACE:
            _add_pace(paper, pace, figures)
        elif figures:
            _add_part(paper, whom.programme, part, figures)
    return to_pdf(context, whom.programme, paper)


def make_workbook(context: Context, whom: Whom) -> bytes:
    """Return the same figures as a workbook: a sheet a part, numbers as numbers.

    Raises:
        NotAllowedError: The actor may not see how the hub's people stand, one by one.
    """
    report, pace = _gather(context, whom)
    head = whom.programme.head
    about = [
        (_("Whom it is about"), whom.title),
        (_("People"), str(report.n)),
        (_("As of"), _when(context, report)),
        (_("Support since"), report.since.isoformat()),
        (_("Programme"), f"{head.title} {report.version}"),
        (_("Facts up to number"), str(report.position)),
    ]
    if report.left_out:
        about.append((_("Left out"), left_out_words(report.left_out)))
    if context.store.is_synthetic:
        about.append((_("Data"), _("Synthetic demonstration: the people and figures are invented")))
    when = report.as_of.isoformat()
    sheets = [
        (part_title(part), [_sheet_row(figure, when) for figure in report.in_part(part)])
        for part in ReportPart
        if part not in report.left_out
    ]
    return to_xlsx(about, [*sheets, (_("Signed off by each week"), _pace_sheet(pace))])


def _gather(context: Context, whom: Whom) -> tuple[CohortReport, Pace]:
    store, actor = context.store, context.actor
    report = cohort_report(store, actor, whom.programme, whom.hub_id, cohort_id=whom.cohort_id)
    outlook = see_outlook(store, actor, whom.programme, whom.hub_id, cohort_id=whom.cohort_id)
    return report, outlook.pace


# ---------------------------------------------------------------- what stands above the figures


def _about(context: Context, report: CohortReport) -> str:
    people = ngettext("{n} person enrolled", "{n} people enrolled", report.n).format(n=report.n)
    words = _("{people}, those who have left among them. As of {when}, by what was known then. Version {version}.")
    return words.format(people=people, when=_when(context, report), version=report.version or "–")


def _when(context: Context, report: CohortReport) -> str:
    return f"{local_day(context, report.as_of)}, {local_time(context, report.as_of)}"


def left_out_words(parts: Collection[ReportPart]) -> str:
    """Return which parts the reader's office does not see, in their order; nothing when it sees all."""
    if not parts:
        return ""
    words = _("Left out, because your office does not show you single people's answers or ratings: {parts}.")
    return words.format(parts=", ".join(part_title(part) for part in ReportPart if part in parts))


def _how_to_read() -> str:
    return _(
        "The interval says where a share may lie in more groups such as this one: 95 of 100 such intervals hold it. "
        "Of few people it is wide. Shares of meetings and levels have none: their cases do not stand alone."
    )


# ---------------------------------------------------------------- one figure in words


def figure_words(figure: ReportFigure) -> str:
    """Return a figure in words, or why there is none."""
    if figure.value is None:
        return because_text(figure.estimate)
    if not figure.is_shown:
        return _("not shown under {n} people").format(n=figure.least)
    match figure.unit:
        case Unit.PEOPLE:
            return number_text(figure.value, 0)
        case Unit.SHARE:
            return f"{number_text(figure.value * 100, 0)} %"
        case Unit.COEFFICIENT:
            return number_text(figure.value, 2)
        case Unit.DAYS:
            return _("{n} days").format(n=number_text(figure.value, 1))
        case Unit.HOURS:
            return _("{n} hours").format(n=number_text(figure.value, 1))
        case Unit.WEEKS:
            return number_text(figure.value, week_digits(figure.estimate))


def count_words(figure: ReportFigure) -> str:
    """Return how many of how many, or of how many; nothing where not even that is known."""
    if figure.unit is Unit.PEOPLE:
        return _("of {n}").format(n=figure.denominator)
    if not figure.denominator:
        return "–"
    if figure.numerator is not None and figure.is_shown:
        return count_of(figure.numerator, figure.denominator)
    return f"n = {figure.denominator}"


def range_words(figure: ReportFigure) -> str:
    """Return the interval, or a dash where none is defined; one may begin before there is a figure."""
    if figure.interval is None or not figure.is_shown or (figure.value is None and figure.interval.low is None):
        return "–"
    if figure.unit is Unit.SHARE:
        return f"{interval_text(figure.interval.map(lambda end: end * 100), 0)} %"
    return interval_text(figure.interval, week_digits(figure.estimate) if figure.unit is Unit.WEEKS else 2)


def _row(figure: ReportFigure) -> dict[str, str]:
    return {_("What"): say(figure.label), _("Figure"): figure_words(figure), **_beside(figure)}


def _beside(figure: ReportFigure) -> dict[str, str]:
    return {_("How many"): count_words(figure), _("95 % interval"): range_words(figure)}


def _sheet_row(figure: ReportFigure, when: str) -> dict[str, Cell]:
    interval = figure.interval if figure.is_shown else None
    because = "" if figure.value is not None and figure.is_shown else figure_words(figure)
    return {
        _("What"): say(figure.label),
        _("Figure"): figure.value if figure.is_shown else None,
        _("Unit"): figure.unit.value,
        _("How many"): figure.numerator if figure.is_shown else None,
        _("Of"): figure.denominator,
        _("From, 95 %"): interval.low if interval else None,
        _("To, 95 %"): interval.high if interval else None,
        _("Why there is none"): because,
        _("As of"): when,
        _("Version"): figure.version,
        _("Named query"): figure.query,
        _("Name for programs"): figure.key,
    }


# ---------------------------------------------------------------- parts on paper


def _add_part(paper: Paper, programme: Programme, part: ReportPart, figures: Sequence[ReportFigure]) -> None:
    if part is ReportPart.LEVELS:
        _add_levels(paper, programme, figures)
        return
    paper.add_heading(part_title(part))
    if part is ReportPart.ITEMS:
        _add_items(paper, figures)
        return
    if part is ReportPart.STEPS:
        _add_steps_chart(paper, figures)
    elif part is ReportPart.GATES:
        _add_gates_chart(paper, figures)
    _add_figures(paper, figures)


def _add_figures(paper: Paper, figures: Sequence[ReportFigure]) -> None:
    paper.add_table([_row(figure) for figure in figures], shares=_WIDTHS)
    _add_source(paper, figures)


def _add_support(paper: Paper, report: CohortReport, last_day: date) -> None:
    paper.add_heading(part_title(ReportPart.SUPPORT))
    words = _("From {first}, when the first of them began, to {last}.")
    paper.add_lead(words.format(first=day_text(report.since), last=day_text(last_day)))
    _add_figures(paper, report.in_part(ReportPart.SUPPORT))


def _add_items(paper: Paper, figures: Sequence[ReportFigure]) -> None:
    """Add the questions that enough people answered, and each quiz as a whole; the workbook has the others too."""
    questions = [one for one in figures if one.unit is Unit.SHARE]
    shown = [one for one in questions if one.value is not None and one.is_shown]
    rows = [{**_quiz_cells(one), _("Right"): figure_words(one), **_beside(one)} for one in shown]
    paper.add_table(rows, shares=_QUESTION_WIDTHS)
    n = len(questions) - len(shown)
    if n:
        words = ngettext(
            "{n} more question was answered by fewer than {least} people: no share is shown.",
            "{n} more questions were answered by fewer than {least} people: no share is shown.",
            n,
        )
        paper.add_small(words.format(n=n, least=questions[0].least))
    paper.add_lead(_("How far the questions of a quiz measure one thing (Cronbach's alpha):"))
    forms = [one for one in figures if one.unit is Unit.COEFFICIENT]
    alphas = [{_("Quiz"): _value(one, "quiz"), _("Alpha"): figure_words(one), **_beside(one)} for one in forms]
    paper.add_table(alphas, shares=_FORM_WIDTHS)
    _add_source(paper, figures)


def _quiz_cells(figure: ReportFigure) -> dict[str, str]:
    return {_("Quiz"): _value(figure, "quiz"), _("Question"): _value(figure, "item")}


def _value(figure: ReportFigure, name: str) -> str:
    return str(figure.label.values.get(name, ""))


def _add_source(paper: Paper, figures: Iterable[ReportFigure]) -> None:
    queries = ", ".join(dict.fromkeys(figure.query for figure in figures))
    paper.add_small(_("Named query: {queries}").format(queries=queries))


def _add_steps_chart(paper: Paper, figures: Sequence[ReportFigure]) -> None:
    known = [figure for figure in figures if figure.value is not None]
    if known:
        rows = [(f"{say(one.label)} ({count_words(one)})", one.estimate) for one in known]
        steps = "; ".join(f"{say(one.label)}: {count_words(one)}" for one in known)
        alt = _("How many of all who enrolled came to each step. {steps}.").format(steps=steps)
        paper.add_picture(Picture(shares_chart(SCALE), shares_frame(rows)), alt)


def _add_gates_chart(paper: Paper, figures: Sequence[ReportFigure]) -> None:
    """Add the bars of who still misses which gate: those that most people miss first."""
    closed = [
        (_gate_title(one), one.denominator - one.numerator, one.denominator)
        for one in figures
        if one.numerator is not None and one.denominator > one.numerator
    ]
    if closed:
        rows = sorted(closed, key=lambda row: -row[1])[:_MOST_BARS]
        title, n, needing = rows[0]
        words = _("Bars of gates not met. Most people, {closed} of {n}, still miss: {gate}.")
        paper.add_lead(_("Not yet met by how many people, of those who need it:"))
        chart = Picture(gates_closed_chart(SCALE), gates_closed_frame(rows))
        paper.add_picture(chart, words.format(closed=n, n=needing, gate=title))


def _gate_title(figure: ReportFigure) -> str:
    return _value(figure, "title")


# ---------------------------------------------------------------- levels


def _add_levels(paper: Paper, programme: Programme, figures: Sequence[ReportFigure]) -> None:
    """Add a table a setting, a row a competency: a row a level would take pages."""
    settings: dict[str, dict[tuple[str, str], list[ReportFigure]]] = {}
    for figure in figures:
        _part, setting, checklist, competency, _level = figure.key.split("/")
        settings.setdefault(setting, {}).setdefault((checklist, competency), []).append(figure)
    for setting, rated in settings.items():
        paper.add_heading(_("Levels: {setting}").format(setting=setting_words(Setting(setting))))
        titled = [(_competency_title(programme, competency), checklist, found) for (checklist, competency), found in
                  rated.items()]  # fmt: skip
        _add_levels_chart(paper, [(title, found) for title, _checklist, found in titled])
        paper.add_table(
            [_level_row(title, checklist, found) for title, checklist, found in titled], shares=_LEVEL_WIDTHS
        )
    _add_source(paper, figures)


def _competency_title(programme: Programme, competency_id: str) -> str:
    found = programme.competency_by_id.get(CompetencyId(competency_id))
    return found.title if found else competency_id


def _level_row(title: str, checklist: str, figures: Sequence[ReportFigure]) -> dict[str, str]:
    counts = {figure.key.rpartition("/")[2]: str(figure.numerator or 0) for figure in figures}
    return {
        _("Competency"): title,
        _("Checklist"): checklist,
        **{_("Level {n}").format(n=level): counts.get(str(level), "–") for level in _LEVELS},
        _("People rated"): str(figures[0].denominator),
    }


def _add_levels_chart(paper: Paper, rated: Sequence[tuple[str, Sequence[ReportFigure]]]) -> None:
    rows = [
        (f"{title} (n = {figures[0].denominator})", [one.numerator or 0 for one in figures])
        for title, figures in rated
        if figures[0].denominator
    ]
    if not rows:
        return
    lowest = sorted(rows, key=lambda row: -sum(row[1][:_LOW]))[:_MOST_BARS]
    title, counts = lowest[0]
    words = _("Bars of how many people stand at each level. Most are at level {level} or below, {n}, in: {title}.")
    paper.add_lead(_("Those in which most people are at level {level} or below:").format(level=_LOW))
    chart = Picture(levels_chart(SCALE, _("Level")), levels_frame(lowest))
    paper.add_picture(chart, words.format(level=_LOW, n=sum(counts[:_LOW]), title=title))


# ---------------------------------------------------------------- weeks to sign-off


def _add_pace(paper: Paper, pace: Pace, figures: Sequence[ReportFigure]) -> None:
    n = pace.signed_off.n
    paper.add_heading(_("Weeks from enrolment to sign-off, n = {n}").format(n=n))
    if pace.horizon == 0:
        paper.add_text(because_text(pace.mean_waiting))
        return
    signed = count_of(pace.signed_off.n_events, n)
    labels = (_("signed off: {share}").format(share=signed), _("Still waiting"))
    frame = waiting_frame(pace.signed_off, pace.waiting, pace.watched_until, pace.at_risk, labels)
    alt = _("A curve of the share signed off by each week. {signed} signed off, {left} left, {wait} still wait.")
    chart = Picture(waiting_chart(SCALE, _("Weeks since enrolment")), frame)
    paper.add_picture(chart, alt.format(signed=signed, left=pace.n_left, wait=len(pace.watched_until)))
    _add_figures(paper, figures)
    paper.add_small(
        _("Who left counts as never signed off. The band is the 95 % interval; a stroke is somebody who still waits.")
    )


def pace_words(pace: Pace) -> list[tuple[str, str]]:
    """Return the figures of how long it takes, each with its label."""
    return [(say(label), estimate_text(weeks, week_digits(weeks))) for label, weeks in pace.figures.values()]


def week_digits(weeks: Estimate) -> int:
    """Return how many digits weeks are shown with: none where they are whole ones, ends of the interval too."""
    ends = (weeks.interval.low, weeks.interval.high) if weeks.interval else ()
    return 0 if all(one is None or one == int(one) for one in (weeks.value, *ends)) else 1


def _pace_sheet(pace: Pace) -> list[dict[str, Cell]]:
    return [
        {
            _("Week"): step.time,
            _("Still waiting before"): step.at_risk,
            _("Signed off"): step.n_events,
            _("Share signed off by then"): step.share,
            _("From, 95 %"): step.interval.low,
            _("To, 95 %"): step.interval.high,
        }
        for step in pace.signed_off.steps
    ]
