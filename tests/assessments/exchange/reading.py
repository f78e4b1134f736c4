"""Reading a file's bytes in a test: what was taken, what was refused."""

from pathlib import Path

from assessments.exchange.importing import Imported, Importer, Settings


def read(name: str, data: str | bytes, **settings) -> Imported:
    """Return what comes of a file."""
    importer = Importer(Settings(**settings))
    importer.read(Path(name), data.encode() if isinstance(data, str) else data)
    return importer.result


def read_one(name: str, data: str | bytes, **settings):
    """Return the one item of a file."""
    result = read(name, data, **settings)
    assert result.refused == []
    (item,) = result.items
    return item


def refusals(name: str, data: str | bytes, **settings) -> list[str]:
    """Return where and why, for all that was refused."""
    return [f"{each.where}: {each.reason}" for each in read(name, data, **settings).refused]
