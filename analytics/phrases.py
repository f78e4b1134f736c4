"""Sentences that are made here and put into a reader's language where they are shown.

The template is the English sentence and the key of its translation. `N_` and `ngettext` bear the names that the
extraction of texts looks for, and put translating off.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
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


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence with its values, not yet translated. `plural` is set when the sentence counts `n`."""

    template: str
    values: Mapping[str, "str | int | date | Phrase"] = field(default_factory=dict[str, "str | int | date | Phrase"])
    plural: str = ""
    n: int = 1

    def text(self, translations: Translations | None = None, day_text: Callable[[date], str] | None = None) -> str:
        """Return the sentence in the language of the catalogue, by default English, with days written as there."""
        catalogue = translations or ENGLISH
        template = (
            catalogue.ngettext(self.template, self.plural, self.n) if self.plural else catalogue.gettext(self.template)
        )
        return template.format(
            **{name: _shown(value, translations, day_text or english_day) for name, value in self.values.items()}
        )


ENGLISH: Final = NullTranslations()


def _shown(
    value: "str | int | date | Phrase", translations: Translations | None, day_text: Callable[[date], str]
) -> str | int:
    if isinstance(value, Phrase):
        return value.text(translations, day_text)
    return day_text(value) if isinstance(value, date) else value


def english_day(day: date) -> str:
    """Return a day as `22 Nov 2026`."""
    return f"{day.day} {day:%b %Y}"


def N_(template: str, **values: str | int | date | Phrase) -> Phrase:  # noqa: N802 - the name the extraction knows
    """Return a sentence for later translation."""
    return Phrase(template, values)


def ngettext(one: str, many: str, n: int, **values: str | int | date | Phrase) -> Phrase:
    """Return a sentence that counts `n`, for later translation."""
    return Phrase(one, {"n": n, **values}, many, n)
