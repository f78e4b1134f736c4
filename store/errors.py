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
