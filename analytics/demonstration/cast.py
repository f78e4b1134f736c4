"""Who is in the demonstration. All names are invented."""

from dataclasses import dataclass
from typing import Final

from people.models import HubId, Office

PASSWORD: Final = "three-ducks-on-a-bicycle"
"""The one password of all accounts in a demonstration store; its sign-in page shows it."""

HUB: Final = HubId("riverside")
HUB_TITLE: Final = "Riverside (demonstration)"
COHORT_TITLE: Final = "Autumn group (demonstration)"


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the hub with their offices in it."""

    login: str
    name: str
    offices: tuple[Office, ...]


STAFF: Final = (
    Member("manager", "Maryam Osei", (Office.MANAGER,)),
    Member("lead", "Ruth Bell", (Office.TRAINING_LEAD,)),
    Member("trainer", "Tomasz Nowak", (Office.TRAINER,)),
    Member("trainer2", "Grace Addo", (Office.TRAINER,)),
    Member("safeguarding", "Dilys Price", (Office.SAFEGUARDING_LEAD,)),
    Member("deputy", "Omar Haddad", (Office.SAFEGUARDING_DEPUTY,)),
    Member("coordinator", "Lena Fischer", (Office.COORDINATOR,)),
    Member("funder", "Petra Lindqvist", (Office.FUNDER,)),
)
TRAINERS: Final = ("trainer", "trainer2")
ADMINISTRATOR: Final = Member("admin", "Sam Okafor", (Office.ADMINISTRATOR,))

EXTERNAL: Final = Member("external", "Ingrid Solberg", (Office.COUNTERSIGNER,))
"""Only in a demonstration with a background."""

TRAINEES: Final = (
    ("amina", "Amina Yusuf"),
    ("ben", "Ben Carter"),
    ("hana", "Hana Kovac"),
    ("ivan", "Ivan Petrov"),
    ("priya", "Priya Nair"),
    ("luis", "Luis Ortega"),
    ("fatima", "Fatima Rahimi"),
    ("chloe", "Chloe Martin"),
    ("samuel", "Samuel Mensah"),
    ("noor", "نور الحسن"),
    ("marta", "Marta Silva"),
    ("erik", "Erik Dahl"),
)
