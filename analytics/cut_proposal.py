"""What a round of judges proposes: a cut with its standard error, and how far the judges lie apart on each item."""

from dataclasses import dataclass
from math import ceil

from analytics.statistics.standard_setting import AngoffRound, angoff_round
from assessments.service.cuts import CutRoundNow
from curriculum.ids import ItemId


@dataclass(frozen=True, slots=True)
class ItemSpread:
    """What the judges said of one item, in people of 100."""

    item_id: ItemId
    lowest: int
    mean: float
    highest: int


@dataclass(frozen=True, slots=True)
class CutProposal:
    """What came of a closed round.

    Attributes:
        angoff: The figures in points of all items of the pool.
        n_items: How many items were judged.
        pass_pct: The cut that the judges propose, in per cent of the points, rounded up.
        points: The points that pass a form of the quiz.
        of_points: Out of so many.
        se_pct: The standard error in per cent of the points; None for one judge.
        low_pct: The lower end of the interval in per cent; None for one judge.
        high_pct: The upper end.
        items: By item, those first on which the judges lie farthest apart.
    """

    angoff: AngoffRound
    n_items: int
    pass_pct: int
    points: int
    of_points: int
    se_pct: float | None
    low_pct: float | None
    high_pct: float | None
    items: tuple[ItemSpread, ...]


def propose_cut(round_now: CutRoundNow, draw: int) -> CutProposal | None:
    """Return what a closed round proposes for forms of `draw` items; None when nobody judged every item.

    Source:
        Angoff (1971); see `analytics.statistics.standard_setting`.
    """
    if not round_now.judged:
        return None
    found = angoff_round([[pct / 100 for pct in pcts] for pcts in round_now.judged])
    n_items = len(round_now.opened.item_ids)
    interval = found.cut.interval
    pass_pct = min(100, ceil(round(100 * found.share, 6)))
    return CutProposal(
        angoff=found,
        n_items=n_items,
        pass_pct=pass_pct,
        points=ceil(draw * pass_pct / 100),
        of_points=draw,
        se_pct=None if found.cut.se is None else 100 * found.cut.se / n_items,
        low_pct=_share_of(interval.low if interval else None, n_items),
        high_pct=_share_of(interval.high if interval else None, n_items),
        items=tuple(sorted(spread_of(round_now), key=lambda one: one.lowest - one.highest)),
    )


def _share_of(points: float | None, n_items: int) -> float | None:
    return None if points is None else min(100.0, max(0.0, 100 * points / n_items))


def spread_of(round_now: CutRoundNow) -> list[ItemSpread]:
    """Return what the judges of a closed round said of each item, in the round's order."""
    if not round_now.judged:
        return []
    by_item = zip(*round_now.judged, strict=True)
    return [
        ItemSpread(item_id, min(pcts), sum(pcts) / len(pcts), max(pcts))
        for item_id, pcts in zip(round_now.opened.item_ids, by_item, strict=True)
    ]
