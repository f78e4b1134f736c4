"""Broken rules of the store. Each class composes its own sentence."""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from curriculum.errors import PlatformError


class StoreError(PlatformError):
    """The base of what can go wrong with the store itself."""


class StoreBusyError(StoreError):
    """Another process has the file open."""

    def __init__(self, path: Path) -> None:
        """Keep the file's path."""
        self.path = path
        super().__init__(f"`{path}` is in use by another process, most likely the running app. Stop the app first.")


class StoreMissingError(StoreError):
    """There is no store at the path."""

    def __init__(self, path: Path) -> None:
        """Keep the path."""
        self.path = path
        super().__init__(f"There is no store at `{path}`. Give the path of an existing store with --store.")


class NotAStoreError(StoreError):
    """The file is no database that this program can open."""

    def __init__(self, path: Path, reason: str) -> None:
        """Keep the path and what the engine said."""
        self.path = path
        self.reason = reason
        super().__init__(f"`{path}` cannot be opened as a store: {reason}.")


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
        super().__init__(f"`{path}` exists already. Give the path of a file that does not.")


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
            f"Some of these facts were recorded before, in other company: {names}. Nothing was saved; reload the page."
        )


class UnknownFactError(StoreError):
    """A fact names another one that does not exist."""

    def __init__(self, fact_id: UUID) -> None:
        """Keep the id that was named."""
        self.fact_id = fact_id
        super().__init__(f"There is no fact {fact_id}. Reload the page and try again.")


class NaiveInstantError(StoreError):
    """An instant came without its time zone."""

    def __init__(self, where: str) -> None:
        """Keep the field's name."""
        self.where = where
        super().__init__(f"`{where}` is an instant without a time zone; expected one in UTC.")


class BadTextError(StoreError):
    """A text holds characters that no database keeps."""

    def __init__(self, where: str) -> None:
        """Keep the field's name."""
        self.where = where
        super().__init__(f"`{where}` holds a character that cannot be saved. Type the text anew instead of pasting it.")


class MigrationEditedError(StoreError):
    """An applied migration's file is not what it was."""

    def __init__(self, name: str) -> None:
        """Keep the file's name."""
        self.name = name
        super().__init__(
            f"`store/migrations/{name}` was changed after it had been applied to this store. "
            "Restore the file and put the change into a migration of its own."
        )


class StoreTooNewError(StoreError):
    """The store was migrated by a newer program."""

    def __init__(self, versions: Sequence[int]) -> None:
        """Keep the numbers this program has no file for."""
        self.versions = tuple(versions)
        numbers = ", ".join(str(number) for number in versions)
        super().__init__(
            f"This store has had migrations that this program does not know ({numbers}). Use the newer program."
        )


class UnknownQueryError(StoreError):
    """There is no such named query."""

    def __init__(self, name: str) -> None:
        """Keep the name."""
        self.name = name
        super().__init__(f"There is no query named `{name}` in store/queries.")


class QueryHeaderError(StoreError):
    """A query's file does not say who may run it."""

    def __init__(self, name: str, reason: str) -> None:
        """Keep the name and what is wrong."""
        self.name = name
        self.reason = reason
        super().__init__(f"`store/queries/{name}.sql`: {reason}.")


class QueryParameterError(StoreError):
    """A query was given too much or too little."""

    def __init__(self, name: str, missing: Sequence[str], unknown: Sequence[str]) -> None:
        """Keep what is missing and what is not known."""
        self.name = name
        self.missing = tuple(missing)
        self.unknown = tuple(unknown)
        parts = [f"it needs {', '.join(missing)}"] if missing else []
        parts += [f"it does not know {', '.join(unknown)}"] if unknown else []
        super().__init__(f"Query `{name}` was asked wrongly: {'; '.join(parts)}.")


class BadArgumentError(StoreError):
    """A command was given something it cannot use."""

    def __init__(self, name: str, found: str, expected: str) -> None:
        """Keep the argument's name and what was found."""
        self.name = name
        self.found = found
        super().__init__(f"`{name}` is `{found}`; expected {expected}.")


class UnknownCommandError(StoreError):
    """The running app has no such command."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        """Keep the name, and what there is."""
        self.name = name
        self.known = tuple(known)
        super().__init__(f"The running app does not know `{name}`; it knows {', '.join(known)}. Stop the app first.")


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
            f"Line {line} of `{path}` cannot be read; expected a line of the erasure log. "
            "Bring the log back from where it is kept too, then try again."
        )


class NoRoomError(StoreError):
    """The disk has not enough room for a new file."""

    def __init__(self, target: Path, n_bytes: int, free: int) -> None:
        """Keep the file, about how many bytes it needs, and how many are free."""
        self.target = target
        self.n_bytes = n_bytes
        self.free = free
        super().__init__(
            f"There is not enough room for `{target}`: about {_megabytes(n_bytes)} MB are needed, "
            f"{_megabytes(free)} MB are free. Nothing was left behind. Make room or choose another disk, and try again."
        )


def _megabytes(n_bytes: int) -> int:
    return -(-n_bytes // 1_000_000)


class BadKeyError(StoreError):
    """A key or passphrase that is none."""

    def __init__(self, where: str, found: str, expected: str) -> None:
        """Keep where it was given, and what is expected."""
        self.where = where
        super().__init__(f"`{where}` is `{found}`; expected {expected}.")


class NoKeyError(StoreError):
    """A locked backup was given without its key."""

    def __init__(self, path: Path) -> None:
        """Keep the backup."""
        self.path = path
        super().__init__(
            f"`{path}` is encrypted. Give its key with --key FILE, --passphrase-file FILE or --passphrase."
        )


class WrongKeyError(StoreError):
    """A key does not open a backup."""

    def __init__(self, path: Path) -> None:
        """Keep the backup."""
        self.path = path
        super().__init__(
            f"`{path}` cannot be opened with this key or passphrase, or the file is damaged. "
            "Look whether key and file belong together; try another copy of the file."
        )


class LogLeftError(StoreError):
    """Beside the new store lies the log of one that is gone."""

    def __init__(self, log: Path) -> None:
        """Keep the log."""
        self.log = log
        super().__init__(
            f"`{log}` belongs to a store that is not there any more, and would be played into the new one. "
            "Move it to where the old store went, then try again."
        )


class ChangedMeanwhileError(StoreError):
    """The store was opened by another process while it was written anew."""

    def __init__(self, path: Path) -> None:
        """Keep the store."""
        self.path = path
        super().__init__(f"`{path}` was opened by another process meanwhile; nothing was changed. Stop the app first.")


class SealFileError(StoreError):
    """A file that should hold seals does not."""

    def __init__(self, path: Path) -> None:
        """Keep the file."""
        self.path = path
        super().__init__(f"`{path}` holds no seals; expected a file made by `python -m store seal --into FILE`.")


class CannotWriteError(StoreError):
    """A file cannot be written where it should be."""

    def __init__(self, path: Path, reason: str) -> None:
        """Keep the file, and what the system said."""
        self.path = path
        self.reason = reason
        super().__init__(f"`{path}` cannot be written: {reason}. Give the path of a new file in a folder of yours.")
