"""*Setting up*: from an empty store to a working hub, one short form at a time."""

from web.views.manager.setting_up.page import VIEW

__all__ = ["VIEW"]
