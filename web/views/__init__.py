"""Every view of the app, in the order of the menu. A new page is added to the tuple of its folder."""

from typing import Final

from web.view import View
from web.views import appeals, everyone, manager, questions, safeguarding, support, trainee, trainer

__all__ = ["VIEWS", "View"]

VIEWS: Final[tuple[View, ...]] = (
    *trainee.VIEWS,
    *trainer.VIEWS,
    *questions.VIEWS,
    *support.VIEWS,
    *safeguarding.VIEWS,
    *appeals.VIEWS,
    *manager.VIEWS,
    *everyone.VIEWS,
)
