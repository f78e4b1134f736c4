"""Charts to take away: the very chart and data of the page, with its words in them."""

from xml.etree import ElementTree

from analytics.charts import through_chart, through_frame
from web.look import SCALE
from web.pictures import Picture


def test_a_picture_holds_the_words_of_the_chart() -> None:
    frame = through_frame([0, 1, 2], [1, 2, 2], ("as now", "faster"))
    picture = Picture(through_chart(SCALE, "Weeks from now"), frame)
    words = "".join(ElementTree.fromstring(picture.as_svg()).itertext())
    assert all(word in words for word in ("as now", "faster", "Weeks from now"))
    assert picture.as_png().startswith(b"\x89PNG")
