"""Pictures, sound and film of a question, with their words."""

from io import BytesIO
from typing import Final

import streamlit as st

from curriculum.media import Audio, Image, Media, Video
from curriculum.models import Programme
from store.ledger import Store
from store.publishing import MediaContent
from web.components import plain
from web.context import Context
from web.texts import _

_KEPT: Final = 16


def draw_media(context: Context, programme: Programme, media: Media | None) -> None:
    """Draw what a question shows; a file that the store does not hold is named, with its words."""
    if media is None:
        return
    content = _content(context, programme, media.file)
    match media:
        case Image():
            if content is None:
                st.markdown(f"*{plain(media.alt)}*")
            else:
                st.image(content.content, alt=media.alt, width="stretch")
        case Audio():
            if content is not None:
                st.audio(content.content, format=content.type)
            _draw_transcript(media.transcript, is_open=content is None)
        case Video():
            captions = _content(context, programme, media.captions)
            if content is not None:
                st.video(
                    content.content, format=content.type, subtitles=BytesIO(captions.content) if captions else None
                )
            _draw_transcript(media.transcript, is_open=content is None)


def _draw_transcript(text: str, *, is_open: bool) -> None:
    with st.expander(_("Read it in words"), expanded=is_open):
        st.markdown(plain(text))


def _content(context: Context, programme: Programme, name: str) -> MediaContent | None:
    digest = next((file.digest for file in programme.media if file.name == name), None)
    try:
        return _load(context.store, digest) if digest else None
    except LookupError:
        return None


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _load(_store: Store, digest: str) -> MediaContent:
    """Return a file, which never changes: it is named by its digest. What is missing is asked for again."""
    found = _store.media(digest)
    if found is None:
        raise LookupError(digest)
    return found
