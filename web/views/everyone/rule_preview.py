"""What a change of the rules would do before anything is saved: a form of the gate's own fields, and who moves."""

from collections.abc import Sequence

import streamlit as st

from analytics.boards import PersonChange
from analytics.rule_drafts import Knob, RuleDraft, Value, draft_text, knobs_of
from analytics.rule_preview import Moves, RulePreview, preview_rules
from analytics.safety import Errors, Safety, read_kept
from curriculum.gates import Gate
from curriculum.ids import BlueprintId, GateId
from curriculum.models import Programme
from web.components import card, day_text, local_day, local_time, plain, small_note, try_action
from web.context import Context, ProgrammeChoice
from web.estimates import share_text
from web.sentences import say
from web.tables import draw_csv, small_table
from web.texts import _, ngettext
from web.verdicts import gate_of
from web.wording import status_words

_MOST = 30
"""People drawn at once; the file has them all."""


def draw_preview(context: Context, choice: ProgrammeChoice) -> None:
    """Draw the form, and what the draft would change."""
    programme = choice.programme
    small_note(_("This is a draft. The published rules stay as they are, and so does every decision made by them."))
    draft = _draw_form(programme)
    _draw_safety(programme)
    if draft.is_empty:
        st.info(_("Change a number to see who would stand elsewhere."), icon=":material/tune:")
        return
    store, actor = context.store, context.actor
    found = try_action(lambda: preview_rules(store, actor, choice.programme_id, choice.version_no, draft))
    if found is not None:
        _draw_found(context, programme, found)
        _draw_text(programme, draft)


# ---------------------------------------------------------------- the form


def _draw_form(programme: Programme) -> RuleDraft:
    """Draw what can be changed about one gate or quiz, and return the draft."""
    gates = {str(gate.id): gate.title for gate in programme.gates}
    quizzes = {
        f"quiz {one.id}": _("Pass mark: {title}").format(title=one.title) for one in programme.blueprints if one.is_gate
    }
    titles = gates | quizzes
    chosen: str = st.selectbox(
        _("What would you change?"), list(titles), format_func=lambda name: titles[name], key="draft-of"
    )
    with card("rule-draft"):
        if chosen in gates:
            changes = _draw_knobs(programme, gate_of(programme, GateId(chosen)))
            return RuleDraft({chosen: changes} if changes else {})
        blueprint = programme.blueprint_by_id[BlueprintId(chosen.removeprefix("quiz "))]
        cut = int(
            st.number_input(
                _("Pass mark in per cent"), 0, 100, value=blueprint.pass_pct, step=1, key=f"cut-{blueprint.id}"
            )
        )
        return RuleDraft(cuts={} if cut == blueprint.pass_pct else {blueprint.id: cut})


def _draw_knobs(programme: Programme, gate: Gate) -> dict[str, Value]:
    changes: dict[str, Value] = {}
    for knob in knobs_of(programme, gate):
        value = _draw_knob(knob, f"knob-{gate.id}-{knob.path}")
        if value != knob.value:
            changes[knob.path] = value
    return changes


def _draw_knob(knob: Knob, key: str) -> Value:
    label = say(knob.label)
    if knob.choices:
        return st.selectbox(
            label, knob.choices, index=knob.choices.index(str(knob.value)), format_func=_choice_words, key=key
        )
    if isinstance(knob.value, float):
        return float(st.number_input(label, knob.least, knob.most, value=knob.value, step=0.1, key=key))
    least, most = (None if end is None else int(end) for end in (knob.least, knob.most))
    return int(st.number_input(label, least, most, value=int(knob.value), step=1, key=key))


def _choice_words(choice: str) -> str:
    words = {
        "block": _("needed before a decision"),
        "warn": _("advice"),
        "info": _("for information"),
        "observe": _("watching"),
        "co_lead": _("helping to lead"),
        "lead_part": _("leading a part"),
        "lead_whole": _("leading the whole session"),
        "session": _("session"),
        "scenario": _("story"),
        "roleplay": _("in a role-play"),
        "live": _("in a real group"),
        "supervision": _("in supervision"),
        "self": _("oneself"),
        "partner": _("the partner"),
    }
    return words.get(choice, choice)


# ---------------------------------------------------------------- what would change


def _draw_found(context: Context, programme: Programme, found: RulePreview) -> None:
    words = ngettext(
        "{n} of {of} person would stand elsewhere", "{n} of {of} people would stand elsewhere", found.n_seen
    )
    st.subheader(words.format(n=found.n_moved, of=found.n_seen), anchor=False)
    when = _("as of {day}, {time}").format(day=local_day(context, found.as_of), time=local_time(context, found.as_of))
    small_note(f"{programme.head.title} {programme.head.version} · {when}")
    if found.n_other_versions:
        words = ngettext(
            "{n} person is judged by another version and keeps it.",
            "{n} people are judged by another version and keep it.",
            found.n_other_versions,
        )
        small_note(words.format(n=found.n_other_versions))
    for gates, label in (
        (found.freed, _("Would hold nobody back")),
        (found.bound, _("Would begin to hold people back")),
    ):
        if gates:
            titles = ", ".join(gate_of(programme, gate_id).title for gate_id in gates)
            st.markdown(f"**{label}**: {plain(titles)}")
    if not found.n_seen:
        st.markdown(_("Not computable, because nobody whom you may see trains under this version."))
    else:
        _draw_moves(found.moves, "moves")
        _draw_changes(programme, found)
    _draw_unseen(found)


def _draw_moves(moves: Moves, name: str) -> None:
    rows = [
        {
            _("Now"): status_words(before),
            _("Then"): status_words(after),
            _("People"): _("few") if n is None else str(n),
        }
        for (before, after), n in moves.items()
    ]
    small_table(rows, "")
    draw_csv(rows, name)


def _draw_changes(programme: Programme, found: RulePreview) -> None:
    """Draw who would stand elsewhere; in a fold, who stays while a gate of theirs turns."""
    moved = [change for change in found.changes if change.is_of_status]
    staying = [change for change in found.changes if not change.is_of_status]
    _draw_people(programme, moved)
    if not staying:
        return
    n = len(staying)
    words = ngettext("{n} person stays, and a gate changes", "{n} people stay, and a gate changes", n).format(n=n)
    with st.expander(words, key="staying"):
        _draw_people(programme, staying)


def _draw_people(programme: Programme, changes: Sequence[PersonChange]) -> None:
    for change in changes[:_MOST]:
        st.markdown("  \n".join(_change_lines(programme, change)))
    if len(changes) > _MOST:
        small_note(_("And {n} more.").format(n=len(changes) - _MOST))


def _change_lines(programme: Programme, change: PersonChange) -> list[str]:
    before, after = change.status_before, change.row.verdict.status
    now = status_words(before) if before is not None else ""
    line = f"{now} → {status_words(after)}" if change.is_of_status else _("stays: {status}").format(status=now)
    lines = [f"**{plain(change.row.name)}**: {plain(line)}"]
    if change.unmet:
        titles = ", ".join(gate_of(programme, gate_id).title for gate_id in change.unmet)
        lines.append(f":red[:material/error: {_('No longer met')}:] {plain(titles)}")
    if change.met:
        titles = ", ".join(gate_of(programme, gate_id).title for gate_id in change.met)
        lines.append(f":green[:material/check_circle: {_('Met now')}:] {plain(titles)}")
    return lines


def _draw_unseen(found: RulePreview) -> None:
    if found.n_unseen == 0:
        return
    st.markdown(f"**{_('In other hubs')}**")
    if found.n_unseen is None:
        small_note(_("There are few people in other hubs. Their numbers are not shown."))
        return
    small_note(_("Of other hubs you see numbers, and none that is small."))
    _draw_moves(found.unseen_moves, "moves-elsewhere")


def _draw_text(programme: Programme, draft: RuleDraft) -> None:
    with st.expander(_("Make it a rule"), icon=":material/edit_note:", key="draft-text"):
        st.markdown(
            _(
                "A published version never changes. Put this text into the programme's folder, give it a new version "
                "number, and publish it on the page Programme."
            )
        )
        text = draft_text(programme, draft)
        st.code(text, language="yaml", wrap_lines=True)
        st.download_button(
            _("Download the draft"),
            text,
            file_name=f"{programme.head.id}-draft.yaml",
            mime="text/yaml",
            key="draft-file",
        )


# ---------------------------------------------------------------- how safe


def _draw_safety(programme: Programme) -> None:
    head = programme.head
    kept = read_kept(head.id, head.version)
    with st.expander(_("How safe are the rules?"), icon=":material/science:", key="safety"):
        st.markdown(_("**Simulated people, not evidence about real ones.** It helps to compare rules, no more."))
        if kept is None:
            small_note(_("It was not computed yet for this version. Whoever runs the server can do it:"))
            st.code(f"python -m analytics safety --programme {head.id} --keep", language="bash", wrap_lines=True)
            return
        seeds = ", ".join(str(seed) for seed in kept.seeds)
        words = _("{n} invented people for each seed ({seeds}), until {day}. Judged on the last day of their cohort.")
        small_note(words.format(n=kept.n_trainees, seeds=seeds, day=day_text(kept.until)))
        small_table(_safety_rows(kept), "")


def _safety_rows(kept: Safety) -> list[dict[str, str]]:
    rows = [_errors_row(_("Rules as they are"), kept.before)]
    if kept.after is not None:
        rows.append(_errors_row(", ".join(kept.draft.words()), kept.after))
    return rows


def _errors_row(title: str, errors: Errors) -> dict[str, str]:
    through = f"{errors.let_through}/{errors.below}: {share_text(errors.wrongly_through)}"
    held = f"{errors.held}/{errors.good}: {share_text(errors.wrongly_held)}"
    return {
        _("Rules"): title,
        _("Below standard, let through"): through,
        _("At standard, held"): held,
    }
