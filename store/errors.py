"""Broken rules of the store. Each class composes its own sentence."""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from curriculum.errors import PlatformError, Problem


class StoreError(PlatformError):
    """The base of what can go wrong with the store itself."""


class StoreBusyError(StoreError):
    """Another process has the file open."""

    def __init__(self, path: Path) -> None:
        """Keep the file's path."""
        self.path = path
        super().__init__(
            "`{path}` is in use by another process, most likely the running app. Stop the app first.", path=path
        )


class StoreMissingError(StoreError):
    """There is no store at the path."""

    def __init__(self, path: Path) -> None:
        """Keep the path."""
        self.path = path
        super().__init__("There is no store at `{path}`. Give the path of an existing store with --store.", path=path)


class NotAStoreError(StoreError):
    """The file is no database that this program can open."""

    def __init__(self, path: Path, reason: str) -> None:
        """Keep the path and what the engine said."""
        self.path = path
        self.reason = reason
        super().__init__("`{path}` cannot be opened as a store: {reason}.", path=path, reason=reason)


class StoreClosedError(StoreError):
    """The store was closed before this was asked of it."""

    def __init__(self) -> None:
        """Compose the sentence."""
        super().__init__("The store is closed: nothing was read or saved. Reload the page.")


class StoreExistsError(StoreError):
    """Something stands where a new file should be written."""

    def __init__(self, path: Path) -> None:
        """Keep the path."""
        self.path = path
        super().__init__("`{path}` exists already. Give the path of a file that does not.", path=path)


class NotSyntheticError(StoreError):
    """Invented people were to be written where real ones are."""

    def __init__(self, org: str) -> None:
        """Keep the organisation's name."""
        self.org = org
        super().__init__(
            f"The organisation `{org}` is not marked as synthetic: invented people are never mixed with real ones. "
            "Give the path of a file that does not exist."
        )


class NotRecordedError(StoreError):
    """The engine refused; nothing of what was asked is kept."""

    def __init__(self, reason: str) -> None:
        """Keep what the engine said, for the operator."""
        self.reason = reason
        super().__init__(
            "This could not be saved and nothing of it was kept. Try again; if it stays, tell your administrator."
        )


class DuplicateFactError(StoreError):
    """A follow-up of an append has an id that was recorded before, though the first has not."""

    def __init__(self, fact_ids: Sequence[UUID]) -> None:
        """Keep the ids of the append."""
        self.fact_ids = tuple(fact_ids)
        names = ", ".join(str(fact_id) for fact_id in fact_ids)
        super().__init__(
            "Some of these facts were recorded before, in other company: {names}. Nothing was saved; reload the page.",
            names=names,
        )


class UnknownFactError(StoreError):
    """A fact names another one that does not exist."""

    def __init__(self, fact_id: UUID) -> None:
        """Keep the id that was named."""
        self.fact_id = fact_id
        super().__init__("There is no fact {fact_id}. Reload the page and try again.", fact_id=fact_id)


class NaiveInstantError(StoreError):
    """An instant came without its time zone."""

    def __init__(self, where: str) -> None:
        """Keep the field's name."""
        self.where = where
        super().__init__("`{where}` is an instant without a time zone; expected one in UTC.", where=where)


class BadTextError(StoreError):
    """A text holds characters that no database keeps."""

    def __init__(self, where: str) -> None:
        """Keep the field's name."""
        self.where = where
        super().__init__(
            "`{where}` holds a character that cannot be saved. Type the text anew instead of pasting it.", where=where
        )


class MigrationEditedError(StoreError):
    """An applied migration's file is not what it was."""

    def __init__(self, name: str) -> None:
        """Keep the file's name."""
        self.name = name
        super().__init__(
            "`store/migrations/{name}` was changed after it had been applied to this store. Restore the file "
            "and put the change into a migration of its own.",
            name=name,
        )


class StoreTooNewError(StoreError):
    """The store was migrated by a newer program."""

    def __init__(self, versions: Sequence[int]) -> None:
        """Keep the numbers this program has no file for."""
        self.versions = tuple(versions)
        numbers = ", ".join(str(number) for number in versions)
        super().__init__(
            "This store has had migrations that this program does not know ({numbers}). Use the newer program.",
            numbers=numbers,
        )


class UnknownQueryError(StoreError):
    """There is no such named query."""

    def __init__(self, name: str) -> None:
        """Keep the name."""
        self.name = name
        super().__init__("There is no query named `{name}` in store/queries.", name=name)


class QueryHeaderError(StoreError):
    """A query's file does not say who may run it."""

    def __init__(self, name: str, reason: str) -> None:
        """Keep the name and what is wrong."""
        self.name = name
        self.reason = reason
        super().__init__("`store/queries/{name}.sql`: {reason}.", name=name, reason=reason)


class QueryParameterError(StoreError):
    """A query was given too much or too little."""

    def __init__(self, name: str, missing: Sequence[str], unknown: Sequence[str]) -> None:
        """Keep what is missing and what is not known."""
        self.name = name
        self.missing = tuple(missing)
        self.unknown = tuple(unknown)
        parts = [f"it needs {', '.join(missing)}"] if missing else []
        parts += [f"it does not know {', '.join(unknown)}"] if unknown else []
        super().__init__("Query `{name}` was asked wrongly: {listed}.", name=name, listed="; ".join(parts))


class BadArgumentError(StoreError):
    """A command was given something it cannot use."""

    def __init__(self, name: str, found: str, expected: str) -> None:
        """Keep the argument's name and what was found."""
        self.name = name
        self.found = found
        super().__init__("`{name}` is `{found}`; expected {expected}.", name=name, found=found, expected=expected)


class UnknownCommandError(StoreError):
    """The running app has no such command."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        """Keep the name, and what there is."""
        self.name = name
        self.known = tuple(known)
        super().__init__(
            "The running app does not know `{name}`; it knows {listed}. Stop the app first.",
            name=name,
            listed=", ".join(known),
        )


class RefusedByAppError(StoreError):
    """The running app refused what the command line asked; the sentence is the app's."""

    def __init__(self, sentence: str) -> None:
        """Keep the sentence."""
        self.sentence = sentence
        super().__init__(sentence)


class ErasureLogError(StoreError):
    """A line of the erasure log cannot be read, so nobody knows who must stay erased."""

    def __init__(self, path: Path, line: int) -> None:
        """Keep the log and the number of the line."""
        self.path = path
        self.line = line
        super().__init__(
            "Line {line} of `{path}` cannot be read; expected a line of the erasure log. Bring the log back "
            "from where it is kept too, then try again.",
            line=line,
            path=path,
        )


class NoRoomError(StoreError):
    """The disk has not enough room for a new file."""

    def __init__(self, target: Path, n_bytes: int, free: int) -> None:
        """Keep the file, about how many bytes it needs, and how many are free."""
        self.target = target
        self.n_bytes = n_bytes
        self.free = free
        super().__init__(
            "There is not enough room for `{target}`: about {megabytes} MB are needed, {megabytes2} MB are "
            "free. Nothing was left behind. Make room or choose another disk, and try again.",
            target=target,
            megabytes=_megabytes(n_bytes),
            megabytes2=_megabytes(free),
        )


def _megabytes(n_bytes: int) -> int:
    return -(-n_bytes // 1_000_000)


class BadKeyError(StoreError):
    """A key or passphrase that is none."""

    def __init__(self, where: str, found: str, expected: str) -> None:
        """Keep where it was given, and what is expected."""
        self.where = where
        super().__init__("`{where}` is `{found}`; expected {expected}.", where=where, found=found, expected=expected)


class NoKeyError(StoreError):
    """A locked backup was given without its key."""

    def __init__(self, path: Path) -> None:
        """Keep the backup."""
        self.path = path
        super().__init__(
            "`{path}` is encrypted. Give its key with --key FILE, --passphrase-file FILE or --passphrase.", path=path
        )


class WrongKeyError(StoreError):
    """A key does not open a backup."""

    def __init__(self, path: Path) -> None:
        """Keep the backup."""
        self.path = path
        super().__init__(
            "`{path}` cannot be opened with this key or passphrase, or the file is damaged. Look whether key "
            "and file belong together; try another copy of the file.",
            path=path,
        )


class LogLeftError(StoreError):
    """Beside the new store lies the log of one that is gone."""

    def __init__(self, log: Path) -> None:
        """Keep the log."""
        self.log = log
        super().__init__(
            "`{log}` belongs to a store that is not there any more, and would be played into the new one. "
            "Move it to where the old store went, then try again.",
            log=log,
        )


class ChangedMeanwhileError(StoreError):
    """The store was opened by another process while it was written anew."""

    def __init__(self, path: Path) -> None:
        """Keep the store."""
        self.path = path
        super().__init__(
            "`{path}` was opened by another process meanwhile; nothing was changed. Stop the app first.", path=path
        )


class SealFileError(StoreError):
    """A file that should hold seals does not."""

    def __init__(self, path: Path) -> None:
        """Keep the file."""
        self.path = path
        super().__init__(
            "`{path}` holds no seals; expected a file made by `python -m store seal --into FILE`.", path=path
        )


class CannotWriteError(StoreError):
    """A file cannot be written where it should be."""

    def __init__(self, path: Path, reason: str) -> None:
        """Keep the file, and what the system said."""
        self.path = path
        self.reason = reason
        super().__init__(
            "`{path}` cannot be written: {reason}. Give the path of a new file in a folder of yours.",
            path=path,
            reason=reason,
        )


class FileMissingError(StoreError):
    """A file that was to be read is not there, or cannot be opened."""

    def __init__(self, path: Path, reason: str) -> None:
        """Keep the path and what the system said."""
        self.path = path
        self.reason = reason
        super().__init__(
            "`{path}` cannot be read: {reason}. Give the path of an existing file.", path=path, reason=reason
        )


class CsvProblemsError(StoreError):
    """A file holds rows that cannot be used. Nothing was computed of it."""

    def __init__(self, problems: Sequence[Problem], n_more: int) -> None:
        """Keep the problems, by line, and how many more there are."""
        self.problems = tuple(problems)
        self.n_more = n_more
        more = [f"… and {n_more} more. Nothing was computed."] if n_more else ["Nothing was computed."]
        super().__init__("\n".join([*map(str, problems), *more]))
