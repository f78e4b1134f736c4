"""Full-text search in a programme's manual: an index in memory, built once for each version of a programme.

Words are found without their accents, in English also by their stem. When no word is found, any three letters
in a row are looked for, which helps with endings, prefixes and slips of the finger.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Final

from curriculum.bundle import digest
from curriculum.ids import SectionId
from curriculum.markdown import plain_blocks
from curriculum.models import Programme, Section

_WORDS: Final = "unicode61 remove_diacritics 2"
_CREATE: Final = "CREATE VIRTUAL TABLE section USING fts5(id, title, body, tokenize = '{tokenizer}')"
_INSERT: Final = "INSERT INTO section (rowid, id, title, body) VALUES (?, ?, ?, ?)"
# A match in the id or title of a section weighs more than one in its text.
_FIND: Final = (
    "SELECT rowid, snippet(section, 2, char(2), char(3), '…', ?) FROM section WHERE section MATCH ?"
    " ORDER BY bm25(section, 12.0, 6.0, 1.0), rowid LIMIT ?"
)

_MAX_WORDS: Final = 16
_TRIGRAM: Final = 3
_ARABIC_ARTICLES: Final = ("وال", "لل", "ال")


@dataclass(frozen=True, slots=True)
class SnippetPart:
    """A piece of the text around a match; `is_match` marks the words that were found."""

    text: str
    is_match: bool


@dataclass(frozen=True, slots=True)
class SectionHit:
    """A section in which something was found. `path` holds the headings from the chapter down."""

    section_id: SectionId
    title: str
    path: tuple[str, ...]
    snippet: tuple[SnippetPart, ...]


class _TextTable:
    """One full-text table of the sections, cut into tokens in one way. May be used from several threads."""

    def __init__(self, rows: Sequence[tuple[int, str, str, str]], tokenizer: str, snippet_tokens: int) -> None:
        self._lock = Lock()
        self._snippet_tokens = snippet_tokens
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._database.execute(_CREATE.format(tokenizer=tokenizer))
        self._database.executemany(_INSERT, rows)
        self._database.commit()

    def find(self, words: Sequence[str], limit: int) -> list[tuple[int, str]]:
        """Return the row and the marked snippet of the sections that hold any of the words."""
        if not words:
            return []
        any_word = " OR ".join(map(_quoted, words))
        with self._lock:
            return self._database.execute(_FIND, (self._snippet_tokens, any_word, limit)).fetchall()


class ManualIndex:
    """The searchable text of one manual."""

    def __init__(self, sections: tuple[Section, ...], language: str) -> None:
        """Index the sections; English words are reduced to their stems."""
        self._sections = sections
        rows = [(i, s.id, s.title, "\n".join(plain_blocks(s.markdown))) for i, s in enumerate(sections)]
        is_english = language.lower().startswith("en")
        self._words = _TextTable(rows, f"porter {_WORDS}" if is_english else _WORDS, snippet_tokens=28)
        self._trigrams = _TextTable(rows, "trigram", snippet_tokens=64)

    def find(self, query: str, limit: int = 20) -> list[SectionHit]:
        """Return the sections that hold any of the words, the best first; without words, nothing."""
        words = _words(query)
        stems = [stem for stem in map(_without_article, words) if len(stem) >= _TRIGRAM]
        found = self._words.find(words, limit) or self._trigrams.find(stems, limit)
        return [self._hit(row, snippet) for row, snippet in found]

    def _hit(self, row: int, snippet: str) -> SectionHit:
        section = self._sections[row]
        return SectionHit(section.id, section.title, section.path, _parts(snippet))


def _words(query: str) -> list[str]:
    found = [word for word in query.split() if any(letter.isalnum() for letter in word)]
    return found[:_MAX_WORDS]


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _without_article(word: str) -> str:
    prefix = next((article for article in _ARABIC_ARTICLES if word.startswith(article)), "")
    return word.removeprefix(prefix)


def _parts(snippet: str) -> tuple[SnippetPart, ...]:
    parts: list[SnippetPart] = []
    for piece in snippet.replace("\n", " ").split("\x02"):
        match, mark, rest = piece.rpartition("\x03")
        if mark:
            parts.append(SnippetPart(match, is_match=True))
        if rest:
            parts.append(SnippetPart(rest, is_match=False))
    return tuple(parts)


class _Indexes:
    """The indexes built so far, by the digest of the programme; the oldest goes when there are too many."""

    def __init__(self, keep: int) -> None:
        self._keep = keep
        self._lock = Lock()
        self._built: dict[str, ManualIndex] = {}

    def of(self, programme: Programme) -> ManualIndex:
        key = digest(programme)
        with self._lock:
            if key not in self._built:
                self._built[key] = ManualIndex(programme.sections, programme.head.language)
            while len(self._built) > self._keep:
                del self._built[next(iter(self._built))]
            return self._built[key]


_INDEXES: Final = _Indexes(keep=16)


def search_manual(programme: Programme, query: str, limit: int = 20) -> list[SectionHit]:
    """Return the sections of the programme's manual that hold any of the words, the best first.

    Args:
        programme: Whose manual to search.
        query: What a person typed; a section id such as `M9.3` finds that section.
        limit: How many sections at the most.
    """
    return _INDEXES.of(programme).find(query, limit)
