"""A list of people as a CSV file: read at once, shown line by line, imported by one confirmation."""

from collections.abc import Sequence
from typing import Any, Final

import streamlit as st

from people.csv_text import MAX_BYTES, Fault
from people.models import CohortId
from people.roster import EXAMPLE, Roster, read_roster
from people.service.importing import ImportPlan, Planned, Step, import_roster, plan_import
from web.components import plain, say_after_rerun, small_note, try_action
from web.context import Context
from web.texts import _, ngettext

Row = dict[str, Any]
_SHOWN: Final = 40
"""Lines drawn at once; more are counted."""

_MEGABYTE: Final = 1_000_000


def draw_importing(context: Context, cohort: Row) -> None:
    """Draw the fold in which a file is chosen, and what it would do."""
    with st.expander(_("Import a list"), icon=":material/upload_file:", key="importing"):
        st.markdown(
            _("A CSV file, one person a line. The columns are **name** and, if you like, login, role, trainer.")
        )
        small_note(_("Nothing about a family may stand in it: a file with any other column is refused."))
        st.download_button(
            _("Get an example"), EXAMPLE.encode("utf-8-sig"), "people.csv", "text/csv", key="roster-example"
        )
        n_before = st.session_state.get("n_imports", 0)
        file = st.file_uploader(
            _("Your file"), type=["csv", "tsv", "txt"], max_upload_size=MAX_BYTES // _MEGABYTE, key=f"roster-{n_before}"
        )
        if file is not None:
            _draw_file(context, CohortId(cohort["cohort_id"]), read_roster(file.getvalue()))


def _draw_file(context: Context, cohort_id: CohortId, roster: Roster) -> None:
    if roster.encoding:
        words = _("Read as {encoding}. Parted by: {delimiter}.") if roster.delimiter else _("Read as {encoding}.")
        small_note(words.format(encoding=roster.encoding, delimiter=roster.delimiter))
    plan = try_action(lambda: plan_import(context.store, context.actor, cohort_id, roster, context.now()))
    if plan is None:
        return
    _draw_refused(plan.refused, is_readable=roster.is_readable)
    if not roster.is_readable:
        return
    _draw_planned(plan)
    if not plan.n_changes:
        st.info(_("Everything in this file is so already. There is nothing to import."))
        return
    n = plan.n_changes
    label = ngettext("Import {n} person", "Import {n} people", n).format(n=n)
    if st.button(label, type="primary", width="stretch", key="import-now"):
        _import(context, cohort_id, roster)


def _draw_refused(refused: Sequence[Fault], *, is_readable: bool) -> None:
    if not refused:
        return
    if is_readable:
        n = len({fault.line for fault in refused})
        title = ngettext("{n} line is refused. The others can be imported.", "{n} lines are refused.", n).format(n=n)
    else:
        title = _("This file cannot be imported.")
    lines = [f"- {plain(fault.sentence)}" for fault in refused[:_SHOWN]]
    if len(refused) > _SHOWN:
        lines.append("- " + _("And {n} more.").format(n=len(refused) - _SHOWN))
    st.error("\n".join([plain(title), "", *lines]), icon=":material/block:")


def _draw_planned(plan: ImportPlan) -> None:
    counts = [f"{plan.count(step)} {_step_words(step)}" for step in Step if plan.count(step)]
    if counts:
        st.markdown(f"**{plain(' · '.join(counts))}**")
    changing = [one for one in plan.planned if one.step is not Step.SAME]
    if not changing:
        return
    with st.expander(_("Line by line"), key="roster-lines", expanded=len(changing) <= _SHOWN):
        st.markdown("\n".join(f"- {_line_words(one)}" for one in changing[:_SHOWN]))
        if len(changing) > _SHOWN:
            small_note(_("And {n} more.").format(n=len(changing) - _SHOWN))


def _step_words(step: Step) -> str:
    return {
        Step.NEW: _("new"),
        Step.JOINS: _("here already, joins this cohort"),
        Step.TRAINER: _("gets a trainer"),
        Step.SAME: _("as it is already"),
    }[step]


def _line_words(one: Planned) -> str:
    parts = [_step_words(one.step), _("sign-in name {login}").format(login=one.login)]
    if one.line.role:
        parts.append(_("role {role}").format(role=one.role_id))
    if one.line.trainer:
        parts.append(_("trainer {trainer}").format(trainer=one.line.trainer))
    number = _("Line {n}").format(n=one.line.number)
    return f"{number}: **{plain(one.line.name)}** · {plain(' · '.join(parts))}"


def _import(context: Context, cohort_id: CohortId, roster: Roster) -> None:
    bar = st.progress(0.0, _("Importing …"))

    def tell(n_done: int, n_all: int) -> None:
        bar.progress(n_done / max(n_all, 1), _("{done} of {all} lines").format(done=n_done, all=n_all))

    done = try_action(
        lambda: import_roster(context.store, context.actor, cohort_id, roster, now=context.now(), progress=tell)
    )
    bar.empty()
    if done is not None:
        # The next file gets a field of its own: this one has done its work.
        st.session_state["n_imports"] = st.session_state.get("n_imports", 0) + 1
        say_after_rerun(_imported_words(done))
        st.rerun()


def _imported_words(done: ImportPlan) -> str:
    n, n_refused = done.n_changes, len({fault.line for fault in done.refused})
    words = ngettext("Imported: {n} person.", "Imported: {n} people.", n).format(n=n)
    if n_refused:
        refused = ngettext("{n} line was refused.", "{n} lines were refused.", n_refused).format(n=n_refused)
        words += f" {refused} " + _("Mend them in the file and import it again: what is here stays as it is.")
    return words
