"""What is counted of the responses to items: all that their statistics need, without a single person in it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ItemSums:
    """One item. Marks and rests (a person's total without this mark) in raw marks; variances over n - 1.

    Attributes:
        item: Its id.
        max_mark: The full mark.
        n: How many people have a mark.
        n_full: How many have the full mark.
        n_zero: How many have no mark.
        mean: Of the marks.
        mean_rest: Of the rests.
        mark_variance: None for one person alone; so are the following.
        rest_variance: Of the rests.
        covariance: Of mark and rest.
        largest_covariance: What it would be if marks and rests were each put in rising order.
    """

    item: str
    max_mark: float
    n: int
    n_full: int
    n_zero: int
    mean: float
    mean_rest: float
    mark_variance: float | None
    rest_variance: float | None
    covariance: float | None
    largest_covariance: float | None


@dataclass(frozen=True, slots=True)
class OptionSums:
    """One response to one item.

    Attributes:
        item: The item's id.
        response: What was given; empty when nothing was.
        is_key: Whether it is the right answer: what the key says, or, without a key, what always got the full mark.
        n: How many gave it.
        n_full: How many of them got the full mark.
        mean_rest: The mean rest of those who gave it.
        rest_variance: Of those rests; None for one person alone.
        n_low: How many of them stand in the lowest third by rest; ties stay together.
        n_middle: In the middle third.
        n_high: In the highest third.
    """

    item: str
    response: str
    is_key: bool
    n: int
    n_full: int
    mean_rest: float
    rest_variance: float | None
    n_low: int
    n_middle: int
    n_high: int


@dataclass(frozen=True, slots=True)
class TotalCount:
    """How many people reached one total."""

    total: float
    n: int


@dataclass(frozen=True, slots=True)
class FormSums:
    """A form as people answered it.

    Attributes:
        items: In their order.
        options: By item, then by response; empty when no responses were kept.
        totals: Rising.
        n_people: How many people have marks.
        n_incomplete: How many of them do not have a mark for every item.
    """

    items: tuple[ItemSums, ...]
    options: tuple[OptionSums, ...]
    totals: tuple[TotalCount, ...]
    n_people: int
    n_incomplete: int

    @property
    def is_fixed(self) -> bool:
        """Return whether everybody answered the same items."""
        return self.n_incomplete == 0
