"""Which passwords are good enough, and how they are kept."""

from typing import Final

import pytest
from argon2 import Type, extract_parameters
from hypothesis import given, settings
from hypothesis import strategies as st

from people import passwords
from people.common_passwords import COMMON
from people.errors import PasswordRefusedError
from people.passwords import MAX_LENGTH, check_password, hash_password, verify_password

OWN_HASHER: Final = passwords._HASHER
"""The app's own, kept before the tests begin, which hash with less work."""


@pytest.mark.parametrize(
    "password", ["four green kettles", "зелёный чайник", "Tr4in-slowly", "一二三四五六七八九十", "x7 x7 kite !"]
)
def test_long_passwords_are_accepted(password: str) -> None:
    check_password(password, "ann")


def _reasons(password: str, login: str = "sunita") -> tuple[str, ...]:
    with pytest.raises(PasswordRefusedError) as caught:
        check_password(password, login)
    return caught.value.reasons


def test_ten_characters_are_enough_and_nine_are_not() -> None:
    check_password("kettle sea", "ann")
    assert _reasons("kettlesea") == ("Use at least 10 characters, not counting your sign-in name.",)


@pytest.mark.parametrize("password", ["sunita", "sunita2026", "Sunita-sunita-1", "my SUNITA pass"])
def test_the_sign_in_name_does_not_count(password: str) -> None:
    assert "Use at least 10 characters, not counting your sign-in name." in _reasons(password)


@pytest.mark.parametrize(
    "password", ["password123", "Password2026!", "qwertyuiop", "1234567890", "ILoveYouSoMuch", "  welcomehome  "]
)
def test_common_passwords_are_refused(password: str) -> None:
    assert any("Many people use" in reason for reason in _reasons(password))


def test_a_hundred_common_passwords_are_known() -> None:
    assert len(COMMON) >= 100
    assert all(password == password.casefold() for password in COMMON)


@pytest.mark.parametrize("password", sorted(COMMON))
def test_no_common_password_passes(password: str) -> None:
    assert _reasons(password)


@pytest.mark.parametrize("password", ["aaaaaaaaaaaa", "abababababab", "1212121212"])
def test_few_different_characters_are_refused(password: str) -> None:
    assert "Use more different characters." in _reasons(password)


def test_endless_passwords_are_refused() -> None:
    assert _reasons("ab c!d" * 100) == (f"Use at most {MAX_LENGTH} characters.",)


def test_spaces_alone_are_no_password() -> None:
    assert _reasons(" " * 12)


def test_every_reason_is_said_at_once() -> None:
    assert len(_reasons("password")) == 2


def test_hash_is_argon2id_and_never_twice_the_same() -> None:
    first, second = hash_password("four green kettles"), hash_password("four green kettles")
    assert first.startswith("$argon2id$")
    assert first != second
    assert verify_password(first, "four green kettles")
    assert not verify_password(first, "four green kettle")


def test_the_apps_own_hashes_cost_what_is_advised() -> None:
    made = extract_parameters(OWN_HASHER.hash("four green kettles"))
    assert (made.type, made.time_cost, made.memory_cost) == (Type.ID, 2, 19 * 1024)
    assert verify_password(OWN_HASHER.hash("four green kettles"), "four green kettles")


def test_password_is_the_same_from_every_keyboard() -> None:
    assert verify_password(hash_password("cafe\u0301 am Markt"), "café am Markt")


def test_without_a_hash_nothing_is_right() -> None:
    assert not verify_password(None, "no account has this password")
    assert not verify_password(None, "")


def test_a_damaged_hash_is_not_right() -> None:
    assert not verify_password("$argon2id$broken", "four green kettles")


def test_unknown_names_cost_the_same_work(monkeypatch: pytest.MonkeyPatch) -> None:
    import people.passwords as module

    seen: list[str] = []
    real = module._HASHER

    class Counting:
        def verify(self, password_hash: str, password: str) -> bool:
            seen.append(password_hash)
            return real.verify(password_hash, password)

        def hash(self, password: str) -> str:
            return real.hash(password)

    monkeypatch.setattr(module, "_HASHER", Counting())
    verify_password(None, "wrong")
    assert len(seen) == 1
    assert seen[0].split("$")[1:4] == hash_password("x").split("$")[1:4]


@settings(max_examples=8, deadline=None)
@given(st.text(min_size=1, max_size=MAX_LENGTH, alphabet=st.characters(exclude_categories=["Cs"])))
def test_what_was_hashed_is_verified(password: str) -> None:
    assert verify_password(hash_password(password), password)
