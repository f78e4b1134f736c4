"""Draws one view alone, without server and sign-in."""

from streamlit.testing.v1 import AppTest

from web.context import Context
from web.view import View

_SECONDS = 20


def draw(view: View, context: Context, **query: str) -> AppTest:
    """Return the page after its first run; `query` are the URL's parameters.

    Interact with it as with any AppTest: `page.button(key="…").click().run()`.
    """
    page = AppTest.from_function(_page, kwargs={"view": view, "context": context}, default_timeout=_SECONDS)
    for name, value in query.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception, page.exception[0].value
    return page


def unfold(page: AppTest, name: str = "") -> AppTest:
    """Open the folds, or those whose label begins so, whose content is drawn once they are open; return the page."""
    for fold in page.expander:
        # An id ends in the key that the page gave it.
        if fold.proto.id and fold.label.startswith(name):
            page.session_state[fold.proto.id.split("-", 2)[2]] = True
    page.run()
    assert not page.exception, page.exception[0].value
    return page


_KINDS = (
    "title",
    "header",
    "subheader",
    "markdown",
    "caption",
    "text",
    "info",
    "success",
    "warning",
    "error",
    "metric",
)


def shown(page: AppTest) -> str:
    """Return all text of the page, to look for words in."""
    return "\n".join(str(element.value) for kind in _KINDS for element in page.get(kind))


def _page(view, context):
    view.render(context)
