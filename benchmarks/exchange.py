"""Taking in 10,000 items of each format, from the bytes of a file to the text of a draft."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from assessments.exchange.drafts import split_drafts
from assessments.exchange.exporting import Exporter
from assessments.exchange.importing import Importer, Settings
from assessments.exchange.sources import ExchangeFormat
from benchmarks.results import Result, at_most
from curriculum.ids import ItemId
from curriculum.items import Item, OrderingItem
from curriculum.loading import load_programme

ITEMS: Final = 10_000
ALONGSIDE: Final = Path("programmes/alongside")
_ENDINGS: Final = {ExchangeFormat.GIFT: "gift", ExchangeFormat.MOODLE: "xml", ExchangeFormat.QTI: "zip"}


def measure() -> list[Result]:
    """Return a line for each format, beside checking as many items of a programme."""
    programme, _ = load_programme(ALONGSIDE)
    if programme is None:
        return []
    items = _many([item for item in programme.items if not isinstance(item, OrderingItem)])
    checking = _seconds(lambda: load_programme(ALONGSIDE)) * ITEMS / len(programme.items)
    return [_measure(form, items, checking) for form in ExchangeFormat]


def _many(items: list[Item]) -> list[Item]:
    """Return 10,000 items with ids of their own."""
    return [
        items[i % len(items)].model_copy(update={"id": ItemId(f"{items[i % len(items)].id}-{i}")}) for i in range(ITEMS)
    ]


def _measure(form: ExchangeFormat, items: list[Item], checking: float) -> Result:
    exporter = Exporter(form, {})
    begun = time.perf_counter()
    kept = exporter.take(items).kept
    data = exporter.file(kept)
    exporting = time.perf_counter() - begun
    importer = Importer(Settings())

    def take_in() -> None:
        importer.read(Path(f"items.{_ENDINGS[form]}"), data)
        split_drafts(importer.result.items, "")

    taken = _seconds(take_in)
    n = len(importer.result.items)
    what = f"import of {n:,} items, {form} ({len(data) / 1e6:.0f} MB; export {exporting:.0f} s)"
    return at_most(what, taken, checking, unit="s", beside="checking as many in a programme")


def _seconds(action: Callable[[], object]) -> float:
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun
