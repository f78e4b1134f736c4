"""*Appeals to decide*: what waits for who was not involved. `?appeal=` opens one."""

from uuid import UUID

import streamlit as st

from analytics.own_record.codes import code_words
from assessments.facts import AppealAbout, AppealFinding, AppealOutcome
from assessments.reasons import RevokeReason
from assessments.service.appeals import (
    AppealCase,
    AppealNotice,
    AppealState,
    decide_appeal,
    list_appeal_notices,
    list_open_appeals,
    prepare_appeal,
)
from assessments.service.appeals.cases import record_of
from people.facts import FactId
from people.models import Office
from people.rights import Record, Right
from people.service.audit import open_record
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
from web.context import Context
from web.sentences import say
from web.texts import N_, _
from web.view import View
from web.views.appeals.evidence import draw_decided, draw_evidence, effect_words, names_of, title_of
from web.views.manager.hubs import list_hubs
from web.views.trainee.addressing import show_part

URL = "appeals-to-decide"


def render(context: Context) -> None:
    """Draw the appeal that the address names, or the list."""
    asked = st.query_params.get("appeal", "")
    show_part(URL, asked)
    if asked:
        _draw_asked(context, asked)
    else:
        _draw_list(context)


# ---------------------------------------------------------------- the list


def _draw_list(context: Context) -> None:
    page_head(
        _("Appeals to decide"),
        note=_("Who did not rate, sign, lift, train or supervise looks at it again. Until then it counts as it is."),
    )
    cases = list_open_appeals(context.store, context.actor, context.now())
    for case in cases:
        draw_row(context, case)
    hubs = list_hubs(context, Right.WRITE, Record.PEOPLE)
    seen = {case.appeal.person_id for case in cases}
    notices = [
        notice
        for hub in hubs
        for notice in list_appeal_notices(context.store, context.actor, hub, context.now())
        if notice.person_id not in seen
    ]
    for number, notice in enumerate(notices):
        _draw_notice(context, notice, number)
    if not cases and not notices:
        empty_state(_("No appeal is open"), _("When a trainee appeals, it stands here and on the first page."))


def draw_row(context: Context, case: AppealCase) -> None:
    """Draw one open appeal with a link to it, or why the reader may not decide and who can."""
    name = context.store.name_of(case.appeal.person_id)
    with card(f"appeal-{case.appeal.fact_id}"):
        with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
            words = _("appeals against {what}").format(what=say(code_words(case.appeal.about)))
            since = _("since {day}").format(day=day_text(case.appealed_on))
            st.markdown(f"**{plain(name)}** {plain(words)}  \n:gray[{plain(since)}]", width="stretch")
            if not case.why_not and st.button(_("Look"), key=f"look-appeal-{case.appeal.fact_id}"):
                go_to(context, URL, {"appeal": str(case.appeal.fact_id)})
        if case.why_not:
            small_note(say(case.why_not))
            if case.decider_ids:
                small_note(_("It can be decided by: {names}").format(names=names_of(context, case.decider_ids)))


def _draw_notice(context: Context, notice: AppealNotice, number: int) -> None:
    with card(f"notice-{notice.person_id}-{number}"):
        name, since = context.store.name_of(notice.person_id), day_text(notice.appealed_on)
        words = _("appeals against {what}").format(what=say(code_words(notice.about)))
        st.markdown(f"**{plain(name)}** {plain(words)}  \n:gray[{plain(_('since {day}').format(day=since))}]")
        if notice.decider_ids:
            small_note(_("It can be decided by: {names}").format(names=names_of(context, notice.decider_ids)))
            return
        st.warning(_no_decider_words(notice.about))
        view_link(context, "people", _("People"))


def _no_decider_words(about: AppealAbout) -> str:
    if about == AppealAbout.HOLD:
        return _(
            "Nobody here can decide without being involved. Give somebody from outside the office of safeguarding "
            "deputy in this hub until a day; they decide, and the office ends."
        )
    return _(
        "Nobody here can decide without being involved. Give somebody from outside the office of training lead in this "
        "hub until a day; they decide, and the office ends."
    )


def draw_open_appeals(context: Context) -> int:
    """Draw, on a first page, the appeals that the reader may decide; return how many there are."""
    cases = [case for case in list_open_appeals(context.store, context.actor, context.now()) if not case.why_not]
    if cases:
        st.header(_("Appeals to decide"), anchor=False)
    for case in cases:
        draw_row(context, case)
    return len(cases)


# ---------------------------------------------------------------- one appeal


def _draw_asked(context: Context, asked: str) -> None:
    view_link(context, URL, _("All appeals"), icon=":material/arrow_back:")
    case = try_action(lambda: prepare_appeal(context.store, context.actor, _fact_id(asked), context.now()))
    if case is None:
        return
    person_id, what = case.appeal.person_id, record_of(case.appeal)
    try_action(lambda: open_record(context.store, context.actor, person_id, what, context.now()))
    page_head(context.store.name_of(person_id), kicker=_("Appeal"), note=title_of(case.evidence, case.appeal.about))
    ground = say(code_words(case.appeal.ground))
    st.markdown(plain(_("Appealed on {day}. {ground}.").format(day=day_text(case.appealed_on), ground=ground)))
    if case.appeal.note:
        st.markdown(f"> {plain(case.appeal.note)}")
    draw_evidence(context, case.evidence)
    if case.state == AppealState.DECIDED:
        draw_decided(context, case)
    elif case.why_not:
        st.info(plain(say(case.why_not)), icon=":material/info:")
    else:
        _draw_decision(context, case)


def _fact_id(asked: str) -> FactId:
    try:
        return FactId(UUID(asked))
    except ValueError:
        return FactId(UUID(int=0))


def _draw_decision(context: Context, case: AppealCase) -> None:
    st.header(_("Your decision"), anchor=False)
    key, effects = str(case.appeal.fact_id), effect_words(case.appeal.about)
    with card("decision"):
        outcome = st.radio(
            _("What comes of it?"),
            list(case.outcomes),
            index=None,
            format_func=lambda one: effects[one.value],
            key=f"outcome-{key}",
        )
        finding = _ask_finding(outcome, key)
        reason = _ask_reason(case, outcome, key)
        small_note(_("It is recorded with your name, and takes effect at once. The trainee sees it."))
        is_ready = outcome is not None and finding is not None and reason is not None
        if st.button(_("Decide"), type="primary", disabled=not is_ready) and outcome and finding and reason is not None:
            _decide(context, case, outcome, finding, reason)


def _ask_finding(outcome: AppealOutcome | None, key: str) -> AppealFinding | None:
    if outcome is None or outcome == AppealOutcome.DISMISSED:
        return None if outcome is None else AppealFinding.STANDS
    findings = {one: say(code_words(one)) for one in AppealFinding if one != AppealFinding.STANDS}
    return st.selectbox(
        _("What did you find?"), list(findings), index=None, format_func=findings.__getitem__, key=f"finding-{key}"
    )


def _ask_reason(case: AppealCase, outcome: AppealOutcome | None, key: str) -> str | None:
    """Return the reason that holds from now on, empty where none is asked for; None while none is chosen."""
    if case.appeal.about != AppealAbout.REVOCATION or outcome != AppealOutcome.CHANGED:
        return ""
    before = case.evidence.revocation.reason if case.evidence.revocation else ""
    reasons = {one.value: say(code_words(one)) for one in RevokeReason if one.value != before}
    label = _("For which reason does it stay revoked?")
    return st.selectbox(label, list(reasons), index=None, format_func=reasons.__getitem__, key=f"reason-{key}")


def _decide(context: Context, case: AppealCase, outcome: AppealOutcome, finding: AppealFinding, reason: str) -> None:
    done = try_action(
        lambda: decide_appeal(
            context.store,
            context.actor,
            case.appeal.fact_id,
            outcome,
            finding,
            reason=reason,
            now=context.now(),
        )
    )
    if done is not None:
        say_after_rerun(_("Decided. {effect}").format(effect=effect_words(case.appeal.about)[outcome.value]))
        go_to(context, URL)


VIEW = View(
    frozenset({Office.TRAINING_LEAD, Office.SAFEGUARDING_LEAD, Office.SAFEGUARDING_DEPUTY, Office.MANAGER}),
    N_("Appeals to decide"),
    URL,
    render,
    ":material/balance:",
    rank=45,
)
