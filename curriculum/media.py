"""Pictures, sound and film: what an item may show, which files may stand in `media/`, and their bytes."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field

from curriculum.base import Model
from curriculum.errors import Problem, ProblemSeverity

MEDIA_FOLDER: Final = "media"
MAX_TOTAL: Final = 200_000_000
"""Bytes of all files of a programme together."""


class MediaKind(StrEnum):
    """What is shown or heard."""

    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"


class Image(Model):
    """A picture; `alt` says in words what it shows."""

    kind: Literal[MediaKind.IMAGE]
    file: str
    alt: str


class Audio(Model):
    """Something to hear; `transcript` is every word of it."""

    kind: Literal[MediaKind.AUDIO]
    file: str
    transcript: str


class Video(Model):
    """Something to see and hear; `captions` is a file of captions, `transcript` says what is seen and said."""

    kind: Literal[MediaKind.VIDEO]
    file: str
    captions: str
    transcript: str


Media = Annotated[Image | Audio | Video, Field(discriminator="kind")]


class MediaFile(Model):
    """One file of `media/`: its name, its type as browsers call it, the SHA-256 of its bytes, and how many they are."""

    name: str
    type: str
    digest: str
    n_bytes: int


@dataclass(frozen=True, slots=True)
class FileRule:
    """What a file of one ending has to be: its type, its size, and one of `signs` at `offset` of its bytes."""

    type: str
    max_bytes: int
    signs: tuple[bytes, ...]
    offset: int = 0


_MEGABYTE: Final = 1_000_000
FILE_RULES: Final = {
    ".png": FileRule("image/png", _MEGABYTE, (b"\x89PNG\r\n\x1a\n",)),
    ".jpg": FileRule("image/jpeg", _MEGABYTE, (b"\xff\xd8\xff",)),
    ".webp": FileRule("image/webp", _MEGABYTE, (b"WEBP",), 8),
    ".mp3": FileRule("audio/mpeg", 8 * _MEGABYTE, (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")),
    ".m4a": FileRule("audio/mp4", 8 * _MEGABYTE, (b"ftyp",), 4),
    ".ogg": FileRule("audio/ogg", 8 * _MEGABYTE, (b"OggS",)),
    ".mp4": FileRule("video/mp4", 40 * _MEGABYTE, (b"ftyp",), 4),
    ".webm": FileRule("video/webm", 40 * _MEGABYTE, (b"\x1a\x45\xdf\xa3",)),
    ".vtt": FileRule("text/vtt", _MEGABYTE // 2, (b"WEBVTT", b"\xef\xbb\xbfWEBVTT")),
}
"""The files that may stand in `media/`, by ending. No SVG: it may hold scripts."""

ENDINGS: Final = {
    MediaKind.IMAGE: (".png", ".jpg", ".webp"),
    MediaKind.AUDIO: (".mp3", ".m4a", ".ogg"),
    MediaKind.VIDEO: (".mp4", ".webm"),
}
CAPTIONS: Final = (".vtt",)


def names_of(media: Media) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield the files that an item shows: the field, the name, and the endings it may have."""
    yield "file", media.file, ENDINGS[media.kind]
    if isinstance(media, Video):
        yield "captions", media.captions, CAPTIONS


def read_media(folder: Path) -> tuple[list[MediaFile], list[Problem]]:
    """Return the files in a programme's `media/`, by name, and what is wrong with the others."""
    home = folder / MEDIA_FOLDER
    files: list[MediaFile] = []
    problems: list[Problem] = []
    for path in sorted(home.iterdir()) if home.is_dir() else ():
        if path.name.startswith("."):
            continue
        found = _read(path)
        if isinstance(found, MediaFile):
            files.append(found)
        else:
            problems.append(found)
    total = sum(file.n_bytes for file in files)
    if total > MAX_TOTAL:
        message = f"holds {total:,} bytes; expected at most {MAX_TOTAL:,} in all"
        problems.append(Problem(home, 1, "", message, "Make the films smaller, or leave some out."))
    return files, problems


def _read(path: Path) -> MediaFile | Problem:
    rule = FILE_RULES.get(path.suffix)
    if rule is None:
        hint = f"Files in `{MEDIA_FOLDER}` end in {', '.join(FILE_RULES)}."
        return Problem(path, 1, "", "is not read: it is no part of a programme", hint, ProblemSeverity.WARNING)
    try:
        if path.is_symlink() or not path.is_file():
            return Problem(path, 1, "", "is not a plain file", "Put the file itself here.")
        size = path.stat().st_size
        if size > rule.max_bytes:
            message = f"is {size:,} bytes long; expected at most {rule.max_bytes:,} for {path.suffix}"
            return Problem(path, 1, "", message, "Save it smaller: phones have to fetch it.")
        content = path.read_bytes()
    except OSError as error:
        return Problem(path, 1, "", f"cannot be read: {error.strerror}", "Look at the file's permissions.")
    if not content.startswith(rule.signs, rule.offset):
        message = f"is no file of type {rule.type}, whatever its name says"
        return Problem(path, 1, "", message, "Save it anew in that format, or give it its true ending.")
    return MediaFile(name=path.name, type=rule.type, digest=sha256(content).hexdigest(), n_bytes=size)


def load_media(folder: Path, files: tuple[MediaFile, ...]) -> dict[str, bytes]:
    """Return the bytes of a programme's files by digest; a file that changed since it was read is left out."""
    found = {sha256(content).hexdigest(): content for content in _contents(folder, files)}
    return {file.digest: found[file.digest] for file in files if file.digest in found}


def _contents(folder: Path, files: tuple[MediaFile, ...]) -> Iterator[bytes]:
    for file in files:
        path = folder / MEDIA_FOLDER / file.name
        if path.is_file() and not path.is_symlink():
            yield path.read_bytes()
