"""A file of questions that is brought to a page: what could be taken of it, and that as a file to put into a programme.

Nothing is written here: a programme's folder belongs to those who write it.
"""

import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import Final

from assessments.exchange.drafts import split_drafts
from assessments.exchange.entries import MAX_FILE_BYTES
from assessments.exchange.folders import ITEMS_FOLDER
from assessments.exchange.importing import Imported, Importer, Progress, Refused, Settings
from assessments.exchange.own_fields import TO_BE_SET
from curriculum.fields import ID_PATTERN
from curriculum.media import MEDIA_FOLDER
from curriculum.models import Programme
from people.models import Actor
from people.rights import Record, Right, require_anywhere

_NAME_MAX: Final = 60


@dataclass(frozen=True, slots=True)
class Draft:
    """What can be taken of a file: YAML where one file holds it all, else a ZIP that is unpacked in the folder."""

    name: str
    content: bytes
    is_zip: bool


def read_upload(
    actor: Actor, programme: Programme, name: str, data: bytes, *, settings: Settings, progress: Progress | None = None
) -> Imported:
    """Return what comes of a file for a programme: each question taken, or refused with where and why.

    Args:
        actor: Who brings it.
        programme: The version whose ids and pictures are taken already.
        name: The file's name.
        data: Its bytes.
        settings: Where the items belong.
        progress: Is told how many questions are read.

    Raises:
        NotAllowedError: The actor may not draft a programme's text.
    """
    require_anywhere(actor, Right.DRAFT, Record.PROGRAMME)
    # Of pictures that the programme has the names alone matter: one of the same name gets another.
    importer = Importer(settings, programme.item_by_id, dict.fromkeys(programme.media_by_name, b""))
    # Names come from anywhere: only the last part is kept.
    path = PurePosixPath(name.replace("\\", "/")).name or "file"
    if len(data) > MAX_FILE_BYTES:
        reason = f"it is {len(data):,} bytes long; expected at most {MAX_FILE_BYTES:,}. Split the file."
        importer.result.refused.append(Refused(path, reason))
        return importer.result
    importer.read(PurePosixPath(path), data, progress)
    return importer.result


def count_open(imported: Imported) -> int:
    """Return how many items still need their section or competency."""
    return sum(TO_BE_SET in (item.section, item.competency) for item in imported.items)


def pack_draft(imported: Imported, source: str) -> Draft | None:
    """Return what was taken as one file to download; None when nothing was.

    Args:
        imported: What came of the file.
        source: The file's name, which the head of the YAML says.
    """
    if not imported.items:
        return None
    plain = " ".join(source.split())
    head = f"# From {plain}. Set `{TO_BE_SET}`, then run: python -m curriculum check\n"
    texts = split_drafts(imported.items, head)
    stem = f"from-{_stem(source)}"
    if len(texts) == 1 and not imported.pictures:
        return Draft(f"{stem}.yaml", texts[0].encode(), is_zip=False)
    names = [f"{stem}.yaml"] if len(texts) == 1 else [f"{stem}-{i}.yaml" for i in range(1, len(texts) + 1)]
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in zip(names, texts, strict=True):
            archive.writestr(f"{ITEMS_FOLDER}/{name}", text)
        for name, content in imported.pictures.items():
            archive.writestr(f"{MEDIA_FOLDER}/{name}", content)
    return Draft(f"{stem}.zip", packed.getvalue(), is_zip=True)


def _stem(source: str) -> str:
    """Return a name for a file that is made of another's, whatever that was called."""
    stem = PurePosixPath(source.replace("\\", "/")).stem
    found = ID_PATTERN.findall(stem)
    return "-".join(found)[:_NAME_MAX].strip("-._") or "file"
