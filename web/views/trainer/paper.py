"""*Paper*: sheets to print, and filled-in ones to bring back: choose the file, see what it would do, take it over."""

from hashlib import sha256
from typing import Final

import streamlit as st

from assessments.errors import WrongInputError
from assessments.service.paper import Line, Note, Outcome, Report, take_over
from people.csv_text import MAX_BYTES
from people.models import Office
from web.components import bottom_bar, card, page_head, plain, say_after_rerun, small_note, try_action
from web.context import Context
from web.memory import ask
from web.texts import N_, _, ngettext, say_error
from web.view import View
from web.views.trainer.printing_forms import draw_printing

URL = "paper"
_SHOWN: Final = 40
"""Lines drawn at once; more are counted."""
_MEGABYTE: Final = 1_000_000

_REPORT: Final = "paper-report"
_SECOND: Final = "paper-second"
_KEPT: Final = "paper-kept"
"""The file that is looked at: its field forgets it while the second screen is shown."""
_N_FILES: Final = "paper-files"


def render(context: Context) -> None:
    """Draw the page, or the second screen when something unhelpful has to be confirmed."""
    waiting = st.session_state.get(_SECOND)
    if waiting is not None:
        _draw_confirming(context, *waiting)
        return
    page_head(_("Paper"), note=_("For halls without signal: print sheets, fill them in, and bring them back."))
    trainees = ask(context, "assigned_trainees") if context.actor.holds(Office.TRAINER) else []
    draw_printing(context, trainees, URL)
    st.header(_("Bring filled sheets back"), anchor=False)
    with card("paper-file"):
        st.markdown(_("Type the sheets into the file of their checklist, one row a sheet. Then choose it here."))
        small_note(_("Nothing is kept until you have seen what the file would do. The same file twice does no harm."))
        n = st.session_state.get(_N_FILES, 0)
        file = st.file_uploader(
            _("Your file"), type=["csv", "tsv", "txt"], max_upload_size=MAX_BYTES // _MEGABYTE, key=f"paper-{n}"
        )
        kept: bytes | None = st.session_state.get(_KEPT)
        if file is None and kept is not None:
            st.markdown(_("You are still at the file that you chose before."))
            if st.button(_("Choose another file"), key="another-file"):
                st.session_state[_KEPT] = None
                st.rerun()
    content = file.getvalue() if file is not None else kept
    if content is not None:
        _draw_trial(context, content)


# ---------------------------------------------------------------- the trial


def _draw_trial(context: Context, content: bytes) -> None:
    report = _try_out(context, content)
    if report is None:
        return
    if report.encoding:
        words = _("Read as {encoding}. Parted by: {delimiter}.") if report.delimiter else _("Read as {encoding}.")
        small_note(words.format(encoding=report.encoding, delimiter=report.delimiter))
    _draw_refused(report)
    if report.faults:
        return
    _draw_taken(context, report)
    n_new, waiting = report.count(Outcome.NEW), [one for one in report.lines if one.outcome is Outcome.HARM]
    if waiting:
        n = len(waiting)
        st.warning(
            plain(
                ngettext(
                    "{n} sheet says that something harmful was seen. You look at it before it is taken over.",
                    "{n} sheets say that something harmful was seen. You look at them before they are taken over.",
                    n,
                ).format(n=n)
            )
        )
        if st.button(_("Look at what was seen"), type="primary", width="stretch", key="look-at-harm"):
            st.session_state[_SECOND], st.session_state[_KEPT] = (content, waiting, n_new), content
            st.rerun()
    elif n_new:
        label = ngettext("Take over {n} sheet", "Take over {n} sheets", n_new).format(n=n_new)
        if st.button(label, type="primary", width="stretch", key="take-over"):
            _take_over(context, content, [])
    elif report.lines:
        st.info(_("There is nothing new in this file to take over."))


def _try_out(context: Context, content: bytes) -> Report | None:
    """Return what the file would do; worked out once, as long as it stands in the field."""
    key = (sha256(content).hexdigest(), context.actor, st.session_state.get(_N_FILES, 0))
    known = st.session_state.get(_REPORT)
    if known is not None and known[0] == key:
        return known[1]
    report = _run(context, content, [], is_dry=True)
    if report is not None:
        st.session_state[_REPORT] = (key, report)
    return report


def _run(context: Context, content: bytes, saw: list[str], *, is_dry: bool) -> Report | None:
    bar = st.progress(0.0, _("Reading …"))

    def tell(n_done: int, n_all: int) -> None:
        if n_done % 50 == 0:
            bar.progress(n_done / max(n_all, 1), _("{done} of {all} sheets").format(done=n_done, all=n_all))

    report = try_action(
        lambda: take_over(
            context.store, context.actor, content, saw=saw, is_dry=is_dry, now=context.now(), progress=tell
        )
    )
    bar.empty()
    return report


def _draw_refused(report: Report) -> None:
    if report.faults:
        lines = [f"- {plain(fault.sentence)}" for fault in report.faults[:_SHOWN]]
        st.error("\n".join([plain(_("This file cannot be taken over.")), "", *lines]), icon=":material/block:")
        return
    refused = [line for line in report.lines if line.refusal is not None]
    if not refused:
        return
    n = len(refused)
    title = ngettext("{n} line is refused. The others can be taken over.", "{n} lines are refused.", n).format(n=n)
    lines = [f"- {plain(_refusal_words(line))}" for line in refused[:_SHOWN]]
    if n > _SHOWN:
        lines.append("- " + _("And {n} more.").format(n=n - _SHOWN))
    st.error("\n".join([plain(title), "", *lines]), icon=":material/block:")


def _refusal_words(line: Line) -> str:
    place = _("Line {n}").format(n=line.number) + (f", {line.sheet}" if line.sheet else "")
    error = line.refusal
    if error is None:
        return place
    if isinstance(error, WrongInputError):
        words = _("found {found}; expected {expected}. {advice}")
        said = words.format(found=error.found, expected=error.expected, advice=_(error.advice))
        return f"{place}, {error.where}: {said}"
    return f"{place}: {say_error(error)}"


def _draw_taken(context: Context, report: Report) -> None:
    counts = [
        (Outcome.NEW, _("to take over")),
        (Outcome.HARM, _("wait for you")),
        (Outcome.SAME, _("here already, as they are")),
    ]
    said = [f"{report.count(outcome)} {words}" for outcome, words in counts if report.count(outcome)]
    if said:
        st.markdown(f"**{plain(' · '.join(said))}**")
    told = [line for line in report.lines if line.outcome is not Outcome.REFUSED]
    if not told:
        return
    with st.expander(_("Line by line"), key="paper-lines", expanded=len(told) <= _SHOWN):
        st.markdown("\n".join(f"- {_line_words(context, line)}" for line in told[:_SHOWN]))
        if len(told) > _SHOWN:
            small_note(_("And {n} more.").format(n=len(told) - _SHOWN))


def _line_words(context: Context, line: Line) -> str:
    what = {
        Outcome.NEW: _("to take over"),
        Outcome.HARM: _("waits: something harmful is ticked"),
        Outcome.SAME: _("here already"),
        Outcome.REFUSED: _("refused"),
    }[line.outcome]
    notes = {
        Note.FORMATIVE: _("practice only: it cannot count as it was watched"),
        Note.UNANSWERED: _("some lines have no answer, and so no level"),
        Note.UNCALIBRATED: _("the observer's calibration was not in date that day"),
    }
    number, name = _("Line {n}").format(n=line.number), _name(context, line)
    return " · ".join([f"{number}: **{plain(name)}**", plain(line.sheet), what, *(notes[note] for note in line.notes)])


def _name(context: Context, line: Line) -> str:
    return context.store.name_of(line.person_id) if line.person_id is not None else ""


# ---------------------------------------------------------------- the second screen


def _draw_confirming(context: Context, content: bytes, waiting: list[Line], n_new: int) -> None:
    page_head(_("Was this seen?"))
    st.markdown(
        _(
            "On these sheets something harmful is ticked. If it was seen, practice stops for this person, and the "
            "safeguarding lead is told at once. A sheet that you leave out is not taken over."
        )
    )
    saw: list[str] = []
    for line in waiting:
        with card(f"seen-{line.number}"):
            st.markdown(f"**{plain(_name(context, line))}** · {plain(line.sheet)}")
            st.markdown("\n".join(f"- {plain(text)}" for text in line.harmful))
            label = _("Yes, it was seen: sheet {sheet}").format(sheet=line.sheet)
            if st.checkbox(label, key=f"saw-{line.number}-{line.sheet}", width="stretch"):
                saw.append(line.sheet)
    n = n_new + len(saw)
    with bottom_bar("confirming"):
        wants_back = st.button(_("Back to the file"), key="paper-back")
        label = ngettext("Take over {n} sheet", "Take over {n} sheets", n).format(n=n)
        wants_all = st.button(label, type="primary", key="take-over-all", disabled=n == 0)
    if wants_back:
        st.session_state[_SECOND] = None
        st.rerun()
    if wants_all:
        _take_over(context, content, saw)


def _take_over(context: Context, content: bytes, saw: list[str]) -> None:
    report = _run(context, content, saw, is_dry=False)
    if report is None:
        return
    for key in (_REPORT, _SECOND, _KEPT):
        st.session_state[key] = None
    # The next file gets a field of its own: this one has done its work.
    st.session_state[_N_FILES] = st.session_state.get(_N_FILES, 0) + 1
    say_after_rerun(_done_words(report))
    st.rerun()


def _done_words(report: Report) -> str:
    n, n_left = report.count(Outcome.NEW), report.count(Outcome.REFUSED) + report.count(Outcome.HARM)
    words = ngettext("Taken over: {n} sheet.", "Taken over: {n} sheets.", n).format(n=n)
    if n_left:
        left = ngettext("{n} line was left out.", "{n} lines were left out.", n_left).format(n=n_left)
        words += f" {left} " + _("Mend them in the file and choose it again: what is here stays as it is.")
    return words


VIEW = View(
    frozenset({Office.TRAINER, Office.TRAINING_LEAD}),
    N_("Paper"),
    URL,
    render,
    ":material/print:",
    rank=60,
)
