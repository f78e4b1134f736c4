"""The look that is code: the style sheet of the pages, text sizes, and the colour tokens of charts."""

from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

TOKENS: Final = (
    "plum",
    "teal",
    "marigold",
    "blue",
    "1",
    "2",
    "3",
    "4",
    "ink",
    "paper",
    "on-mid",
    "muted",
    "track",
)
"""Names for the theme's thirteen chart colours, in their order."""

SCALE: Final = {"domain": list(TOKENS), "range": "category"}
"""The one colour scale of every chart: the theme fills it, so a chart follows light and dark without a rerun."""


class TextSize(StrEnum):
    """How large a person wants text."""

    NORMAL = "normal"
    LARGE = "large"
    LARGEST = "largest"


TEXT_SIZE_COOKIE: Final = "practicum_text_size"
ROOT_PX: Final = {TextSize.NORMAL: 17, TextSize.LARGE: 21, TextSize.LARGEST: 25}
"""The root font size in pixels; everything is measured in rem."""


@cache
def page_icon() -> str:
    """Return the icon of the browser's tab, as SVG: Streamlit would fetch a named one from another site."""
    return Path(__file__).with_name("static").joinpath("icon.svg").read_text("utf-8")


@cache
def style_sheet() -> str:
    """Return look.css as a style element."""
    return f"<style>{Path(__file__).with_name('look.css').read_text('utf-8')}</style>"


def parse_text_size(value: str | None) -> TextSize:
    """Return the size that a cookie names; normal for anything else."""
    return TextSize(value) if value in set(TextSize) else TextSize.NORMAL
