"""How hard a text is to read, for texts in English."""

import re
from collections.abc import Iterable
from functools import lru_cache

from curriculum.markdown import words_of

MIN_WORDS = 80

_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)]*(?:\s+|$)")
_SOUNDED_NOT = re.compile(r"(?<=[ds])n['’]t")
_CONTRACTED = re.compile(r"['’](?:s|t|d|m|re|ve|ll)\b")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_INSIDE = re.compile(
    r"(?<=ev)e(?=ry)|(?<=[^aeiouy])e(?=guard|(?:ly|ful|ment|less|ness|some|one|thing|body|where|times?|day|work|book)$)"
)
_SOUNDED_END = re.compile(r"(?:[^aeiouy]les?|(?:[sxzcg]|[cs]h)es|[td]ed)$")
_SILENT_END = re.compile(r"(?<=[^aeiouy])e[sd]?$")
_TWO_VOWELS = re.compile(
    r"(?<![tscxg])i(?:[ao](?!ur)|e(?:[rt]|n(?!d)))|scie|(?<![qg])u[aeo](?!s?$)|uie|(?<![pg])eo|idea"
    r"|[aeouy]ing|reat[ei]|yone"
)


def reading_grade(blocks: Iterable[str]) -> float | None:
    """Return the Flesch-Kincaid grade of a text: years of school needed to read it.

    Args:
        blocks: Plain text of each paragraph, heading and list item; each ends a sentence.

    Returns:
        The grade, usually 0 to 18; None for fewer than 80 words, too few to judge by.

    Source:
        Kincaid et al. (1975), Navy Research Branch Report 8-75.
    """
    sentences = [words for block in blocks for part in _SENTENCE_END.split(block) if (words := words_of(part))]
    n_words = sum(len(words) for words in sentences)
    if n_words < MIN_WORDS:
        return None
    n_syllables = sum(count_syllables(word) for words in sentences for word in words)
    return 0.39 * n_words / len(sentences) + 11.8 * n_syllables / n_words - 15.59


@lru_cache(maxsize=20_000)
def count_syllables(word: str) -> int:
    """Return about how many syllables an English word has, at least 1."""
    bare = _CONTRACTED.sub("", _SOUNDED_NOT.sub("nit", word.lower()))
    return sum(_count_part(part) for part in re.split(r"[^a-zà-ÿ]+", bare) if part) or 1


def _count_part(word: str) -> int:
    heard = _SILENT_INSIDE.sub("", word)
    if not _SOUNDED_END.search(heard):
        heard = _SILENT_END.sub("", heard)
    return max(1, len(_VOWELS.findall(heard)) + len(_TWO_VOWELS.findall(heard)))
