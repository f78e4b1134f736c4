"""How many tries to sign in are allowed: a sliding window in memory, a login and an address at a time."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address
from threading import Lock
from typing import Final

from people.errors import TooManyTriesError

_MANY_KEYS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `n_tries` within `window`."""

    n_tries: int
    window: timedelta


PER_LOGIN: Final = Limit(10, timedelta(minutes=15))
PER_ADDRESS: Final = Limit(60, timedelta(minutes=15))
"""Wide, because a whole cohort in one hall shares an address."""


class RateLimiter:
    """Counts tries before they are made, so that many at once cannot slip through; one a process."""

    def __init__(self, per_login: Limit = PER_LOGIN, per_address: Limit = PER_ADDRESS) -> None:
        """Start with nothing counted."""
        self._limits = {"login": per_login, "address": per_address}
        self._tries: dict[tuple[str, str], deque[datetime]] = {}
        self._lock = Lock()
        self._many = _MANY_KEYS

    def take(self, login: str, address: str, now: datetime) -> None:
        """Count a try.

        Raises:
            TooManyTriesError: The login or the address has had its tries; this one is not counted.
        """
        keys = _keys(login, address)
        with self._lock:
            self._forget_old(now)
            wait_s = max((self._wait_s(key, now) for key in keys), default=0)
            if wait_s > 0:
                raise TooManyTriesError(wait_s)
            for key in keys:
                self._tries.setdefault(key, deque()).append(now)

    def give_back(self, login: str, address: str) -> None:
        """Forget the tries of a login that has now signed in, and one try of the address."""
        with self._lock:
            for key in _keys(login, address):
                tries = self._tries.get(key)
                if tries and key[0] == "address":
                    tries.pop()
                elif tries:
                    tries.clear()

    def _wait_s(self, key: tuple[str, str], now: datetime) -> int:
        limit = self._limits[key[0]]
        tries = self._tries.get(key, deque())
        while tries and tries[0] <= now - limit.window:
            tries.popleft()
        if len(tries) < limit.n_tries:
            return 0
        return max(1, int((tries[0] + limit.window - now).total_seconds()))

    def _forget_old(self, now: datetime) -> None:
        if len(self._tries) < self._many:
            return
        self._tries = {
            key: tries for key, tries in self._tries.items() if tries and tries[-1] > now - self._limits[key[0]].window
        }
        self._many = max(_MANY_KEYS, 2 * len(self._tries))


def _keys(login: str, address: str) -> list[tuple[str, str]]:
    return [key for key in (("login", login), ("address", _network(address))) if key[1]]


def _network(address: str) -> str:
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if not isinstance(known, IPv6Address):
        return address
    if known.ipv4_mapped:
        return str(known.ipv4_mapped)
    # One household or hall is given a whole /64: counting single addresses would count nothing.
    return f"{IPv6Address(int(known) >> 64 << 64)}/64"
