"""What came out of an attempt: passed or not, what to read again, and the key where it may be shown."""

from typing import Final

import streamlit as st

from assessments.corrections import corrected
from assessments.facts import KeyTreatment
from assessments.service.attempts import Review, ReviewItem, ask_second_mark, review_attempt
from curriculum.blueprints import Purpose
from curriculum.items import ExtendedTextItem, Item
from people.models import Office
from web.components import (
    card,
    count_of,
    empty_state,
    local_day,
    manual_sheet,
    page_head,
    plain,
    points_words,
    small_note,
    try_action,
    view_link,
)
from web.context import Context
from web.texts import N_, _
from web.view import View
from web.views.trainee.answers import Answered, draw_answered
from web.views.trainee.media import draw_media
from web.views.trainee.quiz.sheet import kind_words, read_id


def render(context: Context) -> None:
    """Draw the result of the attempt that the address names."""
    attempt_id = read_id("attempt")
    if attempt_id is None:
        page_head(_("Quiz result"))
        with empty_state(_("No result is open here"), _("Choose a quiz first.")):
            view_link(context, "quizzes", _("My quizzes"))
        return
    review = try_action(lambda: review_attempt(context.store, context.actor, attempt_id, context.now()))
    if review is None:
        view_link(context, "quizzes", _("My quizzes"))
        return
    _draw_head(context, review)
    _draw_items(context, review)


def _draw_head(context: Context, review: Review) -> None:
    attempt = review.attempt
    title = review.programme.quiz_title(review.blueprint)
    page_head(_outcome(review), kicker=f"{title} · {kind_words(review.started)}", note=_what_next(review))
    with card("score"):
        st.metric(_("Points"), points_words(attempt.score, attempt.max_score, attempt.per_point))
        if review.blueprint.purpose is Purpose.GATE:
            need = _("The pass mark is {pct} in 100.").format(pct=attempt.pass_pct)
            st.markdown(f":gray[{need}]")
        if attempt.critical_total:
            right = attempt.critical_total - attempt.critical_missed
            words = _("Key safeguarding questions right: {count}").format(count=count_of(right, attempt.critical_total))
            st.markdown(f":green[{words}]" if not attempt.critical_missed else f":orange[{words}]")
        _draw_earlier(context, review)
    with st.container(horizontal=True):
        view_link(context, "quizzes", _("My quizzes"))
        view_link(context, "next", _("My next step"))


def _draw_earlier(context: Context, review: Review) -> None:
    """Draw the scores that the attempt had before: nothing is replaced in silence."""
    for old in review.earlier:
        was = points_words(old.score, old.max_score, old.per_point)
        small_note(
            _("It was {points} when you handed it in, on {day}.").format(
                points=was, day=local_day(context, old.occurred_at)
            )
        )
    if review.earlier and review.attempt.correction_id is not None:
        small_note(_("The answer to a question was corrected. The new points hold."))


def _outcome(review: Review) -> str:
    if not review.attempt.counts:
        return _("Practice done")
    if review.blueprint.purpose is not Purpose.GATE:
        return _("Handed in")
    if review.is_passed:
        return _("You passed")
    return _("A trainer has to mark your text") if review.attempt.n_unmarked else _("Not passed yet")


def _what_next(review: Review) -> str:
    attempt = review.attempt
    if not attempt.counts:
        return _("It does not count. Look at the reasons, and practise as often as you like.")
    if review.blueprint.purpose is not Purpose.GATE:
        return _("It shows what you know before and after. There is nothing to pass.")
    if review.is_passed:
        return _("Well done. You can look at every answer and its reason.")
    if attempt.n_unmarked:
        return _("These are the points so far. You will see the others here once the text is marked.")
    if attempt.critical_missed and attempt.score * 100 >= attempt.pass_pct * attempt.max_score:
        return _("Your points were enough, but every key safeguarding question must be right. Read these parts again.")
    if review.is_key_shown:
        return _("All attempts are used. Look at the reasons, then ask your trainer to open it again.")
    return _("Read these parts of the manual again. The answers stay closed until you pass.")


# ---------------------------------------------------------------- question by question


def _draw_items(context: Context, review: Review) -> None:
    unmarked = [item for item in review.items if item.is_unmarked]
    uncounted = [item for item in review.items if not item.max_points]
    others = [item for item in review.items if item.max_points and not item.is_unmarked]
    wrong = sorted((item for item in others if not item.is_right), key=_worst_first)
    right = [item for item in others if item.is_right]
    if wrong:
        st.header(_("To look at again"), anchor=False)
        for item in wrong:
            _draw_item(context, review, item)
    for title, items in ((_("Waiting for a mark"), unmarked), (_("Counts nothing here"), uncounted)):
        if items:
            st.header(title, anchor=False)
        for item in items:
            _draw_item(context, review, item)
    if right:
        with st.expander(_("Right answers: {n}").format(n=len(right))):
            for item in right:
                _draw_item(context, review, item)


def _worst_first(item: ReviewItem) -> tuple[bool, int, int]:
    """Sort by safeguarding first, then by how sure somebody was of what is not right."""
    return item.item.critical is None, -(item.given.certainty or 0), item.position


def _draw_item(context: Context, review: Review, item: ReviewItem) -> None:
    with card(f"item-{item.position}"):
        st.markdown(f"**{item.position + 1}. {plain(item.item.stem)}** {_badges(item)}")
        draw_media(context, review.programme, item.item.media)
        if review.attempt.per_point > 1 and item.max_points:
            small_note(points_words(item.points, item.max_points, review.attempt.per_point))
        if item.is_unmarked or item.marks:
            _draw_marks(context, review, item)
        if item.late is not None:
            small_note(_("You changed this after the time was up. That is kept, and did not count."))
        if item.correction is not None:
            _draw_correction(item)
        if item.key is None:
            _draw_section(context, item)
        else:
            draw_answered(Answered(_as_scored(item), item.orders, item.given, item.key))
            view_link(context, "manual", item.section.title, query={"section": item.section.id})


def _as_scored(item: ReviewItem) -> Item:
    return item.item if isinstance(item.item, ExtendedTextItem) else corrected(item.item, item.correction)


def _badges(item: ReviewItem) -> str:
    if item.is_unmarked:
        mark = f":gray-badge[{_('Not marked yet')}]"
    elif not item.max_points:
        mark = f":gray-badge[{_('Counts nothing')}]"
    elif item.is_right:
        mark = f":green-badge[{_('Right')}]"
    else:
        is_partly = item.points > 0
        mark = f":orange-badge[{_('Partly right') if is_partly else _('Not right')}]"
    was_sure = not item.is_right and item.given.certainty == _SURE
    sure = f" :orange-badge[{_('You were sure')}]" if was_sure else ""
    key = f" :red-badge[{_('Key safeguarding question')}]" if item.item.critical else ""
    return f"{mark}{sure}{key}"


_SURE: Final = 3


def _draw_correction(item: ReviewItem) -> None:
    treatment = item.correction.treatment if item.correction else None
    words = {
        KeyTreatment.NEW_KEY: _("The answer to this question was corrected after you handed in."),
        KeyTreatment.ALSO_RIGHT: _("One more answer to this question counts as right now."),
        KeyTreatment.FULL_POINTS: _("This question was not clear. Everybody gets its points."),
        KeyTreatment.LEFT_OUT: _("This question was not clear. It counts for nobody."),
    }
    if treatment is not None:
        st.info(words[treatment])


def _draw_section(context: Context, item: ReviewItem) -> None:
    """Draw where to read, and not the key: there is another attempt to come."""
    if item.is_right or item.is_unmarked:
        return
    with manual_sheet(f"section-{item.position}"):
        first = item.section.markdown.strip().split("\n\n", 1)[0]
        st.markdown(first)
    label = _("Read: {title}").format(title=item.section.title)
    view_link(context, "manual", label, query={"section": item.section.id})


# ---------------------------------------------------------------- texts that are marked


def _draw_marks(context: Context, review: Review, item: ReviewItem) -> None:
    """Draw what markers said, line by line, and let the person ask for a second marker."""
    if not isinstance(item.item, ExtendedTextItem):
        return
    if item.key is None and item.given.text:
        st.text(item.given.text)
    if item.is_unmarked:
        small_note(_("A trainer marks it without your name."))
        return
    for mark in item.marks:
        for criterion, level in zip(item.item.rubric, mark.levels, strict=True):
            st.markdown(f"{plain(criterion.text)} **{plain(criterion.levels[level])}**")
    if len(item.marks) == 1 and st.button(_("Ask for a second marker"), key=f"second-{item.position}"):
        started_id = review.started.fact_id
        asked = try_action(
            lambda: ask_second_mark(context.store, context.actor, started_id, item.position, context.now())
        )
        if asked is not None:
            st.success(_("A second trainer will mark it. Your points stay as they are until then."))


VIEW = View(frozenset({Office.TRAINEE}), N_("Quiz result"), "quiz-result", render, ":material/quiz:", is_listed=False)
