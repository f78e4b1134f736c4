import pytest

from assessments.notes import check_note


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("Write to anna@example.org", "e-mail"),
        ("Rang 07700 900 123 after", "phone"),
        ("She lives at SE5 8AF", "postcode"),
        ("born on the 3rd", "date of birth"),
        ("dob 03/04/2019", "date of birth"),
        ("J.B., 4 was upset", "initials and an age"),
        ("JB aged 4", "initials and an age"),
        ("the 4-year-old shouted", "an age"),
        ("Mum disclosed something", "worry about a family"),
        ("spoke to the Social Worker", "worry about a family"),
    ],
)
def test_text_that_may_be_about_a_family_is_warned_about(text: str, warning: str):
    assert any(warning in sentence for sentence in check_note(text, 300))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "You waited after each open question, and two people spoke who had been quiet.",
        "Try the close from M3.4 again; keep 10 minutes for it.",
        "Handed over in part 2 as planned. Next: name the limit of confidentiality sooner.",
    ],
)
def test_text_about_own_practice_is_not_warned_about(text: str):
    assert check_note(text, 300) == []


def test_long_text_is_warned_about():
    assert check_note("x" * 301, 300) == ["It has 301 characters; 300 are allowed."]


def test_all_warnings_are_given_at_once():
    assert len(check_note("JB, 4, mum@example.org, police", 10)) == 4
