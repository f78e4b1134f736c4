"""The options' words do not give the key away: no absolutes, no echo of the question, no article that fits one."""

import re
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Final

from curriculum.checks.cues import MIN_ITEMS, pools_of
from curriculum.draft import Draft
from curriculum.errors import Problem
from curriculum.items import Option, SingleItem
from curriculum.places import Kind

Picks = Callable[[str, Sequence[Option]], list[Option]]
"""Which options somebody would choose who only looks for a cue; all of them when there is none."""

WORDING_MARGIN: Final = Fraction(15, 100)
"""How much above chance the score may be of someone who only looks for a cue."""

_ABSOLUTE: Final = re.compile(
    r"\b(?:always|never|all|none|every|only|must|nobody|everyone|everybody|impossible)\b", re.I
)
_WORD: Final = re.compile(r"[^\W\d_]{5,}")
_ARTICLE: Final = re.compile(r"\b(an?)\s*[:…]?\s*$", re.I)
_FIRST: Final = re.compile(r"^[\W_]*(\w)")


def check_absolute_words(draft: Draft) -> Iterator[Problem]:
    """Yield a warning for each module whose key stands out by the options with absolute words."""
    yield from _check_strategy(draft, _without_absolutes, "avoids options with words such as `always` and `never`")


def check_shared_words(draft: Draft) -> Iterator[Problem]:
    """Yield a warning for each module whose key tends to repeat words of the question."""
    yield from _check_strategy(draft, _most_shared, "picks the option that repeats most words of the question")


def _check_strategy(draft: Draft, picks: Picks, who: str) -> Iterator[Problem]:
    for place, pool in pools_of(draft):
        items = [item for item in pool if isinstance(item, SingleItem) and any(o.correct for o in item.options)]
        if len(items) < MIN_ITEMS:
            continue
        score = sum((_score(item, picks) for item in items), Fraction()) / len(items)
        chance = sum((Fraction(1, len(item.options)) for item in items), Fraction()) / len(items)
        if score > chance + WORDING_MARGIN:
            found = f"whoever {who} scores {round(100 * score)} %"
            message = f"{found}; expected at most {round(100 * (chance + WORDING_MARGIN))} %"
            yield place.warning(message, "Word the options alike.")


def _score(item: SingleItem, picks: Picks) -> Fraction:
    """Return the chance, 0 to 1, of being right by a cue alone."""
    chosen = picks(item.stem, item.options)
    return Fraction(sum(option.correct for option in chosen), len(chosen))


def _without_absolutes(_: str, options: Sequence[Option]) -> list[Option]:
    return [option for option in options if not _ABSOLUTE.search(option.text)] or list(options)


def _most_shared(stem: str, options: Sequence[Option]) -> list[Option]:
    asked = _stems(stem)
    shared = [len(asked & _stems(option.text)) for option in options]
    return [option for option, n in zip(options, shared, strict=True) if n == max(shared)]


def _stems(text: str) -> set[str]:
    """Return the longer words of a text, cut so that `listen` and `listening` are one."""
    return {word[:6] for word in _WORD.findall(text.casefold())}


def check_grammar(draft: Draft) -> Iterator[Problem]:
    """Yield a warning for each item whose stem ends in `a` or `an`, which only some options can follow."""
    for item in draft.items:
        if not isinstance(item, SingleItem):
            continue
        article = _ARTICLE.search(item.stem)
        if article and not _fit_alike(item.options, is_before_vowel=article[1].lower() == "an"):
            message = f"ends in `{article[1]}`, which not every option can follow"
            yield draft.place(Kind.ITEM, item.id).warning(message, "Put the article into the options.", ("stem",))


def _fit_alike(options: Sequence[Option], *, is_before_vowel: bool) -> bool:
    starts = [found[1].lower() for option in options if (found := _FIRST.search(option.text))]
    return len({(start in "aeiou") == is_before_vowel for start in starts}) < 2
