"""The answer area of one question. What is given is recorded before the page says so."""

import streamlit as st

from assessments.facts import Response
from assessments.items import Given, right_given
from assessments.service.attempts import Sheet, Standing, check_response, record_response
from curriculum.blueprints import Certainty
from curriculum.items import BranchingItem, ExtendedTextItem, Pool
from web.components import plain, refusals, small_note
from web.context import Context
from web.texts import _, ngettext
from web.views.trainee.answers import Answered, draw_answered
from web.views.trainee.blocks import draw_section_links
from web.views.trainee.fields import Question, draw_fields, read_fields
from web.views.trainee.media import draw_media

_CERTAINTIES = (1, 2, 3)


def draw_answer(context: Context, sheet: Sheet, position: int) -> Response | None:
    """Draw question, fields, certainty and flag; return the newest response as it is kept, None while there is none.

    Raises:
        PlatformError: What is given cannot be kept. All is drawn by then.
    """
    item, question = sheet.items[position], _question_at(sheet, position)
    st.markdown(f"#### {plain(item.stem)}" if not item.scenario else f"**{plain(item.stem)}**")
    draw_media(context, sheet.programme, item.media)
    given = draw_fields(question)
    if not sheet.standing_at(position).is_closed:
        _draw_certainty(sheet, position, is_answered=not given.is_empty)
        _draw_flag(sheet, position)
    return _keep(context, sheet, position, given)


def keep_answer(context: Context, sheet: Sheet, position: int) -> None:
    """Keep what stands on the page that is left.

    Raises:
        PlatformError: It cannot be kept.
    """
    _keep(context, sheet, position, read_fields(_question_at(sheet, position)))


def newest(sheet: Sheet, position: int) -> Response | None:
    """Return the newest response to a question, also one that came after the time limit."""
    return sheet.late.get(position) or sheet.responses.get(position)


def _question_at(sheet: Sheet, position: int) -> Question:
    item, response, standing = sheet.items[position], newest(sheet, position), sheet.standing_at(position)
    begins_anew = isinstance(item, BranchingItem) and standing.told_right is not None and not standing.is_closed
    given = Given(response.chosen, response.text) if response and not begins_anew else Given()
    key = f"{sheet.started.fact_id}-{position}" + (f"-{standing.n_tries}" if begins_anew else "")
    return Question(item, sheet.orders_at(position), given, key, standing.is_closed)


def _key(sheet: Sheet, position: int, name: str) -> str:
    return f"answer-{name}-{sheet.started.fact_id}-{position}"


def _draw_certainty(sheet: Sheet, position: int, *, is_answered: bool) -> None:
    use = sheet.blueprint.certainty
    response = newest(sheet, position)
    if use is Certainty.OFF or isinstance(sheet.items[position], ExtendedTextItem):
        return
    has_marks = use is Certainty.MARKS and sheet.started.pool is Pool.COUNTING
    words = {1: _("A guess"), 2: _("Fairly sure"), 3: _("Sure")}
    if has_marks:
        label = _("How sure are you? It changes your points.")
    else:
        label = _("How sure are you? It does not change your points.")
    st.segmented_control(
        label,
        _CERTAINTIES,
        default=response.certainty if response else None,
        format_func=lambda level: words[level],
        key=_key(sheet, position, "sure"),
        disabled=not is_answered,
        width="stretch",
    )
    if has_marks:
        small_note(
            _("Right: a third, two thirds, or all of the points. Wrong: nothing, or 2 or 6 thirds are taken away.")
        )


def _draw_flag(sheet: Sheet, position: int) -> None:
    response = newest(sheet, position)
    st.toggle(
        _("Come back to this one later"),
        value=bool(response and response.is_flagged),
        key=_key(sheet, position, "later"),
    )


def _keep(context: Context, sheet: Sheet, position: int, given: Given) -> Response | None:
    """Record what differs from the store. Taking everything away leaves the question open, to come back to."""
    before = newest(sheet, position)
    certainty: int | None = st.session_state.get(_key(sheet, position, "sure"))
    is_flagged = bool(st.session_state.get(_key(sheet, position, "later")))
    if sheet.standing_at(position).is_closed or not _says_something(sheet, position, given, is_flagged=is_flagged):
        return before
    wanted = (given.chosen, given.text, None if given.is_empty else certainty, is_flagged or given.is_empty)
    if before is not None and (before.chosen, before.text, before.certainty, before.is_flagged) == wanted:
        return before
    return record_response(
        context.store,
        context.actor,
        sheet.started.fact_id,
        position,
        given.chosen,
        text=given.text,
        certainty=wanted[2],
        is_flagged=wanted[3],
        now=context.now(),
    )


def _says_something(sheet: Sheet, position: int, given: Given, *, is_flagged: bool) -> bool:
    """Return whether there is anything to keep: an answer, a flag, or that an answer was taken away."""
    before = newest(sheet, position)
    had_answer = before is not None and bool(before.chosen or before.text)
    can_be_taken_away = not isinstance(sheet.items[position], BranchingItem)
    return not given.is_empty or is_flagged or (had_answer and can_be_taken_away)


# ---------------------------------------------------------------- told at once


def draw_check(context: Context, sheet: Sheet, position: int) -> None:
    """Draw what a quiz tells at once, and the button to ask for it."""
    standing = sheet.standing_at(position)
    if standing.told_right is not None:
        _draw_told(context, sheet, position, standing)
    if sheet.may_check(position):
        key = _key(sheet, position, "check")
        st.button(
            _("Check my answer"),
            key=key,
            type="primary",
            icon=":material/done:",
            on_click=_check,
            args=(context, sheet, position),
        )


def _check(context: Context, sheet: Sheet, position: int) -> None:
    """Tell how the answer is that stands on the page now."""
    with refusals():
        here = context.acting_now()
        keep_answer(here, sheet, position)
        check_response(here.store, here.actor, sheet.started.fact_id, position, here.now())


def _draw_told(context: Context, sheet: Sheet, position: int, standing: Standing) -> None:
    if standing.told_right:
        st.markdown(f":green[:material/check_circle: **{_('Right.')}**]")
    elif standing.is_closed:
        st.markdown(f":orange[:material/undo: **{_('Not right.')}**]")
    else:
        n = standing.n_left
        tries = ngettext("You have {n} more try.", "You have {n} more tries.", n).format(n=n)
        st.markdown(f":orange[:material/undo: **{_('Not quite. Look again, and try another answer.')}**] {tries}")
    for hint in standing.hints:
        st.markdown(f":material/lightbulb: {_('Hint')}: {plain(hint)}")
    item = sheet.items[position]
    if standing.is_closed and sheet.started.pool is Pool.PRACTICE:
        draw_answered(Answered(item, sheet.orders_at(position), sheet.given_at(position), right_given(item)))
    if not standing.told_right:
        draw_section_links(context, [sheet.programme.section_by_id[item.section]])
