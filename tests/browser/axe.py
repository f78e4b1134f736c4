"""What axe finds on a page, by its rules for WCAG 2.0 to 2.2 A and AA and its best practices."""

from collections.abc import Sequence
from typing import Any, Final

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

OF_COLOURS: Final = ("color-contrast", "link-in-text-block")
"""The rules that may find something else in other colours."""

OF_SIZES: Final = ("scrollable-region-focusable",)
"""The rules that may find something else in a window of another size, when it shows the same elements."""

_IS_LOADED: Final = "() => 'axe' in window"
_RUN: Final = "(options) => axe.run(document, options).then((found) => found.violations)"


def find_violations(page: Page, rules: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Return what breaks the rules, or any rule when none are named."""
    if not page.evaluate(_IS_LOADED):
        page.evaluate(AXE_SCRIPT)
    only = {"runOnly": {"type": "rule", "values": rules}} if rules else {}
    return page.evaluate(_RUN, {"resultTypes": ["violations"], **only})
