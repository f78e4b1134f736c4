"""A sound with its words and a film with its captions are played on a phone, in a quiz."""

import base64
import hashlib
import shutil
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser

from analytics.demonstration.cast import PASSWORD
from curriculum.bundle import to_bundle
from curriculum.items import ItemKind
from curriculum.media import FILE_RULES, Audio, Media, MediaFile, MediaKind, Video
from people.facts import FactId
from store.ledger import Store
from tests.browser.conftest import PHONE, Arrive
from tests.browser.every_kind import TRAINEE
from tests.browser.pages import Visitor
from tests.browser.server import run_app
from tests.builders import make_started
from tests.web.scene import ALONGSIDE

pytestmark = pytest.mark.xdist_group("pages and tabs")

SOUND: Final = Audio(kind=MediaKind.AUDIO, file="voice.mp3", transcript="Amara says: I am so tired.")
FILM: Final = Video(kind=MediaKind.VIDEO, file="scene.webm", captions="scene.vtt", transcript="Two people sit down.")
CAPTION: Final = "They sit down."

_RECORD: Final = """
async () => {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 64;
  const pen = canvas.getContext('2d');
  let n = 0;
  const ticking = setInterval(() => { pen.fillStyle = n++ % 2 ? '#7a2e68' : '#fff'; pen.fillRect(0, 0, 64, 64); }, 40);
  const recorder = new MediaRecorder(canvas.captureStream(25), {mimeType: 'video/webm;codecs=vp8'});
  const parts = [];
  recorder.ondataavailable = event => parts.push(event.data);
  const over = new Promise(done => { recorder.onstop = done; });
  recorder.start();
  await new Promise(done => setTimeout(done, 400));
  recorder.stop();
  await over;
  clearInterval(ticking);
  return btoa(String.fromCharCode(...new Uint8Array(await new Blob(parts).arrayBuffer())));
}
"""
"""Draws for a moment, and returns what it looked like as a film."""

_PLAYED: Final = """
async kind => {
  const it = document.querySelector(kind);
  it.muted = true;
  await it.play();
  const track = it.textTracks[0];
  if (track) track.mode = 'showing';
  for (let n = 0; n < 50 && track && !track.cues?.length; n++) await new Promise(done => setTimeout(done, 100));
  return [it.duration > 0, it.error === null, track ? [...track.cues].map(cue => cue.text) : []];
}
"""
"""Plays a sound or a film; returns whether it has a length, whether all went well, and its captions."""


def _film(browser: Browser) -> bytes:
    page = browser.new_page()
    try:
        page.goto("about:blank")
        return base64.b64decode(page.evaluate(_RECORD))
    finally:
        page.close()


def _sound() -> bytes:
    """Return a second of silence: frames of MPEG 1, layer III, 32 kbit/s, 44.1 kHz, one channel, 104 bytes each."""
    return 40 * (b"\xff\xfb\x10\xc4" + bytes(100))


def _begin(path: Path, files: dict[str, bytes]) -> FactId:
    """Begin a form of a sound and a film, in a version of the programme that has both."""
    store = Store.open(path)
    account = store.find_account(TRAINEE)
    assert account is not None
    programme = store.programme(ALONGSIDE, 1)
    shown: list[Media] = [SOUND, FILM]
    asked = [
        item.model_copy(update={"media": media})
        for item, media in zip((one for one in programme.items if one.kind is ItemKind.SINGLE), shown, strict=False)
    ]
    by_id = {item.id: item for item in asked}
    kept = {hashlib.sha256(content).hexdigest(): content for content in files.values()}
    media_files = tuple(
        MediaFile(name=name, type=FILE_RULES[Path(name).suffix].type, digest=digest, n_bytes=len(kept[digest]))
        for name, digest in zip(files, kept, strict=True)
    )
    items = tuple(by_id.get(item.id, item) for item in programme.items)
    changed = programme.model_copy(update={"items": items, "media": media_files})
    form = make_started(
        store.clock(),
        person_id=account.person_id,
        actor_id=account.person_id,
        programme_id=ALONGSIDE,
        version_no=store.publish(changed, to_bundle(changed), kept),
        blueprint_id=programme.blueprints[0].id,
        item_ids=tuple(by_id),
        option_orders=tuple(tuple(range(len(item.options))) for item in asked),
    )
    assert store.append(form)
    store.close()
    return form.fact_id


def _read_in_words(visitor: Visitor, words: str) -> None:
    fold = visitor.page.locator("summary").filter(has_text="Read it in words")
    fold.focus()
    fold.press("Enter")
    visitor.see(words)
    assert visitor.width_over() <= 0


def test_a_sound_and_a_film_are_played_and_can_be_read(
    demonstration_of_today: Path, browser: Browser, arrive: Arrive, tmp_path: Path
) -> None:
    store = tmp_path / "practicum.duckdb"
    shutil.copyfile(demonstration_of_today, store)
    captions = f"WEBVTT\n\n00:00.000 --> 00:00.300\n{CAPTION}\n".encode()
    form = _begin(store, {"voice.mp3": _sound(), "scene.webm": _film(browser), "scene.vtt": captions})
    with run_app(store) as app:
        visitor = arrive(app, size=PHONE)
        visitor.sign_in(TRAINEE, PASSWORD)
        visitor.open(f"/quiz?form={form}&question=1")
        visitor.see("Question 1 of 2")
        assert visitor.page.evaluate(_PLAYED, "audio") == [True, True, []]
        _read_in_words(visitor, SOUND.transcript)
        visitor.click("Next question")
        visitor.see("Question 2 of 2")
        assert visitor.page.evaluate(_PLAYED, "video") == [True, True, [CAPTION]]
        _read_in_words(visitor, FILM.transcript)
        visitor.see_no_trouble()
        assert app.troubles == []
