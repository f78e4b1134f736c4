"""What came out of an attempt: passed or not, what to read again, and the key where it may be shown."""

import streamlit as st

from assessments.service.attempts import Review, ReviewItem, review_attempt
from people.models import Office
from web.components import card, count_of, empty_state, manual_sheet, page_head, plain, try_action, view_link
from web.context import Context
from web.texts import N_, _
from web.view import View
from web.views.trainee.quiz.sheet import read_id


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
    blueprint = review.programme.blueprint_by_id[attempt.blueprint_id]
    title = review.programme.module_by_id[blueprint.module].title
    page_head(_outcome(review), kicker=title, note=_what_next(review))
    with card("score"):
        st.metric(_("Points"), count_of(attempt.score, attempt.max_score))
        need = _("The pass mark is {pct} in 100.").format(pct=attempt.pass_pct)
        st.markdown(f":gray[{need}]")
        if attempt.critical_total:
            right = attempt.critical_total - attempt.critical_missed
            words = _("Key safeguarding questions right: {count}").format(count=count_of(right, attempt.critical_total))
            st.markdown(f":green[{words}]" if not attempt.critical_missed else f":orange[{words}]")
    with st.container(horizontal=True):
        view_link(context, "quizzes", _("My quizzes"))
        view_link(context, "next", _("My next step"))


def _outcome(review: Review) -> str:
    if not review.attempt.counts:
        return _("Practice done")
    return _("You passed") if review.is_passed else _("Not passed yet")


def _what_next(review: Review) -> str:
    if not review.attempt.counts:
        return _("It does not count. Look at the reasons, and practise as often as you like.")
    if review.is_passed:
        return _("Well done. You can look at every answer and its reason.")
    if (
        review.attempt.critical_missed
        and review.attempt.score * 100 >= review.attempt.pass_pct * review.attempt.max_score
    ):
        return _("Your points were enough, but every key safeguarding question must be right. Read these parts again.")
    if review.is_key_shown:
        return _("All attempts are used. Look at the reasons, then ask your trainer to open it again.")
    return _("Read these parts of the manual again. The answers stay closed until you pass.")


def _draw_items(context: Context, review: Review) -> None:
    wrong = [item for item in review.items if not item.is_right]
    right = [item for item in review.items if item.is_right]
    if wrong:
        st.header(_("To look at again"), anchor=False)
        for item in wrong:
            _draw_item(context, item)
    if right:
        with st.expander(_("Right answers: {n}").format(n=len(right))):
            for item in right:
                _draw_item(context, item)


def _draw_item(context: Context, review: ReviewItem) -> None:
    with card(f"item-{review.position}"):
        mark = f":green-badge[{_('Right')}]" if review.is_right else f":orange-badge[{_('Not right')}]"
        key = f" :red-badge[{_('Key safeguarding question')}]" if review.item.critical else ""
        st.markdown(f"**{review.position + 1}. {plain(review.item.stem)}** {mark}{key}")
        if review.key is None:
            _draw_section(context, review)
        else:
            _draw_key(review)
            view_link(context, "manual", review.section.title, query={"section": review.section.id})


def _draw_section(context: Context, review: ReviewItem) -> None:
    """Draw where to read, and not the key: there is another attempt to come."""
    if review.is_right:
        return
    with manual_sheet(f"section-{review.position}"):
        first = review.section.markdown.strip().split("\n\n", 1)[0]
        st.markdown(first)
    label = _("Read: {title}").format(title=review.section.title)
    view_link(context, "manual", label, query={"section": review.section.id})


def _draw_key(review: ReviewItem) -> None:
    key, rationales = review.key or (), review.rationales or ()
    for number in review.option_order:
        is_key, is_chosen = number in key, number in review.chosen
        if not (is_key or is_chosen):
            continue
        badge = f":green-badge[{_('right answer')}]" if is_key else f":orange-badge[{_('your answer')}]"
        both = f" :violet-badge[{_('your answer')}]" if is_key and is_chosen else ""
        st.markdown(f"{plain(review.item.options[number].text)} {badge}{both}")
        st.markdown(f":gray[{plain(rationales[number])}]")


VIEW = View(frozenset({Office.TRAINEE}), N_("Quiz result"), "quiz-result", render, ":material/quiz:", is_listed=False)
