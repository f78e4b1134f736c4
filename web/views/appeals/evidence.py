"""What an appeal is about, drawn with all that was recorded on it."""

import streamlit as st

from analytics.own_record.codes import code_words, reason_words
from assessments.facts import AppealAbout, Attempt
from assessments.service.appeals import AppealCase, Evidence
from people.models import PersonId
from web.components import card, count_of, day_text, plain
from web.context import Context
from web.observed import draw_observed, head_of, observed_title
from web.sentences import say
from web.tables import small_table
from web.texts import _
from web.wording import entrustment_words


def title_of(evidence: Evidence, about: AppealAbout) -> str:
    """Return what an appeal is about, in a few plain words."""
    match about:
        case AppealAbout.RATING | AppealAbout.HOLD if evidence.form is not None:
            words = _("Rating: {what}") if about == AppealAbout.RATING else _("Hold after: {what}")
            return words.format(what=observed_title(evidence.form))
        case AppealAbout.LOCK_OUT if evidence.attempts:
            return _("Locked quiz: {title}").format(title=_quiz_title(evidence, evidence.attempts[-1]))
        case _:
            return say(code_words(about)).capitalize()


def _quiz_title(evidence: Evidence, attempt: Attempt) -> str:
    blueprint = evidence.programme.blueprint_by_id.get(attempt.blueprint_id)
    return evidence.programme.quiz_title(blueprint) if blueprint else attempt.blueprint_id


def draw_evidence(context: Context, evidence: Evidence) -> None:
    """Draw what was recorded, down to each line, behaviour, mark or decision."""
    with card("evidence"):
        st.markdown(f"**{_('What is recorded')}**")
        if evidence.observation is not None and evidence.form is not None:
            for hold in evidence.holds:
                behaviour = evidence.programme.behaviour_by_id.get(hold.behaviour_id)
                text = behaviour.text if behaviour else hold.behaviour_id
                st.markdown(f":red[:material/report: {plain(text)}]")
            draw_observed(evidence.form, head_of(context, evidence.observation))
        if evidence.sign_off is not None and evidence.revocation is not None:
            _draw_revocation(context, evidence)
        if evidence.attempts:
            _draw_attempts(context, evidence)


def _draw_revocation(context: Context, evidence: Evidence) -> None:
    signed, revoked = evidence.sign_off, evidence.revocation
    if signed is None or revoked is None:
        return
    day, who = day_text(context.store.day_of(signed.occurred_at)), context.store.name_of(signed.actor_id)
    st.markdown(plain(_("Signed on {day} by {name}").format(day=day, name=who)))
    titles = {activity.id: activity.title for activity in evidence.programme.head.activities}
    for level in signed.levels:
        st.markdown(f"- {plain(titles.get(level.activity_id, ''))}: **{entrustment_words(level.level)}**")
    day, who = day_text(context.store.day_of(revoked.occurred_at)), context.store.name_of(revoked.actor_id)
    reason = reason_words(revoked.reason)
    words = _("Revoked on {day} by {name}: {why}").format(day=day, name=who, why=say(reason) if reason else "")
    st.markdown(f":red[{plain(words)}]")


def _draw_attempts(context: Context, evidence: Evidence) -> None:
    has_key_items = any(attempt.critical_total for attempt in evidence.attempts)
    rows = [
        {
            _("Day"): day_text(context.store.day_of(attempt.occurred_at)),
            _("Points"): count_of(attempt.score, attempt.max_score),
        }
        | ({_("Key questions missed"): _missed(attempt)} if has_key_items else {})
        for attempt in evidence.attempts
    ]
    small_table(rows, "", alt=_("The attempts"))


def _missed(attempt: Attempt) -> str:
    return count_of(attempt.critical_missed, attempt.critical_total)


def names_of(context: Context, person_ids: tuple[PersonId, ...]) -> str:
    """Return names in a row, such as "Ruth Bell, Omar Haddad"; plain text."""
    return ", ".join(context.store.name_of(person_id) for person_id in person_ids)


def draw_decided(context: Context, case: AppealCase) -> None:
    """Draw what came of an appeal."""
    decided = case.decided
    if decided is None:
        return
    day, who = day_text(context.store.day_of(decided.occurred_at)), context.store.name_of(decided.actor_id)
    words = _("Decided on {day} by {name}: {outcome}. {finding}.").format(
        day=day, name=who, outcome=say(code_words(decided.outcome)), finding=say(code_words(decided.finding))
    )
    st.markdown(f":material/gavel: {plain(words)}")
    st.markdown(plain(effect_words(case.appeal.about)[decided.outcome.value]))


def effect_words(about: AppealAbout) -> dict[str, str]:
    """Return what follows from each outcome, as a sentence."""
    match about:
        case AppealAbout.RATING:
            return {
                "upheld": _("The rating is withdrawn, as if it had not been given."),
                "changed": _("The rating stays on record, and counts no more from now on."),
                "dismissed": _("The rating stands."),
            }
        case AppealAbout.HOLD:
            return {
                "upheld": _("The hold and the rating are withdrawn, as if they had not been."),
                "changed": _("Practice goes on from now on. What was seen stays on record."),
                "dismissed": _("The hold stands."),
            }
        case AppealAbout.REVOCATION:
            return {
                "upheld": _("The sign-off holds again from now on."),
                "changed": _("The sign-off stays revoked, for another reason."),
                "dismissed": _("The sign-off stays revoked."),
            }
        case AppealAbout.LOCK_OUT:
            return {
                "upheld": _("The last attempt is withdrawn, and one more can be taken."),
                "changed": _("The attempts stay, and there are new ones."),
                "dismissed": _("The quiz stays locked. The trainer can still open it."),
            }
