"""Whole sentences with something filled in, which can still be put into a reader's language."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Self

Show = Callable[[object], str]


def show_plainly(value: object) -> str:
    """Return a value as English text has it: a code without its lines, a day as 2026-11-22."""
    return value.value.replace("_", " ") if isinstance(value, StrEnum) else str(value)


class Sentence(str):
    """A sentence that knows what it was made of. As a text it is the English one.

    Attributes:
        template: The sentence with names in braces: the key of its translation.
        values: What the names stand for.
    """

    template: str
    values: Mapping[str, object]

    def __new__(cls, template: str, **values: object) -> Self:
        """Return the sentence."""
        made = super().__new__(cls, template.format_map({name: show_plainly(one) for name, one in values.items()}))
        made.template, made.values = template, values
        return made

    @property
    def shown(self) -> dict[str, str]:
        """Return the values as English text has them."""
        return {name: show_plainly(one) for name, one in self.values.items()}

    def said(self, translate: Callable[[str], str], show: Show = show_plainly) -> str:
        """Return the sentence in another language: texts in it are translated too, the rest is as `show` has it."""
        values = {name: translate(one) if type(one) is str else show(one) for name, one in self.values.items()}
        return translate(self.template).format_map(values)
