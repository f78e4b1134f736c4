"""*Appeals*: what I can appeal against and until when, and what became of my appeals. `?about=` opens one thing."""

from uuid import UUID

import streamlit as st

from analytics.own_record.codes import code_words
from assessments.facts import AppealAbout, AppealGround
from assessments.service.appeals import (
    AppealCase,
    AppealState,
    Target,
    list_appealable,
    list_own_appeals,
    make_appeal,
    see_target,
    withdraw_appeal,
)
from people.facts import FactId
from people.models import Office
from web.components import (
    card,
    day_text,
    empty_state,
    go_to,
    page_head,
    plain,
    say_after_rerun,
    small_note,
    try_action,
    view_link,
)
from web.context import Context, ProgrammeChoice
from web.notes import note_field
from web.sentences import say
from web.texts import N_, _
from web.view import View
from web.views.appeals.evidence import draw_decided, draw_evidence, names_of, title_of
from web.views.trainee.addressing import show_part

URL = "appeals"


def render(context: Context) -> None:
    """Draw the thing that the address names, or the list."""
    asked = st.query_params.get("about", "")
    show_part(URL, asked)
    choice = context.own_choice
    if choice is None:
        page_head(_("Appeals"))
        empty_state(_("You are in no programme yet"), _("Ask your programme manager to put you into a cohort."))
    elif asked:
        _draw_asked(context, choice, asked)
    else:
        _draw_list(context, choice)


# ---------------------------------------------------------------- the list


def _draw_list(context: Context, choice: ProgrammeChoice) -> None:
    page_head(_("Appeals"), note=_("Is something not right? Somebody who was not involved looks at it again."))
    cases = list_own_appeals(context.store, context.actor, context.now())
    for case in sorted(cases, key=lambda case: case.state != AppealState.OPEN):
        _draw_case(context, case)
    appealed = {case.appeal.target_id for case in cases if case.state in (AppealState.OPEN, AppealState.DECIDED)}
    targets = list_appealable(context.store, context.actor, choice.programme_id, context.now())
    fresh = [target for target in targets if target.fact.fact_id not in appealed]
    in_time = [target for target in fresh if target.until >= context.today()]
    st.header(_("You can appeal against"), anchor=False)
    if not in_time:
        st.markdown(f":gray[{_('Nothing at present.')}]")
    for target in in_time:
        _draw_target(context, target)
    if len(in_time) < len(fresh):
        small_note(_("For what is older the time is over. You can still talk with your trainer or training lead."))


def _draw_case(context: Context, case: AppealCase) -> None:
    with card(f"appeal-{case.appeal.fact_id}"):
        st.markdown(f"**{plain(title_of(case.evidence, case.appeal.about))}** {_badge(case)}")
        ground = say(code_words(case.appeal.ground))
        small_note(_("Appealed on {day}. {ground}.").format(day=day_text(case.appealed_on), ground=ground))
        if case.appeal.note:
            st.markdown(plain(case.appeal.note))
        match case.state:
            case AppealState.OPEN:
                _draw_waiting(context, case)
            case AppealState.DECIDED:
                draw_decided(context, case)
            case AppealState.SETTLED:
                st.markdown(_("It was taken back or opened again before anybody had to decide."))
            case AppealState.WITHDRAWN:
                st.markdown(_("You took it back."))


def _badge(case: AppealCase) -> str:
    match case.state:
        case AppealState.OPEN:
            return f":blue-badge[{_('waits for a decision')}]"
        case AppealState.DECIDED:
            return f":green-badge[{_('decided')}]"
        case AppealState.WITHDRAWN | AppealState.SETTLED:
            return f":gray-badge[{_('closed')}]"


def _draw_waiting(context: Context, case: AppealCase) -> None:
    if case.decider_ids:
        words = _("It can be decided by: {names}. They were not involved.")
        st.markdown(plain(words.format(names=names_of(context, case.decider_ids))))
    else:
        st.warning(
            _("Nobody in your hub can decide without being involved. The programme manager sees it and asks outside.")
        )
    small_note(_("It counts as it is until somebody has decided."))
    with st.container(horizontal=True):
        view_link(context, URL, _("See what is recorded"), query={"about": str(case.appeal.target_id)})
        if st.button(_("Take it back"), key=f"withdraw-{case.appeal.fact_id}"):
            act = withdraw_appeal
            done = try_action(lambda: act(context.store, context.actor, case.appeal.fact_id, context.now()))
            if done is not None:
                say_after_rerun(_("Taken back."))
                st.rerun()


def _draw_target(context: Context, target: Target) -> None:
    seen = try_action(lambda: see_target(context.store, context.actor, target.fact.fact_id, context.now()))
    if seen is None:
        return
    _target, evidence = seen
    with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
        words = _("{day} · you can appeal until {until}").format(
            day=day_text(target.since), until=day_text(target.until)
        )
        st.markdown(f"**{plain(title_of(evidence, target.about))}**  \n:gray[{plain(words)}]", width="stretch")
        view_link(context, URL, _("Look"), query={"about": str(target.fact.fact_id)})


# ---------------------------------------------------------------- one thing


def _draw_asked(context: Context, choice: ProgrammeChoice, asked: str) -> None:
    view_link(context, URL, _("All my appeals"), icon=":material/arrow_back:")
    seen = try_action(lambda: see_target(context.store, context.actor, _fact_id(asked), context.now()))
    if seen is None:
        return
    target, evidence = seen
    page_head(title_of(evidence, target.about), kicker=_("Appeal"))
    draw_evidence(context, evidence)
    earlier = [
        case
        for case in list_own_appeals(context.store, context.actor, context.now())
        if case.appeal.target_id == target.fact.fact_id and case.state in (AppealState.OPEN, AppealState.DECIDED)
    ]
    if earlier:
        _draw_case(context, earlier[0])
    elif target.until < context.today():
        st.info(_("You could appeal until {day}. Talk with your trainer.").format(day=day_text(target.until)))
    else:
        _draw_form(context, choice, target)


def _fact_id(asked: str) -> FactId:
    """Return the id that stands in the address; one that nothing has when it is none."""
    try:
        return FactId(UUID(asked))
    except ValueError:
        return FactId(UUID(int=0))


def _draw_form(context: Context, choice: ProgrammeChoice, target: Target) -> None:
    st.header(_("Appeal"), anchor=False)
    st.markdown(
        _(
            "Somebody who did not rate, sign, lift, train or supervise you looks at it and decides. "
            "You can appeal until {day}."
        ).format(day=day_text(target.until))
    )
    small_note(_about_words(target.about))
    key = str(target.fact.fact_id)
    grounds = {ground: say(code_words(ground)) for ground in AppealGround}
    ground = st.selectbox(_("Why?"), list(grounds), index=None, format_func=grounds.__getitem__, key=f"ground-{key}")
    note_max = choice.programme.head.privacy.free_text_max
    note = note_field(_("Your words (you may leave this empty)"), f"appeal-note-{key}", note_max)
    is_clicked = st.button(_("Send the appeal"), type="primary", disabled=note is None or ground is None)
    if not is_clicked or note is None or ground is None:
        return
    made = try_action(
        lambda: make_appeal(context.store, context.actor, target.fact.fact_id, ground, note, now=context.now())
    )
    if made is not None:
        say_after_rerun(_("Sent. You see here what becomes of it."))
        go_to(context, URL)


def _about_words(about: AppealAbout) -> str:
    match about:
        case AppealAbout.RATING:
            return _("The rating counts until somebody has decided.")
        case AppealAbout.HOLD:
            return _("Practice stays on hold until somebody has decided. The decision is on the rating too.")
        case AppealAbout.REVOCATION:
            return _("The sign-off stays revoked until somebody has decided.")
        case AppealAbout.LOCK_OUT:
            return _("The quiz stays locked until somebody has decided, or your trainer opens it.")


VIEW = View(frozenset({Office.TRAINEE}), N_("Appeals"), URL, render, ":material/balance:", rank=60)
