"""Before a form is submitted: what was ticked, the overall judgement, and a second screen where harm was seen."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from assessments.facts import GlobalRating, Relation
from assessments.service.observations import Form, submit_observation
from curriculum.models import ScaleKind
from web.components import bottom_bar, card, page_head, plain, say_after_rerun, try_action
from web.context import Context
from web.notes import note_field
from web.texts import _, ngettext
from web.wording import entrustment_words, overall_words, own_entrustment_words

_RATINGS = [rating.value for rating in GlobalRating]
_LEVELS = ["1", "2", "3", "4", "5"]


@dataclass(frozen=True, slots=True)
class _Footer:
    """What ends a form: the overall judgement, the help needed next time, two short notes."""

    overall: GlobalRating
    entrustment: int
    strength: str
    next_step: str


def draw_review(context: Context, form: Form) -> None:
    """Draw the review; where a hold would follow, the second screen before it."""
    if not _is_confirmed(form):
        _draw_confirmation(context, form)
        return
    is_own = form.opened.relation == Relation.SELF
    name = _("You") if is_own else context.store.name_of(form.opened.person_id)
    page_head(_("Look over and submit"), kicker=name, note=form.checklist.title)
    _draw_ticked(form)
    overall = _ask_judgement(form, _("Overall"), "overall", _RATINGS, overall_words, is_row=True)
    help_label = _("How much help would you like next time?") if is_own else _("How much help next time?")
    entrustment = _ask_judgement(form, help_label, "help", _LEVELS, _own_help_words if is_own else _help_words)
    strength = _ask_note(form, _("One strength (may be empty)"), "strength")
    next_step = _ask_note(form, _("One next step (may be empty)"), "next-step")
    footer = None
    if overall and entrustment and strength is not None and next_step is not None:
        footer = _Footer(GlobalRating(overall), int(entrustment), strength, next_step)
    with bottom_bar("review"):
        wants_back = st.button(_("Back to the form"), key="back-to-form")
        wants_submit = st.button(_("Submit"), type="primary", key="submit", disabled=footer is None)
    if wants_back:
        _leave()
    if wants_submit and footer is not None:
        _submit(context, form, footer)


def _help_words(level: str) -> str:
    return entrustment_words(int(level))


def _own_help_words(level: str) -> str:
    return own_entrustment_words(int(level))


def _ask_judgement(
    form: Form, label: str, name: str, options: list[str], words: Callable[[str], str], *, is_row: bool = False
) -> str | None:
    """Draw a choice that begins empty for every form; the address keeps what was chosen."""
    asked = st.query_params.get(name)
    chosen = st.radio(
        label,
        options,
        index=options.index(asked) if asked in options else None,
        format_func=words,
        key=f"{name}-{form.opened.fact_id}",
        horizontal=is_row,
    )
    if chosen is not None:
        st.query_params[name] = chosen
    return chosen


def _ask_note(form: Form, label: str, name: str) -> str | None:
    note_max = form.programme.head.privacy.free_text_max
    is_own = form.opened.relation == Relation.SELF
    return note_field(label, f"{name}-{form.opened.fact_id}", note_max, is_own=is_own, is_kept=True)


def _confirmation_of(form: Form) -> str:
    """Return what a confirmation covers: these behaviours, and no other that is ticked later."""
    return " ".join(behaviour.id for behaviour in form.critical_seen)


def _is_confirmed(form: Form) -> bool:
    return not form.needs_confirmation or st.query_params.get("confirmed") == _confirmation_of(form)


def _draw_ticked(form: Form) -> None:
    with card("ticked"):
        n = len(form.lines) - form.n_unanswered
        words = _("{n} of {total} lines are answered.").format(n=n, total=len(form.lines))
        st.markdown(f"**{words}**")
        if form.unanswered:
            has_levels = form.scale.kind is ScaleKind.BEHAVIOURS
            words = _("These have no level if you submit now:") if has_levels else _("These are not answered:")
            st.markdown(words)
            st.markdown("\n".join(f"- {plain(text)}" for text in _list_unanswered(form)))
        for behaviour in form.unhelpful_seen:
            st.markdown(f":red[:material/report: {plain(behaviour.text)}]")


def _list_unanswered(form: Form) -> list[str]:
    """Return the lines without an answer; of a part in which nothing is answered only the title and the number."""
    open_lines = set(form.unanswered)
    found: list[str] = []
    for part in form.parts:
        missing = [line.text for line in part.lines if line in open_lines]
        is_left_out = len(form.parts) > 1 and len(missing) == len(part.lines)
        n = len(missing)
        words = ngettext("{part}: {n} line", "{part}: {n} lines", n).format(part=part.title, n=n)
        found += [words] if is_left_out else missing
    return found


def _draw_confirmation(context: Context, form: Form) -> None:
    """Draw the second screen: what was ticked on a critical line stops practice."""
    page_head(_("Did you see this?"), kicker=context.store.name_of(form.opened.person_id))
    n = len(form.critical_seen)
    with card("harm"):
        st.markdown(f":red[**{ngettext('You ticked, on a critical line:', 'You ticked, on critical lines:', n)}**]")
        for behaviour in form.critical_seen:
            st.markdown(f":red[:material/report: {plain(behaviour.text)}]")
        st.markdown(
            _(
                "If you saw it, practice goes **on hold** when you submit. The safeguarding lead or the deputy decides "
                "when it goes on. If it was a slip, go back and change it; afterwards you have 24 hours to withdraw it."
            )
        )
    st.warning(
        _(
            "This form is no report. If a child may not be safe, follow your organisation's procedure now, by phone. "
            "Has it been followed?"
        ),
        icon=":material/call:",
    )
    with bottom_bar("confirm"):
        if st.button(_("It was a slip: go back"), key="slip"):
            _leave()
        if st.button(_("Yes, I saw it"), type="primary", key="saw-it"):
            st.query_params["confirmed"] = _confirmation_of(form)
            st.rerun()


def _leave(*more: str) -> None:
    for name in ("look", "confirmed", *more):
        st.query_params.pop(name, None)
    st.rerun()


def _submit(context: Context, form: Form, footer: _Footer) -> None:
    done = try_action(
        lambda: submit_observation(
            context.store,
            context.actor,
            form.opened.fact_id,
            global_rating=footer.overall,
            entrustment=footer.entrustment,
            strength=footer.strength,
            next_step=footer.next_step,
            confirms_harm=_is_confirmed(form),
            now=context.now(),
        )
    )
    if done is not None:
        is_trainers = form.opened.relation == Relation.TRAINER
        say_after_rerun(_("Saved. You can show it to the trainee now.") if is_trainers else _("Saved."))
        _leave("overall", "help", "part")
