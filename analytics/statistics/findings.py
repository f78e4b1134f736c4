"""Why somebody should look at an item: flags with the sentence that says what was found."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from analytics.statistics.items import ItemStatistics
from analytics.statistics.options import OptionStatistics
from analytics.statistics.thresholds import ITEMS, Bearing, ItemThresholds
from curriculum.phrases import N_, Phrase, ngettext


class Flag(StrEnum):
    """What was found."""

    KEY_DISPUTED = "key_disputed"
    BETTER_THAN_KEY = "better_than_key"
    NEGATIVE = "negative"
    WEAK = "weak"
    HARD = "hard"
    EASY = "easy"
    NEVER_CHOSEN = "never_chosen"


@dataclass(frozen=True, slots=True)
class Finding:
    """A flag with its sentence."""

    flag: Flag
    words: Phrase


def find_in_item(item: ItemStatistics, thresholds: ItemThresholds = ITEMS) -> list[Finding]:
    """Return what was found, the most pressing first.

    That marks and key disagree is told at any n; a mark whose answer is not known disagrees with nothing. All else
    waits until enough people have answered. An item that nearly everybody gets right is what a mastery quiz is made of;
    it is flagged as one that tells little, not as a bad one.
    """
    found = list(_disputes(item))
    if item.bearing is Bearing.FIRM:
        found += [*_better_than_key(item, thresholds), *_discrimination(item, thresholds)]
        found += [*_facility(item, thresholds), *_never_chosen(item, thresholds)]
    return found


def _disputes(item: ItemStatistics) -> Iterator[Finding]:
    if any(option.is_key for option in item.options):
        known = [option for option in item.options if option.response]
        n = sum(option.n - option.n_full if option.is_key else option.n_full for option in known)
        if n:
            words = ngettext(
                "{n} mark does not fit the key: look whether the key was changed.",
                "{n} marks do not fit the key: look whether the key was changed.",
                n,
            )
            yield Finding(Flag.KEY_DISPUTED, words)


def _better_than_key(item: ItemStatistics, thresholds: ItemThresholds) -> Iterator[Finding]:
    for option in item.options:
        if _beats_key(option, thresholds):
            words = N_(
                "Those who chose {option} did better on the other questions than those who chose the key. "
                "The key may be wrong.",
                option=option.response,
            )
            yield Finding(Flag.BETTER_THAN_KEY, words)


def _beats_key(option: OptionStatistics, thresholds: ItemThresholds) -> bool:
    return (
        option.response != ""
        and option.n >= thresholds.option
        and option.gap.value is not None
        and option.gap.value > 0
    )


def _discrimination(item: ItemStatistics, thresholds: ItemThresholds) -> Iterator[Finding]:
    index = item.discrimination_index
    if index.value is not None and index.value < 0:
        yield Finding(Flag.NEGATIVE, N_("Those who got it right did worse on the other questions."))
    elif index.interval is not None and (index.interval.high or 0) < 100 * thresholds.weak:
        yield Finding(Flag.WEAK, N_("It hardly goes together with the other questions."))


def _facility(item: ItemStatistics, thresholds: ItemThresholds) -> Iterator[Finding]:
    facility = item.facility.value
    if facility is not None and facility < thresholds.hard:
        yield Finding(Flag.HARD, N_("Few get it right: look at its wording and at the passage it rests on."))
    if facility is not None and facility > thresholds.easy:
        yield Finding(Flag.EASY, N_("Nearly everybody gets it right: it tells little about who knows more."))


def _never_chosen(item: ItemStatistics, thresholds: ItemThresholds) -> Iterator[Finding]:
    if sum(option.n for option in item.options if option.response) < thresholds.flags:
        return
    for option in item.options:
        if option.n == 0:
            words = N_("Nobody chose {option}: it does not work as a wrong answer.", option=option.response)
            yield Finding(Flag.NEVER_CHOSEN, words)
