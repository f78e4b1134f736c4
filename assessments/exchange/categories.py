"""Categories of question banks: items keep them as a tag, `category: path`."""

from collections.abc import Iterator, Sequence
from typing import Final

_PREFIX: Final = "category: "
_TOPS: Final = ("$course$/", "$system$/", "$module$/", "$cat1$/", "top/")


def category_tag(path: str) -> Iterator[str]:
    """Yield the tag of a category's path, unless it is the top of all."""
    bare = path.strip()
    for top in _TOPS:
        bare = bare.removeprefix(top)
    if bare and bare != "top" and not bare.startswith("$"):
        yield f"{_PREFIX}{bare}"


def category_of(tags: Sequence[str]) -> str:
    """Return the path of an item's category as Moodle writes it; empty without one."""
    found = next((tag for tag in tags if tag.startswith(_PREFIX)), "")
    return f"$course$/top/{found.removeprefix(_PREFIX)}" if found else ""


def own_tags(tags: Sequence[str]) -> list[str]:
    """Return the tags of an item that name no category, or a second one."""
    category = category_of(tags)
    first = category.removeprefix("$course$/top/")
    rest = list(tags)
    if category:
        rest.remove(f"{_PREFIX}{first}")
    return rest
