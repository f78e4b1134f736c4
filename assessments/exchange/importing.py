"""From files of questions to items and pictures, with a report of everything that was read, taken and refused."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import PurePath
from typing import Final

from assessments.exchange.entries import (
    MAX_QUESTIONS,
    CannotCarryError,
    Carried,
    Entry,
    Picture,
    UnreadableFileError,
)
from assessments.exchange.own_fields import TO_BE_SET, build, with_own
from assessments.exchange.qti_reading import Fetch, no_file
from assessments.exchange.sources import ExchangeFormat, open_source
from curriculum.fields import ID_MAX, ID_PATTERN
from curriculum.ids import ItemId
from curriculum.items import Item

PROGRESS_STEP: Final = 1_000

Progress = Callable[[str, int], None]
"""Is told the name of a file and how many of its questions are read."""

_NO_LETTERS: Final = re.compile(r"[^a-z0-9]+")
_SLUG_MAX: Final = 40


@dataclass(frozen=True, slots=True)
class Settings:
    """What the person who imports knows: where the items belong, and what the files are."""

    prefix: str = "draft"
    section: str = TO_BE_SET
    competency: str = TO_BE_SET
    form: ExchangeFormat | None = None
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A question or a file that was not taken: where it stands and why."""

    where: str
    reason: str


@dataclass(slots=True)
class Imported:
    """What came of some files. `notes` say what was taken and works otherwise here."""

    n_read: int = 0
    items: list[Item] = field(default_factory=list[Item])
    pictures: dict[str, bytes] = field(default_factory=dict[str, bytes])
    refused: list[Refused] = field(default_factory=list[Refused])
    noted: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def notes(self) -> Iterator[str]:
        """Yield each note once, with where it holds."""
        for note, places in self.noted.items():
            more = f"{len(places):,} questions, the first " if len(places) > 1 else ""
            yield f"{more}{places[0]}: {note}"


class Importer:
    """Takes in files one by one; ids and names of pictures are given once over all of them."""

    def __init__(
        self, settings: Settings, taken: Iterable[str] = (), pictures: Mapping[str, bytes] | None = None
    ) -> None:
        """Begin.

        Args:
            settings: What holds for all files.
            taken: The ids that the programme has already.
            pictures: The files that its `media/` has already.
        """
        self._settings = settings
        self._taken = set(taken)
        self._known_pictures = dict(pictures or {})
        self.result = Imported()

    def read(self, path: PurePath, data: bytes, progress: Progress | None = None, beside: Fetch = no_file) -> None:
        """Take in a file; one that is damaged gives nothing at all."""
        entries: list[Entry] = []
        try:
            source = open_source(path.name, data, self._settings.form, self._settings.encoding, beside)
            for entry in source.entries:
                entries.append(entry)
                if len(entries) > MAX_QUESTIONS:
                    raise UnreadableFileError(f"more than {MAX_QUESTIONS:,} questions", "fewer", "Split the file.")
                if progress and len(entries) % PROGRESS_STEP == 0:
                    progress(path.name, len(entries))
        except UnreadableFileError as error:
            line = f":{error.line}" if error.line else ""
            self.result.refused.append(Refused(f"{path.as_posix()}{line}", str(error)))
            return
        for note in source.notes:
            self.result.noted[note].append(path.as_posix())
        for entry in entries:
            self._take(path, entry)

    def _take(self, path: PurePath, entry: Entry) -> None:
        self.result.n_read += 1
        inside = f", {entry.inside}" if entry.inside else ""
        where = f"{path.as_posix()}{inside}:{entry.line}: question `{entry.name}`"
        try:
            if isinstance(entry.outcome, CannotCarryError):
                raise entry.outcome
            item = self._complete(entry.outcome, entry.name)
        except CannotCarryError as refusal:
            self.result.refused.append(Refused(where, str(refusal)))
            return
        self._taken.add(item.id)
        self.result.items.append(item)
        for note in entry.outcome.notes:
            self.result.noted[note].append(where)

    def _complete(self, carried: Carried, name: str) -> Item:
        fields = dict(carried.fields)
        item = with_own(build(fields), carried.own)
        changes: dict[str, object] = {"id": self._id_of(carried, item, name)}
        if item.section == TO_BE_SET:
            changes["section"] = self._settings.section
        if item.competency == TO_BE_SET:
            changes["competency"] = self._settings.competency
        if carried.picture is not None and item.media is not None:
            changes["media"] = item.media.model_copy(update={"file": self._keep(carried.picture)})
        return item.model_copy(update=changes)

    def _id_of(self, carried: Carried, item: Item, name: str) -> ItemId:
        if "id" in carried.own:
            if len(item.id) > ID_MAX or not ID_PATTERN.fullmatch(item.id):
                raise CannotCarryError(f"the id `{item.id[:60]}`", "letters and digits, joined by `-`, `.` or `_`")
            if item.id in self._taken:
                hint = "Remove the other one first, or give this one another id."
                raise CannotCarryError(f"the id `{item.id}` is used already", "an id of its own", hint)
            return item.id
        base = f"{self._settings.prefix}-{_slug(carried.foreign_id) or _slug(name) or 'question'}"
        number, id_ = 1, base
        while id_ in self._taken:
            number += 1
            id_ = f"{base}-{number}"
        return ItemId(id_)

    def _keep(self, picture: Picture) -> str:
        """Return the name under which a picture is kept; the same bytes are kept once."""
        for names in (self.result.pictures, self._known_pictures):
            if names.get(picture.name) == picture.content:
                return picture.name
        name = picture.name
        if name in self.result.pictures or name in self._known_pictures:
            stem, _, ending = name.rpartition(".")
            name = f"{stem}-{sha256(picture.content).hexdigest()[:8]}.{ending}"
        self.result.pictures[name] = picture.content
        return name


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.strip().lower()).encode("ascii", "ignore").decode()
    return _NO_LETTERS.sub("-", plain).strip("-")[:_SLUG_MAX].strip("-")
