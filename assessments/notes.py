"""A look at free text before it is kept: it may be about a family. It warns and never promises."""

import re
from typing import Final

_SIGNS: Final = (
    ("It seems to hold an e-mail address.", r"\S+@\S+\.\w{2,}"),
    ("It seems to hold a phone number.", r"(?:\+|\b)\d(?:[\s().-]{0,2}\d){8,}\b"),
    ("It seems to hold a postcode.", r"\b(?i:[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2})\b"),
    (
        "It seems to hold a date of birth.",
        r"\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b|\b(?i:d\.?o\.?b|born on)\b",
    ),
    (
        "It seems to hold initials and an age.",
        r"\b[A-Z]\.?\s?(?:[A-Z]\.?)?(?:,\s*|\s*\(|\s+)(?:aged?\s+)?\d{1,2}\b",
    ),
    ("It seems to hold an age.", r"\b(?i:\d{1,2}[\s-]*(?:year|yr|month)s?[\s-]*old|aged?\s+\d{1,2})\b"),
    (
        "It uses a word that often comes with a worry about a family.",
        r"\b(?i:disclos\w+|social\s+(?:worker|services)|abus(?:e|ed|ive)|neglect\w*|bruis\w+|police|"
        r"child\s+protection|custody|referral)\b",
    ),
)
_PATTERNS: Final = tuple((warning, re.compile(pattern)) for warning, pattern in _SIGNS)


def check_note(text: str, max_length: int) -> list[str]:
    """Return what to warn about before a note is kept, as sentences; an empty list proves nothing.

    Args:
        text: What somebody wrote about their own practice.
        max_length: Characters that the programme allows.
    """
    warnings = [warning for warning, pattern in _PATTERNS if pattern.search(text)]
    if len(text) > max_length:
        warnings.append(f"It has {len(text)} characters; {max_length} are allowed.")
    return warnings
