"""Where deleted words may still stand: in unused parts of the store's file, and in older copies beside it."""

from pathlib import Path

from store.erasures import is_compaction_due, read_entries

_COPIES = (".before-",)


def list_leftovers(store_path: Path | None) -> list[str]:
    """Return a sentence for each file beside the store that may hold deleted words, with what to do about it."""
    if store_path is None:
        return []
    told: list[str] = []
    if is_compaction_due(read_entries(store_path)):
        told.append(
            f"Unused parts of `{store_path.name}` may hold deleted words until the app starts again, "
            "or until `python -m store compact` has run."
        )
    copies = sorted(path.name for mark in _COPIES for path in store_path.parent.glob(f"{store_path.name}{mark}*"))
    if copies:
        told.append(f"These older copies still hold them: {', '.join(copies)}. Delete them when you need them no more.")
    told.append("Backups hold them too; restoring one erases the person again, as long as the erasure log is at hand.")
    return told
