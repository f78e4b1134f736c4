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

from curriculum.errors import PlatformError

DOMAIN: Final = "practicum"
ENGLISH: Final = "en"
LANGUAGE_KEY: Final = "language"
"""Where a session keeps its language, so that a rerun of a fragment finds it too."""

_FOLDER: Final = Path(__file__).parent
_spoken: ContextVar[str] = ContextVar("spoken", default="")
"""The language of the run or request that goes on in this thread; empty when none was set."""


@cache
def list_languages() -> tuple[str, ...]:
    """Return the languages people may choose: English and every folder with a compiled catalogue."""
    found = {path.parent.parent.name for path in _FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")}
    return (ENGLISH, *sorted(found - {ENGLISH}))


@cache
def translations(language: str) -> NullTranslations:
    """Return the catalogue of a language; English text where there is none."""
    return translation(DOMAIN, localedir=_FOLDER, languages=[language], fallback=True)


def current_language() -> str:
    """Return the language of the run or request that goes on, else of the page's session, else English."""
    return _spoken.get() or session_language()


def session_language() -> str:
    """Return the language of the running page's session; English without one."""
    run = get_script_run_ctx(suppress_warning=True)
    if run is not None and LANGUAGE_KEY in run.session_state:
        return str(run.session_state[LANGUAGE_KEY])
    return ENGLISH


@contextmanager
def speaking(language: str) -> Generator[None]:
    """Speak this language inside the block: to ask the session at each text would cost more than the text."""
    token = _spoken.set(language if language in list_languages() else ENGLISH)
    try:
        yield
    finally:
        _spoken.reset(token)


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


def say_error(error: PlatformError) -> str:
    """Return the sentence of a broken rule in the current language, with the phrases that it is filled with."""
    if not error.values:
        return _(str(error))
    said = {name: _(value) if isinstance(value, str) and value else value for name, value in error.values.items()}
    return _(error.template).format_map(said)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name, which the extraction looks for
    """Return the message untouched: marks text that is translated later, such as the title of a view."""
    return message
