"""Why there is no research export."""

from pathlib import Path

from curriculum.errors import PlatformError


class BadKeyError(PlatformError):
    """The key of the codes is none."""

    def __init__(self, path: Path, n_found: int, n_expected: int) -> None:
        """Keep the file and how long it is."""
        self.path = path
        super().__init__(
            "{path} holds {n_found} bytes; expected the {n_expected} of the key that makes codes of people. Put the "
            "hub's own key back from a backup. With a new one, codes differ from those of earlier exports.",
            path=path,
            n_found=n_found,
            n_expected=n_expected,
        )


class NobodyAgreedError(PlatformError):
    """Too few people agreed for any table."""

    def __init__(self, n_asked: int, n_agreed: int, min_cell: int) -> None:
        """Keep how many are enrolled and how many agreed."""
        self.n_asked = n_asked
        self.n_agreed = n_agreed
        super().__init__(
            "There is nothing to export: {n_agreed} of {n_asked} people agreed to research, and no cohort has "
            "{min_cell} who did. Trainees choose for themselves on the page Privacy.",
            n_agreed=n_agreed,
            n_asked=n_asked,
            min_cell=min_cell,
        )


class StoreMovesError(PlatformError):
    """Something was recorded whenever the tables were read."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "Something was recorded each time the tables were read, so that they do not fit together. Try again in a "
            "quiet minute."
        )
