"""Sentences of the rules and figures, such as why somebody may not sign, in the reader's language."""

from datetime import date
from enum import StrEnum

from assessments.sign_off import SignOffState
from assessments.verdicts import Status
from curriculum.phrases import Phrase, Sentence, show_plainly
from web.components import day_text
from web.texts import _, current_language, translations
from web.wording import sign_off_words, status_words


def say(sentence: Sentence | None) -> str:
    """Return a sentence as the reader reads it, with days and states in the words of the pages; empty for none."""
    if isinstance(sentence, Phrase):
        return sentence.text(translations(current_language()), _show)
    return _(sentence) if sentence else ""


def _show(value: date | StrEnum) -> str:
    match value:
        case date():
            return day_text(value)
        case Status():
            return status_words(value)
        case SignOffState():
            return sign_off_words(value)
        case _:
            return show_plainly(value)
