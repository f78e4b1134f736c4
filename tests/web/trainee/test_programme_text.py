"""Programme text on pages: what Streamlit would read as its own stays plain."""

import pytest

from tests.web.trainee.conftest import Hub
from web.views.trainee.programme_text import linked_sections, programme_markdown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("It costs $5 or $6.", r"It costs \$5 or \$6."),
        (r"Already \$5.", r"Already \$5."),
        ("A :red[sign] and :smile:", r"A \:red[sign] and \:smile:"),
        ("An icon :material/home:", r"An icon \:material/home:"),
        ("At 10:30: stop.", r"At 10\:30: stop."),
        ("Say: yes. Ask: why?", "Say: yes. Ask: why?"),
        ("Code `$x` stays", "Code `$x` stays"),
        ("See [the signs](#M9.2).", "See the signs (M9.2)."),
        ("**Bold** and [web](https://example.org)", "**Bold** and [web](https://example.org)"),
    ],
)
def test_own_signs_of_streamlit_stay_plain(text: str, shown: str) -> None:
    assert programme_markdown(text) == shown


def test_a_text_links_to_sections_that_exist_each_once(hub: Hub) -> None:
    text = "[a](#M9.2) [b](#M9.3) [c](#M9.2) [d](#M99.9) [e](https://example.org)"
    assert [section.id for section in linked_sections(hub.programme, text)] == ["M9.2", "M9.3"]
