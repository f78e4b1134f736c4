"""What becomes of each line of a roster."""

from dataclasses import dataclass
from enum import StrEnum

from curriculum.ids import RoleId
from people.csv_text import Fault
from people.models import PersonId
from people.roster import Line, Roster


class Step(StrEnum):
    """What a line asks for: a new person, somebody here who joins, a trainer only, or what is so already."""

    NEW = "new"
    JOINS = "joins"
    TRAINER = "trainer"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Planned:
    """What becomes of a line. `person_id` is None for a new person; `login` is theirs, given or made from the name."""

    line: Line
    step: Step
    login: str
    role_id: RoleId
    person_id: PersonId | None = None
    trainer_id: PersonId | None = None


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import does, or has done: a step for each good line, by line, and every line that is refused."""

    roster: Roster
    planned: tuple[Planned, ...]
    refused: tuple[Fault, ...]

    def count(self, step: Step) -> int:
        """Return how many lines ask for a step."""
        return sum(one.step == step for one in self.planned)

    @property
    def n_changes(self) -> int:
        """Return how many lines change something."""
        return len(self.planned) - self.count(Step.SAME)
