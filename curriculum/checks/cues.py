"""Nobody passes by the look of the options: length and position do not give the key away."""

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from curriculum.draft import Draft
from curriculum.errors import Problem
from curriculum.items import Item, Pool, SingleItem
from curriculum.places import Kind, Place

MIN_ITEMS = 8
LENGTH_MARGIN = Fraction(10, 100)
"""How much above chance the score may be of someone who always picks the longest option."""
POSITION_MARGIN = Fraction(20, 100)
"""How much above an even share the keys in one position may be."""
MIN_SCENARIO_SHARE = Fraction(60, 100)


def pools_of(draft: Draft) -> Iterator[tuple[Place, list[Item]]]:
    """Yield the counting items of each module that has enough of them to judge by."""
    for module in draft.modules:
        pool = [item for item in draft.items_of(module.id) if item.pool is Pool.COUNTING]
        if len(pool) >= MIN_ITEMS and Kind.ITEM not in draft.incomplete:
            yield draft.place(Kind.ITEM, pool[0].id).inside(f"items of module `{module.id}`", ()), pool


def check_longest_option(draft: Draft) -> Iterator[Problem]:
    """Yield a warning for each module whose key is the longest option too often."""
    for place, pool in pools_of(draft):
        items = [item for item in pool if isinstance(item, SingleItem) and len(item.options) > 1]
        if len(items) < MIN_ITEMS:
            continue
        score = sum(map(longest_option_score, items), Fraction()) / len(items)
        chance = sum((Fraction(1, len(item.options)) for item in items), Fraction()) / len(items)
        if score > chance + LENGTH_MARGIN:
            message = (
                f"whoever picks the longest option scores {_per_cent(score)} %; "
                f"expected at most {_per_cent(chance + LENGTH_MARGIN)} %"
            )
            yield place.warning(message, "Shorten right options or lengthen wrong ones.")


def longest_option_score(item: SingleItem) -> Fraction:
    """Return the chance, 0 to 1, of being right by picking a longest option."""
    lengths = [len(option.text) for option in item.options]
    longest = [option for option, length in zip(item.options, lengths, strict=True) if length == max(lengths)]
    return Fraction(sum(option.correct for option in longest), len(longest))


def check_position(draft: Draft) -> Iterator[Problem]:
    """Yield a warning for each module whose key stands in the same place too often."""
    for place, pool in pools_of(draft):
        singles = [item for item in pool if isinstance(item, SingleItem)]
        for n_options in sorted({len(item.options) for item in singles}):
            items = [item for item in singles if len(item.options) == n_options]
            if len(items) >= MIN_ITEMS:
                yield from _check_share(place, items, n_options)


def _check_share(place: Place, items: Sequence[SingleItem], n_options: int) -> Iterator[Problem]:
    keys = Counter(i for item in items for i, option in enumerate(item.options, 1) if option.correct)
    limit = Fraction(1, n_options) + POSITION_MARGIN
    for position, n in sorted(keys.items()):
        if Fraction(n, len(items)) > limit:
            share = _per_cent(Fraction(n, len(items)))
            found = f"the key is option {position} of {n_options} in {share} % of items"
            message = f"{found}; expected at most {_per_cent(limit)} %"
            yield place.warning(message, "Move the right options about.")


def check_scenario_share(draft: Draft) -> Iterator[Problem]:
    """Yield a warning for each module with too few situations among its items."""
    for place, pool in pools_of(draft):
        share = Fraction(sum(item.scenario for item in pool), len(pool))
        if share < MIN_SCENARIO_SHARE:
            message = f"{_per_cent(share)} % are situations; expected at least {_per_cent(MIN_SCENARIO_SHARE)} %"
            yield place.warning(message, "Ask what people would do, and mark it with `scenario: true`.")


def _per_cent(share: Fraction) -> int:
    return round(100 * share)
