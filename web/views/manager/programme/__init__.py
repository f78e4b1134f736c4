"""*Programme*: what stands in the folder, what is published, and what is still missing before a hub can go live."""

from web.views.manager.programme.page import VIEW

__all__ = ["VIEW"]
