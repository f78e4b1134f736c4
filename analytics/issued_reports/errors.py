"""Why no report can be issued."""

from curriculum.errors import PlatformError


class TooFewPeopleError(PlatformError):
    """So few people are enrolled that any number would be about single ones."""

    def __init__(self, n: int, min_cell: int) -> None:
        """Keep how many are enrolled, and how many it takes."""
        self.n = n
        self.min_cell = min_cell
        super().__init__(
            "{n} people are enrolled in this programme here; a report takes at least {min_cell}. Wait until more have "
            "joined.",
            n=n,
            min_cell=min_cell,
        )
