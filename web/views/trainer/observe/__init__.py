"""*Observe*: choose whom and what, tick what is seen, look it over, submit."""

from web.views.trainer.observe.beginning import VIEW

__all__ = ["VIEW"]
