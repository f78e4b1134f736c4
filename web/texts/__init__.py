"""Interface text in the language of the person who reads it: gettext catalogues of our own.

The msgid is the English text, so English needs no catalogue. Another language is a folder
`<language>/LC_MESSAGES/practicum.mo` beside this file.
"""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path
from typing import Final

from streamlit.runtime.scriptrunner import get_script_run_ctx

DOMAIN: Final = "practicum"
ENGLISH: Final = "en"
LANGUAGE_KEY: Final = "language"
"""Where a session keeps its language, so that a rerun of a fragment finds it too."""

_FOLDER: Final = Path(__file__).parent
_request_language: ContextVar[str] = ContextVar("request_language", default=ENGLISH)


def list_languages() -> list[str]:
    """Return the languages people may choose: English and every folder with a compiled catalogue."""
    found = {path.parent.parent.name for path in _FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")}
    return [ENGLISH, *sorted(found - {ENGLISH})]


@cache
def translations(language: str) -> NullTranslations:
    """Return the catalogue of a language; English text where there is none."""
    return translation(DOMAIN, localedir=_FOLDER, languages=[language], fallback=True)


def current_language() -> str:
    """Return the language of the running page's session, else of the request being answered."""
    run = get_script_run_ctx(suppress_warning=True)
    if run is not None and LANGUAGE_KEY in run.session_state:
        return str(run.session_state[LANGUAGE_KEY])
    return _request_language.get()


@contextmanager
def speaking(language: str) -> Generator[None]:
    """Answer in this language inside the block, when no page is being drawn."""
    token = _request_language.set(language if language in list_languages() else ENGLISH)
    try:
        yield
    finally:
        _request_language.reset(token)


def choose_language(accepted: str) -> str:
    """Return the first language of an `Accept-Language` header that we speak, else English."""
    offered = list_languages()
    wanted = (part.split(";")[0].strip().lower().split("-")[0] for part in accepted.split(","))
    return next((language for language in wanted if language in offered), ENGLISH)


def _(message: str) -> str:
    """Return the message in the current language."""
    return translations(current_language()).gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """Return the form of the message that fits the number, in the current language."""
    return translations(current_language()).ngettext(singular, plural, n)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name, which the extraction looks for
    """Return the message untouched: marks text that is translated later, such as the title of a view."""
    return message
