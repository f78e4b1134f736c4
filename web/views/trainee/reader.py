"""The reader: one page of a module at a time; every page opened and read is noted at once."""

from datetime import datetime
from typing import Final

import streamlit as st

from assessments.facts import ModuleProgress
from assessments.service import learning
from curriculum.models import BlockKind, Module, Step
from web.components import bottom_bar, card, go_to, head_row, page_head, plain, try_action
from web.context import Context, ProgrammeChoice
from web.texts import _, ngettext
from web.views.trainee.blocks import draw_block, draw_pair
from web.views.trainee.reading import Place, minutes_of
from web.views.trainee.reflecting import draw_reflection
from web.views.trainee.self_check import draw_check

_END: Final = "end"


def draw_module(context: Context, choice: ProgrammeChoice, place: Place) -> None:
    """Draw the page of a module that `?step=` names, counted from 1; without it, the one to go on with."""
    asked = st.query_params.get("step", "")
    if asked == _END:
        _draw_end(context, choice, place)
        return
    step = _step_of(asked, place)
    saved_at = _note_reached(context, choice, place, step)
    _draw_head(context, place, step, saved_at)
    if step == 0:
        with st.expander(_("After this module you will be able to"), type="compact"):
            st.markdown("\n".join(f"- {plain(outcome)}" for outcome in place.module.outcomes))
    _draw_blocks(context, choice, place.module, step)
    _draw_bar(context, choice, place, step)


def _step_of(asked: str, place: Place) -> int:
    if asked.isdecimal() and 1 <= int(asked) <= place.n_steps:
        return int(asked) - 1
    return place.next_step


def _note_reached(context: Context, choice: ProgrammeChoice, place: Place, step: int) -> datetime | None:
    """Return when the place was noted, if that was today; note it now when it is another.

    Reading again what was read notes nothing.
    """
    if place.is_read:
        return None
    if place.step == step:
        return place.seen_at if place.seen_at and _is_today(context, place.seen_at) else None
    fact = _record(context, choice, place, step, is_read=False)
    return fact.occurred_at if fact else None


def _is_today(context: Context, at: datetime) -> bool:
    return at.astimezone(context.zone).date() == context.today()


def _record(
    context: Context, choice: ProgrammeChoice, place: Place, step: int, *, is_read: bool
) -> ModuleProgress | None:
    return try_action(
        lambda: learning.record_progress(
            context.store, context.actor, choice.programme_id, place.module.id, step, is_read=is_read, now=context.now()
        )
    )


# ---------------------------------------------------------------- what a page shows


def _draw_head(context: Context, place: Place, step: int, saved_at: datetime | None) -> None:
    module = place.module
    head_row(f":gray[{plain(module.id)} · {plain(module.title)}]", context, saved_at=saved_at)
    page_head(module.steps[step].title)
    minutes = minutes_of(module, step)
    words = ngettext(
        "Page {page} of {pages} · about {minutes} minute", "Page {page} of {pages} · about {minutes} minutes", minutes
    )
    st.progress((step + 1) / place.n_steps, words.format(page=step + 1, pages=place.n_steps, minutes=minutes))


def _draw_blocks(context: Context, choice: ProgrammeChoice, module: Module, step: int) -> None:
    blocks = module.steps[step].blocks
    for position, block in enumerate(blocks):
        key = f"{module.id}-{step}-{position}"
        following = blocks[position + 1] if position + 1 < len(blocks) else None
        if block.kind is BlockKind.REFLECT:
            draw_reflection(context, choice, module, block.markdown, key)
        elif block.kind is BlockKind.CHECK and block.item is not None:
            draw_check(context, choice.programme, choice.programme.item_by_id[block.item], key)
        elif block.kind is BlockKind.THIS and following and following.kind is BlockKind.NOT_THIS:
            draw_pair(block, following, key)
        elif not _ends_pair(module.steps[step], position):
            draw_block(context, choice.programme, block, key)


def _ends_pair(step: Step, position: int) -> bool:
    """Return whether the block was drawn already, beside the one before it."""
    is_second = step.blocks[position].kind is BlockKind.NOT_THIS
    return is_second and position > 0 and step.blocks[position - 1].kind is BlockKind.THIS


# ---------------------------------------------------------------- going on


def _draw_bar(context: Context, choice: ProgrammeChoice, place: Place, step: int) -> None:
    is_last = step == place.n_steps - 1
    words = _("I have read this") if is_last else _("I have read this: next")
    with bottom_bar("reader"):
        if st.button(_("Back"), icon=":material/arrow_back:", key="reader-back"):
            go_to(context, "modules", {"module": place.module.id, "step": str(step)} if step else None)
        if st.button(words, type="primary", icon=":material/arrow_forward:", icon_position="right", key="reader-next"):
            _go_on(context, choice, place, step, is_last=is_last)


def _go_on(context: Context, choice: ProgrammeChoice, place: Place, step: int, *, is_last: bool) -> None:
    """Open the next page; at the end, note first that the module was read. Stays when that could not be saved."""
    if is_last and not place.is_read and not _record(context, choice, place, step, is_read=True):
        return
    go_to(context, "modules", {"module": place.module.id, "step": _END if is_last else str(step + 2)})


# ---------------------------------------------------------------- the end


def _draw_end(context: Context, choice: ProgrammeChoice, place: Place) -> None:
    page_head(place.module.title, kicker=place.module.id)
    with card("module-end"):
        if place.is_read:
            st.markdown(f":green[:material/check_circle:] **{_('You have read this module.')}**")
            _draw_quiz_button(context, choice, place.module)
        else:
            st.markdown(f"**{_('There is more to read in this module.')}**")
            if st.button(_("Carry on reading"), type="primary", width="stretch"):
                go_to(context, "modules", {"module": place.module.id, "step": str(place.next_step + 1)})
        if st.button(_("All modules"), type="tertiary", icon=":material/list:"):
            go_to(context, "modules")


def _draw_quiz_button(context: Context, choice: ProgrammeChoice, module: Module) -> None:
    quiz = choice.programme.quiz_of(module.id)
    if quiz is None:
        return
    st.markdown(_("Now see what has stayed with you."))
    if st.button(_("Go to the quiz"), type="primary", width="stretch"):
        go_to(context, "quizzes", {"quiz": quiz.id})
