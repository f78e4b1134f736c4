"""Make the demonstration store: `python -m analytics.demonstration --store var/demonstration.duckdb`."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from analytics.demonstration.background import Background
from analytics.demonstration.cast import ADMINISTRATOR, PASSWORD, STAFF, TRAINEES
from analytics.demonstration.raters import look_at_raters
from analytics.demonstration.setting import set_the_stage
from analytics.demonstration.sharing import share
from analytics.demonstration.stories import tell_the_stories
from analytics.demonstration.support import arrange_support
from analytics.demonstration.world import Agenda, World, load_sound
from curriculum.errors import PlatformError
from store.backup import copy_to
from store.standing import catch_up

_PROGRAMMES: Final = Path(__file__).parents[2] / "programmes"
_BESIDE: Final = _PROGRAMMES / "carers-table"


def make_store(
    path: Path,
    now: datetime,
    *,
    folder: Path = _PROGRAMMES / "alongside",
    has_background: bool = False,
    is_told: bool = False,
) -> None:
    """Write the demonstration into a new file; its newest events lie on the day of `now`.

    Args:
        path: The file.
        now: The time.
        folder: The programme of the cast.
        has_background: Whether there is more than the cast: an earlier cohort, a second programme, a second hub,
            consent to research and an issued report.
        is_told: Whether to say how far it is.

    Raises:
        StoreExistsError: The file exists.
    """
    world = World.open(folder, now.date())
    try:
        agenda = Agenda(world)
        if has_background:
            background = Background.of(world, load_sound(_BESIDE))
            set_the_stage(agenda, background.n_days + _FOUNDED_DAYS)
            background.put_on(agenda)
            look_at_raters(agenda)
            share(agenda)
        else:
            set_the_stage(agenda)
        tell_the_stories(agenda)
        arrange_support(agenda)
        agenda.play(_tell if is_told else lambda _done, _all: None)
        world.clock.now = max(world.clock.now, now)
        catch_up(world.store)
        copy_to(world.store.engine, path)
    finally:
        world.store.close()


_FOUNDED_DAYS: Final = 9
"""The hub stands so many days before its background begins."""


def _tell(done: int, total: int) -> None:
    if done == total or done % 20 == 0:
        sys.stderr.write(f"\r  {done} of {total} events")
        sys.stderr.flush()
    if done == total:
        sys.stderr.write("\n")


def _list_accounts() -> None:
    for member in (*STAFF[:3], STAFF[4], ADMINISTRATOR):
        offices = ", ".join(office.value.replace("_", " ") for office in member.offices)
        print(f"{member.login:<14} {member.name}, {offices}")
    login, name = TRAINEES[4]
    print(f"{login:<14} {name}, trainee")
    print(f"Everybody's password: {PASSWORD}")


def main() -> int:
    """Return 0 when the store was made, 1 when it could not be, 2 for wrong use."""
    parser = argparse.ArgumentParser(
        prog="python -m analytics.demonstration",
        description="Make a store of invented people for trying Practicum.",
        epilog="Example: python -m analytics.demonstration --store var/demonstration.duckdb",
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--store", type=Path, help="the file to make; it must not exist")
    what.add_argument("--list", action="store_true", help="list the accounts of the demonstration")
    arguments = parser.parse_args()
    if arguments.list:
        _list_accounts()
        return 0
    path: Path = arguments.store
    try:
        make_store(path, datetime.now(UTC), has_background=True, is_told=True)
    except PlatformError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Made {path}. All people are invented. Everybody's password: {PASSWORD}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
