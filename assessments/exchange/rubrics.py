"""What a person reads who marks a text: the rubric and a good answer, in words."""

from collections.abc import Iterator

from curriculum.items import ExtendedTextItem


def guidance(item: ExtendedTextItem) -> str:
    """Return a rubric in words, a paragraph for each criterion, and the good answer below."""
    return "\n\n".join(_paragraphs(item))


def _paragraphs(item: ExtendedTextItem) -> Iterator[str]:
    for criterion in item.rubric:
        levels = [f"{level}: {words}" for level, words in enumerate(criterion.levels)]
        yield "\n".join((criterion.text, *levels))
    if item.model:
        yield f"A good answer: {item.model}"
