"""What the commands for a store print."""

from collections.abc import Callable, Mapping
from typing import Final

from store.rows import Row, Value

_NOT_LOCKED: Final = (
    "The file is NOT encrypted: it holds names and results. Keep it as safe as the store, or give --recipient or "
    "--passphrase."
)
_NO_LOG: Final = (
    "There was no erasure log beside the new store. If anybody was erased since this backup was made, begin again with "
    "--erasures FILE."
)


def result_lines(command: str, result: Mapping[str, Value]) -> list[str]:
    """Return the result of a command as lines to read."""
    return _LINES[command](result)


def _verify_lines(result: Mapping[str, Value]) -> list[str]:
    problems = [f"{problem['where']}: {problem['message']}" for problem in result["problems"]]
    n = len(problems)
    verdict = "everything is what was recorded" if not n else f"{n} problem{'s' if n > 1 else ''}"
    seals = f" and fits {_counted(result['seals'], 'seal')}" if result.get("seals") and not n else ""
    return [*problems, f"{result['facts']} facts, {result['erased_texts']} erased texts: {verdict}{seals}."]


def _restore_lines(result: Mapping[str, Value]) -> list[str]:
    again = [
        f"Erased again: {_counted(result['erased_again'], 'person', 'people')}; destroyed again: "
        f"{_counted(result['destroyed_again'], 'row')}."
    ]
    return [*_verify_lines(result), *(again if result["erasure_log"] else [_NO_LOG])]


def _backup_lines(result: Mapping[str, Value]) -> list[str]:
    return [
        f"{result['file']}: {result['bytes']} bytes, facts up to number {result['facts_up_to']}.",
        f"Seal: {result['seal']}",
        *([] if result["encrypted"] else [_NOT_LOCKED]),
    ]


def _seal_lines(result: Mapping[str, Value]) -> list[str]:
    return [
        f"Facts up to number {result['facts_up_to']}: {result['sha256']}",
        f"Added to {result['file']}. Keep it where nobody who can write the store can change it.",
    ]


def _retention_lines(result: Mapping[str, Value]) -> list[str]:
    if not result["due"]:
        return ["Nothing is past its time."]
    head = "Destroyed:" if result["destroyed"] else "Past its time:"
    return [head, *(_due_line(row) for row in result["due"]), *result["leftovers"]]


def _due_line(row: Row) -> str:
    place = f", cohort {row['cohort']}" if row["cohort"] else ""
    return f"  {row['category']}{place}: {row['n']}, kept {row['period_days']} days, due since {row['due_on']}"


def _compact_lines(result: Mapping[str, Value]) -> list[str]:
    return [f"{result['store']}: {result['bytes_before']} bytes before, {result['bytes']} now."]


def _key_lines(result: Mapping[str, Value]) -> list[str]:
    return [
        f"Secret key: {result['file']}. Keep it away from the machine of the store; without it no backup opens.",
        f"Public key, for --recipient: {result['recipient']}",
    ]


def _counted(n: int, one: str, many: str = "") -> str:
    return f"{n} {one if n == 1 else many or one + 's'}"


_LINES: Final[Mapping[str, Callable[[Mapping[str, Value]], list[str]]]] = {
    "verify": _verify_lines,
    "backup": _backup_lines,
    "restore": _restore_lines,
    "seal": _seal_lines,
    "migrate": lambda result: [f"Applied {name}." for name in result["applied"]] or ["The store is up to date."],
    "rebuild": lambda result: [
        f"Rebuilt {', '.join(result['rebuilt'])} from the facts up to number {result['facts_up_to']}."
    ],
    "retention": _retention_lines,
    "compact": _compact_lines,
    "key": _key_lines,
}
