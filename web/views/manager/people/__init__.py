"""*People*: who is in the hub, what they do, and how they get in."""

from web.views.manager.people.listing import VIEW

__all__ = ["VIEW"]
