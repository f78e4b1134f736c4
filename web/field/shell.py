"""The files of the field page: the same for everybody, in the language of the browser, under one version."""

import json
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from babel import Locale

from web.field.texts import list_texts
from web.texts import _, current_language, speaking

HOME: Final = "/field/"
_STATIC: Final = Path(__file__).parents[1] / "static"
_FOLDER: Final = _STATIC / "field"
_SCRIPT: Final = "text/javascript"

_TYPES: Final = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": _SCRIPT,
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
}
_WORKER: Final = "worker.js"
_PAGE: Final = "page.html"
_TEXTS: Final = "texts.json"
_MANIFEST: Final = "field.webmanifest"
_SHARED: Final = {
    "atkinson.woff2": "atkinson-hyperlegible-next-latin-wght-normal.woff2",
    "bricolage.woff2": "bricolage-grotesque-latin-wght-normal.woff2",
    "vazirmatn.woff2": "vazirmatn-arabic-wght-normal.woff2",
    "icon.svg": "icon.svg",
}
"""Files of the other pages that this one brings along under its own path."""

_NOT_KEPT: Final = frozenset({_WORKER, "vazirmatn.woff2"})
"""What the worker does not take along: itself, and the script that few of its pages are written in."""

HEADERS: Final = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "Vary": "Accept-Language",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


@dataclass(frozen=True, slots=True)
class ShellFile:
    """One file of the shell."""

    content: bytes
    media_type: str


def find_file(name: str) -> ShellFile | None:
    """Return a file of the shell in the language spoken now, or None; the page itself has no name."""
    return _files(current_language()).get(name or _PAGE)


@cache
def _files(language: str) -> dict[str, ShellFile]:
    files = {path.name: _file(path.name, path.read_bytes()) for path in sorted(_FOLDER.iterdir())}
    files |= {name: _file(name, (_STATIC / path).read_bytes()) for name, path in _SHARED.items()}
    with speaking(language):
        files[_TEXTS] = _file(_TEXTS, _as_json(_texts(language)))
        files[_MANIFEST] = _file(_MANIFEST, _as_json(_manifest(language)))
    kept = {name: file for name, file in files.items() if name not in _NOT_KEPT}
    files[_WORKER] = _file(_WORKER, _head(kept) + files[_WORKER].content)
    return files


def _file(name: str, content: bytes) -> ShellFile:
    return ShellFile(content, _TYPES[Path(name).suffix])


def _as_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _head(kept: dict[str, ShellFile]) -> bytes:
    """Return what stands before the worker's script: the version, and which files of which type it keeps."""
    mark = sha256()
    for name, file in kept.items():
        mark.update(f"{name} {len(file.content)} ".encode() + file.content)
    paths = {HOME + ("" if name == _PAGE else name): file.media_type for name, file in kept.items()}
    return f'const VERSION = "{mark.hexdigest()[:16]}";\nconst FILES = {json.dumps(paths)};\n'.encode()


def _texts(language: str) -> dict[str, object]:
    return {"language": language, "dir": Locale.parse(language).text_direction, "texts": list_texts()}


def _manifest(language: str) -> dict[str, object]:
    """Return what a phone needs to put the page on its first screen; the sign-in page stays in the same window."""
    return {
        "id": HOME,
        "start_url": HOME,
        "scope": "/",
        "name": _("Practicum: observe without signal"),
        "short_name": _("Observe"),
        "lang": language,
        "dir": Locale.parse(language).text_direction,
        "display": "standalone",
        "background_color": "#fffcfa",
        "theme_color": "#7a2e68",
        "icons": [
            {"src": f"{HOME}icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png", "purpose": "any maskable"}
            for size in (192, 512)
        ],
    }
