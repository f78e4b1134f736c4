"""What a rater's figures say, in words: to the rater themselves and to the training lead the same."""

from analytics.raters.rounds import GoldDrift
from analytics.statistics.severity import Leaning, RaterDrift, RaterSeverity
from analytics.statistics.thresholds import RATERS
from web.components import day_text
from web.estimates import because_text, estimate_text, share_text
from web.texts import _


def is_standing_out(severity: RaterSeverity | None, drift: RaterDrift | None, gold: GoldDrift | None) -> bool:
    """Return whether there is anything to talk about with the rater."""
    leans = severity is not None and _is_worth_a_talk(severity)
    return leans or (drift is not None and drift.is_drifting) or (gold is not None and gold.is_drifting)


def _is_worth_a_talk(severity: RaterSeverity) -> bool:
    value = severity.severity.value
    return severity.leaning is not None and value is not None and abs(value) >= RATERS.talk


def severity_words(severity: RaterSeverity | None) -> str:
    """Return whether somebody is more lenient than the others who rated the same sessions."""
    if severity is None:
        return _("nobody else has rated the same sessions")
    if severity.severity.value is None:
        return because_text(severity.severity)
    by = _("{n} levels, from {shared} shared sessions").format(n=estimate_text(severity.severity, 2), shared=severity.n)
    if severity.leaning is not None and not _is_worth_a_talk(severity):
        return _("a little different, too little to matter: {by}").format(by=by)
    match severity.leaning:
        case Leaning.LENIENT:
            return _("more lenient: {by}").format(by=by)
        case Leaning.SEVERE:
            return _("stricter: {by}").format(by=by)
        case None:
            return _("like the others, as far as can be told: {by}").format(by=by)


def drift_words(drift: RaterDrift) -> str:
    """Return whether somebody has become more lenient or stricter beside the others."""
    if drift.drift.value is None:
        return because_text(drift.drift)
    by = _("{n} levels a month").format(n=estimate_text(drift.drift, 2))
    if not drift.is_drifting:
        return _("no change that can be told: {by}").format(by=by)
    return (_("becoming more lenient: {by}") if drift.drift.value > 0 else _("becoming stricter: {by}")).format(by=by)


def gold_words(gold: GoldDrift) -> str:
    """Return how the newest round went, and whether the eye has moved since the first."""
    newest = gold.rounds[-1]
    round_ = _("{share} at the right level on {day}").format(share=share_text(newest.exact), day=day_text(newest.day))
    if gold.change.value is None:
        return round_
    by = _("{n} levels").format(n=estimate_text(gold.change, 2))
    if not gold.is_drifting:
        moved = _("no change since the first round that can be told: {by}").format(by=by)
    elif gold.change.value > 0:
        moved = _("more lenient than in the first round: {by}").format(by=by)
    else:
        moved = _("stricter than in the first round: {by}").format(by=by)
    return f"{round_}; {moved}"
