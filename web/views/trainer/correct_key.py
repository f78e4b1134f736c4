"""*Correct a question*: what a corrected key would change, person by person, before it is confirmed."""

from collections.abc import Sequence

import streamlit as st

from assessments.corrections import treatments_of
from assessments.facts import Attempt, KeyTreatment
from assessments.items import right_choice
from assessments.reasons import KeyFault
from assessments.scoring import has_passed
from assessments.service.attempts import (
    CorrectionPreview,
    ProposedKey,
    ScoreChange,
    correct_key,
    list_corrections,
    preview_correction,
)
from assessments.verdicts import GateState, Verdict
from curriculum.ids import GateId
from curriculum.items import Item, MultipleItem, OptionItem, Pool
from curriculum.models import Programme
from people.models import Office, PersonId
from people.rights import Record, Right, may_on_person
from web.components import (
    card,
    day_text,
    empty_state,
    page_head,
    plain,
    points_words,
    say_after_rerun,
    small_note,
    try_action,
)
from web.context import Context, ProgrammeChoice
from web.texts import N_, _, ngettext
from web.view import View
from web.wording import status_words

_STEM_SHOWN = 90


def render(context: Context) -> None:
    """Draw the page."""
    page_head(
        _("Correct a question"),
        note=_("Where the right answer was wrong. You see who is touched by it before anything changes."),
    )
    choice = context.choice
    items = [item for item in choice.programme.items if item.pool is Pool.COUNTING] if choice else []
    if choice is None or not items:
        empty_state(_("No question to correct"), _("Your programme has no quizzes."))
        return
    item = _choose_item(choice.programme, items)
    if item is not None:
        _draw_proposal(context, choice, item)
    _draw_corrections(context, choice)


def _choose_item(programme: Programme, items: Sequence[Item]) -> Item | None:
    modules = [module for module in programme.modules if any(item.is_of(module.id) for item in items)]
    module = st.selectbox(_("Module"), modules, format_func=lambda one: f"{one.id} {one.title}", key="module")
    of_module = [item for item in items if item.is_of(module.id)]
    return st.selectbox(
        _("Question"), of_module, index=None, format_func=_short, placeholder=_("Choose"), key=f"item-{module.id}"
    )


def _short(item: Item) -> str:
    stem = item.stem if len(item.stem) <= _STEM_SHOWN else item.stem[:_STEM_SHOWN].rsplit(" ", 1)[0] + " …"
    return f"{item.id}: {stem}"


# ---------------------------------------------------------------- what is proposed


def _draw_proposal(context: Context, choice: ProgrammeChoice, item: Item) -> None:
    with card("proposal"):
        st.markdown(f"**{plain(item.stem)}**")
        if isinstance(item, OptionItem):
            st.markdown(
                "\n".join(f"- {plain(option.text)}{_key_mark(item, n)}" for n, option in enumerate(item.options))
            )
        words = _treatment_words()
        treatment = st.radio(
            _("What shall hold?"), treatments_of(item), format_func=lambda one: words[one], key=f"treatment-{item.id}"
        )
        chosen, accepts = _draw_key(item, treatment)
        faults = _fault_words()
        reason = st.selectbox(
            _("What was wrong?"), list(faults), format_func=lambda one: faults[one], key=f"fault-{item.id}"
        )
    is_whole = bool(chosen or accepts) or treatment in (KeyTreatment.FULL_POINTS, KeyTreatment.LEFT_OUT)
    proposed = ProposedKey(choice.programme_id, choice.version_no, item.id, treatment, reason, chosen, accepts)
    if st.button(_("Show what would change"), disabled=not is_whole, width="stretch", key="preview"):
        st.session_state[_PREVIEWED] = proposed
    if st.session_state.get(_PREVIEWED) == proposed:
        _draw_preview(context, choice, proposed)


_PREVIEWED = "key-previewed"


def _key_mark(item: Item, number: int) -> str:
    return f" :green-badge[{_('right answer')}]" if number in right_choice(item) else ""


def _treatment_words() -> dict[KeyTreatment, str]:
    return {
        KeyTreatment.NEW_KEY: _("Another answer is right"),
        KeyTreatment.ALSO_RIGHT: _("One more answer is right too"),
        KeyTreatment.FULL_POINTS: _("Everybody gets the points"),
        KeyTreatment.LEFT_OUT: _("It counts for nobody"),
    }


def _fault_words() -> dict[KeyFault, str]:
    return {
        KeyFault.WRONG_KEY: _("The wrong answer was marked as right"),
        KeyFault.TWO_RIGHT: _("Two answers can be right"),
        KeyFault.UNCLEAR: _("The question is not clear"),
        KeyFault.NOT_TAUGHT: _("It was not taught"),
        KeyFault.MISPRINT: _("There is a misprint"),
    }


def _draw_key(item: Item, treatment: KeyTreatment) -> tuple[tuple[int, ...], str]:
    """Draw what is right now; return the numbers of options, or the words."""
    if treatment in (KeyTreatment.FULL_POINTS, KeyTreatment.LEFT_OUT):
        return (), ""
    if not isinstance(item, OptionItem):
        return (), st.text_input(_("What is right too"), max_chars=100, key=f"accepts-{item.id}").strip()
    texts = [option.text for option in item.options]
    if isinstance(item, MultipleItem):
        many = st.multiselect(
            _("What is right"), range(len(texts)), format_func=texts.__getitem__, key=f"right-{item.id}"
        )
        return tuple(many), ""
    right = right_choice(item)
    others = [number for number in range(len(texts)) if number not in right]
    one = st.selectbox(
        _("What is right"),
        others,
        index=None,
        format_func=texts.__getitem__,
        placeholder=_("Choose"),
        key=f"right-{item.id}",
    )
    return (() if one is None else (one,)), ""


# ---------------------------------------------------------------- what would change


def _draw_preview(context: Context, choice: ProgrammeChoice, proposed: ProposedKey) -> None:
    preview = try_action(lambda: preview_correction(context.store, context.actor, proposed, context.now()))
    if preview is None:
        return
    with card("preview"):
        n = len(preview.scores)
        st.header(ngettext("{n} result would change", "{n} results would change", n).format(n=n), anchor=False)
        held = _("{n} attempts hold this question. Both scores are kept, and people are told.")
        small_note(held.format(n=preview.n_attempts))
        _draw_scores(context, preview.scores)
        _draw_readiness(context, choice.programme, preview)
        if st.button(_("Correct it now"), type="primary", width="stretch", key="confirm"):
            done = try_action(lambda: correct_key(context.store, context.actor, proposed, context.now()))
            if done is not None:
                del st.session_state[_PREVIEWED]
                say_after_rerun(_("Corrected. Everybody touched finds it with their result."))
                st.rerun()


def _draw_scores(context: Context, changes: Sequence[ScoreChange]) -> None:
    n_hidden = 0
    for change in sorted(changes, key=lambda one: not one.flips):
        name = _name(context, change.old.person_id)
        if name is None:
            n_hidden += 1
            continue
        flip = ""
        if change.flips:
            words = _("would pass") if has_passed(change.new) else _("would no longer pass")
            flip = f" :{'green' if has_passed(change.new) else 'orange'}-badge[{words}]"
        st.markdown(f"**{plain(name)}**: {_points(change.old)} → {_points(change.new)}{flip}")
    if n_hidden:
        small_note(ngettext("And {n} in other hubs.", "And {n} in other hubs.", n_hidden).format(n=n_hidden))


def _points(attempt: Attempt) -> str:
    return points_words(attempt.score, attempt.max_score, attempt.per_point)


def _draw_readiness(context: Context, programme: Programme, preview: CorrectionPreview) -> None:
    st.subheader(_("Readiness"), anchor=False)
    if not preview.readiness:
        st.markdown(_("Nobody's readiness would change."))
    titles = {gate.id: gate.title for gate in programme.gates}
    for now, then in preview.readiness:
        name = _name(context, now.person_id)
        if name is None:
            continue
        moved = f"{status_words(now.status)} → {status_words(then.status)}" if now.status is not then.status else ""
        gates = ", ".join(_gate_words(titles.get(gate_id, gate_id), state) for gate_id, state in _changed(now, then))
        st.markdown(f"**{plain(name)}**: {plain('; '.join(part for part in (moved, gates) if part))}")


def _changed(now: Verdict, then: Verdict) -> list[tuple[GateId, GateState]]:
    before = {gate.gate_id: gate for gate in now.gates}
    return [
        (gate.gate_id, gate.state)
        for gate in then.gates
        if (gate.state, gate.have) != (before[gate.gate_id].state, before[gate.gate_id].have)
    ]


def _gate_words(title: str, state: GateState) -> str:
    met = _("{gate}: then met") if state is GateState.MET else _("{gate}: then not met")
    return met.format(gate=title)


def _name(context: Context, person_id: PersonId) -> str | None:
    """Return the name of somebody whose results the acting person may see, else None."""
    subject = context.store.subject(person_id)
    if not may_on_person(context.actor, Right.SEE, Record.RESULTS, subject):
        return None
    return context.store.name_of(person_id)


# ---------------------------------------------------------------- what was corrected


def _draw_corrections(context: Context, choice: ProgrammeChoice) -> None:
    found = try_action(lambda: list_corrections(context.store, context.actor, choice.programme_id, choice.version_no))
    if not found:
        return
    st.header(_("Corrected so far"), anchor=False)
    words = _treatment_words()
    for one in found:
        day = day_text(one.occurred_at.astimezone(context.zone).date())
        st.markdown(f"{day} · {plain(one.item_id)}: {words[one.treatment]}")


VIEW = View(
    frozenset({Office.TRAINING_LEAD}), N_("Correct a question"), "correct-key", render, ":material/edit_note:", rank=30
)
