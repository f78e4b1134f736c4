"""*Readiness*: who is ready, who is nearly ready, and what keeps people back."""

from web.views.manager.readiness.page import VIEW

__all__ = ["VIEW"]
