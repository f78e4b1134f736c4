"""*Quality*, the raters: how alike they see, who stands out, who rates with whom next, and what their forms cost."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import streamlit as st

from analytics.figures import number_text
from analytics.rater_analysis import PairAgreement
from analytics.raters import RaterBoard, see_raters
from analytics.raters.board import RaterFigures
from analytics.raters.burden import FormBurden
from analytics.raters.pairing import Proposal, Why
from analytics.statistics.estimates import Estimate
from analytics.statistics.rater_needs import RaterNeed
from analytics.statistics.thresholds import FORMS, RATERS, Bearing
from curriculum.ids import ChecklistId
from curriculum.models import Programme
from people.models import HubId, PersonId
from people.rights import Record, Right
from web.components import card, day_text, empty_state, plain, small_note, view_link
from web.context import Context
from web.estimates import estimate_text, share_text
from web.memory import recall
from web.rater_words import drift_words, gold_words, is_standing_out, severity_words
from web.tables import draw_csv, small_table, table_behind
from web.texts import _, ngettext
from web.views.manager.hubs import choose, list_hubs

RATERS_LOOK: Final = "raters"
_FIRST: Final = ("exact_agreement", "adjacent_agreement", "gwet_ac1")
_SHARES: Final = frozenset({"exact_agreement", "adjacent_agreement"})


def draw_raters(context: Context, programme: Programme) -> None:
    """Draw what the reader may see of the raters of a hub."""
    hubs = list_hubs(context, Right.SEE, Record.RATER) | list_hubs(context, Right.SEE_AGGREGATE, Record.RATER)
    if not hubs:
        empty_state(_("There is no hub here yet"), _("Open one under Hubs."))
        return
    hub_id = HubId(choose(_("Hub"), hubs, "hub"))
    board = recall(
        context,
        "raters",
        (programme.head.id, programme.head.version, hub_id),
        lambda: see_raters(context.store, context.actor, programme, hub_id),
    )
    small_note(_whom(board, hubs[hub_id], programme))
    if not board.n_performances:
        empty_state(
            _("No trainer has submitted a form yet"), _("Once two rate one session, their agreement stands here.")
        )
        return
    _draw_share(context, board)
    _draw_proposals(board)
    _draw_agreement(board)
    _draw_one_by_one(board)
    _draw_need(board.need)
    _draw_burdens(board, programme)


def _whom(board: RaterBoard, hub: str, programme: Programme) -> str:
    n = board.n_performances
    parts = [
        ngettext("{n} session rated", "{n} sessions rated", n).format(n=n),
        hub,
        _("{first} to {last}").format(first=day_text(board.first_day), last=day_text(board.last_day)),
        f"{programme.head.title} {programme.head.version}",
    ]
    return " · ".join(parts)


# ---------------------------------------------------------------- rated by two, and who next


def _draw_share(context: Context, board: RaterBoard) -> None:
    st.subheader(_("Rated by two"), anchor=False)
    with card("double"):
        words = _("{k} of {n} sessions, {share}").format(
            k=board.n_double, n=board.n_performances, share=share_text(board.share)
        )
        st.markdown(f"**{plain(words)}**")
        target = number_text(100 * board.target, 0)
        if board.n_more:
            words = ngettext(
                "The aim is {target} in 100. It is reached when two rate the next session.",
                "The aim is {target} in 100. It is reached when two rate each of the next {n} sessions.",
                board.n_more,
            )
        else:
            words = _("The aim of {target} in 100 is reached.")
        st.markdown(plain(words.format(target=target, n=board.n_more)))
        small_note(_("Two trainers give their forms the same code. Each is blind to the other's until both are in."))
        if board.has_names:
            view_link(context, "two-views", _("Two views that differ"), icon=":material/compare_arrows:")


def _draw_proposals(board: RaterBoard) -> None:
    if not board.has_names:
        return
    st.subheader(_("Who should rate with whom next"), anchor=False)
    if not board.proposals:
        st.markdown(f":gray[{_('Nothing has to be arranged: all are linked, and the aim is reached.')}]")
    for one in board.proposals:
        with card(f"next-{one.one}-{one.other}"):
            names = _("{one} and {other}").format(one=board.names[one.one], other=board.names[one.other])
            st.markdown(f"**{plain(names)}**")
            small_note(" ".join(_proposal_words(one)))


def _proposal_words(one: Proposal) -> Iterator[str]:
    match one.why:
        case Why.LINKS:
            yield _("Nothing links them yet, so nobody can say which of them is more lenient.")
        case Why.NEVER:
            yield _("They have rated nothing together yet.")
        case Why.FEWEST:
            n = one.n_together
            words = ngettext(
                "They rated {n} session together, fewer than others.", "They rated {n} sessions together.", n
            )
            yield words.format(n=n)
    if one.n_shared:
        n = one.n_shared
        yield ngettext("Both train {n} person.", "Both train {n} people.", n).format(n=n)
    else:
        yield _("They train nobody in common: the manager gives somebody to both first.")


# ---------------------------------------------------------------- agreement


def _titles() -> dict[str, str]:
    return {
        "exact_agreement": _("The same level"),
        "adjacent_agreement": _("At most one level apart"),
        "gwet_ac1": _("AC1, beyond chance"),
        "gwet_ac2_quadratic": _("AC2, quadratic weights"),
        "cohen_kappa": _("Cohen's kappa"),
        "cohen_kappa_quadratic": _("Weighted kappa, quadratic"),
        "fleiss_kappa": _("Fleiss' kappa"),
        "krippendorff_alpha_ordinal": _("Krippendorff's alpha, ordinal"),
        "icc_1_1": _("ICC(1,1), one rater"),
        "icc_2_1": _("ICC(2,1), one rater"),
        "icc_3_1": _("ICC(3,1), one rater"),
        "icc_1_k": _("ICC(1,k), mean of raters"),
        "icc_2_k": _("ICC(2,k), mean of raters"),
        "icc_3_k": _("ICC(3,k), mean of raters"),
    }


def _figure(name: str, estimate: Estimate) -> str:
    return share_text(estimate) if name in _SHARES else estimate_text(estimate, 2)


def _draw_agreement(board: RaterBoard) -> None:
    st.subheader(_("How alike they see"), anchor=False)
    titles = _titles()
    n = board.n_trainees
    if board.bearing is Bearing.COUNTS:
        words = ngettext(
            "Two rated {n} person. Figures are shown from {need} people on; until then, how often which levels met.",
            "Two rated {n} people. Figures are shown from {need} people on; until then, how often which levels met.",
            n,
        )
        st.markdown(plain(words.format(n=n, need=RATERS.coefficients)))
        _draw_counts(board)
        return
    with card("agreement"):
        for name in _FIRST:
            st.markdown(f"**{titles[name]}**: {plain(_figure(name, board.coefficients[name]))}")
        n_lines = board.coefficients["exact_agreement"].n
        words = ngettext("{lines} lines of {n} person.", "{lines} lines of {n} people.", n).format(lines=n_lines, n=n)
        if board.bearing is Bearing.PROVISIONAL:
            words += " " + _("Provisional: fewer than {n} people.").format(n=RATERS.firm)
        small_note(words)
        small_note(_("Kappa falls when nearly all lines have one level. AC1 does not: read the two side by side."))
    _draw_counts(board)
    rows = [
        {_("Figure"): titles[name], _("Value, 95 % interval"): _figure(name, one), _("n"): str(one.n)}
        for name, one in board.coefficients.items()
    ]
    table_behind(rows, "agreement")


def _draw_counts(board: RaterBoard) -> None:
    if not board.counts.sum():
        return
    with st.expander(_("How often which levels met"), key="met"):
        rows = [
            {_("Level"): level}
            | {f"{_('beside')} {other}": str(board.counts[i, j]) for j, other in enumerate(board.levels)}
            for i, level in enumerate(board.levels)
        ]
        small_table(rows, "", alt=_("How often two raters of one line gave which levels"))


# ---------------------------------------------------------------- one by one


def _draw_one_by_one(board: RaterBoard) -> None:
    if not board.has_names:
        small_note(_("Who is lenient or strict is shown to the training lead alone."))
        return
    st.subheader(_("One by one"), anchor=False)
    if board.n_groups > 1:
        words = _(
            "The raters form {n} groups that rated nothing together. Between groups, nobody can be called lenient or "
            "strict: the difference may be the people they watched."
        )
        st.info(plain(words.format(n=board.n_groups)), icon=":material/link_off:")
    if sum(1 for one in board.raters if one.severity is not None) == 2:
        small_note(_("Only two share sessions: which of them is nearer to what is right, nobody can say."))
    for one in sorted(board.raters, key=lambda one: not is_standing_out(one.severity, one.drift, one.gold)):
        _draw_rater(one)
    small_note(_("Each sees their own figures first, under Calibrate. They are for talking about, not for a ranking."))
    draw_csv([_rater_row(one) for one in board.raters], "raters")
    table_behind([_pair_row(board, one) for one in board.pairs], "two-by-two")


def _draw_rater(one: RaterFigures) -> None:
    with card(f"rater-{one.person_id}"):
        badge = f" :orange-badge[{_('to talk about')}]" if is_standing_out(one.severity, one.drift, one.gold) else ""
        n = one.n_forms
        forms = ngettext("{n} form", "{n} forms", n).format(n=n)
        st.markdown(f"**{plain(one.name)}**{badge}  \n:gray[{forms}]")
        for label, words in _rater_words(one):
            st.markdown(f"**{label}**: {plain(words)}")


def _rater_words(one: RaterFigures) -> Iterator[tuple[str, str]]:
    yield _("Beside the others"), severity_words(one.severity)
    if one.drift is not None:
        yield _("Over time"), drift_words(one.drift)
    if one.gold is not None:
        yield _("Beside the panel"), gold_words(one.gold)


def _pair_row(board: RaterBoard, pair: PairAgreement) -> dict[str, str]:
    one, other = (board.names[PersonId(int(rater))] for rater in (pair.one, pair.other))
    return {
        _("Two raters"): _("{one} and {other}").format(one=one, other=other),
        _("Lines"): str(pair.n),
        _("The same level"): share_text(replace(pair.exact, interval=None)),
        _("Weighted kappa"): estimate_text(pair.weighted, 2),
    }


def _rater_row(one: RaterFigures) -> dict[str, str]:
    severity, drift, gold = one.severity, one.drift, one.gold
    return {
        _("Rater"): one.name,
        _("Forms"): str(one.n_forms),
        _("Shared"): str(severity.n if severity else 0),
        _("Levels above the others"): estimate_text(severity.severity, 2) if severity else "–",
        _("Levels a month"): estimate_text(drift.drift, 3) if drift else "–",
        _("Levels since the first round"): estimate_text(gold.change, 2) if gold else "–",
    }


# ---------------------------------------------------------------- what would be enough, and what forms cost


def _draw_need(need: RaterNeed | None) -> None:
    st.subheader(_("What would be enough"), anchor=False)
    if need is None:
        st.markdown(f":gray[{_('Not known yet: too few sessions were rated by two.')}]")
        return
    with card("enough"):
        fewest, most = (_end(end) for end in (need.fewest, need.most))
        least, largest = (_end(end) for end in need.more_observations)
        words = _("For a reliability of {target}, each session needs {fewest} to {most} raters.")
        st.markdown(plain(words.format(target=number_text(need.target, 2), fewest=fewest, most=most)))
        words = _("For the sessions rated by two so far that is {least} to {largest} more forms.")
        st.markdown(plain(words.format(least=least, largest=largest)))
        small_note(_("Several sessions, each rated by somebody else, do the same as several raters of one."))


def _end(n: int | None) -> str:
    return _("not yet known") if n is None else str(n)


def _draw_burdens(board: RaterBoard, programme: Programme) -> None:
    st.subheader(_("Forms that cost more than they inform"), anchor=False)
    costly = [one for one in board.burdens if one.is_costly]
    if not costly:
        st.markdown(f":gray[{_('No form stands out.')}]")
    for one in costly:
        with card(f"costly-{one.checklist_id}"):
            st.markdown(f"**{plain(_checklist(programme, one))}**")
            words = _("{n} forms, half of them took {minutes} minutes or longer; {same} of {lines} lines hardly vary.")
            minutes = number_text(one.median_minutes, 0)
            st.markdown(plain(words.format(n=one.n, minutes=minutes, same=one.n_same, lines=one.n_lines)))
    small_note(
        _(
            "A form is named from {forms} forms on when the middle one takes {minutes} minutes or longer, and {lines} "
            "in 100 of its lines have the same level {same} times in 100. Time runs from opening to submitting."
        ).format(forms=FORMS.forms, minutes=FORMS.minutes, lines=FORMS.lines_pct, same=FORMS.same_pct)
    )
    table_behind(
        [
            {
                _("Checklist"): one.checklist_id,
                _("Forms"): str(one.n),
                _("Minutes"): number_text(one.median_minutes, 0),
                _("Lines that hardly vary"): _("{k} of {n}").format(k=one.n_same, n=one.n_lines),
            }
            for one in board.burdens
        ],
        "forms",
    )


def _checklist(programme: Programme, one: FormBurden) -> str:
    found = programme.checklist_by_id.get(ChecklistId(one.checklist_id))
    return f"{one.checklist_id} · {found.title}" if found else one.checklist_id
