"""Sentences that are made here and put into a reader's language where they are shown.

The template is the English sentence and the key of its translation. `N_` and `ngettext` bear the names that the
extraction of texts looks for, and put translating off.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from gettext import NullTranslations
from typing import Final, Protocol


class Translations(Protocol):
    """A catalogue, such as `gettext.GNUTranslations`."""

    def gettext(self, message: str) -> str:
        """Return the translation of a message."""
        ...

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the translation of a message that counts."""
        ...


Show = Callable[[date | StrEnum], str]
"""Puts a day or a code into words."""

ENGLISH: Final = NullTranslations()


def english_day(day: date) -> str:
    """Return a day as `22 Nov 2026`."""
    return f"{day.day} {day:%b %Y}"


def show_plainly(value: date | StrEnum) -> str:
    """Return a day as English text has it, and a code without its lines."""
    return english_day(value) if isinstance(value, date) else value.value.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence with its values, not yet translated. `plural` is set when the sentence counts `n`.

    A text among the values stands as it is, such as a person's name; a phrase is translated.
    """

    template: str
    values: Mapping[str, "Value"] = field(default_factory=dict[str, "Value"])
    plural: str = ""
    n: int = 1

    def text(self, translations: Translations | None = None, show: Show = show_plainly) -> str:
        """Return the sentence in the language of the catalogue, by default English; `show` puts days and codes."""
        catalogue = translations or ENGLISH
        template = (
            catalogue.ngettext(self.template, self.plural, self.n) if self.plural else catalogue.gettext(self.template)
        )
        return template.format(**self.shown(translations, show))

    def __str__(self) -> str:
        """Return the sentence in English."""
        return self.text()

    def shown(self, translations: Translations | None = None, show: Show = show_plainly) -> dict[str, str | int]:
        """Return the values as they stand in the sentence."""
        return {name: _shown(value, translations, show) for name, value in self.values.items()}


Value = str | int | date | StrEnum | Phrase

Sentence = str | Phrase
"""A sentence as it stands, or with its values; an empty one says nothing. Both are translated where they are shown."""


def _shown(value: Value, translations: Translations | None, show: Show) -> str | int:
    match value:
        case Phrase():
            return value.text(translations, show)
        case date() | StrEnum():
            return show(value)
        case _:
            return value


def N_(template: str, **values: Value) -> Phrase:  # noqa: N802 - the name the extraction knows
    """Return a sentence for later translation."""
    return Phrase(template, values)


def ngettext(one: str, many: str, n: int, **values: Value) -> Phrase:
    """Return a sentence that counts `n`, for later translation."""
    return Phrase(one, {"n": n, **values}, many, n)
