"""Reading what people type: words whatever their case, space and script, and numbers whatever their signs."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

_LETTERS: Final = str.maketrans(
    {
        **dict.fromkeys("ىيۍېۑے", "ی"),
        **dict.fromkeys("كڪػؼ", "ک"),
        **dict.fromkeys("أإآٱٲٳ", "ا"),
        **dict.fromkeys("ةۀۂھہەۃ", "ه"),
        **dict.fromkeys("ؤۇۆ", "و"),
        "ئ": "ی",
        **dict.fromkeys("’‘‛`´ʼ＇", "'"),
        **dict.fromkeys("“”„«»‟", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "٫": ".",
        "٬": ",",
        "٪": "%",
        "\u200c": " ",
    }
)
"""One sign for signs that people type for the same letter; the joiner of Persian is read as a space."""

_TATWEEL: Final = "\u0640"
_ARABIC_MARKS: Final = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")
_EDGES: Final = " .,;:!?…\"'()[]،؛؟۔"
_SPACES: Final = re.compile(r"\s+")


def fold_text(text: str, *, case_matters: bool = False) -> str:
    """Return a text as it is compared: NFKC, one space between words, no stops at its ends.

    Letters that Arabic, Persian and Urdu keyboards write differently count as one; vowel signs, and signs that turn the
    direction of writing, count as none. Digits of all scripts are 0 to 9. Accents of Latin letters count.
    """
    return _fold_signs(text if case_matters else unicodedata.normalize("NFKC", text).casefold()).strip(_EDGES)


def _fold_signs(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).translate(_LETTERS).replace(_TATWEEL, "")
    folded = _ARABIC_MARKS.sub("", folded)
    return _SPACES.sub(" ", "".join(_digit(sign) for sign in folded if unicodedata.category(sign) != "Cf"))


def _digit(sign: str) -> str:
    value = unicodedata.decimal(sign, None) if not sign.isascii() else None
    return sign if value is None else str(value)


def fits_words(pattern: str, text: str, *, case_matters: bool = False) -> bool:
    """Return whether a text is what a pattern asks for; a `*` in it stands for any words or none."""
    folded = fold_text(text, case_matters=case_matters)
    if "*" not in pattern:
        return folded == fold_text(pattern, case_matters=case_matters)
    parts = (re.escape(fold_text(part, case_matters=case_matters)) for part in pattern.split("*"))
    return re.fullmatch(r".*".join(parts), folded) is not None


# ---------------------------------------------------------------- numbers


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as somebody typed it. `values` are all it may mean: `1,500` is 1500 here and 1.5 elsewhere."""

    values: frozenset[Decimal]
    unit: str


_NUMBER: Final = re.compile(r"([+-]?)\s*(\d[\d.,' ]*|[.,]\d+)(?:e([+-]?\d{1,3}))?")
_MAX_DIGITS: Final = 20


def read_quantity(text: str) -> Quantity | None:
    """Return the number in a text with what stands around it as its unit; None without exactly one number.

    A single comma or point is the decimal sign; with three digits after it, it may also part the thousands.
    """
    folded = _fold_signs(text.casefold())
    found = list(_NUMBER.finditer(folded))
    if len(found) != 1:
        return None
    sign, digits, exponent = found[0].groups()
    before, after = folded[: found[0].start()].strip(), folded[found[0].end() :].strip()
    if before and after:
        return None
    values = _readings(digits.strip(" '").replace(" ", "'"))
    if not values or sum(map(str.isdigit, digits)) > _MAX_DIGITS:
        return None
    scale = Decimal(10) ** int(exponent or 0) * (-1 if sign == "-" else 1)
    return Quantity(frozenset(value * scale for value in values), before or after)


_GROUPED: Final = re.compile(r"[1-9]\d{0,2}(?:[,.']\d{3})+")


def _readings(digits: str) -> frozenset[Decimal]:
    """Return the numbers that digits with points, commas and apostrophes (or spaces) may mean."""
    separators = [sign for sign in digits if not sign.isdigit()]
    found = {_plain_number(digits)} if set(separators) <= {".", ","} and len(separators) <= 1 else set[Decimal | None]()
    if len(set(separators)) == 1 and _GROUPED.fullmatch(digits):
        found.add(Decimal(digits.replace(separators[0], "")))
    if len(set(separators)) == 2 and separators[-1] in ".,":
        whole, _, rest = digits.rpartition(separators[-1])
        if rest.isdigit() and _GROUPED.fullmatch(whole):
            found.add(Decimal(f"{re.sub('[^0-9]', '', whole)}.{rest}"))
    return frozenset(value for value in found if value is not None)


def _plain_number(digits: str) -> Decimal | None:
    text = digits.replace(",", ".").rstrip(".")
    return Decimal(text) if re.fullmatch(r"\d+|\d*\.\d+", text) else None
