"""Item analysis: how each item of a quiz did, and the quiz as a whole."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from analytics.statistics.covariances import PairSums, pair_covariances
from analytics.statistics.findings import Finding, find_in_item
from analytics.statistics.forms import FormStatistics, form_statistics
from analytics.statistics.items import ItemDesign, ItemStatistics, item_statistics, random_guess_score
from analytics.statistics.thresholds import ITEMS, ItemThresholds
from assessments.item_sums import FormSums
from curriculum.ids import BlueprintId, ProgrammeId
from curriculum.items import Item, SingleItem, TrueFalseItem
from people.models import Actor, PersonId
from people.rights import Record, Right, require_anywhere
from store.item_counts import ResponseCounts
from store.item_files import count_file
from store.item_records import count_recorded
from store.ledger import Store

MOST_ITEMS_IN_PAIRS: Final = 500
"""With more items, pairs are not looked at: a table of them would outgrow the marks."""

_MARKS_AT_ONCE: Final = 4_000_000


@dataclass(frozen=True, slots=True)
class ItemReport:
    """An item with what was found."""

    statistics: ItemStatistics
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class FormReport:
    """A form with its items, in their order.

    `unused` are columns of the file that nothing was made of; `lost` versions of the programme whose questions the
    store does not hold, so that the answers to them are left out.
    """

    form: FormStatistics
    items: tuple[ItemReport, ...]
    unused: tuple[str, ...] = ()
    lost: tuple[int, ...] = ()


def analyse_file(path: Path, thresholds: ItemThresholds = ITEMS) -> FormReport:
    """Return the item analysis of a file of responses.

    Raises:
        FileMissingError: There is no such file.
        CsvProblemsError: It cannot be used; each problem has its line.
    """
    with count_file(path) as (table, counts):
        sums = counts.form_sums()
        return analyse(sums, _pairs(counts, sums, thresholds), thresholds=thresholds, unused=table.unused)


def analyse_quiz(
    store: Store,
    actor: Actor,
    programme_id: ProgrammeId,
    blueprint_id: BlueprintId,
    thresholds: ItemThresholds = ITEMS,
) -> FormReport:
    """Return the item analysis of a quiz, of all first attempts that counted, in all hubs.

    Args:
        store: Where the facts are.
        actor: Who asks: somebody who may write the programme, whose questions these are. No person can be told apart.
        programme_id: The programme.
        blueprint_id: Its quiz.
        thresholds: What each sample size bears.

    Raises:
        NotAllowedError: The actor may not write programmes.
    """
    require_anywhere(actor, Right.DRAFT, Record.PROGRAMME)
    return analyse_recorded(store, programme_id, blueprint_id, thresholds=thresholds)


def analyse_recorded(
    store: Store,
    programme_id: ProgrammeId,
    blueprint_id: BlueprintId,
    *,
    among: Collection[PersonId] | None = None,
    thresholds: ItemThresholds = ITEMS,
) -> FormReport:
    """Return the same; `among` leaves all but these people out. That it may be seen was checked before."""
    with count_recorded(store, programme_id, blueprint_id, among) as recorded:
        sums = recorded.counts.form_sums()
        designs = {name: _design(item) for name, item in recorded.items.items()}
        pairs = _pairs(recorded.counts, sums, thresholds)
        return replace(analyse(sums, pairs, designs=designs, thresholds=thresholds), lost=recorded.lost)


def _design(item: Item) -> ItemDesign:
    """Return the options as responses hold them, and the chance of a guess, where one option is chosen of several."""
    if not isinstance(item, SingleItem | TrueFalseItem):
        return ItemDesign()
    fractions = [float(option.correct) for option in item.options]
    return ItemDesign(tuple(map(str, range(len(item.options)))), random_guess_score(fractions))


def analyse(
    sums: FormSums,
    pairs: PairSums | None = None,
    *,
    designs: Mapping[str, ItemDesign] | None = None,
    thresholds: ItemThresholds = ITEMS,
    unused: tuple[str, ...] = (),
) -> FormReport:
    """Return the item analysis of what was counted; `designs` is what the programme says of the items."""
    form = form_statistics(sums, pairs, thresholds)
    items = item_statistics(
        sums.items,
        sums.options,
        total_variance=form.totals.variance,
        is_fixed=sums.is_fixed,
        designs=designs,
        thresholds=thresholds,
    )
    return FormReport(form, tuple(ItemReport(item, tuple(find_in_item(item, thresholds))) for item in items), unused)


def _pairs(counts: ResponseCounts, sums: FormSums, thresholds: ItemThresholds) -> PairSums | None:
    """Return the covariances of pairs where a figure needs them: in forms that differ, and for omega."""
    n_items = len(sums.items)
    is_needed = not sums.is_fixed or (sums.n_people >= thresholds.omega and n_items >= thresholds.omega_items)
    if not is_needed or n_items > MOST_ITEMS_IN_PAIRS:
        return None
    return pair_covariances(counts.marks(_MARKS_AT_ONCE // n_items), n_items)
