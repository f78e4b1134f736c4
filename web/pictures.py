"""Charts on the page, and as pictures to take away."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from analytics.charts import Spec
from store.rows import ArrowTable
from web.texts import _


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with its data: what a picture of it is made from, when somebody asks for one."""

    chart: Spec
    frame: ArrowTable

    def as_svg(self) -> bytes:
        """Return the drawing."""
        from analytics.reports.pictures import svg  # Heavy, and needed by few.

        return svg(self.chart, self.frame)

    def as_png(self) -> bytes:
        """Return the picture of dots."""
        from analytics.reports.pictures import png

        return png(self.chart, self.frame)


def draw_chart(frame: ArrowTable, chart: Spec, *, alt: str, key: str) -> Picture:
    """Draw a chart; return what its picture is made from, for the fold with its table."""
    st.vega_lite_chart(frame, chart, alt=alt, key=key)  # pyright: ignore[reportUnknownMemberType]
    return Picture(chart, frame)


def draw_picture_files(picture: Picture, name: str) -> None:
    """Draw the buttons that give a chart as a file; it is drawn when it is asked for."""
    _draw_file(_("Get it as SVG"), picture.as_svg, f"{name}.svg", "image/svg+xml")
    _draw_file(_("Get it as PNG"), picture.as_png, f"{name}.png", "image/png")


def _draw_file(label: str, make: Callable[[], bytes], file_name: str, mime: str) -> None:
    st.download_button(
        label,
        make,
        file_name=file_name,
        mime=mime,
        icon=":material/image:",
        type="tertiary",
        on_click="ignore",
        key=f"picture-{file_name}",
    )
