"""Programme text on a page: plain Markdown, without the signs that Streamlit reads as something of its own."""

import re
from typing import Final

from curriculum.ids import SectionId
from curriculum.markdown import find_links
from curriculum.models import Programme, Section

_CODE: Final = re.compile(r"(`+[^`]*`+)")
_OWN_SIGNS: Final = re.compile(r"(?<!\\)(\$|:(?=[a-z0-9_+-]+(?::|\[|/)))", re.IGNORECASE)
_SECTION_LINK: Final = re.compile(r"\[([^\]]*)\]\(#([^)\s]+)\)")


def programme_markdown(text: str) -> str:
    """Return the Markdown of a programme for `st.markdown`: formulas, emoji codes and colours stay plain signs.

    A link to a section, such as `[the signs](#M9.2)`, becomes "the signs (M9.2)": draw `linked_sections` below.
    """
    parts = _CODE.split(text)
    return "".join(part if part.startswith("`") else _escaped(part) for part in parts)


def _escaped(part: str) -> str:
    return _SECTION_LINK.sub(r"\1 (\2)", _OWN_SIGNS.sub(r"\\\1", part))


def linked_sections(programme: Programme, text: str) -> list[Section]:
    """Return the sections that a text links to, each once, in the order of the text."""
    targets = dict.fromkeys(SectionId(target[1:]) for _, target in find_links(text) if target.startswith("#"))
    return [programme.section_by_id[id_] for id_ in targets if id_ in programme.section_by_id]
