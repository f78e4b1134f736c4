"""What a row of a table of rights says, and how the use cases of a package are found."""

import inspect
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Any

from assessments.errors import NotTheRaterError, OwnRecordError
from people.errors import NotAllowedError, OtherHubError
from people.models import Actor
from tests.rights.house import Stage, split

UseCase = Callable[..., Any]

REFUSALS = (NotAllowedError, OwnRecordError, OtherHubError, NotTheRaterError)
"""What says "not you"; every other error says "not so"."""


@dataclass(frozen=True)
class Row:
    """One use case in one situation: what it is given on a stage, who of the cast may, and how the others are refused.

    `also` names errors that refuse in this situation alone, such as "you are in no cohort".
    """

    does: UseCase
    given: Callable[[Stage], Mapping[str, Any]]
    may: str
    also: tuple[type[Exception], ...] = ()
    when: str = ""

    @property
    def id(self) -> str:
        """Return what a test run calls the row."""
        return f"{self.does.__name__}{'-' if self.when else ''}{self.when}"

    @property
    def who(self) -> frozenset[str]:
        """Return those who may, by name."""
        return split(self.may)

    @property
    def refusals(self) -> tuple[type[Exception], ...]:
        """Return the errors that refuse."""
        return REFUSALS + self.also

    def run(self, stage: Stage, actor: Actor, given: Mapping[str, Any]) -> Any:
        """Let the actor do it."""
        return self.does(stage.store, actor, **given)


def name_of(function: UseCase) -> str:
    """Return where a function is, without the package's head: `attempts.starting.start_attempt`."""
    return f"{function.__module__}.{function.__name__}"


def list_functions(package: ModuleType) -> dict[str, UseCase]:
    """Return every public function that is written in the package, by name."""
    paths = [package.__name__]
    paths += [found.name for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]
    modules = [import_module(path) for path in paths]
    return {
        f"{module.__name__}.{name}": value
        for module in modules
        for name, value in vars(module).items()
        if inspect.isfunction(value) and value.__module__ == module.__name__ and not name.startswith("_")
    }


def takes_actor(function: UseCase) -> bool:
    """Return whether the function is told who acts."""
    return "actor" in inspect.signature(function).parameters
