"""*Practice*: be watched, see what was seen, say how one sees it oneself, and note the leaders watched."""

from web.views.trainee.practice.page import VIEW

__all__ = ["VIEW"]
