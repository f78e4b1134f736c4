"""Pictures, sound and film of a question: shown from the store, each with its words; what is lost is told in words."""

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from curriculum.bundle import to_bundle
from curriculum.media import Audio, Image, Media, MediaKind, Video, load_media, read_media
from curriculum.models import Programme
from people.models import Actor, PersonId
from store.ledger import Store
from tests.builders import NOW, make_programme
from tests.web.drawing import draw
from tests.web.drawing import shown as raw
from web.context import Context
from web.view import View
from web.views.trainee.media import draw_media

PICTURE = Image(kind=MediaKind.IMAGE, file="hall.png", alt="A hall with twelve chairs in a ring")
SOUND = Audio(kind=MediaKind.AUDIO, file="voice.mp3", transcript="Amara says: I am so tired.")
FILM = Video(kind=MediaKind.VIDEO, file="scene.mp4", captions="scene.vtt", transcript="Two people sit down.")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png() -> bytes:
    """Return a picture of one grey point."""
    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(b"\0\x80")) + _chunk(b"IEND", b"")
    )


def _mp3() -> bytes:
    """Return four frames of silence: MPEG 1, layer III, 32 kbit/s, 44.1 kHz, one channel, 104 bytes each."""
    return 4 * (b"\xff\xfb\x10\xc4" + bytes(100))


def _mp4() -> bytes:
    """Return a container of films with nothing in it."""
    return b"\0\0\0\x14ftypisom\0\0\0\0isom" + b"\0\0\0\x08mdat"


FILES = {
    "hall.png": _png(),
    "voice.mp3": _mp3(),
    "scene.mp4": _mp4(),
    "scene.vtt": b"WEBVTT\n\n00:00.000 --> 00:01.000\nThey sit down.\n",
}


@pytest.fixture
def programme(tmp_path: Path) -> Programme:
    home = tmp_path / "media"
    home.mkdir()
    for name, content in FILES.items():
        (home / name).write_bytes(content)
    files, problems = read_media(tmp_path)
    assert problems == []
    return make_programme(media=tuple(files))


@pytest.fixture
def store(programme: Programme, tmp_path: Path) -> Iterator[Store]:
    opened = Store.memory(clock=lambda: NOW)
    opened.publish(programme, to_bundle(programme), load_media(tmp_path, programme.media))
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """Files are kept by their digest for the whole process, whichever store they came from."""
    st.cache_resource.clear()


def shown(page: AppTest) -> str:
    return raw(page).replace("\\", "")


def drawn(store: Store, programme: Programme, media: Media) -> AppTest:
    view = View(frozenset(), "Media", "media", lambda context: draw_media(context, programme, media))
    return draw(view, Context(store=store, actor=Actor(PersonId(1), "Ann"), clock=lambda: NOW))


def test_a_picture_has_its_words_for_those_who_do_not_see_it(store: Store, programme: Programme) -> None:
    (picture,) = drawn(store, programme, PICTURE).main.children.values()
    assert PICTURE.alt in str(getattr(picture, "proto", ""))
    assert PICTURE.alt not in shown(drawn(store, programme, PICTURE))


def test_sound_is_played_and_can_be_read(store: Store, programme: Programme) -> None:
    page = drawn(store, programme, SOUND)
    (sound,) = page.get("audio")
    assert sound.proto.url
    assert SOUND.transcript in shown(page)
    assert not page.expander[0].proto.expanded


def test_a_film_has_captions_and_can_be_read(store: Store, programme: Programme) -> None:
    page = drawn(store, programme, FILM)
    (film,) = page.get("video")
    assert film.proto.url
    assert len(film.proto.subtitles) == 1
    assert FILM.transcript in shown(page)


def test_what_the_store_does_not_hold_is_told_in_words(programme: Programme) -> None:
    empty = Store.memory(clock=lambda: NOW)
    assert PICTURE.alt in shown(drawn(empty, programme, PICTURE))
    page = drawn(empty, programme, SOUND)
    assert page.expander[0].proto.expanded
    assert not page.get("audio")
    empty.close()
