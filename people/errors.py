"""Broken rules about people and rights. Each class composes its own sentence."""

from curriculum.errors import PlatformError


class NotAllowedError(PlatformError):
    """The acting person has no right to do this."""

    def __init__(self, what: str) -> None:
        """Keep `what`, the refused action in plain words."""
        self.what = what
        super().__init__(f"You may not do this: {what}. Ask your hub's programme manager if you think you should.")
