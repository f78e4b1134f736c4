"""How people come by supervision, as figures in words: the same on every page that shows them."""

from analytics.hub_effort import Effort
from analytics.supervision import Access
from web.components import count_of
from web.texts import _, ngettext

Figure = tuple[str, int | str, str]
"""A label, the figure, and what it is about."""


def access_figures(access: Access) -> list[Figure]:
    """Return the six figures of support, each with how many it is about."""
    return [held_figure(access), in_time_figure(access), gap_figure(access), *answer_figures(access)]


def held_figure(access: Access) -> Figure:
    """Return how many of the meetings offered were held."""
    return _("Held, of offered"), _part(access.n_held, access.n_offered), _unclosed_words(access)


def in_time_figure(access: Access) -> Figure:
    """Return how many of those who practise have not waited too long for supervision."""
    return _("In time today"), _part(access.n_in_time, access.n_owed), _("supervised, of those who practise")


def gap_figure(access: Access) -> Figure:
    """Return how many days lie between one supervision and the next."""
    return _("Days between"), _number(access.median_gap_days), _n_words(_("median of {n} gaps"), access.n_gaps)


def answer_figures(access: Access) -> list[Figure]:
    """Return how soon wishes to be contacted are answered: the median, nine of ten, and how many were late."""
    median = _n_words(_("until contacted; median of {n} answers"), access.n_answered)
    most = _n_words(_("until contacted; nine of ten, n = {n}"), access.n_answered)
    return [
        (_("Hours, median"), _number(access.median_hours), median),
        (_("Hours, 90 %"), _number(access.p90_hours), most),
        (_("Answered late"), _shown(access.n_past_limit), _limit_words(access)),
    ]


def prepared_figure(effort: Effort) -> Figure:
    """Return how many live sessions gone by had all that is critical ready."""
    shown = count_of(effort.n_prepared, effort.n_sessions) if effort.n_sessions else _("none")
    return _("Prepared"), shown, _("live sessions with all that must be there")


def load_figure(effort: Effort) -> Figure:
    """Return how much a trainer did in a week, on average over all of them."""
    words = ngettext(
        "forms and meetings a week; {n} trainer", "forms and meetings a week; {n} trainers", effort.n_trainers
    )
    return _("A trainer's load"), _number(effort.a_week), words.format(n=effort.n_trainers)


def effort_figures(effort: Effort) -> list[Figure]:
    """Return what the hub's trainers put in, all together, and how ready sessions were."""
    minutes = _n_words(_("to fill in; median of {n} forms"), effort.n_forms)
    read = _n_words(_("until the trainee read it; median of {n}"), effort.n_read)
    return [
        load_figure(effort),
        (_("Most, 7 days"), effort.most_in_a_week, _("forms and meetings of one trainer")),
        (_("Minutes a form"), _number(effort.median_minutes), minutes),
        (_("Hours to feedback"), _number(effort.median_hours_to_read), read),
        prepared_figure(effort),
    ]


def _unclosed_words(access: Access) -> str:
    if not access.n_unclosed:
        return _("meetings by appointment")
    n = access.n_unclosed
    return ngettext("{n} still open or to come", "{n} still open or to come", n).format(n=n)


def _limit_words(access: Access) -> str:
    words = _("the promise: {n} hours").format(n=access.limit_hours)
    return f"{words} · {_('{n} wait now').format(n=access.n_open)}" if access.n_open else words


def _n_words(words: str, n: int | None) -> str:
    return words.format(n=n) if n else _("none in this time")


def _part(n: int | None, of: int | None) -> str:
    if not of:
        return _("none") if of == 0 else _("too few")
    return _("too few") if n is None else count_of(n, of)


def _shown(n: int | None) -> int | str:
    return _("too few") if n is None else n


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}" if value >= 10 else f"{value:.1f}"
