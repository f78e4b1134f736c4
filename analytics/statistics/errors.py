"""Broken rules of the statistics: data of a shape that no figure can be computed of."""

from curriculum.errors import PlatformError


class StatisticsError(PlatformError):
    """The base of what can be wrong with the data given to a statistic."""


class CountError(StatisticsError):
    """A count is negative, or larger than what it is counted of."""

    def __init__(self, what: str, found: float, expected: str) -> None:
        """Keep what was counted and found."""
        self.what = what
        self.found = found
        super().__init__("{what} is {found:g}; expected {expected}.", what=what, found=found, expected=expected)


class RangeError(StatisticsError):
    """A number stands outside of where it can be."""

    def __init__(self, what: str, found: float, expected: str) -> None:
        """Keep the number's name and value."""
        self.what = what
        self.found = found
        super().__init__("{what} is {found:g}; expected {expected}.", what=what, found=found, expected=expected)


class ShapeError(StatisticsError):
    """Tables that belong together have different shapes."""

    def __init__(self, what: str, found: str, expected: str) -> None:
        """Keep what is of the wrong shape."""
        self.what = what
        super().__init__("{what}: found {found}; expected {expected}.", what=what, found=found, expected=expected)


class TwiceRatedError(StatisticsError):
    """A rater rated the same subject more than once."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        """Keep the subjects and raters."""
        self.pairs = pairs
        named = ", ".join(f"{subject} by {rater}" for subject, rater in pairs)
        super().__init__("Rated twice: {named}. Expected one rating of each subject by each rater.", named=named)


class UnknownLevelError(StatisticsError):
    """A rating is none of the levels of the scale."""

    def __init__(self, found: list[str], levels: list[str]) -> None:
        """Keep what was found."""
        self.found = found
        super().__init__(
            "Ratings that are no level of the scale: {listed}. Expected {listed2}.",
            listed=", ".join(found),
            listed2=", ".join(levels),
        )
