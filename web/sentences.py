"""Sentences of the rules, such as why somebody may not sign, in the reader's language."""

from datetime import date

from assessments.sentences import Sentence, show_plainly
from assessments.sign_off import SignOffState
from assessments.verdicts import Status
from web.components import day_text
from web.sign_offs import sign_off_words
from web.texts import _
from web.wording import status_words


def say_sentence(sentence: str) -> str:
    """Return a sentence of the rules as the reader reads it, with days and states in the words of the pages."""
    return sentence.said(_, _show) if isinstance(sentence, Sentence) else _(sentence)


def _show(value: object) -> str:
    match value:
        case date():
            return day_text(value)
        case Status():
            return status_words(value)
        case SignOffState():
            return sign_off_words(value)
        case _:
            return show_plainly(value)
