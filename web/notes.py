"""A field for a short note about one's own practice, with a second look where it may be about a family."""

from typing import Literal

import streamlit as st

from assessments.notes import check_note
from web.components import plain, small_note
from web.texts import _


def note_field(
    label: str,
    key: str,
    max_length: int,
    *,
    is_own: bool = True,
    is_kept: bool = False,
    is_last: bool = True,
) -> str | None:
    """Draw the field; return its text, or None while a warning about it has not been answered.

    Whoever saves the text has to look for None once more when the button is clicked: a click right after typing
    arrives together with the text, on a button that was not yet disabled.

    Args:
        label: What the note is about; plain text.
        key: Unique on the page.
        max_length: Characters that the programme allows.
        is_own: Whether people write about their own practice, or else about a trainee's.
        is_kept: Whether the text stays while they look at another part of the app.
        is_last: Whether the reminder follows; of several fields in a row only the last needs it.
    """
    persist: Literal["session"] | None = "session" if is_kept else None
    text = st.text_area(label, max_chars=max_length, key=key, height=90, persist_state=persist) or ""
    about = _("About your own practice only.") if is_own else _("About this person's practice only.")
    if is_last:
        small_note(about + " " + _("Never write about a child or a family, not even without a name."))
    warnings = check_note(text, max_length)
    if not warnings:
        return text
    lines = [_("Please look at your note again before it is kept.")]
    lines += [f"- {plain(_(warning))}" for warning in warnings]
    lines += ["", _("If it is about a child or a family, delete it. A worry goes to your safeguarding lead, by phone.")]
    st.warning("\n".join(lines), icon=":material/visibility:")
    is_sure = st.checkbox(_("I have looked: it is about practice, and about no family"), key=f"{key}-sure-{hash(text)}")
    return text if is_sure else None
