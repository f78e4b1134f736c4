"""Names in any script, sign-in names, telephone numbers."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.errors import TextRefusedError
from people.names import MAX_NAME, check_login, check_name, check_phone, check_slug


@pytest.mark.parametrize(
    "name",
    ["Sunita Rao", "王小明", "Ольга Ільїна", "محمد", "நிலா", "O’Brien-Núñez", "María José", "می\u200cنا", "Jo 2", "X"],
)
def test_names_of_any_script_are_kept(name: str) -> None:
    assert check_name(name) == name


def test_name_is_trimmed_and_composed() -> None:
    assert check_name("  Jose\u0301   Luis ") == "José Luis"


@pytest.mark.parametrize("name", ["", "   ", "\u2003"])
def test_empty_name_is_refused(name: str) -> None:
    with pytest.raises(TextRefusedError, match="it is empty"):
        check_name(name)


def test_name_has_at_most_80_characters() -> None:
    assert len(check_name("x" * 80)) == 80
    with pytest.raises(TextRefusedError, match="81 characters; at most 80"):
        check_name("x" * 81)


@pytest.mark.parametrize("sign", list("\u202e\u202d\u2066\u2069\u200f\u200e\u061c"))
def test_signs_that_turn_the_direction_are_refused(sign: str) -> None:
    with pytest.raises(TextRefusedError, match="turn the direction of writing"):
        check_name(f"Ann{sign}Lee")


@pytest.mark.parametrize(
    "sign", ["\n", "\t", "\x00", "\x7f", "\u200b", "\ufeff", "\u00ad", "\u2028", "\ud800", "\ue000"]
)
def test_signs_that_cannot_be_seen_are_refused(sign: str) -> None:
    with pytest.raises(TextRefusedError, match="cannot be seen"):
        check_name(f"Ann{sign}Lee")


@pytest.mark.parametrize("name", ["…", "--", "\u200d", "?!"])
def test_name_without_letter_or_digit_is_refused(name: str) -> None:
    with pytest.raises(TextRefusedError, match="no letter or digit"):
        check_name(name)


@given(st.text())
def test_a_kept_name_is_visible_short_and_stays_as_it_is(text: str) -> None:
    try:
        kept = check_name(text)
    except TextRefusedError:
        return
    assert 1 <= len(kept) <= MAX_NAME
    assert kept == kept.strip() == check_name(kept)
    assert not any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in kept)


@pytest.mark.parametrize(
    ("typed", "kept"), [("ann", "ann"), (" Ann.Lee-2 ", "ann.lee-2"), ("7up", "7up"), ("a" * 32, "a" * 32)]
)
def test_sign_in_names_are_kept_in_small_letters(typed: str, kept: str) -> None:
    assert check_login(typed) == kept


@pytest.mark.parametrize(
    "login", ["", "ab", "a" * 33, "ann lee", "ann_lee", "anné", ".ann", "-ann", "ann\n1", "анна", "a@b.c"]
)
def test_other_sign_in_names_are_refused(login: str) -> None:
    with pytest.raises(TextRefusedError, match="3 to 32 small letters"):
        check_login(login)


@pytest.mark.parametrize("phone", ["112", "020 7946 0001", "+44 (0)20 7946-0001", "(020) 7946 0001"])
def test_telephone_numbers(phone: str) -> None:
    assert check_phone(f" {phone} ") == phone


@pytest.mark.parametrize("phone", ["", "12", "call Ann", "0" * 40, "+"])
def test_other_telephone_numbers_are_refused(phone: str) -> None:
    with pytest.raises(TextRefusedError, match="telephone number"):
        check_phone(phone)


@pytest.mark.parametrize("slug", ["", "Hub", "1hub", "a b", "a/b", "x" * 41])
def test_short_names_are_plain(slug: str) -> None:
    with pytest.raises(TextRefusedError, match="small letters"):
        check_slug(slug, "short name of a hub")
