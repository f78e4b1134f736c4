"""Texts are as easy to read as the programme promises; judged for programmes in English."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from curriculum.draft import Draft
from curriculum.errors import Problem
from curriculum.items import Item, iter_texts
from curriculum.markdown import plain_blocks
from curriculum.module_pages import iter_own_text
from curriculum.places import Kind, Place
from curriculum.reading import reading_grade


def check_reading_grade(draft: Draft) -> Iterator[Problem]:
    """Yield a warning for each chapter, module, item file and scenario that is too hard to read."""
    if draft.head is None or draft.head.language.partition("-")[0] != "en":
        return
    for place, texts in _texts(draft):
        grade = reading_grade(block for text in texts for block in plain_blocks(text))
        if grade is not None and round(grade, 1) > draft.head.reading_grade_max:
            message = f"reading grade is {grade:.1f}; expected at most {draft.head.reading_grade_max:.1f}"
            yield place.warning(message, "Use shorter sentences and shorter words.")


def _texts(draft: Draft) -> Iterator[tuple[Place, list[str]]]:
    for chapter, sections in groupby(draft.sections, key=lambda section: section.chapter):
        yield draft.place(Kind.SECTION, chapter).inside(f"chapter `{chapter}`", ()), [s.markdown for s in sections]
    for module in draft.modules:
        yield draft.place(Kind.MODULE, module.id), list(iter_own_text(module.steps))
    for _, items in groupby(draft.items, key=lambda item: _file_of(draft, item)):
        of_file = list(items)
        place = draft.place(Kind.ITEM, of_file[0].id).inside("items of this file", ())
        yield place, [text for item in of_file for text in iter_texts(item)]
    for scenario in draft.scenarios:
        yield draft.place(Kind.SCENARIO, scenario.id), [*scenario.prompts, scenario.body]


def _file_of(draft: Draft, item: Item) -> Path:
    return draft.place(Kind.ITEM, item.id).path
