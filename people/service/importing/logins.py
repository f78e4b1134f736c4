"""Sign-in names for those to whom a roster gives none."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import count

from people.names import login_stem
from people.ports import PeopleLedger
from people.roster import Line, Roster
from people.service.importing.steps import Planned, Step


def with_logins(ledger: PeopleLedger, roster: Roster, planned: Sequence[Planned]) -> list[Planned]:
    """Return the plan in which each new person has a sign-in name: the given one, or one made from the name."""
    by_stem: dict[str, list[Line]] = defaultdict(list)
    for one in planned:
        if one.step == Step.NEW and not one.login:
            by_stem[login_stem(one.line.name)].append(one.line)
    taken = {line.login for line in roster.lines if line.login}
    made = {line.number: login for stem, lines in by_stem.items() for line, login in _make(ledger, stem, lines, taken)}
    return [
        Planned(one.line, one.step, made.get(one.line.number, one.login), one.role_id, one.person_id, one.trainer_id)
        for one in planned
    ]


def _make(ledger: PeopleLedger, stem: str, lines: Sequence[Line], taken: set[str]) -> Iterator[tuple[Line, str]]:
    """Yield a free sign-in name for each line of one stem, such as `ruth.miller`, then `ruth.miller2`."""
    free = _free_logins(ledger, stem, len(lines))
    for line in lines:
        login = next(one for one in free if one not in taken)
        taken.add(login)
        yield line, login


def _free_logins(ledger: PeopleLedger, stem: str, n_at_once: int) -> Iterator[str]:
    for first in count(1, n_at_once + 1):
        asked = [stem if n == 1 else f"{stem}{n}" for n in range(first, first + n_at_once + 1)]
        known = {one.login for one in ledger.list_logins(asked)}
        yield from (login for login in asked if login not in known)
