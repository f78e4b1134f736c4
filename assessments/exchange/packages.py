"""Packages of QTI: a ZIP with `imsmanifest.xml`, items and pictures. Nothing is ever unpacked to the disk."""

import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import escape
from io import BytesIO
from typing import Final
from urllib.parse import unquote

from assessments.exchange.entries import MAX_FILE_BYTES, CannotCarryError, Entry, UnreadableFileError
from assessments.exchange.qti_reading import read_qti_item
from assessments.exchange.xml_tree import Node, parse_xml

MANIFEST: Final = "imsmanifest.xml"
MAX_FILES: Final = 60_000

_DAMAGED: Final = "Download or export the package again."
_ITEM_TYPE: Final = "imsqti_item"
_OLD_TYPE: Final = "imsqti_xmlv1"
_TEST_TYPE: Final = "imsqti_test"
_FIXED: Final = (1980, 1, 1, 0, 0, 0)
"""The time of every file in a package we write, so that the same items make the same bytes."""


class Package:
    """The files of a package, read as they are asked for."""

    def __init__(self, data: bytes) -> None:
        """Open a package.

        Raises:
            UnreadableFileError: It is no ZIP, is cut off, or would unfold to too much.
        """
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            infos = [info for info in self._zip.infolist() if not info.is_dir()]
        except (zipfile.BadZipFile, ValueError, OSError, EOFError) as error:
            raise UnreadableFileError("it is a ZIP that is cut off or damaged", "a whole ZIP", _DAMAGED) from error
        total = sum(info.file_size for info in infos)
        if len(infos) > MAX_FILES or total > MAX_FILE_BYTES:
            found = f"its {len(infos):,} files unfold to {total:,} bytes"
            raise UnreadableFileError(found, f"{MAX_FILES:,} files and {MAX_FILE_BYTES:,} bytes at most", "Split it.")
        for info in infos:
            _check_name(info)
        self._infos = {info.filename: info for info in infos}

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a file, None when it is not there.

        Raises:
            UnreadableFileError: It is damaged.
        """
        info = self._infos.get(name)
        if info is None:
            return None
        try:
            return self._zip.read(info)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
            found = f"`{name}` in it is cut off or damaged"
            raise UnreadableFileError(found, "a whole ZIP", _DAMAGED) from error

    def items(self) -> list[str]:
        """Return the names of the item files, in the order of the manifest.

        Raises:
            UnreadableFileError: There is no manifest, or it lists no items.
        """
        data = self.read(MANIFEST)
        if data is None:
            raise self._no_manifest()
        resources = parse_xml(data).find("resource")
        found = [_href_of(each) for each in resources if each.get("type").startswith(_ITEM_TYPE)]
        if not found and any(each.get("type").startswith(_OLD_TYPE) for each in resources):
            raise UnreadableFileError("it is a package of QTI 1", "a package of QTI 3.0", "Export it as QTI 3.0.")
        if not found:
            raise UnreadableFileError(f"its `{MANIFEST}` lists no items", "items", "Export the questions again.")
        return [posixpath.normpath(each) for each in found]

    def _no_manifest(self) -> UnreadableFileError:
        inside = next((name for name in self._infos if name.endswith(f"/{MANIFEST}")), None)
        if inside is None:
            return UnreadableFileError(f"a ZIP without `{MANIFEST}`", "a package of QTI 3.0", "Export it as QTI 3.0.")
        found = f"`{MANIFEST}` stands in the folder `{posixpath.dirname(inside)[:60]}` of the ZIP"
        return UnreadableFileError(found, "it at the top", "Pack what is in the folder, and not the folder itself.")

    @property
    def has_test(self) -> bool:
        """Return whether the package also holds a test: an order of its items."""
        data = self.read(MANIFEST) or b"<none/>"
        return any(each.get("type").startswith(_TEST_TYPE) for each in parse_xml(data).find("resource"))


def _href_of(resource: Node) -> str:
    """Return the file of a resource; some name it only among its files."""
    first = resource.first("file")
    return unquote(resource.get("href") or (first.get("href") if first is not None else ""))


def _check_name(info: zipfile.ZipInfo) -> None:
    name = info.filename
    if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name:
        raise UnreadableFileError(f"a file in it is named `{name[:60]}`", "names inside the package", _DAMAGED)
    if info.flag_bits & 1:
        raise UnreadableFileError("it is locked with a password", "an open ZIP", "Save it without a password.")


def read_package(package: Package, names: list[str]) -> Iterator[Entry]:
    """Yield the question of each item file."""
    for name in names:
        yield _read_one(package, name)


def _read_one(package: Package, name: str) -> Entry:
    folder = posixpath.dirname(name)

    def fetch(source: str) -> bytes | None:
        path = unquote(source.partition("?")[0].partition("#")[0])
        return package.read(posixpath.normpath(posixpath.join(folder, path)))

    try:
        data = package.read(name)
        if data is None:
            missing = CannotCarryError("the manifest names it, and it is not there", "the file", _DAMAGED)
            return Entry(1, name, missing, name)
        root: Node = parse_xml(data)
        return replace(read_qti_item(root, fetch), inside=name)
    except UnreadableFileError as error:
        return Entry(max(error.line, 1), name, error, name)


def write_package(items: Mapping[str, str], pictures: Mapping[str, tuple[str, bytes]]) -> bytes:
    """Return a package.

    Args:
        items: The documents of the items by item id.
        pictures: Name and bytes of the picture of an item, by item id.
    """
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        _put(package, MANIFEST, _manifest(items, pictures).encode())
        for id_, document in items.items():
            _put(package, f"items/{id_}.xml", document.encode())
        for name, content in dict(pictures.values()).items():
            _put(package, f"media/{name}", content)
    return buffer.getvalue()


def _put(package: zipfile.ZipFile, name: str, content: bytes) -> None:
    info = zipfile.ZipInfo(name, _FIXED)
    info.compress_type = zipfile.ZIP_DEFLATED
    package.writestr(info, content)


def _manifest(items: Mapping[str, str], pictures: Mapping[str, tuple[str, bytes]]) -> str:
    resources = "".join(_resource(id_, pictures.get(id_)) for id_ in items)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<manifest xmlns="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1" identifier="practicum-items">\n'
        "<metadata><schema>QTI Package</schema><schemaversion>3.0.0</schemaversion></metadata>\n"
        f"<organizations/>\n<resources>\n{resources}</resources>\n</manifest>\n"
    )


def _resource(id_: str, picture: tuple[str, bytes] | None) -> str:
    href = f"items/{escape(id_)}.xml"
    more = f'<file href="media/{escape(picture[0])}"/>' if picture else ""
    opening = f'<resource identifier="item-{escape(id_)}" type="imsqti_item_xmlv3p0" href="{href}">'
    return f'{opening}<file href="{href}"/>{more}</resource>\n'
