"""The raters of a hub: how alike they see, who stands out, who rates with whom next, and what their forms cost."""

from analytics.raters.board import OwnFigures, RaterBoard, see_own_figures, see_raters

__all__ = ["OwnFigures", "RaterBoard", "see_own_figures", "see_raters"]
