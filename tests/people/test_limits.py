"""Tries to sign in within a sliding window."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.errors import TooManyTriesError
from people.limits import Limit, RateLimiter

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HALL = "203.0.113.7"


def _limiter(per_login: int = 3, per_address: int = 5) -> RateLimiter:
    window = timedelta(minutes=15)
    return RateLimiter(Limit(per_login, window), Limit(per_address, window))


def _is_refused(limiter: RateLimiter, login: str, address: str, now: datetime) -> bool:
    try:
        limiter.take(login, address, now)
    except TooManyTriesError:
        return True
    return False


def test_a_login_has_its_tries_and_no_more() -> None:
    limiter = _limiter()
    assert [_is_refused(limiter, "ann", f"198.51.100.{n}", NOW) for n in range(4)] == [False, False, False, True]
    assert not _is_refused(limiter, "bea", "198.51.100.9", NOW)


def test_an_address_has_its_tries_whatever_the_login() -> None:
    limiter = _limiter()
    assert [_is_refused(limiter, f"guess{n}", HALL, NOW) for n in range(6)] == [False] * 5 + [True]
    assert not _is_refused(limiter, "guess9", "198.51.100.1", NOW)


def test_the_window_slides() -> None:
    limiter = _limiter()
    for minutes in (0, 5, 10):
        limiter.take("ann", "", NOW + timedelta(minutes=minutes))
    assert _is_refused(limiter, "ann", "", NOW + timedelta(minutes=14, seconds=59))
    assert not _is_refused(limiter, "ann", "", NOW + timedelta(minutes=15))
    assert _is_refused(limiter, "ann", "", NOW + timedelta(minutes=19))
    assert not _is_refused(limiter, "ann", "", NOW + timedelta(minutes=20))


def test_the_refusal_says_how_long_to_wait() -> None:
    limiter = _limiter()
    for _ in range(3):
        limiter.take("ann", "", NOW)
    with pytest.raises(TooManyTriesError, match="wait 10 minutes") as caught:
        limiter.take("ann", "", NOW + timedelta(minutes=5))
    assert caught.value.wait_s == 600
    with pytest.raises(TooManyTriesError, match="wait 1 minute,"):
        limiter.take("ann", "", NOW + timedelta(minutes=14, seconds=30))


def test_a_success_clears_the_login_and_gives_one_try_back_to_the_address() -> None:
    limiter = _limiter()
    for _ in range(2):
        limiter.take("ann", HALL, NOW)
    limiter.give_back("ann", HALL)
    assert [_is_refused(limiter, "ann", "", NOW) for _ in range(4)] == [False, False, False, True]
    assert [_is_refused(limiter, f"x{n}", HALL, NOW) for n in range(5)] == [False] * 4 + [True]


def test_refused_tries_do_not_lengthen_the_wait() -> None:
    limiter = _limiter()
    for _ in range(50):
        _is_refused(limiter, "ann", "", NOW)
    assert not _is_refused(limiter, "ann", "", NOW + timedelta(minutes=15))


def test_addresses_of_one_ipv6_network_count_together() -> None:
    limiter = _limiter()
    tries = [_is_refused(limiter, f"x{n}", f"2001:db8:1:2::{n:x}", NOW) for n in range(6)]
    assert tries == [False] * 5 + [True]
    assert not _is_refused(limiter, "x9", "2001:db8:1:3::1", NOW)


def test_an_ipv4_address_in_ipv6_clothes_is_the_same() -> None:
    limiter = _limiter()
    for n in range(5):
        limiter.take(f"x{n}", f"::ffff:{HALL}" if n % 2 else HALL, NOW)
    assert _is_refused(limiter, "x9", HALL, NOW)
    assert not _is_refused(limiter, "x9", "::ffff:198.51.100.1", NOW)


def test_many_at_once_do_not_slip_through() -> None:
    limiter = _limiter(per_login=10, per_address=1000)
    with ThreadPoolExecutor(16) as pool:
        refused = list(pool.map(lambda _: _is_refused(limiter, "ann", HALL, NOW), range(200)))
    assert refused.count(False) == 10


def test_old_keys_are_forgotten() -> None:
    limiter = _limiter(per_address=100_000)
    for n in range(10_000):
        limiter.take(f"guess{n}", "", NOW)
    limiter.take("ann", "", NOW + timedelta(hours=1))
    assert len(limiter._tries) == 1


@given(st.lists(st.integers(0, 3600), max_size=60))
def test_no_window_ever_holds_more_than_the_limit(seconds: list[int]) -> None:
    limiter, taken = _limiter(), []
    for at in sorted(seconds):
        if not _is_refused(limiter, "ann", "", NOW + timedelta(seconds=at)):
            taken.append(at)
    assert all(sum(at - 900 < other <= at for other in taken) <= 3 for at in taken)
