"""From items to other people's formats. Each is read back before it counts: what would be lost is refused instead."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, cast

from assessments.exchange.categories import category_of
from assessments.exchange.entries import CannotCarryError, Entry, Fields
from assessments.exchange.gift_reading import read_gift
from assessments.exchange.gift_writing import write_gift_question
from assessments.exchange.importing import PROGRESS_STEP, Progress
from assessments.exchange.moodle_reading import read_moodle
from assessments.exchange.moodle_writing import HEAD, TAIL, write_category, write_moodle_question
from assessments.exchange.own_fields import build, own_of, with_own
from assessments.exchange.packages import write_package
from assessments.exchange.qti_reading import read_qti_item
from assessments.exchange.qti_writing import write_qti_item
from assessments.exchange.sources import ExchangeFormat
from assessments.exchange.weights import odd_weights
from assessments.exchange.xml_tree import parse_xml
from curriculum.items import ClozeItem, ExtendedTextItem, Item, SingleItem

_TOP: Final = "$course$/top"
_ROUND: Final = "Change it, or keep the item in the programme."

_SCORED: Final = ("partial", "penalty", "below_zero", "case_matters", "points")
_READ: Final = {
    ExchangeFormat.GIFT: ("hints", "rubric", "model"),
    ExchangeFormat.MOODLE: (),
    ExchangeFormat.QTI: ("hints",),
}


@dataclass(frozen=True, slots=True)
class Kept:
    """An item that was written: its text, and what only Practicum will read in it."""

    item: Item
    text: str
    notes: tuple[str, ...]


@dataclass(slots=True)
class Exported:
    """What came of some items."""

    kept: list[Kept] = field(default_factory=list[Kept])
    refused: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

    @property
    def notes(self) -> Iterator[str]:
        """Yield what other software will score or show otherwise, item by item."""
        return (f"item `{kept.item.id}`: {note}" for kept in self.kept for note in kept.notes)


class Exporter:
    """Writes items in one format."""

    def __init__(self, form: ExchangeFormat, pictures: Mapping[str, bytes], *, is_strict: bool = False) -> None:
        """Begin.

        Args:
            form: The format.
            pictures: The files of the programme's `media/` by name.
            is_strict: Whether to refuse items that other software would score otherwise.
        """
        self._form = form
        self._pictures = pictures
        self._is_strict = is_strict

    def take(self, items: Sequence[Item], progress: Progress | None = None) -> Exported:
        """Return what could be written, and why the rest could not."""
        result = Exported()
        for n, item in enumerate(items, 1):
            try:
                result.kept.append(self._carry(item))
            except CannotCarryError as refusal:
                result.refused.append((f"item `{item.id}`", str(refusal)))
            if progress and n % PROGRESS_STEP == 0:
                progress(self._form, n)
        return result

    def file(self, kept: Sequence[Kept]) -> bytes:
        """Return the whole file."""
        if self._form is ExchangeFormat.QTI:
            shown = {str(each.item.id): name for each in kept if (name := _file_of(each.item)) in self._pictures}
            pictures = {id_: (name, self._pictures[name]) for id_, name in shown.items()}
            return write_package({each.item.id: each.text for each in kept}, pictures)
        head, tail, between = (HEAD, TAIL, "") if self._form is ExchangeFormat.MOODLE else ("", "", "\n")
        return f"{head}{between.join(self._with_categories(kept))}{tail}".encode()

    def _with_categories(self, kept: Sequence[Kept]) -> Iterator[str]:
        before = ""
        for each in kept:
            category = category_of(each.item.tags)
            if category != before:
                yield self._category(category or _TOP)
                before = category
            yield each.text

    def _category(self, path: str) -> str:
        return write_category(path) if self._form is ExchangeFormat.MOODLE else f"$CATEGORY: {path}\n"

    def _carry(self, item: Item) -> Kept:
        """Return an item's text.

        Raises:
            CannotCarryError: It would not come back as it is.
        """
        known: Fields = {"kind": item.kind} if isinstance(item, ClozeItem) else {}
        first = _read_back(self._read, self._write(item, known), item)
        own = known | own_of(item, first)
        text = self._write(item, own)
        again = with_own(_read_back(self._read, text, item), own)
        if again != item:
            raise _lost(item, again, self._form)
        notes = tuple(_notes(item, own, self._form))
        if self._is_strict and (scored := [note for note in notes if note.startswith(_SCORES_OTHERWISE)]):
            raise CannotCarryError(scored[0], "scoring that both sides share", "Leave out --strict to take it along.")
        return Kept(item, text, notes)

    def _write(self, item: Item, own: Fields) -> str:
        match self._form:
            case ExchangeFormat.GIFT:
                return write_gift_question(item, own)
            case ExchangeFormat.MOODLE:
                return write_moodle_question(item, own, self._pictures.get(_file_of(item)))
            case ExchangeFormat.QTI:
                if item.media is not None and item.media.file not in self._pictures:
                    raise CannotCarryError(f"it shows `{item.media.file}`", "a file that is there", _ROUND)
                return write_qti_item(item, own)

    def _read(self, text: str, item: Item) -> Iterator[Entry]:
        path = category_of(item.tags)
        category = f"{self._category(path)}\n" if path else ""
        match self._form:
            case ExchangeFormat.GIFT:
                return read_gift(f"{category}{text}")
            case ExchangeFormat.MOODLE:
                return read_moodle(parse_xml(f"<quiz>{category}{text}</quiz>".encode()))
            case ExchangeFormat.QTI:
                return iter([read_qti_item(parse_xml(text.encode()), self._fetch)])

    def _fetch(self, source: str) -> bytes | None:
        return self._pictures.get(source.rsplit("/", 1)[-1])


_SCORES_OTHERWISE: Final = "scored otherwise by other software"


def _file_of(item: Item) -> str:
    return item.media.file if item.media is not None else ""


def _read_back(read: Callable[[str, Item], Iterator[Entry]], text: str, item: Item) -> Item:
    entries = list(read(text, item))
    if len(entries) != 1:
        raise CannotCarryError(f"it would come back as {len(entries)} questions", "one", _ROUND)
    outcome = entries[0].outcome
    if isinstance(outcome, CannotCarryError):
        raise outcome
    return build(outcome.fields)


def _lost(item: Item, again: Item, form: ExchangeFormat) -> CannotCarryError:
    said, came = item.model_dump(), again.model_dump()
    names = [name for name in said if said[name] != came.get(name)]
    found = f"{' and '.join(f'`{name}`' for name in names)} would not come back from {form} as it is"
    return CannotCarryError(found, "an item that is not changed on its way", _ROUND)


def _notes(item: Item, own: Fields, form: ExchangeFormat) -> Iterator[str]:
    scored = [name for name in _SCORED if name in own and not _is_native(item, name)]
    if scored:
        yield f"{_SCORES_OTHERWISE}: {', '.join(f'`{name}`' for name in scored)}"
    if form is not ExchangeFormat.QTI and (odd := odd_weights(item)):
        yield f"Moodle takes {', '.join(f'{weight:f}' for weight in odd)} per cent only as the nearest weight it has"
    unseen = [name for name in _READ[form] if name in own]
    parts = cast("dict[str, Fields]", own.get("parts", {}))
    if any("rationale" in part for part in parts.values()):
        unseen.append("rationale")
    if unseen:
        yield f"not shown by other software: {', '.join(f'`{name}`' for name in unseen)}"


def _is_native(item: Item, name: str) -> bool:
    """Return whether the weights of the options say already what a field says."""
    if isinstance(item, ExtendedTextItem):
        return name != "points"
    return isinstance(item, SingleItem) and name in ("penalty", "below_zero")
