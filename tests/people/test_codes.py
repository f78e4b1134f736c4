"""One-time codes and session tokens."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.codes import ALPHABET, hash_code, hash_session_token, new_code, new_session_token
from people.facts import TokenPurpose
from people.slips import make_slip, slip_lines

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_code_has_three_groups_of_four_unmistakable_signs() -> None:
    groups = new_code(NOW).code.split("-")
    assert [len(group) for group in groups] == [4, 4, 4]
    assert set("".join(groups)) <= set(ALPHABET)
    assert set(ALPHABET).isdisjoint("0O1lIL")


def test_code_works_72_hours_and_its_path_carries_it() -> None:
    code = new_code(NOW)
    assert code.expires_at == NOW + timedelta(hours=72)
    assert code.link_path == f"/account/welcome/{code.code}"


def test_codes_differ() -> None:
    assert len({new_code(NOW).code for _ in range(500)}) == 500


@given(st.text(alphabet=ALPHABET, min_size=12, max_size=12))
def test_hash_does_not_mind_how_a_code_is_typed(signs: str) -> None:
    printed = f"{signs[:4]}-{signs[4:8]}-{signs[8:]}"
    typed = f" {signs[:4].lower()} {signs[4:8]}\u2013{signs[8:].lower()} "
    assert hash_code(printed) == hash_code(typed) == hash_code(signs)


def test_session_token_has_256_bits_and_is_kept_as_hash() -> None:
    token = new_session_token()
    assert len(token) == 43
    assert len({new_session_token() for _ in range(100)}) == 100
    assert hash_session_token(token) != token
    assert len(hash_session_token(token)) == 64


@pytest.mark.parametrize("purpose", TokenPurpose)
def test_slip_says_all_that_is_needed(purpose: TokenPurpose) -> None:
    code = new_code(NOW)
    slip = make_slip(purpose, "Ann Lee", "ann", code, "https://train.example.org/")
    assert slip.address == f"https://train.example.org{code.link_path}"
    lines = slip_lines(slip, "26 Nov, 09:00")
    text = "\n".join(lines)
    assert all(part in text for part in ("Ann Lee", "ann", code.code, slip.address, "26 Nov, 09:00"))
    assert "<" not in text
